"""Training goes downhill, the same way for the same seed, and can be watched and stopped."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convolab.data import digits, split
from convolab.nn import (
    SGD,
    Dense,
    Sequential,
    confusion_matrix,
    cosine_decay,
    error_rate,
    small_cnn,
    step_decay,
    train,
)
from convolab.nn.losses import softmax_cross_entropy
from convolab.nn.train import _random_shifts


def some_digits(count=300):
    images, labels = digits()
    return (images[:count, None] / 16).astype(np.float32), labels[:count]


def test_it_learns_to_read_digits_it_has_not_seen():
    images, labels = some_digits(1797)
    learn, test = split(labels, seed=1)
    model = small_cnn(1)
    history = train(
        model,
        images[learn],
        labels[learn],
        5,
        batch_size=64,
        seed=1,
        test=(images[test], labels[test]),
    )
    assert error_rate(model, images[test], labels[test]) < 0.05
    assert history.test_error[-1] == error_rate(model, images[test], labels[test])
    assert history.loss[-1] < history.loss[0] / 3
    assert history.seconds == sorted(history.seconds)
    assert not history.interrupted


def test_one_seed_one_result():
    def weights(seed, **options):
        model = small_cnn(0)
        train(model, *some_digits(), 1, seed=seed, shift=1, **options)
        return model.parameter_vector

    assert_array_equal(weights(5), weights(5))
    assert not np.array_equal(weights(5), weights(6))


def test_a_callback_sees_every_batch():
    seen = []
    train(small_cnn(), *some_digits(100), 2, batch_size=32, callback=seen.append)
    assert [(log.epoch, log.batch) for log in seen] == [(e, b) for e in (1, 2) for b in range(1, 5)]
    assert {log.batches for log in seen} == {4}
    assert seen[0].learning_rate == 0
    assert all(0 <= log.accuracy <= 1 and log.loss > 0 for log in seen)


def test_an_interruption_keeps_what_was_learned():
    model, before = small_cnn(), small_cnn().parameter_vector

    def stop(log):
        if log.epoch == 2:
            raise KeyboardInterrupt

    history = train(model, *some_digits(100), 5, callback=stop, schedule=lambda progress: 0.1)
    assert history.interrupted
    assert len(history.loss) == 1
    assert not np.array_equal(model.parameter_vector, before)


def test_a_bar_shows_epoch_loss_accuracy_and_time_left():
    from rich.console import Console

    console = Console(record=True, width=120, force_terminal=True)
    train(small_cnn(), *some_digits(100), 2, progress_bar=console)
    text = console.export_text()
    assert "epoch 2 of 2" in text
    assert "accuracy" in text
    assert "0:00:00" in text


@pytest.mark.parametrize("case", ["too few labels", "no epoch", "no batch"])
def test_what_cannot_be_trained(case):
    images, labels = some_digits(10)
    given = {
        "too few labels": (images, labels[:9], 1),
        "no epoch": (images, labels, 0),
        "no batch": (images, labels, 1),
    }[case]
    with pytest.raises(ValueError, match="training needs"):
        train(small_cnn(), *given, batch_size=0 if case == "no batch" else 32)


@pytest.mark.parametrize("shift", [0, 1])
def test_pictures_of_another_shape_are_refused_before_anything_is_shifted(shift):
    images, labels = some_digits(10)
    with pytest.raises(ValueError, match=r"layer 0, Conv2D.*\(N, 1, 8, 8\), not \(10, 8, 8\)"):
        train(small_cnn(), images[:, 0], labels, 1, shift=shift)
    with pytest.raises(ValueError, match=r"not \(0, 1, 8, 8\)"):
        train(small_cnn(), images[:0], labels[:0], 1, shift=shift)


def test_random_shifts_moves_by_whole_pixels_and_lets_zeros_in():
    images = np.arange(1, 10, dtype=np.uint8).reshape(1, 1, 3, 3)
    pick = _random_shifts(images, 1, np.random.default_rng(0))
    seen = {picture.tobytes() for picture in pick(np.zeros(500, int))}
    padded = np.pad(images[0, 0], 1)
    assert seen == {padded[i : i + 3, j : j + 3].tobytes() for i in range(3) for j in range(3)}


def test_the_confusion_matrix_counts_what_was_taken_for_what():
    images, labels = some_digits(200)
    model = small_cnn()
    counts = confusion_matrix(model, images, labels)
    assert counts.shape == (10, 10)
    assert counts.sum() == 200
    assert_array_equal(counts.sum(axis=1), np.bincount(labels, minlength=10))
    assert_allclose(1 - np.trace(counts) / 200, error_rate(model, images, labels))


def test_gradient_descent_keeps_its_velocity_and_decays_weights():
    model = Sequential([Dense(1)], (1,), dtype=np.float64)
    parameters, gradient = model.parameter_vector, np.array([0.5, 1.0])
    parameters[:], model.gradient_vector[:] = [1, -2], gradient
    sgd = SGD(model, learning_rate=0.2, momentum=0.5, weight_decay=0.1)
    sgd.learning_rate = 0.1
    sgd.step()
    assert_allclose(parameters, [1 - 0.1 * 0.6, -2 - 0.1 * 0.8])
    first = parameters.copy()
    sgd.step()
    decayed = gradient + 0.1 * first
    assert_allclose(parameters, first + 0.5 * (first - [1, -2]) - 0.1 * decayed)


def test_schedules_start_and_end_where_they_should():
    rate = cosine_decay(0.2, warm_up=0.1)
    assert rate(0) == 0
    assert_allclose([rate(0.05), rate(0.1), rate(0.55), rate(1)], [0.1, 0.2, 0.1, 0], atol=1e-12)
    fall = step_decay(1.0, factor=0.1, milestones=(0.5, 0.75))
    assert_allclose([fall(0.49), fall(0.5), fall(0.9)], [1, 0.1, 0.01])


def test_the_loss_stays_finite_for_huge_scores():
    scores = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]])
    loss, grad = softmax_cross_entropy(scores, np.array([0, 0]))
    assert_allclose(loss, 2000)
    assert_allclose(grad, [[0, -1], [0, 1]])
