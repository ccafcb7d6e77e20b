"""The pictures of a submission are taken as data, and only where they are sound."""

import base64
import io
import struct

import nbformat
import pytest
from PIL import Image

from convolab.grading.pages.pictures import MOST_BYTES, handed_in, in_words
from tests.grading.out.test_feedback import picture, shows_a_picture

IMPORT = "from convolab.check import check"


def taken(tmp_path, data, metadata=None):
    path = tmp_path / "work.ipynb"
    nbformat.write(shows_a_picture(data, metadata), path)
    return handed_in(path)[IMPORT].popleft()


def test_a_picture_comes_with_its_words_and_width(tmp_path):
    about = {"image/png": {"width": 300, "alt": "a kernel"}}
    [shown] = taken(tmp_path, {"image/png": picture()}, about)
    assert (shown.data, shown.alt, shown.width) == (picture(), "a kernel", 300)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_what_a_photograph_or_a_plot_is_saved_as_is_known_by_its_content(tmp_path, kind):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "orange").save(drawn, kind)
    content = base64.b64encode(drawn.getvalue()).decode()
    [shown] = taken(tmp_path, {"image/png": content})
    assert shown.address == f"data:image/{kind.lower()};base64,{content}"


def enormous() -> str:
    """A PNG of a few bytes that a browser would unpack to gigabytes."""
    size = struct.pack(">II", 100_000, 100_000)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + size + b"\x08\x06\0\0\0"
    return base64.b64encode(start + bytes(4)).decode()


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": enormous()},
        {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>").decode()},
        {"image/jpeg": base64.b64encode(b"<svg onload='alert(1)'/>").decode()},
        {"image/png": '"><script>alert(1)</script>'},
        {"image/png": "bm8gcGljdHVyZQ=="},
        {"image/png": picture() + "A" * MOST_BYTES},
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"text/html": "<img src='https://example.org/seen.png'>"},
    ],
)
def test_what_is_no_sound_picture_is_left_out(tmp_path, data):
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
