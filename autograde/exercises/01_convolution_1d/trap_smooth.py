"""The average of each number and the two before it; before the signal there are zeros."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_1d import convolve_1d

exercise = Exercise(
    says={"values": "each value averaged with the two before it"},
    tolerance=0.0001,
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def trap_smooth(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            if x - i >= 0:
                total += signal[x - i]
        smooth.append(total / 3)
    return smooth

@exercise.variant("range that starts at 0 at the earliest")
def trap_smooth_range(signal):
    return [sum(signal[max(0, x - 2) : x + 1]) / 3 for x in range(len(signal))]

@exercise.variant("padding")
def trap_smooth_padding(signal):
    padded = np.concatenate([[0, 0], signal])
    return (padded[2:] + padded[1:-1] + padded[:-2]) / 3

@exercise.variant("by convolution")
def trap_smooth_convolution(signal):
    return convolve_1d(signal, [1 / 3, 1 / 3, 1 / 3])[: len(signal)]

exercise.shows("values", [10, 9, 10, 9, 10, 1, 10, 9, 10, 8], [3, 6, 9, 30], [-6, 3.5])

@exercise.wrong("still wraps around", untouched=True,
    hint="Call `trap_smooth([6, 3])` in a cell of your own. On paper, with zeros before the signal, the first result is 6/3. Which numbers did the loop read instead?")
def trap_smooth_wraps(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            if x - i >= -len(signal):
                total += signal[x - i]
        smooth.append(total / 3)
    return smooth

exercise.slip("divided by what is there", "total = 0\n        for i in range(3):\n            if x - i >= 0:\n                total += signal[x - i]\n        smooth.append(total / 3)", "part = signal[max(0, x - 2) : x + 1]\n        smooth.append(sum(part) / len(part))",
    hint="The first two values are divided by 1 and 2. That is a sensible choice too, but the task asks for zeros outside: divide by 3 everywhere.")
exercise.slip("starts too late", "return convolve_1d(signal, [1 / 3, 1 / 3, 1 / 3])[: len(signal)]", "smooth = []\n    for x in range(2, len(signal)):\n        smooth.append((signal[x] + signal[x - 1] + signal[x - 2]) / 3)\n    return smooth", of="by convolution",
    hint="The first two values are missing: start at x = 0 and count what comes before the signal as zero.")
exercise.slip("first number left out", "x - i >= 0", "x - i > 0",
    hint="The first number of the signal never counts: index 0 is inside. Did you write > where you need >=?")
exercise.slip("first number repeated", "if x - i >= 0:\n                total += signal[x - i]", "total += signal[max(0, x - i)]",
    hint="Before the signal you repeat its first number. There should be zeros: add nothing at all.")
