"""What the grader reads in the text of a notebook, and that no text keeps it busy."""

import time

import pytest

from convolab.grading.sandbox.static_names import names_in

FORBIDDEN = ("numpy.convolve",)

FOUND = {
    "plainly": "import numpy as np\ndef f(a): return np.convolve(a, a)",
    "under a cell magic": "%%time\nimport numpy as np\ndef f(a): return np.convolve(a, a)",
    "among magics": "%pip list\nimport numpy as np\nfiles = !ls\nnp.pad?\n!ls\n"
    "if 1:\n    %matplotlib inline\ndef f(a): return np.convolve(a, a)",
    "where something is awaited": "import numpy as np\nawait g()\ndef f(a): return np.convolve(a)",
}


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND.keys())
def test_a_ready_made_function_is_found(source):
    assert names_in([source], "f", FORBIDDEN) == "numpy.convolve"


USED = "def f(a):\n    return c(a, a)"
MEANT = {
    "an import below it": ["def c(a, b): pass", "from numpy import convolve as c"],
    "an import in a try": ["def c(a, b): pass", "try:\n    from numpy import convolve as c\nexcept "
                          "ImportError:\n    pass"],
    "one of several names at once": ["import numpy as np\nc, d = np.convolve, 2"],
    "a function in an if": ["import numpy as np\nif 1:\n    def c(a, b): return np.convolve(a, b)"],
    "all of a module": ["from numpy import *", "def c(a, b): return convolve(a, b)"],
}  # fmt: skip


@pytest.mark.parametrize("cells", MEANT.values(), ids=MEANT.keys())
def test_a_helper_is_followed_to_what_it_means_in_the_end(cells):
    assert names_in([*cells, USED], "f", FORBIDDEN) == "numpy.convolve"


def test_an_answer_that_is_an_import_is_found():
    assert names_in(["from numpy import convolve as f"], "f", FORBIDDEN) == "numpy.convolve"


# What a student does in cells of their own, to compare with: their answer has nothing of it.
TRIED = (
    "import numpy as np\nfrom numpy import *\nfrom numpy import convolve as signal\n"
    "from numpy import convolve as c\nfull = f2 = np.convolve([1], [2])"
)
INNOCENT = {
    "a parameter": "def f(signal): return signal",
    "one with a star": "def f(*signal, **full): return signal, full",
    "a local variable": "def f(a):\n    full = [a]\n    return full",
    "a loop's variable": "def f(a):\n    for signal in a:\n        print(signal)",
    "a comprehension's variable": "def f(a): return [full for full in a if full]",
    "a lambda's parameter": "f = lambda full: full",
    "a variable of the function around it": "def f(full):\n    def inner():\n        return full\n"
                                            "    return inner()",
    "a method's": "class F:\n    def __call__(self, full): return self.signal(full)\nf = F()",
    "an error's name": "def f(a):\n    try:\n        a()\n    except ValueError as full:\n"
                       "        return full",
    "a name in a match": "def f(a):\n    match a:\n        case [signal, *full]: return full",
    "a function of that name below the import": "def c(a): return a\ndef f(a): return c(a)",
    "Python's own, beside all of a module": "def f(a): return len(list(a))",
    "a hint of a type": "def f(a: np.convolve) -> c: return a",
}  # fmt: skip


@pytest.mark.parametrize("source", INNOCENT.values(), ids=INNOCENT.keys())
def test_a_name_of_the_function_s_own_is_not_what_the_notebook_calls_so(source):
    assert names_in([TRIED, source], "f", (*FORBIDDEN, "numpy.len", "numpy.list")) is None


def test_a_name_that_is_declared_global_is_the_notebook_s():
    source = "def f(a):\n    global c\n    d, c = a, c\n    return c(a, a)"
    assert names_in([TRIED, source], "f", FORBIDDEN) == "numpy.convolve"


COSTLY = {
    "shell escapes": "!x\n" * 20_000,
    "magics that are none": "%x?\n" * 20_000,
    "questions": "a?" * 40_000,
    "very long": "x = 1\n" * 1_000_000,
    "long sum": "x = " + "1 + " * 20_000 + "1",
    "deep": "(" * 90_000,
    "a long word": "a" * 100_000,
    "many blanks": " " * 100_000 + "\n!",
    "many commas": "a, " * 30_000 + "= !",
    "functions in functions": "x = " + "lambda a: " * 90 + "a",
    "a chain of names": "x = a" + ".a" * 45_000,
    "a function of many names": "def x(a):\n" + "    a = a\n" * 10_000,
}


@pytest.mark.parametrize("source", COSTLY.values(), ids=COSTLY.keys())
def test_no_text_takes_long_to_read(source):
    started = time.thread_time()
    assert names_in([source] * 50, "x", FORBIDDEN) is None
    assert time.thread_time() - started < 5
