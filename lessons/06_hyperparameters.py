# ---
# title: Sizes that fit together
# minutes: 90
# needs: lessons 02 and 05; from lesson 04, channels and shared weights
# questions:
#   - How large is the output of a layer?
#   - What happens to a column that no window reaches?
#   - How much of the picture does one number deep in a network see?
# objectives:
#   - text: compute the size of an output, and say when something is left over
#     shown_by: [output_size]
#   - text: choose a padding that keeps the size
#     shown_by: [same_padding]
#   - text: work out the receptive field of a stack of layers
#     shown_by: [receptive_field]
#   - text: follow the shapes through a network, and count its parameters
#     shown_by: [trace_shapes, count_parameters]
#   - text: plan a network that sees enough on a small budget
#     shown_by: [plan_network]
# key_points:
#   - >-
#     O = (I − R + 2P) / S + 1. The division counts the steps; the + 1 is the place before the first
#     step.
#   - >-
#     Where the division leaves something over, columns at the end are never covered. Most
#     frameworks round down and say nothing, which is harmless if those columns are padding.
#   - The size stays the same for stride 1, an odd R, and P = (R − 1) / 2.
#   - >-
#     A kernel's size is not its receptive field. A layer adds (size − 1) times the jump, and then
#     multiplies the jump by its stride.
#   - >-
#     Most of LeNet's weights are in its dense layers, most of its multiplications in its
#     convolutions.
# ---

# %% [markdown]
# ## Cells under a microscope (1 minute)
#
# In 2015 a network called **U-Net** learned to outline cells in microscope pictures: for every
# pixel it says whether a cell is there. It is given 572 × 572 pixels and answers for the 388 × 388
# in the middle. Why these numbers? Its layers take a few columns off, halve the size or double it
# again, and its authors ask you to choose the input size so that every halving comes out even.
#
# The weights of a network are learned. The sizes and steps of its layers are chosen by a person
# beforehand: they are **hyperparameters**.

# %% [markdown]
# A convolutional layer has four:
#
# - **R**, the rows and columns of a kernel (3 for 3 × 3)
# - **D**, the depth: how many kernels there are, and so how many feature maps come out
# - **S**, the stride: how many pixels further on the next window begins
# - **P**, the padding: how many rings of zeros are put around the input
#
# Below, one kernel blurs the portrait with three choices of S and P. The third is refused.
# **Which choices fit together, and how much does each layer see?**

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import ConvArithmetic, LayerStack, plots

digit = digits()[0][2]
portrait = hopper().astype(float)
blur = np.ones((4, 4)) / 16

display(
    plots.images(
        {
            "R 4, S 1, P 0: 253 × 253": ops.conv_2d(portrait, blur),
            "R 4, S 2, P 1: 128 × 128": ops.conv_2d(portrait, blur, 2, 1),
        }
    )
)
try:
    ops.conv_2d(portrait, blur, 5)
except ValueError as error:
    print("R 4, S 5, P 0:", error)

# %% [markdown]
# ## By hand first (5 minutes)
#
# A row has 13 columns, numbered 0 to 12. A window of R = 3 begins at column 0 and moves on by S = 2
# each time. There is no padding. It stops before it would hang over the edge.
#
# **By hand.** Write down the columns at which a window begins, as a list such as `[0, 5, 9]`.

# %% answer="by_hand_starts"
### BEGIN SOLUTION
by_hand_starts = [0, 2, 4, 6, 8, 10]
### END SOLUTION

# %% check="by_hand_starts"
check("by_hand_starts")

# %% [markdown]
# Six windows, so six numbers come out, with five steps between them. It is the old puzzle of the
# fence: five panels need six posts.
#
# **By hand.** An image has 10 rows and 5 columns, the kernel is 3 × 3, the stride is 1, and there
# is no padding. How many rows and columns does the output have? A list, rows first.

# %% answer="by_hand_size"
### BEGIN SOLUTION
by_hand_size = [8, 3]
### END SOLUTION

# %% check="by_hand_size"
check("by_hand_size")

# %% [markdown]
# With one ring of zeros (P = 1) the image is 12 × 7 and the output 10 × 5, as large as the image
# was.
#
# Now for any numbers. The input has I columns, plus P zeros on the left and P on the right: I + 2P.
# The first window covers R of them. What remains, I − R + 2P, is how far it can still go. It goes S
# at a time, so divide by S: these are the steps. Add one for the place before the first step:
#
# $$O = \frac{I - R + 2P}{S} + 1$$
#
# For I = 13, R = 3, P = 0, S = 2: (13 − 3 + 0) / 2 + 1 = 5 + 1 = 6. Rows follow the same formula,
# with an I and an O of their own.

# %% [markdown]
# ## Not every size fits (7 minutes)
#
# **Predict.** 10 columns, R = 3, P = 0. What does the formula give for S = 1, for S = 2 and for
# S = 7? Write 0 where it gives no whole number. A list of three numbers.

# %% answer="predict_impossible"
### BEGIN SOLUTION
predict_impossible = [8, 0, 2]
### END SOLUTION

# %% check="predict_impossible"
check("predict_impossible")

# %% [markdown]
# The figure opens with S = 2. It draws the windows of one row below each other, puts the numbers
# into the formula and marks in red what no window reaches. *window* moves the kernel.
#
# **Predict.** For which strides from 1 to 8 does it come out even? Try them all with *stride S*.
# Then go back to S = 2: will *padding P* help?

# %%
ConvArithmetic(i=10, r=3, p=0, s=2)

# %% [markdown]
# **What you saw.** Only 1 and 7. The window can go 7 columns further than its first place, and 7
# has no other divisors. With S = 7 both ends fit, but the four columns between the two windows are
# never covered: a stride larger than the kernel leaves gaps.
#
# With S = 2 the formula gives 4.5. There is no half window: four fit, and column 9 is never
# covered. No padding makes it fit: 7 + 2P is odd, and S = 2 never divides it. But look at
# P = 1: what is left over now is a zero of the padding, and the picture's ten columns are covered.

# %% [markdown]
# The last slider, *dilation*, leaves gaps between a kernel's columns. With dilation 2, a kernel of
# 3 touches every second column, so it spans 5. It still has only three weights.
#
# **Predict.** 10 columns, R = 3, P = 0, S = 1: how large is the output with dilation 2, and with 4?
# Then try.

# %% [markdown]
# **What you saw.** 6 and 2. In the formula, the span takes the place of R. For dilation d, the span
# is d · (R − 1) + 1: for R = 3 that is 5 with dilation 2, and 9 with dilation 4.

# %% [markdown]
# ## The formula in code (15 minutes)

# %%
i, r, p, s = 10, 3, 0, 2
reach = i - r + 2 * p
print("how far it can go:", reach)
print("whole steps:", reach // s, " left over:", reach % s)
print("places:", reach // s + 1)

# %% [markdown]
# `//` divides and rounds down, `%` is what is left over: that many columns at the end are never
# covered. (In the figure, red marks the gaps between windows, too.)
#
# What do **frameworks**, the libraries that networks are built with, do? PyTorch rounds down and
# says nothing, and often that does no harm. The smaller ResNets, famous networks of 2015,
# halve their maps with R = 3, S = 2 and P = 1. For 56 columns that gives 28.5, so 28, and the
# column that nobody sees is one of zeros. Without padding it would be one of the map's own.
#
# Your program will be *strict*: it refuses, unless it is told to round down.

# %% [markdown]
# **A formula to fix.** Somebody tried this on one example: 13, 3, 0, 2. It gave 6, which is right,
# and was used everywhere. Compare it with the formula above, and fix it. Where the stride doesn't
# divide, it should round down. (`np.ceil` rounds up.)


# %% answer="trap_formula"
def trap_formula(i, r, p, s):
    """How many windows of r fit on i columns with p zeros on either side, s apart."""
    ### BEGIN SOLUTION stub: return int(np.ceil((i - r) / s)) + 1
    return (i - r + 2 * p) // s + 1
    ### END SOLUTION


# %% check="trap_formula"
check("trap_formula")

# %% [markdown]
# One example isn't enough. Two that find more mistakes: (29, 4, 3, 2) gives 16.5, so 16, and
# (10, 3, 0, 2) gives 4.5, so 4.
#
# **Exercise.** Write `output_size(i, r, p, s, strict)`. Raise a `ValueError` for what makes no
# sense: r or s below 1, p below 0, a window larger than the padded input. If something is left
# over, raise a `ValueError` if `strict` is True, and round down if it is False.
#
# The strict error says in digits how many columns at the end are left over. An f-string puts a
# number into a text: `raise ValueError(f"left over at the end: {unused}")`.


# %% exercise="output_size"
def output_size(i, r, p=0, s=1, strict=True):
    """How many windows fit along one side.

    i: rows or columns of the input, r: of the window, p: zeros on either side, s: the stride.
    Returns a whole number. Raises ValueError for r or s < 1, p < 0, a window larger than the padded
    input, and, if strict, where s does not divide: that message says in digits how many columns at
    the end are left over. If not strict, rounds down.
    """
    ### BEGIN SOLUTION
    if r < 1 or s < 1 or p < 0:
        raise ValueError("r and s must be at least 1, and p at least 0")
    reach = i - r + 2 * p
    if reach < 0:
        raise ValueError(f"a window of {r} does not fit on {i + 2 * p} columns")
    unused = reach % s
    if unused > 0 and strict:
        raise ValueError(f"left over at the end: {unused} of {i + 2 * p} columns")
    return reach // s + 1
    ### END SOLUTION


# %% check="output_size"
check("output_size")

# %% [markdown]
# ## As large as before (6 minutes)
#
# Often the output should be as large as the input, as in mode *same* of lesson 02: O = I. For
# stride 1 the formula then says I = I − R + 2P + 1. Take I away on both sides: 2P = R − 1.
#
# R = 3 needs P = 1, R = 5 needs P = 2. R = 4 would need 1.5, and there is no half zero.
# That is one reason why most kernels are odd.
#
# **Exercise.** Write `same_padding(r)`, the P that keeps the size at stride 1, as a whole number (1
# and not 1.0). For an even r, raise a `ValueError`.


# %% exercise="same_padding"
def same_padding(r):
    """The padding on each side that keeps the size at stride 1.

    r: rows or columns of the kernel, at least 1. Returns a whole number.
    Raises ValueError for an even r.
    """
    ### BEGIN SOLUTION
    if r % 2 == 0:
        raise ValueError("an even kernel needs half a zero; no padding keeps the size")
    return (r - 1) // 2
    ### END SOLUTION


# %% check="same_padding"
check("same_padding")

# %% [markdown]
# ## Stride and padding in code (4 minutes)
#
# A step for yourself, without points. **Write `conv_2d(image, kernel, stride, padding)`**, a
# correlation: the kernel is not reversed.
#
# Let your `output_size` work out the rows and the columns of the result. Give it the image's own
# size: it adds the 2P and raises every error. Then pad with `np.pad(image, padding)`, and cut the
# windows out of that. Where does window (i, j) begin?
#
# The kernel needn't be square. The image may have dtype uint8: compute in floats.


# %% answer="conv_2d"
def conv_2d(image, kernel, stride=1, padding=0):
    """The correlation of an image with a kernel, with stride and a frame of zeros.

    image: (H, W), kernel: (h, w), stride: at least 1, padding: at least 0.
    Returns an array (O of the rows, O of the columns).
    Raises ValueError where output_size does, for rows or for columns.
    """
    ### BEGIN SOLUTION
    h, w = kernel.shape
    rows = output_size(image.shape[0], h, padding, stride)
    columns = output_size(image.shape[1], w, padding, stride)
    padded = np.pad(image.astype(float), padding)
    result = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[i, j] = np.sum(padded[top : top + h, left : left + w] * kernel)
    return result
    ### END SOLUTION


# %% check="conv_2d"
check("conv_2d")

# %% [markdown]
# You may read that a stride "moves the kernel faster". Here is the digit with stride 1 and with
# stride 2.
#
# **Predict.** Where in the first table do you find the numbers of the second?

# %%
if ready("conv_2d"):
    edge = np.array([[-1, -1], [1, 1]])
    every_place = conv_2d(digit, edge)
    every_second = conv_2d(digit, edge, 2)
    display(plots.cells(every_place, title="Stride 1"))
    display(plots.cells(every_second, title="Stride 2"))
    print("the same:", np.array_equal(every_second, every_place[::2, ::2]))

# %% [markdown]
# **What you saw.** In every second row and every second column; `[::2, ::2]` takes these. A stride
# of 2 computes nothing new. The same weights are used at fewer places: here at 16 instead of 49,
# and in a large picture at about a quarter.
#
# With R = 4, S = 2 and P = 1, an even side is halved exactly:

# %%
if ready("conv_2d"):
    half = conv_2d(portrait, blur, 2, 1)
    quarter = conv_2d(half, blur, 2, 1)
    print(portrait.shape, half.shape, quarter.shape)
    display(plots.images({"portrait": portrait, "half": half, "a quarter": quarter}))

# %% [markdown]
# ## How far one number sees (19 minutes)
#
# A number in the first layer sees R pixels along one side. A number in the second layer sees R
# numbers of the first, and each of these has seen its own pixels. What it sees of the input is its
# **receptive field**.
#
# **By hand.** Three layers of 3 × 3 with stride 1, one after the other. Draw one row of pixels, and
# three neighbours in the layer above them. How many pixels along one side does one number see,
# after one layer, after two, after three? A list of three numbers.

# %% answer="by_hand_field"
### BEGIN SOLUTION
by_hand_field = [3, 5, 7]
### END SOLUTION

# %% check="by_hand_field"
check("by_hand_field")

# %% [markdown]
# Below is LeNet, a network of 1998 that read digits on cheques, as it is built today.
# The figure draws what one number at the top sees, down to the input. It writes 28×28×6 for 6 maps
# of 28 × 28, and *sees* for the receptive field. *layer* chooses a layer, and the sliders below it
# change its numbers.
#
# **Predict.** A number in layer 1 sees 5 pixels along one side. Layer 2 is a 2 × 2 pooling: does
# one of its numbers see 7, 10 or 6? Look it up in the column *sees*.
#
# Then choose *layer* 2 and change its *stride S* from 2 to 1. Which fields change, the pooling's
# or those above?

# %%
LayerStack()

# %% [markdown]
# **What you saw.** 6: the two numbers in the pooling window see 5 pixels each, and 4 of these are
# the same. The fields of LeNet are 5, 6, 14, 16 and 32, although no kernel is larger than 5. With
# stride 1, the pooling itself still sees 6. But neighbours in its map are then one pixel apart, not
# two, so everything above sees less: 10, 11 and 19.

# %% [markdown]
# So keep two numbers: the **field**, and the **jump**, which says how many pixels apart two
# neighbours in a layer are. For the input, both are 1. From the first to the last number of a
# window there are size − 1 steps, each one jump wide, so the field grows by (size − 1) · jump.
# *Afterwards*, multiply the jump by the layer's stride: outputs are further apart by that factor.

# %% [markdown]
# | layer | size | stride | adds | field | jump after it |
# |---|---|---|---|---|---|
# | input | | | | 1 | 1 |
# | 1, conv | 5 | 1 | 4 · 1 | 5 | 1 |
# | 2, pool | 2 | 2 | 1 · 1 | 6 | 1 · 2 = 2 |
# | 3, conv | 5 | 1 | 4 · 2 | 14 | 2 · 1 = 2 |
# | 4, pool | 2 | 2 | 1 · 2 | 16 | 2 · 2 = 4 |
# | 5, conv | 5 | 1 | 4 · 4 | 32 | 4 · 1 = 4 |
#
# **Exercise.** Write `receptive_field(layers)`. The layers come as a list of pairs (size, stride),
# from the input on; `for size, stride in layers:` goes through it. Without any layer, a number sees
# itself: 1.


# %% exercise="receptive_field"
def receptive_field(layers):
    """How many pixels of the input, along one side, one output sees.

    layers: a list of pairs (size, stride), from the input on. Returns a whole number.
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION


# %% check="receptive_field"
check("receptive_field")

# %% [markdown]
# With strides, later layers see further, but places are dropped. Dilation drops none.
#
# **By hand.** Three layers of R = 3 and stride 1, with dilation 1, then 2, then 4. How many pixels
# does a number see after each? Use the span, d · (R − 1) + 1, as the size. A list of three numbers.

# %% answer="by_hand_dilated"
### BEGIN SOLUTION
by_hand_dilated = [3, 7, 15]
### END SOLUTION

# %% check="by_hand_dilated"
check("by_hand_dilated")

# %% [markdown]
# Every layer more than doubles the field, with three weights each time. WaveNet, a network that
# speaks, has R = 2: ten layers with dilations 1, 2, 4 … 512 hear 1,024 samples.

# %%
if ready("receptive_field"):
    print("dilated 1, 2, 4:", receptive_field([(3, 1), (5, 1), (9, 1)]))
    print("WaveNet's ten: ", receptive_field([(2**k + 1, 1) for k in range(10)]))

# %% [markdown]
# ## A network on paper (20 minutes)
#
# You can plan a network before a single weight exists. Below is LeNet as a list, one tuple for each
# layer: `("conv", depth, r, s, p)`, `("relu",)`, `("pool", size, stride)`, `("flatten",)`,
# which writes all numbers of a volume into one long row, and `("dense", units)`, a fully connected
# layer.
#
# A convolution gives (D, O of the rows, O of the columns), and here it is strict. Pooling keeps the
# channels and rounds down. ReLU changes no shape. Flatten multiplies: (16, 5, 5) becomes (400,).

# %% [markdown]
# In the figure above the layer with 120 was a convolution: each of its 5 × 5 kernels has one place
# and sees all 400 numbers. That *is* a dense layer, and here it is one.

# %%
lenet = [
    ("conv", 6, 5, 1, 0),
    ("relu",),
    ("pool", 2, 2),
    ("conv", 16, 5, 1, 0),
    ("relu",),
    ("pool", 2, 2),
    ("flatten",),
    ("dense", 120),
    ("relu",),
    ("dense", 84),
    ("relu",),
    ("dense", 10),
]
kind, *numbers = lenet[0]  # the first entry, and a list of all the others
print(kind, numbers)
print(int(np.prod((16, 5, 5))))  # all entries of a shape, multiplied
number = 1
try:
    raise ValueError("left over at the end: 3 columns")
except ValueError as error:
    print(f"layer {number}: {error}")

# %% [markdown]
# **Exercise.** Write `trace_shapes(input_shape, layers)`: the list of the shapes after each layer,
# as tuples. A tuple with one entry is written with a comma: `(120,)`.
# `for number, layer in enumerate(layers, start=1):` counts along, from 1.
#
# Raise a `ValueError` whose message gives the layer's number, for
#
# - a convolution that doesn't come out even,
# - a window larger than what it slides on,
# - a convolution or a pooling on a shape without three entries,
# - a dense layer on a shape with more than one.
#
# `output_size` raises some of these errors already, but doesn't know the layer. Catch them as in
# the cell above, and in place of the `print` raise a new one:
# `raise ValueError(f"layer {number}: {error}")`.


# %% exercise="trace_shapes"
def trace_shapes(input_shape, layers):
    """The shape after every layer.

    input_shape: (C, H, W) or (units,). layers: a list of tuples as above.
    Returns a list of shapes, as long as layers. Raises ValueError for an impossible layer; its
    message gives the number of the layer, counted from 1.
    """
    ### BEGIN SOLUTION
    shape, shapes = tuple(input_shape), []
    for number, (kind, *numbers) in enumerate(layers, start=1):
        try:
            if kind in ("conv", "pool") and len(shape) != 3:
                raise ValueError(f"it needs a shape (C, H, W), not {shape}")
            if kind == "conv":
                depth, r, s, p = numbers
                rows, columns = shape[1:]
                shape = (depth, output_size(rows, r, p, s), output_size(columns, r, p, s))
            elif kind == "pool":
                size, stride = numbers
                channels, rows, columns = shape
                rows = output_size(rows, size, 0, stride, strict=False)
                columns = output_size(columns, size, 0, stride, strict=False)
                shape = (channels, rows, columns)
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            elif kind == "dense":
                if len(shape) != 1:
                    raise ValueError("it needs a flat input")
                shape = (numbers[0],)
        except ValueError as error:
            raise ValueError(f"layer {number} ({kind}): {error}") from None
        shapes.append(shape)
    return shapes
    ### END SOLUTION


# %% check="trace_shapes"
check("trace_shapes")

# %% [markdown]
# Now U-Net's way down, five pairs of 3 × 3 layers with a pooling after each of the first four. From
# 572 columns, every pooling comes out even. And from 570?

# %%
if ready("trace_shapes"):
    # U-Net doubles the 64 from level to level; how many kernels there are changes no side
    pair = [("conv", 64, 3, 1, 0), ("relu",), ("conv", 64, 3, 1, 0), ("relu",)]
    unet = [*pair, ("pool", 2, 2)] * 4 + pair
    for side in (572, 570):
        shapes = trace_shapes((1, side, side), unet)
        pooled = [shapes[n - 1][1] for n, layer in enumerate(unet) if layer[0] == "pool"]
        print(f"{side} columns: poolings of 2 on {pooled}, {shapes[-1][1]} at the bottom")

# %% [markdown]
# Three of the poolings then drop a row and a column, and nothing says so.
#
# A kernel on C channels has C · R · R weights and one bias, and there are D kernels. They are
# shared by all places, so the size of the maps does not matter. In a dense layer every unit has one
# weight for each input, and one bias. LeNet's first layer has 6 · (1 · 25 + 1) = 156.
#
# **Exercise.** Write `count_parameters(input_shape, layers)`, the number of all weights and biases.
# What a layer gets is the shape *before* it: in `[input_shape] + trace_shapes(input_shape, layers)`
# entry n comes before `layers[n]`.


# %% exercise="count_parameters"
def count_parameters(input_shape, layers):
    """The number of all weights and biases of a network.

    input_shape and layers as in trace_shapes. Returns a whole number.
    """
    ### BEGIN SOLUTION
    before = [tuple(input_shape), *trace_shapes(input_shape, layers)]
    total = 0
    for n, (kind, *numbers) in enumerate(layers):
        if kind == "conv":
            depth, r = numbers[:2]
            total += depth * (before[n][0] * r * r + 1)
        elif kind == "dense":
            total += numbers[0] * (before[n][0] + 1)
    return total
    ### END SOLUTION


# %% check="count_parameters"
check("count_parameters")

# %% [markdown]
# Where do weights, work and memory go? For each number a convolution gives, there are C · R · R
# multiplications; for each unit of a dense layer, one for each input. A float of NumPy takes 8
# bytes (frameworks usually compute with floats of 4).

# %%
if ready("trace_shapes", "count_parameters"):
    shapes = [(1, 32, 32), *trace_shapes((1, 32, 32), lenet)]
    print("layer        shape after     parameters   multiplications   bytes")
    for n, layer in enumerate(lenet, start=1):
        before, after = shapes[n - 1], shapes[n]
        # how many products go into one number of the output; the kernels of LeNet are 5 × 5
        inputs = {"conv": before[0] * 25, "dense": before[0]}.get(layer[0], 0)
        work = inputs * np.prod(after)
        own = count_parameters(before, [layer])
        print(f"{n:2} {layer[0]:9} {after!s:15}{own:11,}{work:18,}{8 * np.prod(after):8,}")
    print("all parameters:", count_parameters((1, 32, 32), lenet))

# %% [markdown]
# Of 61,706 parameters, 48,120 are in the first dense layer, and 59,134 in all three. The work is
# the other way round: the two convolutions take 357,600 of 416,520 multiplications, with 2,572
# parameters. The first maps take most memory.

# %% [markdown]
# ## A plan of your own (8 minutes)
#
# **Plan a network for grey pictures of 64 × 64 and ten classes.** `plan_network()` returns the list
# of its layers. There are many good plans, but:
#
# - it has at most 50,000 weights and biases;
# - each number that reaches flatten sees at least 64 pixels along one side (padding counts);
# - at least 4 × 4 places reach flatten, on at least 16 maps;
# - no convolution or pooling passes on less than a quarter of the numbers it gets.
#
# LeNet's plan on such a picture has 338,186 parameters and sees 16 pixels. Use your functions.


# %% exercise="plan_network"
def plan_network():
    """The layers of a network for pictures (1, 64, 64) and ten classes, as a list of tuples."""
    ### BEGIN SOLUTION
    layers = []
    for depth in (8, 16, 16, 32):
        layers += [("conv", depth, 3, 1, 1), ("relu",), ("pool", 2, 2)]
    layers += [("conv", 32, 3, 1, 1), ("relu",), ("flatten",)]
    return [*layers, ("dense", 32), ("relu",), ("dense", 10)]
    ### END SOLUTION


# %% check="plan_network"
check("plan_network")

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# Before you train a network, send its plan through `trace_shapes`: it costs nothing and names
# the layer that doesn't fit.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# Two layers of 3 × 3 with stride 1, one after the other. How many pixels of the input, along one
# side, does one number of the second layer see?
#
# - **a** — 6, because 3 and 3 is 6
# - **b** — 3, because that is the size of its kernel
# - **c** — 5
# - **d** — that depends on the size of the picture

# %% answer="discussion_06"
### BEGIN SOLUTION
discussion_06 = "c"
### END SOLUTION

# %% check="discussion_06"
check("discussion_06")

# %% [markdown]
# ## Explain (2 minutes)
#
# A network of only three 3 × 3 layers with stride 1 finds the digits on football shirts from far
# away, but not from close up, where a digit is 40 pixels high. In two sentences: what is the likely
# reason, and how would you change the plan without larger kernels?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# A number after the third layer sees only 7 pixels along one side, so from close up no number ever
# sees more than a piece of a stroke. Poolings or strides between the layers, more layers, or
# dilated kernels would let it see the whole digit.
#
# </details>

# %% [markdown]
# **What comes next.** In lesson 07 you build LeNet from the parts that you have written, and let it
# read digits.

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later.
#
# **Not all of the field counts equally.** The pixel in the middle reaches an output in many ways,
# one at the edge in only one. For three layers of 3 × 3, along one side:

# %%
ways = [1]
for _ in range(3):
    ways = ops.convolve_1d(ways, [1, 1, 1])
print("in how many ways each of the 7 pixels reaches the output:", ways.astype(int).tolist())

# %% [markdown]
# So what a network *effectively* sees is smaller than its field on paper. Plan with some to spare.
#
# **Which padding?** Write `smallest_padding(i, r, s)`: the smallest P with which the window fits
# and the stride divides. Sometimes there is none, as for 10, 3 and 2. When is that? (A loop that
# never ends is stopped with the button ■ above the notebook.)


# %% answer="smallest_padding"
def smallest_padding(i, r, s):
    """The smallest padding for which output_size, strict, has an answer.

    i, r, s: as in output_size, at least 1. Raises ValueError where there is no such padding.
    """
    ### BEGIN SOLUTION
    for p in range(r + s):
        if i + 2 * p >= r and (i - r + 2 * p) % s == 0:
            return p
    raise ValueError("no padding comes out even")
    ### END SOLUTION


# %% check="smallest_padding"
check("smallest_padding")

# %% [markdown]
# <details><summary>When is there none?</summary>
#
# When S is even and I − R is odd: padding adds the even number 2P, so I − R + 2P stays odd. In all
# other cases some P fits.
#
# </details>

# %% [markdown]
# ## Where this comes from
#
# - Olaf Ronneberger, Philipp Fischer and Thomas Brox, *U-Net: Convolutional Networks for Biomedical
#   Image Segmentation*, 2015. The network, and its 572 pixels in and 388 out.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The four hyperparameters, the
#   formula with its fence posts, the example 13, 3, 0, 2, the 10 × 5 image, and the wish that
#   libraries would refuse sizes that don't fit.
# - Vincent Dumoulin and Francesco Visin, *A guide to convolution arithmetic for deep
#   learning*, 2016. The sizes drawn as windows on a grid.
# - Kaiming He and others, *Deep Residual Learning for Image Recognition*, 2016. ResNet.

# %% [markdown]
# - Yann LeCun and others, *Gradient-Based Learning Applied to Document Recognition*, 1998. LeNet.
# - Fisher Yu and Vladlen Koltun, *Multi-Scale Context Aggregation by Dilated Convolutions*, 2016.
#   Dilation that doubles from layer to layer, in pictures.
# - Aäron van den Oord and others, *WaveNet: A Generative Model for Raw Audio*, 2016. The same in
#   sound.
# - Wenjie Luo and others, *Understanding the Effective Receptive Field in Deep Convolutional Neural
#   Networks*, 2016. Which part of a field counts most.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("06")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone. In class: 20 for the answers by hand and the figure, 20 for
# `output_size`, 20 for the receptive field. `trace_shapes`, `count_parameters` and the plan make a
# second session of 30, or good homework.
#
# **On the board.** A fence: six posts, five panels. Then a row of 13 boxes and a paper window of 3
# that moves by 2. Let somebody count aloud, first windows, then steps.
#
# **The two commonest mistakes.** *No + 1:* ask how often a window of 3 fits on 3 columns. *The jump
# changed too early:* a pooling layer of stride 2 spreads what comes after it, not its own window;
# let them draw (5, 1), (2, 2) and count 6.

# %% [markdown] teacher=true
# **The question.** *c* is right. *a* adds the sizes and forgets that neighbouring windows overlap.
# *b* takes the kernel for the field: it is what the number sees of the layer below. *d* confuses
# the field with the number of places.
#
# **Shorter.** Leave out `conv_2d` and everything from *A network on paper* on (55 minutes).
# **Longer.** Let groups compare their plans: whose has the fewest weights, and whose the fewest
# multiplications? Both pull in different directions.
