"""Numbers to JSON and back: the arguments and outcomes of a case, as data without code.

JSON has no arrays with a dtype, no tuples and no nan, so these become one-key objects:
{"array": nested lists, "dtype": "float64", "shape": [2, 3]} or, where all is 0, {"zeros": [2, 3],
"dtype": "float64"}, {"tuple": [...]}, {"dict": [[k, v]]},
{"float": "nan"}, and for one of NumPy's integers {"integer": 3, "dtype": "int64"}. A test function
of `functions` becomes {"function": name}. Everything else is itself.
"""

import math
from typing import Any

import numpy as np

from convolab.check import functions

# Twelve digits keep built files the same on every machine: the last bits of a float depend on
# the processor's vector instructions, the first twelve digits do not.
DIGITS = 12
HERE = np.dtype(int)  # the kind of whole number that NumPy takes if none is named


def _blank(array: np.ndarray) -> bool:
    """Whether an array is all zeros, and so many that its shape says it in fewer lines."""
    return array.size > 4 and not array.any()


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def encode(value: Any) -> Any:
    """A JSON-able form of numbers, strings, None, lists, tuples, dictionaries and arrays.

    Raises:
        TypeError: anything else.
    """
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, np.integer):  # a promise that arguments of this kind are taken
        return {"integer": int(value), "dtype": str(value.dtype)}
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, float):
        return _rounded(value) if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [encode(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(k), encode(v)] for k, v in value.items()]}
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and _blank(value):
        return {"zeros": list(value.shape), "dtype": str(value.dtype)}
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return {
            "array": encode(value.tolist()),
            "dtype": str(value.dtype),
            "shape": list(value.shape),
        }
    if name := functions.name_of(value):
        return {"function": name}
    raise TypeError(f"{type(value).__name__} cannot be part of a case")


def copied(value: Any) -> Any:
    """A copy of what `decode` gave that may be changed: much faster than decoding again."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind is list or kind is tuple:
        return kind([copied(item) for item in value])
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return value


def as_here(array: np.ndarray) -> np.ndarray:
    """An array with whole numbers of the size that NumPy counts with here: in a browser 32 bits,
    where np.bincount and others refuse 64. Other arrays, and larger numbers, stay as they are."""
    if array.dtype == HERE or array.dtype != np.int64:
        return array
    smaller = array.astype(HERE)
    return smaller if np.array_equal(smaller, array) else array


def decode(value: Any) -> Any:
    """The value that `encode` was given (floats to twelve digits)."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        array = np.array(decode(value["array"]), dtype=value["dtype"]).reshape(value["shape"])
        return as_here(array)
    if "zeros" in value:
        return as_here(np.zeros(value["zeros"], dtype=value["dtype"]))
    if "tuple" in value:
        return tuple(decode(item) for item in value["tuple"])
    if "dict" in value:
        return {decode(k): decode(v) for k, v in value["dict"]}
    if "integer" in value:
        return np.dtype(value["dtype"]).type(value["integer"])
    if "function" in value:
        return functions.named(value["function"])
    return float(value["float"])
