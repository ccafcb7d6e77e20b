"""The share of max-pooled values that stay the same when the map moves one to the right."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .max_pool_fast import max_pool_fast
from .pool_2d import pool_2d
from .shared import every

exercise = Exercise(
    points={"two": 2, "sizes": 1},
    says={
        "two": "windows of 2 × 2",
        "sizes": "other windows, and maps where some do not fit",
    },
)

def survived(before, after):
    return float(np.mean(before == after))

@exercise.right
def shift_survival(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return survived(every(feature_map, size), every(moved, size))

@exercise.variant("mean of a comparison")
def shift_survival_mean(feature_map, size=2):
    before = pool_2d(feature_map, size)
    after = pool_2d(ops.shift_image(feature_map, 0, 1), size)
    return (before == after).mean()

@exercise.variant("counting in loops")
def shift_survival_loops(feature_map, size=2):
    moved = np.zeros(feature_map.shape)
    moved[:, 1:] = feature_map[:, :-1]
    before, after = pool_2d(feature_map, size), pool_2d(moved, size)
    same = 0
    for i in range(before.shape[0]):
        for j in range(before.shape[1]):
            if before[i, j] == after[i, j]:
                same += 1
    return same / before.size

@exercise.variant("padded, and the fast version")
def shift_survival_padded(feature_map, size=2):
    moved = np.pad(feature_map, ((0, 0), (1, 0)))[:, :-1]
    same = max_pool_fast(feature_map, size) == max_pool_fast(moved, size)
    return np.count_nonzero(same) / same.size

BAR = np.array(
    [
        [0, 0, 5, 9, 9, 2, 0, 0],
        [0, 3, 9, 9, 9, 0, 0, 0],
        [1, 1, 0, 0, 4, 4, 7, 0],
        [0, 0, 0, 8, 0, 0, 7, 0],
        [6, 0, 0, 0, 0, 2, 2, 2],
        [0, 0, 5, 0, 0, 0, 0, 3],
    ]
)

STEPS = np.array([[1, 2, 2, 7, 7, 4, -3], [0, 2, 1, 7, 5, -1, 8], [3, 3, 3, -2, 0, 6, 6]])

EDGE = np.array([[0, 4, 4, 4, 4, 9], [0, 1, 4, 2, 4, 4], [2, 2, 2, 2, 2, 2], [7, 7, 7, 7, 7, 7]])

LINES = np.array([[9, 9, 9, 9, 9, 9], [1, 1, 2, 2, 3, 3], [5, 5, 5, 5, 5, 5], [0, 2, 0, 0, 6, 0]])
exercise.shows("two",
    (BAR,), (EDGE,), (LINES,), np.array([[-3.0, -1.0, -2.0, -5.0], [-4.0, -6.0, -7.0, -8.0]]),
    np.array([[4.0, 1.0, 0.5, 0.5], [2.0, 4.0, 0.5, 0.25]]),
)
exercise.shows("sizes", (STEPS, 3), (STEPS, 2), (BAR, 3), (BAR, 4), (EDGE, 1))
exercise.numpy_integers("sizes", STEPS, 3)

@exercise.hidden
def shift_survival_hidden(rng):
    yield "two", (rng.integers(0, 3, (6, 8)),)
    yield "two", (rng.integers(0, 4, (4, 10)) / 2,)
    yield "sizes", (rng.integers(0, 3, (7, 9)), 2)
    yield "sizes", (rng.integers(0, 9, (6, 9)), 3)
    yield "sizes", (rng.integers(0, 3, (5, 4)), 1)

exercise.slip("wraps around", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(every(feature_map, size), every(np.roll(feature_map, 1, axis=1), size))",
    hint="What leaves on the right comes back on the left, as with `np.roll`. Zeros come in: `shift_image` from the course does that.")
exercise.slip("edge repeated", "ops.shift_image(feature_map, 0, 1)", "np.hstack([feature_map[:, :1], feature_map[:, :-1]])",
    hint="On the left, your moved map repeats its first column. Zeros come in there.")
exercise.slip("moved to the left", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(every(feature_map, size), every(ops.shift_image(feature_map, 0, -1), size))",
    hint="Your map moves to the left. To the right means: what was in column 0 is in column 1 afterwards.")
exercise.slip("moved down", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(every(feature_map, size), every(ops.shift_image(feature_map, 1, 0), size))",
    hint="Your map moves down. `shift_image` takes the number of rows down first, then the number of columns to the right.")
exercise.slip("moved both ways", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(every(feature_map, size), every(ops.shift_image(feature_map, 1, 1), size))",
    hint="Your map moves down as well as to the right. It should move to the right only.")
exercise.slip("pooled map moved", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "pooled = every(feature_map, size)\n    return survived(pooled, ops.shift_image(pooled, 0, 1))",
    hint="Your pooled map moves by a whole window: it was pooled before it moved, or moved by size pixels. Move the feature map by one pixel first, and pool it after that.")
exercise.slip("not pooled", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(feature_map, ops.shift_image(feature_map, 0, 1))",
    hint="You compare the feature maps themselves. Pool both, and compare the pooled values.")
exercise.slip("share that changes", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return 1.0 - shift_survival(feature_map, size)",
    hint="This is the share that changes. You are asked for the share that stays.")
exercise.slip("number instead of share", "survived(every(feature_map, size), every(moved, size))", "float(np.sum(every(feature_map, size) == every(moved, size)))",
    hint="This is how many values stay. Divide by how many there are: a share lies between 0 and 1.")
exercise.slip("per cent", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return 100.0 * shift_survival(feature_map, size)",
    hint="This is in per cent. A share lies between 0 and 1.")
exercise.slip("divided by the pixels", "survived(every(feature_map, size), every(moved, size))", "float(np.sum(every(feature_map, size) == every(moved, size))) / feature_map.size",
    hint="You divide by the number of pixels of the feature map. There are fewer pooled values: divide by their number.")
exercise.slip("all or nothing", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return float(shift_survival(feature_map, size) == 1)",
    hint="You ask whether all values stay. You are asked which share of them does: the average of the comparisons.")
exercise.slip("an array of comparisons", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return every(feature_map, size) == every(ops.shift_image(feature_map, 0, 1), size)",
    hint="An array of True and False comes back, one for each window. Which share of them is True?")
exercise.slip("average pooling", "survived(every(feature_map, size), every(moved, size))", "survived(every(feature_map, size, None, \"average\"), every(moved, size, None, \"average\"))",
    hint="You pool by the average or the sum. Here it is the largest number of each window.")
exercise.slip("overlapping windows", "survived(every(feature_map, size), every(moved, size))", "survived(every(feature_map, size, 1), every(moved, size, 1))",
    hint="Your windows overlap. Here each begins where the one before it ended: the stride is size.")
exercise.slip("size not handed on", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return survived(every(feature_map), every(ops.shift_image(feature_map, 0, 1)))",
    hint="It is right for windows of 2 × 2. Pass size on to the pooling, for both maps.")
exercise.slip("values that are nearly the same", "survived(every(feature_map, size), every(moved, size))", "float(np.mean(np.abs(every(feature_map, size) - every(moved, size)) <= 1))",
    hint="You count values that are close to each other as well. Only those count that are exactly the same.")

@exercise.wrong("size handed on once",
    hint="One of the two maps is pooled with size, the other with 2 × 2: pass size on both times.")
def shift_survival_once(feature_map, size=2):
    before, after = every(feature_map, size), every(ops.shift_image(feature_map, 0, 1))
    if before.shape != after.shape:
        raise ValueError("operands could not be broadcast together")
    return survived(before, after)

exercise.slip("divided by the rows", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "before = every(feature_map, size)\n    after = every(ops.shift_image(feature_map, 0, 1), size)\n    return float(np.sum(before == after)) / len(before)",
    hint="You divide by the number of rows, as len gives it. There are rows times columns values: take the mean of the comparisons.")

@exercise.wrong("0 counted as nothing",
    hint="You don't count values that are 0 before and after. Here every value that stays the same counts, even a 0.")
def shift_survival_no_zeros(feature_map, size=2):
    before = every(feature_map, size)
    after = every(ops.shift_image(feature_map, 0, 1), size)
    return float(np.mean((before == after) & (before != 0)))

exercise.slip("the moved map compared with itself", "moved = ops.shift_image(feature_map, 0, 1)\n    return survived(every(feature_map, size), every(moved, size))", "return 1.0",
    hint="Everything always stays: is the moved map compared with itself, or was the map never moved?")
