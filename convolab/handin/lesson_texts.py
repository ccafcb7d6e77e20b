"""Decides where the lesson's own text of a cell is run in addition to a student's notebook.

The rule: if a cell that the lesson provided was changed and stops, its own text is run as well. It
is also run at the cell's place, if the cell is missing there or no longer defines something that
cells below need. It never replaces what a student defined in other cells.
"""

from collections.abc import Callable

from convolab.handin.cell_story import CellStory
from convolab.handin.given_cells import Due, Plan
from convolab.handin.story import Story

Run = Callable[[CellStory, list[str] | None, list[str]], None]


class LessonTexts:
    """Told of a notebook's cells as they are run.

    Args:
        run: runs the lesson's text of a cell if one of some names is missing (None: in any case),
            leaves others as they are, and notes the result.
    """

    def __init__(self, plan: Plan, story: Story, run: Run):
        self._plan, self._story, self._run = plan, story, run
        self._waiting: list[CellStory | Due] = []  # what was not needed so far

    def before(self, place: int) -> None:
        """The cell of this place comes next; after the last cell, their number."""
        for due in self._plan.due.get(place, ()):
            self._consider(due, place)

    def after(self, told: CellStory, place: int) -> None:
        """The cell of this place has been run."""
        if told.stop:  # it may have held what other cells of the lesson defined
            for one in list(self._waiting):
                self._consider(one, place + 1)
        if told.given is not None and not told.unchanged:
            self._consider(told, place + 1, always=told.stop is not None)

    def _consider(self, about: CellStory | Due, place: int, always: bool = False) -> None:
        needs = None if always else self._plan.needs(about.given, place)
        if needs == []:
            if about not in self._waiting:
                self._waiting.append(about)
            return
        told = about if isinstance(about, CellStory) else self._story.due(about)
        self._run(told, needs, self._story.keeps(told))
