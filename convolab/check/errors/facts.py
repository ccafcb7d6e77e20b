"""What can be read off a traceback: plain, short data that may go to another process as JSON."""

import builtins
import difflib
import dis
import linecache
import re
import traceback
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import numpy as np

LONGEST_MESSAGE = 400
LONGEST_LINE = 160
MOST_NAMES = 12
NEAR, NEAR_PYTHON = 0.7, 0.8  # how like a known name a missing one must be
_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")
_MISSING = re.compile(r"name '(\w+)' is not defined|variable '(\w+)'|attribute '(\w+)'")


def facts_of(error: BaseException, function: Callable) -> dict[str, Any]:
    """What is known of the place where an error arose, in the learner's own code.

    Learner's is what shares the globals of the function, as in `answer.where_it_arose`. Nothing of
    the learner's is called: no `repr`, no property, no `__len__` of a class of theirs.

    Returns:
        line, number: the line and where it is in its cell, "" and 0 if it is not known.
        inside: the helper around it, "" for the function itself.
        path: the learner's functions on the way to it, outermost first.
        message: what the error says, on one line.
        raised_here: whether the line itself raises it, with `raise` or `assert`.
        course: the function of the course (`convolab`) that raises it, "" if none does.
        own: for each name in the line what it holds: kind, and shape, length or value.
        near: known names like the one that is missing.
    """
    empty = {
        "line": "",
        "number": 0,
        "inside": "",
        "path": [],
        "message": "",
        "own": {},
        "course": "",
    }
    facts: dict[str, Any] = {**empty, "raised_here": False, "near": []}
    try:
        _fill(facts, error, function)
    except Exception:  # an odd object of the learner's costs the facts, never the verdict
        return {**empty, **facts}
    return facts


def _fill(facts: dict[str, Any], error: BaseException, function: Callable) -> None:
    facts["message"] = _message(error)
    home, code = getattr(function, "__globals__", None), getattr(function, "__code__", None)
    frames = list(traceback.walk_tb(error.__traceback__))
    own = [at for at, (frame, _) in enumerate(frames) if frame.f_globals is home]
    if not own:
        return
    frame, number = frames[own[-1]]
    names = [frames[at][0].f_code.co_name for at in own]
    facts["path"] = [str(name)[:60] for name in names[:8]]
    facts["inside"] = "" if frame.f_code is code else str(frame.f_code.co_name)[:60]
    facts["number"] = number - frame.f_code.co_firstlineno + 1
    line = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
    facts["line"] = line[:LONGEST_LINE]
    last = own[-1] == len(frames) - 1
    raised = _raises(frames[-1][0].f_code, _instruction(error))
    facts["raised_here"] = last and raised
    after = frames[own[-1] + 1 :]
    if after and raised and _is_course(after[0][0]) and _is_course(after[-1][0]):
        facts["course"] = str(after[0][0].f_code.co_name)[:60]
    facts["own"] = _values(line, frame)
    facts["near"] = _near(facts["message"], frame, error)


def _is_course(frame: FrameType) -> bool:
    """Whether a frame belongs to a function that the course gives, or that programs share."""
    module = frame.f_globals.get("__name__")
    return isinstance(module, str) and module.startswith(("convolab.", "convolab_exercises_"))


def _message(error: BaseException) -> str:
    lines = str(error).splitlines()
    return " ".join(line.strip() for line in lines)[:LONGEST_MESSAGE]


def _instruction(error: BaseException) -> int:
    """Where in its code the innermost frame stopped."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_lasti if trace is not None else -1


def _raises(code: CodeType, at: int) -> bool:
    """Whether the instruction is a raise (an assert is one, too)."""
    return 0 <= at < len(code.co_code) and dis.opname[code.co_code[at]] == "RAISE_VARARGS"


def _values(line: str, frame: FrameType) -> dict[str, dict[str, Any]]:
    """What the names in a line hold."""
    found: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(_NAME.findall(line)):
        for scope in (frame.f_locals, frame.f_globals):
            if name in scope:
                found[name] = described(scope[name])
                break
        if len(found) == MOST_NAMES:
            break
    return found


def described(value: Any) -> dict[str, Any]:
    """A value as its kind, and the shape, the length or the number itself where it has one."""
    kind = type(value)
    if issubclass(kind, np.ndarray):
        return {"kind": "array", "shape": list(value.shape), "dtype": str(value.dtype)[:20]}
    if kind in (bool, int, float):
        small = kind is not int or abs(value) < 10**15
        return {"kind": kind.__name__, "value": value if small else None}
    if issubclass(kind, (np.integer, np.floating)):
        return {"kind": str(value.dtype), "value": value.item()}
    if kind in (list, tuple, dict, set, str, range):
        return {"kind": kind.__name__, "length": len(value)}
    if value is None:
        return {"kind": "None"}
    if callable(value):
        return {"kind": "function" if kind.__name__ != "type" else "class"}
    return {"kind": kind.__name__[:40]}


def _near(message: str, frame: FrameType, error: BaseException) -> list[str]:
    """Known names that are like the missing one."""
    found = _MISSING.search(message)
    if not found:
        return []
    wanted = next(filter(None, found.groups()))
    if found.group(3):
        thing = getattr(error, "obj", None)
        known = dir(thing) if isinstance(thing, (np.ndarray, type(np), list, dict, str)) else []
    else:
        own = [*frame.f_locals, *frame.f_globals]
        # Python's own names are many: one that begins otherwise was hardly meant
        python = [name for name in dir(builtins) if name[0] == wanted[0]]
        near = difflib.get_close_matches(wanted, python, n=1, cutoff=NEAR_PYTHON)
        known = [name for name in own if name != frame.f_code.co_name] + near
    hidden = "__" if wanted.startswith("_") else "_"  # a private name was hardly meant
    known = [name for name in known if isinstance(name, str) and not name.startswith(hidden)]
    return [name[:40] for name in difflib.get_close_matches(wanted, known, n=1, cutoff=NEAR)]
