"""What every figure promises: the same words in Python and in the browser, a picture, a small
state, three outputs of which the picture and the words are seen where no widget lives."""

import base64
import json

import numpy as np
import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from convolab import figures
from convolab.figures import (
    AccuracyInterval,
    ConvArithmetic,
    KernelEditor,
    LayerStack,
    NetworkExplorer,
    OcclusionExplorer,
    PoolingExplorer,
    Preset,
    SharedWeights,
    SlidingKernel1D,
    SlidingKernel2D,
    TrainingMonitor,
)

F = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]
COUNT = np.arange(1, 10).reshape(3, 3)
RNG = np.random.default_rng(2)


def _trained(epochs=6, place=None, alive=None, **arguments):
    """A monitor that has been told of some epochs, one of them without a finite loss."""
    monitor = TrainingMonitor(**arguments)
    for i in range(epochs):
        monitor.canvas.rate = 4 if i < 3 else 6
        monitor.epoch(
            loss=2.3 * 0.6**i if i != 2 else np.nan,
            accuracy=1 - 0.5**i,
            validation=None if i == 1 else 0.97 - 0.5**i / 2,
            kernels=RNG.normal(size=(monitor.channels, 1, 3, 3)),
            activations=alive and alive(i),
        )
    monitor.canvas.place = place or epochs
    return monitor


def _dying(epoch):
    """What three layers give for 40 pictures: some units die, then a whole layer."""
    maps, units = RNG.normal(size=(40, 16, 6, 6)), RNG.normal(size=(40, 120))
    maps[:, : 4 * epoch : 2] = -1
    units[:, 100 : 100 + epoch] = 0
    return {"conv1": maps, "conv2": maps[:, :1] - (99 if epoch > 3 else 0), "dense1": units}


def _ran(name):
    """A monitor with presets, one of which was chosen and has ended, well or badly."""

    def run(monitor):
        monitor.epoch(loss=1, activations={"conv": np.ones((1, 2))})
        if name == "bad":
            raise ValueError("no\nway.")

    monitor = TrainingMonitor(2, presets={"good": run, "bad": Preset(run, learning_rate=1.5)})
    monitor.canvas.preset = 1 + (name == "bad")
    monitor.wait()
    return monitor


def _random_network(shape=(32, 32), side=3):
    """Lesson 08's network with random weights."""
    h, w = ((length - side + 1) // 2 for length in shape)
    conv, dense = RNG.normal(size=(16, 1, side, side)), RNG.normal(size=(16 * h * w, 12)) / 50
    return {"conv_w": conv, "conv_b": np.zeros(16), "dense_w": dense, "dense_b": np.zeros(12)}


STATES = {
    "sliding_kernel_1d.js": [
        lambda: SlidingKernel1D(F, x=5),
        lambda: SlidingKernel1D(F, [0.8, 0.1, -0.1], mode="same", x=-1),
        lambda: SlidingKernel1D(F, "asymmetric", width=5, reverse=False, mode="valid", x=3),
        lambda: SlidingKernel1D([0, 0, 3, 4], [0, 0, 1], mode="same"),
        lambda: SlidingKernel1D([1, 2], [1], mode="valid", x=1),
        lambda: SlidingKernel1D.noisy(n=2000, width=15),
    ],
    "sliding_kernel_2d.js": [
        lambda: SlidingKernel2D(row=1, column=2),
        lambda: SlidingKernel2D(COUNT, COUNT, border="zero", origin="corner", row=1, column=1),
        lambda: SlidingKernel2D(RNG.normal(size=(7, 10)), RNG.normal(size=(2, 5)), border="edge"),
        lambda: SlidingKernel2D(COUNT, [[0.5, -1]], border="mirror", flip=False, row=2, column=2),
        lambda: SlidingKernel2D(COUNT, COUNT),
    ],
    "pooling_explorer.js": [
        lambda: PoolingExplorer(),
        lambda: PoolingExplorer(size=3, stride=2, how="average", shift=-1, noise=10, place=4),
        lambda: PoolingExplorer(RNG.integers(0, 99, (16, 11)), size=5, how="sum", shift=3),
        lambda: PoolingExplorer([[0, 0], [0, 0]], stride=1),
    ],
    "shared_weights.js": [
        lambda: SharedWeights(output=2, wire=1),
        lambda: SharedWeights([3, 1, 4, 1, 5, 9, 2, 6.5], [-1, 2, 1 / 3], stride=2, padding=2),
        lambda: SharedWeights(kind="local", size=5, padding=1, output=3, wire=4),
        lambda: SharedWeights(kind="dense", padding=1, output=9, wire=9, count=True),
        lambda: SharedWeights([1, 2, 3, 4, 5], size=5),
    ],
    "kernel_editor.js": [
        lambda: KernelEditor(),
        lambda: KernelEditor("Gaussian", picture="digit", scaling="rescale"),
        lambda: KernelEditor(RNG.integers(-3, 4, (5, 5)), show="difference"),
        lambda: KernelEditor("mean", image=RNG.integers(0, 256, (30, 40))),
        lambda: KernelEditor(-np.eye(3), scaling="rescale", show="difference"),
    ],
    "conv_arithmetic.js": [
        lambda: ConvArithmetic(window=8),
        lambda: ConvArithmetic(10, 3, 0, 2),
        lambda: ConvArithmetic(32, 5, 2, 1, 2, window=500),
        lambda: ConvArithmetic(2, 5, 1, 2),
        lambda: ConvArithmetic(10, 3, 0, 4),
        lambda: ConvArithmetic(32, 1, 5, 8),
        lambda: ConvArithmetic(1, 1, 1, 2, 2),
    ],
    "layer_stack.js": [
        lambda: LayerStack(),
        lambda: LayerStack([("conv", 6, 3, 1, 0), ("pool", 4, 4), ("conv", 3, 3, 1, 1)], unit=0),
        lambda: LayerStack([("conv", 6, 5, 2, 0), ("pool", 2, 2)]),
        lambda: LayerStack([("conv", 64, 3, 1, 1)] * 7, (3, 64, 64), layer=2),
        lambda: LayerStack([("conv", 1, 1, 1, 0)], (1, 4, 4)),
        lambda: LayerStack([("pool", 3, 3), ("conv", 1, 2, 2, 0)], layer=2),
    ],
    "network_explorer.js": [
        lambda: NetworkExplorer(row=9, column=14, map=2),
        lambda: NetworkExplorer(digit=8, layer="conv2", map=15, row=9, column=3),
        lambda: NetworkExplorer(image=RNG.uniform(size=(32, 32)), layer="pool2", map=4, row=2),
        lambda: NetworkExplorer(digit=0, layer="dense1", map=100),
        lambda: NetworkExplorer(image=np.zeros((32, 32)), layer="pool1"),
        lambda: NetworkExplorer(image=np.zeros((32, 32)), layer="input"),
        lambda: NetworkExplorer(layer="output", map=3),
        lambda: NetworkExplorer(layer="input", row=16, column=12),
    ],
    "occlusion_explorer.js": [
        lambda: OcclusionExplorer(),
        lambda: OcclusionExplorer(picture=3, row=4, column=4),
        lambda: OcclusionExplorer(picture=8, target=3, size=5, fill=0.5, show="score"),
        lambda: OcclusionExplorer(images=np.zeros((8, 8)), size=1, row=7, column=0),
        lambda: OcclusionExplorer(_random_network(), RNG.uniform(size=(12, 32, 32)), size=4),
        lambda: OcclusionExplorer(_random_network((9, 5), 1), {"one": np.eye(9, 5)}, fill=1),
        lambda: OcclusionExplorer(_random_network((2, 2), 1), np.eye(2), size=2, show="score"),
    ],
    "accuracy_interval.js": [
        lambda: AccuracyInterval(),
        lambda: AccuracyInterval({"a": 97.3, "b": 60, "c": 99.9}, pictures=10, network=2),
        lambda: AccuracyInterval({"guesses": 10, "all right": 100}, pictures=3000, network=1),
        lambda: AccuracyInterval({"one alone": 12.5}, pictures=40),
    ],
    "training_monitor.js": [
        lambda: TrainingMonitor(),
        lambda: _trained(),
        lambda: _trained(25, 4, channels=32, learning_rate=0.033),
        lambda: _trained(epochs=1),
        lambda: _trained(alive=_dying),
        lambda: _trained(3, 2, alive=lambda i: _dying(i) if i < 1 else None),
        lambda: _ran("good"),
        lambda: _ran("bad"),
    ],
}
ALL = [(module, make) for module, makers in STATES.items() for make in makers]


def _base64(numbers):
    """As the widget manager writes bytes into a notebook."""
    return base64.b64encode(numbers).decode()


@pytest.mark.parametrize("module", STATES)
def test_python_and_the_browser_say_the_same(module, run_module):
    made = [make() for make in STATES[module]]
    said = run_module(
        module,
        "inputs.map((traits) => m.describe(m.stateOf((name) => traits[name])))",
        [figure.canvas.state() for figure in made],
    )
    for figure, words in zip(made, said, strict=True):
        ours = figure.describe()
        assert words["text"] == ours.text
        assert tuple(words["header"]) == ours.header
        assert [tuple(row) for row in words["rows"]] == list(ours.rows)


@pytest.mark.parametrize(("module", "make"), ALL)
def test_the_picture_shows_the_state_and_carries_its_words(module, make):
    figure = make()
    picture = figure.picture()
    assert picture.png.startswith(b"\x89PNG")
    assert len(picture.png) < 160_000
    assert picture.alt == figure.describe().text
    assert figure.describe().text in repr(figure)


@pytest.mark.parametrize(("module", "make"), ALL)
def test_the_widget_s_state_is_small(module, make):
    before = set(_instances)
    made = make()
    parts = [widget for name, widget in _instances.items() if name not in before]
    assert made.canvas in parts
    state = Widget.get_manager_state(widgets=parts)["state"]
    assert len(json.dumps(state, default=_base64)) < 300_000


@pytest.mark.parametrize("module", STATES)
def test_a_notebook_gets_widget_picture_and_words_one_after_the_other(module, monkeypatch):
    shown = []
    monkeypatch.setattr("convolab.figures.base.display", lambda what, **_: shown.append(what))
    STATES[module][0]()._ipython_display_()
    widget, picture, words = shown
    assert "application/vnd.jupyter.widget-view+json" in widget
    data, _ = picture._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "convolab-picture" in data["text/html"]
    assert "convolab-description" in words["text/html"]


def test_every_figure_has_a_docstring_with_an_example_and_is_tested_here():
    tested = {type(make()).__name__ for _, make in ALL}
    assert tested == set(figures.__all__)
    for name in figures.__all__:
        assert f">>> {name}" in getattr(figures, name).__doc__
