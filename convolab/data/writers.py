"""Who wrote each of the small digits: inferred, since the file does not say."""

import re
from difflib import SequenceMatcher

import numpy as np

from convolab.data.shipped import digits

# What everybody was given to copy begins like this; the second part is found in every copy.
_COUNTING, _LANDMARK = "0123456789" * 3 + "0", "9556509898"


def form_starts(labels, counting=_COUNTING, landmark=_LANDMARK):
    """The positions at which a new form begins: a list of 14 positions for the shipped digits.

    Read in the order of the file, the labels are the same text of 130 digits again and again: a
    form that everybody copied, with a digit missing here and there. It begins by counting from 0
    to 9 three times, which leads up to the landmark. Each start is the place from which the labels
    are most like that counting.

    labels: (N,), in the order of the file.
    """
    text, starts = "".join(str(label) for label in labels), []
    for found in re.finditer(landmark, text):
        at, longest = found.start(), len(counting)
        places = range(max(0, at - longest - 1), at - longest // 2)
        like = [SequenceMatcher(None, counting, text[place:at]).ratio() for place in places]
        starts.append(places[int(np.argmax(like))])
    return starts


def digit_writers():
    """The writer of each of `digits()`: (1797,) int, from 0 to 12.

    There are 14 forms, and the source says 13 people. The first two forms are the most alike, so
    they count as one writer. If that is wrong, somebody else counts as two writers, and may be on
    both sides of a split.
    """
    _, labels = digits()
    form = np.searchsorted(form_starts(labels), np.arange(len(labels)), side="right") - 1
    return np.maximum(form - 1, 0)
