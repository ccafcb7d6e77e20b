"""Feedback pages: points and hints, the work, the reports, the pictures; no script, no network."""

import base64
import io
import re

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook.converters import feedback
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in


def picture(width: int = 8) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (width, 8), "orange").save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()


def shows_a_picture(data: dict, metadata: dict | None = None):
    """Ada's notebook as she saved it: one cell, which shows this."""
    notebook = filled(RIGHT)
    notebook.cells[1].outputs = [
        nbformat.v4.new_output("display_data", data, metadata=metadata or {})
    ]
    return notebook


FIGURE = shows_a_picture(
    {
        "application/vnd.jupyter.widget-view+json": {"model_id": "gone", "version_major": 2},
        "image/png": picture(),
        "text/html": "<script>alert(1)</script>",
        "text/plain": "SlidingKernel1D(...)",
    },
    {"image/png": {"width": 300, "alt": 'A kernel "at" <place> 3'}},
)


def wordy():
    """A notebook with all that a student's own words may hold, too wide for a phone."""
    notebook = filled(RIGHT)
    wide = "|".join(f" place number {n} " for n in range(12))
    table = f"|{wide}|\n|{'---|' * 12}\n|{wide}|\n| | $x_1$ |"
    text = f"# Mine\n\n### and more\n\n{table}\n\n{'long' * 60} `{'code' * 60}` $x_i^2$\n\n"
    text += f"![a drawing](data:image/png;base64,{picture(900)})\n\n- [notes](https://example.org)"
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(text, id="words"))
    return notebook


@pytest.fixture(scope="module")
def course(graded_class, tmp_path_factory):
    """The graded class; the teacher has commented on squares, who is late, and given a point."""
    course = graded_class.copy(tmp_path_factory.mktemp("feedback") / "course")
    hand_in(course, "ada", FIGURE)
    hand_in(course, "wordy", wordy())
    grade_class(course, LESSON)
    time = course / "autograde" / "submitted" / "ada" / LESSON / "timestamp.txt"
    time.write_text("2026-11-20 15:04:00 UTC")
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        comment = book.find_comment("twice", LESSON, LESSON, "squares")
        comment.manual_comment = "Look at `2 * v` **again**: $x_i^2$"
        book.find_grade("test_twice", LESSON, LESSON, "squares").manual_score = 1
        book.find_submission_notebook(LESSON, LESSON, "squares").late_submission_penalty = 0.5
        book.db.commit()
    assert feedback(desk) is None
    return course


@pytest.fixture(scope="module")
def pages(course):
    """`pages(student)`: where the page of a student lies."""
    return lambda student: course / "autograde" / "feedback" / student / LESSON / f"{LESSON}.html"


def words(page) -> str:
    body = page.read_text().split("<body>")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def test_points_and_hints_come_first_then_the_work_and_its_reports(pages):
    page = words(pages("squares"))
    assert page.index("For squares") < page.index("These are the squares.")
    assert page.index("total 1 of 1 Right") < page.index("Your answer: twice")
    assert "return np.asarray(values) ** 2" in page
    assert "Not yet · 0 of 2 points" in page


def test_what_the_teacher_changed_and_wrote_is_told(pages):
    page = pages("squares").read_text()
    assert "1 of 2" in words(pages("squares"))
    assert "Your teacher set these points." in page
    assert "Look at <code>2 * v</code> <strong>again</strong>" in page
    assert "late−0.5" in words(pages("squares"))
    assert "1.5 of 3 points" in words(pages("squares"))


def test_a_formula_is_drawn_and_read_without_any_script(pages):
    assert 'aria-label="Formula in LaTeX: x_i^2"' in pages("squares").read_text()


def test_a_failed_hidden_case_shows_no_numbers(pages):
    page = pages("looked-up").read_text()
    assert "All the cases you can see are right" in page
    assert "difference</th>" not in page  # the table that lays expected and yours side by side


def test_a_live_figure_is_the_picture_that_was_handed_in(pages):
    page = pages("ada").read_text()
    assert f'src="data:image/png;base64,{picture()}"' in page
    assert "alert(1)" not in page
    assert "widget-view" not in page
    assert "handed in on 20 November 2026, 15:04 UTC" in words(pages("ada"))


def test_who_could_not_be_graded_gets_no_page(pages):
    assert not pages("broken").exists()


def test_no_page_asks_the_network_for_anything_or_runs_anything(course):
    for page in course.rglob("autograde/feedback/**/*.html"):
        assert not re.search(r"(src|href)=.?https?:|@import|<script|<link|url\(", page.read_text())


@pytest.mark.journey
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_quiet_and_fits_a_phone_and_a_desk(pages, browser, theme):
    for width in (390, 1100):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, bypass_csp=True
        )
        tab = context.new_page()
        for student in ("ada", "squares", "fails", "wordy"):
            address, heard = pages(student).as_uri(), []
            tab.once("request", lambda request, heard=heard: heard.append(request.url))
            tab.on("console", lambda message, heard=heard: heard.append(message.text))
            tab.on("requestfailed", lambda request, heard=heard: heard.append(request.url))
            tab.goto(address)
            assert heard == [address]
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert [v["id"] for v in Axe().run(tab).response["violations"]] == []
        context.close()
