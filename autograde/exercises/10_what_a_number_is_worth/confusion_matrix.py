"""How often each class was taken for each other."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"counts": 1},
    says={"counts": "a row for each class, a column for each answer"},
)

@exercise.right
def confusion_matrix(labels, said, classes):
    counts = np.zeros((classes, classes), dtype=int)
    for label, answer in zip(labels, said, strict=True):
        counts[label, answer] += 1
    return counts

@exercise.variant("np.add.at")
def confusion_matrix_add(labels, said, classes):
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, said), 1)
    return counts

@exercise.variant("counted by one number")
def confusion_matrix_bins(labels, said, classes):
    return np.bincount(classes * labels + said, minlength=classes**2).reshape(classes, classes)

@exercise.variant("cell by cell")
def confusion_matrix_cells(labels, said, classes):
    counts = np.zeros((classes, classes), int)
    for i in range(classes):
        for j in range(classes):
            counts[i, j] = np.sum((labels == i) & (said == j))
    return counts

exercise.shows("counts",
    (np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 0, 0]), 3), (np.array([1, 3, 3, 0, 1]), np.array([3, 3, 2, 0, 3]), 4),
    (np.array([0, 1, 1]), np.array([1, 1, 0]), 4), (np.array([0, 0]), np.array([0, 0]), 1),
)
exercise.shows("counts", (np.array([1, 0, 1, 1]), np.array([1, 1, 1, 0]), 2))

@exercise.hidden
def confusion_matrix_hidden(rng):
    for aspect, classes in (("counts", 4), ("counts", 6), ("counts", 3)):
        yield aspect, (rng.integers(0, classes, 17), rng.integers(0, classes, 17), classes)

exercise.slip("rows and columns swapped", "counts[label, answer]", "counts[answer, label]",
    hint="Rows and columns are swapped: the row is what it was, the column what it was taken for.")
exercise.slip("each pair once", "counts[label, answer] += 1", "counts[label, answer] = 1",
    hint="What happens several times is counted once. In a loop, `+=` adds 1 each time; `counts[labels, said] += 1` does not, but `np.add.at(counts, (labels, said), 1)` does.")
exercise.slip("mistakes only", "counts[label, answer] += 1", "counts[label, answer] += label != answer",
    hint="Only mistakes are counted. Right answers are counted too: they are the diagonal.")
exercise.slip("right answers only", "counts[label, answer] += 1", "counts[label, answer] += label == answer",
    hint="Only right answers are counted. The mistakes are what the matrix is for.")
exercise.slip("one class too few", "np.zeros((classes, classes), dtype=int)", "np.zeros((labels.max() + 1, labels.max() + 1), dtype=int)",
    hint="The matrix has the size of the classes that occur in the labels. It is (classes, classes), even if some class does not occur.")
exercise.slip("shares of a row", "return counts", "return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)",
    hint="These are shares of each row. The counts themselves are needed.")
exercise.slip("shares of all", "return counts", "return counts / len(labels)",
    hint="These are shares of all pictures. The counts themselves are needed.")
exercise.slip("the diagonal", "return counts", "return counts.diagonal()",
    hint="That is the diagonal alone, the right answers. Return the whole matrix.")
exercise.slip("a row too many", "np.zeros((classes, classes), dtype=int)", "np.zeros((classes + 1, classes + 1), dtype=int)",
    hint="There is a row and a column too many: classes are counted from 0, so the matrix is (classes, classes).")
exercise.slip("the label twice", "counts[label, answer]", "counts[label, label]",
    hint="You count the label in both places. The column is the answer.")
exercise.slip("the answer twice", "counts[label, answer]", "counts[answer, answer]",
    hint="You count the answer in both places. The row is the label.")
exercise.slip("a whole row", "counts[label, answer] += 1", "counts[label] += 1",
    hint="You add 1 to a whole row. A picture belongs in one cell: row and column.")
