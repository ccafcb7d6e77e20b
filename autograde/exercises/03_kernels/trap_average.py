"""The average of two uint8 pictures of the same shape, pixel by pixel, rounded down."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the average"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
    praise="The sum of two uint8 arrays is uint8 again: it had begun again at 0 before the division.",
)

@exercise.right
def trap_average(first, second):
    return ((first.astype(int) + second) // 2).astype(np.uint8)

exercise.also("floats", "((first.astype(int) + second) // 2).astype(np.uint8)", "(first.astype(float) // 1 + second.astype(float)) // 2")
exercise.also("integers", "((first.astype(int) + second) // 2).astype", "np.floor((first.astype(int) + second.astype(int)) / 2).astype")
exercise.also("sum with a dtype", "(first.astype(int) + second) // 2", "np.add(first, second, dtype=np.uint16) // 2")

BRIGHT = np.array([[200, 100], [255, 3], [90, 128]], dtype=np.uint8)

DARK = np.array([[100, 60], [255, 8], [201, 128]], dtype=np.uint8)
exercise.shows("values", (BRIGHT, DARK), (DARK[:2], np.array([[250, 1], [2, 250]], dtype=np.uint8)))

@exercise.wrong("as found", untouched=True,
    hint="Take 200 and 100. Their sum is 300: which dtype has `first + second`, and does 300 fit into it?")
def trap_average_found(first, second):
    return (first + second) // 2

exercise.slip("float too late", "((first.astype(int) + second) // 2).astype(np.uint8)", "(first + second).astype(float) / 2",
    hint="The sum becomes a float after it was computed, and by then 300 is 44 already. Turn one of the pictures into floats before adding.")
exercise.slip("clipped before the halving", "((first.astype(int) + second) // 2).astype(np.uint8)", "np.clip(first.astype(int) + second, 0, 255) // 2",
    hint="Bright places are too dark: the sum is clipped to 255 before it is halved. Let the sum be as large as it is.")
exercise.slip("halved first", "((first.astype(int) + second) // 2).astype(np.uint8)", "first // 2 + second // 2",
    hint="Nearly: halving each picture in whole numbers first loses a half of each odd number, so some results are 1 too small. Add first, in floats.")
