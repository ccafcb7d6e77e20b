# ---
# title: Training
# minutes: 90
# needs: lesson 07, or the layers of a network, softmax and cross-entropy from elsewhere
# questions:
#   - How does a network find its own weights?
#   - How does a layer say which way is downhill?
#   - How do you find a mistake in a gradient that looks right?
# objectives:
#   - text: measure a slope, and check every layer against it
#     shown_by: [numerical_gradient, telltale_input]
#   - text: take a gradient backwards through every layer
#     shown_by:
#       [
#         relu_backward,
#         dense_backward,
#         softmax_cross_entropy_backward,
#         max_pool_backward,
#         conv_backward,
#       ]
#   - text: put the layers together, step downhill, and train a network that reads new digits
#     shown_by: [small_gradients, sgd_step]
# key_points:
#   - >-
#     The gradient says, for every weight, how the loss changes per unit when you nudge that weight.
#     A step goes the other way.
#   - >-
#     On the way back each layer multiplies the gradient by its own slopes, and sums over every path
#     by which a number affected the loss.
#   - The way back from a correlation to its input is a convolution, with the kernel reversed.
#   - Check a gradient that you derived against one that you measured.
#   - >-
#     Only examples that influenced neither the weights nor your choices tell you how good a network
#     is, and only for people like those who wrote them.
# ---

# %% [markdown]
# ## A network that knows nothing (2 minutes)
#
# In 1989 a group at Bell Labs trained a network to read the zip codes on American envelopes. It had
# 9,760 weights and biases, learned from 7,291 digits, and kept a workstation busy for three days.
# In the end it misread 5 % of the digits that it had not seen. In this lesson you write such
# training code yourself, layer by layer.

# %% [markdown]
# The network of lesson 07 took its weights from a file. Here is a smaller one with random weights.
# It takes our 2 for a 5, and reads no more of the other digits correctly than guessing
# would.
#
# **How can it find better weights by itself?** It does what you would do on a hillside in the dark:
# feel the slope under your feet, take a small step down, and feel again.

# %%
import numpy as np
from IPython.display import display

from convolab import nn, ops
from convolab.check import check, ready
from convolab.data import digits, digits32, mnist, split
from convolab.figures import NetworkExplorer, TrainingMonitor, plots
from convolab.problem import Problem

images, labels = digits()
images = images[:, None] / 16  # (N, 1, 8, 8), from 0 to 1
learn, unseen = split(labels)
digit = images[2]


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
print(f"{(guessed == labels[unseen]).mean():.0%} of the unseen digits are read correctly")

# %% [markdown]
# A picture of 8 × 8 becomes 16 maps of 6 × 6, pooled to 3 × 3: 144 numbers, from which the dense
# layer makes ten scores. The network will learn from the pictures in `learn`; `split` has set a
# fifth aside, `unseen`.
#
# `rng.normal(0, s, shape)` draws random numbers around 0 of a typical size s. A weighted sum of I
# numbers gets neither too large nor too small if s is √(2/I); I is 9 for the kernels, and 144 for
# the dense layer. Lesson 09 shows why.

# %% [markdown]
# ## Feel the slope (8 minutes)
#
# Take the function f(x) = x². How steep is it at x = 3? Step a little to either side, and divide
# the rise by the distance between the two places:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# This is the **central difference**, with the step h. In numbers: for h = 0.1, the squares of 3.1
# and 2.9 are 9.61 and 8.41, which gives 1.2 / 0.2 = 6. That is the true slope. Stepping to the
# right alone would give (9.61 − 9) / 0.1 = 6.1.

# %% [markdown]
# A loss depends on many numbers, and its **gradient** holds a slope for each of them. (In lesson 03
# the word was about a picture: how grey changes from pixel to pixel.) To measure it, nudge one
# number both ways, leave all others alone, and put it back. Then take the next.

# %% [markdown]
# **Exercise.** Write `numerical_gradient(f, x, step)`, where f takes an array and returns a number.
# `np.ndindex(x.shape)` visits all places of an array of any shape, and `x[place]` is the number
# there. Work on `x.astype(float)`, a copy that can hold decimals.


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
# The gradient points uphill, so a step goes the other way: new = old − learning rate · slope. For a
# weight of 2, a slope of 4 and a **learning rate** of 0.1, the new weight is 2 − 0.1 · 4 = 1.6.
#
# That would be all, if only it were faster. The small network has 1,610 weights and biases, so one
# gradient takes 3,220 passes through the network, and training takes hundreds of gradients. We want
# all the slopes at once.

# %% [markdown]
# ## The chain (8 minutes)
#
# A network is a chain: each layer changes what the next one gets. Let y = 3x and z = y². If you
# nudge x, y moves three times as far. And z moves by the slope of the square at y, which is 2y,
# times *that*. So **the slopes of a chain are multiplied**.
#
# **By hand.** For x = 4, y is 12 and z is 144. What is the slope of z with respect to x there: for
# a tiny nudge, how many times as far as x does z move?

# %% answer="by_hand_chain"
### BEGIN SOLUTION
by_hand_chain = 72
### END SOLUTION

# %% check="by_hand_chain"
check("by_hand_chain")

# %% [markdown]
# Every layer now gets a second function, for the way back. It is handed `grad`, which says for each
# number of the layer's *output* how the loss changes with it: the gradient of the loss *with
# respect to* the output. The function multiplies by the layer's own slopes, and returns the
# gradient with respect to the *input*. This input was the output of the layer before, which is next
# on the way back. Walking like this from the loss to the first layer is called **backpropagation**.
# A gradient always has the shape of the array it belongs to.

# %% [markdown]
# ReLU is the easiest. Where x is positive its slope is 1, and `grad` passes. Where x is negative
# its slope is 0, and nothing passes. At exactly 0 it has a corner; we take 0.
#
# In numbers: `grad` [−5, 6, 2] and x [3, −2, 4] give [−5, 0, 2].
#
# **Exercise.** Write `relu_backward(grad, x)`.


# %% exercise="relu_backward"
def relu_backward(grad, x):
    """The gradient with respect to the input of ReLU: grad where x is positive, 0 elsewhere.

    grad, x: arrays of the same shape. Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    return grad * (x > 0)
    ### END SOLUTION


# %% check="relu_backward"
check("relu_backward")

# %% [markdown]
# ## Back through scores and units (16 minutes)
#
# **The dense layer** is y = x @ w + b. Take one example with the inputs [3, 2], and one unit with
# the weights [10, 4]: y = 3 · 10 + 2 · 4 + b. Nudge
#
# - the bias: y moves just as far, so the slope is 1;
# - the first weight: y moves by its *input*, so the slope is 3;
# - the first input: y moves by its *weight*, so the slope is 10.
#
# If `grad` is 5, each slope is multiplied by it: 5 for b, 15 and 10 for the two weights, 50 and 20
# for the two inputs.

# %% [markdown]
# With many examples and units, each input feeds several units, and each weight serves several
# examples. What is used several times gets something back from each use, and all of it is
# **summed**. A matrix product does just that, and the shapes tell you which product it is. `grad`
# is (N, O), for N examples and O units.
#
# - grad_x must be (N, I). That is (N, O) times (O, I), which is `w.T`, w with rows and columns
#   swapped.
# - grad_w must be (I, O). That is (I, N) times (N, O).
# - grad_b must be (O,): each bias serves all N examples.

# %% [markdown]
# **Exercise.** Write `dense_backward(grad, x, w)`. It returns three arrays: `return a, b, c`.


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
# **Softmax and cross-entropy** together have a short gradient. Let p(k) be the probability of class
# k, and t(k) be 1 for the right class and 0 for the others. Then the slope of one example's loss
# with respect to the score of class k is
#
# $$\frac{\partial L}{\partial s(k)} = p(k) - t(k)$$

# %% [markdown]
# <details><summary>Why?</summary>
#
# The loss is −log p of the right class, and p is e to the power of its score, divided by the sum of
# such powers over all classes. The log of a fraction is a difference: L = log Σ eˢ − s(right). The
# slope of log u is 1/u, and eˢ is its own slope. So by the chain rule, the first term's slope is e
# to the power of s(k), divided by the sum, which is p(k) again. The second term takes 1 away, for
# the right class only.
#
# </details>

# %% [markdown]
# In numbers: the probabilities [0.2, 0.4, 0.1, 0.3], where class 2 (counted from 0) is right, give
# [0.2, 0.4, −0.9, 0.3]. A step downhill makes the right score grow, and the others shrink. The loss
# of a batch is the *mean* over its N examples, so each row is divided by N.
#
# **Exercise.** Write `softmax_cross_entropy_backward(scores, labels)`. `ops.softmax(scores)` gives
# the probabilities, and copes with large scores.


# %% exercise="softmax_cross_entropy_backward"
def softmax_cross_entropy_backward(scores, labels):
    """The gradient of the mean cross-entropy of softmax with respect to the scores.

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
# Don't trust a formula, measure. The formula and the central differences should agree to many
# digits:

# %%
if ready("numerical_gradient", "softmax_cross_entropy_backward"):
    some_scores = np.array([[1.0, 3.0, -2.0], [0.5, 0.0, 2.0]])
    some_labels = np.array([0, 2])
    measured = numerical_gradient(
        lambda s: ops.cross_entropy(ops.softmax(s), some_labels), some_scores
    )
    derived = softmax_cross_entropy_backward(some_scores, some_labels)
    print(f"largest difference: {np.abs(measured - derived).max():.1e}")

# %% [markdown]
# ## Back through pooling (8 minutes)
#
# Max pooling lets only the largest number of a window through. Nudge that one, and the result moves
# with it; nudge any other, and nothing happens. So the **winner** gets all of `grad`, and the
# others get 0.
#
# **A trap.** `grad * (window == window.max())` looks right, and is wrong as soon as two numbers
# are equally large: both get everything, and more comes out than went in. On blank paper all four
# are equal. In a tie, let the first in reading order get it all. `argmax` finds it, counted
# through the whole window, and `np.unravel_index(number, shape)` turns that count into row and
# column.

# %% [markdown]
# **Exercise.** Write `max_pool_backward(grad, x, size)` for a batch. Window (i, j) starts at row
# i · size and column j · size. Leftover cells that fit no window get 0. Start with
# `np.zeros(x.shape)`: `np.zeros_like(x)` would hold whole numbers only, if x does.


# %% exercise="max_pool_backward"
def max_pool_backward(grad, x, size=2):
    """The gradient with respect to the input of a max pooling.

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
# ## Back through a convolution (12 minutes)
#
# Start small: three numbers x and a kernel w of two, not reversed. The outputs are
#
# y(0) = x(0) w(0) + x(1) w(1) and y(1) = x(1) w(0) + x(2) w(1).
#
# **By hand.** Let `grad` be [1, 10] and w be [2, 3]. What comes back to x(0), x(1) and x(2)? Each
# of them is in one output or in both. From each it gets the `grad` of that output, times the weight
# that it is multiplied by there.

# %% answer="by_hand_back"
### BEGIN SOLUTION
by_hand_back = [2, 23, 30]
### END SOLUTION

# %% check="by_hand_back"
check("by_hand_back")

# %% [markdown]
# You have seen this before: it is the *full* convolution of lesson 01, of `grad` with the kernel.
# The layer correlates on the way forward, and **its way back to the input is a convolution, with
# the kernel reversed.** Nobody had to decide that. It follows from adding up what comes back.

# %%
print("full convolution:", ops.convolve_1d(np.array([1, 10]), np.array([2, 3])).tolist())

# %% [markdown]
# In code you need not think of the reversal. Walk over the output as on the way forward. At each
# place take its `grad`, call it g, and do three things:
#
# - add g times the patch of x under the window to the gradient of the kernel,
# - add g times the kernel to the gradient of x, at that same window,
# - add g to the gradient of the bias.
#
# *Add* each time: a pixel is under several windows, and a weight is used at every place.

# %% [markdown]
# **Exercise.** Write `conv_backward(grad, x, w, padding)`, stride 1. Pad x first. At the end cut
# the frame off its gradient: keep rows `padding : padding + H`, and columns likewise.
# (`[padding:-padding]` is empty if padding is 0.)
#
# Four loops are enough, over examples, kernels, rows and columns: `w[d]` and
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
# ## Downhill (15 minutes)
#
# **Momentum** makes the walk faster. Like a ball rolling downhill, each weight has a velocity v,
# and keeps most of it. At every step
#
# - v becomes momentum · v − learning rate · gradient,
# - the weight becomes weight + v.
#
# For weight 2, velocity −0.5, slope 4, learning rate 0.1 and momentum 0.9, the new velocity is
# 0.9 · (−0.5) − 0.1 · 4 = −0.85, and the new weight 2 − 0.85 = 1.15.

# %% [markdown]
# **Exercise.** Write `sgd_step`. (SGD is *stochastic gradient descent*: each step uses only a few
# pictures, drawn at random.) All dictionaries use the same names. Only `velocity` starts as `{}`,
# and `velocity.get(name, 0)` gives 0 for a name that it doesn't have yet. Return *new*
# dictionaries. One line makes one: `{name: 2 * p[name] for name in p}` has everything in p doubled.


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
# Now the whole network, forward and back. The way forward is given, and keeps what comes out of
# each layer. You write the way back, in the opposite order. Its first two lines are there already,
# and leave you with a `grad` in the shape of `flat`. Go on until you have `conv_w` and `conv_b`,
# the gradients of the kernels and of their biases.
#
# Before you write, say for each layer: which of the arrays above was its *input*, and which shape
# must `grad` have? (`grad.reshape(pooled.shape)` undoes `ops.flatten`.)


# %% exercise="small_gradients"
def small_gradients(x, labels, parameters):
    """The mean loss of a batch, and a dictionary with its gradients, one for each parameter."""
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
# Now check all layers at once, for every weight and every bias. The pictures here are random dots:
# on blank paper every map would be exactly 0, the corner of ReLU, which has no slope to measure.

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
# ## Give mistakes away (6 minutes)
#
# A wrong gradient is dangerous because nothing breaks: training still works, only worse. A
# measurement finds the mistake, but only on an input where it makes a difference. One with a single
# example, say, can't show that somebody divides by the number of examples.
#
# **An open task.** We have planted a mistake in each of fifteen copies of `conv_backward`. Write
# `telltale_input`: one input, `(grad, x, w, padding)`, on which every copy differs from the right
# function. It may hold at most 150 numbers. There are many good answers.


# %% exercise="telltale_input"
def telltale_input():
    """An input that gives mistakes in conv_backward away: (grad, x, w, padding).

    The shapes are those of conv_backward; grad, x and w hold at most 150 numbers together.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(8)
    x = rng.integers(1, 9, (2, 2, 2, 3))
    w = rng.integers(-9, 9, (3, 2, 2, 2))
    return rng.integers(1, 9, (2, 3, 3, 4)) / 2, x, w, 1
    ### END SOLUTION


# %% check="telltale_input"
check("telltale_input")

# %% [markdown]
# ## Watch it learn (4 minutes)
#
# An **epoch** is one pass through all 1,438 pictures, in a new random order, in **batches** of 32.
# As each epoch ends, the monitor draws its mean loss and the **accuracy**, the share of right
# answers: *training* is for the digits that it learns from, *validation* for the 359 unseen ones.
# Below are the kernels: red weights are above 0, blue ones below.
#
# **Predict:** how many in 100 unseen digits will it read correctly after one epoch, and after
# twenty?

# %%
monitor = TrainingMonitor(epochs=20, learning_rate=0.05, momentum=0.9, channels=16)
display(monitor)

# %% [markdown]
# *learning rate* and *momentum* can be changed while it trains, from the next epoch on. With
# another number of *channels* a new network begins. *stop* ends the training, and what was learned
# stays.
#
# Run the next cell, and watch the monitor above. If you used NumPy's sums, twenty epochs take some
# seconds. With plain loops each takes about ten: press *stop* when you have seen enough.

# %% heavy=true
if ready("sgd_step", "small_gradients"):

    def right(which, parameters):
        """The share of these digits that is read correctly."""
        return (scores_of(images[which], parameters).argmax(axis=1) == labels[which]).mean()

    def dead(parameters):
        """Which kernels answer to none of the digits to learn from: True or False for each."""
        maps = ops.conv_forward(images[learn], parameters["conv_w"], parameters["conv_b"])
        return maps.max(axis=(0, 2, 3)) <= 0

    rng, found = np.random.default_rng(0), None
    monitor.clear()
    for _ in range(20):
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
    print(f"{dead(found).sum()} of {len(found['conv_b'])} kernels answer to no digit")

# %% [markdown]
# **What you saw.** Most is learned in the first epoch, which ends at about 90 in 100. After twenty
# epochs it reads about 97 in 100 unseen digits, and all of those that it learned from. That
# difference is called the **generalisation gap**.
#
# A kernel or two of the sixteen may answer to no digit any more. ReLU cuts off everything it gives,
# so no gradient comes back to it, and it stays as it is for ever: it is **dead**. Larger learning
# rates kill more of them; lesson 09 shows one that kills all sixteen.

# %% [markdown]
# ## Your own LeNet, and your own hand (4 minutes)
#
# Your functions take any shapes, so they can train the LeNet of lesson 07 too, with all its 61,706
# weights and biases, from random numbers. There is nothing new in the cell, only more layers; run
# it now, and read it while it works. Three epochs take about ten seconds with NumPy's sums. With
# plain loops they take several minutes: press ■ after an epoch or two, and `lenet` keeps what was
# learned so far.


# %% heavy=true
def lenet_gradients(x, labels, p):
    """As small_gradients, for LeNet: x (N, 1, 32, 32)."""
    maps1 = ops.conv_forward(x, p["conv1_w"], p["conv1_b"])
    bright1 = ops.relu(maps1)
    pooled1 = ops.pool_forward(bright1)
    maps2 = ops.conv_forward(pooled1, p["conv2_w"], p["conv2_b"])
    bright2 = ops.relu(maps2)
    pooled2 = ops.pool_forward(bright2)
    flat = ops.flatten(pooled2)
    units1 = ops.dense(flat, p["dense1_w"], p["dense1_b"])
    units2 = ops.dense(ops.relu(units1), p["dense2_w"], p["dense2_b"])
    scores = ops.dense(ops.relu(units2), p["dense3_w"], p["dense3_b"])

    g = {}
    grad = softmax_cross_entropy_backward(scores, labels)
    for name, units in (("dense3", units2), ("dense2", units1)):
        grad, g[name + "_w"], g[name + "_b"] = dense_backward(grad, ops.relu(units), p[name + "_w"])
        grad = relu_backward(grad, units)
    grad, g["dense1_w"], g["dense1_b"] = dense_backward(grad, flat, p["dense1_w"])
    grad = relu_backward(max_pool_backward(grad.reshape(pooled2.shape), bright2), maps2)
    grad, g["conv2_w"], g["conv2_b"] = conv_backward(grad, pooled1, p["conv2_w"])
    grad = relu_backward(max_pool_backward(grad, bright1), maps1)
    _, g["conv1_w"], g["conv1_b"] = conv_backward(grad, x, p["conv1_w"])
    return ops.cross_entropy(ops.softmax(scores), labels), g


if ready(
    *("relu_backward", "dense_backward", "softmax_cross_entropy_backward"),
    *("max_pool_backward", "conv_backward", "sgd_step"),
):
    large, _ = digits32()
    lenet, velocity, rng = dict(nn.lenet(seed=0).parameters), {}, np.random.default_rng(0)
    for epoch in range(3):
        order, total = rng.permutation(learn), 0
        for first in range(0, len(order), 32):
            batch = order[first : first + 32]
            loss, gradients = lenet_gradients(large[batch][:, None], labels[batch], lenet)
            lenet, velocity = sgd_step(lenet, gradients, velocity, 0.02)
            total += loss * len(batch)
        print(f"epoch {epoch + 1}: mean loss {total / len(order):.2f}")

# %% [markdown]
# Now give it something that nobody has ever written: press and move on the large picture to draw a
# digit, as large as the field. Then look at another *layer*: every number in it comes from weights
# that your functions found.

# %% heavy=true
if ready("sgd_step", "conv_backward") and "lenet" in globals():
    display(NetworkExplorer(lenet, digit=3, layer="input"))

# %% [markdown]
# ## What the number says (1 minute)
#
# "97 % of unseen digits" means unseen *pictures*, not unseen *people*. Thirteen people wrote these
# digits, and `split` deals out the pictures of each to both parts, so the network has met every
# handwriting that it is tested on. Keep *all* pictures of some people apart instead, and the same
# network reads only about 95 in 100 (lesson 10 measures it). Your own drawing was such a test.

# %% [markdown]
# Nor may you choose by the test digits: if you try twenty learning rates and keep the best, you
# have kept some luck as well. So there are three parts: **training** for the weights,
# **validation** for the choices, and **test**, looked at once, at the end.

# %% [markdown]
# ## Explain (2 minutes)
#
# A kernel's weight is used at 36 places of every picture. In two sentences: why is its gradient a
# sum over all these places, and what would become of the kernel if each place took a step of its
# own instead?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# The weight affects the loss at every place where it is used, and a nudge to it moves all those
# outputs at once, so the changes add up. If each place took a step of its own, there would soon be
# 36 different weights, which is a layer without sharing.
#
# </details>

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# From a list of ten numbers to a network that found its own weights: all of it is your own code.

# %% [markdown]
# ## A question to talk about (3 minutes)
#
# Somebody tries twenty networks. The one she keeps reads 100 % of its training digits, 98.6 % of
# the validation digits, by which she chose it, and 97.2 % of test digits that she looked at only
# then. Which number should she publish?
#
# - **a** — 100 %, the best that the network can do
# - **b** — 97.2 %, from digits that influenced neither the weights nor the choice
# - **c** — any of them, they measure the same
# - **d** — 98.6 %, because the network did not learn from those digits

# %% answer="discussion_08"
### BEGIN SOLUTION
discussion_08 = "b"
### END SOLUTION

# %% check="discussion_08"
check("discussion_08")

# %% [markdown]
# **What comes next.** In lesson 09 you make the small network ill on purpose, look inside, and cure
# it. You can also read on anywhere: a framework such as PyTorch has the same layers under nearly
# the same names, and works out the way back by itself. You now know what it does there.

# %% [markdown]
# ## Go further
#
# Nothing here is graded, and nothing later needs it. Take what interests you.
#
# **Write the loop yourself.** `train(images, labels, epochs, seed)` is the training above without
# the monitor.
#
# - `rng = np.random.default_rng(seed)` makes all random numbers, and `random_parameters(rng)` the
#   start.
# - The velocity starts as `{}`, before the loops.
# - In every epoch, `order` is a new `rng.permutation(len(images))`, and the batches are
#   `order[first : first + 32]`. The last may be smaller.
# - The learning rate is 0.1.
#
# The check trains it on 192 digits, in a second, or in ten with plain loops.


# %% answer="train"
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
# **One window.** The trap of *Back through pooling*, as a program to fix: in a tie, both get
# everything.


# %% answer="trap_tie"
def trap_tie(window, grad):
    """The gradient of one window of a max pooling: an array in the shape of the window."""
    ### BEGIN SOLUTION stub: return grad * (window == window.max())
    back = np.zeros(window.shape)
    back[np.unravel_index(window.argmax(), window.shape)] = grad
    return back
    ### END SOLUTION


# %% check="trap_tie"
check("trap_tie")

# %% [markdown]
# **When training goes wrong** has a lesson of its own, the next.
#
# **Four kernels.** Set the monitor's *channels* to 4, run the training cell, and see how many are
# dead. At a rate of 0.05 one to three of the four die, and the accuracy then says more about those
# deaths than about what four kernels can do. At 0.01 fewer die, and it reads about 90 in 100.
#
# **What has it learned?** Six living kernels, before and after the training, and then where it
# errs: rows are what was written, columns what it read. Which two digits does it confuse most?
# Would you?

# %% heavy=true
if ready("sgd_step", "small_gradients"):
    alive = np.flatnonzero(~dead(found))[:6]
    both = np.concatenate([begun["conv_w"][alive, 0], found["conv_w"][alive, 0]])
    grey = (both - both.min()) / (both.max() - both.min())
    for when, kernels in (("before", grey[: len(alive)]), ("after", grey[len(alive) :])):
        titles = [f"kernel {d} {when}" for d in alive]
        display(plots.images(dict(zip(titles, kernels, strict=True))))
    said = scores_of(images[unseen], found).argmax(axis=1)
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (labels[unseen], said), 1)
    display(plots.confusion(counts))

# %% [markdown]
# **More pictures for free.** A digit that is moved by a pixel stays the same digit. Write
# `shift_batch`, which moves every picture by its own number of rows and columns
# (`ops.shift_image(image, down, right)` moves one picture). Then train with it: draw
# `rng.integers(-1, 2, len(batch))` for each direction, and hand the moved pictures to
# `small_gradients`. Give it more epochs than twenty.


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
# **The same, larger.** The course's engine `convolab.nn` does what you have written, faster;
# `help(nn)` shows ten numbers, stored your way and the engine's way, and names its files in
# the order to read them. Where the 60,000 digits of MNIST are on your disk (`convolab data
# mnist` fetches them), the cell below trains LeNet on them: ten epochs with shifts, and under 1 %
# of the 10,000 test digits are wrong. The LeNet-5 of 1998 got 0.95 % wrong, and 0.8 % when it had
# been shown distorted digits as well. Without MNIST it uses lesson 07's enlarged digits. MNIST
# takes up to a minute.

# %% [markdown]
# The engine reports to the monitor. Here *learning rate* is the rate at the beginning; after half
# of the epochs it is a tenth of that, after three quarters a hundredth. *momentum* and *channels*
# have no effect. And *validation* shows the test digits: you may watch, but once you tune the
# slider by them they are no longer test digits.

# %% heavy=true
try:
    real = mnist()
    frame = ((0, 0), (0, 0), (2, 2), (2, 2))
    learn_from = np.pad(real.train_images[:, None], frame), real.train_labels
    test_with = np.pad(real.test_images[:, None], frame), real.test_labels
    epochs, shift = 10, 1
except Problem:  # there is no MNIST on this disk
    pictures, classes = digits32()
    learn_from = pictures[learn][:, None], classes[learn]
    test_with = pictures[unseen][:, None], classes[unseen]
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

# %% [markdown]
# `NetworkExplorer(model.parameters, layer="input")` shows what this network makes of your drawing.

# %% [markdown]
# ## Where this comes from
#
# - David E. Rumelhart, Geoffrey E. Hinton and Ronald J. Williams, *Learning representations by
#   back-propagating errors*, 1986. Backpropagation, as most people first learned of it.
# - Yann LeCun and others, *Backpropagation applied to handwritten zip code recognition*, 1989. The
#   zip codes: 9,760 weights, three days, 5 % wrong.
# - Yann LeCun, Léon Bottou, Yoshua Bengio and Patrick Haffner, *Gradient-based learning applied to
#   document recognition*, 1998. LeNet-5 and its 0.95 %.

# %% [markdown]
# - Boris T. Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
#   Momentum.
# - Kaiming He and others, *Delving Deep into Rectifiers: Surpassing Human-Level Performance on
#   ImageNet Classification*, 2015. The size √(2/I) of random weights.
# - Ethem Alpaydin and Cenk Kaynak, *Optical recognition of handwritten digits*, 1998. The digits,
#   by 13 people.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("08")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Ninety minutes is tight; two sittings are better, with *Back through a convolution* at
# the beginning of the second. In class: 8 for the slope, 10 for the chain at the board, 25 for
# dense, softmax and pooling, 20 for the convolution, the rest for training and talking.
#
# **On the board.** The chain as boxes with an arrow forward above and an arrow back below. Then the
# three x, two y of the small convolution, joined by four lines with the weights on them: follow the
# lines backwards.
#
# **The two commonest mistakes.** *= in place of +=* in `conv_backward`: ask how many windows cover
# the middle pixel. *Dividing by N twice:* the mean belongs to the loss; all layers below only add
# up.

# %% [markdown] teacher=true
# **The question.** *b* is right. *a* measures memory. *c* attracts those who think of accuracy as a
# property of the network alone. *d* is the subtle one: those digits did not influence the weights,
# but they decided among twenty.
#
# **The open task.** Good answers have two examples or more, several channels and kernels, no
# square maps, padding, and a kernel without symmetry. Let each pair hand its input to another
# pair, together with a mistake of their own: is it given away?
#
# **Shorter.** Give out `max_pool_backward` and `conv_backward` from the solutions
# (70 minutes). **Longer.** *Go further*: digits moved by a pixel, or MNIST.
