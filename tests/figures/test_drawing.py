"""Where nobody looks, drawing is switched off: figures have their values, pictures their words."""

import pytest

from convolab.figures import SlidingKernel1D, drawing, plots
from convolab.figures.picture import Picture, blank


@pytest.fixture
def nobody_looks(monkeypatch):
    monkeypatch.setattr(drawing, "_is_on", True)  # as it was, when the test has ended
    drawing.switch_off()


def test_a_figure_has_its_values_and_checks_and_no_controls(nobody_looks):
    figure = SlidingKernel1D([1, 2], [1])
    figure.x = 1
    assert (figure.y, list(figure.output)) == (2, [1, 2])
    assert figure.widget is figure.canvas
    with pytest.raises(ValueError, match="mode"):
        SlidingKernel1D([1, 2], [1], mode="none")


def test_a_picture_keeps_its_description(nobody_looks):
    picture = Picture.of(blank(10, 10), "Ten by ten.")
    assert (picture.png, picture.alt) == (b"", "Ten by ten.")
    assert SlidingKernel1D([1, 2], [1]).picture().alt


@pytest.mark.parametrize("name", ["stems", "before_after", "curves", "cells", "image", "images"])
def test_a_plot_looks_at_nothing_that_it_is_given(nobody_looks, name):
    assert getattr(plots, name)("no numbers", "at all", title="A row").alt == "A row"
    assert getattr(plots, name)(alt="In words").png == b""


def test_where_somebody_looks_everything_is_drawn():
    assert plots.stems([1, 2, 3]).png.startswith(b"\x89PNG")
    assert SlidingKernel1D([1, 2], [1]).widget.children
