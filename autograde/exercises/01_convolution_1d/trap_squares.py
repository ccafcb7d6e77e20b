"""The squares 0, 1, 4, 9, … , as many as count says."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the squares from 0 on"},
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def trap_squares(count):
    values = [0] * count
    for x in range(count):
        values[x] = x * x
    return values

exercise.also("array", "values = [0] * count\n    for x in range(count):\n        values[x] = x * x", "values = np.zeros(count)\n    for x in range(count):\n        values[x] = x**2")
exercise.also("append", "values = [0] * count\n    for x in range(count):\n        values[x] = x * x", "values = []\n    for x in range(count):\n        values.append(x * x)")
exercise.also("list of the range", "[0] * count", "list(range(count))")

exercise.shows("values", 4, 1, 7)

@exercise.wrong("a range cannot be written to", untouched=True,
    hint="Call trap_squares(4) in a cell of your own and read the last line that Python prints: what is it that a range does not let you do?")
def trap_squares_range(count):
    values = range(count)
    for x in range(count):
        values[x] = x * x
    return values

exercise.slip("an empty list has no places", "[0] * count", "[]",
    hint="An empty list has no place 0 to write to. Start with a list of the right length, or use append.")
exercise.slip("the numbers themselves", "values = [0] * count\n    for x in range(count):\n        values[x] = x * x\n    return values", "return list(range(count))",
    hint="These are the numbers 0, 1, 2, … themselves: write their squares, x · x, into the list.")
exercise.slip("returns too early", "values = []\n    for x in range(count):\n        values.append(x * x)\n    return values", "values = [0] * count\n    for x in range(count):\n        values[x] = x * x\n        return values", of="append",
    hint="Only the first square is written: is the return inside the loop? It belongs after it.")
