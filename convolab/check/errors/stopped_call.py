"""A call that an error stopped, as plain data, and how a sentence about it ends."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST = 90  # characters of a line that are shown

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Stopped:
    """What stopped a call.

    Attributes:
        raised: the names of the exception's type and of those it derives from.
        message: what it said.
        line: the line of the learner's code.
        inside: the learner's helper around it, "" for the function itself.
        arguments: what the function was called with.
        facts: what `facts_of` found, where that is known.
    """

    raised: tuple[str, ...]
    message: str = ""
    line: str = ""
    inside: str = ""
    arguments: tuple = ()
    facts: dict[str, Any] = field(default_factory=dict)

    def fact(self, name: str, kind: type) -> Any:
        """One of the facts, or nothing of that kind: they may come from a learner's process."""
        value = self.facts.get(name) if isinstance(self.facts, dict) else None
        return value if isinstance(value, kind) else kind()

    @property
    def says(self) -> str:
        """The whole message, where the facts have it."""
        return self.fact("message", str) or self.message

    @property
    def code(self) -> str:
        """The line, as it is shown between backticks."""
        line = (self.line or self.fact("line", str)).replace("`", "'").strip()
        return line if len(line) <= MOST else line[: MOST - 1] + "…"

    @property
    def own(self) -> dict[str, dict[str, Any]]:
        """What the names in the line hold."""
        own = self.fact("own", dict)
        return {k: v for k, v in own.items() if isinstance(k, str) and isinstance(v, dict)}

    def of_kind(self, *kinds: str) -> list[str]:
        """The names in the line that hold something of these kinds."""
        return [name for name, what in self.own.items() if what.get("kind") in kinds]

    def arrays(self) -> dict[str, Shape]:
        """The arrays in the line and their shapes."""
        return {
            name: tuple(what["shape"])
            for name, what in self.own.items()
            if what.get("kind") == "array" and isinstance(what.get("shape"), list)
        }

    def whole(self) -> dict[str, int]:
        """The whole numbers in the line."""
        return {
            name: what["value"]
            for name, what in self.own.items()
            if isinstance(what.get("value"), int) and what.get("kind") != "bool"
        }


@dataclass(frozen=True)
class Meaning:
    """What an error means, and what can be printed to see why."""

    text: str
    look: str = ""


Rule = tuple[tuple[str, ...], str, Callable[[re.Match, Stopped], Meaning | None]]


def shape_in(text: str) -> Shape:
    """A shape as NumPy writes it: "(2,3)", "(4,)", "()"."""
    return tuple(int(side) for side in re.findall(r"\d+", text))


def shown(shape: Shape) -> str:
    """A shape as one writes it."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"


def holder(stopped: Stopped, shape: Shape, but: str = "") -> str:
    """The one array in the line that has this shape, in backticks; "" if it cannot be told."""
    names = [name for name, its in stopped.arrays().items() if its == shape and name != but]
    return f"`{names[0]}`" if len(names) == 1 else ""
