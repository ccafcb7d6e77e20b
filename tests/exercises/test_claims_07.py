"""What lesson 07 says about its network, looked up inside it."""

import math

import numpy as np
import pytest

from convolab import ops
from convolab.data import data_file, digits, digits32, hopper, split

with np.load(data_file("lenet_digits.npz")) as file:
    LENET = {name: file[name] for name in file.files}
IMAGES, LABELS = digits32()
DIGIT, UNSEEN = IMAGES[2], split(LABELS)[1]


def convolved(x, name):
    return ops.conv_forward(x, LENET[f"{name}_w"], LENET[f"{name}_b"])


def from_pool1(x):
    """The second convolution before its ReLU, and the scores."""
    second = convolved(x, "conv2")
    x = ops.flatten(ops.pool_forward(ops.relu(second)))
    for name in ("dense1", "dense2"):
        x = ops.relu(ops.dense(x, LENET[f"{name}_w"], LENET[f"{name}_b"]))
    return second, ops.dense(x, LENET["dense3_w"], LENET["dense3_b"])


def scores(picture):
    return from_pool1(ops.pool_forward(ops.relu(convolved(picture[None, None], "conv1"))))[1][0]


@pytest.fixture(scope="module")
def pooled():
    """What the first pooling makes of the 359 digits."""
    return ops.pool_forward(ops.relu(convolved(IMAGES[UNSEEN][:, None], "conv1")))


@pytest.fixture(scope="module")
def read(pooled):
    """The second convolution of the 359 digits, and their scores."""
    return from_pool1(pooled)


def wrong(scored):
    return int((scored.argmax(axis=1) != LABELS[UNSEEN]).sum())


def test_the_file_holds_61_706_numbers():
    assert sum(array.size for array in LENET.values()) == 61_706


def test_the_first_kernels_answer_to_brightness_or_to_its_change():
    kernels = LENET["conv1_w"][:, 0]
    sums = kernels.sum(axis=(1, 2))
    assert round(float(sums[4]), 1) == 3.7
    assert np.abs(np.delete(sums, 4)).max() < sums[4] / 2
    across = kernels[:, :, 3:].sum(axis=(1, 2)) - kernels[:, :, :2].sum(axis=(1, 2))
    down = kernels[:, 3:].sum(axis=(1, 2)) - kernels[:, :2].sum(axis=(1, 2))
    assert across[0] < -2
    assert down[2] < -2 < 2 < down[5]
    maps = ops.relu(convolved(hopper()[None, None] / 255, "conv1"))[0]
    assert maps.mean(axis=(1, 2)).argmin() == 3
    assert maps[3].mean() < 0.05 * maps.max()


def test_six_of_359_are_wrong_and_chance_makes_that_1_to_4_percent(read):
    assert (wrong(read[1]), len(UNSEEN)) == (6, 359)
    p, n, z = 6 / 359, 359, 1.96
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    assert 0.007 < middle - half < 0.01
    assert 0.03 < middle + half < 0.04


def test_map_4_is_nearly_the_digit_and_map_3_the_dimmest():
    maps = ops.relu(convolved(DIGIT[None, None], "conv1"))[0]
    alike = [np.corrcoef(one.ravel(), DIGIT[2:-2, 2:-2].ravel())[0, 1] for one in maps]
    assert (np.argmax(alike), alike[4] > 0.95, max(np.delete(alike, 4)) < 0.5) == (4, True, True)
    assert np.argmin(maps.max(axis=(1, 2))) == 3


def test_nearly_6_of_the_7_17_come_from_map_4_at_the_foot_of_the_two():
    below = ops.pool_forward(ops.relu(convolved(DIGIT[None, None], "conv1")))
    second = ops.relu(from_pool1(below)[0])[0]
    assert np.unravel_index(second.argmax(), second.shape) == (3, 9, 6)
    assert round(float(second.max()), 2) == 7.17
    parts = (below[0, :, 9:14, 6:11] * LENET["conv2_w"][3]).sum(axis=(1, 2))
    assert round(float(parts[4]), 2) == 5.94
    assert DIGIT[18:32, 12:26].mean() > 1.5 * DIGIT.mean()


def test_only_map_4_is_missed_and_map_11_of_the_second_layer_is_dead(pooled, read):
    without = []
    for gone in range(6):
        less = pooled.copy()  # a black map is black after the pooling, too
        less[:, gone] = 0
        without.append(wrong(from_pool1(less)[1]))
    assert without[4] == 50
    assert set(np.delete(without, 4)) <= {4, 5, 6}
    assert [d for d in range(16) if not (read[0][:, d] > 0).any()] == [11]


def test_an_empty_sheet_a_bar_and_the_portrait_are_read_as_digits(read):
    bar = np.zeros((8, 8))
    bar[3:5, 1:7] = 1
    place = np.clip((np.arange(32) + 0.5) / 4 - 0.5, 0, 7)
    shares = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(8)))
    tiny = hopper().reshape(32, 8, 32, 8).mean(axis=(1, 3)) / 255
    said = {}
    for name, picture in (("sheet", tiny * 0), ("bar", shares @ bar @ shares.T), ("face", tiny)):
        scored = scores(picture)
        sure = ops.softmax(scored).max()
        said[name] = int(scored.argmax()), round(float(sure), 3), round(float(scored.max()), 1)
    assert said == {"sheet": (8, 0.273, 1.1), "bar": (4, 1.0, 35.1), "face": (7, 0.695, 13.2)}
    assert round(float(scores(tiny)[4]), 1) == 12.4
    assert np.sort(scores(tiny))[-3] < 4
    best = read[1].max(axis=1)
    assert 27 < np.median(best) < 28
    assert round(100 * float((best < 13.2).mean())) == 6
    assert round(float(scores(DIGIT).max()), 1) == 17.9


def test_99_percent_of_two_classes_takes_scores_4_6_apart():
    assert math.log(99) == pytest.approx(4.6, abs=0.05)
    assert -math.log(0.1) == pytest.approx(2.303, abs=0.001)


def test_cross_entropy_notices_what_squares_hardly_do():
    answer, said = np.array([0, 0, 1, 0]), np.array([0.2, 0.4, 0.1, 0.3])
    assert ((said - answer) ** 2).sum() / 2 == pytest.approx(0.55)
    before, after = (ops.softmax(np.array([5.0, 0.0, low, 0.0])) for low in (-5.0, -4.9))
    assert 0.0999 < np.log(after[2] / before[2]) < 0.1
    squares = [((p - answer) ** 2).sum() / 2 for p in (before, after)]
    assert abs(squares[0] - squares[1]) < 1e-4


@pytest.mark.parametrize(("steps", "share"), [(4, 91), (8, 30)], ids=str)
def test_the_share_that_is_read_falls_as_digits_move(steps, share):
    moved = np.stack([ops.shift_image(one, 0, steps) for one in IMAGES[UNSEEN]])
    found = from_pool1(ops.pool_forward(ops.relu(convolved(moved[:, None], "conv1"))))[1]
    assert round(100 * (1 - wrong(found) / len(UNSEEN))) == pytest.approx(share, abs=1)


def test_thirteen_writers_are_in_both_parts():
    assert (len(digits()[0]), len(LABELS) - len(UNSEEN)) == (1797, 1438)
