# ---
# title: Convolution in two dimensions
# minutes: 75
# needs: lesson 01, or the sum of products, the reversal and the three modes from elsewhere
# questions:
#   - What does a kernel do on a picture, where it can slide in two directions?
#   - Where does the counting start, and why do two people get 26 and 165?
#   - How can a loop over every pixel be made a hundred times as fast?
# objectives:
#   - text: lay a kernel on a picture, multiply and add up
#     shown_by: [hadamard_sum, convolve_at_2d]
#   - text: reverse a kernel along both axes, and say why
#     shown_by: [flip_2d]
#   - text: compute a whole convolution in any of the three modes
#     shown_by: [pad_2d, convolve_2d]
#   - text: do it without a loop over pixels
#     shown_by: [convolve_2d_fast]
# key_points:
#   - >-
#     A grey picture is a matrix. Rows go down, columns go to the right, and its numbers have a type
#     with a smallest and a largest value.
#   - >-
#     The kernel is reversed along both axes, laid on the picture, multiplied number by number, and
#     the products are added up.
#   - Always say where the origin is. In this course it is the top left corner.
#   - >-
#     An n × n picture and a k × k kernel give n − k + 1 rows and columns in valid, n in same, and
#     n + k − 1 in full.
#   - Turn small whole numbers into floats before you compute with them.
# ---

# %% [markdown]
# ## A window on a picture (3 minutes)
#
# Here are the digit and the portrait that travel through the course. The right-hand pictures were
# made from the left-hand ones by one operation: a small block of numbers slid over every place, as
# three numbers slid along ten in lesson 01. (Of the edges, the minus signs were left off.) A
# **pixel** is one place of a picture with its number; in code a picture is often called an *image*.
#
# **What do the numbers in the block have to be, to blur a face or to find the edge of a pen
# stroke?** In this lesson you build the operation, in the next one you choose the numbers.

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import SlidingKernel2D, plots

images, labels = digits()
digit = images[2]
portrait = hopper()

blur = ops.convolve_2d(portrait, np.ones((15, 15)) / 225, "valid")
edges = np.abs(ops.convolve_2d(digit, [[1, 0, -1]], "same"))
display(plots.images({"portrait": portrait, "blurred": blur}))
display(plots.images({"digit": digit, "its upright edges": edges}))

# %% [markdown]
# ## A picture is a matrix (4 minutes)
#
# A grey picture is a **matrix**: numbers in rows and columns. Rows go down, columns to the right,
# and the first index is the row: `portrait[10, 200]` is 10 down, 200 to the right.
#
# A colour picture has three numbers for each place, its red, green and blue **channel**: three
# matrices behind each other. We stay with grey until lesson 04.
#
# Each array also has a **dtype**, the type of its numbers. `uint8` means whole numbers from 0 to
# 255, which is all that a screen can show. There is no 256, and no −1.

# %%
print("shape (rows, columns):", portrait.shape, " dtype:", portrait.dtype)
print("10 down, 200 to the right:", portrait[10, 200])
print("in colour, shape (rows, columns, channels):", hopper(colour=True).shape)

# %% [markdown]
# **A trap to predict.** Seven numbers of 250 are added up: 1,750. But the sum is kept as a uint8,
# which starts again at 0 after 255, like a clock after 23:59. What is left?
#
# Work it out, then type it in. The cell below it does the sum.

# %% answer="trap_small_numbers"
### BEGIN SOLUTION
trap_small_numbers = 214
### END SOLUTION

# %% check="trap_small_numbers"
check("trap_small_numbers")

# %%
white = np.full(7, 250, dtype=np.uint8)
print("as uint8:", white.sum(dtype=np.uint8))
print("as float:", white.astype(float).sum())

# %% [markdown]
# So turn pictures into floats before you compute with them: `p = picture.astype(float)`. The
# picture itself stays as it is; the floats are in p. Programs that forget it make bright places
# dark, and say nothing.

# %% [markdown]
# ## By hand first (7 minutes)
#
# Lay a kernel of 2 × 2 on a **patch**, a piece of a picture of the same size. Multiply the numbers
# that lie on top of each other. Add up the products.
#
# | patch | | | kernel | | | products | |
# |---|---|---|---|---|---|---|---|
# | 1 | 2 | | 2 | 0 | | 1·2 | 2·0 |
# | 3 | 1 | | 1 | 3 | | 3·1 | 1·3 |
#
# **By hand.** What is the sum?

# %% answer="by_hand_patch"
### BEGIN SOLUTION
by_hand_patch = 8
### END SOLUTION

# %% check="by_hand_patch"
check("by_hand_patch")

# %% [markdown]
# Multiplying number by number is called the **Hadamard product**, written ⊙. It has nothing to do
# with the product of matrices, which goes rows times columns. In NumPy ⊙ is `*`, the other is `@`.
#
# Now a picture of zeros and ones, and a kernel in the form of an X:

# %%
picture = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
display(plots.cells(picture, title="A picture, 5 × 5", role="input"))
display(plots.cells(cross, title="A kernel, 3 × 3", role="kernel"))

# %% [markdown]
# Lay the kernel on the top left corner of the picture: how many of its five ones lie on a one? Then
# move it one column to the right, and once more.
#
# **By hand.** The three results of the first row.

# %% answer="by_hand_row"
### BEGIN SOLUTION
by_hand_row = [4, 3, 4]
### END SOLUTION

# %% check="by_hand_row"
check("by_hand_row")

# %% [markdown]
# **Exercise.** Write `hadamard_sum(a, b)`, the sum of a ⊙ b. NumPy stretches arrays of different
# shapes to fit each other without a word, which is called *broadcasting*; a kernel that does not
# fit would go unnoticed. So compare the shapes first (`a.shape != b.shape`), and raise a
# `ValueError` if they differ. And remember the seven numbers of 250.


# %% exercise="hadamard_sum"
def hadamard_sum(a, b):
    """The sum of the products of numbers at the same place.

    a, b: arrays of the same shape, of any dtype. Returns a number.
    Raises ValueError if the shapes differ.
    """
    ### BEGIN SOLUTION
    if a.shape != b.shape:
        raise ValueError(f"the shapes {a.shape} and {b.shape} differ")
    return np.sum(a.astype(float) * b)
    ### END SOLUTION


# %% check="hadamard_sum"
check("hadamard_sum")

# %% [markdown]
# ## Slide it yourself (7 minutes)
#
# **Predict.** In the figure the kernel can go down as well as across. The picture is the one above.
# How many rows and columns will the output have, if the kernel stays completely inside? And what
# changes when *flip the kernel*, which reverses it, is switched off? (Leave *border* and *origin*
# alone for now.)

# %%
SlidingKernel2D(picture, cross, origin="corner")

# %% [markdown]
# **What you saw.** Three rows and three columns: a 3 × 3 kernel can begin at rows 0, 1 and 2. The
# output is [[4, 3, 4], [2, 4, 3], [2, 3, 4]]. Reversing changes nothing, since the X looks the
# same after a half turn. The figure numbers its outputs from 0, so its y(0, 0) is the first place
# where the whole kernel fits.
#
# **Predict.** Below, one number of the kernel is different: a 5, bottom right. Reversing is
# switched on at first. On which corner of the window does the 5 lie?

# %%
hook = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 5]])
SlidingKernel2D(picture, hook, origin="corner")

# %% [markdown]
# **What you saw.** Reversed, the 5 lies in the *top left* corner of the window: rows and columns
# have both changed their order. That is a half turn, not a reflection. Switch *flip the kernel*
# off, and it goes back to the bottom right; the sums change.
#
# **Exercise.** An array has an **axis** for each direction: axis 0 goes down the rows, axis 1 along
# the columns. Write `flip_2d(kernel)`, which reverses a kernel along both. A slice `[::-1]` goes
# backwards along one axis, and there is one slice for each, with a comma between: `a[1:3, ::-1]` is
# rows 1 and 2, with their columns reversed.


# %% exercise="flip_2d"
def flip_2d(kernel):
    """The kernel reversed along both axes, which is a half turn.

    kernel: an array (h, w). Returns an array of that shape; the kernel itself stays as it is.
    """
    ### BEGIN SOLUTION
    return kernel[::-1, ::-1]
    ### END SOLUTION


# %% check="flip_2d"
check("flip_2d")

# %% [markdown]
# ## The definition (14 minutes)
#
# In one dimension the two indices added up to x. In two dimensions the row numbers add up to the
# row, and the column numbers to the column:
#
# $$(f * g)(r, c) = \sum_i \sum_j f(i, j)\; g(r - i,\, c - j)$$
#
# In words: for every row i and every column j of the picture, multiply f(i, j) by the kernel at row
# r − i and column c − j; add it all up. As before, f and g are zero outside.

# %% [markdown]
# In numbers: let f and g both be
#
# | | column 0 | column 1 | column 2 |
# |---|---|---|---|
# | **row 0** | 1 | 2 | 3 |
# | **row 1** | 4 | 5 | 6 |
# | **row 2** | 7 | 8 | 9 |
#
# At row 0, column 1 two products are left: f(0, 0) · g(0, 1) = 1 · 2 and f(0, 1) · g(0, 0) = 2 · 1.
# Their sum is 4.
#
# **By hand.** What is (f ∗ g)(1, 1)? Write down the pairs first: their rows add up to 1, and so do
# their columns.

# %% answer="by_hand_origin"
### BEGIN SOLUTION
by_hand_origin = 26
### END SOLUTION

# %% check="by_hand_origin"
check("by_hand_origin")

# %% [markdown]
# Elsewhere you may find 165 for the same numbers: nine products, with the centre of the reversed
# kernel on the 5. That is our place (2, 2). Whoever counts the kernel's rows and columns from its
# centre, and those of the picture from the corner, calls the same place (1, 1). Both are right.
# What matters is to say **where the origin is**. In this course, as in NumPy, it is the top left
# corner of both.
#
# Here is the worked example in code: every pair that counts at (1, 1).

# %%
nine = np.arange(1, 10).reshape(3, 3)
row, col, total = 1, 1, 0
for i in range(3):
    for j in range(3):
        if 0 <= row - i < 3 and 0 <= col - j < 3:
            print(
                f"f({i}, {j}) · g({row - i}, {col - j}) = {nine[i, j]} · {nine[row - i, col - j]}"
            )
            total += nine[i, j] * nine[row - i, col - j]
print("sum:", total)

# %% [markdown]
# **Exercise.** Write `convolve_at_2d(f, g, row, col)` for arrays of any shape. `f.shape[0]` is the
# number of rows of f, `f.shape[1]` of columns. Ask twice: does row − i lie in g, and does col − j?
# Pictures of dtype uint8 may come along.


# %% exercise="convolve_at_2d"
def convolve_at_2d(f, g, row, col):
    """The convolution of f with g at one place, counted from the top left corner.

    f: (H, W), g: (h, w), zero outside. row, col: any whole numbers. Returns a number.
    """
    ### BEGIN SOLUTION
    f, g = f.astype(float), g.astype(float)
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += f[i, j] * g[row - i, col - j]
    return total
    ### END SOLUTION


# %% check="convolve_at_2d"
check("convolve_at_2d")

# %% [markdown]
# ## Frame and size (9 minutes)
#
# There is another way to see the same sum: put a frame of zeros round the picture, reverse the
# kernel once, and then only lay it on, multiply and add up. No negative index can occur.
#
# A picture of 4 × 4 with two zeros on every side is 8 × 8, and a 3 × 3 kernel fits on it in 6 × 6
# places: that is *full*. Without a frame it is *valid*.
#
# **By hand.** How many rows has the *valid* output of a picture of 10 × 10, for kernels of 1 × 1, 2
# × 2 and 3 × 3?

# %% answer="by_hand_sizes"
### BEGIN SOLUTION
by_hand_sizes = [10, 9, 8]
### END SOLUTION

# %% check="by_hand_sizes"
check("by_hand_sizes")

# %% [markdown]
# **A formula to mend.** You can meet this one in print. Try it with numbers that you know, and mend
# it.


# %% answer="trap_size"
def trap_size(n, k):
    """How many rows the valid output has, for n rows of the picture and k of the kernel."""
    ### BEGIN SOLUTION stub: return n - (k + 1)
    return n - k + 1
    ### END SOLUTION


# %% check="trap_size"
check("trap_size")

# %% [markdown]
# **Exercise.** Write `pad_2d(image, pad)`, which puts `pad` zeros on every side: above, below, left
# and right. You may use `np.pad`, or make an array of zeros and write the picture into the middle
# of it. A negative `pad` raises a `ValueError`.


# %% exercise="pad_2d"
def pad_2d(image, pad):
    """The picture in a frame of zeros.

    image: (H, W). pad: zeros on every side, at least 0, otherwise ValueError.
    Returns an array of shape (H + 2·pad, W + 2·pad).
    """
    ### BEGIN SOLUTION
    if pad < 0:
        raise ValueError("pad must be at least 0")
    rows, columns = image.shape
    framed = np.zeros((rows + 2 * pad, columns + 2 * pad))
    framed[pad : pad + rows, pad : pad + columns] = image
    return framed
    ### END SOLUTION


# %% check="pad_2d"
check("pad_2d")

# %% [markdown]
# Zeros are one choice for what lies outside. Two others: repeat the number at the **edge**, or
# **mirror** the picture. On the digit it matters above and below, where the pen stroke touches the
# border; on the portrait it matters on every side. Look at the rim: zeros are black, and the blur
# drags them in.

# %%
mean = np.ones((31, 31)) / 31**2
borders = {"zeros": "constant", "edge": "edge", "mirror": "symmetric"}
display(
    plots.images(
        {
            name: ops.convolve_2d(np.pad(portrait.astype(float), 15, mode=mode), mean, "valid")
            for name, mode in borders.items()
        }
    )
)

# %% [markdown]
# ## The whole convolution (17 minutes)
#
# **A loop to mend.** Before you write your own, here is one with a mistake that is often made. It
# adds up every 3 × 3 window of a picture. On a picture of 10 × 10 it finds 7 × 7 windows; on one of
# 3 × 3, none at all. Where is the mistake?


# %% answer="trap_bounds"
def trap_bounds(image):
    """The sum of every 3 × 3 window that fits on the picture."""
    rows, columns = image.shape
    ### BEGIN SOLUTION stub: last_row, last_column = rows - 3, columns - 3
    last_row, last_column = rows - 3 + 1, columns - 3 + 1
    ### END SOLUTION
    sums = np.zeros((last_row, last_column))
    for row in range(last_row):
        for col in range(last_column):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums


# %% check="trap_bounds"
check("trap_bounds")

# %% [markdown]
# **Exercise.** Write `convolve_2d(image, kernel, mode)` for kernels of any shape. Modes as in
# lesson 01, now in both directions: *same* leaves out (h − 1) // 2 rows and (w − 1) // 2 columns at
# the beginning of full, for a kernel of h rows and w columns.
#
# There are two ways; choose one. Call `convolve_at_2d` for every place of full: it reverses the
# kernel already. Or lay on windows: put h − 1 rows of zeros above and below and w − 1 columns left
# and right, `np.pad(image, ((h - 1, h - 1), (w - 1, w - 1)))`, flip the kernel once, and use
# `hadamard_sum` on every window `padded[r : r + h, c : c + w]`.

# %% [markdown]
# *valid* begins at row h − 1 and column w − 1 of full, and ends with row H − 1 and column W − 1.
#
# Raise a `ValueError` for an empty image or kernel (`image.size == 0`), for an unknown mode, and in
# *valid* for a kernel with more rows or more columns than the image.
#
# Small pictures only, please: a loop over everything takes minutes on the portrait.


# %% exercise="convolve_2d"
def convolve_2d(image, kernel, mode="full"):
    """The whole convolution of a picture with a kernel.

    image: (H, W), kernel: (h, w). mode: "full" (H + h − 1, W + w − 1), "same" (H, W) or
    "valid" (H − h + 1, W − w + 1). Returns an array of that shape.
    Raises ValueError for empty input, an unknown mode, and valid with a kernel that does not fit.
    """
    ### BEGIN SOLUTION
    if image.size == 0 or kernel.size == 0:
        raise ValueError("image and kernel need at least one number each")
    (rows, columns), (h, w) = image.shape, kernel.shape
    full = np.zeros((rows + h - 1, columns + w - 1))
    for row in range(rows + h - 1):
        for col in range(columns + w - 1):
            full[row, col] = convolve_at_2d(image, kernel, row, col)
    if mode == "full":
        return full
    if mode == "same":
        top, left = (h - 1) // 2, (w - 1) // 2
        return full[top : top + rows, left : left + columns]
    if mode == "valid":
        if h > rows or w > columns:
            raise ValueError("valid needs a kernel that fits on the image")
        return full[h - 1 : rows, w - 1 : columns]
    raise ValueError(f"mode must be full, same or valid, not {mode!r}")
    ### END SOLUTION


# %% check="convolve_2d"
check("convolve_2d")

# %% [markdown]
# Your function on the digit, with the kernel [[1, 0, −1]]. Reversed it is [[−1, 0, 1]]: the right
# neighbour minus the left one. Where ink begins, going to the right, the result is positive; where
# it ends, negative. Where the left and the right neighbour hold about the same, it is near zero.

# %%
if ready("convolve_2d"):
    change = convolve_2d(digit, np.array([[1, 0, -1]]), "same")
    display(plots.image(digit, title="The digit"))
    display(plots.cells(change, title="What changes from left to right"))

# %% [markdown]
# ## Fast (9 minutes)
#
# A kernel of k × k costs k² multiplications for every pixel. The portrait has 65,536 pixels, so a 5
# × 5 kernel needs 1.6 million, in Python loops half a second to a second at best. A film has 25
# pictures a second.
#
# The two ideas of lesson 01 work here too. **Windows:** `sliding_window_view` makes an array with
# four axes, (row, column, row in the window, column in the window), without copying a number.
# **Shifts:** for each of the k² weights, add the whole picture, shifted and multiplied.

# %%
windows = np.lib.stride_tricks.sliding_window_view(picture, (3, 3))
print("shape (rows, columns, h, w):", windows.shape)
print("the window at row 0, column 1:")
print(windows[0, 1])

# %% [markdown]
# `np.einsum` multiplies and adds up along named axes: in `np.einsum("rcij,ij->rc", windows,
# kernel)` the axes r and c stay, while i and j are summed over. `np.tensordot(windows, kernel, 2)`
# does the same for the last two axes.
#
# **Exercise.** Write `convolve_2d_fast(image, kernel)`: mode *valid*, the same errors, no Python
# loop over pixels. A loop over the few weights of the kernel is fine. Be at least 10 times as fast
# as a loop over everything; the check tells you how fast you are.


# %% exercise="convolve_2d_fast"
def convolve_2d_fast(image, kernel):
    """The valid part of the convolution, without a loop over pixels.

    image: (H, W), kernel: (h, w). Returns an array (H − h + 1, W − w + 1).
    Raises ValueError for empty input and for a kernel that does not fit.
    """
    ### BEGIN SOLUTION
    (rows, columns), (h, w) = image.shape, kernel.shape
    if image.size == 0 or kernel.size == 0 or h > rows or w > columns:
        raise ValueError("the kernel must have at least one number and fit on the image")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), (h, w))
    return np.einsum("rcij,ij->rc", windows, flip_2d(kernel).astype(float))
    ### END SOLUTION


# %% check="convolve_2d_fast"
check("convolve_2d_fast")

# %% [markdown]
# And now on something real. The first picture is blurred by 81 equal weights. The second shows how
# much each pixel differs from its blurred self, three times as bright so that you see it: what is
# left are the fine lines.

# %%
if ready("convolve_2d_fast"):
    soft = convolve_2d_fast(portrait, np.ones((9, 9)) / 81)
    fine = np.abs(portrait[4:-4, 4:-4] - soft)
    display(plots.images({"your blur": soft, "what it took away": 3 * fine}))

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# The operation that finds edges, blurs faces and, from lesson 04 on, makes a network is now yours.

# %% [markdown]
# ## A question to talk about (4 minutes)
#
# For f = g = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], one book says that (f ∗ g)(1, 1) is 26. A web page
# says that it is 165. What is going on?
#
# - **a** — one of them has made a mistake
# - **b** — one computes a convolution, the other a correlation
# - **c** — they take different numbers outside the picture
# - **d** — they count rows and columns from different places

# %% answer="discussion_02"
### BEGIN SOLUTION
discussion_02 = "d"
### END SOLUTION

# %% check="discussion_02"
check("discussion_02")

# %% [markdown]
# **Go further.** Not graded. Some kernels come from two lists: every number is the product of one
# from `down` and one from `across`. Such a kernel is called **separable**. Then two passes do the
# work of one, the first with a kernel of one column, the second with one of one row: 2k
# multiplications a pixel in place of k².
#
# Write `separable_2d`, in mode *full*. `down[:, None]` turns a list of k numbers into a column,
# `across[None, :]` into a row.


# %% answer="separable_2d"
def separable_2d(image, down, across):
    """The full convolution with the kernel whose number at (i, j) is down[i] · across[j].

    image: (H, W); down: (h,); across: (w,). Returns (H + h − 1, W + w − 1).
    """
    ### BEGIN SOLUTION
    return convolve_2d(convolve_2d(image, down[:, None]), across[None, :])
    ### END SOLUTION


# %% check="separable_2d"
check("separable_2d")

# %% [markdown]
# **What comes next.** Lesson 03 is about the numbers in the kernel: which of them blur, sharpen and
# find edges, and how to show a result that is no picture any more because it has numbers below 0
# and above 255.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("02")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes alone, more for whoever lingers: before *Fast* is a good place to end a
# first sitting. In class: 15 for the two by-hand answers and the figure, 25 for `convolve_at_2d`
# and the size formula, 20 for `convolve_2d`; the fast version at home.
#
# **On the board.** The nine numbers twice. Cut out the second, turn it by half, and lay it on the
# first so that the two corners meet: one pair. Shift by one: two pairs. At (1, 1): four. At (2, 2):
# all nine, which is 165.
#
# **The two commonest mistakes.** *Rows and columns exchanged:* use pictures that are not square,
# and ask for the shape before the numbers. *One axis reversed:* `kernel[::-1]` turns only the rows;
# let them write a 5 into one corner and say where it should go.

# %% [markdown] teacher=true
# **The question.** *d* is right: 165 stands at (2, 2) when counted from the corner. *a* is what
# everybody thinks who has found one result and trusts it. *b* attracts those who have learned that
# sources disagree on the reversal; both reverse here. *c* confuses the origin with the border; at
# (2, 2) all nine numbers lie inside.
#
# **Shorter.** Leave out the three borders and the fast version (50 minutes). **Longer.** Time
# loops, shifts, windows and FFT for kernels from 3 × 3 to 31 × 31, and draw the four curves.
