"""TrainingMonitor without a browser: what it keeps, what it hands to a loop, what it refuses."""

import base64
import json
import time

import numpy as np
import pytest

from convolab import data, nn
from convolab.figures import TrainingMonitor
from convolab.figures.training_monitor_told import looked_at
from convolab.figures.training_monitor_view import (
    Epoch,
    accuracy_bottom,
    kernels_of,
    loss_top,
    number,
)

JS = "training_monitor.js"


def test_a_loop_tells_what_it_reached_and_reads_what_is_set():
    monitor = TrainingMonitor(3, learning_rate=0.05, momentum=0.5, channels=8)
    assert (monitor.learning_rate, monitor.momentum, monitor.channels) == (0.05, 0.5, 8)
    assert monitor.epoch(loss=1.5, accuracy=0.5, validation=0.25) is None
    monitor.epoch(loss=np.float32(0.75))
    assert monitor.losses == [1.5, 0.75]
    assert monitor.accuracies == [0.5, None]
    assert monitor.validations == [0.25, None]
    assert not monitor.stopped
    monitor.canvas.stop = True
    assert monitor.stopped
    monitor.clear()
    assert (monitor.losses, monitor.stopped) == ([], False)


def test_an_epoch_is_told_with_the_settings_that_the_loop_read_before_it():
    monitor = TrainingMonitor(learning_rate=0.1)
    assert monitor.learning_rate == 0.1
    monitor.canvas.rate = monitor.canvas.rates.index(0.5)  # moved while the epoch runs
    monitor.epoch(loss=1)
    monitor.epoch(loss=1)
    assert [row[3] for row in monitor.canvas.told] == [0.1, 0.5]
    assert "Changed before it: learning rate 0.1 → 0.5." in monitor.describe().text


def test_the_epoch_that_is_looked_at_moves_on_unless_an_earlier_one_was_chosen():
    monitor = TrainingMonitor()
    for _ in range(3):
        monitor.epoch(loss=1)
    monitor.canvas.show()
    assert monitor.canvas.place == 3
    monitor.canvas.place = 1
    monitor.epoch(loss=1)
    monitor.canvas.show()
    assert (monitor.canvas.place, monitor.canvas.place_max) == (1, 4)


def test_the_browser_finds_each_epoch_s_kernels(run_module):
    monitor, rng = TrainingMonitor(), np.random.default_rng(0)
    told = [rng.normal(size=shape) for shape in ((4, 1, 3, 3), (4, 3, 3), (6, 2, 5, 5))]
    for kernels in told:
        monitor.epoch(kernels=kernels)
    monitor.epoch()
    state = monitor.canvas.state()
    inputs = {"bytes": list(state["kernels"]), "shapes": state["shapes"]}
    found = run_module(
        JS, "[1, 2, 3, 4].map((place) => m.kernelsOf(inputs.bytes, inputs.shapes, place))", inputs
    )
    assert [seen["epoch"] for seen in found] == [1, 2, 3, 3]  # epoch 4 told none
    for kernels, seen in zip(told, found[:3], strict=True):
        first = kernels[:, 0] if kernels.ndim == 4 else kernels
        values = np.reshape(list(seen["values"].values()), first.shape)
        np.testing.assert_allclose(values * np.abs(first).max() / 127, first, atol=0.02)


def test_a_loss_is_written_alike_however_large(run_module):
    losses = [None, 0.0, -0.25, 2.30259, 999_999.5, 1e6, -3.14e7, 8e99]
    assert run_module(JS, "inputs.map(m.number)", losses) == [number(loss) for loss in losses]
    assert number(-3.14e7) == "−3.1e7"


def test_the_axes_end_where_the_browser_s_end(run_module):
    rng = np.random.default_rng(1)
    tries = [
        [Epoch(float(a), float(b), None, 1, 0, 1) for a, b in zip(*pair, strict=True)]
        for pair in zip(
            10 ** rng.uniform(-4, 3, (200, 3)), rng.uniform(0, 1, (200, 3)), strict=True
        )
    ]
    inputs = [[vars(epoch) for epoch in history] for history in tries]
    ends = run_module(JS, "inputs.map((h) => [m.lossTop(h), m.accuracyBottom(h)])", inputs)
    expected = [[loss_top(history), accuracy_bottom(history)] for history in tries]
    np.testing.assert_allclose(ends, expected, rtol=1e-12)


@pytest.fixture(scope="module")
def some_digits():
    images, labels = data.digits()
    return images[:, None].astype(np.float32) / 16, labels


def test_the_course_s_engine_is_followed_and_stopped(some_digits):
    monitor, model = TrainingMonitor(4, learning_rate=0.02), nn.small_cnn()
    watch = monitor.follow(model, validation=(some_digits[0][:200], some_digits[1][:200]))

    def press_stop(log):
        watch(log)
        if log.epoch == 2:
            monitor.canvas.stop = True

    history = nn.train(
        model, *some_digits, epochs=4, schedule=monitor.schedule, callback=press_stop
    )
    assert history.interrupted
    assert monitor.losses == history.loss
    assert 0 < monitor.validations[0] <= 1
    assert monitor.canvas.state()["shapes"] == [[16, 3, 3]]
    assert [row[3] for row in monitor.canvas.told] == [0.02]


def test_epochs_in_quick_succession_go_out_as_one_the_last_within_a_second():
    monitor, sent = TrainingMonitor(50), []
    monitor.canvas.observe(lambda change: sent.append(len(change["new"])), "history")
    start = time.process_time()
    for _ in range(50):
        monitor.epoch(loss=1, accuracy=0.5, validation=0.5, kernels=np.ones((16, 1, 3, 3)))
    assert (time.process_time() - start) / 50 < 0.02
    assert sent[0] == 1
    assert len(sent) < 5
    end = time.monotonic() + 5
    while sent[-1] < 50 and time.monotonic() < end:
        time.sleep(0.01)
    assert sent[-1] == len(monitor.losses) == 50


def test_where_no_thread_is_to_be_had_an_epoch_goes_out_at_once(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Timer.start", refuse)
    monitor = TrainingMonitor()
    for _ in range(3):
        monitor.epoch(loss=1)
    assert len(monitor.canvas.history) == 3


def test_a_long_training_keeps_some_epochs_kernels_and_a_small_state():
    monitor, kernels = TrainingMonitor(1000), np.ones((32, 1, 5, 5))
    for i in range(1000):
        monitor.epoch(loss=1 / (i + 3), accuracy=i / 1001, validation=i / 1003, kernels=kernels)
    state = monitor.canvas.state()
    kept = [i for i, shape in enumerate(state["shapes"], start=1) if shape[0]]
    assert kept[0] < 20
    assert kept[-1] == 1000
    assert max(np.diff(kept)) < 20
    assert kernels_of(state["kernels"], state["shapes"], 999)[0] == kept[-2]
    assert len(json.dumps(state, default=lambda some: base64.b64encode(some).decode())) < 300_000


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"epochs": 0}, "epochs must be a whole number from 1"),
        ({"learning_rate": 0}, "learning_rate must be a number from 1e-05 to 10"),
        ({"learning_rate": "fast"}, "learning_rate must be a number"),
        ({"momentum": 1}, "momentum must be a number from 0 to 0.99"),
        ({"channels": 99}, "channels must be a whole number from 1 to 32"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        TrainingMonitor(**arguments)
    assert str(error.value).startswith("TrainingMonitor: ")


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"accuracy": 97}, "accuracy is a share from 0 to 1, not 97; divide percents by 100"),
        ({"loss": "small"}, "loss must be a number, not 'small'"),
        ({"kernels": np.ones(3)}, r"kernels must be numbers of the shape \(D, C, R, R\)"),
    ],
)
def test_what_a_loop_tells_wrongly_is_refused_and_not_kept(told, complaint):
    monitor = TrainingMonitor()
    with pytest.raises(ValueError, match=complaint):
        monitor.epoch(**told)
    assert monitor.losses == []


def test_a_unit_that_answers_to_no_picture_is_dead():
    maps = np.full((5, 4, 3, 3), -1.0)
    maps[2, 1, 0, 2] = 0.1  # kernel 1 answers once, to one picture
    maps[:, 3] = 7
    monitor = TrainingMonitor()
    monitor.epoch(activations={"conv": maps, "dense": np.eye(5)[:, :2], "nan": [[np.nan]]})
    assert monitor.dead == {"conv": [0, 2], "dense": []}  # what is not finite tells nothing
    said = monitor.describe()
    assert (
        "at least one of 5 training pictures: conv 2 of 4 (dead: 0, 2); dense 2 of 2." in said.text
    )
    assert said.header[-1] == "alive"
    assert said.rows[0][-1] == "conv 2 of 4, dense 2 of 2"
    monitor.epoch(activations={"conv": np.zeros((1, 4))})
    monitor.canvas.place = 2
    said = monitor.describe().text
    assert "at least one of 1 training picture: conv 0 of 4." in said
    assert "Every unit of conv is dead, so no gradient passes there." in said


def test_the_course_s_engine_is_looked_into_layer_by_layer(some_digits):
    images, labels = some_digits
    monitor, model = TrainingMonitor(1), nn.small_cnn()
    model.parameters["conv2_b"][[3, 5]] = -1e6  # two kernels that can never answer
    nn.train(
        model, images[:300], labels[:300], 1, callback=monitor.follow(model, pictures=images[:300])
    )
    assert list(monitor.dead) == ["conv1", "conv2", "dense1"]
    assert {3, 5} <= set(monitor.dead["conv2"])
    assert [u.total for u in monitor.canvas.told_units[0]] == [16, 32, 64]


def test_the_same_few_pictures_are_looked_at_every_time():
    for many, some in ((3, 3), (99, 99), (1438, 100), (8000, 500), (60_000, 1024)):
        pictures = np.arange(many)
        found = looked_at(pictures)
        assert len(found) == some
        assert (found[0], found[-1]) == (0, many - 1)
        np.testing.assert_array_equal(found, looked_at(pictures))
        assert len(set(found)) == some


@pytest.mark.parametrize(
    ("activations", "complaint"),
    [
        (np.ones((3, 2)), "activations must be a dictionary of arrays by the layers' names"),
        ({"conv": np.ones(3)}, r"the activations of 'conv' must be numbers of the shape \(N, D"),
        ({str(n): np.ones((1, 1)) for n in range(7)}, "activations may have 6 layers, not 7"),
    ],
)
def test_activations_that_are_none_are_refused_and_not_kept(activations, complaint):
    monitor = TrainingMonitor()
    with pytest.raises(ValueError, match=complaint):
        monitor.epoch(activations=activations)
    assert monitor.losses == []
