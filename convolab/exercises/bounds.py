"""Bounds for wrong programs that never end or ask for all of the memory."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

try:
    import resource
except ImportError:  # Windows, where the command is run in WSL
    resource = None

MEMORY = 3 << 30  # bytes of address space; Python, NumPy and the exercises take a third of it


@contextlib.contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise a KeyboardInterrupt inside the block after so many seconds of processor time.

    It is what the checker knows as being stopped by hand. Processor time, so that a busy machine
    changes no result. Only the main thread of a process can set it.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def memory_bounded(most: int = MEMORY) -> Iterator[None]:
    """Let a request for more memory than this end as a MemoryError inside the block."""
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY:
        limit = min(limit, soft)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
