"""In the process that runs a notebook: where a cell stopped, and running the lesson's text.

It is imported by a student's process and by a kernel, so it knows nothing but Python's own library.
What it reports is plain data; readers treat it as what the student's program says.
"""

import linecache
import traceback
from collections.abc import Callable
from typing import Any

_LONGEST = 300


def tell(error: BaseException, namespace: dict[str, Any]) -> dict[str, Any]:
    """Where and why a cell stopped.

    Args:
        namespace: the notebook's names; frames that have them as globals are its own code.

    Returns:
        `error`, the name of its type; `says`; `line` of the cell, 0 if unknown; of an error in one
        of the notebook's functions its name, `inside`, and the line of code there, `inner`; the
        `module` that could not be imported, the `file` that could not be opened.
    """
    told = {"error": type(error).__name__, "says": _says(error), "line": 0, "inside": "",
            "inner": "", "module": "", "file": ""}  # fmt: skip
    frames = [
        (frame, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is namespace
    ]
    if frames:
        told["line"] = frames[0][1]
        frame, number = frames[-1]
        if frame.f_code.co_name != "<module>" and len(frames) > 1:
            told["inside"] = frame.f_code.co_name
            told["inner"] = linecache.getline(
                frame.f_code.co_filename, number, frame.f_globals
            ).strip()[:_LONGEST]
    elif isinstance(error, SyntaxError):  # of the cell itself, which was not begun
        told["line"] = error.lineno if isinstance(error.lineno, int) else 0
        told["says"] = str(error.msg)[:_LONGEST]
    if isinstance(error, ModuleNotFoundError):
        told["module"] = str(error.name or "")[:_LONGEST]
    if isinstance(error, FileNotFoundError) and error.filename is not None:
        told["file"] = str(error.filename)[:_LONGEST]
    return told


def _says(error: BaseException) -> str:
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # a student's own exception may not even be printable
        return ""
    return lines[0][:_LONGEST] if lines else ""


def lacking(namespace: dict[str, Any], needs: list[str] | None) -> list[str] | None:
    """Which of some names have no value; None if the question is not asked."""
    return None if needs is None else [name for name in needs if name not in namespace]


def run_beside(run: Callable[[], Any], namespace: dict[str, Any], keep: list[str]) -> Any:
    """Run the lesson's text of a cell, and give the names in `keep` their values back."""
    kept = {name: namespace[name] for name in keep if name in namespace}
    try:
        return run()
    finally:
        namespace.update(kept)
