"""What stopped a call, explained: each error by a program that raises it, and what is not one."""

import json
import linecache
import textwrap

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convolab.check.errors import Stopped, explain, facts_of


def stopped(source, *arguments, name="f"):
    """What comes of calling a function that is defined by a text, as in a cell of a notebook."""
    source = textwrap.dedent(source)
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    space = {"np": np}
    exec(compile(source, file, "exec"), space)
    try:
        space[name](*arguments)
    except BaseException as error:
        facts = json.loads(json.dumps(facts_of(error, space[name])))
        kinds = tuple(kind.__name__ for kind in type(error).__mro__)
        says = str(error)[:120]
        return Stopped(kinds, says, facts["line"], facts["inside"], arguments, facts)
    raise AssertionError("it did not stop")


def line(code, *arguments):
    """What comes of a function with one line, of arguments a, b, …"""
    return stopped(f"def f({', '.join('abcd'[: len(arguments)])}):\n    {code}", *arguments)


A, B, C = np.ones((2, 4)), np.ones((2, 3)), np.arange(5)

EXPLAINED = [
    ("a + b", (A, B), "`a` of shape (2, 4) cannot be combined number by number with `b` of shape (2, 3): along the last axis, 4 is not 3"),
    ("a[:, :2] * b", (A, B), "an array of shape (2, 2) cannot be combined"),
    ("a[5:] * b", (C, C), "the one with a 0 is empty"),
    ("a @ b", (A, B), "4 columns meet 2 rows"),
    ("np.dot(a, b)", (A, B), "4 columns on the left meet 2 rows on the right"),
    ("a @ b", (3, A), "`@` multiplies arrays as matrices"),
    ("a[:2, :2] = b", (A, B), "an array of shape (2, 3) does not fit into a place of shape (2, 2)"),
    ("a[0:-0] = 1 + b", (C.copy(), C), "which is empty"),
    ("a.reshape(3, 2)", (A,), "8 numbers cannot be laid out as (3, 2), which takes 6"),
    ("a.reshape(3, -1)", (A,), "8 numbers cannot be laid out as (3, -1)"),
    ("np.max(a[9:])", (C,), "an empty array or list"),
    ("max(a[9:])", ([1],), "an empty array or list"),
    ("np.array([[1, 2], [3]])", (), "rows of different lengths"),
    ("a[0] = b", (np.zeros(3), C), "several numbers are put into one place"),
    ("float(a)", (C,), "one number is needed here"),
    ("np.concatenate([a, b])", (A, B), "equally long along every other axis"),
    ("np.stack([a, b])", (A, B), "equally long"),
    ("np.zeros(a)", (-3,), "a negative number of rows or columns"),
    ("a[b > 2]", (B, C), "True and False"),
    ("np.einsum('ij,jk', a, b)", (A, B), ""),
    ("a[b]", (C, 5), "there is no index 5: `a` has 5 places and its last index is 4"),
    ("a[b - 9]", (C, 1), "there is no index −8: counted from the end they go down to −5"),
    ("a[0, b + 1]", (A, 3), "print `b + 1` before it"),
    ("a[b]", ([1, 2], 2), "it has 2 entries, so its last index is 1"),
    ("a[0] = b", ([], 1), "`a` is empty, so it has no place"),
    ("a[0, 1]", (C,), "2 indices are given to `a`, which has 1 axis"),
    ("a[b / 2]", (C, 4), "must be a whole number of type int"),
    ("a[: b / 2]", ([1, 2], 4), "the bound of a slice must be a whole number"),
    ("a[0, 1]", ([[1]],), "takes them one after the other, as in a[i][j]"),
    ("a[0][0][0]", (A,), "a single number is given an index"),
    ("a[0]", (3,), "a single number is given an index"),
    ("a.sum(axis=2)", (A,), "there is no axis 2: the array has the axes 0 to 1"),
    ("n, m, k = a.shape", (A,), "the array has fewer axes than you expect"),
    ("n, m = a", ([1, 2, 3],), "2 names are on the left"),
    ("if a > 0: pass", (A,), "a whole array is asked whether it is true"),
    ("max(0, a)", (A,), "`np.maximum`"),
    ("a + b", ([1], 2), "joins lists"),
    ("a - b", ([1], 2), "`np.array(…)` makes an array of a list"),
    ("a * b", ([1], 2.5), "`np.array(…)` makes an array of a list"),
    ("a + b", (None, 2), "`a` is None, so there is nothing to calculate with"),
    ("a + b", (1, "2"), "a text is used as a number"),
    ("a < b", ([1], 2), "`np.array(…)`"),
    ("range(a / 2)", (4,), "`//` divides to a whole number"),
    ("range(a)", ([1, 2],), "is `len` missing?"),
    ("np.zeros(a)", (2.0,), "only a whole number works"),
    ("len(a)", (None,), "`a` is None: a function that comes to its end without a return gives None"),
    ("a[0]", (None,), "`a` is None"),
    ("a.shape", (None,), "`a` is None"),
    ("for x in a: pass", (None,), "`a` is None"),
    ("for x in a: pass", (3,), "is `range` missing?"),
    ("a(0)", (C,), "`a` is an array, and round brackets call a function"),
    ("a(0)", ([1],), "an index is in square ones"),
    ("a(1)", (3,), "is a * missing"),
    ("len(a)", (3,), "is a comma missing in a tuple of one"),
    ("a[0] = 1", ((1, 2),), "a list or an array can be"),
    ("a[0] = 1", (range(3),), "list(range(n))"),
    ("a += b", (C.copy(), 0.5), "which holds whole numbers only: make it an array of floats"),
    ("-a", ([1],), "`-` does not work on a list"),
    ("{a: 1}", ([1],), "cannot be a key"),
    ("a.shape", ([1],), "`a` is a list, and has no `shape`; `np.array(…)` makes an array of it"),
    ("a.append(1)", (C,), "its length is fixed"),
    ("a.shpe", (C,), "did you mean `shape`?"),
    ("np.zeroes(3)", (), "did you mean `zeros`?"),
    ("a['w']", ({"v": 1},), "`a` has no entry 'w'"),
    ("a['w']", ({},), "`a` is empty and has no entry 'w'"),
    ("1 / a", (0,), "`a` is 0, and something is divided by it"),
    ("1 % (a - b)", (2, 2), "something is divided by 0"),
    ("int(a)", (float("inf"),), "infinity cannot become a whole number"),
    ("int(a)", (float("nan"),), "nan"),
    ("a[0] = 300", (np.zeros(2, np.uint8),), "300 does not fit uint8"),
    ("import math; math.exp(a)", (1e9,), "too large"),
    ("import math; math.sqrt(a)", (-1,), "a root or a logarithm"),
    ("import nonsense", (), "there is no module `nonsense`"),
    ("from math import nonsense", (), "there is no `nonsense` in `math`"),
    ("open('nothing.txt')", (), "there is no file called nothing.txt"),
    ("next(iter([]))", (), "there is none left"),
    ("[a.pop(k) for k in a]", ({"x": 1, "y": 2},), "changes while a loop goes through it"),
    ("b'\\xff'.decode()", (), "another encoding"),
    ("int('two')", (), "a text that is no number"),
    ("np.linalg.inv(a)", (np.ones((2, 2)),), "cannot be inverted"),
    ("exec('if x')", (), "Python cannot read the code"),
    ("exec('if 1:\\nx = 1')", (), "not indented alike"),
    ("import sys; sys.exit()", (), "it ends Python"),
    ("raise KeyboardInterrupt", (), "stopped while it was still running"),
    ("np.zeros((10**6, 10**6, 100))", (), "was asked for, which needs"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "arguments", "says"), EXPLAINED, ids=[one[0] for one in EXPLAINED]
)
def test_an_error_is_explained_with_its_line(code, arguments, says):
    found = explain(line(code, *arguments))
    assert found is not None
    assert says.lower() in found.lower()
    assert "`" in found and found.endswith((".", "?"))
    assert "Traceback" not in found


def test_the_sentence_ends_with_the_line_and_what_to_print():
    says = explain(line("return a[b + 1]", C, 4))
    assert says == (
        "There is no index 5: `a` has 5 places and its last index is 4. Look at the line "
        "`return a[b + 1]`: print `b + 1` before it."
    )


def test_a_read_only_array_is_explained():
    array = np.zeros(3)
    array.flags.writeable = False
    assert "work on a copy" in explain(line("a[0] = 1", array))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def f():\n    return widht\nwidth = 3", "there is no `widht`: did you mean `width`?"),
        ("def f():\n    return kernel_of_mine", "if another cell makes it, run that cell first"),
        ("def f():\n    if False:\n        x = 1\n    return x", "`x` is used before it has a value"),
        ("def f():\n    return g(1)\ndef g(a, b): pass", "`g` is called without `b`"),
        ("def f():\n    return g(1, 2)\ndef g(a): pass", "`g` takes 1 argument and is given 2"),
        ("def f():\n    return g(c=2)\ndef g(a=1): pass", "no argument called `c`"),
        ("def f():\n    return g(1, a=2)\ndef g(a): pass", "given `a` twice"),
        ("def f():\n    return f()", "`f` calls itself without end"),
    ],
)  # fmt: skip
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
    assert "An assert of your own fails" in says and "`assert a > 1, 'too small'`" in says


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
        says
        == "Something is divided by 0. Look at the line `return 1 / n`: print what is under the line before it."
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


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
MESSAGES = [line(code, *arguments).message for code, arguments, _ in EXPLAINED]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["ValueError", "TypeError", "IndexError", "NameError", "KeyError", "OverflowError"]),
    st.sampled_from(MESSAGES) | st.text(max_size=60),
    st.text(max_size=60),
    st.fixed_dictionaries(
        {},
        optional={
            name: anything
            for name in ("own", "near", "path", "message", "raised_here", "inside", "line", "course")
        },
    ),
)  # fmt: skip
def test_whatever_a_learners_process_tells_breaks_nothing(raised, message, code, facts):
    found = explain(
        Stopped((raised, "Exception"), message, code, "", (), facts), "f", "f(1)", ["g"]
    )
    assert found is None or (isinstance(found, str) and len(found) < 900)
