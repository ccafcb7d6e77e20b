"""What a student finds in the place of a solution."""

import ast

import pytest

from convolab.authoring.defined_names import bindings
from convolab.authoring.stubs import RegionError, with_stubs


def cell(*lines: str) -> str:
    return "\n".join(lines)


def test_inside_a_function_the_stub_raises_and_the_rest_stays():
    source = cell(
        "def f(x):",
        '    """What f does."""',
        "    total = 0",
        "    ### BEGIN SOLUTION",
        "    for value in x:",
        "        total += value",
        "    ### END SOLUTION",
        "    return total",
    )
    assert with_stubs(source) == cell(
        "def f(x):",
        '    """What f does."""',
        "    total = 0",
        "    raise NotImplementedError  # your code here",
        "    return total",
    )


def test_at_the_top_level_each_name_of_the_region_is_to_be_answered_once():
    source = cell(
        "### BEGIN SOLUTION",
        "first, second = 1, 2",
        "for i in range(3):",
        "    third = i",
        "third = [n for n in range(2)]",
        "### END SOLUTION",
    )
    assert with_stubs(source) == cell(
        "first = ...  # your answer here",
        "second = ...  # your answer here",
        "third = ...  # your answer here",
    )


def test_a_function_hidden_whole_is_to_be_answered_by_name():
    source = cell(
        "### BEGIN SOLUTION", "def f(x):", "    y = x", "    return y", "### END SOLUTION"
    )
    assert with_stubs(source) == "f = ...  # your answer here"


def test_a_region_that_makes_no_name_leaves_three_dots():
    source = cell("if True:", "    ### BEGIN SOLUTION", "    print(1)", "    ### END SOLUTION")
    assert with_stubs(source) == cell("if True:", "    ...  # your code here")


def test_a_stub_of_its_own_keeps_the_indentation_and_its_lines():
    source = cell(
        "def f(x):",
        "    ### BEGIN SOLUTION stub: total = ...  # so far |  | for v in x: |     total += v",
        "    return sum(x)",
        "    ### END SOLUTION",
    )
    assert with_stubs(source) == cell(
        "def f(x):",
        "    total = ...  # so far",
        "",
        "    for v in x:",
        "        total += v",
    )


def test_an_empty_stub_leaves_nothing():
    source = cell("x = 1", "### BEGIN SOLUTION stub:", "y = 2", "### END SOLUTION", "z = 3")
    assert with_stubs(source) == cell("x = 1", "z = 3")


def test_every_region_of_a_cell_has_its_own_stub():
    source = cell(
        "### BEGIN SOLUTION",
        "a = 1",
        "### END SOLUTION",
        "def f():",
        "    ### BEGIN SOLUTION",
        "    return 2",
        "    ### END SOLUTION",
    )
    assert with_stubs(source) == cell(
        "a = ...  # your answer here",
        "def f():",
        "    raise NotImplementedError  # your code here",
    )


def test_magics_in_the_cell_do_not_matter():
    source = cell("%matplotlib inline", "### BEGIN SOLUTION", "a = 1", "### END SOLUTION")
    assert with_stubs(source) == cell("%matplotlib inline", "a = ...  # your answer here")


def test_a_cell_that_is_not_python_is_refused_and_not_guessed_at():
    with pytest.raises(RegionError) as caught:
        with_stubs(cell("### BEGIN SOLUTION", "a = = 1", "### END SOLUTION"))
    assert caught.value.line == 2


def test_names_are_bound_where_they_stand_and_not_in_functions():
    code = cell(
        "import os.path, numpy as np",
        "from math import pi as p",
        "def f(x): inside = 1",
        "class C: y = 1",
        "a = b = [c for c in (d := [1])]",
        "with open('x') as handle: e = 1",
        "try: g: int = 1",
        "except ValueError as error: pass",
        "for i, j in []: k += 1",
        "match a:",
        "    case [m, *rest]: pass",
        "    case {'n': n, **others}: pass",
    )
    found = bindings(ast.parse(code))
    made = ["f", "C", "a", "b", "e", "g", "k"]
    borrowed = ["os", "np", "p", "handle", "error", "i", "j", "m", "rest", "n", "others"]
    assert sorted(b.name for b in found if b.made) == sorted(made)
    assert sorted(b.name for b in found if not b.made) == sorted(borrowed)
    assert next(b.line for b in found if b.name == "handle") == 6
