"""A call that is printed can be pasted: it gives the very arguments, dtype and shape included."""

import numpy as np
import pytest

from convolab.check import arguments, literal
from convolab.check.answer import same_bits
from convolab.check.cases import SHIPPED, load
from convolab.check.functions import NAMED, WRITTEN

FUNCTIONS = [
    path.stem for path in sorted(SHIPPED.glob("*/*.json")) if load(path.stem).kind == "function"
]


def pasted(text, name):
    """The arguments of a call that is pasted where NumPy is np."""
    space = {"np": np, name: lambda *given: given}
    *before, last = text.splitlines()
    for line in before:
        exec(line, space)
    return eval(last, space)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_visible_call_of_the_course_gives_its_arguments_when_pasted(name):
    exercise = load(name)
    for place, case in enumerate(exercise.cases):
        if case["hidden"]:
            continue
        given = exercise.arguments(place)
        written = literal.call(name, given)
        came = pasted(written or literal.by_place(name, place), name)
        plain = [(a, b) for a, b in zip(came, given, strict=True) if not callable(b)]
        assert all(same_bits(a, b) for a, b in plain), written


def test_only_few_calls_of_the_course_are_too_long_to_be_written_out():
    long = set()
    for name in FUNCTIONS:
        for place in range(len(load(name).cases)):
            if not literal.call(name, load(name).arguments(place)):
                long.add(name)
    assert long <= {
        "learn_kernel",
        "forward",
        "predict",
        "conv_backward",
        "small_gradients",
        "train",
        *("top_patches", "picture_slopes", "saliency", "grow_picture", "fooling_step"),
        *("to_batch", "lenet_scores", "torch_gradients"),  # pictures, and the weights of a network
    }


def test_a_named_function_is_written_as_one_that_does_the_same():
    assert set(WRITTEN) == set(NAMED)
    for x in (np.array([1.0, 2, 5]), np.arange(6.0).reshape(2, 3) ** 2):
        for name, function in NAMED.items():
            assert eval(WRITTEN[name], {"np": np})(x) == function(x)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([1, 2, 3]), "np.array([1, 2, 3])"),
        (np.array([200, 100], np.uint8), "np.array([200, 100], dtype=np.uint8)"),
        (np.array([0.1, 2], np.float32), "np.array([0.1, 2.0], dtype=np.float32)"),
        (np.zeros((8, 8)), "np.zeros((8, 8))"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        (np.zeros(0, np.uint8), "np.zeros(0, dtype=np.uint8)"),
        (np.arange(100).reshape(10, 10), "np.arange(100).reshape(10, 10)"),
        (np.arange(9.0) / 4, "np.arange(9) / 4"),
        (np.tile([0, 1], (4, 2)), "np.tile([[0, 1]], (4, 2))"),
        (np.full((3, 3), 7, np.uint8), "np.full((3, 3), 7, dtype=np.uint8)"),
        (np.array([[True, False]]), "np.array([[True, False]])"),
        (np.array(3.5), "np.array(3.5)"),
        (np.array([np.nan, np.inf, -np.inf]), "np.array([np.nan, np.inf, -np.inf])"),
        (np.int64(3), "np.int64(3)"),
        (0.1 + 0.2, "0.30000000000000004"),
        ([0] * 50, "[0] * 50"),
        (list(range(3, 40)), "list(range(3, 40))"),
        ({"w": np.ones((2, 3)), "b": (1,)}, "{'w': np.ones((2, 3)), 'b': (1,)}"),
        ("same", "'same'"),
        (np.array(["a"]), ""),
        (object(), ""),
    ],
)
def test_a_value_as_code(value, text):
    assert literal.code(value) == text
    if text:
        assert same_bits(eval(text, {"np": np}), value)


def test_what_looks_like_a_pattern_and_is_none_is_written_out():
    for array in (
        np.array([-0.0, 0.0, -0.0, 0.0, 0.0]),
        np.array([0, 1, 2, 3, 5]),
        np.array([0.1, 0.2, 0.3, 0.4, 0.5]),
        np.array([np.nan] * 9),
        np.array([1, 2, 1, 2, 1]),
        np.array([250, 252, 254, 0, 2], np.uint8),
        np.array([5, 4, 3, 2, 1], np.uint8),
        np.arange(24).reshape(2, 3, 4).transpose(2, 0, 1),
        np.arange(10)[::-2],
        np.array([2.0**60, 2.0**60 + 4096] * 4),
        np.array([True, False] * 4),
    ):
        back = eval(literal.code(array), {"np": np})
        assert same_bits(back, array), literal.code(array)
        assert np.array_equal(np.signbit(back), np.signbit(array)) or array.dtype.kind != "f"


def test_arguments_gives_those_of_a_visible_case_and_says_what_there_is_not():
    assert arguments("convolve_at", 2) == ([3, 0, 2], [1, 5], 1)
    with pytest.raises(ValueError, match="has 13 visible cases"):
        arguments("convolve_at", 99)
    with pytest.raises(ValueError, match="Did you mean"):
        arguments("convolve_a")
