"""NetworkExplorer without a browser: its numbers, drawing, the learner's own network."""

import numpy as np
import pytest

from convolab import data, nn, ops
from convolab.figures import NetworkExplorer
from convolab.figures.network_explorer_view import LAYERS, PARAMETERS, enlarged, ink_of

JS = "network_explorer.js"
RNG = np.random.default_rng(7)


def test_the_browser_s_layers_equal_convolab_ops_on_200_random_inputs(run_module):
    inputs, expected = [], []
    for _ in range(200):
        c, d, r = (int(n) for n in RNG.integers(1, 5, 3))
        h, w = (int(n) for n in RNG.integers(r + 1, 12, 2))
        x, weights, bias = (
            RNG.normal(size=(c, h, w)),
            RNG.normal(size=(d, c, r, r)),
            RNG.normal(size=d),
        )
        y = ops.conv_forward(x[None], weights, bias)[0]
        matrix = RNG.normal(size=(x.size, d))
        scores = ops.dense(ops.flatten(x[None]), matrix, bias)[0]
        expected.append([y, ops.pool_forward(x[None])[0], scores, ops.softmax(scores)])
        inputs.append(
            {"x": x.ravel().tolist(), "shape": [c, h, w], "w": weights.ravel().tolist(), "r": r,
             "b": bias.tolist(), "matrix": matrix.ravel().tolist(), "scores": scores.tolist()}
        )  # fmt: skip
    found = run_module(
        JS,
        "inputs.map((i) => [m.convForward(i.x, i.shape, i.w, i.b, i.r),"
        " m.poolForward(i.x, i.shape), m.dense(i.x, i.matrix, i.b),"
        " m.softmax(i.scores)].map((y) => [...y]))",
        inputs,
    )
    for ours, theirs in zip(expected, found, strict=True):
        for y, seen in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(seen, np.ravel(y), atol=1e-10)


def test_the_whole_network_in_the_browser_is_the_learner_s_forward(run_module):
    random = {name: RNG.normal(size=shape) / 5 for name, shape in PARAMETERS.items()}
    explorer = NetworkExplorer(random, image=RNG.uniform(size=(32, 32)))
    found = run_module(
        JS,
        "m.stateOf((name) => inputs[name]).outputs.map((values) => [...values])",
        explorer.canvas.state(),
    )
    for ours, theirs in zip(explorer.activations.values(), found, strict=True):
        np.testing.assert_allclose(theirs, ours.ravel(), atol=1e-9)


def test_the_shipped_network_gives_what_the_course_s_engine_gives():
    model = nn.lenet().load(data.data_file("lenet_digits.npz"))
    for digit in range(10):
        explorer = NetworkExplorer(digit=digit)
        expected = model.probabilities(explorer.image[None, None])[0]
        np.testing.assert_allclose(explorer.probabilities, expected, atol=2e-3)
        assert explorer.answer == digit


def test_two_bytes_a_weight_lose_nothing_that_is_seen():
    with np.load(data.data_file("lenet_digits.npz")) as file:
        for name, array in NetworkExplorer()._parameters.items():
            np.testing.assert_allclose(array, file[name], atol=np.abs(file[name]).max() / 65000)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_unit_s_value_is_the_one_in_its_map(layer):
    explorer = NetworkExplorer(digit=6, layer=layer, map=0)
    for m in range(min(4, explorer.canvas.map_max + 1)):
        for row, column in ((0, 0), (explorer.canvas.row_max, explorer.canvas.column_max // 2)):
            explorer.canvas.set_trait("map", m)
            explorer.canvas.set_trait("row", row)
            explorer.canvas.set_trait("column", column)
            outputs = explorer.activations[layer]
            here = outputs[m, row, column] if outputs.ndim == 3 else outputs[m]
            if layer == "output":
                here = explorer.probabilities[m]
            assert explorer.value == pytest.approx(here)


def test_a_drawing_is_enlarged_as_the_course_s_digits_are(run_module):
    ink = RNG.integers(0, 2, (32, 32))
    text = run_module(JS, "m.textOf(inputs)", ink.ravel().tolist())
    assert ink_of(text).tolist() == ink.tolist()
    assert run_module(JS, "m.inkOf(inputs)", text) == ink.ravel().tolist()
    seen = run_module(JS, "[...m.enlarged(inputs)]", ink.ravel().tolist())
    np.testing.assert_allclose(np.reshape(seen, (32, 32)), enlarged(ink), atol=1e-12)


def test_blocks_of_ink_give_the_course_s_own_digit():
    small, large = data.digits()[0][2], data.digits32()[0][2]
    ink = np.zeros((8, 8, 16), int)
    for place, count in np.ndenumerate(small.astype(int)):
        ink[place][:count] = 1
    drawn = ink.reshape(8, 8, 4, 4).swapaxes(1, 2).reshape(32, 32)
    np.testing.assert_allclose(enlarged(drawn), large, atol=1e-6)


def test_a_stroke_marks_the_way_between_two_pixels(run_module):
    marked = run_module(JS, "m.stroke(Array(1024).fill(0), [4, 4], [4, 9], 1)", None)
    rows, columns = np.nonzero(np.reshape(marked, (32, 32)))
    assert (set(rows.tolist()), set(columns.tolist())) == ({3, 4, 5}, set(range(3, 11)))
    assert not any(run_module(JS, "m.stroke(inputs, [4, 4], [4, 9], 0)", marked))


def test_it_can_open_without_the_answer_and_tell_it_when_it_is_asked():
    digit = data.digits32()[0][2]  # lesson 07's
    opened = NetworkExplorer(image=digit, layer="input")
    assert "conv2" not in str(opened.describe())
    said = NetworkExplorer(image=digit, layer="conv2").describe().text
    outputs = opened.activations["conv2"]
    m, row, column = np.unravel_index(outputs.argmax(), outputs.shape)
    assert f"The largest of all is in map {m} at row {row}, column {column}." in said
    assert f"map {m} {outputs.max():.2f} at row {row}, column {column};" in said


def test_the_maps_of_conv1_are_compared_with_the_picture():
    explorer = NetworkExplorer(image=data.digits32()[0][2], layer="conv1")
    maps = explorer.activations["conv1"]
    inside = explorer.image[2:30, 2:30].ravel()
    alike = [np.corrcoef(one.ravel(), inside)[0, 1] for one in maps]
    said = explorer.describe().text
    for m, expected in enumerate(alike):
        assert f"map {m} {expected:.2f}".replace("-", "−").rstrip("0") in said
    assert np.argmax(alike) == 4  # "Map 4 is the digit, nearly", says lesson 07


def test_a_dense_layer_s_units_and_an_empty_picture_are_described():
    words = NetworkExplorer(digit=0, layer="dense1").describe().text
    assert "of the 120 units of dense1 are above 0; the largest: unit " in words
    blank = NetworkExplorer(image=np.zeros((32, 32)), layer="input").describe().text
    assert "There is no ink, no pixel above 0.5." in blank


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"digit": 10}, "digit must be a whole number from 0 to 9"),
        ({"layer": "conv3"}, "layer must be one of 'input', 'conv1'"),
        ({"layer": "pool2", "row": 5}, "row must be a whole number from 0 to 4"),
        ({"image": np.zeros((28, 28))}, "between 32 and 32"),
        ({"image": np.full((32, 32), 255)}, "0 for paper to 1 for ink"),
        ({"parameters": [1, 2]}, "must be a dictionary of arrays"),
        ({"parameters": {}}, "lack 'conv1_w', of the shape"),
        ({"parameters": {"conv1_w": np.ones((6, 5, 5))}}, "conv1_w must be numbers of the shape"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        NetworkExplorer(**arguments)
    assert str(error.value).startswith("NetworkExplorer: ")
