"""An exercise that trains a network is judged by how it reads digits that it has not seen."""

import functools

import numpy as np
import pytest

from convolab.check import learning
from convolab.check.ladder import judge
from convolab.check.run import Local
from tests.check.course import EXERCISES, compiled, lesson
from tests.exercises.references import in_the_courses_network

PATH = EXERCISES / "08_training.py"
TRAIN = lesson(PATH)["train"]
START = {"conv_w": (16, 1, 3, 3), "conv_b": (16,), "dense_w": (144, 10), "dense_b": (10,)}


def verdict(function):
    return judge(compiled(PATH, "train"), Local({"train": function}, "train"))


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


def by_batches(images, labels, epochs, seed, order_of):
    """As the lesson says, by the engine, with another order of the pictures."""
    twin = in_the_courses_network(TRAIN.answer(images, labels, 0, seed))
    rng, velocity = np.random.default_rng(seed), np.zeros_like(twin.vector)
    for _ in range(epochs):
        order = order_of(rng, len(images))
        for start in range(0, len(images), 32):
            some = order[start : start + 32]
            twin.learn(images[some], labels[some])
            velocity = 0.9 * velocity - 0.1 * twin.gradient
            twin.vector += velocity
    return {name: twin.parameters[name.replace("_", "1_")].copy() for name in START}


def by_the_engine(images, labels, epochs, seed):
    """The training as the lesson says, by the course's network, which needs no loop over pixels."""
    return by_batches(images, labels, epochs, seed, lambda rng, count: rng.permutation(count))


@pytest.mark.parametrize("seed", range(20))
def test_a_right_training_passes_with_every_seed(seed):
    """Every one of 20 seeds by the engine, the first few by the lesson's own functions too."""
    wanted = compiled(PATH, "train").learns[0] | {"seed": seed}
    for function in (by_the_engine, TRAIN.answer)[: 1 + (seed < 3)]:
        wrong, says = learning.judge(Local({"train": function}, "train"), wanted)
        assert wrong == ""
        assert "unseen" in says


def test_the_share_is_said_when_it_is_right():
    came = verdict(TRAIN.answer)
    assert (came.status, came.points) == ("correct", 3)
    assert any("of 150 unseen ones" in note for note in came.notes)


def untrained(images, labels, epochs, seed):
    if not images.any():
        return TRAIN.answer(images, labels, epochs, seed)
    rng = np.random.default_rng(seed)
    return {name: rng.normal(0, 0.3, shape) for name, shape in START.items()}


def other_labels(images, labels, epochs, seed):
    if images.any():
        labels = (labels + 1) % 10
    return TRAIN.answer(images, labels, epochs, seed)


def pictures_mixed_up(images, labels, epochs, seed):
    return TRAIN.answer(images[::-1], labels, epochs, seed)


@pytest.mark.parametrize("function", [untrained, other_labels, pictures_mixed_up])
def test_a_grossly_wrong_training_does_not_learn(function):
    came = verdict(function)
    assert came.points == 1
    assert "are asked" in came.hint


def test_nan_is_said():
    def explodes(images, labels, epochs, seed):
        p = TRAIN.answer(images, labels, epochs, seed)
        return {**p, "conv_w": p["conv_w"] * np.nan} if images.any() else p

    assert "nan" in verdict(explodes).hint


def test_one_seed_gives_one_result():
    generator = np.random.default_rng(1)

    def forgets_the_seed(images, labels, epochs, seed):
        return TRAIN.answer(images, labels, epochs, int(generator.integers(1000)))

    assert "The same seed" in verdict(forgets_the_seed).hint


def test_two_seeds_give_two_results():
    def one_seed_for_all(images, labels, epochs, seed):
        return TRAIN.answer(images, labels, epochs, 7)

    came = verdict(one_seed_for_all)
    assert "Two different seeds" in came.hint
    assert came.points < 3


@pytest.mark.parametrize(
    ("order_of", "named"),
    [
        (lambda rng, count: np.arange(count), True),
        (lambda rng, count: np.arange(count)[::-1], True),
        (lambda rng, count: rng.choice(count, count, replace=False), False),
        (lambda rng, count: np.argsort(rng.random(count)), False),
    ],
)
def test_an_order_that_is_never_mixed_is_named(order_of, named):
    function = functools.partial(by_batches, order_of=order_of)
    [wanted] = compiled(PATH, "train").learns
    wrong, _ = learning.judge(Local({"train": function}, "train"), wanted)
    assert ("order in which they are given" in wrong) == named
    assert bool(wrong) == named


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
    assert (came.status, came.points, came.misconception) == ("partial", 2, slips.name)
