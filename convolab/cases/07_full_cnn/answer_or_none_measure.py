"""What an answer that may say *none of these* gets right: digits, sheets that hold none, pieces."""

import functools

import numpy as np

from convolab import data, ops
from convolab.check.open_task import NotMeasured

SIDE, CELLS, INK = 32, 8, 16
DIGITS, SHEETS, PIECES = 60, 40, 60  # of them
NONE = -1


def scores_of(pictures):
    """The ten scores that the network gives to each picture (N, 32, 32)."""
    return computed(np.asarray(pictures, dtype=float).tobytes()).copy()


@functools.lru_cache(maxsize=9)
def computed(pictures):
    """The same for the bytes of pictures: several answers are measured on the same ones."""
    with np.load(data.data_file("lenet_digits.npz")) as file:
        p = {name: file[name] for name in file.files}
    x = np.frombuffer(pictures).reshape(-1, 1, SIDE, SIDE)
    for name in ("conv1", "conv2"):
        x = ops.pool_forward(ops.relu(ops.conv_forward(x, p[f"{name}_w"], p[f"{name}_b"])))
    x = ops.flatten(x)
    for name in ("dense1", "dense2"):
        x = ops.relu(ops.dense(x, p[f"{name}_w"], p[f"{name}_b"]))
    return ops.dense(x, p["dense3_w"], p["dense3_b"])


def said(ask, pictures):
    """The learner's answers, one whole number a picture, from −1 to 9."""
    answers = np.asarray(ask(pictures, scores_of(pictures)))
    if answers.shape != (len(pictures),):
        shape = f"yours have the shape {answers.shape}"
        raise NotMeasured(f"For {len(pictures)} pictures, give {len(pictures)} answers: {shape}.")
    if answers.dtype.kind not in "iuf" or not np.isin(answers, range(NONE, 10)).all():
        raise NotMeasured("Each answer should be a class from 0 to 9, or −1 for none of these.")
    return answers


def bar(rng):
    """One bar of full ink, lying or upright, one or two cells thick."""
    cells, thick = np.zeros((CELLS, CELLS)), int(rng.integers(1, 3))
    start = int(rng.integers(1, CELLS - thick))
    cells[start : start + thick, 1:-1] = INK
    return cells if rng.random() < 0.5 else cells.T


def share_of_digits(ask, rng):
    """How many of the digits that it never saw are read right, and not refused."""
    digits, labels = data.digits()
    _, unseen = data.split(labels)
    chosen = rng.choice(unseen, DIGITS, replace=False)
    pictures = data.enlarged(digits[chosen])
    return np.mean(said(ask, pictures) == labels[chosen])


def share_of_sheets(ask, rng):
    """How many sheets with nothing, one bar or mere noise get the answer none of these."""
    quarter = SHEETS // 4
    nothing = np.zeros((quarter, SIDE, SIDE))
    bars = data.enlarged(np.array([bar(rng) for _ in range(2 * quarter)]))
    sheets = np.concatenate([nothing, bars, rng.random((quarter, SIDE, SIDE))])
    return np.mean(said(ask, sheets) == NONE)


def share_of_pieces(ask, rng):
    """How many pieces of the portrait and shuffled digits get the answer none of these."""
    portrait, (digits, _) = data.hopper() / 255, data.digits()
    corners = rng.integers(0, 128, (PIECES // 2, 2))
    pieces = [
        portrait[row : row + 128, column : column + 128].reshape(32, 4, 32, 4).mean(axis=(1, 3))
        for row, column in corners
    ]
    shuffled = [
        data.enlarged(rng.permutation(digits[k].ravel()).reshape(CELLS, CELLS))
        for k in rng.integers(len(digits), size=PIECES // 2)
    ]
    return np.mean(said(ask, np.array(pieces + shuffled)) == NONE)
