"""What cannot be graded is named in one sentence before anything is run."""

import os
import shutil

import nbformat
import pytest

from convolab.grading.desk import open_desk
from convolab.grading.intake import submissions
from convolab.grading.intake.submissions import find
from convolab.problem import Problem
from tests.grading.intake.desk_for_downloads import other_lesson
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in


def problem_of(course, student):
    [found] = [s for s in find(open_desk(course).at(LESSON)).submissions if s.student == student]
    return found.problem


def submitted(course):
    return course / "autograde" / "submitted"


def test_a_sound_submission_has_no_problem(course):
    hand_in(course, "ada", filled(RIGHT))
    assert problem_of(course, "ada") is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"cells": [', "line 1"),
        ("", "empty"),
        ("   \n", "empty"),
        ("not json at all", "not a notebook"),
        ("[1, 2]", "not a notebook"),
        ('{"a": 1}', "not a notebook"),
        ('{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a notebook"),
        ('{"cells": [7], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a"),
        (
            '{"cells": [{"source": {}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "not a",
        ),
        (b"\xff\xfe\x00{", "not a text file"),
        (b"\x00\x01\x02", "not a notebook"),
        ("[" * 100_000, "not a notebook"),
    ],
)
def test_a_broken_file_is_named_with_what_to_do(course, content, says):
    hand_in(course, "bo", content)
    problem = problem_of(course, "bo")
    assert says in problem
    assert f"{LESSON}.ipynb" in problem
    assert "ask for the file again" in problem
    assert "\n" not in problem


def test_a_wrong_file_name_is_named_and_the_right_one_told(course):
    path = hand_in(course, "bo", filled(RIGHT))
    path.rename(path.with_name("Untitled (1).ipynb"))
    assert problem_of(course, "bo") == (
        f"There is Untitled (1).ipynb where {LESSON}.ipynb is expected: rename it."
    )


def test_several_wrong_names_are_all_named(course):
    path = hand_in(course, "bo", filled(RIGHT))
    path.with_name("b.ipynb").write_bytes(path.read_bytes())
    path.rename(path.with_name("a.ipynb"))
    assert "a.ipynb, b.ipynb" in problem_of(course, "bo")


def test_a_folder_without_a_notebook_says_so(course):
    path = hand_in(course, "bo", filled(RIGHT))
    path.rename(path.with_suffix(".txt"))
    assert problem_of(course, "bo") == f"{LESSON}.ipynb is missing: the folder holds no notebook."


@pytest.mark.parametrize("name", ["a b", "x;rm -rf", "[abc]", "a+b", "*", "-x", "{id}", "a\nb"])
def test_a_student_id_that_is_not_a_plain_name_is_refused(course, name):
    hand_in(course, name, filled(RIGHT))
    assert "not a plain name" in problem_of(course, name)


@pytest.mark.parametrize("name", ["ada", "s123456", "müller", "a.b-c_d", "ada@example.org", "7"])
def test_ordinary_student_ids_are_accepted(course, name):
    hand_in(course, name, filled(RIGHT))
    assert problem_of(course, name) is None


def test_links_are_refused_whatever_they_point_to(course, tmp_path):
    real = hand_in(course, "ada", filled(RIGHT))
    home = submitted(course)
    (home / "folder").symlink_to(home / "ada")
    (home / "lesson").mkdir()
    (home / "lesson" / LESSON).symlink_to(real.parent)
    (home / "file" / LESSON).mkdir(parents=True)
    (home / "file" / LESSON / f"{LESSON}.ipynb").symlink_to(real)
    hand_in(course, "beside", filled(RIGHT))
    (home / "beside" / LESSON / "data").symlink_to("/etc")
    for student in ("folder", "lesson", "file", "beside"):
        assert "is a link" in problem_of(course, student)
    assert problem_of(course, "ada") is None


def test_a_time_of_submission_that_is_no_time_is_named(course):
    path = hand_in(course, "bo", filled(RIGHT))
    path.with_name("timestamp.txt").write_text("yesterday evening")
    assert "timestamp.txt" in problem_of(course, "bo")
    path.with_name("timestamp.txt").write_text("2026-11-20 15:00:00 UTC")
    assert problem_of(course, "bo") is None


def test_dot_folders_and_stray_files_are_passed_over_with_a_note(course):
    hand_in(course, "ada", filled(RIGHT))
    hand_in(course, ".Trash", filled(RIGHT))
    (submitted(course) / "grades.xlsx").touch()
    found = find(open_desk(course).at(LESSON))
    assert [s.student for s in found.submissions] == ["ada"]
    assert [note.split()[0] for note in found.notes] == [".Trash", "grades.xlsx"]


def test_who_handed_in_another_lesson_only_is_not_in_the_list(course):
    hand_in(course, "ada", filled(RIGHT))
    (submitted(course) / "bo" / "02_other").mkdir(parents=True)
    assert [s.student for s in find(open_desk(course).at(LESSON)).submissions] == ["ada"]


def test_an_empty_desk_says_where_submissions_belong(course):
    with pytest.raises(Problem, match=f"autograde/submitted/<student>/{LESSON}/{LESSON}.ipynb"):
        find(open_desk(course).at(LESSON))


def test_any_change_of_what_was_handed_in_changes_its_fingerprint(course):
    path = hand_in(course, "ada", filled(RIGHT))
    [before] = find(open_desk(course).at(LESSON)).submissions
    first = before.fingerprint()
    assert before.fingerprint() == first
    path.with_name("helper.py").write_text("x = 1")
    second = before.fingerprint()
    nbformat.write(filled({}), path)
    assert len({first, second, before.fingerprint()}) == 3


def test_names_that_are_not_utf_8_stop_nothing(course):
    path = hand_in(course, "ada", filled(RIGHT))
    (path.parent / os.fsdecode(b"caf\xe9.txt")).write_text("beside")
    shutil.copytree(submitted(course) / "ada", submitted(course) / os.fsdecode(b"zo\xeb"))
    found = {s.student: s for s in find(open_desk(course).at(LESSON)).submissions}
    assert found["ada"].problem is None
    assert len(found["ada"].fingerprint()) == 64
    assert "not a plain name" in found["zo\\xeb"].problem
    found["zo\\xeb"].problem.encode("utf-8")


@pytest.mark.parametrize("names", [True, False])
def test_the_notebook_of_another_lesson_is_named(course, names):
    other = course / "solutions" / "02_other" / "02_other.ipynb"
    other.parent.mkdir()
    other.write_text(other_lesson())
    hand_in(course, "ada", filled(RIGHT))
    hand_in(course, "bo", other_lesson(names))
    assert problem_of(course, "ada") is None
    assert problem_of(course, "bo") == (
        f"{LESSON}.ipynb holds the notebook of 02_other: put the student's notebook of {LESSON} in "
        "its place."
    )


def test_work_without_any_names_is_still_this_lesson(course):
    notebook = filled(RIGHT)
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    hand_in(course, "ada", notebook)
    assert problem_of(course, "ada") is None


def test_late_without_a_time_is_noted_until_the_time_is_written(course):
    folder = hand_in(course, "ada", filled(RIGHT)).parent
    (folder / "late.txt").write_text("Canvas marks this submission as late.")
    [note] = find(open_desk(course).at(LESSON)).notes
    assert "write the time into timestamp.txt" in note
    (folder / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC")
    assert find(open_desk(course).at(LESSON)).notes == []


def test_a_fault_while_one_students_files_are_looked_at_costs_that_student(course, monkeypatch):
    for student in ("ada", "bo", "cy"):
        hand_in(course, student, filled(RIGHT))
    right = submissions._unfit_files

    def fails(folder):
        if folder.parent.name == "bo":
            raise RuntimeError("a fault of ours")
        return right(folder)

    monkeypatch.setattr(submissions, "_unfit_files", fails)
    found = {s.student: s.problem for s in find(open_desk(course).at(LESSON)).submissions}
    assert [found["ada"], found["cy"]] == [None, None]
    assert "The grader failed on it (RuntimeError: a fault of ours). The details" in found["bo"]
