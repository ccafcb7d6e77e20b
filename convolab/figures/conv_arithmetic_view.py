"""The arithmetic of ConvArithmetic, as conv_arithmetic.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from convolab.figures.number_text import decimal
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
    unused: int  # columns at the end that no window reaches
    seen: list[bool]  # whether a window has a weight on the column, for every padded column
    window: int  # the window shown, counted in reading order
    row: int
    column: int

    @property
    def possible(self) -> bool:
        """Whether the formula gives a whole number of windows, at least one."""
        return self.size > 0 and self.unused == 0

    @property
    def between(self) -> int:
        """Columns that no window sees although the last window ends after them."""
        return self.seen[: self.padded - self.unused].count(False) if self.size else 0


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


def columns(number: int) -> str:
    """ "1 column", "2 columns"."""
    return f"{number} column{'' if number == 1 else 's'}"


def reason(v: ConvArithmeticView) -> str:
    """Why the setting is possible, or why it is not, in words."""
    words = ""
    if v.d > 1:
        words = (
            f"Dilated by {v.d}, the {v.r} weights span {v.d}·({v.r} − 1) + 1 = {columns(v.field)}. "
        )
    if not v.size:
        return words + f"A window of {v.field} does not fit on {columns(v.padded)}: no output."
    if v.unused:
        padding = min(v.unused, v.p)
        note = " (only padding)" if padding == v.unused else f" ({padding} of padding)"
        return words + (
            f"The stride does not fit: {v.unused} of {columns(v.padded)} would never be seen"
            f"{note if padding else ''}. Frameworks round down to {v.size} and say nothing."
        )
    if v.between:
        return words + (
            f"It fits, but {v.between} of {columns(v.padded)} lie between the "
            "weights of all windows and are never seen."
        )
    return words + "It fits, and every column is seen."


def posts(v: ConvArithmeticView) -> list[str]:
    """The windows along one side, counted like fence posts, a line for each step."""
    first = columns(v.i) if not v.p else f"{v.i} + 2·{v.p} = {v.padded} columns"
    left = v.padded - v.field
    if left < 0:
        return [first, f"{columns(-left)} too few"]
    return [
        first,
        f"{left} beyond the first",
        f"{left}/{v.s} = {decimal(left / v.s)} {'step' if left == v.s else 'steps'} of {v.s}",
        f"{decimal(left / v.s)} + 1 = {decimal(v.exact)} {'window' if left == 0 else 'windows'}",
    ]
