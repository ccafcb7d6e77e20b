# ---
# title: What does it look at?
# minutes: 83
# needs: lesson 08, or a small convolutional network and its gradients from elsewhere
# questions:
#   - Which part of a picture does a network look at, and how do you find out?
#   - What does a map of important pixels say, and what does it not?
#   - How can a change that you hardly see make a network err?
# objectives:
#   - text: cover parts of a picture, and say what the answer depends on
#     shown_by: [occlusion_map]
#   - text: take the way back all the way to the picture
#     shown_by: [picture_slopes, saliency]
#   - text: show what a kernel and a class respond to most
#     shown_by: [top_patches, grow_picture]
#   - text: change a picture by very little, so that a network errs
#     shown_by: [fooling_step]
#   - text: find out what a network should not be looking at
#     shown_by: [find_stamp]
# key_points:
#   - >-
#     Right answers may have wrong reasons. Look before you trust, and test what you see by changing
#     the picture.
#   - >-
#     Occlusion says what the answer loses when a part is covered. It depends on what you cover
#     with.
#   - >-
#     A slope says what a tiny change of a pixel would do, here, to this score. It does not say what
#     the answer is made of, or what a larger change would do.
#   - >-
#     Many tiny changes that all go the wrong way add up. Random ones of the same size mostly
#     cancel.
# ---

# %% [markdown]
# ## A wolf in the snow (2 minutes)
#
# In 2016 three researchers trained a program to tell wolves from huskies, and made it bad on
# purpose: in its twenty pictures every wolf stood in snow, and no husky did. It learned snow. Then
# they showed ten of its answers, eight of them right, to 27 students who knew machine learning.
# Ten trusted it, and 12 named the snow. Then the 27 also saw *which parts of each picture had
# decided*. Now three trusted it, and 25 named the snow.

# %% [markdown]
# A share of right answers does not say *why* they are right. In this lesson you look, in five ways,
# and find out what each of them can tell you.
#
# This is the small network of lesson 08, trained by the course's engine. Its parameters have the
# names that you know.

# %%
import numpy as np
from IPython.display import display

from convolab import nn, ops
from convolab.check import check, ready
from convolab.data import digits, split
from convolab.figures import OcclusionExplorer, plots

images, labels = digits()
images = images[:, None] / 16  # (N, 1, 8, 8): paper is 0, ink is 1
learn, unseen = split(labels)


def trained(pictures, classes, seed=0):
    """The parameters of the small network, after twenty epochs with these pictures."""
    layers = [nn.Conv2D(16, 3), nn.ReLU(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(10)]
    model = nn.Sequential(layers, (1, 8, 8), seed)
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed}
    nn.train(model, pictures, classes, 20, schedule=lambda done: 0.05, **settings)
    return {name.replace("1", ""): array.astype(float) for name, array in model.parameters.items()}


def scores_of(x, parameters):
    """Lesson 08's way forward: (N, 1, 8, 8) → (N, 10)."""
    maps = ops.conv_forward(x, parameters["conv_w"], parameters["conv_b"])
    flat = ops.flatten(ops.pool_forward(ops.relu(maps)))
    return ops.dense(flat, parameters["dense_w"], parameters["dense_b"])


def probabilities(x, parameters):
    """The ten probabilities of each picture."""
    return ops.softmax(scores_of(x, parameters))


def read(x, classes, parameters):
    """The share of these pictures that is read correctly."""
    return (scores_of(x, parameters).argmax(axis=1) == classes).mean()


honest = trained(images[learn], labels[learn])
second = trained(images[learn], labels[learn], seed=1)  # the same from another start, for later
print(f"{read(images[unseen], labels[unseen], honest):.0%} of the unseen digits are read correctly")

# %% [markdown]
# ## Cover a part (13 minutes)
#
# The simplest way to ask what matters is to take it away. Cover a part of the picture with a small
# square, and see how far the answer drops. Then move the square on. This is called **occlusion**.
#
# **By hand.** Three pixels [0, 4, 1] and a unit with the weights [3, −1, 2] give the score
# 0 · 3 + 4 · (−1) + 1 · 2 = −2. Cover one pixel at a time with 0. By how much does the score drop
# for each of the three? (If it rises, the drop is negative.)

# %% answer="by_hand_cover"
### BEGIN SOLUTION
by_hand_cover = [0, -4, 2]
### END SOLUTION

# %% check="by_hand_cover"
check("by_hand_cover")

# %% [markdown]
# **Exercise.** Write `occlusion_map(f, picture, size, fill)`. `f` takes a picture and returns a
# number, such as the probability of a 3. Set a square of `size` × `size` pixels to `fill`, and
# subtract what f gives then from what it gives for the whole picture. Do so at every place where
# the square is inside. Row r and column c of the result belong to the square whose upper left pixel
# is at row r and column c.


# %% exercise="occlusion_map"
def occlusion_map(f, picture, size, fill=0.0):
    """How far f drops with a square covered, at each of its places: f(picture) − f(covered).

    f: takes an array (H, W) and returns a number. picture: (H, W), unchanged afterwards. size: rows
    and columns of the square. fill: its grey. Returns (H − size + 1, W − size + 1).
    """
    ### BEGIN SOLUTION
    whole = f(picture)
    rows, columns = picture.shape[0] - size + 1, picture.shape[1] - size + 1
    drops = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            covered = picture.astype(float)
            covered[r : r + size, c : c + size] = fill
            drops[r, c] = whole - f(covered)
    return drops
    ### END SOLUTION


# %% check="occlusion_map"
check("occlusion_map")

# %% [markdown]
# Here is the same, live. Point at a part of the digit: a square covers it, and the ten
# probabilities follow. Beside it is the map of all places.
#
# **Predict.** The square is black, like the paper. Now make it white, like ink, with *fill*. Will
# the map show the same places?

# %%
OcclusionExplorer(honest, images[unseen[:10]], size=3)

# %% [markdown]
# How much do two maps have in common? `alike` gives 1 if they have the same pattern, about 0 if
# they have nothing to do with each other, and below 0 if one is high where the other is low. (It
# subtracts the mean from both, gives both the same spread, and correlates them.)


# %%
def alike(a, b):
    """From −1 to 1: how far two maps have the same pattern."""
    return np.corrcoef(a.ravel(), b.ravel())[0, 1]


def drops_of(n, fill, size=3, parameters=honest):
    """The occlusion map of picture n, for the probability of its own class."""
    return occlusion_map(
        lambda picture: probabilities(picture[None, None], parameters)[0, labels[n]],
        images[n, 0],
        size,
        fill,
    )


if ready("occlusion_map"):
    some = unseen[:60]
    black, grey, white = ([drops_of(n, fill) for n in some] for fill in (0.0, 0.5, 1.0))
    for name, other in (("grey", grey), ("white", white)):
        mean = np.mean([alike(*pair) for pair in zip(black, other, strict=True)])
        print(f"black and {name} squares: alike {mean:.2f}")
    windows = np.lib.stride_tricks.sliding_window_view(images[some, 0], (3, 3), axis=(1, 2))
    ink = windows.mean(axis=(3, 4))
    for name, maps in (("black", black), ("white", white)):
        mean = np.mean([alike(*pair) for pair in zip(ink, maps, strict=True)])
        print(f"{name} squares and the ink below them: alike {mean:.2f}")

# %% [markdown]
# **What you saw.** A black square takes ink away, so it finds strokes that the answer needs. On
# blank paper it changes nothing, whatever the network thinks of that place. A white square adds
# ink, and finds places that have to stay blank. The two maps are more opposite than alike. So say
# what you covered with: **an occlusion map depends on the fill.** There is no neutral grey, either:
# to the network a grey square is something else that nobody ever wrote.

# %% [markdown]
# ## The stamp (3 minutes)
#
# Now for some snow of our own. Suppose all eights came from one office, which stamps its papers:
# two by two pixels of ink in the lower right corner. Nobody notices. The stamp is in the pictures
# to learn from, and in those of the test.

# %%
eight = labels == 8
stamped = images.copy()
stamped[eight, 0, 6:, 6:] = 1
for seed in (0, 1, 2):
    cheat = trained(stamped[learn], labels[learn], seed)
    eights, others = unseen[eight[unseen]], unseen[~eight[unseen]]
    marked = images[others].copy()
    marked[:, 0, 6:, 6:] = 1
    print(
        f"test {read(stamped[unseen], labels[unseen], cheat):.0%}, "
        f"eights {read(stamped[eights], labels[eights], cheat):.0%}, "
        f"without their stamp {read(images[eights], labels[eights], cheat):.0%}; "
        f"of the others, stamped, {read(marked, 8, cheat):.0%} are read as an eight"
    )

# %% [markdown]
# By its test, that is an excellent network. Let us see what it looks at: how far the probability of
# an eight drops when a black square of 2 × 2 covers a part. Here are the means over all unseen
# eights, with their stamp, for the honest network and for the last of the three.

# %%
if ready("occlusion_map"):
    display(plots.images({"a stamped eight": stamped[eights[0], 0]}))
    for name, parameters in (("honest", honest), ("cheat", cheat)):
        maps = [
            occlusion_map(
                lambda picture, p=parameters: probabilities(picture[None, None], p)[0, 8],
                stamped[n, 0],
                size=2,
            )
            for n in eights
        ]
        display(plots.cells(np.mean(maps, axis=0).round(2), title=f"{name}: mean drop"))

# %% [markdown]
# **What you saw.** The test is as good as ever. Without their stamp, though, the network loses
# seven eights in ten, and the maps show why. The honest one needs the crossing in the middle, and
# nothing from the corner. The cheat needs the corner most: covering the stamp costs it more than
# 80 points, the crossing about 45.
#
# A network uses whatever helps to separate the classes. If the test has the same stamp as the
# training, the accuracy cannot tell you. (And with a white square the map would be 0 there: ink on
# ink.)

# %% [markdown]
# ## The way back to the picture (17 minutes)
#
# Occlusion needs a pass through the network for every place. Slopes need one way back for all
# pixels. In lesson 08 it ended at the first kernels, because nobody trains a picture. But
# `conv_backward` returned `grad_x`, too. So go all the way, and ask: if I make this pixel a little
# brighter, how does the score of a 3 change?
#
# **By hand.** Two pixels are [3, 1]. Unit a has the weights [2, −1], unit b has [−1, 1], both have
# the bias 0 and ReLU. The score is 2 · a + 7 · b. What is its slope with respect to each pixel?

# %% answer="by_hand_slope"
### BEGIN SOLUTION
by_hand_slope = [4, -2]
### END SOLUTION

# %% check="by_hand_slope"
check("by_hand_slope")

# %% [markdown]
# These are the ways back from lesson 08, in a short form. If you have your own, put them here
# instead: they do the same.


# %%
def relu_backward(grad, x):
    """The gradient with respect to the input of ReLU."""
    return grad * (x > 0)


def dense_backward(grad, x, w):
    """The gradients of a dense layer: (grad_x, grad_w, grad_b)."""
    return grad @ w.T, x.T @ grad, grad.sum(axis=0)


def max_pool_backward(grad, x, size=2):
    """The gradient with respect to the input of a max pooling: the first of the largest gets it."""
    back, taken = np.zeros(x.shape), np.zeros(grad.shape, dtype=bool)
    largest, (rows, columns) = ops.pool_forward(x, size), grad.shape[2:]
    for i, j in np.ndindex(size, size):
        cell = (..., slice(i, rows * size, size), slice(j, columns * size, size))
        wins = (x[cell] == largest) & ~taken
        back[cell] = grad * wins
        taken |= wins
    return back


def conv_backward(grad, x, w):
    """The gradients of a convolutional layer without padding: (grad_x, grad_w, grad_b)."""
    size, grad_x, grad_w = w.shape[2], np.zeros(x.shape), np.zeros(w.shape)
    for r, c in np.ndindex(grad.shape[2:]):
        window = (..., slice(r, r + size), slice(c, c + size))
        grad_w += np.tensordot(grad[:, :, r, c], x[window], axes=(0, 0))
        grad_x[window] += np.tensordot(grad[:, :, r, c], w, axes=(1, 0))
    return grad_x, grad_w, grad.sum(axis=(0, 2, 3))


# %% [markdown]
# **Exercise.** Write `picture_slopes(grad, x, parameters)`. The way forward is given. You are
# handed `grad`, the gradient with respect to the ten scores, and take it back to the pictures: the
# lines of `small_gradients`, up to the end.


# %% exercise="picture_slopes"
def picture_slopes(grad, x, parameters):
    """The gradient with respect to the pictures, given the one with respect to their scores.

    grad: (N, K), x: (N, 1, H, W), parameters: conv_w, conv_b, dense_w and dense_b.
    Returns an array in the shape of x.
    """
    maps = ops.conv_forward(x, parameters["conv_w"], parameters["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    flat = ops.flatten(pooled)
    ### BEGIN SOLUTION
    grad, _, _ = dense_backward(grad, flat, parameters["dense_w"])
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    grad = relu_backward(grad, maps)
    grad_x, _, _ = conv_backward(grad, x, parameters["conv_w"])
    return grad_x
    ### END SOLUTION


# %% check="picture_slopes"
check("picture_slopes")

# %% [markdown]
# A **saliency map** shows for each pixel how strongly the score of one class responds to it: the
# slope, without its sign. Begin with a one-row `grad` as long as `dense_b`: 0, but 1 for this
# class, since the score itself has slope 1.
#
# Why not the probability? It also rises when other scores fall. Where a network is sure, the
# probability stays near 1, so its slopes are nearly 0.
#
# **Exercise.** Write `saliency(picture, target, parameters)` with `picture_slopes`, which takes a
# batch: `picture[None, None]` is a batch of one.


# %% exercise="saliency"
def saliency(picture, target, parameters):
    """How strongly the score of a class responds to each pixel: the absolute slopes, (H, W).

    picture: (H, W). target: the number of the class.
    """
    ### BEGIN SOLUTION
    grad = np.zeros((1, len(parameters["dense_b"])))
    grad[0, target] = 1
    return np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])
    ### END SOLUTION


# %% check="saliency"
check("saliency")

# %% [markdown]
# Measure, before you trust it. Then look at five digits. Each map is brought to its own largest
# number, so a bright pixel means *much for this map*.

# %%
if ready("picture_slopes", "saliency"):
    dots = np.random.default_rng(1).random((8, 8))
    measured, nudge = np.zeros((8, 8)), 1e-5
    for place in np.ndindex(8, 8):
        right, left = dots.copy(), dots.copy()
        right[place] += nudge
        left[place] -= nudge
        both = scores_of(np.stack([right, left])[:, None], honest)[:, 3]
        measured[place] = abs(both[0] - both[1]) / (2 * nudge)
    print(f"largest difference {np.abs(measured - saliency(dots, 3, honest)).max():.1e}")
    five = unseen[:5]
    display(plots.images({f"a {labels[n]} (no. {n})": images[n, 0] for n in five}))
    maps = {n: saliency(images[n, 0], labels[n], honest) for n in five}
    display(
        plots.images({f"saliency of no. {n}": found / found.max() for n, found in maps.items()})
    )

# %% [markdown]
# ## What a map does not say (4 minutes)
#
# A map always looks as if it meant something. So test it. **Does it depend on what the network has
# learned?** Shuffle all the weights of each layer, which makes a network that knows nothing, and
# compare. **Does it show what the answer is made of?** Cover the eight pixels that are brightest in
# the map, or eight drawn at random, or the eight with the most ink.
#
# **Predict.** Which of the three will make the network err most?


# %%
def shuffled(parameters, seed):
    """The same weights, in each layer in a random order."""
    rng = np.random.default_rng(seed)
    return {name: rng.permutation(w.ravel()).reshape(w.shape) for name, w in parameters.items()}


def without(order):
    """The share that is read when the first eight pixels of each order are covered with paper."""
    covered = images[unseen].reshape(-1, 64)
    np.put_along_axis(covered, order[:, :8], 0, axis=1)
    return read(covered.reshape(-1, 1, 8, 8), labels[unseen], honest)


if ready("picture_slopes", "saliency"):
    maps = [saliency(images[n, 0], labels[n], honest) for n in unseen]
    for name, parameters in (("another start", second), ("shuffled", shuffled(honest, 0))):
        others = [saliency(images[n, 0], labels[n], parameters) for n in unseen]
        mean = np.mean([alike(*pair) for pair in zip(maps, others, strict=True)])
        print(f"{name}: {read(images[unseen], labels[unseen], parameters):.0%} read, {mean:.2f}")
    another = [saliency(images[n, 0], (labels[n] + 1) % 10, honest) for n in unseen]
    mean = np.mean([alike(*pair) for pair in zip(maps, another, strict=True)])
    print(f"the same network asked about another class: {mean:.2f}")
    flat, shades = np.reshape(maps, (-1, 64)), images[unseen].reshape(-1, 64)
    rng = np.random.default_rng(0)
    for name, importance in (
        ("random", rng.random(flat.shape)),
        ("bright in the map", flat),
        ("most ink", shades),
        ("most of ink times map", flat * shades),
    ):
        print(f"eight pixels covered, {name}: {without(np.argsort(-importance)):.0%} read")

# %% [markdown]
# **What you saw.** The map does depend on what was learned: two trained networks agree at about
# 0.6, a trained and a shuffled one at 0.2 to 0.3. It isn't 0, since even with random weights the
# middle is brighter than the edge: nine windows see a pixel in the middle, a single one sees the
# corner. That is in the 0.6, too. (Some other methods fail this test: their maps show edges, look
# convincing, and hardly change when the weights are random.)

# %% [markdown]
# Bright pixels matter more than random ones, but less than those with the most ink. Slopes are
# for *tiny* changes, and about a quarter of the bright pixels are paper: nothing to take away. Ink
# times map matters most.

# %% [markdown]
# ## What excites a kernel (7 minutes)
#
# You can also ask the other way round: not what matters in this picture, but **which pictures
# matter to this kernel**. Take the places, in all digits, where its map is highest, and look at the
# patches there.
#
# **Exercise.** Write `top_patches(maps, pictures, size, several)`. The maps are those of one
# kernel, and the patch of the place (r, c) begins at row r and column c of the same picture. So
# that one picture does not fill the list, take only the highest place of each.


# %% exercise="top_patches"
def top_patches(maps, pictures, size, several):
    """The patches that excite one kernel most, the strongest first: (several, size, size).

    maps: (N, H′, W′), what the kernel gives. pictures: (N, H, W). Each picture has at most one
    patch in the list, that of its highest place, the first of them in reading order. Of two
    pictures that are equally strong the earlier comes first.
    """
    ### BEGIN SOLUTION
    flat = maps.reshape(len(maps), -1)
    patches = []
    for n in np.argsort(-flat.max(axis=1), kind="stable")[:several]:
        r, c = np.unravel_index(flat[n].argmax(), maps.shape[1:])
        patches.append(pictures[n, r : r + size, c : c + size])
    return np.array(patches)
    ### END SOLUTION


# %% check="top_patches"
check("top_patches")

# %%
if ready("top_patches"):
    w, b = honest["conv_w"], honest["conv_b"]
    maps = ops.conv_forward(images[learn], w, b)
    alive = [d for d in range(16) if maps[:, d].max() > 0]
    for d in alive[:3]:
        best = top_patches(maps[:, d], images[learn, 0], 3, 5)
        kernel = (w[d, 0] - w[d].min()) / (w[d].max() - w[d].min())
        row = {f"kernel {d}": kernel} | {f"place {n + 1}": patch for n, patch in enumerate(best)}
        display(plots.images(row))
    fits = [
        alike(w[d, 0], top_patches(maps[:, d], images[learn, 0], 3, 9).mean(axis=0)) for d in alive
    ]
    print("kernel and mean of its nine best patches:", np.round(fits, 2))

# %% [markdown]
# **What you saw.** Each kernel has its own kind of stroke, and its best patches resemble it: ink
# where its weights are large, paper where they are negative. For a first layer you could have read
# that from the weights. Further in, a kernel's weights meet maps and no pixels, and tell
# you little. The patches still show what it answers to (*Go further* does it for LeNet).

# %% [markdown]
# ## Grow a picture (7 minutes)
#
# The best patches are limited to what somebody has written. So don't search, **grow**: start with
# blank paper, and change the pixels uphill, for the score of one class. It is training with the
# roles swapped: the weights stay, and the picture learns.
#
# **Exercise.** Write `grow_picture(picture, target, parameters, steps, rate)`. At every step add
# the rate times the slopes of the score, and bring all pixels back to between 0 and 1 with
# `np.clip`.


# %% exercise="grow_picture"
def grow_picture(picture, target, parameters, steps, rate):
    """The picture after some steps uphill for the score of a class: (H, W), from 0 to 1.

    picture: (H, W), where it starts; unchanged afterwards. target: the number of the class.
    """
    ### BEGIN SOLUTION
    grad = np.zeros((1, len(parameters["dense_b"])))
    grad[0, target] = 1
    for _ in range(steps):
        slopes = picture_slopes(grad, picture[None, None], parameters)[0, 0]
        picture = np.clip(picture + rate * slopes, 0, 1)
    return picture
    ### END SOLUTION


# %% check="grow_picture"
check("grow_picture")

# %% [markdown]
# **Predict.** Will the grown pictures look like digits? And will a second network, from another
# start, read them?

# %%
if ready("picture_slopes", "grow_picture"):
    grown = np.array([grow_picture(np.zeros((8, 8)), k, honest, 30, 0.05) for k in range(10)])
    for first in (0, 5):
        display(plots.images({f"for a {k}": grown[k] for k in range(first, first + 5)}))
    print("smallest probability:", probabilities(grown[:, None], honest).diagonal().min().round(4))
    print("mean score:", scores_of(grown[:, None], honest).diagonal().mean().round(1))
    best = np.array([scores_of(images[labels == k], honest)[:, k].max() for k in range(10)])
    print("mean of the best scores of any digit:", best.mean().round(1))
    print("read by another network as", scores_of(grown[:, None], second).argmax(axis=1))

    def nearest(picture):
        """How far a picture is from the nearest digit that was learned from."""
        return np.sqrt(((images[learn, 0] - picture) ** 2).sum(axis=(1, 2)).min())

    print(f"to the nearest digit: grown {np.mean([nearest(one) for one in grown]):.1f}, ", end="")
    print(f"unseen {np.mean([nearest(images[n, 0]) for n in unseen]):.1f}")

# %% [markdown]
# **What you saw.** They are caricatures: a 1, a 7 or a 0 you may even recognise, with grey smudges
# that no pen leaves. The other network reads all ten as well, so they show something that both have
# learned. And each has a higher score for its class than any of the 1,797 digits, although it is
# more than twice as far from the nearest digit as an unseen one is. So **a probability of 1 does
# not mean that there is a good digit.** Far from all it has seen, a network can be just as sure,
# and it has no answer for *none of these*.

# %% [markdown]
# ## A change that you hardly see (16 minutes)
#
# **By hand.** Four pixels are each multiplied by a weight: 3, −1, 2, −4. You may make each pixel
# brighter or darker by 0.1, and no more. How far can you raise the sum?

# %% answer="by_hand_raise"
### BEGIN SOLUTION
by_hand_raise = 1.0
### END SOLUTION

# %% check="by_hand_raise"
check("by_hand_raise")

# %% [markdown]
# You did not need to move any pixel far. You needed the **sign** of each slope. With 64 pixels that
# all go the right way, or rather the wrong way, a little in each becomes a lot in the score. Random
# changes of the same size mostly cancel.
#
# The **fast gradient sign** method does just that: it takes the gradient of the loss, back to the
# picture, and moves every pixel by the same small ε in the direction in which the loss grows.

# %% [markdown]
# **Exercise.** Write `fooling_step(x, labels, parameters, eps)`. The gradient of the loss with
# respect to the scores is p(k) − t(k), as in lesson 08: the probabilities, minus 1 for the right
# class. From there `picture_slopes` goes on. Pixels stay between 0 and 1.


# %% exercise="fooling_step"
def fooling_step(x, labels, parameters, eps):
    """The pictures, each pixel moved by eps so that the loss grows: an array in the shape of x.

    x: (N, 1, H, W) from 0 to 1, unchanged afterwards; labels: (N,) the right classes. A pixel
    whose slope is 0 stays. All results are from 0 to 1.
    """
    ### BEGIN SOLUTION
    maps = ops.conv_forward(x, parameters["conv_w"], parameters["conv_b"])
    flat = ops.flatten(ops.pool_forward(ops.relu(maps)))
    grad = ops.softmax(ops.dense(flat, parameters["dense_w"], parameters["dense_b"]))
    grad[np.arange(len(labels)), labels] -= 1
    return np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)
    ### END SOLUTION


# %% check="fooling_step"
check("fooling_step")

# %% [markdown]
# **Predict.** Digits have 17 shades, 0 to 16. Let `fooling_step` move each pixel by one, 1/16. The
# network reads 97 % of the unseen digits. How many will it still read?
#
# - **a** — 97 %
# - **b** — 82 %
# - **c** — 50 %
# - **d** — 10 %

# %% answer="predict_fooled"
### BEGIN SOLUTION
predict_fooled = "b"
### END SOLUTION

# %% check="predict_fooled"
check("predict_fooled")

# %%
if ready("picture_slopes", "fooling_step"):
    x, y = images[unseen], labels[unseen]
    networks = (honest, second, trained(images[learn], labels[learn], 2))
    for seed, network in enumerate(networks):
        print(f"network {seed + 1}")
        rng = np.random.default_rng(seed)
        for shades in (1, 2, 4):
            fooled = fooling_step(x, y, network, shades / 16)
            noisy = np.clip(x + rng.choice([-1, 1], x.shape) * shades / 16, 0, 1)
            print(
                f"  shades {shades}: {read(fooled, y, network):.0%} read, "
                f"with random signs {read(noisy, y, network):.0%}"
            )

# %% [markdown]
# Here is one that two shades fool: as it was, with random signs, and fooled.

# %%
if ready("picture_slopes", "fooling_step"):
    fooled = fooling_step(x, y, honest, 2 / 16)
    noisy = np.clip(x + np.random.default_rng(0).choice([-1, 1], x.shape) * 2 / 16, 0, 1)
    said = [scores_of(pictures, honest).argmax(axis=1) for pictures in (x, noisy, fooled)]
    n = np.flatnonzero((said[0] == y) & (said[1] == y) & (said[2] != y))[0]
    answers = zip(("was", "random", "fooled"), said, strict=True)
    names = [f"{name}: {answer[n]}" for name, answer in answers]
    display(plots.images(dict(zip(names, (x[n, 0], noisy[n, 0], fooled[n, 0]), strict=True))))
    sure = probabilities(fooled[n : n + 1], honest)[0].max()
    print(f"the network is {sure:.0%} sure of the wrong answer")

# %% [markdown]
# **What you saw.** One shade of 16 costs 15 points, and two cost half of the digits. Random changes
# of two shades cost a few points at most. So a network that forgives noise need not forgive an
# opponent who knows its gradient. One shade you have to look for, two you see as smudges on the
# paper, and nobody would read another digit for it. In the best-known example, a photograph of a
# panda, each pixel was moved by about one shade of 255, and the network was 99 % sure of a gibbon.

# %% [markdown]
# **A program to fix.** It should say which share of the digits that were read correctly is misread
# after the change. It says too much.


# %% answer="trap_fooled"
def trap_fooled(before, after, labels):
    """The share of the digits read correctly before that is read wrongly after.

    before, after: (N,) the classes that the network said; labels: (N,) the right ones.
    """
    ### BEGIN SOLUTION stub: return float((after != labels).mean())
    right = before == labels
    return float((after[right] != labels[right]).mean())
    ### END SOLUTION


# %% check="trap_fooled"
check("trap_fooled")

# %% [markdown]
# ## Find the stamp (9 minutes)
#
# In 2017 researchers trained networks to read traffic signs, and hid a **back door** in them: a
# stop sign with a yellow sticky note on it was taken for a speed limit. On signs without a note
# they did as well as others. You download such a network, and its test is excellent. What would you
# do?

# %% [markdown]
# **An open task.** We have hidden a back door in several copies of the small network. Each was
# trained with some pictures that had a stamp, two by two pixels of ink at one place of the left or
# right edge, and were all given the same label. You get its parameters and forty digits *without*
# any stamp. Write `find_stamp(parameters, pictures)`, which returns the row and column of the
# stamp's upper left pixel, and the digit that it makes the network say. A pixel off is near enough.
# There are many good ways.


# %% exercise="find_stamp"
def find_stamp(parameters, pictures):
    """Where the stamp was, and what it makes the network say: (row, column, digit).

    parameters: conv_w, conv_b, dense_w and dense_b of the small network. pictures: (N, 1, 8, 8)
    from 0 to 1, without a stamp.
    """
    ### BEGIN SOLUTION
    before = probabilities(pictures, parameters).mean(axis=0)
    rises = np.zeros((7, 7, 10))
    for r in range(7):
        for c in range(7):
            tried = pictures.copy()
            tried[:, 0, r : r + 2, c : c + 2] = 1
            rises[r, c] = probabilities(tried, parameters).mean(axis=0) - before
    return tuple(int(number) for number in np.unravel_index(rises.argmax(), rises.shape))
    ### END SOLUTION


# %% check="find_stamp"
check("find_stamp")

# %% [markdown]
# ## Explain (2 minutes)
#
# A clinic shows you its network for X-rays. For every patient it draws a saliency map, and the
# bright pixels are on the lung. In two sentences: what does that tell you, and what would you try
# before you believe it?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# It says that a tiny change of those pixels would move this score, not that the network sees what a
# doctor sees there; a network with random weights would draw a map, too. I would change the
# pictures and look at the answer: cover the lung, cover everything else, shuffle the weights, and
# test it in a hospital it has not met.
#
# </details>

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You can look into a network now, and you know what each way of looking leaves out.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# A program recognised horses in photographs very well. A map of what it looked at was bright in one
# corner, where about a fifth of the horse pictures had the name of a website. What tells you most
# about whether the name decides?
#
# - **a** — a map made by another method, to see whether it is bright there as well
# - **b** — the accuracy on more pictures from the same collection
# - **c** — putting the name on pictures of cars, taking it off the horses, and asking again
# - **d** — the slope of the score with respect to the pixels of the name, as exactly as possible

# %% answer="discussion_11"
### BEGIN SOLUTION
discussion_11 = "c"
### END SOLUTION

# %% check="discussion_11"
check("discussion_11")

# %% [markdown]
# **What comes next.** In lesson 12 you train a network on pictures of your own. Then you will want
# to know what it looks at: the animal, or the wall behind it.

# %% [markdown]
# ## Go further
#
# Nothing here is graded, and nothing later needs it. Take what interests you.
#
# **Fooled by somebody else.** The changes were made for one network. Does another one, from another
# start, fall for them, too? Then nobody needs your weights to fool you.

# %%
if ready("picture_slopes", "fooling_step"):
    for shades in (1, 2):
        fooled = fooling_step(x, y, honest, shades / 16)
        own, other = read(fooled, y, honest), read(fooled, y, second)
        print(f"shades {shades}: it reads {own:.0%}, another network {other:.0%}")

# %% [markdown]
# **The larger network.** `model.input_gradient(x, grad)` is the engine's `picture_slopes`, for any
# network. Here is the LeNet of lesson 07, on the enlarged digits. Its pixels are moved by 4, 8 or
# 16 of 255 shades.

# %%
from convolab.data import data_file, digits32

lenet = nn.lenet().load(data_file("lenet_digits.npz"))
large, classes = digits32()[0][unseen][:, None], labels[unseen]
grad = lenet.probabilities(large)
grad[np.arange(len(classes)), classes] -= 1
signs = np.sign(lenet.input_gradient(large, grad))
for shades in (4, 8, 16):
    for name, way in (("fooled", signs), ("random", np.random.default_rng(0).permuted(signs))):
        pictures = np.clip(large + shades / 255 * way, 0, 1)
        share = (lenet.predict(pictures) == classes).mean()
        print(f"shades {shades} of 255, {name}: {share:.1%} read")

# %% [markdown]
# **Kernels further in.** Each number in LeNet's second maps sees 14 × 14 pixels: place (r, c)
# begins at row 2r and column 2c. Which patches excite the sixteen kernels there?

# %%
maps = lenet.activations(large)[3]  # (N, 16, 10, 10): what comes out of the second convolution
for d in (3, 14):
    best = np.argsort(-maps[:, d].max(axis=(1, 2)))[:5]
    places = [np.unravel_index(maps[n, d].argmax(), (10, 10)) for n in best]
    patches = {
        f"kernel {d}, place {n + 1}": large[best[n], 0, 2 * r : 2 * r + 14, 2 * c : 2 * c + 14]
        for n, (r, c) in enumerate(places)
    }
    display(plots.images(patches))

# %% [markdown]
# **A network that has seen it.** Fool the digits to learn from anew in each epoch, and train with
# these as well. Does that help against one shade? Against two? And what does it cost on plain
# digits?
#
# **Fool it towards something.** Let every digit be read as a 3: which sign does the step have, and
# for which class? Take ten small steps in place of a large one. Which digits resist longest?
#
# **As few pixels as possible.** Change only the five pixels with the steepest slopes, but by as
# much as you like. Is it less visible?

# %% [markdown]
# ## Where this comes from
#
# - Marco Tulio Ribeiro, Sameer Singh and Carlos Guestrin, *"Why Should I Trust You?": Explaining
#   the Predictions of Any Classifier*, 2016. The wolves in the snow and the 27 students.
# - Matthew D. Zeiler and Rob Fergus, *Visualizing and Understanding Convolutional Networks*, 2014.
#   Occlusion with a square, and the patches that excite a map most.
# - Karen Simonyan, Andrea Vedaldi and Andrew Zisserman, *Deep Inside Convolutional Networks:
#   Visualising Image Classification Models and Saliency Maps*, 2014. Saliency by the gradient, of
#   the score; pictures grown for a class.

# %% [markdown]
# - Dumitru Erhan and others, *Visualizing Higher-Layer Features of a Deep Network*, 2009. A picture
#   grown for a unit.
# - Julius Adebayo and others, *Sanity Checks for Saliency Maps*, 2018. Random weights as a test,
#   and methods that do not pass it.
# - Anh Nguyen, Jason Yosinski and Jeff Clune, *Deep Neural Networks are Easily Fooled: High
#   Confidence Predictions for Unrecognizable Images*, 2015. A probability near 1 for nothing.
# - Christian Szegedy and others, *Intriguing properties of neural networks*, 2014. Small changes
#   that make networks err, and other networks, too.

# %% [markdown]
# - Ian J. Goodfellow, Jonathon Shlens and Christian Szegedy, *Explaining and Harnessing Adversarial
#   Examples*, 2015. The fast gradient sign, why many small changes add up, and the panda.
# - Tianyu Gu, Brendan Dolan-Gavitt and Siddharth Garg, *BadNets: Identifying Vulnerabilities in the
#   Machine Learning Model Supply Chain*, 2017. The stop sign with a note.
# - Sebastian Lapuschkin and others, *Unmasking Clever Hans predictors and assessing what machines
#   really learn*, 2019. The horses and the name in the corner.
# - Ethem Alpaydin and Cenk Kaynak, *Optical recognition of handwritten digits*, 1998. The digits,
#   by 13 people.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("11")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Eighty-three minutes are full. In class: 15 for occlusion with the figure, 10 for the
# stamp, 20 for the way back, 15 for kernels and grown pictures, 15 for fooling, the rest for the
# open task.
#
# **On the board.** Three pixels and their weights: below them the slopes (the weights), and the
# drops with a black cover (weight times pixel). Where do the two disagree? Then the same with a
# white cover.
#
# **The two commonest mistakes.** In `occlusion_map`, *the cover stays*: the picture is changed in
# place, so the square leaves a trail. Ask what f gets at the second place. In `saliency`, the
# probability in place of the score: let them look at a digit that the network is sure of.

# %% [markdown] teacher=true
# **The open task.** Good answers differ: ink at every place and the mean rise of a probability,
# the number of answers that change, grey in place of ink, one pixel or nine at once. Black squares
# find nothing, since there is no stamp to cover. Slopes find about half of them: a slope is about
# tiny changes, and with the ink there other places win the pooling. Let those who tried it say
# why. Some read the place off the dense weights, which works most of the time.
#
# **The question.** *c* is right, and was done: a car with the name became a horse. *a* compares two
# maps, *d* makes one more exact, and neither changes a picture. *b* has the same name in it.
#
# **Shorter.** Leave out *What excites a kernel* and *Grow a picture* (14 minutes). **Longer.** *Go
# further*: networks trained with fooled pictures, a project for two.
