"""What pooling keeps when the feature map moves a little (lesson 05)."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab import data, ops
from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import counted, decimal
from convolab.figures.picture import Description
from convolab.figures.pooling_explorer_picture import draw
from convolab.figures.pooling_explorer_view import (
    HOWS,
    PoolingExplorerView,
    drift_words,
    percent,
    spelled,
    view,
)
from convolab.figures.validate import SEED_AT_MOST, numbers_2d, one_of, whole

MAP_AT_MOST = 32
SHIFT_AT_MOST = 4
NOISE_AT_MOST = 30  # percent of the largest value


def bars_of_a_two() -> np.ndarray:
    """The default map (8, 8): where a handwritten 2 gets brighter downwards, after a ReLU."""
    digit = data.digits()[0][2]
    return ops.relu(ops.correlate_2d(digit, -ops.SOBEL_Y, "same"))


class _PoolingExplorerCanvas(Canvas):
    _esm = joined("pooling_explorer.js")
    map = traitlets.List().tag(sync=True)
    wobble = traitlets.List().tag(sync=True)  # the noise, from −1 to 1, drawn once
    hows = traitlets.List(list(HOWS)).tag(sync=True)
    height = traitlets.Int(560).tag(sync=True)
    how = traitlets.Int().tag(sync=True)  # toggles tell the browser their index
    size = traitlets.Int().tag(sync=True)
    stride = traitlets.Int().tag(sync=True)
    shift = traitlets.Int().tag(sync=True)
    noise = traitlets.Int().tag(sync=True)
    place = traitlets.Int().tag(sync=True)
    place_max = traitlets.Int(1).tag(sync=True)


class PoolingExplorer(Figure):
    """A feature map and its pooled map, before and after a shift: how much survives?

    Args:
        feature_map: 2 to 32 rows and columns of finite numbers; without it the edges of a
            handwritten 2.
        size: of the windows. Windows that do not fit are dropped, and what they would have covered
            is dashed.
        stride: from window to window; the size where not given.
        how: "max", "average" or "sum".
        shift: pixels to the right, −4 to 4; hatched zeros come in.
        noise: 0 to 30 percent of the largest value.
        seed: draws the noise, once.
        place: the window to look at, counted in reading order.

    Reading back: `figure.size`, `.stride`, `.how`, `.shift`, `.noise`, `.place` (all can be set),
    `.pooled` and `.pooled_after` (arrays), `.survival` (the share of pooled values that stay
    exactly the same), `.mean_change` (by how much they change on average) and `.drift` (by how
    much their mean rises). The last two are shares of the largest pooled value, so that max,
    average and sum, whose values differ in size, can be compared: noise changes every value a
    little and leaves none exactly the same.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> PoolingExplorer(my_map, size=2, shift=1)
    """

    def __init__(
        self,
        feature_map=None,
        *,
        size: int = 2,
        stride: int | None = None,
        how: str = "max",
        shift: int = 0,
        noise: int = 0,
        place: int = 0,
        seed: int = 0,
    ):
        name = type(self).__name__
        if feature_map is None:
            feature_map = bars_of_a_two()
        rows = numbers_2d(name, "feature map", feature_map, least=2, most=MAP_AT_MOST)
        self.largest = min(len(rows), len(rows[0]), 5)
        rng = np.random.default_rng(whole(name, "seed", seed, 0, SEED_AT_MOST))
        wobble = rng.uniform(-1, 1, np.shape(rows))
        size = whole(name, "size", size, 1, self.largest)
        self.canvas = _PoolingExplorerCanvas(
            map=rows,
            wobble=np.round(wobble, 3).tolist(),
            size=size,
            stride=whole(name, "stride", size if stride is None else stride, 1, self.largest),
            how=HOWS.index(one_of(name, "how", how, HOWS)),
            shift=whole(name, "shift", shift, -SHIFT_AT_MOST, SHIFT_AT_MOST),
            noise=whole(name, "noise", noise, 0, NOISE_AT_MOST),
        )
        self.place = place
        self._make_controls()

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def feature_map(self) -> np.ndarray:
        """The feature map before the shift."""
        return np.array(self.canvas.map)

    @property
    def size(self) -> int:
        """The side of a window."""
        return self.canvas.size

    @size.setter
    def size(self, size: int) -> None:
        self.canvas.size = whole(type(self).__name__, "size", size, 1, self.largest)
        self.place = self.place

    @property
    def stride(self) -> int:
        """Pixels from one window to the next."""
        return self.canvas.stride

    @stride.setter
    def stride(self, stride: int) -> None:
        self.canvas.stride = whole(type(self).__name__, "stride", stride, 1, self.largest)
        self.place = self.place

    @property
    def how(self) -> str:
        """ "max", "average" or "sum"."""
        return HOWS[self.canvas.how]

    @how.setter
    def how(self, how: str) -> None:
        self.canvas.how = HOWS.index(one_of(type(self).__name__, "how", how, HOWS))

    @property
    def shift(self) -> int:
        """Pixels to the right."""
        return self.canvas.shift

    @shift.setter
    def shift(self, shift: int) -> None:
        name = type(self).__name__
        self.canvas.shift = whole(name, "shift", shift, -SHIFT_AT_MOST, SHIFT_AT_MOST)

    @property
    def noise(self) -> int:
        """Percent of the largest value."""
        return self.canvas.noise

    @noise.setter
    def noise(self, noise: int) -> None:
        self.canvas.noise = whole(type(self).__name__, "noise", noise, 0, NOISE_AT_MOST)

    @property
    def place(self) -> int:
        """The window that is looked at, counted in reading order."""
        return self.canvas.place

    @place.setter
    def place(self, place: int) -> None:
        place = whole(type(self).__name__, "place", place, 0, MAP_AT_MOST**2)
        v = self._view(place)
        self.canvas.place_max, self.canvas.place = max(1, v.pooled.size - 1), v.place

    @property
    def pooled(self) -> np.ndarray:
        """The pooled map before the shift."""
        return self._view().pooled

    @property
    def pooled_after(self) -> np.ndarray:
        """The pooled map after shift and noise."""
        return self._view().pooled_after

    @property
    def survival(self) -> float:
        """The share of pooled values that stay exactly the same, from 0 to 1."""
        v = self._view()
        return v.same / v.pooled.size

    @property
    def mean_change(self) -> float:
        """By how much a pooled value changes on average, as a share of the largest."""
        return self._view().mean_change

    @property
    def drift(self) -> float:
        """By how much the mean of the pooled values rises, as a share of the largest."""
        return self._view().drift

    # How it is made -----------------------------------------------------------------------------

    def _view(self, place: int | None = None) -> PoolingExplorerView:
        c = self.canvas
        return view(
            c.map, c.wobble, size=c.size, stride=c.stride, how=self.how, shift=c.shift,
            noise=c.noise, place=c.place if place is None else place,
        )  # fmt: skip

    def _make_controls(self) -> None:
        c = self.canvas
        limits = {"min": 1, "max": self.largest}
        size = controls.slider("window", "the side of a window", value=c.size, **limits)
        stride = controls.slider("stride", "from window to window", value=c.stride, **limits)
        how = controls.choice("kind", "what a window becomes", HOWS, index=c.how, button="76px")
        shift = controls.slider(
            "shift", "pixels to the right", value=c.shift, min=-SHIFT_AT_MOST, max=SHIFT_AT_MOST
        )
        noise = controls.slider(
            "noise", "percent of the largest value", value=c.noise, max=NOISE_AT_MOST
        )
        place = controls.slider("look at", "which window")
        for trait, control in (("size", size), ("stride", stride), ("shift", shift),
                               ("noise", noise)):  # fmt: skip
            self.link(trait, control)
        self.link("how", how, "index")
        self.link("place_max", place, "max")
        self.link("place", place)
        self.compose([shift, noise], [size, stride], [place, how])

    def describe(self) -> Description:
        v, (h, w), (rows, columns) = self._view(), self.feature_map.shape, self.pooled.shape
        moved = "Not moved"
        if self.shift:
            moved = f"Moved {abs(self.shift)} to the {'right' if self.shift > 0 else 'left'}"
        chosen = v.row, v.column
        text = (
            f"A feature map of {counted(h, 'row')} and {counted(w, 'column')}, {self.how} pooling "
            f"over windows of {self.size} with stride {self.stride}: {counted(rows, 'row')} and "
            f"{counted(columns, 'column')}. {moved}, "
            f"with noise of {self.noise} %: {v.same} of {v.pooled.size} pooled values stay "
            f"exactly the same ({percent(v.same / v.pooled.size)}), {v.near} stay "
            f"within a tenth of the largest. Compared with the largest pooled value, a pooled "
            f"value changes by {percent(v.mean_change)} on average, and {drift_words(v.drift)}. "
            f"Window {v.place}: before "
            f"{spelled(self.how, v.before, v.pooled[chosen])}, after "
            f"{spelled(self.how, v.later, v.pooled_after[chosen])}."
        )
        table = tuple(
            (str(r), *(", ".join(decimal(x, 1) for x in m[r]) for m in (v.pooled, v.pooled_after)))
            for r in range(rows)
        )
        return Description(text, ("pooled row", "before", "after"), table)

    def draw_picture(self):
        return draw(self, self._view())
