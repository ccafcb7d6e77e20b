"""Which cells of a notebook the lesson gave, and where one that is no longer in its place was.

A given cell is code that students got ready-made: imports, data, experiments; neither a place for
an answer nor a check. It is found again by its id, by its text, or by its words: some programs
write new ids and drop all metadata.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from convolab.cell_metadata import course_of, is_locked, name_of
from convolab.handin.cell_names import MOST, defined, defined_by_lines, imports, mentioned, used

ALIKE = 0.6  # share of a given cell's words found in a cell that was made from it
MOST_COMPARED = 200  # cells: longer notebooks are matched by ids and texts alone
DELETED, TEXT, MOVED = "deleted", "text", "moved"


@dataclass(frozen=True)
class Given:
    """A cell that the lesson gave: its text, and its place there."""

    source: str
    place: int

    @property
    def defines(self) -> frozenset[str]:
        """The names that it defines."""
        return defined(self.source)

    @property
    def words(self) -> frozenset[str]:
        """What identifies it if ids and texts have changed."""
        return mentioned(self.source)

    def is_unchanged(self, source: str) -> bool:
        """Whether this is its text, apart from space around it."""
        return source.strip() == self.source.strip()


@dataclass(frozen=True)
class Due:
    """A given cell that is not in its place, and what happened to it."""

    given: Given
    became: str


@dataclass(frozen=True)
class Plan:
    """Where a notebook has the lesson's given cells.

    Attributes:
        here: the given cell that a cell of the notebook was made from, by the cell's place.
        due: given cells that are not in their place, by the place of the cell they came before.
        wanted: for each place in the notebook, the names that the cells from there on use and do
            not define before.
        heavy: places of cells that the lesson marks as too heavy to run when grading.
    """

    here: dict[int, Given] = field(default_factory=dict)
    due: dict[int, list[Due]] = field(default_factory=dict)
    wanted: tuple[frozenset[str], ...] = (frozenset(),)
    heavy: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """What decides, besides the notebook's code, where the lesson's cells are."""
        here = sorted((place, given.place) for place, given in self.here.items())
        due = sorted(
            (place, one.given.place, one.became) for place, d in self.due.items() for one in d
        )
        return f"{here} {due} {sorted(self.heavy)}"

    @property
    def imports(self) -> set[str]:
        """The names that the lesson's given cells import."""
        given = [*self.here.values(), *(one.given for due in self.due.values() for one in due)]
        return {name for one in given for name in imports(one.source)}

    def needs(self, given: Given, place: int) -> list[str]:
        """The names that a given cell defines and the cells from a place on need, in its order."""
        needs = given.defines & self.wanted[place]
        return sorted(needs, key=lambda name: (given.source.find(name), name))


def is_given(cell: NotebookNode) -> bool:
    """Whether a cell of the lesson is code that students got ready-made and that is run."""
    about = course_of(cell)
    is_code = cell.cell_type == "code" and "nbgrader" not in cell.metadata
    return is_code and not about.get("heavy") and not about.get("teacher")


def plan(lesson: Sequence[NotebookNode], cells: Sequence[NotebookNode]) -> Plan:
    """Find the lesson's given cells in a notebook.

    Args:
        lesson: the cells that students got (of a teacher's notebook, the others are skipped).
        cells: those of the notebook, mended.
    """
    lesson = [cell for cell in lesson if not course_of(cell).get("teacher")]
    given = {
        place: Given(cell.source, place) for place, cell in enumerate(lesson) if is_given(cell)
    }
    found = _matched(lesson, cells, given)
    order = sorted(found)  # places in the lesson
    kept = _in_order([found[place] for place in order])
    anchors = {place: found[place] for place in order if found[place] in kept}
    here, due = {}, {}
    for place, one in given.items():
        at = found.get(place)
        is_code = at is not None and cells[at].cell_type == "code"
        if is_code:
            here[at] = one
        if is_code and place in anchors:
            continue
        became = MOVED if is_code else DELETED if at is None else TEXT
        before = max((a for p, a in anchors.items() if p < place), default=-1) + 1
        due.setdefault(before, []).append(Due(one, became))
    heavy = frozenset(
        at
        for place, at in found.items()
        if course_of(lesson[place]).get("heavy")
        and lesson[place].source.strip() == cells[at].source.strip()
    )
    lessons = frozenset(name for one in given.values() for name in one.defines)
    return Plan(here, due, _wanted(cells, here, due, heavy, lessons), heavy)


def _wanted(
    cells: Sequence[NotebookNode],
    here: dict[int, Given],
    due: dict[int, list[Due]],
    heavy: frozenset[int],
    lessons: frozenset[str],
) -> tuple[frozenset[str], ...]:
    """What is needed from each place on, found from the end: what a cell defines is needed no
    more above it, what it uses is. So it is with the lesson's text, where that may be run.

    Args:
        lessons: the names that the lesson's cells define; others do not matter.
    """
    needed, wanted, left = frozenset(), [], MOST
    for place in range(len(cells), -1, -1):
        if place < len(cells) and place not in heavy and _counts(cells[place]):
            source, given = cells[place].source, here.get(place)
            if given and not given.is_unchanged(source):
                needed |= used(given.source) & lessons
            left -= len(source)
            defines, uses = (defined, used) if left >= 0 else (defined_by_lines, mentioned)
            needed = needed - defines(source) | (uses(source) & lessons)
        wanted.append(needed)
        for one in reversed(due.get(place, ())):
            if one.given.defines & needed:
                needed = needed - one.given.defines | (used(one.given.source) & lessons)
    return tuple(reversed(wanted))


def _counts(cell: NotebookNode) -> bool:
    """Whether it is code that is run, and not a check, which names only its exercise."""
    return cell.cell_type == "code" and not is_locked(cell)


def _matched(
    lesson: list[NotebookNode], cells: Sequence[NotebookNode], given: dict[int, Given]
) -> dict[int, int]:
    """For each cell of the lesson that is in the notebook its place there."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in (name_of, _id, _text):
        free: dict[Hashable, list[int]] = {}
        for at, cell in enumerate(cells):
            if at not in taken and key(cell) is not None:
                free.setdefault(key(cell), []).append(at)
        for place, cell in enumerate(lesson):
            if place not in found and free.get(key(cell)):
                found[place] = free[key(cell)].pop(0)
                taken.add(found[place])
    _match_words(cells, given, found, taken)
    return found


def _match_words(
    cells: Sequence[NotebookNode], given: dict[int, Given], found: dict[int, int], taken: set[int]
) -> None:
    """Match what is left by the share of a given cell's words that is in a cell."""
    left = [
        (at, mentioned(cell.source))
        for at, cell in enumerate(cells)
        if at not in taken and name_of(cell) is None
    ]
    if len(left) > MOST_COMPARED:
        return
    shares = sorted(
        (
            (-len(one.words & words) / len(one.words), place, at)
            for place, one in given.items()
            if place not in found and one.words
            for at, words in left
        ),
    )
    for share, place, at in shares:
        if -share >= ALIKE and place not in found and at not in taken:
            found[place] = at
            taken.add(at)


def _id(cell: NotebookNode) -> Hashable:
    return cell.get("id")


def _text(cell: NotebookNode) -> Hashable:
    return cell.source.strip() or None


def _in_order(places: list[int]) -> set[int]:
    """The longest part of these places that is in rising order; the others were moved."""
    ends: list[int] = []  # of the best rising runs by length: their last place
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    kept, place = set(), ends[-1] if ends else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return kept
