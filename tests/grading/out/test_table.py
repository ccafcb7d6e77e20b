"""The table at the end of grading: problems first, and readable for 3 students and for 300."""

import io
import random

from rich.console import Console

from convolab.grading.class_result import ClassResult, SubmissionResult, with_problem
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.out.table import print_table

POINTS = {"convolve_at": 3.0, "convolve_fast": 2.0}
LOST = with_problem(POINTS, "01.ipynb is [empty]: ask for the file again.")


def outcome(share: float) -> SubmissionResult:
    statuses = {0: "missing", 0.5: "partial", 1: "correct"}
    return SubmissionResult(
        {
            name: ExerciseResult(share * worth, worth, statuses[share], "Hint.")
            for name, worth in POINTS.items()
        }
    )


def printed(outcomes: dict[str, SubmissionResult], notes: tuple[str, ...] = ()) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_table(ClassResult("01_small", outcomes, seconds=41.2, notes=list(notes)), console)
    return console.file.getvalue()


def test_a_small_class_has_a_row_a_student_and_problems_come_first():
    text = printed({"ada": outcome(1), "bo": outcome(0.5), "zoe": LOST}, ("grades.xlsx was left.",))
    lines = text.splitlines()
    first = {name: next(i for i, line in enumerate(lines) if f" {name} " in line)
             for name in ("zoe", "ada", "bo")}  # fmt: skip
    assert first["zoe"] < first["ada"] < first["bo"]
    assert "01.ipynb is [empty]: ask for the file again." in text
    assert "all right" in lines[first["ada"]]
    assert "convolve_at 1.5 of 3, convolve_fast 1 of 2" in lines[first["bo"]]
    assert "Note: grades.xlsx was left." in text
    assert "2 graded, 1 with a problem, in 41 s." in text


def test_a_class_of_300_fits_a_screen_of_80_columns_with_every_problem_in_it():
    draw = random.Random(1)
    outcomes = {f"s{n}": outcome(draw.choice([0, 0.5, 1, 1])) for n in range(296)}
    outcomes |= {f"lost{n}": LOST for n in range(4)}
    text = printed(outcomes)
    lines = text.splitlines()
    assert len(lines) < 45
    assert max(len(line) for line in lines) <= 80
    assert all(f"lost{n}" in text for n in range(4))
    assert " s17 " not in text
    right = sum(outcomes[f"s{n}"].score == 5 for n in range(296))
    assert f"{right}" in next(line for line in lines if "convolve_fast" in line)
    assert "4.5 to 5 " in text
    assert "nbgrader export" in text


def test_a_class_of_which_nothing_could_be_graded_is_told_as_one():
    assert "0 graded, 1 with a problem" in printed({"zoe": LOST})
