"""The label of the most similar picture in store, for every picture that is asked about."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"labels": 1, "equal": 0.5},
    says={
        "labels": "the label of the nearest picture",
        "equal": "two pictures are equally near: the first counts",
    },
    praise="It learns nothing and has no weights, and on many small data sets it is hard to beat.",
)

@exercise.right
def nearest_neighbour(known, labels, asked):
    answers = []
    for one in asked:
        apart = ((known - one) ** 2).sum(axis=(1, 2, 3))
        answers.append(labels[apart.argmin()])
    return np.array(answers)

exercise.also("with the root", "((known - one) ** 2).sum(axis=(1, 2, 3))", "np.sqrt(((known - one) ** 2).sum(axis=(1, 2, 3)))")
exercise.also("means", ".sum(axis=(1, 2, 3))", ".mean(axis=(1, 2, 3))")

@exercise.variant("two loops")
def nearest_neighbour_loops(known, labels, asked):
    answers = np.zeros(len(asked), int)
    for number, one in enumerate(asked):
        best, least = 0, np.inf
        for place, other in enumerate(known):
            apart = np.sum((one - other) ** 2)
            if apart < least:
                best, least = place, apart
        answers[number] = labels[best]
    return answers

@exercise.variant("all at once, flattened")
def nearest_neighbour_flat(known, labels, asked):
    a, b = known.reshape(len(known), -1), asked.reshape(len(asked), -1)
    apart = ((b[:, None] - a[None]) ** 2).sum(axis=2)
    return labels[apart.argmin(axis=1)]

def near(store, n, salt):
    """n pictures, each of which is near one of the store."""
    chosen = store[(np.arange(n) * 2 + salt) % len(store)]
    return chosen + numbers(*chosen.shape, salt=salt + 50) / 4

STORE = numbers(5, 1, 2, 3, salt=1).astype(float)
exercise.shows("labels",
    (STORE, np.array([7, 2, 9, 4, 5]), near(STORE, 4, 1)), (STORE / 2, np.array([3, 8, 6, 1, 0]), near(STORE / 2, 3, 2)),
    (np.array([[[[0.0, 0, 0]]], [[[2, -2, 2]]], [[[9, 0, 0]]], [[[-4, 4, 1]]]]), np.array([5, 6, 7, 8]), np.array([[[[4.0, 0, 0]]], [[[3, 3, 2.5]]], [[[-1, 1, 0]]]])),
    (numbers(6, 1, 3, 2, salt=3) / 2, np.array([4, 1, 7, 0, 9, 2]), numbers(5, 1, 3, 2, salt=4) / 2 + np.array([[0.125, 0.25], [-0.125, 0.0625], [0.5, 0.375]])),
    (numbers(4, 1, 2, 2, salt=5) / 2, np.array([6, 9, 3, 2]), np.array([[[[1.0, 2.5], [-1, 0.25]]]])),
)
exercise.shows("equal",
    (np.array([[[[1.0, 0]]], [[[0, 1]]], [[[4, 4]]], [[[0, 1]]]]), np.array([3, 8, 5, 6]), np.array([[[[0.0, 0]]], [[[3, 4]]], [[[0, 2]]]])),
    (np.array([[[[5.0], [1]]], [[[0], [-2]]], [[[0], [2]]]]), np.array([9, 4, 1]), np.array([[[[0.0], [0]]], [[[4], [1]]]])),
)

@exercise.hidden
def nearest_neighbour_hidden(rng):
    for n in (4, 6):
        store = rng.integers(-9, 9, (n, 1, 3, 4)) / 2
        yield "labels", (store, rng.permutation(10)[:n], rng.integers(-9, 9, (5, 1, 3, 4)) / 2)
    store = rng.integers(0, 9, (4, 1, 2, 2)).astype(float)
    twins = np.concatenate([store, store])
    yield "equal", (twins, rng.permutation(10)[:8], store[::-1] + 0.25)

exercise.slip("the farthest", ".argmin()", ".argmax()",
    hint="That is the picture that is farthest away. The nearest has the smallest sum: argmin.")
exercise.slip("the position", "labels[apart.argmin()]", "apart.argmin()",
    hint="That is where the nearest picture is in the store. The answer is its label.")
exercise.slip("the distance", "labels[apart.argmin()]", "apart.min()",
    hint="That is how far away the nearest picture is. The answer is its label.")
exercise.slip("differences cancel", "(known - one) ** 2", "known - one",
    hint="Differences up and down cancel when you add them. Square them first.")
exercise.slip("differences not squared", "((known - one) ** 2)", "np.abs(known - one)",
    hint="You add up the absolute differences. Square each before you add, so that a large one counts for more.")
exercise.slip("the sum squared", "((known - one) ** 2).sum(axis=(1, 2, 3))", "(known - one).sum(axis=(1, 2, 3)) ** 2",
    hint="You add first and then square, so differences up and down cancel. Square each difference, and then add.")
exercise.slip("the largest difference only", "((known - one) ** 2).sum", "((known - one) ** 2).max",
    hint="Only the pixel with the largest difference counts in yours. Add up the squares over all pixels.")
exercise.slip("multiplied", "(known - one) ** 2", "(known * one)",
    hint="You multiply the pictures. The distance is made of their differences, squared.")
exercise.slip("the last of equals", "labels[apart.argmin()]", "labels[np.flatnonzero(apart == apart.min())[-1]]",
    hint="Where two pictures are equally near you take the last. Take the first.")
exercise.slip("the first question only", "for one in asked", "for one in asked[:1]",
    hint="Only the first picture gets an answer. There is one for each picture of asked.")
exercise.slip("the first question again and again", "known - one", "known - asked[0]",
    hint="Every answer belongs to the first picture of asked. Compare the store with each of them in turn.")
exercise.slip("the second nearest", "apart.argmin()", "apart.argsort(kind='stable')[1]",
    hint="That is the second nearest. Leave out the nearest only where the picture itself is in the store, which is not so here.")
exercise.slip("squares added along one axis", "axis=(1, 2, 3)", "axis=(1, 2)",
    hint="The squares are added along some axes only, so there is more than one number for each picture of the store. Add over all three: channel, row and column.")
exercise.slip("squares added over the store", "axis=(1, 2, 3)", "axis=0",
    hint="You add over the pictures of the store, axis 0. Each of them needs a distance of its own: add over channel, row and column.")
exercise.slip("one number for all", ".sum(axis=(1, 2, 3))", ".sum()",
    hint="You add up everything, the whole store. Each of its pictures needs a distance of its own: `axis=(1, 2, 3)`.")
