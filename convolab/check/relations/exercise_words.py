"""The words an exercise uses for its result: picture, row, channel, place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

AXES = {
    1: ("place",),
    2: ("row", "column"),
    3: ("channel", "row", "column"),
    4: ("example", "channel", "row", "column"),
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_WAYS = {"row": ("down", "up"), "column": ("to the right", "to the left")}
_WAYS["place"] = _WAYS["column"]


@dataclass(frozen=True)
class Words:
    """What an exercise calls its result and the parts of it.

    Attributes:
        axes: a name for each axis of the result; without them it depends on how many there are:
            place; row, column; channel, row, column; example, channel, row, column.
        thing: the result as a whole: "picture", "kernel".
        item: one place of it.
        entry: one part of it, where it is a tuple.
        each: what is right or wrong as a whole: a case, or an entry of a list.
        names: the entries of a result that is a tuple or a dictionary, by place or by key, where
            they have a better name than those.
        arguments: the names of the function's parameters, in order.
        aspects: what each aspect is called, for a mistake that costs one of them alone.
    """

    axes: tuple[str, ...] = ()
    thing: str = "result"
    item: str = "place"
    entry: str = "value"
    each: str = "case"
    names: Mapping[Any, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    aspects: Mapping[str, str] = field(default_factory=dict)

    def axis(self, axis: int, ndim: int) -> str:
        """The name of an axis, which may be counted from the end, of so many."""
        own = self.axes if len(self.axes) == ndim else AXES.get(ndim)
        return own[axis] if own else f"entry along axis {axis % ndim}"

    def side(self, name: str, axis: int, ndim: int) -> str:
        """What an argument has several of along an axis: "kernel", "example", "row"."""
        if ndim == 4 and axis == 0 and re.search(r"kernel|weight|_w\b", name):
            return "kernel"
        own = AXES.get(ndim)
        return own[axis] if own else f"entry along axis {axis % ndim}"

    def argument(self, place: int) -> str:
        """How an argument is called in a sentence."""
        if place < len(self.arguments):
            return f"`{self.arguments[place]}`"
        return f"the {ordinal(place)} argument"

    def part(self, key: Any, of: int) -> str:
        """How an entry of a tuple or of a dictionary is called, "`conv_w`"."""
        name = self.names.get(key)
        if isinstance(key, str):
            return f"`{name or key}`"
        place = f"the {ordinal(key)} {self.entry}" if of > 1 else f"its only {self.entry}"
        return f"{place} (`{name}`)" if name else place

    def way(self, axis: int, ndim: int, forward: bool) -> str:
        """The way along an axis: "down", "to the left", "towards the last channel"."""
        name = self.axis(axis, ndim)
        if name in _WAYS:
            return _WAYS[name][not forward]
        return f"towards the {'last' if forward else 'first'} {name}"


def plural(word: str) -> str:
    """rows, classes, entries along axis 5."""
    first, *rest = word.split(" ", 1)
    if first.endswith(("s", "x", "ch", "sh")):
        first += "es"
    elif first.endswith("y"):
        first = first[:-1] + "ies"
    else:
        first += "s"
    return " ".join([first, *rest])


def amount(number: int, word: str) -> str:
    """one row, two rows, 12 rows."""
    return f"{count(number)} {word if number == 1 else plural(word)}"


def count(number: int) -> str:
    """A small number as a word."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def ordinal(place: int) -> str:
    """first for 0, second for 1; "7th" where there is no word."""
    if 0 <= place < len(_ORDINALS):
        return _ORDINALS[place]
    ending = {1: "st", 2: "nd", 3: "rd"}.get((place + 1) % 10, "th")
    return f"{place + 1}{'th' if 11 <= (place + 1) % 100 <= 13 else ending}"


def listed(items: Iterable[str], joint: str = "and") -> str:
    """Things in a row as one says them: "a", "a and b", "a, b and c"."""
    *before, last = items
    return f"{', '.join(before)} {joint} {last}" if before else last


def number(value: float) -> str:
    """A number as one would write it: 3.333, 12, −0.5."""
    value = float(value)
    if np.isfinite(value) and abs(value) < 1e15 and abs(value - round(value)) < 1e-9:
        text = str(round(value))
    else:
        text = f"{value:.4g}"
    return text.replace("-", "−", 1)


def sentence(text: str) -> str:
    """A clause with a capital letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."
