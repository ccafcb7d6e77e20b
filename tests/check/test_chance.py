"""What a training does with chance is named, one mistake at a time, and every honest way passes."""

import numpy as np
import pytest

from convolab.check import chance, learning
from convolab.check.answer import Local
from convolab.check.cases import load
from convolab.check.ladder import judge
from tests.check.trainings import (
    GRADED,
    HONEST,
    START,
    TRAIN,
    WRONG,
    Learner,
    labels_left,
    new_weights,
    once,
    permuted,
)

SEEDS = (0, 1, 20_261)


def said(function, seed):
    [wanted] = load("train").learns
    images = learning.from_text(wanted["digits"])
    labels = learning.labels_from_text(wanted["labels"])
    return chance.judge(Local({"train": function}, "train"), images, labels, seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", HONEST)
def test_every_honest_way_passes_with_every_seed(way, seed):
    assert said(HONEST[way], seed) == ""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mistake", WRONG)
def test_each_mistake_has_its_own_hint_with_every_seed(mistake, seed):
    function, hint = WRONG[mistake]
    assert said(function, seed) == hint


@pytest.mark.parametrize(
    ("batches", "start", "hint"),
    [
        (once, new_weights, chance.ONE_ORDER),
        (permuted, lambda rng: START, chance.NO_NEW_WEIGHTS),
        (labels_left, new_weights, chance.LABELS_LEFT),
    ],
)
def test_what_is_right_but_for_chance_loses_the_points_of_learning(batches, start, hint):
    course = TRAIN.answer.__globals__  # a student's own may not use the course's network

    def train(images, labels, epochs, seed):
        rng = np.random.default_rng(seed)
        p, v = start(rng), {}
        for batch in batches(rng, images, labels, epochs, seed):
            p, v = course["sgd_step"](p, course["slopes_of_all"](*batch, p), v, 0.1)
        return p

    came = judge(GRADED, Local({"train": train}, "train"))
    assert (came.status, came.points, came.hint) == ("partial", 1, hint)


def test_steps_that_are_wrong_are_left_to_the_cases():
    """Another learning rate explains the sheets by no order; that is no mistake of chance."""

    def slow(images, labels, epochs, seed):
        class Slow(Learner):
            def step(self, images, labels):
                self.twin.zero_grad()
                self.twin.forward_backward(images, labels)
                self.twin.parameter_vector -= 0.01 * self.twin.gradient_vector

        rng = np.random.default_rng(seed)
        learner = Slow(new_weights(rng))
        for batch in permuted(rng, images, labels, epochs, seed):
            learner.step(*batch)
        return learner.found()

    assert said(slow, 0) == ""


@pytest.mark.parametrize("value", [None, 7, {}, {"conv_w": None}])
def test_what_is_no_network_is_left_to_the_cases(value):
    assert said(lambda *given: value, 0) in ("", chance.OTHER_SEED)
