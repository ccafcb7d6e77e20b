"""Values and calls as Python code: pasted where NumPy is `np`, it gives exactly the same.

Dtype and shape are kept, and a long array becomes an expression where one is shorter:
`np.zeros((8, 8))`, `np.arange(100).reshape(10, 10)`, `np.tile([0, 1], (4, 2))`.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from convolab.check import functions

LONGEST = 700  # characters of a call that is written out
_MOST = 3_000  # numbers of an array that are looked at one by one
_DEFAULT = (np.dtype(bool), np.dtype(int), np.dtype(np.float64))
_TYPES = {"bool": "bool", "float64": "float"}


def call(name: str, arguments: tuple) -> str:
    """A call as one would type it; "" where it would be too long, or cannot be typed at all."""
    written = [code(argument) for argument in arguments]
    text = f"{name}({', '.join(written)})"
    return text if all(written) and len(text) <= LONGEST else ""


def by_place(name: str, place: int) -> str:
    """The call of one of an exercise's visible cases, without writing its arguments out."""
    return f'from convolab.check import arguments\n{name}(*arguments("{name}", {place}))'


def code(value: Any) -> str:
    """A value as code; "" for what cannot be written down."""
    if isinstance(value, np.ndarray):
        return _array(value) if value.dtype.kind in "biuf" else ""
    if isinstance(value, (bool, int, float, str)) and not isinstance(value, np.generic):
        return _number(value) if isinstance(value, float) else repr(value)
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return f"np.{value.dtype}({_number(value)})"
    if value is None or value is Ellipsis:
        return repr(value)
    if isinstance(value, dict):
        items = [(code(key), code(item)) for key, item in value.items()]
        return "{" + ", ".join(f"{k}: {v}" for k, v in items) + "}" if all(map(all, items)) else ""
    if isinstance(value, (list, tuple)):
        return _several(value)
    return functions.WRITTEN.get(functions.name_of(value) or "", "")


def _several(values: list | tuple) -> str:
    """A list or a tuple."""
    if isinstance(values, list) and len(values) > 12 and (text := _long_list(values)):
        return text
    items = [code(item) for item in values]
    if not all(items):
        return ""
    inside = ", ".join(items)
    if isinstance(values, list):
        return f"[{inside}]"
    return f"({inside},)" if len(values) == 1 else f"({inside})"


def _long_list(values: list) -> str:
    """A list of numbers that repeat or count; "" for any other."""
    if any(type(value) not in (int, float) for value in values):
        return ""
    if all(type(value) is int for value in values) and values == [
        *range(values[0], values[-1] + 1)
    ]:
        return f"list(range({values[0]}, {len(values) + values[0]}))".replace("(0, ", "(")
    period = _period(values)
    same = [*map(repr, values[:period])] * (len(values) // period) == [*map(repr, values)]
    return f"{code(values[:period])} * {len(values) // period}" if same and period <= 12 else ""


def _period(values: Sequence) -> int:
    """The length of the part that repeats; all of it where none does."""
    length = len(values)
    for period in range(1, length // 2 + 1):
        if length % period == 0 and values[period:] == values[:-period]:
            return period
    return length


def _number(value: Any) -> str:
    """A number; of NumPy's with as many digits as its kind needs."""
    if math.isfinite(value):
        return str(value) if isinstance(value, np.generic) else repr(value)
    return "np.nan" if math.isnan(value) else "np.inf" if value > 0 else "-np.inf"


def _array(array: np.ndarray) -> str:
    """The shortest way to write an array."""
    if array.dtype.itemsize > 8:  # whose name depends on the machine
        return ""
    return min(_ways(array), key=len, default="")


def _ways(array: np.ndarray) -> Iterator[str]:
    if not array.size:
        yield f"np.zeros({_shape(array)}{_dtype(array, np.dtype(float))})"
        return
    first, plain = array.flat[0], not np.any((array == 0) & np.signbit(array))
    if array.size > 4 and array.ndim and plain and np.all(array == first):
        yield from _constants(array, first)
    if array.size > 4 and plain and np.isfinite(array).all():
        yield from _ranges(array)
    if array.size > 4 and array.ndim:
        yield from _tiles(array)
    if array.size <= _MOST:
        yield from _lists(array, plain)


def _lists(array: np.ndarray, plain: bool) -> Iterator[str]:
    """All its numbers, one by one."""
    kind = array.dtype
    default = kind if kind in _DEFAULT else np.dtype(int if kind.kind in "iu" else float)
    yield f"np.array({_nested(array)}{_dtype(array, default)})"
    if kind.kind == "f" and plain and np.isfinite(array).all():
        whole = array.astype(np.int64)
        if np.array_equal(whole, array):  # [1, 2] needs fewer signs than [1.0, 2.0]
            yield f"np.array({_nested(whole)}{_dtype(array, whole.dtype)})"


def _nested(array: np.ndarray) -> str:
    if not array.ndim:
        return _number(array[()])
    return "[" + ", ".join(_nested(np.asarray(part)) for part in array) + "]"


def _constants(array: np.ndarray, value: Any) -> Iterator[str]:
    """One number everywhere."""
    for name, number in (("zeros", 0), ("ones", 1)):
        if value == number:
            yield f"np.{name}({_shape(array)}{_dtype(array, np.dtype(float))})"
    if array.dtype in _DEFAULT:
        yield f"np.full({_shape(array)}, {_number(value)})"
    else:
        yield f"np.full({_shape(array)}, {_number(value)}, dtype={_type(array.dtype)})"


def _ranges(array: np.ndarray) -> Iterator[str]:
    """Numbers that go up in equal steps, in reading order."""
    flat = array.ravel().astype(float)
    step = flat[1] - flat[0]
    if step == 0 or array.dtype.kind == "b" or not np.all(np.diff(flat) == step):
        return
    reshaped = "" if array.ndim == 1 else f".reshape{array.shape}"
    for share in (1, 2, 4, 8, 10, 100):
        start, by = flat[0] * share, step * share
        if start % 1 or by % 1 or (share > 1 and array.dtype != float):
            continue
        counted = np.arange(int(start), int(start + by * flat.size), int(by))
        if not np.array_equal(counted / share, flat):
            continue
        ends = [int(start), int(start + by * flat.size), int(by)]
        ends = ends[: 2 if ends[2] == 1 else 3][1 if ends[0] == 0 and ends[2] == 1 else 0 :]
        due = "" if share > 1 else _dtype(array, np.dtype(int))
        text = f"np.arange({', '.join(map(str, ends))}{due}){reshaped}"
        yield f"{text} / {share}" if share > 1 else text
        return


def _tiles(array: np.ndarray) -> Iterator[str]:
    """A part that repeats along an axis or several."""
    part, times = array, []
    for axis in range(array.ndim):
        lines = [line.tobytes() for line in np.moveaxis(array, axis, 0)]
        period = _period(lines)
        part = part.take(range(period), axis)
        times.append(len(lines) // period)
    if part.size == array.size:
        return
    inside = _array(part)
    if inside.endswith("])"):  # a list will do where it has the dtype already
        inside = inside.removeprefix("np.array(").removesuffix(")")
    yield f"np.tile({inside}, {tuple(times) if array.ndim > 1 else times[0]})"


def _shape(array: np.ndarray) -> str:
    return str(array.shape[0] if array.ndim == 1 else array.shape)


def _dtype(array: np.ndarray, default: np.dtype) -> str:
    """The argument that names its dtype, where that is not the one that NumPy would take."""
    return "" if array.dtype == default else f", dtype={_type(array.dtype)}"


def _type(dtype: np.dtype) -> str:
    return _TYPES.get(str(dtype), f"np.{dtype}")
