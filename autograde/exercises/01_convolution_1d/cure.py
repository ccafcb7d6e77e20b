"""A recording without its clicks, by whatever means (an open task)."""

import numpy as np

from convolab.exercises import Exercise

from . import cure_measure as measure

exercise = Exercise(praise="That is a click remover. The ones that restore old records do more, but they start like this.")

exercise.demand("single", "at most a quarter of the error is left where a click spoils a single number", measure.left_over,
    at_most=0.25, points=0.5, unit="% of the error is left",
    hint="An average spreads a click out, it does not remove it. Which filter of this section never chooses the odd one out?")
exercise.demand("pairs", "at most a quarter of the error is left where a click spoils two numbers in a row", measure.left_over_of_pairs,
    at_most=0.25, points=1, unit="% of the error is left",
    hint="If two of the three numbers in a window are wrong, the middle one is wrong too. How wide must a window be for the good ones to be in the majority?")
exercise.demand("clean", "a clean note changes by at most 3 %", measure.change_of_clean,
    at_most=0.03, points=0.5, unit="% of the note is changed",
    hint="Your filter changes numbers that were right. Use a narrower window, or leave a number alone unless it is far from what its neighbours suggest.")


def middle(recording, width):
    """The running median, zeros outside."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(recording, width // 2), width)
    return np.median(windows, axis=1)


def mean(recording, width):
    """The running mean, zeros outside."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(recording, width // 2), width)
    return windows.mean(axis=1)


@exercise.right
def cure(recording):
    five = middle(recording, 5)
    return np.where(np.abs(recording - five) > 0.2, five, recording)


@exercise.variant("a median of five everywhere")
def median_of_five(recording):
    return middle(recording, 5)


@exercise.variant("a line drawn across what is spoilt")
def interpolated(recording):
    spoilt = np.abs(recording - middle(recording, 7)) > 0.25
    places = np.arange(len(recording))
    return np.interp(places, places[~spoilt], recording[~spoilt])


@exercise.variant("sorted by hand, in loops")
def in_loops(recording):
    sound = [0.0, 0.0, *recording, 0.0, 0.0]
    return [sorted(sound[x : x + 5])[2] for x in range(len(recording))]


@exercise.variant("the last good number is held")
def held(recording):
    sound = list(recording)
    for x in range(1, len(sound)):
        if abs(sound[x] - sound[x - 1]) > 0.4:
            sound[x] = sound[x - 1]
    return np.array(sound)


@exercise.lazy("nothing done")
def as_it_was(recording):
    return recording


@exercise.lazy("a mean of five")
def mean_of_five(recording):
    return mean(recording, 5)


@exercise.lazy("a mean of nine")
def mean_of_nine(recording):
    return mean(recording, 9)


@exercise.lazy("the lesson's median of three")
def median_of_three(recording):
    return middle(recording, 3)


@exercise.lazy("silence")
def silence(recording):
    return np.zeros(len(recording))


@exercise.lazy("loud numbers cut off")
def clipped(recording):
    return np.clip(recording, -0.5, 0.5)


@exercise.lazy("only the loudest number")
def loudest(recording):
    sound = recording.copy()
    sound[np.argmax(np.abs(sound))] = 0
    return sound
