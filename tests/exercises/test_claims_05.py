"""What lesson 05 says about its runs, looked up inside them."""

import numpy as np
import pytest
from scipy import ndimage

from convolab import nn, ops
from convolab.data import digits, hopper, split
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential

BRIGHTER_BELOW = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
FIRST, SECOND = np.array([[1, 2], [0, -1]]), np.array([[1, 0, -1]])
IMAGES, LABELS = digits()
TWO = IMAGES[2]


def edges(picture, mode="same"):
    return ops.relu(ops.correlate_2d(picture, BRIGHTER_BELOW, mode))


def stays(feature_map, size):
    moved = ops.shift_image(feature_map, 0, 1)
    return ops.pool_2d(feature_map, size), ops.pool_2d(moved, size)


@pytest.mark.parametrize("mode", ["full", "valid", "same"])
def test_two_convolutions_are_one_in_full_and_valid_and_not_at_the_border_in_same(mode):
    picture = np.random.default_rng(0).integers(1, 9, (8, 8))
    kernels = np.random.default_rng(1).integers(1, 9, (2, 3, 3))
    twice = ops.convolve_2d(ops.convolve_2d(picture, kernels[0], mode), kernels[1], mode)
    once = ops.convolve_2d(picture, ops.convolve_2d(*kernels), mode)
    assert np.array_equal(twice[2:-2, 2:-2], once[2:-2, 2:-2])
    assert np.array_equal(twice, once) == (mode != "same")


def test_a_relu_in_between_changes_16_places():
    once = ops.convolve_2d(TWO, ops.convolve_2d(FIRST, SECOND))
    assert np.sum(ops.convolve_2d(ops.relu(ops.convolve_2d(TWO, FIRST)), SECOND) != once) == 16


def test_the_large_numbers_form_three_blobs_one_above_and_two_below():
    strong = edges(TWO) >= 20
    blobs, count = ndimage.label(strong)
    assert count == 3
    tops = sorted(rows.start for rows, _ in ndimage.find_objects(blobs))
    assert tops[0] == 0
    assert tops[1] >= 4


def test_how_much_of_the_two_survives_a_pixel():
    for size, same, of in ((2, 5, 16), (4, 3, 4)):
        before, after = stays(edges(TWO), size)
        assert (np.sum(before == after), before.size) == (same, of)


def test_the_two_that_leans_number_by_number():
    leaning = TWO.copy()
    leaning[:4] = ops.shift_image(TWO[:4], 0, 1)
    before, after = ops.pool_2d(edges(TWO)), ops.pool_2d(edges(leaning))
    assert np.sum(before == after) == 8
    assert np.sum((before == after)[2:]) == 6
    changed = {
        (0, 0): (8, 0),
        (0, 1): (50, 25),
        (0, 3): (14, 43),
        (2, 0): (33, 34),
        (2, 1): (49, 56),
    }
    assert all((before[place], after[place]) == pair for place, pair in changed.items())
    assert after[1].sum() > before[1].sum()


def test_half_the_noise_cancels_in_an_average_and_none_of_it_in_a_maximum():
    rng, still = np.random.default_rng(0), edges(TWO)
    noise = rng.uniform(-0.2, 0.2, (300, *still.shape)) * still.max()
    off = {
        how: np.stack([ops.pool_2d(still + one, 2, how=how) for one in noise])
        - ops.pool_2d(still, 2, how=how)
        for how in ("average", "max")
    }
    assert off["average"].std() == pytest.approx(noise.std() / 2, rel=0.05)
    assert np.sqrt(np.mean(off["max"] ** 2)) == pytest.approx(noise.std(), rel=0.05)
    assert off["max"].mean() > 2 > 0.1 > abs(off["average"].mean())


def test_the_share_of_the_portraits_edges_that_stays():
    found = edges(hopper(), "valid")
    shares = []
    for size in (1, 2, 8):
        before, after = stays(found, size)
        shares.append(round(100 * np.mean((before == after)[(before > 0) | (after > 0)])))
    assert shares == [3, 25, 68]
    assert 0.4 < np.mean(found == 0) < 0.6


WAYS = {
    "every pixel": lambda sheet: sheet,
    "every second": lambda sheet: sheet[::2, ::2],
    "average": lambda sheet: ops.pool_2d(sheet, 2, how="average"),
    "largest": lambda sheet: ops.pool_2d(sheet, 2),
}
KERNELS = (ops.SOBEL_Y, -ops.SOBEL_Y, ops.SOBEL_X, -ops.SOBEL_X)


@pytest.fixture(scope="module")
def shares():
    """For each way: read right still, moved, and moved after learning from moved ones; of three
    splits, (3,) each."""
    frames = np.pad(IMAGES, ((0, 0), (2, 2), (2, 2)))
    steps = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
    sheets = [np.roll(frames, step, axis=(1, 2)).reshape(-1, 12) for step in steps]
    maps = [[ops.relu(ops.correlate_2d(one, k, "same")) for k in KERNELS] for one in sheets]
    found = {}
    for name, keep in WAYS.items():
        rows = [np.stack([keep(m) for m in four], axis=1).reshape(len(IMAGES), -1) for four in maps]
        found[name] = np.array([_read(rows, *split(LABELS, seed=seed)) for seed in range(3)]).T
    return found


def _read(rows, learn, test):
    def learned(known):
        x = np.concatenate([one[learn] for one in known])
        goal = np.eye(10)[np.tile(LABELS[learn], len(known))]
        return np.linalg.solve(x.T @ x + 1e4 * np.eye(x.shape[1]), x.T @ goal)

    def right(weights, asked):
        return np.mean([(one[test] @ weights).argmax(axis=1) == LABELS[test] for one in asked])

    alone, taught = learned(rows[:1]), learned(rows)
    return right(alone, rows[:1]), right(alone, rows[1:]), right(taught, rows[1:])


def test_pooling_helps_a_reader_and_moved_pictures_help_it_more(shares):
    for still, moved, taught in shares.values():
        assert still.min() > 0.9
        assert moved.max() < 0.7
        assert (taught - moved).min() > 0.2
    second, largest = shares["every second"], shares["largest"]
    assert round(100 * second[1][0]) == 43
    assert round(100 * largest[1][0]) == 60
    for pooled in (shares["average"], largest):
        assert (pooled[1] - second[1]).min() > 0.1
        assert (second[2] - second[1] > pooled[1] - second[1]).all()
    assert shares["every pixel"][2].mean() == pytest.approx(0.9, abs=0.01)


def test_max_and_average_come_out_alike_on_kernels_that_were_not_learned(shares):
    for part in range(3):
        assert abs(np.mean(shares["average"][part] - shares["largest"][part])) < 0.05


class AveragePool2D(MaxPool2D):
    """The average of each window, in the engine's layout."""

    def forward(self, x):
        self.x_shape = x.shape
        return np.mean(self._cells(x), axis=0)

    def input_grad(self, grad):
        back = np.zeros(self.x_shape, grad.dtype)
        for cell in self._cells(back):
            cell[...] = grad / self.size**2
        return back


def reads(pool, seed):
    """The small network of lesson 08 with this pooling, trained on one split of the digits: the
    shares of the other digits that are read right as they are, and moved by one pixel."""
    learn, test = split(LABELS, seed=seed)
    pictures = (IMAGES[:, None] / 16).astype(np.float32)
    layers = [Conv2D(16, 3), ReLU(), pool(2), Flatten(), Dense(10)]
    network = Sequential(layers, (1, 8, 8), seed)
    options = {"batch_size": 32, "schedule": lambda _: 0.05, "weight_decay": 0, "seed": seed}
    nn.train(network, pictures[learn], LABELS[learn], 20, **options)
    framed = np.pad(pictures[test], ((0, 0), (0, 0), (1, 1), (1, 1)))
    places = ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))
    errors = [
        nn.error_rate(network, framed[:, :, i : i + 8, j : j + 8], LABELS[test]) for i, j in places
    ]
    return 1 - errors[0], 1 - np.mean(errors[1:])


def test_with_learned_kernels_max_pooling_reads_moved_digits_better_and_still_ones_alike():
    largest = np.array([reads(MaxPool2D, seed) for seed in range(2)])
    average = np.array([reads(AveragePool2D, seed) for seed in range(2)])
    assert largest.mean(axis=0) == pytest.approx([0.98, 0.64], abs=0.025)
    assert average.mean(axis=0) == pytest.approx([0.97, 0.52], abs=0.03)
    assert ((largest - average)[:, 1] > 0.07).all()
    assert (np.abs(largest - average)[:, 0] < 0.03).all()
