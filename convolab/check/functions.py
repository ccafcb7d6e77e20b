"""Named functions that can be an argument of a case: JSON holds the name, this file the function.

Each takes an array of any shape and returns a number. None changes its argument.
"""

from collections.abc import Callable
from typing import Any

import numpy as np


def sum_of_squares(x: np.ndarray) -> float:
    """Σ x²: its gradient is 2x."""
    return float(np.sum(np.asarray(x, dtype=float) ** 2))


def sum_of_cubes(x: np.ndarray) -> float:
    """Σ x³: its gradient is 3x²; with steps of h the central difference is 3x² + h²."""
    return float(np.sum(np.asarray(x, dtype=float) ** 3))


def sum_of_neighbours(x: np.ndarray) -> float:
    """Σ x(i)·x(i+1), in reading order: its gradient at i is x(i−1) + x(i+1)."""
    flat = np.asarray(x, dtype=float).ravel()
    return float(np.sum(flat[:-1] * flat[1:]))


def weighted_sum(x: np.ndarray) -> float:
    """1·x(0) + 2·x(1) + 3·x(2) + …, in reading order: its gradient counts 1, 2, 3 and so on."""
    flat = np.asarray(x, dtype=float).ravel()
    return float(np.sum(np.arange(1, flat.size + 1) * flat))


def sum_of_squared_rows(x: np.ndarray) -> float:
    """(Σ row 0)² + (Σ row 1)² + …: its gradient is twice its row's sum; one axis is one row."""
    return float(np.sum(np.asarray(x, dtype=float).sum(axis=-1) ** 2))


_ALL = (sum_of_squares, sum_of_cubes, sum_of_neighbours, weighted_sum, sum_of_squared_rows)
NAMED = {function.__name__: function for function in _ALL}

# The same as one would type it, for a call that is printed to be pasted.
WRITTEN = {
    "sum_of_squares": "lambda x: np.sum(x**2)",
    "sum_of_cubes": "lambda x: np.sum(x**3)",
    "sum_of_neighbours": "lambda x: np.sum(x.flat[:-1] * x.flat[1:])",
    "weighted_sum": "lambda x: np.sum(np.arange(1, x.size + 1) * x.flat)",
    "sum_of_squared_rows": "lambda x: np.sum(x.sum(axis=-1) ** 2)",
}


def name_of(value: Any) -> str | None:
    """A function's name in this table; None for anything else."""
    return next((name for name, function in NAMED.items() if function is value), None)


def named(name: Any) -> Callable:
    """The function of this name.

    Raises:
        KeyError: there is none.
    """
    return NAMED[name]
