"""The convolutional layer: k long copies and a few matrix products, and the same on the way back.

The top of the package (convolab/nn/__init__.py) shows one row of the output. This is how it goes on
for many rows. Take two pictures A and B of one channel, two rows and three columns; A12 is A's
pixel in row 1, column 2. In memory, from left to right, are

    in the lessons, (N, C, H, W):   A00 A01 A02 A10 A11 A12   B00 B01 B02 B10 B11 B12
    here, (H, C, W, N):             A00 B00 A01 B01 A02 B02   A10 B10 A11 B11 A12 B12

1. Each row is copied k times, once for each column of the kernels, as that column meets it.
2. These copies follow one another, row after row. One row of the output looks at k rows of the
   input, and the copies of those are a single unbroken block of memory. Read as a matrix, it has a
   line for every weight of a kernel, and a column for every place and sample: the matrix of
   patches, with no further copying.
3. The next row of the output looks at a block that starts one row further down (s rows, if the
   stride is s). Blocks overlap, and `as_strided` makes one array of them all: it is a view in which
   the same memory appears several times.
4. The kernels times these matrices are the output, in a single `matmul`.

The letters are those of layers.py.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convolab.nn.layers import Layer
from convolab.nn.matrix_product import matmul


class Conv2D(Layer):
    """Correlates each kernel with all channels together, and adds a bias.

    (C, H, W) → (depth, h, w) with h = (H + 2·padding − size)/stride + 1 and w likewise, as in
    lesson 06. The parameters are w, (depth, C, size, size), and b, (depth,).

    Args:
        depth: the number of kernels, and so of feature maps that come out.
        size: rows and columns of a kernel.
        stride: by how many rows, or columns, the kernels move. It has to fit: h and w must come out
            whole.
        padding: rows and columns of zeros around the input.
    """

    def __init__(self, depth, size, stride=1, padding=0):
        self.hyperparameters = depth, size, stride, padding
        self.depth, self.size, self.stride, self.padding = self.hyperparameters

    def build(self, input_shape):
        if min(self.depth, self.size, self.stride, self.padding + 1) < 1:
            raise ValueError("depth, size and stride start at 1, padding at 0")
        if len(input_shape) != 3:
            raise ValueError("it needs (C, H, W)")
        room = [side + 2 * self.padding - self.size for side in input_shape[1:]]
        if min(room) < 0:
            raise ValueError("the kernels are larger than the input")
        if any(side % self.stride for side in room):
            raise ValueError("the stride does not fit: some rows or columns would go unused")
        h, w = self.output_size = [side // self.stride + 1 for side in room]
        self.parameter_shapes = {
            "w": (self.depth, input_shape[0], self.size, self.size),
            "b": (self.depth,),
        }
        # A matrix of few lines multiplies slowly, so a layer of few kernels makes several rows of
        # its output at once. Up to 12 lines did best on processors with AVX2 and with AVX-512.
        divisors = [rows for rows in range(1, h + 1) if h % rows == 0]
        self.rows = max(rows for rows in divisors if rows == 1 or rows * self.depth <= 12)
        return (self.depth, h, w)

    def forward(self, x):
        (h, w), D, N = self.output_size, self.depth, x.shape[3]
        self.patches = self._patches(x)
        y = self._buffer("y", (h // self.rows, self.rows * D, w * N), x.dtype)
        matmul(self._kernel_matrix(), self.patches, out=y)
        y = y.reshape(h, D, w * N)
        y += self.b[:, None]
        return y.reshape(h, D, w, N)

    def _patches(self, x):
        """The matrix of patches for each block of `self.rows` rows of the output.

        Returns:
            (blocks, lines, w·N), a view of the k copies. Neighbouring blocks look at some of the
            same rows of the input; these are in memory only once.
        """
        p, k, s = self.padding, self.size, self.stride
        if p:  # the frame of the buffer is zeros, and stays so
            H, C, W, N = x.shape
            framed = self._buffer("framed", (H + 2 * p, C, W + 2 * p, N), x.dtype)
            framed[p:-p, :, p:-p] = x
            x = framed
        H, C, _, N = self.padded_shape = x.shape
        h, w = self.output_size
        copies = self._buffer("copies", (H, k, C, w, N), x.dtype)
        for j in range(k):  # copies[row, j]: the row as column j of the kernels meets it
            copies[:, j] = x[:, :, j : j + s * (w - 1) + 1 : s]
        one_row, one_line, one_number = copies.strides[0], w * copies.strides[3], copies.itemsize
        return as_strided(
            copies,
            shape=(h // self.rows, self._lines(self.rows - 1).stop, w * N),
            strides=(self.rows * s * one_row, one_line, one_number),
            writeable=False,
        )

    def _lines(self, row):
        """The lines of a matrix of patches that row number `row` of the block looks at."""
        lines_of_a_row = self.size * self.w.shape[1]
        first = row * self.stride
        return slice(first * lines_of_a_row, (first + self.size) * lines_of_a_row)

    def _kernel_matrix(self):
        """The kernels as a matrix, one in each row, its weights in the order of the patches' lines.

        For a block of several rows of the output each kernel is there several times, each time
        further to the right and with zeros elsewhere. That is lesson 04's convolution as a matrix,
        along the rows.
        """
        flat = self.w.transpose(0, 2, 3, 1).reshape(self.depth, -1)  # (D, row · column · channel)
        matrix = np.zeros((self.rows, self.depth, self._lines(self.rows - 1).stop), flat.dtype)
        for row in range(self.rows):
            matrix[row, :, self._lines(row)] = flat
        return matrix.reshape(self.rows * self.depth, -1)

    def accumulate_grad(self, grad):
        """A weight is used at many places; its gradient is the sum over all of them."""
        h, D, w, N = grad.shape
        _, C, k, _ = self.w.shape
        blocks = grad.reshape(h // self.rows, self.rows * D, w * N)
        products = matmul(self.patches, blocks.swapaxes(1, 2)).sum(axis=0)  # (lines, rows · D)
        for row in range(self.rows):
            part = products[self._lines(row), row * D : (row + 1) * D]
            self.grad_w += part.reshape(k, k, C, D).transpose(3, 2, 0, 1)
        self.grad_b += np.einsum("hdwn->d", grad)

    def input_grad(self, grad):
        """Lesson 08's convolution with the reversed kernel, for one row of the input at a time.

        First the rows: one matrix product gives what a row of the input gets through each column
        of the kernels. Then the columns: k sums, each moved to where its copy came from.
        """
        H, C, W, N = self.padded_shape
        h, D, w, _ = grad.shape
        p, k, s = self.padding, self.size, self.stride
        grad = grad.reshape(h * D, w * N)
        # (column · channel, row, kernel), with the kernels' rows in reversed order.
        flipped = self.w[:, :, ::-1].transpose(3, 1, 2, 0).reshape(k * C, k, D)
        by_column = self._buffer("by_column", (H, k * C, w * N), grad.dtype)
        for row in range(H):
            # Which rows of the output looked at this row of the input? Those from `first` up to,
            # but without, `last`. Row `first` saw it through the lowest row of the kernels that
            # any did, number row − s·first; each one after it through a row s further up.
            first, last = max(0, (row - k) // s + 1), min(h, row // s + 1)
            start = k - 1 - (row - s * first)  # the same row, counted in reversed order
            weights = flipped[:, start : start + s * (last - first) : s].reshape(k * C, -1)
            matmul(weights, grad[first * D : last * D], out=by_column[row])
        by_column = by_column.reshape(H, k, C, w, N)
        grad_x = self._buffer("grad_x", (H, C, W, N), grad.dtype)
        grad_x.fill(0)
        for j in range(k):
            grad_x[:, :, j : j + s * (w - 1) + 1 : s] += by_column[:, j]
        return grad_x[p : H - p, :, p : W - p]
