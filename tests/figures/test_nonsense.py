"""Whatever is handed to a figure, it is shown or refused in one sentence that names the figure."""

import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from ipywidgets import Widget

from convolab import figures

# Every argument of every figure.
ARGUMENTS = {
    "AccuracyInterval": ("shares", "pictures", "network"),
    "SlidingKernel1D": ("signal", "kernel", "width", "mode", "x", "clean"),
    "SlidingKernel2D": ("image", "kernel", "border", "origin", "row", "column"),
    "KernelEditor": ("kernel", "image", "picture", "show", "scaling"),
    "SharedWeights": (
        "inputs",
        "kernel",
        "kind",
        "size",
        "stride",
        "padding",
        "output",
        "wire",
        "count",
    ),
    "PoolingExplorer": ("feature_map", "size", "stride", "how", "shift", "noise", "place", "seed"),
    "ConvArithmetic": ("i", "r", "p", "s", "d", "window"),
    "LayerStack": ("layers", "input_shape", "unit", "layer"),
    "NetworkExplorer": ("parameters", "image", "digit", "layer", "map", "row", "column"),
    "OcclusionExplorer": (
        "network",
        "images",
        "picture",
        "target",
        "size",
        "fill",
        "row",
        "column",
        "show",
    ),
    "TrainingMonitor": ("epochs", "learning_rate", "momentum", "channels", "presets"),
}
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=6)
ARRAYS = st.one_of(
    arrays.arrays(np.float64, SHAPES, elements=st.floats(width=64)),
    arrays.arrays(np.complex128, SHAPES),
    arrays.arrays(np.int64, SHAPES),
    arrays.arrays("U3", SHAPES),
    arrays.arrays(np.bool_, SHAPES),
    arrays.arrays("datetime64[s]", SHAPES),
)
SCALARS = st.one_of(
    st.integers(), st.floats(), st.complex_numbers(), st.text(max_size=8), st.binary(max_size=8),
    st.booleans(), st.just(datetime.date(2026, 1, 1)), st.just(object()), st.just(len),
)  # fmt: skip
NESTED = st.recursive(SCALARS | st.none(), lambda some: st.lists(some, max_size=5), max_leaves=12)
HUGE = st.sampled_from([(300, 300), (3000,), (64, 64), (1, 1, 28, 28)]).map(np.ones)
ODD = st.sampled_from([set(), {1: 2}, range(3), iter([1, 2]), (), [], "", {"conv1_w": "none"}])
ANYTHING = ARRAYS | SCALARS | NESTED | HUGE | ODD


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_figure_takes_an_argument_or_says_in_one_sentence_why_not(name):
    @given(argument=st.sampled_from(ARGUMENTS[name]), value=ANYTHING)
    @settings(
        max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def try_it(argument, value):
        refused = None
        try:
            getattr(figures, name)(**{argument: value}).describe()
        except ValueError as error:
            refused = str(error)
        finally:
            Widget.close_all()
        if refused is not None:
            assert refused.startswith(f"{name}: ")
            assert "\n" not in refused
            assert len(refused) < 400

    try_it()


@pytest.mark.parametrize("argument", ["loss", "accuracy", "validation", "kernels", "activations"])
def test_a_training_monitor_takes_what_it_is_told_or_says_why_not(argument):
    monitor = figures.TrainingMonitor()

    @given(value=ANYTHING)
    @settings(
        max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def tell(value):
        before, refused = len(monitor.losses), ""
        try:
            monitor.epoch(**{argument: value})
        except ValueError as error:
            refused = str(error)
        assert (len(monitor.losses) == before) == refused.startswith("TrainingMonitor: ")

    tell()
    monitor.describe()
    monitor.picture()


def test_every_figure_s_arguments_are_tried_here():
    assert set(ARGUMENTS) == set(figures.__all__)
