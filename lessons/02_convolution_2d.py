# ---
# title: Convolution in two dimensions
# minutes: 87
# needs: lesson 01, or the sum of products, the reversal and the three modes from elsewhere
# questions:
#   - What does a kernel do to a picture, where it can slide in two directions?
#   - Where does the counting start, and why do two people get 26 and 165?
#   - How can a loop over every pixel be made a hundred times as fast?
# objectives:
#   - text: put a kernel on a picture, multiply and add up
#     shown_by: [hadamard_sum]
#   - text: reverse a kernel along both axes
#     shown_by: [flip_2d]
#   - text: compute a whole convolution in any of the three modes
#     shown_by: [pad_2d, convolve_2d]
#   - text: do it without a loop over pixels
#     shown_by: [convolve_2d_fast]
#   - text: find part of a picture again, in noise and in other light
#     shown_by: [find_patch]
# key_points:
#   - >-
#     A grey picture is a matrix. Rows go down, columns go to the right, and its numbers have a type
#     with a smallest and a largest value.
#   - >-
#     The kernel is reversed along both axes and put on the picture; the numbers in the same place
#     are multiplied, and the products are added up.
#   - Always say where the origin is. In this course it is the top left corner.
#   - >-
#     An n × n picture and a k × k kernel give n − k + 1 rows and columns in valid, n in same, and
#     n + k − 1 in full.
#   - Turn small whole numbers into floats before you compute with them.
# ---

# %% [markdown]
# ## A window on a picture (1 minute)
#
# Cameras on cars photograph whole countries for online maps, and strangers are in the pictures. In
# 2009 a program found and blurred 89 % of the faces and about 95 % of the number plates in Google's
# test pictures of streets, without a person looking at them.

# %% [markdown]
# To **blur** a picture, slide a small block of numbers over every place of it, as three numbers
# slid along ten in lesson 01. Another block finds the edges of a pen stroke. (For the edges we show
# absolute values.) A **pixel** is one place of a picture with its number; in code a picture is
# often called an *image*.
#
# In this lesson you build the operation. In the next one you choose the numbers.

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
# ## A picture is a matrix (3 minutes)
#
# A grey picture is a **matrix**: numbers in rows and columns. Rows go down, columns to the right,
# and the first index is the row: `portrait[10, 200]` is 10 down, 200 to the right.
#
# A colour picture has three numbers for each pixel, one for each **channel**: red, green and blue.
# That makes three matrices, one behind the other. We stay with grey until lesson 04.
#
# Each array also has a **dtype**, the type of its numbers. `uint8` means whole numbers from 0
# (black) to 255 (white), which is all that most screens show. There is no 256, and no −1.

# %%
print("shape (rows, columns):", portrait.shape, " dtype:", portrait.dtype)
print("10 down, 200 to the right:", portrait[10, 200])
print("in colour, with channels:", hopper(colour=True).shape)

# %% [markdown]
# **A trap to predict.** Add up seven 250s, and you get 1,750. But suppose the sum is kept
# as a uint8, which starts again at 0 after 255, like a clock after 23:59. What is left?
#
# Work it out, then type it in. The cell below does the sum.

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
# picture itself stays as it is; the floats are in p. Programs that forget this make bright places
# dark, without any error.

# %% [markdown]
# ## By hand first (12 minutes)
#
# Put a 2 × 2 kernel on a **patch**, a piece of a picture of the same size. Multiply the numbers
# that are on top of each other, and add up the products.
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
# Multiplying number by number is called the **Hadamard product**, written ⊙. It is not the matrix
# product, which goes rows times columns. In NumPy ⊙ is `*`, and the matrix product is `@`.
#
# Now a picture of zeros and ones, and a kernel in the shape of an X:

# %%
picture = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
display(plots.cells(picture, title="A picture, 5 × 5", role="input"))
display(plots.cells(cross, title="A kernel, 3 × 3", role="kernel"))

# %% [markdown]
# Put the kernel on the top left corner of the picture: how many of its five ones are on a one? Then
# move it one column to the right, and once more.
#
# **By hand.** What are the three results of the first row? A list, such as `[1, 2, 3]`.

# %% answer="by_hand_row"
### BEGIN SOLUTION
by_hand_row = [4, 3, 4]
### END SOLUTION

# %% check="by_hand_row"
check("by_hand_row")

# %% [markdown]
# **Exercise.** Write `hadamard_sum(a, b)`, the sum of a ⊙ b. NumPy silently stretches some arrays
# to fit each other, such as (1, 3) to (2, 3): this *broadcasting* can hide a kernel that
# doesn't fit. Compare the shapes first (`a.shape != b.shape`), and raise a `ValueError` if they
# differ. And remember the seven 250s.


# %% exercise="hadamard_sum"
def hadamard_sum(a, b):
    """The sum of the products of the numbers in the same place.

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
# ## Slide it yourself (9 minutes)
#
# In the figure the kernel can go down as well as across. The picture is the one above, and so is
# the kernel, except for one number: a 5, bottom right. The figure starts where the kernel is on the
# left edge, one row down.
#
# **Predict.** How many rows and columns will the output have if the kernel stays completely inside
# the picture? *flip the kernel* is switched on, which reverses it along both axes. In which corner
# is the 5 then? And what happens to the sum at this place when you switch it off? (*border*
# and *origin* get their turn in the next section.)

# %%
hook = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 5]])
SlidingKernel2D(picture, hook, origin="corner", row=1)

# %% [markdown]
# **What you saw.** Three rows and three columns, since a 3 × 3 kernel can start at rows 0, 1 and 2.
# Reversed, the 5 is in the *top left* corner: rows and columns have both changed
# their order. That is a half turn, not a reflection.
#
# Switch the flip off, and the 5 goes back to the bottom right, onto a 1: the sum jumps
# from 2 to 6. Not every place shows it. In the first row the sums stay the same, since there the
# top left and the bottom right of the kernel are on equal numbers. And the X itself can't show it
# anywhere: after a half turn it looks the same.

# %% [markdown]
# **Exercise.** An array has an **axis** for each direction: axis 0 goes down the rows, axis 1 along
# the columns. Write `flip_2d(kernel)`, which reverses a kernel along both. The slice `[::-1]` goes
# backwards along one axis. Each axis can have a slice of its own, with a comma between: `a[1:3,
# ::-1]` is rows 1 and 2, with their columns reversed.


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
# ## The definition (11 minutes)
#
# In one dimension the two indices added up to x. In two dimensions the row numbers add up to r,
# and the column numbers to c:
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
# The article that this example comes from gives a second answer, 165, from nine products. It counts
# the rows and columns of the *kernel* from its centre, and those of the picture from its corner.
#
# **Predict.** In the figure, f and g are the nine numbers, and zeros are outside (*border: zero*).
# It shows place (1, 1), counted from the *corner*: 26. Set *origin* to *centre*: now another place
# is called (1, 1), and it gets 165. Set *origin* back to *corner*: at which row and column is 165
# now?

# %%
SlidingKernel2D(nine, nine, border="zero", origin="corner", row=1, column=1)

# %% [markdown]
# **What you saw.** At (2, 2). Whoever counts the kernel from its centre calls that place (1, 1).
# Both are right. What matters is to say **where the origin is**. In this course, as in NumPy, it is
# the top left corner of both. (*border* also offers *edge* and *mirror*, which come further down.)
#
# **A step, not graded.** Write `convolve_at_2d(f, g, row, col)` for arrays of any shape, with the
# loops of the worked example. `f.shape[0]` is the number of rows of f, `f.shape[1]` the number of
# columns. Check both: is row − i inside g, and is col − j? Make f and g floats first.


# %% answer="convolve_at_2d"
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
# ## Frame and size (11 minutes)
#
# There is another way to see the same sum: put a frame of zeros round the picture, reverse the
# kernel once, and then only put it down, multiply and add up. No index can be negative.
#
# This picture is 4 × 4. For a 3 × 3 kernel, *full* needs two zeros on every side, so that the
# kernel can start with only a corner on the picture. That makes 8 × 8:

# %%
small = np.array([[0, 3, 6, 3], [3, 6, 3, 6], [6, 3, 6, 3], [3, 6, 3, 0]])
display(plots.cells(np.pad(small, 2), title="4 × 4 in a frame of two zeros", role="input"))
print("full: ", ops.convolve_2d(small, cross, "full").shape)
print("valid:", ops.convolve_2d(small, cross, "valid").shape)

# %% [markdown]
# The kernel has 6 × 6 places on the 8 × 8 numbers: that is *full*. Without the frame it has 2 × 2:
# that is *valid*.
#
# **By hand.** How many rows does the *valid* output of a 10 × 10 picture have, for kernels of
# 1 × 1, 2 × 2 and 3 × 3? A list of three numbers.

# %% answer="by_hand_sizes"
### BEGIN SOLUTION
by_hand_sizes = [10, 9, 8]
### END SOLUTION

# %% check="by_hand_sizes"
check("by_hand_sizes")

# %% [markdown]
# **A formula to fix.** Another article that this lesson draws on gets these three cases right, and
# then prints this formula. Try it on sizes that you know, and fix it.


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
# of it.


# %% exercise="pad_2d"
def pad_2d(image, pad):
    """The picture in a frame of zeros.

    image: (H, W). pad: zeros on every side, 0 or more.
    Returns an array of shape (H + 2·pad, W + 2·pad).
    """
    ### BEGIN SOLUTION
    rows, columns = image.shape
    framed = np.zeros((rows + 2 * pad, columns + 2 * pad))
    framed[pad : pad + rows, pad : pad + columns] = image
    return framed
    ### END SOLUTION


# %% check="pad_2d"
check("pad_2d")

# %% [markdown]
# Zeros are one choice for what is outside. Two others: repeat the number at the **edge**, or
# **mirror** the picture in its last row or column. (NumPy has two mirrors. `reflect`, the one used
# here and in the figure, doesn't repeat the last row itself; `symmetric` does.) Look at the
# three rims below: zeros are black, and the blur drags them in.

# %%
mean = np.ones((31, 31)) / 31**2
borders = {"zeros": "constant", "edge": "edge", "mirror": "reflect"}
display(
    plots.images(
        {
            name: ops.convolve_2d(np.pad(portrait.astype(float), 15, mode=mode), mean, "valid")
            for name, mode in borders.items()
        }
    )
)

# %% [markdown]
# ## The whole convolution (16 minutes)
#
# **Exercise.** Write `convolve_2d(image, kernel, mode)` for kernels of any shape. The modes are
# those of lesson 01, now in both directions: *same* leaves out (h − 1) // 2 rows and (w − 1) // 2
# columns at the start of full, for a kernel of h rows and w columns.
#
# There are two ways; choose one. Call `convolve_at_2d` for every place of full: it reverses the
# kernel already. Or go from window to window: put h − 1 rows of zeros above and below and w − 1
# columns left and right, `np.pad(image, ((h - 1, h - 1), (w - 1, w - 1)))`, flip the kernel once,
# and use `hadamard_sum` on every window `padded[r : r + h, c : c + w]`.

# %% [markdown]
# *valid* starts at row h − 1 and column w − 1 of full, and ends with row H − 1 and column W − 1.
#
# Raise a `ValueError` for an empty image or kernel (`image.size == 0`), for an unknown mode, and in
# *valid* for a kernel with more rows or more columns than the image.
#
# Try it on small pictures. On the portrait with a 3 × 3 kernel, a loop over windows takes about
# half a second. But a `convolve_at_2d` that loops over the picture looks at 65,536 pixels for each
# of 66,564 places, more than four billion times: minutes.


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
# neighbour minus the left one. Going to the right, the result is positive where ink starts and
# negative where it ends. Where the left and the right neighbour are about equal, it is near zero.

# %%
if ready("convolve_2d"):
    change = convolve_2d(digit, np.array([[1, 0, -1]]), "same")
    display(plots.image(digit, title="The digit"))
    display(plots.cells(change, title="What changes from left to right"))

# %% [markdown]
# ## Fast (11 minutes)
#
# A k × k kernel costs k² multiplications for every pixel. The portrait has 65,536 pixels, so a
# 5 × 5 kernel needs 1.6 million. In Python loops over single numbers that takes about a second, and
# a film has 24 pictures a second.
#
# The two ideas of lesson 01 work here too. **Shifts:** for each of the k² weights, add the whole
# picture, shifted and multiplied. **Windows:** `sliding_window_view` lays out every window without
# copying a number. Its array has four axes. Here is one where all four have different lengths, so
# that you can tell them apart: a 6 × 8 picture, windows of 2 × 3.

# %%
numbers = np.arange(48).reshape(6, 8)
windows = np.lib.stride_tricks.sliding_window_view(numbers, (2, 3))
print("shape:", windows.shape)
print("(row, column, row and column in the window)")
print("the window whose corner is at row 1, column 4:")
print(windows[1, 4])

# %% [markdown]
# 2 rows fit into 6 at 5 places, 3 columns into 8 at 6 places: (5, 6, 2, 3). `windows[1, 4]` is a
# whole window, and `windows[1, 4, 0, 2]` is one of its numbers.
#
# Multiply each window by the reversed kernel, and add up: `np.einsum` does that if you give
# each axis a letter. In `"rcij,ij->rc"` the windows have the axes r, c, i, j and the kernel has i,
# j. Letters that are the same are matched: number (i, j) of a window meets number (i, j) of the
# kernel. Letters that are missing after the arrow are summed over. That leaves r and c, one sum for
# each window:

# %%
weights = np.array([[1, 0, 0], [0, 0, 10]])
sums = np.einsum("rcij,ij->rc", windows, weights)
print("shape (row, column):", sums.shape)
print("at row 1, column 4:", sums[1, 4], "=", np.sum(windows[1, 4] * weights))

# %% [markdown]
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
# much each pixel differs from its blurred self, three times as bright so that you can see it: the
# fine lines.

# %%
if ready("convolve_2d_fast"):
    soft = convolve_2d_fast(portrait, np.ones((9, 9)) / 81)
    fine = np.abs(portrait[4:-4, 4:-4] - soft)
    display(plots.images({"your blur": soft, "what it took away": 3 * fine}))

# %% [markdown]
# ## Where is it? (8 minutes)
#
# Video files are small partly because most blocks of a picture were in the previous one, a few
# pixels away. The encoder looks for each block there, and stores the shift and what changed.
#
# **Write `find_patch(picture, patch)`**: where in the picture was the patch cut out? Nobody tells
# you how. The check cuts 5 × 7 patches out of 13 × 17 pieces of the portrait, changes the
# pieces, and counts how often you find the place:
#
# - in the picture as it is;
# - after every pixel has changed a little;
# - in other light, darker or brighter, with half or twice the contrast.

# %% [markdown]
# Everything you have built slides a small array over a picture, and so must this. Start with what
# comes to mind first, the place with the largest sum of products of window and patch, and see how
# badly it does. Why does it end up where the picture is bright? Then measure something
# better. `np.unravel_index(table.argmax(), table.shape)` gives the row and column of the largest
# number of a table.


# %% exercise="find_patch"
def find_patch(picture, patch):
    """Where the patch was cut out of the picture: the row and column of its top left corner.

    picture: (H, W), patch: (h, w), floats. Returns two whole numbers, row first.
    """
    ### BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(picture, patch.shape)
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    contrast = np.sqrt((windows**2).sum(axis=(2, 3))) + 1e-9
    likeness = np.einsum("rcij,ij->rc", windows, patch - patch.mean()) / contrast
    return np.unravel_index(likeness.argmax(), likeness.shape)
    ### END SOLUTION


# %% check="find_patch"
check("find_patch")

# %% [markdown]
# And now on something real: an eye, cut out of the portrait, in a portrait that is darker and
# flatter. (Every second pixel, so that loops have less to do.)

# %% heavy=true
if ready("find_patch"):
    eye = portrait[100:118:2, 88:116:2].astype(float)
    dim = 0.5 * portrait[::2, ::2] + 20
    row, col = (int(place) for place in find_patch(dim, eye))
    there = dim[row : row + eye.shape[0], col : col + eye.shape[1]]
    display(plots.images({"the eye": eye, "the dim portrait": dim, "what you found in it": there}))
    print("cut out at row 50, column 44; found at row", row, "column", col)

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# The operation that finds edges, blurs faces and, from lesson 04 on, makes a network is now yours.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# A 3 × 3 kernel has a 1 in its top left corner and zeros everywhere else. You convolve a picture
# with it, in mode *same*. What comes out?
#
# - **a** — the picture, moved up by one row and left by one column
# - **b** — the picture, moved down by one row and right by one column
# - **c** — the picture as it was: a single 1 changes nothing
# - **d** — a darker picture: only one of nine weights is left

# %% answer="discussion_02"
### BEGIN SOLUTION
discussion_02 = "a"
### END SOLUTION

# %% check="discussion_02"
check("discussion_02")

# %% [markdown]
# ## Explain (2 minutes)
#
# For f = g = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], your program says that (f ∗ g)(1, 1) is 26, and a
# friend's says 165. In two sentences: how can both be right, and what should you ask each other
# before you look for a bug?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# We count the kernel's rows and columns from different places, I from its corner and my friend from
# its centre, so (1, 1) is a different place for each of us; at (2, 2) I get 165. Before comparing
# numbers I would ask where the origin is, whether the kernel is reversed, and what is outside the
# picture.
#
# </details>

# %% [markdown]
# **What comes next.** Lesson 03 is about the numbers in the kernel: which of them blur, sharpen and
# find edges, and how to show a result that isn't a picture any more because it has numbers below 0
# and above 255.

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later.
#
# **A loop to fix.** It adds up every 3 × 3 window of a picture. On a 10 × 10 picture it finds
# 7 × 7 windows; on a 3 × 3 picture, none at all. Where is the mistake?


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
# The program it comes from makes an output as large as the picture, and writes the sum of each
# window where its *top left corner* is, not where its centre is. Nobody gets an error, yet
# everything has moved up and left by a pixel, and the last rows and columns stay zero. The other
# article has a similar mistake in one dimension: its output has len(f) places, so the last k − 1
# results of *full* are silently cut off.

# %%
points = np.zeros((7, 7))
points[[1, 5], [1, 5]] = 9
moved = np.zeros((7, 7))
moved[:4, :4] = ops.convolve_2d(points, np.ones((3, 3)) / 9, "valid")[:4, :4]  # range(7 - 3)
blurred = ops.convolve_2d(points, np.ones((3, 3)) / 9, "same")
display(plots.cells(blurred, title="Two points, blurred in mode same"))
display(plots.cells(moved, title="By the published loop"))

# %% [markdown]
# **Programs age.** One article's program starts with `from scipy.misc import lena`: SciPy took that
# picture out in 2016, because of its licence. Both articles give `Image.fromarray` an array of
# floats. Pillow turns that into a picture of mode F, which can't be saved as PNG or JPEG. Round,
# clip and make it uint8 first; lesson 03 does.

# %%
from PIL import Image

mode_of_floats = Image.fromarray(blurred).mode
whole = np.clip(np.rint(blurred), 0, 255).astype(np.uint8)
print("a picture of floats:", mode_of_floats, " of uint8:", Image.fromarray(whole).mode)

# %% [markdown]
# **Two lists.** In some kernels every number is the product of one number from a list `down` and
# one from a list `across`. Such a kernel is called **separable**. Then two passes do the work of
# one, the first with a kernel of one column, the second with one of one row: 2k multiplications a
# pixel in place of k².
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
# **A photograph of your own.** Put one beside this notebook as `my_photo.jpg`. It is made grey and
# smaller, and then it is an array like any other: blur it, find its edges, cut out a face and look
# for it.

# %%
from pathlib import Path

from PIL import ImageOps


def load_photo(path, largest=400):
    """A photograph as a grey picture (rows, columns), uint8, upright, with no side over largest."""
    with Image.open(path) as photo:
        upright = ImageOps.exif_transpose(photo).convert("L")  # phones store which way is up
        upright.thumbnail((largest, largest))
        return np.array(upright)


if Path("my_photo.jpg").exists() and ready("convolve_2d_fast"):
    mine = load_photo("my_photo.jpg")
    soft = convolve_2d_fast(mine, np.ones((9, 9)) / 81)
    display(plots.images({"your photograph": mine, "blurred": soft}))
else:
    print("No my_photo.jpg beside this notebook yet.")

# %% [markdown]
# ## Where this comes from
#
# - Andrea Frome and others, *Large-scale Privacy Protection in Google Street View*, 2009. The
#   blurred faces and number plates.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The nine numbers, 26 and 165; the
#   loop in one dimension.
# - John (vaulttech), *Convolutions and Neural Networks*, 2017. The 4 × 4 picture in its frame, the
#   formula and the loop that you fixed.
# - Ujjwal Karn, *An Intuitive Explanation of Convolutional Neural Networks*, 2016. The 5 × 5
#   picture and the X.
# - Thomas Wiegand and others, *Overview of the H.264/AVC Video Coding Standard*, 2003. Blocks that
#   were there before.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("02")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone: before *Fast* is a good place to end a first sitting. In class: 15
# for the answers by hand and the first figure, 20 for the definition and the size formula, 20 for
# `convolve_2d`; the fast version and the patch make a second session, or homework.
#
# **On the board.** The nine numbers twice. Cut out the second, turn it by 180°, and put it on the
# first so that the two corners meet: one pair. Shift by one: two pairs. At (1, 1): four. At (2, 2):
# all nine, which is 165.
#
# **The two commonest mistakes.** *Rows and columns swapped:* use pictures that are not square, and
# ask for the shape before the numbers. *One axis reversed:* `kernel[::-1]` turns only the rows; let
# them write a 5 into one corner and say where it should go.

# %% [markdown] teacher=true
# **The question.** *a* is right: the kernel is reversed, so the 1 is bottom right and fetches the
# number below and to the right. *b* is the correlation, and what a blog says about [1, 0, 0] (see
# lesson 01). *c* would be true with the 1 in the centre. *d* mixes it up with an average: the
# weights add up to 1.
#
# **Find the patch.** The largest sum of products finds a bright place, the smallest difference
# fails in other light. Let those who are quick say why both need the mean subtracted *and* the
# spread divided out: with products, this is called normalised cross-correlation.
#
# **Shorter.** Leave out the three borders, the fast version and the patch (65 minutes).
# **Longer.** Time loops, shifts, windows and FFT for kernels from 3 × 3 to 31 × 31, and draw the
# four curves.
