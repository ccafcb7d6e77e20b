"""The numbers of a row, moved to the right (to the left if negative); zeros come in."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "both directions"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

@exercise.right
def gap_shift(row, right):
    moved = np.zeros_like(row)
    for c in range(len(row)):
        if 0 <= c - right < len(row):
            moved[c] = row[c - right]
    return moved

@exercise.variant("two steps")
def gap_shift_steps(row, right):
    moved = np.zeros_like(row)
    for c, number in enumerate(row):
        if 0 <= c + right < len(row):
            moved[c + right] = number
    return moved

@exercise.variant("padding")
def gap_shift_padding(row, right):
    padded = np.pad(row, abs(right))
    return padded[abs(right) - right :][: len(row)]

@exercise.variant("roll and clear")
def gap_shift_roll(row, right):
    moved = np.roll(row, right)
    if right >= 0:
        moved[:right] = 0
    else:
        moved[right:] = 0
    return moved

exercise.shows("values",
    (np.array([3, 1, 4, 1, 5]), 2), (np.array([2.5, -1, 4, 1, 5]), -1), (np.array([2, 7]), 5), (np.array([6, 2, 9]), 0),
)

exercise.slip("wrong direction", "padded = np.pad(row, abs(right))\n    return padded[abs(right) - right :][: len(row)]", "return gap_shift(row, -right)", of="padding",
    hint="The row moves the other way. If it moves 2 to the right, then the number that is now at c was at a smaller place before.")
exercise.slip("nothing moves", "padded = np.pad(row, abs(right))\n    return padded[abs(right) - right :][: len(row)]", "return row.copy()", of="padding",
    hint="Each number comes from its own place. By how many places was it further to the left?")
exercise.slip("distance the wrong way round", "if 0 <= c - right < len(row):\n            moved[c] = row[c - right]", "if 0 <= right - c < len(row):\n            moved[c] = row[right - c]",
    hint="You have right − c. The place it comes from is c, less the steps it has moved.")
