"""The kernel that slides along a signal (lesson 01): products, their sum, the output growing."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import counted, decimal, listed
from convolab.figures.picture import Description
from convolab.figures.sliding_kernel_1d_picture import draw
from convolab.figures.sliding_kernel_1d_view import (
    KERNELS,
    MODES,
    PRESETS,
    SlidingKernel1DView,
    distance,
    listing,
    table,
    told,
    view,
)
from convolab.figures.validate import SEED_AT_MOST, numbers_1d, one_of, real_number, shown, whole

STEMS_AT_MOST = 16  # more numbers are drawn as a curve
STEM_WEIGHTS_AT_MOST = 7
LISTED_AT_MOST = 24  # outputs, in the description
SIGNAL_AT_MOST = 2000
WEIGHTS_AT_MOST = 201


class _SlidingKernel1DCanvas(Canvas):
    _esm = joined("sliding_kernel_1d.js")
    signal = traitlets.List().tag(sync=True)
    own = traitlets.List().tag(sync=True)
    clean = traitlets.List().tag(sync=True)
    drawing = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    preset = traitlets.Int().tag(sync=True)  # a menu tells the browser its index, not its value
    width = traitlets.Int().tag(sync=True)
    width_fixed = traitlets.Bool().tag(sync=True)
    reverse = traitlets.Bool().tag(sync=True)
    modes = traitlets.List().tag(sync=True)
    mode = traitlets.Int().tag(sync=True)
    x = traitlets.Int().tag(sync=True)
    x_max = traitlets.Int().tag(sync=True)


class SlidingKernel1D(Figure):
    """A kernel on a signal, moved by hand: products, their sum, the output growing.

    Args:
        signal: 2 to 2,000 finite numbers, a list or 1D array. More than 16 are drawn as a curve.
        kernel: your weights, at most 7 (201 for a curve) and no more than the signal has numbers,
            or the name of a kernel: "mean", "bell", "asymmetric", "difference", "shift right",
            "shift left" (with `width`).
        width: the width of a named kernel, 3 where not given.
        mode: "full", "same" or "valid".
        reverse: False leaves the kernel unreversed, which is correlation.
        x: the place to begin with, that of the kernel's right end: 0 is where its first number
            meets the signal's first. Where not given, the first place that the mode keeps.
        clean: the signal without its noise, as long as the signal, if it is known.

    Reading back: `figure.x`, `.mode`, `.reverse`, `.width`, `.kernel` (array), `.output` (array, of
    the chosen mode), `.index` (where that has the output at x) and `.y`, the output at x. x, mode,
    reverse, width and kernel can be set.
    `.picture()` and `.describe()` give the state as an image and in words.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> SlidingKernel1D(signal=[10, 9, 10, 9, 10, 1, 10, 9, 10, 8], kernel=[1/3, 1/3, 1/3])
    """

    def __init__(
        self,
        signal=(10, 9, 10, 9, 10, 1, 10, 9, 10, 8),
        kernel=(1 / 3, 1 / 3, 1 / 3),
        *,
        width: int | None = None,
        mode: str = "full",
        reverse: bool = True,
        x: int | None = None,
        clean=None,
    ):
        name = type(self).__name__
        signal = numbers_1d(name, "signal", signal, least=2, most=SIGNAL_AT_MOST)
        clean = [] if clean is None else numbers_1d(name, "clean", clean, most=SIGNAL_AT_MOST)
        if clean and len(clean) != len(signal):
            raise ValueError(
                f"{name}: the clean signal has {counted(len(clean), 'number')} and the noisy one "
                f"{len(signal)}; give two of the same length."
            )
        self.style = "stems" if len(signal) <= STEMS_AT_MOST else "line"
        stems = self.style == "stems"
        self.canvas = _SlidingKernel1DCanvas(
            signal=signal,
            clean=clean,
            drawing=self.style,
            height=516 if stems else 456,
            reverse=bool(reverse),
            modes=list(MODES),
            mode=MODES.index(one_of(name, "mode", mode, MODES)),
            presets=list(KERNELS),
        )
        most = STEM_WEIGHTS_AT_MOST if stems else WEIGHTS_AT_MOST
        self.widest = min(len(signal), most)
        self._set_kernel(kernel, width)
        self.x = self._view().start if x is None else x
        self._make_controls()

    @classmethod
    def noisy(
        cls, n: int = 200, noise: float = 0.4, seed: int = 0, *, width: int = 9, kernel="mean"
    ) -> SlidingKernel1D:
        """A noisy sine of n numbers (17 to 2,000), to be smoothed by a kernel of some width.

        `noise` is the standard deviation of the noise, the sine swings from −1 to 1. The clean
        sine is drawn dashed, and the distance to it (root of the mean square) tells what
        smoothing gains and what it costs.

        >>> SlidingKernel1D.noisy(width=15)
        """
        whole(cls.__name__, "n", n, STEMS_AT_MOST + 1, SIGNAL_AT_MOST)
        spread = real_number(noise)
        if spread is None or not 0 <= spread <= 100:
            raise ValueError(f"{cls.__name__}: noise must be from 0 to 100, not {shown(noise)}.")
        clean = np.sin(np.arange(n) * 2 * np.pi * 3 / n)
        rng = np.random.default_rng(whole(cls.__name__, "seed", seed, 0, SEED_AT_MOST))
        signal = clean + spread * rng.standard_normal(n)
        figure = cls(
            np.round(signal, 4), kernel, width=width, mode="same", clean=np.round(clean, 4)
        )
        figure.x += n // 4
        return figure

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def signal(self) -> np.ndarray:
        """The signal."""
        return np.array(self.canvas.signal)

    @property
    def kernel(self) -> np.ndarray:
        """The weights, not reversed; set it to your own weights or to a name."""
        if self.kernel_name == "yours":
            return np.array(self.canvas.own)
        return PRESETS[self.kernel_name](self.canvas.width)

    @kernel.setter
    def kernel(self, kernel) -> None:
        self._set_kernel(kernel, None)
        self.x = self.x

    @property
    def kernel_name(self) -> str:
        """What the menu shows: a named kernel, or "yours"."""
        return KERNELS[self.canvas.preset]

    @property
    def width(self) -> int:
        """How many weights the kernel has; can be set for a named kernel."""
        return len(self.kernel)

    @width.setter
    def width(self, width: int) -> None:
        name = type(self).__name__
        if self.kernel_name == "yours":
            raise ValueError(f"{name}: your own kernel has its width; name a kernel to change it.")
        self.canvas.width = whole(name, "width", width, 1, self.widest)
        self.x = self.x

    @property
    def mode(self) -> str:
        """ "full", "same" or "valid"."""
        return MODES[self.canvas.mode]

    @mode.setter
    def mode(self, mode: str) -> None:
        self.canvas.mode = MODES.index(one_of(type(self).__name__, "mode", mode, MODES))
        self.x = self.x

    @property
    def reverse(self) -> bool:
        """True for convolution, False for correlation."""
        return self.canvas.reverse

    @reverse.setter
    def reverse(self, reverse: bool) -> None:
        self.canvas.reverse = bool(reverse)

    @property
    def x(self) -> int:
        """The place of the kernel's right end in the signal, wherever the kernel overlaps it."""
        return self.canvas.x

    @x.setter
    def x(self, x: int) -> None:
        if not isinstance(x, (int, np.integer)) or isinstance(x, bool):
            raise ValueError(f"{type(self).__name__}: x must be a whole number, not {shown(x)}.")
        v = self._view(int(x))
        self.canvas.x_max, self.canvas.x = v.x_max, v.x

    @property
    def index(self) -> int | None:
        """Where `output` has the number at place x; None if the mode does not keep it."""
        v = self._view()
        return v.index if v.is_kept else None

    @property
    def output(self) -> np.ndarray:
        """The whole output of the chosen mode."""
        v = self._view()
        return np.array(v.output[v.start : v.start + v.kept])

    @property
    def y(self) -> float:
        """The output at place x."""
        return self._view().total

    # How it is made -----------------------------------------------------------------------------

    def _view(self, x: int | None = None) -> SlidingKernel1DView:
        c = self.canvas
        x = c.x if x is None else x
        return view(c.signal, self.kernel.tolist(), reverse=c.reverse, mode=self.mode, x=x)

    def _set_kernel(self, kernel, width: int | None) -> None:
        name = type(self).__name__
        if isinstance(kernel, str):
            preset = one_of(name, "kernel", kernel, tuple(PRESETS))
            width = whole(name, "width", 3 if width is None else width, 1, self.widest)
            weights = PRESETS[preset](width).tolist()
        else:
            weights = numbers_1d(name, "kernel", kernel, most=self.widest)
            width = len(weights)
            # Weights that bear a name get it, so that the width slider works at once.
            same = (p for p, make in PRESETS.items() if np.allclose(make(width), weights))
            preset = next(same, "yours")
        self.canvas.own, self.canvas.width = weights, width
        self.canvas.preset = KERNELS.index(preset)
        self.canvas.width_fixed = preset == "yours"

    def _make_controls(self) -> None:
        place = controls.slider("place x", "where the kernel's right end is", pixels=460, min=0)
        play = controls.player(700 if self.style == "stems" else 60)
        for control in (place, play):
            self.link("x_max", control, "max")
            self.link("x", control)
        menu = controls.menu("kernel", "which weights", KERNELS, index=self.canvas.preset)
        self.link("preset", menu, "index")
        width = controls.slider(
            "width", "how many weights", value=self.canvas.width, min=1, max=self.widest
        )
        self.link("width", width)
        self.link("width_fixed", width, "disabled")
        mode = controls.choice("mode", "which outputs are kept", MODES, index=self.canvas.mode)
        self.link("mode", mode, "index")
        hint = "on: convolution, off: correlation"
        reverse = controls.tick("reverse the kernel", hint, value=self.reverse)
        self.link("reverse", reverse)
        self.compose([place, play], [menu, width], [mode, reverse])

    def describe(self) -> Description:
        c, v = self.canvas, self._view()
        name = (
            "your own kernel" if self.kernel_name == "yours" else f"the kernel {self.kernel_name}"
        )
        where = listing(v, self.mode)
        text = (
            f"A signal of {counted(len(c.signal), 'number')} and {name} of width {len(v.kernel)}, "
            f"{'reversed' if c.reverse else 'not reversed'}, mode {self.mode}, at place x = {v.x}"
            f"{', ' if where else ''}{where}. {told(v)}."
        )
        if self.style == "line":
            text += (
                f" The output has {counted(v.kept, 'number')} from {decimal(min(self.output), 3)} "
                f"to {decimal(max(self.output), 3)}."
            )
        elif v.so_far:
            text += (
                f" The output so far, from place {v.start} on: "
                f"{listed(v.so_far, most=LISTED_AT_MOST)}."
            )
        if c.clean and self.mode == "same":
            text += (
                f" Distance to the clean curve: {decimal(distance(c.signal, c.clean), 3)} before, "
                f"{decimal(distance(self.output, c.clean), 3)} after."
            )
        return Description(text, *table(v))

    def draw_picture(self):
        return draw(self, self._view())
