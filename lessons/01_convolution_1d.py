# ---
# title: Convolution in one dimension
# minutes: 75
# needs: lesson 00; Python functions, lists and loops
# questions:
#   - How can a mistake in a recording be made fainter?
#   - What happens when three numbers slide along ten?
#   - Why is one of the two read backwards?
# objectives:
#   - text: work out a convolution on paper, and write it as a sum in code
#     shown_by: [convolve_at]
#   - text: say what full, same and valid do at the ends
#     shown_by: [convolve_1d]
#   - text: tell convolution from correlation
#     shown_by: [correlate_1d]
#   - text: choose three numbers that smooth, shift or echo a signal
#     shown_by: [moving_average, shift_kernel, echo]
#   - text: replace a loop by one operation on whole arrays
#     shown_by: [convolve_1d_fast]
# key_points:
#   - >-
#     A convolution slides a kernel along a signal. At each place it multiplies what lies on top of
#     each other and adds up: (f ∗ g)(x) = Σ f(i) · g(x − i).
#   - >-
#     Convolution reverses the kernel; correlation does not. With a symmetric kernel nobody can
#     tell.
#   - >-
#     A signal of n numbers and a kernel of k give n + k − 1 numbers in full, n in same and
#     n − k + 1 in valid.
#   - Beyond its ends a signal counts as zero. That is a choice, and it makes the ends dip.
#   - >-
#     Different kernels do different things. Equal weights smooth, a single 1 shifts, two spikes
#     make an echo.
# ---

# %% [markdown]
# ## A click in the recording (3 minutes)
#
# Here is half a second of a humming note. Somewhere in it one number is wrong. Play it: you hear a
# click.
#
# A sound on a computer is a list of numbers, here 8,000 for each second. They say how far the
# loudspeaker is pushed out or pulled in. Such a list of numbers in order is called a **signal**.

# %%
import numpy as np
from IPython.display import Audio, display

from convolab.check import check, ready
from convolab.figures import SlidingKernel1D, plots

rate = 8000  # numbers for each second
time = np.arange(4000) / rate
recording = 0.5 * np.sin(2 * np.pi * 220 * time) * np.exp(-3 * time)
recording[2000] = 1.0  # the click

Audio(recording, rate=rate)

# %% [markdown]
# To see what is going on, take a signal that is small enough to follow with a finger: ten numbers,
# one of them far off. Each is drawn as a dot on a stick. Places are counted from 0, so the odd one
# stands at place 5.
#
# **How can the click be made fainter, when nobody tells us where it is?**

# %%
signal = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]
plots.stems(signal, title="Ten numbers with a click at place 5")

# %% [markdown]
# ## By hand first (5 minutes)
#
# One idea: replace each number by the average of three: the number itself and its two neighbours.
# At place 1 the three are 10, 9 and 10, so the average is 29/3, about 9.667.
#
# **By hand.** Work out the averages at places 1, 2 and 3. Put the three numbers in place of the
# dots, as a list: square brackets, commas between, such as `[1, 2.5, 29 / 3]`. Two decimals are
# enough.

# %% answer="by_hand_averages"
### BEGIN SOLUTION
by_hand_averages = [29 / 3, 28 / 3, 29 / 3]
### END SOLUTION

# %% check="by_hand_averages"
check("by_hand_averages")

# %% [markdown]
# Now slide on to the click, the 1 at place 5.
#
# **By hand.** What are the averages at places 4, 5 and 6?

# %% answer="by_hand_click"
### BEGIN SOLUTION
by_hand_click = [20 / 3, 7, 20 / 3]
### END SOLUTION

# %% check="by_hand_click"
check("by_hand_click")

# %% [markdown]
# The click has become fainter, and wider: one 1 has turned into 6.667, 7, 6.667. The dip is three
# numbers wide because the 1 takes part in three averages, once as the right neighbour, once as the
# middle, once as the left neighbour.
#
# And at place 0? There is no left neighbour. We agree on this: **outside its range a signal is
# zero.** So the first average is (0 + 10 + 9)/3, about 6.333. This is a choice, not a law; others
# repeat the first number, or go round in a circle.

# %% [markdown]
# ## Slide it yourself (5 minutes)
#
# An average of three is a sum in which each number counts one third: 10·⅓ + 9·⅓ + 10·⅓. The three
# thirds are called **weights**, and the little list [⅓, ⅓, ⅓] is called the **kernel**. The kernel
# slides along the signal; at each place, numbers that lie above each other are multiplied, and the
# products are added up.
#
# **Predict.** The figure starts where only one number of the kernel lies on the signal. What will
# the first three results be? Where will the output be lowest? (The figure also says f, g, *full*
# and *reversed*. These words come later in this lesson.)

# %%
SlidingKernel1D(signal, [1 / 3, 1 / 3, 1 / 3])

# %% [markdown]
# **What you saw.** The output begins with 3.333, 6.333, 9.667: first one number takes part, then
# two, then three, so it climbs like a ramp. At the other end it goes down in the same way. It is
# lowest in the three places where the kernel lies on the click, apart from the ends.
#
# There are 12 results, two more than numbers in the signal. Where all three weights lie on the
# signal there are 8. The figure writes each result below the *right* end of the kernel: your
# average around place 1, which was 9.667, now stands at x = 2. Lessons and books differ here; we
# come back to it.

# %% [markdown]
# ## The definition (12 minutes)
#
# Think of the signal as a function f: f(0) = 10, f(1) = 9, and f(i) = 0 where there is no number.
# The kernel is a function g: g(0), g(1), g(2). The **convolution** of f and g, written f ∗ g, has
# at place x the value
#
# $$(f * g)(x) = \sum_i f(i)\, g(x - i)$$
#
# The star is not Python's times. In words: go through all places i; multiply the signal at i by the
# kernel at x − i; add up. The sign Σ means "the sum of".
#
# Look at the two indices, i and x − i: together they always make x. When one goes up, the other
# goes down.

# %% [markdown]
# In numbers, with the signal f = [3, 0, 2] and the kernel g = [1, 5], at x = 1:
#
# | i | f(i) | x − i | g(x − i) | product |
# |---|---|---|---|---|
# | 0 | 3 | 1 | 5 | 15 |
# | 1 | 0 | 0 | 1 | 0 |
# | 2 | 2 | −1 | outside, 0 | 0 |
#
# The sum is 15. Run the next cell to see the same in code.

# %%
small_signal, small_kernel, x = [3, 0, 2], [1, 5], 1

total = 0.0
for i in range(len(small_signal)):
    j = x - i
    if 0 <= j < len(small_kernel):
        print(f"f({i}) · g({j}) = {small_signal[i]} · {small_kernel[j]}")
        total += small_signal[i] * small_kernel[j]
print("sum:", total)

# %% [markdown]
# **By hand.** Work out (f ∗ g)(x) for f = [3, 0, 2], g = [1, 5] and x = 0, 1, 2, 3. Four numbers.

# %% answer="by_hand_convolution"
### BEGIN SOLUTION
by_hand_convolution = [3, 15, 2, 10]
### END SOLUTION

# %% check="by_hand_convolution"
check("by_hand_convolution")

# %% [markdown]
# **Fill the gap.** The function below is meant to return the convolution at x = 2. One line is left
# for you: which index into g belongs to i?


# %% answer="gap_at_two"
def gap_at_two(f, g):
    """The convolution of f with g at the place x = 2."""
    total = 0.0
    for i in range(len(f)):
        ### BEGIN SOLUTION stub: j = ...  # which index into g belongs to i?
        j = 2 - i
        ### END SOLUTION
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


# %% check="gap_at_two"
check("gap_at_two")

# %% [markdown]
# **Exercise.** Now write the whole function, for any x. It must also be right where the answer is
# 0: at places before the signal, such as x = −1, and far behind it. Here and in the whole course
# you write it yourself: NumPy's own convolution is not accepted as an answer.


# %% exercise="convolve_at"
def convolve_at(f, g, x):
    """The convolution of f with g at one place: the sum of f(i) · g(x − i) over all i.

    f, g: lists or arrays, zero outside their range. x: any whole number. Returns a number.
    """
    ### BEGIN SOLUTION
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total
    ### END SOLUTION


# %% check="convolve_at"
check("convolve_at")

# %% [markdown]
# ## All places at once (13 minutes)
#
# Where does the output begin and end? At x = 0 the first number of the kernel meets the first of
# the signal. With n numbers and a kernel of k, the last two have the indices n − 1 and k − 1, so
# they meet at x = n + k − 2. Before and after, all products are 0. So there are n + k − 1 places:
# that is the **full** output.
#
# Two parts of it have names. **same** is the middle, as long as the signal. **valid** is the part
# in which the whole kernel lies on the signal, so no zeros come in from outside: n − k + 1 places.

# %% [markdown]
# For our ten numbers and three thirds:
#
# | mode | places | first … last |
# |---|---|---|
# | full | 12 | 3.333, 6.333, 9.667 … 9, 6, 2.667 |
# | same | 10 | 6.333, 9.667 … 9, 6 |
# | valid | 8 | 9.667 … 9 |
#
# *same* leaves out (k − 1) // 2 places at the beginning; // divides and rounds down. For an even
# kernel there is no exact middle, and this rule decides.
#
# **By hand.** A signal has 100 numbers and the kernel 4. How long are full, same and valid?

# %% answer="by_hand_lengths"
### BEGIN SOLUTION
by_hand_lengths = [103, 100, 97]
### END SOLUTION

# %% check="by_hand_lengths"
check("by_hand_lengths")

# %% [markdown]
# **A trap to mend.** This idea is found in many old programs: make something of the right length,
# then write into it. Today's Python refuses. Run the cell below; then make a cell of your own under
# it with the button + above the notebook, call `trap_squares(4)` there, and read the last line that
# Python prints. Mend the function so that it gives 0, 1, 4, 9.


# %% answer="trap_squares"
def trap_squares(count):
    """The squares 0, 1, 4, 9, … , as many as count says."""
    ### BEGIN SOLUTION stub: values = range(count)
    values = [0] * count
    ### END SOLUTION
    for x in range(count):
        values[x] = x * x
    return values


# %% check="trap_squares"
check("trap_squares")

# %% [markdown]
# **Exercise.** Write `convolve_1d(f, g, mode)`. It may use your `convolve_at`. Where there is no
# sensible answer it should say so: `raise ValueError("…")` stops a function with a message of your
# own. Do that for
#
# - an empty f or g (ask with `len(f) == 0`, which works for lists and arrays),
# - a mode that is none of the three,
# - valid with a kernel longer than the signal.


# %% exercise="convolve_1d"
def convolve_1d(f, g, mode="full"):
    """The whole convolution of f with g.

    f: n numbers, g: k numbers. mode: "full" (n + k − 1 places), "same" (the middle n of full, from
    place (k − 1) // 2 on) or "valid" (n − k + 1). Returns a list or an array.
    Raises ValueError for empty input, an unknown mode, and valid with k > n.
    """
    ### BEGIN SOLUTION
    n, k = len(f), len(g)
    if n == 0 or k == 0:
        raise ValueError("f and g need at least one number each")
    full = [convolve_at(f, g, x) for x in range(n + k - 1)]
    if mode == "full":
        return np.array(full)
    if mode == "same":
        start = (k - 1) // 2
        return np.array(full[start : start + n])
    if mode == "valid":
        if k > n:
            raise ValueError("valid needs a kernel no longer than the signal")
        return np.array(full[k - 1 : n])
    raise ValueError(f"mode must be full, same or valid, not {mode!r}")
    ### END SOLUTION


# %% check="convolve_1d"
check("convolve_1d")

# %% [markdown]
# Your own function on the ten numbers. The dip is where the click was. In *full* the output is
# longer than the signal and its dip comes one place later, at 6 instead of 5: there each output
# averages a number and the two *before* it. An average that knows only the past lags behind.

# %%
if ready("convolve_1d"):
    thirds = [1 / 3, 1 / 3, 1 / 3]
    middle, late = convolve_1d(signal, thirds, "same"), convolve_1d(signal, thirds, "full")
    display(plots.before_after(signal, middle, titles=("signal", "same: the dip at 4, 5, 6")))
    display(plots.stems(late, title="full: the dip at 5, 6, 7", role="output"))

# %% [markdown]
# ## Why is the kernel reversed? (8 minutes)
#
# Because i goes up while x − i goes down, the kernel lies on the signal the other way round. What
# if we leave it as it is written? That is the **cross-correlation**, or **correlation** for short:
#
# $$y(x) = \sum_i f(x + i)\, g(i)$$
#
# Now both indices go up together. The first output is that for x = −(k − 1), where only the last
# number of g lies on f(0).
#
# **Predict.** In the figure, the kernel is [1, 0, −1] and *reverse* is on. What changes in the
# output when you switch it off? And with the kernel named *mean*?

# %%
SlidingKernel1D([0, 0, 4, 4, 4, 0, 0, 0], [1, 0, -1], x=3)

# %% [markdown]
# **What you saw.** With [1, 0, −1] every sign changes: reversed, this kernel is its own negative.
# With the mean nothing changes at all. A kernel that reads the same both ways is called
# *symmetric*, and it cannot tell convolution from correlation. So a program can mix them up for
# years before anybody notices.
#
# **Exercise.** Write `correlate_1d`. You may use `convolve_1d`. For a list or an array, `g[::-1]`
# is g read backwards; g itself stays as it is.


# %% exercise="correlate_1d"
def correlate_1d(f, g, mode="full"):
    """The correlation of f with g: as convolve_1d, but g is not reversed.

    Lengths, modes and errors as in convolve_1d.
    """
    ### BEGIN SOLUTION
    return convolve_1d(f, g[::-1], mode)
    ### END SOLUTION


# %% check="correlate_1d"
check("correlate_1d")

# %% [markdown]
# So what is the reversal good for? It makes convolution behave like multiplication. Here are three
# experiments with random whole numbers. Run the cell several times; the first three lines always
# say True. The fourth tries correlation.
#
# - It **commutes**: f ∗ g = g ∗ f. Signal and kernel may change places.
# - It **associates**: (f ∗ g) ∗ h = f ∗ (g ∗ h). Two kernels in a row are one kernel.
# - It **distributes**: f ∗ (g + h) = f ∗ g + f ∗ h.

# %%
if ready("convolve_1d", "correlate_1d"):
    rng = np.random.default_rng()
    f, g, h = (rng.integers(-9, 10, length) for length in (6, 4, 4))

    def same_numbers(a, b):
        return np.allclose(a, b)

    print("commutes:   ", same_numbers(convolve_1d(f, g), convolve_1d(g, f)))
    one_way, other_way = convolve_1d(convolve_1d(f, g), h), convolve_1d(f, convolve_1d(g, h))
    print("associates: ", same_numbers(one_way, other_way))
    both = np.array(convolve_1d(f, g)) + np.array(convolve_1d(f, h))
    print("distributes:", same_numbers(convolve_1d(f, g + h), both))
    print("correlation commutes:", same_numbers(correlate_1d(f, g), correlate_1d(g, f)))

# %% [markdown]
# ## Smoothing (5 minutes)
#
# A wider kernel averages over more neighbours. A **moving average** of some width has that many
# equal weights, which add up to 1.
#
# **Exercise.** Write `moving_average(signal, width)`: the convolution, in mode *same*, with `width`
# weights of 1/width each. Zeros come in from outside, so the ends dip. A width that is below 1 or
# not a whole number makes no sense: raise a `ValueError`. (`isinstance(width, int | np.integer)` is
# true for a whole number, whether it is Python's own or comes out of a NumPy array.)


# %% exercise="moving_average"
def moving_average(signal, width):
    """The average of each number and its neighbours: mode same, `width` weights of 1/width.

    signal: n numbers. width: a whole number ≥ 1, otherwise ValueError. Returns n numbers.
    """
    ### BEGIN SOLUTION
    if not isinstance(width, int | np.integer) or width < 1:
        raise ValueError("width must be a whole number of at least 1")
    return convolve_1d(signal, [1 / width] * width, "same")
    ### END SOLUTION


# %% check="moving_average"
check("moving_average")

# %% [markdown]
# Now a longer signal: a wave with **noise**, which means that every number is off by a random
# amount. The dashed line is the wave without noise.
#
# **Predict.** Make the smoothing wider and wider. The curve gets smoother; does it also get closer
# to the dashed line? For ever?

# %%
SlidingKernel1D.noisy(width=3)

# %% [markdown]
# **What you saw.** At first the noise averages out and the curve comes closer. Then it gets worse:
# the hills are averaged with the valleys and become flat, and the ends dip further and further in.
# Smoothing costs detail. There is a best width, and it depends on the signal.

# %% [markdown]
# ## Shifting (6 minutes)
#
# A kernel with a single 1 only moves the signal. Try it in the figure: choose *shift right* and
# *shift left* among the kernels.
#
# **Predict.** Where is the 1 in the kernel that moves the signal to the *right*: left of the
# middle, or right of it?

# %%
hill = [0, 0, 0, 3, 4, 5, 4, 3, 0, 0]
SlidingKernel1D(hill, [0, 0, 1], mode="same", x=4)

# %% [markdown]
# **What you saw.** In mode *same* the kernel [0, 0, 1] gives [0, 0, 0, 0, 3, 4, 5, 4, 3, 0]: the
# hill has moved one place to the right. The reversed kernel is [1, 0, 0], and it picks the *left*
# neighbour of each place: what was on the left is now here.
#
# **Exercise.** Write `shift_kernel(steps)`: the shortest kernel of odd length that moves a signal
# by `steps` places to the right in mode *same*, or to the left if `steps` is negative. For 1 it is
# [0, 0, 1], for −1 [1, 0, 0], for 0 [1], for 2 [0, 0, 0, 0, 1].


# %% exercise="shift_kernel"
def shift_kernel(steps):
    """The shortest kernel of odd length that moves a signal `steps` places to the right.

    steps: a whole number, negative for the left. Returns 2 · |steps| + 1 numbers, one of them 1.
    """
    ### BEGIN SOLUTION
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) + steps] = 1
    return kernel
    ### END SOLUTION


# %% check="shift_kernel"
check("shift_kernel")

# %% [markdown]
# **A claim to test.** You can find it on the web: "convolving with [1, 0, 0] shifts
# a signal to the right". Which way does true convolution, in mode *same*, move it? Work out one
# number on paper. Answer with one word in quotation marks: "right", "left" or "stays".

# %% answer="trap_direction"
### BEGIN SOLUTION
trap_direction = "left"
### END SOLUTION

# %% check="trap_direction"
check("trap_direction")

# %% [markdown]
# A shift can also be soft. The kernel [0.8, 0.1, 0.1] moves most of each number one place to the
# left, keeps a tenth and moves a tenth to the right. Networks that learn to read and write a
# memory, called *Neural Turing Machines*, move their attention in this way.
#
# They let it go round in a circle. With zeros outside, whatever is pushed over the end is lost:
# compare the sums.

# %%
if ready("convolve_1d", "shift_kernel"):
    print("soft shift:", np.round(convolve_1d(hill, [0.8, 0.1, 0.1], "same"), 1))
    pushed = convolve_1d(hill, shift_kernel(4), "same")
    circular = np.roll(hill, 4)
    print("sum of the hill:", sum(hill))
    print("sum after 4 steps to the right, zeros outside:", sum(pushed))
    print("sum after 4 steps in a circle:", sum(circular))

# %% [markdown]
# ## An echo (4 minutes)
#
# A kernel with two spikes, such as [1, 0, 0, 0.5], plays the signal once now, and once more three
# places later at half the strength.
#
# **Exercise.** Write `echo(signal, delay, decay)`: the signal, plus its copy `delay` places later,
# multiplied by `decay`. The copy ends later than the signal does, so the result has n + delay
# numbers. A negative delay raises a `ValueError`. You may use `convolve_1d`, or add two arrays.


# %% exercise="echo"
def echo(signal, delay, decay):
    """The signal and its echo.

    signal: n numbers. delay: a whole number of places ≥ 0, otherwise ValueError. decay: how loud
    the copy is, 1 for as loud as the signal. Returns n + delay numbers.
    """
    ### BEGIN SOLUTION
    if delay < 0:
        raise ValueError("an echo comes after the sound: delay must be at least 0")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += signal
    sound[delay:] += decay * np.asarray(signal)
    return sound
    ### END SOLUTION


# %% check="echo"
check("echo")

# %% [markdown]
# Listen to it: a short plucked note, and its echo a quarter of a second later.

# %%
if ready("echo"):
    pluck = 0.5 * np.sin(2 * np.pi * 330 * time) * np.exp(-20 * time)
    with_echo = echo(pluck, rate // 4, 0.6)
    display(Audio(np.array(with_echo), rate=rate))

# %% [markdown]
# ## A trap in the index (3 minutes)
#
# This function should give the average of each number and the two before it, with zeros before the
# signal. It runs without an error, and its first two results are wrong.
#
# **Find out why, and mend it.** A hint: what does Python answer to `signal[-1]`?


# %% answer="trap_smooth"
def trap_smooth(signal):
    """The average of each number and the two before it; before the signal there are zeros."""
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            ### BEGIN SOLUTION stub: total += signal[x - i]
            if x - i >= 0:
                total += signal[x - i]
            ### END SOLUTION
        smooth.append(total / 3)
    return smooth


# %% check="trap_smooth"
check("trap_smooth")

# %% [markdown]
# ## Fast (8 minutes)
#
# A loop in Python takes about a fifth of a microsecond for each multiplication. A minute of music
# has 2.6 million numbers; with a kernel of 1,000 weights that is about nine minutes of waiting.
# NumPy does the same work in one call, over whole arrays, up to a hundred times as fast.
#
# Two ways to think of it. **Windows:** lay all windows of the signal under each other, one in a
# row, and multiply each row by the reversed kernel. **Shifts:** for each of the few weights, add
# the whole signal, shifted and multiplied. The next two cells show the windows, and then the
# shifts.

# %%
windows = np.lib.stride_tricks.sliding_window_view(np.array(signal), 3)
print("all windows of width 3:")
print(windows)
print("shape (places, width):", windows.shape)

# %% [markdown]
# `table @ weights` multiplies each row of the table by the weights, number by number, and adds up:
# one result a row. (`*` would multiply only.)
#
# For the shifts, look at one weight at a time. The slice `f[2:10]` means the numbers from place 2
# up to but not including place 10. In mode *valid*, g(0) meets f(2) at the first place and f(9) at
# the last; g(1) meets f(1) to f(8); g(2) meets f(0) to f(7):

# %%
f, g = np.array(signal), np.array([0.5, 0.25, 0.25])
print(g[0] * f[2:10] + g[1] * f[1:9] + g[2] * f[0:8])
print(windows @ g[::-1])

# %% [markdown]
# **Exercise.** Write `convolve_1d_fast(f, g)`: the same as `convolve_1d` in mode *valid*, errors
# too, with no Python loop over the signal. The check races it against a loop; be at least 10 times
# as fast. (It takes a few seconds.)


# %% exercise="convolve_1d_fast"
def convolve_1d_fast(f, g):
    """The valid part of the convolution of f with g, without a loop over the signal.

    f: array of n numbers, g: array of k numbers. Returns an array of n − k + 1 numbers.
    Raises ValueError for empty input and for k > n.
    """
    ### BEGIN SOLUTION
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("g must have at least one number and at most as many as f")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]
    ### END SOLUTION


# %% check="convolve_1d_fast"
check("convolve_1d_fast")

# %% [markdown]
# Back to the recording. Your function averages over 9 numbers. Listen: the click is nine times
# fainter, because it is spread over nine places. The note is a little fainter too, about a tenth. A
# very high note, which swings up and down within nine numbers, would vanish with the click: that is
# what smoothing costs.

# %%
if ready("convolve_1d_fast"):
    smoothed = convolve_1d_fast(recording, np.ones(9) / 9)
    near = {"recording": recording[1900:2100], "smoothed": smoothed[1896:2096]}
    display(plots.curves(near, title="The click, before and after"))
    display(Audio(np.array(smoothed), rate=rate, normalize=False))

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You wrote the operation that the rest of the course is made of.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# Two people apply the same kernel to the same signal, one by convolution, the other by correlation.
# When are the two outputs the same? Decide on your own first. Then talk to a neighbour, or explain
# your answer aloud to nobody.
#
# - **a** — always: they are two names for one thing
# - **b** — when zeros are taken outside the signal
# - **c** — when the kernel reads the same forwards and backwards
# - **d** — never, but one is always the other read backwards

# %% answer="discussion_01"
### BEGIN SOLUTION
discussion_01 = "c"
### END SOLUTION

# %% check="discussion_01"
check("discussion_01")

# %% [markdown]
# **Go further.** Not graded, and in no hurry.
#
# *Convolution is everywhere.* Multiply (3 + 2x²) by (1 + 5x): the numbers in front of 1, x, x², x³
# are 3, 15, 2, 10. You have met them before. And throw two dice: each shows 1 to 6 with a chance of
# 1/6. The chances of the sums 2, 3, … 12 are a convolution. Of what with what? Put the eleven
# chances below, from that of the sum 2 on; they may be the result of a call.

# %% answer="two_dice"
### BEGIN SOLUTION
two_dice = convolve_1d([1 / 6] * 6, [1 / 6] * 6)
### END SOLUTION

# %% check="two_dice"
check("two_dice")

# %% [markdown]
# *Faster still.* For a kernel of thousands of weights there is another way. The **Fourier
# transform** takes a signal apart into waves; there, a convolution is one multiplication for each
# wave, and another transform leads back. `np.fft.rfft(f, length)` fills f with zeros up to a length
# and transforms it, `np.fft.irfft(waves, length)` leads back.
#
# The transform goes round in a circle. Which length is needed, so that the end does not run into
# the beginning? Write the full convolution in this way, in two lines.


# %% answer="convolve_1d_fft"
def convolve_1d_fft(f, g):
    """The full convolution of f with g, by the Fourier transform. Returns n + k − 1 numbers."""
    ### BEGIN SOLUTION
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)
    ### END SOLUTION


# %% check="convolve_1d_fft"
check("convolve_1d_fft")

# %% [markdown]
# **What comes next.** A picture is a signal in two directions. In lesson 02 the kernel gets rows
# and columns, and slides down as well as across. You will need what you wrote here: the sum of
# products, the reversal, and the three modes.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("01")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 75 minutes alone, more for whoever lingers: *Why is the kernel reversed* is a good
# place to end a first sitting; in class plan 15 for the two by-hand answers and the first figure,
# 30 for `convolve_at` and `convolve_1d`, 15 for one of smoothing, shifting or echo (a third of the
# class each, then tell each other), 10 for the question. `convolve_1d_fast` can be homework.
#
# **On the board.** The signal on a strip of paper, the kernel on another, written backwards. Slide
# it. Write the four sums of [3, 0, 2] and [1, 5] under each other, so that the products stand on
# diagonals: the same as multiplying 302 by 15 without carrying.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *The kernel is not reversed.* Ask for the indices of one product:
# do they add up to x? *A negative index wraps around.* Ask what `f[-1]` is, then what f(−1) should
# be.
#
# **The question.** *c* is right. *a* is believed by whoever has only seen symmetric kernels, and by
# readers of frameworks, which call correlation "convolution". *b* mixes up the border with the
# reversal. *d* takes reversing the output for reversing the kernel; that would be so only if the
# signal were reversed as well.
#
# **Shorter.** Leave out the echo, the trap in the index and everything fast (50 minutes).
# **Longer.** Let them record a word, and find a kernel that makes it sound as if spoken in a cave.
