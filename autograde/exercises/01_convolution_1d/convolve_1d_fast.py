"""The valid part of the convolution of f with g, without a loop over the signal."""

import numpy as np

from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"values": 0.8, "errors": 0.2, "speed": 1},
    says={
        "values": "the valid part of the convolution",
        "errors": "input for which there is no answer",
        "speed": "at least 10 times a loop",
    },
    lists=True,
    asks={"errors": "answer"},
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def convolve_1d_fast(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("g must have at least one number and at most as many as f")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]

@exercise.variant("shift and add over the kernel")
def convolve_1d_fast_shifts(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    result = np.zeros(n - k + 1)
    for i in range(k):
        result += g[i] * f[k - 1 - i : n - i]
    return result

@exercise.variant("index table")
def convolve_1d_fast_index(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    places = np.arange(n - k + 1)[:, None] + np.arange(k)[None, :]
    return f[places] @ np.flip(g)

@exercise.variant("fft")
def convolve_1d_fast_fft(f, g):
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    length = n + k - 1
    full = np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)
    return full[k - 1 : n]

@exercise.variant("einsum")
def convolve_1d_fast_einsum(f, g):
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(f, dtype=float), k)
    return np.einsum("xk,k->x", windows, np.asarray(g, dtype=float)[::-1])

exercise.shows("values",
    (np.array([2, -1, 3, 5, 4]), np.array([1, 10, 100])),
    (np.array([2, -1, 3, 5, 4, 1]), np.array([1, 10, 100, 1000])),
    (np.array([1.5, -2.0, 4.0, 0.5]), np.array([0.5, 0.25])), (np.array([5, 1, 2]), np.array([1, 10, 100])),
)
exercise.shows("errors", (np.array([3, 1, 2]), np.array([1, 10, 100])), (np.array([5]), np.array([-2])))
exercise.refuses("a kernel longer than the signal", (np.array([3, 1]), np.array([1, 10, 100])))
exercise.refuses("an empty kernel", (np.array([3, 1]), np.zeros(0)))
exercise.speed("speed", 10, (1970, 31), (2000,), (31,))

@exercise.hidden
def convolve_1d_fast_hidden(rng):
    for k in (1, 2, 5, 6):
        yield "values", (whole_numbers(rng, 12), whole_numbers(rng, k) / 2)
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 3))
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 4)), ValueError

exercise.slip("kernel not reversed", "raise ValueError(\"g must have at least one number and at most as many as f\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]", "raise ValueError(\"no answer\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g",
    hint="The kernel is not reversed: this is the correlation. Use `g[::-1]`.")
exercise.slip("products not added up", "raise ValueError(\"g must have at least one number and at most as many as f\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]", "raise ValueError(\"no answer\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) * g[::-1]",
    hint="Each row of your table holds the products of one place, not yet added up. `*` multiplies number by number; `@` multiplies and adds up each row.")

@exercise.wrong("full instead of valid",
    hint="This is the full output. Return valid only: the n − k + 1 places where all of g is on f.")
def convolve_1d_fast_full(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full

@exercise.wrong("same instead of valid",
    hint="This is as long as the signal, which is mode same. Return valid only: the n − k + 1 places where all of g is on f.")
def convolve_1d_fast_same(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full[(len(g) - 1) // 2 : (len(g) - 1) // 2 + len(f)]

exercise.slip("last place missing", "raise ValueError(\"g must have at least one number and at most as many as f\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]", "raise ValueError(\"no answer\")\n    return (np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1])[:-1]",
    hint="The last place is missing: there are n − k + 1 of them, not n − k.")
exercise.slip("mirrored", "raise ValueError(\"g must have at least one number and at most as many as f\")\n    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]", "raise ValueError(\"no answer\")\n    return (np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1])[::-1]",
    hint="The numbers are right but in mirrored order: f was reversed instead of g.")
exercise.slip("long kernels accepted", "if len(f) == 0 or len(g) == 0 or len(g) > len(f):\n        raise ValueError(\"g must have at least one number and at most as many as f\")", "if len(g) == 0:\n        raise ValueError(\"no answer\")\n    if len(g) > len(f):\n        return np.zeros(0)",
    hint="The values are right. A kernel longer than the signal has no valid place: raise a ValueError for it.")
exercise.slip("empty kernels accepted", "if len(f) == 0 or len(g) == 0 or len(g) > len(f):\n        raise ValueError(\"g must have at least one number and at most as many as f\")", "if len(g) > len(f):\n        raise ValueError(\"no answer\")\n    if len(g) == 0:\n        return np.zeros(len(f) + 1)",
    hint="The values are right. An empty kernel has nothing to slide: raise a ValueError for it.")
