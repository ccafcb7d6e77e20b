"""What can be read off the arguments of a call: lengths, sides, numbers, and their names."""

from itertools import combinations
from typing import Any

import numpy as np

from convolab.check.relations.exercise_words import AXES, Words, plural

MOST = 12  # quantities of which pairs are made


def terms(arguments: tuple, words: Words, kind: str) -> dict[str, float]:
    """What a mistake may have multiplied by ("factor") or added ("offset"), by its name; the plain
    ones first. A name with " and " is made of two quantities."""
    plain_ = quantities(arguments, words)
    found: dict[str, float] = dict(plain_)
    if kind == "factor":
        found |= {f"1 / {name}": 1 / value for name, value in plain_.items() if value}
        found |= {f"the square of {name}": value**2 for name, value in plain_.items()}
        found |= {
            f"1 / the square of {name}": 1 / value**2 for name, value in plain_.items() if value
        }
    else:
        found |= {f"twice {name}": 2 * value for name, value in plain_.items()}
        found |= {f"half of {name}": value / 2 for name, value in plain_.items()}
        found |= {f"{name} minus 1": value - 1 for name, value in plain_.items()}
    for (one, a), (other, b) in combinations(list(plain_.items())[:MOST], 2):
        found[f"the product of {one} and {other}"] = a * b
        if kind == "factor" and a and b:
            found[f"1 / the product of {one} and {other}"] = 1 / (a * b)
        if kind == "offset":
            found[f"the sum of {one} and {other}"] = a + b
            found[f"the difference of {one} and {other}"] = a - b
            found[f"-the difference of {other} and {one}"] = a - b
    if kind == "offset":
        found |= {f"-{name}": -value for name, value in found.items() if name[0] != "-"}
    return found


def quantities(arguments: tuple, words: Words) -> dict[str, float]:
    """The numbers among the arguments, and the lengths and sides of the others."""
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
    found = {f"how many numbers {name} has": float(array.size)}
    if array.ndim > 2:
        last = array.shape[-2] * array.shape[-1]
        each = "a channel" if array.ndim in AXES else "the last two axes"
        found[f"how many numbers {each} of {name} has"] = float(last)
    for axis, side in enumerate(array.shape):
        if array.ndim in AXES:
            found[f"how many {plural(Words().side(name, axis, array.ndim))} {name} has"] = float(
                side
            )
        else:
            found[f"the size of {name} along axis {axis}"] = float(side)
    return found
