"""The likeliest class of each example: x (N, C, H, W) → (N,) whole numbers."""

import numpy as np

from convolab.exercises import Exercise

from .forward import forward
from .shared import COLOURED, OTHER, network, numbers

exercise = Exercise(
    says={"classes": "the number of the likeliest class", "int": "whole numbers, ints"},
    asks={"int": "whole"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

@exercise.right
def predict(x, parameters):
    return forward(x, parameters).argmax(axis=1)

@exercise.variant("a loop")
def predict_loop(x, parameters):
    classes = []
    for row in forward(x, parameters):
        best = 0
        for k in range(len(row)):
            if row[k] > row[best]:
                best = k
        classes.append(best)
    return np.array(classes)

exercise.also("np.argmax along the last axis", "forward(x, parameters).argmax(axis=1)", "np.argmax(forward(x, parameters), -1)")
exercise.also("sorted", "forward(x, parameters).argmax(axis=1)", "np.argsort(forward(x, parameters), axis=1)[:, -1]")

def sharp(salt):
    """A small network that says now one class, now another."""
    parameters = network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=salt)
    parameters["dense3_b"] = np.array([0, 1, -1]) / 64  # a little apart: no ties
    return parameters

SEVERAL = numbers(5, 1, 12, 14, salt=123) / 2
exercise.shows("classes",
    (SEVERAL, sharp(142)), (SEVERAL[:4, :, :, ::-1], sharp(359)), (COLOURED, OTHER),
    (SEVERAL[1:2], sharp(142)),
)
exercise.shows("int", (SEVERAL[:2], sharp(142)))

@exercise.hidden
def predict_hidden(rng):
    yield "classes", (rng.integers(-8, 9, (6, 1, 12, 14)) / 2, sharp(142))
    yield "classes", (rng.integers(-8, 9, (4, 1, 12, 14)) / 2, sharp(359))

exercise.slip("the largest probability", "forward(x, parameters).argmax", "forward(x, parameters).max",
    hint="These are the largest probabilities themselves. Where are they? That is argmax instead of max.")
exercise.slip("over the examples", "axis=1", "axis=0",
    hint="argmax runs down the examples and says, for each class, which example has most of it. Let it run along the classes, the last axis.")
exercise.slip("over everything", "axis=1", "",
    hint="A single number comes back, the place of the largest of all. Each example has its own: give argmax an axis.")
exercise.slip("probabilities", "forward(x, parameters).argmax(axis=1)", "forward(x, parameters)",
    hint="All the probabilities come back. For each example, the number of the likeliest class is needed.")
exercise.slip("least likely", "forward(x, parameters).argmax", "forward(x, parameters).argmin",
    hint="These are the least likely classes.")
exercise.slip("counted from 1", "forward(x, parameters).argmax(axis=1)", "forward(x, parameters).argmax(axis=1) + 1",
    hint="The classes are counted from 1. The first of them has the number 0.")
exercise.slip("only the first example", "forward(x, parameters).argmax(axis=1)", "forward(x, parameters).argmax(axis=1)[0]",
    hint="Only the first example is answered. Return one class number for each of them.")
exercise.slip("an axis too many", "axis=1", "axis=1, keepdims=True",
    hint="The class numbers are right, but each is in a row of its own. There should be one axis, (N,): leave keepdims out.")
exercise.slip("examples without their batch", "return forward(x, parameters).argmax(axis=1)", "raise IndexError(\"tuple index out of range\")",
    hint="It stops with an IndexError: an example picked as `x[n]` has only three axes, and forward takes a batch. Give it all of x, or `x[n : n + 1]`.")
exercise.slip("rows of 0 and 1", "return forward(x, parameters).argmax(axis=1)", "probabilities = forward(x, parameters)\n    return (probabilities == probabilities.max(axis=1, keepdims=True)) * 1",
    hint="A row of zeros with a 1 comes back for each example. Where is the 1? That is the number of the class.")
exercise.slip("classes in order of probability", "forward(x, parameters).argmax(axis=1)", "np.argsort(forward(x, parameters), axis=1)",
    hint="All classes come back, in the order of their probability. Only the likeliest one of each example is needed, the last in that order.")
exercise.slip("rounded probabilities", "forward(x, parameters).argmax(axis=1)", "np.rint(forward(x, parameters).max(axis=1)).astype(int)",
    hint="You round the largest probability. The class is not how large it is, but where it is.")
