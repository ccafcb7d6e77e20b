"""Lesson 06's references against SciPy, real arrays and counting, on random input."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal

from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential
from tests.exercises.references import arrays, bytes_of, halves, references, refuses

of = references("06_hyperparameters")
sides, fields, frames, strides = (st.integers(*ends) for ends in ((1, 30), (1, 9), (0, 4), (1, 5)))
below = st.integers(-3, 0)


def starts(i, r, p, s):
    """Where windows begin, counted out, and how many columns the last one leaves unused."""
    begins = [place for place in range(0, i + 2 * p, s) if place + r <= i + 2 * p]
    return begins, i + 2 * p - (begins[-1] + r) if begins else None


@given(sides, fields, frames, strides)
def test_an_output_is_as_large_as_there_are_places_for_a_window(i, r, p, s):
    begins, unused = starts(i, r, p, s)
    if not begins:
        refuses(of["output_size"], i, r, p, s)
        refuses(of["output_size"], i, r, p, s, False)
        return
    rounded = of["output_size"](i, r, p, s, False)
    assert (type(rounded), rounded) == (int, len(begins))
    if unused:
        with pytest.raises(ValueError, match=rf"\b{unused}\b"):
            of["output_size"](i, r, p, s)
    else:
        strict = of["output_size"](i, r, p, s)
        assert (type(strict), strict) == (int, len(begins))
    if (p, s) == (0, 1):
        assert of["output_size"](i, r) == len(begins)


@given(sides, below)
def test_no_field_no_stride_and_less_than_no_padding_are_refused(i, nothing):
    for strict in (True, False):
        refuses(of["output_size"], i, nothing, 0, 1, strict)
        refuses(of["output_size"], i, 1, 0, nothing, strict)
        refuses(of["output_size"], i, 1, nothing - 1, 1, strict)


@given(sides, fields, frames, strides)
def test_the_mended_formula_counts_places(i, r, p, s):
    begins, _ = starts(i, r, p, s)
    assume(begins)
    assert of["trap_formula"](i, r, p, s) == len(begins)


@given(fields, st.integers(10, 20))
def test_the_same_padding_is_the_one_that_keeps_the_size(r, i):
    keeps = [p for p in range(r) if len(starts(i, r, p, 1)[0]) == i]
    if r % 2:
        assert [of["same_padding"](r)] == keeps
    else:
        assert not keeps
        refuses(of["same_padding"], r)


@given(halves((1, 4), (1, 4)), st.integers(1, 3), st.integers(0, 2), st.data())
def test_a_convolution_is_scipys_on_a_frame_of_zeros_every_so_many_places(kernel, s, p, data):
    def fits(r):
        return [i for i in range(1, 10) if starts(i, r, p, s)[1] == 0]

    sides = [data.draw(st.sampled_from(fits(r))) for r in kernel.shape]
    image = data.draw(st.one_of(halves(*sides), bytes_of(*sides)))
    every = signal.correlate2d(np.pad(image.astype(float), p), kernel, "valid")
    assert np.array_equal(of["conv_2d"](image, kernel, s, p), every[::s, ::s])
    if (s, p) == (1, 0):
        assert np.array_equal(of["conv_2d"](image, kernel), every)


@given(bytes_of((2, 5), (2, 5)), bytes_of((1, 2), (1, 2)))
def test_a_pictures_small_numbers_do_not_wrap_around(image, kernel):
    expected = signal.correlate2d(image.astype(int), kernel.astype(int), "valid")
    assert np.array_equal(of["conv_2d"](image, kernel), expected)


@given(*[st.integers(1, 8)] * 2, *[st.integers(1, 4)] * 2, strides, st.integers(0, 2))
def test_a_convolution_refuses_sizes_that_do_not_come_out_even(rows, columns, h, w, s, p):
    unused = [starts(i, r, p, s)[1] for i, r in ((rows, h), (columns, w))]
    if any(left is None or left for left in unused):
        refuses(of["conv_2d"], np.ones((rows, columns)), np.ones((h, w)), s, p)


@given(arrays((3, 5), (3, 5)), below)
def test_a_convolution_refuses_what_output_size_refuses(image, nothing):
    refuses(of["conv_2d"], image, np.ones((2, 3)), nothing)
    refuses(of["conv_2d"], image, np.ones((2, 3)), 1, nothing - 1)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3)), max_size=6))
def test_the_receptive_field_is_what_one_output_reaches_when_followed_back(layers):
    first = last = 0
    for size, stride in reversed(layers):
        first, last = first * stride, last * stride + size - 1
    assert of["receptive_field"](layers) == last - first + 1


convolutions = st.builds(
    lambda *settings: ("conv", *settings),
    *(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2)),
)
poolings = st.builds(lambda *of_it: ("pool", *of_it), st.integers(1, 3), st.integers(1, 3))
denses = st.builds(lambda units: ("dense", units), st.integers(1, 9))
relus, flattens = st.just(("relu",)), st.just(("flatten",))
tails = st.builds(lambda flat, after: [flat, *after], flattens, st.lists(relus | denses))
gentle = st.lists(
    st.builds(lambda d, r: ("conv", d, r, 1, r // 3), st.integers(1, 4), st.integers(1, 3))
    | relus
    | poolings
)
plans = st.one_of(
    st.lists(st.one_of(convolutions, poolings, denses, relus, flattens), max_size=6),
    st.builds(lambda maps, flat: [*maps[:4], *flat[:4]], gentle, tails),
)
volumes = st.tuples(st.integers(1, 3), st.integers(4, 12), st.integers(4, 12))


def through(x, layer):
    """An array sent through a layer for its shape; None where the layer is impossible."""
    kind, *numbers = layer
    if kind == "flatten":
        return x.ravel()
    if kind == "dense":
        return np.zeros((x.size, numbers[0])).T @ x if x.ndim == 1 else None
    if kind == "relu":
        return np.maximum(x, 0)
    if x.ndim == 1:
        return None
    depth, size, stride, frame = numbers if kind == "conv" else (len(x), *numbers, 0)
    left = [starts(side, size, frame, stride)[1] for side in x.shape[1:]]
    if None in left or (kind == "conv" and any(left)):
        return None
    padded = np.pad(x, ((0, 0), (frame, frame), (frame, frame)))
    windows = sliding_window_view(padded, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.broadcast_to(windows[:1, ..., 0, 0], (depth, *windows.shape[1:3]))


@given(volumes, plans)
def test_shapes_are_those_of_arrays_sent_through_and_the_impossible_is_named(shape, plan):
    x, shapes = np.zeros(shape), []
    for number, layer in enumerate(plan, start=1):
        x = through(x, layer)
        if x is None:
            with pytest.raises(ValueError, match=rf"\b{number}\b"):
                of["trace_shapes"](shape, plan)
            return
        shapes.append(x.shape)
    assert of["trace_shapes"](shape, plan) == shapes


@given(volumes, st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=3), st.data())
def test_parameters_are_as_many_as_in_the_courses_network(shape, kernels, data):
    plan, layers, smallest = [], [], min(shape[1:])
    for depth, size in kernels:
        plan += [("conv", depth, size, 1, 1), ("relu",)]
        layers += [Conv2D(depth, size, padding=1), ReLU()]
    if smallest > 2 * len(kernels) + 2 and data.draw(st.booleans()):
        plan, layers = [*plan, ("pool", 2, 2)], [*layers, MaxPool2D(2)]
    plan, layers = [*plan, ("flatten",)], [*layers, Flatten()]
    for units in data.draw(st.lists(st.integers(1, 9), max_size=2)):
        plan, layers = [*plan, ("dense", units)], [*layers, Dense(units)]
    assert of["count_parameters"](shape, plan) == Sequential(layers, shape).parameter_vector.size


@given(sides, fields, strides)
def test_the_smallest_padding_is_the_first_that_leaves_nothing_unused(i, r, s):
    fits = [p for p in range(40) if starts(i, r, p, s)[1] == 0]
    if fits:
        assert of["smallest_padding"](i, r, s) == fits[0]
    else:
        refuses(of["smallest_padding"], i, r, s)


def lenet(units):
    """The layers of LeNet as lesson 06 writes them."""
    convolutions = [("conv", 6, 5, 1, 0), ("pool", 2, 2), ("conv", 16, 5, 1, 0), ("pool", 2, 2)]
    return [*convolutions, ("flatten",), ("dense", 120), ("dense", units), ("dense", 10)]


def test_the_numbers_that_the_contract_names():
    assert of["receptive_field"]([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]) == 32
    assert of["receptive_field"]([]) == 1
    assert of["count_parameters"]((1, 32, 32), lenet(84)) == 61_706
    assert of["count_parameters"]((1, 32, 32), lenet(100)) == 63_802
