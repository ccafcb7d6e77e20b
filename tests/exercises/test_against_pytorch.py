"""The references of six lessons against PyTorch's layers and its automatic gradients.

Skipped where PyTorch is not installed; tests/pytorch.py says how to get it.
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests import pytorch as torch
from tests.exercises.references import references

pytestmark = torch.NEEDED

LESSONS = (
    *("04_shared_weights", "05_pooling", "07_full_cnn", "08_training"),
    *("09_when_training_goes_wrong", "11_what_does_it_look_at"),
)
of = {name: one for lesson in LESSONS for name, one in references(lesson).items()}
seeds, few = st.integers(0, 10**6), st.integers(1, 3)


def drawn(seed, *shapes):
    """Arrays of normal numbers, and the same as tensors whose gradients are kept."""
    rng = np.random.default_rng(seed)
    made = [rng.standard_normal(shape) for shape in shapes]
    return made, [torch.tensor(array, requires_grad=True) for array in made]


@given(seeds, few, few, few, st.integers(0, 2), st.integers(1, 2))
def test_convolutions_forward_and_back(seed, n, c, d, padding, stride):
    (x, w, b), tensors = drawn(seed, (n, c, 7, 5), (d, c, 3, 3), (d,))
    y = torch.nn.functional.conv2d(*tensors, stride=stride, padding=padding)
    assert np.allclose(of["conv_forward"](x, w, b, stride, padding), y.detach())
    if (stride, padding) == (1, 0):
        assert np.allclose(of["conv_layer"](x[0], w, b), y[0].detach())
    if stride == 1:
        (grad,), _ = drawn(seed + 1, y.shape)
        y.backward(torch.tensor(grad))
        for ours, tensor in zip(of["conv_backward"](grad, x, w, padding), tensors, strict=True):
            assert np.allclose(ours, tensor.grad)


@given(seeds, few, few, st.integers(1, 3))
def test_pooling_and_relu_forward_and_back_also_where_numbers_are_alike(seed, n, c, size):
    x = np.random.default_rng(seed).integers(-2, 3, (n, c, 7, 6)).astype(float)
    tensor = torch.tensor(x, requires_grad=True)
    y = torch.nn.functional.max_pool2d(tensor, size)
    assert np.array_equal(of["pool_forward"](x, size), y.detach())
    assert np.array_equal(of["max_pool_fast"](x[0, 0], size), y[0, 0].detach())
    average = torch.nn.functional.avg_pool2d(tensor, size).detach()
    assert np.allclose(of["pool_volume"](x[0], size, None, "average"), average[0])
    (grad,), _ = drawn(seed + 1, y.shape)
    y.backward(torch.tensor(grad))
    assert np.array_equal(of["max_pool_backward"](grad, x, size), tensor.grad)

    other = torch.tensor(x, requires_grad=True)
    torch.nn.functional.relu(other).backward(torch.tensor(x + 7))
    assert np.array_equal(of["relu_backward"](x + 7, x), other.grad)

    leaks = torch.tensor(x, requires_grad=True)
    y = torch.nn.functional.leaky_relu(leaks, 0.25)
    assert np.array_equal(of["leaky_relu"](x, 0.25), y.detach())
    y.backward(torch.tensor(x + 7))
    assert np.array_equal(of["leaky_relu_backward"](x + 7, x, 0.25), leaks.grad)


@given(seeds, few, st.integers(2, 5))
def test_the_loss_and_its_gradient(seed, n, classes):
    (s,), (tensor,) = drawn(seed, (n, classes))
    labels = np.random.default_rng(seed).integers(0, classes, n)
    loss = torch.nn.functional.cross_entropy(100 * tensor, torch.tensor(labels))
    loss.backward()
    assert np.isclose(of["loss_from_scores"](100 * s, labels), loss.item(), atol=1e-12)
    by_scores = of["softmax_cross_entropy_backward"](100 * s, labels)
    assert np.allclose(100 * by_scores, tensor.grad)


@given(seeds, st.integers(1, 5))
def test_steps_with_momentum(seed, steps):
    """PyTorch's velocity leaves out the learning rate; where that stays the same, so do steps."""
    (w,), (tensor,) = drawn(seed, (2, 3))
    optimiser = torch.optim.SGD([tensor], lr=0.1, momentum=0.9)
    p, v = {"w": w}, {}
    for _ in range(steps):
        optimiser.zero_grad()
        (tensor**3).sum().backward()
        p, v = of["sgd_step"](p, {"w": 3 * p["w"] ** 2}, v, 0.1)
        optimiser.step()
    assert np.allclose(p["w"], tensor.detach())


def in_torch(x, p):
    """Lesson 08's small network: the scores of a batch."""
    w, b, dense_w, dense_b = (torch.tensor(p[name]) for name in p)
    pooled = torch.nn.functional.max_pool2d(
        torch.nn.functional.relu(torch.nn.functional.conv2d(x, w, b)), 2
    )
    return pooled.flatten(1) @ dense_w + dense_b


@given(seeds, few, st.integers(1, 4), st.integers(2, 5))
def test_the_way_back_to_the_picture_and_what_is_made_of_it(seed, n, kernels, classes):
    shapes = (kernels, 1, 3, 3), (kernels,), (kernels * 6, classes), (classes,)
    arrays, _ = drawn(seed, *shapes)
    p = dict(zip(("conv_w", "conv_b", "dense_w", "dense_b"), arrays, strict=True))
    rng = np.random.default_rng(seed)
    x, labels = rng.random((n, 1, 7, 8)), rng.integers(0, classes, n)
    (grad,), _ = drawn(seed + 1, (n, classes))
    tensor = torch.tensor(x, requires_grad=True)
    scores = in_torch(tensor, p)
    (slopes,) = torch.autograd.grad(scores, tensor, torch.tensor(grad), retain_graph=True)
    assert np.allclose(of["picture_slopes"](grad, x, p), slopes)
    (of_class,) = torch.autograd.grad(scores[0, labels[0]], tensor, retain_graph=True)
    assert np.allclose(of["saliency"](x[0, 0], labels[0], p), of_class[0, 0].abs())
    (of_loss,) = torch.autograd.grad(
        torch.nn.functional.cross_entropy(scores, torch.tensor(labels)), tensor
    )
    clear = (of_loss.abs() > 1e-12) | (of_loss == 0)  # elsewhere rounding decides
    fooled = (tensor + 0.125 * of_loss.sign()).clamp(0, 1)
    found = torch.tensor(of["fooling_step"](x, labels, p, 0.125))
    assert torch.allclose(found[clear], fooled[clear])


@given(seeds, st.integers(0, 3), st.integers(1, 4))
def test_a_picture_grown_by_autograd(seed, target, steps):
    arrays, _ = drawn(seed, (2, 1, 3, 3), (2,), (12, 4), (4,))
    p = dict(zip(("conv_w", "conv_b", "dense_w", "dense_b"), arrays, strict=True))
    start = np.random.default_rng(seed).random((7, 8))
    x = torch.tensor(start)[None, None]
    for _ in range(steps):
        x = x.detach().requires_grad_()
        (slopes,) = torch.autograd.grad(in_torch(x, p)[0, target], x)
        x = (x + 0.05 * slopes).clamp(0, 1)
    assert np.allclose(of["grow_picture"](start, target, p, steps, 0.05), x[0, 0].detach())
