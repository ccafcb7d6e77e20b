"""What lesson 10 says of writers, splits, intervals and luck, computed again."""

import numpy as np
import pytest

from convolab.data import digit_writers, digits, split
from convolab.data.writers import form_starts
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential, train
from tests.exercises.references import references

of = references("10_what_a_number_is_worth")
IMAGES, LABELS = digits()
PICTURES = IMAGES[:, None] / 16
STARTS = [0, 130, 256, 386, 516, 646, 776, 906, 1029, 1157, 1287, 1415, 1545, 1667]
COUNTING = "0123456789" * 3


@pytest.mark.parametrize(
    ("counting", "landmark"),
    [
        (COUNTING + "0", "95565"),
        (COUNTING + "0955", "650989"),
        (COUNTING + "09556509898", "417735"),
        ("0123456789" * 2 + "01234567890955650989", "8417735"),
    ],
)
def test_the_writers_borders_do_not_depend_on_the_piece_of_text_they_are_found_by(
    counting, landmark
):
    assert form_starts(LABELS) == STARTS
    assert form_starts(LABELS, counting, landmark) == STARTS


@pytest.mark.parametrize("seed", range(3))
def test_they_stay_where_they_are_if_some_digits_are_lost(seed):
    """Of 15 digits that are dropped, a border moves by one for each that was before it."""
    lost = np.sort(np.random.default_rng(seed).choice(len(LABELS), 15, replace=False))
    kept = np.delete(np.arange(len(LABELS)), lost)
    found = [int(kept[start]) for start in form_starts(LABELS[kept])]
    missed = [start for start in STARTS if min(abs(start - one) for one in found) > 2]
    assert len(missed) <= 4  # a landmark that lost a digit is not found
    assert all(min(abs(start - one) for start in STARTS) <= 2 for one in found)


def test_there_are_thirteen_writers_each_of_every_digit_and_all_in_a_row():
    writers = digit_writers()
    assert np.all(np.diff(writers) >= 0)
    assert set(np.unique(writers)) == set(range(13))
    for writer in range(13):
        assert np.bincount(LABELS[writers == writer], minlength=10).min() >= 8


def nearest_other():
    flat = PICTURES.reshape(len(PICTURES), 64)
    apart = (flat**2).sum(axis=1) - 2 * flat @ flat.T
    np.fill_diagonal(apart, np.inf)
    return apart.argmin(axis=1)


def test_the_pictures_agree_with_the_borders():
    nearest, shares = nearest_other(), {}
    for moved in (-40, -10, -5, 0, 5, 10, 40):
        by = np.roll(digit_writers(), moved)
        shares[moved] = (by == by[nearest]).mean()
    assert max(shares, key=shares.get) == 0
    assert shares[0] > 0.55
    assert shares[-40] < shares[-10] < shares[-5]
    assert shares[5] > shares[10] > shares[40]
    by = np.random.default_rng(0).permutation(digit_writers())
    assert (by == by[nearest]).mean() < 0.12


def test_the_two_forms_that_count_as_one_writer_are_the_most_alike():
    form = np.searchsorted(STARTS, np.arange(len(LABELS)), side="right") - 1
    alike = np.zeros((14, 14))
    np.add.at(alike, (form, form[nearest_other()]), 1)
    alike = np.triu(alike + alike.T, 1)
    assert np.unravel_index(alike.argmax(), alike.shape) == (0, 1)


def wrong(known, new):
    return (
        of["nearest_neighbour"](PICTURES[known], LABELS[known], PICTURES[new]) != LABELS[new]
    ).mean()


def test_the_nearest_neighbour_is_mostly_wrong_three_or_four_times_as_often_with_new_people():
    writers, times = digit_writers(), []
    for seed in range(5):
        new_people = wrong(*of["split_by_group"](writers, 3, seed))
        times.append(new_people / wrong(*split(LABELS, seed=seed)))
    assert min(times) > 1
    assert 2.5 < np.median(times) < 4.5


def with_one(seed):
    layers = [Conv2D(16, 3), ReLU(), MaxPool2D(2), Flatten(), Dense(10)]
    return Sequential(layers, (1, 8, 8), seed)


def without(seed):
    return Sequential([Flatten(), Dense(21), ReLU(), Dense(10)], (1, 8, 8), seed)


def read(model, known, new, seed):
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed}
    train(model, PICTURES[known], LABELS[known], 20, schedule=lambda done: 0.05, **settings)
    return 100 * (model.predict(PICTURES[new]) == LABELS[new]).mean()


def test_an_equal_sized_network_without_convolution_is_further_behind_with_new_people():
    assert with_one(0).parameter_vector.size == 1610
    assert without(0).parameter_vector.size == 1585
    leads, writers = {"random": [], "writers": []}, digit_writers()
    for seed in range(5):
        for name, parts in (
            ("random", split(LABELS, seed=seed)),
            ("writers", of["split_by_group"](writers, 3, seed)),
        ):
            models = with_one(seed), without(seed)
            shares = [read(model, *parts, seed) for model in models]
            leads[name].append(shares[0] - shares[1])
            if (name, seed) == ("writers", 0):  # "nearly all the lost sevens are one person's"
                sevens = parts[1][LABELS[parts[1]] == 7]
                lost = sevens[models[0].predict(PICTURES[sevens]) != 7]
                assert len(lost) / len(sevens) == pytest.approx(1 / 3, abs=0.1)
                assert np.bincount(writers[lost]).max() >= len(lost) - 1
    assert np.mean(leads["random"]) == pytest.approx(1.0, abs=0.5)
    assert np.mean(leads["writers"]) == pytest.approx(2.5, abs=0.8)
    assert np.mean(leads["writers"]) > np.mean(leads["random"])


def test_the_luckiest_of_a_hundred_guessers_reads_about_a_fifth():
    rng, best = np.random.default_rng(0), []
    for _ in range(200):
        guesses = rng.integers(0, 10, (100, 50)) == rng.integers(0, 10, 50)
        best.append(guesses.mean(axis=1).max())
    assert np.mean(best) == pytest.approx(0.21, abs=0.015)


def test_the_numbers_of_the_prose():
    assert np.round(of["accuracy_interval"](50, 50), 3).tolist() == [0.929, 1]
    assert of["mean_and_spread"]([90, 94, 95]) == pytest.approx((93, 2.6), abs=0.06)
    assert [1.96 * np.sqrt(0.09 / n) for n in (100, 400)] == pytest.approx([0.0588, 0.0294])
    four_in_500 = of["accuracy_interval"](482, 500)
    assert 0.75 < 100 * (four_in_500[1] - four_in_500[0]) / 4 < 0.95  # "nearly a point"
