"""TrainingMonitor's presets: a choice starts a run, and only one run trains at a time."""

import threading

import numpy as np
import pytest

from convolab.figures import Preset, TrainingMonitor
from convolab.illnesses import ILLNESSES


@pytest.fixture(autouse=True)
def no_pace(monkeypatch):
    monkeypatch.setattr("convolab.figures.training_monitor_presets.PACE", 0)


def short(monitor):
    for _ in range(monitor.epochs):
        monitor.epoch(loss=monitor.learning_rate)


def chosen(monitor, name):
    """What the browser sends for a choice in the menu."""
    monitor.canvas.set_state({"preset": monitor.canvas.presets.index(name)})


def test_a_choice_in_the_menu_starts_a_run_with_the_preset_s_settings():
    monitor = TrainingMonitor(
        3, learning_rate=0.1, presets={"usual": short, "large": Preset(short, 1.5, 0.5, 8)}
    )
    monitor.epoch(loss=7)  # of a loop before it, which is cleared
    chosen(monitor, "large")
    assert monitor.wait(5)
    assert monitor.losses == [1.5] * 3
    assert (monitor.preset, monitor.learning_rate) == ("large", 1.5)
    assert (monitor.momentum, monitor.channels) == (0.5, 8)
    assert "Run: large (ended)." in monitor.describe().text
    chosen(monitor, "usual")
    assert monitor.wait(5)
    assert monitor.losses == [0.1] * 3
    assert (monitor.momentum, monitor.channels) == (0.9, 16)


def test_start_anew_runs_the_same_with_what_the_sliders_show():
    monitor = TrainingMonitor(2, presets={"large": Preset(short, learning_rate=1.5)})
    chosen(monitor, "large")
    assert monitor.wait(5)
    monitor.canvas.set_state({"rate": monitor.canvas.rates.index(0.05)})
    monitor.canvas.set_state({"anew": True})
    assert monitor.wait(5)
    assert monitor.losses == [0.05] * 2
    assert not monitor.canvas.anew


def test_another_choice_ends_a_run_that_never_looks_whether_it_is_stopped():
    begun, ended = threading.Event(), []

    def endless(monitor):
        try:
            while True:
                monitor.epoch(loss=1)
                begun.set()
        finally:
            ended.append("endless")

    monitor = TrainingMonitor(2, presets={"endless": endless, "short": short})
    chosen(monitor, "endless")
    assert begun.wait(5)
    assert "Run: endless (training)." in monitor.describe().text
    chosen(monitor, "short")
    assert monitor.wait(5)
    assert ended == ["endless"]
    assert monitor.losses == [0.1, 0.1]
    assert monitor.preset == "short"


def test_the_menu_s_first_line_ends_a_run_and_a_loop_in_a_cell_ends_where_one_begins():
    begun = threading.Event()

    def until_stopped(monitor):
        while not monitor.stopped:
            monitor.epoch(loss=1)
            begun.set()

    monitor = TrainingMonitor(presets={"on and on": until_stopped})
    chosen(monitor, "on and on")
    assert begun.wait(5)
    assert monitor.stopped  # as a loop in a cell sees it
    before = len(monitor.losses)
    monitor.epoch(loss=123)
    assert 123 not in monitor.losses[before:]
    chosen(monitor, "choose one")
    assert monitor.wait(5)
    assert not monitor.stopped
    assert monitor.preset is None


def test_stop_ends_a_run_and_a_choice_releases_it():
    begun = threading.Event()

    def until_stopped(monitor):
        while not monitor.stopped:
            monitor.epoch(loss=1)
            begun.set()

    monitor = TrainingMonitor(2, presets={"a": until_stopped, "b": short})
    chosen(monitor, "a")
    assert begun.wait(5)
    monitor.canvas.set_state({"stop": True})
    assert monitor.wait(5)
    chosen(monitor, "b")
    assert monitor.wait(5)
    assert not monitor.canvas.stop
    assert len(monitor.losses) == 2


def test_what_goes_wrong_in_a_run_is_told_in_the_figure():
    def bad(monitor):
        monitor.epoch(loss=1)
        raise ValueError("the shapes (3,) and\n(4,) differ")

    monitor = TrainingMonitor(presets={"bad": bad, "good": short})
    chosen(monitor, "bad")
    assert monitor.wait(5)
    said = monitor.describe().text
    assert "Run: bad (broke off). It stopped with ValueError: the shapes (3,) and (4,) d" in said
    chosen(monitor, "good")
    assert monitor.wait(5)
    assert "It stopped" not in monitor.describe().text
    with pytest.raises(ValueError, match="differ"):
        monitor.run("bad")  # in a cell it is the cell's own error


def test_where_no_thread_is_to_be_had_a_choice_runs_at_once(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refuse)
    monitor = TrainingMonitor(2, presets={"short": short})
    chosen(monitor, "short")
    assert monitor.losses == [0.1, 0.1]
    assert not monitor.canvas.going


@pytest.mark.parametrize(
    ("presets", "complaint"),
    [
        ({}, "presets must be a dictionary of 1 to 12 runs"),
        ([short], "presets must be a dictionary"),
        ({"a": 3}, "the preset 'a' must be a function that takes the monitor, or a Preset, not 3"),
        ({"": short}, "a preset's name must have 1 to 40 letters, not ''"),
        ({"a": Preset(short, learning_rate=99)}, "learning_rate must be a number from 1e-05 to 10"),
        ({str(n): short for n in range(13)}, "presets must be a dictionary of 1 to 12 runs"),
    ],
)
def test_presets_that_are_none_are_refused_in_one_sentence(presets, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        TrainingMonitor(presets=presets)
    assert str(error.value).startswith("TrainingMonitor: ")


def test_an_unknown_run_is_refused_by_a_list_of_those_there_are():
    with pytest.raises(ValueError, match="the run must be one of 'short', not 'long'"):
        TrainingMonitor(presets={"short": short}).run("long")


@pytest.fixture(scope="module")
def ill():
    """Each illness after a few epochs: losses, validations, and how many kernels are dead."""
    monitor, found = TrainingMonitor(4, learning_rate=0.05, presets=ILLNESSES), {}
    for name in ILLNESSES:
        monitor.run(name)
        dead = len(monitor.dead["conv1"])
        found[name] = (monitor.losses, monitor.accuracies[-1], monitor.validations[-1], dead)
    return found


def test_each_illness_shows_itself_beside_the_healthy_run(ill):
    losses, accuracy, validation, dead = ill["healthy"]
    assert validation > 0.94
    assert dead <= 2
    assert 2.2 > ill["rate too small"][0][-1] > 1  # it learns, and slowly
    assert ill["rate too small"][3] == 0
    assert ill["rate too large"][3] == 16
    assert ill["rate too large"][2] < 0.15
    assert ill["weights all equal"][2] < 0.9
    assert ill["weights too large"][0][0] > 20 * losses[0]
    assert ill["weights too large"][3] >= 5
    assert ill["inputs not scaled"][3] >= 10
    assert ill["labels not shuffled along"][2] < 0.25
    accuracy, validation = ill["20 pictures only"][1:3]
    assert accuracy == 1
    assert validation < 0.75


def test_weights_that_are_all_equal_stay_so_within_a_layer():
    kernels = []
    monitor = TrainingMonitor(1, learning_rate=0.05, presets=ILLNESSES)
    told = monitor.canvas.tell
    monitor.canvas.tell = lambda row, some, units: (kernels.append(some), told(row, some, units))
    monitor.run("weights all equal")
    assert len(kernels[0]) == 16
    assert np.ptp(kernels[0], axis=0).max() < 1e-6  # sixteen times the same kernel
