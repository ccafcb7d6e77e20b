"""PoolingExplorer without a browser: its numbers and what it refuses."""

import numpy as np
import pytest

from convolab import ops
from convolab.figures import PoolingExplorer
from convolab.figures.pooling_explorer_view import HOWS

JS = "pooling_explorer.js"
MAP = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    rng = np.random.default_rng(4)
    figures = []
    for _ in range(200):
        h, w = rng.integers(2, 17, 2)
        figures.append(
            PoolingExplorer(
                rng.integers(-20, 60, (h, w)),
                size=int(rng.integers(1, min(h, w, 5) + 1)),
                stride=int(rng.integers(1, min(h, w, 5) + 1)),
                how=str(rng.choice(HOWS)),
                shift=int(rng.integers(-4, 5)),
                noise=int(rng.choice([0, 0, 7, 30])),
                place=int(rng.integers(0, 200)),
            )
        )
    states = [figure.canvas.state() for figure in figures]
    seen = run_module(JS, "inputs.map((t) => m.view(m.stateOf((name) => t[name])))", states)
    for figure, v in zip(figures, seen, strict=True):
        for values, pooled in ((figure.feature_map, v["pooled"]), (v["after"], v["pooledAfter"])):
            expected = ops.pool_2d(values, figure.size, figure.stride, figure.how)
            np.testing.assert_allclose(pooled, expected, atol=1e-9)
        if not figure.noise:
            moved = ops.shift_image(figure.feature_map, 0, figure.shift)
            np.testing.assert_allclose(v["after"], moved)
        assert v["same"] / v["count"] == figure.survival
        assert v["place"] == figure.place
        np.testing.assert_allclose(v["meanChange"], figure.mean_change, atol=1e-12)
        np.testing.assert_allclose(v["drift"], figure.drift, atol=1e-12)


def test_the_lesson_s_numbers_are_read_back():
    figure = PoolingExplorer(MAP)
    assert figure.pooled.tolist() == [[6, 8], [3, 4]]
    figure.how = "average"
    assert figure.pooled.tolist() == [[3.25, 5.25], [2, 2]]
    figure.how = "sum"
    assert figure.pooled.tolist() == [[13, 21], [8, 8]]


def test_what_survives_a_shift_depends_on_where_the_bins_lie():
    line = np.zeros((2, 8))
    line[:, 4] = 9
    figure = PoolingExplorer(line, size=2, shift=1)
    assert figure.survival == 1  # 4 → 5 stays in its bin
    figure.shift = 2
    assert figure.survival == 0.5  # 5 → 6 leaves it: one bin loses it, one gains it
    figure.shift = 0
    assert figure.survival == 1


def test_the_headline_tells_max_pooling_from_average_pooling_under_noise():
    found = {}
    for how in ("max", "average"):
        figures = [PoolingExplorer(noise=20, how=how, seed=seed) for seed in range(6)]
        assert [figure.survival for figure in figures] == [0] * 6  # which tells nothing
        found[how] = [(figure.mean_change, figure.drift) for figure in figures]
        assert f"changes by {100 * figures[0].mean_change:.1f} % on" in figures[0].describe().text
    changes = [np.transpose(found[how])[0] for how in ("max", "average")]
    rises = [np.transpose(found[how])[1] for how in ("max", "average")]
    assert np.mean(changes[0]) > 1.15 * np.mean(changes[1])  # in an average noise cancels
    assert min(rises[0]) > 0.03  # a maximum picks the largest: too high
    assert np.mean(rises[0]) > 2 * np.mean(rises[1])


def test_sum_and_average_have_the_same_headline_as_it_is_no_matter_of_their_size():
    one, other = (PoolingExplorer(noise=20, shift=1, how=how) for how in ("sum", "average"))
    np.testing.assert_allclose([one.mean_change, one.drift], [other.mean_change, other.drift])


def test_nothing_changes_where_nothing_moved():
    words = PoolingExplorer([[0, 0], [0, 0]]).describe().text
    assert "1 row and 1 column" in words
    assert "changes by 0 % on average, and the mean stays." in words


def test_a_whole_feature_map_of_a_network_is_taken():
    noise = np.random.default_rng(1).normal(size=(28, 28))
    figure = PoolingExplorer(noise, shift=1, place=150)
    assert figure.place == 150
    before, after = (ops.pool_2d(x, 2) for x in (noise, ops.shift_image(noise, 0, 1)))
    assert figure.survival == (before == after).mean()
    assert len(figure.picture().png) < 160_000


def test_a_window_beyond_the_last_is_brought_back():
    figure = PoolingExplorer(MAP, place=99)
    assert figure.place == 3
    figure.size = 4
    assert figure.place == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"feature_map": np.zeros((33, 3))}, "between 2 and 32"),
        ({"feature_map": [1, 2, 3]}, "rows and columns"),
        ({"feature_map": [[1, float("inf")], [0, 0]]}, "nan or infinity"),
        ({"feature_map": MAP, "size": 5}, "size must be a whole number from 1 to 4"),
        ({"stride": 0}, "stride must be a whole number"),
        ({"how": "min"}, "how must be one of 'max', 'average', 'sum'"),
        ({"shift": 5}, "shift must be a whole number from -4 to 4"),
        ({"noise": 0.5}, "noise must be a whole number"),
        ({"place": -1}, "place must be a whole number"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        PoolingExplorer(**arguments)
    assert str(error.value).startswith("PoolingExplorer: ")
