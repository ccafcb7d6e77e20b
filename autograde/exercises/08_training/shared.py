"""Helpers that several exercises of this lesson share."""

import numpy as np

from convolab import ops


def numbers(*shape, salt=0):
    """Whole numbers from −6 to 6 in no order, the same ones on every machine."""
    mixed = (np.arange(np.prod(shape), dtype=np.uint64) + 1 + 1000 * salt) * 2654435761 % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 73244475 % 2**32
    return ((mixed ^ (mixed >> 16)) % 13).astype(int).reshape(shape) - 6


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def apart(*shape, salt=0):
    """Numbers in no order, no two of them alike."""
    size = int(np.prod(shape))
    return np.argsort(numbers(size, salt=salt) * 1000 + np.arange(size)).reshape(shape) - size // 2


def framed(x, padding):
    """Zeros around every map."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def back(grad, x, w, padding):
    """The gradients with respect to the framed x, to w and to b."""
    padded, size = framed(x, padding), w.shape[2]
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for r in range(grad.shape[2]):
        for c in range(grad.shape[3]):
            patch = padded[:, :, r : r + size, c : c + size]
            grad_w += np.einsum("nd,ncij->dcij", grad[:, :, r, c], patch)
            grad_padded[:, :, r : r + size, c : c + size] += np.einsum(
                "nd,dcij->ncij", grad[:, :, r, c], w
            )
    return grad_padded, grad_w, grad.sum(axis=(0, 2, 3))


def moved(parameters, gradients, velocity, rate, momentum):
    """New parameters and velocity."""
    new = {name: momentum * velocity.get(name, 0) - rate * gradients[name] for name in parameters}
    return {name: parameters[name] + new[name] for name in parameters}, new


def forward_parts(x, p):
    """What every layer of the small network gives: maps, bright, pooled, flat, scores."""
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    flat = ops.flatten(pooled)
    return maps, bright, pooled, flat, ops.dense(flat, p["dense_w"], p["dense_b"])
