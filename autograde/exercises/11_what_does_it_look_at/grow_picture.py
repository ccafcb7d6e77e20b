"""A picture after some steps uphill for the score of a class."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .picture_slopes import picture_slopes
from .shared import forward_parts, of_class, pictures, slopes_of, tiny

exercise = Exercise(
    points={"step": 0.5, "steps": 0.5, "clipped": 0.5},
    says={
        "step": "one step",
        "steps": "several steps",
        "clipped": "pixels that would leave the range from 0 to 1",
    },
)

@exercise.right
def grow_picture(picture, target, parameters, steps, rate):
    grad = np.zeros((1, len(parameters["dense_b"])))
    grad[0, target] = 1
    for _ in range(steps):
        slopes = picture_slopes(grad, picture[None, None], parameters)[0, 0]
        picture = np.clip(picture + rate * slopes, 0, 1)
    return picture

@exercise.variant("a batch of one, changed in place")
def grow_picture_batch(picture, target, parameters, steps, rate):
    x = picture.reshape(1, 1, *picture.shape).astype(float)
    for _ in range(steps):
        x += rate * slopes_of(of_class(target, parameters), x, parameters)
        x[x < 0] = 0
        x[x > 1] = 1
    return x[0, 0]

@exercise.variant("step after step")
def grow_picture_recursive(picture, target, parameters, steps, rate):
    if steps == 0:
        return picture.copy()
    before = grow_picture_recursive(picture, target, parameters, steps - 1, rate)
    slopes = slopes_of(of_class(target, parameters), before[None, None], parameters)
    return np.minimum(np.maximum(before + rate * slopes[0, 0], 0), 1)

@exercise.variant("a list of pictures, each from the one before")
def grow_picture_list(picture, target, parameters, steps, rate):
    grown = [picture]
    wanted = np.eye(len(parameters["dense_b"]))[[target]]
    while len(grown) <= steps:
        uphill = slopes_of(wanted, grown[-1][np.newaxis, np.newaxis], parameters).reshape(picture.shape)
        grown.append((grown[-1] + rate * uphill).clip(0, 1))
    return grown[-1]

ONE, OTHER, THIRD = pictures(1, 6, 7, salt=20)[0, 0], pictures(1, 7, 6, salt=21)[0, 0], pictures(1, 6, 6, salt=22)[0, 0]
exercise.shows("step", (ONE, 2, tiny(31), 1, 0.03125), (OTHER, 1, tiny(33, 3), 1, 0.015625), (THIRD, 0, tiny(35), 1, 0.0625))
exercise.shows("steps", (ONE, 1, tiny(37), 3, 0.03125), (OTHER, 0, tiny(39, 2), 2, 0.03125), (THIRD, 2, tiny(41), 4, 0.015625), (ONE, 2, tiny(31), 0, 0.5))
exercise.shows("clipped", (ONE, 2, tiny(31), 2, 0.5), (OTHER, 1, tiny(33, 3), 3, 1.0), (THIRD, 0, tiny(35), 2, 2.0), (np.zeros((6, 6)), 1, tiny(43, 1), 3, 0.25))

@exercise.hidden
def grow_picture_hidden(rng):
    for aspect, steps, rate in (("step", 1, 0.03125), ("steps", 3, 0.0625), ("clipped", 3, 1.0)):
        picture = pictures(1, 6, 7, salt=int(rng.integers(100, 999)))[0, 0]
        yield aspect, (picture, int(rng.integers(3)), tiny(int(rng.integers(70, 99)), 1.0), steps, rate)

STEP, ASK, LOOP = "picture = np.clip(picture + rate * slopes, 0, 1)", "grad[0, target] = 1", "for _ in range(steps):"
exercise.slip("downhill", STEP, "picture = np.clip(picture - rate * slopes, 0, 1)",
    hint="The picture goes downhill: the score shrinks. Add rate times the slopes.")
exercise.slip("not clipped", STEP, "picture = picture + rate * slopes",
    hint="Some pixels leave the range from 0 to 1. `np.clip` brings them back at every step.")
exercise.slip("clipped at the end", "picture = np.clip(picture + rate * slopes, 0, 1)\n    return picture", "picture = picture + rate * slopes\n    return np.clip(picture, 0, 1)",
    hint="The pixels are brought back only at the end. Do it at every step: the next slopes should be those of a picture that exists.")
exercise.slip("no upper end", STEP, "picture = np.maximum(picture + rate * slopes, 0)",
    hint="Pixels rise above 1. Both ends are needed: `np.clip(…, 0, 1)`.")
exercise.slip("no lower end", STEP, "picture = np.minimum(picture + rate * slopes, 1)",
    hint="Pixels fall below 0. Both ends are needed: `np.clip(…, 0, 1)`.")
exercise.slip("the step is clipped", STEP, "picture = picture + np.clip(rate * slopes, 0, 1)",
    hint="The slopes or the step are clipped, not the picture, so negative ones are lost. Add first, and then clip the sum.")
exercise.slip("brought to its own range", STEP, "picture = picture + rate * slopes\n        picture = (picture - picture.min()) / (picture.max() - picture.min())",
    hint="The picture is stretched to the range from 0 to 1, which changes all pixels. `np.clip` changes only those that are outside.")
exercise.slip("the rate forgotten", STEP, "picture = np.clip(picture + slopes, 0, 1)",
    hint="The slopes are added whole. Multiply them by rate first.")
exercise.slip("divided by the rate", STEP, "picture = np.clip(picture + slopes / rate, 0, 1)",
    hint="The slopes are divided by rate. Multiply them.")
exercise.slip("the signs only", STEP, "picture = np.clip(picture + rate * np.sign(slopes), 0, 1)",
    hint="Every pixel moves by the same amount, only the signs are used. Here the slopes themselves count.")
exercise.slip("without the signs", STEP, "picture = np.clip(picture + rate * np.abs(slopes), 0, 1)",
    hint="All pixels become brighter. Where the slope is negative, the score rises when the pixel becomes darker: keep the signs.")
exercise.slip("the step alone", STEP, "picture = np.clip(rate * slopes, 0, 1)",
    hint="The picture that was there is lost: add the step to it.")
exercise.slip("stretched to the largest slope", STEP, "picture = np.clip(picture + rate * slopes / np.abs(slopes).max(), 0, 1)",
    hint="The slopes are divided by the largest of them. Multiply them by rate, and no more.")
exercise.slip("one step", LOOP, "for _ in range(1):",
    hint="There is one step only, whatever steps says.")
exercise.slip("a step too many", LOOP, "for _ in range(steps + 1):",
    hint="There is one step too many: `range(steps)` goes round steps times.")
exercise.slip("a step too few", LOOP, "for _ in range(1, steps):",
    hint="There is one step too few: `range(steps)` goes round steps times.")
exercise.slip("returned in the loop", "    return picture", "        return picture\n    return picture",
    hint="It returns after the first step. Take the return out of the loop: four spaces to the left.")
exercise.slip("all classes at once", ASK, "grad[:] = 1",
    hint="That makes all scores rise together. grad is 1 for the target alone.")
exercise.slip("the first class", ASK, "grad[0, 0] = 1",
    hint="It always grows a picture for class 0. Which class it is for is an argument, target.")
exercise.slip("the probability", "slopes = picture_slopes(grad, ", "p = ops.softmax(forward_parts(picture[None, None], parameters)[-1])\n        slopes = picture_slopes(p[0, target] * (grad - p), ",
    hint="Those are steps for the probability. Take the score: grad is 1 for the target and 0 for all others.")
exercise.slip("the loss", "slopes = picture_slopes(grad, ", "slopes = picture_slopes(grad - ops.softmax(forward_parts(picture[None, None], parameters)[-1]), ",
    hint="Those are steps for the loss. Take the score: grad is 1 for the target and 0 for all others.")
exercise.slip("nothing asked", ASK, "grad[0, target] = 0",
    hint="grad is 0 everywhere, so nothing changes. It is 1 for the target.")
exercise.slip("ten classes", "len(parameters[\"dense_b\"])", "10",
    hint="It stops. Give `picture_slopes` one row of grad, as long as `dense_b`, and a batch of one picture.")
exercise.slip("the shape of the batch", "    return picture", "    return picture[None, None]",
    hint="That is a batch of one. Return the picture itself, (H, W).")
exercise.slip("the step that was made", "    return picture", "    return slopes if steps else picture",
    hint="Those are the last slopes. Return the picture.")
exercise.slip("always from blank paper", "grad = np.zeros((1,", "picture = np.zeros(picture.shape)\n    grad = np.zeros((1,",
    hint="It always starts with blank paper. Start with the picture that it is given.")

@exercise.wrong("always the slopes of the start",
    hint="Each step takes the slopes of the first picture. Ask again at every step: the slopes change with the picture.")
def grow_picture_once(picture, target, parameters, steps, rate):
    slopes = slopes_of(of_class(target, parameters), picture[None, None], parameters)[0, 0]
    for _ in range(steps):
        picture = np.clip(picture + rate * slopes, 0, 1)
    return picture

@exercise.wrong("each step from the start",
    hint="Each step begins with the first picture again, so only the last one counts. Go on from the picture of the step before.")
def grow_picture_again(picture, target, parameters, steps, rate):
    grown = picture
    for _ in range(steps):
        slopes = slopes_of(of_class(target, parameters), grown[None, None], parameters)[0, 0]
        grown = np.clip(picture + rate * slopes, 0, 1)
    return grown
