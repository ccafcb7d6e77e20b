"""Every negative number becomes 0, the others stay."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"values": 1},
    says={"values": "arrays of any shape"},
    ready_made=("relu",),
)

exercise.right(ops.relu)

@exercise.variant("written out")
def relu(x):
    return np.maximum(x, 0)

exercise.also("np.where", "np.maximum(x, 0)", "np.where(x > 0, x, 0)")
exercise.also("times a mask", "np.maximum(x, 0)", "x * (x > 0)")
exercise.also("a copy mended", "return np.maximum(x, 0)", "result = x.copy()\n    result[result < 0] = 0\n    return result")
exercise.also("half of the sum with its size", "np.maximum(x, 0)", "(x + abs(x)) / 2")
exercise.also("loop over the flat array", "return np.maximum(x, 0)", "result = np.zeros(x.shape)\n    for place, number in np.ndenumerate(x):\n        if number > 0:\n            result[place] = number\n    return result")

exercise.shows("values",
    np.array([-2, 0, 3, -5, 7]), np.array([[1.5, -0.5, 2.0], [-4.0, 0.25, -1.0]]),
    np.array([[[3, -1], [-2, 4]], [[-6, 5], [7, -8]], [[9, -9], [0, 2]]]), np.array([-3.0, -0.5]),
    np.array([-0.5, 1.5]), np.array([-3.5]),
)

@exercise.hidden
def relu_hidden(rng):
    yield "values", (whole_numbers(rng, 6),)
    yield "values", (whole_numbers(rng, 3, 4) / 2,)
    yield "values", (whole_numbers(rng, 2, 3, 4),)

exercise.slip("minus sign dropped", "np.maximum(x, 0)", "np.abs(x)",
    hint="Negative numbers lose their minus sign. ReLU turns them into 0: −2 becomes 0, not 2.")
exercise.slip("changes its argument", "return np.maximum(x, 0)", "x[x < 0] = 0\n    return x",
    hint="The result is right, but the array of whoever called the function has changed too. Make a new array, or a copy first.")
exercise.slip("negative numbers kept", "np.maximum", "np.minimum",
    hint="It is the other half: yours keeps what is negative. The larger of 0 and the number is what should stay.")
exercise.slip("only whether it is positive", "np.maximum(x, 0)", "(x > 0) * 1",
    hint="You give back whether a number is positive, 1 or 0. A positive number should stay as large as it is.")
exercise.slip("negative numbers left out", "np.maximum(x, 0)", "x[x > 0]",
    hint="The negative numbers are missing, and the shape is lost with them. Each of them should become a 0 at its place.")
exercise.slip("sign changed", "np.maximum(x, 0)", "np.maximum(-x, 0)",
    hint="Your negative numbers come out positive, and the positive ones as 0. Is there a minus sign too many?")
exercise.slip("largest along an axis", "np.maximum", "np.max",
    hint="`np.max(x, 0)` looks for the largest number along axis 0. To compare each number with 0, use `np.maximum`.")
exercise.slip("largest number of all", "np.maximum(x, 0)", "max(0, float(np.max(x)))",
    hint="One number comes back, the largest. You are asked for an array: every number of x compared with 0 on its own.")
exercise.slip("Python's max", "np.maximum(x, 0)", "max(0, x)",
    hint="`max(0, x)` and `if x > 0` ask about a single number, and cannot do it for a whole array at once. For every number of an array there is `np.maximum`.")
exercise.slip("one axis only", "np.maximum(x, 0)", "np.array([max(0, number) for number in x])",
    hint="Your loop works for a signal, but the entries of a matrix are rows, and a row has no single sign. Use something that works on every number, whatever the shape.")
exercise.slip("two axes only", "return np.maximum(x, 0)", "rows, columns = x.shape\n    return np.array([[max(0, x[i, j]) for j in range(columns)] for i in range(rows)])",
    hint="Your loops expect rows and columns. Arrays with one axis, or three, will come too.")
exercise.slip("whole numbers", "np.maximum(x, 0)", "np.maximum(x, 0).astype(int)",
    hint="Fractions are lost: 1.5 came out as 1. The result should hold floats where x does.")
exercise.slip("everything 0 where one is negative", "np.maximum(x, 0)", "x * 0 if (x < 0).any() else x.copy()",
    hint="Everything comes out as 0, even what is positive. Decide for each number on its own.")
exercise.slip("1 instead of 0", "np.maximum(x, 0)", "np.maximum(x, 1)",
    hint="What is below 1 comes out as 1. The comparison should be with 0.")
exercise.slip("cut off above as well", "np.maximum(x, 0)", "np.clip(x, 0, 1)",
    hint="Large numbers are cut off at 1. Only what is below 0 changes; all other numbers stay as large as they are.")
