"""Lesson 10's references against plain Python, SciPy and statistics, on random input."""

import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import spatial

from tests.exercises.references import arrays, exercises, references

LESSON = "10_what_a_number_is_worth"
of = references(LESSON)
classes = hnp.arrays(int, st.integers(1, 20), elements=st.integers(0, 5))


@given(classes, st.integers(1, 4), st.integers(0, 10**6))
def test_a_split_by_group_never_shares_a_group_and_loses_no_picture(groups, several, seed):
    groups = 7 * groups + 3
    learn, unseen = of["split_by_group"](groups, several, seed)
    assert not set(groups[learn]) & set(groups[unseen])
    assert sorted([*learn, *unseen]) == list(range(len(groups)))
    assert len(set(groups[unseen])) == min(several, len(set(groups)))
    assert np.all(np.diff(learn) > 0)
    assert np.all(np.diff(unseen) > 0)


def test_another_seed_draws_other_groups():
    groups = np.arange(30) % 6
    kept = {tuple(of["split_by_group"](groups, 2, seed)[1]) for seed in range(20)}
    assert len(kept) > 5


@given(classes, classes)
def test_the_baseline_gives_the_mode_of_the_known_labels(known, asked):
    mode = min(statistics.multimode(known.tolist()))
    assert of["majority_baseline"](known, asked) == pytest.approx(
        asked.tolist().count(mode) / len(asked)
    )


@given(arrays((1, 6), 1, 2, 3), st.data())
def test_the_nearest_neighbour_is_the_one_of_a_search_tree(known, data):
    asked = data.draw(arrays((1, 4), 1, 2, 3)) + 0.25
    labels = np.arange(len(known)) + 10
    found = of["nearest_neighbour"](known, labels, asked) - 10
    flat, new = known.reshape(len(known), -1), asked.reshape(len(asked), -1)
    apart, _ = spatial.cKDTree(flat).query(new)
    assert np.allclose(np.linalg.norm(flat[found] - new, axis=1), apart)


@given(st.integers(1, 500), st.data(), st.floats(0.5, 3))
@settings(max_examples=50)
def test_the_ends_of_an_interval_are_where_the_measured_share_is_z_standard_errors_away(
    several, data, z
):
    """Wilson's definition; his formula is not used."""
    right = data.draw(st.integers(0, several))
    low, high = of["accuracy_interval"](right, several, z)
    for end in (low, high):
        away = (right / several - end) ** 2 - z**2 * end * (1 - end) / several
        assert away == pytest.approx(0, abs=1e-12)
    assert low - 1e-12 <= right / several <= high + 1e-12
    assert low < high


@given(st.lists(st.floats(0, 100), min_size=2, max_size=9))
def test_mean_and_spread_are_those_of_the_statistics_module(results):
    mean, spread = of["mean_and_spread"](results)
    assert mean == pytest.approx(statistics.fmean(results), abs=1e-9)
    assert spread == pytest.approx(statistics.stdev(results), abs=1e-9)
    assert of["mean_and_spread"](np.array(results)) == (mean, spread)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_a_confusion_matrix_counts_every_pair(pairs):
    labels, said = np.array(pairs).T
    counts = of["confusion_matrix"](labels, said, 5)
    assert counts.shape == (5, 5)
    for i, j in np.ndindex(5, 5):
        assert counts[i, j] == pairs.count((i, j))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9))
def test_the_mended_trap_does_not_look_at_the_test_to_choose(shares):
    validation, test = np.array(shares).T
    best, said = of["trap_choice"](validation, test)
    assert best == of["trap_choice"](validation, test[::-1].copy())[0]
    assert validation[best] == validation.max()
    assert said == test[best]


def measured(plan, seed):
    """What the open task measures of a plan on another draw than the proof's."""
    demands = exercises(LESSON)["compare"].demands
    return [
        demands[name].measure(plan, np.random.default_rng(seed)) for name in ("found", "spared")
    ]


def paired(splits, limit):
    def plan(results):
        if not results:
            return [(network, split) for split in range(splits) for network in "AB"]
        mean = np.mean([r[2] if r[0] == "B" else -r[2] for r in results]) * 2
        return "same" if abs(mean) < limit else "B" if mean > 0 else "A"

    return plan


@pytest.mark.parametrize("seed", range(5))
def test_a_plan_on_the_same_splits_passes_whatever_is_drawn(seed):
    assert min(measured(paired(12, 1.5), seed)) >= 0.8


@pytest.mark.parametrize(("splits", "limit"), [(1, 1.5), (2, 1.5), (12, 0.3), (12, 4)])
def test_too_few_splits_or_a_limit_out_of_place_do_not(splits, limit):
    assert min(measured(paired(splits, limit), 3)) < 0.8
