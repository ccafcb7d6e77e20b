"""The largest of some numbers (an array with one axis, at least one number)."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the largest number of an array"},
)

@exercise.right
def trap_start(numbers):
    return numbers.max()

exercise.also("the first number", "return numbers.max()", "largest = numbers[0]\n    for number in numbers:\n        if number > largest:\n            largest = number\n    return largest")
exercise.also("minus infinity", "return numbers.max()", "largest = -np.inf\n    for number in numbers:\n        largest = max(largest, number)\n    return largest")
exercise.also("sorted", "numbers.max()", "sorted(numbers)[-1]")

exercise.shows("values",
    np.array([3, 8, -2, 5]), np.array([-3, -1, -4]), np.array([-2.5, -7.0, -0.5, -9.0]), np.array([-6]),
    np.array([-1000000, -2000000]), np.array([4, 1, 9]),
)

@exercise.wrong("as found", untouched=True,
    hint="Call it with `np.array([-3, -1, -4])`. Which of the three numbers does it give back?")
def trap_start_found(numbers):
    largest = 0
    for number in numbers:
        if number > largest:
            largest = number
    return largest

exercise.slip("another number to start from", "numbers.max()", "max(-1000 + 1, float(numbers.max()))",
    hint="A smaller start helps until all numbers are smaller still. Which number is certain to be in the array, and so can never be too large?")
exercise.slip("starts from minus one", "numbers.max()", "max(-1.0, float(numbers.max()))",
    hint="Now [-3, -4] gives −1, which is not among its numbers. Which number is certain to be in the array?")
exercise.slip("largest distance from 0", "numbers.max()", "numbers[np.argmax(np.abs(numbers))]",
    hint="Now −9 counts as larger than −0.5. The largest is the one furthest to the right on the number line.")
exercise.slip("smallest", "numbers.max", "numbers.min",
    hint="Now the smallest number comes back: is the comparison the wrong way round?")

@exercise.wrong("starts from None",
    hint="None isn't a number, so the first comparison fails. Start from a number that is certainly in the array, and so can never be too large.")
def trap_start_none(numbers):
    largest = None
    for number in numbers:
        if number > largest:
            largest = number
    return largest
