"""The product of matrices where NumPy multiplies with BLAS, and where it has none."""

import numpy as np
import pytest

from convolab import nn
from convolab.nn import convolution, layers
from convolab.nn.matrix_product import by_einsum, matmul


def test_on_a_desktop_it_is_numpys_own():
    assert matmul is np.matmul


@pytest.mark.parametrize("shapes", [((3, 5), (5, 4)), ((6, 5), (2, 5, 7)), ((2, 3, 4), (2, 4, 1))])
def test_a_tabs_product_is_numpys_to_rounding(shapes):
    a, b = (np.random.default_rng(0).random(shape, np.float32) for shape in shapes)
    out = np.empty_like(a @ b)
    assert by_einsum(a, b, out=out) is out
    assert np.allclose(out, a @ b, rtol=1e-6)
    assert np.allclose(by_einsum(a, b), a @ b, rtol=1e-6)
    turned = np.swapaxes(np.ascontiguousarray(np.swapaxes(b, -1, -2)), -1, -2)
    assert np.allclose(by_einsum(a, turned), a @ b, rtol=1e-6)


def test_lenet_learns_the_same_with_it(monkeypatch):
    x, labels = np.random.default_rng(0).random((20, 1, 32, 32), np.float32), np.arange(20) % 10
    found = []
    for product in (matmul, by_einsum):
        for module in (convolution, layers):
            monkeypatch.setattr(module, "matmul", product)
        model = nn.lenet(seed=0)
        model.forward_backward(x, labels)
        found.append({name: array.copy() for name, array in model.gradients.items()})
    for name, array in found[0].items():
        assert np.allclose(found[1][name], array, atol=1e-6), name
