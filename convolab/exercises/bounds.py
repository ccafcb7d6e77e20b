"""Bounds for wrong programs that never end or ask for all of the memory."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

import psutil

try:
    import resource
except ImportError:  # Windows, where the command is run in WSL
    resource = None

ROOM = 2 << 30  # bytes of address space on top of what the process already has


@contextlib.contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise a KeyboardInterrupt inside the block after this many seconds of processor time.

    The checker treats it like being stopped by hand. It counts processor time, so that a busy
    machine changes no result. Only the main thread of a process can set it.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl + C, whatever the block did with it.
    """
    pressed = []

    def stop(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            pressed.append(number)
        # As Python does itself: one made by `raise` would count as the program's own exception.
        signal.default_int_handler(number, frame)

    before = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGINT)}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
    if pressed:
        raise KeyboardInterrupt


@contextlib.contextmanager
def memory_bounded(room: int = ROOM) -> Iterator[None]:
    """Turn a request for more memory than this into a MemoryError inside the block."""
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = psutil.Process().memory_info().vms + room
    limits = [limit for limit in (most, soft, hard) if limit != resource.RLIM_INFINITY]
    with contextlib.suppress(ValueError, OSError):  # a system that sets no such limit
        resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
