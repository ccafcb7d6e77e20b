"""A teacher reads answers in formgrader: sees what was pasted, gives points, and they count."""

import pytest
from formgrader_page import enter, open_submission

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook import gradebook
from tests.grading.by_hand_class import by_hand_class, by_hand_course
from tests.grading.small_course import LESSON

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
]


def test_answers_are_read_and_graded_in_formgrader(tmp_path, bwrap, jupyter_lab, browser):
    course = by_hand_course(tmp_path / "course")
    for student in set(by_hand_class()) - {"pasted", "gone"}:
        (course / "autograde" / "submitted" / student).rename(tmp_path / student)
    grade_class(course, LESSON)
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        opened = {
            student: book.find_submission_notebook(LESSON, LESSON, student).id
            for student in ("pasted", "gone")
        }
    lab = jupyter_lab(course, role="teacher")

    # The picture, the table and the formula are seen; nothing that was pasted runs.
    tab = open_submission(browser, lab.server, opened["pasted"])
    answer = tab.locator(".nbgrader_cell", has=tab.locator("#essay"))
    assert answer.locator("img").evaluate("image => image.naturalWidth") == 320
    assert answer.locator("table svg.formula").is_visible()
    assert "<script>alert(1)</script>" in answer.inner_text()
    assert answer.locator("a, script").count() == 0
    # What its points are given for is right above it.
    rubric = tab.get_by_text("1 point: an example.").bounding_box()
    assert 0 < answer.bounding_box()["y"] - rubric["y"] < 200
    enter(tab.locator("#essay"), "2.5")
    enter(tab.locator("#sketch"), "2")
    enter(tab.locator("#field_trip"), "1")
    enter(tab.locator("#essay-comment"), "A good drawing.")
    tab.close()

    # Answers that were deleted have their boxes, too.
    tab = open_submission(browser, lab.server, opened["gone"])
    for name in ("essay", "sketch", "field_trip"):
        assert tab.locator(f"#{name}").is_visible()
    assert tab.get_by_text("was deleted from the notebook").count() == 2
    enter(tab.locator("#essay"), "0")
    tab.close()

    graded = grade_class(course, LESSON)
    assert graded.outcomes["pasted"].score == 8.5
    assert list(graded.outcomes["gone"].waiting) == ["sketch", "field_trip"]
    assert gradebook.standings(desk)["pasted"].score == 8.5
