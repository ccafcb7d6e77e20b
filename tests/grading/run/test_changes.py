"""Whose grade a grading changed, and why: each part that a grade depends on is told apart."""

import csv
import io
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from convolab.grading import grade as grading
from convolab.grading.desk import open_desk
from convolab.grading.grade import GradeOptions, grade, grade_class
from convolab.grading.gradebook.converters import autograde
from convolab.grading.out.changes_table import print_changes
from convolab.grading.run.changes import changes
from convolab.grading.run.last_grades import FILE, CellGrade, LastGrades, StudentGrades
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in, small_course

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

LUCKY, UNLUCKY = 1, 2  # seeds without and with a number of 900 or more
MEMORISED = "def total(values):\n    return {1: 7.0, 3: 8.0, -1: 8.0}[values[0]]"
SMALL_ONLY = (
    "def twice(values):\n    if len(values) == 0:\n        raise ValueError\n"
    "    return [2 * v if v < 900 else 0 for v in values]"
)


@pytest.fixture(scope="module")
def class_of_three(bwrap, tmp_path_factory):
    """All right; a known mistake; and one that knows the visible cases by heart. Ada is late."""
    course = small_course(tmp_path_factory.mktemp("changes") / "course")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.PerDay.share = 0.5\n")
    work = {"ada": RIGHT, "bob": {**RIGHT, **SQUARES}, "cy": {**RIGHT, "total": MEMORISED}}
    for student, answers in work.items():
        hand_in(course, student, filled(answers))
    stamp = course / "autograde" / "submitted" / "ada" / LESSON / "timestamp.txt"
    stamp.write_text("2026-11-21 10:00:00 UTC")
    with open_desk(course).gradebook() as book:
        book.add_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    assert grade_class(course, LESSON, GradeOptions(jobs=1)).changes is None
    return course


@pytest.fixture
def course(class_of_three, tmp_path):
    return shutil.copytree(class_of_three, tmp_path / "course")


def changed(course, **options) -> list[tuple[str, str, str, str, str]]:
    found = grade_class(course, LESSON, GradeOptions(jobs=1, **options)).changes
    return [(c.student, c.exercise, c.old, c.new, ", ".join(c.why)) for c in found]


def mend(path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def spec(course, name: str):
    return course / "autograde" / "exercises" / LESSON / name


def master(course):
    return course / "solutions" / LESSON / f"{LESSON}.ipynb"


def records(course):
    return course / "autograde" / "results" / LESSON


def test_where_nothing_changed_one_line_says_so_and_nothing_is_listed(course):
    console = Console(file=io.StringIO(), width=100)
    assert grade(course, LESSON, GradeOptions(jobs=1), console=console) == 0
    assert "Nobody's grade has changed." in console.file.getvalue()
    assert not (records(course) / "changes.csv").exists()


def test_a_new_file_and_a_mended_hint_are_told_apart(course):
    hand_in(course, "cy", filled({**RIGHT, "total": "def total(values):\n    return 0.5"}))
    mend(spec(course, "twice.py"), "These are the squares.", "You squared instead of doubling.")
    assert changed(course) == [
        ("bob", "twice", "0 of 2", "0 of 2", "hint only"),
        ("cy", "total", "1 of 1", "0 of 1", "new file"),
    ]
    assert changed(course) == []


def test_points_that_were_changed_and_built(course):
    mend(spec(course, "twice.py"), '"numbers": 1,', '"numbers": 4,')
    mend(master(course), '"points": 2', '"points": 5')
    late = ("ada", "late work", "-1.5", "-3", "points")
    assert changed(course) == [
        ("ada", "twice", "2 of 2", "5 of 5", "points"),
        late,
        ("bob", "twice", "0 of 2", "0 of 5", "points"),
        ("cy", "twice", "2 of 2", "5 of 5", "points"),
    ]


def test_a_case_that_was_added_by_itself_and_with_a_hint_and_another_seed(course):
    added = 'exercise.shows("sum", [1, 2, 4], [9, 9],'
    mend(spec(course, "total.py"), 'exercise.shows("sum", [1, 2, 4],', added)
    mend(spec(course, "twice.py"), "These are the squares.", "You squared.")
    assert changed(course, seed=3) == [
        ("bob", "twice", "0 of 2", "0 of 2", "hint only, seed"),
        ("cy", "total", "1 of 1", "0 of 1", "case"),
    ]


def test_another_seed_that_catches_somebody(course):
    hand_in(course, "cy", filled({**RIGHT, "twice": SMALL_ONLY}))
    grade_class(course, LESSON, GradeOptions(jobs=1, seed=LUCKY))
    assert changed(course, seed=UNLUCKY) == [("cy", "twice", "2 of 2", "1 of 2", "seed")]
    mend(spec(course, "total.py"), "exercise = ", "# a comment changes no grade\nexercise = ")
    assert changed(course, seed=LUCKY) == [("cy", "twice", "1 of 2", "2 of 2", "seed")]


def test_points_that_a_teacher_gives_and_takes_back(course):
    desk = open_desk(course).at(LESSON)

    def give(points):
        with desk.gradebook() as book:
            book.find_grade("test_twice", LESSON, LESSON, "bob").manual_score = points
            book.db.commit()

    give(1.5)
    assert changed(course) == [("bob", "twice", "0 of 2", "1.5 of 2", "by hand")]
    give(None)
    hand_in(course, "bob", filled(RIGHT))
    assert changed(course) == [("bob", "twice", "1.5 of 2", "2 of 2", "new file, by hand")]


@pytest.mark.parametrize(
    ("change", "new", "why"),
    [
        (lambda c: (c / "autograde" / "extensions.csv").write_text(
            "student,lesson,days,until\nada,01,1,\n"), "0", "extension"),
        (lambda c: (c / "autograde" / "submitted" / "ada" / LESSON / "timestamp.txt").write_text(
            "2026-11-20 10:00 UTC"), "0", "hand-in time"),
        (lambda c: mend(c / "autograde" / "nbgrader_config.py", "share = 0.5", "share = 0.25"),
         "-0.75", "late policy"),
    ],
)  # fmt: skip
def test_what_is_taken_off_for_late_work_has_reasons_of_its_own(course, change, new, why):
    change(course)
    assert changed(course) == [("ada", "late work", "-1.5", new, why)]


def test_a_due_date_that_was_moved(course):
    with open_desk(course).gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-30 12:00:00 UTC")
    assert changed(course) == [("ada", "late work", "-1.5", "0", "due date")]


def test_a_broken_file_changes_no_grade_and_the_mended_one_is_a_new_file(course):
    sound = course / "autograde" / "submitted" / "cy" / LESSON / f"{LESSON}.ipynb"
    sound.write_text("{")
    assert changed(course) == []
    hand_in(course, "cy", filled({"twice": RIGHT["twice"]}))
    assert changed(course) == [("cy", "total", "1 of 1", "0 of 1", "new file")]


def test_a_grading_that_was_stopped_is_told_by_the_next_one(course, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    hand_in(course, "cy", filled({"twice": RIGHT["twice"]}))
    monkeypatch.setattr(grading, "_note_changes", stop)
    with pytest.raises(KeyboardInterrupt):
        grade_class(course, LESSON, GradeOptions(jobs=1))
    monkeypatch.undo()
    assert changed(course) == [("cy", "total", "1 of 1", "0 of 1", "new file")]


def test_what_nbgrader_graded_in_between_has_its_reason_and_what_it_graded_first_has_none(course):
    hand_in(course, "cy", filled({"twice": RIGHT["twice"]}))
    assert autograde(open_desk(course).at(LESSON), "cy") is None
    assert changed(course) == [("cy", "total", "1 of 1", "0 of 1", "new file")]
    (records(course) / FILE).write_text("{ damaged")
    hand_in(course, "cy", filled(RIGHT))
    assert changed(course) == [("cy", "total", "0 of 1", "1 of 1", "not recorded")]


def test_whoever_is_graded_for_the_first_time_is_no_change(course):
    hand_in(course, "dee", filled(RIGHT))
    assert changed(course) == []


def test_all_changes_are_listed_with_their_time_one_after_another(course):
    table = records(course) / "changes.csv"
    hand_in(course, "cy", filled({"twice": RIGHT["twice"]}))
    mend(spec(course, "twice.py"), "These are the squares.", "You squared.")
    console = Console(file=io.StringIO(), width=100)
    grade(course, LESSON, GradeOptions(jobs=1), console=console)
    text = " ".join(console.file.getvalue().split())
    assert "Whose grade changed: 2 students" in text
    assert "cy total 1 of 1 → 0 of 1 new file" in text
    assert f"All changes so far: autograde/results/{LESSON}/changes.csv" in text
    table.write_text(table.read_text().rstrip("\n"))  # as some editors leave it
    hand_in(course, "cy", filled(RIGHT))
    grade_class(course, LESSON, GradeOptions(jobs=1))
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert [(r["student"], r["old"], r["new"], r["why"]) for r in rows] == [
        ("bob", "0 of 2", "0 of 2", "hint only"),
        ("cy", "1 of 1", "0 of 1", "new file"),
        ("cy", "0 of 1", "1 of 1", "new file"),
    ]
    assert all(datetime.fromisoformat(row["when"]).tzinfo for row in rows)


# --- The comparison by itself.

PARTS = {
    "": {"seed": "1", "settings": "a", "checker": "a", "due date": "", "teacher's notebook": "a"},
    "twice": {
        "points": "a", "hints": "a", "cases": "a", "visible": "b", "built": "a", "helpers": "a",
        "program": "a",
    },
}  # fmt: skip
OLD = StudentGrades({"twice": CellGrade(2, 2, "right", 2)}, 0, {"files": "a"}, "before")
WORSE = CellGrade(1, 2, "partly", 1)


def why(new_cell=WORSE, own=None, **others) -> list[str]:
    """The reasons for a worse grade if these parts are others, by exercise or "lesson"."""
    now = {
        name: parts | {part: f"other {part}" for part in others.get(name or "lesson", ())}
        for name, parts in PARTS.items()
    }
    new = replace(OLD, cells={"twice": new_cell}, own=own or OLD.own, standard="now")
    (found,) = changes(
        LastGrades({"ada": OLD}, {"before": PARTS}), LastGrades({"ada": new}, {"now": now})
    )
    return list(found.why)


@pytest.mark.parametrize(
    ("others", "reasons"),
    [
        ({}, ["run again"]),
        ({"lesson": ["checker"]}, ["checker"]),
        ({"lesson": ["settings"]}, ["settings"]),
        ({"lesson": ["teacher's notebook"]}, ["teacher's notebook"]),
        ({"lesson": ["due date"]}, ["run again"]),  # which costs no exercise anything
        ({"lesson": ["seed"], "twice": ["cases"]}, ["seed"]),
        ({"lesson": ["seed"], "twice": ["cases", "visible"]}, ["case", "seed"]),
        ({"lesson": ["seed"], "twice": ["cases", "program"]}, ["case", "seed"]),
        ({"twice": ["cases"]}, ["case"]),
        ({"twice": ["program"]}, ["case"]),
        ({"twice": ["helpers"]}, ["case"]),
        ({"twice": ["points", "program"]}, ["points"]),
        ({"twice": ["hints", "program"]}, ["case"]),
        ({"lesson": ["seed", "checker"], "twice": ["hints"]}, ["seed", "checker"]),
        ({"own": {"files": "b"}, "lesson": ["checker"], "twice": ["cases", "points"]},
         ["new file", "points", "case", "checker"]),
    ],
)  # fmt: skip
def test_every_part_that_is_another_one_is_named_and_no_other(others, reasons):
    assert why(**others) == reasons


def test_the_same_points_with_another_hint_are_called_that():
    other_hint = CellGrade(2, 2, "another", 2)
    assert why(other_hint, twice=["hints"]) == ["hint only"]
    assert why(other_hint, own={"files": "b"}) == ["new file", "hint only"]
    assert why(other_hint) == ["hint only", "run again"]


def test_points_by_hand_are_the_only_reason_where_the_checker_says_what_it_said():
    assert why(CellGrade(1, 2, "partly", 2, "1.0 0.0"), lesson=["checker"]) == ["by hand"]
    assert why(CellGrade(1, 2, "partly", 0, "1.0 0.0"), lesson=["checker"]) == [
        "checker", "by hand",
    ]  # fmt: skip


def test_a_long_table_is_cut_on_the_screen_and_says_so():
    many = {f"s{n}": OLD for n in range(70)}
    worse = {s: replace(OLD, cells={"twice": WORSE}) for s in many}
    found = changes(LastGrades(many, {"before": PARTS}), LastGrades(worse, {"before": PARTS}))
    console = Console(file=io.StringIO(), width=100)
    print_changes(found, console)
    assert "Whose grade changed: 70 students" in console.file.getvalue()
    assert "s59" in console.file.getvalue()
    assert "s60" not in console.file.getvalue()
    assert "And 10 more." in console.file.getvalue()
