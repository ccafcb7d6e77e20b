"""Open tasks: an answer is judged by what it achieves, demand by demand, not by its numbers.

A demand is a measurement with a target. The author writes measurements as plain functions,
`measure(ask, rng) -> float`, in a separate file that learners get too: `ask(*arguments)`
calls the learner's function, and `rng` draws whatever it is measured on. In a notebook the draw is
always the same; grading draws its own. The learner's program stays where it is (when grading, in
its own process); the measurement never runs there.
"""

import copy
import functools
import importlib.util
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from convolab.check import sentences, words
from convolab.check.answer import Answer, Outcome, likeness, same_bits
from convolab.check.cases import Cases
from convolab.check.verdict import Verdict

MOST_NUMBERS = 1_000_000  # in one result: more is not measured
MOST_KEPT = 100  # calls whose results are remembered


class NotMeasured(Exception):
    """An answer cannot be measured; says why, in a sentence for the learner.

    A measurement raises it, too: "A kernel is a table with odd sides; yours is 2 × 3."
    """


class _NotWritten(Exception):
    """The function is still to be written."""


@dataclass
class _Asked:
    """The learner's function, called once for the same arguments: every demand measures the same
    answer, even if the function returns a different one each time."""

    cases: Cases
    answer: Answer
    kept: dict[Any, list[tuple[tuple, Outcome]]] = field(default_factory=dict)  # by likeness

    def __call__(self, arguments: tuple) -> Outcome:
        alike = likeness(arguments)
        for before, came in self.kept.get(alike, ()):
            if same_bits(before, arguments):
                return copy.deepcopy(came)
        came = self.answer.call(arguments, self.cases.forbidden)
        if sum(map(len, self.kept.values())) < MOST_KEPT:
            self.kept.setdefault(alike, []).append(copy.deepcopy((arguments, came)))
        return came


@dataclass(frozen=True)
class MeasuredDemand:
    """One thing that an answer has to reach, and how far it has got.

    Attributes:
        says: what is needed, in words.
        reached: what was measured; None where nothing could be.
        target: what is needed.
        at_most: whether the target is the most that is allowed, rather than the least.
        unit: what the numbers count, such as "pixels"; "% of the lines" for a share, from 0 to 1,
            that is shown as a percentage; may be empty.
    """

    says: str
    reached: float | None
    target: float
    at_most: bool
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is far enough."""
        if self.reached is None:
            return False
        return self.reached <= self.target if self.at_most else self.reached >= self.target

    @property
    def how_far(self) -> str:
        """As one says it: "67 % of the lines; at least 80 % needed"."""
        if self.reached is None:
            return "could not be measured"
        mark = " %" if self.unit.startswith("%") else ""
        unit = f" {rest}" if (rest := self.unit.removeprefix("%").strip()) else ""
        least = "at most" if self.at_most else "at least"
        target = words.number(self.target * 100 if mark else self.target)
        return f"{words.number(self._shown(bool(mark)))}{mark}{unit}; {least} {target}{mark} needed"

    def _shown(self, percent: bool) -> float:
        """What was measured, in few digits, rounded so that a near miss does not look met."""
        digits = 10 if percent else 1000
        value = self.reached * (100 if percent else 1)
        down = self.reached < self.target
        return (math.floor if down else math.ceil)(round(value * digits, 6)) / digits


def judge(cases: Cases, answer: Answer) -> Verdict:
    """Measure an answer against every demand."""
    if not answer.is_function:
        return Verdict("wrong", 0.0, sentences.not_a_function(cases, answer.value))
    if named := answer.names(cases.forbidden):
        return Verdict("forbidden", 0.0, sentences.ready_made(cases, named))
    measures, function = load_measures(cases.measures), _Asked(cases, answer)
    demands, hints, earned, aspects = [], [], 0.0, {}
    for place, (name, asked) in enumerate(cases.demands.items()):
        try:
            reached, why = _measured(function, measures[asked["measure"]], place)
        except _NotWritten as stub:
            return Verdict("missing", 0.0, str(stub))
        demand = MeasuredDemand(
            asked["says"], reached, asked["target"], asked["at_most"], asked["unit"]
        )
        demands.append(demand)
        aspects[name] = (int(demand.met), 1)
        if demand.met:
            earned += cases.aspects[name]["share"]
        else:
            hints.append(why or f"Not yet: {demand.says} ({demand.how_far}). {asked['hint']}")
    whole = sum(aspect["share"] for aspect in cases.aspects.values())
    points = float(cases.points) if not hints else round(cases.points * earned / whole, 2)
    status = "correct" if not hints else "partial" if points else "wrong"
    hint = hints[0] if hints else cases.praise
    return Verdict(status, points, hint.strip(), aspects=aspects, demands=demands, found="demand")


def _measured(function: _Asked, measure: Callable, place: int) -> tuple[float | None, str]:
    """The value of a measurement, or None and why there is none.

    Raises:
        _NotWritten: the function is still the stub.
    """
    cases = function.cases
    ended: list[BaseException] = []  # the learner's process: not the measurement's to catch

    def ask(*arguments: Any) -> Any:
        try:
            came = function(arguments)
        except BaseException as error:
            ended.append(error)
            raise
        if stub := sentences.stub(cases, came):
            raise _NotWritten(stub)
        if came.forbidden:
            raise NotMeasured(sentences.ready_made(cases, came.forbidden))
        if why := _of_no_use(came):  # the call is put into words only now: that takes long
            raise NotMeasured(f"`{words.call(cases.name, arguments)}` {why}")
        return came.value

    try:
        with np.errstate(all="ignore"):
            reached = float(measure(ask, np.random.default_rng([cases.seed, place])))
    except (_NotWritten, KeyboardInterrupt):
        raise
    except NotMeasured as why:
        return None, str(why)
    except Exception as error:  # whatever an answer holds, it costs this demand and no more
        if ended:
            raise ended[0] from error
        return None, f"What {cases.name} returns cannot be measured ({type(error).__name__})."
    if not math.isfinite(reached):
        return None, f"What {cases.name} returns cannot be measured: it leads to {reached}."
    return reached, ""


def _of_no_use(came: Outcome) -> str:
    """Why the result of a call cannot be measured, as the end of a sentence; "" if it can."""
    if came.raised:
        return f"stopped with {came.raised[0]}: {came.message}"
    if came.value is None:
        return "returns nothing: is the line with return missing?"
    if count_numbers(came.value) > MOST_NUMBERS:
        return f"returns more than {MOST_NUMBERS:,} numbers."
    return ""


def count_numbers(value: Any) -> int:
    """How many numbers an answer holds, also one of several arrays of different shapes."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        value = list(value.values())
    return sum(map(count_numbers, value)) if isinstance(value, (list, tuple)) else 1


def load_measures(path: Path) -> dict[str, Any]:
    """The measurements in a file, read once as long as it does not change."""
    return _measures(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=32)
def _measures(path: Path, changed: int) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location(f"convolab_measures_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)
