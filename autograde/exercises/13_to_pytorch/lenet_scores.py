"""LeNet in PyTorch with the course's weights: what it makes of a batch (not graded)."""

import numpy as np

from convolab import ops
from convolab.data import data_file
from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    says={"scores": "the scores of LeNet"},
    tolerance=1e-4,
    allows=("torch",),
    praise="Layer by layer the network of lesson 07, and the same numbers.",
)

with np.load(data_file("lenet_digits.npz")) as file:
    LENET = {name: file[name].astype(float) for name in file.files}

def maps(x, number, after=ops.relu, pool=ops.pool_forward):
    """A convolution, what comes after it, pooling."""
    return pool(after(ops.conv_forward(x, LENET[f"conv{number}_w"], LENET[f"conv{number}_b"])))

def units(x, number, after=ops.relu):
    """A dense layer and what comes after it."""
    return after(ops.dense(x, LENET[f"dense{number}_w"], LENET[f"dense{number}_b"]))

def same(x):
    return x

def averaged(x):
    n, c, height, width = x.shape
    return x.reshape(n, c, height // 2, 2, width // 2, 2).mean(axis=(3, 5))

def larger_pictures(x):
    """Every fourth pixel of the maps in place of the largest of four."""
    return x[:, :, ::2, ::2]

@exercise.right
def lenet_scores(x):
    x = maps(x, 1)
    x = maps(x, 2)
    x = ops.flatten(x)
    x = units(x, 1)
    x = units(x, 2)
    return units(x, 3, same)

exercise.also("channels first by hand", "ops.flatten(x)", "x.reshape(len(x), -1)")

exercise.also("the last layer written out", "units(x, 3, same)", "ops.dense(x, LENET[\"dense3_w\"], LENET[\"dense3_b\"])")

@exercise.variant("pooled before relu")
def lenet_scores_pooled(x):
    for number in (1, 2):
        x = ops.relu(maps(x, number, same))
    return units(units(units(ops.flatten(x), 1), 2), 3, same)

def pictures(several, salt):
    """Blocks of eight by eight pixels, from 0 to 1."""
    return np.kron(numbers(several, 1, 4, 4, salt=salt) + 6, np.ones((8, 8))) / 12

exercise.shows("scores", (pictures(1, 3),), (pictures(2, 7),))

@exercise.hidden
def lenet_scores_hidden(rng):
    yield "scores", (np.kron(rng.integers(0, 9, (2, 1, 8, 8)), np.ones((4, 4))) / 8,)

exercise.slip("no ReLU after conv1", "maps(x, 1)", "maps(x, 1, same)",
    hint="A ReLU is missing after the first convolution.")
exercise.slip("no ReLU after conv2", "maps(x, 2)", "maps(x, 2, same)",
    hint="A ReLU is missing after the second convolution.")
exercise.slip("no ReLU after dense1", "units(x, 1)", "units(x, 1, same)",
    hint="A ReLU is missing after dense1.")
exercise.slip("no ReLU after dense2", "units(x, 2)", "units(x, 2, same)",
    hint="A ReLU is missing after dense2.")
exercise.slip("ReLU at the end", "units(x, 3, same)", "units(x, 3)",
    hint="The scores have gone through a ReLU. After the last layer comes none: a score may be below 0.")
exercise.slip("softmax at the end", "return units(x, 3, same)", "return ops.softmax(units(x, 3, same))",
    hint="These are probabilities. Scores are needed: leave the softmax out, which PyTorch's `cross_entropy` has inside.")
exercise.slip("log-softmax at the end", "return units(x, 3, same)", "return np.log(ops.softmax(units(x, 3, same)))",
    hint="These are logarithms of probabilities. Scores are needed: leave LogSoftmax out, which PyTorch's `cross_entropy` has inside.")
exercise.slip("average pooling", "x = maps(x, 1)\n    x = maps(x, 2)", "x = maps(x, 1, pool=averaged)\n    x = maps(x, 2, pool=averaged)",
    hint="You pool the average. This LeNet takes the largest: MaxPool2d(2).")
exercise.slip("no pooling, but strides", "x = maps(x, 1)\n    x = maps(x, 2)", "x = maps(x, 1, pool=larger_pictures)\n    x = maps(x, 2, pool=larger_pictures)",
    hint="You take one of four numbers wherever it is. The largest of the four is wanted: MaxPool2d(2).")
exercise.slip("tanh", "x = maps(x, 1)\n    x = maps(x, 2)\n    x = ops.flatten(x)\n    x = units(x, 1)\n    x = units(x, 2)", "x = maps(x, 1, np.tanh)\n    x = maps(x, 2, np.tanh)\n    x = ops.flatten(x)\n    x = units(x, 1, np.tanh)\n    x = units(x, 2, np.tanh)",
    hint="You use tanh, as the LeNet of 1998 nearly did. These weights were trained with ReLU.")
exercise.slip("no ReLU at all", "x = maps(x, 1)\n    x = maps(x, 2)\n    x = ops.flatten(x)\n    x = units(x, 1)\n    x = units(x, 2)", "x = maps(x, 1, same)\n    x = maps(x, 2, same)\n    x = ops.flatten(x)\n    x = units(x, 1, same)\n    x = units(x, 2, same)",
    hint="There is no ReLU anywhere. One belongs after every layer with weights but the last.")
exercise.slip("no ReLU between dense layers", "x = units(x, 1)\n    x = units(x, 2)", "x = units(x, 1, same)\n    x = units(x, 2, same)",
    hint="Between the dense layers there is no ReLU: without it, the three of them are worth no more than one.")
exercise.slip("no ReLU after the convolutions", "x = maps(x, 1)\n    x = maps(x, 2)", "x = maps(x, 1, same)\n    x = maps(x, 2, same)",
    hint="The ReLUs after the two convolutions are missing.")
exercise.slip("the classes", "return units(x, 3, same)", "return units(x, 3, same).argmax(axis=1)",
    hint="These are the classes. The scores themselves are needed.")
