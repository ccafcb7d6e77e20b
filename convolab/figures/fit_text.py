"""How a long sum is fitted into a bar: smaller print, two lines, fewer terms; as in shared.js."""

from __future__ import annotations

import re
from collections.abc import Callable

Piece = tuple[str, str]  # text and role

# Sizes of print and lines, tried in this order.
PRINTS = ((19, 1), (18, 1), (17, 1), (16, 1), (15, 1), (14, 1), (14, 2), (13, 2), (12, 2))
DOTS = [("+ … ", "quiet")]


def _chunks(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces cut where a line may end: after a blank, but not after an operator."""
    words: list[Piece] = []
    for text, role in pieces:
        if words:
            # A blank at a piece's beginning belongs to what stands before it.
            own = text.lstrip(" ")
            words[-1] = (words[-1][0] + " " * (len(text) - len(own)), words[-1][1])
            text = own
        words += [(word, role) for word in re.split(r"(?<= )(?=[^ ])", text) if word]
    found: list[list[Piece]] = []
    before = ""
    for word in words:
        if not found or (before.endswith(" ") and before.rstrip(" ")[-1:] not in set("+=→·")):
            found.append([])
        found[-1].append(word)
        before = word[0]
    return found


def fitted(
    pieces: list[Piece], room: float, wide: Callable[[str, bool], float]
) -> tuple[int, list[list[Piece]]]:
    """The size of print and the lines for a sum in pieces (text, role).

    Smaller print comes first, then two lines, then "…" in place of terms in the middle.
    wide(text, bold) is a text's width at size 1.
    """

    def width(chunk: list[Piece]) -> float:
        return sum(wide(text, role == "output") for text, role in chunk)

    units = [(chunk, width(chunk)) for chunk in _chunks(pieces)]
    dots = (DOTS, width(DOTS))
    while True:
        for size, most in PRINTS:
            lines = _broken(units, size, room)
            if len(lines) <= most:
                return size, lines
        terms = [u for u in units if u[0][0][0].startswith("+") and u is not dots]
        if len(terms) < 2:
            return 12, _broken(units, 12, room)[:2]
        units = [u for u in units if u is not dots]
        middle = next(i for i, u in enumerate(units) if u is terms[len(terms) // 2])
        units[middle] = dots


def _broken(units: list[tuple[list[Piece], float]], size: int, room: float) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    left = room
    for chunk, width in units:
        if width * size > left and lines[-1]:
            lines.append([])
            left = room
        left -= width * size
        lines[-1] += chunk
    return lines
