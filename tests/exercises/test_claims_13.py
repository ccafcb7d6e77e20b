"""What lesson 13 says of PyTorch, layouts, fine-tuning and AlexNet, computed again."""

import io
import pickle
import re
import time
from collections import OrderedDict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from convolab import nn
from convolab.data import data_file, digit_writers, digits32, drawings, split
from tests import pytorch as torch
from tests.exercises.references import exercises, references

LESSON = "13_to_pytorch"
of = references(LESSON)
IMAGES, LABELS = digits32()
IMAGES = IMAGES[:, None]
LEARN, UNSEEN = split(LABELS)


@cache
def course():
    return nn.lenet().load(data_file("lenet_digits.npz"))


def build(parameters, classes=10):
    t = torch.nn
    layers = {
        **{"conv1": t.Conv2d(1, 6, 5), "relu1": t.ReLU(), "pool1": t.MaxPool2d(2)},
        **{"conv2": t.Conv2d(6, 16, 5), "relu2": t.ReLU(), "pool2": t.MaxPool2d(2)},
        **{"flatten": t.Flatten(), "dense1": t.Linear(400, 120), "relu3": t.ReLU()},
        **{"dense2": t.Linear(120, 84), "relu4": t.ReLU(), "dense3": t.Linear(84, 10)},
    }
    net = t.Sequential()
    for name, layer in layers.items():
        net.add_module(name, layer)
    state = of["to_torch_layout"](parameters)
    net.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    return net


def teach(net, pictures, classes, epochs, rate, size, clear=True):
    """As in the lesson."""
    torch.manual_seed(0)
    free = [weights for weights in net.parameters() if weights.requires_grad]
    optimiser = torch.optim.SGD(free, lr=rate, momentum=0.9)
    pictures, classes = torch.tensor(pictures), torch.tensor(classes)
    for _ in range(epochs):
        for batch in torch.randperm(len(pictures)).split(size):
            if clear:
                optimiser.zero_grad()
            loss = torch.nn.functional.cross_entropy(net(pictures[batch]), classes[batch])
            loss.backward()
            optimiser.step()
    return net


def right(net, pictures, classes):
    with torch.no_grad():
        return 100 * (net(torch.tensor(pictures)).argmax(dim=1).numpy() == classes).mean()


def thawed(net, what):
    """Only the parts whose names begin so go on learning."""
    for name, weights in net.named_parameters():
        weights.requires_grad = name.startswith(what)
    return net


def test_weights_copied_in_the_wrong_order_guess():
    order = np.arange(400).reshape(16, 5, 5).transpose(1, 2, 0).ravel()
    elsewhere = nn.lenet()
    for name, array in course().parameters.items():
        elsewhere.parameters[name][...] = array[order] if name == "dense1_w" else array
    assert nn.error_rate(elsewhere, IMAGES[UNSEEN], LABELS[UNSEEN]) > 0.8
    w = elsewhere.parameters["dense1_w"]
    _, turned = of["from_channels_last"](np.zeros((5, 5, 6, 16)), w, (5, 5, 16))
    assert np.array_equal(turned.T, course().parameters["dense1_w"])


def test_the_numbers_of_the_tape():
    assert of["walk_back"]([("y", {"x": 3}), ("z", {"y": 24})]) == {"z": 1, "y": 24, "x": 72}
    assert of["walk_back"]([("y", {"x": 3}), ("z", {"x": 12, "y": 4})])["x"] == 24


@torch.NEEDED
def test_lenet_gives_the_same_scores_to_a_hundred_thousandth_and_the_same_answers():
    net = build(course().parameters)
    assert sum(weights.numel() for weights in net.parameters()) == 61706
    ours = course().forward(IMAGES[UNSEEN])
    with torch.no_grad():
        theirs = net(torch.tensor(IMAGES[UNSEEN])).numpy()
    assert np.abs(ours - theirs).max() < 1e-5 * np.abs(ours).max()
    assert np.array_equal(ours.argmax(axis=1), theirs.argmax(axis=1))
    with torch.no_grad():
        doubles = net.double()(torch.tensor(IMAGES[UNSEEN].astype(float))).numpy()
    assert (
        np.abs(of["lenet_scores"](IMAGES[UNSEEN[:20]].astype(float)) - doubles[:20]).max() < 1e-10
    )


@torch.NEEDED
def test_autograd_gives_the_engines_gradients():
    net, engine = build(course().parameters), course()
    classes = torch.tensor(LABELS[:64])
    torch.nn.functional.cross_entropy(net(torch.tensor(IMAGES[:64])), classes).backward()
    engine.zero_grad()
    engine.forward_backward(IMAGES[:64], LABELS[:64])
    own = of["to_torch_layout"](engine.gradients)
    for name, weights in net.named_parameters():
        assert np.abs(own[name] - weights.grad.numpy()).max() < 1e-5


@torch.NEEDED
def test_gradients_are_added_to_what_is_there():
    w = torch.tensor(3.0, requires_grad=True)
    (w**2).backward()
    (w**2).backward()
    assert w.grad.item() == 12
    x = torch.tensor(4.0, requires_grad=True)
    (x * (3 * x)).backward()
    assert x.grad.item() == 24


@torch.NEEDED
def test_the_engine_is_ahead_of_pytorch_on_one_thread():
    """By processor time, which other programs do not lengthen as they do the clock's."""
    net, engine = build(course().parameters), nn.lenet(seed=0)
    batch, classes = torch.tensor(IMAGES[:128]), torch.tensor(LABELS[:128])
    theirs = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    ours = nn.SGD(engine, learning_rate=0.01, momentum=0.9, weight_decay=0)

    def our_step():
        engine.zero_grad()
        engine.forward_backward(IMAGES[:128], LABELS[:128])
        ours.step()

    def their_step():
        theirs.zero_grad()
        torch.nn.functional.cross_entropy(net(batch), classes).backward()
        theirs.step()

    seconds = {our_step: [], their_step: []}
    for _ in range(12):
        for step, found in seconds.items():
            start = time.process_time()
            step()
            found.append(time.process_time() - start)
    assert min(seconds[our_step]) < min(seconds[their_step])


class Trojan:
    """A pickle that would do something when it is read."""

    def __reduce__(self):
        return print, ("ran",)


@torch.NEEDED
def test_a_pickle_runs_code_and_weights_only_refuses_it(capsys):
    pickle.loads(pickle.dumps(Trojan()))
    assert capsys.readouterr().out == "ran\n"
    file = io.BytesIO()
    torch.save({"conv1.weight": Trojan()}, file)
    file.seek(0)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(file, weights_only=True)
    assert capsys.readouterr().out == ""
    file = io.BytesIO()
    torch.save(build(course().parameters).state_dict(), file)
    file.seek(0)
    assert {*torch.load(file, weights_only=True)} == {*of["to_torch_layout"](course().parameters)}


@torch.NEEDED
def test_a_hard_hand_is_learned_from_forty_digits_by_the_last_layer_alone():
    writers = digit_writers()
    owner, others = np.flatnonzero(writers == 2), np.flatnonzero(writers != 2)
    forty, rest = owner[:40], owner[40:]
    assert len(rest) == 90
    assert np.bincount(LABELS[forty]).min() >= 3  # "four of each or so"
    factory = build(nn.lenet(seed=0).parameters)
    before = right(teach(factory, IMAGES[others], LABELS[others], 8, 0.02, 32),
                   IMAGES[rest], LABELS[rest])  # fmt: skip
    sold = {name: weights.clone() for name, weights in factory.state_dict().items()}
    assert 80 < before < 91  # "about one in seven"
    after = {}
    for what in ("dense3", "dense", "conv", ""):
        net = build(course().parameters)
        net.load_state_dict(sold)
        teach(thawed(net, what), IMAGES[forty], LABELS[forty], 20, 0.02, 10)
        after[what] = right(net, IMAGES[rest], LABELS[rest])
        for name, weights in net.named_parameters():
            assert name.startswith(what) or torch.equal(weights, sold[name])
    for share in after.values():
        assert 100 - share < 0.55 * (100 - before)  # "most of these mistakes are gone"
    assert after["dense3"] >= after[""] - 4
    alone = teach(build(nn.lenet(seed=1).parameters), IMAGES[forty], LABELS[forty], 20, 0.02, 10)
    assert right(alone, IMAGES[rest], LABELS[rest]) < min(after.values())
    last = sum(weights.numel() for weights in thawed(factory, "dense3").parameters()
               if weights.requires_grad)  # fmt: skip
    assert last == 850


@torch.NEEDED
def test_what_was_learned_from_digits_is_no_help_with_drawings():
    drawn, kinds, designers = drawings()
    grey = 1 - drawn @ np.array([0.299, 0.587, 0.114]) / 255
    grey = grey[:, None].astype(np.float32)
    new, shares = designers == designers.max(), {}
    known = np.flatnonzero(~new)[:800]
    for start, parameters in (("digits", course().parameters), ("random", nn.lenet(0).parameters)):
        for what in ("dense3", ""):
            net = thawed(build(parameters), what)
            torch.manual_seed(0)
            net.dense3 = torch.nn.Linear(84, 4)
            teach(net, grey[known], kinds[known], 15, 0.02, 32)
            shares[start, what] = right(net, grey[new], kinds[new])
    for what in ("dense3", ""):
        assert shares["digits", what] < shares["random", what] + 5
    assert 25 < shares["digits", "dense3"] < 42  # "a third or so"
    assert shares["digits", ""] > shares["digits", "dense3"] + 3


@torch.NEEDED
def test_alexnet_has_61_million_numbers_most_of_them_dense(source):
    namespace = {"torch": torch, "OrderedDict": OrderedDict}
    exec(re.search(r"^def build_alexnet.*?\n(?=\n\n)", source, re.M | re.S)[0], namespace)
    with torch.device("meta"):
        net = namespace["build_alexnet"]()
        x = torch.empty(1, 3, 224, 224)
        assert net.features[0](x).shape[1:] == (64, 55, 55)
        assert net(x).shape == (1, 1000)
    parts = {name: sum(w.numel() for w in part.parameters()) for name, part in net.named_children()}
    assert sum(parts.values()) == pytest.approx(61e6, rel=0.005)
    assert parts["classifier"] == pytest.approx(58.6e6, rel=0.001)
    assert 900 < sum(parts.values()) / 61706 < 1100


@pytest.fixture
def source():
    from tests.conftest import ROOT

    return (ROOT / "lessons" / f"{LESSON}.py").read_text(encoding="utf-8")


def test_the_biases_are_few():
    demand = exercises(LESSON)["fine_tune_plan"].demands["few"]
    parts = demand.measure.__globals__["PARTS"]
    biases = [name for name in parts if name.endswith(".bias")]
    assert sum(parts[name] for name in biases) == 236
    assert 236 / sum(parts.values()) < 0.004


@torch.NEEDED
def test_the_network_of_lesson_12_gives_the_same_scores_in_pytorch(
    source, tmp_path, monkeypatch, capsys
):
    layers = []
    for several in (8, 16, 32):
        layers += [nn.Conv2D(several, 3, padding=1), nn.MaxPool2D(2), nn.LeakyReLU(0.1)]
    own = nn.Sequential([*layers, nn.Flatten(), nn.Dense(3)], (3, 32, 32), seed=5)
    pictures = np.random.default_rng(0).random((7, 3, 32, 32), np.float32)
    scores = own.forward(pictures)
    (tmp_path / "12_your_own_pictures").mkdir()
    (tmp_path / "13_to_pytorch").mkdir()
    monkeypatch.chdir(tmp_path / "13_to_pytorch")
    parts = re.split(r"^# %%.*$", source, flags=re.M)
    cells = [part for part in parts if "def build_own" in part or "np.load(path)" in part]
    names = {"ready": lambda *names: True, "np": np, "torch": torch, "Path": Path}
    names |= {"OrderedDict": OrderedDict, "to_torch_layout": of["to_torch_layout"]}
    exec("\n".join(cells), names)
    assert "There is no my_network.npz" in capsys.readouterr().out
    along = {"pictures": pictures, "scores": scores, "classes": ["cup", "jug", "mug"]}
    np.savez("../12_your_own_pictures/my_network.npz", **along, **own.parameters)
    exec("\n".join(cells), names)
    assert np.allclose(names["scores"], scores, atol=1e-5)
    said = capsys.readouterr().out
    for number, name in enumerate(along["classes"]):
        assert f"{name}: said of {(scores.argmax(axis=1) == number).sum()} of 7" in said
