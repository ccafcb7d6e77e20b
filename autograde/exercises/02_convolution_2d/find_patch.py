"""Where a patch was cut from a picture, also in noise and in other light (an open task)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from . import find_patch_measure as measure

exercise = Exercise(praise="Your program finds things again in noise and in other light. How it does that was up to you.")

exercise.demand("as it is", "in every picture, the patch is found where it was cut out", measure.share_found,
    at_least=1, points=0.5, unit="% of the pictures",
    hint="Where the patch came from, the window is equal to it, number by number. Measure how different each window is, and take the place where that is smallest; a large sum of products may just mean much light or contrast.")
exercise.demand("noise", "the patch is still found after every pixel has changed a little", measure.share_found_in_noise,
    at_least=0.75, points=0.5, unit="% of the pictures",
    hint="With noise no window is exactly equal to the patch, and one of its numbers says little. Let all of them take part.")
exercise.demand("light", "the patch is found in other light, darker or brighter, with half or twice the contrast", measure.share_found_in_other_light,
    at_least=1, points=1, unit="% of the pictures",
    hint="Other light adds something to all the numbers of a window and multiplies them all by something. What could you subtract from a window, and what could you divide it by, so that neither matters? The same for the patch.")


def windows(picture, patch):
    """All the windows as large as the patch: (rows, columns, h, w)."""
    return np.lib.stride_tricks.sliding_window_view(picture, patch.shape)


def likeness(table, patch):
    """How alike windows and patch are once mean and contrast are taken out: (rows, columns)."""
    table = table - table.mean(axis=(2, 3), keepdims=True)
    spread = np.sqrt((table**2).sum(axis=(2, 3))) + 1e-9
    return np.einsum("rcij,ij->rc", table, patch - patch.mean()) / spread


def best(score):
    """The place of the largest score."""
    return np.unravel_index(np.argmax(score), score.shape)


@exercise.right
def find_patch(picture, patch):
    return best(likeness(windows(picture, patch), patch))


@exercise.variant("loops over windows")
def in_loops(picture, patch):
    (rows, columns), (h, w) = picture.shape, patch.shape
    target = (patch - patch.mean()) / patch.std()
    best_place, smallest = (0, 0), np.inf
    for r in range(rows - h + 1):
        for c in range(columns - w + 1):
            window = picture[r : r + h, c : c + w]
            centred = window - window.mean()
            off = np.abs(centred / (np.sqrt((centred**2).mean()) + 1e-9) - target).sum()
            if off < smallest:
                best_place, smallest = (r, c), off
    return best_place


@exercise.variant("convolutions, the patch turned round")
def by_convolution(picture, patch):
    ones = np.ones(patch.shape)
    total = ops.convolve_2d(picture, ones, "valid")
    squares = ops.convolve_2d(picture**2, ones, "valid")
    centred = patch - patch.mean()
    products = ops.convolve_2d(picture, centred[::-1, ::-1], "valid")
    return best(products / np.sqrt(np.maximum(squares - total**2 / patch.size, 1e-6)))


@exercise.variant("which pixels are brighter than which")
def by_rank(picture, patch):
    table = windows(picture, patch)
    order = table.reshape(*table.shape[:2], -1).argsort(axis=-1).argsort(axis=-1)
    return list(best(-((order - patch.ravel().argsort().argsort()) ** 2).sum(axis=-1)))


@exercise.variant("edges compared")
def by_edges(picture, patch):
    change, patch_change = picture[:, 1:] - picture[:, :-1], patch[:, 1:] - patch[:, :-1]
    return best(likeness(windows(change, patch_change), patch_change))


@exercise.lazy("the largest sum of products")
def brightest(picture, patch):
    return best(ops.correlate_2d(picture, patch, "valid"))


@exercise.lazy("the smallest difference")
def smallest_difference(picture, patch):
    return best(-((windows(picture, patch) - patch) ** 2).sum(axis=(2, 3)))


@exercise.lazy("the mean taken out, the contrast not")
def mean_taken_out(picture, patch):
    table = windows(picture, patch)
    table = table - table.mean(axis=(2, 3), keepdims=True)
    return best(-((table - (patch - patch.mean())) ** 2).sum(axis=(2, 3)))


@exercise.lazy("the patch turned round once too often")
def turned_round(picture, patch):
    return best(likeness(windows(picture, patch), patch[::-1, ::-1]))


@exercise.lazy("windows that are equal, number by number")
def equal(picture, patch):
    return best((windows(picture, patch) == patch).all(axis=(2, 3)))


@exercise.lazy("the averages compared")
def averages(picture, patch):
    return best(-np.abs(windows(picture, patch).mean(axis=(2, 3)) - patch.mean()))


@exercise.lazy("the middle of the picture")
def middle(picture, patch):
    return (picture.shape[0] - patch.shape[0]) // 2, (picture.shape[1] - patch.shape[1]) // 2
