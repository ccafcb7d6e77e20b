"""Of each class, how much is recognised."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"shares": 1, "missing": 0.5},
    says={"shares": "classes that all occur", "missing": "a class that does not occur"},
    praise="One number became several, and the weakest is often the one that matters.",
)

@exercise.right
def per_class_recall(labels, said, classes):
    shares = np.full(classes, np.nan)
    for number in range(classes):
        of_it = labels == number
        if of_it.any():
            shares[number] = (said[of_it] == number).mean()
    return shares

@exercise.variant("counted")
def per_class_recall_counted(labels, said, classes):
    right, several = np.zeros(classes), np.zeros(classes)
    for label, answer in zip(labels, said, strict=True):
        several[label] += 1
        right[label] += label == answer
    with np.errstate(invalid="ignore"):
        return right / several

@exercise.variant("from the confusion matrix")
def per_class_recall_confusion(labels, said, classes):
    counts = np.zeros((classes, classes))
    np.add.at(counts, (labels, said), 1)
    rows = counts.sum(axis=1)
    return np.array([counts[n, n] / rows[n] if rows[n] else float("nan") for n in range(classes)])

@exercise.variant("by bincount")
def per_class_recall_bins(labels, said, classes):
    several = np.bincount(labels, minlength=classes)
    right = np.bincount(labels[labels == said], minlength=classes)
    return np.where(several > 0, right / np.maximum(several, 1), np.nan)

exercise.shows("shares",
    (np.array([0, 0, 1, 1, 1, 1]), np.array([0, 1, 1, 1, 1, 0]), 2), (np.array([2, 0, 1, 2, 2, 0, 1, 2]), np.array([2, 1, 1, 0, 1, 0, 0, 2]), 3),
    (np.array([0, 1, 2, 3]), np.array([0, 2, 2, 0]), 4), (np.array([1, 1, 0, 2, 2, 2, 2, 0]), np.array([0, 0, 0, 2, 2, 2, 1, 0]), 3),
    (np.array([0, 0, 0, 0]), np.array([0, 0, 0, 0]), 1),
)
exercise.shows("missing",
    (np.array([0, 2, 2, 0, 0, 2, 2]), np.array([0, 2, 0, 0, 1, 2, 2]), 3), (np.array([1, 1, 1, 1]), np.array([1, 0, 1, 3]), 4), (np.array([2, 2]), np.array([0, 2]), 3),
)

@exercise.hidden
def per_class_recall_hidden(rng):
    for aspect, labels in (("shares", np.arange(20) % 4), ("missing", np.arange(20) % 3)):
        labels = rng.permutation(labels)
        yield aspect, (labels, np.where(rng.random(20) < 0.5, labels, rng.integers(0, 4, 20)), 4)

S = "shares[number] = (said[of_it] == number).mean()"
exercise.slip("the column", S, "with np.errstate(all='ignore'):\n                shares[number] = np.sum(said[of_it] == number) / np.sum(said == number)",
    hint="You divide by how often the network said this class. That tells how far its word can be trusted (precision). Divide by how many pictures of it there are.")
exercise.slip("of all pictures", S, "shares[number] = (of_it & (said == number)).mean()",
    hint="You divide by the number of all pictures. Divide by the number of pictures of this class.")
exercise.slip("counts", S, "shares[number] = (said[of_it] == number).sum()",
    hint="These are counts. Divide each by how many pictures of the class there are.")
exercise.slip("the mistakes", S, "shares[number] = (said[of_it] != number).mean()",
    hint="That is the share of each class that is lost. The share that is recognised is needed.")
exercise.slip("this class or not", S, "shares[number] = ((labels == number) == (said == number)).mean()",
    hint="You count all pictures where 'this class or not' is right, so the other classes help. Only the pictures of the class itself count.")
exercise.slip("the accuracy everywhere", S, "shares[number] = (said == labels).mean()",
    hint="That is the accuracy of all pictures together, in every place. Take only the pictures of each class.")
exercise.slip("how often it is said", S, "shares[number] = (said == number).mean()",
    hint="That is how often each class is said, right or wrong. Look only at the pictures that are of this class.")
exercise.slip("how often it occurs", S, "shares[number] = (labels == number).mean()",
    hint="That is how often each class occurs. What the network said does not come in at all.")
exercise.slip("in per cent", S, "shares[number] = 100 * (said[of_it] == number).mean()",
    hint="Shares are numbers from 0 to 1; yours are in per cent.")
exercise.slip("0 for a class that does not occur", "np.full(classes, np.nan)", "np.zeros(classes)",
    hint="A class without pictures has no recall. You say 0, as if all of them had been lost. Say `np.nan`, not a number.")
exercise.slip("1 for a class that does not occur", "np.full(classes, np.nan)", "np.ones(classes)",
    hint="A class without pictures has no recall. You say 1, as if all of them had been recognised. Say `np.nan`, not a number.")
exercise.slip("left out", "return shares", "return shares[~np.isnan(shares)]",
    hint="A class without pictures is left out, so the later ones move up. Keep its place with `np.nan`.")
exercise.slip("those that occur, by number", "range(classes)", "range(len(np.unique(labels)))",
    hint="You count only as many classes as occur among the labels. There are `classes` of them.")
exercise.slip("up to the largest label", "np.full(classes, np.nan)\n    for number in range(classes)", "np.full(labels.max() + 1, np.nan)\n    for number in range(labels.max() + 1)",
    hint="The result ends at the largest label that occurs. It has one number for each of the `classes`.")
exercise.slip("the mean of them", "return shares", "return np.nanmean(shares)",
    hint="That is the mean of the recalls, one number. Return all of them, one a class.")
@exercise.wrong("labels and answers swapped", hint="Labels and answers are swapped: you ask, of what was said, how much is right (precision). Recall asks, of what is there, how much was found.")
def per_class_recall_swapped(labels, said, classes):
    shares = np.full(classes, np.nan)
    for number in range(classes):
        of_it = said == number
        if of_it.any():
            shares[number] = (labels[of_it] == number).mean()
    return shares
