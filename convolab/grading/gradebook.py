"""nbgrader's gradebook: what must be in it before grading, and what is in it afterwards."""

import tempfile

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from convolab.grading.desk import Desk, silent_log
from convolab.problem import Problem


def enter_assignment(desk: Desk, lesson: str) -> None:
    """Bring the lesson in the gradebook up to date with the teacher's notebook.

    It is nbgrader's own generate_assignment, with a temporary folder in the place of notebooks/.

    Raises:
        Problem: nbgrader refuses, for instance because exercises came or went after grading.
    """
    names = set(desk.points(lesson))
    with desk.gradebook() as gradebook:
        graded = _graded_cells(gradebook, lesson)
        if graded and graded != {f"test_{name}" for name in names}:
            count = len(gradebook.assignment_submissions(lesson))
            if count:
                raise Problem(
                    f"The exercises of {lesson} are not those of the {count} submissions already "
                    "in the gradebook: start anew with `nbgrader db assignment remove "
                    f"{lesson} --force`, which forgets its grades, then grade again."
                )
    with tempfile.TemporaryDirectory(prefix="convolab-generate-") as folder:
        coursedir = desk.coursedir(assignment_id=lesson, release_directory=folder)
        converter = _Generate(coursedir=coursedir, config=desk.config)
        converter.log = silent_log()
        try:
            converter.start()
        except NbGraderException as error:
            reason = converter.failure or error
            raise Problem(
                f"nbgrader cannot read the teacher's notebook of {lesson}: {reason}"
            ) from error


class _Generate(GenerateAssignment):
    """nbgrader's converter, which remembers why it failed."""

    failure: Exception | None = None
    force = True

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.failure = error
            raise


def _graded_cells(gradebook: Gradebook, lesson: str) -> set[str]:
    try:
        return {cell.name for cell in gradebook.find_notebook(lesson, lesson).grade_cells}
    except MissingEntry:
        return set()


def is_complete(desk: Desk, lesson: str, student: str) -> bool:
    """Whether every check of a submission has an automatic score and its autograded notebook lies
    there. A run that was killed leaves scores empty; nbgrader itself would never look again."""
    path = desk.folder("autograded") / student / lesson / f"{lesson}.ipynb"
    if not path.is_file():
        return False
    scores = auto_scores(desk, lesson, student)
    return bool(scores) and None not in scores.values()


def auto_scores(desk: Desk, lesson: str, student: str) -> dict[str, float | None]:
    """The automatic score of each graded exercise; empty where there is no submission."""
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_submission_notebook(lesson, lesson, student)
        except MissingEntry:
            return {}
        return {
            grade.name.removeprefix("test_"): grade.auto_score
            for grade in notebook.grades
            if grade.cell_type == "code"
        }


def remove_unfinished(desk: Desk, lesson: str, student: str) -> None:
    """Take a submission without scores out of the gradebook again."""
    scores = auto_scores(desk, lesson, student)
    if scores and all(score is None for score in scores.values()):
        with desk.gradebook() as gradebook:
            gradebook.remove_submission(lesson, student)


def autograded(desk: Desk, lesson: str, student: str) -> nbformat.NotebookNode:
    """The autograded notebook of a student."""
    path = desk.folder("autograded") / student / lesson / f"{lesson}.ipynb"
    return nbformat.read(path, as_version=4)
