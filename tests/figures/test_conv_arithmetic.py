"""ConvArithmetic without a browser: its numbers, its reasons, what it refuses."""

import random

import numpy as np
import pytest

from convolab import ops
from convolab.figures import ConvArithmetic
from convolab.figures.conv_arithmetic import LIMITS
from convolab.figures.conv_arithmetic_view import posts, reason, spelled, view

JS = "conv_arithmetic.js"
NAMES = ("i", "r", "p", "s", "d", "window")


def random_states(count=200):
    rng = random.Random(6)
    for _ in range(count):
        state = {name: rng.randint(low, high) for name, (_, _, low, high) in LIMITS.items()}
        yield {**state, "d": rng.choice([1, 1, state["d"]]), "window": rng.randint(0, 300)}


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    states = list(random_states())
    seen_by_browser = run_module(JS, "inputs.map(m.view)", states)
    for state, seen in zip(states, seen_by_browser, strict=True):
        i, r, p, s, d, _ = (state[name] for name in NAMES)
        field = d * (r - 1) + 1
        if seen["possible"]:
            expected = ops.output_size(i, field, p, s)
            assert (seen["size"], seen["exact"]) == (expected, expected)
            continue
        lost = f"{seen['unused']} of {i + 2 * p} columns"
        with pytest.raises(ValueError, match=lost if seen["size"] else "larger than the padded"):
            ops.output_size(i, field, p, s)
        if seen["size"]:
            assert seen["size"] == ops.output_size(i, field, p, s, strict=False)
    assert 40 < sum(not seen["possible"] for seen in seen_by_browser) < 180


def test_a_column_is_seen_where_a_convolution_of_ones_reaches_it(run_module):
    states = list(random_states())
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        i, r, p, s, d, _ = (state[name] for name in NAMES)
        kernel = np.zeros((1, d * (r - 1) + 1))
        kernel[0, ::d] = 1
        for column in range(i + 2 * p) if seen["size"] else ():
            one = np.eye(1, i + 2 * p, column)
            reached = ops.correlate_2d(one, kernel, "valid")[0, ::s].any()
            assert seen["seen"][column] == reached, (state, column)


def test_picture_and_browser_are_drawn_from_the_same_numbers(run_module):
    states = list(random_states(60))
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        v = view(**state)
        for name in ("field", "padded", "size", "exact", "unused", "seen", "possible"):
            assert getattr(v, name) == seen[name], name
        assert v.uncovered == seen["uncovered"]
        assert (v.window, v.row, v.column) == tuple(seen[n] for n in ("window", "row", "column"))


@pytest.mark.parametrize(
    ("numbers", "size", "exact", "unused"),
    [
        ((13, 3, 0, 2), 6, 6, 0),
        ((10, 3, 0, 1), 8, 8, 0),
        ((10, 3, 0, 7), 2, 2, 0),
        ((10, 3, 0, 2), 4, 4.5, 1),
        ((10, 3, 1, 1), 10, 10, 0),
        ((29, 4, 3, 2), 16, 16.5, 1),
    ],
)
def test_the_lesson_s_numbers_are_read_back(numbers, size, exact, unused):
    figure = ConvArithmetic(*numbers)
    assert (figure.size, figure.exact, figure.unused) == (size, exact, unused)
    assert figure.possible == (unused == 0)


def test_an_impossible_setting_says_why():
    figure = ConvArithmetic(10, 3, 0, 2)
    assert figure.reason == (
        "The stride does not fit: 1 of 10 columns is never seen. "
        "Frameworks round down to 4 and say nothing."
    )
    figure.p = 1
    assert figure.reason == (
        "The stride does not fit: 1 of 12 columns is never seen, and it is padding: all 10 columns "
        "of the input are seen. Frameworks round down to 5 and say nothing."
    )
    figure.i, figure.r, figure.p = 2, 5, 1
    assert figure.reason == "A window of 5 does not fit on 4 columns: no output."
    assert figure.size == 0
    assert "4.5: impossible" in ConvArithmetic(10, 3, 0, 2).describe().text


@pytest.mark.parametrize(
    ("numbers", "never_seen"),
    [
        ((10, 3, 0, 1), []),
        ((10, 3, 0, 2), [9]),
        ((10, 3, 0, 4), [3, 7, 8, 9]),
        ((10, 3, 0, 5), [3, 4, 8, 9]),
        ((10, 3, 0, 6), [3, 4, 5, 9]),
        ((10, 3, 0, 7), [3, 4, 5, 6]),
        ((10, 3, 0, 8), [3, 4, 5, 6, 7, 8, 9]),
        ((10, 3, 1, 2), [10]),
        ((10, 3, 1, 4), [2, 6, 10]),
        ((4, 1, 1, 2), [0, 2, 4]),
        ((3, 1, 5, 8), [-4, -3, -2, -1, 0, 1, 2, 4, 5, 6, 7]),
        ((9, 3, 0, 2, 2), [1, 3, 5, 7]),
        ((2, 5, 1, 2), []),
    ],
)
def test_every_column_that_no_window_covers_is_counted_whatever_the_stride(numbers, never_seen):
    figure = ConvArithmetic(*numbers)
    assert figure.uncovered == len(never_seen)
    assert figure._view().uncovered == never_seen
    if never_seen:
        assert f"{len(never_seen)} of {numbers[0] + 2 * numbers[2]} columns " in figure.reason
    elif figure.size:
        assert "every column is seen" in figure.reason


def test_the_words_say_whether_a_possible_setting_sees_everything():
    assert ConvArithmetic(10, 3, 0, 7).reason == "It fits, but 4 of 10 columns are never seen."
    assert ConvArithmetic(10, 3, 0, 1).reason == "It fits, and every column is seen."
    dilated = ConvArithmetic(9, 3, 0, 2, 2)
    assert dilated.reason.startswith("Dilated by 2, the 3 weights span 2·(3 − 1) + 1 = 5 col")
    assert dilated.size == 3


def test_the_description_names_the_columns_that_are_never_seen():
    said = ConvArithmetic(10, 3, 0, 4).describe().text
    assert "Never seen: columns 3, 7 to 9, counting" in said
    assert "Never seen: column 9, counting" in ConvArithmetic(10, 3, 0, 2).describe().text
    assert "Never seen" not in ConvArithmetic(10, 3, 0, 1).describe().text


def test_padding_that_is_never_seen_is_told_apart_from_the_input():
    assert "(1 of them padding)" in ConvArithmetic(10, 3, 1, 4).reason
    assert (
        "and they are padding: all 4 columns of the input are" in ConvArithmetic(4, 6, 2, 3).reason
    )
    assert "it is padding: the input's only column is seen." in ConvArithmetic(1, 2, 1, 2).reason
    own = view(1, 1, 1, 2, 1, 0)
    assert own.uncovered == [0]
    assert "padding" not in reason(own)


def test_one_is_written_as_one():
    said = ConvArithmetic(1, 1, 1, 1, 2).describe().text
    assert "An input of 1 row and 1 column, 1 ring of padding, a kernel of 1×1" in said
    assert "the weight spans 2·(1 − 1) + 1 = 1 column." in said
    assert posts(view(1, 1, 0, 1, 1, 0)) == [
        "1 column", "0 beyond the first window", "0/1 = 0 steps of 1", "0 + 1 = 1 window",
    ]  # fmt: skip
    assert posts(view(1, 2, 0, 1, 1, 0))[-1] == "1 column too few"


def red_cells(numbers, side=252):
    """Where the picture of a setting is red, as a grid of the padded input's cells."""
    figure = ConvArithmetic(*numbers, window=0)
    rendered = figure.draw_picture()
    rendered.canvas.draw()
    pixels = np.asarray(rendered.canvas.buffer_rgba()).astype(int)[..., :3]
    sharp = pixels.shape[1] / 860
    padded = numbers[0] + 2 * numbers[2]
    cell = min(40, side / padded)
    left, top = (860 - 2 * side - 70) / 2, 32
    at = [round((n + 0.5) * cell * sharp) for n in range(padded)]
    found = np.zeros((padded, padded), bool)
    half = int(0.25 * cell * sharp)
    for i, down in enumerate(at):
        for j, across in enumerate(at):
            y, x = round(top * sharp) + down, round(left * sharp) + across
            patch = pixels[y - half : y + half, x - half : x + half]
            found[i, j] = (patch[..., 0] - patch[..., 1]).mean() > 20
    return found


@pytest.mark.parametrize("numbers", [(10, 3, 0, 4), (10, 3, 0, 7), (10, 3, 1, 2), (9, 2, 0, 3)])
def test_all_that_is_never_seen_is_red_in_the_picture_and_nothing_else(numbers):
    v = view(*numbers, 1, 0)
    seen = np.array(v.seen)
    expected = ~np.logical_and.outer(seen, seen)
    expected[: v.field, : v.field] = red_cells(numbers)[: v.field, : v.field]  # the orange window
    np.testing.assert_array_equal(red_cells(numbers), expected)


def test_fence_posts_end_in_the_same_number_as_the_formula():
    for state in random_states(80):
        v = view(**state)
        if v.size:
            assert (
                posts(v)[-1].split(" = ")[1].split()[0] == spelled(v)[-1][0].split(":")[0].strip()
            )
        else:
            assert posts(v)[-1].endswith(" too few")


def test_a_window_beyond_the_last_is_brought_back():
    figure = ConvArithmetic(13, 3, 0, 2, window=99)
    assert figure.window == 35
    figure.s = 5
    assert figure.window == 8
    assert figure.canvas.window_max == 8
    figure.i = figure.r = 11
    assert (figure.size, figure.window, figure.canvas.window_max) == (1, 0, 1)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"i": 0}, "i must be a whole number from 1 to 32, not 0"),
        ({"i": 33}, "from 1 to 32"),
        ({"r": 2.5}, "r must be a whole number from 1 to 11, not 2.5"),
        ({"p": -1}, "p must be a whole number from 0 to 5"),
        ({"s": "2"}, "s must be a whole number from 1 to 8, not '2'"),
        ({"d": True}, "d must be a whole number from 1 to 4"),
        ({"window": 1.5}, "window must be a whole number"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        ConvArithmetic(**arguments)
    assert str(error.value).startswith("ConvArithmetic: ")
    assert "\n" not in str(error.value)
