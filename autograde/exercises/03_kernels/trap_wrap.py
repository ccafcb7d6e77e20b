"""A picture of dtype uint8 from an array of whole numbers, clipped to 0 … 255."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "numbers that fit and numbers that do not", "dtype": "an array of dtype uint8"},
    asks={"dtype": "dtype"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

@exercise.right
def trap_wrap(values):
    return np.clip(values, 0, 255).astype(np.uint8)

exercise.also("minimum and maximum", "np.clip(values, 0, 255)", "np.minimum(np.maximum(values, 0), 255)")
exercise.also("masks", "return np.clip(values, 0, 255).astype(np.uint8)", "kept = values.copy()\n    kept[kept < 0] = 0\n    kept[kept > 255] = 255\n    return kept.astype(np.uint8)")
exercise.also("the method", "np.clip(values, 0, 255).astype(np.uint8)", "values.clip(0, 255).astype(\"uint8\")")

exercise.shows("values", np.array([[300, -1, 17], [255, 256, 0]]), np.array([[-300, 1000], [128, 77], [5, -5]]))
exercise.shows("dtype", np.array([[300, -1, 17]]))

@exercise.wrong("as found", untouched=True,
    hint="Call it with `np.array([300, -1])`. Both numbers should be held between 0 and 255 before the dtype is changed. `np.clip` gives back a new array: is it kept?")
def trap_wrap_found(values):
    return (values % 256).astype(np.uint8)

exercise.slip("only the upper end", "np.clip(values, 0, 255)", "(np.minimum(values, 255) % 256)",
    hint="Numbers above 255 are right now. Those below 0 still come out bright.")
exercise.slip("up to 256", "0, 255", "0, 256",
    hint="You clip at 256, and a uint8 has no 256: it starts again at 0. The largest number that fits is 255.")
exercise.slip("only the lower end", "np.clip(values, 0, 255)", "(np.maximum(values, 0) % 256)",
    hint="Numbers below 0 are right now. Those above 255 still begin again at 0.")
exercise.slip("made positive", "np.maximum(values, 0)", "np.abs(values)", of="minimum and maximum",
    hint="Negative numbers come out as bright as positive ones. What is below 0 should become 0.")
