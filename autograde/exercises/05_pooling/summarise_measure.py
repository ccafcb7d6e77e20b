"""What a summary of feature maps forgives and what it still knows: digits moved on paper."""

import numpy as np

from convolab import data, ops
from convolab.check.open_task import NotMeasured

SIDE, PICTURES, FAR = 16, 60, 4
STEPS = np.array([(0, 1), (0, -1), (1, 0), (-1, 0)])
KERNELS = (ops.SOBEL_Y, -ops.SOBEL_Y, ops.SOBEL_X, -ops.SOBEL_X)


def edges(digit):
    """The edges of a digit in four directions, after ReLU, with a pixel around it: (4, 10, 10)."""
    return np.stack([ops.relu(ops.correlate_2d(np.pad(digit, 1), one, "same")) for one in KERNELS])


def summary_of(ask, digit_edges, row, column):
    """The learner's summary of the maps (4, 16, 16) of a digit at a place, as a row of floats."""
    maps = np.zeros((len(KERNELS), SIDE, SIDE))
    maps[:, row - 1 : row + 9, column - 1 : column + 9] = digit_edges
    summary = np.asarray(ask(maps))
    if summary.dtype.kind not in "biuf" or not np.isfinite(summary).all():
        raise NotMeasured("A summary is an array of ordinary numbers: yours holds something else.")
    if not summary.size:
        raise NotMeasured("Your summary is empty: it holds no number at all.")
    return summary.ravel().astype(float)


def how_many_numbers(ask, rng):
    """How long the summary of four maps is."""
    digits, _ = data.digits()
    return summary_of(ask, edges(digits[int(rng.integers(len(digits)))]), 4, 4).size


class Drawn:
    """Digits at their places on the paper, and their summaries."""

    def __init__(self, ask, rng):
        digits, labels = data.digits()
        chosen = rng.choice(len(digits), PICTURES, replace=False)
        self.ask, self.edges = ask, [edges(digits[one]) for one in chosen]
        self.labels = labels[chosen]
        self.rows, self.columns = rng.integers(3, 6, PICTURES), rng.integers(2, 4, PICTURES)
        self.steps = STEPS[rng.integers(len(STEPS), size=PICTURES)]

    def summaries(self, down=0, right=0):
        """One a row, of the digits moved down and to the right."""
        places = zip(self.edges, self.rows + down, self.columns + right, strict=True)
        found = [summary_of(self.ask, *place) for place in places]
        if len({len(summary) for summary in found}) > 1:
            raise NotMeasured("Summaries of maps of one size should always be of one length.")
        return np.stack(found)

    def still_and_moved(self):
        """The summaries as they are, and those of the digits moved by one pixel."""
        return self.summaries(), self.summaries(*self.steps.T)


def change_of_one_pixel(ask, rng):
    """How much a move by 1 pixel changes summaries, as a share of what a move by 4 changes."""
    drawn = Drawn(ask, rng)
    still, moved = drawn.still_and_moved()
    far = np.linalg.norm(drawn.summaries(right=FAR) - still, axis=1).sum()
    if far < 1e-9:
        raise NotMeasured("A move by 4 pixels changes nothing: your summary forgets the place.")
    return np.linalg.norm(moved - still, axis=1).sum() / far


def share_told_apart(ask, rng):
    """Over all pairs of different digits: how often the other one is further away than the same
    one, moved by a pixel."""
    drawn = Drawn(ask, rng)
    still, moved = drawn.still_and_moved()
    near = np.linalg.norm(moved - still, axis=1)[:, None]
    apart = np.linalg.norm(still[:, None] - still[None], axis=2)
    return np.mean((near < apart)[drawn.labels[:, None] != drawn.labels[None]])
