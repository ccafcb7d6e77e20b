"""The full convolution with the kernel whose number at (i, j) is down[i] · across[j]."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_2d import convolve_2d
from .shared import IMAGE, OBLONG, all_places

exercise = Exercise(
    says={"values": "the full convolution"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
    praise="In two passes it takes 2k weights instead of k²: for 31 × 31, 62 instead of 961.",
)

@exercise.right
def separable_2d(image, down, across):
    return all_places(all_places(image, down[:, None]), across[None, :])

@exercise.variant("row by row")
def separable_2d_rows(image, down, across):
    wide = np.zeros((image.shape[0], image.shape[1] + len(across) - 1))
    for j, weight in enumerate(across):
        wide[:, j : j + image.shape[1]] += weight * image
    tall = np.zeros((image.shape[0] + len(down) - 1, wide.shape[1]))
    for i, weight in enumerate(down):
        tall[i : i + image.shape[0]] += weight * wide
    return tall

exercise.also("the outer product at once", "all_places(all_places(image, down[:, None]), across[None, :])", "convolve_2d(image, np.outer(down, across))")
exercise.also("across first", "all_places(all_places(image, down[:, None]), across[None, :])", "convolve_2d(convolve_2d(image, across.reshape(1, -1)), down.reshape(-1, 1))")

exercise.shows("values",
    (IMAGE, np.array([1, 2, 1]), np.array([1, 0, -1])),
    (IMAGE, np.array([3, -1]), np.array([1, 10, 100, 1000])),
    (OBLONG / 2, np.array([2.5]), np.array([0.5, 0.25])),
)

exercise.slip("down and across exchanged", "convolve_2d(image, np.outer(down, across))", "all_places(all_places(image, across[:, None]), down[None, :])", of="the outer product at once",
    hint="`down` runs down the columns and `across` along the rows; in yours they are swapped. `down[:, None]` has shape (k, 1).")

@exercise.wrong("added instead of chained",
    hint="The two results are added. Take the result of the first pass as the image of the second.")
def separable_2d_added(image, down, across):
    first = all_places(image, down[:, None])
    second = all_places(image, across[None, :])
    rows, columns = first.shape[0], second.shape[1]
    total = np.zeros((rows, columns))
    total[:, : first.shape[1]] += first
    total[: second.shape[0]] += second
    return total

exercise.slip("the same list twice", "across[None, :]", "down[None, :]",
    hint="Both passes use the same list. The first runs down with `down`, the second across with `across`.")
