"""The layers of a network, forwards and backwards; the convolution is next door, convolution.py.

Between the layers a batch is (H, C, W, N), which is row, channel, column, sample, or (units, N).
The top of the package (convolab/nn/__init__.py) shows on ten numbers how that differs from the
lessons' (N, C, H, W), and why it is faster.

Letters, here and in convolution.py: N samples, C channels, H rows and W columns of the input; D
kernels, each k×k, moved by a stride of s, on an input with p zeros around it; h rows and w columns
of the output. `grad` is always the gradient of the loss with respect to a layer's output, an array
in the shape of that output.
"""

from types import MappingProxyType

import numpy as np

from convolab.nn.matrix_product import matmul


class Layer:
    """What all layers have in common.

    Attributes:
        hyperparameters: the numbers that the layer was made with; messages and tables show them.
        parameter_shapes: the shapes of its parameters by name, such as {"w": (784, 10), "b":
            (10,)}, once it is built. The network then gives it the arrays themselves, as `w` and
            `b`, and arrays for their gradients, as `grad_w` and `grad_b`.
    """

    hyperparameters = ()
    parameter_shapes = MappingProxyType({})

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(map(str, self.hyperparameters))})"

    def build(self, input_shape):
        """Gets the layer ready for inputs of one shape.

        Args:
            input_shape: of one sample, (C, H, W) or (units,).

        Returns:
            The shape of one sample after the layer.

        Raises:
            ValueError: if the layer cannot take such an input.
        """
        return input_shape

    def forward(self, x):
        """The layer's output for a batch; also keeps what the way back needs.

        Args:
            x: (H, C, W, N) or (units, N). It belongs to the layer, which may overwrite it.

        Returns:
            An array in the same layout. The next batch may overwrite it.
        """
        raise NotImplementedError

    def backward(self, grad):
        """The way back through the layer, after `forward` for the same batch.

        Adds to the gradients of the layer's own parameters.

        Args:
            grad: the gradient with respect to the output. It belongs to the layer as well.

        Returns:
            The gradient with respect to the input, an array in the shape of the input.
        """
        self.accumulate_grad(grad)
        return self.input_grad(grad)

    def accumulate_grad(self, grad):
        """The first half of `backward`: adds to `grad_w` and `grad_b`, if the layer has any."""

    def input_grad(self, grad):
        """The second half of `backward`: the gradient with respect to the input."""
        raise NotImplementedError

    def _buffer(self, name, shape, dtype):
        """An array to write a result to, the same one again for every batch of the same size.

        New memory from the operating system costs more than the arithmetic of some layers. The
        array starts as zeros, and stays zero where the layer never writes.
        """
        buffers = self.__dict__.setdefault("_buffers", {})
        if name not in buffers or buffers[name].shape != shape or buffers[name].dtype != dtype:
            buffers[name] = np.zeros(shape, dtype)
        return buffers[name]


class MaxPool2D(Layer):
    """The largest number of each window: (C, H, W) → (C, H // size, W // size).

    Windows do not overlap. Rows and columns at the end that fill no window are dropped. If several
    numbers of a window are equally large, the first in reading order gets the gradient, as in
    lesson 08.

    Args:
        size: rows and columns of a window, at least 2.
    """

    def __init__(self, size=2):
        self.hyperparameters = (size,)
        self.size = size

    def build(self, input_shape):
        if len(input_shape) != 3:
            raise ValueError("it needs (C, H, W)")
        if not 2 <= self.size <= min(input_shape[1:]):
            raise ValueError("the window must be at least 2 and no larger than the input")
        return (input_shape[0], input_shape[1] // self.size, input_shape[2] // self.size)

    def forward(self, x):
        """Compares the first cells of all windows with their second cells, then with the third.

        A later cell wins only if it is larger than all before it, so the first of equals stays.
        """
        self.x_shape = x.shape
        best, *others = self._cells(x)
        y = self._buffer("y", best.shape, x.dtype)
        larger = self._buffer("larger", best.shape, bool)
        number_type = np.min_scalar_type(len(others))  # uint8: an eighth of the bytes of an int
        self.winner = self._buffer("winner", best.shape, number_type)  # number of the largest cell
        self.winner.fill(0)
        for number, cell in enumerate(others, 1):
            np.greater(cell, best, out=larger)
            np.maximum(self.winner, larger * number_type.type(number), out=self.winner)
            best = np.maximum(cell, best, out=y)
        return y

    def input_grad(self, grad):
        grad_x = self._buffer("grad_x", self.x_shape, grad.dtype)
        won = self._buffer("won", grad.shape, bool)
        for number, cell in enumerate(self._cells(grad_x)):
            np.multiply(grad, np.equal(self.winner, number, out=won), out=cell)
        return grad_x

    def _cells(self, x):
        """The first cells of all windows, then all second cells, and so on in reading order.

        Returns:
            size·size views of x, each (H // size, C, W // size, N).
        """
        size, (H, _, W, _) = self.size, x.shape
        row_end, column_end = H // size * size, W // size * size
        places = [(i, j) for i in range(size) for j in range(size)]
        return [x[i:row_end:size, :, j:column_end:size] for i, j in places]


class ReLU(Layer):
    """max(0, x), written over x. The gradient passes where the output is positive."""

    def forward(self, x):
        self.y = np.maximum(x, 0, out=x)
        return self.y

    def input_grad(self, grad):
        grad *= np.greater(self.y, 0, out=self._buffer("positive", grad.shape, bool))
        return grad


class LeakyReLU(ReLU):
    """x where it is positive, slope · x elsewhere, written over x: lesson 09's `leaky_relu`.

    Args:
        slope: from 0 up to, but not including, 1.
    """

    def __init__(self, slope=0.01):
        self.hyperparameters = (slope,)
        self.slope = slope

    def build(self, input_shape):
        if not 0 <= self.slope < 1:
            raise ValueError("the slope must be from 0 to below 1")
        return input_shape

    def forward(self, x):
        scaled = np.multiply(x, self.slope, out=self._buffer("scaled", x.shape, x.dtype))
        self.y = np.maximum(x, scaled, out=x)
        return self.y

    def input_grad(self, grad):
        grad *= np.where(self.y > 0, 1, self.slope).astype(grad.dtype)
        return grad


class Flatten(Layer):
    """All numbers of a sample in a row, channel by channel, row by row: (C, H, W) → (C·H·W,)."""

    def build(self, input_shape):
        if len(input_shape) != 3:
            raise ValueError("it needs (C, H, W)")
        self.input_shape = input_shape
        return (int(np.prod(input_shape)),)

    def forward(self, x):
        return x.swapaxes(0, 1).reshape(-1, x.shape[-1])  # (H, C, W, N) → (C, H, W, N) → (C·H·W, N)

    def input_grad(self, grad):
        return grad.reshape(*self.input_shape, -1).swapaxes(0, 1)


class Dense(Layer):
    """Each unit sums all inputs, each times its own weight, and adds a bias.

    (inputs,) → (units,), with the parameters w, (inputs, units), and b, (units,). Lesson 08's
    formulas, with rows and columns swapped because a sample is a column here: y = wᵀ @ x + b.

    Args:
        units: how many, at least 1.
    """

    def __init__(self, units):
        self.hyperparameters = (units,)
        self.units = units

    def build(self, input_shape):
        if self.units < 1:
            raise ValueError("it needs at least one unit")
        if len(input_shape) != 1:
            raise ValueError("it needs (inputs,): put a Flatten before it")
        self.parameter_shapes = {"w": (input_shape[0], self.units), "b": (self.units,)}
        return (self.units,)

    def forward(self, x):
        self.x = x
        y = matmul(self.w.T, x)
        y += self.b[:, None]
        return y

    def accumulate_grad(self, grad):
        products = self._buffer("products", self.grad_w.shape, grad.dtype)
        self.grad_w += matmul(self.x, grad.T, out=products)
        self.grad_b += grad.sum(axis=1)

    def input_grad(self, grad):
        return matmul(self.w, grad)
