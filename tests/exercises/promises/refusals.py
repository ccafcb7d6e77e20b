"""Promises of a ValueError: each is broken by answering there, and only there."""

import numpy as np

from tests.exercises.promises.breakers import Promise, lets, raises, says

MODES = ("full", "same", "valid")


def _mode(*given):
    return given[2] if len(given) > 2 else "full"


def _sizes(x, size=2, stride=None, how="max"):
    return x, size, size if stride is None else stride, how


def _unknown_mode(*given):
    return _mode(*given) not in MODES


def _first_empty(f, *rest):
    return np.size(f) == 0


def _second_empty(f, g, *rest):
    return np.size(g) == 0


def _too_long(f, g, *rest):
    return len(g) > len(f) > 0


def _too_high(f, g, *rest):
    return np.size(g) and g.shape[0] > f.shape[0] > 0


def _too_wide(f, g, *rest):
    return np.size(g) and g.shape[1] > f.shape[1] > 0


def _broadcast(a, b, *rest):
    return a.shape != b.shape


def _room(i, r, p=0, s=1, strict=True):
    return i - r + 2 * p


def _kernel_room(axis):
    def wrong(image, kernel, stride=1, padding=0):
        return image.shape[axis] + 2 * padding < kernel.shape[axis]

    return wrong


def _uneven(axis):
    def wrong(image, kernel, stride=1, padding=0):
        other = image.shape[1 - axis] - kernel.shape[1 - axis] + 2 * padding
        room = image.shape[axis] - kernel.shape[axis] + 2 * padding
        return stride > 0 and room >= 0 and room % stride > 0 and other % stride == 0

    return wrong


def _batch(wrong):
    """The same of a batch (N, C, H, W) and kernels (D, C, R, R)."""
    return lambda x, w, b, *rest: wrong(x[0, 0], w[0, 0], *rest)


def _last(kind, flat):
    """The last layer is of this kind, and what comes in is flat or not."""

    def wrong(shape, layers):
        before = len(shape) == 1 or ("flatten",) in layers[:-1]
        return layers[-1][0] == kind and before == flat

    return wrong


def _alike(names, cases):
    return {name: cases for name in names}


REFUSED = {
    **_alike(
        ("convolve_1d", "correlate_1d"),
        {
            "an empty f": _first_empty,
            "an empty g": _second_empty,
            "an unknown mode": _unknown_mode,
            "valid with a kernel longer than the signal": _too_long,
        },
    ),
    "convolve_1d_fast": {"an empty g": _second_empty, "a long g": _too_long},
    "hadamard_sum": {
        "shapes that broadcast": lambda a, b: 1 in a.shape + b.shape and a.size != b.size,
        "as many numbers in another shape": lambda a, b: a.size == b.size,
    },
    "convolve_2d": {
        "an empty image": _first_empty,
        "an empty kernel": _second_empty,
        "an unknown mode": _unknown_mode,
        "a kernel that is too high": _too_high,
        "a kernel that is too wide": _too_wide,
    },
    "convolve_2d_fast": {
        "an empty kernel": _second_empty,
        "a kernel that is too high": _too_high,
        "a kernel that is too wide": _too_wide,
    },
    "mean_kernel": {
        "an even size": lambda size: size % 2 == 0,
        "a size below 1": lambda size: size < 1,
    },
    "gaussian_kernel": {
        "an even size": lambda size, sigma: size % 2 == 0,
        "a size below 1": lambda size, sigma: size < 1,
        "a sigma of 0": lambda size, sigma: sigma == 0,
        "a sigma below 0": lambda size, sigma: sigma < 0,
    },
    "laplace_kernel": {
        "an even size": lambda size=3: size % 2 == 0,
        "a size of 1": lambda size=3: size == 1,
        "a size below 1": lambda size=3: size < 1,
    },
    "neuron": {
        "shapes that broadcast": lambda a, b, bias=0: a.size != b.size,
        "another shape": _broadcast,
    },
    "kernel_gradient": {
        "grad_y too long": lambda f, grad_y, size: len(grad_y) > len(f) - size + 1,
        "grad_y too short": lambda f, grad_y, size: len(grad_y) < len(f) - size + 1,
    },
    **_alike(
        ("pool_2d", "pool_volume"),
        {
            "a size of 0": lambda *given: _sizes(*given)[1] == 0,
            "a stride of 0": lambda *given: _sizes(*given)[1] > 0 and _sizes(*given)[2] == 0,
            "a window that is too high": lambda x, size=2, *rest: size > x.shape[-2],
            "a window that is too wide": lambda x, size=2, *rest: size > x.shape[-1],
            "an unknown how": lambda *given: _sizes(*given)[3] == "median",
        },
    ),
    "output_size": {
        "r below 1": lambda i, r, *rest: r < 1,
        "s of 0": lambda i, r, p=0, s=1, strict=True: s == 0,
        "s below 0": lambda i, r, p=0, s=1, strict=True: s < 0,
        "p below 0": lambda i, r, p=0, *rest: p < 0,
        "a window larger than the input": lambda *given: _room(*given) < 0,
        "a large window where it is not strict": lambda *given: (
            _room(*given) < 0 and given[4:] == (False,)
        ),
        "what does not come out even": lambda i, r, p=0, s=1, strict=True: (
            s > 1 and (i - r + 2 * p) % s
        ),
    },
    "same_padding": {"an even r": lambda r: r % 2 == 0},
    "trace_shapes": {
        "a convolution that does not come out even": lambda shape, layers: layers[-1][0] == "conv",
        "a window larger than the map": _last("pool", flat=False),
        "dense without flatten": _last("dense", flat=False),
        "a convolution of a flat input": _last("conv", flat=True),
        "a pooling of a flat input": _last("pool", flat=True),
    },
    "conv_forward": {
        "a kernel that is too high": _batch(_kernel_room(0)),
        "a kernel that is too wide": _batch(_kernel_room(1)),
        "a stride that does not fit the rows": _batch(_uneven(0)),
        "a stride that does not fit the columns": _batch(_uneven(1)),
    },
}

ERRORS = ("errors", "uneven")
PROMISES = [
    *(
        Promise(name, f"refused: {promise}", lets(wrong), "ValueError|error|refused?|raise", ERRORS)
        for name, cases in REFUSED.items()
        for promise, wrong in cases.items()
    ),
    *(
        Promise(name, "a ValueError and no other", raises(KeyError), "ValueError", ERRORS)
        for name in REFUSED
    ),
    *(
        Promise(name, "the message says the number", says("this does not do"), "message")
        for name in ("output_size", "trace_shapes")
    ),
    Promise("output_size", "as digits", says("one column would go unused"), "message"),
    Promise("trace_shapes", "layers are counted from 1", says("layer 3 does not fit"), "message"),
]
