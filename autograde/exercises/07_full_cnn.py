"""Lesson 07: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab import ops
from convolab.check.spec import Exercise

READY_MADE = (
    *("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d"),
    *("pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)


def exercise(name, points=0, **more):
    """An exercise of this lesson; the course's own layers are not welcome."""
    return Exercise(name, points=points, ready_made=READY_MADE, **more)


def numbers(*shape, salt=0):
    """Whole numbers from −6 to 6 in no order, the same ones on every machine."""
    mixed = (np.arange(np.prod(shape), dtype=np.uint64) + 1 + 1000 * salt) * 2654435761 % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 73244475 % 2**32
    return ((mixed ^ (mixed >> 16)) % 13).astype(int).reshape(shape) - 6


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


# --- by hand ------------------------------------------------------------------------------------

by_hand_sides = exercise("by_hand_sides")
by_hand_sides.right([28, 14, 10, 5])
by_hand_sides.wrong(
    "no + 1",
    [27, 13, 8, 4],
    "That is 32 − 5 at the beginning. A kernel of 5 on 32 places can also begin at place 0: one "
    "more.",
)
by_hand_sides.wrong(
    "the size is kept",
    [32, 16, 16, 8],
    "These convolutions have no padding, so a kernel of 5 loses 4 rows and 4 columns.",
)
by_hand_sides.wrong(
    "only the kernels counted",
    [28, 27, 23, 22],
    "The windows of the pooling do not overlap: they lie side by side, two by two, so the side is "
    "halved.",
)
by_hand_sides.wrong(
    "the kernel's size taken away",
    [27, 14, 9, 5],
    "32 − 5 is one too few: count where a window of 5 can begin, from 0 to 27.",
)

by_hand_softmax = exercise("by_hand_softmax")
by_hand_softmax.right([0.125, 0.25, 0.625])
by_hand_softmax.wrong(
    "the powers themselves",
    [1, 2, 5],
    "These are the powers. Divide each of them by their sum, so that all together make 1.",
)
by_hand_softmax.wrong(
    "the scores divided",
    [0, 0.301, 0.699],
    "You divided the scores by their sum. Take the powers 1, 2 and 5, and divide those.",
)
by_hand_softmax.wrong(
    "divided by the largest",
    [0.2, 0.4, 1],
    "You divided by the largest power. Divide by the sum of all three.",
)
by_hand_softmax.wrong(
    "divided by how many there are",
    [1 / 3, 2 / 3, 5 / 3],
    "A probability cannot be larger than 1. Divide by the sum of the powers, not by how many there "
    "are.",
)
by_hand_softmax.wrong(
    "rounded",
    [0.13, 0.25, 0.63],
    "Nearly: these are rounded, and add up to 1.01. Give all decimals, or calculations such as `1 "
    "/ 8`.",
)
by_hand_softmax.wrong(
    "cut off",
    [0.12, 0.25, 0.62],
    "Nearly: the third decimal is cut off, and the sum is 0.99. Give all decimals, or calculations "
    "such as `1 / 8`.",
)

by_hand_loss = Exercise("by_hand_loss", tolerance=2e-3)
by_hand_loss.right(2.303)
by_hand_loss.wrong(
    "without the minus",
    -2.303,
    "The logarithm of a number below 1 is negative. The minus sign in front makes the loss "
    "positive.",
)
by_hand_loss.wrong(
    "the likeliest class",
    0.916,
    "That is −log 0.4, of the class that the network thinks likeliest. Take the probability of the "
    "right class.",
)
by_hand_loss.wrong(
    "counted from 1",
    1.609,
    "That is −log 0.2, the first probability. Classes are counted from 0 here: class 2 is the "
    "third number.",
)
by_hand_loss.wrong(
    "logarithm to the base 10",
    1,
    "That is the logarithm to the base 10. Here it is the natural one, to the base e, which NumPy "
    "calls np.log.",
)

trap_field = exercise("trap_field")
trap_field.right(14)
trap_field.wrong(
    "size of the kernel",
    5,
    "5 is the size of the kernel. But each of the numbers that it lies on has itself seen more "
    "than one pixel.",
)
trap_field.wrong(
    "kernels added",
    10,
    "You added the two kernels. Between them lies the pooling, and after it one step is two pixels "
    "wide.",
)
trap_field.wrong(
    "without the pooling's own window",
    13,
    "One is missing: a number after the pooling has seen 6 pixels of each row, not 5.",
)
trap_field.wrong(
    "pooling left out",
    9,
    "That would be two convolutions in a row. After the pooling, neighbours lie two pixels apart.",
)
trap_field.wrong(
    "after the second pooling",
    16,
    "16 is what a number after the second pooling sees. Asked for is one after the second "
    "convolution.",
)

# --- conv_forward -------------------------------------------------------------------------------

conv_forward = exercise(
    "conv_forward",
    points=6,
    aspects={
        "plain": "stride 1 without padding",
        "moved": "stride and padding",
        "errors": "sizes that do not fit",
    },
    shares={"plain": 3, "moved": 2, "errors": 1},
    asks={"errors": "answer"},
)


def laid_on(padded, w, b, rows, columns, stride):
    """Every kernel at `rows` × `columns` places of a batch that is padded already."""
    size_down, size_right = w.shape[2:]
    out = np.zeros((len(padded), len(w), rows, columns))
    for r in range(rows):
        for c in range(columns):
            patch = padded[:, :, r * stride : r * stride + size_down][
                :, :, :, c * stride : c * stride + size_right
            ]
            out[:, :, r, c] = np.einsum("ncij,dcij->nd", patch, w) + b
    return out


def frame(x, padding):
    """Zeros around every map."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def layer(x, w, b, stride=1, padding=0):
    """A convolutional layer as it should be."""
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    return laid_on(frame(x, padding), w, b, rows, columns, stride)


@conv_forward.reference
def conv_forward_reference(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding)


# Small, as the outcome of every misconception is kept; a map is as wide as there are kernels.
BATCH = numbers(2, 2, 3, 4)
KERNELS = numbers(3, 2, 2, 2, salt=500)
BIASES = np.array([10.0, -20.0, 35.0])
conv_forward.case("plain", np.arange(1, 13).reshape(1, 1, 3, 4), numbers(2, 1, 2, 2), BIASES[:2])
conv_forward.case("plain", BATCH, KERNELS, BIASES)
conv_forward.case("plain", numbers(1, 3, 3, 4, salt=8) / 2, numbers(2, 3, 3, 3), np.array([1, -4]))
conv_forward.case("plain", BATCH[:, :, 1:], numbers(2, 2, 1, 1, salt=33), np.array([7.0, -3.0]))
conv_forward.case("moved", BATCH[:, :, :2, :3], numbers(2, 2, 3, 3), BIASES[:2], 1, 1)
conv_forward.case("moved", numbers(1, 2, 4, 6, salt=8), KERNELS[:2], BIASES[:2], 2, 0)
conv_forward.case("moved", numbers(1, 2, 1, 2, salt=4), numbers(2, 2, 1, 1), BIASES[:2], 1, 1)
conv_forward.case("moved", numbers(1, 1, 2, 5, salt=6), numbers(2, 1, 3, 3), BIASES[:2], 3, 2)
conv_forward.case("errors", numbers(1, 2, 4, 2, salt=2), KERNELS[:2], BIASES[:2], 2, 0)
conv_forward.raises("errors", ValueError, BATCH, KERNELS, BIASES, 2, 0)
conv_forward.raises("errors", ValueError, numbers(1, 2, 4, 3), KERNELS[:2], BIASES[:2], 2)
conv_forward.raises("errors", ValueError, numbers(1, 1, 3, 2), numbers(2, 1, 3, 3), BIASES[:2])
conv_forward.raises("errors", ValueError, numbers(1, 1, 2, 4), numbers(2, 1, 3, 3), BIASES[:2])


conv_forward.case("plain", BATCH[:1, :, :2, :2], KERNELS[:1], BIASES[:1])
conv_forward.numpy_integers("errors", BATCH[:, :, :, :3], KERNELS, BIASES, 1, 1)


@conv_forward.hidden
def conv_forward_hidden(rng):
    for n, c, d, r in ((1, 2, 3, 2), (3, 1, 2, 3), (2, 4, 1, 1)):
        yield (
            "plain",
            (
                whole_numbers(rng, n, c, 6, 4),
                whole_numbers(rng, d, c, r, r) / 2,
                whole_numbers(rng, d),
            ),
        )
    x, b = whole_numbers(rng, 2, 3, 7, 4), whole_numbers(rng, 2)
    yield "moved", (x, whole_numbers(rng, 2, 3, 4, 4), b, 3, 0)
    yield "moved", (x, whole_numbers(rng, 2, 3, 2, 2), b, 1, 2)
    yield "moved", (x[:, :, :5], whole_numbers(rng, 2, 3, 3, 3), b, 1, 1)
    yield "errors", (x, whole_numbers(rng, 2, 3, 1, 1), b, 3, 0)
    yield "errors", (x, whole_numbers(rng, 2, 3, 2, 2), b, 2, 0), ValueError
    yield "errors", (x, whole_numbers(rng, 2, 3, 5, 5), b, 1, 0), ValueError


@conv_forward.misconception(
    "channels not summed",
    hint="Each channel still has a result of its own. A kernel has one slice for every channel, "
    "and what all of them give is added up to one number.",
)
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


@conv_forward.misconception(
    "only the first channel",
    hint="Only the first channel takes part. Every kernel has a slice for each channel: multiply "
    "them all, and add everything up.",
)
def conv_forward_first_channel(x, w, b, stride=1, padding=0):
    return layer(x[:, :1], w[:, :1], b, stride, padding)


@conv_forward.misconception(
    "only the last channel is kept",
    hint="Only the last channel's sum is left: each new one takes the place of the one before. Add "
    "with +=.",
)
def conv_forward_last_channel(x, w, b, stride=1, padding=0):
    return layer(x[:, -1:], w[:, -1:], b, stride, padding)


@conv_forward.misconception(
    "the same slice for every channel",
    hint="The first slice of a kernel is used for every channel. Channel 1 has its own slice, "
    "w[d, 1].",
)
def conv_forward_one_slice(x, w, b, stride=1, padding=0):
    return layer(x, np.repeat(w[:, :1], x.shape[1], axis=1), b, stride, padding)


@conv_forward.misconception(
    "the same kernel everywhere",
    hint="All the maps come from the first kernel; only the biases differ. Map d belongs to w[d].",
)
def conv_forward_one_kernel(x, w, b, stride=1, padding=0):
    return layer(x, np.repeat(w[:1], len(w), axis=0), b, stride, padding)


@conv_forward.misconception(
    "bias missing",
    hint="The sums of products are right, but the biases b are not added.",
)
def conv_forward_no_bias(x, w, b, stride=1, padding=0):
    return layer(x, w, 0 * b, stride, padding)


@conv_forward.misconception(
    "bias once a channel",
    hint="The bias is added once for every channel. It belongs to the kernel as a whole: add it "
    "once, after the loop over channels.",
)
def conv_forward_bias_a_channel(x, w, b, stride=1, padding=0):
    return layer(x, w, x.shape[1] * b, stride, padding)


@conv_forward.misconception(
    "bias once a product",
    hint="The bias is added to every product. Add it once to the whole sum.",
)
def conv_forward_bias_a_product(x, w, b, stride=1, padding=0):
    return layer(x, w, w[0].size * b, stride, padding)


@conv_forward.misconception(
    "kernel reversed",
    hint="The kernels are reversed. Since lesson 04 the layers correlate: lay the kernel on as it "
    "is written.",
)
def conv_forward_reversed(x, w, b, stride=1, padding=0):
    return layer(x, w[:, :, ::-1, ::-1], b, stride, padding)


@conv_forward.misconception(
    "rows and columns exchanged",
    hint="Rows and columns of the maps are exchanged: axis 2 goes down, axis 3 to the right.",
)
def conv_forward_exchanged(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding).swapaxes(2, 3)


@conv_forward.misconception(
    "maps last",
    hint="The maps come last, as in pictures with (row, column, channel). Asked for is the order "
    "(N, D, rows, columns).",
)
def conv_forward_maps_last(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding).transpose(0, 2, 3, 1)


@conv_forward.misconception(
    "only the first example",
    hint="Only the first example of the batch comes back, without the batch's axis. Go through all "
    "of x, and return after the loop.",
)
def conv_forward_first_example(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding)[0]


@conv_forward.misconception(
    "other examples left zero",
    hint="The first example is right, the others are all 0: the return stands inside a loop.",
)
def conv_forward_first_only(x, w, b, stride=1, padding=0):
    out = layer(x, w, b, stride, padding)
    out[1:] = 0
    return out


@conv_forward.misconception(
    "last row and column lost",
    hint="The last row and the last column of every map are missing: there are H − R + 1 places, "
    "before stride and padding.",
)
def conv_forward_short(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding)[:, :, :-1, :-1]


@conv_forward.misconception(
    "square maps only",
    hint="The number of rows is used for the columns too. Pictures need not be square: compute the "
    "two sizes one by one, from x.shape[2] and x.shape[3].",
)
def conv_forward_square(x, w, b, stride=1, padding=0):
    rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)
    return layer(x, w, b, stride, padding)[:, :, :, :rows]


@conv_forward.misconception(
    "stride only in the size",
    hint="There are as many outputs as the stride asks for, but the windows still lie one place "
    "apart: the window of output r begins at row r · stride.",
)
def conv_forward_stride_in_size(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    return laid_on(frame(x, padding), w, b, rows, columns, 1)


@conv_forward.misconception(
    "stride ignored",
    hint="The stride is not used: with a stride of 2, every second place is left out.",
)
def conv_forward_no_stride(x, w, b, stride=1, padding=0):
    if (x.shape[2] + 2 * padding - w.shape[2]) % stride:
        raise ValueError("stride")
    return layer(x, w, b, 1, padding)


@conv_forward.misconception(
    "padding ignored",
    hint="The padding is not used: put that many rings of zeros round every map first.",
)
def conv_forward_no_padding(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], 0, stride) for n in x.shape[2:])
    return laid_on(x, w, b, rows, columns, stride)


@conv_forward.misconception(
    "every axis padded",
    hint="np.pad(x, padding) puts zeros round every axis: extra examples and extra channels as "
    "well. Give one pair for each axis, (0, 0) for the first two.",
)
def conv_forward_all_padded(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    padded = np.pad(x, padding)[:, : x.shape[1]]
    return laid_on(padded, w, b, rows, columns, stride)


@conv_forward.misconception(
    "every axis padded, examples counted before",
    hint="The first outputs hold only the bias: np.pad(x, padding) also puts zeros before the "
    "first example. Pad the last two axes only, with (0, 0) for the others.",
)
def conv_forward_all_padded_counted(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    padded = np.pad(x, padding)[: len(x), : x.shape[1]]
    return laid_on(padded, w, b, rows, columns, stride)


@conv_forward.misconception(
    "every axis padded, channels do not fit",
    hint="With padding it stops with an error, because x has more channels than the kernels: "
    "np.pad(x, padding) pads every axis. Give (0, 0) for the first two.",
)
def conv_forward_all_padded_misfit(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    return laid_on(np.pad(x, padding), w, b, rows, columns, stride)


@conv_forward.misconception(
    "batch and channels padded",
    hint="The zeros lie round examples and channels, not round the rows and columns: the four "
    "pairs of np.pad belong to the axes (N, C, H, W), in this order.",
)
def conv_forward_wrong_axes(x, w, b, stride=1, padding=0):
    p = padding
    padded = np.pad(x, ((p, p), (p, p), (0, 0), (0, 0)))[:, : x.shape[1]]
    rows, columns = (ops.output_size(n, w.shape[2], 0, stride) for n in x.shape[2:])
    return laid_on(padded, w, b, rows, columns, stride)


@conv_forward.misconception(
    "stride rounded down",
    hint="Where the stride does not fit, some columns would never be seen, and nobody is told. "
    "Raise a ValueError then, as output_size of lesson 06 does.",
)
def conv_forward_rounded(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride, False) for n in x.shape[2:])
    return laid_on(frame(x, padding), w, b, rows, columns, stride)


@conv_forward.misconception(
    "only the rows asked",
    hint="The size is checked for the rows only. The columns may fail to fit as well: ask both.",
)
def conv_forward_rows_asked(x, w, b, stride=1, padding=0):
    rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)
    columns = (x.shape[3] + 2 * padding - w.shape[2]) // stride + 1
    return laid_on(frame(x, padding), w, b, rows, max(columns, 0), stride)


@conv_forward.misconception(
    "every example from the first",
    hint="All examples of the result are alike: the first picture is used for each of them. "
    "Example n belongs to x[n].",
)
def conv_forward_same_example(x, w, b, stride=1, padding=0):
    return layer(np.repeat(x[:1], len(x), axis=0), w, b, stride, padding)


@conv_forward.misconception(
    "biases along the columns",
    hint="The biases are laid along the columns, or do not fit there: adding b to a whole result "
    "goes by the last axis. The bias b[d] belongs to map d.",
)
def conv_forward_bias_columns(x, w, b, stride=1, padding=0):
    return layer(x, w, 0 * b, stride, padding) + b


@conv_forward.misconception(
    "padding counted twice",
    hint="With padding there are too many places: the picture is padded already when its size is "
    "read, and the formula adds the padding once more. Read the size first, or give it no padding.",
)
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


@conv_forward.misconception(
    "only the rows padded",
    hint="There are zeros above and below, and none to the left and right: the last axis needs its "
    "pair (padding, padding) too.",
)
def conv_forward_rows_padded(x, w, b, stride=1, padding=0):
    rows = ops.output_size(x.shape[2], w.shape[2], padding, stride)
    columns = ops.output_size(x.shape[3], w.shape[2], 0, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (0, 0)))
    return laid_on(padded, w, b, rows, columns, stride)


@conv_forward.misconception(
    "padded on one side",
    hint="The zeros stand on one side only, at the end of rows and columns: each pair of np.pad is "
    "how many before and how many after.",
)
def conv_forward_one_side(x, w, b, stride=1, padding=0):
    rows, columns = (ops.output_size(n, w.shape[2], padding, stride) for n in x.shape[2:])
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return laid_on(padded, w, b, rows, columns, stride)


@conv_forward.misconception(
    "sums set back",
    hint="Each place holds only its last product, with the bias: the sum is set anew in the "
    "innermost loop. Begin at 0 before that loop, and add with +=.",
)
def conv_forward_last_product(x, w, b, stride=1, padding=0):
    last = np.zeros(w.shape)
    last[:, -1, -1, -1] = w[:, -1, -1, -1]
    return layer(x, last, b, stride, padding)


@conv_forward.misconception(
    "sizes not checked",
    hint="The numbers are right. The division by // hides what does not fit: raise a ValueError "
    "for a kernel that is too large and for a stride that leaves something over.",
)
def conv_forward_unchecked(x, w, b, stride=1, padding=0):
    rows, columns = ((n + 2 * padding - w.shape[2]) // stride + 1 for n in x.shape[2:])
    return laid_on(frame(x, padding), w, b, rows, columns, stride)


@conv_forward.misconception(
    "whole numbers",
    hint="Fractions are lost: the array for the results holds whole numbers. np.zeros makes floats "
    "where nothing else is said.",
)
def conv_forward_integers(x, w, b, stride=1, padding=0):
    return layer(x, w, b, stride, padding).astype(int)


@conv_forward.variant("loops over everything")
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


@conv_forward.variant("sum over patches")
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


@conv_forward.variant("windows and einsum")
def conv_forward_windows(x, w, b, stride=1, padding=0):
    for side in (x.shape[2], x.shape[3]):
        ops.output_size(side, w.shape[2], padding, stride)
    padded = np.pad(x, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2])
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nchwij,dcij->ndhw", windows, w) + b[None, :, None, None]


@conv_forward.variant("a matrix of patches")
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


# --- pool_forward -------------------------------------------------------------------------------

pool_forward = exercise(
    "pool_forward",
    points=2,
    aspects={"values": "the largest of each window", "rest": "what does not fit is dropped"},
)


def pooled(x, size, choose=np.max, step=None):
    """`choose` over every window that fits, windows `step` apart."""
    step = step or size
    rows, columns = ((n - size) // step + 1 for n in x.shape[2:])
    out = np.zeros((*x.shape[:2], rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = x[:, :, r * step : r * step + size, c * step : c * step + size]
            out[:, :, r, c] = choose(window, axis=(2, 3))
    return out


@pool_forward.reference
def pool_forward_reference(x, size=2):
    return pooled(x, size)


pool_forward.case("values", numbers(2, 3, 4, 6))
pool_forward.case("values", -np.arange(1, 25).reshape(1, 2, 2, 6)[:, :, :, ::-1] / 2)
pool_forward.case("values", numbers(1, 2, 3, 6, salt=5), 3)
pool_forward.case("rest", numbers(1, 2, 5, 7, salt=3))
pool_forward.case("rest", numbers(2, 1, 7, 8, salt=60), 3)
pool_forward.case("rest", numbers(1, 1, 4, 5, salt=70))


pool_forward.case("values", numbers(1, 1, 2, 2, salt=3))
pool_forward.numpy_integers("values", numbers(1, 2, 6, 3, salt=5), 3)


@pool_forward.hidden
def pool_forward_hidden(rng):
    yield "values", (whole_numbers(rng, 2, 3, 6, 4),)
    yield "values", (-rng.integers(1, 30, (3, 2, 4, 8)) / 2, 4)
    yield "rest", (whole_numbers(rng, 2, 2, 5, 5),)
    yield "rest", (whole_numbers(rng, 1, 3, 8, 7), 3)


@pool_forward.misconception(
    "started from 0",
    hint="Where all four numbers are negative, 0 comes out. Do not start from 0: take the maximum "
    "of the window itself.",
)
def pool_forward_from_zero(x, size=2):
    return np.maximum(pooled(x, size), 0)


@pool_forward.misconception(
    "average",
    hint="This is the average of each window; asked for is its largest number.",
)
def pool_forward_average(x, size=2):
    return pooled(x, size, np.mean)


@pool_forward.misconception(
    "smallest",
    hint="This is the smallest number of each window.",
)
def pool_forward_smallest(x, size=2):
    return pooled(x, size, np.min)


@pool_forward.misconception(
    "windows overlap",
    hint="The windows overlap, one place apart. They should lie side by side: the stride is size.",
)
def pool_forward_overlap(x, size=2):
    return pooled(x, size, np.max, 1)


@pool_forward.misconception(
    "edge padded with zeros",
    hint="There are too many rows or columns where the size does not divide them. What does not "
    "fill a window is dropped.",
)
def pool_forward_padded(x, size=2):
    down, right = (-n % size for n in x.shape[2:])
    return pooled(np.pad(x, ((0, 0), (0, 0), (0, down), (0, right))), size)


@pool_forward.misconception(
    "half windows at the edge",
    hint="At the edge, windows that are not full give a number too. What does not fill a window is "
    "dropped: round the number of windows down.",
)
def pool_forward_half_windows(x, size=2):
    down, right = (-n % size for n in x.shape[2:])
    padded = np.pad(
        x.astype(float), ((0, 0), (0, 0), (0, down), (0, right)), constant_values=-np.inf
    )
    return pooled(padded, size)


@pool_forward.misconception(
    "only sizes that fit",
    hint="It stops with an error where the size does not divide rows or columns. Cut off what does "
    "not fit, and reshape after that.",
)
def pool_forward_reshape_only(x, size=2):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // size, size, w // size, size).max(axis=(3, 5))


@pool_forward.misconception(
    "wrong axes",
    hint="The maximum is taken over the wrong axes: after reshaping to (N, C, rows, size, columns, "
    "size), the cells of a window lie along axes 3 and 5.",
)
def pool_forward_wrong_axes(x, size=2):
    n, c, h, w = x.shape
    x = x[:, :, : h // size * size, : w // size * size]
    mixed = x.reshape(n, c, size, h // size, size, w // size)
    return mixed.max(axis=(2, 4))


@pool_forward.misconception(
    "channels mixed",
    hint="The maximum goes over the channels too. Every channel is pooled on its own.",
)
def pool_forward_channels(x, size=2):
    return pooled(x, size).max(axis=1)


@pool_forward.misconception(
    "channels mixed, axis kept",
    hint="All channels of an example hold the same numbers: the maximum goes over the channels "
    "too. Every channel is pooled on its own.",
)
def pool_forward_channels_kept(x, size=2):
    largest = pooled(x, size)
    return np.broadcast_to(largest.max(axis=1, keepdims=True), largest.shape).copy()


@pool_forward.misconception(
    "size always 2",
    hint="The windows are always 2 × 2. Use the argument size.",
)
def pool_forward_two(x, size=2):
    return pooled(x, 2)


@pool_forward.misconception(
    "windows start one place apart",
    hint="There are as many windows as there should be, but they lie one place apart: window r "
    "begins at row r · size.",
)
def pool_forward_starts(x, size=2):
    rows, columns = (n // size for n in x.shape[2:])
    return pooled(x, size, np.max, 1)[:, :, :rows, :columns]


@pool_forward.misconception(
    "largest of all examples",
    hint="All examples and channels hold the same numbers: without an axis, max gives one number "
    "for everything. Let it run over the window's rows and columns only, axes 2 and 3.",
)
def pool_forward_everything(x, size=2):
    largest = pooled(x, size)
    return np.broadcast_to(largest.max(axis=(0, 1), keepdims=True), largest.shape).copy()


@pool_forward.misconception(
    "examples and channels pooled",
    hint="The windows lie over examples and channels. x has the axes (N, C, H, W): rows and "
    "columns are the last two.",
)
def pool_forward_first_axes(x, size=2):
    return pooled(x.transpose(2, 3, 0, 1), size).transpose(2, 3, 0, 1)


@pool_forward.misconception(
    "wrong axes of the window",
    hint="It stops with an error each time, as when the maximum is taken along other axes than the "
    "window's own: of (N, C, rows, columns), the last two should go, and the first two stay.",
)
def pool_forward_other_axes(x, size=2):
    raise ValueError("could not broadcast input array")


@pool_forward.misconception(
    "only the largest column",
    hint="The maximum goes along one axis of the windows only: two rows, or two columns, are left "
    "where there should be one number. Give max both axes.",
)
def pool_forward_one_axis(x, size=2):
    columns = x.shape[3] // size
    cut = x[:, :, :, : columns * size]
    return cut.reshape(*x.shape[:3], columns, size).max(axis=4)


@pool_forward.misconception(
    "only the first number",
    hint="This is the number at the top left of each window. Asked for is the largest of all its "
    "numbers.",
)
def pool_forward_first(x, size=2):
    rows, columns = (n // size for n in x.shape[2:])
    return x[:, :, ::size, ::size][:, :, :rows, :columns]


@pool_forward.misconception(
    "square maps only",
    hint="The number of rows is used for the columns too: count them one by one, from x.shape[2] "
    "and from x.shape[3].",
)
def pool_forward_square(x, size=2):
    rows = x.shape[2] // size
    out = np.zeros((*x.shape[:2], rows, rows))
    for r in range(rows):
        for c in range(rows):
            window = x[:, :, r * size : (r + 1) * size, c * size : (c + 1) * size]
            out[:, :, r, c] = window.max(axis=(2, 3))
    return out


@pool_forward.misconception(
    "maximum over examples' channels and rows",
    hint="The maximum runs along axes 1 and 2 of the window, channels and rows. Its rows and "
    "columns are axes 2 and 3.",
)
def pool_forward_axes_one_two(x, size=2):
    out = np.zeros((*x.shape[:2], x.shape[2] // size, x.shape[3] // size))
    for r in range(out.shape[2]):
        for c in range(out.shape[3]):
            window = x[:, :, r * size : (r + 1) * size, c * size : (c + 1) * size]
            out[:, :, r, c] = window.max(axis=(1, 2))
    return out


@pool_forward.misconception(
    "maximum over all windows",
    hint="The maximum runs over the numbers of the windows, so that one window is left. After "
    "reshaping, the places inside a window are axes 3 and 5.",
)
def pool_forward_over_windows(x, size=2):
    n, c, h, w = x.shape
    rows, columns = h // size, w // size
    x = x[:, :, : rows * size, : columns * size]
    return x.reshape(n, c, rows, size, columns, size).max(axis=(2, 4))


@pool_forward.misconception(
    "maximum over the last two axes",
    hint="After reshaping to (N, C, rows, size, columns, size) the last two axes are the columns: "
    "the places inside a window are axes 3 and 5.",
)
def pool_forward_last_axes(x, size=2):
    n, c, h, w = x.shape
    rows, columns = h // size, w // size
    x = x[:, :, : rows * size, : columns * size]
    return x.reshape(n, c, rows, size, columns, size).max(axis=(4, 5))


@pool_forward.variant("cut and reshape")
def pool_forward_reshape(x, size=2):
    n, c, h, w = x.shape
    rows, columns = h // size, w // size
    x = x[:, :, : rows * size, : columns * size]
    return x.reshape(n, c, rows, size, columns, size).max(axis=(3, 5))


@pool_forward.variant("four loops")
def pool_forward_loops(x, size=2):
    n, channels, h, w = x.shape
    out = np.zeros((n, channels, h // size, w // size))
    for k in range(n):
        for channel in range(channels):
            for r in range(h // size):
                for c in range(w // size):
                    top, left = r * size, c * size
                    out[k, channel, r, c] = x[
                        k, channel, top : top + size, left : left + size
                    ].max()
    return out


@pool_forward.variant("maximum of shifted slices")
def pool_forward_slices(x, size=2):
    h, w = x.shape[2] // size * size, x.shape[3] // size * size
    cells = [x[:, :, i:h:size, j:w:size] for i in range(size) for j in range(size)]
    return np.maximum.reduce(cells)


# --- flatten ------------------------------------------------------------------------------------

flatten = exercise("flatten", points=1, aspects={"rows": "one row of numbers an example"})


@flatten.reference
def flatten_reference(x):
    return x.reshape(len(x), -1)


flatten.case("rows", np.arange(24).reshape(2, 3, 2, 2))
flatten.case("rows", numbers(3, 2, 4, 1, salt=9))
flatten.case("rows", numbers(4, 5))
flatten.case("rows", numbers(1, 2, 3))


flatten.case("rows", np.array([[[4]]]))


@flatten.hidden
def flatten_hidden(rng):
    yield "rows", (whole_numbers(rng, 3, 2, 2, 5),)
    yield "rows", (whole_numbers(rng, 2, 4, 3) / 2,)
    yield "rows", (whole_numbers(rng, 1, 3, 1, 2),)


@flatten.misconception(
    "columns first",
    hint="The numbers are taken in another order, the first index running fastest. NumPy's own "
    "order, in which the last index runs fastest, is asked for.",
)
def flatten_fortran(x):
    return x.reshape(len(x), -1, order="F")


@flatten.misconception(
    "everything in one row",
    hint="All examples have become one long row. Each example keeps a row of its own: the first "
    "axis stays.",
)
def flatten_everything(x):
    return x.reshape(-1)


@flatten.misconception(
    "everything in one row of a table",
    hint="All examples stand in a single row. Each example keeps a row of its own: there are N "
    "rows.",
)
def flatten_one_row(x):
    return x.reshape(1, -1)


@flatten.misconception(
    "examples in columns",
    hint="The examples stand in columns. Asked for is one row an example, (N, numbers).",
)
def flatten_columns(x):
    return x.reshape(len(x), -1).T


@flatten.misconception(
    "examples torn apart",
    hint="Reshaping to (-1, N) has the right count of numbers and tears the examples apart: the "
    "first axis should stay the first.",
)
def flatten_torn(x):
    return x.reshape(-1, len(x))


@flatten.misconception(
    "channels last",
    hint="Pixel after pixel, with all channels of a pixel together. Asked for is channel after "
    "channel, in the order in which the numbers already lie.",
)
def flatten_channels_last(x):
    return np.moveaxis(x, 1, -1).reshape(len(x), -1)


@flatten.misconception(
    "only one axis less",
    hint="There are still several axes in an example. Only two axes are left in the end, whatever "
    "x had: (N, product).",
)
def flatten_one_axis(x):
    return x.reshape(*x.shape[:2], -1)


@flatten.misconception(
    "always four axes, by index",
    hint="For x with fewer than four axes it stops with an IndexError. The lengths of all axes but "
    "the first are multiplied, however many there are: let reshape work it out.",
)
def flatten_four_axes(x):
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3])


@flatten.misconception(
    "always four axes, unpacked",
    hint="Your function takes four axes for granted, and stops with an error where x has two or "
    "three. Only the first is sure: let reshape work out the rest.",
)
def flatten_unpacked(x):
    n, channels, rows, columns = x.shape
    return x.reshape(n, channels * rows * columns)


@flatten.misconception(
    "only the first example",
    hint="Only the first example comes back. Every example of the batch gets a row.",
)
def flatten_first(x):
    return x[:1].reshape(1, -1)


@flatten.variant("the product of the other axes")
def flatten_product(x):
    return np.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))


@flatten.variant("example by example")
def flatten_loop(x):
    return np.array([example.ravel() for example in x])


@flatten.variant("filled row by row")
def flatten_filled(x):
    out = np.zeros((len(x), x[0].size))
    for n in range(len(x)):
        out[n] = x[n].flatten()
    return out


# --- dense --------------------------------------------------------------------------------------

dense = exercise(
    "dense",
    points=2,
    aspects={"one": "a batch of one", "batch": "several examples"},
)


@dense.reference
def dense_reference(x, w, b):
    return x @ w + b


dense.case("one", np.array([[1, 2, 3]]), np.array([[1, 10], [2, 0], [-1, 5]]), np.array([100, 50]))
dense.case("one", numbers(1, 4, salt=2), numbers(4, 3, salt=11), np.array([0.5, -1, 8]))
dense.case("batch", numbers(2, 4, salt=5), numbers(4, 3, salt=17), np.array([20.0, -30.0, 0.5]))
dense.case("batch", numbers(3, 3, salt=31), numbers(3, 3, salt=40), np.array([7, -9, 50]))
dense.case("batch", numbers(4, 2, salt=21) / 2, numbers(2, 5, salt=44), np.array([1, 2, 3, 4, 90]))


dense.case("one", numbers(1, 3, salt=2), numbers(3, 1, salt=3), np.array([7]))


@dense.hidden
def dense_hidden(rng):
    for aspect, n, inputs, units in (("one", 1, 5, 2), ("batch", 3, 4, 4), ("batch", 2, 6, 3)):
        w = whole_numbers(rng, inputs, units) / 2
        yield aspect, (whole_numbers(rng, n, inputs), w, whole_numbers(rng, units) * 10)


@dense.misconception(
    "bias missing",
    hint="The sums of products are right, but the biases b are not added.",
)
def dense_no_bias(x, w, b):
    return x @ w


@dense.misconception(
    "bias once an input",
    hint="The bias is added once for every input. Add it once to each unit's sum.",
)
def dense_bias_an_input(x, w, b):
    return x @ w + len(w) * b


@dense.misconception(
    "weights transposed",
    hint="The weights are transposed. w has a row for every input and a column for every unit, so "
    "they fit together as x @ w.",
)
def dense_transposed(x, w, b):
    return x @ w.T + b


@dense.misconception(
    "factors exchanged",
    hint="The two factors are exchanged: w @ x puts the units' columns on the examples. The inputs "
    "of an example are a row of x, so x comes first.",
)
def dense_exchanged(x, w, b):
    return w @ x + b


@dense.misconception(
    "examples in columns",
    hint="The result is transposed: each example should keep its row.",
)
def dense_columns(x, w, b):
    return (x @ w + b).T


@dense.misconception(
    "bias by example",
    hint="The biases run down the examples. Each unit, which is a column of the result, has its "
    "own bias.",
)
def dense_bias_by_example(x, w, b):
    return x @ w + b[:, None]


@dense.misconception(
    "relu inside",
    hint="Negative numbers have become 0. The layer itself only multiplies and adds; relu comes "
    "after it, and not always.",
)
def dense_relu(x, w, b):
    return np.maximum(x @ w + b, 0)


@dense.misconception(
    "only the first example",
    hint="Only the first example comes back. x holds a whole batch, one example a row.",
)
def dense_first(x, w, b):
    return x[0] @ w + b


@dense.misconception(
    "other examples left zero",
    hint="The first example is right, the others are all 0: the return stands inside a loop.",
)
def dense_first_only(x, w, b):
    out = x @ w + b
    out[1:] = 0
    return out


@dense.misconception(
    "only the first unit",
    hint="Only one unit answers. w has a column for each unit, and each gives a number for every "
    "example.",
)
def dense_one_unit(x, w, b):
    return x @ w[:, 0] + b[0]


@dense.misconception(
    "element by element",
    hint="`x * w` multiplies element by element, or stops because the shapes differ. For sums of "
    "products along the inputs there is `x @ w`.",
)
def dense_elementwise(x, w, b):
    return x * w + b


@dense.misconception(
    "first bias for every unit",
    hint="The first bias is added to every unit. Unit o has the bias b[o].",
)
def dense_first_bias(x, w, b):
    return x @ w + b[0]


@dense.misconception(
    "all biases for every unit",
    hint="Every unit gets the sum of all biases. Unit o has one bias of its own, b[o].",
)
def dense_all_biases(x, w, b):
    return x @ w + b.sum()


@dense.variant("loops")
def dense_loops(x, w, b):
    out = np.zeros((x.shape[0], w.shape[1]))
    for n in range(x.shape[0]):
        for unit in range(w.shape[1]):
            out[n, unit] = b[unit]
            for i in range(x.shape[1]):
                out[n, unit] += x[n, i] * w[i, unit]
    return out


@dense.variant("einsum")
def dense_einsum(x, w, b):
    return np.einsum("ni,io->no", x, w) + b[None, :]


@dense.variant("unit by unit")
def dense_units(x, w, b):
    return np.stack([(x * w[:, o]).sum(axis=1) + b[o] for o in range(len(b))], axis=1)


# --- softmax ------------------------------------------------------------------------------------

softmax = exercise(
    "softmax",
    points=3,
    aspects={
        "probabilities": "scores to probabilities",
        "axes": "along the last axis, however many there are",
        "large": "scores of ±1000",
    },
)


@softmax.reference
def softmax_reference(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


softmax.case("probabilities", np.log([[1.0, 2.0, 5.0]]))
softmax.case("probabilities", np.array([[0, 1, 2], [3, -1, 0.5]]))
softmax.case("probabilities", np.array([[0, 1, 2], [3, -1, 0.5], [2, 2, -4]]))
softmax.case("axes", np.array([0.5, -2.0, 1.0, 1.5]))
softmax.case("axes", np.array([[[0, 1, 3], [2, 1, -1]], [[1, 1, 4], [-2, 0, 1]]]))
softmax.case("large", np.array([[1000, 999, 998], [-1000, -999, -1001]]))
softmax.case("large", np.array([[-1000, -1001, -1001], [0, 1, 2]]))
softmax.case("large", np.array([[1000, -1000, 0]]))


softmax.case("axes", np.array([[3.0]]))


@softmax.hidden
def softmax_hidden(rng):
    yield "probabilities", (whole_numbers(rng, 3, 4) / 4,)
    yield "probabilities", (whole_numbers(rng, 4, 2) / 4,)
    yield "axes", (whole_numbers(rng, 5) / 4,)
    yield "axes", (whole_numbers(rng, 2, 3, 4) / 4,)
    yield "large", (1000 + whole_numbers(rng, 2, 3) / 4,)
    yield "large", (np.array([[-1000], [1000]]) + whole_numbers(rng, 2, 3) / 4,)


@softmax.misconception(
    "large scores overflow",
    hint="For large scores it gives nan: exp(1000) is infinite, and infinity divided by infinity "
    "is no number. Take the largest score of each row away first; that changes no probability.",
)
def softmax_overflow(scores):
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "largest of all",
    hint="You take away the largest score of all rows. A row that lies far below it becomes all "
    "zeros: take away each row's own largest.",
)
def softmax_largest_of_all(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "down the columns",
    hint="The columns sum to 1, down the examples. Each example is a row: sum along the last axis, "
    "axis=-1.",
)
def softmax_columns(scores):
    powers = np.exp(scores - scores.max(axis=0, keepdims=True))
    return powers / powers.sum(axis=0, keepdims=True)


@softmax.misconception(
    "down the columns, no largest taken away",
    hint="The columns sum to 1, not the rows: sum along the last axis. And large scores overflow: "
    "take each row's largest away first.",
)
def softmax_columns_overflow(scores):
    powers = np.exp(scores)
    return powers / powers.sum(axis=0, keepdims=True)


@softmax.misconception(
    "over everything",
    hint="All numbers together sum to 1. Each row should do so by itself: sum along the last axis "
    "only.",
)
def softmax_everything(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


@softmax.misconception(
    "over everything, no largest taken away",
    hint="All numbers together sum to 1, and large scores overflow. Each row should sum to 1 by "
    "itself, after its largest score was taken away.",
)
def softmax_everything_overflow(scores):
    powers = np.exp(scores)
    return powers / powers.sum()


@softmax.misconception(
    "two axes only",
    hint="Axis 1 is the last axis of a table only. A single row has no axis 1, and an array with "
    "three axes has another one after it: use axis=-1.",
)
def softmax_axis_one(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.misconception(
    "axis lost in the sum",
    hint="After summing, the last axis is gone, and NumPy lays the sums along the wrong direction "
    "or stops. keepdims=True keeps an axis of length 1.",
)
def softmax_no_keepdims(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1)


@softmax.misconception(
    "axis lost in the maximum",
    hint="The largest score of each row is taken from the wrong place: after max the last axis is "
    "gone. keepdims=True keeps it.",
)
def softmax_no_keepdims_max(scores):
    powers = np.exp(scores - scores.max(axis=-1))
    return powers / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "axis lost twice",
    hint="max and sum both lose the last axis, so NumPy lays them along the wrong direction or "
    "stops. keepdims=True in both keeps it.",
)
def softmax_no_keepdims_twice(scores):
    powers = np.exp(scores - scores.max(axis=-1))
    return powers / powers.sum(axis=-1)


@softmax.misconception(
    "no powers",
    hint="The scores themselves are divided by their sum, so some come out negative. Take exp of "
    "each first.",
)
def softmax_no_powers(scores):
    return scores / scores.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "powers not divided",
    hint="The rows do not sum to 1: divide each power by the sum of its row.",
)
def softmax_not_divided(scores):
    return np.exp(scores - scores.max(axis=-1, keepdims=True))


@softmax.misconception(
    "logarithms",
    hint="These are the logarithms of the probabilities. Asked for are the probabilities.",
)
def softmax_logarithms(scores):
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@softmax.misconception(
    "powers not divided, no largest taken away",
    hint="These are the powers, the upper half of the formula. Divide each by the sum of its row; "
    "and take the row's largest score away before exp, or large scores become infinite.",
)
def softmax_only_powers(scores):
    return np.exp(scores)


@softmax.misconception(
    "largest taken away above only",
    hint="The largest score is taken away above the line of the fraction, but not below it. Keep "
    "the powers under a name, and divide them by their own sum.",
)
def softmax_above_only(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / np.exp(scores).sum(axis=-1, keepdims=True)


@softmax.misconception(
    "largest taken away below only",
    hint="The largest score is taken away below the line of the fraction, but not above it. Keep "
    "the powers under a name, and divide them by their own sum.",
)
def softmax_below_only(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.exp(scores) / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "largest power taken away",
    hint="The largest is taken away after exp, where it changes the probabilities and comes too "
    "late for large scores. Take it from the scores, before exp.",
)
def softmax_too_late(scores):
    powers = np.exp(scores)
    powers = powers - powers.max(axis=-1, keepdims=True)
    return powers / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "smallest taken away",
    hint="You take the smallest score of each row away, so what is left may still be 2000. With "
    "the largest taken away nothing is above 0.",
)
def softmax_smallest(scores):
    powers = np.exp(scores - scores.min(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "divided by the largest power",
    hint="The largest number of each row is 1: the powers are divided by the largest of them. "
    "Divide by the sum of the row.",
)
def softmax_by_largest(scores):
    powers = np.exp(scores - scores.mean(axis=-1, keepdims=True))
    return powers / powers.max(axis=-1, keepdims=True)


@softmax.misconception(
    "largest by row, sum by column",
    hint="Each row's own largest is taken away, but the sums run down the columns, as with "
    "Python's sum(…). Let the sum run along the last axis, axis=-1, with keepdims=True.",
)
def softmax_python_sum(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / sum(powers)


@softmax.misconception(
    "largest by row, sum over everything",
    hint="Each row's own largest is taken away, but the powers are divided by the sum of all rows: "
    "without an axis, sum adds up everything. Give it axis=-1 and keepdims=True.",
)
def softmax_sum_of_all(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum()


@softmax.variant("row by row")
def softmax_rows(scores):
    out = np.zeros(scores.shape)
    for place in np.ndindex(scores.shape[:-1]):
        row = scores[place]
        powers = np.exp(row - max(row))
        out[place] = powers / sum(powers)
    return out


@softmax.variant("a new axis")
def softmax_new_axis(scores):
    powers = np.exp(scores - np.max(scores, axis=-1)[..., None])
    return powers / np.sum(powers, axis=-1)[..., np.newaxis]


@softmax.variant("by logarithms")
def softmax_by_logarithms(scores):
    largest = scores.max(-1, keepdims=True)
    total = largest + np.log(np.exp(scores - largest).sum(-1, keepdims=True))
    return np.exp(scores - total)


# --- cross_entropy ------------------------------------------------------------------------------

cross_entropy = exercise(
    "cross_entropy",
    points=3,
    aspects={"values": "the mean over a batch", "certain": "a probability of 0"},
    shares={"values": 2, "certain": 1},
)


def of_labels(probabilities, labels):
    """The probability of each example's right class, not below 1e−12."""
    return np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)


@cross_entropy.reference
def cross_entropy_reference(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)).mean())


FOUR = np.array([[0.2, 0.4, 0.1, 0.3]])
THREE = np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]])
SQUARE = np.array([[0.5, 0.375, 0.125], [0.25, 0.625, 0.125], [0.2, 0.5, 0.3]])
cross_entropy.case("values", FOUR, np.array([2]))
cross_entropy.case("values", THREE, np.array([1, 0]))
cross_entropy.case("values", SQUARE, np.array([0, 2, 1]))
cross_entropy.case("certain", np.array([[0.0, 0.75, 0.25], [0.5, 0.1, 0.4]]), np.array([0, 2]))
cross_entropy.case("certain", np.array([[1.0, 0.0, 0.0]]), np.array([1]))
cross_entropy.case("certain", np.array([[0.0, 1.0], [0.75, 0.25]]), np.array([1, 1]))


@cross_entropy.hidden
def cross_entropy_hidden(rng):
    for n, k in ((1, 5), (4, 3), (3, 3)):
        counts = rng.integers(1, 9, (n, k))
        yield "values", (counts / counts.sum(axis=1, keepdims=True), rng.integers(0, k, n))
    counts = rng.integers(1, 9, (3, 4))
    counts[1, 2] = 0
    labels = np.array([rng.integers(0, 4), 2, rng.integers(0, 4)])
    yield "certain", (counts / counts.sum(axis=1, keepdims=True), labels)


@cross_entropy.misconception(
    "sum instead of mean",
    hint="The losses of the examples are added up. Divide by how many there are, so that large "
    "batches do not look worse.",
)
def cross_entropy_sum(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)).sum())


@cross_entropy.misconception(
    "without the minus",
    hint="The loss comes out negative. Logarithms of numbers below 1 are negative: put a minus "
    "sign in front.",
)
def cross_entropy_sign(probabilities, labels):
    return float(np.log(of_labels(probabilities, labels)).mean())


@cross_entropy.misconception(
    "logarithm of 0",
    hint="A probability of 0 gives an infinite loss, or an error. Let it count as 1e-12: take the "
    "larger of the two before the logarithm.",
)
def cross_entropy_zero(probabilities, labels):
    return float(-np.log(probabilities[np.arange(len(labels)), labels]).mean())


@cross_entropy.misconception(
    "logarithm of 0, with Python's math",
    hint="math.log stops with an error for a probability of 0. Let it count as 1e-12: take the "
    "larger of the two before the logarithm.",
)
def cross_entropy_math(probabilities, labels):
    right = probabilities[np.arange(len(labels)), labels]
    if (right == 0).any():
        raise ValueError("math domain error")
    return float(-np.log(right).mean())


@cross_entropy.misconception(
    "base 2",
    hint="This is the logarithm to the base 2. The natural one, np.log, is asked for.",
)
def cross_entropy_base_two(probabilities, labels):
    return float(-np.log2(of_labels(probabilities, labels)).mean())


@cross_entropy.misconception(
    "base 10",
    hint="This is the logarithm to the base 10. The natural one, np.log, is asked for.",
)
def cross_entropy_base_ten(probabilities, labels):
    return float(-np.log10(of_labels(probabilities, labels)).mean())


@cross_entropy.misconception(
    "one-hot labels expected",
    hint="The labels are used as factors, as if they were rows of zeros with a single 1. They are "
    "class numbers: label 2 means the probability at place 2 of its row.",
)
def cross_entropy_one_hot(probabilities, labels):
    return float(-np.sum(labels * np.log(np.maximum(probabilities, 1e-12))) / len(labels))


@cross_entropy.misconception(
    "labels as rows",
    hint="probabilities[labels] picks whole rows, by example. Asked for is one number of each row: "
    "two indices, the example and its label.",
)
def cross_entropy_rows(probabilities, labels):
    return float(-np.log(np.maximum(probabilities[labels], 1e-12)).mean())


@cross_entropy.misconception(
    "every example with every label",
    hint="probabilities[:, labels] pairs every example with every label. Each example has its own: "
    "give the numbers of the examples as the first index, np.arange(N).",
)
def cross_entropy_pairs(probabilities, labels):
    return float(-np.log(np.maximum(probabilities[:, labels], 1e-12)).mean())


@cross_entropy.misconception(
    "mean over all classes",
    hint="The mean goes over all classes. Only the probability of the right class counts, one for "
    "each example.",
)
def cross_entropy_all_classes(probabilities, labels):
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())


@cross_entropy.misconception(
    "the likeliest class",
    hint="The loss is that of the likeliest class, whether it is right or not. Take the "
    "probability of the label.",
)
def cross_entropy_likeliest(probabilities, labels):
    return float(-np.log(probabilities.max(axis=1)).mean())


@cross_entropy.misconception(
    "one loss an example",
    hint="There is one loss for each example. Return their mean, a single number.",
)
def cross_entropy_each(probabilities, labels):
    return -np.log(of_labels(probabilities, labels))


@cross_entropy.misconception(
    "logarithm of the mean",
    hint="You take the mean of the probabilities first and its logarithm after that. First the "
    "logarithm of each, then the mean.",
)
def cross_entropy_late(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels).mean()))


@cross_entropy.misconception(
    "divided by the classes",
    hint="The sum is divided by the number of classes. Divide by the number of examples.",
)
def cross_entropy_by_classes(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)).sum() / probabilities.shape[1])


@cross_entropy.misconception(
    "the smaller of the two",
    hint="The loss is 27.6 for everybody: np.minimum takes the smaller number, and that is always "
    "1e-12. To keep p from being too small, take the larger one.",
)
def cross_entropy_minimum(probabilities, labels):
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.minimum(right, 1e-12)).mean())


@cross_entropy.misconception(
    "clipped after the logarithm",
    hint="The smallest value is set after the logarithm, and logarithms of probabilities are all "
    "negative, so nothing is left of them. Set it before.",
)
def cross_entropy_clipped_late(probabilities, labels):
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.maximum(np.log(right), 1e-12).mean())


@cross_entropy.misconception(
    "indices exchanged",
    hint="The two indices are exchanged: the first one is the row, that is the example, and the "
    "second one its label.",
)
def cross_entropy_exchanged(probabilities, labels):
    right = probabilities[labels, np.arange(len(labels))]
    return float(-np.log(np.maximum(right, 1e-12)).mean())


@cross_entropy.misconception(
    "row 0 for every example",
    hint="The probabilities all come from row 0. Example n has its own row.",
)
def cross_entropy_row_zero(probabilities, labels):
    return float(-np.log(np.maximum(probabilities[0, labels], 1e-12)).mean())


@cross_entropy.misconception(
    "only the first example",
    hint="This is the loss of the first example alone. Is the return inside the loop? Asked for is "
    "the mean over all of them.",
)
def cross_entropy_first(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)[0]))


@cross_entropy.misconception(
    "labels counted from 1",
    hint="Your labels are one place off: label 2 means the probability at place 2, counted from 0.",
)
def cross_entropy_from_one(probabilities, labels):
    return cross_entropy(probabilities, labels - 1)


@cross_entropy.misconception(
    "only the last example",
    hint="Only the last example's loss is left, divided by N: each one takes the place of the one "
    "before. Add with += or -=.",
)
def cross_entropy_last(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)[-1]) / len(labels))


@cross_entropy.misconception(
    "as many examples as classes",
    hint="It works only where there are as many examples as classes: the first index counts the "
    "examples, from 0 to N − 1.",
)
def cross_entropy_arange_classes(probabilities, labels):
    right = probabilities[np.arange(probabilities.shape[1]), labels]
    return float(-np.log(np.maximum(right, 1e-12)).mean())


@cross_entropy.misconception(
    "max instead of maximum",
    hint="It stops with a TypeError, as np.max does here: it takes the 1e-12 for an axis. To "
    "compare each number with 1e-12 there is np.maximum.",
)
def cross_entropy_np_max(probabilities, labels):
    return float(-np.log(np.max(probabilities, 1e-12)).mean())


@cross_entropy.variant("a loop")
def cross_entropy_loop(probabilities, labels):
    total = 0.0
    for n in range(len(labels)):
        total -= np.log(max(probabilities[n, labels[n]], 1e-12))
    return total / len(labels)


@cross_entropy.variant("np.clip")
def cross_entropy_clip(probabilities, labels):
    right = probabilities[range(len(labels)), labels]
    return -np.mean(np.log(np.clip(right, 1e-12, 1)))


@cross_entropy.variant("one-hot rows made here")
def cross_entropy_made(probabilities, labels):
    one_hot = np.eye(probabilities.shape[1])[labels]
    return -np.sum(one_hot * np.log(np.maximum(probabilities, 1e-12))) / len(labels)


# --- trap: softmax along the wrong axis ---------------------------------------------------------

trap_axis = Exercise(
    "trap_axis", aspects={"values": "the share of each number in its row"}, points=0
)


@trap_axis.reference
def trap_axis_reference(powers):
    return powers / powers.sum(axis=-1, keepdims=True)


trap_axis.case("values", np.array([[1.0, 2.0, 5.0], [6.0, 1.0, 1.0]]))
trap_axis.case("values", np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 7.0]]))
trap_axis.case("values", np.array([[4.0, 1.0, 3.0], [1.0, 1.0, 2.0], [3.0, 3.0, 2.0]]))


@trap_axis.misconception(
    "as found",
    hint="Print the sums along both axes: which of them are 1? An example is a row, and its "
    "probabilities lie side by side.",
    untouched=True,
)
def trap_axis_found(powers):
    return powers / powers.sum(axis=0, keepdims=True)


@trap_axis.misconception(
    "keepdims lost",
    hint="The axis is right now, but the sums have lost it: keepdims=True keeps an axis of length "
    "1, so that each row is divided by its own sum.",
)
def trap_axis_no_keepdims(powers):
    return powers / powers.sum(axis=1)


@trap_axis.misconception(
    "over everything",
    hint="Now all the numbers together make 1. Each row should do so by itself.",
)
def trap_axis_everything(powers):
    return powers / powers.sum()


@trap_axis.misconception(
    "transposed",
    hint="The rows are right, but the table has been turned on its side.",
)
def trap_axis_transposed(powers):
    return (powers / powers.sum(axis=1, keepdims=True)).T


@trap_axis.variant("axis 1")
def trap_axis_one(powers):
    return powers / powers.sum(axis=1, keepdims=True)


@trap_axis.variant("turned twice")
def trap_axis_turned(powers):
    return (powers.T / powers.sum(axis=1)).T


@trap_axis.variant("row by row")
def trap_axis_rows(powers):
    return np.array([row / row.sum() for row in powers])


# --- forward ------------------------------------------------------------------------------------

forward = exercise(
    "forward",
    points=5,
    aspects={"small": "a small network", "sizes": "other sizes and batches"},
    shares={"small": 3, "sizes": 2},
)


def positive(x):
    return np.maximum(x, 0)


def network(channels, depths, kernels, flat, units, salt=0):
    """The ten parameters of a small network, eighths and quarters."""
    shapes = {
        "conv1": (depths[0], channels, kernels[0], kernels[0]),
        "conv2": (depths[1], depths[0], kernels[1], kernels[1]),
        "dense1": (flat, units[0]),
        "dense2": (units[0], units[1]),
        "dense3": (units[1], units[2]),
    }
    parameters = {}
    for place, (name, shape) in enumerate(shapes.items()):
        outputs = shape[0] if len(shape) == 4 else shape[1]
        parameters[f"{name}_w"] = numbers(*shape, salt=salt + 211 * place) / 8
        parameters[f"{name}_b"] = numbers(outputs, salt=salt + 97 * place + 5) / 4
    return parameters


def to_features(x, p, first=positive, second=positive):
    """Both convolutions and poolings."""
    x = pooled(first(layer(x, p["conv1_w"], p["conv1_b"])), 2)
    return pooled(second(layer(x, p["conv2_w"], p["conv2_b"])), 2)


def to_scores(flat, p, first=positive, second=positive):
    """The three dense layers."""
    x = first(flat @ p["dense1_w"] + p["dense1_b"])
    x = second(x @ p["dense2_w"] + p["dense2_b"])
    return x @ p["dense3_w"] + p["dense3_b"]


def as_they_are(x):
    return x


@forward.reference
def forward_reference(x, parameters):
    return softmax(to_scores(flatten(to_features(x, parameters)), parameters))


SMALL = network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=9)
PICTURES = numbers(2, 1, 12, 14, salt=77) / 8
OTHER = network(2, (3, 2), (2, 3), 4, (4, 3, 5), salt=76)
COLOURED = numbers(3, 2, 9, 13, salt=20) / 4
forward.case("small", PICTURES, SMALL)
forward.case("small", PICTURES[1:], network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=40))
forward.case("sizes", COLOURED, OTHER)
# A right program never notices; what is left out or written twice gives a number here, where it
# would otherwise stop with the same error as any other slip.
ALIKE = network(2, (2, 2), (1, 1), 4, (4, 4, 4), salt=19)  # all layers of one kind have one shape
forward.case("sizes", numbers(2, 2, 4, 8, salt=31) / 4, ALIKE)
ONE_ROW = network(1, (2, 1), (2, 2), 3, (4, 3, 2), salt=62)  # one map of 1 × 3 goes into flatten
forward.case("sizes", numbers(1, 1, 7, 15, salt=13) / 4, ONE_ROW)
SPREAD = network(1, (1, 6), (3, 1), 6, (3, 4, 2), salt=27)  # one map of 2 × 3, or six of 1 × 1
forward.case("sizes", numbers(2, 1, 6, 8, salt=51) / 4, SPREAD)


@forward.hidden
def forward_hidden(rng):
    yield "small", (rng.integers(-8, 9, (2, 1, 12, 14)) / 8, SMALL)
    salt = int(rng.integers(1, 5000))
    yield "small", (PICTURES, network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=salt))
    yield (
        "sizes",
        (
            rng.integers(-8, 9, (3, 1, 11, 10)) / 8,
            network(1, (2, 2), (2, 2), 4, (3, 4, 2), salt=salt),
        ),
    )


@forward.misconception(
    "scores instead of probabilities",
    hint="These are the scores of the last layer. One step is missing at the end: softmax.",
)
def forward_scores(x, parameters):
    return to_scores(flatten(to_features(x, parameters)), parameters)


@forward.misconception(
    "relu after the last layer",
    hint="There is a relu after the last dense layer too, so all negative scores look alike. The "
    "scores go into softmax as they are.",
)
def forward_relu_last(x, parameters):
    return softmax(positive(to_scores(flatten(to_features(x, parameters)), parameters)))


@forward.misconception(
    "no relu at all",
    hint="There is no relu anywhere. It follows every layer with weights but the last: without it, "
    "several layers in a row are no more than one.",
)
def forward_no_relu(x, parameters):
    features = to_features(x, parameters, as_they_are, as_they_are)
    return softmax(to_scores(flatten(features), parameters, as_they_are, as_they_are))


@forward.misconception(
    "no relu after the convolutions",
    hint="The relus after the two convolutions are missing.",
)
def forward_no_relu_conv(x, parameters):
    features = to_features(x, parameters, as_they_are, as_they_are)
    return softmax(to_scores(flatten(features), parameters))


@forward.misconception(
    "no relu after the dense layers",
    hint="The relus after the first two dense layers are missing.",
)
def forward_no_relu_dense(x, parameters):
    flat = flatten(to_features(x, parameters))
    return softmax(to_scores(flat, parameters, as_they_are, as_they_are))


@forward.misconception(
    "no relu after the first convolution",
    hint="The relu after the first convolution is missing.",
)
def forward_no_relu_first(x, parameters):
    features = to_features(x, parameters, first=as_they_are)
    return softmax(to_scores(flatten(features), parameters))


@forward.misconception(
    "no relu after the second convolution",
    hint="The relu after the second convolution is missing.",
)
def forward_no_relu_second(x, parameters):
    features = to_features(x, parameters, second=as_they_are)
    return softmax(to_scores(flatten(features), parameters))


@forward.misconception(
    "no relu after the first dense layer",
    hint="The relu after the first dense layer is missing.",
)
def forward_no_relu_dense_first(x, parameters):
    flat = flatten(to_features(x, parameters))
    return softmax(to_scores(flat, parameters, first=as_they_are))


@forward.misconception(
    "no relu after the second dense layer",
    hint="The relu after the second dense layer is missing.",
)
def forward_no_relu_dense_second(x, parameters):
    flat = flatten(to_features(x, parameters))
    return softmax(to_scores(flat, parameters, second=as_they_are))


@forward.misconception(
    "softmax down the columns",
    hint="The probabilities sum to 1 down the examples. Each example, a row, should sum to 1.",
)
def forward_columns(x, parameters):
    scores = to_scores(flatten(to_features(x, parameters)), parameters)
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


@forward.misconception(
    "flattened in another order",
    hint="The dense layers meet the numbers in another order than their weights expect: flatten "
    "row by row, channel after channel, as the exercise above does.",
)
def forward_other_order(x, parameters):
    features = to_features(x, parameters)
    return softmax(to_scores(features.reshape(len(x), -1, order="F"), parameters))


@forward.misconception(
    "flattened with channels last",
    hint="The numbers are flattened pixel by pixel, channels last. Channel after channel is what "
    "the weights of the dense layer expect.",
)
def forward_channels_last(x, parameters):
    features = to_features(x, parameters).transpose(0, 2, 3, 1)
    return softmax(to_scores(features.reshape(len(x), -1), parameters))


@forward.misconception(
    "kernels reversed",
    hint="The kernels are reversed. The layers of a network correlate.",
)
def forward_reversed(x, parameters):
    turned = dict(parameters)
    for name in ("conv1_w", "conv2_w"):
        turned[name] = parameters[name][:, :, ::-1, ::-1]
    return softmax(to_scores(flatten(to_features(x, turned)), turned))


@forward.misconception(
    "no biases",
    hint="The biases are not used: every layer with weights also has its own, conv1_b to dense3_b.",
)
def forward_no_bias(x, parameters):
    bare = {name: value * name.endswith("_w") for name, value in parameters.items()}
    return softmax(to_scores(flatten(to_features(x, bare)), bare))


@forward.misconception(
    "average pooling",
    hint="The maps are pooled by their average. Max pooling is asked for.",
)
def forward_average(x, parameters):
    p = parameters
    x = pooled(positive(layer(x, p["conv1_w"], p["conv1_b"])), 2, np.mean)
    x = pooled(positive(layer(x, p["conv2_w"], p["conv2_b"])), 2, np.mean)
    return softmax(to_scores(flatten(x), p))


@forward.misconception(
    "only the first example",
    hint="Only the first example comes back. x holds a batch, and so does the result: (N, "
    "classes).",
)
def forward_first(x, parameters):
    return softmax(to_scores(flatten(to_features(x, parameters)), parameters))[0]


@forward.misconception(
    "second pooling missing",
    hint="It stops with an error each time: one step gives what the next cannot take. Print "
    "x.shape after every line and lay it beside the table. Is the second pooling missing, or is a "
    "size such as 400 written as a number?",
)
def forward_one_pooling(x, parameters):
    p = parameters
    x = pooled(positive(layer(x, p["conv1_w"], p["conv1_b"])), 2)
    x = positive(layer(x, p["conv2_w"], p["conv2_b"]))
    return softmax(to_scores(flatten(x), p))


@forward.misconception(
    "a size written as a number",
    hint="It is right for one network only: a size of that network, such as 12, stands in the code "
    "as a number. Let the arrays say how large they are; flatten needs no number.",
)
def forward_fixed(x, parameters):
    features = to_features(x, parameters)
    return softmax(to_scores(features.reshape(-1, 12), parameters))


@forward.misconception(
    "only the first relu",
    hint="There is a relu in the first block, which was given, and none after it. Every layer with "
    "weights is followed by one, except the last.",
)
def forward_only_first_relu(x, parameters):
    features = to_features(x, parameters, second=as_they_are)
    return softmax(to_scores(flatten(features), parameters, as_they_are, as_they_are))


@forward.misconception(
    "second block missing",
    hint="After the first block it goes straight on to flatten. The second block is missing: "
    "conv2, relu and pooling once more.",
)
def forward_one_block(x, parameters):
    p = parameters
    x = pooled(positive(layer(x, p["conv1_w"], p["conv1_b"])), 2)
    return softmax(to_scores(flatten(x), p))


@forward.misconception(
    "second convolution lost",
    hint="The second convolution is not in the result: is it missing, or is its result not kept? "
    "Each line should begin with x =.",
)
def forward_no_second(x, parameters):
    p = parameters
    x = pooled(positive(layer(x, p["conv1_w"], p["conv1_b"])), 2)
    return softmax(to_scores(flatten(pooled(positive(x), 2)), p))


@forward.misconception(
    "flatten missing",
    hint="The maps go into the first dense layer as they are, with four axes. It takes a row of "
    "numbers for each example: flatten comes before it.",
)
def forward_not_flat(x, parameters):
    return softmax(to_scores(to_features(x, parameters), parameters))


@forward.misconception(
    "one row for the whole batch",
    hint="It works for a single picture only: all examples are laid out in one row together. Each "
    "example keeps its own row, as in your flatten.",
)
def forward_one_row(x, parameters):
    return softmax(to_scores(to_features(x, parameters).reshape(1, -1), parameters))


@forward.misconception(
    "conv1 used twice",
    hint="The second convolution uses the weights of the first. It has its own, conv2_w and "
    "conv2_b.",
)
def forward_conv_twice(x, parameters):
    p = {**parameters, "conv2_w": parameters["conv1_w"], "conv2_b": parameters["conv1_b"]}
    return softmax(to_scores(flatten(to_features(x, p)), p))


@forward.misconception(
    "dense1 used twice",
    hint="The second dense layer uses the weights of the first. It has its own, dense2_w and "
    "dense2_b.",
)
def forward_dense_twice(x, parameters):
    p = {**parameters, "dense2_w": parameters["dense1_w"], "dense2_b": parameters["dense1_b"]}
    return softmax(to_scores(flatten(to_features(x, p)), p))


@forward.misconception(
    "dense2 used twice",
    hint="The last dense layer uses the weights of the second. It has its own, dense3_w and "
    "dense3_b.",
)
def forward_last_dense_twice(x, parameters):
    p = {**parameters, "dense3_w": parameters["dense2_w"], "dense3_b": parameters["dense2_b"]}
    return softmax(to_scores(flatten(to_features(x, p)), p))


@forward.misconception(
    "dense weights transposed",
    hint="The dense layers get their weights transposed. dense1_w and the others have a row for "
    "each input already, as your dense expects.",
)
def forward_transposed(x, parameters):
    p = {name: a.T if name.startswith("dense") else a for name, a in parameters.items()}
    return softmax(to_scores(flatten(to_features(x, p)), p))


@forward.misconception(
    "third dense layer missing",
    hint="There are two dense layers only. The third one, dense3, gives a score for each class.",
)
def forward_two_dense(x, parameters):
    p = parameters
    flat = flatten(to_features(x, p))
    flat = positive(flat @ p["dense1_w"] + p["dense1_b"])
    return softmax(flat @ p["dense2_w"] + p["dense2_b"])


@forward.misconception(
    "softmax twice",
    hint="Softmax is used twice: the probabilities have been pushed together. Once, at the very "
    "end, is enough.",
)
def forward_softmax_twice(x, parameters):
    return softmax(softmax(to_scores(flatten(to_features(x, parameters)), parameters)))


@forward.variant("the exercises above, one after another")
def forward_chained(x, parameters):
    p = parameters
    x = conv_forward(x, p["conv1_w"], p["conv1_b"])
    x = pool_forward(np.maximum(x, 0))
    x = conv_forward(x, p["conv2_w"], p["conv2_b"])
    x = pool_forward(np.maximum(x, 0))
    x = flatten(x)
    x = np.maximum(dense(x, p["dense1_w"], p["dense1_b"]), 0)
    x = np.maximum(dense(x, p["dense2_w"], p["dense2_b"]), 0)
    return softmax(dense(x, p["dense3_w"], p["dense3_b"]))


@forward.variant("pooled before relu")
def forward_pooled_first(x, parameters):
    for name in ("conv1", "conv2"):
        x = conv_forward(x, parameters[name + "_w"], parameters[name + "_b"])
        x = np.maximum(pool_forward(x), 0)
    x = flatten(x)
    for name in ("dense1", "dense2", "dense3"):
        x = dense(x, parameters[name + "_w"], parameters[name + "_b"])
        if name != "dense3":
            x = np.maximum(x, 0)
    return softmax(x)


@forward.variant("example by example")
def forward_one_by_one(x, parameters):
    rows = []
    for n in range(len(x)):
        features = to_features(x[n : n + 1], parameters)
        rows.append(softmax(to_scores(features.reshape(1, -1), parameters))[0])
    return np.array(rows)


# --- predict ------------------------------------------------------------------------------------

predict = exercise(
    "predict",
    points=2,
    aspects={"classes": "the number of the likeliest class", "int": "whole numbers, ints"},
    shares={"classes": 1.6, "int": 0.4},
    asks={"int": "whole"},
)


@predict.reference
def predict_reference(x, parameters):
    return forward(x, parameters).argmax(axis=1)


def sharp(salt):
    """A small network that says now one class, now another."""
    parameters = network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=salt)
    parameters["dense3_b"] = np.array([0, 1, -1]) / 64  # a little apart: no ties
    return parameters


SEVERAL = numbers(5, 1, 12, 14, salt=123) / 2
predict.case("classes", SEVERAL, sharp(142))
predict.case("classes", SEVERAL[:4, :, :, ::-1], sharp(359))
predict.case("classes", COLOURED, OTHER)


predict.case("classes", SEVERAL[1:2], sharp(142))
predict.case("int", SEVERAL[:2], sharp(142))


@predict.hidden
def predict_hidden(rng):
    yield "classes", (rng.integers(-8, 9, (6, 1, 12, 14)) / 2, sharp(142))
    yield "classes", (rng.integers(-8, 9, (4, 1, 12, 14)) / 2, sharp(359))


@predict.misconception(
    "the largest probability",
    hint="These are the largest probabilities themselves. Asked for is at which place they stand: "
    "argmax in place of max.",
)
def predict_max(x, parameters):
    return forward(x, parameters).max(axis=1)


@predict.misconception(
    "over the examples",
    hint="argmax runs down the examples and says, for each class, which example has most of it. "
    "Let it run along the classes, the last axis.",
)
def predict_axis(x, parameters):
    return forward(x, parameters).argmax(axis=0)


@predict.misconception(
    "over everything",
    hint="A single number comes back, the place of the largest of all. Each example has its own: "
    "give argmax an axis.",
)
def predict_everything(x, parameters):
    return forward(x, parameters).argmax()


@predict.misconception(
    "probabilities",
    hint="All the probabilities come back. Asked for is, for each example, the number of the "
    "likeliest class.",
)
def predict_probabilities(x, parameters):
    return forward(x, parameters)


@predict.misconception(
    "least likely",
    hint="These are the least likely classes.",
)
def predict_least(x, parameters):
    return forward(x, parameters).argmin(axis=1)


@predict.misconception(
    "counted from 1",
    hint="The classes are counted from 1. The first of them has the number 0.",
)
def predict_from_one(x, parameters):
    return forward(x, parameters).argmax(axis=1) + 1


@predict.misconception(
    "only the first example",
    hint="Only the first example is answered. Return one class number for each of them.",
)
def predict_first(x, parameters):
    return forward(x, parameters).argmax(axis=1)[0]


@predict.misconception(
    "an axis too many",
    hint="The class numbers are right, but each stands in a row of its own. Asked for is one axis, "
    "(N,): leave keepdims away.",
)
def predict_axis_kept(x, parameters):
    return forward(x, parameters).argmax(axis=1, keepdims=True)


@predict.misconception(
    "examples without their batch",
    hint="It stops with an IndexError: an example picked as x[n] has only three axes, and forward "
    "takes a batch. Give it all of x, or x[n : n + 1].",
)
def predict_single(x, parameters):
    raise IndexError("tuple index out of range")


@predict.misconception(
    "rows of 0 and 1",
    hint="A row of zeros with a 1 comes back for each example. Asked for is at which place the 1 "
    "stands, the number of the class.",
)
def predict_one_hot(x, parameters):
    probabilities = forward(x, parameters)
    return (probabilities == probabilities.max(axis=1, keepdims=True)) * 1


@predict.misconception(
    "classes in order of probability",
    hint="All classes come back, in the order of their probability. Only the likeliest one of each "
    "example is asked for, the last in that order.",
)
def predict_order(x, parameters):
    return np.argsort(forward(x, parameters), axis=1)


@predict.misconception(
    "rounded probabilities",
    hint="You round the largest probability. The class is not how large it is, but where it "
    "stands.",
)
def predict_rounded(x, parameters):
    return np.rint(forward(x, parameters).max(axis=1)).astype(int)


@predict.variant("np.argmax along the last axis")
def predict_numpy(x, parameters):
    return np.argmax(forward(x, parameters), -1)


@predict.variant("a loop")
def predict_loop(x, parameters):
    classes = []
    for row in forward(x, parameters):
        best = 0
        for k in range(len(row)):
            if row[k] > row[best]:
                best = k
        classes.append(best)
    return np.array(classes)


@predict.variant("sorted")
def predict_sorted(x, parameters):
    return np.argsort(forward(x, parameters), axis=1)[:, -1]


# --- discussion ---------------------------------------------------------------------------------

discussion_07 = exercise(
    "discussion_07",
    praise="More weights can fit more, also what is not worth learning; whether they help is seen "
    "only on digits that were not learned from.",
)
discussion_07.right("c")
discussion_07.wrong(
    "more is better",
    "a",
    "Look at the table of networks once more: VGG has twenty times as many weights as GoogLeNet. "
    "What else would have to be known to say which is better?",
)
discussion_07.wrong(
    "more is worse",
    "b",
    "More weights make it easier to learn by heart, but that is a danger and not a law: with "
    "enough pictures, larger networks often do better.",
)
discussion_07.wrong(
    "only the size of the kernels counts",
    "d",
    "Two kernels of the same size can answer to different features, so how many there are does "
    "matter. How would you find out whether a hundred are too many?",
)

# --- go further ---------------------------------------------------------------------------------

loss_from_scores = exercise(
    "loss_from_scores",
    aspects={"values": "the loss, also for large scores"},
    praise="No power overflows, no logarithm of 0 is taken, and no smallest probability is needed. "
    "Every framework does it this way.",
)


@loss_from_scores.reference
def loss_from_scores_reference(scores, labels):
    largest = scores.max(axis=1)
    total = largest + np.log(np.exp(scores - largest[:, None]).sum(axis=1))
    return float((total - scores[np.arange(len(labels)), labels]).mean())


loss_from_scores.case("values", np.log([[1.0, 2.0, 5.0]]), np.array([1]))
loss_from_scores.case("values", np.array([[0, 1, 2.0], [3, -1, 0.5]]), np.array([2, 1]))
loss_from_scores.case("values", np.array([[1000.0, 0, -1000], [2, 4, 1]]), np.array([2, 0]))
loss_from_scores.case("values", np.array([[-1000.0, -1001]]), np.array([0]))


@loss_from_scores.misconception(
    "overflow",
    hint="For small scores it is right; exp(1000) is infinite. Take each row's largest score away "
    "before exp, and add it again after the logarithm.",
)
def loss_from_scores_overflow(scores, labels):
    right = scores[np.arange(len(labels)), labels]
    return float((np.log(np.exp(scores).sum(axis=1)) - right).mean())


@loss_from_scores.misconception(
    "by way of the probabilities",
    hint="A probability that has become 0 is cut off at 1e-12, so the loss is never above 27.6. "
    "Without the probabilities it would be right: log of the sum, minus the score.",
)
def loss_from_scores_cut(scores, labels):
    return cross_entropy(softmax(scores), labels)


@loss_from_scores.misconception(
    "infinite",
    hint="Where the right class has a probability of 0, the loss is infinite here. Do not take the "
    "logarithm of a probability: log of the sum of powers, minus the score.",
)
def loss_from_scores_infinite(scores, labels):
    return float(-np.log(softmax(scores)[np.arange(len(labels)), labels]).mean())


@loss_from_scores.misconception(
    "largest not added again",
    hint="The largest score is taken away before exp, and is not added again after the logarithm.",
)
def loss_from_scores_not_added(scores, labels):
    largest = scores.max(axis=1)
    total = np.log(np.exp(scores - largest[:, None]).sum(axis=1))
    return float((total - scores[np.arange(len(labels)), labels]).mean())


@loss_from_scores.misconception(
    "sum instead of mean",
    hint="The losses are added up. Take their mean.",
)
def loss_from_scores_sum(scores, labels):
    return loss_from_scores(scores, labels) * len(labels)


@loss_from_scores.variant("np.logaddexp")
def loss_from_scores_logaddexp(scores, labels):
    right = scores[np.arange(len(labels)), labels]
    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - right))


@loss_from_scores.variant("row by row")
def loss_from_scores_rows(scores, labels):
    total = 0.0
    for row, label in zip(scores, labels, strict=True):
        shifted = row - max(row)
        total += np.log(sum(np.exp(shifted))) - shifted[label]
    return total / len(labels)


@loss_from_scores.variant("shifted first")
def loss_from_scores_shifted(scores, labels):
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()
