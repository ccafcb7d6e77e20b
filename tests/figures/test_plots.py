"""The static pictures carry alternative text wherever they are shown."""

import re

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter

from convolab.figures import plots

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
    assert "95 % right" in PLOTS["confusion"]().alt
    assert "1 time 0 taken for 1" in PLOTS["confusion"]().alt
    assert "1 row and 1 column: 5." in plots.cells([[5]]).alt
    assert "1 number: 5." in plots.stems([5]).alt
    assert plots.stems([1, 2], alt="my own words").alt == "my own words"


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
