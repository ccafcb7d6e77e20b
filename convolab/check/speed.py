"""Judges a "fast" exercise by a ratio, never by seconds: a busy machine slows both sides alike.

The peer is an elementwise loop in Python over two arrays, as many multiply-adds as the exercise
would take in plain loops. Both sides are measured in processor time, which does not run while
another program has the core (in a browser, where that clock stands still, in wall time); each call
is repeated until it adds up to enough to measure, and the median of several rounds counts.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

ROUNDS = 5
ENOUGH = 0.2  # seconds of processor time for one measurement
PEER_STEPS = 20_000  # multiply-adds of one measurement of the peer: about 3 ms
MOST_CALLS = 20_000  # of one measurement, however slowly its clock goes


def element_loop(signal: np.ndarray, weights: np.ndarray, outer: int, inner: int) -> float:
    """`outer` times `inner` multiply-adds, one element of each array at a time."""
    total = 0.0
    for step in range(outer):
        for tap in range(inner):
            total += signal[step] * weights[tap]
    return total


def _clock() -> Callable[[], float]:
    """The processor-time clock; where that stands still, as in a browser, the wall clock."""
    began, until = time.process_time(), time.perf_counter() + 0.05
    while time.perf_counter() < until:
        if time.process_time() > began:
            return time.process_time
    return time.perf_counter


def _seconds(
    function: Callable, *arguments: object, enough: float, clock: Callable[[], float]
) -> float:
    """Seconds of one call, averaged over as many calls as take `enough` together."""
    calls, spent, started = 0, 0.0, clock()
    while spent < enough and calls < MOST_CALLS:
        function(*arguments)
        calls += 1
        spent = clock() - started
    return max(spent, 1e-9) / calls


def times_as_fast(
    function: Callable, arguments: list[np.ndarray], steps: tuple[int, int], enough: float = ENOUGH
) -> float:
    """How many times as fast as the element loop the function is (median of the rounds).

    Args:
        function: the learner's.
        arguments: what to call it with.
        steps: outer and inner length of the loop that does the same work.
    """
    inner = steps[1]
    outer = max(1, PEER_STEPS // inner)
    signal, weights = np.ones(outer), np.ones(inner)
    ratios, clock, share = [], _clock(), outer / steps[0]
    for _ in range(ROUNDS):
        loop = element_loop, signal, weights, outer, inner
        peer = _seconds(*loop, enough=enough / 4, clock=clock) / share
        ratios.append(peer / _seconds(function, *arguments, enough=enough, clock=clock))
    return statistics.median(ratios)


def speed_arguments(shapes: list[list[int]]) -> list[np.ndarray]:
    """Integer-valued float arrays of the given shapes, the same on every machine: no random
    generator, whose stream may change between versions of NumPy."""
    return [
        ((np.arange(int(np.prod(shape))) * (37 + 2 * place) + 11 * place) % 101 - 50.0).reshape(
            shape
        )
        for place, shape in enumerate(shapes)
    ]
