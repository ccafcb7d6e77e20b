"""What stopped a call, explained: each error by a line that raises it."""

import numpy as np
import pytest

from convolab.check.errors import explain
from tests.check.cell import line

A, B, C = np.ones((2, 4)), np.ones((2, 3)), np.arange(5)

EXPLAINED = [
    (
        "a + b",
        (A, B),
        "`a` of shape (2, 4) cannot be combined number by number with `b` of shape (2, 3): "
        "along the last axis, 4 is not 3",
    ),
    ("a[:, :2] * b", (A, B), "an array of shape (2, 2) cannot be combined"),
    ("a[5:] * b", (C, C), "the one with a 0 is empty"),
    ("a @ b", (A, B), "4 columns meet 2 rows"),
    ("a[:, :1] @ b", (A, B), "here 1 column meets 2 rows"),
    ("np.dot(a, b)", (A, B), "4 columns on the left meet 2 rows on the right"),
    ("a @ b", (3, A), "`@` multiplies arrays as matrices"),
    ("a[:2, :2] = b", (A, B), "an array of shape (2, 3) does not fit into a slice of shape (2, 2)"),
    ("a[0:-0] = 1 + b", (C.copy(), C), "which is empty"),
    ("a.reshape(3, 2)", (A,), "8 numbers cannot be laid out as (3, 2), which takes 6"),
    ("a.reshape(3, -1)", (A,), "8 numbers cannot be laid out as (3, -1)"),
    ("np.max(a[9:])", (C,), "the array or list is empty"),
    ("max(a[9:])", ([1],), "the array or list is empty"),
    ("np.array([[1, 2], [3]])", (), "rows of different lengths"),
    ("a[0] = b", (np.zeros(3), C), "several numbers are put into one place"),
    ("float(a)", (C,), "one number is needed here"),
    ("np.concatenate([a, b])", (A, B), "equally long along every other axis"),
    ("np.stack([a, b])", (A, B), "equally long"),
    ("np.zeros(a)", (-3,), "a negative number of rows or columns"),
    ("a[b > 2]", (B, C), "True and False"),
    ("np.einsum('ij,jk', a, b)", (A, B), ""),
    ("a[b]", (C, 5), "there is no index 5: `a` has 5 places and its last index is 4"),
    ("a[b - 9]", (C, 1), "counting from the end its indices go down to −5"),
    ("a[0, b + 1]", (A, 3), "print `b + 1` before it"),
    ("a[b]", ([1, 2], 2), "it has 2 entries, so its last index is 1"),
    ("a[0] = b", ([], 1), "`a` is empty, so it has no entry"),
    ("a[0, 1]", (C,), "2 indices are used on `a`, which has 1 axis"),
    ("a[b / 2]", (C, 4), "must be a whole number of type int"),
    ("a[: b / 2]", ([1, 2], 4), "a slice bound must be a whole number"),
    ("a[0, 1]", ([[1]],), "takes them one after the other, as in a[i][j]"),
    ("a[0][0][0]", (A,), "a single number is indexed"),
    ("a[0]", (3,), "a single number is indexed"),
    ("a.sum(axis=2)", (A,), "there is no axis 2: the array has axes 0 to 1"),
    ("n, m, k = a.shape", (A,), "the array has fewer axes than you expect"),
    ("n, m = a", ([1, 2, 3],), "there are 2 names on the left"),
    ("if a > 0: pass", (A,), "asks whether a whole array is true"),
    ("max(0, a)", (A,), "`np.maximum`"),
    ("a + b", ([1], 2), "joins lists"),
    ("a - b", ([1], 2), "`np.array(…)` turns a list into an array"),
    ("a * b", ([1], 2.5), "`np.array(…)` turns a list into an array"),
    ("a + b", (None, 2), "`a` is None, so there is nothing to calculate with"),
    ("a + b", (1, "2"), "a string is used as a number"),
    ("a < b", ([1], 2), "`np.array(…)`"),
    ("range(a / 2)", (4,), "`//` gives a whole number"),
    ("range(a)", ([1, 2],), "is `len` missing?"),
    ("np.zeros(a)", (2.0,), "only a whole number works"),
    (
        "len(a)",
        (None,),
        "`a` is None: a function that ends without a return gives None",
    ),
    ("a[0]", (None,), "`a` is None"),
    ("a.shape", (None,), "`a` is None"),
    ("for x in a: pass", (None,), "`a` is None"),
    ("for x in a: pass", (3,), "is `range` missing?"),
    ("a(0)", (C,), "`a` is an array, and round brackets call a function"),
    ("a(0)", ([1],), "an index goes in square ones"),
    ("a(1)", (3,), "is a * missing"),
    ("len(a)", (3,), "is a comma missing in a tuple of one"),
    ("a[0] = 1", ((1, 2),), "a list or an array can"),
    ("a[0] = 1", (range(3),), "list(range(n))"),
    ("a += b", (C.copy(), 0.5), "which holds whole numbers only: make it an array of floats"),
    ("-a", ([1],), "`-` does not work on a list"),
    ("{a: 1}", ([1],), "cannot be a dictionary key"),
    (
        "a.shape",
        ([1],),
        "`a` is a list, which has no `shape`; `np.array(…)` turns it into an array",
    ),
    ("a.append(1)", (C,), "its length is fixed"),
    ("a.shpe", (C,), "did you mean `shape`?"),
    ("np.zeroes(3)", (), "did you mean `zeros`?"),
    ("a['w']", ({"v": 1},), "`a` has no entry 'w'"),
    ("a['w']", ({},), "`a` is empty and has no entry 'w'"),
    ("1 / a", (0,), "`a` is 0, and this divides by it"),
    ("1 % (a - b)", (2, 2), "this divides by 0"),
    ("int(a)", (float("inf"),), "infinity cannot be turned into a whole number"),
    ("int(a)", (float("nan"),), "nan"),
    ("a[0] = 300", (np.zeros(2, np.uint8),), "300 does not fit into uint8"),
    ("import math; math.exp(a)", (1e9,), "too large"),
    ("import math; math.sqrt(a)", (-1,), "a root or a logarithm"),
    ("import nonsense", (), "there is no module `nonsense`"),
    ("from math import nonsense", (), "there is no `nonsense` in `math`"),
    ("open('nothing.txt')", (), "there is no file called nothing.txt"),
    ("next(iter([]))", (), "nothing is left"),
    ("[a.pop(k) for k in a]", ({"x": 1, "y": 2},), "changes while a loop goes through it"),
    ("b'\\xff'.decode()", (), "the wrong encoding"),
    ("int('two')", (), "a string that is not a number"),
    ("np.linalg.inv(a)", (np.ones((2, 2)),), "cannot be inverted"),
    ("exec('if x')", (), "Python cannot read the code"),
    ("exec('if 1:\\nx = 1')", (), "the indentation is uneven"),
    ("import sys; sys.exit()", (), "it ends Python"),
    ("raise KeyboardInterrupt", (), "stopped while it was still running"),
    ("np.zeros((10**6, 10**6, 100))", (), "would need"),
    (
        "a += b",
        (np.zeros(1), A[0]),
        "has shape (1,) and cannot grow: the right side has shape (4,)",
    ),
    ("np.pad(b, a)", (A, (1, 0.5)), "`np.pad` needs a whole number of places"),
    ("np.pad(a, b)", (C, (1, -1)), "`np.pad` cannot add fewer than 0 places"),
    ("np.lib.stride_tricks.sliding_window_view(a, b)", (C, 9), "larger than the array"),
    ("np.lib.stride_tricks.sliding_window_view(a, b)", (A, 2), "along each of its axes"),
    ("np.tensordot(a, b, axes=([1], [1]))", (A, B), "over pairs of axes"),
    ("a[[0, 1], [0, 1, 2]]", (A,), "lists of indices pick places together"),
    ("np.fft.rfft(a, b)", (C, -1), "at least 1 number"),
    ("np.sum(a, axis=(1, 1))", (A,), "the same axis is named twice"),
    ("a[::b]", (C, 0), "a step of 0"),
    ("range(1, 5, a)", (0,), "a step of 0"),
    ("a + b", ("x", 2), "`+` between a string and an int does not add numbers"),
    ("isinstance((int, float), a)", (3,), "`isinstance` takes the value first"),
    ("a.astype('same')", (A,), "'same' is not the name of a dtype"),
    ("np.einsum(a, 'ij->i', b)", (A, B), "takes the letters first"),
    ("a[1]", ([4],), "it has 1 entry, so its last index is 0"),
    ("a[1]", (np.ones(1),), "`a` has 1 place and its last index is 0"),
]


@pytest.mark.parametrize(
    ("code", "arguments", "says"), EXPLAINED, ids=[one[0] for one in EXPLAINED]
)
def test_an_error_is_explained_with_its_line(code, arguments, says):
    found = explain(line(code, *arguments))
    assert found is not None
    assert says.lower() in found.lower()
    assert "`" in found
    assert found.endswith((".", "?"))
    assert "Traceback" not in found


def test_the_sentence_ends_with_the_line_and_what_to_print():
    says = explain(line("return a[b + 1]", C, 4))
    assert says == (
        "There is no index 5: `a` has 5 places and its last index is 4. Look at the line "
        "`return a[b + 1]`: print `b + 1` before it."
    )
