"""What OcclusionExplorer takes: a small network and pictures, checked, as the browser gets them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from convolab import data, nn
from convolab.figures.number_text import decimal
from convolab.figures.occlusion_explorer_view import SmallNetwork
from convolab.figures.packed_weights import packed_weights, unpacked_weights
from convolab.figures.validate import numbers_2d, shown

KERNELS_AT_MOST, SIDE_AT_MOST, CLASSES = 32, 7, (2, 12)
PICTURE_AT_MOST, PICTURES_AT_MOST, NAME_AT_MOST = 32, 20, 24
LOWEST, HIGHEST = -0.5, 1.5  # a fooled picture need not be clipped
LARGEST = 1e6
PIXEL = 1 / 16384  # what one unit of a pixel's two bytes is worth; sixteenths are exact
# By lesson 08's names, and by those of the course's engine.
NAMES = (
    ("conv_w", "conv_b", "dense_w", "dense_b"),
    ("conv1_w", "conv1_b", "dense1_w", "dense1_b"),
)
FORM = "[Conv2D, ReLU, MaxPool2D(2), Flatten, Dense]"


def checked_images(figure: str, images) -> dict[str, np.ndarray]:
    """Pictures of one size by their names, each (H, W)."""
    named = dict(images) if isinstance(images, Mapping) else _numbered(figure, images)
    if not 1 <= len(named) <= PICTURES_AT_MOST:
        raise ValueError(
            f"{figure}: there are {len(named)} images; give 1 to {PICTURES_AT_MOST}, "
            "such as images[:10]."
        )
    found = {name: _picture(figure, name, image) for name, image in named.items()}
    shapes = sorted({image.shape for image in found.values()})
    if len(shapes) > 1:
        raise ValueError(
            f"{figure}: all images must have one shape, but there are {shapes[0]} and {shapes[1]}."
        )
    return found


def _numbered(figure: str, images) -> dict[str, np.ndarray]:
    """The pictures of an array or list (H, W), (N, H, W) or (N, 1, H, W), by their numbers."""
    try:
        array = np.asarray(images) if isinstance(images, (list, tuple, np.ndarray)) else None
    except ValueError:
        raise ValueError(
            f"{figure}: the images have different shapes; give every one the same."
        ) from None
    if array is None:
        raise ValueError(
            f"{figure}: images must be an array (N, H, W) or a dictionary of pictures by name, "
            f"not {shown(images)}."
        )
    if array.ndim == 4 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim not in (2, 3):
        raise ValueError(
            f"{figure}: images must have the shape (H, W), (N, H, W) or (N, 1, H, W), not "
            f"{array.shape}."
        )
    every = array[None] if array.ndim == 2 else array
    return {f"picture {n}": image for n, image in enumerate(every)}


def _picture(figure: str, name, image) -> np.ndarray:
    if not isinstance(name, str) or not 0 < len(name) <= NAME_AT_MOST or not name.isprintable():
        raise ValueError(
            f"{figure}: an image's name is text of 1 to {NAME_AT_MOST} letters, not {shown(name)}."
        )
    if isinstance(image, np.ndarray) and image.ndim == 3 and len(image) == 1:
        image = image[0]
    array = np.array(numbers_2d(figure, "image", image, least=2, most=PICTURE_AT_MOST))
    if array.min() < LOWEST or array.max() > HIGHEST:
        raise ValueError(
            f"{figure}: an image holds numbers from {decimal(array.min())} to "
            f"{decimal(array.max())}; give 0 for black to 1 for white (digits / 16)."
        )
    return array


def checked_network(figure: str, network, shape: tuple[int, int]) -> SmallNetwork:
    """The network, if it is one that this figure shows and takes pictures of this shape."""
    if isinstance(network, nn.Sequential):
        _check_layers(figure, network)
        network = network.parameters
    if not isinstance(network, Mapping):
        raise ValueError(
            f"{figure}: network must be a dictionary of arrays or an nn.Sequential, "
            f"not {shown(network)}."
        )
    names = NAMES[1] if set(NAMES[1]) <= set(network) else NAMES[0]
    for name in names:
        if name not in network:
            raise ValueError(
                f"{figure}: the network lacks {name!r}; it needs {', '.join(names)}, as in "
                "lesson 08."
            )
    arrays = {name: _numbers(figure, name, network[name]) for name in names}
    conv, classes = arrays[names[0]], arrays[names[3]].size
    if (
        conv.ndim != 4
        or conv.shape[1] != 1
        or conv.shape[2] != conv.shape[3]
        or not 1 <= len(conv) <= KERNELS_AT_MOST
        or not 1 <= conv.shape[2] <= SIDE_AT_MOST
    ):
        raise ValueError(
            f"{figure}: {names[0]} has the shape {conv.shape}; give (D, 1, R, R), 1 to "
            f"{KERNELS_AT_MOST} kernels with 1 to {SIDE_AT_MOST} rows."
        )
    if not CLASSES[0] <= classes <= CLASSES[1]:
        raise ValueError(
            f"{figure}: {names[3]} has {classes} numbers; give one for each of {CLASSES[0]} to "
            f"{CLASSES[1]} classes."
        )
    depth, _, side, _ = conv.shape
    h, w = ((length - side + 1) // 2 for length in shape)
    if min(h, w) < 1:
        raise ValueError(
            f"{figure}: pictures of {shape[0]}×{shape[1]} are too small for kernels of "
            f"{side}×{side} and pooling of 2×2."
        )
    expected = ((depth,), (depth * h * w, classes), (classes,))
    for name, needed in zip(names[1:], expected, strict=True):
        if arrays[name].shape != needed:
            raise ValueError(
                f"{figure}: {name} has the shape {arrays[name].shape}; for {depth} kernels of "
                f"{side}×{side}, {classes} classes and pictures of {shape[0]}×{shape[1]} it must "
                f"be {needed}."
            )
    return SmallNetwork(*(arrays[name] for name in names), shape)


def _check_layers(figure: str, model: nn.Sequential) -> None:
    kinds = [type(layer) for layer in model.layers]
    orders = ([nn.ReLU, nn.MaxPool2D], [nn.MaxPool2D, nn.ReLU])
    if kinds not in [[nn.Conv2D, *order, nn.Flatten, nn.Dense] for order in orders]:
        raise ValueError(f"{figure}: it shows the layers {FORM}, not {shown(model.layers, 80)}.")
    conv, pool = model.layers[0], next(x for x in model.layers if isinstance(x, nn.MaxPool2D))
    if (conv.stride, conv.padding, pool.size) != (1, 0, 2):
        raise ValueError(
            f"{figure}: it shows a convolution of stride 1 without padding and pooling of 2×2, "
            f"not {conv} and {pool}."
        )


def _numbers(figure: str, name: str, values) -> np.ndarray:
    try:
        array = np.asarray(values)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "fiu":
        raise ValueError(f"{figure}: {name} must be an array of numbers, not {shown(values)}.")
    if not np.isfinite(array).all():
        raise ValueError(f"{figure}: {name} holds nan or infinity; train again.")
    if array.size and np.abs(array).max() > LARGEST:
        raise ValueError(f"{figure}: {name} holds numbers beyond a million; train again.")
    return array.astype(float)


def packed(network: SmallNetwork) -> tuple[bytes, list[float], list[int]]:
    """The weights as whole numbers of two bytes, what the unit of each array is worth, and the
    sizes D, R, H, W and K."""
    arrays = (network.conv_w, network.conv_b, network.dense_w, network.dense_b)
    weights, worth = packed_weights(arrays)
    sizes = [len(network.conv_b), network.conv_w.shape[2], *network.shape, len(network.dense_b)]
    return weights, worth, sizes


def unpacked(weights: bytes, worth: list[float], sizes: list[int]) -> SmallNetwork:
    """The network out of its bytes, as the browser has it."""
    depth, side, rows, columns, classes = sizes
    inputs = depth * ((rows - side + 1) // 2) * ((columns - side + 1) // 2)
    shapes = ((depth, side, side), (depth,), (inputs, classes), (classes,))
    return SmallNetwork(*unpacked_weights(weights, worth, shapes), (rows, columns))


def packed_images(images) -> bytes:
    """Pictures as whole numbers of two bytes."""
    return b"".join(np.rint(image / PIXEL).astype("<i2").tobytes() for image in images)


@cache
def trained() -> nn.Sequential:
    """Lesson 08's network after eight epochs: a fifth of a second, and 96 of 100 unseen digits."""
    images, labels = data.digits()
    learn, _ = data.split(labels)
    layers = [nn.Conv2D(16, 3), nn.ReLU(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(10)]
    model = nn.Sequential(layers, (1, 8, 8), seed=0)
    nn.train(
        model, images[learn][:, None] / 16, labels[learn], 8, batch_size=32, weight_decay=0,
        schedule=lambda done: 0.05,
    )  # fmt: skip
    return model


def unseen_digits() -> dict[str, np.ndarray]:
    """A digit of each class that `trained` has not seen."""
    images, labels = data.digits()
    _, unseen = data.split(labels)
    first = {digit: next(i for i in unseen if labels[i] == digit) for digit in range(10)}
    return {f"the digit {digit}": images[i] / 16 for digit, i in first.items()}
