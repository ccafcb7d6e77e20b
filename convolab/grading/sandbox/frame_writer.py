"""Values to a frame of the wire."""

import json
import math
from typing import Any

import numpy as np

from convolab.check import functions
from convolab.check.plain import StandIn, plain
from convolab.check.words import whole_number
from convolab.grading.sandbox.shared_memory import SharedMemory
from convolab.grading.sandbox.wire import KIND, LENGTHS, MOST_BYTES, MOST_HEADER

MOST_INT = 1 << 2048  # whole numbers beyond it have more digits than Python may be told to read
LARGE = 32 << 10  # bytes from which an array goes through shared memory
_PLAIN_SCALARS = frozenset(
    np.dtype(name).type
    for name in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8")
)


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


def within(message: dict[str, Any]) -> np.ndarray:
    """A message as bytes in an array, which another message can carry.

    Raises:
        ValueError: it is too large.
    """
    return np.frombuffer(b"".join(pack(message)), np.uint8)
