"""Whose error it is, what only looks like one that is known, and the facts of a traceback."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convolab.check.errors import Stopped, explain, facts_of
from tests.check.cell import line, stopped
from tests.check.test_errors import EXPLAINED

A, C = np.ones((2, 4)), np.arange(5)


def test_a_read_only_array_is_explained():
    array = np.zeros(3)
    array.flags.writeable = False
    assert "work on a copy" in explain(line("a[0] = 1", array))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "def f():\n    return kernel_x\nkernel_y = 3",
            "there is no `kernel_x`: did you mean `kernel_y`?",
        ),
        ("def f():\n    return kernel_of_mine", "is the line that makes it missing"),
        (
            "def f():\n    if False:\n        x = 1\n    return x",
            "`x` is used before it has a value",
        ),
        ("def f():\n    return g(1)\ndef g(a, b): pass", "`g` is called without `b`"),
        ("def f():\n    return g(1, 2)\ndef g(a): pass", "`g` takes 1 argument and is given 2"),
        ("def f():\n    return g(c=2)\ndef g(a=1): pass", "no argument called `c`"),
        ("def f():\n    return g(1, a=2)\ndef g(a): pass", "given `a` twice"),
        ("def f():\n    return f()", "`f` calls itself without end"),
    ],
)
def test_names_are_explained(source, says):
    assert says.lower() in explain(stopped(source)).lower()


REFUSES = """
def pad(image, width):
    if width >= 0:
        raise ValueError(
            "no negative width"
        )
    return image

def f(image, width):
    return pad(image, width)
"""


def test_ones_own_refusal_of_good_input_is_called_that():
    says = explain(stopped(REFUSES, A, 1, name="pad"), "pad", "pad(image, 1)")
    assert says.startswith("Your function refuses `pad(image, 1)`: it raises ValueError")
    assert "Look at the condition before the line" in says


def test_an_assert_of_ones_own_is_called_that():
    says = explain(line("assert a > 1, 'too small'", 1))
    assert "An assert of your own fails" in says
    assert "`assert a > 1, 'too small'`" in says


def test_an_error_within_an_earlier_exercise_sends_there_first():
    says = explain(stopped(REFUSES, A, 1), "f", earlier=["pad", "f"])
    assert says.startswith("Your `pad`, an earlier exercise, refuses what it is given")
    broken = "def pad(a):\n    return a[9]\n\ndef f(a):\n    return pad(a)"
    says = explain(stopped(broken, C), "f", earlier=["pad"])
    assert says.startswith("It stops inside your `pad`, an earlier exercise: there is no index 9")
    assert "Check that one first" in says


def test_a_helper_is_named():
    source = "def helper(a):\n    return a[9]\n\ndef f(a):\n    return helper(a)"
    assert "Look at the line `return a[9]` of your `helper`" in explain(stopped(source, C), "f")


def test_an_error_of_numpy_is_no_refusal_of_ones_own():
    assert "refuses" not in explain(line("np.zeros((2, 2)) @ np.zeros(3)"))


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (("NotImplementedError", "Exception"), ""),
        (("ValueError", "Exception"), "something quite new"),
        (("MyError", "Exception"), "index 3 is out of bounds for axis 0 with size 3"),
        (("TypeError", "Exception"), "could not be broadcast together (2,) (3,)"),
        (("IndexError", "Exception"), "cannot reshape array of size 3 into shape (2,)"),
        (("ValueError", "Exception"), "name 'x' is not defined"),
        ((), "division by zero"),
    ],
)
def test_what_no_rule_is_for_is_not_explained(raised, message):
    assert explain(Stopped(raised, message)) is None


def test_without_facts_the_message_alone_is_explained():
    """As where the learner's process did not tell them."""
    says = explain(Stopped(("ZeroDivisionError",), "division by zero", "return 1 / n"))
    assert (
        says == "Something is divided by 0. Look at the line `return 1 / n`: print what is "
        "under the line before it."
    )
    cut = (
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?"
    )
    assert "as many columns on the left" in explain(Stopped(("ValueError",), cut))


class Odd(np.ndarray):
    """Whatever is asked of it ends in an error."""

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __bool__ = __eq__ = __getattr__ = __repr__


class OddError(Exception):
    def __str__(self):
        raise RuntimeError("no")


def test_facts_are_short_plain_and_collected_without_calling_the_learners_code():
    source = """
    class Mine:
        def __getattribute__(self, name): raise SystemExit
        def __len__(self): raise SystemExit
    def f(a, s, big):
        m, t, many = Mine(), (1, 2), 10**400
        return a[s, m, t, big, many, len(t)][0]
    """
    facts = stopped(source, np.ones((2, 3)), "x" * 10**6, 7).facts
    assert len(json.dumps(facts)) < 2500
    assert facts["own"]["a"] == {"kind": "array", "shape": [2, 3], "dtype": "float64"}
    assert facts["own"]["big"] == {"kind": "int", "value": 7}
    assert facts["own"]["many"] == {"kind": "int", "value": None}
    assert facts["own"]["m"] == {"kind": "Mine"}
    assert facts["own"]["s"] == {"kind": "str", "length": 10**6}


def test_an_error_that_cannot_even_be_printed_has_facts():
    def f():
        raise OddError

    with pytest.raises(OddError) as caught:
        f()
    facts = facts_of(caught.value, f)
    assert json.loads(json.dumps(facts)) == facts


anything = st.sampled_from(
    [
        None,
        True,
        -3,
        float("nan"),
        "x",
        "`",
        [],
        ["g", None],
        [[1], {}],
        {},
        {"a": 3},
        {"": {"kind": []}},
        {
            "a": {"kind": "array", "shape": ["x"]},
            "b": {"kind": "int", "value": "1"},
            "c": {"value": 10**30},
        },
    ]
)
MESSAGES = [line(code, *arguments).message for code, arguments, _ in EXPLAINED]


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(
        ["ValueError", "TypeError", "IndexError", "NameError", "KeyError", "OverflowError"]
    ),
    st.sampled_from(MESSAGES) | st.text(max_size=60),
    st.text(max_size=60),
    st.fixed_dictionaries(
        {},
        optional={
            name: anything
            for name in (
                "own",
                "near",
                "path",
                "message",
                "raised_here",
                "inside",
                "line",
                "course",
            )
        },
    ),
)
def test_whatever_a_learners_process_tells_breaks_nothing(raised, message, code, facts):
    found = explain(
        Stopped((raised, "Exception"), message, code, "", (), facts), "f", "f(1)", ["g"]
    )
    assert found is None or (isinstance(found, str) and len(found) < 900)


def test_a_name_of_pythons_is_suggested_only_if_it_begins_alike():
    for missing, near in (("sound", ""), ("strip", ""), ("pirnt", "print"), ("lenn", "len")):
        facts = stopped(f"def f():\n    return {missing}(3)").facts
        assert facts["near"] == ([near] if near else [])


def test_the_function_itself_is_not_suggested_for_its_own_variable():
    gone = stopped("def double(a):\n    return doubled", 3, name="double")
    assert gone.facts["near"] == []
    assert "is the line that makes it missing" in explain(gone)


def test_what_the_course_refuses_is_told_apart_from_what_stops_within_it():
    source = "from convolab import ops\ndef f(image):\n    return ops.convolve_2d(image, image, {})"
    refused = stopped(source.format("'wrong'"), np.ones((3, 3)))
    assert "`convolve_2d` refuses what it is given: mode must be one of" in explain(refused)
    stops = stopped("from convolab import ops\ndef f(n):\n    return ops.relu(n['x'])", 3)
    assert "refuses" not in explain(stops)


def test_a_private_name_of_a_module_is_not_offered():
    """Python itself would suggest `_pool` here."""
    says = explain(line("from convolab import ops; ops.max_pool(a)", A))
    assert "there is no `max_pool` in `convolab.ops`" in says.lower()
    assert "_pool" not in says.replace("max_pool", "")
