"""The sources of the course: complete, used by a lesson, and on one page."""

from pathlib import Path

import pytest

from convolab.authoring.bibliography import PAGE, sources
from convolab.authoring.build import BuildFailed, build, written_lessons
from convolab.authoring.lesson import parse_lesson, read_lesson
from tests.authoring.small_course import FIRST, edit, line_of

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """\
# The sources.

[gundersen]
author = "Gregory Gundersen"
title = "From Convolution to Neural Network"
year = 2017
"""
SECTION = """\
# %% [markdown]
# ## Where this comes from
#
# - Gregory Gundersen, *From convolution to
#   neural network*, 2017. The idea of doubling.

# %% heavy=true"""


@pytest.fixture
def text(course: Path) -> Path:
    """The lesson of a small course that names a source."""
    (course / "lessons" / "bibliography.toml").write_text(ENTRY)
    path = course / "lessons" / "00_twice.py"
    edit(path, "# %% heavy=true", SECTION)
    return path


def refusal(course: Path) -> str:
    """The one sentence with which the page is refused; the lessons are built."""
    with pytest.raises(BuildFailed) as caught:
        build(course)
    [problem] = caught.value.report.problems
    assert not (course / PAGE).exists()
    return problem


def test_the_page_lists_each_source_with_the_lessons_that_name_it(course, text):
    assert PAGE in build(course).changed
    lines = (course / PAGE).read_text().splitlines()
    assert lines[-1] == (
        "- Gregory Gundersen, *From Convolution to Neural Network*, 2017. "
        "Lesson [00](00_twice/00_twice.ipynb)."
    )
    assert build(course).changed == []


def test_the_page_says_where_a_source_is_and_lists_the_oldest_first(course, text):
    extra = 'journal = "a blog"\nurl = "https://example.org/post"\n'
    old = '[old]\nauthor = "A. Bee and others"\ntitle = "Old"\nyear = 1962\n'
    (course / "lessons" / "bibliography.toml").write_text(ENTRY + extra + old)
    edit(text, "The idea of doubling.", "The idea of doubling.\n# - A. Bee, *Old*, 1962. More.")
    build(course)
    first, second = (course / PAGE).read_text().splitlines()[-2:]
    assert first.startswith("- A. Bee and others, *Old*, 1962. Lesson")
    assert (
        "[*From Convolution to Neural Network*](https://example.org/post), 2017. a blog." in second
    )


def test_it_goes_with_the_bibliography(course, text):
    build(course)
    (course / "lessons" / "bibliography.toml").unlink()
    assert build(course).changed == [PAGE]
    assert not (course / PAGE).exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("year = 2017\n", "", 3, "gundersen: the year is missing."),
        ("year = 2017", 'year = "2017"', 3, "gundersen: year must be a whole number."),
        ("year = 2017", "year = true", 3, "gundersen: year must be a whole number."),
        ('"Gregory Gundersen"', '""', 3, "gundersen: author must be text in quotes."),
        ("title", "titles", 3, "gundersen: an entry has no 'titles'; did you mean 'title'?"),
        ("year = 2017", "year = 2017\nurl = 'www'", 3, "an address that starts with https://"),
        ("year = 2017", "year = = 2017", 6, "this is not valid TOML: "),
        ("[gundersen]", "x = 1\n[gundersen]", 3, "x: an entry is a [table]."),
        (
            "year = 2017",
            "year = 2016",
            None,
            "bibliography.toml has no entry for *From convolution",
        ),
        ("Gundersen", "Other", None, "bibliography.toml has no entry for *From convolution"),
    ],
)
def test_an_entry_that_is_incomplete_or_missing(course, text, old, new, line, says):
    path = course / "lessons" / "bibliography.toml"
    path.write_text(ENTRY.replace(old, new))
    with pytest.raises(BuildFailed) as caught:
        build(course)
    problems = caught.value.report.problems
    assert any(says in problem for problem in problems), problems
    place = f"{path.name}:{line}: " if line else f"{text.name}:{line_of(text, '# - Greg')}: "
    assert any(place in problem for problem in problems), problems
    assert all(problem.endswith((".", "?")) for problem in problems)


def test_an_entry_that_no_lesson_uses(course, text):
    more = '[spare]\nauthor = "A. Bee"\ntitle = "Spare"\nyear = 1962\n'
    (course / "lessons" / "bibliography.toml").write_text(ENTRY + more)
    assert "bibliography.toml:7: no lesson names spare" in refusal(course)


def test_one_work_under_two_keys(course, text):
    again = ENTRY.replace("[gundersen]", "[again]").replace("Gregory", "G.")
    (course / "lessons" / "bibliography.toml").write_text(ENTRY + again)
    assert "bibliography.toml:9: again is gundersen again" in refusal(course)


@pytest.mark.parametrize(
    "item", ["Gregory Gundersen, a blog.", "Gundersen, *Blog*, 2017", "*Blog*, 2017. It.", ""]
)
def test_a_source_that_is_not_written_as_one(item):
    lesson = parse_lesson(FIRST.replace("# %% heavy=true", SECTION), "00_twice")
    assert len(sources(lesson)[0]) == 1
    section = f"# %% [markdown]\n# ## Where this comes from\n#\n# - {item}\n\n# %% heavy=true"
    found, [mistake] = sources(parse_lesson(FIRST.replace("# %% heavy=true", section), "00_twice"))
    assert found == []
    assert "`- Author, *Title*, year. What comes from it.`" in mistake.says


@pytest.mark.parametrize("lesson", written_lessons(ROOT))
def test_a_lesson_that_says_where_it_comes_from_names_a_source(lesson):
    found, mistakes = sources(read_lesson(ROOT, lesson))
    assert mistakes == []
    text = (ROOT / "lessons" / f"{lesson}.py").read_text(encoding="utf-8")
    assert bool(found) == ("## Where this comes from" in text)
