"""The static pictures carry alternative text wherever they are shown."""

import io
import re

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter
from PIL import Image

from convolab.figures import plots
from convolab.figures.colour_pictures import colour_pictures

PLOTS = {
    "stems": lambda: plots.stems([10, 9, -3, 1], title="the recording"),
    "before_after": lambda: plots.before_after([1, 2, 3], [0, 1, 2, 3]),
    "before_after, long": lambda: plots.before_after(np.arange(50), np.arange(50)),
    "curves": lambda: plots.curves({"noisy": [1, 2, 1], "smooth": [1, 1.5, 1]}),
    "cells": lambda: plots.cells([[1, -1], [0, 2 / 3]], title="a kernel"),
    "image": lambda: plots.image(np.eye(8) * 16, title="a digit"),
    "large image": lambda: plots.image(np.zeros((40, 60))),
    "images": lambda: plots.images({"input": np.eye(20), "output": np.ones((18, 18))}),
    "confusion": lambda: plots.confusion([[9, 1], [0, 10]]),
    "colour_pictures": lambda: colour_pictures(np.zeros((5, 8, 9, 3)), "abcde"),
}


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_a_small_png_with_words(name):
    picture = PLOTS[name]()
    assert picture.png.startswith(b"\x89PNG")
    assert len(picture.png) < 80_000
    assert len(picture.alt) > 20
    assert 100 <= picture.width <= 760
    data, _ = picture._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "text/plain"}
    assert data["text/plain"] == picture.alt


def test_the_words_are_made_from_the_numbers():
    assert "10, 9, −3, 1" in PLOTS["stems"]().alt
    assert "1, −1; 0, ⅔" in PLOTS["cells"]().alt
    assert "1 row and 1 column: 5." in plots.cells([[5]]).alt
    assert "1 number: 5." in plots.stems([5]).alt
    assert "19 of 20 right, 95 %." in PLOTS["confusion"]().alt
    assert "Most often wrong: 0 taken for 1 once." in PLOTS["confusion"]().alt
    assert plots.stems([1, 2], alt="my own words").alt == "my own words"


def test_a_confusion_matrix_says_which_class_was_taken_for_which():
    alt = plots.confusion([[5, 2, 0], [0, 4, 1], [0, 0, 3]], names="abc").alt
    assert "a right 5 of 7, taken for b twice; b right 4 of 5, taken for c once;" in alt
    assert "c right 3 of 3." in alt
    assert "wrong" not in plots.confusion([[3]]).alt
    assert plots.confusion([[0, 0], [0, 0]]).alt == "Confusion matrix: 0 of 0 right."


def test_curves_say_how_they_go_on():
    falling = np.linspace(2.3, 0.3, 41)
    jumping = np.where(np.arange(41) % 2, 5.0, 2.4)
    alt = plots.curves({"rate 0.05": falling, "rate 1.5": jumping}, title="Loss").alt
    assert "rate 0.05: 41 numbers, 2.3 at 0, 1.9 at 8, 1.5 at 16, 1.1 at 24" in alt
    assert "lowest 0.3 at 40, highest 2.3 at 0." in alt
    assert "lowest 2.4 at 0, highest 5 at 1." in alt
    assert "all 1" in plots.curves({"flat": np.ones(30)}).alt


def test_two_signals_say_where_they_differ():
    assert "They differ at 2, most at 2, by 9." in plots.before_after([1, 2, 9], [1, 2, 0]).alt
    assert "They are the same." in plots.before_after([1, 2], [1, 2]).alt
    assert "They differ everywhere, most at 1, by 3." in plots.before_after([1, 2], [2, 5]).alt


def test_pictures_say_where_they_are_bright():
    picture = np.zeros((9, 12))
    picture[7, 10] = 8
    alt = plots.images({"spot": picture, "dark": np.zeros((4, 4))}).alt
    assert "spot, 9 rows and 12 columns, from 0 to 8, mean 0.07, brightest at row 7, col" in alt
    assert "left to right: top 0, 0, 0; middle 0, 0, 0; bottom 0, 0, 0.67." in alt
    assert "dark, 4 rows and 4 columns, all 0." in alt
    assert "its rows: 1, 0, 0; 0, 1, 0; 0, 0, 1" in plots.images({"kernel": np.eye(3)}).alt
    wide = plots.cells(np.arange(22).reshape(2, 11)).alt
    assert "Of all, lowest 0 at row 0, column 0, highest 21 at row 1, column 10." in wide


@pytest.mark.parametrize(
    "picture",
    [
        lambda: plots.stems([3]),
        lambda: plots.cells([[1]]),
        lambda: plots.image([[7]]),
        lambda: plots.images({"": [[1, 2]]}),
        lambda: plots.before_after([1], [2]),
    ],
)
def test_one_of_anything_is_written_in_the_singular(picture):
    assert not re.search(r"\b1 (numbers|rows|columns|times|images)", picture().alt)


def test_an_exported_notebook_shows_the_words_as_alternative_text():
    data, metadata = PLOTS["stems"]()._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    page, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    alts = re.findall(r'<img[^>]*alt="([^"]*)"', page)
    assert alts == ["the recording as stems, 4 numbers: 10, 9, −3, 1."]


@pytest.mark.parametrize(
    ("draw", "complaint"),
    [
        (lambda: plots.stems([]), "has no numbers"),
        (lambda: plots.stems([1, float("nan")]), "nan or infinity"),
        (lambda: plots.stems("abc"), "list or array"),
        (lambda: plots.stems([1], role="noise"), "role must be one of"),
        (lambda: plots.cells([1, 2]), "rows and columns"),
        (lambda: plots.cells([[1, 2], [3]]), "rows of different lengths"),
        (lambda: plots.curves({}), "one to three"),
        (lambda: plots.confusion([[1, 2]]), "as many rows as columns"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(draw, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        draw()
    assert str(error.value).endswith(".")


def test_the_picture_is_saved_as_a_file(tmp_path):
    PLOTS["cells"]().save(tmp_path / "kernel.png")
    assert (tmp_path / "kernel.png").read_bytes().startswith(b"\x89PNG")


def test_pictures_in_colour_are_named_by_their_captions_and_shown_as_they_are():
    red = np.zeros((4, 4, 3), np.uint8)
    red[..., 0] = 255
    picture = colour_pictures([red, np.ones((3, 5))], ["a red one", "white"])
    assert picture.alt == "2 pictures in colour: a red one; white."
    with Image.open(io.BytesIO(picture.png)) as shown:
        assert (255, 0, 0) in [colour for _, colour in shown.convert("RGB").getcolors(10**6)]
    assert colour_pictures([red]).alt == "A picture in colour."


@pytest.mark.parametrize(
    ("pictures", "captions", "says"),
    [
        ([], (), "1 to 36 pictures, not 0"),
        ([np.zeros((4, 4, 3))] * 37, (), "not 37"),
        ([np.zeros((3, 4, 4))], (), "the colours last"),
        ([np.zeros((4, 0, 3))], (), "the shape"),
        (["cat"], (), "the shape"),
        ([np.zeros((4, 4))], ["a", "b"], "1 picture has 2 captions"),
        ([np.zeros((4, 4))] * 2, ["a"], "2 pictures have 1 caption"),
    ],
)
def test_what_are_no_pictures_in_colour_is_said(pictures, captions, says):
    with pytest.raises(ValueError, match=says):
        colour_pictures(pictures, captions)
