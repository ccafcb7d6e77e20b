"""Whatever is handed in, and whatever a student's process answers: no crash, no hang, no point."""

import json
import os
import socket
import struct
import threading
import time

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convolab.grading.exercise_result import read
from convolab.grading.intake.mend_hook import Named, prepare
from convolab.grading.run.hidden_cases import draw
from convolab.grading.sandbox import shared_memory, wire
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.session import Session
from convolab.grading.sandbox.split_run import SubmissionRun
from convolab.handin.read import parse_notebook
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, master, small_course

LIMITS = Limits(cell_cpu=1, cell_wall=1, call_cpu=1, call_wall=1)
often = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["code", "markdown", "test_twice", "twice", 4, 5, "execute_result"]),
)  # fmt: skip
KEYS = (
    "cells", "metadata", "nbformat", "nbformat_minor", "cell_type", "source", "outputs", "id",
    "nbgrader", "grade_id", "solution", "locked", "grade", "points", "convolab", "worksheets",
)  # fmt: skip
objects = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=4)), inner, max_size=5),
    ),
    max_leaves=25,
)


def taken_in(content):
    """A notebook that was read and mended, or None with a sentence that says why not."""
    try:
        notebook = parse_notebook(content, "a.ipynb")
    except Problem as problem:
        says = str(problem)
    else:
        says = None
    if says is not None:
        assert says.endswith(".")
        return None
    sources = master()
    named = {
        cell.metadata.nbgrader.grade_id: Named(
            cell.metadata.nbgrader.grade_id, cell, "def f():\n    pass"
        )
        for cell in sources.cells
        if "nbgrader" in cell.metadata
    }
    prepare(notebook, sources, named)
    nbformat.validate(notebook)
    assert read(notebook) == {}  # no check was run, so none has a verdict
    return notebook


@often
@given(st.binary(max_size=300))
def test_any_bytes_are_a_notebook_or_a_sentence(content):
    taken_in(content)


@often
@given(objects)
def test_any_json_is_a_notebook_or_a_sentence(value):
    taken_in(json.dumps(value).encode())


@often
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), objects, max_size=8), max_size=5), objects)
def test_any_cells_are_a_notebook_or_a_sentence(cells, about):
    head = {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": cells}
    taken_in(json.dumps(head).encode())


@often
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=9))
def test_a_sound_notebook_with_a_few_bytes_of_damage_is_a_notebook_or_a_sentence(place, damage):
    content = nbformat.writes(filled(RIGHT)).encode()
    place %= len(content)
    taken_in(content[:place] + damage + content[place + len(damage) :])


# --- Any sequence of frames from a student's process, against the trusted side at work.


class Lies(Session):
    """A live session whose other end answers each question with what it was given."""

    def __init__(self, answers):
        ours, theirs = socket.socketpair()
        memory = shared_memory.make()
        process = threading.Thread(target=self._answer, args=(theirs, answers), daemon=True)
        super().__init__(
            ours, shared_memory.SharedMemory(memory, 0), os.getpid(), LIMITS, False, None
        )
        process.start()

    @staticmethod
    def _answer(end, answers):
        with end:
            for answer in answers:
                try:
                    start = end.recv(wire.LENGTHS.size, socket.MSG_WAITALL)
                    header, size = wire.LENGTHS.unpack(start)
                    asked = json.loads(end.recv(header, socket.MSG_WAITALL))
                    end.recv(size, socket.MSG_WAITALL) if size else None
                    end.sendall(answer(asked))
                except (OSError, struct.error):
                    return

    def memory(self):
        return 0

    def _too_large(self):
        return False

    def cpu(self):
        return 0.0

    def _own_cpu(self):
        return 0.0

    def _signal(self, number):
        """There is nobody to be signalled."""

    def _kill_group(self):
        """Nor a group of processes."""


def framed(message, body):
    header = json.dumps(message).encode()
    return wire.LENGTHS.pack(len(header), len(body)) + header + body


packed = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        st.builds(lambda d, s, p: {"a": [d, s, p]}, st.sampled_from(["<f8", "<i8", "|b1", "<c16"]),
                  st.lists(st.integers(-1, 5), max_size=3), st.integers(-1, 70)),
        st.builds(lambda s, p: {"m": ["<f8", s, p]},
                  st.lists(st.integers(0, 3), max_size=2), st.integers(-1, 1 << 25)),
        st.sampled_from([{"f": "nan"}, {"e": None}, {"x": "object", "function": True},
                         {"k": "sum_of_squares"}, {"c": [1.5, 2.5]}, {"k": "eval"}, {"q": 1}]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.builds(lambda items: {"t": items}, st.lists(inner, max_size=4)),
        st.builds(lambda pairs: {"d": pairs}, st.lists(st.tuples(inner, inner), max_size=3)),
    ),
    max_leaves=8,
)  # fmt: skip
FIELDS = (
    "exists", "is_function", "value", "signature", "named", "raised", "message", "line", "inside",
    "printed", "changed", "forbidden", "handed", "stopped", "unsendable", "outputs", "error",
)  # fmt: skip


def reply(fields, body, nonce, raw):
    def answer(asked):
        if raw is not None:
            return raw
        sure = {"exists": True, "is_function": True} if asked["do"] == "look" else {}
        own = {"nonce": asked["nonce"]} if nonce else {"nonce": "0" * 16}
        return framed({**sure, **fields, **own}, body)

    return answer


replies = st.builds(
    reply,
    st.dictionaries(st.sampled_from(FIELDS), packed, max_size=6),
    st.binary(max_size=64),
    st.integers(0, 9).map(bool),
    st.one_of(st.none(), st.none(), st.none(), st.binary(min_size=12, max_size=80)),
)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    return draw(small_course(tmp_path_factory.mktemp("anything") / "course"), LESSON, 5)


@settings(often, max_examples=150)
@given(st.lists(replies, max_size=25))
def test_no_sequence_of_frames_crashes_hangs_or_gives_a_point(checked, answers):
    notebook = filled({})
    started = time.monotonic()
    run = SubmissionRun(lambda: Lies(answers), checked, LIMITS)
    run.run(notebook, started + 20)
    assert time.monotonic() - started < 25
    nbformat.validate(notebook)
    verdicts = read(notebook)
    assert set(verdicts) == {"twice", "total"}
    assert all(verdict.score == 0 for verdict in verdicts.values()), verdicts
    assert all(verdict.hint for verdict in verdicts.values())
