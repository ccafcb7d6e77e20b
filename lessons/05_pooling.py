# ---
# title: Pooling and what it forgets
# minutes: 90
# needs: lesson 02, the edges and feature maps of lesson 03, the channels of lesson 04
# questions:
#   - Why does a network need something between two convolutions?
#   - How can a digit be recognised although nobody writes it twice in the same place?
#   - How much movement does pooling forgive, and what does it cost?
# objectives:
#   - text: say why two convolutions need something between them, and write the commonest choice
#     shown_by: [relu]
#   - text: shrink a map to the largest, the average or the sum of its windows
#     shown_by: [pool_2d]
#   - text: pool a whole volume, channel by channel
#     shown_by: [pool_volume]
#   - text: do it without a loop over windows
#     shown_by: [max_pool_fast]
#   - text: measure how much of a pooled map survives a shift
#     shown_by: [shift_survival]
#   - text: design a summary that forgives a pixel and still knows where things are
#     shown_by: [summarise]
# key_points:
#   - >-
#     Two convolutions in a row are one convolution. With ReLU in between, which turns negative
#     numbers into 0, they can do more.
#   - >-
#     Pooling keeps one number of each window: the largest, the average or the sum. Each channel is
#     pooled on its own.
#   - Windows that don't fit completely are dropped. A maximum never starts from 0.
#   - >-
#     What moves inside a window changes nothing; what crosses into the next one does. So pooling
#     forgives small movements, often but not always.
#   - >-
#     When pictures move, pooling helps a classifier, and training on moved pictures helps it more.
#     What is forgiven is forgotten: the exact place can't be recovered.
# ---

# %% [markdown]
# ## A two that leans (2 minutes)
#
# In the 1990s, networks like the ones in this course read several million bank cheques a day. No
# two people write a digit in the same way, and nobody writes it in the same place twice. The
# network has to read it all the same.
#
# Here is this course's digit, a two, and the same two with its upper half pushed one pixel to the
# right, as if somebody had written it a little slanted. You read a two both times.
#
# Below them are the two **feature maps** of an edge kernel, with large numbers where the picture
# gets brighter downwards. Compare them row by row.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper, split
from convolab.figures import PoolingExplorer, plots

images, labels = digits()
digit = images[2]
slanted = digit.copy()
slanted[:4] = ops.shift_image(digit[:4], 0, 1)  # rows 0 to 3 move: 0 down, 1 to the right

brighter_below = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
edges = ops.correlate_2d(digit, brighter_below, "same")
slanted_edges = ops.correlate_2d(slanted, brighter_below, "same")

display(plots.images({"a two": digit, "a two that leans": slanted}))
display(plots.cells(edges, title="Edges of the two"))
display(plots.cells(slanted_edges, title="Edges of the two that leans"))

# %% [markdown]
# From lesson 04 on, the kernel is no longer reversed (that is `correlate_2d`), because the layers
# of a network don't reverse it either.
#
# The bar at the top of the two has moved, and with it all the numbers in row 0. A program that
# looks for a 60 at row 0, column 4 finds it in the first map and not in the second. **How can the
# bar be found although it doesn't stay put?** Many networks use two small operations: one tidies
# the map, the other makes it less particular about places. You write both.

# %% [markdown]
# ## Keep what was found (7 minutes)
#
# First a surprise. A network has many layers, and each convolves what the one before it gave. But
# in lesson 01 you saw that the parentheses don't matter: (f ∗ g) ∗ h = f ∗ (g ∗ h). So convolving
# with g and then with h is the same as convolving once, with the kernel g ∗ h.

# %%
first = np.array([[1, 2], [0, -1]])
second = np.array([[1, 0, -1]])
in_two_steps = ops.convolve_2d(ops.convolve_2d(digit, first), second)
combined = ops.convolve_2d(first, second)
in_one_step = ops.convolve_2d(digit, combined)
print("the same:", np.array_equal(in_two_steps, in_one_step))
display(plots.cells(combined, title="Both in one", role="kernel"))

# %% [markdown]
# A hundred layers of convolutions, or of correlations, would be one layer with a large kernel.
# (That is exact in modes *full* and *valid*. In mode *same*, the zeros put around the middle result
# can make a difference at the border.)
#
# The way out is to put something in between that no kernel can do: an **activation function**,
# which bends each number on its own. The commonest one turns every negative number into 0 and
# leaves the others alone. It is called **ReLU**, short for *rectified linear unit*:
#
# $$\mathrm{relu}(x) = \max(0, x)$$
#
# In words: the larger of 0 and x. In numbers: relu(3) = 3, relu(0) = 0, relu(−2) = 0. Older
# networks used smoother functions, the *sigmoid* and *tanh*:

# %%
x = np.linspace(-4, 4, 81)
three = {"ReLU": np.maximum(x, 0), "sigmoid": 1 / (1 + np.exp(-x)), "tanh": np.tanh(x)}
plots.curves(three, title="Three activation functions, for x from −4 to 4")

# %% [markdown]
# Far from 0, sigmoid and tanh are flat: whether x is 4 or 40 makes hardly any difference. That is
# bad for learning, which tries small changes and looks at what they do (lesson 08). ReLU keeps its
# slope on the right and is cheap to compute, so most networks use it or a close relative.
#
# On a feature map, ReLU means: keep what was found, forget the rest. Our kernel asks "does it get
# brighter downwards?" A negative number says "no, the opposite". After ReLU, all that is left is
# yes, and how strongly.

# %% [markdown]
# **Exercise.** Write `relu(x)` for an array of any shape. Two things that help: `x > 0` compares
# every number at once and gives an array of True and False, which count as 1 and 0. And
# `np.maximum(a, b)` gives the larger number at every place; one of the two may be a single number.
# Leave x itself as it is.


# %% exercise="relu"
def relu(x):
    """Every negative number becomes 0, the others stay.

    x: an array of any shape, left as it is. Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %% check="relu"
check("relu")

# %% [markdown]
# Now the two steps with a ReLU between them, against the single step that did the work of both:

# %%
with_relu = ops.convolve_2d(ops.relu(ops.convolve_2d(digit, first)), second)
print("numbers that are the same:", np.sum(with_relu == in_one_step), "of", with_relu.size)
display(plots.cells(ops.relu(edges), title="Edges of the two, after ReLU"))

# %% [markdown]
# They now differ at 16 places: with ReLU in between, two convolutions do something that their
# combined kernel can't. And the map of the edges is tidier. Its large numbers form three blobs: one
# along the top of the two, and two along the upper edge of its foot.

# %% [markdown]
# ## By hand first (7 minutes)
#
# The second operation makes a map smaller. Cut it into non-overlapping **windows** of 2 × 2, and
# keep one number of each: the layers that follow have only a quarter as many numbers to work on.
# Most often the largest is kept, which is **max pooling**.
#
# | | column 0 | column 1 | column 2 | column 3 |
# |---|---|---|---|---|
# | **row 0** | 1 | 1 | 2 | 4 |
# | **row 1** | 5 | 6 | 7 | 8 |
# | **row 2** | 3 | 2 | 1 | 0 |
# | **row 3** | 1 | 2 | 3 | 4 |
#
# **By hand.** The largest number of each of the four windows, as a list of two rows, such as
# `[[1, 2], [3, 4]]`.

# %% answer="by_hand_max"
### BEGIN SOLUTION
by_hand_max = [[6, 8], [3, 4]]
### END SOLUTION

# %% check="by_hand_max"
check("by_hand_max")

# %% [markdown]
# Instead of the largest number you can keep the **sum**, here [[13, 21], [8, 8]], or the
# **average**.
#
# **By hand.** The averages of the four windows, in the same form, not rounded.

# %% answer="by_hand_average"
### BEGIN SOLUTION
by_hand_average = [[3.25, 5.25], [2, 2]]
### END SOLUTION

# %% check="by_hand_average"
check("by_hand_average")

# %% [markdown]
# Now something small moves. Think of one row of 8 pixels in windows of 2: pixels 0 and 1 are window
# 0, pixels 2 and 3 are window 1, and so on. A bright spot moves from pixel 4 to pixel 5, then to
# pixel 6.
#
# **Predict.** Which window is it in at pixel 4, at pixel 5 and at pixel 6? A list of three numbers.

# %% answer="predict_bins"
### BEGIN SOLUTION
predict_bins = [2, 2, 3]
### END SOLUTION

# %% check="predict_bins"
check("predict_bins")

# %% [markdown]
# ## Slide it yourself (8 minutes)
#
# The figure shows a map on the left, with its pooled version below. On the right are both once
# more, after the map has moved by *shift* columns. *window* and *stride* say how large the windows
# are and how far apart they start, *kind* is what is kept, and *look at* walks through the windows.
# *noise* adds small random numbers; leave it at 0 for now.
#
# Here is the bright spot on pixel 4, in two rows. **Predict.** Slide *shift* to 1 and then to 2:
# when does the pooled map change?

# %%
spot = np.zeros((2, 8))
spot[:, 4] = 1
PoolingExplorer(spot)

# %% [markdown]
# **What you saw.** At 1 nothing changes: the pooled map forgives the movement. At 2 the spot
# crosses into the next window, and two of the four pooled numbers change. At 3 it is still in
# that window.
#
# **Predict.** Below are the edges of the two, after ReLU. All of it moves by one pixel. How many of
# its 16 pooled numbers will stay exactly the same: all, most, or fewer than half?

# %%
PoolingExplorer(ops.relu(edges))

# %% [markdown]
# **What you saw.** With *shift* at 1, only 5 of the 16 stay exactly the same: many numbers crossed
# into another window. Set *window* and *stride* both to 4: 3 of 4 stay. The larger the window,
# the more is forgiven, and the less is left to see.
#
# Then set *noise* to 20, with *window* and *stride* back at 2 and *shift* at 0. Every number
# changes now, so compare how many stay within a tenth of the largest, for max and for average.
# Noise goes up and down: in an average of four, half of it cancels out. A maximum keeps all the
# noise of the number it picks, and tends to pick one that noise has raised.

# %% [markdown]
# ## The definition (22 minutes)
#
# For windows of k × k that start s pixels apart:
#
# $$y(i, j) = \max_{0 \le a < k,\; 0 \le b < k} x(i \cdot s + a,\; j \cdot s + b)$$
#
# In words: window (i, j) has its top left corner at row i·s and column j·s. Of the k rows and k
# columns that start there, take the largest number. The distance s is called the **stride**. It is
# usually k, so that the windows don't overlap; with a smaller stride they do.
#
# In numbers: in the table above, y(0, 1) starts at row 0 and column 2. It sees 2, 4, 7 and 8, so it
# is 8.

# %%
small = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
size, stride = 2, 2
i, j = 0, 1
top, left = i * stride, j * stride
window = small[top : top + size, left : left + size]
print(window)
print("largest:", window.max(), " average:", window.mean(), " sum:", window.sum())

# %% [markdown]
# **How many windows are there?** With H rows, the first window starts at row 0, and the last one
# can start at row H − k. That is H − k rows further down, in steps of s:
#
# $$H' = \left\lfloor \frac{H - k}{s} \right\rfloor + 1$$
#
# The brackets mean "rounded down". In Python that is `(H - k) // s + 1`. In numbers: for 5 rows,
# windows of 2 and stride 2, (5 − 2) // 2 + 1 is 1 + 1, which is 2. Row 4 doesn't belong to any
# complete window and is **dropped**.

# %% [markdown]
# **A program to fix.** This one looks for the largest number in an array. It worked on every
# picture its author had. Feature maps have negative numbers too. Fix it.


# %% answer="trap_start"
def trap_start(numbers):
    """The largest of some numbers (an array with one axis, at least one number)."""
    ### BEGIN SOLUTION stub: largest = 0
    largest = numbers[0]
    ### END SOLUTION
    for number in numbers:
        if number > largest:
            largest = number
    return largest


# %% check="trap_start"
check("trap_start")

# %% [markdown]
# **Another one.** This program pools with windows of 2 × 2. A slice such as `x[4:6]` on an array of
# 5 rows doesn't complain: it gives the one row that is there. So the program makes windows that
# hang over the edge. `range(0, 6, 2)` counts 0, 2, 4, and always stops before its second number.
# Fix both ranges.


# %% answer="trap_edge"
def trap_edge(x):
    """The largest number of every complete 2 × 2 window; the windows don't overlap."""
    ### BEGIN SOLUTION stub: tops = range(0, x.shape[0], 2) | lefts = range(0, x.shape[1], 2)
    tops = range(0, x.shape[0] - 1, 2)
    lefts = range(0, x.shape[1] - 1, 2)
    ### END SOLUTION
    return np.array([[x[i : i + 2, j : j + 2].max() for j in lefts] for i in tops])


# %% check="trap_edge"
check("trap_edge")

# %% [markdown]
# **Exercise.** Write `pool_2d(x, size, stride, how)`. A plan:
#
# - `None` means that no stride was given. Then it is size: `if stride is None:`.
# - Refuse what has no answer, with a `ValueError`: a size or a stride below 1, a window with more
#   rows or more columns than x, and a `how` that is none of "max", "average" and "sum".
# - Count the windows, make an array of zeros of that shape, and fill it in two loops.


# %% exercise="pool_2d"
def pool_2d(x, size=2, stride=None, how="max"):
    """One number for every window of x.

    x: (H, W). size: rows and columns of a window. stride: rows or columns from one window to the
    next; if None, size. how: "max", "average" or "sum". Windows that don't fit are dropped.
    Returns an array of shape ((H − size) // stride + 1, (W − size) // stride + 1).
    Raises ValueError for size or stride < 1, a window larger than x, and an unknown how.
    """
    ### BEGIN SOLUTION
    if stride is None:
        stride = size
    if size < 1 or stride < 1:
        raise ValueError("size and stride must be at least 1")
    if size > x.shape[0] or size > x.shape[1]:
        raise ValueError("the window is larger than the map")
    if how not in ("max", "average", "sum"):
        raise ValueError(f"how must be max, average or sum, not {how!r}")
    rows = (x.shape[0] - size) // stride + 1
    columns = (x.shape[1] - size) // stride + 1
    pooled = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = x[top : top + size, left : left + size]
            if how == "max":
                pooled[i, j] = window.max()
            elif how == "average":
                pooled[i, j] = window.mean()
            else:
                pooled[i, j] = window.sum()
    return pooled
    ### END SOLUTION


# %% check="pool_2d"
check("pool_2d")

# %% [markdown]
# Your two functions on the edges of the two, and of the two that leans:

# %%
if ready("relu", "pool_2d"):
    display(plots.cells(pool_2d(relu(edges)), title="The two"))
    display(plots.cells(pool_2d(relu(slanted_edges)), title="It leans"))

# %% [markdown]
# The foot of the two, in rows 2 and 3, has hardly changed: 33 became 34, 49 became 56, and the
# other six numbers are the same. The upper bar is still in row 0. Its 60 stayed where it was,
# because columns 4 and 5 of the map belong to the same window. But the ends of the bar crossed into
# other windows: 50 became 25, and 14 became 43. Eight of the 16 numbers are the same: the maps are
# alike, but not equal.

# %% [markdown]
# ## Every channel on its own (11 minutes)
#
# A layer gives one map for each of its kernels. Together they are a **volume** of shape (C, H, W):
# C channels, H rows, W columns. Pooling treats each channel on its own. What one kernel found is
# never mixed with what another found.
#
# **By hand.** A volume has shape (3, 28, 29). What shape is it after 2 × 2 pooling with
# non-overlapping windows? A list of three numbers.

# %% answer="predict_channels"
### BEGIN SOLUTION
predict_channels = [3, 14, 14]
### END SOLUTION

# %% check="predict_channels"
check("predict_channels")

# %% [markdown]
# **Exercise.** Write `pool_volume(volume, size, stride, how)` with the help of your `pool_2d`.
# `volume[c]` is channel number c, and `for channel in volume:` goes through all of them. `np.stack`
# makes one array of a list of maps, with a new axis 0 that counts the maps.


# %% exercise="pool_volume"
def pool_volume(volume, size=2, stride=None, how="max"):
    """Every channel pooled on its own.

    volume: (C, H, W). size, stride, how and errors as in pool_2d. Returns an array (C, H′, W′).
    """
    ### BEGIN SOLUTION
    return np.stack([pool_2d(channel, size, stride, how) for channel in volume])
    ### END SOLUTION


# %% check="pool_volume"
check("pool_volume")

# %% [markdown]
# The colour portrait has shape (256, 256, 3), with the channels last; `np.moveaxis` brings them to
# the front. Here is its red channel, and what your function makes of it with windows of 8 × 8.

# %%
if ready("pool_volume"):
    colours = np.moveaxis(hopper(colour=True), 2, 0)
    largest = pool_volume(colours, 8)
    average = pool_volume(colours, 8, how="average")
    print(colours.shape, "becomes", largest.shape)
    display(plots.images({"red": colours[0], "largest": largest[0], "average": average[0]}))

# %% [markdown]
# ## Fast (7 minutes)
#
# A network pools whole maps, thousands of times while it learns, so it should be fast. `reshape`
# keeps the numbers and their reading order, and counts them along new axes. In a map of 4 rows and
# 6 columns, the windows form two rows and three columns, and each has two rows and two columns of
# its own: four axes.

# %%
wide = np.hstack([small, small[:, :2]])  # the table, then its first two columns again
blocks = wide.reshape(2, 2, 3, 2)
print("axes: (row of windows, row inside, column of windows, column inside)")
print("blocks[0, :, 1, :] is the window at row 0, column 1:")
print(blocks[0, :, 1, :])
print("blocks.max(axis=(2, 3)) runs along axes 2 and 3 together:")
print(blocks.max(axis=(2, 3)))

# %% [markdown]
# That isn't max pooling: there are six windows, and only four numbers came out. Axes 2 and 3
# together are a whole row of the map. Which two axes are inside a window?
#
# **Exercise.** Write `max_pool_fast(x, size)` without a loop over windows, for maps of any shape.
# `reshape` needs everything to come out even, so first cut off the rows and columns that don't
# belong to any complete window. It should be at least 4 times as fast as a plain Python loop over
# every number.


# %% exercise="max_pool_fast"
def max_pool_fast(x, size=2):
    """The largest number of every size × size window, without overlap or a loop over windows.

    x: (H, W), at least size × size. Returns an array of shape (H // size, W // size).
    """
    ### BEGIN SOLUTION
    rows, columns = x.shape[0] // size, x.shape[1] // size
    whole = x[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))
    ### END SOLUTION


# %% check="max_pool_fast"
check("max_pool_fast")

# %% [markdown]
# ## What a shift leaves (10 minutes)
#
# You may read that pooling makes a network *invariant to translation*, meaning that moving the
# picture changes nothing. You can measure that.
#
# **Exercise.** Write `shift_survival(feature_map, size)`. Max-pool the map with non-overlapping
# windows. Move the *feature map* one pixel to the right with `ops.shift_image(feature_map, 0, 1)`
# (0 down, 1 to the right; zeros come in) and pool it again. What share of the pooled numbers stays
# exactly the same? For two arrays, `a == b` compares element by element, and the mean of True and
# False is the share that is True.


# %% exercise="shift_survival"
def shift_survival(feature_map, size=2):
    """The share of max-pooled values that stay the same when the map moves one to the right.

    feature_map: (H, W). size: of the windows, which don't overlap. Returns a number from 0 to 1.
    """
    ### BEGIN SOLUTION
    before = pool_2d(feature_map, size)
    after = pool_2d(ops.shift_image(feature_map, 0, 1), size)
    return np.mean(before == after)
    ### END SOLUTION


# %% check="shift_survival"
check("shift_survival")

# %% [markdown]
# Now on something real: the edges of the portrait after ReLU, moved by one pixel. Half of that map
# is 0, and a 0 that stays 0 says nothing about pooling. So the last column counts only windows that
# hold an edge before or after. A window of 1 means no pooling at all.

# %%
if ready("shift_survival"):
    found = ops.relu(ops.correlate_2d(hopper(), brighter_below, "valid"))
    moved = ops.shift_image(found, 0, 1)
    print("window   stays   stays, without zeros")
    for width in (1, 2, 4, 8):
        before, after = ops.pool_2d(found, width), ops.pool_2d(moved, width)
        there = (before > 0) | (after > 0)
        share = shift_survival(found, width)
        print(f"{width:6}{share:8.0%}{np.mean((before == after)[there]):23.0%}")

# %% [markdown]
# Without pooling, 3 % of the edges stay; with windows of 2 it is 25 %, with windows of 8, 68 %. So
# pooling helps, and it is far from "nothing changes".
#
# Why? When the map moves by one, each window loses one column and gets a new one. Its largest
# number stays if it wasn't in the column that left, and if the new column brings nothing larger. In
# a window of 2, half of it is replaced; in one of 8, an eighth. So what pooling buys is **local**
# (a pixel or two) and **approximate** (often, not always).

# %% [markdown]
# ## Does a reader notice? (5 minutes)
#
# *Exactly* the same is a strict test: 33 that becomes 34 counts as lost. What matters is whether
# the digit is still read. So let a simple classifier read it from its edges in four directions. One
# matrix of weights turns them into ten scores, and the highest score wins. (The scores should be 1
# for the right digit and 0 for the others. `np.linalg.solve` finds the weights that come closest,
# in one go, and `1e4 * np.eye(…)` keeps those weights small.)

# %% [markdown]
# **Predict.** It learns from 1,438 digits that stand still. When it is tested on other digits, each
# moved by one pixel, which helps more: max pooling, or moved copies to learn from? (In the table,
# *still* and *moved* say which digits were read; *taught* is moved digits after learning from
# moved copies too.)

# %%
frames = np.pad(images, ((0, 0), (2, 2), (2, 2)))  # room to move, so that no ink is lost
moves = [np.roll(frames, step, axis=(1, 2)) for step in ((0, 1), (0, -1), (1, 0), (-1, 0))]
learn, test = split(labels)
ways = {
    "every pixel": lambda sheet: sheet,
    "every second row and column": lambda sheet: sheet[::2, ::2],
    "the average of 2 × 2": lambda sheet: ops.pool_2d(sheet, 2, how="average"),
    "the largest of 2 × 2": lambda sheet: max_pool_fast(sheet, 2),
}


def edge_maps(pictures):
    """Edges in four directions, after ReLU: four maps, all the pictures below each other."""
    sheet = pictures.reshape(-1, 12)
    kernels = (ops.SOBEL_Y, -ops.SOBEL_Y, ops.SOBEL_X, -ops.SOBEL_X)
    return [ops.relu(ops.correlate_2d(sheet, kernel, "same")) for kernel in kernels]


def features(maps, keep):
    """What is kept of the four maps: a row for each picture."""
    return np.stack([keep(edge_map) for edge_map in maps], axis=1).reshape(len(images), -1)


def learned(rows, names):
    """The weights that turn known rows into the scores of their names."""
    near = rows.T @ rows + 1e4 * np.eye(rows.shape[1])
    return np.linalg.solve(near, rows.T @ np.eye(10)[names])


def read_right(weights, tests):
    """The share that is right, over the features of the test digits in one place or several."""
    return np.mean([(rows[test] @ weights).argmax(axis=1) == labels[test] for rows in tests])


# %%
if ready("max_pool_fast"):
    print(f"{'read right':28}{'still':>6}{'moved':>8}{'taught':>9}")
    found = [edge_maps(pictures) for pictures in (frames, *moves)]
    for name, keep in ways.items():
        still, *moved = (features(maps, keep) for maps in found)
        once = learned(still[learn], labels[learn])
        more = np.concatenate([rows[learn] for rows in (still, *moved)])
        taught = learned(more, np.tile(labels[learn], 5))
        shares = read_right(once, [still]), read_right(once, moved), read_right(taught, moved)
        print("{:28}{:6.0%}{:8.0%}{:9.0%}".format(name, *shares))

# %% [markdown]
# **What you saw.** A single pixel costs every reader dearly, as it does in far larger networks.
# Pooling is better than simply taking every second pixel: about 60 % against 43 %. But moved copies
# to learn from do more for every one of them, and with them even the reader without any pooling
# gets to about 90 %. You may read that it is pooling that makes a network robust, and not more
# pictures to learn from. Here it is both, and the pictures do more.

# %% [markdown]
# And max or average? Here the average reads moved digits a little better: in each of three splits
# of the digits it was ahead, by one to five points. You may read that max pooling "has been shown
# to work better", and with *learned* kernels we saw the same. We trained the small network of
# lesson 08 with either, several times. Digits that stand still are read about equally well, 98 %
# and 97 %. Moved by a pixel, they are read in 64 % of cases with max pooling, and in 52 % with the
# average.

# %% [markdown]
# ## A summary of your own (6 minutes)
#
# Forgiving is forgetting. After two poolings of 2 × 2, one number stands for 16 pixels, and nobody
# can tell where among them the edge was. That helps to *name* a digit. It hurts if you want to say
# where a face is, or turn one picture into another.

# %% [markdown]
# Strike a balance. **Write `summarise(maps)`**: it gets four edge maps of a digit on a sheet of
# 16 × 16, and returns any array of numbers. The check takes digits, moves them, and measures how
# far the summaries change. It asks for three things:
#
# - there are at most 64 numbers in all;
# - a move by 1 pixel changes them far less than a move by 4;
# - another digit changes them more than a move by 1 pixel.
#
# Max pooling of 4 × 4 almost gets there. Anything goes: other windows, overlaps, two steps, your
# own idea.


# %% exercise="summarise"
def summarise(maps):
    """A short summary of feature maps that forgives a pixel and still knows where things are.

    maps: (4, 16, 16), a digit's edges in four directions. Returns an array of at most 64 numbers.
    """
    ### BEGIN SOLUTION
    return ops.pool_volume(maps, 6, 3, "average")
    ### END SOLUTION


# %% check="summarise"
check("summarise")

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# A convolution finds things, ReLU keeps what was found, and pooling makes the map smaller and less
# particular about where.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# You may read: "Thanks to max pooling, our network is invariant to translation and scale." Which
# answer is right about pooling itself?
#
# - **a** — it's right about translation: a moved picture gives the same pooled map
# - **b** — pooling often forgives small movements, but not larger ones or other sizes
# - **c** — it's right about scale: each window keeps only its largest number, whatever the size
# - **d** — it's all wrong: convolution does all of that, pooling only saves time

# %% answer="discussion_05"
### BEGIN SOLUTION
discussion_05 = "b"
### END SOLUTION

# %% check="discussion_05"
check("discussion_05")

# %% [markdown]
# ## Explain (2 minutes)
#
# A friend's network reads digits well until the camera moves by one pixel. She adds max pooling and
# expects no more trouble. In two sentences: what will she see, and what else would you advise?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# It will get better but not good, because a pixel that crosses from one window into the next still
# changes what the pooled map says. I would also train on pictures moved by a pixel or two, which in
# our measurement helped more than pooling did.
#
# </details>

# %% [markdown]
# **What comes next.** Every layer has numbers that somebody must choose: the size of its kernels,
# how many there are, the stride, the frame of zeros. Lesson 06 is about choosing them so that they
# fit together, and about what silently goes wrong when they don't.

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later. Two other ways to make maps smaller are common. A convolution
# with **stride** 2 visits only every second place, and its weights are learned (lesson 06).
# **Global average pooling** keeps one average for each channel, at the very end of a network.
#
# Write `global_average(volume)`. Then move a digit with zeros around it, and see that this kind of
# pooling really doesn't change, as long as nothing leaves the picture. What has it forgotten? To
# try things out, make a cell of your own with the + button above the notebook.


# %% answer="global_average"
def global_average(volume):
    """The average of every channel.

    volume: (C, H, W). Returns an array of shape (C,).
    """
    ### BEGIN SOLUTION
    return volume.mean(axis=(1, 2))
    ### END SOLUTION


# %% check="global_average"
check("global_average")

# %% [markdown]
# ## Where this comes from
#
# - Yann LeCun and others, *Gradient-Based Learning Applied to Document Recognition*, 1998. The
#   cheques.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The two, its bar, and the two
#   that is changed a little; the claim that pooling, not more samples, makes it robust.
# - Ujjwal Karn, *An Intuitive Explanation of Convolutional Neural Networks*, 2016. ReLU after each
#   convolution, with sigmoid and tanh as its rivals, pooling map by map, and the sentence about max
#   pooling.
# %% [markdown]
# - Vinod Nair and Geoffrey Hinton, *Rectified Linear Units Improve Restricted Boltzmann
#   Machines*, 2010. ReLU in networks.
# - Dominik Scherer, Andreas Müller and Sven Behnke, *Evaluation of Pooling Operations in
#   Convolutional Architectures for Object Recognition*, 2010. Max against average, kernels learned.
# - Aharon Azulay and Yair Weiss, *Why Do Deep Convolutional Networks Generalize So Poorly to Small
#   Image Transformations?*, 2019. One pixel, in large networks.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("05")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone. In class: 15 to the end of `relu`, 15 for the answers by hand and
# the figure, 25 for the definition, the two traps and `pool_2d`, 20 for the shift and the reader.
# Give out `max_pool_fast`; the summary is for home.
#
# **On the board.** Draw eight boxes and a bar after every second one, and move a coin from box 4 to
# 5 to 6. Ask before each move whether the pooled row changes. Then let the class move a coin
# anywhere by one box: 8 of the 14 moves stay in their window.
#
# **The two commonest mistakes.** *The wrong axes:* [[4, 8], [3, 4]] in place of [[6, 8], [3, 4]],
# because reshape reads along rows; let them print one window. *A maximum that starts from 0:* shows
# only on windows without a positive number, so ReLU hides it.

# %% [markdown] teacher=true
# **The question.** *b* is right. *a* attracts those who have read it, and there is much to read;
# the measured shares are the answer. *c* mixes up the size of a window with the size of a thing.
# *d* is half true: convolution moves its answer along (that is equivariance), but it does not let
# go of the place. Pooling does, a little.
#
# **Shorter.** Give out `max_pool_fast`, leave out the portrait (80 minutes). **Longer.** Let them
# plot the share against shifts of 1 to 8 pixels for several windows, for max and for average, and
# compare overlapping windows (size 3, stride 2) with windows that don't overlap. Or let them
# compare summaries: whose is the shortest that still passes?
