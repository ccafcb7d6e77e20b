"""The student's process: runs cells, says what a name holds, calls functions. It knows no answer.

It does what the frames from the other process say, one after another, and answers each under its
own nonce. Its answers are only ever treated as what the student's program does.
"""

import contextlib
import copy
import io
import signal
import warnings
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from convolab.check.answer import Local
from convolab.check.plain import taken_in
from convolab.grading.sandbox.channel import Channel, Closed
from convolab.grading.sandbox.frame_reader import unpack_within
from convolab.grading.sandbox.frame_writer import within
from convolab.grading.sandbox.shell import StudentShell, run_cell
from convolab.handin import where_stopped

_INTERRUPTED = {
    "outputs": [], "error": "KeyboardInterrupt", "stopped": {"error": "KeyboardInterrupt"}
}  # fmt: skip
BATCH = 0.25  # seconds after which a batch of calls is told, so that each has its own limits
MOST_AT_ONCE = 32 << 20  # bytes of answers after which it is told, so that they use little memory


class _Given(tuple):
    """Arguments that remember the copy handed to the function."""

    handed: tuple = ()

    def __deepcopy__(self, memo: dict) -> tuple:
        self.handed = _Given(copy.deepcopy(list(self), memo))
        return self.handed


class Student:
    """Answers frames until the other end is closed."""

    def __init__(self, channel: Channel, shell: StudentShell):
        self.channel = channel
        self.shell = shell
        self.busy = False

    def serve(self) -> None:
        """Answer every frame."""
        signal.signal(signal.SIGINT, self._interrupted)
        while True:
            try:
                message = self.channel.receive()
            except Closed:
                return
            nonce, do = message.pop("nonce"), message.pop("do")
            answer = getattr(self, f"do_{do}")(**message)
            try:
                self.channel.send({**answer, "nonce": nonce})
            except Closed:
                return
            except Exception:  # too large, or an object of the student's that cannot be read
                self.channel.send({"unsendable": True, "nonce": nonce})

    def _interrupted(self, number: int, frame: Any) -> None:
        """An interrupt stops what runs; one that comes too late stops nothing."""
        if self.busy:
            signal.default_int_handler(number, frame)  # unlike a `raise`, nobody's own exception

    @contextlib.contextmanager
    def _stoppable(self):
        self.busy = True
        try:
            yield
        finally:
            self.busy = False

    def do_files(self, files: list) -> dict[str, Any]:
        """Put the files that came with the notebook into the working folder."""
        for name, content in files:
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.tobytes())
        return {}

    def do_run(self, source: str, most: int) -> dict[str, Any]:
        """Run a cell."""
        try:
            with self._stoppable():
                return run_cell(self.shell, source, most)
        except KeyboardInterrupt:  # between the lines of the shell itself
            return dict(_INTERRUPTED)

    def do_beside(self, source: str, needs: list | None, keep: list, most: int) -> dict[str, Any]:
        """Run the lesson's own text of a cell, if one of the names it is needed for is missing."""
        names = self.shell.user_ns
        lacks = where_stopped.lacking(names, needs)
        if lacks == []:
            return {"lacks": []}
        try:
            with self._stoppable():
                came = where_stopped.run_beside(
                    lambda: run_cell(self.shell, source, most), names, keep
                )
        except KeyboardInterrupt:
            came = dict(_INTERRUPTED)
        return {**came, "lacks": lacks}

    def do_look(self, name: str, counts: list, watched: list) -> dict[str, Any]:
        """What a name holds. Of a function: the first watched one that its code refers to, and
        its signature if it does not take as many arguments as one of the counts."""
        answer = Local(self.shell.user_ns, name)
        found = {"exists": answer.exists, "is_function": answer.is_function}
        if not answer.is_function:
            return {**found, "value": taken_in(answer.value)}
        signatures = [answer.does_not_take(count) for count in counts]
        return {**found, "signatures": signatures, "named": answer.names(tuple(watched))}

    def do_calls(self, name: str, batch: np.ndarray, watched: list) -> dict[str, Any]:
        """Several calls, each told as it was when it ended; a slow one is the last."""
        came, until, room = [], monotonic() + BATCH, MOST_AT_ONCE
        for arguments in unpack_within(batch)["batch"]:
            one = self.do_call(name, arguments, watched)
            if one["stopped"]:
                return one
            try:
                frame = within(one)
            except Exception:  # too large, or an object of the student's that cannot be read
                frame = within({"unsendable": True})
            came.append(frame)
            room -= len(frame)
            if monotonic() > until or room < 0:
                break
        return {"came": came}

    def do_call(self, name: str, arguments: tuple, watched: list) -> dict[str, Any]:
        """Call a function and report everything that happened, with the arguments as they are
        now."""
        given = _Given(arguments)
        try:
            with self._stoppable():
                outcome = Local(self.shell.user_ns, name).call(given, tuple(watched))
        except KeyboardInterrupt:
            return {"stopped": True}
        plain = {**vars(outcome), "handed": taken_in(given.handed), "stopped": False}
        return {**plain, "raised": list(outcome.raised)}

    def do_race(self, name: str, inputs: list) -> dict[str, Any]:
        """Call a function with each of the inputs, as fast as it goes."""
        function, values = self.shell.user_ns.get(name), []
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            try:
                with self._stoppable():
                    for arguments in inputs:
                        values.append(function(*arguments))
            except BaseException:
                return {"values": None}
        return {"values": values}
