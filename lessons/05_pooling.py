# ---
# title: Pooling and what it forgets
# minutes: 75
# needs: lesson 02 and the edges of lesson 03; from lesson 04, the words channel and feature map
# questions:
#   - Why does a network need something between two convolutions?
#   - How can a digit be recognised although nobody writes it twice in the same place?
#   - How much movement does pooling forgive, and what does it cost?
# objectives:
#   - text: say why a bend is needed between two convolutions, and write the commonest one
#     shown_by: [relu]
#   - text: shrink a map to the largest, the average or the sum of its windows
#     shown_by: [pool_2d]
#   - text: pool a whole volume, channel by channel
#     shown_by: [pool_volume]
#   - text: do it without a loop over windows
#     shown_by: [max_pool_fast]
#   - text: measure how much of a pooled map survives a shift
#     shown_by: [shift_survival]
# key_points:
#   - >-
#     Two convolutions in a row are one convolution. ReLU, which turns negative numbers into 0, put
#     between them makes them more than that.
#   - >-
#     Pooling keeps one number of each window: the largest, the average or the sum. Each channel is
#     pooled on its own.
#   - Windows that do not fit wholly are dropped. A maximum never starts from 0.
#   - >-
#     What moves inside a window changes nothing; what crosses into the next one does. So pooling
#     forgives small movements, often and not always.
#   - What is forgiven is forgotten. Where exactly a thing was cannot be told any more.
# ---

# %% [markdown]
# ## A two that leans (4 minutes)
#
# Here is the digit of this course, a two, and the same two with its upper half pushed one pixel to
# the right, as if somebody had written it a little slanted. You read a two both times.
#
# Below them is what an edge kernel finds: large numbers where it gets brighter downwards. Such a
# result of a kernel is a **feature map**. Compare the two maps row by row.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
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
# From lesson 04 on the kernel is no longer reversed (that is `correlate_2d`), since the layers of a
# network do not reverse it either.
#
# In row 0, all the numbers have moved. A program that looks for a 60 at row 0, column 4 finds it in
# the first map and not in the second. **How can a bar be found although it does not stand still?**
# Two small operations help, and in this lesson you write both.

# %% [markdown]
# ## Keep what was found (10 minutes)
#
# First a surprise. A network has many layers, and each convolves what the one before it gave. But
# in lesson 01 you saw that brackets may be set as you like: (f ∗ g) ∗ h = f ∗ (g ∗ h). So two
# kernels, one after the other, are one kernel.

# %%
first = np.array([[1, 2], [0, -1]])
second = np.array([[1, 0, -1]])
in_two_steps = ops.convolve_2d(ops.convolve_2d(digit, first), second)
combined = ops.convolve_2d(first, second)
in_one_step = ops.convolve_2d(digit, combined)
print("the same:", np.array_equal(in_two_steps, in_one_step))
display(plots.cells(combined, title="Both in one", role="kernel"))

# %% [markdown]
# A hundred layers of convolutions would be one layer with a large kernel. Together they find
# nothing that one layer with a larger kernel could not have found. (Shown here with convolution,
# where the brackets may move. Two layers that correlate become one as well.)
#
# The way out is to bend the numbers in between, in a way that no kernel can. The commonest bend
# turns every negative number into 0 and leaves the others alone. It is called **ReLU**, which
# stands for *rectified linear unit*:
#
# $$\mathrm{relu}(x) = \max(0, x)$$
#
# In words: the larger one of 0 and x. In numbers: relu(3) = 3, relu(0) = 0, relu(−2) = 0.

# %% [markdown]
# On a feature map it means: keep what was found, forget the rest. Our kernel asks "does it get
# brighter downwards?" A negative number says "no, the opposite". After ReLU, all that is left is
# yes, and how strongly.
#
# **Exercise.** Write `relu(x)` for an array of any shape. Two things that help: `x > 0` compares
# every number at once and gives an array of True and False, which count as 1 and 0. And
# `np.maximum(a, b)` gives the larger number at every place, where one of the two may be a single
# number. Leave x itself as it is.


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
# They no longer agree everywhere: at 16 places the bend has done what that one kernel does not. And
# the picture is tidier. Two bars are left, one at the top of the two and one along its foot.

# %% [markdown]
# ## By hand first (7 minutes)
#
# The second operation makes a map smaller. Cut it into **windows** of 2 × 2 that lie side by side,
# and keep one number of each. Most often that is the largest: **max pooling**.
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
# Instead of the largest number one can keep the **sum**, here [[13, 21], [8, 8]], or the
# **average**.
#
# **By hand.** The averages of the four windows, in the same form and not rounded.

# %% answer="by_hand_average"
### BEGIN SOLUTION
by_hand_average = [[3.25, 5.25], [2, 2]]
### END SOLUTION

# %% check="by_hand_average"
check("by_hand_average")

# %% [markdown]
# Now a small thing moves. Think of one row of 8 pixels in windows of 2: pixels 0 and 1 are window
# 0, pixels 2 and 3 are window 1, and so on. A bright spot lies on pixel 4. It moves to pixel 5,
# then to pixel 6.
#
# **Predict.** In which window is it, at pixel 4, at pixel 5 and at pixel 6? A list of three
# numbers.

# %% answer="predict_bins"
### BEGIN SOLUTION
predict_bins = [2, 2, 3]
### END SOLUTION

# %% check="predict_bins"
check("predict_bins")

# %% [markdown]
# ## Slide it yourself (8 minutes)
#
# The figure shows a map on the left and what pooling makes of it below. On the right is the same
# after the map has been moved. *shift* moves it to the right, *window* and *stride* say how large
# the windows are and how far apart they begin, *kind* is what is kept. *look at* walks through the
# windows. *noise* adds small random numbers; leave it at 0 for now.
#
# Here is the bright spot on pixel 4, twice, one below the other. **Predict.** Slide *shift* to 1
# and to 2: when does the pooled map change?

# %%
spot = np.zeros((2, 8))
spot[:, 4] = 1
PoolingExplorer(spot)

# %% [markdown]
# **What you saw.** At 1 nothing changes: the pooled map forgives the movement. At 2 the spot
# crosses into the next window, and two of the four pooled numbers change. At 3 it is in that window
# still.
#
# **Predict.** Below are the edges of the two, after ReLU. All of it moves by one pixel. How many of
# its 16 pooled numbers will stay exactly the same: all, most, or fewer than half?

# %%
PoolingExplorer(ops.relu(edges))

# %% [markdown]
# **What you saw.** With *shift* at 1, only 5 of the 16 stay exactly the same. The two bars are
# still bars, but many numbers crossed into another window. Now set *window* and *stride* both to 4:
# 3 of 4 stay. The larger the window, the more is forgiven, and the less is left to see.
#
# Try the *noise* as well, with *kind* at max and at average. Noise goes up and down. An average
# lets much of that cancel; a maximum picks the luckiest number.

# %% [markdown]
# ## The definition (17 minutes)
#
# For windows of k × k that begin s pixels apart:
#
# $$y(i, j) = \max_{0 \le a < k,\; 0 \le b < k} x(i \cdot s + a,\; j \cdot s + b)$$
#
# In words: window (i, j) has its top left corner at row i·s and column j·s. Of the k rows and k
# columns that begin there, take the largest number. The distance s is called the **stride**. It is
# usually k, so that the windows lie side by side; with a smaller stride they overlap.
#
# In numbers: in the table above, y(0, 1) begins at row 0 and column 2. It sees 2, 4, 7 and 8, so it
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
# **How many windows are there?** With H rows, the first window begins at row 0, and the last one
# can begin at row H − k. That is H − k rows further down, in steps of s:
#
# $$H' = \left\lfloor \frac{H - k}{s} \right\rfloor + 1$$
#
# The hooks mean: rounded down. In Python that is `(H - k) // s + 1`. In numbers: for 5 rows,
# windows of 2 and stride 2, (5 − 2) // 2 + 1 is 1 + 1, which is 2. Row 4 belongs to no whole window
# and is **dropped**.

# %% [markdown]
# **A program to mend.** This one looks for the largest number of an array. It worked on every
# picture its writer had. Feature maps have negative numbers too. Mend it.


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
# 5 rows does not complain: it gives the one row that is there. So the program makes windows that
# hang over the edge. `range(0, 6, 2)` counts 0, 2, 4, and always ends before its second number.
# Mend both ranges.


# %% answer="trap_edge"
def trap_edge(x):
    """The largest number of every whole 2 × 2 window, side by side."""
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
# - `None` means that nobody gave a stride. Then it is size: `if stride is None:`.
# - Refuse what has no answer, with a `ValueError`: a size or a stride below 1, a window with more
#   rows or more columns than x, and a `how` that is none of "max", "average" and "sum".
# - Count the windows, make an array of zeros of that shape, and fill it in two loops.
#
# On the portrait, with windows of 2 × 2, your loops will take about a tenth of a second.


# %% exercise="pool_2d"
def pool_2d(x, size=2, stride=None, how="max"):
    """One number for every window of x.

    x: (H, W). size: rows and columns of a window. stride: rows or columns from one window to the
    next, size where None. how: "max", "average" or "sum". Windows that do not fit are dropped.
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
# The foot of the two, in rows 2 and 3, has hardly changed: 33 became 34 and 49 became 56, the other
# six numbers are the same. The upper bar still lies in row 0. Its 60 moved from column 4 to column
# 5 of the map, which share a window, so it stands where it stood. But its ends crossed into other
# windows: 50 became 25, and 14 became 43.
#
# And 8 became 0, while row 1, between the bars, holds larger numbers than before. Eight of the 16
# numbers are the same: alike, then, and not the same.

# %% [markdown]
# ## Every channel on its own (6 minutes)
#
# A layer gives one map for each of its kernels. Together they are a **volume** of shape (C, H, W):
# C channels, H rows, W columns. Pooling goes through each channel on its own. What one kernel found
# is never mixed with what another found.
#
# **By hand.** A volume has shape (3, 28, 29). Which shape has it after pooling with windows of 2 ×
# 2, side by side? A list of three numbers.

# %% answer="predict_channels"
### BEGIN SOLUTION
predict_channels = [3, 14, 14]
### END SOLUTION

# %% check="predict_channels"
check("predict_channels")

# %% [markdown]
# **Exercise.** Write `pool_volume(volume, size, stride, how)` with the help of your `pool_2d`.
# `volume[c]` is channel number c, and `for channel in volume:` goes through all of them. `np.stack`
# puts a list of maps of one shape behind each other, along a new axis 0.


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
# the front. Here are its red channel, and what your function makes of it with windows of 8 × 8. The
# maximum is brighter than the average: in each window it takes the brightest of 64 pixels.

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
# Pooling stands behind nearly every layer, so it should be fast. `reshape` gives the same numbers,
# in the same reading order, new axes. Take a map of 4 rows and 6 columns: two rows of windows with
# two rows each, three columns of windows with two columns each.

# %%
wide = np.hstack([small, small[:, :2]])  # the table once more, with its first two columns again
blocks = wide.reshape(2, 2, 3, 2)
print("axes: (row of windows, row inside, column of windows, column inside)")
print("blocks[0, :, 1, :] is the window at row 0, column 1:")
print(blocks[0, :, 1, :])
print("blocks.max(axis=(2, 3)) runs along axes 2 and 3 together:")
print(blocks.max(axis=(2, 3)))

# %% [markdown]
# Is that the max pooling of the table? You worked it out by hand: it is not. Axes 2 and 3 together
# are a whole row. Which two axes lie inside a window?
#
# **Exercise.** Write `max_pool_fast(x, size)` without a loop over windows, for maps of any shape.
# `reshape` needs numbers that come out even, so first cut off the rows and columns that belong to
# no whole window. It should be at least 4 times as fast as a loop over every element. (A loop over
# windows, with a slice and `.max()` for each, is slower even than that.)


# %% exercise="max_pool_fast"
def max_pool_fast(x, size=2):
    """The largest number of every size × size window, side by side, without a loop over windows.

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
# ## What a shift leaves (9 minutes)
#
# You may read that pooling makes a network *invariant to translation*, which means that moving the
# picture changes nothing. You can measure that.
#
# **Exercise.** Write `shift_survival(feature_map, size)`. Pool the map by its maxima, with windows
# side by side. Move the *feature map* one pixel to the right with `ops.shift_image(feature_map, 0,
# 1)` (0 down, 1 to the right; zeros come in) and pool it again. Which share of the pooled numbers
# stays exactly the same? For two arrays, `a == b` compares place by place, and the mean of True and
# False is the share that is True.


# %% exercise="shift_survival"
def shift_survival(feature_map, size=2):
    """The share of max-pooled values that stay the same when the map moves one to the right.

    feature_map: (H, W). size: of the windows, side by side. Returns a number from 0 to 1.
    """
    ### BEGIN SOLUTION
    before = pool_2d(feature_map, size)
    after = pool_2d(ops.shift_image(feature_map, 0, 1), size)
    return np.mean(before == after)
    ### END SOLUTION


# %% check="shift_survival"
check("shift_survival")

# %% [markdown]
# And now on something real: the edges of the portrait after ReLU, moved by one pixel. Half of that
# map is 0, and where a 0 stays a 0 nothing was forgiven. So the last column leaves out the windows
# that are 0 both before and after. A window of 1 means: not pooled at all.

# %%
if ready("shift_survival"):
    found = ops.relu(ops.correlate_2d(hopper(), brighter_below, "valid"))
    moved = ops.shift_image(found, 0, 1)
    print("window    share that stays    share that stays, without zeros")
    for width in (1, 2, 4, 8):
        before, after = ops.pool_2d(found, width), ops.pool_2d(moved, width)
        there = (before > 0) | (after > 0)
        share = shift_survival(found, width)
        print(f"{width:6}{share:20.0%}{np.mean((before == after)[there]):35.0%}")

# %% [markdown]
# Without pooling 3 % of the edges stay, with windows of 2 it is 25 %, with windows of 8, 68 %. So
# pooling helps, and it is far from "nothing changes".
#
# Why? When the map moves by one, each window loses one column and gets a new one. Its largest
# number stays if it was not in the column that left, and if the new column brings nothing larger.
# In a window of 2, half of it is exchanged; in one of 8, an eighth.
#
# So what pooling buys is **local** (a pixel or two) and **approximate** (often, not always).

# %% [markdown]
# ## What is lost (2 minutes)
#
# Forgiving is forgetting. After two poolings of 2 × 2, one number stands for 16 pixels, and where
# in them the edge was nobody can tell. To *name* a digit that is welcome. To say where a face is,
# or to make a picture from a picture, it hurts.
#
# Two other ways to make maps smaller are common. A convolution with **stride** 2 visits only every
# second place, and its weights are learned (lesson 06). **Global average pooling** keeps one
# average for each channel, at the very end of a network.

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# A layer finds, ReLU keeps what was found, pooling makes it smaller and less particular about the
# place.

# %% [markdown]
# ## A question to talk about (4 minutes)
#
# A poster says: "Thanks to max pooling, our network is invariant to translation and scale." Which
# answer is right about pooling itself?
#
# - **a** — right about translation: a moved picture gives the same pooled map
# - **b** — it forgives small movements, often; larger ones and other sizes it does not
# - **c** — right about scale: each window keeps only its largest number, whatever the size
# - **d** — wrong altogether: convolution does all of that, pooling only saves time

# %% answer="discussion_05"
### BEGIN SOLUTION
discussion_05 = "b"
### END SOLUTION

# %% check="discussion_05"
check("discussion_05")

# %% [markdown]
# **Go further.** Not graded. Write `global_average(volume)`: one average for each channel. Then
# move the picture of a digit with zeros around it, and see that this kind of pooling really does
# not change, as long as nothing leaves the picture. What has it forgotten? To try things out, make
# a cell of your own with the button + above the notebook.


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
# **What comes next.** Every layer has numbers that somebody must choose: the size of its kernels,
# how many there are, the stride, the frame of zeros. Lesson 06 is about choosing them so that they
# fit together, and about what happens in silence when they do not.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("05")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes alone. In class: 15 to the end of `relu`, 15 for the answers by hand and
# the figure, 25 for the definition, the two traps and `pool_2d`, 15 for the shift. The fast version
# can wait until home.
#
# **On the board.** Draw eight boxes and a bar after every second one, and move a coin from box 4 to
# 5 to 6. Ask before each move whether the pooled row changes. Then let the class move a coin
# anywhere by one box: half of the moves stay in their window.
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
# **Shorter.** Leave out the fast version and the colour portrait (60 minutes). **Longer.** Let them
# plot the share against shifts of 1 to 8 pixels for several windows, for max and for average, and
# compare overlapping windows (size 3, stride 2) with windows side by side.
