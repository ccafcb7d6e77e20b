"""The signal and its echo."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_1d import convolve_1d
from .shared import whole_numbers

exercise = Exercise(
    says={"sound": "the signal and its copy", "errors": "a delay below 0"},
    lists=True,
    asks={"errors": "answer"},
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def echo(signal, delay, decay):
    if delay < 0:
        raise ValueError("an echo comes later, not earlier")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += signal
    sound[delay:] += decay * np.asarray(signal)
    return sound

@exercise.variant("convolution with two spikes")
def echo_convolution(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    kernel = np.zeros(delay + 1)
    kernel[0] += 1
    kernel[delay] += decay
    return convolve_1d(signal, kernel)

@exercise.variant("padding both")
def echo_padding(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    signal = np.asarray(signal, dtype=float)
    return np.pad(signal, (0, delay)) + decay * np.pad(signal, (delay, 0))

@exercise.variant("loop over a list")
def echo_loop(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = list(signal) + [0] * delay
    for i in range(len(signal)):
        sound[i + delay] += decay * signal[i]
    return sound

exercise.shows("sound",
    (np.array([8, 4, -2]), 2, 0.5), ([1, 2, 3, 4], 1, 0.25), (np.array([6, 2]), 5, -0.5),
    (np.array([1.5, -1.0, 2.0]), 0, 0.5), ([8], 0, 0.5),
)
exercise.shows("errors", (np.array([10, 20, 30]), 1, 0.1))
exercise.refuses("a delay below 0", (np.array([10, 20, 30]), -1, 0.5), (np.array([10, 20, 30]), -3, 0.5))
exercise.numpy_integers("errors", np.array([4, 1, 7]), 2, 0.5)

@exercise.hidden
def echo_hidden(rng):
    for delay in (0, 1, 3, 9):
        yield "sound", (whole_numbers(rng, 6), delay, float(rng.choice([0.25, 0.5, 0.75])))
    yield "errors", (whole_numbers(rng, 4), 2, 0.5)
    yield "errors", (whole_numbers(rng, 4), -int(rng.integers(2, 9)), 0.5), ValueError

exercise.slip("cut to the length of the signal", "sound = list(signal) + [0] * delay\n    for i in range(len(signal)):\n        sound[i + delay] += decay * signal[i]", "sound = np.array(signal, dtype=float)\n    for i in range(delay, len(signal)):\n        sound[i] += decay * signal[i - delay]", of="loop over a list",
    hint="The end of the echo is cut off: it sounds on for `delay` samples after the signal, so the output has `len(signal)` + delay numbers.")
exercise.slip("echo only", "kernel = np.zeros(delay + 1)\n    kernel[0] += 1\n    kernel[delay] += decay\n    return convolve_1d(signal, kernel)", "return np.concatenate([np.zeros(delay), decay * np.asarray(signal)])", of="convolution with two spikes",
    hint="Only the echo is there: add the signal itself at the beginning.")
exercise.slip("one place too late", "sound = list(signal) + [0] * delay\n    for i in range(len(signal)):\n        sound[i + delay] += decay * signal[i]", "sound = np.zeros(len(signal) + delay + 1)\n    sound[: len(signal)] += signal\n    sound[delay + 1 :] += decay * np.asarray(signal)", of="loop over a list",
    hint="The copy begins one place too late: its first number belongs at place `delay`, and places are counted from 0.")
exercise.slip("as loud as the signal", "sound = list(signal) + [0] * delay\n    for i in range(len(signal)):\n        sound[i + delay] += decay * signal[i]", "sound = np.zeros(len(signal) + delay)\n    sound[: len(signal)] += signal\n    sound[delay:] += np.asarray(signal)", of="loop over a list",
    hint="The echo is as loud as the signal: multiply the copy by `decay`.")
exercise.slip("signal fainter than the echo", "sound = list(signal) + [0] * delay\n    for i in range(len(signal)):\n        sound[i + delay] += decay * signal[i]", "sound = np.zeros(len(signal) + delay)\n    sound[: len(signal)] += decay * np.asarray(signal)\n    sound[delay:] += signal", of="loop over a list",
    hint="The signal was multiplied by `decay` and the copy was not: it is the copy that is fainter.")
exercise.slip("both fainter", "raise ValueError(\"an echo comes later, not earlier\")\n    sound = np.zeros(len(signal) + delay)\n    sound[: len(signal)] += signal", "raise ValueError(\"delay\")\n    sound = np.zeros(len(signal) + delay)\n    sound[: len(signal)] += decay * np.asarray(signal)",
    hint="Signal and copy are both multiplied by `decay`; only the copy should be.")
exercise.slip("the copy overwrites", "sound = list(signal) + [0] * delay\n    for i in range(len(signal)):\n        sound[i + delay] += decay * signal[i]", "sound = np.zeros(len(signal) + delay)\n    sound[: len(signal)] = signal\n    sound[delay:] = decay * np.asarray(signal)", of="loop over a list",
    hint="Where signal and echo overlap, the echo overwrites the signal. Two sounds at once add up: use `+=` there.")
exercise.slip("wraps around", "kernel = np.zeros(delay + 1)\n    kernel[0] += 1\n    kernel[delay] += decay\n    return convolve_1d(signal, kernel)", "sound = np.array(signal, dtype=float)\n    return sound + decay * np.roll(sound, delay)", of="convolution with two spikes",
    hint="The end of the echo comes back at the beginning: `np.roll` moves in a circle. Make the output longer instead.")
exercise.slip("no echo without delay", "kernel = np.zeros(delay + 1)\n    kernel[0] += 1\n    kernel[delay] += decay\n    return convolve_1d(signal, kernel)", "return convolve_1d(signal, [1] + [0] * (delay - 1) + [decay])", of="convolution with two spikes",
    hint="With delay 0 the echo falls on the signal itself, and both weights belong in the same place: 1 + decay.")

@exercise.wrong("whole numbers only",
    hint="Fractions are lost: the output is an array of whole numbers. Make it with `np.zeros`, without `dtype=int`.")
def echo_integer(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay, dtype=int)
    for i in range(len(signal)):
        sound[i] += int(signal[i])
    for i in range(len(signal)):
        sound[i + delay] = sound[i + delay] + decay * signal[i]
    return sound

exercise.slip("negative delay accepted", "if delay < 0:\n        raise ValueError(\"an echo comes later, not earlier\")", "delay = max(delay, 0)",
    hint="The echo is right. A negative delay would be an echo before the sound: raise a ValueError for it.")
exercise.slip("negative delay ends in confusion", "if delay < 0:\n        raise ValueError(\"delay\")\n    sound = list(signal) + [0] * delay", "sound = [0.0] * (len(signal) + delay)\n    for i in range(len(signal)):\n        sound[i] += signal[i]", of="loop over a list",
    hint="The echo is right for delays from 0 on. A negative delay makes no sense: test for it first, and raise a ValueError with a sentence of your own.")
