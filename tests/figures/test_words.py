"""Numbers are written the same in Python and in the browser."""

import math
import random

import pytest

from convolab.figures.number_text import counted, decimal, factor, listed, ranges, weight


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (10 / 3, "3.33"), (-0.001, "0"), (-2.5, "−2.5"), (0.125, "0.13"), (100, "100")],
)
def test_a_decimal_has_no_trailing_zeros_and_a_true_minus(value, written):
    assert decimal(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1 / 3, "⅓"), (-1 / 3, "−⅓"), (0.25, "0.25"), (0.8, "0.8"), (2 / 7, "2/7"), (1 / 15, "0.067"),
     (1, "1"), (0.125, "⅛"), (4 / 3, "1.333")],
)  # fmt: skip
def test_a_weight_is_written_as_a_person_would(value, written):
    assert weight(value) == written


@pytest.mark.parametrize("value", [1.1845, -1.1845, 0.2345, 20.0005])
def test_the_last_bit_of_a_sum_does_not_decide_how_it_is_rounded(value):
    around = [math.nextafter(value, way) for way in (-math.inf, math.inf)]
    written = {decimal(number, 3) for number in (value, *around)}
    assert written == {f"{value + math.copysign(1e-9, value):.3f}".replace("-", "−")}


def test_negative_factors_stand_in_brackets():
    assert factor(decimal(-2)) == "(−2)"
    assert factor("⅓") == "⅓"


def test_long_rows_are_cut_in_the_middle():
    assert listed(range(5)) == "0, 1, 2, 3, 4"
    assert listed(range(100), most=4) == "0, 1, …, 98, 99"


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0 columns"), (1, "1 column"), (2, "2 columns"), (21, "21 columns")],
)
def test_one_is_one_and_all_others_are_several(number, written, run_module):
    assert counted(number, "column") == written
    assert run_module("layer_stack.js", "m.counted(inputs, 'column')", number) == written


@pytest.mark.parametrize(
    ("numbers", "written"),
    [([], ""), ([3], "3"), ([3, 4], "3, 4"), ([3, 7, 8, 9], "3, 7 to 9"),
     ([-4, -3, -2, 0], "−4 to −2, 0"),
     (list(range(0, 40, 2)), "0, 2, 4, 6, 8, 10, …, 28, 30, 32, 34, 36, 38")],
)  # fmt: skip
def test_neighbours_are_written_as_ranges(numbers, written, run_module):
    assert ranges(numbers) == written
    assert run_module("layer_stack.js", "m.ranges(inputs)", numbers) == written


def test_the_browser_writes_every_number_as_python_does(run_module):
    rng = random.Random(1)
    values = [rng.uniform(-20, 20) for _ in range(200)]
    values += [p / q for q in range(1, 16) for p in range(-q, q + 1)]
    values += [i / 8 for i in range(-40, 40)]
    values += [math.nextafter(i / 2000, way) for i in range(-99, 99) for way in (-9, 9)]
    written = run_module(
        "sliding_kernel_1d.js",
        "inputs.map((v) => [m.decimal(v), m.decimal(v, 3), m.weight(v), m.factor(m.weight(v))])",
        values,
    )
    for value, found in zip(values, written, strict=True):
        expected = [decimal(value), decimal(value, 3), weight(value), factor(weight(value))]
        assert found == expected, value
