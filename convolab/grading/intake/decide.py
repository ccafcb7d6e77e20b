"""Decides about a folder of downloads: for each person the copy that counts, and why.

Nothing is written here, and nothing is guessed silently: each notebook belongs to somebody, or a
sentence names it and says what to do.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from convolab.grading.faults import Fault, stack_of
from convolab.grading.intake.archives import is_notebook
from convolab.grading.intake.choose_copy import Choice, Copy, choose, distinct, is_variant
from convolab.grading.intake.decision import Course, Decided, Decision
from convolab.grading.intake.helper_files import helpers
from convolab.grading.intake.origins import origin
from convolab.grading.intake.owners import Downloads, Handed
from convolab.grading.intake.platforms import GRADESCOPE_FILE, Owner
from convolab.grading.intake.roster import Roster
from convolab.grading.intake.students import Person, students
from convolab.grading.intake.unpack import Trouble
from convolab.grading.intake.worked_on import has_signs_of, other_lesson, work_in
from convolab.handin.read import read_notebook
from convolab.problem import Problem

MOST_BYTES = 100_000_000  # of a notebook; a larger one is not read


def decide(root: Path, roster: Roster, course: Course, troubles: Iterable[Trouble] = ()) -> Decided:
    """Decide about all files of a folder.

    Args:
        root: the folder, its archives unpacked.
        roster: the students in the gradebook; may be empty.
        course: what is known about the lesson and its course.
        troubles: what could not be unpacked.
    """
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    downloads = Downloads(root, files, roster, course.names, course.zone)
    handed = downloads.handed()
    return _Deciding(root, roster, course, handed, list(troubles)).decided(downloads.notes)


class _Deciding:
    def __init__(
        self,
        root: Path,
        roster: Roster,
        course: Course,
        handed: list[Handed],
        troubles: list[Trouble],
    ):
        self._root, self._roster, self._course = root, roster, course
        self._handed, self._troubles = handed, troubles
        self._lesson = course.released.lesson
        self._unsure: dict[Person, str] = {}

    def decided(self, notes: list[str]) -> Decided:
        decided = Decided(strays=list(notes))
        people: dict[tuple[str, str], list[Handed]] = {}
        owners: dict[tuple[str, str], Owner] = {}
        for one in self._handed:
            for owner in one.owners:
                people.setdefault(owner.person, []).append(one)
                owners.setdefault(owner.person, owner)
        self._name_strays(decided, [one for one in self._handed if not one.owners])
        found = students(owners, self._roster)
        self._unsure = found.unsure
        for student, persons in found.clashes.items():
            named = " and ".join(sorted(owners[person].shown for person in persons))
            decided.strays.append(
                f"{named} would all be collected as {student}, so none of them was: "
                f"{self._by_hand()} for each."
            )
        for student, persons in found.ids.items():
            mine = [one for person in persons for one in people[person]]
            try:
                decision = self._decide(student, owners[persons[0]], mine, decided)
            except Exception as error:  # a bug of ours costs this person alone
                says = (
                    f"The files cannot be read ({type(error).__name__}): {self._by_hand(student)}."
                )
                details = self._course.log.write(student, Fault(says, stack_of(error)))
                decision = Decision(student, owners[persons[0]], doubt=True)
                decision.says += [says, *details]
            if decision is not None:
                decided.decisions[student] = decision
        whose = {person: student for student, those in found.ids.items() for person in those}
        self._tell_troubles(decided, whose)
        for student, decision in decided.decisions.items():
            chosen = decision.notebook and decision.notebook.relative_to(self._root)
            says = " ".join(decision.says)
            decision.origins = [
                origin(owners[person], people[person], chosen, says)
                for person in found.ids[student]
            ]
        decided.absent = sorted(set(self._roster.people) - set(decided.decisions))
        return decided

    def _by_hand(self, student: str = "<student>") -> str:
        where = self._course.way_out.replace("<student>", student)
        return f"put the right notebook at {where}/{self._lesson}/{self._lesson}.ipynb"

    def _decide(
        self, student: str, owner: Owner, mine: list[Handed], decided: Decided
    ) -> Decision | None:
        decision = Decision(student, owner)
        copies: list[Copy] = []
        others: dict[str, list[Copy]] = {}
        of: dict[Path, Handed] = {}
        for one in mine:
            if is_notebook(one.path.name):
                copy, lesson = self._copy(one, owner)
                if lesson:
                    others.setdefault(lesson, []).append(copy)
                else:
                    copies.append(copy)
                    of[copy.path] = one
        if not copies:
            return self._without(decision, others, mine)
        if self._is_a_class(owner, student, copies):
            self._name_strays(decided, mine)
            return None
        choice = choose(copies, self._lesson)
        chosen = of[choice.copy.path]
        mark = next((o for o in chosen.owners if o.person == owner.person), chosen.owners[0])
        decision.notebook = choice.copy.path
        decision.time, decision.late = choice.copy.time, mark.late
        decision.helpers, skipped = helpers(self._root, chosen, mine)
        self._say(decision, choice, len(copies), skipped)
        if others:
            names = ", ".join(sorted(others))
            decision.says.append(f"Notebooks of other lessons were skipped: {names}.")
        return decision

    def _copy(self, one: Handed, owner: Owner) -> tuple[Copy, str | None]:
        """A copy of the lesson, and the other lesson that it is, if it is one."""
        path = self._root / one.path
        info = path.stat()
        mark = next((o for o in one.owners if o.person == owner.person), one.owners[0])
        written = (self._root / one.download) if one.download else path
        about = {
            "time": mark.time,
            "again": mark.again,
            "download": (one.download, written.stat().st_mtime),
            "modified": info.st_mtime,
        }
        try:
            if info.st_size > MOST_BYTES:
                raise Problem(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.")
            notebook = read_notebook(path)
        except Problem as problem:
            return Copy(path, one.inside, problem=str(problem), **about), None
        lesson = other_lesson(notebook, self._lesson, lambda: self._course.names)
        about["is_lesson"] = has_signs_of(notebook, self._course.released)
        return Copy(path, one.inside, work_in(notebook, self._course.released), **about), lesson

    def _is_a_class(self, owner: Owner, student: str, copies: list[Copy]) -> bool:
        """Whether what looks like one person's folder holds the work of several.

        A platform's name or the roster's is trusted. A folder that just happens to be there is
        not, if it may hold different people's work.
        """
        if owner.platform not in ("folder", "archive") or student in self._roster.people:
            return False
        different = distinct(copies)
        if len(different) < 2:
            return False
        odd = [copy for copy in different if not is_variant(copy.inside.name, self._lesson)]
        return bool(odd)

    def _without(
        self, decision: Decision, others: dict[str, list[Copy]], mine: list[Handed]
    ) -> Decision:
        """Somebody has handed in files, but no notebook of the lesson."""
        decision.doubt = True
        if others:
            what = f"the notebook of {', '.join(sorted(others))}"
        else:
            names = sorted({one.inside.name for one in mine})
            what = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if names[4:] else "")
        decision.says.append(f"Handed in {what}, and no notebook of {self._lesson}.")
        return decision

    def _say(self, decision: Decision, choice: Choice, count: int, skipped: list[str]) -> None:
        """The sentences about a choice."""
        shown = choice.copy.shown
        if choice.rivals:
            decision.doubt = True
            rivals = ", ".join(copy.shown for copy in choice.rivals)
            decision.says.append(
                f"{shown} and {rivals} differ and nothing says which one counts: {shown} was "
                f"taken. If you want another, {self._by_hand(decision.student)}: it will stay."
            )
        elif count > 1:
            why = choice.why or "the others are the same"
            decision.says.append(f"Of {count} copies {shown} counts: {why}.")
        if choice.copy.problem:
            decision.doubt = True
            decision.says.append(choice.copy.problem)
        elif self._course.released.answers and not choice.copy.work.answers:
            decision.says.append(f"No answer in {shown} differs from the notebook handed out.")
        if decision.late and decision.time is None:
            decision.doubt = True
            decision.says.append(
                f"{decision.owner.platform} marks this as late but does not say when it came: "
                "write the time into timestamp.txt next to the notebook."
            )
        decision.says += skipped
        if self._roster and decision.student not in self._roster.people:
            decision.doubt = True
            unlisted = f"{decision.owner.shown} is not in the gradebook's list of students."
            decision.says.append(self._unsure.get(decision.owner.person, unlisted))

    def _name_strays(self, decided: Decided, strays: list[Handed]) -> None:
        """One line for each notebook that cannot be matched to a student."""
        told = {trouble.path for trouble in self._troubles}
        for one in (one for one in strays if one.path not in told):
            if is_notebook(one.path.name):
                decided.strays.append(
                    f"{one.path} was not collected, because its name does not say which student "
                    f"it belongs to: {self._by_hand()}."
                )
            elif one.path.name != GRADESCOPE_FILE and not one.path.name.lower().endswith(
                (".html", ".txt", ".csv", ".yml")
            ):
                decided.strays.append(
                    f"{one.path} was not collected: it is not a student's notebook."
                )

    def _tell_troubles(self, decided: Decided, whose: Mapping[Person, str]) -> None:
        """What could not be unpacked is reported with its student, if known."""
        files: dict[PurePath, set[str]] = {}
        for one in self._handed if self._troubles else []:
            theirs = {whose[owner.person] for owner in one.owners if owner.person in whose}
            files[one.path] = theirs
            if not one.is_flat:
                files.setdefault(one.home, theirs)
        for trouble in self._troubles:
            above = (trouble.path, *trouble.path.parents)
            students_ = next((files[path] for path in above if files.get(path)), set())
            decision = decided.decisions.get(*students_) if len(students_) == 1 else None
            if decision is None:
                decided.strays.append(trouble.says)
                continue
            decision.doubt = True
            decision.says.append(trouble.says)
