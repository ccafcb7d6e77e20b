"""The pictures of a submission are taken as data, and only where they are sound PNG."""

import nbformat
import pytest

from convolab.grading.pictures import MOST_BYTES, handed_in, in_words
from tests.grading.test_feedback import picture, shows_a_picture

IMPORT = "from convolab.check import check"


def taken(tmp_path, data, metadata=None):
    path = tmp_path / "work.ipynb"
    nbformat.write(shows_a_picture(data, metadata), path)
    return handed_in(path)[IMPORT].popleft()


def test_a_picture_comes_with_its_words_and_width(tmp_path):
    about = {"image/png": {"width": 300, "alt": "a kernel"}}
    [shown] = taken(tmp_path, {"image/png": picture()}, about)
    assert (shown.png, shown.alt, shown.width) == (picture(), "a kernel", 300)


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": '"><script>alert(1)</script>'},
        {"image/png": "bm8gcGljdHVyZQ=="},
        {"image/png": picture() + "A" * MOST_BYTES},
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"text/html": "<img src='https://example.org/seen.png'>"},
    ],
)
def test_what_is_no_sound_png_is_left_out(tmp_path, data):
    assert taken(tmp_path, data) == []


@pytest.mark.parametrize("width", ["1; x", -3, 10**9, {"a": 1}])
def test_a_width_that_is_none_is_left_out(tmp_path, width):
    [shown] = taken(tmp_path, {"image/png": picture()}, {"image/png": {"width": width}})
    assert shown.width is None


def test_a_file_that_cannot_be_read_has_no_pictures(tmp_path):
    (tmp_path / "work.ipynb").write_text("{")
    assert handed_in(tmp_path / "work.ipynb") == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Picture(alt='A \"bar\"', width=1, height=1, css_class='convolab-plot')", 'A "bar"'),
        ("<SlidingKernel1D: An input of 10 numbers.>", "An input of 10 numbers."),
        ("<Figure size 640x480 with 1 Axes>", ""),
        ("array([1, 2])", None),
        ("<built-in function sum>", None),
    ],
)
def test_what_stands_for_a_picture_is_told_from_other_values(text, says):
    assert in_words(text) == says
