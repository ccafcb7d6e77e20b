"""The wire between the two processes: a JSON header and the raw bytes of arrays, nothing else.

A frame is two lengths, the header, the bytes. In the header numbers, strings, None and lists are
themselves; a tuple is {"t": […]}, a dictionary {"d": [[key, value], …]}, a number that JSON has no
word for {"f": "nan"}, a complex one {"c": [re, im]}, an array {"a": [dtype, shape, offset]} with
its numbers in the bytes (a large one {"m": […]}, in memory that both processes see), a NumPy scalar
{"n": […]} likewise, a list of NumPy scalars of one kind {"v": […]}, and a test function of the
checker its name, {"k": "sum_of_squares"}. What is not plain data (see convolab.check.plain) arrives
as a `StandIn` with the name of its kind. Nothing that arrives is run, imported or unpickled; a
frame that breaks a rule is a `BadFrame`, whatever it holds.
"""

import json
import math
import re
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from convolab.check import functions
from convolab.check.plain import MOST_AXES, MOST_KEYS, StandIn, plain
from convolab.check.words import whole_number
from convolab.grading.sandbox.shared_memory import SharedMemory

LENGTHS = struct.Struct("<IQ")
MOST_HEADER = 16 << 20
MOST_BYTES = 256 << 20
MOST_DEPTH = 40
MOST_ITEMS = 1_000_000
MOST_INT = 1 << 2048  # whole numbers beyond it have more digits than Python may be told to read
PEEKED = "handed"  # what is only compared: its large arrays are not copied, and may still change
LARGE = 32 << 10  # bytes from which an array goes through shared memory
DTYPE = re.compile(r"[<|](b1|[iu][1248]|f[248]|c8|c16)")
_PLAIN_SCALARS = frozenset(
    np.dtype(name).type
    for name in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8")
)
KIND = re.compile(r"[\w.<>(), ]{1,100}")


class BadFrame(Exception):
    """What came over the wire is not a frame."""


# --- Out: values to a frame.


class _Packer:
    """Turns plain data into what a header holds, and gathers the bytes of its arrays."""

    def __init__(self, memory: SharedMemory | None = None) -> None:
        self.parts: list[memoryview] = []
        self.memory = memory
        self.size = 0

    def array(self, value: np.ndarray) -> dict:
        """An array of numbers, in shared memory if that pays."""
        if self.memory is not None and value.nbytes >= LARGE:
            place = self.memory.put(value)
            if place is not None:
                return {"m": [value.dtype.newbyteorder("<").str, list(value.shape), place]}
        return {"a": self.inline(value)}

    def inline(self, value: np.ndarray) -> list:
        place, self.size = self.size, self.size + value.nbytes
        if self.size > MOST_BYTES:
            raise ValueError("too large to send")
        data = np.ascontiguousarray(value, value.dtype.newbyteorder("<")).reshape(-1)
        self.parts.append(memoryview(data.view(np.uint8)) if data.nbytes else memoryview(b""))
        return [data.dtype.str, list(value.shape), place]

    def pack(self, value: Any) -> Any:
        kind = type(value)
        if kind is float:
            return value if math.isfinite(value) else {"f": repr(value)}
        if kind is str or kind is bool or value is None:
            return value
        if kind is int:
            return value if -MOST_INT < value < MOST_INT else stand_in(StandIn(whole_number(value)))
        if kind is list:
            return self._numbers(value) or [self.pack(item) for item in value]
        if kind is tuple:
            return {"t": [self.pack(item) for item in value]}
        if kind is dict:
            return {"d": [[self.pack(key), self.pack(one)] for key, one in value.items()]}
        if kind is np.ndarray:
            return self.array(value)
        if kind is StandIn:
            return stand_in(value)
        if value is Ellipsis:  # the three dots of an answer that is still to be given
            return {"e": None}
        if kind is complex:
            return {"c": [self.pack(value.real), self.pack(value.imag)]}
        if name := functions.name_of(value):
            return {"k": name}
        return {"n": self.inline(np.asarray(value))}

    def _numbers(self, values: list) -> Any:
        """A list of numbers of one kind; None for any other list."""
        kind = type(values[0]) if values else None
        if kind is float and all(type(one) is float and math.isfinite(one) for one in values):
            return values
        if kind in _PLAIN_SCALARS and all(type(one) is kind for one in values):
            return {"v": self.inline(np.array(values, kind))}
        return None


def stand_in(value: StandIn) -> dict[str, Any]:
    """The header of a value that cannot be sent."""
    kind = "".join(KIND.findall(value.kind[:100])) or "object"
    return {"x": kind, "function": value.function}


def pack(message: dict[str, Any], memory: SharedMemory | None = None) -> list[bytes | memoryview]:
    """A message as the parts of one frame.

    Args:
        memory: for large arrays; those of the last message are gone from it.

    Raises:
        ValueError: it is too large.
    """
    if memory is not None:
        memory.clear()
    packer = _Packer(memory)
    header = json.dumps(
        {key: packer.pack(plain(value, MOST_BYTES)) for key, value in message.items()},
        allow_nan=False,
    ).encode()
    if len(header) > MOST_HEADER:
        raise ValueError("too large to send")
    return [LENGTHS.pack(len(header), packer.size) + header, *packer.parts]


# --- In: a frame to values, believing nothing.


def lengths(start: bytes) -> tuple[int, int]:
    """The lengths of header and bytes.

    Raises:
        BadFrame: they are larger than any frame may be.
    """
    if len(start) != LENGTHS.size:
        raise BadFrame("half a frame")
    header, size = LENGTHS.unpack(start)
    if not 2 <= header <= MOST_HEADER or size > MOST_BYTES:
        raise BadFrame("a frame that is too large")
    return header, size


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
        """A copy of so many numbers; the bytes of two arrays never overlap."""
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
        raise BadFrame("a list is due")
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
    if kind.kind == "b":  # a byte other than 0 and 1 is no truth value
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
