"""`convolab build`: deterministic, all or nothing for each lesson, careful with others' work."""

import errno
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from convolab.authoring.build import BuildFailed, build
from convolab.problem import Problem
from tests.authoring.small_course import (
    FIRST,
    HALF,
    SECOND,
    Edited,
    cell_named,
    edit,
    line_of,
    new_cell,
)

FIRST_FILES = {
    "convolab/cases/00_twice.json",
    "convolab/cases/00_twice/twice.json",
    "convolab/cases/00_twice/by_hand_six.json",
    "solutions/00_twice/00_twice.ipynb",
    "notebooks/00_twice/00_twice.ipynb",
}
SECOND_FILES = {
    "convolab/cases/01_half.json",
    "convolab/cases/01_half/half.json",
    "solutions/01_half/01_half.ipynb",
    "notebooks/01_half/01_half.ipynb",
}


def files(course: Path) -> dict[str, bytes]:
    """Every file of the course, but what Python keeps for itself."""
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in course.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def changed(report) -> set[str]:
    return {path.as_posix() for path in report.changed}


def failed(course: Path, **options) -> list[str]:
    """The sentences of a build that fails."""
    with pytest.raises(BuildFailed) as caught:
        build(course, **options)
    return caught.value.report.problems


def test_a_build_writes_three_things_of_each_lesson_and_nothing_else(course):
    before = files(course)
    assert changed(build(course)) == FIRST_FILES | SECOND_FILES
    assert files(course).keys() - before.keys() == FIRST_FILES | SECOND_FILES


def test_a_second_build_finds_nothing_to_do(built):
    before = {path: (built / path).stat().st_mtime_ns for path in files(built)}
    assert build(built).changed == []
    assert before == {path: (built / path).stat().st_mtime_ns for path in files(built)}


def test_other_processes_on_other_days_build_the_same_bytes(built, tmp_path):
    as_built = files(built)
    for path in FIRST_FILES | SECOND_FILES:
        (built / path).unlink()
    program = "import sys, pathlib; from convolab.authoring.build import build; "
    program += "build(pathlib.Path(sys.argv[1]))"
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": ""}
    subprocess.run([sys.executable, "-c", program, built], check=True, env=env, cwd=tmp_path)
    assert files(built) == as_built


def test_checking_writes_nothing_and_names_what_is_out_of_date(built):
    assert build(built, check=True).changed == []
    edit(built / "lessons" / "00_twice.py", "for 3 it is 6", "for 4 it is 8")
    before = files(built)
    assert changed(build(built, check=True)) == {
        "solutions/00_twice/00_twice.ipynb",
        "notebooks/00_twice/00_twice.ipynb",
    }
    assert files(built) == before


def test_one_lesson_can_be_built_alone(course):
    assert changed(build(course, lessons=["01_half"])) == SECOND_FILES
    with pytest.raises(Problem, match=r"no lessons/02_x.py; the lessons are 00_twice, 01_half"):
        build(course, lessons=["02_x"])


def test_long_work_says_what_it_does(course):
    steps = []
    build(course, progress=steps.append)
    assert steps == [
        "00_twice: text and cases",
        "01_half: text and cases",
        "00_twice: students' notebook",
        "01_half: students' notebook",
    ]


def test_a_folder_without_lessons_is_no_reason_to_remove_anything(tmp_path):
    with pytest.raises(Problem, match="There are no lessons in"):
        build(tmp_path)


# --- Mistakes


def test_a_broken_lesson_stops_only_itself(built):
    before = files(built)
    edit(built / "lessons" / "00_twice.py", "    ### END SOLUTION", "")
    edit(built / "lessons" / "01_half.py", "# ## Halves", "# ## Two halves")
    problems = failed(built)
    line = line_of(built / "lessons" / "00_twice.py", "    ### BEGIN")
    assert problems == [
        f"lessons/00_twice.py:{line}: BEGIN SOLUTION without an END SOLUTION below it."
    ]
    after = files(built)
    assert {path for path in FIRST_FILES if before[path] != after[path]} == set()
    assert b"Two halves" in after["notebooks/01_half/01_half.ipynb"]


def test_all_mistakes_of_all_lessons_are_reported_together(course):
    edit(course / "lessons" / "00_twice.py", "(7 minutes)", "(1 minute)")
    edit(course / "lessons" / "00_twice.py", "# %% heavy=true", "# %% warm=true")
    edit(course / "lessons" / "01_half.py", '\ncheck("half")', '\ncheck("half");')
    before = files(course)
    problems = failed(course)
    assert [problem.split(": ")[0] for problem in problems] == [
        f"lessons/00_twice.py:{line_of(course / 'lessons' / '00_twice.py', 'minutes: 9')}",
        f"lessons/00_twice.py:{line_of(course / 'lessons' / '00_twice.py', 'warm')}",
        f"lessons/01_half.py:{line_of(course / 'lessons' / '01_half.py', ');')}",
    ]
    assert files(course) == before


def test_a_name_may_stand_in_one_lesson_only(course):
    (course / "lessons" / "01_half.py").write_text(SECOND.replace("half", "twice"))
    exercises = course / "autograde" / "exercises" / "01_half"
    (exercises / "half.py").unlink()
    (exercises / "twice.py").write_text(HALF.replace("half", "twice"))
    [problem] = failed(course)
    assert "twice is already a name in lessons/00_twice.py" in problem
    assert problem.startswith("lessons/01_half.py:")


def test_an_exercise_that_is_not_sound_is_named_with_its_file_and_line(course):
    path = course / "autograde" / "exercises" / "00_twice" / "twice.py"
    edit(path, '"value**2"', '"value * 2"')
    [problem] = failed(course)
    line = line_of(path, "exercise.slip")
    assert problem.startswith(f"autograde/exercises/00_twice/twice.py:{line}: exercise twice: ")
    assert "'squared' passes all visible cases" in problem


def test_exercises_without_a_lesson_are_named(course):
    (course / "autograde" / "exercises" / "02_more").mkdir()
    [problem] = failed(course)
    assert problem == (
        "autograde/exercises/02_more: there is no lessons/02_more.py for these exercises."
    )


def test_an_exercise_beside_the_folders_of_the_lessons_is_named(course):
    (course / "autograde" / "exercises" / "01_half.py").write_text(HALF)
    [problem] = failed(course)
    assert problem == (
        "autograde/exercises/01_half.py: each exercise has its own file: "
        "put it in the folder 01_half/."
    )


def test_an_unreadable_lesson_and_an_unrunnable_exercise_stop_only_their_lesson(course):
    (course / "lessons" / "02_latin.py").write_bytes(b"# na\xefve")
    exercise = course / "autograde" / "exercises" / "00_twice" / "twice.py"
    exercise.write_text("import nonsense_that_is_not")
    problems = failed(course)
    assert len(problems) == 2
    assert (course / "notebooks" / "01_half" / "01_half.ipynb").is_file()
    assert not (course / "notebooks" / "00_twice").exists()


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(built, monkeypatch):
    edit(built / "lessons" / "01_half.py", "# ## Halves", "# ## Two halves")
    before = files(built)
    room = iter([True])  # for one file

    def make(made=tempfile.mkstemp, **where):
        if next(room, False):
            return made(**where)
        raise OSError(errno.ENOSPC, "No space left on device", "a part")

    monkeypatch.setattr(tempfile, "mkstemp", make)
    with pytest.raises(Problem, match=r"01_half\.ipynb.*cannot be written"):
        build(built)
    assert files(built) == before


# --- What others wrote


def test_a_notebook_edited_by_hand_is_left_alone_with_all_of_its_lesson(built):
    solution = built / "solutions" / "00_twice" / "00_twice.ipynb"
    with Edited(solution) as cells:
        cell_named(cells, "two-and-two")["source"] += "\nMine."
    edit(built / "lessons" / "00_twice.py", "for 3 it is 6", "for 4 it is 8")
    edit(built / "lessons" / "01_half.py", "# ## Halves", "# ## Two halves")
    before = files(built)
    [problem] = failed(built)
    assert problem.startswith("solutions/00_twice/00_twice.ipynb was edited by hand")
    assert "`convolab adopt 00`" in problem
    after = files(built)
    assert {path for path in after if after[path] != before[path]} == {
        "convolab/cases/01_half.json",
        "solutions/01_half/01_half.ipynb",
        "notebooks/01_half/01_half.ipynb",
    }
    assert failed(built, check=True) == [problem]


def test_running_a_notebook_is_no_edit(built):
    solution = built / "solutions" / "00_twice" / "00_twice.ipynb"
    as_built = solution.read_bytes()
    with Edited(solution) as cells:
        cell_named(cells, "test_twice")["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": "2.0"}
        ]
        cell_named(cells, "test_twice")["execution_count"] = 4
        cells.append(new_cell("code", ""))
    assert changed(build(built, check=True)) == {"solutions/00_twice/00_twice.ipynb"}
    build(built)
    assert solution.read_bytes() == as_built


def test_an_edit_that_the_lesson_now_says_itself_is_no_obstacle(built):
    with Edited(built / "solutions" / "00_twice" / "00_twice.ipynb") as cells:
        cell = cell_named(cells, "two-and-two")
        cell["source"] = cell["source"].replace("for 3 it is 6", "for 4 it is 8")
    edit(built / "lessons" / "00_twice.py", "for 3 it is 6", "for 4 it is 8")
    assert "solutions/00_twice/00_twice.ipynb" in changed(build(built))


def test_a_released_notebook_that_somebody_worked_in_is_left_alone(built):
    with Edited(built / "notebooks" / "00_twice" / "00_twice.ipynb") as cells:
        cell_named(cells, "by_hand_six")["source"] = "by_hand_six = 6"
    [problem] = failed(built)
    assert problem.startswith("notebooks/00_twice/00_twice.ipynb was edited by hand")
    assert "work/" in problem


@pytest.mark.parametrize("content", [b"{", b"<<<<<<< HEAD", b"[]", b'{"cells": 3}', b"\xff"])
def test_a_broken_notebook_is_not_overwritten_but_named(built, content):
    solution = built / "solutions" / "00_twice" / "00_twice.ipynb"
    solution.write_bytes(content)
    [problem] = failed(built)
    assert problem.startswith("solutions/00_twice/00_twice.ipynb cannot be read as a notebook")
    assert solution.read_bytes() == content


def test_a_notebook_of_somebody_else_in_this_place_is_not_overwritten(built):
    solution = built / "solutions" / "00_twice" / "00_twice.ipynb"
    notebook = json.loads(solution.read_text())
    del notebook["metadata"]["convolab"]
    solution.write_text(json.dumps(notebook))
    [problem] = failed(built)
    assert "was not made by `convolab build`" in problem


def test_what_was_built_from_a_lesson_that_is_gone_is_removed(built):
    (built / "lessons" / "01_half.py").unlink()
    shutil.rmtree(built / "autograde" / "exercises" / "01_half")
    assert changed(build(built, check=True)) == SECOND_FILES
    assert files(built).keys() >= SECOND_FILES
    build(built)
    assert not SECOND_FILES & files(built).keys()
    assert not (built / "solutions" / "01_half").exists()


def test_what_was_built_and_then_edited_is_kept_when_its_lesson_is_gone(built):
    (built / "lessons" / "01_half.py").unlink()
    shutil.rmtree(built / "autograde" / "exercises" / "01_half")
    with Edited(built / "solutions" / "01_half" / "01_half.ipynb") as cells:
        cells.append(new_cell("markdown", "Mine."))
    before = files(built)
    [problem] = failed(built)
    assert "solutions/01_half/01_half.ipynb" in problem
    assert files(built) == before


def test_the_cases_of_an_exercise_that_is_gone_are_removed(built):
    stale = built / "convolab" / "cases" / "00_twice" / "gone.json"
    stale.write_text("{}")
    assert changed(build(built)) == {"convolab/cases/00_twice/gone.json"}
    assert not stale.exists()


def test_assignments_and_files_of_a_teachers_own_are_left_alone(built):
    own = built / "solutions" / "10_mine" / "10_mine.ipynb"
    own.parent.mkdir()
    own.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (built / "solutions" / "00_twice" / "picture.png").write_bytes(b"")
    before = files(built)
    assert build(built).changed == []
    assert files(built) == before


def test_the_cases_hold_numbers_and_no_code(built):
    cases = json.loads((built / "convolab" / "cases" / "00_twice" / "twice.json").read_text())
    assert cases["name"] == "twice"
    text = json.dumps(cases)
    assert "def " not in text
    assert "return" not in text


def test_a_lesson_keeps_its_place_whoever_wrote_it(course):
    windows = FIRST.replace("\n", "\r\n").encode()
    build(course)
    as_built = files(course)
    (course / "lessons" / "00_twice.py").write_bytes(windows)
    assert build(course).changed == []
    assert {p: c for p, c in files(course).items() if p in FIRST_FILES} == {
        p: as_built[p] for p in FIRST_FILES
    }
