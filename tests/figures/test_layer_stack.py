"""LayerStack without a browser: its numbers, its reasons, what it refuses."""

import random

import numpy as np
import pytest

from convolab import ops
from convolab.figures import LayerStack
from convolab.figures.layer_stack import LENET
from convolab.figures.layer_stack_view import view, window

JS = "layer_stack.js"


def random_states(count=200):
    rng = random.Random(12)
    for _ in range(count):
        layers = []
        for _ in range(rng.randint(1, 7)):
            stride = rng.choice([1, 1, 1, 2, 3])
            if rng.random() < 0.6:
                size = rng.randint(1, 5)
                layers.append(("conv", rng.randint(1, 9), size, stride, rng.choice([0, size // 2])))
            else:
                layers.append(("pool", rng.randint(1, 4), stride))
        yield {
            "side": rng.randint(4, 64), "channels": rng.randint(1, 4), "layers": layers,
            "unit": rng.randint(0, 40),
        }  # fmt: skip


def as_objects(state):
    layers = [(*layer, 0) if layer[0] == "conv" else ("pool", 1, *layer[1:], 0)
              for layer in state["layers"]]  # fmt: skip
    names = ("kind", "depth", "size", "stride", "padding")
    return {**state, "layers": [dict(zip(names, layer, strict=False)) for layer in layers]}


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    states = list(random_states())
    seen_by_browser = run_module(JS, "inputs.map(m.view)", [as_objects(s) for s in states])
    for state, seen in zip(states, seen_by_browser, strict=True):
        shape = (state["channels"], state["side"], state["side"])
        made = len(seen["layers"])
        layers = state["layers"][:made]
        shapes = [(layer["channels"], layer["side"], layer["side"]) for layer in seen["layers"]]
        assert shapes == ops.trace_shapes(shape, layers)
        assert seen["parameters"] == ops.count_parameters(shape, layers)
        windows = [layer[2:4] if layer[0] == "conv" else layer[1:] for layer in layers]
        fields = [ops.receptive_field(windows[: n + 1]) for n in range(made)]
        assert [layer["field"] for layer in seen["layers"]] == fields
        assert (seen["problem"] == "") == (made == len(state["layers"]))
        if seen["problem"]:
            assert seen["problem"].startswith(f"Layer {made + 1} is impossible")
            with pytest.raises(ValueError, match=r"layer \d+ .*is impossible"):
                ops.trace_shapes(shape, state["layers"][: made + 1])
    assert 20 < sum(seen["problem"] != "" for seen in seen_by_browser) < 180


def test_picture_and_browser_are_drawn_from_the_same_numbers(run_module):
    states = [as_objects(state) for state in random_states(80)]
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        layers = [tuple(layer.values()) for layer in state["layers"]]
        v = view(state["side"], state["channels"], layers, state["unit"])
        assert (v.unit, v.unit_max, v.problem) == (seen["unit"], seen["unitMax"], seen["problem"])
        assert [list(places) for places in v.reach] == seen["reach"]
        assert list(v.seen) == seen["seen"]
        for ours, theirs in zip(v.layers, seen["layers"], strict=True):
            assert (ours.start, ours.jump, ours.dropped) == tuple(
                theirs[name] for name in ("start", "jump", "dropped")
            )


def test_an_output_sees_exactly_the_columns_that_can_change_it():
    for state in random_states(60):
        layers = [(*layer, 0) if layer[0] == "conv" else ("pool", 1, *layer[1:], 0)
                  for layer in state["layers"]]  # fmt: skip
        v = view(state["side"], 1, [layer[:5] for layer in layers], state["unit"])
        if any(layer.stride > layer.size for layer in v.layers):
            continue  # there are columns in between that no window sees
        change = np.eye(v.side)
        for layer in v.layers:
            padded = np.pad(change, ((0, 0), (layer.padding, layer.padding)))
            starts = range(0, layer.side * layer.stride, layer.stride)
            change = np.stack([padded[:, s : s + layer.size].sum(1) for s in starts], axis=1)
        reached = np.flatnonzero(change[:, v.unit])
        assert (reached[0], reached[-1]) == v.seen


def test_the_lesson_s_numbers_are_read_back():
    lenet = LayerStack()
    assert lenet.fields == [5, 6, 14, 16, 32]
    assert lenet.layers == list(LENET)
    assert lenet.shapes[-1] == (120, 1, 1)
    assert sum(lenet.parameters) == 50_692
    assert lenet.seen == (0, 31)
    assert LayerStack([("conv", 1, 3, 1, 0)] * 2).fields == [3, 5]


def test_an_impossible_layer_ends_the_stack_and_says_why():
    stack = LayerStack([("conv", 6, 3, 2, 0), ("pool", 2, 2)], input_shape=(1, 10, 10))
    assert stack.problem == "Layer 1 is impossible: (10 − 3 + 2·0)/2 + 1 = 4.5."
    assert (stack.shapes, stack.parameters) == ([], [])
    stack.layers = [("pool", 3, 3), ("conv", 2, 5, 1, 0)]
    assert stack.problem == "Layer 2 is impossible: a window of 5 does not fit on 3."
    assert stack.shapes == [(1, 3, 3)]
    assert "Layer 2 is impossible" in stack.describe().text


def test_layers_are_counted_from_1_wherever_they_are_named():
    stack = LayerStack([("conv", 6, 3, 2, 1), ("pool", 2, 2)], layer=1)
    assert stack.problem.startswith("Layer 1 ")
    assert "Layer 1 is chosen" in stack.describe().text
    stack = LayerStack([("conv", 6, 3, 1, 1), ("pool", 2, 2)])
    assert [row[0] for row in stack.describe().rows] == ["input", "1", "2"]
    with pytest.raises(ValueError, match=r"the stride of layer 2 must be"):
        LayerStack([("conv", 6, 3, 1, 1), ("pool", 2, 9)])
    with pytest.raises(ValueError, match=r"the stride of layer 2 \(relu not counted\) must be"):
        LayerStack([("conv", 6, 3, 1, 1), ("relu",), ("pool", 2, 9)])


def test_the_description_tells_the_chosen_layer_and_what_an_output_depends_on():
    stack = LayerStack([("conv", 6, 5, 1, 0), ("pool", 2, 2), ("conv", 16, 5, 1, 0)], layer=3)
    said = stack.describe()
    assert "Layer 3 is chosen: conv 5×5, stride 1, 16 kernels." in said.text
    stack.unit = 0
    assert [row[-1] for row in stack.describe().rows] == ["0 to 13", "0 to 9", "0 to 4", "0"]
    assert [row[4] for row in stack.describe().rows] == ["1×1", "5×5", "6×6", "14×14"]
    assert [row[5] for row in stack.describe().rows] == ["1", "1", "2", "2"]
    one = LayerStack([("conv", 1, 1, 1, 0)], input_shape=(1, 4, 4), unit=2)
    assert "1 layer on" in one.describe().text
    assert "is column 2 of the input" in one.describe().text
    assert "1 kernel." in one.describe().text


def test_nothing_is_said_of_layers_above_where_there_are_none():
    broken = ("conv", 6, 3, 2, 0)
    assert "Nothing above" not in LayerStack([broken]).describe().text
    assert "Nothing above it exists." in LayerStack([broken, ("pool", 2, 2)]).describe().text


def test_pooling_says_what_it_drops_and_relu_is_left_out():
    stack = LayerStack([("conv", 6, 3, 1, 0), ("relu",), ("pool", 4, 4)])
    assert stack.layers == [("conv", 6, 3, 1, 0), ("pool", 4, 4)]
    assert "Pooling rounds down: layer 2 drops 2 of 30 columns." in stack.describe().text


def test_padding_is_not_counted_as_seen():
    stack = LayerStack([("conv", 4, 3, 1, 1)] * 3, unit=0)
    assert stack.fields[-1] == 7
    assert stack.seen == (0, 3)
    stack.unit = 99
    assert stack.unit == 31
    assert stack.seen == (28, 31)


def test_a_window_is_written_in_two_parts():
    assert window(("conv", 6, 5, 1, 2)) == ("conv 5×5", "stride 1, padding 2")
    assert window(("pool", 6, 2, 2, 0)) == ("pool 2×2", "stride 2")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"layers": []}, "between 1 and 7 layers, not 0"),
        ({"layers": [("pool", 2, 2)] * 8}, "between 1 and 7 layers, not 8"),
        ({"layers": "lenet"}, "must be a list of"),
        ({"layers": 3}, "must be a list of"),
        ({"layers": [5, 2]}, "layer 1 must be"),
        ({"layers": [("dense", 10, 1)]}, "layer 1 must be one of 'conv', 'pool', not 'dense'"),
        ({"layers": [("conv", 6, 5)]}, "layer 1 must be .*not"),
        ({"layers": [("pool", 2, 2), ("conv", 6, 50, 1, 0)]}, "the size of layer 2 must be a wh"),
        ({"layers": [("pool", 2, 0)]}, "the stride of layer 1 must be a whole number from 1"),
        ({"input_shape": (32, 32)}, r"must be \(channels, rows, columns\)"),
        ({"input_shape": 32}, r"must be \(channels, rows, columns\)"),
        ({"input_shape": (1, 32, 28)}, "must be square, not 32 by 28"),
        ({"input_shape": (1, 224, 224)}, "rows must be a whole number from 4 to 64"),
        ({"unit": 1.5}, "unit must be a whole number"),
        ({"layer": 6}, "layer must be a whole number from 1 to 5"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        LayerStack(**arguments)
    assert str(error.value).startswith("LayerStack: ")
    assert "\n" not in str(error.value)
