"""Odd values cross the wire, or their kind does: graded as in the notebook, at the same cost."""

from dataclasses import replace

import pytest

from convolab.check.answer import Local
from convolab.check.cases import load
from convolab.check.ladder import judge
from convolab.check.plain import MOST_BYTES, taken_in
from convolab.grading.sandbox import wire
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.frame_reader import unpack
from convolab.grading.sandbox.frame_writer import pack
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.remote_answer import RemoteAnswer
from tests.check.odd import ALL, EVERYWHERE, GIVEN, SETUP, made
from tests.check.test_odd_returns import look_at, points_without

pytestmark = pytest.mark.filterwarnings("ignore")

# A right answer, but for the cases in `places`.
ANSWER = """
from convolab import ops

def convolve_1d(f, g, mode="full"):
    global turn
    turn += 1
    return odd() if turn - 1 in places else ops.convolve_1d(f, g, mode)
"""


@pytest.fixture(scope="module")
def session(bwrap):
    found = launcher_for(True).start(Limits(memory=1024, call_cpu=2, call_wall=5))
    found.ask("run", 5, 10, source=SETUP + ANSWER, most=1000)
    yield found
    found.kill()


@pytest.fixture(scope="module")
def cases():
    """`convolve_1d`, whose reference may be called here."""
    return replace(load("convolve_1d"), forbidden=())


def graded(session, cases, name, places):
    source = f"turn, places, odd = 0, {places}, lambda: {ALL[name]}"
    assert session.ask("run", 2, 5, source=source, most=1000)["error"] == ""
    return judge(cases, RemoteAnswer(session, Checked(cases), []))


def test_it_costs_its_aspects_and_nothing_else(session, cases):
    due = [place for place, case in enumerate(cases.cases) if "raises" in case["outcome"]]
    for places, names in (([0], ALL), (due, EVERYWHERE)):
        for name in names:
            verdict = graded(session, cases, name, places)
            assert session.alive, name
            look_at(cases, verdict)
            assert verdict.points == points_without(cases, places), (places, name, verdict)


def test_the_verdict_is_the_one_of_the_notebook(session, cases):
    for name in sorted(set(EVERYWHERE) & set(GIVEN)):
        space = {"turn": 0, "places": [0], "odd": made(name)}
        exec(ANSWER, space)
        here = judge(cases, Local(space, cases.name))
        there = graded(session, cases, name, [0])
        assert (there.points, there.status, there.hint) == (here.points, here.status, here.hint)


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_sent_is_always_taken(name):
    start, *parts = pack({"value": taken_in(made(name)())})
    header, size = wire.lengths(start[: wire.LENGTHS.size])
    assert sum(map(len, parts)) == size <= MOST_BYTES
    came = unpack(start[wire.LENGTHS.size :][:header], b"".join(map(bytes, parts)))
    assert pack(came)[0] == start  # and is the same when it is sent back


def test_an_answer_that_refuses_nothing_loses_the_errors_alone(session, cases):
    """Its unknown modes give an array where an error is due, and where a mistake gives nothing."""
    source = (
        "def convolve_1d(f, g, mode='full'):\n"
        "    known = mode in ('full', 'same', 'valid')\n"
        "    return ops.convolve_1d(f, g, mode if known else 'full')"
    )
    assert session.ask("run", 2, 5, source=source, most=1000)["error"] == ""
    verdict = judge(cases, RemoteAnswer(session, Checked(cases), []))
    assert (verdict.status, verdict.points) == ("partial", 3)
    assert "yours answers it like full" in verdict.hint
    session.ask("run", 5, 10, source=ANSWER, most=1000)
