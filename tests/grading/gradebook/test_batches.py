"""The cases of an exercise are called in batches, and each is judged as if it stood alone."""

import numpy as np
import pytest

from convolab.check.answer import StandIn
from convolab.check.cases import from_json
from convolab.check.encode import encode
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.frame_writer import pack
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.remote_answer import RemoteAnswer
from convolab.grading.sandbox.session import Ended

LIMITS = Limits(call_cpu=0.5, call_wall=1, memory=600)


@pytest.fixture
def session(bwrap):
    found = launcher_for(True).start(LIMITS)
    yield found
    found.kill()


def cases(*inputs):
    """An exercise `f` with these arguments."""
    return from_json(
        {
            "name": "f", "kind": "function", "points": 1, "lists": True, "tolerance": 1e-9,
            "praise": "", "aspects": {"all": {"share": 1}}, "misconceptions": [], "speed": [],
            "forbidden": [],
            "cases": [{"arguments": [encode(one)]} for one in inputs],
        }
    )  # fmt: skip


def outcomes(session, source, *inputs):
    """What comes of calling `f` with each of the inputs, and how often its process was asked."""
    session.ask("run", 5, 10, source=source, most=100)
    answer = RemoteAnswer(session, Checked(cases(*inputs)), [source])
    asked, ask = [], session.ask
    session.ask = lambda do, *limits, **message: asked.append(do) or ask(do, *limits, **message)
    try:
        return [answer.call((one,)) for one in inputs], asked
    finally:
        del session.ask


def test_many_calls_are_one_question(session):
    came, asked = outcomes(session, "def f(x):\n    return x + 1", *range(20))
    assert [one.value for one in came] == list(range(1, 21))
    assert asked == ["calls"]


def test_each_is_told_as_it_was_when_it_ended(session):
    source = "kept = []\ndef f(x):\n    kept.append(x)\n    return kept"
    came, _ = outcomes(session, source, 1, 2, 3)
    assert [one.value for one in came] == [[1], [1, 2], [1, 2, 3]]
    source = "import numpy as np\nroom = np.zeros(1)\ndef f(x):\n    room[0] = x\n    return room"
    came, _ = outcomes(session, source, 1, 2)
    assert [one.value[0] for one in came] == [1, 2]


def test_an_argument_that_is_changed_is_that_of_its_own_call(session):
    source = "def f(x):\n    if x[0] == 2:\n        x[0] = 9\n    return 0"
    came, _ = outcomes(session, source, [1], [2], [3])
    assert [one.changed for one in came] == [False, True, False]


def test_slow_calls_have_their_own_limits(session):
    source = "import time\ndef f(x):\n    time.sleep(0.4)\n    return x"
    came, asked = outcomes(session, source, 1, 2, 3, 4)
    assert [one.value for one in came] == [1, 2, 3, 4]
    assert asked == ["calls"] * 4


def test_one_that_never_ends_is_stopped_wherever_it_stands(session):
    with pytest.raises(KeyboardInterrupt):
        outcomes(session, "def f(x):\n    while x == 3: pass", 1, 2, 3)


def test_one_that_cannot_be_sent_costs_no_other(session):
    source = "def f(x):\n    a = []; a.append(a)\n    return a if x == 2 else x"
    came, _ = outcomes(session, source, 1, 2, 3)
    assert [came[0].value, came[2].value] == [1, 3]
    assert isinstance(came[1].value, StandIn)


def test_large_arguments_go_one_by_one(session):
    arrays = [np.ones(1 << 15) * turn for turn in range(3)]
    came, asked = outcomes(session, "def f(x):\n    return x.sum()", *arrays)
    assert [one.value for one in came] == [0, 1 << 15, 2 << 15]
    assert asked == ["call", "call", "calls"]


@pytest.mark.parametrize(
    "frame",
    [
        None, 7, [], np.zeros(3), np.zeros(5, np.uint8), np.zeros(20, np.uint8),
        np.frombuffer(b"".join(pack({"a": 1})) + b"more", np.uint8),
    ],
    ids=["nothing", "a number", "a list", "floats", "short", "zeros", "too long"],
)  # fmt: skip
def test_what_is_no_frame_within_an_answer_ends_its_process(session, frame):
    with pytest.raises(Ended):
        session.unpack(frame)
    assert not session.alive
