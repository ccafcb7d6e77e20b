# ---
# title: Sizes that fit together
# minutes: 75
# needs: lessons 02 and 05; from lesson 04, channels and shared weights
# questions:
#   - How large is the output of a layer?
#   - What happens to a column that no window reaches?
#   - How much of the picture does one number deep in a network see?
# objectives:
#   - text: compute the size of an output, and say when a size is impossible
#     shown_by: [output_size]
#   - text: choose a padding that keeps the size
#     shown_by: [same_padding]
#   - text: write a layer with stride and padding that refuses what does not fit
#     shown_by: [conv_2d]
#   - text: work out the receptive field of a stack of layers
#     shown_by: [receptive_field]
#   - text: follow the shapes through a network, and count its parameters
#     shown_by: [trace_shapes, count_parameters]
# key_points:
#   - >-
#     O = (I − R + 2P) / S + 1. The division counts the steps; the + 1 is the place before the first
#     step.
#   - >-
#     Where the division does not come out even, some columns are never seen. A good program says
#     so; many round down and say nothing.
#   - The size stays the same for stride 1, an odd R, and P = (R − 1) / 2.
#   - >-
#     A kernel's size is not its receptive field. Each layer adds (size − 1) steps, and a step is as
#     wide as all strides before it together.
#   - >-
#     Most of LeNet's weights sit in its dense layers, most of its multiplications in its
#     convolutions.
# ---

# %% [markdown]
# ## Four numbers to choose (3 minutes)
#
# The weights of a network are learned. Some numbers are not: a person chooses them before the
# learning begins. They are called **hyperparameters**. A convolutional layer has four:
#
# - **R**, rows and columns of a kernel (3 for 3 × 3)
# - **D**, the depth: how many kernels, and so how many feature maps come out
# - **S**, the stride: how many pixels after one window the next one begins, 1 for every place
# - **P**, the padding: how many zeros stand round the input, on each side

# %% [markdown]
# Below is the portrait, blurred by one kernel under three choices of stride and padding. The
# results differ in size, and the third cannot be made. **Which choices fit together, and what does
# each layer then see?**

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
# ## By hand first (8 minutes)
#
# A row of 13 columns, numbered 0 to 12. A window of R = 3 begins at column 0, and moves on by S = 2
# each time. There is no padding. It stops when it would hang over the edge.
#
# **By hand.** Write down the columns at which a window begins, as a list such as `[0, 5, 9]`.

# %% answer="by_hand_starts"
### BEGIN SOLUTION
by_hand_starts = [0, 2, 4, 6, 8, 10]
### END SOLUTION

# %% check="by_hand_starts"
check("by_hand_starts")

# %% [markdown]
# Six windows, so six numbers come out. Between them lie five steps. It is the old puzzle of the
# fence: a fence with five panels needs six posts.
#
# **By hand.** An image of 10 rows and 5 columns, a kernel of 3 × 3, stride 1, no padding. How many
# rows and columns has the output? A list: rows first.

# %% answer="by_hand_size"
### BEGIN SOLUTION
by_hand_size = [8, 3]
### END SOLUTION

# %% check="by_hand_size"
check("by_hand_size")

# %% [markdown]
# With one zero on every side (P = 1) the image is 12 × 7, and the output 10 × 5: as large as it
# was.
#
# **Predict.** 10 columns, R = 3, P = 0. How many windows fit for S = 1, for S = 2 and for S = 7?
# Write 0 where the last window does not end with the last column. A list of three numbers.

# %% answer="predict_impossible"
### BEGIN SOLUTION
predict_impossible = [8, 0, 2]
### END SOLUTION

# %% check="predict_impossible"
check("predict_impossible")

# %% [markdown]
# ## Slide it yourself (6 minutes)
#
# The figure has the same setting, 10 columns and a kernel of 3, at first with S = 2. It draws the
# windows of one row below each other, puts the numbers into a formula and marks in red what no
# window reaches. *window* moves the kernel; leave *dilation* at 1.
#
# **Predict.** Which strides from 1 to 8 are possible? Try them all with *stride S*.

# %%
ConvArithmetic(i=10, r=3, p=0, s=2)

# %% [markdown]
# **What you saw.** Only 1 and 7. The window can go 7 columns further from its first place, and 7
# has no other divisors. With S = 7 two windows fit, and the last one ends at the edge; but they are
# so far apart that the columns between them are not seen either.
#
# With S = 2 the formula gives 4.5. There is no half window. Four fit, and column 9 is never seen.
# (The **frameworks** of which the figure speaks are the libraries with which networks are built,
# such as PyTorch.) **Predict** whether *padding P* helps, then try.

# %% [markdown]
# **What you saw.** It does not help: padding adds an even number, 2P, and 7 plus an even number is
# never divisible by 2. An input of 9 or 11 helps, or a kernel of 2 or 4.

# %% [markdown]
# ## The formula (15 minutes)
#
# Count fence posts. The input has I columns, and P zeros on the left and on the right: I + 2P. The
# first window covers R of them. The others, I − R + 2P, are how far it can go. It goes S at a time,
# so divide by S: these are the steps. One more for the place before the first step:
#
# $$O = \frac{I - R + 2P}{S} + 1$$
#
# In numbers, for I = 13, R = 3, P = 0, S = 2: (13 − 3 + 0) / 2 + 1 = 5 + 1 = 6. The same formula
# holds for rows. In an image that is not square, rows and columns have an O each.

# %%
i, r, p, s = 13, 3, 0, 2
reach = i - r + 2 * p
print("how far it can go:", reach)
print("whole steps:", reach // s, " left over:", reach % s)
print("places:", reach // s + 1)

# %% [markdown]
# `//` divides and rounds down, `%` is what is left over. If something is left over, the size is
# **impossible**: so many columns at the end would be under no window.
#
# What do frameworks do then? PyTorch rounds down and says nothing. Often that does little harm. In
# ResNet, a famous network, the first layer has I = 224, R = 7, P = 3 and S = 2. That makes 112.5,
# rounded down to 112, and the column that nobody sees is one of zeros. But sometimes it is a column
# of your picture.
#
# A good library tells you. Yours will.

# %% [markdown]
# **A formula to mend.** Somebody wrote this and tried it on one example: 13, 3, 0, 2. It gave 6,
# which is right. Then it was used everywhere. Compare it with the formula above, and mend it. Where
# it does not come out even, it should round down. (`np.ceil` rounds up.)


# %% answer="trap_formula"
def trap_formula(i, r, p, s):
    """How many windows of r fit on i columns with p zeros on either side, s apart."""
    ### BEGIN SOLUTION stub: return int(np.ceil((i - r) / s)) + 1
    return (i - r + 2 * p) // s + 1
    ### END SOLUTION


# %% check="trap_formula"
check("trap_formula")

# %% [markdown]
# So one example is not enough. Two that find more mistakes: (29, 4, 3, 2) gives 16.5, so 16, and
# (10, 3, 0, 2) gives 4.5, so 4.
#
# **Exercise.** Write `output_size(i, r, p, s, strict)`. Refuse with a `ValueError` what makes no
# sense: r or s below 1, p below 0, a window larger than the padded input. If something is left
# over, raise a `ValueError` if `strict` is True, and round down if it is False.
#
# Let the message of that error say in digits how many columns would go unused. An f-string puts a
# number into a text: `raise ValueError(f"{unused} columns would go unused")`.


# %% exercise="output_size"
def output_size(i, r, p=0, s=1, strict=True):
    """How many windows fit along one side.

    i: rows or columns of the input, r: of the window, p: zeros on either side, s: the stride.
    Returns a whole number. Raises ValueError for r or s < 1, p < 0, a window larger than the padded
    input, and, if strict, where s does not divide: that message says in digits how many columns
    would go unused. Not strict, it is rounded down.
    """
    ### BEGIN SOLUTION
    if r < 1 or s < 1 or p < 0:
        raise ValueError("r and s must be at least 1, and p at least 0")
    reach = i - r + 2 * p
    if reach < 0:
        raise ValueError(f"a window of {r} does not fit on {i + 2 * p} columns")
    unused = reach % s
    if unused > 0 and strict:
        raise ValueError(f"{unused} of {i + 2 * p} columns would go unused")
    return reach // s + 1
    ### END SOLUTION


# %% check="output_size"
check("output_size")

# %% [markdown]
# The check asks for 6 and not 6.0: arrays are made of whole numbers only, `np.zeros((6, 6))`. It
# reads your message too. Look yourself: the second line should say that 4 columns would go unused.

# %%
if ready("output_size"):
    print("13 columns, R = 3, S = 2:", output_size(13, 3, 0, 2))
    try:
        output_size(12, 3, 0, 5)
    except ValueError as error:
        print("12 columns, R = 3, S = 5:", error)

# %% [markdown]
# ## As large as before (4 minutes)
#
# Often the output should be as large as the input, as in mode *same* of lesson 02. So O = I. With S
# = 1 the formula says I = I − R + 2P + 1. Take I away on both sides: 2P = R − 1.
#
# In numbers: R = 3 needs P = 1, R = 5 needs P = 2. For R = 4 it would be 1.5, and half a zero
# cannot be put anywhere. That is one reason why kernels are odd.
#
# **Exercise.** Write `same_padding(r)`, the P that keeps the size at stride 1, as a whole number (1
# and not 1.0). For an even r, raise a `ValueError`. (`r % 2` is 0 for an even r.)


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
# ## Stride and padding in code (10 minutes)
#
# **Exercise.** Write `conv_2d(image, kernel, stride, padding)`, a correlation: the kernel is laid
# on as it is written, without reversing.
#
# Let your `output_size` compute the rows and the columns of the result, from the image *without* a
# frame: it adds the 2P itself, and it raises every error that is needed. Then pad,
# `np.pad(image, padding)`, and cut the windows out of that. Window (i, j) has its top left corner
# at row i · stride and column j · stride of the padded image.
#
# The kernel may have more rows than columns. Pictures of dtype uint8 may come along: compute in
# floats.


# %% exercise="conv_2d"
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
# Now on something real. You may read that a stride "moves the kernel faster", as if something else
# were computed. Here is the digit with stride 1 and with stride 2.
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
# and in a large picture at about a quarter of them.
#
# The portrait has 256 columns. With a kernel of 3 and stride 2 that is impossible, whatever the
# padding. With 4 and a padding of 1 it fits, and halves both sides:

# %%
if ready("conv_2d"):
    half = conv_2d(portrait, blur, 2, 1)
    quarter = conv_2d(half, blur, 2, 1)
    print(portrait.shape, half.shape, quarter.shape)
    display(plots.images({"portrait": portrait, "half": half, "a quarter": quarter}))

# %% [markdown]
# ## How far one number sees (9 minutes)
#
# A number in the first layer sees R pixels along one side. A number in the second layer sees R
# numbers of the first, and each of these has seen its own pixels. What it sees of the input in the
# end is its **receptive field**.
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
# Below is the plan of LeNet, a network of 1998 that read digits on cheques. The figure draws what
# one number at the top sees, down to the input. It writes 28×28×6 for 6 maps of 28 rows and 28
# columns, and *sees* for the receptive field. *layer* chooses a layer, the sliders below it change
# its numbers.
#
# **Predict.** The first layer sees 5 pixels along one side. What does the second one see, a pooling
# of 2 × 2: 7, 10 or 6? Look it up in the column *sees*.
#
# Then choose 2 with *layer*, and change its *stride S* from 2 to 1. Which fields change, that of
# the pooling itself or those above?

# %%
LayerStack()

# %% [markdown]
# **What you saw.** 6: the two numbers in the pooling window see 5 pixels each, and 4 of these are
# the same. The fields of LeNet are 5, 6, 14, 16 and 32, although no kernel is larger than 5. With
# stride 1, the pooling itself still sees 6. But its neighbours then lie one pixel apart and no
# longer two, and all that is above sees less: 10, 11 and 19.
#
# So keep two numbers: the **field**, and the **jump**, which says how many pixels neighbours of a
# layer lie apart. Both are 1 for the input. A window of *size* numbers has size − 1 steps
# between them, each as wide as the jump before it.

# %% [markdown]
# | layer | size | stride | adds | field | jump after it |
# |---|---|---|---|---|---|
# | input | | | | 1 | 1 |
# | conv | 5 | 1 | 4 · 1 | 5 | 1 |
# | pool | 2 | 2 | 1 · 1 | 6 | 2 |
# | conv | 5 | 1 | 4 · 2 | 14 | 2 |
# | pool | 2 | 2 | 1 · 2 | 16 | 4 |
# | conv | 5 | 1 | 4 · 4 | 32 | 4 |
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
# ## A network on paper (16 minutes)
#
# A whole network can be planned before a single weight exists. Here is LeNet as a list, one tuple
# for each layer: `("conv", depth, r, s, p)`, `("relu",)`, `("pool", size, stride)`, `("flatten",)`,
# which writes all numbers of a volume into one long row, and `("dense", units)`, a fully connected
# layer.
#
# A convolution gives (D, O of the rows, O of the columns). Pooling keeps the channels and rounds
# down. ReLU changes no shape. Flatten multiplies: (16, 5, 5) becomes (400,), a shape with one
# entry.

# %% [markdown]
# In the figure above the layer with 120 was a convolution. Its 5 × 5 kernels lie on maps of 5 × 5,
# so there is one place for them, and each sees all 400 numbers. That *is* a dense layer, and here
# it is written as one.

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
position = 0
try:
    raise ValueError("3 columns would go unused")
except ValueError as error:
    print(f"layer {position}: {error}")

# %% [markdown]
# **Exercise.** Write `trace_shapes(input_shape, layers)`: the list of the shapes after each layer,
# as tuples. A tuple with one entry is written with a comma: `(120,)`. `for position, layer in
# enumerate(layers):` counts along from 0.
#
# Impossible are: a convolution that does not come out even, a window larger than what it slides
# on, a convolution or a pooling on a shape without three entries, a dense layer on one with more
# than one. Each raises a `ValueError`, and the message names the position of the layer.
#
# `output_size` raises some of these errors already, but knows no position. Catch them as in the
# cell above, and in place of the `print` raise a new one:
# `raise ValueError(f"layer {position}: {error}")`.


# %% exercise="trace_shapes"
def trace_shapes(input_shape, layers):
    """The shape after every layer.

    input_shape: (C, H, W) or (units,). layers: a list of tuples as above.
    Returns a list of shapes, as long as layers. Raises ValueError for an impossible layer; its
    message names the layer's position, counted from 0.
    """
    ### BEGIN SOLUTION
    shape, shapes = tuple(input_shape), []
    for position, (kind, *numbers) in enumerate(layers):
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
            raise ValueError(f"layer {position} ({kind}): {error}") from None
        shapes.append(shape)
    return shapes
    ### END SOLUTION


# %% check="trace_shapes"
check("trace_shapes")

# %% [markdown]
# Here the second convolution is impossible: (28 − 5) / 2 is not whole. Which layer does your
# message name? Layers are counted from 0, so it is layer 2.

# %%
if ready("trace_shapes"):
    hasty = [("conv", 6, 5, 1, 0), ("relu",), ("conv", 16, 5, 2, 0)]
    try:
        trace_shapes((1, 32, 32), hasty)
    except ValueError as error:
        print(error)

# %% [markdown]
# A kernel on C channels has C · R · R weights and one bias, and there are D kernels. They are
# shared by all places, so the size of the maps does not matter. A dense layer has one weight for
# every input and unit, and one bias for every unit.
#
# In numbers: LeNet's first layer has 6 · (1 · 25 + 1) = 156.
#
# **Exercise.** Write `count_parameters(input_shape, layers)`, the number of all weights and biases.
# What a layer gets as its input is the shape *before* it: `[input_shape] +
# trace_shapes(input_shape, layers)` is a list whose entry n is the shape before layer n.


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
# Where do weights, work and memory sit? For each number of a convolution's output, C · R · R
# multiplications; for each unit of a dense layer, one for each input. A number takes 4 bytes.

# %%
if ready("trace_shapes", "count_parameters"):
    shapes = [(1, 32, 32), *trace_shapes((1, 32, 32), lenet)]
    print("layer     shape after     parameters   multiplications   bytes")
    for n, layer in enumerate(lenet):
        before, after = shapes[n], shapes[n + 1]
        # what one number of the output is summed up from; the kernels of LeNet are 5 × 5
        inputs = {"conv": before[0] * 25, "dense": before[0]}.get(layer[0], 0)
        work = inputs * np.prod(after)
        own = count_parameters(before, [layer])
        print(f"{layer[0]:9} {after!s:15}{own:11,}{work:18,}{4 * np.prod(after):8,}")
    print("all parameters:", count_parameters((1, 32, 32), lenet))

# %% [markdown]
# Of 61,706 parameters, 48,120 sit in the first dense layer, and 59,134 in the three dense layers
# together. The work is the other way round: the two convolutions take 357,600 of 416,520
# multiplications, with 2,572 parameters. And the largest maps are the first ones.

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# Before you train a network, let it pass your `trace_shapes`: it costs nothing, and it speaks up.

# %% [markdown]
# ## A question to talk about (3 minutes)
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
# **Go further.** Not graded. Write `smallest_padding(i, r, s)`: the smallest P with which the
# window fits and the stride comes out even. Sometimes there is none, as for 10, 3 and 2. When is
# that? (A loop that never ends is stopped with the button ■ above the notebook.)


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
# **What comes next.** You can plan a network now. In lesson 07 you build LeNet's plan from the
# parts that you have written, give it ready weights, and let it read digits.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("06")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes alone. In class: 20 for the answers by hand and the figure, 20 for the
# formula and `output_size`, 10 for `conv_2d`, 15 for the receptive field. `trace_shapes` and
# `count_parameters` make good homework.
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
# **Shorter.** Leave out the table of multiplications and `count_parameters` (60 minutes).
# **Longer.** Let groups plan a network for 64 × 64 pictures with at most 50,000 parameters whose
# last layer sees the whole picture, and compare their plans.
