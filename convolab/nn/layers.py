"""The layers of a network, forwards and backwards, in plain NumPy.

How a batch lies in memory
--------------------------
Outside the engine a batch is (N, C, H, W), as everywhere in the field: sample, channel, row,
column. Inside it is (H, C, W, N): row, channel, column, sample. Take two pictures A and B of one
channel, two rows and three columns; A12 is A's pixel in row 1, column 2. In memory, from left to
right, stands

    outside (N, C, H, W):   A00 A01 A02 A10 A11 A12   B00 B01 B02 B10 B11 B12
    inside  (H, C, W, N):   A00 B00 A01 B01 A02 B02   A10 B10 A11 B11 A12 B12

so outside it is picture after picture, inside pixel after pixel, each pixel once for every sample.
Nothing is computed differently for that, but all of it runs faster, for three reasons:

- What happens to a pixel happens to the same pixel of every sample, and those are neighbours.
- A row seen through a window that has moved one column is the same stretch of memory, begun N
  numbers later. A k×k convolution therefore copies each row k times, not each patch.
- Rows follow one another, so the k rows of those copies that one row of the output looks at are a
  single unbroken block of memory: the matrix of all its patches, with a line for every weight of a
  kernel and a column for every place and sample. It need not be copied again, only looked at, and
  the kernels times that matrix are the row of the output.

Letters: N samples, C channels, H rows and W columns of the input; D kernels, each k×k, moved by s,
on an input with p zeros around it; h rows and w columns of the output.

What each layer does
--------------------
`build(shape)` takes the shape (C, H, W) or (units,) of one sample and returns the shape after the
layer. `forward(x)` takes a batch and keeps what the way back needs. `collect(grad)` is given the
gradient of the loss by the layer's output and adds what it says about the layer's own weights to
`grad_w` and `grad_b`. `backward(grad)` returns the gradient by the layer's input. The weights `w`,
`b` and their gradients are handed to the layer by its network (model.py).
"""

from types import MappingProxyType

import numpy as np
from numpy.lib.stride_tricks import as_strided


class Layer:
    """A layer without weights that changes nothing; the others say what they do differently."""

    settings = ()  # what the layer was made with, for its name in messages and tables
    weights = MappingProxyType({})  # name → shape; build() says where a layer has any

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(map(str, self.settings))})"

    def build(self, shape):
        return shape

    def collect(self, grad):
        pass

    def array(self, name, shape, dtype):
        """An array to write a result to: the same one again for every batch of the same size,
        since new memory from the operating system costs more than some layers' arithmetic.

        It starts as zeros, and where a layer never writes it stays zero.
        """
        arrays = self.__dict__.setdefault("_arrays", {})
        if name not in arrays or arrays[name].shape != shape or arrays[name].dtype != dtype:
            arrays[name] = np.zeros(shape, dtype)
        return arrays[name]


class Conv2D(Layer):
    """Each of `depth` kernels, size×size, correlated with all channels together, plus its bias.

    (C, H, W) → (depth, (H − size + 2·padding)/stride + 1, likewise W); a stride that does not fit
    is an error. w: (depth, C, size, size), b: (depth,).
    """

    def __init__(self, depth, size, stride=1, padding=0):
        self.settings = depth, size, stride, padding
        self.depth, self.size, self.stride, self.padding = self.settings

    def build(self, shape):
        if min(self.depth, self.size, self.stride, self.padding + 1) < 1:
            raise ValueError("depth, size and stride start at 1, padding at 0")
        if len(shape) != 3:
            raise ValueError("it needs (C, H, W)")
        room = [side + 2 * self.padding - self.size for side in shape[1:]]
        if min(room) < 0:
            raise ValueError("the kernels are larger than the input")
        if any(side % self.stride for side in room):
            raise ValueError("the stride does not fit, some rows or columns would go unused")
        self.out = [side // self.stride + 1 for side in room]
        self.weights = {"w": (self.depth, shape[0], self.size, self.size), "b": (self.depth,)}
        # Matrices of few lines multiply slowly, so a layer of few kernels makes several rows of its
        # output at once. Up to 12 lines did best on processors with AVX2 and with AVX-512.
        rows = [n for n in range(1, self.out[0] + 1) if self.out[0] % n == 0]
        self.rows = max(n for n in rows if n == 1 or n * self.depth <= 12)
        return (self.depth, *self.out)

    def forward(self, x):
        (h, w), D, N = self.out, self.depth, x.shape[3]
        self.patches = self._patches(x)
        y = self.array("y", (h // self.rows, self.rows * D, w * N), x.dtype)
        np.matmul(self._kernels(), self.patches, out=y)
        y = y.reshape(h, D, w * N)
        y += self.b[:, None]
        return y.reshape(h, D, w, N)

    def _patches(self, x):
        """What each block of output rows looks at: (blocks, lines, w·N), a view of the k copies.

        Neighbouring blocks look at some of the same rows; in the view these lines overlap.
        """
        p, k, s = self.padding, self.size, self.stride
        if p:
            x = np.pad(x, ((p, p), (0, 0), (p, p), (0, 0)))
        H, C, _, N = self.seen = x.shape
        h, w = self.out
        copies = self.array("copies", (H, k, C, w, N), x.dtype)
        for j in range(k):  # copies[row, j]: the row as column j of the kernels meets it
            copies[:, j] = x[:, :, j : j + s * (w - 1) + 1 : s]
        one_row, one_line, one_number = copies.strides[0], w * copies.strides[3], copies.itemsize
        return as_strided(
            copies,
            (h // self.rows, self._lines(self.rows - 1).stop, w * N),
            (self.rows * s * one_row, one_line, one_number),
            writeable=False,
        )

    def _kernels(self):
        """The kernels as a matrix, a kernel in each of its rows, its weights in patches' order.

        For a block of several output rows every kernel comes as often, each time further down the
        input and zero elsewhere: along the rows this is lesson 04's convolution as a matrix.
        """
        flat = self.w.transpose(0, 2, 3, 1).reshape(self.depth, -1)  # (D, row · column · channel)
        block = np.zeros((self.rows, self.depth, self._lines(self.rows - 1).stop), flat.dtype)
        for row in range(self.rows):
            block[row, :, self._lines(row)] = flat
        return block.reshape(self.rows * self.depth, -1)

    def _lines(self, row):
        """The lines of a block of patches that row number `row` of the block looks at."""
        lines_of_a_row = self.size * self.w.shape[1]
        first = row * self.stride
        return slice(first * lines_of_a_row, (first + self.size) * lines_of_a_row)

    def collect(self, grad):
        """A weight is used in many places; its gradient is the sum over all of them."""
        h, D, w, N = grad.shape
        _, C, k, _ = self.w.shape
        blocks = grad.reshape(h // self.rows, self.rows * D, w * N)
        products = (self.patches @ blocks.swapaxes(1, 2)).sum(axis=0)  # (lines, rows·D)
        for row in range(self.rows):
            part = products[self._lines(row), row * D : (row + 1) * D]
            self.grad_w += part.reshape(k, k, C, D).transpose(3, 2, 0, 1)
        self.grad_b += np.einsum("hdwn->d", grad)

    def backward(self, grad):
        """Lesson 08's convolution with the kernels turned over, one row of the input at a time."""
        H, C, W, N = self.seen
        h, D, w, _ = grad.shape
        p, k, s = self.padding, self.size, self.stride
        grad = grad.reshape(h * D, w * N)
        turned = self.w[:, :, ::-1].transpose(3, 1, 2, 0).reshape(k * C, k, D)
        spread = self.array("spread", (H, k * C, w * N), grad.dtype)
        for row in range(H):  # spread[row]: what it gets through each column of the kernels
            # Rows first to last − 1 of the output looked at it: the first of them through row
            # number row − s·first of the kernels, each next one through a row s further up.
            first, last = max(0, (row - k) // s + 1), min(h, row // s + 1)
            start = k - 1 - (row - s * first)
            some = turned[:, start : start + s * (last - first) : s].reshape(k * C, -1)
            np.dot(some, grad[first * D : last * D], out=spread[row])
        spread = spread.reshape(H, k, C, w, N)
        total = self.array("total", (H, C, W, N), grad.dtype)
        total.fill(0)
        for j in range(k):  # the copies' way back: each column to where it came from
            total[:, :, j : j + s * (w - 1) + 1 : s] += spread[:, j]
        return total[p : H - p, :, p : W - p]


class MaxPool2D(Layer):
    """The largest number of each size×size window, windows side by side, what does not fit dropped.

    (C, H, W) → (C, H // size, W // size). Of equal numbers the first in reading order gets the
    gradient.
    """

    def __init__(self, size=2):
        self.settings = (size,)
        self.size = size

    def build(self, shape):
        if len(shape) != 3:
            raise ValueError("it needs (C, H, W)")
        if not 2 <= self.size <= min(shape[1:]):
            raise ValueError("the window must be at least 2 and no larger than the input")
        return (shape[0], shape[1] // self.size, shape[2] // self.size)

    def forward(self, x):
        self.seen = x.shape
        best, *others = self._cells(x)
        y = self.array("y", best.shape, x.dtype)
        later = self.array("later", best.shape, bool)
        kind = np.min_scalar_type(len(others))
        self.winner = self.array("winner", best.shape, kind)  # its number in reading order
        self.winner.fill(0)
        for number, cell in enumerate(others, 1):
            np.greater(cell, best, out=later)
            np.maximum(self.winner, later * kind.type(number), out=self.winner)
            best = np.maximum(cell, best, out=y)
        return y

    def backward(self, grad):
        total = self.array("total", self.seen, grad.dtype)
        won = self.array("won", grad.shape, bool)
        for number, cell in enumerate(self._cells(total)):
            np.multiply(grad, np.equal(self.winner, number, out=won), out=cell)
        return total

    def _cells(self, x):
        """The first cells of all windows, their second cells, and so on in reading order."""
        size, (H, _, W, _) = self.size, x.shape
        ends = H // size * size, W // size * size
        places = [(i, j) for i in range(size) for j in range(size)]
        return [x[i : ends[0] : size, :, j : ends[1] : size] for i, j in places]


class ReLU(Layer):
    """max(0, x), in the place of x. The gradient passes where the output is positive."""

    def forward(self, x):
        self.y = np.maximum(x, 0, out=x)
        return self.y

    def backward(self, grad):
        grad *= np.greater(self.y, 0, out=self.array("positive", grad.shape, bool))
        return grad


class Flatten(Layer):
    """(C, H, W) → (C·H·W,), channel by channel, row by row."""

    def build(self, shape):
        if len(shape) != 3:
            raise ValueError("it needs (C, H, W)")
        self.shape = shape
        return (int(np.prod(shape)),)

    def forward(self, x):
        return x.swapaxes(0, 1).reshape(-1, x.shape[-1])

    def backward(self, grad):
        return grad.reshape(*self.shape, -1).swapaxes(0, 1)


class Dense(Layer):
    """Each unit sums all inputs, each with a weight of its own, plus its bias.

    (inputs,) → (units,). w: (inputs, units), b: (units,).
    """

    def __init__(self, units):
        self.settings = (units,)
        self.units = units

    def build(self, shape):
        if self.units < 1:
            raise ValueError("it needs at least one unit")
        if len(shape) != 1:
            raise ValueError("it needs (inputs,): put a Flatten before it")
        self.weights = {"w": (shape[0], self.units), "b": (self.units,)}
        return (self.units,)

    def forward(self, x):
        self.x = x
        y = self.w.T @ x
        y += self.b[:, None]
        return y

    def collect(self, grad):
        products = self.array("products", self.grad_w.shape, grad.dtype)
        self.grad_w += np.matmul(self.x, grad.T, out=products)
        self.grad_b += grad.sum(axis=1)

    def backward(self, grad):
        return self.w @ grad
