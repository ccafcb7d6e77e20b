"""SlidingKernel1D without a browser: its numbers, its twins, what it refuses."""

import random

import numpy as np
import pytest

from convolab import ops
from convolab.figures import SlidingKernel1D
from convolab.figures.painter import Painter
from convolab.figures.sliding_kernel_1d_picture import GUTTER
from convolab.figures.sliding_kernel_1d_view import KERNELS, MODES, PRESETS, view

F = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]
JS = "sliding_kernel_1d.js"


def random_states(count=200):
    rng = random.Random(7)
    for _ in range(count):
        n = rng.randint(2, 30)
        signal = [rng.choice([rng.randint(-20, 20), rng.uniform(-3, 3)]) for _ in range(n)]
        own = [rng.randint(-4, 4) for _ in range(rng.randint(1, min(n, 9)))]
        preset = rng.choice(KERNELS)
        width = len(own) if preset == "yours" else rng.randint(1, min(n, 9))
        yield {
            "signal": signal, "own": own, "preset": preset, "width": width, "clean": [],
            "reverse": rng.random() < 0.7, "mode": rng.choice(MODES), "x": rng.randint(-10, 50),
        }  # fmt: skip


def kernel_of(state):
    return state["own"] if state["preset"] == "yours" else PRESETS[state["preset"]](state["width"])


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    states = list(random_states())
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        kernel = np.array(kernel_of(state), dtype=float)
        operation = ops.convolve_1d if state["reverse"] else ops.correlate_1d
        np.testing.assert_allclose(seen["kernel"], kernel, atol=1e-12)
        kept = seen["output"][seen["start"] : seen["start"] + seen["kept"]]
        np.testing.assert_allclose(
            kept, operation(state["signal"], kernel, state["mode"]), atol=1e-9
        )
        terms = seen["terms"]
        assert sum(t["product"] for t in terms) == pytest.approx(seen["total"], abs=1e-9)
        assert seen["total"] == pytest.approx(seen["output"][seen["x"]])


def test_picture_and_browser_are_drawn_from_the_same_numbers(run_module):
    states = list(random_states(60))
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        v = view(
            state["signal"],
            list(map(float, kernel_of(state))),
            reverse=state["reverse"],
            mode=state["mode"],
            x=state["x"],
        )
        assert (v.x, v.x_max, v.left, v.index, v.is_kept) == tuple(
            seen[name] for name in ("x", "xMax", "left", "index", "isKept")
        )
        assert v.so_far == pytest.approx(seen["soFar"])
        for ours, theirs in zip(v.terms, seen["terms"], strict=True):
            assert (ours.i, ours.g, ours.outside) == (theirs["i"], theirs["g"], theirs["outside"])
            assert ours.product == pytest.approx(theirs["product"])


def test_the_lesson_s_numbers_are_read_back():
    figure = SlidingKernel1D(signal=F, kernel=[1 / 3, 1 / 3, 1 / 3])
    np.testing.assert_allclose(figure.output[:5], [10 / 3, 19 / 3, 29 / 3, 28 / 3, 29 / 3])
    figure.mode = "same"
    assert len(figure.output) == 10
    assert figure.output[0] == pytest.approx(19 / 3)
    figure.mode = "valid"
    assert len(figure.output) == 8
    figure.x = 4
    assert figure.index == 2
    assert figure.y == pytest.approx(figure.output[2])
    assert figure.kernel_name == "mean"
    figure.width = 5
    np.testing.assert_allclose(figure.kernel, np.full(5, 0.2))


def test_shifts_are_those_of_true_convolution():
    bump = [0, 0, 0, 3, 4, 5, 4, 3, 0, 0]
    right = SlidingKernel1D(bump, [0, 0, 1], mode="same")
    assert right.output.tolist() == [0, 0, 0, 0, 3, 4, 5, 4, 3, 0]
    assert right.kernel_name == "shift right"
    left = SlidingKernel1D(bump, "shift left", mode="same")
    assert left.output.tolist() == [0, 0, 3, 4, 5, 4, 3, 0, 0, 0]
    right.reverse = False
    assert right.output.tolist() == left.output.tolist()


def test_x_stays_where_the_kernel_overlaps():
    figure = SlidingKernel1D(F, x=11)
    figure.mode = "valid"
    assert (figure.x, figure.index) == (11, None)
    figure.x = 100
    assert (figure.x, figure.canvas.x_max) == (11, 11)
    figure.x = -5
    assert figure.x == 0
    figure.x = 100
    figure.kernel = [1, -1]
    assert (figure.x, figure.canvas.x_max) == (10, 10)


@pytest.mark.parametrize("reverse", [True, False])
def test_y_is_what_the_lesson_s_formulas_give_at_the_same_place(reverse):
    rng = np.random.default_rng(0)
    for n, k in ((8, 3), (9, 4), (5, 5), (6, 1)):
        f, g = rng.integers(-9, 10, n), rng.integers(-9, 10, k)
        at = dict(enumerate(f.tolist()))
        for mode in MODES:
            figure = SlidingKernel1D(f, g, mode=mode, reverse=reverse)
            for x in range(n + k - 1):
                figure.x = x
                if reverse:
                    expected = sum(f[i] * g[x - i] for i in range(n) if 0 <= x - i < k)
                else:
                    expected = sum(at.get(x - (k - 1) + i, 0) * g[i] for i in range(k))
                assert figure.y == expected
                assert f"at place x = {x}" in figure.describe().text
                if figure.index is not None:
                    assert figure.output[figure.index] == expected


def test_the_lesson_s_place_3_changes_its_sign():
    figure = SlidingKernel1D([0, 0, 4, 4, 4, 0, 0, 0], [1, 0, -1], x=3)
    assert figure.y == 4
    figure.reverse = False
    assert figure.y == -4
    assert "y(3) = 0·1 + 4·0 + 4·(−1) = −4." in figure.describe().text


@pytest.mark.parametrize(("mode", "first"), [("full", 0), ("same", 1), ("valid", 3)])
def test_it_opens_at_the_first_place_that_the_mode_keeps(mode, first):
    figure = SlidingKernel1D(F, [1, 2, 3, 4], mode=mode)
    assert (figure.x, figure.index) == (first, 0)
    assert figure.y == figure.output[0]


def test_a_change_of_mode_leaves_the_kernel_where_it_is():
    figure = SlidingKernel1D(F, [1, 2, 3], x=5)
    under = [row[0] for row in figure.describe().rows]
    for mode, index in (("same", 4), ("valid", 3), ("full", 5)):
        figure.mode = mode
        assert (figure.x, figure.index) == (5, index)
        assert [row[0] for row in figure.describe().rows] == under


def test_modes_same_and_valid_name_the_place_and_the_index():
    same = SlidingKernel1D(F, [1, 0, 0], mode="same", x=5).describe().text
    assert "mode same, at place x = 5, index 4 of same. y(5) = 9·0 + 10·0 + 1·1 = 1." in same
    valid = SlidingKernel1D(F, [1, 0, 0], mode="valid", x=1).describe().text
    assert "at place x = 1, not kept by mode valid. y(1) = " in valid
    assert "so far" not in valid
    full = SlidingKernel1D(F, [1, 0, 0], x=5).describe().text
    assert "mode full, at place x = 5. y(5) = " in full


def test_the_description_tells_the_outputs_that_the_picture_shows_so_far():
    figure = SlidingKernel1D(F, [1 / 3] * 3)
    assert figure.describe().text.endswith("The output so far, from place 0 on: 3.33.")
    figure.x = 2
    assert figure.describe().text.endswith("from place 0 on: 3.33, 6.33, 9.67.")
    figure.mode = "valid"
    assert figure.describe().text.endswith("from place 2 on: 9.67.")
    figure.x = 11
    assert figure.describe().text.count(",") > 8
    noisy = SlidingKernel1D.noisy(width=3)
    assert "The output has 200 numbers from −" in noisy.describe().text
    assert "Distance to the clean curve" in noisy.describe().text


def test_where_the_window_begins_there_is_room_for_the_names_of_the_rows(run_module):
    """The window is never further left than the gutter, in which the names are."""
    painter = Painter(860, 500)
    names = {"kernel g": True, "products": True, "not reversed": False}
    assert all(28 + painter.measure(name, 13, bold) < GUTTER - 4 for name, bold in names.items())
    assert run_module(JS, "inputs.map(m.gutterOf)", [860, 560, 559]) == [GUTTER, GUTTER, 34]


def test_arrays_integers_and_lists_are_taken():
    for signal in ([1, 2, 3], np.arange(3), np.array([1, 2, 3], dtype=np.uint8), (1.5, 2, -3)):
        SlidingKernel1D(signal, np.array([1, -1]))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"signal": []}, "the signal has no numbers"),
        ({"signal": [1]}, "has 1 number; give between 2"),
        ({"signal": range(3000)}, "3000 numbers"),
        ({"signal": [1, "a", 2]}, "'a'|real numbers"),
        ({"signal": [1, None]}, "real numbers"),
        ({"signal": [1, 2j]}, "complex"),
        ({"signal": [1, float("inf")]}, "nan or infinity"),
        ({"signal": [1, 1e9]}, "beyond a million"),
        ({"signal": [[1, 2], [3, 4]]}, "one row"),
        ({"signal": 5}, "list or array"),
        ({"signal": "10, 9"}, "list or array"),
        ({"kernel": [1] * 11}, "the kernel has 11 numbers"),
        ({"signal": [1, 2, 3], "kernel": [1, 1, 1, 1]}, "the kernel has 4 numbers"),
        ({"kernel": "gauss"}, "kernel must be one of 'mean'"),
        ({"kernel": "mean", "width": 0}, "width must be a whole number from 1 to 7"),
        ({"mode": "SAME"}, "mode must be one of 'full', 'same', 'valid'"),
        ({"x": 2.5}, "x must be a whole number"),
        ({"clean": [1, 2]}, "of the same length"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        SlidingKernel1D(**arguments)
    assert str(error.value).startswith("SlidingKernel1D: ")
    assert "\n" not in str(error.value)


def test_the_picture_shows_the_state_with_the_description_as_its_words():
    figure = SlidingKernel1D(F, x=5)
    before = figure.picture()
    assert before.png.startswith(b"\x89PNG")
    assert "9·⅓ + 10·⅓ + 1·⅓ = 6.667" in before.alt
    assert len(before.png) < 60_000
    figure.x = 6
    after = figure.picture()
    assert after.png != before.png
    assert "= 7." in after.alt


def test_the_description_prints_as_a_small_table():
    printed = str(SlidingKernel1D(F, x=0).describe()).splitlines()
    words, table = printed[:-4], printed[-4:]
    assert "y(0) = 0·⅓ + 0·⅓ + 10·⅓ = 3.333." in " ".join(words)
    assert max(map(len, words)) <= 88
    assert table[0].split("  ")[0].strip() == "place in the signal"
    assert table[1].split() == ["outside", "0", "2", "⅓", "0"]
