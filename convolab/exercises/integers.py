"""NumPy's integers as arguments: what an exercise that takes whole numbers must take as well."""

from collections.abc import Callable
from typing import Any

import numpy as np

REFUSED = "NumPy's integers refused"
HINT = (
    "It refuses NumPy's integers, such as `np.int64(3)`, which is what you get out of an array. "
    "Python does not count them as int, so a test with `isinstance` must name `np.integer` too."
)


def as_numpy(value: Any) -> Any:
    """An argument with its whole numbers as NumPy's, also in lists and tuples; the rest stays."""
    if isinstance(value, int) and not isinstance(value, bool):
        return np.int64(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(as_numpy, value))
    return value


def refusing(function: Callable, error: type[Exception] = ValueError) -> Callable:
    """The function, but with an error for any of NumPy's integers."""

    def refuses(*arguments: Any) -> Any:
        if any(map(_has_one, arguments)):
            raise error("not an int")
        return function(*arguments)

    return refuses


def _has_one(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_has_one, value))
    return isinstance(value, np.integer)
