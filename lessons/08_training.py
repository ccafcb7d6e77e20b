# ---
# title: Training
# minutes: 75
# needs: lesson 07, or the layers of a network, softmax and cross-entropy from elsewhere
# questions:
#   - How does a network find its own weights?
#   - How does a layer say which way is downhill?
#   - What does it mean that a network reads 97 % of the digits?
# objectives:
#   - text: measure a slope, and check every layer against it
#     shown_by: [numerical_gradient]
#   - text: take a gradient backwards through every layer
#     shown_by:
#       [
#         relu_backward,
#         dense_backward,
#         softmax_cross_entropy_backward,
#         max_pool_backward,
#         conv_backward,
#       ]
#   - text: walk downhill, and train a network that reads unseen digits
#     shown_by: [sgd_step, train]
# key_points:
#   - >-
#     The gradient says, for every weight, how the loss changes when that weight grows a little. A
#     step goes the other way.
#   - >-
#     Backwards, each layer multiplies what comes to it by its own slopes and adds up over all the
#     ways on which a number had an influence.
#   - The way back through a convolution is a convolution again, now with the kernel reversed.
#   - A gradient that was worked out is checked against one that was measured.
#   - >-
#     How good a network is, is told only by examples that had no part in its weights and in no
#     choice.
# ---

# %% [markdown]
# ## A network that knows nothing (3 minutes)
#
# The network of lesson 07 took its weights from a file. Here is a smaller one whose weights are
# drawn at random. It takes our 2 for a 5. Of the other digits it reads about one in ten rightly: it
# guesses.
#
# **How can it find better weights by itself?** The answer is a walk downhill in the dark: feel the
# slope under your feet, take a small step down, feel again.

# %%
import numpy as np
from IPython.display import display

from convolab import nn, ops
from convolab.check import check, ready
from convolab.data import digits, digits32, hopper, mnist, split
from convolab.figures import TrainingMonitor, plots
from convolab.problem import Problem

images, labels = digits()
images = images[:, None] / 16  # (N, 1, 8, 8), from 0 to 1
learn, unseen = split(labels)
digit, portrait = images[2], hopper()


def scores_of(x, parameters):
    """The small network: convolution, ReLU, pooling, one dense layer. (N, 1, 8, 8) → (N, 10)."""
    maps = ops.conv_forward(x, parameters["conv_w"], parameters["conv_b"])
    flat = ops.flatten(ops.pool_forward(ops.relu(maps)))
    return ops.dense(flat, parameters["dense_w"], parameters["dense_b"])


def random_parameters(rng, channels=16):
    """Random weights of a sensible size, and biases of 0."""
    inputs = 9 * channels  # of the dense layer
    return {
        "conv_w": rng.normal(0, np.sqrt(2 / 9), (channels, 1, 3, 3)),
        "conv_b": np.zeros(channels),
        "dense_w": rng.normal(0, np.sqrt(2 / inputs), (inputs, 10)),
        "dense_b": np.zeros(10),
    }


start = random_parameters(np.random.default_rng(0))
display(plots.image(16 * digit[0], title="Our digit"))
print("read as", scores_of(digit[None], start).argmax())
guessed = scores_of(images[unseen], start).argmax(axis=1)
print(f"{(guessed == labels[unseen]).mean():.0%} of the unseen digits are read rightly")

# %% [markdown]
# A picture of 8 × 8 becomes 16 maps of 6 × 6, pooled to 3 × 3. That is 144 numbers, and ten scores.
# `split` has set a fifth of the digits aside, the numbers in `unseen`. The network will learn from
# the others, `learn`.
#
# `rng.normal(0, s, shape)` draws random numbers around 0 of a typical size s. Where I inputs are
# multiplied by weights and added up, a typical size of √(2/I) keeps the sums neither too large nor
# too small (Kaiming He and others, 2015). I is 9 for the kernels of 3 × 3, and 144 for the dense
# layer.

# %% [markdown]
# ## Feel the slope (9 minutes)
#
# Take the function that squares a number: f(x) = x². How steep is it at x = 3? Take a small step to
# either side, and divide how much f has risen by how far apart the two places are:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# This is the **central difference**, and h is the step.
#
# **By hand.** For f(x) = x², x = 3 and h = 0.1: the squares of 3.1 and 2.9 are 9.61 and 8.41. What
# is the slope?

# %% answer="by_hand_slope"
### BEGIN SOLUTION
by_hand_slope = 6
### END SOLUTION

# %% check="by_hand_slope"
check("by_hand_slope")

# %% [markdown]
# Why to both sides? With one step to the right only, the same numbers give (9.61 − 9) / 0.1 = 6.1.
# The true slope is 6.
#
# A loss depends on many numbers. The **gradient** has a slope for each of them: move one number a
# little to both sides, leave all others where they are, measure, put it back. Then the next one.
#
# **Exercise.** Write `numerical_gradient(f, x, step)`. Here f is a function that takes an array and
# returns a number. `np.ndindex(x.shape)` goes through all places of an array of any shape, and
# `x[place]` is the number there. Work on `x.astype(float)`: it is a copy, and it can hold decimals
# where x holds whole numbers.


# %% exercise="numerical_gradient"
def numerical_gradient(f, x, step=1e-5):
    """The slope of f in the direction of every number of x, by central differences.

    f: a function of an array that returns a number. x: an array, unchanged afterwards.
    Returns an array of floats in the shape of x.
    """
    ### BEGIN SOLUTION
    moved = x.astype(float)
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + step
        right = f(moved)
        moved[place] = old - step
        left = f(moved)
        moved[place] = old
        slopes[place] = (right - left) / (2 * step)
    return slopes
    ### END SOLUTION


# %% check="numerical_gradient"
check("numerical_gradient")

# %% [markdown]
# The gradient points uphill, so a step goes the other way: new = old − learning rate · slope. The
# **learning rate** says how far.
#
# **By hand.** A weight is 2, its slope is 4, the learning rate is 0.1. Where is it after one step?

# %% answer="by_hand_descent"
### BEGIN SOLUTION
by_hand_descent = 1.6
### END SOLUTION

# %% check="by_hand_descent"
check("by_hand_descent")

# %% [markdown]
# That would be all, if it were not so slow. The small network has 1,610 weights and biases, so one
# gradient takes 3,220 measurements, each a way through the whole network. And thousands of steps
# are needed. We want all the slopes at once.

# %% [markdown]
# ## The chain (6 minutes)
#
# A network is a chain: each layer changes what the next one gets. Let y = 3x and z = y². If x grows
# by a little, y grows three times as much. And z grows by the slope of the square at y, which is
# 2y, times *that*. So **the slopes of a chain are multiplied**.
#
# **By hand.** For x = 4, y is 12 and z is 144. How large is the slope of z by x?

# %% answer="by_hand_chain"
### BEGIN SOLUTION
by_hand_chain = 72
### END SOLUTION

# %% check="by_hand_chain"
check("by_hand_chain")

# %% [markdown]
# Measured, by your own function. `lambda x: …` is a function without a name:

# %%
if ready("numerical_gradient"):
    measured = numerical_gradient(lambda x: float((3 * x[0]) ** 2), np.array([4.0]))
    print("measured:", measured.round(4))

# %% [markdown]
# Every layer gets a function for the way back. It is given `grad`: how the loss changes with each
# number that the layer has *put out*, an array in the shape of its output. It multiplies this by
# the layer's own slopes, and returns how the loss changes with each number that went *in*, in the
# shape of the input. That is the `grad` of the layer before. This walk from the loss to the first
# layer is called **backpropagation**.

# %% [markdown]
# The gentlest layer is ReLU. Where x is positive its slope is 1, and `grad` passes. Where x is
# negative its slope is 0, and nothing passes. Where x is exactly 0, it has a corner; we take 0.
#
# In numbers: `grad` [−5, 6, 2] and x [3, −2, 4] give [−5, 0, 2].
#
# **Exercise.** Write `relu_backward(grad, x)`.


# %% exercise="relu_backward"
def relu_backward(grad, x):
    """The gradient by the input of ReLU: grad where x is positive, 0 elsewhere.

    grad, x: arrays of the same shape. Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    return grad * (x > 0)
    ### END SOLUTION


# %% check="relu_backward"
check("relu_backward")

# %% [markdown]
# ## Back through scores and units (11 minutes)
#
# **The dense layer** is y = x @ w + b. Take one example with the inputs [3, 2], and one unit with
# the weights [10, 4]: y = 3 · 10 + 2 · 4 + b.
#
# - If b grows by 1, y grows by 1: the slope by b is 1.
# - If the first weight grows by 1, y grows by its *input*, 3.
# - If the first input grows by 1, y grows by its *weight*, 10.
#
# Let `grad` be 5: when y grows by 1, the loss grows by 5. Each slope is multiplied by it: 5 for b,
# 15 and 10 for the two weights, 50 and 20 for the two inputs.

# %% [markdown]
# With many examples and units, an input goes into all units, and a weight serves all examples. What
# is used in several places gets something back from each of them, and that is **added up**.
#
# Two matrix products and a sum do it all at once, and the shapes say which. `grad` is (N, O), for N
# examples and O units. By x it has to become (N, I): (N, O) times (O, I), which is w with rows and
# columns exchanged, `w.T`. By w it has to become (I, O): (I, N) times (N, O). By b it is (O,): each
# bias takes part in all N examples.
#
# **Exercise.** Write `dense_backward(grad, x, w)`. It returns three arrays; `return a, b, c` does
# that.


# %% exercise="dense_backward"
def dense_backward(grad, x, w):
    """The gradients of a dense layer: (grad_x, grad_w, grad_b).

    grad: (N, O), x: (N, I), w: (I, O). They have the shapes of x, of w, and (O,).
    """
    ### BEGIN SOLUTION
    return grad @ w.T, x.T @ grad, grad.sum(axis=0)
    ### END SOLUTION


# %% check="dense_backward"
check("dense_backward")

# %% [markdown]
# **Softmax and cross-entropy** together have a short gradient. The loss L of one example is −log p
# of the right class, and p is e to the power of its score s, divided by the sum of these powers
# over all classes j. The logarithm of a quotient is a difference:
#
# $$L = \log \sum_j e^{s(j)} - s(\text{right})$$
#
# The slope of log u is 1/u, and that of eˢ is eˢ itself. So by the chain, the slope of the first
# part by s(k) is e to the power of s(k), divided by the sum: the probability p(k) again. The second
# part takes 1 away, for the right class only.

# %% [markdown]
# So for one example the gradient is the probabilities, with 1 taken away at the right class:
#
# $$\frac{\partial L}{\partial s(k)} = p(k) - t(k)$$
#
# On the left stands how one writes "the slope of L by s(k), all other scores left where they are".
# And t(k) is 1 for the right class and 0 for the others.
#
# In numbers: the probabilities [0.2, 0.4, 0.1, 0.3], class 2 right (counted from 0), give [0.2,
# 0.4, −0.9, 0.3]. The right score should grow, the others should shrink, most of all the one that
# is believed most.

# %% [markdown]
# The loss of a batch is the *mean* over its examples. So each row is divided by N.
#
# **Exercise.** Write `softmax_cross_entropy_backward(scores, labels)`. `ops.softmax(scores)` gives
# the probabilities, and does not fail where scores are large.


# %% exercise="softmax_cross_entropy_backward"
def softmax_cross_entropy_backward(scores, labels):
    """The gradient of the mean cross-entropy of softmax by the scores.

    scores: (N, K), labels: (N,) class numbers. Returns an array (N, K).
    """
    ### BEGIN SOLUTION
    grad = ops.softmax(scores)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)
    ### END SOLUTION


# %% check="softmax_cross_entropy_backward"
check("softmax_cross_entropy_backward")

# %% [markdown]
# Do not believe a formula; measure. The largest difference between the formula and the central
# differences should be tiny:

# %%
if ready("numerical_gradient", "softmax_cross_entropy_backward"):
    some_scores = np.array([[1.0, 3.0, -2.0], [0.5, 0.0, 2.0]])
    some_labels = np.array([0, 2])
    measured = numerical_gradient(
        lambda s: ops.cross_entropy(ops.softmax(s), some_labels), some_scores
    )
    worked_out = softmax_cross_entropy_backward(some_scores, some_labels)
    print(f"largest difference: {np.abs(measured - worked_out).max():.1e}")

# %% [markdown]
# ## Back through pooling (8 minutes)
#
# Max pooling lets only the largest number of a window through. If that one grows by a little, so
# does the result; the others change nothing. So on the way back the **winner** gets all of `grad`,
# and the others get 0.
#
# **A program to mend.** It works until two numbers are equally large, which is common: after ReLU
# whole windows hold nothing but 0. Then more comes out than went in. Mend it, so that the first of
# the equals, in reading order, gets everything. `argmax` finds it, counted through the whole
# window; `np.unravel_index(number, shape)` turns that count into row and column.


# %% answer="trap_tie"
def trap_tie(window, grad):
    """The gradient of one window of a max pooling: an array in the shape of the window."""
    ### BEGIN SOLUTION stub: return grad * (window == window.max())
    back = np.zeros(window.shape)
    back[np.unravel_index(window.argmax(), window.shape)] = grad
    return back
    ### END SOLUTION


# %%
print(trap_tie(np.array([[1, 4], [4, 2]]), 5.0))

# %% check="trap_tie"
check("trap_tie")

# %% [markdown]
# **Exercise.** Write `max_pool_backward(grad, x, size)` for a batch. Window (i, j) begins at row
# i · size and column j · size. Cells that fit no window get 0, but they are there: the result is as
# large as x. Begin with `np.zeros(x.shape)`, which can hold decimals; `np.zeros_like(x)` cannot
# where x holds whole numbers.


# %% exercise="max_pool_backward"
def max_pool_backward(grad, x, size=2):
    """The gradient by the input of a max pooling.

    grad: (N, C, H // size, W // size), x: (N, C, H, W). Returns an array in the shape of x. In each
    window the largest cell gets the gradient, the first in reading order where several are equal.
    """
    ### BEGIN SOLUTION
    rows, columns = grad.shape[2:]
    back = np.zeros(x.shape)
    taken = np.zeros(grad.shape, dtype=bool)
    largest = ops.pool_forward(x, size)
    for i in range(size):
        for j in range(size):
            cell = (..., slice(i, rows * size, size), slice(j, columns * size, size))
            wins = (x[cell] == largest) & ~taken
            back[cell] = grad * wins
            taken |= wins
    return back
    ### END SOLUTION


# %% check="max_pool_backward"
check("max_pool_backward")

# %% [markdown]
# ## Back through a convolution (13 minutes)
#
# Start small: three numbers x, a kernel w of two, no reversal. The outputs are
#
# y(0) = x(0) w(0) + x(1) w(1) and y(1) = x(1) w(0) + x(2) w(1).
#
# **By hand.** Let `grad` be [1, 10] and w be [2, 3]. What comes back to x(0), x(1) and x(2)? Each x
# gets, for every output it took part in, the `grad` of that output times the weight it met there.

# %% answer="by_hand_back"
### BEGIN SOLUTION
by_hand_back = [2, 23, 30]
### END SOLUTION

# %% check="by_hand_back"
check("by_hand_back")

# %% [markdown]
# Does that look familiar? It is the *full* convolution of lesson 01, of `grad` with the kernel. On
# the way forward the layer correlates, on the way back it convolves: **the backward pass of a
# correlation is a convolution, with the kernel reversed.** Nobody had to decide that; it follows
# from adding up who met whom.

# %%
print("full convolution:", ops.convolve_1d(np.array([1, 10]), np.array([2, 3])).tolist())

# %% [markdown]
# In code there is a way to do it without thinking of the reversal: walk over the output as on the
# way forward, and at each place do three things with its `grad`, here called g.
#
# - To the gradient of the kernel, add g times the patch of x under the window.
# - To the gradient of x, at that same window, add g times the kernel.
# - To the gradient of the bias, add g.
#
# *Add* each time: a pixel lies under several windows, and a weight is used at every place.

# %%
patch, kernel, g = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, -1.0]]), 10.0
print("one place, patch", patch.tolist(), "kernel", kernel.tolist(), "and g =", g)
print("to the kernel's gradient is added:", (g * patch).tolist())
print("to the pixels' gradient is added: ", (g * kernel).tolist())
print("to the bias's gradient is added:  ", g)

# %% [markdown]
# **Exercise.** Write `conv_backward(grad, x, w, padding)`, stride 1. With padding, work on x in its
# frame, and cut the frame off the gradient at the end: rows `padding` to `padding + H`, and columns
# alike. (`[padding:-padding]` would be empty for a padding of 0.)
#
# Four loops, over examples, kernels, rows and columns, are enough, because `w[d]` and
# `x[n, :, r : r + size, c : c + size]` hold all channels at once.


# %% exercise="conv_backward"
def conv_backward(grad, x, w, padding=0):
    """The gradients of a convolutional layer of stride 1: (grad_x, grad_w, grad_b).

    grad: (N, D, H′, W′), x: (N, C, H, W), w: (D, C, R, R). They have the shapes of x, of w, (D,).
    """
    ### BEGIN SOLUTION
    (height, width), size = x.shape[2:], w.shape[2]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for r in range(grad.shape[2]):
        for c in range(grad.shape[3]):
            g = grad[:, :, r, c]  # (N, D): all examples and kernels at once
            patch = padded[:, :, r : r + size, c : c + size]
            grad_w += np.tensordot(g, patch, axes=(0, 0))
            grad_padded[:, :, r : r + size, c : c + size] += np.tensordot(g, w, axes=(1, 0))
    grad_x = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_w, grad.sum(axis=(0, 2, 3))
    ### END SOLUTION


# %% check="conv_backward"
check("conv_backward")

# %% [markdown]
# Measured, on the portrait: a piece of 6 × 6 pixels around an eye goes through one kernel, and the
# loss is half the sum of the squares of what comes out, so that `grad` is what comes out.

# %%
if ready("numerical_gradient", "conv_backward"):
    piece = portrait[None, None, 91:97, 108:114] / 255
    sobel = np.array([[[[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]]])

    def half_squares(w):
        return float((ops.conv_forward(piece, w, np.zeros(1)) ** 2).sum() / 2)

    came_out = ops.conv_forward(piece, sobel, np.zeros(1))
    difference = conv_backward(came_out, piece, sobel)[1] - numerical_gradient(half_squares, sobel)
    print(f"largest difference in grad_w: {np.abs(difference).max():.1e}")

# %% [markdown]
# ## Downhill (11 minutes)
#
# One thing makes the walk faster: **momentum**. A ball that rolls downhill keeps most of its speed.
# So each weight has a velocity v, and at every step
#
# - v becomes momentum · v − learning rate · gradient,
# - the weight becomes weight + v.
#
# In numbers: weight 2, velocity −0.5, slope 4, learning rate 0.1, momentum 0.9. The new velocity is
# 0.9 · (−0.5) − 0.1 · 4 = −0.85, the new weight 2 − 0.85 = 1.15.

# %% [markdown]
# **Exercise.** Write `sgd_step`. (SGD is *stochastic gradient descent*: each step looks at a few
# pictures only, drawn by chance.) All three dictionaries have the same names, but at the first step
# `velocity` is empty, `{}`, and counts as 0: `velocity.get(name, 0)` says so. Return *new*
# dictionaries, for instance `{name: … for name in parameters}`, and leave the old ones alone.


# %% exercise="sgd_step"
def sgd_step(parameters, gradients, velocity, learning_rate, momentum=0.9):
    """One step downhill with momentum: returns new (parameters, velocity).

    parameters, gradients: dictionaries of arrays. velocity: likewise, or {} for zeros.
    """
    ### BEGIN SOLUTION
    new_velocity = {
        name: momentum * velocity.get(name, 0) - learning_rate * gradients[name]
        for name in parameters
    }
    return {name: parameters[name] + new_velocity[name] for name in parameters}, new_velocity
    ### END SOLUTION


# %% check="sgd_step"
check("sgd_step")

# %% [markdown]
# Now the network, forward and back. The way forward stands below, and keeps what comes out of each
# layer. Fill in the way back, in the opposite order. Two lines are there already. What is missing:
#
# - give `grad` the shape of `pooled` again, `grad.reshape(pooled.shape)`;
# - go back through the pooling, whose input was `bright`,
# - through ReLU, whose input was `maps`,
# - and through the convolution, whose input was `x`.
#
# `a, b, c = …` takes three results apart. The last line needs two of them as `conv_w` and
# `conv_b`.


# %% answer="small_gradients"
def small_gradients(x, labels, parameters):
    """The mean loss of a batch, and its gradients by all parameters in a dictionary."""
    maps = ops.conv_forward(x, parameters["conv_w"], parameters["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    flat = ops.flatten(pooled)
    scores = ops.dense(flat, parameters["dense_w"], parameters["dense_b"])
    loss = ops.cross_entropy(ops.softmax(scores), labels)

    grad = softmax_cross_entropy_backward(scores, labels)
    grad, dense_w, dense_b = dense_backward(grad, flat, parameters["dense_w"])
    ### BEGIN SOLUTION
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    grad = relu_backward(grad, maps)
    _, conv_w, conv_b = conv_backward(grad, x, parameters["conv_w"])
    ### END SOLUTION
    return loss, {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}


# %% check="small_gradients"
check("small_gradients")

# %% [markdown]
# All layers at once, measured for every weight and every bias. This takes pictures of random dots:
# on blank paper every map is exactly 0, and there ReLU has its corner, with one slope on the left
# and another on the right.

# %%
if ready("numerical_gradient", "small_gradients"):
    dots, two_labels = np.random.default_rng(1).random((2, 1, 8, 8)), np.array([3, 7])
    _, gradients = small_gradients(dots, two_labels, start)
    for name in start:

        def loss_with(changed, name=name):
            scores = scores_of(dots, {**start, name: changed})
            return ops.cross_entropy(ops.softmax(scores), two_labels)

        gap = np.abs(numerical_gradient(loss_with, start[name]) - gradients[name]).max()
        print(f"{name}: largest difference {gap:.1e}")

# %% [markdown]
# **Exercise.** Write `train(images, labels, epochs, seed)`. An **epoch** is one way through all the
# pictures, in a new random order, 32 at a time: a **batch**. The last batch may be smaller.
#
# - `rng = np.random.default_rng(seed)` makes the random numbers, `random_parameters(rng)` the
#   start.
# - The velocity starts as `{}`, before the loops.
# - In every epoch, `order = rng.permutation(len(images))`. For every `first` in
#   `range(0, len(images), 32)`, the batch is `order[first : first + 32]`.
# - For each batch: `small_gradients`, then `sgd_step` with the learning rate 0.1.
#
# The check trains it on 192 digits, in a second, or in ten with plain loops.


# %% exercise="train"
def train(images, labels, epochs, seed):
    """Trains the small network from new random weights, and returns its parameters.

    images: (N, 1, 8, 8) from 0 to 1, labels: (N,). Each epoch takes every picture once, in a new
    order, in batches of 32; learning rate 0.1, momentum 0.9. seed: of the generator that all
    random numbers come from, so the same seed gives the same result.
    Returns a dictionary: conv_w (16, 1, 3, 3), conv_b (16,), dense_w (144, 10), dense_b (10,).
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    parameters, velocity = random_parameters(rng), {}
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for first in range(0, len(images), 32):
            batch = order[first : first + 32]
            _, gradients = small_gradients(images[batch], labels[batch], parameters)
            parameters, velocity = sgd_step(parameters, gradients, velocity, 0.1)
    return parameters
    ### END SOLUTION


# %% check="train"
check("train")

# %% [markdown]
# ## Watch it learn (7 minutes)
#
# Now on all 1,438 digits that are there to learn from. A monitor draws, as each epoch ends, its
# mean **loss**, and the **accuracy**, the share of right answers: once for the digits that it
# learns from, called *training*, and once for the 359 unseen ones, called *validation*. Below stand
# the kernels: red weights are above 0, blue ones below, and the stronger the colour, the further.
#
# **Predict:** how many in 100 of the unseen digits will it read rightly after one epoch, and after
# twenty?

# %%
monitor = TrainingMonitor(epochs=20, learning_rate=0.1, momentum=0.9, channels=16)
display(monitor)

# %% [markdown]
# *learning rate* and *momentum* hold from the next epoch on. *channels* is the number of kernels. A
# network cannot grow while it learns: another number begins a new one, and the curves go on.
# *epoch* looks back at an epoch that has passed. *stop* ends the training; what was learned stays.
#
# Run the next cell, and watch the monitor above. With NumPy's sums twenty epochs take some seconds.
# With plain loops each takes a quarter of a minute: press *stop* when you have seen enough.

# %% heavy=true
if ready("sgd_step", "small_gradients", "train"):
    from rich.progress import track

    def right(which, parameters):
        """The share of these digits that is read rightly."""
        return (scores_of(images[which], parameters).argmax(axis=1) == labels[which]).mean()

    rng, found = np.random.default_rng(0), None
    monitor.clear()
    for _ in track(range(20), description="training"):
        rate, momentum, channels = monitor.learning_rate, monitor.momentum, monitor.channels
        if found is None or channels != len(found["conv_b"]):
            found = begun = random_parameters(rng, channels)
            velocity = {}
        order, total = rng.permutation(learn), 0
        for first in range(0, len(order), 32):
            batch = order[first : first + 32]
            loss, gradients = small_gradients(images[batch], labels[batch], found)
            found, velocity = sgd_step(found, gradients, velocity, rate, momentum)
            total += loss * len(batch)
        monitor.epoch(
            loss=total / len(order),
            accuracy=right(learn, found),
            validation=right(unseen, found),
            kernels=found["conv_w"],
        )
        if monitor.stopped:
            break
    print("right, in % of the unseen:", [round(100 * share, 1) for share in monitor.validations])

# %% [markdown]
# **What you saw.** Most is learned in the first epoch, which ends at about 91 in 100. After twenty
# it reads about 97 or 98 in 100 unseen digits, and every one of those it learned from. That gap is
# called **overfitting**: what was learned by heart does not help with what is new.
#
# **Try** it again: run the cell, and move *learning rate* or *channels* meanwhile. With 4 kernels
# it stays at about 83 in 100. With a rate of 2 the loss jumps up, and the network guesses again.

# %% [markdown]
# Six of its kernels, before and after, and where it errs: rows are what was written, columns what
# it read.

# %% heavy=true
if ready("sgd_step", "small_gradients", "train"):
    both = np.concatenate([begun["conv_w"][:6, 0], found["conv_w"][:6, 0]])
    grey = (both - both.min()) / (both.max() - both.min())
    half = len(grey) // 2
    display(plots.images({f"before {d}": grey[d] for d in range(half)}))
    display(plots.images({f"after {d}": grey[half + d] for d in range(half)}))
    said = scores_of(images[unseen], found).argmax(axis=1)
    counts = np.zeros((10, 10), dtype=int)
    for truth, answer in zip(labels[unseen], said, strict=True):
        counts[truth, answer] += 1
    display(plots.confusion(counts))

# %% [markdown]
# And its worst mistakes: unseen digits whose right class got the lowest probability.

# %% heavy=true
if ready("sgd_step", "small_gradients", "train"):
    p = ops.softmax(scores_of(images[unseen], found))
    worst = p[np.arange(len(unseen)), labels[unseen]].argsort()[:4]
    display(
        plots.images(
            {
                f"{unseen[i]}: {labels[unseen[i]]} read as {said[i]}": images[unseen[i], 0]
                for i in worst
            }
        )
    )

# %% [markdown]
# Is 97 % good? Compare with something that learns nothing at all: the **nearest neighbour** looks
# for the most similar digit that it has in store, pixel by pixel, and takes its label.

# %%
store, asked = images[learn].reshape(-1, 64), images[unseen].reshape(-1, 64)
apart = ((asked[:, None] - store[None]) ** 2).sum(axis=2)  # every unseen digit to every stored one
nearest = labels[learn][apart.argmin(axis=1)]
print(f"nearest neighbour: {(nearest == labels[unseen]).mean():.1%} of the unseen digits")

# %% [markdown]
# These digits are small and neat, and there are many of them, so that is hard to beat. And is the
# convolution worth its trouble? Without it the 64 pixels go into the ten units directly. That is
# called *logistic regression*, and three of your functions are enough to train it. (Half a minute
# with plain loops.)

# %% heavy=true
if ready("dense_backward", "softmax_cross_entropy_backward", "sgd_step"):
    rng, velocity = np.random.default_rng(0), {}
    single = {"w": np.zeros((64, 10)), "b": np.zeros(10)}
    for _ in range(30):
        order = rng.permutation(len(store))
        for first in range(0, len(order), 32):
            batch = order[first : first + 32]
            scores = ops.dense(store[batch], single["w"], single["b"])
            grad = softmax_cross_entropy_backward(scores, labels[learn][batch])
            _, grad_w, grad_b = dense_backward(grad, store[batch], single["w"])
            gradients = {"w": grad_w, "b": grad_b}
            single, velocity = sgd_step(single, gradients, velocity, 0.3)
    reads = ops.dense(asked, single["w"], single["b"]).argmax(axis=1)
    print(f"logistic regression: {(reads == labels[unseen]).mean():.1%} of the unseen digits")

# %% [markdown]
# About 96 %, not far below. What helps against overfitting is more pictures, and they can be had
# for nothing: each time a digit is used, it is moved by at most a pixel, up or down and left or
# right, drawn by chance. It stays the same digit. The course's engine `nn`, of which more below,
# trains a network with two convolutions, without such shifts and with them.

# %% heavy=true
for shift in (0, 1):
    two_convolutions = nn.small_cnn(seed=0)
    nn.train(two_convolutions, images[learn], labels[learn], 20, batch_size=64, shift=shift)
    wrong = nn.error_rate(two_convolutions, images[unseen], labels[unseen])
    print(f"shifts of up to {shift}: {1 - wrong:.1%} of the unseen digits")

# %% [markdown]
# With shifts it is about 99 %, better than the nearest neighbour.
#
# **Predict.** Your own network again, with three learning rates, forty batches each. Which curve
# falls fastest, and what does the largest rate do? (With plain loops it takes most of a minute.)

# %% heavy=true
if ready("sgd_step", "small_gradients"):
    curves_of = {}
    for rate in (0.002, 0.1, 1.5):
        rng = np.random.default_rng(0)
        trial, velocity, losses = random_parameters(rng), {}, []
        for step in range(40):
            batch = learn[32 * step : 32 * step + 32]
            loss, gradients = small_gradients(images[batch], labels[batch], trial)
            trial, velocity = sgd_step(trial, gradients, velocity, rate)
            losses.append(min(loss, 5.0))
        curves_of[f"rate {rate}"] = losses
        print(f"rate {rate}: mean loss of the last ten batches {np.mean(losses[-10:]):.2f}")
    display(plots.curves(curves_of, title="Loss of 40 batches (cut off at 5)"))

# %% [markdown]
# **What you saw.** With the small rate it goes down too slowly. With the large one it jumps across
# the valley at once, and then stays a little above 2.3, which is the loss of guessing: −log 0.1.
# Change the rates, and run the cell again.

# %% [markdown]
# ## What a number is worth (2 minutes)
#
# **A trap:** testing on what was trained on. A list of all 1,438 digits with their labels reads 100
# % of *them* rightly, and has understood nothing.
#
# It goes further. Whoever tries twenty learning rates and keeps the one that does best on the
# unseen digits has chosen *by* these digits, and part of the success is luck. So examples are split
# in three: **training** for the weights, **validation** for the choices, and **test**, looked at
# once, at the end.

# %% [markdown]
# ## The same, larger (2 minutes)
#
# The course's engine `convolab.nn` does what you have written, faster. Where the 60,000 real digits
# of MNIST are on your disk (`convolab data mnist` fetches them), the cell below trains LeNet on
# them: ten epochs with shifts, and under 1 % of the 10,000 test digits are wrong. The LeNet-5 of
# 1998 was wrong in 0.95 %, and in 0.8 % when it had been shown distorted digits as well (Yann LeCun
# and others, 1998). Elsewhere it takes the enlarged digits of lesson 07. It takes up to a minute.
#
# You can read all of the engine now. `help(nn)` begins with ten numbers, stored your way and the
# engine's way, and names its files in the order to read them.

# %% [markdown]
# The monitor is told by the engine. Here *learning rate* is the rate at the beginning; after half
# of the epochs it is a tenth of that, after three quarters a hundredth, because the steps have to
# be shorter near the bottom. A dashed line marks each change. *momentum* and *channels* have no
# effect. And *validation* shows the test digits: look on, but whoever moves the slider by them has
# chosen by them.

# %% heavy=true
try:
    real = mnist()
    frame = ((0, 0), (0, 0), (2, 2), (2, 2))
    learn_from = np.pad(real.train_images[:, None], frame), real.train_labels
    test_with = np.pad(real.test_images[:, None], frame), real.test_labels
    epochs, shift = 10, 1
except Problem:  # there is no MNIST on this disk
    large, classes = digits32()
    learn_from = large[learn][:, None], classes[learn]
    test_with = large[unseen][:, None], classes[unseen]
    epochs, shift = 30, 2

large_monitor = TrainingMonitor(epochs=epochs, learning_rate=0.02)
display(large_monitor)

# %% heavy=true
model = nn.lenet(seed=0)
large_monitor.clear()
nn.train(
    model,
    *learn_from,
    epochs,
    shift=shift,
    schedule=lambda done: nn.step_decay(large_monitor.schedule(done))(done),
    callback=large_monitor.follow(model, validation=test_with),
    progress_bar=True,
)
print(f"{nn.error_rate(model, *test_with):.2%} of {len(test_with[1]):,} test digits are wrong")

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# From a list of ten numbers to a network that found its own weights: all of it is your own code.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# Somebody tries twenty networks. The one she keeps reads 100 % of its training digits, 98.6 % of
# the validation digits, by which she chose it, and 97.2 % of test digits that she looked at only
# then. Which number should she print?
#
# - **a** — 100 %, the best that the network can do
# - **b** — 97.2 %, from digits that had no part in anything
# - **c** — any of them, they measure the same
# - **d** — 98.6 %, because the network did not learn from those digits

# %% answer="discussion_08"
### BEGIN SOLUTION
discussion_08 = "b"
### END SOLUTION

# %% check="discussion_08"
check("discussion_08")

# %% [markdown]
# **Go further.** Not graded. Write `shift_batch`, which moves every picture by its own number of
# rows and columns. `ops.shift_image(image, down, right)` moves one picture of (rows, columns). Then
# train with it: draw `rng.integers(-1, 2, len(batch))` for both directions, and hand the moved
# pictures to `small_gradients`. Give it more epochs than twenty.


# %% answer="shift_batch"
def shift_batch(images, down, right):
    """Every picture moved by its own step, zeros coming in: (N, 1, H, W) → (N, 1, H, W).

    down, right: (N,) whole numbers; down[n] and right[n] belong to picture n.
    """
    ### BEGIN SOLUTION
    moved = np.zeros(images.shape)
    for n in range(len(images)):
        moved[n, 0] = ops.shift_image(images[n, 0], int(down[n]), int(right[n]))
    return moved
    ### END SOLUTION


# %% check="shift_batch"
check("shift_batch")

# %% [markdown]
# **What comes next.** The course ends here, and you can read on anywhere: a framework such as
# PyTorch has the same layers under nearly the same names, and works out the way back by itself. You
# know now what it does there.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("08")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes are tight; two sittings are better, with *Back through a convolution* at
# the beginning of the second. In class: 10 for the slope, 10 for the chain at the board, 25 for
# dense, softmax and pooling, 20 for the convolution, the rest for training and talking.
#
# **On the board.** The chain as boxes with an arrow forward above and an arrow back below. Then the
# three x, two y of the small convolution, joined by four lines with the weights on them: follow the
# lines backwards.
#
# **The two commonest mistakes.** *= in place of +=* in `conv_backward`: ask how many windows lie on
# the middle pixel. *Dividing by N twice:* the mean belongs to the loss; all layers below only add
# up.

# %% [markdown] teacher=true
# **The question.** *b* is right. *a* measures memory. *c* attracts those who think of accuracy as a
# property of the network alone. *d* is the subtle one: the digits had no part in the weights, but
# in the choice among twenty.
#
# **Shorter.** Give out `max_pool_backward` and `conv_backward` from the solutions, and begin at
# *Downhill* (50 minutes). **Longer.** Let each pair check one layer of another pair against
# `numerical_gradient`, with one planted mistake to find.
