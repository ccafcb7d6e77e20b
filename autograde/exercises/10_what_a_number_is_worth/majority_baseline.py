"""What somebody gets right who always says the commonest class."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"share": 0.75, "equal": 0.25},
    says={"share": "one class is the commonest", "equal": "two classes are equally common"},
    praise="An accuracy no higher than this does not show any learning.",
)

@exercise.right
def majority_baseline(known, asked):
    commonest = np.bincount(known).argmax()
    return float((asked == commonest).mean())

@exercise.variant("counted by unique")
def majority_baseline_unique(known, asked):
    names, counts = np.unique(known, return_counts=True)
    return np.mean(asked == names[counts.argmax()])

@exercise.variant("a loop")
def majority_baseline_loop(known, asked):
    best, most = -1, 0
    for name in range(max(known) + 1):
        several = (known == name).sum()
        if several > most:
            best, most = name, several
    return sum(1 for label in asked if label == best) / len(asked)

@exercise.variant("lists")
def majority_baseline_lists(known, asked):
    labels = known.tolist()
    best = max(sorted(set(labels)), key=labels.count)
    return asked.tolist().count(best) / len(asked)

A = np.array([3, 1, 3, 3, 0, 1, 5, 3])
exercise.shows("share",
    (A, np.array([3, 0, 1, 3, 0, 0, 5, 0])), (np.array([2, 2, 2, 7]), np.array([2, 7, 7, 7, 7])),
    (np.array([0, 0, 4, 0, 1]), np.array([4, 0, 1, 0, 0, 0])), (np.array([6, 6, 1]), np.array([1, 1, 2, 2])),
)
exercise.shows("equal",
    (np.array([1, 4, 2, 2, 4, 9]), np.array([2, 4, 4, 4, 9, 1, 9])), (np.array([8, 3]), np.array([3, 3, 8, 3, 1, 3])),
)

@exercise.hidden
def majority_baseline_hidden(rng):
    yield "share", (np.append(rng.integers(0, 6, 9), [5] * 6), rng.integers(3, 6, 11))
    yield "equal", (rng.permutation([6, 6, 2, 2, 4, 4, 1]), rng.integers(1, 7, 13))

exercise.slip("the share among the known", "(asked == commonest)", "(known == commonest)",
    hint="That is how common the class is among the labels to learn from. What counts is how many of the asked ones it gets right.")
exercise.slip("the commonest of the asked", "np.bincount(known)", "np.bincount(asked)",
    hint="You choose the class by the asked labels, which nobody knows in advance. It has to be chosen by the known ones.")
exercise.slip("the class", "float((asked == commonest).mean())", "commonest",
    hint="That is the commonest class. The answer is the share of the asked labels that are of this class.")
exercise.slip("a count", ".mean()", ".sum()",
    hint="That is how many it gets right. Divide by the number of asked labels to get the share.")
exercise.slip("in per cent", ".mean()", ".mean() * 100",
    hint="A share is a number from 0 to 1; yours is in per cent.")
exercise.slip("how often, not which", ".argmax()", ".max()",
    hint="max gives how often the commonest class occurs; argmax tells which class it is.")
exercise.slip("the rarest", ".argmax()", ".argmin()",
    hint="That is the rarest class. Take the commonest: argmax.")
exercise.slip("the share that is wrong", "asked == commonest", "asked != commonest",
    hint="That is the share that it gets wrong. The rest is right.")
exercise.slip("one class in so many", "float((asked == commonest).mean())", "1 / len(np.unique(known))",
    hint="That is the share for guessing, if all classes are equally common. Here they are not: count how many of the asked labels are the commonest class.")
exercise.slip("the last of equals", "np.bincount(known).argmax()", "np.flatnonzero(np.bincount(known) == np.bincount(known).max())[-1]",
    hint="Where two classes are equally common you take the one with the larger number. Take the smaller.")
exercise.slip("the first that comes", "np.bincount(known).argmax()", "known[0]",
    hint="That is the first known label. Count all of them, and take the commonest.")
exercise.slip("the largest class number", "np.bincount(known).argmax()", "known.max()",
    hint="That is the largest class number. Count how often each class occurs, `np.bincount`, and take the commonest.")
exercise.slip("the mean class", "np.bincount(known).argmax()", "round(known.mean())",
    hint="Class numbers are names, so their mean says nothing. Count how often each one occurs.")
exercise.slip("the middle class", "np.bincount(known).argmax()", "int(np.median(known))",
    hint="Class numbers are names, so their median says nothing. Count how often each one occurs.")
