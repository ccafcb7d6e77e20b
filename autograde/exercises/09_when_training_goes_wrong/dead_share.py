"""The share of a layer's units that answer to no picture."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"units": 1, "kernels": 1},
    says={
        "units": "a layer of units, (N, units)",
        "kernels": "a convolutional layer, (N, D, H, W), where a kernel answers at many places",
    },
    praise="One number for each layer: look at it before you look for any other cause.",
)

@exercise.right
def dead_share(outputs):
    axes = (0,) if outputs.ndim == 2 else (0, 2, 3)
    return float((outputs.max(axis=axes) <= 0).mean())

@exercise.variant("a loop over the units")
def dead_share_loop(outputs):
    dead = 0
    for unit in range(outputs.shape[1]):
        if not (outputs[:, unit] > 0).any():
            dead += 1
    return dead / outputs.shape[1]

@exercise.variant("flattened first")
def dead_share_flat(outputs):
    flat = np.moveaxis(outputs, 1, 0).reshape(outputs.shape[1], -1)
    return 1 - (flat > 0).any(axis=1).mean()

@exercise.variant("the dead ones listed")
def dead_share_listed(outputs):
    listed = [u for u in range(outputs.shape[1]) if np.all(outputs[:, u, ...] <= 0)]
    return len(listed) / len(outputs[0])

def layer(n, d, dead, *sides, salt=0):
    """What a layer gives for n pictures: each living kernel answers to one of them, at one place."""
    outputs = np.zeros((n, d, *sides))
    for unit in range(d):
        if unit not in dead:
            place = tuple((unit * 7 + salt + axis) % side for axis, side in enumerate(sides))
            outputs[((unit * 5 + salt) % n, unit, *place)] = 0.5 + unit
    return outputs

exercise.shows("units",
    np.array([[0, 3, 0], [2, 1, 0]]), layer(5, 4, [1, 2, 3]), layer(2, 8, [0, 5]) / 4,
    np.zeros((3, 2)), np.ones((1, 4)), np.array([[-0.5, 2.0, -1.0, -0.25], [-2.0, -1.0, -0.5, 0.0]]),
)
exercise.shows("kernels",
    layer(2, 4, [2], 2, 3), layer(3, 5, [0, 3], 3, 2, salt=1), layer(4, 2, [0, 1], 2, 2), layer(2, 3, [], 4, 2) / 2,
    layer(2, 5, [1], 1, 2, salt=3) - 0.25,
)

@exercise.hidden
def dead_share_hidden(rng):
    for aspect, sides in (("units", ()), ("kernels", (3, 4)), ("kernels", (4, 2))):
        d = int(rng.integers(5, 9))
        dead = rng.choice(d, int(rng.integers(1, d)), replace=False).tolist()
        yield aspect, (layer(int(rng.integers(2, 5)), d, dead, *sides, salt=int(rng.integers(9))),)

exercise.slip("the share of numbers that are 0", "(outputs.max(axis=axes) <= 0).mean()", "(outputs <= 0).mean()",
    hint="You count all numbers that are 0. A unit that is silent for one picture and answers to another is alive: first ask of each unit whether it is ever above 0.")
exercise.slip("units that are silent once", "outputs.max(axis=axes)", "outputs.min(axis=axes)",
    hint="You count a unit as dead if it is silent once. It is dead if it is silent always, so look at the largest number it ever gives.")
exercise.slip("places counted one by one", "(0, 2, 3)", "(0,)",
    hint="Each place of a map is counted by itself. A kernel is alive if it answers anywhere: take the largest over pictures, rows and columns together.")
exercise.slip("pictures for units", "axes = (0,) if outputs.ndim == 2 else (0, 2, 3)", "axes = tuple(range(1, outputs.ndim))",
    hint="You count pictures to which no unit answers. The units are on axis 1: take the largest over all the other axes.")
exercise.slip("silent units for a picture", "axes = (0,) if outputs.ndim == 2 else (0, 2, 3)", "axes = tuple(range(2, outputs.ndim))",
    hint="You count each unit once for every picture. Take the largest over the pictures, too: axis 0.")
exercise.slip("the living ones", "<= 0", "> 0",
    hint="That is the share of the living. The dead ones are the rest.")
exercise.slip("a count", ".mean()", ".sum()",
    hint="That is how many are dead. Divide by the number of units to get the share.")
exercise.slip("exactly 0 only", "<= 0", "== 0",
    hint="A unit whose largest number is below 0 is not counted. Not every layer cuts off at 0; dead is what is never above it.")
exercise.slip("in per cent", ".mean()", ".mean() * 100",
    hint="A share is a number from 0 to 1; yours is in per cent.")
exercise.slip("the mean of a unit", "outputs.max(axis=axes)", "outputs.mean(axis=axes)",
    hint="The mean, or the sum, of a unit may be below 0 although it answers to some picture. Look at its largest number.")
exercise.slip("the first picture only", "outputs.max(axis=axes)", "outputs[:1].max(axis=axes)",
    hint="You look at the first picture only. A unit that is silent there may answer to another one.")
exercise.slip("one answer for each unit", ".mean()", "",
    hint="There should be one number for the whole layer, the share of its units that are dead.")
exercise.slip("0 is not counted", "<= 0", "< 0",
    hint="Behind ReLU a dead unit gives exactly 0, and you look for units below 0. Take <= in place of <.")
exercise.slip("compared with 1", "<= 0", "<= 1",
    hint="You call units dead that give only small numbers. However small, what is above 0 is alive.")
exercise.slip("never below 0", "<= 0", ">= 0",
    hint="You count the units whose largest number is 0 or more. Those above 0 are alive: the comparison is the wrong way round.")
exercise.slip("looking for numbers below 0", "(flat > 0)", "(flat < 0)", of="flattened first",
    hint="You look for numbers below 0. A unit is alive if it is above 0 somewhere.")
exercise.slip("the last unit left out", "range(outputs.shape[1]):", "range(outputs.shape[1] - 1):", of="a loop over the units",
    hint="The last unit is never looked at: `range(n)` already ends one before n.")
