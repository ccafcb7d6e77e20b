# ---
# title: Start here
# minutes: 30
# needs: Python functions, lists and loops; nothing else
# questions:
#   - How does a lesson work, and who tells me whether I am right?
#   - What is a picture to a computer?
#   - Where does this course lead?
# objectives:
#   - text: write a function in a notebook and read the answer of its check
#     shown_by: [double]
#   - text: make an array of numbers with rows and columns, as a picture has
#     shown_by: [stack_is_image]
#   - text: draw a digit in numbers, so that a network can read it
#     shown_by: [draw_seven]
# key_points:
#   - Shift + Enter runs a cell. Python knows what you ran, not what you see on the screen.
#   - Each exercise is a function to write; the check below it answers as often as you like.
#   - A picture is an array of numbers. Rows go down, columns go across, and counting starts at 0.
# ---

# %% [markdown]
# ## Run a cell (2 minutes)
#
# In the late 1990s a program read several million bank cheques a day. Inside was a network that
# looked at handwritten digits and said which they were. You will write such a network yourself,
# out of Python functions of a few lines each; near the end of this page you can play with one.

# %% [markdown]
# This page is a **notebook**: text and Python, cell by cell. Click into the grey cell below and
# press **Shift + Enter**. The cell runs, and the next one is selected.
#
# Its first line loads *NumPy*, Python's toolbox for numbers in rows and columns; from now on it is
# called `np`. The other lines load the course's pictures, and `check`, which tells you whether your
# answers are right.

# %%
import numpy as np
from IPython.display import display

from convolab.check import check, ready
from convolab.data import digits, enlarged, hopper
from convolab.figures import NetworkExplorer, plots

print("It works. NumPy", np.__version__)

# %% [markdown]
# A cell that is running shows `[*]`. If it never ends, press the square ■ above the notebook. If
# something behaves strangely, choose *Kernel → Restart Kernel and Run All Cells…* in the menu:
# everything runs again, from the top. (Here, *kernel* means the program that runs your cells. In
# lesson 01 the word means something else.) Save with Ctrl + S, or Cmd + S on a Mac. The button +
# makes a cell of your own, to try things out.

# %% [markdown]
# ## Your first exercise (5 minutes)
#
# Lists of numbers are where this course begins. NumPy keeps numbers in an **array**, which differs
# from a list in one way that matters: arithmetic applies to every number in it.

# %%
print("list: ", 2 * [1, 2, 3])
print("array:", 2 * np.array([1, 2, 3]))

# %% [markdown]
# **Exercise.** Write `double(values)`: it returns every number doubled, so `double([1, 2, 3])`
# gives 2, 4, 6. `values` may be a list or an array; `np.array(values)` makes an array of either.
#
# Put your code in place of the line `raise NotImplementedError`, press Shift + Enter, then run the
# check below it. Try a wrong answer too, and see what the check says about it: it costs nothing,
# here and in every lesson.


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
# ## A picture is numbers (7 minutes)
#
# Two pictures travel through the course. Here is the first: a digit that somebody wrote by
# hand, shrunk to a grid of 8 rows and 8 columns. Each number says how much ink there is, from 0 for
# none to 16. The plot shows ink in white and paper in black.

# %%
images, labels = digits()
digit = images[2]
plots.image(digit, title="A handwritten digit")

# %% [markdown]
# A place in a picture has two numbers: its **row**, counted downwards, and its **column**, counted
# to the right. Both start at 0, so `digit[0, 0]` is the top left corner and `digit[0, 3]` is in
# the top row, in the fourth column.
#
# **By hand.** Which number is in row 6, column 2? Find it in the picture above and put it in place
# of the three dots.

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
# columns; in row i, column j it holds the number i + j. For 2 rows and 3 columns:
#
# | | column 0 | column 1 | column 2 |
# |---|---|---|---|
# | **row 0** | 0 | 1 | 2 |
# | **row 1** | 1 | 2 | 3 |
#
# `np.zeros((rows, columns))` makes an array of zeros, and `image[i, j] = 5` puts a 5 in row i,
# column j. `for i in range(rows):` counts 0, 1, … up to rows − 1; with a second loop,
# `for j in range(columns):`, inside it, every place gets its turn.


# %% exercise="stack_is_image"
def stack_is_image(rows, columns):
    """A picture that holds i + j in row i, column j.

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
# If a cell needs a function you have not written yet, it tells you. Run this one; the picture gets
# brighter from the top left to the bottom right.

# %%
if ready("stack_is_image"):
    display(plots.image(stack_is_image(64, 96), title="Your picture, 64 × 96"))

# %% [markdown]
# ## Where this leads (5 minutes)
#
# Here is where the course is going: a network like the one that read the cheques, with all its
# numbers on show. Every lesson has figures that you can move.
#
# Each picture under *conv1* is made by sliding a small table of *weights* over the digit. The red
# square marks one of its numbers, and the blue frame what that number sees. Drag the slider named
# *row*, or click on it and press the arrow keys: watch the frame move, and below it which numbers
# are multiplied and what they add up to. By lesson 07 you have written every function it uses, and
# in lesson 08 you train your own.

# %% [markdown]
# **Try it.** Choose another digit in the menu *picture*. Then choose *your drawing*, set *layer* to
# *input*, draw a digit with the mouse, and see whether the network can read your writing. Can you
# draw a digit that you can read and it cannot?

# %%
NetworkExplorer(digit=2, map=1, row=21, column=14)

# %% [markdown]
# ## Draw a seven (7 minutes)
#
# You can also draw with numbers. `picture[1, 2:6] = 16` puts ink into row 1, from column 2 up to
# but not including column 6. `enlarged` makes the picture the size that the network needs, and the
# bars on the right show which digit the network sees in it: here a 3. Change the cell below, and
# run it as often as you like.

# %%
picture = np.zeros((8, 8))
picture[1, 2:6] = 16
picture[2:7, 5] = 16
NetworkExplorer(image=enlarged(picture), layer="input")

# %% [markdown]
# **Can you make it read a 7?** Write `draw_seven()`, which returns such a picture. The check
# measures two things:
#
# - how sure the network is that your picture is a 7: at least 90 % is needed;
# - how sure it still is with the picture a column further left, and a column further right: 50 %.
#
# There are many good sevens, and some that only you can read.


# %% exercise="draw_seven"
def draw_seven():
    """A picture of a seven: an array of 8 rows and 8 columns, from 0, paper, to 16, ink."""
    ### BEGIN SOLUTION
    image = np.zeros((8, 8))
    image[0:2, 1:7] = 16
    for row in range(2, 8):
        image[row, 5 - row // 2] = 16
        image[row, 6 - row // 2] = 16
    return image
    ### END SOLUTION


# %% check="draw_seven"
check("draw_seven")

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You know all the moves: run, write, check, slide, try.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# You correct a mistake in the cell with `double` and go straight to its check, without running the
# cell with `double` again. What is checked?
#
# - **a** — what is on the screen now, since that is what you see
# - **b** — what the cell said when it was last run
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
# ## Explain (1 minute)
#
# In two sentences: what is a picture to a computer, and how do you say which spot you mean?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# It is an array of numbers, one for the brightness of each spot. A spot is named by its row,
# counted downwards from 0, and then its column, counted to the right from 0.
#
# </details>

# %% [markdown]
# **What comes next.** Lesson 01 takes ten numbers with a mistake in them, and slides three others
# along them. The whole course is built on that one idea.

# %% [markdown]
# ## Where this comes from
#
# - Yann LeCun, Léon Bottou, Yoshua Bengio, Patrick Haffner, *Gradient-Based Learning Applied to
#   Document Recognition*, 1998. LeNet, the network above, and the bank cheques.
# - Ethem Alpaydin, Cenk Kaynak, *Optical Recognition of Handwritten Digits*, 1998. The digits.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("00")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Ten minutes until everybody has run a cell and met a red border and a green one. Wait
# for the last; nothing later works without it. The seven takes some two minutes and others ten.
#
# **On the board.** A grid of 3 × 4 cells with row numbers down the side and column numbers along
# the top. Ask for cell (1, 2), then for the shape.
#
# **The two commonest mistakes.** Writing the answer and not running its cell before the check: ask
# "what does the computer know?". Swapping rows and columns: (2, 3) is 2 down, 3 across; the check
# names it.
#
# **The question.** *b* is right. *a* is attractive because every other program shows what it uses.
# *c* would be convenient, but nothing watches the text. *d* is hope.
#
# **The seven.** A bar with a stem straight down is read as a 3, since the sevens that the network
# learned from lean. Strokes that lean, are two cells wide, or have a bar across do well.
#
# **Shorter.** Skip the portrait and the seven. **Longer.** Let them draw the other nine digits:
# which is hardest for the network?
