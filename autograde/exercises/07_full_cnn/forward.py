"""The probabilities that the network gives to a batch."""

import numpy as np

from convolab.exercises import Exercise

from .conv_forward import conv_forward
from .dense import dense
from .flatten import flatten
from .pool_forward import pool_forward
from .shared import COLOURED, OTHER, layer, network, numbers, pooled
from .softmax import softmax

exercise = Exercise(
    points={"small": 2, "sizes": 1},
    says={"small": "a small network", "sizes": "other sizes and batches"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

def positive(x):
    return np.maximum(x, 0)

def to_features(x, p, first=positive, second=positive):
    """Both convolutions and poolings."""
    x = pooled(first(layer(x, p["conv1_w"], p["conv1_b"])), 2)
    return pooled(second(layer(x, p["conv2_w"], p["conv2_b"])), 2)

def to_scores(flat, p, first=positive, second=positive):
    """The three dense layers."""
    x = first(flat @ p["dense1_w"] + p["dense1_b"])
    x = second(x @ p["dense2_w"] + p["dense2_b"])
    return x @ p["dense3_w"] + p["dense3_b"]

def as_they_are(x):
    return x

@exercise.right
def forward(x, parameters):
    return softmax(to_scores(flatten(to_features(x, parameters)), parameters))

@exercise.variant("the exercises above, one after another")
def forward_chained(x, parameters):
    p = parameters
    x = conv_forward(x, p["conv1_w"], p["conv1_b"])
    x = pool_forward(np.maximum(x, 0))
    x = conv_forward(x, p["conv2_w"], p["conv2_b"])
    x = pool_forward(np.maximum(x, 0))
    x = flatten(x)
    x = np.maximum(dense(x, p["dense1_w"], p["dense1_b"]), 0)
    x = np.maximum(dense(x, p["dense2_w"], p["dense2_b"]), 0)
    return softmax(dense(x, p["dense3_w"], p["dense3_b"]))

@exercise.variant("pooled before relu")
def forward_pooled_first(x, parameters):
    for name in ("conv1", "conv2"):
        x = conv_forward(x, parameters[name + "_w"], parameters[name + "_b"])
        x = np.maximum(pool_forward(x), 0)
    x = flatten(x)
    for name in ("dense1", "dense2", "dense3"):
        x = dense(x, parameters[name + "_w"], parameters[name + "_b"])
        if name != "dense3":
            x = np.maximum(x, 0)
    return softmax(x)

@exercise.variant("example by example")
def forward_one_by_one(x, parameters):
    rows = []
    for n in range(len(x)):
        features = to_features(x[n : n + 1], parameters)
        rows.append(softmax(to_scores(features.reshape(1, -1), parameters))[0])
    return np.array(rows)

SMALL = network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=9)

PICTURES = numbers(2, 1, 12, 14, salt=77) / 8
exercise.shows("small",
    (PICTURES, SMALL), (PICTURES[1:], network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=40)),
)
exercise.shows("sizes", (COLOURED, OTHER))

# A right program never notices; what is left out or written twice gives a number here, where it
# would otherwise stop with the same error as any other slip.
ALIKE = network(2, (2, 2), (1, 1), 4, (4, 4, 4), salt=19)  # all layers of one kind have one shape
exercise.shows("sizes", (numbers(2, 2, 4, 8, salt=31) / 4, ALIKE))

ONE_ROW = network(1, (2, 1), (2, 2), 3, (4, 3, 2), salt=62)  # one map of 1 × 3 goes into flatten
exercise.shows("sizes", (numbers(1, 1, 7, 15, salt=13) / 4, ONE_ROW))

SPREAD = network(1, (1, 6), (3, 1), 6, (3, 4, 2), salt=27)  # one map of 2 × 3, or six of 1 × 1
exercise.shows("sizes", (numbers(2, 1, 6, 8, salt=51) / 4, SPREAD))

@exercise.hidden
def forward_hidden(rng):
    yield "small", (rng.integers(-8, 9, (2, 1, 12, 14)) / 8, SMALL)
    salt = int(rng.integers(1, 5000))
    yield "small", (PICTURES, network(1, (2, 3), (3, 2), 12, (5, 4, 3), salt=salt))
    yield (
        "sizes",
        (
            rng.integers(-8, 9, (3, 1, 11, 10)) / 8,
            network(1, (2, 2), (2, 2), 4, (3, 4, 2), salt=salt),
        ),
    )

exercise.slip("scores instead of probabilities", "softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "to_scores(flatten(to_features(x, parameters)), parameters)",
    hint="These are the scores of the last layer. One step is missing at the end: softmax.")
exercise.slip("relu after the last layer", "to_scores(flatten(to_features(x, parameters)), parameters)", "positive(to_scores(flatten(to_features(x, parameters)), parameters))",
    hint="There is a relu after the last dense layer too, so all negative scores look alike. The scores go into softmax as they are.")
exercise.slip("no relu at all", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters, as_they_are, as_they_are)\n    return softmax(to_scores(flatten(features), parameters, as_they_are, as_they_are))",
    hint="There is no relu anywhere. It follows every layer with weights but the last: without it, several layers in a row are no more than one.")
exercise.slip("no relu after the convolutions", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters, as_they_are, as_they_are)\n    return softmax(to_scores(flatten(features), parameters))",
    hint="The relus after the two convolutions are missing.")
exercise.slip("no relu after the dense layers", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "flat = flatten(to_features(x, parameters))\n    return softmax(to_scores(flat, parameters, as_they_are, as_they_are))",
    hint="The relus after the first two dense layers are missing.")
exercise.slip("no relu after the first convolution", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters, first=as_they_are)\n    return softmax(to_scores(flatten(features), parameters))",
    hint="The relu after the first convolution is missing.")
exercise.slip("no relu after the second convolution", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters, second=as_they_are)\n    return softmax(to_scores(flatten(features), parameters))",
    hint="The relu after the second convolution is missing.")
exercise.slip("no relu after the first dense layer", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "flat = flatten(to_features(x, parameters))\n    return softmax(to_scores(flat, parameters, first=as_they_are))",
    hint="The relu after the first dense layer is missing.")
exercise.slip("no relu after the second dense layer", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "flat = flatten(to_features(x, parameters))\n    return softmax(to_scores(flat, parameters, second=as_they_are))",
    hint="The relu after the second dense layer is missing.")
exercise.slip("softmax down the columns", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "scores = to_scores(flatten(to_features(x, parameters)), parameters)\n    powers = np.exp(scores - scores.max(axis=0))\n    return powers / powers.sum(axis=0)",
    hint="The probabilities sum to 1 down the examples. Each example, a row, should sum to 1.")
exercise.slip("flattened in another order", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters)\n    return softmax(to_scores(features.reshape(len(x), -1, order=\"F\"), parameters))",
    hint="The dense layers meet the numbers in another order than their weights expect: flatten row by row, channel after channel, as the exercise above does.")
exercise.slip("flattened with channels last", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters).transpose(0, 2, 3, 1)\n    return softmax(to_scores(features.reshape(len(x), -1), parameters))",
    hint="The numbers are flattened pixel by pixel, channels last. Channel after channel is what the weights of the dense layer expect.")

@exercise.wrong("kernels reversed",
    hint="The kernels are reversed. The layers of a network correlate.")
def forward_reversed(x, parameters):
    turned = dict(parameters)
    for name in ("conv1_w", "conv2_w"):
        turned[name] = parameters[name][:, :, ::-1, ::-1]
    return softmax(to_scores(flatten(to_features(x, turned)), turned))

exercise.slip("no biases", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "bare = {name: value * name.endswith(\"_w\") for name, value in parameters.items()}\n    return softmax(to_scores(flatten(to_features(x, bare)), bare))",
    hint="The biases are not used: every layer with weights also has its own, `conv1_b` to `dense3_b`.")

@exercise.wrong("average pooling",
    hint="The maps are pooled by their average. It should be max pooling.")
def forward_average(x, parameters):
    p = parameters
    x = pooled(positive(layer(x, p["conv1_w"], p["conv1_b"])), 2, np.mean)
    x = pooled(positive(layer(x, p["conv2_w"], p["conv2_b"])), 2, np.mean)
    return softmax(to_scores(flatten(x), p))

exercise.slip("only the first example", "softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "softmax(to_scores(flatten(to_features(x, parameters)), parameters))[0]",
    hint="Only the first example comes back. x holds a batch, and so does the result: (N, classes).")
exercise.slip("second pooling missing", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = parameters\n    x = pooled(positive(layer(x, p[\"conv1_w\"], p[\"conv1_b\"])), 2)\n    x = positive(layer(x, p[\"conv2_w\"], p[\"conv2_b\"]))\n    return softmax(to_scores(flatten(x), p))",
    hint="It stops with an error each time: one step gives what the next cannot take. Print x.shape after every line and compare it with the table. Is the second pooling missing, or is a size such as 400 written as a number?")
exercise.slip("a size written as a number", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters)\n    return softmax(to_scores(features.reshape(-1, 12), parameters))",
    hint="It is right for one network only: a size of that network, such as 12, is in the code as a number. Let the arrays say how large they are; flatten needs no number.")
exercise.slip("only the first relu", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "features = to_features(x, parameters, second=as_they_are)\n    return softmax(to_scores(flatten(features), parameters, as_they_are, as_they_are))",
    hint="There is a relu in the first block, which was given, and none after it. Every layer with weights is followed by one, except the last.")
exercise.slip("second block missing", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = parameters\n    x = pooled(positive(layer(x, p[\"conv1_w\"], p[\"conv1_b\"])), 2)\n    return softmax(to_scores(flatten(x), p))",
    hint="After the first block it goes straight on to flatten. The second block is missing: conv2, relu and pooling once more.")
exercise.slip("second convolution lost", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = parameters\n    x = pooled(positive(layer(x, p[\"conv1_w\"], p[\"conv1_b\"])), 2)\n    return softmax(to_scores(flatten(pooled(positive(x), 2)), p))",
    hint="The second convolution is not in the result: is it missing, or is its result not kept? Each line should begin with x =.")
exercise.slip("flatten missing", "flatten(to_features(x, parameters))", "to_features(x, parameters)",
    hint="The maps go into the first dense layer as they are, with four axes. It takes a row of numbers for each example: flatten comes before it.")
exercise.slip("one row for the whole batch", "flatten(to_features(x, parameters))", "to_features(x, parameters).reshape(1, -1)",
    hint="It works for a single picture only: all examples are laid out in one row together. Each example keeps its own row, as in your flatten.")
exercise.slip("conv1 used twice", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = {**parameters, \"conv2_w\": parameters[\"conv1_w\"], \"conv2_b\": parameters[\"conv1_b\"]}\n    return softmax(to_scores(flatten(to_features(x, p)), p))",
    hint="The second convolution uses the weights of the first. It has its own, `conv2_w` and `conv2_b`.")
exercise.slip("dense1 used twice", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = {**parameters, \"dense2_w\": parameters[\"dense1_w\"], \"dense2_b\": parameters[\"dense1_b\"]}\n    return softmax(to_scores(flatten(to_features(x, p)), p))",
    hint="The second dense layer uses the weights of the first. It has its own, `dense2_w` and `dense2_b`.")
exercise.slip("dense2 used twice", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = {**parameters, \"dense3_w\": parameters[\"dense2_w\"], \"dense3_b\": parameters[\"dense2_b\"]}\n    return softmax(to_scores(flatten(to_features(x, p)), p))",
    hint="The last dense layer uses the weights of the second. It has its own, `dense3_w` and `dense3_b`.")
exercise.slip("dense weights transposed", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = {name: a.T if name.startswith(\"dense\") else a for name, a in parameters.items()}\n    return softmax(to_scores(flatten(to_features(x, p)), p))",
    hint="The dense layers get their weights transposed. `dense1_w` and the others have a row for each input already, as your dense expects.")
exercise.slip("third dense layer missing", "return softmax(to_scores(flatten(to_features(x, parameters)), parameters))", "p = parameters\n    flat = flatten(to_features(x, p))\n    flat = positive(flat @ p[\"dense1_w\"] + p[\"dense1_b\"])\n    return softmax(flat @ p[\"dense2_w\"] + p[\"dense2_b\"])",
    hint="There are two dense layers only. The third one, dense3, gives a score for each class.")
exercise.slip("softmax twice", "to_scores(flatten(to_features(x, parameters)), parameters)", "softmax(to_scores(flatten(to_features(x, parameters)), parameters))",
    hint="Softmax is used twice: the probabilities have been pushed together. Once, at the very end, is enough.")
