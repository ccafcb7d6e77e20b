"""A square over a part of a picture, and what a small network makes of the rest (lesson 11)."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab import ops
from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import decimal
from convolab.figures.occlusion_explorer_network import (
    PIXEL,
    checked_images,
    checked_network,
    packed,
    packed_images,
    trained,
    unpacked,
    unseen_digits,
)
from convolab.figures.occlusion_explorer_picture import HEIGHT, draw
from convolab.figures.occlusion_explorer_view import (
    OcclusionView,
    all_covered_scores,
    map_words,
    saliency_words,
    spelled,
    view,
)
from convolab.figures.picture import Description
from convolab.figures.validate import one_of, real_number, shown, whole

SHOWS = ("probability", "score")
SIZE_AT_MOST = 5
ANSWER = "the answer"  # the menu's first class


class _OcclusionExplorerCanvas(Canvas):
    _esm = joined("occlusion_explorer.js")
    weights = traitlets.Bytes().tag(sync=True)  # of both layers, two bytes a number
    worth = traitlets.List().tag(sync=True)  # what one unit of these numbers stands for
    sizes = traitlets.List().tag(sync=True)  # D, R, H, W and K
    pictures = traitlets.Bytes().tag(sync=True)
    names = traitlets.List().tag(sync=True)
    shows = traitlets.List(list(SHOWS)).tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    picture = traitlets.Int().tag(sync=True)  # menus tell the browser their index
    target = traitlets.Int().tag(sync=True)  # 0 is the answer, 1 the class 0
    show = traitlets.Int().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    fill = traitlets.Int().tag(sync=True)  # in %
    row = traitlets.Int().tag(sync=True)
    column = traitlets.Int().tag(sync=True)
    row_max = traitlets.Int(1).tag(sync=True)
    column_max = traitlets.Int(1).tag(sync=True)


class OcclusionExplorer(Figure):
    """A square covers a part of a picture: how the network's probabilities change, at this place
    and at all others, and how much each pixel moves a score.

    Args:
        network: the small network of lesson 08: its dictionary `conv_w` (D, 1, R, R), `conv_b`,
            `dense_w`, `dense_b`, or an `nn.Sequential` of convolution, ReLU, max pooling of 2×2
            and a dense layer. Without it a network that has just learned the digits.
        images: pictures from 0, black, to 1, white: an array (N, H, W), (N, 1, H, W) or (H, W), or
            a dictionary of pictures by name, 1 to 20 of them and up to 32×32. Without it ten
            digits that the network has not learned from.
        picture: which of them to begin with, counted from 0.
        target: the class that is asked about; None is the network's answer.
        size: rows and columns of the square, 1 to 5.
        fill: its grey from 0, black, to 1, white, in hundredths.
        row: the row of its upper left pixel; without it the square is in the middle.
        column: the column of that pixel.
        show: "probability", or "score" (before softmax): what the map shows the drop of.

    Pointing at the picture or at a map moves the square there, and so do the sliders; pressing a
    class among the probabilities asks about it. The map has at [i, j] how far the class drops with
    the square's upper left pixel there. The saliency is |d score / d pixel| of the picture without
    the square. Weights travel to the browser as whole numbers of two bytes, the largest of each
    array being 32767; every number here is computed from those.
    Reading back: `figure.image`, `.covered`, `.size`, `.fill`, `.row`, `.column`, `.target`,
    `.answer`, `.scores`, `.probabilities`, `.covered_scores`, `.covered_probabilities`,
    `.occlusion_map` (H − size + 1, W − size + 1), `.drop`, `.saliency` (H, W).

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> OcclusionExplorer(picture=3, size=2, target=8)
    """

    def __init__(
        self,
        network=None,
        images=None,
        *,
        picture: int = 0,
        target: int | None = None,
        size: int = 3,
        fill: float = 0.0,
        row: int | None = None,
        column: int | None = None,
        show: str = "probability",
    ):
        name = type(self).__name__
        found = unseen_digits() if images is None else checked_images(name, images)
        h, w = next(iter(found.values())).shape
        checked = checked_network(name, trained() if network is None else network, (h, w))
        weights, worth, sizes = packed(checked)
        size = whole(name, "size", size, 1, self._size_max(h, w))
        middle = [(h - size) // 2, (w - size) // 2]
        row, column = (
            m if given is None else given for given, m in zip((row, column), middle, strict=True)
        )
        if target is not None:
            target = whole(name, "target", target, 0, sizes[4] - 1)
        self.canvas = _OcclusionExplorerCanvas(
            weights=weights, worth=worth, sizes=sizes, names=list(found),
            pictures=packed_images(found.values()),
            picture=whole(name, "picture", picture, 0, len(found) - 1),
            target=0 if target is None else target + 1,
            show=SHOWS.index(one_of(name, "show", show, SHOWS)),
            size=size, fill=self._percent(fill),
            row=whole(name, "row", row, 0, h - size), row_max=max(1, h - size),
            column=whole(name, "column", column, 0, w - size), column_max=max(1, w - size),
        )  # fmt: skip
        self._network = unpacked(weights, worth, sizes)
        self._found = {}  # the scores of all places, of what was last asked
        self._make_controls()

    # What the learner reads ---------------------------------------------------------------------

    @property
    def image(self) -> np.ndarray:
        """The picture without the square, (H, W)."""
        c = self.canvas
        pixels = np.frombuffer(c.pictures, "<i2").reshape(-1, *self._network.shape)
        return pixels[c.picture] * PIXEL

    @property
    def covered(self) -> np.ndarray:
        """The picture with the square, (H, W)."""
        return self._view().covered

    @property
    def size(self) -> int:
        """Rows and columns of the square."""
        return self.canvas.size

    @property
    def fill(self) -> float:
        """The grey of the square, from 0 to 1."""
        return self.canvas.fill / 100

    @property
    def row(self) -> int:
        """The row of the square's upper left pixel."""
        return self._view().row

    @property
    def column(self) -> int:
        """The column of the square's upper left pixel."""
        return self._view().column

    @property
    def target(self) -> int:
        """The class that is asked about."""
        return self._view().target

    @property
    def answer(self) -> int:
        """The most probable class without the square."""
        return self._view().answer

    @property
    def scores(self) -> np.ndarray:
        """The scores (K,) without the square."""
        return self._view().scores

    @property
    def probabilities(self) -> np.ndarray:
        """The softmax of the scores."""
        return ops.softmax(self.scores)

    @property
    def covered_scores(self) -> np.ndarray:
        """The scores (K,) with the square."""
        return self._view().covered_scores

    @property
    def covered_probabilities(self) -> np.ndarray:
        """The softmax of the scores with the square."""
        return ops.softmax(self.covered_scores)

    @property
    def occlusion_map(self) -> np.ndarray:
        """How far the class drops with the square at every place, (H − size + 1, W − size + 1)."""
        return self._view().drops

    @property
    def drop(self) -> float:
        """How far the class drops with the square where it is."""
        v = self._view()
        return float(v.drops[v.row, v.column])

    @property
    def saliency(self) -> np.ndarray:
        """How much each pixel moves the class's score, |d score / d pixel|, (H, W)."""
        return self._view().saliency

    # How it is made -----------------------------------------------------------------------------

    @staticmethod
    def _size_max(h: int, w: int) -> int:
        return min(SIZE_AT_MOST, h, w)

    def _percent(self, fill) -> int:
        number = real_number(fill)
        if number is None or not 0 <= number <= 1:
            raise ValueError(
                f"{type(self).__name__}: fill must be a number from 0, black, to 1, white, "
                f"not {shown(fill)}."
            )
        return round(100 * number)

    def _view(self) -> OcclusionView:
        c, image = self.canvas, self.image
        asked = (c.picture, c.size, c.fill)
        if asked not in self._found:
            self._found = {asked: all_covered_scores(self._network, image, c.size, self.fill)}
        return view(
            self._network, image, self._found[asked], size=c.size, fill=self.fill, row=c.row,
            column=c.column, target=c.target - 1 if c.target else None, show=SHOWS[c.show],
        )  # fmt: skip

    def _make_controls(self) -> None:
        c = self.canvas
        classes = [ANSWER, *map(str, range(c.sizes[4]))]
        picture = controls.menu("picture", "what the network looks at", c.names, index=c.picture)
        target = controls.menu("class", "the class asked about", classes, index=c.target)
        show = controls.choice(
            "drop of", "what the map shows the drop of", SHOWS, index=c.show, button="96px"
        )
        for trait, control in (("picture", picture), ("target", target), ("show", show)):
            self.link(trait, control, "index")
        size = controls.slider("size", "rows and columns of the square", value=c.size, min=1,
                               max=max(2, self._size_max(*self._network.shape)))  # fmt: skip
        fill = controls.slider("fill", "the grey of the square, in %", value=c.fill, max=100)
        row = controls.slider("row", "the square's upper row", value=c.row, max=c.row_max)
        column = controls.slider(
            "column", "the square's left column", value=c.column, max=c.column_max
        )
        for trait, control in (("row", row), ("column", column)):
            self.link(f"{trait}_max", control, "max")
        for trait, control in (("size", size), ("fill", fill), ("row", row), ("column", column)):
            self.link(trait, control)
        self.compose([picture, target], [size, fill], [row, column], [show])

    def describe(self) -> Description:
        v, c = self._view(), self.canvas
        end = v.size - 1
        place = (
            f"rows {v.row} to {v.row + end} and columns {v.column} to {v.column + end}"
            if end
            else f"row {v.row}, column {v.column}"
        )
        chances, left = ops.softmax(v.scores), ops.softmax(v.covered_scores)
        text = (
            f"A square of {v.size}×{v.size} pixels of grey {c.fill} % covers {place} of "
            f"{c.names[c.picture]}. Without it the network answers {v.answer}, with "
            f"{decimal(100 * chances[v.answer], 1)} %; with it {v.covered_answer}, with "
            f"{decimal(100 * left[v.covered_answer], 1)} %. "
            f"{''.join(piece for piece, _ in spelled(v))}. "
            f"Of {v.drops.size} places of the square, the {v.show} of {v.target} "
            f"{map_words(v)}. The saliency of {v.target} is {saliency_words(v)}."
        )
        rows = tuple(
            (str(k), *(f"{decimal(100 * share, 1)} %" for share in pair))
            for k, pair in enumerate(zip(chances, left, strict=True))
        )
        return Description(text, ("class", "without the square", "with it"), rows)

    def draw_picture(self):
        return draw(self, self._view())
