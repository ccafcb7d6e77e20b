# ---
# title: Shared weights
# minutes: 90
# needs: lessons 01 to 03, or correlation in one and two dimensions and what a feature map is
# questions:
#   - Why doesn't a network that looks at pictures give every neuron its own weights?
#   - What does a filter look like as a matrix?
#   - How can a program find the numbers of a kernel from examples?
# objectives:
#   - text: compute what a neuron computes
#     shown_by: [neuron]
#   - text: count the weights and biases of a layer
#     shown_by: [count_dense_parameters, count_conv_parameters]
#   - text: run a volume of several channels through a convolutional layer
#     shown_by: [conv_layer]
#   - text: find the gradient of the loss with respect to a weight that is used in many places
#     shown_by: [kernel_gradient]
#   - text: learn a kernel from examples, and design examples that teach it quickly
#     shown_by: [learn_kernel, teaching_picture]
# key_points:
#   - A neuron adds up its weighted inputs and a bias.
#   - >-
#     If every neuron of a layer looks at a patch of its own, and all of them use the same weights,
#     the layer is a correlation plus a bias. As a matrix, it has the same few numbers in every row,
#     shifted by one each time.
#   - >-
#     A convolutional layer has out · (in · size² + 1) weights and biases, whatever the size of the
#     picture. What it saves rests on two assumptions: that neighbouring pixels belong together, and
#     that the same feature matters everywhere.
#   - >-
#     Activations have three axes (channel, row, column), kernels have four. A kernel slides down
#     and across, and adds up over the channels.
#   - The gradient with respect to a shared weight is the sum over all the places where it is used.
# ---

# %% [markdown]
# ## Too many weights (2 minutes)
#
# In 1989 a network at Bell Labs learned to read zip codes from real envelopes. It had 64,660
# connections but only 9,760 different numbers to learn, because many connections shared one number:
# **weight sharing**.
#
# A **neuron** takes in many numbers and gives out one. It multiplies each input by a **weight**,
# adds up the products, and adds a last number, the **bias**. That is the sum of products of
# lessons 01 to 03, plus one number. Neurons that work side by side on the same inputs form a
# **layer**.
#
# Let the inputs be the portrait in colour: three matrices, one behind the other, for red, green and
# blue. Each is called a **channel**.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import SharedWeights, plots
from convolab.figures.layer_drawing import layer_drawing

images, labels = digits()
digit = images[2]
portrait = hopper()
colour = hopper(colour=True).transpose(2, 0, 1)  # channels first
display(plots.images({"red": colour[0], "green": colour[1], "blue": colour[2]}))
print("shape (channels, rows, columns):", colour.shape)
print("weights of one neuron that sees all of it:", colour.size)

# %% [markdown]
# 196,608 weights, for a single neuron. In lesson 03 a feature map of this portrait had 254 × 254
# numbers. If each of them came from a neuron that sees everything, how many weights would that be?

# %%
neurons = 254 * 254
print("neurons:", neurons)
print("weights:", neurons * colour.size)

# %% [markdown]
# Almost 13 billion weights, just to find edges. Big numbers alone don't stop anyone: AlexNet, which
# made these networks famous in 2012, had 60 million weights for 1.2 million photographs. The waste
# is what should bother you. Every neuron would have to find out for itself what an edge is, and
# only pictures with an edge in just that place would help it.
#
# Two assumptions about pictures get us out of this: **a feature is local**, so a neuron needs only
# a small patch; and **a feature is the same everywhere**, so all the neurons can use the same
# weights.

# %% [markdown]
# ## By hand first (10 minutes)
#
# Five inputs in a row: 0, 0, 1, 1, 0. Four neurons, each looking at two neighbours: neuron 0 sees
# inputs 0 and 1, neuron 1 sees inputs 1 and 2, and so on. All four have the same two weights:
# **−1** for the left input and **+1** for the right one. All biases are 0.
#
# **By hand.** What do the four neurons give? A list, such as `[1, 2, 3, 4]`.

# %% answer="by_hand_layer"
### BEGIN SOLUTION
by_hand_layer = [0, 1, 0, -1]
### END SOLUTION

# %% check="by_hand_layer"
check("by_hand_layer")

# %% [markdown]
# This layer finds edges: 1 where the row gets brighter, −1 where it gets darker. Move an edge along
# the row, and its answer moves along too.
#
# Five inputs, four outputs. To get five outputs, add one more input at one end that is always 0.
# That is **padding**; in lesson 02 it was the frame of zeros.
#
# In code, here is neuron 1. `inputs[1:3]` is its patch, inputs 1 and 2:

# %%
inputs, weights, bias = np.array([0, 0, 1, 1, 0]), np.array([-1, 1]), 0
print("products:", inputs[1:3] * weights, " sum plus bias:", np.sum(inputs[1:3] * weights) + bias)

# %% [markdown]
# **Exercise.** Write `neuron(inputs, weights, bias)`: multiply element by element, add up, add the
# bias once. Inputs and weights may have any shape, such as (3, 256, 256), as long as both have the
# same one; otherwise raise a `ValueError`.


# %% exercise="neuron"
def neuron(inputs, weights, bias=0.0):
    """The weighted sum of the inputs, plus the bias.

    inputs, weights: arrays of the same shape, otherwise ValueError. bias: a number.
    Returns a number.
    """
    ### BEGIN SOLUTION
    if inputs.shape != weights.shape:
        raise ValueError(f"the shapes {inputs.shape} and {weights.shape} differ")
    return np.sum(inputs * weights) + bias
    ### END SOLUTION


# %% check="neuron"
check("neuron")

# %% [markdown]
# ## Follow the wires (4 minutes)
#
# In the figure, the circles called *inputs* hold the inputs, and each circle called *outputs* is a
# neuron with its answer inside. A line between them is a **wire**, and each wire has a weight: red
# for positive, blue for negative, dotted for 0. Next to it is the same layer as a matrix, one row
# for each output.
#
# *output* and *wire* pick a wire, and so does pointing at a cell of the matrix. *size* is how many
# inputs an output sees, *stride* how far apart neighbouring patches start, *padding* the zeros on
# either side. *kind* decides which weights are the same, and *count* says how many there are.

# %% [markdown]
# **Predict.** In a *shared* layer, all outputs use the same weights. In a *local* one, each output
# has its own. In a *dense* one, each output has its own and is wired to every input. The figure has
# 8 inputs, 6 outputs and size 3: how many different weights does each kind have? Then switch *kind*
# and tick *count*.

# %%
SharedWeights(size=3)

# %% [markdown]
# **What you saw.** *Shared*: every row of the matrix has the same 3 weights, one step further to
# the right each time. *Local*: 6 rows with 3 of their own, 18. *Dense*: 6 full rows of 8, 48.
#
# In a *shared* or *local* layer most cells of the matrix are empty, because there is no wire.
# Written as numbers they are zeros, and a matrix that is mostly zeros is called **sparse**. (The 0
# in the middle of each row is different: there *is* a wire, and its weight happens to be 0.)

# %% [markdown]
# ## A layer is a matrix (4 minutes)
#
# A matrix M times a list f gives a new list. Row x of M gives number x: multiply the row by f,
# element by element, and add up. That is just what a neuron does, so each row of M is a neuron, and
# `M @ f` in NumPy is the whole layer. Here is the edge detector from above, with four rows and five
# columns:

# %%
edge_detector = np.array([[-1, 1, 0, 0, 0], [0, -1, 1, 0, 0], [0, 0, -1, 1, 0], [0, 0, 0, -1, 1]])
display(plots.cells(edge_detector, title="Four neurons, five inputs"))
print(edge_detector @ inputs)

# %% [markdown]
# **Convolution or correlation?** The weights (−1, 1) meet the inputs in the order they are written.
# Nothing is reversed, so this layer is a *correlation* with [−1, 1]. **Frameworks**, the libraries
# people build networks with, call it a "convolution layer" all the same.
#
# **A claim to test.** "The layer with the weights [1, 2, 4] computes the convolution with [1, 2,
# 4]." It doesn't. Which kernel would you have to convolve with, in mode *valid*, to get what the
# layer gives? A list of three numbers.

# %% answer="trap_flip"
### BEGIN SOLUTION
trap_flip = [4, 2, 1]
### END SOLUTION

# %% check="trap_flip"
check("trap_flip")

# %% [markdown]
# ## Count what is saved (16 minutes)
#
# Take two neurons of a layer, a and b. Neuron a looks at a patch A of the picture through weights
# W, neuron b at a patch B through weights V:
#
# $$a = \sum_i A_i W_i + \text{bias} \qquad b = \sum_i B_i V_i + \text{bias}$$
#
# In words: the products of the patch and the weights, added up, plus a bias. In numbers, with the
# weights −1 and 1 and no bias: the patch 0, 1 gives 1, the patch 1, 0 gives −1, and another neuron
# that sees 0, 1 gives 1 again.
#
# If W = V, the same feature gets the same answer wherever it is. That is lesson 03's equivariance,
# and it makes the layer a correlation plus a bias.

# %% [markdown]
# All the weights and biases together are called the **parameters** of a layer: the numbers that
# have to be found. In a **dense** layer, also called *fully connected*, each unit (neuron) has a
# weight for every input and one bias.
#
# In a **convolutional** layer all neurons of a feature map share their weights. With one kernel of
# 3 × 3 over the three colours, each neuron uses 3 · 3 · 3 weights.
#
# **A claim to test.** "The feature map has 254 × 254 neurons, and each has its own matrices of
# weights." Not counting biases, how many *different* weights do all these neurons really have
# between them?

# %% answer="trap_matrices"
### BEGIN SOLUTION
trap_matrices = 27
### END SOLUTION

# %% check="trap_matrices"
check("trap_matrices")

# %% [markdown]
# **Two exercises.** Write the two counts, one line each. A dense layer has all its weights, and one
# bias per unit. A convolutional layer has `out_channels` kernels, each with size × size weights for
# every input channel; and one bias per *kernel*, since all the neurons of a feature map share it.


# %% exercise="count_dense_parameters"
def count_dense_parameters(inputs, units):
    """Weights and biases of a fully connected layer, together: a whole number."""
    ### BEGIN SOLUTION
    return inputs * units + units
    ### END SOLUTION


# %% check="count_dense_parameters"
check("count_dense_parameters")


# %% exercise="count_conv_parameters"
def count_conv_parameters(in_channels, out_channels, size):
    """Weights and biases of a convolutional layer, together: a whole number.

    in_channels: channels of its input. out_channels: how many kernels it has; each makes one
    feature map. size: rows and columns of a kernel.
    """
    ### BEGIN SOLUTION
    return out_channels * (in_channels * size**2 + 1)
    ### END SOLUTION


# %% check="count_conv_parameters"
check("count_conv_parameters")

# %%
if ready("count_dense_parameters", "count_conv_parameters"):
    print("one feature map of the portrait, 254 × 254:")
    print(f"  every neuron sees all:     {count_dense_parameters(colour.size, neurons):14,}")
    print(f"  every neuron a 3 × 3 patch:{neurons * (27 + 1):14,}")
    print(f"  and all the same weights:  {count_conv_parameters(3, 1, 3):14,}")

# %% [markdown]
# ## Volumes (20 minutes)
#
# A colour picture is a block of numbers with three axes: (channel, row, column). Such a block is
# called a **volume**. A kernel for it has as many channels as the volume. It covers a patch
# *through all the channels*: all the products are added up, and one number comes out.
#
# With D kernels you get D feature maps. Stacked, they form a volume again, with D channels. The D
# numbers at one row and column, one from each map, are called a **depth column**: every kernel's
# answer about one patch.

# %%
layer_drawing(channels=3, kernels=4)

# %% [markdown]
# So the input of a *second* layer has as many channels as the first layer has kernels. Suppose the
# first has 6 kernels and the second has 16. The second layer's "5 × 5 filters" are really blocks of
# 6 × 5 × 5.
#
# **By hand.** Not counting biases, how many weights does one of these blocks have? And all 16
# kernels of that layer together? A list of two numbers.

# %% answer="by_hand_second_layer"
### BEGIN SOLUTION
by_hand_second_layer = [150, 2400]
### END SOLUTION

# %% check="by_hand_second_layer"
check("by_hand_second_layer")

# %% [markdown]
# All the kernels of a layer are kept in one array of shape (D, C, R, R): D kernels, each with C
# channels, R rows and R columns. What goes into a layer and what comes out are called
# **activations**, and they have three axes. A volume of shape (C, H, W) goes in: C channels, H rows
# (its height) and W columns (its width). One of shape (D, H − R + 1, W − R + 1) comes out.
#
# **A claim to test.** "Because the weights have four axes, the kernel slides in the fourth
# dimension." Along how many axes of the volume does a kernel slide?

# %% answer="trap_axes"
### BEGIN SOLUTION
trap_axes = 2
### END SOLUTION

# %% check="trap_axes"
check("trap_axes")

# %% [markdown]
# One kernel in one place, in code. The slice `volume[:, a:b, c:d]` takes all the channels, rows a
# up to but not including b, and columns c up to but not including d:

# %%
volume, one_kernel = np.arange(24).reshape(2, 3, 4), np.array([[[1, 0], [0, 0]], [[0, 0], [0, 2]]])
row, col, size = 1, 2, 2
patch = volume[:, row : row + size, col : col + size]
print(patch)
print("the kernel's answer at row 1, column 2:", np.sum(patch * one_kernel))

# %% [markdown]
# **Exercise.** Write `conv_layer(volume, kernels, biases)`: every kernel at every place, plus the
# kernel's bias. Three loops are fine, over kernels, rows and columns, and your `neuron` can help.
# Nothing is reversed, since this is a correlation. `a, b, c = volume.shape` takes a shape apart.


# %% exercise="conv_layer"
def conv_layer(volume, kernels, biases):
    """A volume through a convolutional layer: a correlation with every kernel, plus its bias.

    volume: (C, H, W), kernels: (D, C, R, R), biases: (D,).
    Returns an array of shape (D, H − R + 1, W − R + 1).
    """
    ### BEGIN SOLUTION
    depth, _, size, _ = kernels.shape
    _, rows, columns = volume.shape
    maps = np.zeros((depth, rows - size + 1, columns - size + 1))
    for d in range(depth):
        for r in range(rows - size + 1):
            for c in range(columns - size + 1):
                patch = volume[:, r : r + size, c : c + size]
                maps[d, r, c] = neuron(patch, kernels[d], biases[d])
    return maps
    ### END SOLUTION


# %% check="conv_layer"
check("conv_layer")

# %% [markdown]
# Now something real: two kernels on the colour portrait, taking every second pixel so that your
# loops finish within a few seconds. The first adds up a Sobel kernel's answers about the three
# colours. The second is red minus blue, averaged over 3 × 3. Negative answers are shown black.
#
# This Sobel kernel has its 1s on the right, so that *correlating* gives a positive number where the
# picture gets brighter to the right. Lesson 03 wrote it the other way round, because a convolution
# reverses it.

# %%
sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
if ready("conv_layer"):
    mean = np.full((3, 3), 1 / 9)
    two = np.array([[sobel, sobel, sobel], [mean, 0 * mean, -mean]])
    maps = conv_layer(colour[:, ::2, ::2].astype(float), two, np.array([0.0, 0.0]))
    print("kernels (D, C, R, R):", two.shape, " feature maps (D, rows, columns):", maps.shape)
    edges, redness = np.clip(maps[0], 0, 255), np.clip(maps[1], 0, 255)
    display(plots.images({"edges in all colours": edges, "more red than blue": redness}))

# %% [markdown]
# ## Where do the weights come from? (13 minutes)
#
# The weights in lesson 03 were chosen by people. A network finds its own: it guesses, measures how
# wrong it is, and changes each weight a little. That measure, a single number, is the **loss**.
#
# Nudge a weight a little: how much does the loss change per unit of nudge? That ratio is the
# **gradient** of the loss *with respect to* the weight. If it is positive, the weight should
# fall. (Lesson 03's gradient was the picture's: how brightness changes from place to place. This
# one is the loss's: how it changes with a weight.)

# %% [markdown]
# Let y be the correlation of f with two weights, mode *valid*: y(x) = f(x)·w(0) + f(x + 1)·w(1).
# For now, suppose we know the gradient of the loss with respect to every y(x), as a list `grad_y`:
# nudge y(x) by a tiny amount, and the loss changes by grad_y(x) times that amount.
#
# Now nudge w(1) by a tiny ε (*epsilon*). Then y(x) grows by f(x + 1)·ε, at *every* place x. So the
# loss grows by grad_y(0)·f(1)·ε + grad_y(1)·f(2)·ε + … A shared weight is used in many places, and
# **its gradient is the sum over all of them**:
#
# $$\text{grad}_w(i) = \sum_x \text{grad}_y(x)\; f(x + i)$$
#
# In words: for weight i, add up, over all places x, grad_y(x) times the number that weight i meets
# there.

# %% [markdown]
# In numbers: f = [1, 2, 0, 3], two weights, grad_y = [1, 0, −1]. For w(0): 1·1 + 0·2 + (−1)·0 = 1.
#
# **By hand.** What are the gradients with respect to w(0) and w(1)? A list of two numbers.

# %% answer="by_hand_kernel_gradient"
### BEGIN SOLUTION
by_hand_kernel_gradient = [1, -1]
### END SOLUTION

# %% check="by_hand_kernel_gradient"
check("by_hand_kernel_gradient")

# %% [markdown]
# You can check a gradient by trying it out. The loss below is 1·y(0) + 0·y(1) − 1·y(2), so grad_y
# is [1, 0, −1]. Each weight in turn is nudged by 0.001:

# %%
f, grad_y = np.array([1.0, 2, 0, 3]), np.array([1.0, 0, -1])


def loss(w):
    return np.sum(grad_y * ops.correlate_1d(f, w, "valid"))


w = np.array([0.5, 0.5])
for i in range(2):
    nudged = w.copy()
    nudged[i] += 0.001
    print(f"w({i}): the loss changes by {(loss(nudged) - loss(w)) / 0.001:.3f} per unit of nudge")

# %% [markdown]
# **Exercise.** Write `kernel_gradient(f, grad_y, size)`, for any number of weights. There are
# len(f) − size + 1 places; if `grad_y` has another length, raise a `ValueError`.


# %% exercise="kernel_gradient"
def kernel_gradient(f, grad_y, size):
    """The gradient of a loss with respect to the weights of y = correlate_1d(f, w, "valid").

    f: (n,). grad_y: the gradient with respect to y, (n − size + 1,), otherwise ValueError.
    size: how many weights there are. Returns an array of shape (size,).
    """
    ### BEGIN SOLUTION
    places = len(f) - size + 1
    if len(grad_y) != places:
        raise ValueError(f"grad_y has {len(grad_y)} numbers; there are {places} places")
    gradient = np.zeros(size)
    for i in range(size):
        gradient[i] = np.sum(grad_y * f[i : i + places])
    return gradient
    ### END SOLUTION


# %% check="kernel_gradient"
check("kernel_gradient")

# %% [markdown]
# ## Learn a kernel (11 minutes)
#
# You have a picture and its filtered twin, the *target*, and nobody tells you the kernel. Find it:
#
# 1. Start with a kernel of zeros.
# 2. Correlate the picture with it, and subtract the target. The differences say how wrong it is.
# 3. The loss is the **mean squared error**: the average of the squared differences.
# 4. Change each weight by its gradient times a small number, the **learning rate**, downhill.
# 5. Repeat from 2, a few hundred times.

# %% [markdown]
# Nudge an output by a tiny ε: its difference d from the target changes by ε too, and d² by nearly
# 2·d·ε. The average divides by N, the number of differences. So grad_y in each place is 2·d/N.
#
# In two dimensions, the weight at row i and column j meets the part of the picture that starts at
# row i and column j and is as large as the *target*. For its gradient, multiply grad_y by that
# part, element by element, and add up. Here is that for one weight, at row 0 and column 1. The
# picture is 4 × 5 and the kernel 2 × 2, so the target is 3 × 4. Watch which shape is used where:

# %%
picture = np.array([[1, 0, 2, 1, 0], [0, 1, 0, 3, 1], [3, 0, 1, 0, 2], [1, 2, 0, 1, 1]])
target = np.array([[6, 0, -6, 12], [0, 6, 6, 0], [-12, 0, 6, 0]])
kernel = np.zeros((2, 2))
difference = ops.correlate_2d(picture, kernel, "valid") - target
grad_y = 2 * difference / difference.size
rows, columns = target.shape
print("grad_y, as large as the target:")
print(grad_y)
print("the part that this weight meets, as large as the target:")
print(picture[0 : 0 + rows, 1 : 1 + columns])
print("its gradient:", np.sum(grad_y * picture[0 : 0 + rows, 1 : 1 + columns]))

# %% [markdown]
# **Exercise.** Write `learn_kernel`. You may use `ops.correlate_2d(image, kernel, "valid")`. For
# the gradient, use two loops over the rows i and columns j of the kernel, and a sum like the last
# line above. Work out all the gradients before you change the first weight. "Downhill" means that a
# weight with a positive gradient gets smaller.


# %% exercise="learn_kernel"
def learn_kernel(image, target, size=3, steps=200, learning_rate=0.3):
    """The kernel that turns the image into the target by correlation, found step by step.

    image: (H, W). target: (H − size + 1, W − size + 1). Gradient descent on the mean squared error,
    from zeros. Returns an array of shape (size, size).
    """
    ### BEGIN SOLUTION
    kernel = np.zeros((size, size))
    rows, columns = target.shape
    for _ in range(steps):
        difference = ops.correlate_2d(image, kernel, "valid") - target
        grad_y = 2 * difference / difference.size
        gradient = np.zeros((size, size))
        for i in range(size):
            for j in range(size):
                gradient[i, j] = np.sum(grad_y * image[i : i + rows, j : j + columns])
        kernel = kernel - learning_rate * gradient
    return kernel
    ### END SOLUTION


# %% check="learn_kernel"
check("learn_kernel")

# %% [markdown]
# Now let it find the Sobel kernel, from nothing but a picture of random dots and its filtered twin:

# %%
dots = np.random.default_rng(4).random((32, 32))
filtered = ops.correlate_2d(dots, sobel, "valid")
shown = (filtered - filtered.min()) / (filtered.max() - filtered.min())
display(plots.images({"dots": dots, "the target": shown}))
if ready("learn_kernel"):
    for steps in (1, 20, 200):
        found = learn_kernel(dots, filtered, steps=steps)
        display(plots.cells(found.round(2), title=f"Steps: {steps}"))

# %% [markdown]
# Two hundred small steps, and every weight is right to within 0.0001. The program never saw the
# kernel, only what it does.
#
# **Predict.** Will it work as well with a piece of the portrait in place of random dots?

# %%
if ready("learn_kernel"):
    face = portrait[40:104, 90:154] / 255
    even = (face - face.mean()) / face.std()
    display(plots.image(face, title="A piece of the portrait, 64 × 64"))
    for name, piece, rate in (("as it is", face, 0.3), ("standardised", even, 0.1)):
        found = learn_kernel(piece, ops.correlate_2d(piece, sobel, "valid"), 3, 200, rate)
        print(f"{name}: largest error after 200 steps {np.abs(found - sobel).max():.3f}")

# %% [markdown]
# **What you saw.** With the picture as it is, the worst weight is off by 0.687. Neighbours in a
# photograph are nearly equal, so many kernels give nearly the same output, and the loss hardly says
# which is better. **Standardising** helps: subtract the mean, so that what differs is no longer
# drowned by what is the same everywhere, and divide by how far the numbers spread (the *standard
# deviation*, `std()`). The numbers are larger then, so the learning rate has to be smaller: above
# 0.125, on this picture, the weights grow without end.
#
# With patience it gets there. The next cell takes 2,000 steps, half a second to a minute, depending
# on your loops.

# %% heavy=true
if ready("learn_kernel"):
    found = learn_kernel(even, ops.correlate_2d(even, sobel, "valid"), 3, 2000, 0.1)
    print(f"largest error after 2,000 steps: {np.abs(found - sobel).max():.5f}")

# %% [markdown]
# ## A picture that teaches (5 minutes)
#
# So some pictures teach better than others. **Invent one that teaches any 3 × 3 kernel in only 20
# steps**, at a learning rate of 0.3. It may have up to 32 rows and columns, and numbers from −1
# to 1. The check filters your picture with six kernels that it draws, learns them back, and
# measures the worst weight:
#
# - after 20 steps, every weight is right to within 0.1;
# - when the targets are noisy, to within 0.25.
#
# Try things, and let the check tell you how far you are. There are many good ones.


# %% exercise="teaching_picture"
def teaching_picture():
    """A picture that teaches kernels quickly: a 2D array, at most 32 × 32, from −1 to 1."""
    ### BEGIN SOLUTION
    return np.random.default_rng(0).choice([-1.0, 1.0], (32, 32))
    ### END SOLUTION


# %% check="teaching_picture"
check("teaching_picture")

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# Neuron, layer, filter and matrix are four views of one sum of products.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# A convolutional layer has 8 kernels of 5 × 5. Its input is a colour picture of 100 × 100, so its
# feature maps are 96 × 96. Not counting biases, how many different weights does it have?
#
# - **a** — 8 · 3 · 25 = 600
# - **b** — 8 · 25 = 200: a kernel is a square, and it is used for every colour
# - **c** — 8 · 3 · 25 · 96 · 96 = 5,529,600: every neuron has its own
# - **d** — 25: all share the same weights

# %% answer="discussion_04"
### BEGIN SOLUTION
discussion_04 = "a"
### END SOLUTION

# %% check="discussion_04"
check("discussion_04")

# %% [markdown]
# ## Explain (2 minutes)
#
# A friend says: "Sharing weights is a trick to save memory, nothing more." In two sentences: what
# else does it give a network, and for which kind of picture would it be a bad idea?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# A shared kernel learns from every place in every picture: a feature seen in one corner is found in
# all the others, and a kernel of so few numbers can hardly learn its examples by heart. Sharing is
# a bad idea where each place means something else: in passport photographs, all cut to the same
# frame, the eyes are always here and the mouth is always there.
#
# </details>

# %% [markdown]
# **What comes next.** Two such layers in a row are one layer, just as two kernels in a row are one
# kernel, so stacking them gains nothing. Lesson 05 puts something in between that changes this, and
# makes feature maps smaller so that a small shift matters less. You will need volumes, in which
# every channel is a map.

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later.
#
# **When sharing is wrong.** Fewer free numbers fit fewer functions, so a convolutional network is a
# *regularised* network. That pays off as long as its assumptions hold. DeepFace (2014) looked at
# faces that had been carefully aligned. Its first layers share their weights; the next three are
# *local*, with separate weights for each place, and the last two are dense.

# %% [markdown]
# **A matrix for a true convolution.** Its rows hold the kernel *reversed*. For n inputs and k
# weights there are n − k + 1 rows in mode *valid*; row 0 starts with the reversed kernel, and each
# next row has it one column further to the right.
#
# **By hand.** Row 0 of the matrix for the kernel [1, 2, 3] and 5 inputs. A list of five numbers.

# %% answer="by_hand_matrix_row"
### BEGIN SOLUTION
by_hand_matrix_row = [3, 2, 1, 0, 0]
### END SOLUTION

# %% check="by_hand_matrix_row"
check("by_hand_matrix_row")

# %% [markdown]
# Write `convolution_matrix(kernel, n)`. Start with zeros, `np.zeros((rows, columns))`, and write
# the reversed kernel into row x from column x on: `matrix[x, a:b]` is the part of row x from column
# a up to but not including b. If the kernel is longer than n, raise a `ValueError`.


# %% answer="convolution_matrix"
def convolution_matrix(kernel, n):
    """The matrix M with M @ f equal to the convolution of f with the kernel, mode valid.

    kernel: array of k numbers. n: how many numbers f has, at least k, otherwise ValueError.
    Returns an array of shape (n − k + 1, n).
    """
    ### BEGIN SOLUTION
    k = len(kernel)
    if n < k:
        raise ValueError(f"{n} inputs are fewer than the {k} numbers of the kernel")
    matrix = np.zeros((n - k + 1, n))
    for x in range(n - k + 1):
        matrix[x, x : x + k] = kernel[::-1]
    return matrix
    ### END SOLUTION


# %% check="convolution_matrix"
check("convolution_matrix")

# %%
if ready("convolution_matrix"):
    matrix = convolution_matrix(np.array([1, 0, -1]), 8)
    display(plots.cells(matrix, title="The convolution with [1, 0, −1], 8 inputs"))
    print("row 2 of the digit:  ", digit[2])
    print("matrix times that:   ", matrix @ digit[2])
    print("convolution, valid:  ", ops.convolve_1d(digit[2], [1, 0, -1], "valid"))

# %% [markdown]
# **The wires of a picture.** Two dimensions change nothing. Write the 16 pixels of a 4 × 4 picture
# in one row, and a layer with a 3 × 3 kernel is a matrix again: four neurons, nine wires each, and
# the same nine weights (here 1 to 9) in every row. Column j says what pixel j alone does to the
# four. Fold a row back into a picture (here the last one), and you see which patch its neuron looks
# at.

# %%
pixels = np.eye(16).reshape(16, 4, 4)  # 16 pictures, in each of them one pixel is 1
one_to_nine = np.arange(1, 10).reshape(3, 3)
wires = np.transpose([ops.correlate_2d(one, one_to_nine, "valid").ravel() for one in pixels])
display(plots.cells(wires, title="Four neurons, 16 pixels"))
display(plots.cells(wires[3].reshape(4, 4), title="Folded back"))

# %% [markdown]
# **Two layers.** If a layer is a matrix, then two layers in a row are a product of two matrices.
# `second @ first` multiplies them. Write `two_layers(first, second, n)`: *one* matrix that does
# what the convolution with `first`, mode *valid*, and then the one with `second` do together. Use
# your `convolution_matrix` twice: how many inputs does the second one have? Then compare with
# lesson 01: two kernels in a row are one kernel.


# %% answer="two_layers"
def two_layers(first, second, n):
    """The matrix of two convolutions, mode valid, one after the other, on n inputs.

    first: (k,), second: (m,). Returns an array of shape (n − k − m + 2, n).
    """
    ### BEGIN SOLUTION
    below = convolution_matrix(first, n)
    return convolution_matrix(second, len(below)) @ below
    ### END SOLUTION


# %% check="two_layers"
check("two_layers")

# %% [markdown]
# **A kernel from no book.** A learned kernel needn't look like anything people designed. This one
# is asked to undo a blur: its picture is the blurred dots, its target the sharp ones. Nine weights
# can't do much in 400 steps; this is what they do:

# %%
if ready("learn_kernel"):
    soft = ops.correlate_2d(dots, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16, "valid")
    sharp = dots[2:-2, 2:-2]
    undo = learn_kernel(soft, sharp, steps=400)
    before, after = soft[1:-1, 1:-1] - sharp, ops.correlate_2d(soft, undo, "valid") - sharp
    display(plots.cells(undo.round(2), title="Undoes a blur"))
    print(f"typical error blurred {before.std():.3f}, undone {after.std():.3f}")

# %% [markdown]
# ## Where this comes from
#
# - Yann LeCun and others, *Backpropagation Applied to Handwritten Zip Code Recognition*, 1989. The
#   zip codes and their numbers; weights that are shared and learned.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The neuron with 196,608 weights,
#   the red and blue wires, those of a picture, the extra input as padding, the depth column, the
#   network as a regularised one.
# - John (vaulttech), *Convolutions and Neural Networks*, 2017. The neurons a and b, and W = V.
# - Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton, *ImageNet Classification with Deep
#   Convolutional Neural Networks*, 2012. AlexNet and its numbers.
# - Yaniv Taigman and others, *DeepFace: Closing the Gap to Human-Level Performance in Face
#   Verification*, 2014. Layers that don't share.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("04")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone, with a good break before *Where do the weights come from?* In class:
# 15 for the wires and the figure, 15 for counting, 20 for volumes. The gradient, `learn_kernel` and
# the teaching picture make a second session of 35.
#
# **On the board.** Five inputs, four neurons, two colours of chalk. Then rub out two neurons' wires
# and let the class say where they go. Write the matrix next to it, a row for each neuron.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *Channels not summed:* ask how many numbers come out of one patch
# for one kernel. *Only one place counted in the gradient:* let everybody who uses the weight raise
# a hand; each contributes to the change.

# %% [markdown] teacher=true
# **The question.** *a* is right. *b* forgets that a kernel has as many channels as its input,
# because everybody says "5 by 5". *c* counts every wire, which would be right for a *local*
# layer. *d* has heard "shared" and shares too much: the neurons of one map share, kernels and
# channels don't.
#
# **Shorter.** Leave out everything from *Where do the weights come from?* on (55 minutes).
# **Longer.** Have the class compare their teaching pictures: whose finds the kernels in the fewest
# steps, and whose stands the most noise?
