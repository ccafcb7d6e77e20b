"""The layers give PyTorch's numbers, forwards and backwards.

Skipped where PyTorch is not installed; tests/pytorch.py says how to get it.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from convolab.nn import Conv2D, Dense, Flatten, LeakyReLU, MaxPool2D, ReLU, Sequential
from tests import pytorch as torch

pytestmark = torch.NEEDED

CASES = {
    "LeNet's plan": (
        [Conv2D(6, 5), MaxPool2D(2), ReLU(), Conv2D(16, 5), MaxPool2D(2), ReLU(), Flatten()],
        (1, 32, 32),
    ),
    "odd sizes, padding": ([Conv2D(5, 3, padding=2), ReLU(), Conv2D(7, 4), Flatten()], (3, 11, 7)),
    "strides": ([Conv2D(4, 3, stride=2), Conv2D(3, 3, 2, 1), ReLU(), Flatten()], (2, 15, 11)),
    "stride 3": ([Conv2D(4, 2, stride=3), ReLU(), Flatten()], (2, 14, 8)),
    "pooling that drops": ([Conv2D(4, 2), MaxPool2D(3), ReLU(), Flatten()], (2, 12, 9)),
    "leaky ReLU": ([Conv2D(4, 3), LeakyReLU(0.2), MaxPool2D(2), Flatten()], (1, 9, 9)),
    "pooling of ReLU's zeros": ([Conv2D(4, 3), ReLU(), MaxPool2D(2), Flatten()], (1, 9, 9)),
}


def in_torch(layers):
    made = []
    for layer in layers:
        if isinstance(layer, Conv2D):
            depth, channels = layer.w.shape[:2]
            made.append(torch.nn.Conv2d(channels, depth, layer.size, layer.stride, layer.padding))
        elif isinstance(layer, Dense):
            made.append(torch.nn.Linear(*layer.w.shape))
        else:
            kinds = {MaxPool2D: torch.nn.MaxPool2d, ReLU: torch.nn.ReLU, Flatten: torch.nn.Flatten}
            kinds[LeakyReLU] = torch.nn.LeakyReLU
            made.append(kinds[type(layer)](*layer.hyperparameters))
    return torch.nn.Sequential(*made).double()


def as_torch(array):
    return np.ascontiguousarray(array.T if array.ndim == 2 else array)


@pytest.mark.parametrize("case", CASES)
def test_forward_and_gradients_are_pytorchs(case):
    layers, shape = CASES[case]
    model = Sequential([*layers, Dense(12), ReLU(), Dense(5)], shape, dtype=np.float64)
    model.parameter_vector += np.random.default_rng(1).normal(0, 0.1, model.parameter_vector.size)
    twin = in_torch(model.layers)
    with torch.no_grad():
        for target, source in zip(twin.parameters(), model.parameters.values(), strict=True):
            target.copy_(torch.tensor(as_torch(source)))
    rng = np.random.default_rng(2)
    x, labels = rng.integers(-2, 3, (6, *shape)).astype(float), rng.integers(0, 5, 6)
    scores = twin(torch.tensor(x))
    torch.nn.CrossEntropyLoss()(scores, torch.tensor(labels)).backward()
    assert_allclose(model.forward(x), scores.detach().numpy(), atol=1e-10)
    grad = rng.normal(size=(6, 5))
    pictures = torch.tensor(x, requires_grad=True)
    twin(pictures).backward(torch.tensor(grad), inputs=[pictures])
    assert_allclose(model.input_gradient(x, grad), pictures.grad.numpy(), atol=1e-10)
    model.forward_backward(x, labels)
    for parameter, gradient in zip(twin.parameters(), model.gradients.values(), strict=True):
        assert_allclose(as_torch(gradient), parameter.grad.numpy(), atol=1e-10)


def test_ties_in_pooling_go_where_pytorch_sends_them():
    x = np.random.default_rng(3).integers(0, 2, (20, 3, 8, 8)).astype(float)
    tensor = torch.tensor(x, requires_grad=True)
    weights = np.random.default_rng(4).standard_normal((20, 3, 4, 4))
    (torch.nn.functional.max_pool2d(tensor, 2) * torch.tensor(weights)).sum().backward()
    pool = MaxPool2D(2)
    pool.forward(x.transpose(2, 1, 3, 0))
    ours = pool.backward(weights.transpose(2, 1, 3, 0)).transpose(3, 1, 0, 2)
    assert_allclose(ours, tensor.grad.numpy())
