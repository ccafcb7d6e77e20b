"""An answer in a student's process, as the ladder sees it from the trusted side.

What comes back is plain data, and nothing else is trusted: arguments are compared with what was
sent, ready-made functions are looked for in the notebook's text as well, and time is read from the
kernel's clock of the student's process while it works on inputs that it has never seen.
"""

import re
import statistics
import time
from collections import deque
from typing import Any

import numpy as np

from convolab.check.answer import LONGEST, Outcome, same_bits
from convolab.check.compare import difference
from convolab.check.plain import StandIn
from convolab.check.speed import PEER_STEPS, element_loop
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.session import Session
from convolab.grading.sandbox.static_names import names_in

ROUNDS = 5
CALLS = 8  # of one round of a race
CLEAR = 1.5  # beyond this many times the target (or below its inverse) no more rounds are needed
QUITE_CLEAR = 3.0  # and beyond this many the first, short one decides
_MOST_FACTS = 40  # entries of what is told of an error
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class RemoteAnswer:
    """The answer that a student's process holds under the exercise's name.

    Args:
        session: the process.
        checked: the exercise; its right answer is for the fresh inputs of a race.
        sources: the student's cells so far.
    """

    def __init__(self, session: Session, checked: Checked, sources: list[str]):
        self._session, self._checked, self._sources = session, checked, sources
        self._cases = cases = checked.cases
        self._counts = sorted({len(case["arguments"]) for case in cases.cases})
        found = self._ask("look", counts=self._counts, watched=list(cases.forbidden))
        self.exists = found.get("exists") is True
        self.is_function = found.get("is_function") is True
        self.value = StandIn("value") if "unsendable" in found else found.get("value")
        if "unsendable" in found:
            self.exists = True
        self._signatures, self._named = found.get("signatures"), found.get("named")
        self._next = 0  # the first case whose call is still to come
        self._came: deque[dict] = deque()  # the outcomes of the next ones

    def _ask(self, do: str, **message: Any) -> dict[str, Any]:
        limits = self._session.limits
        message["name"] = self._cases.name
        return self._session.ask(do, limits.call_cpu, limits.call_wall, **message)

    def does_not_take(self, count: int) -> str | None:
        """Its signature if it cannot be called with this many arguments; else None."""
        said = self._signatures if isinstance(self._signatures, list) else []
        known = dict(zip(self._counts, said, strict=False))
        return _text(known.get(count)) or None

    def names(self, watched: tuple[str, ...]) -> str | None:
        """The first of the watched functions that its code refers to, by its own process or by
        the text of the notebook."""
        if isinstance(self._named, str) and self._named in watched:
            return self._named
        return names_in(self._sources, self._cases.name, watched)

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        """Call it with copies of the arguments.

        Raises:
            KeyboardInterrupt: it took too long and was stopped.
            Ended: its process is gone.
        """
        came = self._case(arguments, watched)
        if came is None:
            came = self._asked("call", arguments=arguments, watched=list(watched))
        if "unsendable" in came:
            return Outcome(value=StandIn("value that is too large to compare"))
        raised = came.get("raised")
        names = raised if isinstance(raised, list) else ["Exception"]
        outcome = Outcome(
            value=came.get("value"),
            raised=tuple(_text(name) for name in names[:40]),
            message=_text(came.get("message")),
            line=_text(came.get("line")),
            inside=_text(came.get("inside")),
            printed=came.get("printed") is True,
            facts=_facts(came.get("facts") or {}),
        )
        kept = same_bits(_tuple(came.get("handed")), tuple(arguments))
        outcome.changed = came.get("changed") is not False or not kept
        found = came.get("forbidden")
        outcome.forbidden = found if isinstance(found, str) and found in watched else None
        return outcome

    def _asked(self, do: str, **message: Any) -> dict[str, Any]:
        came = self._ask(do, **message)
        if came.get("stopped") is True or self._session.was_interrupted:
            raise KeyboardInterrupt
        return came

    def _case(self, arguments: tuple, watched: tuple[str, ...]) -> dict[str, Any] | None:
        """The outcome of the next case, if these are its arguments: cases are called in batches,
        because going there and back takes longer than most calls."""
        due = self._checked.arguments
        if self._next == len(due) or not same_bits(due[self._next], tuple(arguments)):
            return None
        if not self._came and (batch := self._checked.batch(self._next)) is not None:
            came = self._asked("calls", batch=batch, watched=list(watched)).get("came")
            frames = came[: len(due) - self._next] if isinstance(came, list) else []
            self._came.extend(self._session.unpack(frame) for frame in frames)
        self._next += 1
        return self._came.popleft() if self._came else None

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        """Its speed relative to a loop over every element; 0 if a result is wrong.

        Raises:
            KeyboardInterrupt: it took too long and was stopped.
        """
        asked = max(wanted["times"] for wanted in self._cases.speed)
        random, ratios = np.random.default_rng(), []
        for turn in range(ROUNDS):
            inputs = [_like(arguments, random) for _ in range(CALLS)]
            before = self._session.cpu()
            values = self._ask("race", inputs=inputs).get("values")
            spent = self._session.cpu() - before + self._session.uncounted()
            if self._session.was_interrupted:
                raise KeyboardInterrupt
            if not self._all_right(inputs, values):
                return 0.0
            peer = _peer(steps, PEER_STEPS if turn else PEER_STEPS // 4)
            ratios.append(peer * CALLS / max(spent, 1e-6))
            clear = CLEAR if turn else QUITE_CLEAR
            if not asked / clear < statistics.median(ratios) < asked * clear:
                break
        return statistics.median(ratios)

    def _all_right(self, inputs: list[tuple], values: Any) -> bool:
        if not isinstance(values, list) or len(values) != len(inputs):
            return False
        reference = self._checked.reference
        if reference is None:
            return True
        return all(
            difference(reference(*given), value, self._cases.tolerance, self._cases.lists) is None
            for given, value in zip(inputs, values, strict=True)
        )


def _peer(steps: tuple[int, int], looked_at: int) -> float:
    """Processor seconds that a loop over every element takes for this many steps, of which about
    `looked_at` are taken."""
    inner = steps[1]
    outer = max(1, looked_at // inner)
    signal, weights = np.ones(outer), np.ones(inner)
    taken = []
    for _ in range(2):
        started = time.thread_time()
        element_loop(signal, weights, outer, inner)
        taken.append(time.thread_time() - started)
    return min(taken) * steps[0] / outer


def _like(arguments: list[np.ndarray], random: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Fresh numbers in arrays of the same shapes."""
    return tuple(random.integers(-50, 51, array.shape).astype(float) for array in arguments)


def _text(value: Any) -> str:
    """A student's text for a sentence: not too long, and without terminal control characters."""
    return _CONTROLS.sub("", value[: LONGEST + 2]) if isinstance(value, str) else ""


def _facts(value: Any, depth: int = 4) -> Any:
    """What a student's process reports about an error: plain data of bounded size, harmless
    texts."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict) and depth:
        some = list(value.items())[:_MOST_FACTS]
        return {_text(key): _facts(item, depth - 1) for key, item in some}
    if isinstance(value, (list, tuple)) and depth:
        return [_facts(item, depth - 1) for item in value[:_MOST_FACTS]]
    if isinstance(value, (bool, float)) or (isinstance(value, int) and abs(value) < 1 << 63):
        return value
    return {} if depth == 4 else None


def _tuple(value: Any) -> tuple:
    return value if isinstance(value, tuple) else ()
