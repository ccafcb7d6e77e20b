"""Promises that many exercises make: what comes back, what is taken, what stays as it was."""

import numpy as np

from convolab.exercises import integers
from tests.exercises.promises.breakers import (
    Promise,
    bare,
    default,
    refuses,
    result,
    spoils,
)

ARRAYS = (
    *("double", "stack_is_image", "convolve_1d", "correlate_1d"),
    *("shift_kernel", "convolve_1d_fast", "flip_2d", "pad_2d", "convolve_2d"),
    *("convolve_2d_fast", "mean_kernel", "gaussian_kernel", "filter_image", "gradient_magnitude"),
    *("shift_image", "conv_layer", "kernel_gradient", "learn_kernel"),
    *("relu", "pool_2d", "pool_volume", "max_pool_fast", "conv_forward"),
    *("dense", "softmax", "numerical_gradient"),
    *("relu_backward", "dense_backward", "softmax_cross_entropy_backward", "max_pool_backward"),
    *("conv_backward", "sgd_step", "leaky_relu", "leaky_relu_backward", "he_normal", "augment"),
    *("nearest_neighbour", "confusion_matrix", "occlusion_map", "top_patches"),
    *("per_class_recall", "top_mistakes", "to_torch_layout", "from_channels_last"),
)
NUMBERS = (
    *("convolve_at", "hadamard_sum", "neuron", "count_dense_parameters"),
    *("count_conv_parameters", "shift_survival", "output_size", "same_padding"),
    *("receptive_field", "count_parameters", "cross_entropy", "dead_share", "early_stop"),
    *("majority_baseline",),
)
TAKE_INTEGERS = (
    *("stack_is_image", "convolve_at", "shift_kernel"),
    *("pad_2d", "mean_kernel", "gaussian_kernel", "laplace_kernel", "shift_image"),
    *("count_dense_parameters", "count_conv_parameters", "kernel_gradient"),
    *("learn_kernel", "pool_2d", "pool_volume", "max_pool_fast", "shift_survival", "output_size"),
    *("same_padding", "receptive_field", "trace_shapes", "count_parameters"),
    *("conv_forward", "max_pool_backward", "conv_backward", "train"),
)
TAKE_LISTS = (
    "double",
    "convolve_at",
    "convolve_1d",
    "correlate_1d",
    "early_stop",
    "mean_and_spread",
)
LEAVE_ALONE = tuple(
    name
    for name in (
        *(*ARRAYS, *NUMBERS, "forward", "small_gradients", "train", "trace_shapes"),
        *("mean_and_spread", "split_by_group", "to_batch", "make_dataset", "walk_back"),
        *("picture_slopes", "saliency", "grow_picture", "fooling_step"),
    )
    if name
    not in (
        *("stack_is_image", "shift_kernel", "mean_kernel", "gaussian_kernel", "output_size"),
        *("count_dense_parameters", "count_conv_parameters", "same_padding", "he_normal"),
        *("to_torch_layout", "from_channels_last"),  # what they return may be a view
    )
)
WHOLE = (
    *("count_dense_parameters", "count_conv_parameters", "output_size", "same_padding"),
    *("receptive_field", "trace_shapes", "count_parameters", "early_stop"),
)
DEFAULTS = (
    *(("convolve_1d", 2, "same"), ("correlate_1d", 2, "valid"), ("convolve_2d", 2, "same")),
    *(("laplace_kernel", 0, 5), ("neuron", 2, 1.0), ("learn_kernel", 2, 2)),
    *(("learn_kernel", 3, 100), ("learn_kernel", 4, 0.1), ("pool_2d", 1, 3), ("pool_2d", 2, 1)),
    *(("pool_2d", 3, "average"), ("pool_volume", 1, 3), ("pool_volume", 2, 1)),
    *(("pool_volume", 3, "sum"), ("max_pool_fast", 1, 3), ("shift_survival", 1, 1)),
    *(("output_size", 2, 1), ("output_size", 3, 2), ("output_size", 4, False)),
    *(("conv_forward", 3, 2), ("conv_forward", 4, 1)),
    *(("numerical_gradient", 2, 0.5), ("max_pool_backward", 2, 1)),
    *(("conv_backward", 3, 1), ("sgd_step", 4, 0.5), ("leaky_relu", 1, 0.5)),
    *(("leaky_relu_backward", 2, 0.5), ("accuracy_interval", 2, 1.5), ("occlusion_map", 3, 0.5)),
    ("to_batch", 1, 16),
)


def _float(value):
    if isinstance(value, list):
        return [tuple(map(float, shape)) for shape in value]
    return value.astype(float) if isinstance(value, np.ndarray) else float(value)


def _is_list(value):
    return isinstance(value, list)


def _is_array(value):
    return isinstance(value, np.ndarray)


SHAPE = r"should give|in brackets|axis|row|column|array|table|number|example|once|one "
PROMISES = [
    *(Promise(name, "axes of length 1 stay", result(np.squeeze), SHAPE) for name in ARRAYS),
    *(Promise(name, "an array of one is no bare number", result(bare), SHAPE) for name in ARRAYS),
    *(
        Promise(
            name,
            "a number is no array of one",
            result(np.atleast_1d),
            "should give|number is right",
        )
        for name in NUMBERS
    ),
    *(
        Promise(name, "NumPy's integers are taken", integers.refusing, "np.int64")
        for name in TAKE_INTEGERS
    ),
    *(
        Promise(name, "lists are taken", refuses(_is_list, AttributeError), "AttributeError")
        for name in TAKE_LISTS
    ),
    *(
        Promise(name, "arrays are taken", refuses(_is_array, TypeError), "TypeError")
        for name in TAKE_LISTS
    ),
    *(
        Promise(name, "no argument is changed", spoils, "changed?|changes|caller|writes them into")
        for name in LEAVE_ALONE
    ),
    *(
        Promise(name, "an int, 6 and not 6.0", result(_float), "as a float", ("int",))
        for name in WHOLE
    ),
    *(
        Promise(name, f"the default of argument {place}", default(place, wrong), "")
        for name, place, wrong in DEFAULTS
    ),
    Promise("filter_image", "uint8, and no float", result(_float), "dtype", ("dtype",)),
    Promise(
        "filter_image", "uint8, and no int", result(lambda a: a.astype(int)), "dtype", ("dtype",)
    ),
    Promise("shift_image", "the dtype is kept, uint8", result(_float), "dtype", ("dtype",)),
    Promise(
        "shift_image",
        "the dtype is kept, float32",
        result(lambda a: _float(a) if a.dtype == np.float32 else a),
        "dtype",
        ("dtype",),
    ),
]
