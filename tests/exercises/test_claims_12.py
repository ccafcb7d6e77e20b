"""What lesson 12 says of new designers, frozen layers and reshaped pictures, on fewer pictures.

benchmarks/new_designers.py measures the same with the lesson's own numbers.
"""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from convolab import data, nn
from convolab.data import DRAWN_CLASSES, drawings
from convolab.nn import train as nn_train
from tests.exercises.references import references

LESSON = "12_your_own_pictures"
ROOT = Path(__file__).resolve().parents[2]
of = references(LESSON)
NEW = 4, 5  # EmojiOne and Streamline


def network(seed, side=16):
    layers = []
    for several in (8, 16, 32):
        layers += [nn.Conv2D(several, 3, padding=1), nn.MaxPool2D(2), nn.LeakyReLU(0.1)]
    return nn.Sequential([*layers, nn.Flatten(), nn.Dense(4)], (3, side, side), seed)


def train(model, pictures, labels, epochs, rate, shift, seed):
    settings = {"batch_size": 16, "schedule": nn.cosine_decay(rate), "shift": shift, "seed": seed}
    nn_train(model, pictures, labels, epochs, **settings)
    return model


def share(model, pictures, labels):
    return (model.predict(pictures) == labels).mean()


def small(images):
    """The pictures at half their size, where a network takes a quarter of the time."""
    batch = of["to_batch"](list(images))
    return batch.reshape(len(batch), 3, 16, 2, 16, 2).mean(axis=(3, 5)).astype(np.float32)


@pytest.fixture(scope="module", params=range(3))
def world(request):
    """Two designers whom a network has not seen; what it and one with a random split recognise."""
    seed = request.param
    images, labels, designers = drawings(each=30, seed=seed)
    batch, new = small(images), np.isin(designers, NEW)
    order = np.random.default_rng(seed).permutation(len(labels))
    kept, known = order[: new.sum()], order[new.sum() :]
    at_random = train(network(seed), batch[known], labels[known], 15, 0.05, 1, seed)
    without = train(network(seed), batch[~new], labels[~new], 15, 0.05, 1, seed)
    return {
        "seed": seed,
        "without": without,
        "random": share(at_random, batch[kept], labels[kept]),
        "new": share(without, batch[new], labels[new]),
    }


def test_new_designers_are_recognised_less_often_than_drawings_at_random(world):
    assert world["random"] > 0.5
    assert world["new"] < world["random"] - 0.04


def test_a_new_last_layer_beats_a_network_from_scratch_with_twenty_pictures_of_each(world):
    seed, right, asked = world["seed"], np.zeros(2), 0
    images, labels, designers = drawings(each=20, seed=100 + seed)
    for designer in NEW:
        batch, its = small(images[designers == designer]), labels[designers == designer]
        part = np.empty(80, int)
        for label in range(4):
            places = np.random.default_rng(seed).permutation(np.flatnonzero(its == label))
            part[places] = np.arange(20) % 5
        seen = world["without"].activations(batch)[-2]
        for one in range(5):
            known = part != one
            head = nn.Sequential([nn.Dense(4)], seen.shape[1:])
            train(head, seen[known], its[known], 60, 0.005, 0, seed)
            fresh = train(network(seed), batch[known], its[known], 30, 0.02, 1, seed)
            right += (
                (head.predict(seen[~known]) == its[~known]).sum(),
                (fresh.predict(batch[~known]) == its[~known]).sum(),
            )
        asked += 80
    last_layer, from_scratch = right / asked
    assert last_layer > from_scratch


def test_every_cell_of_the_lesson_runs_with_few_drawings(monkeypatch, tmp_path):
    """Also those that grading leaves out: with 6 drawings of each kind, and one epoch."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(data, "drawings", lambda each=6, seed=0: drawings(min(each, 6), seed))
    once = {"epochs": 1}
    monkeypatch.setattr(
        nn, "train", lambda m, x, y, epochs, **more: nn_train(m, x, y, **once, **more)
    )
    lesson = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"
    names = {"check": lambda name: None}
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type == "code" and not cell.source.startswith("check("):
            names["ready"] = lambda *names: True
            exec(cell.source.replace("import check, ready", "import check"), names)
    assert names["my_chances"].shape == (80, 4)
    assert names["table"].shape == (6, 3)


def test_reshape_takes_the_neighbours_apart():
    """Transposed, neighbouring pixels are alike; reshaped, they are other colours' numbers."""
    images, *_ = drawings(each=1)
    apart = {}
    for name, moved in (
        ("transposed", images.transpose(0, 3, 1, 2)),
        ("reshaped", images.reshape(-1, 3, 32, 32)),
    ):
        apart[name] = np.abs(np.diff(moved.astype(float), axis=3)).mean()
    assert apart["reshaped"] > 2 * apart["transposed"]


def test_there_are_six_designers_and_four_classes_without_the_share_alike_file():
    _, labels, designers = drawings(each=1)
    assert len(set(designers.tolist())) == 6
    assert DRAWN_CLASSES == ("boat", "dog", "cat", "bird")
    assert len(labels) == 24


def test_the_numbers_of_the_prose():
    assert 2 * np.sqrt(0.8 * 0.2 / 25) == pytest.approx(0.16)
    assert (2 * np.arange(4) + 1) * 8 // 8 == pytest.approx([1, 3, 5, 7])
    labels, said = np.array([0, 0, 1, 1, 1, 1]), np.array([0, 1, 1, 1, 1, 0])
    assert of["per_class_recall"](labels, said, 2).tolist() == [0.5, 0.75]
    lessons = network(0, side=32)
    assert lessons.parameter_vector.size == 8084
    assert lessons.shapes[-2] == (512,)
    baseline = [nn.Flatten(), nn.Dense(32), nn.ReLU(), nn.Dense(4)]
    assert nn.Sequential(baseline, (3, 16, 16)).parameter_vector.size == 24740
