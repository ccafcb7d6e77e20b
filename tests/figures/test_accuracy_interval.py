"""AccuracyInterval without a browser: its numbers and what it refuses."""

import numpy as np
import pytest

from convolab.figures import AccuracyInterval

JS = "accuracy_interval.js"


def test_the_browser_computes_what_python_computes_on_200_random_inputs(run_module):
    rng = np.random.default_rng(8)
    figures = []
    for _ in range(200):
        several = int(rng.integers(1, 6))
        shares = {f"network {n}": float(round(rng.uniform(0, 100), 1)) for n in range(several)}
        pictures = 10 * int(rng.integers(1, 301))
        figures.append(
            AccuracyInterval(shares, pictures=pictures, network=int(rng.integers(several)))
        )
    states = [figure.canvas.state() for figure in figures]
    seen = run_module(JS, "inputs.map((t) => m.view(m.stateOf((name) => t[name])))", states)
    for figure, v in zip(figures, seen, strict=True):
        theirs = [(row["low"], row["high"]) for row in v["rows"]]
        np.testing.assert_allclose(list(figure.intervals.values()), theirs, atol=1e-9)
        assert v["lit"]["name"] == figure.canvas.names[figure.network]


def test_an_interval_solves_wilson_s_equation():
    """Both ends are shares p from which the measured one is 1.96 standard errors away."""
    for share, pictures in ((95, 360), (50, 10), (100, 50), (0, 30), (99.5, 3000)):
        (low, high) = AccuracyInterval({"it": share}, pictures=pictures).intervals["it"]
        measured = int(share * pictures / 100 + 0.5) / pictures
        for end in (low / 100, high / 100):
            error = np.sqrt(end * (1 - end) / pictures)
            assert abs(abs(measured - end) - 1.96 * error) < 1e-9
        assert 0 <= low <= 100 * measured <= high <= 100


def test_three_points_take_about_a_thousand_pictures():
    def overlap(pictures):
        return "overlaps" in AccuracyInterval(pictures=pictures).describe().text

    assert all(map(overlap, (100, 360, 900)))
    assert not overlap(1100)


def test_a_single_network_stays_the_one_that_is_looked_at():
    figure = AccuracyInterval({"alone": 90}, pictures=100)
    figure.canvas.network = 1  # as far as its slider goes
    assert figure.describe().text == "100 test pictures. alone: 90 of 100 = 90 % → 82.6 to 94.5 %."


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"shares": [95, 92]}, "must be a dictionary"),
        ({"shares": {}}, "has 0 entries"),
        ({"shares": dict.fromkeys("abcdef", 90)}, "has 6 entries"),
        ({"shares": {3: 90}}, "a network's name is text"),
        ({"shares": {"a" * 25: 90}}, "a network's name is text"),
        ({"shares": {"a": 101}}, "from 0 to 100"),
        ({"shares": {"a": "many"}}, "real numbers"),
        ({"pictures": 9}, "pictures must be a whole number from 10 to 3000"),
        ({"pictures": 359}, "pictures must be a multiple of 10, not 359"),
        ({"pictures": 360.0}, "pictures must be a whole number"),
        ({"network": 2}, "network must be a whole number from 0 to 1"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        AccuracyInterval(**arguments)
    assert str(error.value).startswith("AccuracyInterval: ")
