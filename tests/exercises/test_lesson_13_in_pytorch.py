"""What learners write in PyTorch in lesson 13: the right passes, the wrong hears why."""

from collections import OrderedDict

import numpy as np
import pytest

from convolab.check.answer import Local
from convolab.check.cases import load
from convolab.check.errors import name_errors
from convolab.check.ladder import judge
from convolab.data import data_file
from tests import pytorch as torch
from tests.exercises.references import references

pytestmark = torch.NEEDED
of = references("13_to_pytorch")
PLAN = "conv1 relu pool conv2 relu pool flatten dense1 relu dense2 relu dense3"


def lenet(plan=PLAN, turn=True, **other):
    """A learner's `lenet_scores` whose network has these layers, some of them other ones."""

    def layer(name):
        t = torch.nn
        kinds = {
            **{"conv1": lambda: t.Conv2d(1, 6, 5), "conv2": lambda: t.Conv2d(6, 16, 5)},
            **{"relu": t.ReLU, "pool": lambda: t.MaxPool2d(2), "flatten": t.Flatten},
            **{"dense1": lambda: t.Linear(400, 120), "dense2": lambda: t.Linear(120, 84)},
            **{"dense3": lambda: t.Linear(84, 10), "softmax": lambda: t.Softmax(dim=1)},
            **{"average": lambda: t.AvgPool2d(2), "sigmoid": t.Sigmoid},
        }
        return {**kinds, **other}[name]()

    def lenet_scores(x):
        with np.load(data_file("lenet_digits.npz")) as file:
            state = of["to_torch_layout"]({name: file[name] for name in file.files})
        if not turn:
            state["dense1.weight"] = state["dense1.weight"].T
        layers = [(name if name[-1] in "123" else f"{name}_{n}", layer(name))
                  for n, name in enumerate(plan.split())]  # fmt: skip
        net = torch.nn.Sequential(OrderedDict(layers))
        net.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
        with torch.no_grad():
            return net(torch.tensor(x, dtype=torch.float32)).numpy()

    return lenet_scores


def gradients(reduction="mean", times=1, softmax=False, relu=True):
    """A learner's `torch_gradients`."""

    def torch_gradients(x, labels, parameters):
        layer = torch.nn.functional
        p = {name: torch.tensor(array, requires_grad=True) for name, array in parameters.items()}
        maps = layer.conv2d(torch.tensor(x), p["conv_w"], p["conv_b"])
        maps = layer.relu(maps) if relu else maps
        scores = layer.max_pool2d(maps, 2).flatten(1) @ p["dense_w"] + p["dense_b"]
        scores = scores.softmax(dim=1) if softmax else scores
        loss = layer.cross_entropy(scores, torch.tensor(labels), reduction=reduction)
        for _ in range(times):
            loss.backward(retain_graph=True)
        return loss.item(), {name: tensor.grad.numpy() for name, tensor in p.items()}

    return torch_gradients


def verdict(name, function):
    return judge(load(name), Local({name: function}, name))


@pytest.mark.parametrize("plan", [PLAN, PLAN.replace("relu pool", "pool relu")])
def test_lenet_in_pytorch_is_right(plan):
    assert verdict("lenet_scores", lenet(plan)).status == "correct"


WRONG = {
    "no ReLU after conv1": (PLAN.replace("conv1 relu", "conv1"), "first convolution"),
    "no ReLU after conv2": (PLAN.replace("conv2 relu", "conv2"), "second convolution"),
    "no ReLU after dense1": (PLAN.replace("dense1 relu", "dense1"), "dense1"),
    "no ReLU after dense2": (PLAN.replace("dense2 relu", "dense2"), "dense2"),
    "ReLU at the end": (PLAN + " relu", "below 0"),
    "softmax at the end": (PLAN + " softmax", "probabilities"),
    "average pooling": (PLAN.replace("pool", "average"), "average"),
    "no pooling": (PLAN.replace("conv1 relu pool", "conv1 relu"), "cannot|shape|mat1"),
    "no flatten": (PLAN.replace("flatten ", ""), "cannot|shape|mat1"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_lenet_hears_what_is_wrong_with_it(what):
    plan, says = WRONG[what]
    found = verdict("lenet_scores", lenet(plan))
    assert found.status != "correct"
    assert any(word in found.hint for word in says.split("|")), found.hint


def test_dense_weights_that_are_not_turned_are_refused_where_they_are_loaded():
    found = verdict("lenet_scores", lenet(turn=False))
    assert "load_state_dict" in found.hint


def test_autograd_is_right():
    assert verdict("torch_gradients", gradients()).status == "correct"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reduction": "sum"}, "mean"),
        ({"times": 2}, "backward has run twice"),
        ({"softmax": True}, "twice"),
        ({"relu": False}, "ReLU"),
    ],
)
def test_wrong_gradients_are_named(more, says):
    found = verdict("torch_gradients", gradients(**more))
    assert found.status != "correct"
    assert says in found.hint


def test_an_exercise_that_does_not_allow_pytorch_still_refuses_it():
    def to_torch_layout(parameters):
        return {name: torch.tensor(array).numpy() for name, array in parameters.items()}

    assert verdict("to_torch_layout", to_torch_layout).status != "correct"


def test_where_it_is_missing_a_check_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(name_errors, "find_spec", lambda name: None)

    learners = {}
    exec("def lenet_scores(x):\n    return torch.tensor(x)", learners)
    found = verdict("lenet_scores", learners["lenet_scores"])
    assert "--extra torch" in found.hint
    assert found.points == 0
