"""A network: layers one after another, its parameters, its answers, and its file."""

import zipfile
from collections import Counter

import numpy as np

from convolab.files import whole
from convolab.nn.losses import softmax, softmax_cross_entropy
from convolab.nn.threads import one_thread

# Samples that go through the layers together: enough for long stretches of arithmetic, few enough
# for what the layers write to stay near the processor.
TOGETHER = 64


class Sequential:
    """Layers one after another, from (C, H, W) or (units,) to one score a class.

    input_shape is the shape of one sample. The same seed gives the same first weights: normal
    numbers of variance 2/inputs (K. He and others, "Delving deep into rectifiers", 2015), biases 0.
    Pictures may be floats, or uint8, of which 0 to 255 count as 0 to 1. `parameters` is a
    dictionary of the arrays, under names such as conv1_w and dense1_b. Raises ValueError, naming
    the layer and its input, where the layers do not fit.
    """

    def __init__(self, layers, input_shape, seed=0, dtype=np.float32):
        self.layers, self.input_shape = list(layers), tuple(input_shape)
        self.dtype, self.shapes = np.dtype(dtype), []
        shape = self.input_shape
        for position, layer in enumerate(self.layers):
            try:
                shape = layer.build(shape)
            except ValueError as error:
                raise ValueError(f"layer {position}, {layer}, given {shape}: {error}") from None
            self.shapes.append(shape)
        if len(shape) != 1:
            raise ValueError(f"the last layer, {self.layers[-1]}, gives {shape}, not scores")
        self._make_parameters(np.random.default_rng(seed))

    def _make_parameters(self, rng):
        """All parameters lie in one vector and their gradients in another, into which each layer
        has windows: so the optimiser can treat them as one.
        """
        size = sum(_count(layer) for layer in self.layers)
        self.vector, self.gradient = np.zeros((2, size), self.dtype)
        self.parameters, start, numbers = {}, 0, Counter()
        for layer in self.layers:
            kind = type(layer).__name__.lower().removesuffix("2d")
            numbers[kind] += 1
            for name, shape in layer.weights.items():
                window = slice(start, start + int(np.prod(shape)))
                values = self.vector[window].reshape(shape)
                if name == "w":
                    inputs = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
                    values[...] = rng.standard_normal(shape) * np.sqrt(2 / inputs)
                self.parameters[f"{kind}{numbers[kind]}_{name}"] = values
                setattr(layer, name, values)
                setattr(layer, f"grad_{name}", self.gradient[window].reshape(shape))
                start = window.stop

    def batch(self, x):
        """x as an array, if it is a batch (N, *input_shape) for this network, else ValueError."""
        x = np.asarray(x)
        if x.ndim != len(self.input_shape) + 1 or x.shape[1:] != self.input_shape or len(x) == 0:
            expected = ", ".join(map(str, ("N", *self.input_shape)))
            raise ValueError(
                f"layer 0, {self.layers[0]}, takes a batch ({expected}), not {x.shape}"
            )
        return x

    def forward(self, x):
        """The scores of a batch: x (N, *input_shape) → (N, classes)."""
        with one_thread():
            parts = [self._through(part) for part in _parts(self.batch(x))]
        return np.concatenate(parts, axis=1).T

    def probabilities(self, x):
        """As `forward`, turned into probabilities that sum to 1 for each sample."""
        return softmax(self.forward(x).T).T

    def predict(self, x):
        """The most probable class of each sample: (N,) ints."""
        return self.forward(x).argmax(axis=1)

    def activations(self, x):
        """What comes out of each layer for a batch: arrays (N, C, H, W) or (N, units)."""
        found, inside = [], self._enter(self.batch(x))
        for layer in self.layers:
            inside = layer.forward(inside)
            outside = inside.T if inside.ndim == 2 else inside.transpose(3, 1, 0, 2)
            found.append(outside.copy())
        return found

    def learn(self, x, labels):
        """Sets `gradient` to that of the mean loss over a batch.

        x: (N, *input_shape), labels: (N,) ints. Returns (mean loss, share of right answers).
        """
        x, labels, classes = self.batch(x), np.asarray(labels), self.shapes[-1][0]
        whole = labels.shape == x.shape[:1] and labels.dtype.kind in "iu"
        if not whole or labels.min() < 0 or labels.max() >= classes:
            raise ValueError(
                f"the last layer, {self.layers[-1]}, takes {len(x)} labels for {len(x)} samples, "
                f"whole numbers from 0 to {classes - 1}; got {labels.dtype} of shape {labels.shape}"
            )
        self.gradient.fill(0)
        loss = right = 0
        with one_thread():
            for part, truth in zip(_parts(x), _parts(labels), strict=True):
                scores = self._through(part)
                part_loss, grad = softmax_cross_entropy(scores, truth)
                loss += part_loss
                right += int((scores.argmax(axis=0) == truth).sum())
                self._back(grad / len(x))
        return loss / len(x), right / len(x)

    def summary(self):
        """A table in text: each layer, the shape after it, the number of its parameters."""
        rows = [("layer", "output", "parameters"), ("input", _text(self.input_shape), "")]
        for layer, shape in zip(self.layers, self.shapes, strict=True):
            rows.append((str(layer), _text(shape), f"{_count(layer):,}".lstrip("0")))
        rows.append(("total", "", f"{self.vector.size:,}"))
        first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
        return "\n".join(f"{a:<{first}}  {b:<{second}}  {c:>10}".rstrip() for a, b, c in rows)

    def save(self, path):
        """Writes the parameters to an .npz file."""
        with whole(path) as file:
            np.savez_compressed(file, **self.parameters)

    def load(self, path):
        """Takes the parameters from a file that `save` wrote, and returns the network.

        Raises ValueError where the file is broken or another network's.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                found = {name: file[name].astype(self.dtype) for name in file.files}
        except (ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path} is not a file of weights: {error}") from None
        for name in sorted({*found, *self.parameters}):
            there, here = (
                arrays[name].shape if name in arrays else "missing"
                for arrays in (found, self.parameters)
            )
            if there != here:
                raise ValueError(f"{path} is another network's: {name} is {there}, not {here}")
        for name, array in found.items():
            self.parameters[name][...] = array
        return self

    def _through(self, part):
        """The scores (classes, N) of a few samples, in the engine's layout."""
        inside = self._enter(part)
        for layer in self.layers:
            inside = layer.forward(inside)
        return inside

    def _back(self, grad):
        """Takes the gradient by the scores back through the layers, each of which collects its."""
        for position in reversed(range(len(self.layers))):
            self.layers[position].collect(grad)
            if position:  # nobody asks for the gradient by the pictures
                grad = self.layers[position].backward(grad)

    def _enter(self, x):
        """A copy in the engine's layout: (N, C, H, W) → (H, C, W, N), (N, units) → (units, N)."""
        outside = np.moveaxis(x, 0, -1)
        if outside.ndim == 4:
            outside = outside.swapaxes(0, 1)
        inside = np.empty(outside.shape, self.dtype)
        for start in range(0, len(x), 16):  # a few samples at a time jump about less in memory
            inside[..., start : start + 16] = outside[..., start : start + 16]
        if x.dtype == np.uint8:
            inside /= 255
        return inside


def _parts(x):
    return [x[start : start + TOGETHER] for start in range(0, len(x), TOGETHER)]


def _count(layer):
    return sum(int(np.prod(shape)) for shape in layer.weights.values())


def _text(shape):
    return "×".join(map(str, shape))
