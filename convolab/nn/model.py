"""A network: layers one after another, its parameters, its predictions, and its file."""

import zipfile
from collections import Counter

import numpy as np

from convolab.files import whole
from convolab.nn.losses import softmax, softmax_cross_entropy
from convolab.nn.threads import one_thread

# How many samples go through the layers together: enough for long stretches of arithmetic, and few
# enough that what the layers write stays in the processor's cache.
MICRO_BATCH = 64


class Sequential:
    """Layers one after another, from (C, H, W) or (units,) to one score for each class.

    Weights start as random numbers of lesson 08's size, √(2/inputs) (K. He and others, "Delving
    deep into rectifiers", 2015), and biases as 0. The same seed gives the same start. Pictures may
    be floats, or uint8, where 0 to 255 count as 0 to 1.

    Args:
        layers: such as [Conv2D(6, 5), ReLU(), Flatten(), Dense(10)].
        input_shape: the shape of one sample.
        seed: decides the first weights.
        dtype: of all numbers in the network.

    Attributes:
        parameters: a dictionary of arrays by names such as conv1_w and dense1_b.
        gradients: likewise, how the loss changes with each parameter. `forward_backward` adds to
            them, `zero_grad` sets them to 0.
        parameter_vector, gradient_vector: the same numbers again, each as one vector.
        shapes: the shape of one sample after each layer.

    Raises:
        ValueError: if a layer cannot take what the one before it gives, naming the layer and
            its input; if there are no layers; if the last one gives no scores.
    """

    def __init__(self, layers, input_shape, seed=0, dtype=np.float32):
        self.layers, self.input_shape = list(layers), tuple(input_shape)
        self.dtype, self.shapes = np.dtype(dtype), []
        if not self.layers:
            raise ValueError("a network needs at least one layer")
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
        """Gives each layer its parameters and their gradients.

        All parameters are in one vector, and all gradients in another; the layers' arrays are
        views of parts of them. So the optimiser can change everything in a few long operations.
        """
        size = sum(_count(layer) for layer in self.layers)
        self.parameter_vector, self.gradient_vector = np.zeros((2, size), self.dtype)
        self.parameters, self.gradients, start, numbers = {}, {}, 0, Counter()
        for layer in self.layers:
            kind = type(layer).__name__.lower().removesuffix("2d")
            numbers[kind] += 1
            for name, shape in layer.parameter_shapes.items():
                part = slice(start, start + int(np.prod(shape)))
                values = self.parameter_vector[part].reshape(shape)
                gradient = self.gradient_vector[part].reshape(shape)
                if name == "w":
                    inputs = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
                    values[...] = rng.standard_normal(shape) * np.sqrt(2 / inputs)
                setattr(layer, name, values)
                setattr(layer, f"grad_{name}", gradient)
                full_name = f"{kind}{numbers[kind]}_{name}"
                self.parameters[full_name], self.gradients[full_name] = values, gradient
                start = part.stop

    def check_batch(self, x):
        """Makes sure that x is a batch for this network.

        Args:
            x: (N, *input_shape), N at least 1.

        Returns:
            x as an array.

        Raises:
            ValueError: if it has another shape.
        """
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
            scores = [self._forward(part) for part in _micro_batches(self.check_batch(x))]
        return np.concatenate(scores, axis=1).T

    def probabilities(self, x):
        """The scores of a batch, turned into probabilities: (N, classes), each row adds up to 1."""
        return softmax(self.forward(x).T).T

    def predict(self, x):
        """The most probable class of each sample: (N,) whole numbers."""
        return self.forward(x).argmax(axis=1)

    def activations(self, x):
        """What comes out of each layer for a batch: arrays (N, C, H, W) or (N, units)."""
        found, x = [], self._batch_last(self.check_batch(x))
        with one_thread():
            for layer in self.layers:
                x = layer.forward(x)
                found.append(_batch_first(x))
        return found

    def zero_grad(self):
        """Sets all gradients to 0."""
        self.gradient_vector.fill(0)

    def forward_backward(self, x, labels):
        """Forward to the mean loss of a batch, and back: adds its gradients to `gradients`.

        As in PyTorch, call `zero_grad` first, unless you want the sum over several batches.

        Args:
            x: (N, *input_shape).
            labels: (N,) whole numbers from 0 to classes − 1.

        Returns:
            The mean loss, and the accuracy: the share of right answers, from 0 to 1.

        Raises:
            ValueError: if x or the labels have another shape, or a label is not a class.
        """
        x, labels, classes = self.check_batch(x), np.asarray(labels), self.shapes[-1][0]
        whole = labels.shape == x.shape[:1] and labels.dtype.kind in "iu"
        if not whole or labels.min() < 0 or labels.max() >= classes:
            given = f"numbers from {labels.min()} to {labels.max()}" if whole else labels.dtype
            raise ValueError(
                f"the last layer, {self.layers[-1]}, takes {len(x)} label{'s' * (len(x) != 1)}, "
                f"one for each sample, whole numbers from 0 to {classes - 1}; got {given}, in the "
                f"shape {labels.shape}"
            )
        loss = right = 0
        with one_thread():
            parts = zip(_micro_batches(x), _micro_batches(labels), strict=True)
            for some_x, some_labels in parts:
                scores = self._forward(some_x)
                some_loss, grad = softmax_cross_entropy(scores, some_labels)
                loss += some_loss
                right += int((scores.argmax(axis=0) == some_labels).sum())
                self._backward(grad / len(x))
        return loss / len(x), right / len(x)

    def input_gradient(self, x, grad):
        """The way back to the pictures (lesson 11): how what `grad` stands for changes with them.

        Leaves `gradients` alone.

        Args:
            x: (N, *input_shape).
            grad: the gradient with respect to the scores, (N, classes).

        Returns:
            The gradient with respect to x, in its shape; with uint8 pictures, for pixels from 0
            to 1.

        Raises:
            ValueError: if x or grad has another shape.
        """
        x, grad, due = self.check_batch(x), np.asarray(grad), (len(x), *self.shapes[-1])
        if grad.shape != due:
            raise ValueError(f"grad needs a number for every score, {due}, not {grad.shape}")
        found = []
        with one_thread():
            for some_x, some_grad in zip(_micro_batches(x), _micro_batches(grad), strict=True):
                self._forward(some_x)
                back = np.array(some_grad.T, self.dtype)
                for layer in reversed(self.layers):
                    back = layer.input_grad(back)
                found.append(_batch_first(back))
        return np.concatenate(found)

    def summary(self):
        """A table in text: each layer, the shape after it, the number of its parameters."""
        rows = [("layer", "output", "parameters"), ("input", _text(self.input_shape), "")]
        for layer, shape in zip(self.layers, self.shapes, strict=True):
            rows.append((str(layer), _text(shape), f"{_count(layer):,}".lstrip("0")))
        rows.append(("total", "", f"{self.parameter_vector.size:,}"))
        first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
        return "\n".join(f"{a:<{first}}  {b:<{second}}  {c:>10}".rstrip() for a, b, c in rows)

    def save(self, path):
        """Writes the parameters to an .npz file."""
        with whole(path) as file:
            np.savez_compressed(file, **self.parameters)

    def load(self, path):
        """Takes the parameters from a file that `save` wrote.

        Returns:
            The network itself.

        Raises:
            ValueError: if the file is broken, or holds the parameters of another network; then
                nothing is changed.
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
                raise ValueError(f"{path} is from another network: {name} is {there}, not {here}")
        for name, array in found.items():
            self.parameters[name][...] = array
        return self

    def _forward(self, x):
        """The scores (classes, N) of a micro-batch."""
        x = self._batch_last(x)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def _backward(self, grad):
        """Takes the gradient with respect to the scores back through all layers."""
        first, *others = self.layers
        for layer in reversed(others):
            grad = layer.backward(grad)
        first.accumulate_grad(grad)  # nobody needs the gradient with respect to the pictures

    def _batch_last(self, x):
        """A copy in the layers' layout: (N, C, H, W) → (H, C, W, N), (N, units) → (units, N)."""
        turned = np.moveaxis(x, 0, -1)
        if turned.ndim == 4:
            turned = turned.swapaxes(0, 1)
        copy = np.empty(turned.shape, self.dtype)
        for start in range(0, len(x), 16):  # a few samples at a time jump about less in memory
            copy[..., start : start + 16] = turned[..., start : start + 16]
        if x.dtype == np.uint8:
            copy /= 255
        return copy


def _batch_first(x):
    """A copy in the lessons' layout: (H, C, W, N) → (N, C, H, W), (units, N) → (N, units)."""
    return (x.T if x.ndim == 2 else x.transpose(3, 1, 0, 2)).copy("K")


def _micro_batches(x):
    return [x[start : start + MICRO_BATCH] for start in range(0, len(x), MICRO_BATCH)]


def _count(layer):
    return sum(int(np.prod(shape)) for shape in layer.parameter_shapes.values())


def _text(shape):
    return "×".join(map(str, shape))
