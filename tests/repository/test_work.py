"""A student's saved work survives every start and every new release."""

import os
from pathlib import Path

import pytest

from convolab.problem import Problem
from convolab.work import bring_lessons, latest_lesson

LESSON = "01_convolution_1d/01_convolution_1d.ipynb"
BESIDE = "01_convolution_1d/01_convolution_1d_newer.ipynb"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    release(tmp_path, "first", "00_start_here/00_start_here.ipynb")
    release(tmp_path, "first")
    return tmp_path


def release(course: Path, text: str, name: str = LESSON) -> None:
    path = course / "notebooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def work(course: Path, name: str = LESSON) -> Path:
    return course / "work" / name


def notebooks(course: Path) -> list[str]:
    return sorted(str(p.relative_to(course / "work")) for p in course.glob("work/*/*"))


def test_the_first_start_copies_every_released_lesson_and_says_nothing(course):
    assert bring_lessons(course) == []
    assert notebooks(course) == ["00_start_here/00_start_here.ipynb", LESSON]
    assert work(course).read_text() == "first"


def test_saved_work_survives_a_second_start(course):
    bring_lessons(course)
    work(course).write_text("mine")
    assert bring_lessons(course) == []
    assert work(course).read_text() == "mine"
    assert not work(course, BESIDE).exists()


def test_a_newer_release_lies_beside_saved_work_and_is_announced_once(course):
    bring_lessons(course)
    work(course).write_text("mine")
    release(course, "second")
    (sentence,) = bring_lessons(course)
    assert f"work/{BESIDE}" in sentence
    assert work(course).read_text() == "mine"
    assert work(course, BESIDE).read_text() == "second"
    assert bring_lessons(course) == []


def test_a_copy_that_was_never_changed_becomes_the_newer_release(course):
    bring_lessons(course)
    release(course, "second")
    assert bring_lessons(course) == []
    assert work(course).read_text() == "second"
    assert not work(course, BESIDE).exists()


def test_work_saved_in_the_newer_copy_is_left_alone_as_well(course):
    bring_lessons(course)
    work(course).write_text("mine")
    release(course, "second")
    bring_lessons(course)
    work(course, BESIDE).write_text("mine too")
    release(course, "third")
    (sentence,) = bring_lessons(course)
    assert "01_convolution_1d_newer_2.ipynb" in sentence
    assert work(course).read_text() == "mine"
    assert work(course, BESIDE).read_text() == "mine too"


def test_an_untouched_newer_copy_is_renewed_in_its_place(course):
    bring_lessons(course)
    work(course).write_text("mine")
    release(course, "second")
    bring_lessons(course)
    release(course, "third")
    assert bring_lessons(course) == []
    assert work(course, BESIDE).read_text() == "third"


def test_a_deleted_copy_is_made_anew(course):
    bring_lessons(course)
    work(course).unlink()
    bring_lessons(course)
    assert work(course).read_text() == "first"


def test_a_file_of_the_students_own_under_a_lessons_name_is_never_overwritten(course):
    work(course).parent.mkdir(parents=True)
    work(course).write_text("mine, before the course came")
    (sentence,) = bring_lessons(course)
    assert work(course).read_text() == "mine, before the course came"
    assert work(course, BESIDE).read_text() == "first"
    assert BESIDE in sentence


@pytest.mark.parametrize("record", [None, "", "{", "[1]", '{"a": 1}'])
def test_a_lost_or_broken_record_costs_no_work(course, record):
    bring_lessons(course)
    work(course).write_text("mine")
    path = course / "work" / ".released.json"
    path.unlink() if record is None else path.write_text(record)
    bring_lessons(course)
    assert work(course).read_text() == "mine"


def test_checkpoints_are_not_taken_for_releases(course):
    release(course, "old", "01_convolution_1d/.ipynb_checkpoints/x-checkpoint.ipynb")
    bring_lessons(course)
    assert notebooks(course) == ["00_start_here/00_start_here.ipynb", LESSON]


def test_the_course_opens_at_lesson_00_and_later_where_the_student_saved_last(course):
    bring_lessons(course)
    assert latest_lesson(course) == Path("00_start_here/00_start_here.ipynb")
    work(course, "00_start_here/00_start_here.ipynb").write_text("mine")
    work(course).write_text("mine")
    os.utime(work(course, "00_start_here/00_start_here.ipynb"), (1, 1))
    assert latest_lesson(course) == Path(LESSON)


def test_a_course_without_lessons_is_one_sentence(tmp_path):
    with pytest.raises(Problem, match="There are no lessons in"):
        bring_lessons(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_sentence(course):
    (course / "work").write_text("a file in the way")
    with pytest.raises(Problem, match=r"cannot be written.*copy the course to a folder"):
        bring_lessons(course)
