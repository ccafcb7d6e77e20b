"""The convolution of f with g at one place: the sum of f(i) · g(x − i) over all i."""

import numpy as np

from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"middle": 2, "ends": 1},
    says={
        "middle": "places in the middle of the output",
        "ends": "the ends and everything outside",
    },
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
    praise="This one sum is all there is to a convolution; the rest is doing it everywhere.",
)

@exercise.right
def convolve_at(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total

@exercise.variant("slices")
def convolve_at_slices(f, g, x):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    first, last = max(0, x - len(g) + 1), min(len(f) - 1, x)
    if last < first:
        return 0.0
    return np.dot(f[first : last + 1], g[x - last : x - first + 1][::-1])

@exercise.variant("padded")
def convolve_at_padded(f, g, x):
    k = len(g)
    padded = np.pad(np.asarray(f, dtype=float), k - 1)
    if not 0 <= x < len(f) + k - 1:
        return 0.0
    return np.sum(padded[x : x + k] * np.flip(g))

exercise.also("loop over the kernel", "for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "for j in range(len(g)):\n        if 0 <= x - j < len(f):\n            total += f[x - j] * g[j]")
exercise.also("generator", "total = 0.0\n    for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]\n    return total", "return sum(f[i] * g[x - i] for i in range(len(f)) if 0 <= x - i < len(g))")
exercise.also("double loop with an if", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "for j in range(len(g)):\n            if i + j == x:\n                total = total + f[i] * g[j]")

F, G = np.array([2, -1, 3, 5]), np.array([1, 10, 100])
exercise.shows("middle",
    (F, G, 2), (F, G, 3), ([3, 0, 2], [1, 5], 1),
    (np.array([1.5, -2.0, 4.0, 0.5, 3.0]), np.array([0.5, 0.25]), 2),
    ([1, 2], np.array([1, 7, -1, 4]), 3),
)
exercise.shows("ends",
    (F, G, 0), (F, G, 5), (F, G, 4), (F, G, -1), (F, G, 6), ([4, 6], [3, 5, 7, 9], -2), (F, G, 50),
)
exercise.numpy_integers("ends", [3, 0, 2], [1, 5], 3)

@exercise.hidden
def convolve_at_hidden(rng):
    for k in (1, 2, 3, 4, 5):
        f, g = whole_numbers(rng, int(rng.integers(4, 9))), whole_numbers(rng, k)
        yield "middle", (f - 0.5, g, int(rng.integers(1, len(f))))
        yield "ends", (f, g / 2, len(f) + k - 2)
        yield "ends", (f / 2, g, -int(rng.integers(1, 9)))

exercise.slip("kernel not reversed", "for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "for i in range(len(g)):\n        if 0 <= x + i < len(f):\n            total += f[x + i] * g[i]",
    hint="Your kernel is laid on the way it is written: f(x + i) meets g(i). In the definition the two indices add up to x: f(i) meets g(x − i), so as one goes up the other goes down.")
exercise.slip("kernel not reversed, shifted to overlap", "for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "for i in range(len(g)):\n        j = x - len(g) + 1 + i\n        if 0 <= j < len(f):\n            total += f[j] * g[i]",
    hint="The right numbers meet, in the wrong order: the kernel is not reversed. At the place x, the first number of g belongs to f(x), the second to f(x − 1), and so on backwards.")
exercise.slip("negative index wraps around", "0 <= x - i < len(g)", "-len(g) <= x - i < len(g)",
    hint="A negative index in Python counts from the end: `g[-1]` is the last number of g, not nothing. Add a product only where x − i is at least 0 and below `len(g)`.")
exercise.slip("negative index of the signal wraps around", "for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "for i in range(len(g)):\n        if -len(f) <= x - i < len(f):\n            total += f[x - i] * g[i]",
    hint="A negative index in Python counts from the end: `f[-1]` is the last number of f, not nothing. Add a product only where the index into f is at least 0 and below `len(f)`.")
exercise.slip("index out of range", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "total += f[i] * g[x - i]",
    hint="Some index is outside f or g, and Python stops with an IndexError. Outside their range f and g count as 0: test first whether x − i is between 0 and `len(g)` − 1.")
exercise.slip("last number of the signal left out", "len(f)", "len(f) - 1",
    hint="The last number of f never takes part: `range(n − 1)` ends at n − 2. To reach the last index n − 1, write `range(n)`.")
exercise.slip("last number of the kernel left out", "len(g)", "len(g) - 1",
    hint="The last number of g never takes part. Its index is `len(g)` − 1: does your condition or range stop one before it?")
exercise.slip("first number of the kernel left out", "0 <= x - i < len(g)", "0 < x - i < len(g)",
    hint="g(0) never takes part: does your condition say x − i > 0 where it should say x − i at least 0?")
exercise.slip("result cut to a whole number", "return sum(f[i] * g[x - i] for i in range(len(f)) if 0 <= x - i < len(g))", "total = 0\n    for i in range(len(f)):\n        if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]\n    return int(total)", of="generator",
    hint="The fraction is lost: the sum is turned into a whole number. Leave out `int()`, and // too.")
exercise.slip("kernel centred on x", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "j = x + (len(g) - 1) // 2 - i\n        if 0 <= j < len(g):\n            total += f[i] * g[j]",
    hint="Your kernel is centred on x. In the definition its first number meets f(x), and the others the places before x. (Centring is what mode same does, later in this lesson.)")
exercise.slip("mirrored", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "j = len(f) + len(g) - 2 - x - i\n        if 0 <= j < len(g):\n            total += f[i] * g[j]",
    hint="Your numbers are right but in mirrored order: the signal was reversed instead of the kernel. What you give for the first place belongs to the last.")
exercise.slip("nothing after the end of the signal", "for i in range(len(f)):", "if x >= len(f):\n        return total\n    for i in range(len(f)):",
    hint="You stop at the last number of f. But at x = `len(f)` and beyond, the later numbers of g still reach back to the end of f: the output is longer than the signal.")
exercise.slip("kernel length taken as 3", "len(g)", "3",
    hint="It is right for kernels of length 3 and no others. Did you write a 3 (or a 2) where `len(g)` should be?")
exercise.slip("only the last product", "total += f[i] * g[x - i]", "total = f[i] * g[x - i]",
    hint="Only one product comes back: each new one replaces the one before. Add it to the sum with `+=`.")
exercise.slip("returns too early", "for j in range(len(g)):\n            if i + j == x:\n                total = total + f[i] * g[j]\n    return total", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]\n        return total", of="double loop with an if",
    hint="Only the first product counts: the return is inside the loop (move it to the left, after the loop), or the condition lets no other product in.")
exercise.slip("always at x = 2", "if 0 <= x - i < len(g):\n            total += f[i] * g[x - i]", "if 0 <= 2 - i < len(g):\n            total += f[i] * g[2 - i]",
    hint="You give the same number for every x. Is there a 2 in your sum where x should be?")
exercise.slip("only one side of the range asked for", "0 <= x - i < len(g)", "x - i >= 0",
    hint="You test whether x − i is at least 0, but it can be too large as well. Beyond `len(g)` − 1 there is no number in g, and Python stops with an IndexError.")
exercise.slip("one past the end of the kernel", "0 <= x - i < len(g)", "0 <= x - i <= len(g)",
    hint="An index equal to `len(g)` is already outside: the last number of g has the index `len(g)` − 1. Is there a <= where < belongs?")
exercise.slip("negative indices let through", "0 <= x - i < len(g)", "x - i < len(g)",
    hint="You test whether x − i is below `len(g)`, but it can be negative too. Then Python counts from the end of g, or stops with an IndexError.")
