"""The shortest kernel of odd length that moves a signal `steps` places to the right."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"right": 1, "left": 1},
    says={"right": "shifts to the right", "left": "shifts to the left, and none"},
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def shift_kernel(steps):
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) + steps] = 1
    return kernel

exercise.also("lists", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1\n    return kernel", "zeros = [0] * (2 * abs(steps))\n    return [*zeros, 1] if steps >= 0 else [1, *zeros]")
exercise.also("comparison", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1\n    return kernel", "places = np.arange(-abs(steps), abs(steps) + 1)\n    return (places == steps).astype(float)")
exercise.also("cases", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1", "kernel = np.zeros(2 * abs(steps) + 1, dtype=int)\n    if steps < 0:\n        kernel[0] = 1\n    else:\n        kernel[-1] = 1")

exercise.shows("right", 1, 2, 4)
exercise.shows("left", -1, 0, -3)
exercise.numpy_integers("right", 3)

@exercise.hidden
def shift_kernel_hidden(rng):
    yield "right", (int(rng.integers(5, 9)),)
    yield "right", (3,)
    yield "left", (-int(rng.integers(4, 9)),)
    yield "left", (-2,)

exercise.slip("wrong direction", "abs(steps) + steps", "abs(steps) - steps",
    hint="This shifts the other way. Convolution reverses the kernel, so a 1 on the right of the middle takes each value from its left neighbour and moves the signal to the right.")
exercise.slip("even length", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1", "kernel = np.zeros(abs(steps) + 1)\n    kernel[-1 if steps > 0 else 0] = 1",
    hint="The kernel is too short on one side. Mode same takes the middle of the kernel as its centre, so there must be as many places after the middle as before it: an odd length.")
exercise.slip("length always 3", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1\n    return kernel", "kernel = np.zeros(3)\n    kernel[1 + int(np.sign(steps))] = 1\n    return kernel[1:2] if steps == 0 else kernel",
    hint="It is right for one step. For more steps the kernel has to be longer: the 1 belongs `steps` places from the middle.")
exercise.slip("longer than needed", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1", "kernel = np.zeros(2 * abs(steps) + 3)\n    kernel[abs(steps) + 1 + steps] = 1",
    hint="The shift is right, but a shorter kernel does the same: leave out the zeros at both ends.")
exercise.slip("no shift needs three numbers", "kernel = np.zeros(2 * abs(steps) + 1)", "if steps == 0:\n        return np.array([0, 1, 0])\n    kernel = np.zeros(2 * abs(steps) + 1)",
    hint="All shifts are right. For no shift at all the shortest kernel is [1].")
exercise.slip("sign forgotten", "abs(steps) + steps", "-1",
    hint="Shifts to the right are right. A negative number of steps goes to the left: then the 1 comes first in the kernel.")
exercise.slip("left shifts fail", "kernel = np.zeros(2 * abs(steps) + 1)\n    kernel[abs(steps) + steps] = 1", "kernel = np.zeros(2 * steps + 1)\n    kernel[-1] = 1",
    hint="Shifts to the right are right. For a negative number of steps the length would become negative: use the absolute value, `abs(steps)`, for it.")
exercise.slip("left shifts fail in a list", "zeros = [0] * (2 * abs(steps))\n    return [*zeros, 1] if steps >= 0 else [1, *zeros]", "kernel = [0] * (2 * steps + 1)\n    kernel[-1] = 1\n    return kernel", of="lists",
    hint="Shifts to the right are right. For a negative number of steps, `[0] * (2 * steps + 1)` is an empty list: use the absolute value, `abs(steps)`, for its length.")
exercise.slip("no zeros for a left shift", "2 * abs(steps)", "2 * steps", of="lists",
    hint="Shifts to the right are right. For a negative number of steps, `2 * steps` is negative too, and [0] times that is an empty list: use `abs(steps)`.")
exercise.slip("steps in place of 1", "kernel[abs(steps) + steps] = 1", "kernel[abs(steps) + steps] = max(1, abs(steps))",
    hint="The value moves to the right place but is multiplied on the way: the kernel holds a single 1, and zeros everywhere else.")
