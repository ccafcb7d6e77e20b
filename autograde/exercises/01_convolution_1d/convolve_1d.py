"""The whole convolution of f with g."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .convolve_at import convolve_at
from .shared import cases_of_three_modes, cut, hidden_of_three_modes, refuse

exercise = Exercise(
    points={"full": 1, "same": 1, "valid": 1, "errors": 1},
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

def all_places(f, g):
    """The full convolution, a list."""
    return [convolve_at(f, g, x) for x in range(len(f) + len(g) - 1)]

exercise.right(ops.convolve_1d)

@exercise.variant("written out")
def convolve_1d(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g), f, g, mode)

@exercise.variant("shift and add")
def convolve_1d_shift_and_add(f, g, mode="full"):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0:
        raise ValueError("empty")
    full = np.zeros(n + k - 1)
    for i in range(k):
        full[i : i + n] += g[i] * f
    if mode == "full":
        return full
    if mode == "same":
        return full[(k - 1) // 2 : (k - 1) // 2 + n]
    if mode == "valid":
        if k > n:
            raise ValueError("kernel longer than signal")
        return full[k - 1 : n]
    raise ValueError("mode?")

@exercise.variant("double loop into a list")
def convolve_1d_double_loop(f, g, mode="full"):
    if len(f) == 0 or len(g) == 0:
        raise ValueError("empty")
    full = [0.0] * (len(f) + len(g) - 1)
    for i in range(len(f)):
        for j in range(len(g)):
            full[i + j] += f[i] * g[j]
    if mode == "full":
        return full
    elif mode == "same":
        start = (len(g) - 1) // 2
        return full[start : start + len(f)]
    elif mode == "valid" and len(g) <= len(f):
        return full[len(g) - 1 : len(f)]
    else:
        raise ValueError(mode)

@exercise.variant("windows of the padded signal")
def convolve_1d_windows(f, g, mode="full"):
    f, g = np.array(f, dtype=float), np.array(g, dtype=float)
    n, k = f.size, g.size
    if not n or not k or mode not in ("full", "same", "valid") or (mode == "valid" and k > n):
        raise ValueError("no answer")
    left, right = {
        "full": (k - 1, k - 1),
        "same": (k - 1 - (k - 1) // 2, (k - 1) // 2),
        "valid": (0, 0),
    }[mode]
    padded = np.pad(f, (left, right))
    windows = np.lib.stride_tricks.sliding_window_view(padded, k)
    return windows @ g[::-1]

cases_of_three_modes(exercise)
exercise.hidden(hidden_of_three_modes)

exercise.slip("kernel not reversed", "all_places(f, g)", "all_places(f, g[::-1])",
    hint="The kernel is laid on the way it is written; convolution reverses it. Compare with a list of your `convolve_at` for every x.")
exercise.slip("mirrored", "cut(all_places(f, g), f, g, mode)", "cut(all_places(f, g), f, g, mode)[::-1]",
    hint="The numbers are right but in mirrored order: the signal was reversed instead of the kernel, so your first value belongs at the end.")
exercise.slip("negative index wraps around", "return cut(all_places(f, g), f, g, mode)", "n, k = len(f), len(g)\n    full = []\n    for x in range(n + k - 1):\n        full.append(sum(f[x - i] * g[i] for i in range(k) if -n <= x - i < n))\n    return cut(full, f, g, mode)",
    hint="`f[x - i]` with a negative index takes a number from the end of f: Python counts -1 as the last one. Outside its range f is 0, so skip these products.")
exercise.slip("full cut to the length of f", "return cut(all_places(f, g), f, g, mode)", "part = cut(all_places(f, g), f, g, mode)\n    return part[: len(f)] if mode == \"full\" else part",
    hint="Mode full is cut off at the length of f. As long as any number of g is still on f there is an output: n + k − 1 places in all.")
exercise.slip("same starts at 0", "return cut(all_places(f, g), f, g, mode)", "full = all_places(f, g)\n    return np.array(full[: len(f)]) if mode == \"same\" else cut(full, f, g, mode)",
    hint="Mode same is the middle of full, but yours is its beginning. Leave out (k − 1) // 2 places at the start, half of what is cut, rounded down.")
exercise.slip("same starts at k // 2", "return cut(all_places(f, g), f, g, mode)", "full, start = all_places(f, g), len(g) // 2\n    return np.array(full[start : start + len(f)]) if mode == \"same\" else cut(full, f, g, mode)",
    hint="For kernels of even length your mode same is one place off: k // 2 and (k − 1) // 2 differ there. The middle begins at (k − 1) // 2.")
exercise.slip("same as long as the longer one", "return cut(all_places(f, g), f, g, mode)", "full, (shorter, longer) = all_places(f, g), sorted((len(f), len(g)))\n    start = (shorter - 1) // 2\n    return np.array(full[start : start + longer]) if mode == \"same\" else cut(full, f, g, mode)",
    hint="When the kernel is longer than the signal, mode same is still as long as the signal: the first argument decides.")
exercise.slip("last output missing", "all_places(f, g)", "all_places(f, g)[:-1]",
    hint="The last place of full is missing, the one where the last number of f meets the last of g: `range(n + k − 1)` reaches it, `range(n + k − 2)` does not.")
exercise.slip("last number of the kernel left out", "return cut(all_places(f, g), f, g, mode)", "n, k = len(f), len(g)\n    full = [sum(f[x - i] * g[i] for i in range(k - 1) if 0 <= x - i < n) for x in range(n + k - 1)]\n    return cut(full, f, g, mode)",
    hint="The last number of g never takes part: does the loop over the kernel end one step early?")
exercise.slip("integer output", "cut(all_places(f, g), f, g, mode)", "cut(all_places(f, g), f, g, mode).astype(int)",
    hint="Fractions are lost: the output is an array of whole numbers, which drops everything after the decimal point. `np.zeros(length)` without `dtype=int` keeps it.")
exercise.slip("returns too early", "cut(all_places(f, g), f, g, mode)", "np.array([convolve_at(f, g, 0)])",
    hint="Only one number comes back: is the return inside the loop? It belongs after it.")
exercise.slip("starts at 1", "all_places(f, g)", "all_places(f, g)[1:]",
    hint="The first place is missing: full begins at x = 0, where the first numbers of f and g meet.")
exercise.slip("valid from the start", "return cut(all_places(f, g), f, g, mode)", "full, length = all_places(f, g), len(f) - len(g) + 1\n    return np.array(full[:length]) if mode == \"valid\" else cut(full, f, g, mode)",
    hint="Mode valid has the right length but begins too early: its first place is x = k − 1, where the whole kernel is on the signal for the first time.")
exercise.slip("nothing for a kernel of one weight", "return cut(all_places(f, g), f, g, mode)", "full, k = all_places(f, g), len(g)\n    return np.array(full[k - 1 : -(k - 1)]) if mode == \"valid\" else cut(full, f, g, mode)",
    hint="With a kernel of one weight, mode valid gives nothing: a slice such as [k - 1 : -(k - 1)] ends at 0 there. Count from the front: the last valid place is x = n − 1.")
exercise.slip("kernel length taken as 3", "return cut(all_places(f, g), f, g, mode)", "n = len(f)\n    full = [convolve_at(f, g, x) for x in range(n + 2)]\n    return cut(full, f, range(3), mode)",
    hint="It is right for kernels of length 3 only. Did you write a 2 or a 1 where k − 1 or (k − 1) // 2 should be?")

@exercise.wrong("valid with a kernel longer than the signal",
    hint="A kernel longer than the signal never fits on it completely: in mode valid there is no output then, and a ValueError should say so.")
def convolve_1d_swaps(f, g, mode="full"):
    refuse(f, g, "full" if mode == "valid" else mode)
    shorter, longer = sorted((len(f), len(g)))
    full = all_places(f, g)
    return np.array(full[shorter - 1 : longer]) if mode == "valid" else cut(full, f, g, mode)

exercise.slip("nothing for a kernel longer than the signal", "refuse(f, g, mode)", "refuse(f, g, \"full\" if mode == \"valid\" else mode)",
    hint="In mode valid, a kernel longer than the signal gives you an empty array. An empty answer is easily overlooked: raise a ValueError instead.")
exercise.slip("unknown mode accepted", "refuse(f, g, mode)\n    return cut(all_places(f, g), f, g, mode)", "known = mode if mode in (\"full\", \"same\") else \"valid\"\n    refuse(f, g, known if mode == known else \"full\")\n    return cut(all_places(f, g), f, g, known)",
    hint="An unknown mode such as \"circular\" should raise a ValueError; yours goes on as if it were one of the three. Ask for each mode by name, and raise at the end.")
exercise.slip("unknown mode answered with full", "refuse(f, g, mode)\n    return cut(all_places(f, g), f, g, mode)", "known = mode if mode in (\"same\", \"valid\") else \"full\"\n    refuse(f, g, known)\n    return cut(all_places(f, g), f, g, known)",
    hint="An unknown mode such as \"circular\" should raise a ValueError; yours answers it like full. Ask for each mode by name, and raise at the end.")
exercise.slip("errors forgotten", "refuse(f, g, mode)\n    return cut(all_places(f, g), f, g, mode)", "return cut(all_places(f, g), f, g, mode if mode in (\"full\", \"same\") else \"valid\")",
    hint="All three modes are right. What is still missing are the ValueErrors: an empty f or g, an unknown mode, and valid with a kernel longer than the signal.")
exercise.slip("nothing comes back for an unknown mode", "refuse(f, g, mode)\n    return cut(all_places(f, g), f, g, mode)", "known = mode in (\"full\", \"same\", \"valid\")\n    return cut(all_places(f, g), f, g, mode) if known else None",
    hint="All three modes are right. For an unknown mode or an empty input your function ends without an answer: raise a ValueError there.")
exercise.slip("empty input accepted", "refuse(f, g, mode)", "if len(f) and len(g):\n        refuse(f, g, mode)",
    hint="An empty f or g has nothing to slide: raise a ValueError when either has no numbers.")
exercise.slip("changes its argument", "return cut(all_places(f, g), f, g, mode)", "part = cut(all_places(f, g), f, g, mode)\n    g[:] = list(g)[::-1]\n    return part",
    hint="The output is right, but the kernel of whoever called your function is reversed afterwards: it is changed in place. Work on a reversed copy, `g[::-1]`.")
