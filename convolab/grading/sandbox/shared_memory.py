"""Memory that both processes see: a large array goes through it without being cut into pieces.

Each side writes into its own half and copies out of the other's. What a student's process writes
there while it is read is trusted no more and no less than what it sends: the copy is what counts.
"""

import contextlib
import fcntl
import mmap
import os

import numpy as np

ROOM = 16 << 20  # bytes of each half
_ALIGNED = 64
_ADD_SEALS, _SEALED = 1033, 0x1 | 0x2 | 0x4  # no seals more, no shrinking, no growing


def make() -> int:
    """New memory, as a file descriptor.

    Its size can never be changed: reading memory that has been cut off would end the reader.
    """
    memory = os.memfd_create("convolab", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, 2 * ROOM)
    fcntl.fcntl(memory, _ADD_SEALS, _SEALED)
    return memory


class SharedMemory:
    """One side's view of the memory.

    Args:
        memory: the file descriptor, which may be closed afterwards.
        ours: which half is this side's, 0 or 1.
    """

    room = ROOM

    def __init__(self, memory: int, ours: int):
        self._map = mmap.mmap(memory, 2 * ROOM)
        whole = np.frombuffer(self._map, np.uint8)
        halves = whole[:ROOM], whole[ROOM:]
        self._ours, self._theirs = halves[ours], halves[1 - ours]
        self._used = 0

    def clear(self) -> None:
        """Forget what was put there."""
        self._used = 0

    def put(self, array: np.ndarray) -> int | None:
        """Copy an array into our half; its place, None if there is no room left."""
        place, size = self._used, array.nbytes
        if place + size > ROOM:
            return None
        self._used += -(-size // _ALIGNED) * _ALIGNED
        kind = array.dtype.newbyteorder("<")
        target = self._ours[place : place + size].view(kind).reshape(array.shape)
        target[...] = array
        return place

    def take(self, kind: np.dtype, count: int, place: int, copied: bool = True) -> np.ndarray:
        """This many numbers from the other half, which are within it: a copy, or a view of them,
        which the other side may still change."""
        found = self._theirs[place : place + count * kind.itemsize].view(kind)
        if copied:
            return found.copy()
        found.flags.writeable = False
        return found

    def close(self) -> None:
        """Release the memory."""
        self._ours = self._theirs = np.zeros(0, np.uint8)
        with contextlib.suppress(BufferError):
            self._map.close()
