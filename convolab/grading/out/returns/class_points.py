"""What everybody has to get back: points, or in a word why there are none."""

from dataclasses import dataclass, field

from nbgrader.api import MissingEntry

from convolab.grading.desk import LessonDesk
from convolab.grading.faults import Faults
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.standing import graded_cells, public_names
from convolab.grading.intake.origins import Origin
from convolab.grading.intake.roster import Person
from convolab.grading.intake.submissions import find
from convolab.grading.run import records
from convolab.problem import Problem

GRADED, WAITS, FAILED, NOTHING = (
    "graded", "not graded yet", "could not be graded", "not handed in",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What one student gets back.

    Attributes:
        status: one of the four words above.
        exercises: points by exercise; None for what is not graded yet.
        late: what is taken off for late work.
        score: all points minus that; None unless everything is graded.
        says: what could not be graded and why, or what is still to be graded.
    """

    person: Person
    status: str
    exercises: dict[str, float | None] = field(default_factory=dict)
    late: float = 0.0
    score: float | None = None
    says: str = ""

    @property
    def name(self) -> str:
        """First and last name, or the id where the list has none."""
        return f"{self.person.first} {self.person.last}".strip() or self.person.id


@dataclass(frozen=True)
class ClassPoints:
    """What a class gets back for a lesson.

    Attributes:
        title: what the lesson is called.
        worth: the points of each exercise, in the lesson's order.
        results: by student, everybody on the list and everybody who handed something in.
        origins: what a platform called them, where their work was collected from one.
    """

    lesson: str
    title: str
    worth: dict[str, float]
    results: dict[str, Result]
    origins: dict[str, list[Origin]] = field(default_factory=dict)

    @property
    def max_score(self) -> float:
        """What the whole lesson is worth."""
        return round(sum(self.worth.values()), 2)

    def with_status(self, status: str) -> list[Result]:
        """Everybody with this status."""
        return [result for result in self.results.values() if result.status == status]

    def from_platform(self, student: str, platform: str) -> Origin | None:
        """What a platform called a student; None if nothing was collected from it."""
        return next((o for o in self.origins.get(student, ()) if o.platform == platform), None)

    def numbers(self, platform: str) -> dict[str, str]:
        """The students by the platform's number of them, where that is known."""
        found = {}
        for student, result in self.results.items():
            if platform == "Canvas" and result.person.lms:
                found[result.person.lms] = student
            for one in self.origins.get(student, ()):
                if one.platform == platform and one.number:
                    found[one.number] = student
        return found


def class_points(
    desk: LessonDesk, title: str, origins: dict[str, list[Origin]] | None = None
) -> ClassPoints:
    """Read what everybody gets from the gradebook and from what was handed in.

    Raises:
        Problem: nothing is graded yet, or what exercises are worth has changed since.
    """
    origins = origins or {}
    nothing = f"Nothing in {desk.lesson} is graded yet: run  convolab grade {desk.lesson}  first."
    if not any(desk.folder("autograded").glob(f"*/{desk.lesson}/{desk.file_name}")):
        raise Problem(nothing)  # before a gradebook is made to ask
    try:
        handed_in = {one.student: one.problem for one in find(desk).submissions}
    except Problem:  # the folder was emptied after grading
        handed_in = {}
    failed: dict[str, str] = {}
    faults = Faults(desk, failed.__setitem__)
    known = gradebook.standings(desk, faults.of)
    done = gradebook.complete(desk, known)
    if not any(handed_in.get(student) is None for student in done):
        raise Problem(nothing)
    people, names, worth, late = _of_gradebook(desk, faults)
    _refuse_other_points(desk, worth, names)
    results = {}
    for student in sorted({*people, *handed_in, *done, *_sent_something_else(origins)}):
        person = people.get(student, Person(student))
        problem = handed_in.get(student) or failed.get(student)
        if student in handed_in and not problem:
            problem = records.problem(desk, student)
        if problem:
            results[student] = Result(person, FAILED, says=problem)
        elif student in done:
            standings = done[student].cells
            points = {
                called: standings[name].score if standings[name].is_graded else None
                for name, called in names.items()
                if name in standings
            }
            results[student] = _result(person, points, worth, late.get(student, 0.0))
        elif student in handed_in:
            says = f"It has not been graded: run  convolab grade {desk.lesson}."
            results[student] = Result(person, WAITS, says=says)
        elif missing := next((o.missing for o in origins.get(student, ()) if o.missing), ""):
            results[student] = Result(person, FAILED, says=missing)
        else:
            results[student] = Result(person, NOTHING)
    return ClassPoints(desk.lesson, title, worth, results, origins)


def _sent_something_else(origins: dict[str, list[Origin]]) -> set[str]:
    return {who for who, ones in origins.items() if ones and all(one.missing for one in ones)}


def _result(
    person: Person, points: dict[str, float | None], worth: dict[str, float], late: float
) -> Result:
    waiting = [name for name in worth if points.get(name) is None]
    exercises = {name: points.get(name) for name in worth}
    if waiting:
        says = f"Still to be graded by hand: {', '.join(waiting)}."
        return Result(person, WAITS, exercises, late, says=says)
    score = max(0.0, sum(value for value in exercises.values() if value is not None) - late)
    return Result(person, GRADED, exercises, late, round(score, 2))


def _of_gradebook(
    desk: LessonDesk, faults: Faults
) -> tuple[dict[str, Person], dict[str, str], dict[str, float], dict[str, float]]:
    """The people, what each graded cell is called outside and worth, and what being late costs."""
    with desk.gradebook() as book:
        people = {
            student.id: Person(
                student.id,
                student.first_name or "",
                student.last_name or "",
                student.email or "",
                student.lms_user_id or "",
            )
            for student in book.students
        }
        try:
            notebook = book.find_notebook(desk.lesson, desk.lesson)
        except MissingEntry:
            return people, {}, {}, {}
        cells = {cell.name: cell for cell in graded_cells(notebook).values()}
        late = {}
        for student, penalty in gradebook.held_penalties(book, desk.lesson):
            with faults.of(student):  # SQLite keeps whatever was written into a column
                late[student] = float(penalty or 0)
    order = [name for name in desk.graded_cells() if name in cells]
    called = public_names(cells[name] for name in order)
    return people, called, {called[name]: cells[name].max_score for name in order}, late


def _refuse_other_points(desk: LessonDesk, worth: dict[str, float], names: dict[str, str]) -> None:
    """Points that were changed and not graded by must not leave the desk.

    Raises:
        Problem: an exercise is worth something else by now.
    """
    now = desk.points()
    changed = [name for name, points in now.items() if worth.get(name) != points]
    if changed or len(names) != len(desk.graded_cells()):
        what = f"what {', '.join(changed)} is worth" if changed else "the lesson's questions"
        raise Problem(
            f"Since {desk.lesson} was graded, {what} has changed: run  convolab grade "
            f"{desk.lesson}  first."
        )
