"""What can be read off the arguments of a call: lengths, sides, numbers, and what they are called."""

from typing import Any

import numpy as np

from convolab.check.relations.words import AXES, Words, plural


def quantities(arguments: tuple, words: Words) -> dict[str, float]:
    """Numbers that a mistake may have multiplied by or added, each with what it is called."""
    found: dict[str, float] = {}
    for place, value in enumerate(arguments):
        name = words.argument(place)
        if plain(value):
            found[name] = float(value)
        elif isinstance(value, (list, tuple)):
            found[f"the length of {name}"] = len(value)
        elif isinstance(value, np.ndarray) and value.ndim:
            found.update(_sides(value, name))
    return found


def plain(value: Any) -> bool:
    """Whether a value is a finite number and no truth value."""
    if isinstance(value, (bool, np.bool_)):
        return False
    if isinstance(value, np.ndarray):
        return value.shape == () and value.dtype.kind in "iuf" and bool(np.isfinite(value))
    if isinstance(value, int):
        return abs(value) < 1e15
    return isinstance(value, (float, np.integer, np.floating)) and bool(np.isfinite(value))


def _sides(array: np.ndarray, name: str) -> dict[str, float]:
    if array.ndim == 1:
        return {f"the length of {name}": array.size}
    axes = AXES.get(array.ndim)
    found = {f"how many numbers {name} has": float(array.size)}
    for axis, side in enumerate(array.shape):
        what = plural(axes[axis]) if axes else f"numbers along axis {axis}"
        found[f"how many {what} {name} has"] = float(side)
    return found
