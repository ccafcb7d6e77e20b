"""Accuracies with their intervals, for a number of test pictures (lesson 10)."""

from __future__ import annotations

from collections.abc import Mapping

import traitlets

from convolab.figures import controls
from convolab.figures.accuracy_interval_picture import draw
from convolab.figures.accuracy_interval_view import AccuracyIntervalView, compared, spelled, view
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import decimal
from convolab.figures.picture import Description
from convolab.figures.validate import numbers_1d, shown, whole

SHARES = {"network A": 95, "network B": 92}
NETWORKS_AT_MOST, NAME_AT_MOST = 5, 24
PICTURES_LEAST, PICTURES_MOST, STEP = 10, 3000, 10


class _AccuracyIntervalCanvas(Canvas):
    _esm = joined("accuracy_interval.js")
    names = traitlets.List().tag(sync=True)
    shares = traitlets.List().tag(sync=True)  # in %
    height = traitlets.Int().tag(sync=True)
    pictures = traitlets.Int().tag(sync=True)
    network = traitlets.Int().tag(sync=True)


class AccuracyInterval(Figure):
    """Accuracies of some networks as bars, each with the interval that the truth is in.

    Args:
        shares: a dictionary of names and accuracies in %, 1 to 5 of them.
        pictures: how many test pictures there are, 10 to 3,000 in tens.
        network: which of them is looked at, counted from 0.

    The interval is Wilson's, which holds the truth in about 95 of 100 cases. So many pictures are
    right as come nearest to the accuracy.
    Reading back: `figure.pictures`, `.network`, `.intervals` (a pair (low, high) in % by name).

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> AccuracyInterval({"with convolution": 95, "without": 92}, pictures=360)
    """

    def __init__(self, shares=None, *, pictures: int = 360, network: int = 0):
        name = type(self).__name__
        shares = SHARES if shares is None else shares
        if not isinstance(shares, Mapping):
            raise ValueError(
                f"{name}: shares must be a dictionary of names and accuracies, not {shown(shares)}."
            )
        if not 1 <= len(shares) <= NETWORKS_AT_MOST:
            raise ValueError(
                f"{name}: shares has {len(shares)} entries; give 1 to {NETWORKS_AT_MOST}."
            )
        for key in shares:
            if (
                not isinstance(key, str)
                or not 0 < len(key) <= NAME_AT_MOST
                or not key.isprintable()
            ):
                raise ValueError(
                    f"{name}: a network's name is text of 1 to {NAME_AT_MOST} letters, "
                    f"not {shown(key)}."
                )
        values = numbers_1d(name, "row of accuracies", list(shares.values()), most=NETWORKS_AT_MOST)
        if not all(0 <= value <= 100 for value in values):
            raise ValueError(f"{name}: an accuracy is a number from 0 to 100, in %.")
        pictures = whole(name, "pictures", pictures, PICTURES_LEAST, PICTURES_MOST)
        if pictures % STEP:  # a slider that rounds would send a number as it is made
            raise ValueError(f"{name}: pictures must be a multiple of {STEP}, not {pictures}.")
        self.canvas = _AccuracyIntervalCanvas(
            names=list(shares),
            shares=values,
            height=146 + 54 * len(values),
            pictures=pictures,
            network=whole(name, "network", network, 0, len(values) - 1),
        )
        self._make_controls()

    # What the learner reads ---------------------------------------------------------------------

    @property
    def pictures(self) -> int:
        """How many test pictures there are."""
        return self.canvas.pictures

    @property
    def network(self) -> int:
        """Which network is looked at."""
        return self.canvas.network

    @property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """The ends of the interval of each network, in %."""
        return {row.name: (row.low, row.high) for row in self._view().rows}

    # How it is made -----------------------------------------------------------------------------

    def _view(self) -> AccuracyIntervalView:
        c = self.canvas
        return view(c.names, c.shares, pictures=c.pictures, network=c.network)

    def _make_controls(self) -> None:
        c = self.canvas
        pictures = controls.slider(
            "pictures", "how many test pictures", value=c.pictures, min=PICTURES_LEAST,
            max=PICTURES_MOST, step=STEP,
        )  # fmt: skip
        network = controls.slider(
            "network", "which network", value=c.network, max=max(1, len(c.names) - 1)
        )
        self.link("pictures", pictures)
        self.link("network", network)
        self.compose([pictures, network])

    def describe(self) -> Description:
        v = self._view()
        said = "".join(piece for piece, _ in spelled(v))
        text = f"{v.pictures} test pictures. {v.lit.name}: {said}. {compared(v)}".strip()
        rows = tuple(
            (row.name, str(row.right), *(decimal(x, 1) for x in (row.share, row.low, row.high)))
            for row in v.rows
        )
        return Description(text, ("network", "right", "accuracy in %", "from", "to"), rows)

    def draw_picture(self):
        return draw(self, self._view())
