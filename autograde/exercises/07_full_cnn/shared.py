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


def laid_on(padded, w, b, rows, columns, stride):
    """Every kernel at `rows` × `columns` places of a batch that is padded already."""
    size_down, size_right = w.shape[2:]
    out = np.zeros((len(padded), len(w), rows, columns))
    for r in range(rows):
        for c in range(columns):
            patch = padded[:, :, r * stride : r * stride + size_down][
                :, :, :, c * stride : c * stride + size_right
            ]
            out[:, :, r, c] = np.einsum("ncij,dcij->nd", patch, w) + b
    return out


def frame(x, padding):
    """Zeros around every map."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def layer(x, w, b, stride=1, padding=0):
    """A convolutional layer as it should be."""
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    return laid_on(frame(x, padding), w, b, rows, columns, stride)


def pooled(x, size, choose=np.max, step=None):
    """`choose` over every window that fits, windows `step` apart."""
    step = step or size
    rows, columns = ((n - size) // step + 1 for n in x.shape[2:])
    out = np.zeros((*x.shape[:2], rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = x[:, :, r * step : r * step + size, c * step : c * step + size]
            out[:, :, r, c] = choose(window, axis=(2, 3))
    return out


def network(channels, depths, kernels, flat, units, salt=0):
    """The ten parameters of a small network, eighths and quarters."""
    shapes = {
        "conv1": (depths[0], channels, kernels[0], kernels[0]),
        "conv2": (depths[1], depths[0], kernels[1], kernels[1]),
        "dense1": (flat, units[0]),
        "dense2": (units[0], units[1]),
        "dense3": (units[1], units[2]),
    }
    parameters = {}
    for place, (name, shape) in enumerate(shapes.items()):
        outputs = shape[0] if len(shape) == 4 else shape[1]
        parameters[f"{name}_w"] = numbers(*shape, salt=salt + 211 * place) / 8
        parameters[f"{name}_b"] = numbers(outputs, salt=salt + 97 * place + 5) / 4
    return parameters

OTHER = network(2, (3, 2), (2, 3), 4, (4, 3, 5), salt=76)

COLOURED = numbers(3, 2, 9, 13, salt=20) / 4
