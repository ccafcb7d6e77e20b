"""The counts of the class report."""

import itertools

import pytest

from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.out.charts import WIDTH, histogram, stack
from convolab.grading.out.class_figures import class_figures, score_bins

POINTS = {"easy": 2.0, "hard": 4.0}
RIGHT = {"easy": ExerciseResult(2, 2, "correct"), "hard": ExerciseResult(4, 4, "correct")}


def mistaken(name, status="wrong", score=0.0):
    return {**RIGHT, "hard": ExerciseResult(score, 4, status, f"hint for {name}", name)}


def figures(*verdicts):
    scores = [sum(v.score for v in said.values()) for said in verdicts]
    return class_figures(scores, list(verdicts), POINTS)


def test_mean_median_and_full_marks():
    result = figures(RIGHT, RIGHT, mistaken("flip"))
    assert (result.students, result.max_score, result.full_marks) == (3, 6, 2)
    assert (result.mean, result.median) == (pytest.approx(14 / 3), 6)


def test_each_status_is_counted_in_one_group():
    said = [
        {"easy": ExerciseResult(0, 2, status), "hard": RIGHT["hard"]}
        for status in ("correct", "partial", "wrong", "error", "timeout", "memory", "forbidden")
    ] + [{"easy": ExerciseResult(0, 2, "missing"), "hard": RIGHT["hard"]}]
    easy = figures(*said).exercises[0]
    assert easy.groups == {"right": 1, "partly": 1, "not yet": 5, "not done": 1}


def test_misconceptions_are_counted_with_their_hint_the_most_frequent_first():
    result = figures(mistaken("once"), mistaken("flip"), mistaken("flip", "partial", 2.0), RIGHT)
    assert [(m.name, m.count, m.hint) for m in result.mistakes] == [
        ("flip", 2, "hint for flip"),
        ("once", 1, "hint for once"),
    ]


def test_the_hardest_exercise_is_the_one_with_the_smallest_share_of_its_points():
    assert [e.name for e in figures(RIGHT, mistaken("flip")).hardest] == ["hard"]
    assert figures(RIGHT, RIGHT).hardest == []


@pytest.mark.parametrize("most", [0.5, 1, 2, 3, 14, 18, 20, 26, 100, 174])
def test_the_columns_cover_all_scores_in_at_most_ten_equal_steps(most):
    bins = score_bins([0, most / 2, most], most)
    assert len(bins) <= 10
    assert (bins[0].low, bins[-1].high) == (0, most)
    assert sum(b.count for b in bins) == 3
    assert bins[-1].count >= 1
    assert all(a.high == b.low for a, b in itertools.pairwise(bins))


@pytest.mark.parametrize("count", [0, 1, 3, 7, 34, 2000])
def test_no_column_is_higher_than_its_chart(count):
    drawn = histogram(score_bins([18.0] * count, 18))
    assert all(column.y >= 20 and column.height >= 0 for column in drawn.columns)
    assert len(drawn.counts) <= 6
    assert drawn.counts[0].label == "0"


@pytest.mark.parametrize("most", [1, 10, 10.5, 11, 16, 20.5, 41, 100, 100.5])
def test_the_numbers_below_the_columns_are_apart_and_inside_the_drawing(most):
    drawn = histogram(score_bins([most / 2], most))
    width = {tick.at: 8 * len(tick.label) for tick in drawn.points}
    for left, right in itertools.pairwise(drawn.points):
        assert left.at + width[left.at] / 2 < right.at - width[right.at] / 2, (left, right)
    assert drawn.points[-1].at + width[drawn.points[-1].at] / 2 <= WIDTH
    assert float(drawn.points[-1].label) == most


def test_a_bar_is_divided_by_the_counts():
    boxes = stack({"right": 3, "partly": 0, "not yet": 1})
    assert [(box.label, box.width) for box in boxes] == [("right", 165.0), ("not yet", 55.0)]
