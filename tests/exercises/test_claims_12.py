"""What lesson 12 says of new designers, frozen layers and reshaped pictures, on fewer pictures.

benchmarks/new_designers.py measures the same with the lesson's own numbers.
"""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from convolab import data, nn
from convolab.data import DESIGNERS, DRAWN_CLASSES, drawings
from convolab.nn import Conv2D, Dense, Flatten, LeakyReLU, MaxPool2D, Sequential, cosine_decay
from convolab.nn import train as nn_train
from tests.exercises.references import references

LESSON = "12_your_own_pictures"
ROOT = Path(__file__).resolve().parents[2]
of = references(LESSON)
STREAMLINE = DESIGNERS.index("Streamline")


def network(seed, classes=4):
    layers = []
    for several in (8, 16, 32):
        layers += [Conv2D(several, 3, padding=1), MaxPool2D(2), LeakyReLU(0.1)]
    return Sequential([*layers, Flatten(), Dense(classes)], (3, 32, 32), seed)


def train(model, pictures, labels, epochs, rate, shift, seed):
    settings = {"batch_size": 32, "schedule": cosine_decay(rate), "shift": shift, "seed": seed}
    nn_train(model, pictures, labels, epochs, **settings)
    return model


def share(model, pictures, labels):
    return (model.predict(pictures) == labels).mean()


@pytest.fixture(scope="module", params=range(3))
def world(request):
    """Drawings, a network that has not seen Streamline, and the share that one reads at random."""
    seed = request.param
    images, labels, designers = drawings(each=40, seed=seed)
    batch = of["to_batch"](list(images)).astype(np.float32)
    new = designers == STREAMLINE
    order = np.random.default_rng(seed).permutation(len(labels))
    kept, known = order[:160], order[160:]
    at_random = train(network(seed), batch[known], labels[known], 10, 0.05, 2, seed)
    without = train(network(seed), batch[~new], labels[~new], 10, 0.05, 2, seed)
    return {
        "seed": seed,
        "new": (batch[new], labels[new]),
        "without": without,
        "random": share(at_random, batch[kept], labels[kept]),
    }


def test_a_new_designer_is_recognised_less_often_than_drawings_at_random(world):
    assert world["without"].parameter_vector.size == 8084
    assert world["random"] > 0.65
    assert share(world["without"], *world["new"]) < world["random"] - 0.1


def parts(labels, several, seed):
    part, rng = np.empty(len(labels), int), np.random.default_rng(seed)
    for label in np.unique(labels):
        places = rng.permutation(np.flatnonzero(labels == label))
        part[places] = np.arange(len(places)) % several
    return part


def test_a_new_last_layer_beats_a_network_from_scratch_with_twenty_pictures_of_each(world):
    seed = world["seed"]
    images, labels, designers = drawings(each=20, seed=100 + seed)
    his = designers == STREAMLINE
    batch, labels = of["to_batch"](list(images[his])).astype(np.float32), labels[his]
    seen = world["without"].activations(batch)[-2]
    assert seen.shape[1] == 512
    part, right = parts(labels, 5, seed), np.zeros(2)
    for one in range(5):
        known = part != one
        head = train(Sequential([Dense(4)], (512,)), seen[known], labels[known], 60, 0.005, 0, seed)
        fresh = train(network(seed), batch[known], labels[known], 20, 0.02, 2, seed)
        right += (
            (head.predict(seen[~known]) == labels[~known]).sum(),
            (fresh.predict(batch[~known]) == labels[~known]).sum(),
        )
    last_layer, from_scratch = right / len(labels)
    assert last_layer > from_scratch
    assert last_layer > share(world["without"], batch, labels)


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
    assert (
        Sequential(
            [Flatten(), Dense(32), LeakyReLU(0.0), Dense(4)], (3, 16, 16)
        ).parameter_vector.size
        == 24740
    )
