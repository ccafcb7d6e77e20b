"""Finds out whether an answer calls the ready-made version of what it should build.

It looks in two ways. The names that the function's own code uses are read from its compiled form
(comments and strings do not count; the learner's helpers do, and so does an alias such as
`from numpy import convolve as c`). And while the function runs, every function it enters is
checked, so that `getattr(np, "con" + "volve")` is found as well.
"""

import contextlib
import dis
import sys
import types
from collections.abc import Callable, Iterator

from convolab.check.objects import attribute

READY_MADE = (
    "numpy.convolve",
    "numpy.correlate",
    "numpy.polymul",
    "numpy.poly1d",
    "scipy.signal",
    "scipy.ndimage",
    "torch",
    "tensorflow",
    "keras",
    "jax",
    "cv2",
    "skimage",
    "convolab.nn",
)

# What has attributes that are worth following: np.convolve, np.lib.stride_tricks.
_NAMED = (types.ModuleType, type)


def _public(module: str, name: str) -> str:
    """The dotted name by which users know a function: numpy.convolve, wherever NumPy keeps it."""
    if module.split(".")[0] == "numpy" and not module.startswith(("numpy.fft", "numpy.linalg")):
        return f"numpy.{name}"
    return f"{module}.{name}"


def _hit(dotted: str, watched: tuple[str, ...]) -> str | None:
    for name in watched:
        if dotted == name or dotted.startswith(name + "."):
            return name
    return None


def named_in(function: Callable, watched: tuple[str, ...]) -> str | None:
    """The first watched name that the code of the function, or of a helper of the learner that it
    names, refers to; None if there is none."""
    for dotted in _references(function, set()):
        if hit := _hit(dotted, watched):
            return hit
    return None


def _references(function: Callable, seen: set[int]) -> Iterator[str]:
    """Dotted names of all that a function's code refers to, through global names, closures and
    imports inside it; helpers of the learner are followed."""
    if type(function) is not types.FunctionType or id(function.__code__) in seen:
        return
    seen.add(id(function.__code__))
    names = {**function.__globals__, **_closure(function)}
    for code in _codes(function.__code__):
        value: object = None
        module = ""
        for step in dis.get_instructions(code):
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF"):
                value = names.get(step.argval)
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and issubclass(type(value), _NAMED):
                value = attribute(value, step.argval)
            elif step.opname == "IMPORT_NAME":
                value, module = None, step.argval
                yield module
            elif step.opname == "IMPORT_FROM":
                yield f"{module}.{step.argval}"
                continue
            else:
                value = None
                continue
            yield from _dotted(value)
            helper = type(value) is types.FunctionType
            if helper and value.__globals__ is function.__globals__:
                yield from _references(value, seen)


def _closure(function: types.FunctionType) -> dict[str, object]:
    """The values that a function has from the functions around it."""
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with contextlib.suppress(ValueError):  # a cell that is still empty
            found[name] = cell.cell_contents
    return found


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A code object and those of the functions defined inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _dotted(value: object) -> Iterator[str]:
    name, module = attribute(value, "__name__"), attribute(value, "__module__")
    if type(name) is not str:
        return
    if issubclass(type(value), types.ModuleType):
        yield name
    elif type(module) is str:
        yield _public(module, name)


class Watch:
    """While it is entered, notes the first watched function that is called, in `seen`."""

    def __init__(self, watched: tuple[str, ...]):
        self.watched = watched
        self.seen: str | None = None
        self._passed: set[tuple[str, str]] = set()
        self._before = None

    def __enter__(self) -> "Watch":
        self._before = sys.getprofile()
        if self.watched:
            sys.setprofile(self._look)
        return self

    def __exit__(self, *error: object) -> None:
        if self.watched:
            sys.setprofile(self._before)

    def _look(self, frame: types.FrameType, event: str, argument: object) -> None:
        if event == "call":
            called = frame.f_globals.get("__name__", ""), frame.f_code.co_name
        elif event == "c_call":
            called = getattr(argument, "__module__", None) or "", argument.__name__
        else:
            return
        module, name = called
        if type(module) is not str or type(name) is not str:
            return
        if called in self._passed or self.seen is not None:  # most are called again and again
            return
        self.seen = _hit(_public(module, name), self.watched)
        self._passed.add(called)
