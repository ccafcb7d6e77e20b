"""In a tab of a browser, where there are no threads, training works and MNIST is one sentence."""

import subprocess
import sys

IN_A_TAB = """
import sys, threading, time
import numpy, rich.progress
sys.platform = "emscripten"

def refuse(thread):
    raise RuntimeError("can't start new thread")

threading.Thread.start = refuse
time.process_time = lambda: 0.0  # this clock stands still there
"""


def in_a_tab(code: str) -> str:
    """What a Python says that is as poor as the one in a browser."""
    run = subprocess.run([sys.executable, "-c", IN_A_TAB + code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_training_shows_its_progress_without_a_thread_and_its_clock_runs():
    said = in_a_tab("""
from convolab import nn
model = nn.Sequential([nn.Flatten(), nn.Dense(2)], (1, 2, 2))
pictures = numpy.random.default_rng(0).random((8, 1, 2, 2))
history = nn.train(model, pictures, [0, 1] * 4, epochs=2, progress_bar=True)
assert 0 < history.seconds[0] < history.seconds[1], history.seconds
""")
    assert "epoch 2 of 2" in said


def test_mnist_is_said_to_be_too_large():
    said = in_a_tab("""
from convolab.data import mnist
from convolab.problem import Problem
try:
    mnist()
except Problem as problem:
    print(problem)
""")
    assert "too large for a tab of a browser" in said
