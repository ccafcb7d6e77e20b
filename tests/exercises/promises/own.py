"""Promises that one exercise makes alone, each with a program that forgets just that."""

import numpy as np

from convolab import ops
from tests.exercises.promises.breakers import Promise, given, refuses, result


def _bytes():
    """Computes in the dtype of the picture, so that small numbers wrap around."""
    return lambda right: (
        lambda *arguments: (
            np.asarray(right(*arguments)).astype(np.uint8)
            if any(getattr(one, "dtype", None) == np.uint8 for one in arguments)
            else right(*arguments)
        )
    )


def _axes(*known):
    """Works for arrays of so many axes and for no others."""
    return refuses(lambda one: isinstance(one, np.ndarray) and one.ndim not in known, IndexError)


def _inside(right):
    """Knows the places inside, and answers the nearest of them outside."""

    def answers(f, g, *places):
        ends = np.add(np.shape(f), np.shape(g)) - 2
        return right(f, g, *np.clip(places, 0, ends).tolist())

    return answers


def _hits(right):
    return lambda scores, *rest: right(np.minimum(scores, 300), *rest)


def _same_start(right):
    def full_middle(f, g, mode="full"):
        if mode != "same" or not len(f) or not len(g):
            return right(f, g, mode)
        return np.asarray(right(f, g))[len(g) // 2 :][: len(f)]

    return full_middle


def _square():
    """Knows square pictures and kernels only."""
    return refuses(
        lambda one: isinstance(one, np.ndarray) and one.ndim > 1 and len(set(one.shape[-2:])) > 1,
        IndexError,
    )


def _one_at_a_time(right):
    def first(x, *rest):
        return right(x[:1], *rest)

    return first


def _no_momentum(right):
    def forgets(parameters, gradients, velocity, rate, momentum=0.9):
        return right(parameters, gradients, {}, rate, momentum)

    return forgets


def _no_first(right):
    def needs(parameters, gradients, velocity, rate, momentum=0.9):
        [velocity[name] for name in parameters]
        return right(parameters, gradients, velocity, rate, momentum)

    return needs


def _unseen_zero(right):
    return lambda p, labels: float(-np.log(p[np.arange(len(labels)), labels]).mean())


def _last_of_equals(right):
    def turned(grad, x, size=2):
        rows, columns = grad.shape[2] * size, grad.shape[3] * size
        inner = x[:, :, :rows, :columns][:, :, ::-1, ::-1]
        back = np.zeros(x.shape)
        turned_back = right(grad[:, :, ::-1, ::-1], inner, size)
        back[:, :, :rows, :columns] = turned_back[:, :, ::-1, ::-1]
        return back

    return turned


def _zero_counts(right):
    return lambda grad, x: grad * (x >= 0)


def _zero_passes(right):
    return lambda grad, x, slope=0.01: np.where(x >= 0, grad, slope * grad)


def _counted_groups(right):
    """Knows groups called 0, 1, 2 and so on; others are taken for those."""
    return lambda groups, *rest: right(np.minimum(groups, len(np.unique(groups)) - 1), *rest)


def _largest_of_equals(right):
    return lambda known, asked: right(9 - known, 9 - asked)


def _last_of_stored(right):
    return lambda known, labels, asked: right(known[::-1], labels[::-1], asked)


def _last_places(right):
    def turned(maps, pictures, size, several):
        """The last of equal places: as the first ones of everything turned round."""
        found = right(maps[:, ::-1, ::-1], pictures[:, ::-1, ::-1], size, several)
        return found[:, ::-1, ::-1]

    return turned


def _whole_squares(right):
    def covered(f, picture, size, fill=0.0):
        return right(f, picture, size, int(fill) if picture.dtype.kind == "i" else fill)

    return covered


def _first_alone(right):
    def first(grad, x, parameters):
        return right(grad, np.repeat(x[:1], len(x), axis=0), parameters)

    return first


def _ten_classes(right):
    def known(picture, target, parameters, *rest):
        if len(parameters["dense_b"]) != 10:
            raise IndexError("only ten classes are known")
        return right(picture, target, parameters, *rest)

    return known


def _too_far(pictures):
    return np.where(pictures == 1, 1.25, pictures)


def _never_all(right):
    return lambda hits, n, *z: right(min(max(hits, 0.5), n - 0.5), n, *z)


def _classes_that_occur(right):
    return lambda labels, said, classes: right(labels, said, max(*labels, *said) + 1)


def _pads_edge(right):
    def rounds_up(x, size=2, *rest):
        down, across = -x.shape[-2] % size, -x.shape[-1] % size
        sides = [(0, 0)] * (x.ndim - 2) + [(0, down), (0, across)]
        right(x, size, *rest)  # what is refused stays so
        return right(np.pad(x, sides, mode="edge"), size, *rest)

    return rounds_up


def _strict_pooling(right):
    def strict(shape, layers):
        for (kind, *numbers), (*_, rows, columns) in zip(
            layers, [shape, *right(shape, layers)], strict=False
        ):
            if kind == "pool":
                ops.output_size(rows, numbers[0], 0, numbers[1])
                ops.output_size(columns, numbers[0], 0, numbers[1])
        return right(shape, layers)

    return strict


ANY = ""
PROMISES = [
    Promise("convolve_at", "any whole number, also outside", _inside, ANY),
    Promise("convolve_at", "also to the left", given(2, abs), ANY),
    Promise("convolve_1d", "same from (k − 1) // 2 on", _same_start, "same"),
    Promise("correlate_1d", "same from (k − 1) // 2 on", _same_start, "same|middle"),
    Promise("convolve_1d", "g may be the longer one", refuses(lambda one: np.size(one) == 5), ANY),
    Promise("shift_kernel", "also to the left", given(0, abs), "sign|left"),
    Promise("hadamard_sum", "any dtype", _bytes(), "wrap|uint8|255"),
    Promise("convolve_2d", "uint8 pictures", _bytes(), "wrap|uint8|255"),
    Promise("convolve_2d", "kernels that are not square", _square(), "stopped|refuses"),
    Promise("convolve_2d_fast", "kernels that are not square", _square(), "stopped|refuses"),
    Promise("flip_2d", "kernels that are not square", _square(), "stopped|refuses"),
    Promise("filter_image", "rounded", result(lambda a: a & 254), ANY),
    Promise("gradient_magnitude", "any dtype", _bytes(), ANY),
    Promise("gradient_magnitude", "a float", result(np.floor), ANY),
    Promise("shift_image", "negative for up", given(1, abs), ANY),
    Promise("shift_image", "negative for left", given(2, abs), ANY),
    Promise("neuron", "arrays of any shape", _axes(1, 2), "stopped|refuses"),
    Promise("neuron", "also in a row", _axes(2, 3), "stopped|refuses"),
    Promise("conv_layer", "several channels", refuses(lambda v: v.ndim == 3 and len(v) > 1), ANY),
    Promise("conv_layer", "pictures that are not square", _square(), "stopped|refuses"),
    Promise("relu", "any shape", _axes(1, 2), "stopped|refuses"),
    Promise("relu", "any shape, also a row", _axes(2, 3), "stopped|refuses"),
    Promise("pool_2d", "what does not fit is dropped", _pads_edge, ANY),
    Promise("pool_volume", "what does not fit is dropped", _pads_edge, ANY),
    Promise("max_pool_fast", "H // size", _pads_edge, ANY),
    Promise("conv_forward", "pictures that are not square", _square(), "stopped|refuses"),
    Promise(
        "receptive_field",
        "no layer",
        refuses(lambda layers: not layers, IndexError),
        "stop|refuses",
    ),
    Promise("trace_shapes", "pooling rounds down", _strict_pooling, "refuses|pool"),
    Promise("trace_shapes", "a flat input", refuses(lambda one: one == (6,), IndexError), ANY),
    Promise("softmax", "(…, K), one row", _axes(2, 3), "stopped|refuses"),
    Promise("softmax", "(…, K), many tables", _axes(1, 2), "refuses|axes"),
    Promise("softmax", "scores of ±1000", _hits, ANY),
    Promise("softmax_cross_entropy_backward", "the mean", result(lambda a: a * len(a)), "N|mean"),
    Promise("cross_entropy", "p at least 1e-12", _unseen_zero, "0"),
    Promise("forward", "every example", _one_at_a_time, "missing"),
    Promise("numerical_gradient", "any shape", _axes(1), "stopped|refuses"),
    Promise("numerical_gradient", "floats", result(np.rint), ANY),
    Promise("relu_backward", "0 where x is 0", _zero_counts, "0"),
    Promise("relu_backward", "any shape", _axes(2), "stopped|refuses"),
    Promise("max_pool_backward", "the first of equal cells", _last_of_equals, "last|first"),
    Promise("leaky_relu", "any shape", _axes(2), "stopped|refuses"),
    Promise("leaky_relu_backward", "elsewhere: 0, too", _zero_passes, "0"),
    Promise("leaky_relu_backward", "any shape", _axes(2), "stopped|refuses"),
    Promise("dead_share", "(N, units)", _axes(4), "stopped|refuses", ("units",)),
    Promise("dead_share", "(N, D, H, W)", _axes(2), "stopped|refuses", ("kernels",)),
    Promise("augment", "N images", _one_at_a_time, ANY, ("labels",)),
    Promise("split_by_group", "any whole numbers", _counted_groups, ANY, ("names",)),
    Promise(
        "majority_baseline", "the smallest of equals", _largest_of_equals, "smaller", ("equal",)
    ),
    Promise("nearest_neighbour", "the first of equals", _last_of_stored, "first", ("equal",)),
    Promise("top_patches", "the first in reading order", _last_places, ANY),
    Promise("occlusion_map", "whole numbers too", _whole_squares, "whole", ("whole",)),
    Promise("picture_slopes", "N pictures", _first_alone, ANY, ("batch",)),
    Promise("saliency", "any number of classes", _ten_classes, ANY),
    Promise("grow_picture", "any number of classes", _ten_classes, ANY),
    Promise("fooling_step", "from 0 to 1", result(_too_far), ANY, ("clipped",)),
    Promise("accuracy_interval", "right: all or none", _never_all, ANY, ("ends",)),
    Promise("confusion_matrix", "(classes, classes)", _classes_that_occur, ANY),
    Promise("sgd_step", "velocity", _no_momentum, ANY),
    Promise("sgd_step", "{} for zeros", _no_first, "empty|\\{\\}"),
]
