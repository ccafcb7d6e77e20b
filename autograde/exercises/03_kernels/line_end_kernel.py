"""A kernel of one's own that responds most strongly where a line ends (an open task)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from . import line_end_kernel_measure as measure

exercise = Exercise(praise="You invented that one. Nobody told you its numbers.")

exercise.demand("finds", "in every picture, the two ends of the line are the two strongest answers", measure.share_of_lines,
    at_least=1, points=1, unit="% of the lines",
    hint="How many inked neighbours does an end have, and how many a pixel in the middle? And is the answer of blank paper beside the line weaker?")
exercise.demand("paper", "blank paper of any grey gets the answer 0", measure.answer_to_paper,
    at_most=0.001, points=0.5,
    hint="Paper of one grey has the same number under every weight: what do the weights add up to?")
exercise.demand("noise", "the ends are still found when the picture is a little noisy", measure.share_of_noisy_lines,
    at_least=0.8, points=0.5, unit="% of the lines",
    hint="A large weight in the centre lifts every speck of noise. Make it smaller, and bring the sum back to 0 with small positive weights in places that most lines miss: a kernel may be larger than 3 × 3.")


def around(centre, further, size=5):
    """−1 on the eight neighbours, and what is left shared among the places in `further`."""
    kernel = np.zeros((size, size))
    middle = size // 2
    kernel[middle - 1 : middle + 2, middle - 1 : middle + 2] = -1
    kernel[middle, middle] = centre
    for down, right in further:
        kernel[middle + down, middle + right] += (8 - centre) / len(further)
    return kernel


KNIGHT = [(i, j) for i in (-2, -1, 1, 2) for j in (-2, -1, 1, 2) if abs(i) != abs(j)]
RING = [(i, j) for i in range(-2, 3) for j in range(-2, 3) if max(abs(i), abs(j)) == 2]
OFF_THE_RAYS = [
    (i, j) for i in range(-3, 4) for j in range(-3, 4)
    if max(abs(i), abs(j)) == 3 and 0 not in (i, j) and abs(i) != abs(j)
]


@exercise.right
def line_end_kernel():
    return around(4, KNIGHT)


@exercise.variant("a larger centre")
def larger_centre():
    return around(5, KNIGHT)


@exercise.variant("shared by the whole ring")
def whole_ring():
    return around(4, RING)


@exercise.variant("7 × 7, tenfold")
def seven():
    return 10 * around(4, OFF_THE_RAYS, 7)


@exercise.variant("small whole numbers")
def whole_numbers():
    return (8 * around(4, KNIGHT)).astype(int)


@exercise.lazy("the Laplace kernel")
def laplace():
    return ops.laplace_kernel(3)


@exercise.lazy("four neighbours only")
def plus():
    return np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])


@exercise.lazy("strong against noise, bright on paper")
def bright():
    return around(4, KNIGHT) * (around(4, KNIGHT) <= 0) + around(4, KNIGHT) * (np.arange(25).reshape(5, 5) == 12)


@exercise.lazy("all zeros")
def zeros():
    return np.zeros((3, 3))


@exercise.lazy("nothing but the centre")
def identity():
    return np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
