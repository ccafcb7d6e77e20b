"""What an answer that may say *none of these* gets right: digits, sheets that hold none, pieces."""

import functools

import numpy as np

from convolab import data, ops
from convolab.check.open_task import NotMeasured

SIDE, CELLS = 32, 8
DIGITS, SHEETS, PIECES = 60, 40, 60  # of them
NONE = -1


@functools.cache
def network():
    """The weights of the lesson's network by name."""
    with np.load(data.data_file("lenet_digits.npz")) as file:
        return {name: file[name] for name in file.files}


def first_layer(pictures, w, b):
    """The first convolution of pictures (N, 32, 32), which are put below each other, so that each
    kernel passes over all of them at once: (N, D, 28, 28)."""
    size, places = w.shape[2], SIDE - w.shape[2] + 1
    sheet = np.pad(pictures.reshape(-1, SIDE), ((0, size - 1), (0, 0)))
    maps = np.stack([ops.correlate_2d(sheet, kernel[0], "valid") for kernel in w])
    maps = maps.reshape(len(w), -1, SIDE, places)[:, :, :places]
    return maps.swapaxes(0, 1) + b.reshape(-1, 1, 1)


def dense(x, w, b):
    """A dense layer in one thread: such small products are no work for several."""
    return np.einsum("ni,io->no", x, w) + b


def scores_of(pictures):
    """The ten scores that the network gives to each picture (N, 32, 32)."""
    p = network()
    x = ops.pool_forward(ops.relu(first_layer(pictures, p["conv1_w"], p["conv1_b"])))
    x = ops.pool_forward(ops.relu(ops.conv_forward(x, p["conv2_w"], p["conv2_b"])))
    x = ops.flatten(x)
    for name in ("dense1", "dense2"):
        x = ops.relu(dense(x, p[f"{name}_w"], p[f"{name}_b"]))
    return dense(x, p["dense3_w"], p["dense3_b"])


def said(ask, pictures):
    """The learner's answers, one whole number a picture, from −1 to 9."""
    answers = np.asarray(ask(pictures, scores_of(pictures)))
    if answers.shape != (len(pictures),):
        shape = f"yours have the shape {answers.shape}"
        raise NotMeasured(f"For {len(pictures)} pictures, give {len(pictures)} answers: {shape}.")
    if answers.dtype.kind not in "iuf" or not np.isin(answers, range(NONE, 10)).all():
        raise NotMeasured("Each answer should be a class from 0 to 9, or −1 for none of these.")
    return answers


def enlarged(small):
    """Eight cells to 32 pixels along each side, as the course's digits were enlarged."""
    place = np.clip((np.arange(SIDE) + 0.5) / (SIDE // CELLS) - 0.5, 0, CELLS - 1)
    shares = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(CELLS)))
    return shares @ small @ shares.T


def bar(rng):
    """One bar, lying or upright, one or two cells thick."""
    cells, thick = np.zeros((CELLS, CELLS)), int(rng.integers(1, 3))
    start = int(rng.integers(1, CELLS - thick))
    cells[start : start + thick, 1:-1] = 1
    return cells if rng.random() < 0.5 else cells.T


def share_of_digits(ask, rng):
    """How many of the digits that it never saw are read right, and not refused."""
    digits, labels = data.digits()
    _, unseen = data.split(labels)
    chosen = rng.choice(unseen, DIGITS, replace=False)
    pictures = np.array([enlarged(digits[k] / 16) for k in chosen])
    return np.mean(said(ask, pictures) == labels[chosen])


def share_of_sheets(ask, rng):
    """How many sheets with nothing, one bar or mere noise get the answer none of these."""
    quarter = SHEETS // 4
    nothing = np.zeros((quarter, SIDE, SIDE))
    bars = [enlarged(bar(rng)) for _ in range(2 * quarter)]
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
        enlarged(rng.permutation(digits[k].ravel()).reshape(CELLS, CELLS) / 16)
        for k in rng.integers(len(digits), size=PIECES // 2)
    ]
    return np.mean(said(ask, np.array(pieces + shuffled)) == NONE)
