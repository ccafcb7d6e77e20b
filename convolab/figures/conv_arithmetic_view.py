"""The arithmetic of ConvArithmetic, as conv_arithmetic.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from convolab.figures.number_text import counted, decimal, ranges
from convolab.ops import output_size


@dataclass(frozen=True)
class ConvArithmeticView:
    """Everything the picture shows, as numbers; `view` in conv_arithmetic.js gives the same."""

    i: int
    r: int
    p: int
    s: int
    d: int
    field: int  # columns from the first weight to the last
    padded: int  # columns with padding
    size: int  # windows along one side, rounded down; 0 where not even one fits
    exact: float  # what the formula says
    unused: int  # columns at the end that are left over after the last window
    seen: list[bool]  # whether a window has a weight on the column, for every padded column
    window: int  # the window shown, counted in reading order
    row: int
    column: int

    @property
    def possible(self) -> bool:
        """Whether the formula gives a whole number of windows, at least one."""
        return self.size > 0 and self.unused == 0

    @property
    def uncovered(self) -> list[int]:
        """The columns that no window has a weight on, counted from the input's own column 0."""
        return [n - self.p for n, seen in enumerate(self.seen) if not seen] if self.size else []


def view(i: int, r: int, p: int, s: int, d: int, window: int) -> ConvArithmeticView:
    """The numbers for input i, kernel r, padding p, stride s, dilation d at one window."""
    field, padded = d * (r - 1) + 1, i + 2 * p
    left = padded - field  # columns beyond the first window
    size = output_size(i, field, p, s, strict=False) if left >= 0 else 0
    window = max(0, min(size * size - 1, window))
    row, column = divmod(window, size) if size else (0, 0)
    taps = {k * s + t * d for k in range(size) for t in range(r)}
    return ConvArithmeticView(
        i, r, p, s, d, field, padded, size, left / s + 1, left % s if size else 0,
        [place in taps for place in range(padded)], window, row, column,
    )  # fmt: skip


def spelled(v: ConvArithmeticView) -> list[tuple[str, str]]:
    """O = (13 − 3 + 2·0)/2 + 1 = 6 in pieces (text, role)."""
    pieces = [
        ("O", "output"), (" = (", "quiet"), (str(v.i), "input"), (" − ", "quiet"),
        (str(v.field), "kernel"), (" + 2·", "quiet"), (str(v.p), "ink"), (")/", "quiet"),
        (str(v.s), "ink"), (" + 1 =", "quiet"),
    ]  # fmt: skip
    if v.possible:
        return [*pieces, (f" {v.size}", "output")]
    return [*pieces, (f" {decimal(v.exact)}: impossible", "wrong")]


def reason(v: ConvArithmeticView) -> str:
    """Why the setting is possible, or why it is not, in words."""
    words = ""
    if v.d > 1:
        words = (
            f"Dilated by {v.d}, {'the weight spans' if v.r == 1 else f'the {v.r} weights span'} "
            f"{v.d}·({v.r} − 1) + 1 = {counted(v.field, 'column')}. "
        )
    if not v.size:
        return (
            f"{words}A window of {v.field} does not fit on {counted(v.padded, 'column')}: "
            "no output."
        )
    words += "It fits" if v.possible else "The stride does not fit"
    if not v.uncovered:
        return f"{words}, and every column is seen."
    verb = "is" if len(v.uncovered) == 1 else "are"
    words += (
        f"{', but ' if v.possible else ': '}{len(v.uncovered)} of "
        f"{counted(v.padded, 'column')} {verb} never seen{whose(v)}."
    )
    if not v.possible:
        words += f" Frameworks round down to {v.size} and say nothing."
    return words


def whose(v: ConvArithmeticView) -> str:
    """How many of the columns that are never seen are padding, in words."""
    padding = sum(not 0 <= column < v.i for column in v.uncovered)
    if not padding:
        return ""
    if padding < len(v.uncovered):
        return f" ({padding} of them padding)"
    own = "the input's only column is" if v.i == 1 else f"all {v.i} columns of the input are"
    pronoun = "it is" if padding == 1 else "they are"
    return f", and {pronoun} padding: {own} seen"


def which(v: ConvArithmeticView) -> str:
    """The columns that are never seen, by their numbers, as a sentence; "" if there are none."""
    if not v.uncovered:
        return ""
    noun = "column" if len(v.uncovered) == 1 else "columns"
    return (
        f" Never seen: {noun} {ranges(v.uncovered)}, counting the input's columns from 0, "
        "and the rows of the same numbers."
    )


def posts(v: ConvArithmeticView) -> list[str]:
    """The windows along one side, counted like fence posts, a line for each step."""
    first = f"{v.i} + 2·{v.p} = {counted(v.padded, 'column')}" if v.p else counted(v.i, "column")
    left = v.padded - v.field
    if left < 0:
        return [first, f"{counted(-left, 'column')} too few"]
    return [
        first,
        f"{left} beyond the first window",
        f"{left}/{v.s} = {decimal(left / v.s)} {'step' if left == v.s else 'steps'} of {v.s}",
        f"{decimal(left / v.s)} + 1 = {decimal(v.exact)} {'window' if left == 0 else 'windows'}",
    ]
