"""Turns a frame of the wire into values, trusting nothing."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from convolab.check import functions
from convolab.check.plain import MOST_AXES, MOST_KEYS, StandIn
from convolab.grading.sandbox.shared_memory import SharedMemory
from convolab.grading.sandbox.wire import KIND, LENGTHS, MOST_BYTES, BadFrame, lengths

MOST_DEPTH = 40
MOST_ITEMS = 1_000_000
PEEKED = "handed"  # what is only compared: its large arrays are not copied, and may still change
DTYPE = re.compile(r"[<|](b1|[iu][1248]|f[248]|c8|c16)")


def _refuse(text: str) -> None:
    raise BadFrame(f"{text} in a header")


class _Body:
    """The bytes of a frame, and how much its header may still make of them: a header of a few bytes
    must not become work or memory without end."""

    def __init__(self, data: bytes | bytearray | memoryview, memory: SharedMemory | None = None):
        self.data, self.unread = data, len(data)
        self.memory, self.unseen = memory, 0 if memory is None else memory.room
        self.items, self.keys = MOST_ITEMS, MOST_KEYS
        self.peek = False

    def count(self) -> None:
        self.items -= 1
        if self.items < 0:
            raise BadFrame("too many values")

    def count_key(self) -> None:
        self.keys -= 1
        if self.keys < 0:
            raise BadFrame("too many keys")

    def array(self, kind: np.dtype, count: int, place: int) -> np.ndarray:
        """A copy of this many numbers; the bytes of two arrays never overlap."""
        size = count * kind.itemsize
        self.unread -= size
        if place < 0 or place + size > len(self.data) or self.unread < 0:
            raise BadFrame("an array outside the bytes")
        return np.frombuffer(self.data, kind, count, place).copy() if count else np.zeros(0, kind)

    def shared(self, kind: np.dtype, count: int, place: int) -> np.ndarray:
        """As `array`, from the memory that both processes see."""
        size = count * kind.itemsize
        self.unseen -= size
        if self.memory is None or place < 0 or self.unseen < 0 or place + size > self.memory.room:
            raise BadFrame("an array outside the memory")
        return self.memory.take(kind, count, place, copied=not self.peek)


def unpack(
    header: bytes, body: bytes | bytearray | memoryview, memory: SharedMemory | None = None
) -> dict[str, Any]:
    """The message in a frame; arrays are copies of their own and may be written to.

    Raises:
        BadFrame: it breaks a rule.
    """
    try:
        raw = json.loads(header.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadFrame("a header that is not JSON") from error
    if not isinstance(raw, dict):
        raise BadFrame("a header that is not an object")
    whole = _Body(body, memory)
    message = {}
    for key, value in raw.items():
        whole.peek = key == PEEKED
        message[key] = _unpack(value, whole, 0)
    return message


def unpack_within(frame: Any) -> dict[str, Any]:
    """The message that another one carried, as an array of bytes.

    Raises:
        BadFrame: it is not one.
    """
    if not isinstance(frame, np.ndarray) or frame.dtype != np.uint8:
        raise BadFrame("no frame")
    data = frame.tobytes()
    header, size = lengths(data[: LENGTHS.size])
    body = LENGTHS.size + header
    if len(data) != body + size:
        raise BadFrame("a frame of another length")
    return unpack(data[LENGTHS.size : body], data[body:])


def _unpack(raw: Any, body: _Body, depth: int) -> Any:
    body.count()
    if depth > MOST_DEPTH:
        raise BadFrame("values nested too deeply")
    if isinstance(raw, str):  # JSON can name half a character, which no file can hold
        return raw.encode("utf-8", "replace").decode()
    if isinstance(raw, list):
        return [_unpack(item, body, depth + 1) for item in raw]
    if not isinstance(raw, dict):
        return raw
    kind = next(iter(raw), "")
    read = _READERS.get(kind)
    if read is None:
        raise BadFrame("a value of an unknown kind")
    return read(raw, raw[kind], body, depth + 1)


def _listed(inner: Any, length: int | None = None) -> list:
    if not isinstance(inner, list) or (length is not None and len(inner) != length):
        raise BadFrame("a list is expected")
    return inner


def _tuple(raw: dict, inner: Any, body: _Body, depth: int) -> tuple:
    return tuple(_unpack(item, body, depth) for item in _listed(inner))


def _dict(raw: dict, inner: Any, body: _Body, depth: int) -> dict:
    made = {}
    for pair in _listed(inner):
        key, value = (_unpack(item, body, depth) for item in _listed(pair, 2))
        if not isinstance(key, str):
            body.count_key()
        try:
            made[key] = value
        except TypeError as error:
            raise BadFrame("a key that cannot be one") from error
    return made


def _float(raw: dict, inner: Any, body: _Body, depth: int) -> float:
    if inner not in ("nan", "inf", "-inf"):
        raise BadFrame("not a number that JSON lacks")
    return float(inner)


def _complex(raw: dict, inner: Any, body: _Body, depth: int) -> complex:
    real, imaginary = (_unpack(part, body, depth) for part in _listed(inner, 2))
    if type(real) is not float or type(imaginary) is not float:
        raise BadFrame("not a complex number")
    return complex(real, imaginary)


def _array(raw: dict, inner: Any, body: _Body, depth: int, shared: bool = False) -> np.ndarray:
    dtype, shape, place = _listed(inner, 3)
    if not isinstance(dtype, str) or not DTYPE.fullmatch(dtype):
        raise BadFrame("an array of an unknown dtype")
    sides = _listed(shape)
    if len(sides) > MOST_AXES or not all(type(n) is int and 0 <= n <= MOST_BYTES for n in sides):
        raise BadFrame("an array of an impossible shape")
    count, kind = math.prod(sides), np.dtype(dtype)
    if type(place) is not int:
        raise BadFrame("an array outside the bytes")
    flat = (body.shared if shared else body.array)(kind, count, place)
    try:
        array = flat.reshape(sides)
    except ValueError as error:  # too many numbers for an address, with a side of 0
        raise BadFrame("an array of an impossible shape") from error
    if kind.kind == "b":  # a byte other than 0 and 1 is not a truth value
        array = np.asarray(array.view(np.uint8) != 0)
    return array


def _shared(raw: dict, inner: Any, body: _Body, depth: int) -> np.ndarray:
    return _array(raw, inner, body, depth, shared=True)


def _scalars(raw: dict, inner: Any, body: _Body, depth: int) -> list:
    array = _array(raw, inner, body, depth)
    if array.ndim != 1:
        raise BadFrame("a list of scalars with another shape")
    for _ in range(array.size):
        body.count()
    return list(array)


def _scalar(raw: dict, inner: Any, body: _Body, depth: int) -> np.generic:
    array = _array(raw, inner, body, depth)
    if array.shape != ():
        raise BadFrame("a scalar with a shape")
    return array[()]


def _foreign(raw: dict, inner: Any, body: _Body, depth: int) -> StandIn:
    if not isinstance(inner, str) or not KIND.fullmatch(inner):
        raise BadFrame("a kind without a name")
    return StandIn(inner, raw.get("function") is True)


def _dots(raw: dict, inner: Any, body: _Body, depth: int) -> Any:
    return ...


def _named(raw: dict, inner: Any, body: _Body, depth: int) -> Callable:
    if not isinstance(inner, str) or inner not in functions.NAMED:
        raise BadFrame("a function that the checker does not know")
    return functions.named(inner)


_READERS = {
    "e": _dots,
    "t": _tuple,
    "d": _dict,
    "f": _float,
    "c": _complex,
    "a": _array,
    "m": _shared,
    "v": _scalars,
    "n": _scalar,
    "x": _foreign,
    "k": _named,
}
