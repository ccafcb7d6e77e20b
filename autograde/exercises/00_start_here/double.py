"""Every number doubled."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"numbers": 1},
    says={"numbers": "every number doubled"},
    lists=True,
    praise="Every exercise of the course works like this one.",
)

@exercise.right
def double(values):
    return 2 * np.asarray(values)

exercise.also("loop", "return 2 * np.asarray(values)", "doubled = []\n    for value in values:\n        doubled.append(2 * value)\n    return doubled")
exercise.also("comprehension", "2 * np.asarray(values)", "[value * 2 for value in values]")
exercise.also("added to itself", "return 2 * np.asarray(values)", "values = np.array(values, dtype=float)\n    return values + values")

exercise.shows("numbers", [1, 2, 3], np.array([10, -4, 0, 7]), np.array([0.5, -1.25]), [4])

@exercise.hidden
def double_hidden(rng):
    yield "numbers", (rng.integers(-99, 99, 6),)
    yield "numbers", (rng.integers(-99, 99, 5) / 4,)
    yield "numbers", (rng.integers(-99, 99, 3).tolist(),)

exercise.slip("repeats the list", "np.asarray(values)", "values",
    hint="`2 * [1, 2, 3]` repeats a plain list: [1, 2, 3, 1, 2, 3]. Make it an array first, or double the numbers one by one.")
exercise.slip("squares", "2 * np.asarray(values)", "np.asarray(values) ** 2",
    hint="3 became 9: these are the squares. Doubled, 3 becomes 6.")
exercise.slip("changes its argument", "return 2 * np.asarray(values)", "for i in range(len(values)):\n        values[i] = 2 * values[i]\n    return values",
    hint="The numbers are right, but your function writes them into the list it was given. Make a new list or array for the result.")
exercise.slip("first number only", "return 2 * np.asarray(values)", "for value in values:\n        return [2 * value]",
    hint="Only the first number comes back: is the `return` inside the loop? It should come after the loop, once all numbers are doubled.")
exercise.slip("adds two", "2 * np.asarray(values)", "np.asarray(values) + 2",
    hint="3 became 5: two was added. Doubling is multiplying by two.")
exercise.slip("nothing done yet", "2 * np.asarray(values)", "values",
    hint="The numbers come back as they were: multiply them by 2 before you return them.")
