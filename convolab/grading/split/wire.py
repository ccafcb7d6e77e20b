"""The wire between the two processes: a JSON header and the raw bytes of arrays, nothing else.

A frame is two lengths, the header, the bytes. In the header numbers, strings, None and lists are
themselves; a tuple is {"t": […]}, a dictionary {"d": [[key, value], …]}, a number that JSON has no
word for {"f": "nan"}, a complex one {"c": [re, im]}, an array {"a": [dtype, shape, offset]} with
its numbers in the bytes (a large one {"m": […]}, in memory that both processes see), a NumPy scalar
{"n": […]} likewise, a list of NumPy scalars of one kind {"v": […]}, and a test function of the
checker its name, {"k": "sum_of_squares"}. What cannot be sent arrives as a `StandIn` with the name
of its kind. Nothing that arrives is run, imported or unpickled; a frame that breaks a rule is a
`BadFrame`, whatever it holds.
"""

import json
import math
import re
import struct
from collections.abc import Callable
from numbers import Number
from types import FunctionType
from typing import Any

import numpy as np

from convolab.check import functions, words
from convolab.check.run import StandIn
from convolab.grading.split.arena import Arena

LENGTHS = struct.Struct("<IQ")
MOST_HEADER = 16 << 20
MOST_BYTES = 256 << 20
MOST_DEPTH = 40
MOST_ITEMS = 1_000_000
MOST_AXES = 32
PEEKED = "handed"  # what is only compared: its large arrays are not copied, and may still change
LARGE = 32 << 10  # bytes from which an array goes through shared memory
MOST_KEYS = 5_000  # that are no texts: whoever chooses such keys can make their hashes collide
DTYPE = re.compile(r"[<|](b1|[iu][1248]|f[248]|c8|c16)")
_PLAIN_SCALARS = frozenset(
    np.dtype(name).type
    for name in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8")
)
KIND = re.compile(r"[\w.<>]{1,60}")


class BadFrame(Exception):
    """What came over the wire is not a frame."""


# --- Out: values to a frame.


class _Packer:
    def __init__(self, arena: Arena | None = None) -> None:
        self.parts: list[memoryview] = []
        self.arena = arena
        self.size = 0
        self.items = 0
        self.keys = 0

    def array(self, value: np.ndarray) -> dict:
        """An array of numbers, in shared memory if that pays."""
        if self.arena is not None and value.nbytes >= LARGE:
            place = self.arena.put(value)
            if place is not None:
                return {"m": [value.dtype.newbyteorder("<").str, list(value.shape), place]}
        return {"a": self.inline(value)}

    def inline(self, value: np.ndarray) -> list:
        data = np.ascontiguousarray(value, value.dtype.newbyteorder("<")).reshape(-1)
        place, self.size = self.size, self.size + data.nbytes
        if self.size > MOST_BYTES:
            raise ValueError("too large to send")
        self.parts.append(memoryview(data.view(np.uint8)) if data.nbytes else memoryview(b""))
        return [data.dtype.str, list(value.shape), place]

    def pack(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if (kind is float and math.isfinite(value)) or (kind is str and value.isascii()):
            self.items += 1
            return value
        if kind is list and value and depth < MOST_DEPTH and (packed := self._numbers(value)):
            return packed
        self.items += 1
        if depth > MOST_DEPTH or self.items > MOST_ITEMS:
            raise ValueError("too large to send")
        if value is None or isinstance(value, bool):
            return value
        if value is Ellipsis:  # the three dots of an answer that is still to be given
            return {"e": None}
        if isinstance(value, np.ndarray):
            return self._pack_array(value)
        if isinstance(value, np.generic):
            return self._pack_scalar(value)
        if isinstance(value, str):
            return str.__str__(value).encode("utf-8", "replace").decode()
        if isinstance(value, (bytes, bytearray)):
            return foreign(value)
        if isinstance(value, (int, float, complex, Number)):
            return self._pack_number(value)
        if isinstance(value, (list, tuple)):
            items = [self.pack(item, depth + 1) for item in value]
            return items if isinstance(value, list) else {"t": items}
        if isinstance(value, dict):
            return {"d": [self._pack_pair(k, v, depth + 1) for k, v in value.items()]}
        if type(value) is FunctionType and (name := functions.name_of(value)):
            return {"k": name}
        return foreign(value)

    def _pack_pair(self, key: Any, value: Any, depth: int) -> list:
        self.keys += not isinstance(key, str)
        if self.keys > MOST_KEYS:
            raise ValueError("too large to send")
        return [self.pack(key, depth), self.pack(value, depth)]

    def _numbers(self, values: list) -> Any:
        """A list of numbers of one kind; None for any other list."""
        kind = type(values[0])
        if len(values) + self.items > MOST_ITEMS or any(type(one) is not kind for one in values):
            return None
        if kind is float and all(map(math.isfinite, values)):
            self.items += len(values) + 1
            return values
        if kind in _PLAIN_SCALARS:
            self.items += 1
            return {"v": self.inline(np.array(values, kind))}
        return None

    def _pack_array(self, value: np.ndarray) -> dict:
        plain = np.asarray(value)
        if plain.dtype.kind == "f" and plain.dtype.itemsize > 8:
            plain = plain.astype(float)
        if plain.dtype.kind not in "biufc" or plain.dtype.itemsize > 16:
            return {"x": f"array.of.{plain.dtype.kind}", "function": False}
        return self.array(plain)

    def _pack_scalar(self, value: np.generic) -> Any:
        packed = self._pack_array(np.asarray(value))
        if "a" in packed:
            return {"n": packed["a"]}
        return self.pack(str(value)) if isinstance(value, np.str_) else packed

    def _pack_number(self, value: Any) -> Any:
        if isinstance(value, int):
            return int.__int__(value) if abs(value) < 1 << 4096 else {"f": "inf"}
        if isinstance(value, complex):
            return {"c": [self.pack(value.real), self.pack(value.imag)]}
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            return foreign(value)
        return number if math.isfinite(number) else {"f": repr(number)}


def foreign(value: Any) -> dict[str, Any]:
    """The header of a value that cannot be sent."""
    name = re.sub(r"[^\w.<>]", "", type(value).__name__)[:60] or "object"
    if words.is_exception(value):
        return {"x": words.EXCEPTION, "function": False}
    return {"x": name, "function": callable(value)}


def pack(message: dict[str, Any], arena: Arena | None = None) -> list[bytes | memoryview]:
    """A message as the parts of one frame.

    Args:
        arena: for large arrays; those of the last message are gone from it.

    Raises:
        ValueError: it is too large.
    """
    if arena is not None:
        arena.clear()
    packer = _Packer(arena)
    header = json.dumps(
        {key: packer.pack(value) for key, value in message.items()}, allow_nan=False
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

    def __init__(self, data: bytes | bytearray | memoryview, arena: Arena | None = None):
        self.data, self.unread = data, len(data)
        self.arena, self.unseen = arena, 0 if arena is None else arena.room
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
        if self.arena is None or place < 0 or self.unseen < 0 or place + size > self.arena.room:
            raise BadFrame("an array outside the memory")
        return self.arena.take(kind, count, place, copied=not self.peek)


def unpack(
    header: bytes, body: bytes | bytearray | memoryview, arena: Arena | None = None
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
    whole = _Body(body, arena)
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
