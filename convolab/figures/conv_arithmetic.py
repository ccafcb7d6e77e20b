"""The arithmetic of a convolution's size (lesson 06): grid, windows, formula, impossible sizes."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.conv_arithmetic_picture import draw
from convolab.figures.conv_arithmetic_view import ConvArithmeticView, reason, spelled, view, which
from convolab.figures.number_text import counted, decimal
from convolab.figures.picture import Description
from convolab.figures.validate import shown, whole

# What the sliders reach: label, hint, smallest, largest.
LIMITS = {
    "i": ("input I", "rows and columns of the input", 1, 32),
    "r": ("kernel R", "rows and columns of the kernel", 1, 11),
    "p": ("padding P", "rings of zeros around the input", 0, 5),
    "s": ("stride S", "columns from one window to the next", 1, 8),
    "d": ("dilation", "columns from one weight to the next", 1, 4),
}
ROWS_AT_MOST = 9  # of the table


class _ConvArithmeticCanvas(Canvas):
    _esm = joined("conv_arithmetic.js")
    height = traitlets.Int(504).tag(sync=True)
    i = traitlets.Int().tag(sync=True)
    r = traitlets.Int().tag(sync=True)
    p = traitlets.Int().tag(sync=True)
    s = traitlets.Int().tag(sync=True)
    d = traitlets.Int().tag(sync=True)
    window = traitlets.Int().tag(sync=True)
    window_max = traitlets.Int(1).tag(sync=True)


class ConvArithmetic(Figure):
    """How many outputs a convolution has: O = (I − R + 2P)/S + 1, seen and counted.

    The arguments are those of `convolab.ops.output_size`.

    Args:
        i: rows and columns of the input, 1 to 32.
        r: rows and columns of the kernel, 1 to 11.
        p: rings of zeros around the input, 0 to 5.
        s: the stride, 1 to 8.
        d: the dilation, 1 to 4: a kernel of r then spans d·(r − 1) + 1 columns.
        window: the window to begin with, counted in reading order from 0.

    Sliders change every number and move the window, and so does pointing at a cell of the output.
    An impossible setting turns red, with the reason; so do the columns and rows that no window
    reaches, whether the setting is possible or not.
    Reading back: `figure.i`, `.r`, `.p`, `.s`, `.d`, `.window`, which can be set, and `.size` (the
    output's side, rounded down; 0 where not even one window fits), `.exact` (what the formula
    says, a float), `.possible`, `.uncovered` (how many columns no window has a weight on),
    `.unused` (how many are left over after the last window, as in `output_size`) and `.reason`
    (in words).

    Raises:
        ValueError: a number beyond the sliders; says so in one sentence.

    For a whole stack of layers see `LayerStack`.

    >>> ConvArithmetic(i=10, r=3, p=0, s=2)
    """

    def __init__(
        self, i: int = 13, r: int = 3, p: int = 0, s: int = 2, d: int = 1, *, window: int = 0
    ):
        given = {"i": i, "r": r, "p": p, "s": s, "d": d}
        self.canvas = _ConvArithmeticCanvas(
            **{name: self._checked(name, n) for name, n in given.items()}
        )
        self.window = window
        self._make_controls()

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def i(self) -> int:
        """Rows and columns of the input."""
        return self.canvas.i

    @i.setter
    def i(self, number: int) -> None:
        self._set("i", number)

    @property
    def r(self) -> int:
        """Rows and columns of the kernel."""
        return self.canvas.r

    @r.setter
    def r(self, number: int) -> None:
        self._set("r", number)

    @property
    def p(self) -> int:
        """Rings of zeros around the input."""
        return self.canvas.p

    @p.setter
    def p(self, number: int) -> None:
        self._set("p", number)

    @property
    def s(self) -> int:
        """The stride."""
        return self.canvas.s

    @s.setter
    def s(self, number: int) -> None:
        self._set("s", number)

    @property
    def d(self) -> int:
        """The dilation."""
        return self.canvas.d

    @d.setter
    def d(self, number: int) -> None:
        self._set("d", number)

    @property
    def window(self) -> int:
        """The window, counted in reading order; one beyond the last is brought back."""
        return self.canvas.window

    @window.setter
    def window(self, window: int) -> None:
        if not isinstance(window, (int, np.integer)) or isinstance(window, bool):
            raise ValueError(
                f"{type(self).__name__}: window must be a whole number, not {shown(window)}."
            )
        v = self._view(int(window))
        # A slider needs two ends, so a single window leaves it one step that springs back.
        self.canvas.window_max = max(1, v.size**2 - 1)
        self.canvas.window = v.window

    @property
    def size(self) -> int:
        """The output's side, rounded down; 0 where not even one window fits."""
        return self._view().size

    @property
    def exact(self) -> float:
        """What the formula says."""
        return self._view().exact

    @property
    def possible(self) -> bool:
        """Whether the formula gives a whole number, at least 1."""
        return self._view().possible

    @property
    def unused(self) -> int:
        """How many columns are left over after the last window."""
        return self._view().unused

    @property
    def uncovered(self) -> int:
        """How many columns, wherever they are, no window has a weight on, padding included."""
        return len(self._view().uncovered)

    @property
    def reason(self) -> str:
        """Why the setting is possible or not."""
        return reason(self._view())

    # How it is made -----------------------------------------------------------------------------

    def _checked(self, name: str, number: int) -> int:
        _, _, least, most = LIMITS[name]
        return whole(type(self).__name__, name, number, least, most)

    def _set(self, name: str, number: int) -> None:
        setattr(self.canvas, name, self._checked(name, number))
        self.window = self.window

    def _view(self, window: int | None = None) -> ConvArithmeticView:
        c = self.canvas
        return view(c.i, c.r, c.p, c.s, c.d, c.window if window is None else window)

    def _make_controls(self) -> None:
        place = controls.slider("window", "which window, in reading order", pixels=460, value=0)
        play = controls.player(250)
        for control in (place, play):
            self.link("window_max", control, "max")
            self.link("window", control)
        sliders = {}
        for name, (label, hint, least, most) in LIMITS.items():
            sliders[name] = controls.slider(
                label, hint, pixels=272, value=getattr(self.canvas, name), min=least, max=most
            )
            self.link(name, sliders[name])
        for slider in (place, *sliders.values()):
            slider.style.description_width = "72px"
        i, r, p, s, d = sliders.values()
        self.compose([place, play], [i, r, p], [s, d])

    def describe(self) -> Description:
        v = self._view()
        text = (
            f"An input of {counted(v.i, 'row')} and {counted(v.i, 'column')}, "
            f"{counted(v.p, 'ring') if v.p else 'no rings'} of padding, a kernel of "
            f"{v.r}×{v.r}, stride {v.s}, dilation {v.d}. "
            f"{''.join(piece for piece, _ in spelled(v))}. {reason(v)}{which(v)}"
        )
        if v.size:
            text += (
                f" The window is at row {v.row}, column {v.column} of the {v.size}×{v.size} "
                f"output{'' if v.possible else ', rounded down'}."
            )
        starts = [k * v.s - v.p for k in range(v.size)]
        rows = [
            (str(k), decimal(start), decimal(start + v.field - 1)) for k, start in enumerate(starts)
        ]
        if len(rows) > ROWS_AT_MOST:
            rows = [*rows[:4], ("…",) * 3, *rows[-4:]]
        return Description(text, ("window", "from column", "to column"), tuple(rows))

    def draw_picture(self):
        return draw(self, self._view())
