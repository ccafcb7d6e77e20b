"""What the course ships: a photograph and small digits, as arrays.

The files are in data/ next to the package (a checkout or a student's kit) or, in an installed
wheel, in convolab/_data. data/README.md says where each comes from.
"""

from functools import cache
from pathlib import Path

import numpy as np

from convolab.problem import Problem


def data_file(name):
    """The path of a file that the course ships, for instance "digits.npz".

    Raises:
        Problem: it is missing.
    """
    package = Path(__file__).resolve().parents[1]
    folders = (package.parent / "data", package / "_data")
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise Problem(
        f"The course's file {name} is missing from {folders[0]}: "
        "unpack the course again, or take the file from its repository."
    )


def hopper(colour=False):
    """A portrait of Grace Hopper, maker of the first compiler: (256, 256) uint8, 255 is white.

    With colour=True: (256, 256, 3) uint8, red, green, blue. Every pixel is the mean of 2×2 pixels
    of the photograph that matplotlib ships (cut to a square); grey is 0.299 red + 0.587 green +
    0.114 blue (ITU-R BT.601), rounded.
    Source: United States Navy, public domain.
    """
    picture = _hopper()
    if colour:
        return picture.copy()
    grey = (picture.astype(int) @ [299, 587, 114] + 500) // 1000  # whole numbers: same everywhere
    return grey.astype(np.uint8)


def digits():
    """The 1,797 small handwritten digits: images (1797, 8, 8), floats from 0, white paper, to
    16, full ink, and labels (1797,) int.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (test part), UCI
    Machine Learning Repository, 1998, https://doi.org/10.24432/C50P49, CC BY 4.0.
    """
    images, labels = _digits()
    return images.astype(np.float64), labels.astype(int)


def digits32():
    """The same digits enlarged to 32×32, the size that LeNet takes: images (1797, 32, 32), float32
    from 0 to 1, and labels (1797,) int.
    """
    images, labels = digits()
    return enlarged(images).astype(np.float32), labels


def enlarged(pictures):
    """Pictures of the digits' kind as LeNet takes them: (..., 8, 8) from 0, paper, to 16, ink,
    become (..., 32, 32) from 0 to 1, by linear interpolation between the centres of the cells.
    """
    position = np.clip((np.arange(32) + 0.5) / 4 - 0.5, 0, 7)
    weights = np.maximum(0, 1 - np.abs(position[:, None] - np.arange(8)))  # (32, 8)
    return weights @ pictures @ weights.T / 16


def split(labels, share=0.2, seed=0):
    """Which examples to learn from and which to keep for testing: two arrays of indices.

    The same share (rounded) of every class is kept for testing, chosen by the seed; both arrays
    are in random order. labels: (N,).

    Raises:
        ValueError: a share outside 0 to 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share must be between 0 and 1, got {share}")
    rng, labels = np.random.default_rng(seed), np.asarray(labels)
    learn, test = [], []
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        kept = round(share * len(members))
        test.append(members[:kept])
        learn.append(members[kept:])
    return rng.permutation(np.concatenate(learn)), rng.permutation(np.concatenate(test))


@cache
def _hopper():
    from matplotlib.image import imread

    return np.rint(imread(data_file("hopper.png")) * 255).astype(np.uint8)


@cache
def _digits():
    with np.load(data_file("digits.npz"), allow_pickle=False) as file:
        return file["images"], file["labels"]
