"""How much a submission may use."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds of processor and wall time, MiB, and numbers, for one submission.

    Each cell and each call has its own limit, and so has the submission with all its cells and
    calls. Memory is that of all its processes together.
    """

    cell_cpu: float = 60
    cell_wall: float = 120
    call_cpu: float = 20
    call_wall: float = 120
    submission_cpu: float = 300
    submission_wall: float = 600
    memory: int = 2048
    processes: int = 128
    files: int = 64
    open_files: int = 256
    output: int = 1 << 20  # characters that a cell may show
