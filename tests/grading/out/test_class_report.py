"""The class report: one page that needs no network and reads well for everybody."""

import datetime
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from convolab.grading.desk import open_desk
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.out.class_figures import class_figures
from convolab.grading.out.class_report import render, write_report
from convolab.grading.out.named_report import people, speed
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in

POINTS = {"convolve_at": 3.0, "echo": 2.0}
CLASS = [
    {"convolve_at": ExerciseResult(3, 3, "correct"), "echo": ExerciseResult(2, 2, "correct")},
    {
        "convolve_at": ExerciseResult(
            1, 3, "partial", "It is `g[x - i]`, not <g>.", "not reversed"
        ),
        "echo": ExerciseResult(0, 2, "missing", "still the stub"),
    },
]


PROBLEMS = {"zoe": "01.ipynb is <empty>: ask for the file again."}


def page(named: bool) -> str:
    scores = [sum(v.score for v in said.values()) for said in CLASS]
    figures = class_figures(scores, CLASS, POINTS)
    ids, ran = ("ada", "bo"), speed({"ada": 0.2, "bo": 12.5})
    by_student = dict(zip(ids, CLASS, strict=True)), {"bo": "Bo <b>Peep</b>"}
    with_names = people(dict(zip(ids, scores, strict=True)), by_student[0], 5, by_student[1], ran)
    return render(
        figures,
        "01 · Small",
        PROBLEMS,
        datetime.date(2026, 11, 20),
        speed=ran,
        named=with_names if named else None,
    )


@pytest.fixture(scope="module", params=[False, True], ids=["nameless", "with names"])
def page_text(request) -> str:
    return page(named=request.param)


def test_it_shows_counts_hints_and_problems(page_text):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page_text))
    for part in ("20 November 2026, 2 students", "3 of 5 points", "echo with 50 %", "not reversed"):
        assert part in text
    assert "It is <code>g[x - i]</code>, not &lt;g&gt;." in page_text
    assert "the slowest for 12.5 s" in text


def test_nobody_is_named_unless_it_is_asked_for():
    text = page(named=False)
    assert "No names are shown." in text
    for word in ("ada", "bo<", "Peep", "zoe", "01.ipynb"):
        assert word not in text
    assert "1 not in the counts above" in text


def test_with_names_it_says_who_needs_help_and_why():
    text = page(named=True)
    assert "With names: for teachers only." in text
    assert "Bo &lt;b&gt;Peep&lt;/b&gt;" in text
    assert "1 student with less than half of the points" in text
    assert "01.ipynb is &lt;empty&gt;: ask for the file again." in text


def test_it_asks_the_network_for_nothing(page_text):
    assert not re.search(r"https?://|@import|<script|<link|src=", page_text)


@pytest.mark.journey
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
def test_it_is_accessible_and_fits_in_both_themes(page_text, browser, width, theme):
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    tab.set_content(page_text)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab).response["violations"]
    assert [v["id"] for v in found] == []
    tab.close()


def test_it_counts_the_graded_and_names_the_others(graded_class, tmp_path):
    course = graded_class.copy(tmp_path / "copy")
    hand_in(course, "ada", "broken since")
    hand_in(course, "late", filled(RIGHT))
    text = write_report(course, LESSON, names=True).read_text()
    assert "11 students" in text
    assert "These are the squares." in text
    assert "Half of the submissions ran for at most" in text
    for student in ("ada", "broken", "late"):
        assert f'<th scope="row">{student}</th>' in text
    assert text.count("run `convolab grade`") == 1
    nameless = write_report(course, LESSON)
    assert nameless.name == f"{LESSON}.html"
    assert "3 not in the counts above" in nameless.read_text()


def test_a_grade_changed_by_hand_is_the_one_that_counts(graded_class, tmp_path):
    course = graded_class.copy(tmp_path / "copy")
    assert _full_marks(write_report(course, LESSON)) == 4
    with open_desk(course).gradebook() as book:
        book.find_grade("test_twice", LESSON, LESSON, "squares").manual_score = 2
        book.db.commit()
    assert _full_marks(write_report(course, LESSON)) == 5


def _full_marks(page) -> int:
    return int(re.search(r"All points</dt><dd>(\d+)", page.read_text())[1])


def test_before_anything_is_graded_it_says_what_to_do(course):
    hand_in(course, "ada", filled(RIGHT))
    with pytest.raises(Problem, match="run `convolab grade 01_small` first"):
        write_report(course, LESSON)
