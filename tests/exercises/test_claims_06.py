"""What lesson 06 says about sizes, fields and plans, counted out."""

import itertools

import numpy as np
import pytest

from convolab import ops
from convolab.data import digits
from tests.exercises.references import references

of = references("06_hyperparameters")
LENET = [
    *[("conv", 6, 5, 1, 0), ("relu",), ("pool", 2, 2)],
    *[("conv", 16, 5, 1, 0), ("relu",), ("pool", 2, 2)],
    *[("flatten",), ("dense", 120), ("relu",), ("dense", 84), ("relu",), ("dense", 10)],
]
PAIR = [("conv", 64, 3, 1, 0), ("relu",), ("conv", 64, 3, 1, 0), ("relu",)]


def uncovered(i, r, p=0, s=1, d=1):
    """The columns of the padded input that no weight of any window meets."""
    last = i + 2 * p - d * (r - 1) - 1
    met = {start + d * tap for start in range(0, last + 1, s) for tap in range(r)}
    return sorted(set(range(i + 2 * p)) - met)


def poolings(plan, side):
    """The sides of the maps that go into each pooling, and the side at the end."""
    shapes = of["trace_shapes"]((1, side, side), plan)
    into = [shapes[n - 1][1] for n, layer in enumerate(plan) if layer[0] == "pool"]
    return into, shapes[-1][1]


def test_of_strides_1_to_8_only_1_and_7_come_out_even_on_ten_columns():
    assert [s for s in range(1, 9) if (10 - 3) % s == 0] == [1, 7]
    assert uncovered(10, 3, s=7) == [3, 4, 5, 6]
    assert uncovered(10, 3, s=2) == [9]
    assert uncovered(10, 3, p=1, s=2) == [11]  # the ring on the right: 1 to 10 are the picture
    assert all((10 - 3 + 2 * p) % 2 for p in range(6))


def test_a_dilated_kernel_of_3_has_6_places_or_2_on_ten_columns():
    assert [of["output_size"](10, d * 2 + 1) for d in (2, 4)] == [6, 2]
    assert of["receptive_field"]([(3, 1), (5, 1), (9, 1)]) == 15
    assert [of["receptive_field"]([(2 * d + 1, 1) for d in (1, 2, 4)[:n]]) for n in (1, 2)] == [
        3,
        7,
    ]
    assert of["receptive_field"]([(2**k + 1, 1) for k in range(10)]) == 1024


def test_a_resnet_halves_56_columns_and_only_a_zero_is_never_seen():
    assert (56 - 3 + 2) / 2 + 1 == 28.5
    assert of["output_size"](56, 3, 1, 2, False) == 28
    assert uncovered(56, 3, p=1, s=2) == [57]
    assert uncovered(56, 3, p=0, s=2) == [55]


def test_u_net_stays_even_from_572_and_not_from_570():
    down = [*PAIR, ("pool", 2, 2)] * 4 + PAIR
    into, bottom = poolings(down, 572)
    assert not any(side % 2 for side in into)
    for _ in range(4):  # and up again: doubled, then two kernels of 3
        bottom = 2 * bottom - 4
    assert bottom == 388
    assert sum(side % 2 for side in poolings(down, 570)[0]) == 3


def test_a_stride_of_2_takes_16_of_49_places_and_computes_nothing_new():
    digit, edge = digits()[0][2], np.array([[-1, -1], [1, 1]])
    every, second = ops.conv_2d(digit, edge), ops.conv_2d(digit, edge, 2)
    assert (every.size, second.size) == (49, 16)
    assert np.array_equal(second, every[::2, ::2])


@pytest.mark.parametrize(
    ("stride", "fields"), [(2, [5, 6, 14, 16, 32]), (1, [5, 6, 10, 11, 19])], ids=str
)
def test_lenets_fields_with_a_first_pooling_of_stride(stride, fields):
    windows = [(5, 1), (2, stride), (5, 1), (2, 2), (5, 1)]
    assert [of["receptive_field"](windows[:n]) for n in range(1, 6)] == fields


def test_lenets_weights_are_in_dense_layers_and_its_work_in_convolutions():
    shapes = [(1, 32, 32), *of["trace_shapes"]((1, 32, 32), LENET)]
    own = [of["count_parameters"](shapes[n], [layer]) for n, layer in enumerate(LENET)]
    work = {"conv": 0, "dense": 0}
    for before, after, (kind, *_) in zip(shapes, shapes[1:], LENET, strict=False):
        if kind in work:
            work[kind] += int(before[0] * (25 if kind == "conv" else 1) * np.prod(after))
    assert (own[0], own[7], sum(own[6:]), own[0] + own[3]) == (156, 48_120, 59_134, 2_572)
    assert (work["conv"], sum(work.values())) == (357_600, 416_520)
    sizes = [np.prod(shape) for shape in shapes[1:]]
    assert max(sizes) == sizes[0]


def test_lenet_on_64_columns_has_338_186_weights_and_sees_16():
    assert of["count_parameters"]((1, 64, 64), LENET) == 338_186
    assert of["receptive_field"]([(5, 1), (2, 2), (5, 1), (2, 2)]) == 16


def test_a_kernel_of_4_gives_the_openings_sizes_and_halves_even_sides():
    assert [of["output_size"](256, 4, p, s) for s, p in ((1, 0), (2, 1))] == [253, 128]
    assert all(of["output_size"](side, 4, 1, 2) == side // 2 for side in range(2, 100, 2))


def test_no_padding_fits_only_where_the_stride_is_even_and_i_minus_r_odd():
    for i, r, s in itertools.product(range(1, 9), repeat=3):
        fits = any(i - r + 2 * p >= 0 and (i - r + 2 * p) % s == 0 for p in range(20))
        assert fits == (s % 2 == 1 or (i - r) % 2 == 0)


def test_a_pooling_of_2_keeps_16_of_81_places_on_an_odd_side():
    assert of["output_size"](9, 2, 0, 2, False) ** 2 == 16


def test_numpys_floats_take_8_bytes():
    assert np.zeros(1).itemsize == 8


def test_the_pixel_in_the_middle_has_seven_ways_and_the_one_at_the_edge_one():
    ways = np.ones(1)
    for _ in range(3):
        ways = np.convolve(ways, np.ones(3))
    assert ways.tolist() == [1, 3, 6, 7, 6, 3, 1]
