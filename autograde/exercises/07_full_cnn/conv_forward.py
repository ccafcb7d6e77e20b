"""A batch through a convolutional layer."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import frame, laid_on, layer, numbers, whole_numbers

exercise = Exercise(
    points={"plain": 2.25, "moved": 1, "errors": 0.75},
    says={
        "plain": "stride 1 without padding",
        "moved": "stride and padding",
        "errors": "sizes that do not fit",
    },
    asks={"errors": "answer"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

exercise.right(ops.conv_forward)

@exercise.variant("written out")
def conv_forward(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding)

@exercise.variant("loops over everything")
def conv_forward_loops(x, w, b, stride=1, padding=0):
    n, channels, height, width = x.shape
    depth, _, size, _ = w.shape
    rows = ops.output_size(height, size, padding, stride)
    columns = ops.output_size(width, size, padding, stride)
    padded = np.zeros((n, channels, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    out = np.zeros((n, depth, rows, columns))
    for k in range(n):
        for d in range(depth):
            for r in range(rows):
                for c in range(columns):
                    total = b[d]
                    for channel in range(channels):
                        for i in range(size):
                            for j in range(size):
                                number = padded[k, channel, r * stride + i, c * stride + j]
                                total += number * w[d, channel, i, j]
                    out[k, d, r, c] = total
    return out

@exercise.variant("sum over patches")
def conv_forward_patches(x, w, b, stride=1, padding=0):
    size = w.shape[2]
    for side in x.shape[2:]:
        if size > side + 2 * padding or (side + 2 * padding - size) % stride != 0:
            raise ValueError("the size does not fit")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (x.shape[2] - size) // stride + 1
    columns = (x.shape[3] - size) // stride + 1
    out = np.empty((x.shape[0], w.shape[0], rows, columns))
    for n in range(x.shape[0]):
        for d in range(w.shape[0]):
            for r in range(rows):
                for c in range(columns):
                    top, left = r * stride, c * stride
                    out[n, d, r, c] = (
                        np.sum(x[n, :, top : top + size, left : left + size] * w[d]) + b[d]
                    )
    return out

@exercise.variant("windows and einsum")
def conv_forward_windows(x, w, b, stride=1, padding=0):
    for side in (x.shape[2], x.shape[3]):
        ops.output_size(side, w.shape[2], padding, stride)
    padded = np.pad(x, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2])
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nchwij,dcij->ndhw", windows, w) + b[None, :, None, None]

@exercise.variant("a matrix of patches")
def conv_forward_matrix(x, w, b, stride=1, padding=0):
    size = w.shape[2]
    rows = ops.output_size(x.shape[2], size, padding, stride)
    columns = ops.output_size(x.shape[3], size, padding, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((len(x), len(w), rows, columns))
    flat = w.reshape(len(w), -1)
    for r in range(rows):
        for c in range(columns):
            patch = padded[:, :, r * stride : r * stride + size, c * stride : c * stride + size]
            out[:, :, r, c] = patch.reshape(len(x), -1) @ flat.T + b
    return out

# Small, as the outcome of every misconception is kept; a map is as wide as there are kernels.
BATCH = numbers(2, 2, 3, 4)

KERNELS = numbers(3, 2, 2, 2, salt=500)

BIASES = np.array([10.0, -20.0, 35.0])
exercise.shows("plain",
    (np.arange(1, 13).reshape(1, 1, 3, 4), numbers(2, 1, 2, 2), BIASES[:2]), (BATCH, KERNELS, BIASES),
    (numbers(1, 3, 3, 4, salt=8) / 2, numbers(2, 3, 3, 3), np.array([1, -4])),
    (BATCH[:, :, 1:], numbers(2, 2, 1, 1, salt=33), np.array([7.0, -3.0])), (BATCH[:1, :, :2, :2], KERNELS[:1], BIASES[:1]),
    (numbers(1, 1, 2, 3, salt=5), numbers(2, 1, 2, 2, salt=9) / 2, np.array([0.5, -1])),
)
exercise.shows("moved",
    (BATCH[:, :, :2, :3], numbers(2, 2, 3, 3), BIASES[:2], 1, 1),
    (numbers(1, 2, 4, 6, salt=8), KERNELS[:2], BIASES[:2], 2, 0),
    (numbers(1, 2, 1, 2, salt=4), numbers(2, 2, 1, 1), BIASES[:2], 1, 1),
    (numbers(1, 1, 2, 5, salt=6), numbers(2, 1, 3, 3), BIASES[:2], 3, 2),
)
exercise.shows("errors", (numbers(1, 2, 4, 2, salt=2), KERNELS[:2], BIASES[:2], 2, 0))
exercise.refuses("a stride that does not come out even",
    (BATCH, KERNELS, BIASES, 2, 0), (numbers(1, 2, 4, 3), KERNELS[:2], BIASES[:2], 2),
)
exercise.refuses("a kernel larger than the picture",
    (numbers(1, 1, 3, 2), numbers(2, 1, 3, 3), BIASES[:2]), (numbers(1, 1, 2, 4), numbers(2, 1, 3, 3), BIASES[:2]),
)
exercise.numpy_integers("errors", BATCH[:, :, :, :3], KERNELS, BIASES, 1, 1)

@exercise.hidden
def conv_forward_hidden(rng):
    for n, c, d, r in ((1, 2, 3, 2), (3, 1, 2, 3), (2, 4, 1, 1)):
        x, w = whole_numbers(rng, n, c, 6, 4) - 0.5, whole_numbers(rng, d, c, r, r) / 2
        yield "plain", (x, w, whole_numbers(rng, d))
    x, b = whole_numbers(rng, 2, 3, 7, 4), whole_numbers(rng, 2)
    yield "moved", (x, whole_numbers(rng, 2, 3, 4, 4), b, 3, 0)
    yield "moved", (x, whole_numbers(rng, 2, 3, 2, 2), b, 1, 2)
    yield "moved", (x[:, :, :5], whole_numbers(rng, 2, 3, 3, 3), b, 1, 1)
    yield "errors", (x, whole_numbers(rng, 2, 3, 1, 1), b, 3, 0)
    yield "errors", (x, whole_numbers(rng, 2, 3, 2, 2), b, 2, 0), ValueError
    yield "errors", (x, whole_numbers(rng, 2, 3, 5, 5), b, 1, 0), ValueError
    yield "errors", (x[:, :, :3, :3], whole_numbers(rng, 2, 3, 5, 5), b, 1, 1)
    yield "errors", (x[:, :, :3, :3], whole_numbers(rng, 2, 3, 6, 6), b, 1, 1), ValueError

@exercise.wrong("channels not summed",
    hint="Each channel still has a result of its own. A kernel has one slice for every channel, and what all of them give is added up to one number.")
def conv_forward_channels(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    padded, size = frame(x, padding), w.shape[2]
    out = np.zeros((len(x), len(w), x.shape[1], rows, columns))
    for r in range(rows):
        for c in range(columns):
            patch = padded[:, :, r * stride : r * stride + size]
            patch = patch[:, :, :, c * stride : c * stride + size]
            out[:, :, :, r, c] = np.einsum("ncij,dcij->ndc", patch, w) + b[:, None]
    return out

exercise.slip("only the first channel", "layer(x, w, b, stride, padding)", "layer(x[:, :1], w[:, :1], b, stride, padding)",
    hint="Only the first channel takes part. Every kernel has a slice for each channel: multiply them all, and add everything up.")
exercise.slip("only the last channel is kept", "layer(x, w, b, stride, padding)", "layer(x[:, -1:], w[:, -1:], b, stride, padding)",
    hint="Only the last channel's sum is left: each new one takes the place of the one before. Add with `+=`.")
exercise.slip("the same slice for every channel", "layer(x, w, b, stride, padding)", "layer(x, np.repeat(w[:, :1], x.shape[1], axis=1), b, stride, padding)",
    hint="The first slice of a kernel is used for every channel. Channel 1 has its own slice, `w[d, 1]`.")
exercise.slip("the same kernel everywhere", "layer(x, w, b, stride, padding)", "layer(x, np.repeat(w[:1], len(w), axis=0), b, stride, padding)",
    hint="All the maps come from the first kernel; only the biases differ. Map d belongs to `w[d]`.")
exercise.slip("bias missing", "layer(x, w, b, stride, padding)", "layer(x, w, 0 * b, stride, padding)",
    hint="The sums of products are right, but the biases b are not added.")
exercise.slip("bias once a channel", "layer(x, w, b, stride, padding)", "layer(x, w, x.shape[1] * b, stride, padding)",
    hint="The bias is added once for every channel. It belongs to the kernel as a whole: add it once, after the loop over channels.")
exercise.slip("bias once a product", "layer(x, w, b, stride, padding)", "layer(x, w, w[0].size * b, stride, padding)",
    hint="The bias is added to every product. Add it once to the whole sum.")
exercise.slip("kernel reversed", "layer(x, w, b, stride, padding)", "layer(x, w[:, :, ::-1, ::-1], b, stride, padding)",
    hint="The kernels are reversed. Since lesson 04 the layers correlate: use the kernel as it is written.")
exercise.slip("rows and columns swapped", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding).swapaxes(2, 3)",
    hint="Rows and columns of the maps are swapped: axis 2 goes down, axis 3 to the right.")
exercise.slip("maps last", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding).transpose(0, 2, 3, 1)",
    hint="The maps come last, as in pictures with (row, column, channel). The order here is (N, D, rows, columns).")
exercise.slip("only the first example", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding)[0]",
    hint="Only the first example of the batch comes back, without the batch's axis. Go through all of x, and return after the loop.")
exercise.slip("other examples left zero", "return layer(x, w, b, stride, padding)", "out = layer(x, w, b, stride, padding)\n    out[1:] = 0\n    return out",
    hint="The first example is right, the others are all 0: the return is inside a loop.")
exercise.slip("last row and column lost", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding)[:, :, :-1, :-1]",
    hint="The last row and the last column of every map are missing: there are H − R + 1 places, before stride and padding.")
exercise.slip("square maps only", "return layer(x, w, b, stride, padding)", "rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)\n    return layer(x, w, b, stride, padding)[:, :, :, :rows]",
    hint="The number of rows is used for the columns too. Pictures need not be square: compute the two sizes one by one, from `x.shape[2]` and `x.shape[3]`.")
exercise.slip("stride only in the size", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])\n    return laid_on(frame(x, padding), w, b, rows, columns, 1)",
    hint="There are as many outputs as the stride asks for, but the windows are still one place apart: the window of output r begins at row r · stride.")
exercise.slip("stride ignored", "return layer(x, w, b, stride, padding)", "if (x.shape[2] + 2 * padding - w.shape[2]) % stride:\n        raise ValueError(\"stride\")\n    return layer(x, w, b, 1, padding)",
    hint="The stride is not used: with a stride of 2, every second place is left out.")
exercise.slip("padding ignored", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], 0, stride) for n in x.shape[2:])\n    return laid_on(x, w, b, rows, columns, stride)",
    hint="The padding is not used: put that many rings of zeros around every map first.")
exercise.slip("every axis padded", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])\n    padded = np.pad(x, padding)[:, : x.shape[1]]\n    return laid_on(padded, w, b, rows, columns, stride)",
    hint="`np.pad(x, padding)` puts zeros around every axis: extra examples and extra channels as well. Give one pair for each axis, (0, 0) for the first two.")
exercise.slip("every axis padded, examples counted before", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])\n    padded = np.pad(x, padding)[: len(x), : x.shape[1]]\n    return laid_on(padded, w, b, rows, columns, stride)",
    hint="The first outputs hold only the bias: `np.pad(x, padding)` also puts zeros before the first example. Pad the last two axes only, with (0, 0) for the others.")
exercise.slip("every axis padded, channels do not fit", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])\n    return laid_on(np.pad(x, padding), w, b, rows, columns, stride)",
    hint="With padding it stops with an error, because x has more channels than the kernels: `np.pad(x, padding)` pads every axis. Give (0, 0) for the first two.")

@exercise.wrong("batch and channels padded",
    hint="The zeros are around examples and channels, not around rows and columns: the four pairs of `np.pad` belong to the axes (N, C, H, W), in this order.")
def conv_forward_wrong_axes(x, w, b, stride=1, padding=0):
    p = padding
    padded = np.pad(x, ((p, p), (p, p), (0, 0), (0, 0)))[:, : x.shape[1]]
    rows, columns = (ops.output_size(n, w.shape[2], 0, stride) for n in x.shape[2:])
    return laid_on(padded, w, b, rows, columns, stride)

exercise.slip("stride rounded down", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride, False) for n in x.shape[2:])\n    return laid_on(frame(x, padding), w, b, rows, columns, stride)",
    hint="Where the stride does not fit, some columns are never covered, and nobody is told. Raise a ValueError then, as `output_size` of lesson 06 does.")
exercise.slip("only the rows checked", "return layer(x, w, b, stride, padding)", "rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)\n    columns = (x.shape[3] + 2 * padding - w.shape[2]) // stride + 1\n    return laid_on(frame(x, padding), w, b, rows, max(columns, 0), stride)",
    hint="Only the rows are checked. The columns may not fit either: check both.")
exercise.slip("every example from the first", "layer(x, w, b, stride, padding)", "layer(np.repeat(x[:1], len(x), axis=0), w, b, stride, padding)",
    hint="All examples of the result are alike: the first picture is used for each of them. Example n belongs to `x[n]`.")
exercise.slip("biases along the columns", "layer(x, w, b, stride, padding)", "layer(x, w, 0 * b, stride, padding) + b",
    hint="The biases go along the columns, or don't fit there: adding b to a whole result goes by the last axis. The bias `b[d]` belongs to map d.")

@exercise.wrong("padding counted twice",
    hint="With padding there are too many places: the picture is padded already when its size is read, and the formula adds the padding once more. Read the size first, or give it no padding.")
def conv_forward_padded_twice(x, w, b, stride=1, padding=0):
    padded, size = frame(x, padding), w.shape[2]
    rows, columns = (ops.output_size(n, size, padding, stride) for n in padded.shape[2:])
    out = np.zeros((len(x), len(w), rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            patch = padded[:, None, :, top : top + size, left : left + size]
            out[:, :, r, c] = (patch * w).sum(axis=(2, 3, 4)) + b
    return out

@exercise.wrong("only the rows padded",
    hint="There are zeros above and below, and none to the left and right: the last axis needs its pair (padding, padding) too.")
def conv_forward_rows_padded(x, w, b, stride=1, padding=0):
    rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)
    columns = ops.output_size(x.shape[3], w.shape[2], 0, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (0, 0)))
    return laid_on(padded, w, b, rows, columns, stride)

exercise.slip("padded on one side", "return layer(x, w, b, stride, padding)", "rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])\n    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))\n    return laid_on(padded, w, b, rows, columns, stride)",
    hint="The zeros are on one side only, at the end of rows and columns: each pair of `np.pad` is how many before and how many after.")
exercise.slip("sums set back", "return layer(x, w, b, stride, padding)", "last = np.zeros(w.shape)\n    last[:, -1, -1, -1] = w[:, -1, -1, -1]\n    return layer(x, last, b, stride, padding)",
    hint="Each place holds only its last product, with the bias: the sum is reset in the innermost loop. Begin at 0 before that loop, and add with `+=`.")
exercise.slip("sizes not checked", "return layer(x, w, b, stride, padding)", "rows, columns = ((n + 2 * padding - w.shape[2]) // stride + 1 for n in x.shape[2:])\n    return laid_on(frame(x, padding), w, b, rows, columns, stride)",
    hint="The numbers are right. The division by // hides what does not fit: raise a ValueError for a kernel that is too large and for a stride that leaves something over.")
exercise.slip("whole numbers", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding).astype(int)",
    hint="Fractions are lost: the array for the results holds whole numbers. `np.zeros` makes floats where nothing else is said.")
exercise.slip("as whole as the picture", "layer(x, w, b, stride, padding)", "layer(x, w, b, stride, padding).astype(x.dtype)",
    hint="For a picture of whole numbers, fractions are lost: the array for the results takes its dtype from x. Leave dtype out, and `np.zeros` makes floats.")
