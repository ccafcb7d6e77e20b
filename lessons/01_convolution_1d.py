# ---
# title: Convolution in one dimension
# minutes: 90
# needs: lesson 00; Python functions, lists and loops
# questions:
#   - How do you take a click out of a recording?
#   - What happens when three numbers slide along ten?
#   - Why is one of the two read backwards?
# objectives:
#   - text: work out a convolution on paper, and write it as a sum in code
#     shown_by: [convolve_at]
#   - text: say what full, same and valid do at the ends
#     shown_by: [convolve_1d]
#   - text: tell convolution from correlation
#     shown_by: [correlate_1d]
#   - text: choose a kernel for a purpose
#     shown_by: [shift_kernel]
#   - text: replace a loop with one operation on whole arrays
#     shown_by: [convolve_1d_fast]
#   - text: measure whether a filter helps, and find one that does
#     shown_by: [cure]
# key_points:
#   - >-
#     A convolution slides a kernel along a signal. At each place it multiplies the numbers that
#     meet and adds up the products: (f ∗ g)(x) = Σ f(i) · g(x − i).
#   - >-
#     Convolution reverses the kernel; correlation does not. With a symmetric kernel you cannot
#     tell them apart.
#   - >-
#     A signal of n numbers and a kernel of k give n + k − 1 numbers in full, n in same and
#     n − k + 1 in valid. full starts at place 0, same at (k − 1) // 2, valid at k − 1.
#   - Beyond its ends a signal counts as zero. That is a choice, and it makes the ends dip.
#   - >-
#     Equal weights smooth, a single 1 shifts. Smoothing costs detail, so measure whether it helps.
#     A median is not a convolution, and it removes a click that no kernel can.
# ---

# %% [markdown]
# ## A click in the recording (2 minutes)
#
# Old gramophone records crackle. Wherever there is dust or a scratch in the groove, a few numbers
# of the digitised sound are wrong, and you hear a click. Archives and record labels have programs
# that find such clicks and repair them. Here is half a second of a humming note with one click in
# it. Play it.
#
# A sound on a computer is a list of numbers, here 8,000 for each second. They say how far the
# loudspeaker is pushed out or pulled in. A list of numbers in order like this is called a
# **signal**.

# %%
import numpy as np
from IPython.display import Audio, display

from convolab.check import check, ready
from convolab.figures import SlidingKernel1D, plots

rate = 8000  # numbers for each second
time = np.arange(4000) / rate
clean = 0.5 * np.sin(2 * np.pi * 220 * time) * np.exp(-3 * time)
recording = clean.copy()
recording[2000] = 1.0  # the click

Audio(recording, rate=rate)

# %% [markdown]
# To see what is going on, take a signal small enough to follow with a finger: ten numbers, one of
# them far off. Each is drawn as a dot on a stick. Places are counted from 0, so the odd one out is
# at place 5.
#
# **How can we get rid of the click when nobody tells us where it is?**

# %%
signal = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]
plots.stems(signal, title="Ten numbers with a click at place 5")

# %% [markdown]
# ## By hand first (3 minutes)
#
# One idea: replace each number with an average of three, the number itself and the two before it.
# (Even a machine that works live can do this, since it needs nothing from the future.) At place 2
# the three are 10, 9 and 10, so the average is 29/3, about 9.667.
#
# **By hand.** What are the averages at places 5, 6 and 7? Replace the three dots with a list of
# three numbers: square brackets, commas between, such as `[1, 2.5, 29 / 3]`. Two decimals are
# enough.

# %% answer="by_hand_click"
### BEGIN SOLUTION
by_hand_click = [20 / 3, 7, 20 / 3]
### END SOLUTION

# %% check="by_hand_click"
check("by_hand_click")

# %% [markdown]
# The click is fainter now, and wider: one 1 has turned into 6.667, 7, 6.667. The dip is three
# numbers wide because the 1 takes part in three averages: once as the newest of the three, once as
# the middle one and once as the oldest.
#
# And at place 0? Nothing comes before it. We agree on this: **outside its range a signal is zero.**
# So the first average is (0 + 0 + 10)/3, about 3.333. This is a choice, not a law; others repeat
# the first number, or go round in a circle.

# %% [markdown]
# ## Slide it yourself (4 minutes)
#
# An average of three is a sum in which each number counts one third: 10·⅓ + 9·⅓ + 10·⅓. The three
# thirds are called **weights**, and the little list [⅓, ⅓, ⅓] is called the **kernel**. The kernel
# slides along the signal; at each place, the numbers that line up are multiplied, and the
# products are added up.
#
# **Predict.** The figure starts where only one number of the kernel is on the signal. What will the
# first three results be? Where will the output be lowest? (The figure also says f, g, *full* and
# *reversed*. These words come later in this lesson.)

# %%
SlidingKernel1D(signal, [1 / 3, 1 / 3, 1 / 3])

# %% [markdown]
# **What you saw.** The output begins with 3.333, 6.333, 9.667: first one number takes part, then
# two, then three, so it climbs like a ramp. At the other end it comes down in the same way, to
# 2.667, the lowest of all. In between it is lowest at 5, 6 and 7, where the kernel is on the click.
#
# There are 12 results, two more than there are numbers in the signal. All three weights are on the
# signal in 8 of them. Each result is written below the *right* end of the kernel, at the newest of
# the numbers that take part, just as you did by hand. **We name places this way throughout the
# lesson.**

# %% [markdown]
# ## The definition (12 minutes)
#
# Think of the signal as a function f: f(0) = 10, f(1) = 9, and f(i) = 0 where there is no number.
# The kernel is a function g: g(0), g(1), g(2). The **convolution** of f and g, written f ∗ g, has
# this value at place x:
#
# $$(f * g)(x) = \sum_i f(i)\, g(x - i)$$
#
# The star here does not mean multiply, as it does in Python. In words: go through all places i;
# multiply the signal at i by the kernel at x − i; add up. The sign Σ means "the sum of".
#
# Look at the two indices, i and x − i: they always add up to x. When one goes up, the other goes
# down.

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
# **Exercise.** Now write it as a function, for any x. It must also be right where the answer is 0:
# before the signal, such as at x = −1, and far beyond its end. Here and in the whole course you
# write it yourself: NumPy's own convolution is not accepted as an answer.


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
# ## All places at once (18 minutes)
#
# Where does the output begin and end? At x = 0 the first number of the kernel meets the first of
# the signal. If the signal has n numbers and the kernel k, their last ones have the indices n − 1
# and k − 1, so these meet at x = n + k − 2. Before and after, all products are 0. That makes
# n + k − 1 places: the **full** output.
#
# Two parts of it have names. **valid** keeps the places where the whole kernel is on the signal, so
# no zeros come in from outside. **same** is the middle of full, exactly as long as the signal.

# %% [markdown]
# For n numbers and a kernel of k, and for our ten numbers with three thirds:
#
# | mode | how many | starts at place | ten numbers, three thirds |
# |---|---|---|---|
# | full | n + k − 1 | 0 | 3.333, 6.333, 9.667 … 9, 6, 2.667 |
# | same | n | (k − 1) // 2 | 6.333, 9.667 … 9, 6 |
# | valid | n − k + 1 | k − 1 | 9.667 … 9 |
#
# `//` divides and rounds down, which settles where *same* starts for an even kernel, whose middle
# is between two numbers. The list that comes back counts from 0 again: index 0 of *valid* is place
# k − 1. (The blog post our ten numbers come from stops after ten places, 3.333 to 9. That is none
# of the three, but *full* with its end cut off.)
#
# **By hand.** A signal has 100 numbers and the kernel 4. How long are full, same and valid?

# %% answer="by_hand_lengths"
### BEGIN SOLUTION
by_hand_lengths = [103, 100, 97]
### END SOLUTION

# %% check="by_hand_lengths"
check("by_hand_lengths")

# %% [markdown]
# **A trap to fix.** Before you write numbers into an array of your own, look at this function. It
# averages each number and the one before it. It runs without an error, but
# `trap_fractions([3, 0, 2])` gives 1, 1, 1, while on paper you get 1.5, 1.5, 1. Find out why, and
# fix it. Print `smooth.dtype` in a cell of your own if you need a clue.


# %% answer="trap_fractions"
def trap_fractions(signal):
    """The average of each number and the one before it; before the signal there is a zero."""
    signal = np.array(signal)
    ### BEGIN SOLUTION stub: smooth = np.zeros_like(signal)
    smooth = np.zeros(len(signal))
    ### END SOLUTION
    for x in range(len(signal)):
        before = signal[x - 1] if x > 0 else 0
        smooth[x] = (before + signal[x]) / 2
    return smooth


# %% check="trap_fractions"
check("trap_fractions")

# %% [markdown]
# **Exercise.** Write `convolve_1d(f, g, mode)`. It may use your `convolve_at`. Where there is no
# sensible answer it should say so: `raise ValueError("…")` stops a function with a message of your
# own. Do that for
#
# - an empty f or g (test `len(f) == 0`, which works for lists and arrays),
# - a mode that is none of the three,
# - valid with a kernel longer than the signal.


# %% exercise="convolve_1d"
def convolve_1d(f, g, mode="full"):
    """The whole convolution of f with g.

    f: n numbers, g: k numbers. mode: "full" (n + k − 1 places), "same" (the middle n of full, from
    place (k − 1) // 2 on) or "valid" (n − k + 1, from place k − 1 on). Returns a list or an array.
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
# Here is your own function on the ten numbers. In *full* the dip comes at 5, 6 and 7: an average
# that only knows the past lags behind. *same* drops the first place, so in its list the dip is at
# 4, 5 and 6, centred on the click. In general, index i of *same* is the result with the middle of
# the kernel on f(i).

# %%
if ready("convolve_1d"):
    thirds = [1 / 3, 1 / 3, 1 / 3]
    middle, late = convolve_1d(signal, thirds, "same"), convolve_1d(signal, thirds, "full")
    display(plots.before_after(signal, middle, titles=("signal", "same: the dip at 4, 5, 6")))
    display(plots.stems(late, title="full: the dip at 5, 6, 7", role="output"))

# %% [markdown]
# ## Why is the kernel reversed? (13 minutes)
#
# While i goes up, x − i goes down: the kernel is laid on the signal backwards. Nobody chose that.
# Throw two dice. A sum of 5 comes about as 1 + 4, 2 + 3, 3 + 2 or 4 + 1: if the first die shows i,
# the second must show 5 − i. So the probability of 5 is the sum of all p(i) · p(5 − i).
#
# Whenever two parts must add up to x, i meets x − i. An echo that you hear at time x was made at
# time i, and took x − i to reach you. The polynomial (3 + 2x²)(1 + 5x) has the coefficients 3, 15,
# 2, 10, which you worked out by hand.

# %% [markdown]
# **By hand, or nearly.** Each face of a die has probability 1/6. What are the probabilities of the
# sums 2, 3, … 12? Eleven numbers, to two decimals or more; one of your functions may work them out.

# %% answer="two_dice"
### BEGIN SOLUTION
two_dice = convolve_1d([1 / 6] * 6, [1 / 6] * 6)
### END SOLUTION

# %% check="two_dice"
check("two_dice")

# %% [markdown]
# What if we lay the kernel on the signal the way it is written? That is the **cross-correlation**,
# or **correlation** for short. With the result below the right end of the kernel, as before, it is
#
# $$y(x) = \sum_i f(x - (k - 1) + i)\, g(i)$$
#
# Now both indices go up together. (Most books write f(x + i) · g(i), which names each place after
# the *left* end of the kernel. They get the same numbers in the same order, but each x is smaller
# by k − 1.)
#
# **Predict.** In the figure, the kernel is [1, 0, −1] and *reverse* is on. What changes in the
# output when you switch it off? And with the kernel named *mean*?

# %%
SlidingKernel1D([0, 0, 4, 4, 4, 0, 0, 0], [1, 0, -1], x=3)

# %% [markdown]
# **What you saw.** With [1, 0, −1] every sign changes: y(3) goes from 4 to −4, because this kernel,
# reversed, is its own negative. With the mean nothing changes at all. A kernel that reads the same
# both ways is called *symmetric*, and it cannot tell convolution from correlation. So a program can
# confuse the two for years before anybody notices.
#
# **Exercise.** Write `correlate_1d`. You may use `convolve_1d`. For a list or an array, `g[::-1]`
# is g read backwards; g itself stays as it is.


# %% exercise="correlate_1d"
def correlate_1d(f, g, mode="full"):
    """The correlation of f with g: like convolve_1d, but g is not reversed.

    Lengths, modes, places and errors are those of convolve_1d.
    """
    ### BEGIN SOLUTION
    return convolve_1d(f, g[::-1], mode)
    ### END SOLUTION


# %% check="correlate_1d"
check("correlate_1d")

# %% [markdown]
# The reversal makes convolution behave like multiplication. Here are three experiments with random
# whole numbers. Run the cell several times: the first three lines always say True. The fourth tries
# correlation.
#
# - It **commutes**: f ∗ g = g ∗ f. You may swap signal and kernel.
# - It **associates**: (f ∗ g) ∗ h = f ∗ (g ∗ h). Two kernels, one after the other, do
#   the work of a single one, g ∗ h.
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
    print("f with g:", np.array(correlate_1d(f, g), dtype=int))
    print("g with f:", np.array(correlate_1d(g, f), dtype=int))

# %% [markdown]
# **What you saw.** Correlation does not commute. Read one of the last two lines backwards, and you
# get the other: swapping signal and kernel mirrors the output. In a convolution, the two indices
# add up to x, and a sum does not care about the order. In a correlation, x fixes their difference
# instead, and swapping changes its sign.

# %% [markdown]
# ## Smoothing (4 minutes)
#
# A wider kernel averages over more neighbours. A **moving average** of a certain width has that
# many equal weights, which add up to 1: `[1 / width] * width`.
#
# Here is a longer signal: a wave with **noise**, which means that every number is off by a random
# amount. The dashed line is the wave without noise.
#
# **Predict.** Make the smoothing wider and wider. The curve gets smoother; does it also get closer
# to the dashed line? How long does that go on?

# %%
SlidingKernel1D.noisy(width=3)

# %% [markdown]
# **What you saw.** At first the noise averages out and the curve comes closer. Then it gets worse:
# its hills are averaged with its valleys and become flat, and at its ends zeros come in from
# outside and pull it towards 0. Smoothing costs detail. There is a best width, and it depends on
# the signal.

# %% [markdown]
# ## Shifting (13 minutes)
#
# A kernel with a single 1 only moves the signal. Here is **a claim to test**: to shift the hill
# [0, 0, 0, 3, 4, 5, 4, 3, 0, 0] to the right, says the blog post where we found it,
# convolve it with [1, 0, 0]. Which way does true convolution, in mode *same*, move it? Work out one
# number on paper. Answer with one word in quotation marks: "right", "left" or "stays".

# %% answer="trap_direction"
### BEGIN SOLUTION
trap_direction = "left"
### END SOLUTION

# %% check="trap_direction"
check("trap_direction")

# %% [markdown]
# Now slide it, and choose *shift right* and *shift left* among the kernels.

# %%
hill = [0, 0, 0, 3, 4, 5, 4, 3, 0, 0]
SlidingKernel1D(hill, [0, 0, 1], mode="same", x=5)

# %% [markdown]
# **What you saw.** It is [0, 0, 1] that moves the hill to the right, to [0, 0, 0, 0, 3, 4,
# 5, 4, 3, 0]. The reversed kernel is [1, 0, 0], and it picks the *left* neighbour of each place:
# what was on the left is now here.
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
# ## Fast (8 minutes)
#
# A loop in Python takes about a fifth of a microsecond for each multiplication. A minute of music
# has 2.6 million numbers; with a kernel of 1,000 weights you would wait nine minutes. NumPy does
# the same work in one call, over whole arrays, often more than a hundred times as fast.
#
# There are two ways to do it. **Windows:** make a table with one row for each place, holding the
# numbers that the kernel is on, and multiply each row by the reversed kernel. **Shifts:** for each
# weight, shift the whole signal, multiply it by that weight, and add it to the result. The next two
# cells show the windows, and then the shifts.

# %%
windows = np.lib.stride_tricks.sliding_window_view(np.array(signal), 3)
print("all windows of width 3:")
print(windows)
print("shape (places, width):", windows.shape)

# %% [markdown]
# `table @ weights` multiplies each row of the table by the weights, number by number, and adds up:
# one result per row. (`*` would only multiply.)
#
# For the shifts, look at one weight at a time. The slice `f[2:10]` means the numbers from place 2
# up to but not including place 10. In mode *valid*, g(0) meets f(2) at the first place and f(9) at
# the last; g(1) meets f(1) to f(8); g(2) meets f(0) to f(7):

# %%
f, g = np.array(signal), np.array([0.5, 0.25, 0.25])
print(g[0] * f[2:10] + g[1] * f[1:9] + g[2] * f[0:8])
print(windows @ g[::-1])

# %% [markdown]
# **Exercise.** Write `convolve_1d_fast(f, g)`: the same as `convolve_1d` in mode *valid*, with the
# same errors, but with no Python loop over the signal. The check races it against a loop; be at
# least 10 times as fast. (The race takes a few seconds.)


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
# ## Cure the recording (8 minutes)
#
# Back to the click. Does a moving average help? Listening is one way to tell, measuring is another.
# We know the clean note here, so we can take the **RMS error** (root mean square): square all
# differences from the clean note, average them, take the root. With width // 2 zeros added at each
# end of the recording, the *valid* output is as long as the recording was.
#
# **Predict.** Which width is best: 3, 5 or 9?


# %%
def rms_error(sound):
    """How far a sound is from the clean note, as a root mean square."""
    return np.sqrt(np.mean((np.array(sound) - clean) ** 2))


print(f"recording with its click: {rms_error(recording):.4f}")
if ready("convolve_1d_fast"):
    smoothed = {}
    for width in (3, 5, 9):
        padded = np.pad(recording, width // 2)
        smoothed[width] = np.array(convolve_1d_fast(padded, np.ones(width) / width))
        print(f"mean of {width}: {rms_error(smoothed[width]):.4f}")
    near = {"recording": recording[1900:2100], "mean of 9": smoothed[9][1900:2100]}
    display(plots.curves(near, title="The click, before and after"))
    display(Audio(smoothed[9], rate=rate, normalize=False))

# %% [markdown]
# **What you saw.** Width 5 brings the error down from 0.0158 to 0.0092. Width 9 makes the click
# nine times fainter, and yet the recording is *worse* than if you had left it alone: 0.0200. The
# mean does not know a click from a note. It takes a tenth off this note, of 220 Hz, everywhere. A
# tone of 1,333 Hz would keep only 22 %, and one of 889 Hz, whose waves are exactly nine numbers
# long, would vanish.
#
# So do not add up: *choose*. The **median** of three numbers is the middle one after sorting. Of
# 10, 1 and 10 it is 10, and the click is never chosen.


# %%
def median_of_three(sound):
    """The middle one of each number and its two neighbours, zeros outside."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(sound, 1), 3)
    return np.median(windows, axis=1)


print("ten numbers:    ", median_of_three(signal))
print(f"median of three: {rms_error(median_of_three(recording)):.4f}")
Audio(median_of_three(recording), rate=rate, normalize=False)

# %% [markdown]
# 0.0011: the click is gone and the note is almost untouched. No kernel can do that; why not is the
# last question of this lesson. A median is not a sum of products but your first **nonlinear**
# filter. In lesson 05 you will meet its cousin, which picks the largest number instead of the
# middle one.

# %% [markdown]
# Real scratches are worse: they may spoil two numbers in a row, and then two of the three are
# wrong. **Write `cure(recording)` by any means you like.** The check makes recordings of its own
# and measures three things, each as an RMS:
#
# - where a click spoils a single number, at most a quarter of the error is left;
# - where a click spoils two numbers in a row, likewise;
# - a clean note, without any click, changes by at most 3 %.


# %% exercise="cure"
def cure(recording):
    """The recording without its clicks: an array of the same length."""
    ### BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(recording, 2), 5)
    middle = np.median(windows, axis=1)
    wrong = np.abs(recording - middle) > 0.2
    return np.where(wrong, middle, recording)
    ### END SOLUTION


# %% check="cure"
check("cure")

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
# ## Explain (2 minutes)
#
# In two sentences: why can no kernel, whatever its weights, remove every click and leave every note
# exactly as it was? (What does a kernel make of a signal that is nothing but a click?)

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# A convolution of note plus click is the convolved note plus the convolved click, and a lone click
# comes out as a copy of the kernel. To remove it, all weights would have to be 0, and then the note
# is silenced too.
#
# </details>

# %% [markdown]
# **What comes next.** A picture is a signal in two directions. In lesson 02 the kernel gets rows
# and columns, and slides down as well as across. You will need what you wrote here: the sum of
# products, the reversal, and the three modes.

# %% [markdown]
# ## Go further
#
# Nothing here is graded or needed later. Pick what you like.
#
# *A trap in the index.* This function should give the average of each number and the two before it,
# with zeros before the signal. It runs without an error, and its first two results are wrong. Find
# out why, and fix it. What does Python give you for `signal[-1]`?


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
# *A soft shift.* The kernel [0.8, 0.1, 0.1] moves most of each number one place to the left, keeps
# a tenth and moves a tenth to the right. *Neural Turing Machines*, networks that learn to read and
# write a memory, move their attention this way. They let it go round in a circle. With zeros
# outside, whatever is pushed over the end is lost: compare the sums.

# %%
if ready("convolve_1d", "shift_kernel"):
    print("soft shift:", np.round(convolve_1d(hill, [0.8, 0.1, 0.1], "same"), 1))
    pushed = convolve_1d(hill, shift_kernel(4), "same")
    circular = np.roll(hill, 4)
    print("sum of the hill:", sum(hill))
    print("sum after 4 steps to the right, zeros outside:", sum(pushed))
    print("sum after 4 steps in a circle:", sum(circular))

# %% [markdown]
# *An echo.* A kernel with two spikes, such as [1, 0, 0, 0.5], plays the signal once now, and once
# more three places later at half the strength. Write `echo(signal, delay, decay)`: the signal, plus
# its copy `delay` places later, multiplied by `decay`. The copy ends later than the signal does, so
# the result has n + delay numbers. A negative delay raises a `ValueError`.


# %% answer="echo"
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
# *Faster still.* For a kernel of thousands of weights there is another way. The **Fourier
# transform** splits a signal into waves, and a convolution just multiplies each wave by one number.
# `np.fft.rfft(f, length)` fills f up with zeros to a length and gives its waves. Do the same with
# g, multiply, and `np.fft.irfft(waves, length)` turns the product back into a signal.
#
# The transform treats a signal as if it went round in a circle. Which length do you need, so that
# the end does not run into the beginning? Write the full convolution this way, in two lines.


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
# *A cave.* A room is a kernel. Pop a balloon in it and record what comes back: a click, its echoes,
# the echoes of the echoes. Take a recording without echoes and convolve it with this kernel: it
# sounds as if it had been played there. Researchers at Stanford worked out the kernel of Hagia
# Sophia from balloons popped inside. Here is a cave made up of random echoes that fade. Write −2 in
# place of −4 and it gets larger, with −8 smaller.

# %%
if ready("convolve_1d_fft"):
    rng = np.random.default_rng(1)
    fading = np.exp(-4 * np.arange(rate) / rate)  # one second of echoes
    cave = rng.normal(size=rate) * fading
    cave[0] = 5  # the sound itself comes first, and loudest
    pluck = 0.5 * np.sin(2 * np.pi * 330 * time) * np.exp(-20 * time)
    display(Audio(np.array(convolve_1d_fft(pluck, cave)), rate=rate))

# %% [markdown]
# *A sound of your own.* Record a word or a note with any program that saves 16-bit WAV files
# (Audacity is a free one), and put it beside this notebook as `my_sound.wav`. Then smooth it, put
# it in the cave, or spoil some of its numbers and cure it.

# %%
import wave
from pathlib import Path


def load_sound(path):
    """The numbers of a 16-bit WAV file, from −1 to 1, and its rate; of two channels the left."""
    with wave.open(str(path)) as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path} is not a 16-bit WAV file; save it as one and try again.")
        numbers = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return numbers[:: file.getnchannels()] / 32768, file.getframerate()


if Path("my_sound.wav").exists() and ready("convolve_1d_fast"):
    my_sound, my_rate = load_sound("my_sound.wav")
    display(Audio(my_sound, rate=my_rate))
    display(Audio(convolve_1d_fast(my_sound, np.ones(15) / 15), rate=my_rate))
else:
    print("No my_sound.wav beside this notebook yet.")

# %% [markdown]
# ## Where this comes from
#
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The ten numbers, the three thirds
#   and the noisy wave.
# - John (vaulttech), *Convolutions and Neural Networks*, 2017. The hill, and the claim you tested.
# - Alex Graves, Greg Wayne, Ivo Danihelka, *Neural Turing Machines*, 2014. The soft shift.
# - John W. Tukey, *Exploratory Data Analysis*, 1977. Running medians.
# - Simon J. Godsill, Peter J. W. Rayner, *Digital Audio Restoration: A Statistical Model Based
#   Approach*, 1998. Repairing clicks.
# - Jonathan S. Abel and others, *Estimating Room Impulse Responses from Recorded Balloon
#   Pops*, 2010. The room as a kernel.
# - James W. Cooley, John W. Tukey, *An Algorithm for the Machine Calculation of Complex Fourier
#   Series*, 1965. The fast Fourier transform.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("01")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** 90 minutes alone, more for anybody who lingers: the end of *All places at once* is a
# good place to stop a first sitting. In class plan 15 minutes for the by-hand answer and the first
# figure, 30 for `convolve_at` and `convolve_1d`, 15 for smoothing or shifting (half the class each,
# then tell each other), 10 for the question. `convolve_1d_fast` and `cure` make good homework.
#
# **On the board.** The signal on a strip of paper, the kernel on another, written backwards. Slide
# it. Write the four sums of [3, 0, 2] and [1, 5] under each other with the products on diagonals:
# it is multiplying 302 by 15 without carrying.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *The kernel is not reversed.* Ask for the indices of one product:
# do they add up to x? *A negative index wraps around.* Ask what `f[-1]` is, then what f(−1) should
# be.
#
# **The question.** *c* is right. *a* tempts those who have only seen symmetric kernels, and readers
# of frameworks, which call correlation "convolution". *b* confuses the border with the reversal.
# *d* takes reversing the output for reversing the kernel; that would be so only if the signal were
# reversed as well.
#
# **Cure.** A median of five passes, and so does "replace what is far from its neighbours". Ask what
# each does to a drum: a beat is a click too.
#
# **Shorter.** Leave out shifting and everything fast (70 minutes; give them `ops.convolve_1d` for
# the cure). **Longer.** Let them record a word and design the cave it is spoken in.
