"""By-hand answers, predictions, traps' values and choices of a lesson: by_hand.toml.

    [by_hand_click]
    right = ["29/3", "28/3", "29/3"]
    tolerance = 0.006

    wrong."sums" = { gives = [29, 28, 29], hint = "These are the sums. Divide each by 3." }

A number may be written as arithmetic in quotation marks, "29/3"; a string that is not arithmetic is
the letter or word itself.
"""

import ast
import operator
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from convolab.exercises.parts import Case, Misconception
from convolab.exercises.spec import Exercise
from convolab.problem import Problem

ANSWER = "answer"  # the one aspect of an answer worked out by hand
BY_HAND = "by_hand.toml"
_KEYS = {"right", "wrong", "tolerance", "lists", "praise"}
_WRONG_KEYS = {"gives", "hint"}
_DOES = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Mod: operator.mod, ast.Pow: operator.pow, ast.USub: operator.neg,
}  # fmt: skip


def load_by_hand(path: Path) -> dict[str, Exercise]:
    """The by-hand answers of a lesson, in the file's order; none if there is no file.

    Raises:
        Problem: the file is not TOML, or a key is wrong or missing; says file and line.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problem(f"{path.name}:{line}: a character is not UTF-8: save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        line = found[1] if found else len(text.splitlines())  # "(at end of document)"
        says = str(error).partition(" (at ")[0]
        raise Problem(f"{path.name}:{line}: this is not valid TOML: {says}.") from error
    return {name: _exercise(name, table, path.name, text) for name, table in tables.items()}


def _exercise(name: str, table: Any, file: str, text: str) -> Exercise:
    line = _line(text, rf"\[\s*{_key(name)}\s*\]|{_key(name)}\s*[.=]")
    where = f"{file}:{line}: {name}"
    if not isinstance(table, dict):
        raise Problem(f"{where}: write [{name}] and below it  right = …")
    _see_keys(where, table, _KEYS, {"right"})
    exercise = Exercise(
        kind="value",
        lists=table.get("lists", True),
        tolerance=table.get("tolerance", Exercise.tolerance),
        praise=table.get("praise", ""),
        says={ANSWER: "the answer"},
    )
    exercise.line, exercise.path = line, file
    exercise.answer = _value(table["right"], where)
    exercise.cases.append(Case(ANSWER, ()))
    for called, wrong in _wrongs(where, table).items():
        at = _line(text, rf"(\[[^]]*)?wrong\.{_key(called)}\s*[].=]", line)
        whose = f"{file}:{at}: {name}, {called}"
        _see_keys(whose, wrong, _WRONG_KEYS, _WRONG_KEYS)
        exercise.misconceptions.append(
            Misconception(called, wrong["hint"], _value(wrong["gives"], whose), line=at)
        )
    return exercise


def _wrongs(where: str, table: dict) -> dict[str, Any]:
    wrongs = table.get("wrong", {})
    if not isinstance(wrongs, dict):
        raise Problem(f'{where}: write  wrong."what goes wrong" = {{ gives = …, hint = "…" }}')
    return wrongs


def _see_keys(where: str, table: Any, known: set[str], needed: set[str]) -> None:
    keys = set(table) if isinstance(table, dict) else set()
    for key in sorted(keys - known):
        raise Problem(f"{where}: there is no key {key!r}; there are {', '.join(sorted(known))}.")
    for key in sorted(needed - keys):
        raise Problem(f"{where}: the key {key!r} is missing.")


def _key(name: str) -> str:
    """A key as TOML may write it: bare or in quotation marks."""
    return f"[\"']?{re.escape(name)}[\"']?"


def _line(text: str, begins: str, after: int = 1) -> int:
    """The first line from `after` on that starts like this; `after` itself if there is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if number >= after and re.match(begins, line.strip()):
            return number
    return after


def _value(written: Any, where: str) -> Any:
    """Numbers in a list as an array, so that a message can name the place of a wrong one."""
    try:
        value = _numbers(written)
        return np.array(value) if isinstance(value, list) else value
    except ArithmeticError as error:
        raise Problem(f"{where}: {written!r} cannot be computed ({error}).") from error
    except ValueError as error:
        raise Problem(f"{where}: the rows of {written!r} have different lengths.") from error


def _numbers(written: Any) -> Any:
    if isinstance(written, list):
        return [_numbers(item) for item in written]
    if not isinstance(written, str):
        return written
    try:
        return _arithmetic(ast.parse(written, mode="eval").body)
    except (SyntaxError, ValueError):
        return written


def _arithmetic(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.UnaryOp) and type(node.op) in _DOES:
        return _DOES[type(node.op)](_arithmetic(node.operand))
    if isinstance(node, ast.BinOp) and type(node.op) in _DOES:
        return _DOES[type(node.op)](_arithmetic(node.left), _arithmetic(node.right))
    raise ValueError("not arithmetic")
