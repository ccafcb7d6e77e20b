"""How well a kernel finds the ends of lines: pictures of lines, and three measurements."""

import numpy as np

from convolab import ops
from convolab.check.open_task import NotMeasured

SIDE, MARGIN, LARGEST = 24, 3, 7


def kernel_of(ask):
    """The learner's kernel as floats, (rows, columns), both odd and at most 7."""
    kernel = ask()
    if not isinstance(kernel, np.ndarray) or kernel.ndim != 2:
        raise NotMeasured("A kernel is a table of numbers: return a 2D array.")
    if kernel.dtype.kind not in "biuf" or not np.isfinite(kernel).all():
        raise NotMeasured("A kernel holds ordinary numbers: one of yours is not.")
    rows, columns = kernel.shape
    if rows % 2 == 0 or columns % 2 == 0 or max(rows, columns) > LARGEST:
        raise NotMeasured(
            f"A kernel with a centre has odd sides, here of at most {LARGEST} numbers; yours is "
            f"{rows} × {columns}."
        )
    return kernel.astype(float)


def picture(rng):
    """A picture with one line, 5 to 12 pixels long, and the places of its two ends.

    The line runs across, down or along a diagonal; paper is 0 and ink 1.
    """
    image = np.zeros((SIDE, SIDE))
    length = int(rng.integers(5, 13))
    down, right = ((0, 1), (1, 0), (1, 1), (1, -1))[rng.integers(4)]
    row = int(rng.integers(4, SIDE - 4 - down * (length - 1)))
    lowest = 4 if right >= 0 else 3 + length
    column = int(rng.integers(lowest, SIDE - 4 - max(right, 0) * (length - 1)))
    places = [(row + down * step, column + right * step) for step in range(length)]
    for place in places:
        image[place] = 1
    return image, (places[0], places[-1])


def share_of_lines(ask, rng, pictures=40, noise=0.0):
    """The share of the pictures in which both ends are the two strongest answers."""
    kernel = kernel_of(ask)
    images, ends = zip(*(picture(rng) for _ in range(pictures)), strict=True)
    sheet = np.concatenate(images) + rng.normal(0, noise, (pictures * SIDE, SIDE))
    answers = np.round(ops.convolve_2d(sheet, kernel, "same"), 9).reshape(pictures, SIDE, SIDE)
    found = 0
    for answer, both in zip(answers, ends, strict=True):
        weakest = min(answer[end] for end in both)
        for end in both:
            answer[end] = -np.inf
        found += weakest > answer[MARGIN:-MARGIN, MARGIN:-MARGIN].max()
    return found / pictures


def share_of_noisy_lines(ask, rng):
    """The same in pictures with a little noise, many of them, since chance has a part in it."""
    return share_of_lines(ask, rng, pictures=400, noise=0.05)


def answer_to_paper(ask, rng):
    """How strongly it responds to blank paper, beside its strongest weight."""
    kernel = kernel_of(ask)
    return abs(kernel.sum()) / max(np.abs(kernel).max(), 1e-12)
