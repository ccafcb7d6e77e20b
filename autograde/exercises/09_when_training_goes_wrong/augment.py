"""More pictures out of few: each of them once for every move, with its label."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"moves": 0.75, "labels": 0.75},
    says={
        "moves": "one picture, moved several times",
        "labels": "several pictures, each of which keeps its label",
    },
)

@exercise.right
def augment(images, labels, moves):
    moved = [ops.shift_image(image[0], d, r)[None] for d, r in moves for image in images]
    return np.array(moved), np.tile(labels, len(moves))

@exercise.variant("batch by batch")
def augment_batches(images, labels, moves):
    sets = []
    for down, right in moves:
        one = np.zeros(images.shape)
        for n in range(len(images)):
            one[n, 0] = ops.shift_image(images[n, 0], down, right)
        sets.append(one)
    return np.concatenate(sets), np.concatenate([labels] * len(moves))

@exercise.variant("two lists")
def augment_lists(images, labels, moves):
    new_images, new_labels = [], []
    for move in moves:
        for image, label in zip(images, labels, strict=True):
            new_images.append([ops.shift_image(image[0], *move)])
            new_labels.append(label)
    return np.array(new_images), np.array(new_labels)

exercise.also("counted", "np.tile(labels, len(moves))", "labels[np.arange(len(moves) * len(labels)) % len(labels)]")

STEPS = [(0, 0), (1, 0), (0, -1)]
FAR = [(-1, 1), (2, 0)]
exercise.shows("moves",
    (numbers(1, 1, 3, 4, salt=1) / 2, np.array([7]), STEPS), (numbers(1, 1, 4, 3, salt=2), np.array([0]), FAR),
    (numbers(1, 1, 2, 2, salt=8), np.array([4]), [(0, 1)]),
)
exercise.shows("labels",
    (numbers(2, 1, 3, 4, salt=3) / 2, np.array([7, 2]), STEPS), (numbers(3, 1, 4, 3, salt=4), np.array([1, 0, 9]), FAR),
    (numbers(2, 1, 3, 2, salt=9), np.array([5, 3]), [(0, 0)]),
)

@exercise.hidden
def augment_hidden(rng):
    for aspect, n in (("moves", 1), ("labels", 4)):
        moves = [tuple(move) for move in rng.integers(-1, 2, (3, 2)).tolist()]
        yield aspect, (rng.integers(1, 17, (n, 1, 4, 5)) / 16, rng.permutation(10)[:n], [*moves, (1, -2)])

exercise.slip("labels in another order", "np.tile(labels, len(moves))", "np.repeat(labels, len(moves))",
    hint="The labels are in another order than the pictures: `np.repeat` gives the first label several times, and then the second. Here all pictures come once for each move, so all labels do: `np.tile`.")
exercise.slip("pictures in another order", "for d, r in moves for image in images", "for image in images for d, r in moves",
    hint="Here all moves of the first picture come first. Go through the moves outside and through the pictures inside, and let the labels follow in the same order.")
exercise.slip("labels not repeated", "np.tile(labels, len(moves))", "labels.copy()",
    hint="There are more pictures than labels. Each moved picture has the label of the picture it was made from.")
exercise.slip("down and right swapped", "image[0], d, r", "image[0], r, d",
    hint="down and right are swapped: down comes first in each move, and moves the rows.")
exercise.slip("the other way", "image[0], d, r", "image[0], -d, -r",
    hint="The pictures move the other way: down is towards larger row numbers, right towards larger column numbers.")
exercise.slip("nothing moves", "image[0], d, r", "image[0], 0, 0",
    hint="The pictures stay where they are. Each set is moved by its own (down, right).")
exercise.slip("the channel is lost", "[None] for", "for",
    hint="The channel is missing: pictures are (N, 1, H, W). `ops.shift_image` takes and gives (H, W).")
exercise.slip("the first move only", "in moves for", "in moves[:1] * len(moves) for",
    hint="All sets are moved by the first move. Each has its own.")
exercise.slip("the first picture only", "for image in images", "for image in images[:1]",
    hint="Only the first picture is moved. Each set holds all of them.")
exercise.slip("the pictures as they were, too", "return np.array(moved), np.tile(labels, len(moves))", "return np.concatenate([images, np.array(moved)]), np.tile(labels, len(moves) + 1)",
    hint="The pictures as they were come on top. Take the moves that are given and no more: (0, 0) is one of them where it is wanted.")
exercise.slip("pictures only", "return np.array(moved), np.tile(labels, len(moves))", "return np.array(moved)",
    hint="The labels are missing. Return two arrays: the pictures and their labels.")
exercise.slip("labels first", "np.array(moved), np.tile(labels, len(moves))", "np.tile(labels, len(moves)), np.array(moved)",
    hint="The two results have changed places: first the pictures, then the labels.")
exercise.slip("moves added up", "moved = [ops.shift_image(image[0], d, r)[None] for d, r in moves for image in images]", "moved, now = [], images\n    for d, r in moves:\n        now = np.array([ops.shift_image(image[0], d, r)[None] for image in now])\n        moved += list(now)",
    hint="Each set is moved on from the one before. Move the pictures as they came, every time.")

@exercise.wrong("wraps around",
    hint="What leaves on one side comes in on the other. Paper should come in, zeros, as `ops.shift_image` does it.")
def augment_rolls(images, labels, moves):
    moved = [np.roll(images, move, axis=(2, 3)) for move in moves]
    return np.concatenate(moved), np.tile(labels, len(moves))
