"""SharedWeights without a browser: its numbers and what it refuses."""

import numpy as np
import pytest

from convolab import ops
from convolab.figures import SharedWeights
from convolab.figures.shared_weights_view import KINDS

JS = "shared_weights.js"


def test_the_browser_computes_what_python_computes_on_200_random_inputs(run_module):
    rng = np.random.default_rng(6)
    figures = [
        SharedWeights(
            rng.integers(-9, 10, rng.integers(5, 11)),
            np.round(rng.normal(size=rng.integers(1, 6)), 2),
            kind=str(rng.choice(KINDS)),
            stride=int(rng.integers(1, 4)),
            padding=int(rng.integers(0, 3)),
            output=int(rng.integers(0, 14)),
            wire=int(rng.integers(0, 10)),
        )
        for _ in range(200)
    ]
    states = [figure.canvas.state() for figure in figures]
    seen = run_module(JS, "inputs.map((t) => m.view(m.stateOf((name) => t[name])))", states)
    for figure, v in zip(figures, seen, strict=True):
        matrix = [[w or 0 for w in line] for line in v["matrix"]]
        np.testing.assert_allclose(figure.matrix, matrix)
        np.testing.assert_allclose(figure.outputs, v["sums"], atol=1e-9)
        assert figure.counts == v["counts"]
        assert (figure.canvas.output, figure.canvas.wire) == (v["output"], v["wire"])
        if figure.kind == "shared":
            padded = np.pad(figure.canvas.inputs, figure.padding)
            expected = ops.correlate_1d(padded, figure.kernel, "valid")[:: figure.stride]
            np.testing.assert_allclose(v["sums"], expected, atol=1e-9)


def test_sharing_saves_weights():
    figure = SharedWeights(np.ones(8), size=3)
    assert figure.counts == {"shared": 3, "local": 18, "dense": 48}


def test_it_counts_the_weights_only_when_it_is_asked():
    for kind in KINDS:
        figure = SharedWeights(np.ones(8), size=3, kind=kind)
        words = str(figure.describe())
        assert "Tick count to hear how many weights each kind has." in " ".join(words.split())
        assert "48" not in words
        assert "18" not in words
        figure.canvas.count = True
        assert "Weights to learn: 3 if shared, 18 if local, 48 if dense." in figure.describe().text


def test_its_picture_answers_only_when_it_is_asked():
    drawn = []
    for figure in (SharedWeights(), SharedWeights(count=True)):
        texts = [text.get_text() for text in figure.draw_picture().axes[0].texts]
        drawn.append([text for text in texts if text.split(" ")[0] in KINDS])
    assert drawn == [["shared ?", "local ?", "dense ?"], ["shared 3", "local 18", "dense 48"]]


def test_a_single_output_is_not_called_outputs():
    assert "and 1 output, kernel" in SharedWeights([1, 2, 3, 4, 5], size=5).describe().text


def test_a_shared_layer_s_matrix_has_the_same_numbers_in_every_row_one_place_further():
    matrix = SharedWeights(kernel=[-1, 2, 5]).matrix
    assert matrix.shape == (6, 8)
    for o, row in enumerate(matrix):
        assert row.tolist() == np.pad([-1, 2, 5], (o, 5 - o)).tolist()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"inputs": [1, 2, 3]}, "has 3 numbers; give between 5 and 10"),
        ({"inputs": [1, 2, 3, 4, "x"]}, "real numbers"),
        ({"kernel": [1] * 6}, "between 1 and 5"),
        ({"kernel": []}, "no numbers"),
        ({"kind": "sparse"}, "kind must be one of"),
        ({"size": 6}, "size must be a whole number from 1 to 5"),
        ({"stride": 0}, "stride must be a whole number"),
        ({"padding": 3}, "padding must be a whole number"),
        ({"count": "yes"}, "count must be True or False, not 'yes'"),
        ({"output": -1}, "output must be a whole number"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        SharedWeights(**arguments)
    assert str(error.value).startswith("SharedWeights: ")
