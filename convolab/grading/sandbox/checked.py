"""An exercise as the trusted side knows it: all its cases and its right answer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convolab.check.cases import Cases
from convolab.grading.sandbox.frame_writer import within

MOST_IN_BATCH = 1 << 18  # bytes of arrays among the arguments of a batch of calls


@dataclass(frozen=True)
class Checked:
    """One exercise, against which a whole class is judged: what is sent is encoded once.

    Attributes:
        cases: the visible and the hidden ones.
        reference: its right answer; None if it is not a function.
    """

    cases: Cases
    reference: Callable | None = None

    @cached_property
    def arguments(self) -> list[tuple]:
        """Those of all cases, to be compared and sent and never changed."""
        return [self.cases.arguments(place) for place in range(len(self.cases.cases))]

    def batch(self, first: int) -> np.ndarray | None:
        """The arguments of the cases from this place on, ready to be sent; None if they are too
        much for one message."""
        if first not in self._batches:
            due = self.arguments[first:]
            small = _weight(due) <= MOST_IN_BATCH
            self._batches[first] = within({"batch": due}) if small else None
        return self._batches[first]

    @cached_property
    def _batches(self) -> dict[int, np.ndarray | None]:
        return {}


def _weight(values: Any) -> int:
    """Bytes of the arrays in a list of arguments."""
    if isinstance(values, (list, tuple)):
        return sum(map(_weight, values))
    return values.nbytes if isinstance(values, np.ndarray) else 0
