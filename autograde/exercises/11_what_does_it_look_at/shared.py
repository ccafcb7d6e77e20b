"""Helpers that several exercises of this lesson share: numbers, a tiny network, its ways back."""

import numpy as np

from convolab import ops


def numbers(*shape, salt=0):
    """Whole numbers from −6 to 6 in no order, the same ones on every machine."""
    mixed = (np.arange(np.prod(shape), dtype=np.uint64) + 1 + 1000 * salt) * 2654435761 % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 73244475 % 2**32
    return ((mixed ^ (mixed >> 16)) % 13).astype(int).reshape(shape) - 6


def tiny(salt, shift=0.0, kernels=2, flat=8):
    """A network of a few kernels for small pictures and three classes."""
    return {
        "conv_w": numbers(kernels, 1, 3, 3, salt=salt) / 4,
        "conv_b": np.resize([0.5, -0.25], kernels) + shift,
        "dense_w": numbers(flat, 3, salt=salt + 1) / 16,
        "dense_b": np.array([0.25, 0.0, -0.5]),
    }


def pictures(several, rows, columns, salt):
    """Pictures from 0 to 1 in which no two windows come out alike, so that every pooling has one
    winner."""
    small = np.sin(np.arange(several * rows * columns)).round(3) / 50
    grey = (numbers(several, 1, rows, columns, salt=salt) + 6) / 16 + 0.1
    return grey + small.reshape(several, 1, rows, columns)


def forward_parts(x, p):
    """What every layer of the small network gives: maps, bright, pooled, flat, scores."""
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    flat = ops.flatten(pooled)
    return maps, bright, pooled, flat, ops.dense(flat, p["dense_w"], p["dense_b"])


def relu_backward(grad, x):
    """As in the lesson."""
    return grad * (x > 0)


def dense_backward(grad, x, w):
    """As in the lesson."""
    return grad @ w.T, x.T @ grad, grad.sum(axis=0)


def max_pool_backward(grad, x, size=2):
    """As in the lesson."""
    back, taken = np.zeros(x.shape), np.zeros(grad.shape, dtype=bool)
    largest, (rows, columns) = ops.pool_forward(x, size), grad.shape[2:]
    for i, j in np.ndindex(size, size):
        cell = (..., slice(i, rows * size, size), slice(j, columns * size, size))
        wins = (x[cell] == largest) & ~taken
        back[cell] = grad * wins
        taken |= wins
    return back


def conv_backward(grad, x, w):
    """As in the lesson."""
    size, grad_x, grad_w = w.shape[2], np.zeros(x.shape), np.zeros(w.shape)
    for r, c in np.ndindex(grad.shape[2:]):
        window = (..., slice(r, r + size), slice(c, c + size))
        grad_w += np.tensordot(grad[:, :, r, c], x[window], axes=(0, 0))
        grad_x[window] += np.tensordot(grad[:, :, r, c], w, axes=(1, 0))
    return grad_x, grad_w, grad.sum(axis=(0, 2, 3))


def slopes_of(grad, x, p):
    """The way back from the scores to the pictures, picture after picture in plain loops."""
    maps, bright, pooled, _, _ = forward_parts(x, p)
    size, back = p["conv_w"].shape[2], np.zeros(x.shape)
    grad = (grad @ p["dense_w"].T).reshape(pooled.shape)
    for n, d, i, j in np.ndindex(pooled.shape):
        window = bright[n, d, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        down, right = np.unravel_index(window.argmax(), (2, 2))
        r, c = 2 * i + down, 2 * j + right
        if maps[n, d, r, c] > 0:
            back[n, 0, r : r + size, c : c + size] += grad[n, d, i, j] * p["conv_w"][d, 0]
    return back


def of_class(target, p):
    """1 for this class and 0 for the others, as a batch of one."""
    return np.eye(len(p["dense_b"]))[[target]]
