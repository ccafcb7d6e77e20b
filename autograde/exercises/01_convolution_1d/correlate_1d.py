"""The correlation of f with g: as convolve_1d, but g is not reversed."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .convolve_1d import convolve_1d
from .shared import cases_of_three_modes, cut, hidden_of_three_modes, refuse

exercise = Exercise(
    points={"full": 0.25, "same": 0.25, "valid": 0.25, "errors": 0.25},
    says={
        "full": "mode full",
        "same": "mode same",
        "valid": "mode valid",
        "errors": "input for which there is no answer",
    },
    lists=True,
    asks={"errors": "answer"},
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

exercise.right(ops.correlate_1d)

@exercise.variant("written out")
def correlate_1d(f, g, mode="full"):
    return convolve_1d(f, g[::-1], mode)

@exercise.variant("own loops")
def correlate_1d_loops(f, g, mode="full"):
    n, k = len(f), len(g)
    if n == 0 or k == 0:
        raise ValueError("empty")
    full = np.zeros(n + k - 1)
    for x in range(-(k - 1), n):
        for i in range(k):
            if 0 <= x + i < n:
                full[x + k - 1] += f[x + i] * g[i]
    if mode == "full":
        return full
    if mode == "same":
        return full[(k - 1) // 2 : (k - 1) // 2 + n]
    if mode == "valid" and k <= n:
        return full[k - 1 : n]
    raise ValueError("no answer")

@exercise.variant("windows")
def correlate_1d_windows(f, g, mode="full"):
    f, g = np.array(f, dtype=float), np.array(g, dtype=float)
    n, k = f.size, g.size
    if not n or not k or mode not in ("full", "same", "valid") or (mode == "valid" and k > n):
        raise ValueError("no answer")
    padded = np.concatenate([np.zeros(k - 1), f, np.zeros(k - 1)])
    full = np.array([padded[x : x + k] @ g for x in range(n + k - 1)])
    start = {"full": 0, "same": (k - 1) // 2, "valid": k - 1}[mode]
    length = {"full": n + k - 1, "same": n, "valid": n - k + 1}[mode]
    return full[start : start + length]

exercise.also("flip and convolve", "g[::-1]", "np.flip(g)")

cases_of_three_modes(exercise)
exercise.hidden(hidden_of_three_modes)

exercise.slip("still reversed", "g[::-1]", "g",
    hint="This is still the convolution: the kernel is reversed. Correlation lays g on f the way it is written.")
exercise.slip("mirrored", "convolve_1d(f, g[::-1], mode)", "convolve_1d(f, g[::-1], mode)[::-1]",
    hint="The numbers are right but in mirrored order: f and g are swapped, or f was reversed instead of g. The first value is the one where the last number of g meets f(0).")
exercise.slip("convolution read backwards", "convolve_1d(f, g[::-1], mode)", "convolve_1d(f, g, mode)[::-1]",
    hint="This is the convolution read from the end. Reversing the output is not the same as reversing the kernel before the sum.")
exercise.slip("starts at 0", "return convolve_1d(f, g[::-1], mode)", "refuse(f, g, mode)\n    n, k = len(f), len(g)\n    full = [sum(f[x + i] * g[i] for i in range(k) if x + i < n) for x in range(n)]\n    return cut(full + [0.0] * (k - 1), f, g, mode)",
    hint="Your output begins where the first number of g meets f(0). In mode full there are k − 1 places before that, where only the end of g is on f.")
exercise.slip("wraps around", "return convolve_1d(f, g[::-1], mode)", "refuse(f, g, mode)\n    n, k = len(f), len(g)\n    full = [sum(f[x + i] * g[i] for i in range(k) if -n <= x + i < n) for x in range(-(k - 1), n)]\n    return cut(full, f, g, mode)",
    hint="At the beginning a number from the end of f takes part: a negative index counts from the end in Python. Outside its range f is 0.")
exercise.slip("same off centre", "return convolve_1d(f, g[::-1], mode)", "k = len(g)\n    if mode != \"same\" or k == 0:\n        return convolve_1d(f, g[::-1], mode)\n    return convolve_1d(f, g[::-1], \"full\")[k // 2 : k // 2 + len(f)]",
    hint="Mode same is one place off for kernels of even length: the middle of full begins at (k − 1) // 2, for correlation too.")
exercise.slip("full cut to the length of f", "return convolve_1d(f, g[::-1], mode)", "whole = convolve_1d(f, g[::-1], mode)\n    return whole[: len(f)] if mode == \"full\" else whole",
    hint="Mode full is cut off at the length of f; it has n + k − 1 places, as for convolution.")
exercise.slip("mode forgotten", "convolve_1d(f, g[::-1], mode)", "convolve_1d(f, g[::-1])",
    hint="Every mode gives you the full output: do you pass `mode` on to the function you call?")
exercise.slip("changes its argument", "return convolve_1d(f, g[::-1], mode)", "whole = convolve_1d(f, g[::-1], mode)\n    g[:] = list(g)[::-1]\n    return whole",
    hint="The output is right, but the kernel of whoever called your function is reversed afterwards: it is changed in place. Use a reversed copy, `g[::-1]`.")
exercise.slip("signal reversed instead of the kernel", "convolve_1d(f, g[::-1], mode)", "convolve_1d(f[::-1], g, mode)",
    hint="You reversed the signal; it is the kernel that has to be reversed before it goes into your convolution.")
