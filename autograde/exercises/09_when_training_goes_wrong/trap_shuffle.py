"""Pictures and labels in a new order, the same order for both."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    says={"values": "every picture keeps its label"},
    praise="Index both with one and the same order, and no label can get lost.",
)

@exercise.right
def trap_shuffle(images, labels, seed):
    order = np.random.default_rng(seed).permutation(len(images))
    return images[order], labels[order]

@exercise.variant("numbers shuffled")
def trap_shuffle_numbers(images, labels, seed):
    order = np.arange(len(labels))
    np.random.default_rng(seed).shuffle(order)
    return np.array([images[n] for n in order]), np.array([labels[n] for n in order])

@exercise.variant("the generator begun anew")
def trap_shuffle_twice(images, labels, seed):
    new_images = np.random.default_rng(seed).permutation(images)
    return new_images, np.random.default_rng(seed).permutation(labels)

exercise.also("taken", "images[order], labels[order]", "np.take(images, order, axis=0), np.take(labels, order)")

exercise.shows("values",
    (numbers(5, 2), np.array([10, 20, 30, 40, 50]), 1), (numbers(4, 1, 2, 2, salt=1), np.array([3, 1, 2, 0]), 5),
    (numbers(6, 3, salt=2) / 2, np.array([6, 5, 4, 3, 2, 1]), 8),
)

@exercise.wrong("as found", untouched=True,
    hint="`rng.permutation` draws a new order each time it is called. How many orders does this program draw, and how many should it?")
def trap_shuffle_found(images, labels, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(images))
    return images[order], labels[rng.permutation(len(labels))]

exercise.slip("labels left as they were", "labels[order]", "labels.copy()",
    hint="Now the pictures are in a new order, and the labels in the old one. Both need the same order.")
exercise.slip("pictures left as they were", "images[order]", "images.copy()",
    hint="Now the labels are in a new order, and the pictures in the old one. Both need the same order.")
exercise.slip("nothing shuffled", "images[order], labels[order]", "images.copy(), labels.copy()",
    hint="Every picture has its label, but nothing is shuffled any more. Draw one order, and use it for both.")
exercise.slip("always the same order", "default_rng(seed)", "default_rng(0)",
    hint="Every picture has its label, but the order is that of another seed. The seed is an argument.")
exercise.slip("the order undone", "labels[order]", "labels[np.argsort(order)]",
    hint="The labels go the opposite way. Index them exactly as you index the pictures.")
