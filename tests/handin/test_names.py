"""What a cell defines, uses and imports is read from its text."""

import pytest

from convolab.handin.cell_names import LONGEST, defined, imports, modules, used


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import numpy as np, os.path", {"np", "os"}),
        ("from math import pi as p, sqrt", {"p", "sqrt"}),
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("if x:\n    y = 1\nfor i in z:\n    t += i", {"y", "i", "t"}),
        ("with open('a') as f:\n    pass\nif (n := 3):\n    pass", {"f", "n"}),
        ("def f(a):\n    b = 1\nclass C:\n    d = 2", {"f", "C"}),
        ("g = [h for h in range(3)]\n%matplotlib inline", {"g"}),
        ("from numpy import *", set()),
        ("import numpy as np\nfactor = (2\ndef f(x):\n    y = 1", {"np", "factor", "f"}),
        ("x" * (LONGEST + 1), set()),
    ],
)
def test_what_a_cell_defines(source, names):
    assert defined(source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = 1\nx + y", {"y"}),
        ("x = x + 1", {"x"}),
        ("t += 1", {"t"}),
        ("def f(a):\n    return np.sum(a) + f(a)", {"np"}),
        ("def f(a):\n    np = a\n    return np", set()),
        ("[q for q in w]", {"w"}),
        ("f = lambda z: g(z)", {"g"}),
        ("def f(:\n    np", {"def", "f", "np"}),
    ],
)
def test_what_a_cell_takes_from_the_cells_around_it(source, names):
    assert used(source) == names


def test_what_is_imported():
    assert imports("import numpy as np\nx = 1") == {"np"}
    assert modules(
        "import a.b\nfrom . import c\ntry:\n    import d\nexcept ImportError:\n    e"
    ) == {"a"}
