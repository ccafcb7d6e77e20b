"""The average of each number and the one before it; before the signal there is a zero."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_1d import convolve_1d

exercise = Exercise(
    says={"values": "each number averaged with the one before it"},
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
    praise="An array has one dtype, and whatever you write into it is turned into that.",
)

@exercise.right
def trap_fractions(signal):
    signal = np.array(signal)
    smooth = np.zeros(len(signal))
    for x in range(len(signal)):
        before = signal[x - 1] if x > 0 else 0
        smooth[x] = (before + signal[x]) / 2
    return smooth

exercise.also("dtype given", "np.zeros(len(signal))", "np.zeros_like(signal, dtype=float)")
exercise.also("the signal as floats", "signal = np.array(signal)\n    smooth = np.zeros(len(signal))", "signal = np.array(signal, dtype=float)\n    smooth = np.zeros_like(signal)")
exercise.also("a list", "np.zeros(len(signal))", "[0] * len(signal)")

@exercise.variant("by convolution")
def trap_fractions_convolution(signal):
    return convolve_1d(signal, [1 / 2, 1 / 2])[: len(signal)]

exercise.shows("values", np.array([3, 0, 2]), [4, -1, 8, 5], np.array([1.5, 2.0, -3.0]), [7])

@exercise.wrong("an array of whole numbers", untouched=True,
    hint="The halves are lost. `zeros_like` makes zeros of the same dtype as the signal, here whole numbers, and writing 1.5 into such an array leaves 1. Make `smooth` an array of floats.")
def trap_fractions_like(signal):
    signal = np.array(signal)
    smooth = np.zeros_like(signal)
    for x in range(len(signal)):
        before = signal[x - 1] if x > 0 else 0
        smooth[x] = (before + signal[x]) / 2
    return smooth

exercise.slip("rounded", "smooth[x] = (before + signal[x]) / 2", "smooth[x] = round((before + signal[x]) / 2)",
    hint="You round the averages to whole numbers. 3 and 0 have the average 1.5.")
exercise.slip("not divided", "(before + signal[x]) / 2", "before + signal[x]",
    hint="These are sums. Divide each by 2 to get the average.")
exercise.slip("whole-number division", "(before + signal[x]) / 2", "(before + signal[x]) // 2",
    hint="The halves are lost: // divides and rounds down. Use /.")
exercise.slip("wraps around", "signal[x - 1] if x > 0 else 0", "signal[x - 1]",
    hint="The first average takes in the last number of the signal: `signal[-1]` is the last one in Python. Before the signal there is a zero.")
exercise.slip("first number alone", "signal[x - 1] if x > 0 else 0", "signal[x - 1] if x > 0 else signal[0]",
    hint="Your first average repeats the first number. Before the signal there is a zero, so it is half the first number.")
