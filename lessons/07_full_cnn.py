# ---
# title: A whole network
# minutes: 90
# needs: lessons 04 to 06, or layers, pooling and the size formula from elsewhere
# questions:
#   - What happens to a picture on its way through a whole network?
#   - How do ten numbers become ten probabilities, and how wrong are they?
#   - What does a network see, layer by layer, and when does it fool itself?
# objectives:
#   - text: compute the layers of a convolutional network for a batch of pictures
#     shown_by: [conv_forward, dense]
#   - text: turn scores into probabilities, and measure how wrong they are
#     shown_by: [softmax, cross_entropy]
#   - text: put the layers together and let the network read digits
#     shown_by: [forward]
#   - text: decide when a network should not answer
#     shown_by: [answer_or_none]
# key_points:
#   - >-
#     A network is a chain of layers. What comes out of one goes into the next, and only the shapes
#     have to fit.
#   - >-
#     A convolutional layer has one kernel for each map it makes, and every kernel has a slice for
#     each channel that comes in.
#   - Softmax turns each row of scores into probabilities that sum to 1.
#   - >-
#     Cross-entropy is minus the logarithm of the right class's probability, as a mean over the
#     batch. Being confidently wrong costs most.
#   - >-
#     Probabilities compare the classes with each other. They sum to 1 even for a picture that shows
#     none of them.
# ---

# %% [markdown]
# ## A network that reads (1 minute)
#
# In 2011 programs competed in reading photographs of German traffic signs, some of them small,
# blurred or half in shadow. People got 98.8 % of them right, and 25 convolutional networks,
# averaged, 99.5 %. Since then such networks have found faces, kept cars in their lane, helped to
# write captions for photographs, and sorted sentences.

# %% [markdown]
# Here is one that has learned to read digits: a file with 61,706 numbers, its weights and biases.
# The file alone reads nothing. It needs a program that knows what to do with it.
#
# **What does that program do, from the first pixel to the answer?** You have met most of its
# parts. Today you write it, and the digit goes through your own network, layer by layer.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import data_file, digits, digits32, enlarged, hopper, split
from convolab.figures import NetworkExplorer, plots

with np.load(data_file("lenet_digits.npz")) as file:
    lenet = {name: file[name] for name in file.files}

images, labels = digits32()
digit, portrait = images[2], hopper()
display(plots.images({"the digit, 8 × 8": digits()[0][2], "the same, 32 × 32": digit}))
display(plots.image(portrait, title="the portrait"))
print("weights and biases in the file:", sum(array.size for array in lenet.values()))

# %% [markdown]
# The network wants pictures of 32 × 32 with numbers from 0, paper, to 1, ink. So the digit was
# enlarged from 8 × 8: its cells are spread out, and between two of them the numbers change evenly.
#
# The network's plan is called **LeNet**, after Yann LeCun, who read bank cheques with it in the
# 1990s. It has a convolutional layer, ReLU and pooling, twice; then three layers in which every
# output depends on every input.
#
# `lenet` is a **dictionary**. It finds an array by its name: `lenet["conv1_b"]` holds the biases of
# the first layer. `lenet.items()` goes through all names with their arrays:

# %%
for name, array in lenet.items():
    print(f"{name}  {array.shape}")

# %% [markdown]
# ## By hand first: follow the shapes (2 minutes)
#
# A picture goes in as a **volume** of (channels, rows, columns): (1, 32, 32). Both convolutional
# layers have kernels of 5 × 5, stride 1 and no padding. Both poolings have windows of 2 × 2, side
# by side.
#
# **By hand.** How many rows do the maps have after the first convolution, the first pooling, the
# second convolution and the second pooling? Four numbers, in the form `[1, 2, 3, 4]`.

# %% answer="by_hand_sides"
### BEGIN SOLUTION
by_hand_sides = [28, 14, 10, 5]
### END SOLUTION

# %% check="by_hand_sides"
check("by_hand_sides")

# %% [markdown]
# ## A batch through a convolution (13 minutes)
#
# A network takes many pictures at a time. Such a **batch** is an array of four axes, (N, C, H, W):
# N examples with C channels of H rows and W columns each. The kernels are (D, C, R, R): D kernels,
# and each has one slice of R × R for every channel. There is one bias for each kernel.
#
# The layers of a network correlate, as lesson 04 said: the kernel isn't reversed. Here is a single
# number of the output, worked out:

# %%
x = np.arange(32.0).reshape(1, 2, 4, 4)  # one example, two channels of 4 × 4
w = np.array([[[[1, 0], [0, -1]], [[2, 0], [0, 0]]]])  # one kernel: a slice for each channel
b = np.array([100])
display(plots.cells(x[0, 0], title="channel 0", role="input"))
display(plots.cells(x[0, 1], title="channel 1", role="input"))
print("patches at row 1, column 2:", x[0, :, 1:3, 2:4].tolist())
print("6·1 + 11·(−1) + 22·2 + 100 =", 6 * 1 + 11 * (-1) + 22 * 2 + 100)
print("the same in code:", np.sum(x[0, :, 1:3, 2:4] * w[0]) + b[0])

# %% [markdown]
# The colon in `x[0, :, 1:3, 2:4]` means *all channels*. In symbols, with stride S, picture n and
# kernel d give this number at row r, column c:
#
# $$y(n, d, r, c) = b(d) + \sum_k \sum_i \sum_j x(n, k, rS + i, cS + j)\; w(d, k, i, j)$$
#
# In words: put slice k of kernel d on channel k, at row r times S and column c times S. Multiply,
# and add up everything: all channels, all rows, all columns. Then add the bias, once. With padding,
# x has a frame of zeros.

# %% [markdown]
# **Exercise.** Write `conv_forward`. `ops.output_size(rows, R, padding, stride)` is the size
# formula of lesson 06, and raises the `ValueError` if a size doesn't fit; use it for rows and for
# columns.
#
# `np.pad` takes a pair for each axis: how many zeros before and how many after. Which axes get
# none?
#
# Loops over examples, kernels, rows and columns are fine: a picture through LeNet then takes a
# fraction of a second. From `ops`, your functions may call `ops.output_size` and `ops.relu`, but
# not what does a layer's work, such as `ops.conv_forward`: you build that yourself.


# %% exercise="conv_forward"
def conv_forward(x, w, b, stride=1, padding=0):
    """A batch through a convolutional layer.

    x: (N, C, H, W), w: (D, C, R, R), b: (D,).
    Returns an array of shape (N, D, (H − R + 2·padding)/stride + 1, the same with W).
    Raises ValueError where a kernel is too large or the stride does not fit.
    """
    ### BEGIN SOLUTION
    size = w.shape[2]
    rows = ops.output_size(x.shape[2], size, padding, stride)
    columns = ops.output_size(x.shape[3], size, padding, stride)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    y = np.zeros((len(x), len(w), rows, columns))
    for n in range(len(x)):
        for d in range(len(w)):
            for r in range(rows):
                for c in range(columns):
                    top, left = r * stride, c * stride
                    patch = x[n, :, top : top + size, left : left + size]
                    y[n, d, r, c] = np.sum(patch * w[d]) + b[d]
    return y
    ### END SOLUTION


# %% check="conv_forward"
check("conv_forward")

# %% [markdown]
# A convolution doesn't care how large the picture is. Here the course's own fast function puts the
# six kernels of the first layer on the whole portrait, which gives six maps of 252 × 252. ReLU has
# made everything below 0 black. `[None, None]` puts two axes of length 1 in front: a picture
# (256, 256) becomes a batch of one picture with one channel, (1, 1, 256, 256).
#
# Below the maps are three numbers for each kernel: its sum, its right half minus its left, and its
# lower half minus its upper.

# %%
maps = ops.conv_forward(portrait[None, None] / 255, lenet["conv1_w"], lenet["conv1_b"])[0]
maps = ops.relu(maps) / maps.max()
for some in ((0, 1, 2), (3, 4, 5)):
    display(plots.images({f"map {d}": maps[d] for d in some}))
print("kernel    sum    right − left    below − above")
for d, kernel in enumerate(lenet["conv1_w"][:, 0]):
    across = kernel[:, 3:].sum() - kernel[:, :2].sum()
    down = kernel[3:].sum() - kernel[:2].sum()
    print(f"{d:6}{kernel.sum():7.1f}{across:16.1f}{down:17.1f}")

# %% [markdown]
# Nobody designed these kernels; the training found them. You can read them as in lesson 03. The
# weights of kernel 4 add up to 3.7, so it answers where the picture is bright. Those of the others
# nearly cancel: they answer to change. Kernel 0 wants it bright on the left and dark on the right,
# kernel 2 bright above and dark below, kernel 5 the other way round.
#
# Map 3 is dark nearly everywhere. Remember it.

# %% [markdown]
# ## Pool, flatten, connect (12 minutes)
#
# Two small steps, without points. **Write `pool_forward(x, size)`**: max pooling for a batch, each
# example and channel on its own, with windows that don't overlap. A row or column that doesn't fill
# a window is dropped. A maximum can run over several axes at once: `window.max(axis=(2, 3))`.


# %% answer="pool_forward"
def pool_forward(x, size=2):
    """Max pooling of a batch: x (N, C, H, W) → (N, C, H // size, W // size)."""
    ### BEGIN SOLUTION
    rows, columns = x.shape[2] // size, x.shape[3] // size
    y = np.zeros((*x.shape[:2], rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = x[:, :, r * size : (r + 1) * size, c * size : (c + 1) * size]
            y[:, :, r, c] = window.max(axis=(2, 3))
    return y
    ### END SOLUTION


# %% check="pool_forward"
check("pool_forward")

# %% [markdown]
# After the second pooling there are 16 maps of 5 × 5. From here on it no longer matters which
# number is next to which: all 400 go into one row, channel after channel, row after row, as they
# are in memory. That is **flattening**. **Write `flatten(x)`** for a batch of any shape (N, …);
# each example keeps its own row. `reshape` works out the length for which you give it −1:

# %%
volume = np.arange(8).reshape(1, 2, 2, 2)
print("one example, two channels of 2 × 2:", volume.tolist())
print("in a row:", volume.reshape(1, -1).tolist())


# %% answer="flatten"
def flatten(x):
    """Each example in one row: x (N, …) → (N, product of the other lengths)."""
    ### BEGIN SOLUTION
    return x.reshape(len(x), -1)
    ### END SOLUTION


# %% check="flatten"
check("flatten")

# %% [markdown]
# A **fully connected** or *dense* layer has I inputs and O units. Every **unit** has a weight for
# each input, multiplies the two, sums the products and adds its bias. The weights of unit o are
# `w[:, o]`, column o. For the inputs [1, 2] and a unit with the weights [10, 1] and the bias 5:
# 1 · 10 + 2 · 1 + 5 = 17.
#
# **Exercise.** Write `dense(x, w, b)` for a whole batch, in as many lines as you like. One is
# enough: `p @ q` multiplies two matrices, each row of p with each column of q.


# %% exercise="dense"
def dense(x, w, b):
    """A fully connected layer: x (N, I), w (I, O), b (O,) → (N, O)."""
    ### BEGIN SOLUTION
    return x @ w + b
    ### END SOLUTION


# %% check="dense"
check("dense")

# %% [markdown]
# ## From scores to probabilities (16 minutes)
#
# The last layer gives ten numbers, one for each class. They are called **scores**, or *logits*, and
# may be negative or large. We want probabilities: none below 0, and all together 1.
#
# **Softmax** does it in two steps. Take e to the power of every score (`np.exp`), which makes it
# positive. Then divide by the sum:
#
# $$p(k) = \frac{e^{s(k)}}{\sum_j e^{s(j)}}$$
#
# **By hand.** The powers of e for three scores are 1, 2 and 5. (The scores are 0, about 0.69 and
# about 1.61.) What are the three probabilities? A list such as `[0.1, 0.2, 0.7]`, not rounded.

# %% answer="by_hand_softmax"
### BEGIN SOLUTION
by_hand_softmax = [0.125, 0.25, 0.625]
### END SOLUTION

# %% check="by_hand_softmax"
check("by_hand_softmax")

# %% [markdown]
# In a batch, each example is a row. NumPy's sums run along an **axis**: axis 0 goes down, from row
# to row, and axis 1 across, from column to column. The axis that was summed over is gone, unless
# `keepdims=True` keeps it, with length 1.

# %%
powers = np.array([[8.0, 1.0, 1.0], [1.0, 1.0, 8.0]])  # two examples, three classes
print("axis 0:", powers.sum(axis=0))
print("axis 1:", powers.sum(axis=1))
print("axis 1, kept:", powers.sum(axis=1, keepdims=True).tolist())

# %% [markdown]
# **A program to fix.** This one divides the powers by a sum, and its results look like
# probabilities. But try it on the two examples above: neither row sums to 1.


# %% answer="trap_axis"
def trap_axis(powers):
    """Each example's powers, divided by their sum: (N, K) → (N, K)."""
    ### BEGIN SOLUTION stub: return powers / powers.sum(axis=0, keepdims=True)
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %%
for row in trap_axis(powers):
    print(row.round(3).tolist(), "sum:", row.sum().round(3))

# %% check="trap_axis"
check("trap_axis")

# %% [markdown]
# One thing is left. e to the power of 1000 is too large for a computer: it becomes infinity, and
# infinity divided by infinity is `nan`, not a number. So the scores have to be changed first, in a
# way that leaves the probabilities as they are.
#
# **Predict.** Which of these three changes does that: twice the scores, the scores plus 3, the
# scores minus 4?

# %%
with np.errstate(all="ignore"):
    print("e to the power of 1000:", np.exp(1000.0))
scores = np.array([2.0, 1.0, 4.0])
changes = {"as is": scores, "· 2": 2 * scores, "+ 3": scores + 3, "− 4": scores - 4}
for name, changed in changes.items():
    print(f"{name:6}", (np.exp(changed) / np.exp(changed).sum()).round(4).tolist())

# %% [markdown]
# **What you saw.** Adding or subtracting the same number changes nothing: it multiplies every power
# by the same factor, and their sum too.
#
# **Exercise.** Write `softmax(scores)` along the last axis, however many axes there are (`axis=-1`
# is the last). Some rows hold scores near 1000, others near −1000, and every row should come out
# right. What will you subtract from each row so that no power is too large?


# %% exercise="softmax"
def softmax(scores):
    """Scores to probabilities that sum to 1 along the last axis, also for scores of ±1000.

    scores: an array (…, K). Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% check="softmax"
check("softmax")

# %% [markdown]
# ## How wrong? (10 minutes)
#
# A network says [0.2, 0.4, 0.1, 0.3], and the right class is class 2, the third. How wrong is that,
# in one number? Such a measure is called a **loss**.
#
# The natural logarithm, `np.log`, undoes `np.exp`: the log of e³ is 3. So log 1 is 0, and the
# logarithm of a number between 0 and 1 is negative. **Cross-entropy** takes the probability p of
# the *right* class and forms −log p. If p is 1, this is 0. The smaller p, the larger it gets,
# without limit.
#
# **By hand.** What is it here? On a calculator, the natural logarithm is ln. Three decimals.

# %% answer="by_hand_loss"
### BEGIN SOLUTION
by_hand_loss = 2.303
### END SOLUTION

# %% check="by_hand_loss"
check("by_hand_loss")

# %% [markdown]
# (Why not squared differences? See *Go further*.)
#
# **Exercise.** Write `cross_entropy(probabilities, labels)`, the *mean* over the batch. Labels are
# class numbers: [2, 0] means that class 2 is right in row 0, and class 0 in row 1. A loop is fine.
# Without one, two arrays as an index pick one number of each row: `probabilities[[0, 1], [2, 0]]`.
# A probability below 1e-12 counts as 1e-12: why can't it stay 0?


# %% exercise="cross_entropy"
def cross_entropy(probabilities, labels):
    """The mean of −log p over a batch, with p the probability of the right class, at least 1e-12.

    probabilities: (N, K), labels: (N,) whole numbers from 0 to K − 1. Returns a number.
    """
    ### BEGIN SOLUTION
    right = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(right, 1e-12)).mean()
    ### END SOLUTION


# %% check="cross_entropy"
check("cross_entropy")

# %% [markdown]
# ## The whole network (13 minutes)
#
# Now the chain. `relu` comes after every layer with weights but the last:
#
# | layer | what comes out of LeNet |
# |---|---|
# | input | (N, 1, 32, 32) |
# | conv1, relu, pool | (N, 6, 14, 14) |
# | conv2, relu, pool | (N, 16, 5, 5) |
# | flatten | (N, 400) |
# | dense1, relu | (N, 120) |
# | dense2, relu | (N, 84) |
# | dense3 | (N, 10) scores |
# | softmax | (N, 10) probabilities |
#
# **Exercise.** Write `forward(x, parameters)`; the first block is done. `parameters` is a
# dictionary such as `lenet`. Write no size as a number: other networks of this plan should work as
# well.


# %% exercise="forward"
def forward(x, parameters):
    """The probabilities that the network gives to a batch.

    x: (N, C, H, W). parameters: a dictionary with conv1_w, conv1_b, conv2_w, conv2_b, dense1_w,
    dense1_b, dense2_w, dense2_b, dense3_w and dense3_b. Returns an array (N, classes).
    """
    x = conv_forward(x, parameters["conv1_w"], parameters["conv1_b"])
    x = pool_forward(ops.relu(x))
    ### BEGIN SOLUTION
    x = conv_forward(x, parameters["conv2_w"], parameters["conv2_b"])
    x = pool_forward(ops.relu(x))
    x = flatten(x)
    x = ops.relu(dense(x, parameters["dense1_w"], parameters["dense1_b"]))
    x = ops.relu(dense(x, parameters["dense2_w"], parameters["dense2_b"]))
    return softmax(dense(x, parameters["dense3_w"], parameters["dense3_b"]))
    ### END SOLUTION


# %% check="forward"
check("forward")

# %% [markdown]
# A last step, without points. **Write `predict(x, parameters)`**: for each example the number of
# the class with the largest probability. `argmax` says *where* the largest is; like `sum`, it takes
# an axis.


# %% answer="predict"
def predict(x, parameters):
    """The likeliest class of each example: x (N, C, H, W) → (N,) whole numbers."""
    ### BEGIN SOLUTION
    return forward(x, parameters).argmax(axis=1)
    ### END SOLUTION


# %% check="predict"
check("predict")

# %% [markdown]
# Now your functions use the weights from the file. The network learned from four fifths of the
# digits, including ours, each moved at random by up to two pixels, which taught it to forgive a
# shift (lesson 05). It has never seen the last fifth, 359 pictures. But thirteen people wrote all
# these digits, and `split` shares them out at random, so it has seen the handwriting of each. New
# people are harder to read; lesson 08 measures by how much. The next cell reads our digit and
# twenty of the unseen ones. With loops that takes a few seconds.

# %%
learned_from, unseen = split(labels)
if ready("conv_forward", "pool_forward", "flatten", "dense", "softmax", "forward", "predict"):
    probabilities = forward(digit[None, None], lenet)[0]
    for k in range(10):
        print(f"class {k}: {probabilities[k]:.6f}")
    some = unseen[:20]
    print("read:", predict(images[some][:, None], lenet))
    print("is:  ", labels[some])

# %% [markdown]
# And all 359, through the course's functions, which do the same without loops. Which does it get
# wrong, and would you have known better? (What `without` is for comes later.)


# %%
def by_course(pictures, without=()):
    """The ten scores of each picture; the maps of the first layer in `without` are made black."""
    x = ops.relu(ops.conv_forward(pictures, lenet["conv1_w"], lenet["conv1_b"]))
    x[:, list(without)] = 0
    x = ops.conv_forward(ops.pool_forward(x), lenet["conv2_w"], lenet["conv2_b"])
    x = ops.flatten(ops.pool_forward(ops.relu(x)))
    for name in ("dense1", "dense2"):
        x = ops.relu(ops.dense(x, lenet[name + "_w"], lenet[name + "_b"]))
    return ops.dense(x, lenet["dense3_w"], lenet["dense3_b"])


new, truth = images[unseen][:, None], labels[unseen]
chances = ops.softmax(by_course(new))
said = chances.argmax(axis=1)
wrong = np.flatnonzero(said != truth)
print(f"{len(wrong)} of {len(truth)} wrong; the loss is {ops.cross_entropy(chances, truth):.4f}")
for some in (wrong[:3], wrong[3:]):
    titles = [f"a {truth[i]}, read as {said[i]} ({chances[i].max():.0%})" for i in some]
    display(plots.images(dict(zip(titles, new[some, 0], strict=True))))

# %% [markdown]
# Six of 359 is 1.7 %. With so few mistakes, luck plays a part: on other pictures by the same people
# it might be anywhere from just under 1 % to nearly 4 %. And this is a single training; another one
# would get others wrong.

# %% [markdown]
# ## Look inside (6 minutes)
#
# Now the digit goes through your network, layer by layer, and what comes out of each is kept. The
# layers have the same names as in the figure below; conv1, conv2, dense1 and dense2 are kept after
# their ReLU, and *output* are the ten scores.

# %%
mine = {"input": digit[None, None]}
if ready("conv_forward", "pool_forward", "flatten", "dense"):
    for number, before in (("1", "input"), ("2", "pool1")):
        weights, biases = lenet[f"conv{number}_w"], lenet[f"conv{number}_b"]
        mine["conv" + number] = ops.relu(conv_forward(mine[before], weights, biases))
        mine["pool" + number] = pool_forward(mine["conv" + number])
    numbers = flatten(mine["pool2"])
    for name in ("dense1", "dense2"):
        numbers = ops.relu(dense(numbers, lenet[name + "_w"], lenet[name + "_b"]))
        mine[name] = numbers
    mine["output"] = dense(numbers, lenet["dense3_w"], lenet["dense3_b"])
    for name, array in mine.items():
        print(f"{name:7}{array.shape[1:]!s:>13}, the largest is {array.max():.2f}")

# %% [markdown]
# You know this figure from lesson 00. It shows the layers above, from the input on the left to the
# ten probabilities on the right; D1 and D2 are dense1 and dense2. Maps are counted row by row, from
# 0. White is the largest number of a layer.
#
# Press on any map. The one number there, also called a **unit**, gets a red frame, its map a green
# one, and what it sees blue ones. Below, all that it sees is shown large, with its weights, the
# products and their sum. You can also choose *layer*, *map*, *row* and *column*; in a dense layer
# *map* is the unit's number. *picture* changes to another digit, one that it didn't learn from.

# %% [markdown]
# **Predict.** Our digit. Which of the six maps of conv1 will look most like the digit itself? And
# the largest number in conv2: from which part of the digit will it come? Then look for both in the
# figure.

# %%
explorer = NetworkExplorer(lenet, image=digit, layer="conv1", map=0, row=6, column=22)
display(explorer)

# %% [markdown]
# **What you saw.** Map 4 is the digit, nearly. The others show its edges, each of one direction,
# and map 3 stays dim.
#
# The largest number of conv2, 7.17, is in map 3, at row 9 and column 6. What it sees, 5 × 5 in each
# of the six maps of pool1, comes from rows 18 to 31 and columns 12 to 25 of the digit: the foot of
# the 2, where the stroke turns to the right. No pixel alone says that; a square of 14 × 14
# does. The line below the products shows what each of the six maps adds: nearly 6 of the 7.17
# come from map 4.

# %% [markdown]
# Edges first, then a turn of a stroke, then a digit. Networks for photographs have more layers and
# go further: when Zeiler and Fergus looked for what excites a unit most, they found edges and
# colours in the first layer, corners and curves in the second, textures such as mesh in the third,
# and above these dogs' faces, birds' legs and whole keyboards. From edges to shapes to objects, and
# nobody told the network to. (Some units answer to nothing that has a name.)
#
# Is the figure's network yours?

# %%
if "output" in mine:
    for name, array in explorer.activations.items():
        print(f"{name:7} differs from yours by at most {np.abs(array - mine[name][0]).max():.4f}")
    d, r, c = np.unravel_index(mine["conv2"][0].argmax(), (16, 10, 10))
    print(f"your largest number in conv2 is in map {d}, row {r}, column {c}")
    seen = digit[2 * r : 2 * r + 14, 2 * c : 2 * c + 14]
    display(plots.images({"the digit": digit, "what that number sees": seen}))

# %% [markdown]
# (If you have chosen another picture above, these differ more. Otherwise it is rounding: picture
# and weights travel to the browser as whole numbers.)
#
# **A claim to doubt:** *more filters are always better.* (Kernels are also called filters.) Below,
# one map of the first layer at a time is made black, and the 359 digits are read again. **Predict**
# which map the network can least do without.

# %%
for d in range(6):
    print(f"without map {d}: {(by_course(new, [d]).argmax(axis=1) != truth).sum()} wrong")
maps = ops.conv_forward(new, lenet["conv1_w"], lenet["conv1_b"])
maps = ops.conv_forward(ops.pool_forward(ops.relu(maps)), lenet["conv2_w"], lenet["conv2_b"])
for d in (0, 11, 14):
    print(f"conv2, map {d}: {(maps[:, d] > 0).sum():,} of {maps[:, d].size:,} are above 0")

# %% [markdown]
# Without map 4, 50 are wrong. Any one of the others may go, the dark map 3 or one with clear edges,
# and the network reads as well as before: 4 to 6 wrong, against 6. And map 11 of the second layer
# answers to none of these digits: take out its kernel, and nothing changes. Trained anew without
# map 4, the rest might do its work. What counts is not just their number, but what they have
# learned.

# %% [markdown]
# ## None of these (9 minutes)
#
# Draw a digit of your own in the next cell, with `#` in eight rows of eight, and run it. Then rub
# everything out (only dots), and run it again. What does the network say to an empty sheet?

# %%
drawing = """
........
..####..
.##..##.
.....##.
....##..
...##...
..##....
.######.
"""

sheet = np.zeros((8, 8))
for r, row in enumerate(drawing.strip("\n").splitlines()[:8]):
    for c, sign in enumerate(row[:8]):
        sheet[r, c] = 16 * (sign == "#")
drawn = enlarged(sheet)  # as the digits were: 8 × 8 from 0 to 16 become 32 × 32 from 0 to 1
display(plots.images({"your drawing": drawn}))
if ready("forward"):
    probabilities = forward(drawn[None, None], lenet)[0]
    print(f"read as {probabilities.argmax()}, with probability {probabilities.max():.3f}")

# %% [markdown]
# An empty sheet is read as an 8, with a probability of 0.273: softmax has no place for *none of
# these*. Now draw only a bar: in each of the two middle rows, `.######.`. It is read as a 4, with a
# probability of 1.000. Being sure is no proof of being right.
#
# And here is the portrait, made as small as a digit:

# %%
tiny = portrait.reshape(32, 8, 32, 8).mean(axis=(1, 3)) / 255
display(plots.images({"the portrait, 32 × 32": tiny}))
if ready("conv_forward", "pool_forward", "flatten", "dense", "forward"):
    probabilities = forward(tiny[None, None], lenet)[0]
    print(f"read as {probabilities.argmax()}, with probability {probabilities.max():.3f}")

# %% [markdown]
# A 7, with 0.695? The probability only says how the classes compare: 13.2 for the 7, 12.4 for the
# 4, and far less for the others. Next to a digit 13.2 is little: for half of the unseen ones the
# best score is above 27, and for only 6 % is it below 13.2. But softmax looks only at differences
# between the scores, so this doesn't show. (A high score is no proof either: our digit has only
# 17.9, and the bar 35.)

# %% [markdown]
# **Teach it to refuse.** `answer_or_none(pictures, scores)` gets pictures (N, 32, 32) with their
# scores (N, 10), and gives N answers: the class, or −1 for *none of these*. The check measures:
#
# - digits that the network never saw are still read right (at least 85 %);
# - empty sheets, single bars and noise are refused (at least 85 %);
# - so are pieces of the portrait, and digits whose cells were shuffled (at least 50 %).

# %% [markdown]
# There are many ways: the scores, how they differ, the ink in the picture, where it is, … First
# compare digits with things that aren't. `np.where(a > 5, b, -1)` takes from b where a is above 5,
# and −1 elsewhere; `|` means *or*, `&` means *and*, with each comparison in parentheses.

# %%
bar = enlarged(np.pad(np.full((2, 6), 16), ((3, 3), (1, 1))))
noise = np.random.default_rng(0).random((32, 32))
strange = np.stack([np.zeros((32, 32)), bar, noise, tiny])
for name, some in {"strange": strange, "digits": new[:6, 0]}.items():
    print(f"{name}: best scores", by_course(some[:, None]).max(axis=1).astype(int).tolist())
    print("    ink:", some.mean(axis=(1, 2), dtype=float).round(2).tolist())


# %% exercise="answer_or_none"
def answer_or_none(pictures, scores):
    """The class of each picture, or −1 where it shows none of the ten digits.

    pictures: (N, 32, 32) from 0, paper, to 1, ink. scores: (N, 10). Returns an array (N,).
    """
    ### BEGIN SOLUTION
    doubtful = (scores.max(axis=1) < 12) | (pictures.mean(axis=(1, 2)) < 0.2)
    return np.where(doubtful, -1, scores.argmax(axis=1))
    ### END SOLUTION


# %% check="answer_or_none"
check("answer_or_none")

# %% [markdown]
# ## From a cat to today (2 minutes)
#
# **1962.** David Hubel and Torsten Wiesel listen to single cells in a cat's visual cortex. Some
# answer to an edge in one direction at one place, others to such an edge anywhere nearby.
#
# **1980.** Kunihiko Fukushima's *Neocognitron* is made of two kinds of layers in turn, one that
# finds features and one that forgives their place. It learns without being told any answers.
#
# **1989.** Yann LeCun's network learns all its kernels from labelled examples, by following the
# slope of a loss (lesson 08). By 1998, as LeNet-5, it reads cheques.

# %% [markdown]
# Then comes a long winter. Labelled pictures are few, computers slow; methods with fewer layers do
# as well with less trouble, and many believe that deep networks can't be trained.

# %% [markdown]
# **2012.** AlexNet is trained on 1.2 million labelled photographs, with two graphics cards and
# ReLU. In the yearly ImageNet contest seven such networks, averaged, are wrong on 15 % (the right
# class is not in their first five), the second best on 26 %. Within two years nearly everybody uses
# networks.
#
# Layers are counted without pooling:
#
# | network | year | layers | weights | the one new idea |
# |---|---|---|---|---|
# | LeNet-5 | 1998 | 5 | 0.06 million | convolution and pooling, all learned |
# | AlexNet | 2012 | 8 | 60 million | ReLU and graphics cards, a million photographs |
# | GoogLeNet | 2014 | 22 | 7 million | kernels of several sizes side by side |
# | VGG-16 | 2014 | 16 | 138 million | only 3 × 3, one after another |
# | ResNet-152 | 2015 | 152 | 60 million | shortcuts past the layers |
# | DenseNet-201 | 2016 | 201 | 20 million | every layer in a block sees all before it |

# %% [markdown]
# **Today.** A convolutional layer is a dense layer with most weights fixed at 0 and the rest
# shared. It can express less and so needs fewer pictures, as long as neighbours belong together and
# a feature means the same everywhere: it is a *regularised* network. The *Vision Transformer* of
# 2020 gives most of that up. It needed 300 million pictures to overtake, and with a mere million it
# fell behind. In 2022 a modernised convolutional network, *ConvNeXt*, drew level again.

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# The program that reads digits is yours, from the first pixel to the answer.

# %% [markdown]
# ## A question to talk about (3 minutes)
#
# A network with 6 kernels in its first layer reads 97 % of unseen pictures correctly. Somebody
# changes 6 to 100, trains it again, and now 100 % of the digits that it *learned from* are right.
# Is the new one better?
#
# - **a** — yes: more kernels find more features, and 100 % is more than 97 %
# - **b** — no: more weights always mean learning by heart
# - **c** — nobody can say before it has read digits that it did not learn from
# - **d** — no: only the size of the kernels matters, not how many there are

# %% answer="discussion_07"
### BEGIN SOLUTION
discussion_07 = "c"
### END SOLUTION

# %% check="discussion_07"
check("discussion_07")

# %% [markdown]
# ## Explain (2 minutes)
#
# A hospital's network sorts X-rays into *healthy* and *broken*. By mistake somebody sends it a
# photograph of a cat, and it answers: broken, 99 %. In two sentences: how can that be, and what
# does the 99 % mean?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# Softmax splits 100 % between the two classes it has, whatever the picture shows, and all it
# takes is that one score is about 4.6 higher than the other. So the 99 % says how *broken* compares
# with *healthy*, not that either of them is true.
#
# </details>

# %% [markdown]
# **What comes next.** The 61,706 numbers came from a file. In lesson 08 a network finds its own: it
# measures its loss, asks every weight which way is downhill, and takes a step. You need everything
# from today, and the question *what changes if I turn this a little?*

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later.
#
# **Why not squares?** For [0.2, 0.4, 0.1, 0.3] with class 2 right, the right answer would be
# [0, 0, 1, 0], and half the sum of the squared differences is 0.55. Below, the right class has the
# lowest score of all, and we raise that score a little, by 0.1. A good loss should notice.

# %%
answer = np.array([0, 0, 1, 0])
said = np.array([0.2, 0.4, 0.1, 0.3])
print("half the sum of squares:", round(float(((said - answer) ** 2).sum() / 2), 3))
before = ops.softmax(np.array([5.0, 0.0, -5.0, 0.0]))
after = ops.softmax(np.array([5.0, 0.0, -4.9, 0.0]))
print("right class before and after:", before[2].round(7), after[2].round(7))
print("cross-entropy falls by", round(float(np.log(after[2]) - np.log(before[2])), 5))
squares = [((p - answer) ** 2).sum() / 2 for p in (before, after)]
print("half the squares fall by", round(float(squares[0] - squares[1]), 5))

# %% [markdown]
# Cross-entropy falls by about 0.1; the squares hardly move: they follow the probability itself,
# which is still tiny, and cross-entropy follows its logarithm. A network that learns by asking
# which way the loss falls would learn least from squares where it is most wrong.
#
# **In one step.** Softmax and cross-entropy can be one, without any probability in between: −log p
# is the logarithm of the sum of all powers, minus the score of the right class.
#
# $$-\log p(k) = \log\Big(\sum_j e^{s(j)}\Big) - s(k)$$
#
# For the powers 1, 2 and 5 and class 1: log 8 − log 2 = log 4, about 1.386. Write
# `loss_from_scores`, the mean over the batch, right for scores of ±1000 too.


# %% answer="loss_from_scores"
def loss_from_scores(scores, labels):
    """The mean cross-entropy, from the scores: scores (N, K), labels (N,). Returns a number."""
    ### BEGIN SOLUTION
    largest = scores.max(axis=1)
    total = largest + np.log(np.exp(scores - largest[:, None]).sum(axis=1))
    return (total - scores[np.arange(len(labels)), labels]).mean()
    ### END SOLUTION


# %% check="loss_from_scores"
check("loss_from_scores")

# %% [markdown]
# **What is modern about ours.** The LeNet-5 of 1998 had tanh in place of ReLU, an average with
# weights to learn in place of max pooling, second-layer kernels that mostly saw only some of the
# six maps, and an output that measured distances instead of softmax. Adam Harley's well-known
# drawing of a network in the browser has 100 units where ours has 84.
#
# **Draw in the figure.** Choose *your drawing* and the layer *input*: press and move on the large
# picture, or set *pen* to *draw* and move *row* and *column*. *clear* begins again.

# %% [markdown]
# ## Where this comes from
#
# - Dan Cireşan and others, *Multi-Column Deep Neural Network for Traffic Sign Classification*,
#   2012. The traffic signs.
# - Ujjwal Karn, *An Intuitive Explanation of Convolutional Neural Networks*, 2016. LeNet shown
#   layer by layer, what such networks are used for, from edges to faces, "more filters", the table.
# - Adam W. Harley, *An Interactive Node-Link Visualization of Convolutional Neural Networks*, 2015.
#   A whole network to point at, in the browser.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The network as a regularised one.
# - John (vaulttech), *Convolutions and Neural Networks*, 2017. Why it took so long.
# %% [markdown]
# - David H. Hubel and Torsten N. Wiesel, *Receptive fields, binocular interaction and functional
#   architecture in the cat's visual cortex*, 1962. The cells.
# - Kunihiko Fukushima, *Neocognitron: A Self-organizing Neural Network Model for a Mechanism of
#   Pattern Recognition Unaffected by Shift in Position*, 1980. Two kinds of layers in turn.
# - Yann LeCun and others, *Backpropagation Applied to Handwritten Zip Code Recognition*, 1989.
#   Kernels that are learned.
# - Yann LeCun and others, *Gradient-Based Learning Applied to Document Recognition*, 1998. LeNet-5.
# - Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton, *ImageNet Classification with Deep
#   Convolutional Neural Networks*, 2012. AlexNet.
# - Matthew D. Zeiler and Rob Fergus, *Visualizing and Understanding Convolutional Networks*, 2014.
#   What excites a unit.
# %% [markdown]
# - Christian Szegedy and others, *Going Deeper with Convolutions*, 2015. GoogLeNet.
# - Karen Simonyan and Andrew Zisserman, *Very Deep Convolutional Networks for Large-Scale Image
#   Recognition*, 2015. VGG.
# - Kaiming He and others, *Deep Residual Learning for Image Recognition*, 2016. ResNet.
# - Gao Huang and others, *Densely Connected Convolutional Networks*, 2017. DenseNet.
# - Alexey Dosovitskiy and others, *An Image is Worth 16x16 Words: Transformers for Image
#   Recognition at Scale*, 2021. The Vision Transformer.
# - Zhuang Liu and others, *A ConvNet for the 2020s*, 2022. ConvNeXt.
# %% [markdown]
# - Yaniv Taigman and others, *DeepFace: Closing the Gap to Human-Level Performance in Face
#   Verification*, 2014. Faces.
# - Mariusz Bojarski and others, *End to End Learning for Self-Driving Cars*, 2016. Lanes.
# - Oriol Vinyals and others, *Show and Tell: A Neural Image Caption Generator*, 2015. Captions.
# - Yoon Kim, *Convolutional Neural Networks for Sentence Classification*, 2014. Sentences.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("07")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone. In class: 15 for the shapes and `conv_forward` at the board, 15 to
# write it, 20 for softmax and cross-entropy, the rest for looking inside. *How wrong?* is a good
# place to begin a second session.
#
# **On the board.** The table of shapes, with the right column empty. Then a kernel of the second
# layer as a stack of six cards of 5 × 5: one card for each map below, one sum for all.
#
# **The two commonest mistakes.** *np.pad(x, 1):* ask for the shape afterwards; there are suddenly
# more examples. *The wrong axis in softmax:* let them print both sums, and say which belongs to one
# picture.

# %% [markdown] teacher=true
# **The question.** *c* is right: what was learned from says nothing about what is new. *a* attracts
# because 100 is more than 97, but the two numbers measure different things. *b* is the warning
# learned too well: more weights are a danger, not a verdict. *d* comes from lesson 06, where the
# sizes did all the work.
#
# **Shorter.** Leave out the story and *None of these* (80 minutes). **Longer.** Move the digits to
# the right, pixel by pixel, with `ops.shift_image`, and draw how the share of right answers falls:
# about 91 % at 4 pixels, 30 % at 8.
