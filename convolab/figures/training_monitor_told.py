"""What a training loop tells TrainingMonitor, checked: numbers, kernels, and what layers gave."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

import numpy as np

from convolab.figures.training_monitor_view import KERNELS_AT_MOST, Units
from convolab.figures.validate import real_number, shown

FIGURE = "TrainingMonitor"
KERNEL_SIDE_AT_MOST = 31
LAYERS_AT_MOST = 6
LETTERS_AT_MOST = 12  # of a layer's name
LOOKED_AT_LEAST, LOOKED_AT_MOST = 100, 1024  # pictures, see `looked_at`


def finite(what: str, value) -> float | None:
    """A number as Python's float; None for None, nan and infinity.

    Raises:
        ValueError: for anything that is no number.
    """
    if value is None:
        return None
    if (number := real_number(value)) is None:
        raise ValueError(f"{FIGURE}: {what} must be a number, not {shown(value)}.")
    return number if np.isfinite(number) else None


def between(what: str, value, least: float, most: float) -> float:
    """A number from `least` to `most`; otherwise a ValueError."""
    given = finite(what, value)
    if given is None or not least <= given <= most:
        raise ValueError(
            f"{FIGURE}: {what} must be a number from {least:g} to {most:g}, not {shown(value)}."
        )
    return given


def share(what: str, value) -> float | None:
    """A share from 0 to 1, None as for `finite`; otherwise a ValueError."""
    given = finite(what, value)
    if given is not None and not 0 <= given <= 1:
        raise ValueError(
            f"{FIGURE}: {what} is a share from 0 to 1, not {shown(value)}; divide percents by 100."
        )
    return given


def drawable_kernels(kernels) -> np.ndarray:
    """The first channel of the first kernels; (0, 0, 0) without any, or if they are not finite.

    Raises:
        ValueError: for anything but real numbers (D, C, R, R) or (D, R, R), and for large ones.
    """
    if kernels is None:
        return np.zeros((0, 0, 0))
    array = _array(kernels)
    if array.ndim not in (3, 4) or array.dtype.kind not in "buif" or not array.size:
        raise ValueError(
            f"{FIGURE}: kernels must be numbers of the shape (D, C, R, R) or "
            f"(D, R, R), not {array.dtype} of the shape {array.shape}."
        )
    if max(array.shape[-2:]) > KERNEL_SIDE_AT_MOST:
        raise ValueError(
            f"{FIGURE}: kernels may have {KERNEL_SIDE_AT_MOST} rows and columns, "
            f"not {array.shape[-2]} and {array.shape[-1]}; give fewer of them, or none."
        )
    some = (array[:, 0] if array.ndim == 4 else array)[:KERNELS_AT_MOST]
    return some if np.isfinite(some).all() else np.zeros((0, 0, 0))


def units_of_layers(activations) -> list[Units]:
    """Which units of each layer answered to a picture; a layer that is not finite is left out.

    Raises:
        ValueError: for anything but names with arrays (N, D, H, W) or (N, units).
    """
    if activations is None:
        return []
    if not isinstance(activations, Mapping) or not all(isinstance(n, str) for n in activations):
        raise ValueError(
            f"{FIGURE}: activations must be a dictionary of arrays by the layers' names, "
            f"not {shown(activations)}."
        )
    if len(activations) > LAYERS_AT_MOST:
        raise ValueError(
            f"{FIGURE}: activations may have {LAYERS_AT_MOST} layers, not {len(activations)}; "
            "leave some out."
        )
    found = []
    for name, values in activations.items():
        array = _array(values)
        if array.ndim not in (2, 4) or array.dtype.kind not in "buif" or not array.size:
            raise ValueError(
                f"{FIGURE}: the activations of {shown(name)} must be numbers of the shape "
                f"(N, D, H, W) or (N, units), not {array.dtype} of the shape {array.shape}."
            )
        highest = array.max(axis=0)  # over the pictures first, which are far apart in memory
        highest = highest.reshape(len(highest), -1).max(axis=1)
        if np.isfinite(highest).all():
            dead = np.flatnonzero(highest <= 0).tolist()
            found.append(Units(name[:LETTERS_AT_MOST], len(array), len(highest), dead))
    return found


def looker_of(model):
    """The same network, whose parameters it shares, with arrays of its own to write results to.

    A batch of another size would make the model's layers throw theirs away, and again at the next
    training step, which costs more than the arithmetic.
    """
    twin = copy(model)
    twin.layers = [copy(layer) for layer in model.layers]
    for layer in twin.layers:
        layer.__dict__.pop("_buffers", None)
    return twin


def relu_activations(model, pictures) -> dict[str, np.ndarray]:
    """What each ReLU layer of a `convolab.nn` network gives, by the name of the layer before it.

    A layer without weights, such as a pooling, does not count as the one before. Of a deep network
    the first layers are taken.
    """
    names = [name.removesuffix("_w") for name in model.parameters if name.endswith("_w")]
    found, met = {}, -1
    for layer, values in zip(model.layers, model.activations(pictures), strict=True):
        met += "w" in layer.parameter_shapes
        if type(layer).__name__ == "ReLU" and met >= 0 and len(found) < LAYERS_AT_MOST:
            found[names[met]] = values
    return found


def looked_at(pictures) -> np.ndarray:
    """The pictures whose activations are looked at: always the same ones, evenly spread.

    A forward pass takes a third of a training step, so a sixteenth of the pictures, once an epoch,
    costs 2 to 3 %. Of few pictures it is a larger share, of many a smaller one.
    """
    pictures = np.asarray(pictures)
    many = min(len(pictures), max(LOOKED_AT_LEAST, min(len(pictures) // 16, LOOKED_AT_MOST)))
    return pictures[np.linspace(0, len(pictures) - 1, many).astype(int)] if many else pictures


def _array(values) -> np.ndarray:
    try:
        return np.asarray(values)
    except ValueError:  # rows of different lengths
        return np.array(None)
