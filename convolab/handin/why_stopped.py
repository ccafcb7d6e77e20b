"""Why a cell stopped, read from what a student's process reports, in words for a beginner."""

import ast
import re
from dataclasses import dataclass
from typing import Any

from convolab.cell_text import first_line

LONGEST = 100_000  # characters of a cell that are read
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff`]+")
_LINE = 80  # characters of a line of code in a sentence
_SAYS = 200
_ASKS = ("EOFError", "StdinNotImplementedError")
_READ = ("SyntaxError", "IndentationError", "TabError")
GRADING, HERE = "on the grading machine", "on this computer"


def plain(text: Any, most: int = _SAYS) -> str:
    """A student's text for a sentence: short, on one line, without control characters."""
    if not isinstance(text, str):
        return ""
    text = " ".join(_CONTROLS.sub(" ", text[: 4 * most]).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def head(source: str) -> str:
    """The first line of a cell that says something."""
    return plain(first_line(source[:10_000]), _LINE)


@dataclass(frozen=True)
class Stop:
    """Where and why a cell stopped.

    Attributes:
        status: "error", "timeout" or "memory".
        error: the name of the exception's type; "" where the whole process ended.
        says: what the exception says, or what became of the process.
        line: the number of the cell's line, 0 if unknown, and its `text`.
        inside: the notebook's function in which it happened, if any, and the line there, `inner`.
        module, file: what was missing, where that is the reason.
    """

    status: str
    error: str = ""
    says: str = ""
    line: int = 0
    text: str = ""
    inside: str = ""
    inner: str = ""
    module: str = ""
    file: str = ""

    @property
    def is_end(self) -> bool:
        """Whether it ended Python or had to be stopped, rather than an error of its own."""
        return self.status != "error" or self.error in ("", "SystemExit")

    @property
    def is_unreadable(self) -> bool:
        """Whether Python cannot read the cell, so that none of it was run."""
        return self.error in _READ

    @property
    def what(self) -> str:
        """The reason in a few words, the same for everybody it happened to."""
        if self.status == "timeout":
            return "a cell runs for too long"
        if self.status == "memory":
            return "a cell takes too much memory"
        if self.module:
            return f"no module {self.module}"
        if self.file:
            return "a file is missing"
        if self.is_end:
            return "a cell ends Python"
        return self.error

    def why(self, here: str) -> str:
        """The reason, the end of a sentence without its full stop."""
        if self.module:
            return f"there is no module {self.module} {here}"
        if self.file:
            return f"there is no file {self.file} next to the notebook"
        if self.is_unreadable:
            return f"Python cannot read it ({self._with_says()})"
        if self.error in _ASKS and "input" in f"{self.text} {self.inner} {self.says}":
            return "it waits for input, and nobody types anything during grading"
        if self.error == "SystemExit":
            return "this line ends Python, so the lines below it in the cell are not run"
        if self.status == "memory":
            return "it takes too much memory"
        return self._with_says()

    def _with_says(self) -> str:
        return f"{self.error}: {self.says}" if self.says else self.error


def stop_of(told: Any, source: str, interrupted: bool = False) -> Stop | None:
    """What a process tells (see `where_stopped.tell`) of a cell that stopped; None if it did not.

    Args:
        source: the cell's text, of which the line is taken.
        interrupted: whether it was stopped because it ran for too long.
    """
    told = told if isinstance(told, dict) else {}
    error = plain(told.get("error"), 60)
    if not error and not interrupted:
        return None
    lines, line = source.splitlines(), told.get("line")
    known = type(line) is int and 1 <= line <= len(lines) and lines[line - 1].strip()
    if plain(told.get("says")) == "incomplete input":  # which IPython says of all that breaks off
        told = told | _as_python_says(source)
        error, line = told["error"], told["line"]
        known = bool(lines[line - 1 : line])
    memory = error.endswith("MemoryError")
    return Stop(
        "timeout" if interrupted else "memory" if memory else "error",
        error,
        plain(told.get("says")),
        line if known else 0,
        plain(lines[line - 1], _LINE) if known else "",
        plain(told.get("inside"), 60),
        plain(told.get("inner"), _LINE),
        plain(told.get("module"), 60),
        plain(told.get("file"), 100),
    )


def _as_python_says(source: str) -> dict[str, Any]:
    """What is wrong with a cell that breaks off, in Python's own words."""
    try:
        ast.parse(source[:LONGEST])
    except SyntaxError as error:
        return {"error": "SyntaxError", "says": str(error.msg), "line": error.lineno or 0}
    except (ValueError, RecursionError, MemoryError):
        pass
    return {"error": "SyntaxError", "says": "it breaks off", "line": len(source.splitlines())}
