"""An exercise that trains a network is judged by how it reads digits that it has not seen."""

import numpy as np
import pytest

from convolab.check import learning
from convolab.check.answer import Local
from convolab.check.cases import load
from convolab.check.ladder import judge
from tests.check.trainings import GRADED, HONEST, START, TRAIN


def verdict(function):
    return judge(GRADED, Local({"train": function}, "train"))


def test_digits_survive_the_file():
    images = np.arange(128).reshape(2, 8, 8) % 17
    assert np.array_equal(learning.from_text(learning.as_text(images)) * 16, images[:, None])
    assert learning.labels_from_text("907").tolist() == [9, 0, 7]


def test_what_is_random_is_compared_by_its_shape_alone():
    drawn = {"w": np.array([[1.5, 2.0]]), "b": np.array([3.0])}
    seen = learning.shapes_of(drawn, ("w",))
    assert seen["w"].tolist() == [[0, 0]]
    assert seen["b"].tolist() == [3]
    assert np.isnan(learning.shapes_of({"w": np.array([np.nan])}, ("w",))["w"]).all()
    assert learning.shapes_of(7, ("w",)) == 7


@pytest.mark.parametrize("seed", range(20))
def test_a_right_training_passes_with_every_seed(seed):
    """Every one of 20 seeds by the engine, the first few by the lesson's own functions too."""
    wanted = load("train").learns[0] | {"seed": seed}
    for function in (HONEST["permutation"], TRAIN.answer)[: 1 + (seed < 3)]:
        wrong, says = learning.judge(Local({"train": function}, "train"), wanted)
        assert wrong == ""
        assert "unseen" in says


def test_the_share_is_said_when_it_is_right():
    came = verdict(TRAIN.answer)
    assert (came.status, came.points) == ("correct", 2)
    assert any("of 150 unseen ones" in note for note in came.notes)


def untrained(images, labels, epochs, seed):
    if not images.any():
        return TRAIN.answer(images, labels, epochs, seed)
    rng = np.random.default_rng(seed)
    return {name: rng.normal(0, 0.3, array.shape) for name, array in START.items()}


def test_a_training_that_does_not_learn_is_told_how_well_it_reads():
    came = verdict(untrained)
    assert came.points == 1
    assert "are needed" in came.hint


@pytest.mark.parametrize(
    "mixed_up",
    [
        lambda images, labels: (images, (labels + 1) % 10),
        lambda images, labels: (images[::-1], labels),
    ],
)
def test_digits_with_the_labels_of_others_are_told_so(mixed_up):
    def train(images, labels, epochs, seed):
        pairs = mixed_up(images, labels) if images.any() else (images, labels)
        return TRAIN.answer(*pairs, epochs, seed)

    came = verdict(train)
    assert came.points == 1
    assert "their own labels" in came.hint


def test_nan_is_said():
    def explodes(images, labels, epochs, seed):
        p = TRAIN.answer(images, labels, epochs, seed)
        return {**p, "conv_w": p["conv_w"] * np.nan} if images.any() else p

    assert "nan" in verdict(explodes).hint


def test_a_shape_that_does_not_fit_and_an_error_are_said():
    def maps_missing(images, labels, epochs, seed):
        p = TRAIN.answer(images, labels, epochs, seed)
        return {**p, "conv_b": p["conv_b"][:3]} if images.any() else p

    def stops(images, labels, epochs, seed):
        if len(images) > 100:
            raise RuntimeError("too many")
        return TRAIN.answer(images, labels, epochs, seed)

    assert "conv_b should be an array of shape (16,)" in verdict(maps_missing).hint
    assert "stopped with RuntimeError: too many" in verdict(stops).hint


def test_wrong_numbers_elsewhere_do_not_keep_a_network_from_learning():
    slips = next(wrong for wrong in TRAIN.misconceptions if wrong.name.startswith("velocity"))
    came = verdict(slips.function)
    assert (came.status, came.points, came.misconception) == ("partial", 1, slips.name)
