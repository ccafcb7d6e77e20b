# ---
# title: Kernels and what they find
# minutes: 88
# needs: lesson 02, or what a convolution of a picture with a kernel is and what mode same means
# questions:
#   - Which numbers in a kernel blur, sharpen, or find an edge?
#   - How do you show a result that has numbers below 0 and above 255?
#   - What happens to the answer when the picture moves?
# objectives:
#   - text: write a kernel that blurs, and say what a kernel's sum does to a picture
#     shown_by: [gaussian_kernel]
#   - text: turn any result back into a picture without spoiling it
#     shown_by: [filter_image]
#   - text: say how strong an edge is, whatever its direction
#     shown_by: [gradient_magnitude]
#   - text: move a picture, and test whether a filter moves along
#     shown_by: [shift_image]
#   - text: invent a kernel that finds something
#     shown_by: [line_end_kernel]
# key_points:
#   - >-
#     The sum of a kernel's weights says what it does to a flat picture. With sum 1 the brightness
#     stays, with sum 0 only change is seen.
#   - >-
#     The Laplace kernel gives 0 where the average of the neighbours equals the centre. The Sobel
#     kernels compare one side with the other.
#   - Compute in floats to the very end; then round and clip to 0 … 255; only then make it uint8.
#   - >-
#     A kernel used this way is also called a filter or a feature detector. What comes out is a
#     feature map.
#   - >-
#     Away from the border, it makes no difference whether you shift first or filter first. That is
#     called equivariance; it is not invariance.
# ---

# %% [markdown]
# ## One picture, many kernels (1 minute)
#
# Eye doctors look at the blood vessels at the back of the eye, because diabetes shows there early.
# In 1989 researchers had a program find these vessels in photographs. It convolved each photograph
# with twelve kernels that respond to a thin dark line, one for every 15 degrees of direction.
#
# Below are six pictures of one portrait, and only the first is as it was taken. Each of the others
# is a convolution with nine or twenty-five numbers, cut to what a screen can show. In lesson 02
# you wrote the operation. **Which numbers belong in the kernel?**

# %%
import numpy as np
from IPython.display import display

from convolab import ops
from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import KernelEditor, plots

images, labels = digits()
digit = images[2]
portrait = hopper()

sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
emboss = np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])
sides = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])


def shown(picture, kernel):
    """The convolution in mode same, as it appears on a screen: nothing below 0 or above 255."""
    return np.clip(ops.convolve_2d(picture, kernel, "same"), 0, 255)


blurred = shown(portrait, np.ones((5, 5)) / 25)
hard, relief = shown(portrait, sharpen), shown(portrait, emboss)
display(plots.images({"as it is": portrait, "blurred": blurred, "sharpened": hard}))
left_right, up_down = shown(portrait, sides), shown(portrait, sides.T)
display(plots.images({"embossed": relief, "edges": left_right, "other edges": up_down}))

# %% [markdown]
# And the digit, whose numbers go from 0 to 16. In the second picture, red numbers are positive:
# there it gets brighter from left to right. Blue ones are negative: there it gets darker.

# %%
display(plots.image(digit, title="The digit"))
display(plots.cells(ops.convolve_2d(digit, sides, "same"), title="Where its left and right differ"))

# %% [markdown]
# ## By hand first (8 minutes)
#
# A kernel of nine numbers: eight are −1, and the centre is 8. It is called the **Laplace kernel**.
# (Its sign is swapped, strictly: mathematicians' *Laplacian* takes neighbours minus centre, this
# one centre minus neighbours.) Reversed, it looks the same, so here you can forget reversing.
#
# Below are two patches from a picture that is black (0) on the left and grey (100) on the right.
# The first has its centre on the black side of the edge, the second on the grey side.

# %%
laplace = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
dark_side = np.array([[0, 0, 100], [0, 0, 100], [0, 0, 100]])
bright_side = np.array([[0, 100, 100], [0, 100, 100], [0, 100, 100]])
display(plots.cells(laplace, title="The Laplace kernel", role="kernel"))
display(plots.cells(dark_side, title="On the black side", role="input"))
display(plots.cells(bright_side, title="On the grey side", role="input"))

# %% [markdown]
# **By hand.** Put the kernel on each patch, multiply, add up. Give the two sums as a list, such as
# `[1, 2]`: first the black side, then the grey side.

# %% answer="by_hand_step"
### BEGIN SOLUTION
by_hand_step = [-300, 300]
### END SOLUTION

# %% check="by_hand_step"
check("by_hand_step")

# %% [markdown]
# Now a **flat** picture, which has the same number everywhere, here 100. Inside, eight times
# −100 and 8 · 100 make 0. At the border it is different: in mode *same* there are zeros outside,
# and the zeros are neighbours too.
#
# **By hand.** What does the Laplace kernel give for a pixel in a corner of the picture, for one at
# its border (not in a corner), and for one inside? A list of three numbers.

# %% answer="by_hand_frame"
### BEGIN SOLUTION
by_hand_frame = [500, 300, 0]
### END SOLUTION

# %% check="by_hand_frame"
check("by_hand_frame")

# %%
flat = np.full((4, 5), 100)
display(plots.cells(ops.convolve_2d(flat, laplace, "same"), title="A flat picture, Laplace, same"))

# %% [markdown]
# So the border lights up although there is nothing to see in the picture. The kernel has found the
# zeros outside.
#
# **A claim to test.** One of the articles this course draws on says that the result is close to 0
# where the *sum* of the eight neighbours is about equal to the centre. The eight neighbours of a
# pixel are 10, 20, 30, 40, 50, 60, 70 and 120. Which number in the centre makes the result 0?

# %% answer="trap_centre"
### BEGIN SOLUTION
trap_centre = 50
### END SOLUTION

# %% check="trap_centre"
check("trap_centre")

# %% [markdown]
# ## Edit a kernel yourself (8 minutes)
#
# In the figure, choose a kernel in the menu *kernel*. Or make your own: point at a cell, or choose
# it with *row* and *column*; then set its number with the slider *weight*, or type it in at
# *exactly*.
#
# *grey* decides what happens to results below 0 and above 255: *clip* shows them as black and as
# white, *rescale* makes the lowest result black and the highest white. *show: difference* subtracts
# the input from the output. *picture* changes to the digit, *size* to a 5 × 5 kernel.

# %% [markdown]
# **Predict.** The kernel *sharpen* has a 5 in the centre. What happens to the picture when the 5
# becomes a 4, and when it becomes a 6? Watch the sum of the weights, which the figure shows.

# %%
KernelEditor("sharpen")

# %% [markdown]
# **What you saw.** With 5 the weights add up to 1 and the face keeps its brightness. With 4 the sum
# is 0: everything flat becomes black, and edges are left. With 6 the sum is 2: everything flat is
# twice as bright, and a third of the picture is clipped to white.
#
# **Predict.** Below is the Laplace kernel. On the two sides of an edge it gave −300 and +300. How
# much of that does *clip* show? Look, then switch to *rescale*. Try the digit as well, which has 32
# rows and columns here.

# %%
KernelEditor("Laplace")

# %% [markdown]
# **What you saw.** *clip* throws away everything negative, so of the two lines along a sharp edge
# only one is left. With *rescale* you see both, one darker and one brighter than the grey that
# stands for 0. On the portrait, about half of all results are negative:

# %%
edges = ops.convolve_2d(portrait, laplace, "same")
print("lowest and highest result:", edges.min(), edges.max())
print("share of the results below 0:", round((edges < 0).mean(), 3))

# %% [markdown]
# ## What a kernel does (17 minutes)
#
# The convolution of a picture f with a kernel g, in words: every output is a weighted sum of a
# pixel and its neighbours, and the kernel says how much each counts.
#
# $$(f * g)(r, c) = \sum_i \sum_j f(i, j)\; g(r - i,\, c - j)$$
#
# If f is the same number a everywhere, a can be taken out of the sum. What is left is a times the
# sum of the weights. In numbers: on a flat picture of 100, away from its border, a kernel with the
# sum 1 gives 100, one with the sum 0 gives 0, one with the sum 2 gives 200. (In tables and text a
# minus sign is −. In code, type the hyphen -.)

# %% [markdown]
# **Blurring** and **sharpening** should keep the brightness: sum 1. A kernel that looks for
# **change** should give 0 where there is none: sum 0.
#
# **By hand.** What do the weights of these four add up to? A list of four numbers.
#
# | kernel | row 0 | row 1 | row 2 |
# |---|---|---|---|
# | identity | 0, 0, 0 | 0, 1, 0 | 0, 0, 0 |
# | emboss | −2, −1, 0 | −1, 1, 1 | 0, 1, 2 |
# | Laplace | −1, −1, −1 | −1, 8, −1 | −1, −1, −1 |
# | Sobel | 1, 0, −1 | 2, 0, −2 | 1, 0, −1 |

# %% answer="by_hand_sums"
### BEGIN SOLUTION
by_hand_sums = [1, 1, 0, 0]
### END SOLUTION

# %% check="by_hand_sums"
check("by_hand_sums")

# %% [markdown]
# The simplest blur is the average of all pixels in a square: equal weights with the sum 1. For a
# 3 × 3 square each is 1/9.
#
# **A step, not graded.** Write `mean_kernel(size)`. A square with an even number of rows has no
# pixel in its centre, so the picture would move by half a pixel: raise a `ValueError` for an even
# size, and for one below 1. `size % 2` is the remainder when size is divided by 2: 0 for even
# numbers, 1 for odd ones. `np.ones((rows, columns))` makes an array of ones.


# %% answer="mean_kernel"
def mean_kernel(size):
    """A kernel of equal weights that add up to 1.

    size: rows and columns, odd and at least 1, otherwise ValueError.
    Returns an array of shape (size, size).
    """
    ### BEGIN SOLUTION
    if size < 1 or size % 2 == 0:
        raise ValueError(f"size must be odd and at least 1, not {size}")
    return np.ones((size, size)) / size**2
    ### END SOLUTION


# %% check="mean_kernel"
check("mean_kernel")

# %% [markdown]
# A better blur lets near pixels count more than far ones. The **Gaussian** is the bell curve of
# statistics. At a place x columns and y rows from the centre the weight is, up to a common factor,
#
# $$e^{-(x^2 + y^2) / (2 \sigma^2)}$$
#
# In words: square the distance from the centre, divide by twice the square of σ, take the negative,
# and raise e, about 2.718, to that power: `np.exp(t)` is e to the power t. σ is the Greek letter
# *sigma*. It says how wide the bell is, in pixels.

# %% [markdown]
# In numbers, for σ = 1: in the centre x² + y² is 0 and the weight 1. Next to it, x² + y² is 1 and
# the weight 0.607. At a corner of a 3 × 3 kernel x² + y² is 2 and the weight 0.368.
#
# The nine numbers add up to 1 + 4 · 0.607 + 4 · 0.368, about 4.9. So each is divided by their sum;
# then they add up to 1. Here is a worked example, for one row of five:

# %%
places = np.arange(5) - 2  # how far each of five weights is from the centre
bell = np.exp(-(places**2) / (2 * 1.0**2))
print("places: ", places)
print("bell:   ", bell.round(3))
print("    sum:", bell.sum().round(3))
print("divided:", (bell / bell.sum()).round(3))
print("    sum:", (bell / bell.sum()).sum().round(3))

# %% [markdown]
# **Exercise.** Write `gaussian_kernel(size, sigma)`, for rows and columns together. One way: make
# an array of zeros, and go through its rows i and columns j; the centre is at `size // 2`, where
# // divides and rounds down. At the end, divide by the sum of all weights. For an even size, or a
# sigma that is not above 0, raise a `ValueError`.


# %% exercise="gaussian_kernel"
def gaussian_kernel(size, sigma):
    """The bell exp(−(x² + y²) / 2σ²) around the centre, divided by its sum.

    size: rows and columns, odd and at least 1. sigma: the width of the bell in pixels, above 0.
    Otherwise ValueError. Returns an array of shape (size, size) whose numbers add up to 1.
    """
    ### BEGIN SOLUTION
    if size < 1 or size % 2 == 0 or sigma <= 0:
        raise ValueError("size must be odd and sigma above 0")
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            y, x = i - size // 2, j - size // 2
            kernel[i, j] = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return kernel / kernel.sum()
    ### END SOLUTION


# %% check="gaussian_kernel"
check("gaussian_kernel")

# %% [markdown]
# Your two blurs, about equally wide. The mean smears every bright point into a square. The Gaussian
# makes a soft round spot of it.

# %%
if ready("mean_kernel", "gaussian_kernel"):
    point = np.zeros((45, 45))
    point[22, 22] = 255
    for name, kernel in {"mean": mean_kernel(21), "Gaussian": gaussian_kernel(37, 6)}.items():
        spot = ops.convolve_2d(point, kernel, "same")
        soft = ops.convolve_2d(portrait, kernel, "same")
        display(plots.images({f"a point, {name}": spot / spot.max(), "the portrait": soft}))

# %% [markdown]
# ## Back to a picture (15 minutes)
#
# A result may hold −300, 41.7 or 500. A picture of dtype uint8 holds whole numbers from 0 to 255
# and nothing else. What should happen to 300?
#
# **A program to fix.** This function turns any array of whole numbers into a picture. For 300 it
# gives 44, and for −1 it gives 255: what should be darkest is brightest, because uint8 starts again
# after 255, like a clock. Fix it: what is below 0 becomes 0, what is above 255 becomes 255. That
# is called **clipping**. `np.clip(values, low, high)` does it: it gives back a new array, and
# leaves `values` as it is.


# %% answer="trap_wrap"
def trap_wrap(values):
    """A picture of dtype uint8 from an array of whole numbers, clipped to 0 … 255."""
    ### BEGIN SOLUTION stub: return values.astype(np.uint8)
    return np.clip(values, 0, 255).astype(np.uint8)
    ### END SOLUTION


# %% check="trap_wrap"
check("trap_wrap")

# %% [markdown]
# So the order matters. Compute in floats to the very end. Then **round** to the nearest whole
# number and clip. `np.rint(41.7)` gives back 42.0, while turning 41.7 into a whole number without
# rounding gives 41. Only then change the dtype.
#
# **Exercise.** Write `filter_image(image, kernel)`. For the convolution use the course's own
# `ops.convolve_2d(image, kernel, "same")`, which does the same as yours from lesson 02 and gives
# floats. Return an array of dtype uint8, like the picture that came in.


# %% exercise="filter_image"
def filter_image(image, kernel):
    """The convolution of a picture with a kernel, as a picture again.

    image: (H, W), uint8. kernel: (h, w). Mode same, in floats; then rounded to the nearest whole
    number and clipped to 0 … 255. Returns an array (H, W) of dtype uint8.
    """
    ### BEGIN SOLUTION
    values = ops.convolve_2d(image, kernel, "same")
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
    ### END SOLUTION


# %% check="filter_image"
check("filter_image")

# %% [markdown]
# Now try your own function on something real, with your own kernel and two others. Sharpening
# adds to each pixel what makes it differ from its neighbours.

# %%
if ready("filter_image", "gaussian_kernel"):
    display(
        plots.images(
            {
                "Gaussian": filter_image(portrait, gaussian_kernel(9, 2)),
                "sharpened": filter_image(portrait, sharpen),
                "Laplace": filter_image(portrait, laplace),
            }
        )
    )

# %% [markdown]
# ## How strong is an edge? (15 minutes)
#
# The Laplace kernel asks whether a pixel differs from its neighbours. The two **Sobel** kernels
# also ask in which direction: one compares left with right, the other above with below.
#
# | across | | | | down | | |
# |---|---|---|---|---|---|---|
# | 1 | 0 | −1 | | 1 | 2 | 1 |
# | 2 | 0 | −2 | | 0 | 0 | 0 |
# | 1 | 0 | −1 | | −1 | −2 | −1 |
#
# A convolution reverses them. So *across* gives the right side minus the left side: positive where
# it gets brighter to the right. *down* gives what is below minus what is above. (Where nothing is
# reversed, as in networks, the same kernels are written with all signs swapped.)

# %% [markdown]
# A slanted edge gives a little of both. Call the two results gx and gy. Think of gx steps to the
# right and gy steps down: by Pythagoras, the straight way is √(gx² + gy²) long. This length is
# called the **gradient magnitude**: how fast the brightness changes. It hardly depends on the
# slant. On an even slope it is eight times the change per pixel, since the weights on either
# side add up to 4 and the two sides are two pixels apart.
#
# The *gradient* here is the picture's: how its brightness changes from place to place. Lesson 04
# has another, a network's: how its error changes with a weight.

# %% [markdown]
# In numbers: gx = 3 and gy = −4 make √(9 + 16) = 5.
#
# **By hand.** What is the gradient magnitude in the centre of the patch below? Work out gx (right
# minus left) and gy (below minus above) first, with the weights 1, 2, 1. Two decimals are enough,
# and a calculation will do: `(3**2 + 4**2) ** 0.5` is √(9 + 16).

# %%
corner = np.array([[0, 0, 0], [0, 0, 6], [0, 6, 8]])
display(plots.cells(corner, title="Bright in one corner", role="input"))

# %% answer="by_hand_gradient"
### BEGIN SOLUTION
by_hand_gradient = 800**0.5
### END SOLUTION

# %% check="by_hand_gradient"
check("by_hand_gradient")

# %% [markdown]
# **Exercise.** Write `gradient_magnitude(image)` in mode *valid*, so that no zeros from outside
# make an edge. You may use `ops.convolve_2d`. `np.sqrt` takes the root of every number of an array,
# and `kernel.T` swaps rows and columns. Keep the floats, without rounding or clipping.


# %% exercise="gradient_magnitude"
def gradient_magnitude(image):
    """√(gx² + gy²) at every place where a 3 × 3 kernel fits.

    image: (H, W), any dtype. Returns an array of floats, (H − 2, W − 2).
    """
    ### BEGIN SOLUTION
    across = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    gx = ops.convolve_2d(image, across, "valid")
    gy = ops.convolve_2d(image, across.T, "valid")
    return np.sqrt(gx**2 + gy**2)
    ### END SOLUTION


# %% check="gradient_magnitude"
check("gradient_magnitude")

# %%
if ready("gradient_magnitude"):
    strength = gradient_magnitude(portrait)
    display(plots.images({"the portrait": portrait, "its edges": np.minimum(strength, 255)}))
    display(plots.cells(gradient_magnitude(digit).round(), title="The digit: how strong, rounded"))

# %% [markdown]
# A kernel that is used in this way is also called a **filter** or a **feature detector**, and its
# result a **feature map**: a picture that says, for every place, how much of the feature is there.
# One picture and six kernels make six feature maps. Keep this in mind: a network does the same,
# with kernels that nobody designed.

# %% [markdown]
# ## Does the answer move along? (11 minutes)
#
# Somebody moves the picture. Does the feature map move with it? To find out we need a function that
# moves a picture by whole pixels. For every pixel of the *result*, ask where it comes from. The one
# at row r and column c comes from row r − down, column c − right; if that is outside, the pixel
# is 0. Here is one row of numbers, moved 2 to the right:

# %%
row, right = np.array([3, 1, 4, 1, 5]), 2
moved = np.zeros_like(row)  # zeros in the shape and dtype of row
for c in range(len(row)):
    source = c - right
    if 0 <= source < len(row):
        moved[c] = row[source]
print(row, "becomes", moved)

# %% [markdown]
# **Exercise.** Write `shift_image(image, down, right)` for a whole picture, which keeps its dtype.
# Either number may be negative, or so large that nothing of the picture is left. Two nested loops
# are fine. NumPy's `np.roll` moves too, but in a circle: what leaves on one side comes in on the
# other. If you use it, put zeros there afterwards.


# %% exercise="shift_image"
def shift_image(image, down, right):
    """The picture moved by whole pixels; zeros come in, nothing wraps round.

    image: (H, W). down, right: whole numbers, negative for up and left.
    Returns an array of the same shape and dtype.
    """
    ### BEGIN SOLUTION
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved
    ### END SOLUTION


# %% check="shift_image"
check("shift_image")

# %% [markdown]
# **Predict.** We move the portrait 20 rows down and 30 columns to the right and then look for
# edges. Or we look for edges first and then move the result. Will the two be the same? Everywhere?

# %%
if ready("shift_image", "filter_image"):
    one_way = filter_image(shift_image(portrait, 20, 30), sides)
    other_way = shift_image(filter_image(portrait, sides), 20, 30)
    display(plots.images({"moved, then filtered": one_way, "filtered, then moved": other_way}))
    different = one_way != other_way
    print("pixels that differ:", different.sum(), "of", different.size)
    inside = np.array_equal(one_way[20:255, 30:255], other_way[20:255, 30:255])
    print("the same in [20:255, 30:255]:", inside)

# %% [markdown]
# **What you saw.** Inside they are the same to the pixel. The few hundred that differ are all in
# four lines. Row 19 and column 29 are just outside the moved picture. If you filter last, the
# kernel reaches into the picture from there; if you move last, both are filled with zeros. The
# other two are the last row and column: if you move first, their neighbours are cut off.
#
# When the input moves and the output moves along, a filter is **equivariant** to shifts.
# **Invariant** means something else: that the output doesn't change at all. A feature map is not
# invariant. Measure:

# %%
if ready("shift_image", "filter_image"):
    still, moved = filter_image(portrait, sides), filter_image(shift_image(portrait, 0, 1), sides)
    print("pixels unchanged by a shift of 1:", round((still == moved).mean(), 3))
    along = moved[1:-1, 2:-1] == still[1:-1, 1:-2]
    print("the same, if one moves along:", round(along.mean(), 3))

# %% [markdown]
# About a third of the pixels happen to stay as they are, nearly all of them black because they were
# clipped. One place to the right, all agree. Why? The kernel has the same weights everywhere: it
# doesn't know where it is. That is the secret, and lesson 04 is about it.
#
# In a network this exactness ends early. If a layer keeps only every second result (a *stride* of
# 2, or lesson 05's pooling), a one-pixel shift no longer shifts the result:


# %%
def every_second(picture):
    return ops.convolve_2d(picture, sides, "same")[::2, ::2]


inner = slice(2, -2)  # away from the border
before = every_second(portrait)[inner, 2:-3]
for right in (1, 2):
    after = every_second(ops.shift_image(portrait, 0, right))[inner]
    print(
        f"moved by {right}: {np.mean(after[:, 2:-3] == before):.0%} stay,",
        f"{np.mean(after[:, 3:-2] == before):.0%} are one further right",
    )

# %% [markdown]
# Moved by 2 pixels, all the results are one place further; moved by 1, hardly any are found at
# either place. The border breaks it too: you saw it light up on a flat picture. From such
# zeros a network can learn where in the picture things are.
#
# For decades people designed kernels: Sobel, Laplace and many more. A network finds its own
# from examples. In lesson 04 you will let a program learn one.

# %% [markdown]
# ## A kernel of your own (8 minutes)
#
# An O with a gap is a C: what tells them apart is that a C's line has two ends. In 1965 David Hubel
# and Torsten Wiesel described cells in a cat's brain that respond to a line only if it *ends*
# within their sight. **Invent a kernel that responds most where a line ends**, be it across, down
# or diagonal. It may be up to 7 × 7, with odd sides.

# %% [markdown]
# It must do three things. The check draws lines one pixel wide, ink 1 on paper 0:
#
# - in every picture, the two ends of the line get the two strongest answers;
# - blank paper of any grey gets the answer 0;
# - the ends are still found when the picture is a little noisy.
#
# Start on paper: how many inked neighbours does a pixel at the end of a line have, and how many
# does one in the middle have? Then try kernels, and let the check tell you how far you are. There
# are many good ones.


# %% exercise="line_end_kernel"
def line_end_kernel():
    """A kernel that responds most where a line ends: a 2D array with odd sides, up to 7."""
    ### BEGIN SOLUTION
    kernel = np.zeros((5, 5))
    kernel[1:4, 1:4] = -1
    kernel[2, 2] = 4
    for down, right in ((1, 2), (2, 1), (1, -2), (2, -1)):  # a knight's move: no line gets there
        kernel[2 + down, 2 + right] = kernel[2 - down, 2 - right] = 0.5
    return kernel
    ### END SOLUTION


# %% check="line_end_kernel"
check("line_end_kernel")

# %%
if ready("line_end_kernel"):
    ink = np.zeros((9, 11))
    ink[4, 3:8] = 1
    answers = ops.convolve_2d(ink, line_end_kernel(), "same")
    display(plots.cells(answers.round(1), title="Your kernel's answers to a line of five pixels"))

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You can now say what a kernel does before you run it.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# A picture is moved 10 pixels to the right, and then filtered. What comes out, compared with the
# filtered picture that was not moved? Leave the border aside.
#
# - **a** — the same picture, since a filter finds a feature wherever it is
# - **b** — the same picture, moved 10 pixels to the right
# - **c** — the same picture, moved 10 pixels to the left, since the kernel is reversed
# - **d** — that depends on whether the kernel is symmetric

# %% answer="discussion_03"
### BEGIN SOLUTION
discussion_03 = "b"
### END SOLUTION

# %% check="discussion_03"
check("discussion_03")

# %% [markdown]
# ## Explain (2 minutes)
#
# A friend applies the Laplace kernel in whole numbers and makes the result uint8. Her edges look
# wrong: bright where they should be dark, and dark where bright. In two sentences: what
# happened to the numbers, and what should she do instead?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# Results below 0 and above 255 don't fit, and uint8 starts again after 255, so that −300 has become
# 212 and the dark line beside each edge is bright. She should compute in floats to the end, decide
# how to show them (clip them, take absolute values, or rescale so that 0 is grey), round, and only
# then make them uint8.
#
# </details>

# %% [markdown]
# **What comes next.** A network is made of neurons that add up weighted inputs. In lesson 04 you
# see that a layer of neurons with the same weights *is* a filter, count what that saves, and learn
# the Sobel kernel from examples. You will need the sum of products and the idea of a feature map.

# %% [markdown]
# ## Go further
#
# Not graded, and not needed later.
#
# **Larger Laplace kernels.** Write `laplace_kernel(size)`: −1 everywhere, and in the centre the
# number that makes the sum 0. If nobody says a size, it is 3.


# %% answer="laplace_kernel"
def laplace_kernel(size=3):
    """−1 everywhere except in the centre, and there what makes the sum 0.

    size: rows and columns, odd and at least 3. Returns an array of shape (size, size).
    """
    ### BEGIN SOLUTION
    kernel = -np.ones((size, size))
    kernel[size // 2, size // 2] = size**2 - 1
    return kernel
    ### END SOLUTION


# %% check="laplace_kernel"
check("laplace_kernel")

# %% [markdown]
# **Another program to fix.** The average of two pictures can't be larger than 255, so nothing has
# to be clipped. Yet bright places of this average come out dark. Somewhere on the way a number is
# too large for uint8. Where?


# %% answer="trap_average"
def trap_average(first, second):
    """The average of two uint8 pictures of the same shape, pixel by pixel, rounded down."""
    ### BEGIN SOLUTION stub: total = first + second
    total = first.astype(float) + second
    ### END SOLUTION
    return (total // 2).astype(np.uint8)


# %% check="trap_average"
check("trap_average")

# %% [markdown]
# **Sharpen in one go.** *Unsharp masking* has three steps: blur the picture with the mean of
# size × size; subtract the blur from the picture, which leaves the fine lines; add these lines,
# `amount` times, to the picture. All of this is *one* convolution.
#
# Write its kernel. You need the kernel that changes nothing, a single 1 in the centre, and your
# `mean_kernel`.


# %% answer="unsharp_kernel"
def unsharp_kernel(size, amount):
    """The one kernel that does: picture + amount · (picture − mean of the picture).

    size: odd. amount: a number. Returns an array of shape (size, size) whose sum is 1.
    """
    ### BEGIN SOLUTION
    identity = np.zeros((size, size))
    identity[size // 2, size // 2] = 1
    return identity + amount * (identity - mean_kernel(size))
    ### END SOLUTION


# %% check="unsharp_kernel"
check("unsharp_kernel")

# %%
if ready("unsharp_kernel", "filter_image", "mean_kernel"):
    crisp = filter_image(portrait, unsharp_kernel(9, 1.5))
    display(plots.images({"the portrait": portrait, "unsharp, size 9, 1.5 times": crisp}))

# %% [markdown]
# ## Where this comes from
#
# - Subhasis Chaudhuri and others, *Detection of Blood Vessels in Retinal Images Using
#   Two-Dimensional Matched Filters*, 1989. The twelve kernels.
# - Irwin Sobel and Gary Feldman, *A 3×3 Isotropic Gradient Operator for Image Processing*, 1968.
#   The Sobel kernels.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. Grace Hopper filtered, the
#   Laplace kernel, the claim that you tested.
# - John (vaulttech), *Convolutions and Neural Networks*, 2017. Kernels invented by hand, not all
#   of which add up to 1.

# %% [markdown]
# - David H. Hubel and Torsten N. Wiesel, *Receptive Fields and Functional Architecture in Two
#   Nonstriate Visual Areas (18 and 19) of the Cat*, 1965. Cells for the ends of lines.
# - Aharon Azulay and Yair Weiss, *Why Do Deep Convolutional Networks Generalize So Poorly to Small
#   Image Transformations?*, 2019. How skipping results ends equivariance.
# - Md Amirul Islam, Sen Jia and Neil D. B. Bruce, *How Much Position Information Do Convolutional
#   Neural Networks Encode?*, 2020. What zeros outside tell a network.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("03")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone. In class: 15 for the answers by hand, 10 for the figure in pairs
# (one edits a kernel, the other guesses it from the picture), 20 for the two blurs, 10 for
# `filter_image`, 15 for shifting and filtering, 15 for the line ends, 5 for the question. Sobel can
# be homework.
#
# **On the board.** A step, 0 0 0 100 100 100, and below it the results of Laplace:
# 0 0 −300 300 0 0. Ask what a screen shows of it. Then draw the four corners and edges of a flat
# picture.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *Uint8 too early:* have them say the order aloud: compute, round,
# clip, change the type. *Shifted the wrong way:* ask where the pixel at (0, 0) of the result comes
# from, not where the pixel at (0, 0) goes.

# %% [markdown] teacher=true
# **The question.** *b* is right, for every kernel. *a* is the claim of many texts that convolution
# is "translation invariant"; ask where in the output the edge is. *c* attracts those who think of
# the kernel [1, 0, 0] of lesson 01; the reversal is done once and is the same before and after. *d*
# mixes this up with convolution against correlation, where symmetry does matter.
#
# **Shorter.** Leave out the Gaussian and Sobel (60 minutes). **Longer.** Let them compare their
# kernels for line ends: whose finds them in the most noise, and whose is the smallest? Or invent
# one that answers to corners, and let the others guess what it finds.
