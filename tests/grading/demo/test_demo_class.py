"""The demo's class: made from any lesson, and each student is what is said of them."""

import ast
import shutil
from pathlib import Path

import nbformat
import pytest
from rich.console import Console

from convolab.check.answer import Local
from convolab.check.cases import from_json, load
from convolab.check.ladder import judge
from convolab.course import lessons
from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises
from convolab.grading.demo.answers import uses
from convolab.grading.demo.demo_class import CORRECT, demo_class, notebook
from convolab.grading.demo.demo_course import demo
from convolab.grading.desk import open_desk
from convolab.grading.exercise_result import ExerciseResult
from convolab.problem import Problem

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[3]
LESSONS = [lesson for lesson in lessons(ROOT) if (ROOT / "solutions" / lesson).is_dir()]


def the_class(lesson):
    desk = open_desk(ROOT).at(lesson)
    exercises = load_exercises(ROOT / "autograde" / "exercises" / lesson)
    master = nbformat.read(desk.master(), as_version=4)
    return exercises, demo_class(master, exercises, list(desk.points()))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_makes_a_class_of_eight(lesson):
    exercises, students = the_class(lesson)
    assert len({student.name for student in students}) == 8
    expected = [student.expected for student in students]
    assert all(verdict == CORRECT for verdict in {**expected[0], **expected[1]}.values())
    assert students[0].answers != students[1].answers
    for mistaken in expected[2:6]:
        named = [e.misconception for e in mistaken.values() if e.misconception]
        assert named, "a mistaken student has no misconception"
    names = {
        (n, e.misconception.name) for m in expected[2:6] for n, e in m.items() if e.misconception
    }
    assert len(names) >= 4
    assert "missing" in {e.statuses[0] for e in expected[6].values()}
    assert "error" in {e.statuses[0] for e in expected[7].values()}
    assert set(expected[0]) == {name for name, exercise in exercises.items() if exercise.points}


def given(lesson):
    """The imports and functions that a lesson gives to everybody, outside the answer cells."""
    master = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    cells = [c for c in master.cells if c.cell_type == "code" and "nbgrader" not in c.metadata]
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    nodes = [n for c in cells for n in ast.parse(c.source).body if isinstance(n, kinds)]
    for node in nodes:
        if isinstance(
            node, ast.FunctionDef
        ):  # a default may be made by a cell that is not run here
            node.args.defaults = [
                value if isinstance(value, ast.Constant) else ast.Constant(None)
                for value in node.args.defaults
            ]
    return ast.unparse(ast.Module(nodes, []))


def resting_on(answers, name):
    """The texts that the verdict on an answer rests on: its own, and those of all that it calls."""
    found, todo = {}, [name]
    while todo:
        now = todo.pop()
        if now in answers and now not in found:
            found[now] = answers[now]
            todo += [other for other in answers if other != now and uses(answers[now], {other})]
    return frozenset(found.items())


def cases_of(exercises):
    """What grading asks, its hidden cases drawn; of open tasks what learners are asked, since to
    draw those anew proves each of their programs anew, as the build has done for three draws."""
    return {
        name: load(name)
        if exercise.kind == "open"
        else from_json(compile_exercise(exercise, 2026), exercise.folder)
        for name, exercise in exercises.items()
    }


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_checker_says_of_each_student_what_is_expected(lesson):
    exercises, students = the_class(lesson)
    checked = cases_of(exercises)
    known = {}  # most answers are the same for most students
    for student in students:
        written = {}
        exec(given(lesson), written)
        for answer in student.answers.values():
            if "def " in answer:  # by-hand answers may rest on the lesson's demonstrations
                exec(answer, written)
        for name, expected in student.expected.items():
            if exercises[name].speeds and expected == CORRECT:
                continue  # a race takes seconds; the journey runs it
            texts = name, resting_on(student.answers, name)
            if texts not in known:
                known[texts] = judge(checked[name], Local(written, name))
            found = known[texts]
            verdict = ExerciseResult(
                found.points, exercises[name].worth, found.status, found.hint, found.misconception
            )
            assert expected.fits(verdict), f"{student.name}, {name}: {verdict}"


def test_a_student_writes_into_answer_cells_only():
    lesson = LESSONS[0]
    _, students = the_class(lesson)
    released = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    work = notebook(released, students[0])
    changed = [a.source for a, b in zip(released.cells, work.cells, strict=True) if a != b]
    assert all("your code here" in source or "..." in source for source in changed)
    assert len(changed) == len(students[0].answers)


def test_a_folder_in_use_is_not_written_into(tmp_path):
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(Problem, match="is not empty"):
        demo(ROOT, LESSONS[0], Console(quiet=True), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_course_that_is_not_built_says_what_to_do(course, tmp_path):
    shutil.rmtree(course / "notebooks")
    with pytest.raises(Problem, match="convolab build"):
        demo(course, "01_small", Console(quiet=True), tmp_path / "class")
