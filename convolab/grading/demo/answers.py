"""Answers to hand in, as source text: the lesson's own, and those in the exercises' specs."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

import nbformat
import numpy as np

from convolab.cell_metadata import answered_exercise, is_read_by_hand
from convolab.exercises.calling_line import PACKAGE

_IMPORTS = ("import ", "from ")
_REGION_MARK = re.compile(r"^\s*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


class NoSource(Exception):
    """An answer without source text of its own: a lambda, or one made by a function."""


def own_answers(master: nbformat.NotebookNode) -> dict[str, str]:
    """The answers in the teacher's notebook, by exercise, without the marks around them; none of
    those that a teacher reads."""
    return {
        name: _REGION_MARK.sub("", cell.source).strip()
        for cell in master.cells
        if (name := answered_exercise(cell)) and not is_read_by_hand(cell)
    }


def value_source(name: str, value: Any) -> str:
    """A by-hand answer as an assignment."""
    return f"{name} = {value.tolist() if isinstance(value, np.ndarray) else value!r}"


def function_source(name: str, function: Callable) -> str:
    """A function from a spec under another name, with what it needs, ready for a notebook cell.

    Other exercises stay names: in a notebook they are what the same student wrote above. If a wrong
    program uses the right one of its own exercise, that gets another name.

    Raises:
        NoSource: the text of the function cannot be had.
    """
    parts: dict[str, str] = {}
    _collect(function, name, name, parts)
    imports = sorted({line for line in parts.values() if line.startswith(_IMPORTS)})
    others = [text for text in parts.values() if not text.startswith(_IMPORTS)]
    return "\n\n\n".join([*(["\n".join(imports)] if imports else []), *others])


def _collect(function: Callable, name: str, exercise: str, parts: dict[str, str]) -> None:
    """Add a function's text, under this name, to `parts`, after the texts of all that it uses."""
    if not isinstance(function, FunctionType) or function.__closure__:
        raise NoSource(name)
    text = re.sub(rf"\bdef {function.__name__}\b", f"def {name}", _definition(function), count=1)
    parts.setdefault(name, "")
    for used in sorted(_names(text)):
        if used not in function.__globals__:
            continue
        value = function.__globals__[used]
        if value is function:  # it calls itself
            text = re.sub(rf"\b{used}\b", name, text)
        elif used == exercise:  # its right program: the name itself is the student's answer
            text = re.sub(rf"(?<!def )\b{used}\b", f"right_{used}", text)
            if f"right_{used}" not in parts:
                _collect(value, f"right_{used}", exercise, parts)
        elif used in parts:
            continue
        elif isinstance(value, ModuleType):
            parts[used] = f"import {value.__name__} as {used}".replace(f" as {value.__name__}", "")
        elif isinstance(value, FunctionType) and _home(value) == used:
            continue  # another exercise's
        elif isinstance(value, FunctionType) and value.__module__.startswith(PACKAGE):
            _collect(value, used, exercise, parts)
        elif isinstance(value, FunctionType) and value.__module__ == function.__module__:
            # A helper in `ops`, whose name may be that of an answer in the same notebook.
            text = re.sub(rf"(?<![\w.]){used}\b", f"own_{used}", text)
            if f"own_{used}" not in parts:
                _collect(value, f"own_{used}", exercise, parts)
        elif callable(value):
            parts[used] = f"from {value.__module__} import {value.__name__} as {used}"
        else:
            parts[used] = value_source(used, value)
    del parts[name]
    parts[name] = text


def _home(value: Any) -> str:
    """The exercise whose file defines a function, "" for any other value."""
    module = getattr(value, "__module__", None) or ""
    return module.rpartition(".")[2] if module.startswith(PACKAGE) else ""


def _definition(function: FunctionType) -> str:
    """The text from `def` on, without decorators."""
    try:
        lines, _ = inspect.getsourcelines(function)
        text = textwrap.dedent("".join(lines))
        node = ast.parse(text).body[0]
    except (OSError, SyntaxError) as error:
        raise NoSource(function.__name__) from error
    if not isinstance(node, ast.FunctionDef):
        raise NoSource(function.__name__)
    return "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])


def _names(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


def uses(text: str, names: set[str]) -> bool:
    """Whether an answer calls one of these names, other than to define it."""
    tree = ast.parse(text)
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return bool(_names(text) & (names - own))
