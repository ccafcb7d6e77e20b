"""What the grader reads in the text of a notebook, and that no text keeps it busy."""

import time

import pytest

from convolab.grading.split.source import names_in

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
}


@pytest.mark.parametrize("source", COSTLY.values(), ids=COSTLY.keys())
def test_no_text_takes_long_to_read(source):
    started = time.thread_time()
    assert names_in([source] * 50, "x", FORBIDDEN) is None
    assert time.thread_time() - started < 5
