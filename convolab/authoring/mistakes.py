"""What is wrong with a lesson, and where: one sentence by file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to fix; prints as `lessons/01_x.py:42: what is wrong, what to do.`.

    `path` is relative to the course with forward slashes; `line` counts from 1, 0 if no line
    is to blame.
    """

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}" if self.line else f"{self.path}: {self.says}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Half a sentence that names the nearest known word, or all of them, or nothing."""
    known = sorted(known)
    near = get_close_matches(word, known, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known are {', '.join(known)}." if known else "."
