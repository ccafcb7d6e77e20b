"""The gallery of figures: a notebook beside the lessons that is built with them and not graded."""

import nbformat
import pytest

from convolab import course as course_of
from convolab import figures
from convolab.authoring.build import BuildFailed, build
from convolab.authoring.gallery import GALLERY
from tests.authoring.test_course_as_it_is import ROOT

TEXT = "# %% [markdown]\n# # Figures\n\n# %%\nfigure = 1\nfigure\n"


@pytest.fixture
def text(course):
    """The text of a small course's gallery."""
    path = course / "lessons" / "figures_gallery.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_is_built_with_the_lessons_as_a_plain_notebook(course, text):
    assert GALLERY in build(course).changed
    notebook = nbformat.read(course / GALLERY, as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["# Figures", "figure = 1\nfigure"]
    assert not any("nbgrader" in cell.metadata for cell in notebook.cells)
    assert build(course).changed == []


def test_it_is_no_lesson(course, text):
    known = course_of.lessons(course)
    build(course)
    assert course_of.lessons(course) == known
    assert not (course / "solutions" / "figures_gallery").exists()


def test_it_goes_with_its_text_and_is_left_alone_where_it_was_edited(course, text):
    build(course)
    built = (course / GALLERY).read_text(encoding="utf-8")
    (course / GALLERY).write_text(built.replace("figure = 1", "figure = 2"), encoding="utf-8")
    text.unlink()
    with pytest.raises(BuildFailed, match=r"figures_gallery\.ipynb was edited by hand"):
        build(course)
    (course / GALLERY).write_text(built, encoding="utf-8")
    assert build(course).changed == [GALLERY]
    assert not (course / GALLERY).exists()


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ('# %% exercise="twice"\nx = 1\n', r"figures_gallery.py:8: the gallery's cells are plain"),
        ("# %%\nx = 1\nx = = 2\n", r"figures_gallery.py:10: this is not valid Python"),
    ],
)
def test_a_mistake_is_named_by_its_line(course, text, cell, complaint):
    text.write_text(TEXT + "\n" + cell, encoding="utf-8")
    with pytest.raises(BuildFailed, match=complaint):
        build(course)


def test_every_figure_has_its_section():
    source = (ROOT / "lessons" / "figures_gallery.py").read_text(encoding="utf-8")
    assert [name for name in figures.__all__ if f"# ## {name}\n" not in source] == []
