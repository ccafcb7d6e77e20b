"""Writes compiled cases as JSON that a person can compare: one case, one outcome a line."""

import json
from typing import Any

_OUTCOMES = ("values", "refusals")


def as_lines(compiled: dict[str, Any]) -> str:
    """The JSON of a compiled exercise; equal content gives equal bytes."""
    entries = [f"{_plain(key)}: {_entry(key, value)}" for key, value in compiled.items()]
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _entry(key: str, value: Any) -> str:
    if key == "cases":
        return _list(map(_plain, value))
    if key == "misconceptions":
        return _list(map(_misconception, value))
    return _plain(value)


def _misconception(wrong: dict[str, Any]) -> str:
    entries = [
        f"{_plain(key)}: {_list(map(_plain, value)) if key in _OUTCOMES else _plain(value)}"
        for key, value in wrong.items()
    ]
    return "{" + ", ".join(entries) + "}"


def _list(items: Any) -> str:
    lines = ",\n".join(items)
    return f"[\n{lines}]" if lines else "[]"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
