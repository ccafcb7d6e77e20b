# ---
# title: Shared weights
# minutes: 75
# needs: lessons 01 to 03, or correlation in one and two dimensions and what a feature map is
# questions:
#   - Why does a network that sees pictures not give every neuron its own weights?
#   - What does a filter look like as a matrix?
#   - How can a program find the numbers of a kernel from examples?
# objectives:
#   - text: compute what a neuron computes, and write a layer with shared weights as a matrix
#     shown_by: [neuron, convolution_matrix]
#   - text: count the weights and biases of a layer
#     shown_by: [count_dense_parameters, count_conv_parameters]
#   - text: run a volume of several channels through a convolutional layer
#     shown_by: [conv_layer]
#   - text: find the gradient of a weight that is used at many places
#     shown_by: [kernel_gradient]
#   - text: learn a kernel from examples
#     shown_by: [learn_kernel]
# key_points:
#   - A neuron adds up its weighted inputs and a bias.
#   - >-
#     If every neuron of a layer looks at a patch, and all use the same weights, the layer is a
#     correlation plus a bias. As a matrix, it has the same few numbers in every row, moved by one.
#   - >-
#     A convolutional layer has out · (in · size² + 1) weights and biases, whatever the size of the
#     picture.
#   - >-
#     Activations have three axes (channel, row, column), kernels have four. A kernel slides along
#     two of them and adds up over the channels.
#   - The gradient of a shared weight is the sum over all the places where it is used.
# ---

# %% [markdown]
# ## Too many weights (4 minutes)
#
# A network is built of neurons. A **neuron** takes many numbers in and gives one number out. Each
# input is multiplied by a number of its own, its **weight**. The products are added up, and then
# one more number is added, the **bias**. That is all. It is the sum of products of lessons 01 to
# 03, plus one number. Neurons side by side that look at the same inputs are a **layer**.
#
# Let the inputs be the portrait in colour: three matrices behind each other, its red, green and
# blue channel.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import SharedWeights, plots

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
# Nearly 13 thousand million. Nobody has enough portraits to find so many numbers from. Two
# questions lead out of this:
#
# **What if a neuron looks at a small patch only? And what if all neurons use the same weights?**

# %% [markdown]
# ## By hand first (7 minutes)
#
# Five inputs in a row: 0, 0, 1, 1, 0. Four neurons, each of which looks at two neighbours. Neuron 0
# sees inputs 0 and 1, neuron 1 sees inputs 1 and 2, and so on. All four have the same two weights:
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
# The layer of these four neurons finds edges: 1 where the row gets brighter, −1 where it gets
# darker. The same feature at another place gives the same answer at another place.
#
# Five inputs, four outputs. To have five outputs, put one more input at one end that is always 0.
# This is **padding**; you met it in lesson 02 as the frame of zeros.
#
# In code, neuron 1 of the four. `inputs[1:3]` is its patch, the inputs 1 and 2:

# %%
inputs, weights, bias = np.array([0, 0, 1, 1, 0]), np.array([-1, 1]), 0
print("products:", inputs[1:3] * weights, " sum plus bias:", np.sum(inputs[1:3] * weights) + bias)

# %% [markdown]
# **Exercise.** Write `neuron(inputs, weights, bias)`: multiply place by place, add up, add the bias
# once. Inputs and weights may have any shape, such as (3, 256, 256), but both the same; otherwise
# raise a `ValueError`.


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
# ## Follow the wires (6 minutes)
#
# In the figure the circles called *inputs* hold the inputs, and each circle called *outputs* is a
# neuron with its answer in it. A line between them is a **wire**, and each wire has a weight: red
# for positive weights, blue for negative ones, dotted for a weight that is 0. Beside it stands the
# layer as a matrix, one row for each output.
#
# *output* and *wire* choose a wire, and so does pointing at a cell of the matrix. *size* is how
# many inputs an output sees, *stride* how far its patch lies from the next one's, *padding* the
# zeros on either side. *kind* decides which weights are the same.

# %% [markdown]
# **Predict.** The layer is *shared*, and its matrix has the same few numbers in every row. What
# happens to the rows when you change *kind* to *local*, and then to *dense*? How many different
# weights has each?

# %%
SharedWeights(size=3)

# %% [markdown]
# **What you saw.** With 8 inputs and size 3 there are 6 outputs. In a *dense* layer, every output
# is wired to every input: 6 rows of 8 numbers, 48 weights. In a *local* layer each output sees
# three neighbours and has weights of its own: 18. In a *shared* layer the three numbers are the
# same in every row: 3 weights.
#
# In a *shared* or *local* layer most cells of the matrix are empty: there is no wire. As numbers
# they are zeros, and a matrix with so many of them is called **sparse**. (The 0 in the middle of
# each row is something else: there *is* a wire, with a weight that happens to be 0.)

# %% [markdown]
# ## A layer is a matrix (11 minutes)
#
# A matrix M times a list f of numbers gives a new list. Its number x is the sum of row x of M times
# f, place by place. In NumPy that is `M @ f`. So each row of M is a neuron.
#
# Here is the edge detector from above, as a matrix of four rows and five columns:

# %%
edge_detector = np.array([[-1, 1, 0, 0, 0], [0, -1, 1, 0, 0], [0, 0, -1, 1, 0], [0, 0, 0, -1, 1]])
display(plots.cells(edge_detector, title="Four neurons, five inputs"))
print(edge_detector @ inputs)

# %% [markdown]
# **Convolution or correlation?** The weights are (−1, 1) from left to right, and they lie on the
# inputs as they are written. Nothing is reversed. So this layer is a *correlation* with [−1, 1].
# **Frameworks**, the libraries with which networks are built, call it a "convolution layer" all the
# same.
#
# **A claim to test.** "The layer with the weights [1, 2, 4] computes the convolution with [1, 2,
# 4]." It does not. With which kernel do you have to convolve, in mode *valid*, to get what the
# layer gives? A list of three numbers.

# %% answer="trap_flip"
### BEGIN SOLUTION
trap_flip = [4, 2, 1]
### END SOLUTION

# %% check="trap_flip"
check("trap_flip")

# %% [markdown]
# Now the other way round: we want a matrix that computes a *true* convolution, in mode *valid*.
# Then the rows must hold the kernel reversed. For n inputs and k weights there are n − k + 1 rows.
# Row 0 begins with the reversed kernel; each next row has it one column further to the right.
#
# **By hand.** Row 0 of the matrix for the kernel [1, 2, 3] and 5 inputs. A list of five numbers.

# %% answer="by_hand_matrix_row"
### BEGIN SOLUTION
by_hand_matrix_row = [3, 2, 1, 0, 0]
### END SOLUTION

# %% check="by_hand_matrix_row"
check("by_hand_matrix_row")

# %% [markdown]
# **Exercise.** Write `convolution_matrix(kernel, n)`. Begin with an array of zeros,
# `np.zeros((rows, columns))`, and write the reversed kernel into row x from column x on:
# `matrix[x, a:b]` is the part of row x from column a up to but not including b. If the kernel is
# longer than n, raise a `ValueError`.


# %% exercise="convolution_matrix"
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

# %% [markdown]
# Your matrix at work, on one row of the digit:

# %%
if ready("convolution_matrix"):
    matrix = convolution_matrix(np.array([1, 0, -1]), 8)
    display(plots.cells(matrix, title="The convolution with [1, 0, −1], 8 inputs"))
    print("row 2 of the digit:  ", digit[2])
    print("matrix times that:   ", matrix @ digit[2])
    print("convolution, valid:  ", ops.convolve_1d(digit[2], [1, 0, -1], "valid"))

# %% [markdown]
# ## Count what is saved (6 minutes)
#
# Take two neurons of a layer, a and b. Neuron a looks at a patch A of the picture, with weights W.
# Neuron b looks at a patch B, with weights V. They give
#
# $$a = \sum_i A_i W_i + \text{bias} \qquad b = \sum_i B_i V_i + \text{bias}$$
#
# In words: the products of the patch and the weights, added up, plus a bias.

# %% [markdown]
# In numbers, with the weights −1 and 1 and no bias: where the patch is 0, 1 the answer is 1; where
# it is 1, 0 the answer is −1; and another neuron that sees 0, 1 answers 1 again.
#
# If W = V, the same feature gives the same answer wherever it is; that is the equivariance of
# lesson 03. So the layer is a correlation, plus a bias. (Strictly, one more step follows in a
# network, the *nonlinearity*, which lesson 05 explains.)

# %% [markdown]
# All weights and biases together are called the **parameters** of a layer: the numbers that are to
# be found. In a **dense** layer, also called *fully connected*, each of its units (neurons) has a
# weight for every input, and one bias.
#
# In a **convolutional** layer all neurons of a feature map share their weights. With one kernel of
# 3 × 3 over the three colours, each neuron uses 3 · 3 · 3 weights.
#
# **A claim to test.** "Its feature map has 254 × 254 neurons, and each has its own matrices of
# weights." How many *different* weights do all these neurons really have together, biases not
# counted?

# %% answer="trap_matrices"
### BEGIN SOLUTION
trap_matrices = 27
### END SOLUTION

# %% check="trap_matrices"
check("trap_matrices")

# %% [markdown]
# **Two exercises.** Write the two counts, each one line. In a dense layer: all weights, and one
# bias a unit. In a convolutional layer: `out_channels` kernels, each of them with size × size
# weights for every input channel; and one bias for each *kernel*, since all neurons of a feature
# map share it.


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

    in_channels: channels of its input. out_channels: its kernels, each makes one feature map.
    size: rows and columns of a kernel.
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
# ## Volumes (14 minutes)
#
# A colour picture is a block of numbers with three axes: (channel, row, column). Such a block is
# called a **volume**. A kernel for it has as many channels as the volume. It lies on a patch
# *through all channels*; all products are added up, and one number comes out.
#
# With D kernels there are D feature maps. Stacked, they are a volume again, with D channels. The D
# numbers at one row and column, one from each map, are called a **depth column**: all kernels'
# answers about one patch.

# %% [markdown]
# So the input of a *second* layer has D channels. "5 × 5 filters" in a second layer, after a first
# one with 6 kernels, are really blocks of 6 × 5 × 5.
#
# **By hand.** How many weights has one of these blocks? And how many have all 16 kernels of that
# layer together? A list of two numbers, without biases.

# %% answer="by_hand_second_layer"
### BEGIN SOLUTION
by_hand_second_layer = [150, 2400]
### END SOLUTION

# %% check="by_hand_second_layer"
check("by_hand_second_layer")

# %% [markdown]
# All kernels of a layer are kept in one array of shape (D, C, R, R): D kernels, each with C
# channels, R rows and R columns. What goes into a layer and what comes out of it are called
# **activations**. They have three axes. With C channels of H rows and W columns going in, (C, H,
# W), there comes out (D, H − R + 1, W − R + 1).
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
# **Fill the gap.** One kernel, one place. A slice `volume[:, a:b, c:d]` takes all channels, the
# rows from a up to but not including b, and the columns from c up to but not including d.


# %% answer="gap_volume_at"
def gap_volume_at(volume, kernel, row, col):
    """The answer of one kernel about the patch that begins at (row, col), without a bias.

    volume: (C, H, W), kernel: (C, R, R). Returns a number.
    """
    size = kernel.shape[1]
    ### BEGIN SOLUTION stub: patch = ...  # all channels, size rows and size columns
    patch = volume[:, row : row + size, col : col + size]
    ### END SOLUTION
    return np.sum(patch * kernel)


# %% check="gap_volume_at"
check("gap_volume_at")

# %% [markdown]
# **Exercise.** Write `conv_layer(volume, kernels, biases)`: every kernel at every place, plus the
# kernel's bias. Three loops are fine, over kernels, rows and columns, and your `neuron` may help.
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
# Something real: two kernels on the portrait in colour, of which every second pixel is taken so
# that loops need no more than a few seconds. The first adds up the Sobel kernel's answers about all
# three colours. The second takes red less blue, averaged over 3 × 3. Negative answers are shown
# black.

# %%
if ready("conv_layer"):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    mean = np.full((3, 3), 1 / 9)
    two = np.array([[sobel, sobel, sobel], [mean, 0 * mean, -mean]])
    maps = conv_layer(colour[:, ::2, ::2].astype(float), two, np.array([0.0, 0.0]))
    print("kernels (D, C, R, R):", two.shape, " feature maps (D, rows, columns):", maps.shape)
    edges, redness = np.clip(maps[0], 0, 255), np.clip(maps[1], 0, 255)
    display(plots.images({"edges in all colours": edges, "more red than blue": redness}))

# %% [markdown]
# ## Where do the weights come from? (10 minutes)
#
# In lesson 03 people had chosen the weights. A network finds them: it guesses, measures how wrong
# it is, and changes each weight a little. The number that says how wrong it is is called the
# **loss**.
#
# For each weight the question is: if it grows by a tiny amount, by how many times that amount does
# the loss grow? This number is the **gradient** of the loss by the weight. If it is positive, the
# weight should shrink.

# %% [markdown]
# Let y be the correlation of f with two weights, mode *valid*: y(x) = f(x)·w(0) + f(x + 1)·w(1).
# Suppose we know the gradient of the loss by every y(x), as a list `grad_y`: if y(x) grows by a
# tiny amount, the loss grows by grad_y(x) times that amount.
#
# Now w(1) grows by a tiny ε (*epsilon*). Then y(x) grows by f(x + 1)·ε, at *every* place x. So the
# loss grows by grad_y(0)·f(1)·ε + grad_y(1)·f(2)·ε + … A shared weight is used at many places, and
# **its gradient is the sum over all of them**:
#
# $$\text{grad}_w(i) = \sum_x \text{grad}_y(x)\; f(x + i)$$
#
# In words: the gradient of weight i is the sum, over all places x, of grad_y(x) times the number
# that weight i meets there.

# %% [markdown]
# In numbers: f = [1, 2, 0, 3], two weights, grad_y = [1, 0, −1]. For w(0): 1·1 + 0·2 + (−1)·0 = 1.
#
# **By hand.** What are the gradients of w(0) and w(1)? A list of two numbers.

# %% answer="by_hand_kernel_gradient"
### BEGIN SOLUTION
by_hand_kernel_gradient = [1, -1]
### END SOLUTION

# %% check="by_hand_kernel_gradient"
check("by_hand_kernel_gradient")

# %% [markdown]
# You can check a gradient by trying it out. The loss below is 1·y(0) + 0·y(1) − 1·y(2), so that
# grad_y is [1, 0, −1]. Each weight in turn grows by 0.001:

# %%
f, grad_y = np.array([1.0, 2, 0, 3]), np.array([1.0, 0, -1])


def loss(w):
    return np.sum(grad_y * ops.correlate_1d(f, w, "valid"))


w = np.array([0.5, 0.5])
for i in range(2):
    nudged = w.copy()
    nudged[i] += 0.001
    print(f"w({i}): the loss grows by {(loss(nudged) - loss(w)) / 0.001:.3f} times as much")

# %% [markdown]
# **Exercise.** Write `kernel_gradient(f, grad_y, size)`, for any number of weights. There are
# len(f) − size + 1 places; if `grad_y` has another length, raise a `ValueError`.


# %% exercise="kernel_gradient"
def kernel_gradient(f, grad_y, size):
    """The gradient of a loss by the weights of y = correlate_1d(f, w, "valid").

    f: (n,). grad_y: the gradient by y, (n − size + 1,), otherwise ValueError. size: how many
    weights there are. Returns an array of shape (size,).
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
# ## Learn a kernel (12 minutes)
#
# You have a picture and its filtered twin, and nobody tells you the kernel. Find it:
#
# 1. Begin with a kernel of zeros.
# 2. Correlate the picture with it, and subtract the target. The differences say how wrong it is.
# 3. The loss is the **mean squared error**: the average of the squared differences.
# 4. Change each weight by its gradient, times a small number, the **learning rate**, downhill.
# 5. Again from 2, some hundreds of times.

# %% [markdown]
# If a difference d grows by a tiny ε, then d² grows by 2·d·ε. And the average divides by the number
# N of differences. So grad_y at a place is 2·d/N.
#
# In two dimensions, the weight at row i and column j meets the part of the picture that begins at
# row i and column j and is as large as the target. Its gradient is the sum of grad_y times that
# part, place by place. One step in numbers, with a picture of 3 × 3, a kernel of 2 × 2, and for the
# weight at row 0 and column 1:

# %%
picture = np.array([[1.0, 0, 2], [0, 1, 0], [3, 0, 1]])
target = np.array([[2.0, 0], [1, 1]])
kernel = np.zeros((2, 2))
difference = ops.correlate_2d(picture, kernel, "valid") - target
by_output = 2 * difference / difference.size
print("gradient by the outputs:")
print(by_output)
print("gradient by the weight at row 0, column 1:", np.sum(by_output * picture[0:2, 1:3]))

# %% [markdown]
# **Exercise.** Write `learn_kernel`. `ops.correlate_2d(image, kernel, "valid")` is yours to use.
# For the gradient, two loops over the rows i and columns j of the kernel, and a sum as in the last
# line above. Work out all gradients before you change the first weight. "Downhill" means: a weight
# with a positive gradient becomes smaller.


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
        by_output = 2 * difference / difference.size
        gradient = np.zeros((size, size))
        for i in range(size):
            for j in range(size):
                gradient[i, j] = np.sum(by_output * image[i : i + rows, j : j + columns])
        kernel = kernel - learning_rate * gradient
    return kernel
    ### END SOLUTION


# %% check="learn_kernel"
check("learn_kernel")

# %% [markdown]
# Now let it find the Sobel kernel, from nothing but a picture of random dots and its filtered twin:

# %%
secret = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
dots = np.random.default_rng(4).random((32, 32))
filtered = ops.correlate_2d(dots, secret, "valid")
shown = (filtered - filtered.min()) / (filtered.max() - filtered.min())
display(plots.images({"dots": dots, "the target": shown}))
if ready("learn_kernel"):
    for steps in (1, 20, 200):
        found = learn_kernel(dots, filtered, steps=steps)
        display(plots.cells(found.round(2), title=f"Steps: {steps}"))

# %% [markdown]
# What took people years of thought came out of two hundred small steps, right to 0.0001.
#
# **Predict.** Will it work as well with a piece of the portrait in place of random dots?

# %%
if ready("learn_kernel"):
    face = portrait[40:104, 90:154] / 255
    even = (face - face.mean()) / face.std()
    display(plots.image(face, title="A piece of the portrait, 64 × 64"))
    for name, piece, rate in (("as it is", face, 0.3), ("standardised", even, 0.1)):
        found = learn_kernel(piece, ops.correlate_2d(piece, secret, "valid"), 3, 200, rate)
        print(f"{name}: largest error after 200 steps {np.abs(found - secret).max():.3f}")

# %% [markdown]
# **What you saw.** As it is, one weight is still wrong by 0.687. Neighbours in a photograph are
# nearly equal, so many kernels give nearly the same output, and the loss hardly says which is
# better. **Standardising** helps: subtract the mean, and divide by how far the numbers spread (the
# *standard deviation*, `std()`). These numbers are larger, so their learning rate is smaller: with
# 0.3 the kernel would run away.
#
# And it takes patience. The next cell takes 2,000 steps, half a second to a minute, depending on
# your loops.

# %% heavy=true
if ready("learn_kernel"):
    found = learn_kernel(even, ops.correlate_2d(even, secret, "valid"), 3, 2000, 0.1)
    print(f"largest error after 2,000 steps: {np.abs(found - secret).max():.5f}")

# %% [markdown]
# A kernel that was learned need not look like anything in a book. This one is asked to undo a blur:
# its picture is the blurred dots, its target the sharp ones.

# %%
if ready("learn_kernel"):
    soft = ops.correlate_2d(dots, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16, "valid")
    undo = learn_kernel(soft, dots[2:-2, 2:-2], steps=400)
    display(plots.cells(undo.round(2), title="Undoes a blur"))

# %% [markdown] key_points=true
# ## Summary (2 minutes)
#
# Neuron, layer, filter and matrix are four views of one sum of products.

# %% [markdown]
# ## A question to talk about (3 minutes)
#
# A convolutional layer has 8 kernels of 5 × 5. Its input is a colour picture of 100 × 100, so its
# feature maps are 96 × 96. How many different weights has it, without biases?
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
# **Go further.** Not graded. If a layer is a matrix, then two layers in a row are a product of two
# matrices. `second @ first` multiplies them.
#
# Write `two_layers(first, second, n)`: *one* matrix that does what the convolution with `first`,
# mode *valid*, and then that with `second` do together. Use your `convolution_matrix` twice: how
# many inputs has the second one? Then compare with lesson 01: two kernels in a row are one kernel.


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
# **What comes next.** Two such layers in a row are one layer, so nothing would be won by a deep
# network. Lesson 05 puts something between them that changes this, and makes feature maps smaller
# so that a small shift matters less. You will need volumes, and that every channel is a map.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("04")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes alone, and a good place to break is before *Where do the weights come
# from*. In class: 15 for the wires and the figure, 20 for the matrix, 10 for counting, 15 for
# volumes. The gradient and `learn_kernel` make a second session of 30.
#
# **On the board.** Five inputs, four neurons, two colours of chalk. Then rub out two neurons' wires
# and let the class say where they go. Write the matrix beside it, a row for each neuron.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *Channels not summed:* ask how many numbers come out of one patch
# for one kernel. *Only one place counted in the gradient:* let everybody who uses the weight raise
# a hand; each has a share in the change.

# %% [markdown] teacher=true
# **The question.** *a* is right. *b* forgets that a kernel has as many channels as its input, since
# everybody says "5 by 5". *c* counts neurons, not weights, as in the dense layer of the beginning.
# *d* has heard "shared" and shares too much: neurons of one map share, kernels and channels do not.
#
# **Shorter.** Leave out the last two sections (50 minutes). **Longer.** Give each pair a secret
# kernel of a neighbour's, as a picture and its twin, and let `learn_kernel` find it; how much noise
# on the target can it stand?
