"""Eight students of a lesson, made from its exercises, and the verdicts that they must get."""

from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from convolab.cell_metadata import answered_exercise, is_read_by_hand
from convolab.exercises.parts import Misconception
from convolab.exercises.spec import Exercise
from convolab.grading.demo.answers import (
    NoSource,
    function_source,
    own_answers,
    uses,
)
from convolab.grading.exercise_result import ExerciseResult

MISTAKEN = ("carl", "daphne", "emil", "fatima")
CRASH = """# A file that is only on the student's own computer.
readings = open("readings from home.txt").read()"""


REPORT = "A few sentences of a report. They wait for a teacher to read them."


@dataclass(frozen=True)
class Expected:
    """The verdict that an exercise must get.

    Attributes:
        statuses: any of these.
        misconception: the mistake that must be named, with its hint, None for no known one.
    """

    statuses: tuple[str, ...]
    misconception: Misconception | None = None

    def fits(self, verdict: ExerciseResult) -> bool:
        """Whether a verdict is the expected one."""
        if verdict.status not in self.statuses:
            return False
        if verdict.status == "correct":
            return verdict.score == verdict.max_score
        if self.misconception is None:
            return bool(verdict.hint) and verdict.score == 0
        return (
            verdict.misconception == self.misconception.name
            and verdict.hint == self.misconception.hint
            and verdict.score < verdict.max_score
        )


CORRECT, MISSING, ERROR = Expected(("correct",)), Expected(("missing",)), Expected(("error",))


@dataclass
class DemoStudent:
    """One submission: what is in it, in words and as answers, and the verdict it must get. What is
    in `report` is written wherever a teacher reads."""

    name: str
    story: str
    answers: dict[str, str]
    expected: dict[str, Expected]
    extra_cell: str = ""
    report: str = REPORT


@dataclass
class DemoLesson:
    """What the class is made of: the exercises, the graded ones in order, the lesson's answers."""

    exercises: dict[str, Exercise]
    graded: list[str]
    own: dict[str, str] = field(default_factory=dict)

    @property
    def functions(self) -> list[str]:
        """The graded exercises that are functions."""
        return [name for name in self.graded if self.exercises[name].kind == "function"]


def demo_class(
    master: NotebookNode, exercises: dict[str, Exercise], graded: list[str]
) -> list[DemoStudent]:
    """Right in two styles, four with misconceptions, one unfinished, one that crashes."""
    lesson = DemoLesson(exercises, graded, own_answers(master))
    return [
        _right(lesson),
        _another_style(lesson),
        *(_mistaken(lesson, turn) for turn in range(len(MISTAKEN))),
        _unfinished(lesson),
        _crashes(lesson),
    ]


def _right(lesson: DemoLesson) -> DemoStudent:
    expected = dict.fromkeys(lesson.graded, CORRECT)
    return DemoStudent("ada", "right", dict(lesson.own), expected)


def _another_style(lesson: DemoLesson) -> DemoStudent:
    answers = dict(lesson.own)
    for name in lesson.functions:
        answers[name] = _sources(lesson, name, skip_own=True)[-1]
    expected = dict.fromkeys(lesson.graded, CORRECT)
    return DemoStudent("blaise", "right, another style", answers, expected)


def _mistaken(lesson: DemoLesson, turn: int) -> DemoStudent:
    """The lesson's answers with mistakes in every few exercises, others for each student."""
    step = min(len(MISTAKEN), len(lesson.functions))
    chosen = [n for i, n in enumerate(lesson.functions) if i % step == turn % step]
    student = DemoStudent(MISTAKEN[turn], "", dict(lesson.own), {})
    student.expected = dict.fromkeys(lesson.graded, CORRECT)
    made = []
    others = [name for name in lesson.functions if name not in chosen]
    for name in [*chosen, *others]:
        if made and name in others:  # they are only for a student who has no mistake yet
            break
        wrong = _misconception(lesson, name, turn)
        answers = wrong and _around(lesson, student.answers, {*made, name})
        if not answers or uses(wrong[1], _touched(lesson, answers, set(made))):
            continue
        student.answers = {**answers, name: wrong[1]}
        student.expected[name] = Expected(("wrong", "partial", "error"), wrong[0])
        made.append(name)
    student.story = "misconceptions" if len(made) > 1 else "a misconception"
    return student


def _misconception(lesson: DemoLesson, name: str, turn: int) -> tuple[Misconception, str] | None:
    """One misconception of an exercise that shows in the visible cases, and its source."""
    known = lesson.exercises[name].misconceptions
    for place in range(len(known)):
        wrong = known[(turn + place) % len(known)]
        try:
            return wrong, function_source(name, wrong.function)
        except NoSource:
            continue
    return None


def _around(lesson: DemoLesson, answers: dict[str, str], wrong: set[str]) -> dict[str, str] | None:
    """Right answers that call none of the wrong ones; None if some exercise has no such answer."""
    answers = dict(answers)
    wrong = _touched(lesson, answers, wrong)
    for name in set(lesson.functions) - wrong:
        if not uses(answers[name], wrong):
            continue
        free = [text for text in _sources(lesson, name) if not uses(text, wrong)]
        if not free:
            return None
        answers[name] = free[0]
    return answers


def _touched(lesson: DemoLesson, answers: dict[str, str], wrong: set[str]) -> set[str]:
    """The wrong ones, and the ungraded answers that call them, directly or through each other."""
    touched = set(wrong)
    ungraded = {name: text for name, text in answers.items() if name not in lesson.graded}
    while more := {n for n, text in ungraded.items() if n not in touched and uses(text, touched)}:
        touched |= more
    return touched


def _sources(lesson: DemoLesson, name: str, skip_own: bool = False) -> list[str]:
    """All right answers to an exercise that have a source, the lesson's own first."""
    exercise = lesson.exercises[name]
    sources = [] if skip_own else [lesson.own[name]]
    for function in (exercise.answer, *(variant.function for variant in exercise.variants)):
        try:
            sources.append(function_source(name, function))
        except NoSource:
            continue
    return sources or [lesson.own[name]]


def _unfinished(lesson: DemoLesson) -> DemoStudent:
    done = lesson.graded[: (len(lesson.graded) + 1) // 2]
    stop = list(lesson.own).index(done[-1]) + 1
    answers = {name: lesson.own[name] for name in list(lesson.own)[:stop]}
    expected = {name: CORRECT if name in done else MISSING for name in lesson.graded}
    return DemoStudent("gus", "unfinished", answers, expected, report="")


def _crashes(lesson: DemoLesson) -> DemoStudent:
    """A cell that stops with an error, and a function that does."""
    for name in lesson.functions[len(lesson.functions) // 2 :] + lesson.functions:
        answers = _around(lesson, lesson.own, {name})
        if answers:
            break
    answers = {**(answers or lesson.own), name: f"def {name}(*arguments):\n    return 1 / 0"}
    expected = {**dict.fromkeys(lesson.graded, CORRECT), name: ERROR}
    return DemoStudent("hana", "crashes", answers, expected, extra_cell=CRASH)


def notebook(released: NotebookNode, student: DemoStudent) -> NotebookNode:
    """The notebook that a student hands in: the released one with the answers filled in."""
    work = nbformat.from_dict(released)
    for cell in work.cells:
        if (name := answered_exercise(cell)) in student.answers:
            cell.source = student.answers[name]
        elif is_read_by_hand(cell) and cell.cell_type == "markdown" and student.report:
            cell.source = student.report
    if student.extra_cell:
        cell = nbformat.v4.new_code_cell(student.extra_cell)
        cell["id"] = "from-home"
        work.cells.insert(1, cell)
    return work
