"""How well a picture teaches a kernel: hidden kernels are learned from it, in few steps."""

import numpy as np

from convolab import ops
from convolab.check.open_task import NotMeasured

LARGEST, SIZE, STEPS, RATE, KERNELS = 32, 3, 20, 0.3, 6
NOISE = 1.0  # how far a noisy target is off, as a standard deviation
FAR = 1000.0  # a kernel that ran away is no further off than this


def picture_of(ask):
    """The learner's picture as floats, (rows, columns), at most 32 × 32, from −1 to 1."""
    picture = ask()
    if not isinstance(picture, np.ndarray) or picture.ndim != 2:
        raise NotMeasured("A picture is a table of numbers: return a 2D array.")
    if picture.dtype.kind not in "biuf" or not np.isfinite(picture).all():
        raise NotMeasured("A picture holds ordinary numbers: one of yours is not.")
    rows, columns = picture.shape
    if max(rows, columns) > LARGEST or min(rows, columns) < SIZE:
        raise NotMeasured(
            f"Rows and columns may be from {SIZE} to {LARGEST}; your picture is {rows} × {columns}."
        )
    if np.abs(picture.astype(float)).max() > 1:
        raise NotMeasured("Numbers run from −1 to 1 here: some of yours are outside.")
    return picture.astype(float)


def largest_error(ask, rng, noise=0.0):
    """How far the worst weight of six hidden kernels is off after 20 steps."""
    picture = picture_of(ask)
    patches = np.lib.stride_tricks.sliding_window_view(picture, (SIZE, SIZE)).reshape(-1, SIZE**2)
    secret = rng.integers(-4, 5, (KERNELS, SIZE, SIZE)) / 2
    targets = np.stack([ops.correlate_2d(picture, one, "valid").ravel() for one in secret], axis=1)
    targets = targets + rng.normal(0, noise, targets.shape)
    learned = np.zeros((SIZE**2, KERNELS))
    for _ in range(STEPS):
        gradient = 2 * patches.T @ (patches @ learned - targets) / len(patches)
        learned = learned - RATE * gradient
    return min(FAR, np.abs(learned.T.reshape(secret.shape) - secret).max())


def largest_error_in_noise(ask, rng):
    """The same where the targets are noisy."""
    return largest_error(ask, rng, NOISE)
