"""A fast exercise is judged by its ratio to a loop; slow and fast answers lie far apart."""

import time

import numpy as np
import pytest

from benchmarks.steadiness import answers, raced
from convolab.check import speed
from convolab.check.answer import Local
from convolab.check.ladder import judge
from convolab.check.speed import speed_arguments, times_as_fast
from tests.check.course import EXERCISES, compiled, lesson

LESSON = EXERCISES / "01_convolution_1d"
FAST = lesson(LESSON)["convolve_1d_fast"]


def loop_over_windows(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError
    g = g[::-1]
    return np.array([np.sum(f[x : x + len(g)] * g) for x in range(len(f) - len(g) + 1)])


def double_loop(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError
    out = np.zeros(len(f) - len(g) + 1)
    for x in range(len(out)):
        for i in range(len(g)):
            out[x] += f[x + len(g) - 1 - i] * g[i]
    return out


@pytest.mark.parametrize("function", [loop_over_windows, double_loop])
def test_a_loop_is_right_but_too_slow(function):
    verdict = judge(compiled(LESSON, "convolve_1d_fast"), Local({"f": function}, "f"))
    assert verdict.status == "partial"
    assert verdict.points == 1
    assert "times as fast as a loop" in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "speed"), [pytest.param(*pair, id=pair[0].name) for pair in raced()]
)
def test_fast_and_slow_lie_on_both_sides_of_the_threshold(exercise, speed):
    arguments = speed_arguments(speed.shapes)
    ratios = {
        what: times_as_fast(function, arguments, speed.steps, enough=0.005)
        for what, function, _ in answers(exercise)
    }
    for what, _, passes in answers(exercise):
        if passes:
            assert ratios[what] > 1.5 * speed.times, what
        else:
            assert ratios[what] < speed.times, what


def test_fast_but_wrong_for_long_input_earns_no_speed():
    def short_only(f, g):
        if len(f) > 1000:
            return np.zeros(len(f) - len(g) + 1)
        return FAST.answer(f, g)

    verdict = judge(compiled(LESSON, "convolve_1d_fast"), Local({"f": short_only}, "f"))
    assert verdict.points == 1
    assert "not for a long one" in verdict.hint


@pytest.mark.parametrize("standing", [("process_time",), ("process_time", "perf_counter")])
def test_a_clock_that_stands_still_ends_the_race_all_the_same(monkeypatch, standing):
    """In a browser the clock of processor time says 0 for ever."""
    for name in standing:
        begun = iter([0.0, 0.0, 1.0])  # but for the look whether it runs
        monkeypatch.setattr(time, name, lambda begun=begun: next(begun, 1.0))
    monkeypatch.setattr(speed, "MOST_CALLS", 20)
    ratio = times_as_fast(np.convolve, [np.ones(200), np.ones(9)], (200, 9), enough=1e-4)
    assert ratio > 0
    assert np.isfinite(ratio)


def test_an_answer_that_stops_in_the_race_is_not_fast():
    turns = []

    def once(f, g):
        turns.append(1)
        if len(turns) > 2:
            raise SystemExit
        return FAST.answer(f, g)

    answer = Local({"f": once}, "f")
    assert answer.times_as_fast(speed_arguments(FAST.speeds[0].shapes), FAST.speeds[0].steps) == 0
