"""An answer that may say *none of these* (an open task)."""

import numpy as np

from convolab import data, ops
from convolab.exercises import Exercise

from . import answer_or_none_measure as measure

exercise = Exercise(praise="It reads what it can and refuses what it can't. Where to draw that line was your decision.")

exercise.demand("digits", "digits it never saw are still read right", measure.share_of_digits,
    at_least=0.85, points=0.75, unit="% of the digits",
    hint="Every refusal may cost a digit. Print your numbers for some digits, `images[unseen]`, and choose limits that nearly all of them meet.")
exercise.demand("sheets", "empty sheets, single bars and noise are refused", measure.share_of_sheets,
    at_least=0.85, points=0.5, unit="% of the sheets",
    hint="A bar can get a higher score than any digit, so the scores alone won't tell. What does every digit have that an empty sheet or a single bar doesn't? Measure it in the picture.")
exercise.demand("pieces", "pieces of the portrait and shuffled digits are refused", measure.share_of_pieces,
    at_least=0.5, points=0.75, unit="% of the pieces",
    hint="These have enough ink. Compare their best scores, not their probabilities, with those of real digits; or how far the best is ahead of the second; or the pictures themselves with an average digit.")


@exercise.right
def answer_or_none(pictures, scores):
    doubtful = (scores.max(axis=1) < 12) | (pictures.mean(axis=(1, 2)) < 0.2)
    return np.where(doubtful, -1, scores.argmax(axis=1))


@exercise.variant("how far the best is ahead of the second, and ink")
def ahead(pictures, scores):
    ordered = np.sort(scores, axis=1)
    doubtful = (ordered[:, -1] - ordered[:, -2] < 6) | (pictures.mean(axis=(1, 2)) < 0.2)
    return np.where(doubtful, -1, scores.argmax(axis=1))


@exercise.variant("a high probability, and ink")
def sure(pictures, scores):
    doubtful = (ops.softmax(scores).max(axis=1) < 0.995) | (pictures.mean(axis=(1, 2)) < 0.2)
    return np.where(doubtful, -1, scores.argmax(axis=1))


@exercise.variant("how much it looks like the average of its class")
def looks_alike(pictures, scores):
    images, labels = data.digits()
    place = np.clip((np.arange(32) + 0.5) / 4 - 0.5, 0, 7)
    shares = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(8)))
    answers = scores.argmax(axis=1)
    for n, picture in enumerate(pictures):
        average = shares @ images[labels == answers[n]].mean(axis=0) @ shares.T
        a, b = picture - picture.mean(), average - average.mean()
        if np.sum(a * b) < 0.62 * np.sqrt(np.sum(a * a) * np.sum(b * b)) or not a.any():
            answers[n] = -1
    return answers


@exercise.variant("scores that spread, and a picture that is neither grey nor empty")
def spread(pictures, scores):
    kept = (scores.std(axis=1) > 5.5) & (pictures.mean(axis=(1, 2)) > 0.2)
    return np.where(kept, scores.argmax(axis=1), -1)


@exercise.lazy("never refuses")
def never(pictures, scores):
    return scores.argmax(axis=1)


@exercise.lazy("always refuses")
def always(pictures, scores):
    return np.full(len(scores), -1)


@exercise.lazy("refuses below one half")
def half(pictures, scores):
    return np.where(ops.softmax(scores).max(axis=1) < 0.5, -1, scores.argmax(axis=1))


@exercise.lazy("ink alone")
def ink(pictures, scores):
    return np.where(pictures.mean(axis=(1, 2)) < 0.2, -1, scores.argmax(axis=1))


@exercise.lazy("scores alone")
def best_score(pictures, scores):
    return np.where(scores.max(axis=1) < 12, -1, scores.argmax(axis=1))


@exercise.lazy("much too strict")
def strict(pictures, scores):
    return np.where(scores.max(axis=1) < 25, -1, scores.argmax(axis=1))
