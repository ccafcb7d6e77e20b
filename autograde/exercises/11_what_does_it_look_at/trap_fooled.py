"""The share of the digits read correctly before that is read wrongly after a change."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the share of those read correctly before that is misread after"},
    praise="A digit that was misread anyway is no success of whoever changed it.",
)

@exercise.right
def trap_fooled(before, after, labels):
    right = before == labels
    return float((after[right] != labels[right]).mean())

@exercise.variant("counted")
def trap_fooled_counted(before, after, labels):
    fooled = known = 0
    for first, then, label in zip(before, after, labels, strict=True):
        if first == label:
            known += 1
            fooled += then != label
    return fooled / known

@exercise.variant("two sums")
def trap_fooled_sums(before, after, labels):
    return ((before == labels) & (after != labels)).sum() / (before == labels).sum()

exercise.also("another answer than before", "after[right] != labels[right]", "after[right] != before[right]")
exercise.also("what is left", "float((after[right] != labels[right]).mean())", "1 - float((after[right] == labels[right]).mean())")

exercise.shows("values",
    (np.array([3, 5, 8, 1]), np.array([3, 6, 8, 2]), np.array([3, 5, 3, 1])),
    (np.array([7, 7, 2, 0, 4]), np.array([1, 7, 2, 9, 4]), np.array([7, 1, 2, 0, 9])),
    (np.array([4, 2, 7, 7]), np.array([4, 1, 7, 8]), np.array([4, 1, 7, 7])),
    (np.array([2, 6, 6]), np.array([2, 8, 5]), np.array([2, 6, 8])),
    (np.array([9, 4, 4, 1, 5, 5, 0, 3]), np.array([4, 4, 9, 1, 3, 5, 0, 5]), np.array([9, 9, 4, 7, 5, 3, 0, 8])),
)

@exercise.wrong("as found", untouched=True,
    hint="Who is counted here, and out of how many? Think of a digit that was misread before anybody changed it.")
def trap_fooled_found(before, after, labels):
    return float((after != labels).mean())

exercise.slip("out of all", "float((after[right] != labels[right]).mean())", "float((right & (after != labels)).mean())",
    hint="Those counted are right, but they are divided by all digits. Divide by those that were read correctly before.")
exercise.slip("those still right", "after[right] != labels[right]", "after[right] == labels[right]",
    hint="That is the share that is still read correctly. Which share is misread now?")
exercise.slip("any change of the answer", "float((after[right] != labels[right]).mean())", "float((after != before).mean())",
    hint="That counts every answer that changed, also from one wrong answer to another. Count those that were right before and are wrong after.")
exercise.slip("those misread before", "right = before == labels", "right = before != labels",
    hint="You look at the digits that were misread before. Look at those that were read correctly.")
exercise.slip("what the change adds", "float((after[right] != labels[right]).mean())", "float((after != labels).mean() - (before != labels).mean())",
    hint="That is how much the error grows. A digit misread before may be right after, so this is not yet the share of fooled ones: look at those that were right before, alone.")
exercise.slip("a count", "(after[right] != labels[right]).mean()", "(after[right] != labels[right]).sum()",
    hint="That is how many. Divide by how many were read correctly before.")
exercise.slip("out of the misread", "float((after[right] != labels[right]).mean())", "float((right & (after != labels)).sum() / (after != labels).sum())",
    hint="You divide by all that are misread after. Divide by those that were read correctly before.")
exercise.slip("right after, wrong before", "right = before == labels", "right = after == labels",
    hint="You look at those that are right after the change. Look at those that were right before it.")
