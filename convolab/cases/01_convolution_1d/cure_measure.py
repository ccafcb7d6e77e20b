"""How well a program removes clicks: notes with clicks in them, and three measurements."""

import numpy as np

from convolab.check.open_task import NotMeasured

RATE, LENGTH, CLICKS, RECORDINGS = 8000, 1000, 12, 3


def cured(ask, recording):
    """What the learner's function makes of a recording, as floats of the same length."""
    sound = np.asarray(ask(recording.copy()))
    if sound.dtype.kind not in "iuf" or not np.isfinite(sound).all():
        raise NotMeasured("A sound is a list or an array of ordinary numbers; yours is not.")
    if sound.shape != recording.shape:
        raise NotMeasured(
            f"The cured sound must be as long as the recording, {len(recording)} numbers; yours "
            f"has the shape {sound.shape}."
        )
    return sound.astype(float)


def note(rng):
    """A fading note between 110 and 250 Hz."""
    time = np.arange(LENGTH) / RATE
    pitch, phase = rng.uniform(110, 250), rng.uniform(0, 2 * np.pi)
    return 0.5 * np.sin(2 * np.pi * pitch * time + phase) * np.exp(-3 * time)


def spoilt(clean, rng, width):
    """The note with clicks at random, each `width` neighbouring numbers wide."""
    recording = clean.copy()
    room = (LENGTH - 20) // CLICKS
    for place in 10 + room * np.arange(CLICKS) + rng.integers(0, room - 10, CLICKS):
        recording[place : place + width] += rng.choice([-1, 1]) * rng.uniform(0.5, 1, width)
    return recording


def rms(values):
    """The root mean square."""
    return np.sqrt(np.mean(values**2))


def left_over(ask, rng, width=1):
    """The share of the error that is left, over a few recordings."""
    before, after = [], []
    for _ in range(RECORDINGS):
        clean = note(rng)
        recording = spoilt(clean, rng, width)
        before.append(recording - clean)
        after.append(cured(ask, recording) - clean)
    return rms(np.array(after)) / rms(np.array(before))


def left_over_of_pairs(ask, rng):
    """The same where each click spoils two neighbouring numbers."""
    return left_over(ask, rng, width=2)


def change_of_clean(ask, rng):
    """How much clean notes change, as a share of the notes."""
    notes = np.array([note(rng) for _ in range(RECORDINGS)])
    return rms(np.array([cured(ask, clean) - clean for clean in notes])) / rms(notes)
