# ---
# title: Start here
# minutes: 10
# needs: Python functions, lists and loops; nothing else
# questions:
#   - How does a lesson work, and who tells me whether I am right?
#   - What is a picture to a computer?
# objectives:
#   - text: write a function in a notebook and read the answer of its check
#     shown_by: [double]
#   - text: make an array of numbers with rows and columns, as a picture has
#     shown_by: [stack_is_image]
# key_points:
#   - Shift + Enter runs a cell. The computer knows what was run, not what stands on the screen.
#   - Each exercise is a function to write; the check below it answers as often as you like.
#   - A picture is an array of numbers. Rows go down, columns go across, and counting starts at 0.
# ---

# %% [markdown]
# ## Run a cell (1 minute)
#
# This page is a **notebook**: text and Python, cell by cell. Click into the grey cell below and
# press **Shift + Enter**. The cell is run, and the next one is chosen.
#
# The first line fetches *NumPy*, Python's toolbox for numbers in rows and columns; from now on it
# is called `np`. The others fetch `check`, which tells you whether your answers are right, and the
# course's pictures.

# %%
import numpy as np
from IPython.display import display

from convolab.check import check, ready
from convolab.data import digits, hopper
from convolab.figures import SlidingKernel1D, plots

print("It works. NumPy", np.__version__)

# %% [markdown]
# ## Your first exercise (3 minutes)
#
# Lists of numbers are where this course begins. NumPy keeps numbers in an **array**, which differs
# from a list in one way that matters: arithmetic is done with every number in it.

# %%
print("list: ", 2 * [1, 2, 3])
print("array:", 2 * np.array([1, 2, 3]))

# %% [markdown]
# **Exercise.** Write `double(values)`: it returns every number doubled, so `double([1, 2, 3])`
# gives 2, 4, 6. It may be given a list or an array; `np.array(values)` makes an array of either.
#
# Put your code in place of the line with `NotImplementedError`, press Shift + Enter, then run the
# check below it. Try a wrong answer too, and see what the check has to say about it: it costs
# nothing, here and in every lesson.


# %% exercise="double"
def double(values):
    """Every number doubled.

    values: a list or an array of numbers. Returns a new list or array of the same length.
    """
    ### BEGIN SOLUTION
    return 2 * np.array(values)
    ### END SOLUTION


# %% check="double"
check("double")

# %% [markdown]
# ## A picture is numbers (4 minutes)
#
# Two pictures travel through the whole course. Here is the first: a digit that somebody wrote by
# hand, on a grid of 8 rows and 8 columns. 0 is empty paper and drawn black, 16 is full ink and
# drawn white.

# %%
images, labels = digits()
digit = images[2]
plots.image(digit, title="A handwritten digit")

# %% [markdown]
# A place in a picture has two numbers: its **row**, counted downwards, and its **column**, counted
# to the right. Both start at 0, so `digit[0, 0]` is the top left corner and `digit[0, 3]` lies in
# the top row, in the fourth column.
#
# **By hand.** Which number stands in row 6, column 2? Find it in the picture above and put it in
# place of the three dots.

# %% answer="by_hand_pixel"
### BEGIN SOLUTION
by_hand_pixel = digit[6, 2]
### END SOLUTION

# %% check="by_hand_pixel"
check("by_hand_pixel")

# %% [markdown]
# The second picture is a portrait of Grace Hopper, a pioneer of compilers. It has 256 rows
# and 256 columns. Now 0 is black and 255 is white.

# %%
portrait = hopper()
print("shape (rows, columns):", portrait.shape)
print("the number in the top left corner:", portrait[0, 0])
plots.image(portrait, title="Grace Hopper, 256 × 256")

# %% [markdown]
# **Exercise.** Write `stack_is_image(rows, columns)`. It returns an array with that many rows and
# columns, in which the cell in row i and column j holds the number i + j. For 2 rows and 3 columns:
#
# | | column 0 | column 1 | column 2 |
# |---|---|---|---|
# | **row 0** | 0 | 1 | 2 |
# | **row 1** | 1 | 2 | 3 |
#
# `np.zeros((rows, columns))` makes an array of zeros, and `image[i, j] = 5` writes into a cell.
# `for i in range(rows):` counts 0, 1, … up to rows − 1; with a second loop,
# `for j in range(columns):`, inside it, every cell gets its turn.


# %% exercise="stack_is_image"
def stack_is_image(rows, columns):
    """A picture whose cell (i, j) holds i + j.

    rows, columns: whole numbers of at least 1. Returns an array of shape (rows, columns).
    """
    ### BEGIN SOLUTION
    image = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            image[i, j] = i + j
    return image
    ### END SOLUTION


# %% check="stack_is_image"
check("stack_is_image")

# %% [markdown]
# Experiments that use your own function say so if it is not written yet. Run this one; the picture
# gets brighter from the top left to the bottom right.

# %%
if ready("stack_is_image"):
    display(plots.image(stack_is_image(64, 96), title="Your picture, 64 × 96"))

# %% [markdown]
# ## Something to slide (1 minute)
#
# Every lesson has a figure that you can move. This one belongs to lesson 01, which explains it. For
# now, drag the slider named *place x*, or click on it and press the arrow keys, and watch which
# numbers are multiplied and what they add up to.

# %%
SlidingKernel1D()

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# A cell that is running shows `[*]`. If it never ends, press the square ■ above the notebook. If
# something goes strange, choose *Kernel → Restart Kernel and Run All Cells…* in the menu:
# everything is run anew, from the top. (There, *kernel* means the program that runs your cells.
# Lesson 01 has another meaning for the word.) Save with Ctrl + S, or Cmd + S on a Mac. The button +
# makes a cell of your own, to try things out.

# %% [markdown]
# **A question to talk about.** You mend a mistake in the cell with `double`, and then run the cell
# with its check. You did not run the cell with `double` again. What is checked?
#
# - **a** — what stands on the screen now, since that is what you see
# - **b** — what was there when the cell was last run
# - **c** — nothing: the check refuses until the cell is run
# - **d** — both, and the better one counts
#
# Put the letter in place of the three dots, for instance `discussion_00 = "a"`.

# %% answer="discussion_00"
### BEGIN SOLUTION
discussion_00 = "b"
### END SOLUTION

# %% check="discussion_00"
check("discussion_00")

# %% [markdown]
# **What comes next.** Lesson 01 takes ten numbers with a mistake in them, and slides three others
# along them. From that one idea the whole course is built.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("00")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Ten minutes for everybody to have run a cell, met a red border and a green one. Wait
# until the last has; nothing later works without it.
#
# **On the board.** A grid of 3 × 4 cells with row numbers down the side and column numbers along
# the top. Ask for cell (1, 2), then for the shape.
#
# **The two commonest mistakes.** Writing the answer and not running its cell before the check: ask
# "what does the computer know?". Exchanging rows and columns: (2, 3) is 2 down, 3 across; the check
# names it.
#
# **The question.** *b* is right. *a* is attractive because every other program shows what it uses.
# *c* would be convenient, but nothing watches the text. *d* is hope.
#
# **Shorter.** Skip the portrait. **Longer.** Let them draw a digit of their own as an 8 × 8 array.
