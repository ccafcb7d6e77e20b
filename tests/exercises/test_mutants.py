"""One-slip programs: each kind of slip by an example, and what holds for all of them."""

import ast
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convolab.exercises.mutants import NotOneFunction, mutants


def slips(body: str, arguments: str = "a, b") -> dict[str, str]:
    """The kinds of the slips of a function with this body, by what they say."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return {m.slip: m.kind for m in mutants(f"def f({arguments}):\n{lines}\n")}


EXAMPLES = [
    ("return a < b", "comparison", "`return a <= b` for `return a < b`"),
    ("return a < b", "comparison", "`return a > b` for `return a < b`"),
    ("return a == b", "comparison", "`return a != b` for `return a == b`"),
    ("return 0 <= a < b", "part of a condition", "`return a < b` for `return 0 <= a < b`"),
    ("return a and b", "and, or", "`return a or b` for `return a and b`"),
    ("return not a", "not dropped", "`return a` for `return not a`"),
    ("return a + b", "arithmetic", "`return a - b` for `return a + b`"),
    ("return a / b", "arithmetic", "`return a // b` for `return a / b`"),
    ("return a * b", "arithmetic", "`return a @ b` for `return a * b`"),
    ("return a - b", "sides swapped", "`return b - a` for `return a - b`"),
    ("return (a - b) / 3", "brackets dropped", "`return a - b / 3` for `return (a - b) / 3`"),
    ("return a / (2 * b)", "brackets dropped", "`return a / 2 * b` for `return a / (2 * b)`"),
    ("return a + b", "term dropped", "`return a` for `return a + b`"),
    ("return 2", "number", "`return 3` for `return 2`"),
    ("return 0", "number", "`return 1` for `return 0`"),
    ("return 0.5", "number", "`return 0.25` for `return 0.5`"),
    ("return True", "number", "`return False` for `return True`"),
    ("return -1", "number", "`return -2` for `return -1`"),
    ("return -a", "minus dropped", "`return a` for `return -a`"),
    (
        "return 'full' if a else 'same'",
        "another word",
        "`return 'full' if a else 'full'` for `return 'full' if a else 'same'`",
    ),
    (
        "return 1 if a else 2",
        "branches swapped",
        "`return 2 if a else 1` for `return 1 if a else 2`",
    ),
    ("return range(a)", "range one off", "`return range(a - 1)` for `return range(a)`"),
    ("return range(a)", "range one off", "`return range(1, a)` for `return range(a)`"),
    ("return range(0, a, 2)", "step dropped", "`return range(0, a)` for `return range(0, a, 2)`"),
    ("return a[b:]", "slice one off", "`return a[b + 1:]` for `return a[b:]`"),
    ("return a[:-1]", "slice one off", "`return a[:]` for `return a[:-1]`"),
    ("return a[::-1]", "reversal dropped", "`return a[:]` for `return a[::-1]`"),
    ("return a[1, b]", "order of a tuple", "`return a[b, 1]` for `return a[1, b]`"),
    ("return a[1][b]", "indices swapped", "`return a[b][1]` for `return a[1][b]`"),
    ("for i in range(3):\n    a[i] = 0", "index one off", "`a[i - 1] = 0` for `a[i] = 0`"),
    ("return f(a, b)", "arguments swapped", "`return f(b, a)` for `return f(a, b)`"),
    ("return a.sum(axis=0)", "keyword dropped", "`return a.sum()` for `return a.sum(axis=0)`"),
    ("return a.sum(axis=0)", "number", "`return a.sum(axis=1)` for `return a.sum(axis=0)`"),
    ("return max(a, 0)", "another function", "`return min(a, 0)` for `return max(a, 0)`"),
    ("return np.floor(a)", "another function", "`return np.ceil(a)` for `return np.floor(a)`"),
    ("return a.sum(axis=-1)", "number", "`return a.sum(axis=0)` for `return a.sum(axis=-1)`"),
    ("return a.T", "transposition dropped", "`return a` for `return a.T`"),
    ("return a.copy()", "call dropped", "`return a` for `return a.copy()`"),
    (
        "return np.zeros(a)",
        "whole numbers",
        "`return np.zeros(a, dtype=int)` for `return np.zeros(a)`",
    ),
    (
        "return np.einsum('ij,jk->ik', a, b)",
        "indices swapped",
        "`return np.einsum('ij,kj->ik', a, b)` for `return np.einsum('ij,jk->ik', a, b)`",
    ),
    (
        "return len(a) * len(b)",
        "another name",
        "`return len(b) * len(b)` for `return len(a) * len(b)`",
    ),
    (
        "return [i for i in a if i]",
        "condition dropped",
        "`return [i for i in a]` for `return [i for i in a if i]`",
    ),
    ("a = 1\nreturn a", "statement dropped", "`a = 1` dropped"),
    ("a += b", "plain assignment", "`a = b` for `a += b`"),
    ("a += b", "arithmetic", "`a -= b` for `a += b`"),
    ("if a < 0:\n    raise ValueError", "refusal dropped", "`if a < 0:` dropped"),
    ("if a:\n    a = 1", "condition negated", "`if not a:` for `if a:`"),
    ("if a:\n    b = 1\nelse:\n    b = 2", "branches swapped", "branches of `if a:` swapped"),
    ("if a:\n    b = 1\nelse:\n    b = 2", "statement dropped", "else with `b = 2` dropped"),
    ("while a:\n    break", "break, continue", "`continue` for `break`"),
    ("for i in a:\n    b += i\nreturn b", "return in the loop", "`return b` inside the loop"),
    ("for i in a:\n    b += i\n    a = b", "line after the loop", "`a = b` after the loop"),
]


@pytest.mark.parametrize(("body", "kind", "slip"), EXAMPLES, ids=[e[2] for e in EXAMPLES])
def test_a_kind_of_slip(body, kind, slip):
    assert slips(body).get(slip) == kind, slips(body)


def test_what_no_hand_slips_in_is_left_alone():
    assert slips('"""Says 1 < 2."""') == {}
    assert "`return a.sum(axis=(1, 0))`" not in str(slips("return a.sum(axis=(0, 1))"))
    assert slips("return max(a, b)").keys() == {
        "`return min(a, b)` for `return max(a, b)`",
        "`return max(b, b)` for `return max(a, b)`",
        "`return max(a, a)` for `return max(a, b)`",
    }
    assert set(slips("raise ValueError('1 < 2')").values()) == {"refusal dropped"}


def test_lines_are_those_of_the_authors_file():
    source = "@decorated\ndef f(a):\n    a = a + 1\n    return a\n"
    assert {m.line for m in mutants(source, 100)} == {102}


def test_a_mutant_bears_the_name_that_a_learner_gives_it():
    assert all(m.source.startswith("def g(") for m in mutants("def f(a): return a + 1", 1, "g"))


def test_the_same_line_twice_gives_slips_with_names_of_their_own():
    found = slips("a += 1\nb *= a\na += 1\nreturn b")
    assert {"`a += 1` dropped", "`a += 1` dropped (no. 2)"} <= found.keys()


@pytest.mark.parametrize("text", ["x = 1", "def f(:", "def f(): pass\ndef g(): pass", ""])
def test_what_is_not_one_function_is_said(text):
    with pytest.raises(NotOneFunction):
        mutants(text)


names = st.sampled_from(["a", "b", "n"])
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "@", "<", "<=", "==", "and", "or")
# How a larger expression is made of two smaller ones.
LARGER = (
    *(f"({{0}} {operator} {{1}})" for operator in OPERATORS),
    "(-{0})",
    "(not {0})",
    "a[{0}, {1}:]",
    "b[{0}][::-1]",
    "np.maximum({0}, {1}, axis=0)",
    "({0} if {1} else 2)",
    "[i * {0} for i in range({1}) if i < n]",
    "np.zeros(({0}, n)).T.copy()",
)
expressions = st.recursive(
    names | st.integers(0, 3).map(str) | st.sampled_from(["0.5", "'full'"]),
    lambda inner: st.builds(str.format, st.sampled_from(LARGER), inner, inner),
    max_leaves=4,
)
BODIES = (
    "a = {0}\nreturn {1}",
    "if {0}:\n    raise ValueError('no')\nreturn {1}",
    "for i in range({0}):\n    a += {1}\n    b = i\nreturn a",
    "while {0}:\n    if {1}:\n        break\n    else:\n        a -= 1\nreturn b",
    "a, b = {0}, {1}\ndef g(x):\n    return x + a\nreturn g(b)",
)
programs = st.builds(str.format, st.sampled_from(BODIES), expressions, expressions).map(
    lambda body: "def f(a, b, n=1):\n" + textwrap.indent(body, "    ")
)


@settings(max_examples=15)
@given(programs)
def test_every_mutant_is_another_program_that_compiles_and_comes_once_in_the_same_order(source):
    right = ast.dump(ast.parse(source))
    made = mutants(source)
    assert made == mutants(source)
    dumps = [ast.dump(ast.parse(mutant.source)) for mutant in made]
    assert right not in dumps
    assert len(set(dumps)) == len(dumps)
    assert len({mutant.slip for mutant in made}) == len(made)
    for mutant in made:
        compile(mutant.source, "<slip>", "exec")
        assert 1 <= mutant.line <= source.count("\n") + 1
