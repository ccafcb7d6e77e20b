"""nbgrader's gradebook: what must be in it before grading, and what is in it afterwards."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from convolab.grading.converters import generate
from convolab.grading.desk import Desk
from convolab.grading.verdict import Verdict
from convolab.problem import Problem


def enter_assignment(desk: Desk, lesson: str) -> None:
    """Bring the lesson in the gradebook up to date with the teacher's notebook.

    It is nbgrader's own generate_assignment, with a temporary folder in the place of notebooks/.

    Raises:
        Problem: nbgrader refuses, for instance because exercises came or went after grading.
    """
    _refuse_other_cells(desk, lesson)
    with tempfile.TemporaryDirectory(prefix="convolab-generate-") as folder:
        if failure := generate(desk, lesson, folder):
            raise Problem(f"nbgrader cannot read the teacher's notebook of {lesson}: {failure}.")


def _refuse_other_cells(desk: Desk, lesson: str) -> None:
    """nbgrader cannot add or remove named cells once there are submissions."""
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(lesson, lesson)
        except MissingEntry:
            return
        changed = {cell.name for cell in notebook.source_cells} ^ desk.named_cells(lesson)
        count = len(notebook.submissions)
    if changed and count:
        raise Problem(
            f"{lesson} has gained or lost {', '.join(sorted(changed))} since {count} submissions "
            "were graded, which nbgrader cannot take in: start anew with `nbgrader db assignment "
            f"remove {lesson} --force`, which forgets its grades, then grade again."
        )


@dataclass(frozen=True)
class Standing:
    """What the gradebook holds of one submission.

    Attributes:
        score: the points as nbgrader counts them, with what a teacher changed by hand.
        auto_scores: the automatic score of each check; None where there is none yet.
    """

    score: float
    auto_scores: dict[str, float | None]

    def agrees(self, verdicts: dict[str, Verdict]) -> bool:
        """Whether the automatic scores are those of these verdicts."""
        return self.auto_scores == {f"test_{name}": v.score for name, v in verdicts.items()}


def standings(desk: Desk, lesson: str) -> dict[str, Standing]:
    """What the gradebook holds of a lesson, by student."""
    with desk.gradebook() as gradebook:
        try:
            submissions = gradebook.find_notebook(lesson, lesson).submissions
        except MissingEntry:
            return {}
        return {
            notebook.student.id: Standing(
                notebook.score,
                {g.name: g.auto_score for g in notebook.grades if g.cell_type == "code"},
            )
            for notebook in submissions
        }


def complete(desk: Desk, lesson: str) -> dict[str, Standing]:
    """What the gradebook holds of the submissions that are graded in full, by student.

    A run that was killed leaves automatic scores empty, or no autograded notebook; nbgrader itself
    would not look at such a submission again.
    """
    return {
        student: standing
        for student, standing in standings(desk, lesson).items()
        if None not in standing.auto_scores.values()
        and autograded_path(desk, lesson, student).is_file()
    }


def remove_unfinished(desk: Desk, lesson: str, student: str) -> None:
    """Take a submission without any score out of the gradebook again."""
    standing = standings(desk, lesson).get(student)
    if standing and all(score is None for score in standing.auto_scores.values()):
        with desk.gradebook() as gradebook:
            gradebook.remove_submission(lesson, student)


def autograded_path(desk: Desk, lesson: str, student: str) -> Path:
    """Where nbgrader writes the autograded notebook of a student."""
    return desk.folder("autograded") / student / lesson / f"{lesson}.ipynb"


def autograded(desk: Desk, lesson: str, student: str) -> nbformat.NotebookNode:
    """The autograded notebook of a student."""
    return nbformat.read(autograded_path(desk, lesson, student), as_version=4)
