"""The loss of the small network and all its gradients, by autograd (not graded)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    says={"one": "one picture", "batch": "a batch of several pictures"},
    tolerance=1e-5,
    allows=("torch",),
    praise="The same gradients as your own of lesson 08, and nobody had to write the way back.",
)

def parts(x, p):
    """What comes out of each layer of the small network."""
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    scores = ops.dense(ops.flatten(pooled), p["dense_w"], p["dense_b"])
    return maps, bright, pooled, scores

def pool_back(grad, x):
    """To the first largest of every window of 2 × 2."""
    back = np.zeros(x.shape)
    for place in np.ndindex(grad.shape):
        n, c, i, j = place
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = np.unravel_index(window.argmax(), (2, 2))
        back[n, c, 2 * i + row, 2 * j + column] += grad[place]
    return back

def kernels_back(grad, x, w):
    """The gradient with respect to the kernels."""
    back = np.zeros(w.shape)
    for r, c in np.ndindex(grad.shape[2:]):
        patch = x[:, :, r : r + w.shape[2], c : c + w.shape[3]]
        back += np.tensordot(grad[:, :, r, c], patch, axes=(0, 0))
    return back

@exercise.right
def torch_gradients(x, labels, parameters):
    maps, bright, pooled, scores = parts(x, parameters)
    probabilities = ops.softmax(scores)
    loss = ops.cross_entropy(probabilities, labels)
    grad = (probabilities - np.eye(scores.shape[1])[labels]) / len(x)
    dense_w, dense_b = ops.flatten(pooled).T @ grad, grad.sum(axis=0)
    grad = (grad @ parameters["dense_w"].T).reshape(pooled.shape)
    grad = pool_back(grad, bright) * (maps > 0)
    conv_w, conv_b = kernels_back(grad, x, parameters["conv_w"]), grad.sum(axis=(0, 2, 3))
    return float(loss), {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}

exercise.also("the right class by comparing", "np.eye(scores.shape[1])[labels]", "(np.arange(scores.shape[1]) == labels[:, None])")
exercise.also("the loss as NumPy has it", "float(loss)", "loss")
exercise.also("a sum by einsum", "grad.sum(axis=(0, 2, 3))", "np.einsum(\"ndij->d\", grad)")

def tiny(salt, kernels=2, flat=8):
    """A network of a few kernels for small pictures and three classes."""
    return {
        "conv_w": numbers(kernels, 1, 3, 3, salt=salt) / 4,
        "conv_b": np.resize([0.5, -0.25], kernels),
        "dense_w": numbers(flat, 3, salt=salt + 1) / 16,
        "dense_b": np.array([0.25, 0.0, -0.5]),
    }

def pictures(several, rows, columns, salt):
    """Pictures in which no two windows come out alike, so that every pooling has one winner."""
    small = np.sin(np.arange(several * rows * columns)).round(3) / 10
    return numbers(several, 1, rows, columns, salt=salt) / 8 + small.reshape(several, 1, rows, columns)

TWO, THREE = pictures(2, 6, 7, salt=50), pictures(3, 7, 6, salt=51)
exercise.shows("one", (TWO[:1], np.array([1]), tiny(61)), (TWO[1:], np.array([0]), tiny(60)))
exercise.shows("batch", (TWO, np.array([2, 0]), tiny(60)), (THREE, np.array([0, 2, 2]), tiny(63)))

@exercise.hidden
def torch_gradients_hidden(rng):
    for aspect, several in (("one", 1), ("batch", 3)):
        x = pictures(several, 6, 7, salt=int(rng.integers(100, 999)))
        yield aspect, (x, rng.integers(0, 3, several), tiny(int(rng.integers(70, 99))))

exercise.slip("the loss summed", "return float(loss),", "return float(loss) * len(x),",
    hint="The loss is the sum over the batch. Leave reduction out: `cross_entropy` then takes the mean.")
exercise.slip("loss and gradients summed", "    loss = ops.cross_entropy(probabilities, labels)\n    grad = (probabilities - np.eye(scores.shape[1])[labels]) / len(x)", "    loss = ops.cross_entropy(probabilities, labels) * len(x)\n    grad = probabilities - np.eye(scores.shape[1])[labels]",
    hint="Loss and gradients are the sum over the batch. Leave reduction out: `cross_entropy` then takes the mean.")
exercise.slip("softmax twice", "    probabilities = ops.softmax(scores)\n    loss = ops.cross_entropy(probabilities, labels)\n    grad = (probabilities - np.eye(scores.shape[1])[labels]) / len(x)", "    first = ops.softmax(scores)\n    probabilities = ops.softmax(first)\n    loss = ops.cross_entropy(probabilities, labels)\n    grad = (probabilities - np.eye(scores.shape[1])[labels]) / len(x)\n    grad = first * (grad - (grad * first).sum(axis=1, keepdims=True))",
    hint="Softmax is taken twice: PyTorch's `cross_entropy` has it inside, and wants the scores.")
exercise.slip("backward twice", "return float(loss), {\"conv_w\": conv_w, \"conv_b\": conv_b, \"dense_w\": dense_w, \"dense_b\": dense_b}", "return float(loss), {\"conv_w\": 2 * conv_w, \"conv_b\": 2 * conv_b, \"dense_w\": 2 * dense_w, \"dense_b\": 2 * dense_b}",
    hint="All gradients are twice as large: backward has run twice, and what it finds is added to what is there.")
exercise.slip("no ReLU", "    grad = pool_back(grad, bright) * (maps > 0)", "    pooled = ops.pool_forward(maps)\n    scores = ops.dense(ops.flatten(pooled), parameters[\"dense_w\"], parameters[\"dense_b\"])\n    probabilities = ops.softmax(scores)\n    loss = ops.cross_entropy(probabilities, labels)\n    grad = (probabilities - np.eye(scores.shape[1])[labels]) / len(x)\n    dense_w, dense_b = ops.flatten(pooled).T @ grad, grad.sum(axis=0)\n    grad = (grad @ parameters[\"dense_w\"].T).reshape(pooled.shape)\n    grad = pool_back(grad, maps)",
    hint="The ReLU between convolution and pooling is missing.")
exercise.slip("a loss of a batch of one", "return float(loss),", "return -np.log(probabilities[0, labels[0]]),",
    hint="The loss is that of the first picture. It is the mean over the batch.")
