"""Pictures, each pixel moved by eps so that the loss grows: the fast gradient sign."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .picture_slopes import picture_slopes
from .shared import forward_parts, pictures, slopes_of, tiny

exercise = Exercise(
    points={"one": 1, "batch": 0.5, "clipped": 0.5},
    says={
        "one": "one picture, moved so that the loss grows",
        "batch": "several pictures at once, each with its own label",
        "clipped": "pixels that would leave the range from 0 to 1",
    },
    praise="Every pixel by the same little, and all of them in the wrong direction.",
)

@exercise.right
def fooling_step(x, labels, parameters, eps):
    grad = ops.softmax(forward_parts(x, parameters)[-1])
    grad[np.arange(len(labels)), labels] -= 1
    return np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)

@exercise.variant("the mean loss, and a table of ones")
def fooling_step_mean(x, labels, parameters, eps):
    scores = forward_parts(x, parameters)[-1]
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    grad = (p - np.eye(p.shape[1])[labels]) / len(x)
    slopes = slopes_of(grad, x, parameters)
    return np.minimum(np.maximum(x + eps * (slopes > 0) - eps * (slopes < 0), 0), 1)

@exercise.variant("picture after picture")
def fooling_step_loop(x, labels, parameters, eps):
    moved = x.astype(float)
    for n in range(len(x)):
        grad = ops.softmax(forward_parts(x[n : n + 1], parameters)[-1])[0]
        grad[labels[n]] -= 1
        slopes = slopes_of(grad[None], x[n : n + 1], parameters)[0]
        moved[n] += np.where(slopes > 0, eps, np.where(slopes < 0, -eps, 0))
    return moved.clip(0, 1)

exercise.also("away from the sign", "x + eps * np.sign(picture_slopes(grad, x, parameters))", "x - eps * np.sign(picture_slopes(-grad, x, parameters))")

TWO, THREE, SQUARE = pictures(2, 6, 7, salt=50), pictures(3, 7, 6, salt=51), pictures(2, 6, 6, salt=52)
exercise.shows("one", (TWO[:1], np.array([1]), tiny(61), 0.0625), (THREE[:1], np.array([0]), tiny(63, 3), 0.03125), (SQUARE[1:], np.array([2]), tiny(65), 0.09375))
exercise.shows("batch", (TWO, np.array([2, 0]), tiny(60, 3), 0.0625), (THREE, np.array([0, 2, 1]), tiny(62), 0.03125), (THREE[:2], np.array([1, 1]), tiny(64, 2), 0.0625))
exercise.shows("clipped", (TWO[1:], np.array([2]), tiny(61, 1), 0.5), (SQUARE, np.array([1, 0]), tiny(63, 2), 0.875), (np.round(THREE[:1]), np.array([1]), tiny(67, 2), 0.25))

@exercise.hidden
def fooling_step_hidden(rng):
    for aspect, several, eps in (("one", 1, 0.0625), ("batch", 3, 0.03125), ("clipped", 2, 0.75)):
        x = pictures(several, 6, 7, salt=int(rng.integers(100, 999)))
        yield aspect, (x, rng.integers(0, 3, several), tiny(int(rng.integers(70, 99)), 2.0), eps)

MOVE, RIGHT = "np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)", "grad[np.arange(len(labels)), labels] -= 1"
exercise.slip("downhill", MOVE, "np.clip(x - eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)",
    hint="The pictures go downhill, so the network reads them more easily. To fool it, add eps times the sign: the loss should grow.")
exercise.slip("not clipped", MOVE, "x + eps * np.sign(picture_slopes(grad, x, parameters))",
    hint="Some pixels leave the range from 0 to 1. `np.clip` brings them back.")
exercise.slip("no upper end", MOVE, "np.maximum(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0)",
    hint="Pixels rise above 1. Both ends are needed: `np.clip(…, 0, 1)`.")
exercise.slip("no lower end", MOVE, "np.minimum(x + eps * np.sign(picture_slopes(grad, x, parameters)), 1)",
    hint="Pixels fall below 0. Both ends are needed: `np.clip(…, 0, 1)`.")
exercise.slip("no sign", MOVE, "np.clip(x + eps * picture_slopes(grad, x, parameters), 0, 1)",
    hint="The slopes themselves are added, so pixels move by different amounts. Each moves by eps, up or down: `np.sign`.")
exercise.slip("brought to the largest slope", "return np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)", "slopes = picture_slopes(grad, x, parameters)\n    return np.clip(x + eps * slopes / np.abs(slopes).max(), 0, 1)",
    hint="The slopes are divided by the largest, so most pixels move by less than eps. Each moves by eps: `np.sign`.")
exercise.slip("without the signs", MOVE, "np.clip(x + eps * np.abs(np.sign(picture_slopes(grad, x, parameters))), 0, 1)",
    hint="All pixels become brighter. The sign says which of them should become darker.")
exercise.slip("the change alone", MOVE, "np.clip(eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)",
    hint="That is the change without the picture. Add it to x.")
exercise.slip("the sign of the sum", MOVE, "np.clip(np.sign(x + eps * picture_slopes(grad, x, parameters)), 0, 1)",
    hint="The sign is taken of the whole picture. Take it of the slopes alone.")
exercise.slip("eps forgotten", MOVE, "np.clip(x + np.sign(picture_slopes(grad, x, parameters)), 0, 1)",
    hint="Each pixel moves by 1. It should move by eps.")
exercise.slip("clipped to eps", MOVE, "np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), -eps, eps)",
    hint="The pictures are clipped to between −eps and eps. Pixels go from 0 to 1; only the change is as small as eps.")
exercise.slip("ones where the slope is 0", MOVE, "np.clip(x + eps * np.where(picture_slopes(grad, x, parameters) >= 0, 1, -1), 0, 1)",
    hint="Pixels whose slope is 0 move, too. They stay: `np.sign` gives 0 there.")
exercise.slip("down where the slope is 0", MOVE, "np.clip(x + eps * np.where(picture_slopes(grad, x, parameters) > 0, 1, -1), 0, 1)",
    hint="Pixels whose slope is 0 move down. They stay: `np.sign` gives 0 there.")
exercise.slip("darker pixels stay", MOVE, "np.clip(x + eps * (picture_slopes(grad, x, parameters) > 0), 0, 1)",
    hint="No pixel becomes darker. Where the slope is negative, the loss grows if the pixel becomes darker: `np.sign` gives −1 there.")
exercise.slip("the right class not subtracted", RIGHT, "grad = grad * 1.0",
    hint="grad holds the probabilities alone. The gradient of the loss is p − t: subtract 1 for the right class.")
exercise.slip("1 added", RIGHT, "grad[np.arange(len(labels)), labels] += 1",
    hint="1 is added for the right class. The gradient of the loss is p − t: subtract it.")
exercise.slip("1 put there", RIGHT, "grad[np.arange(len(labels)), labels] = 1",
    hint="The probability of the right class is overwritten with 1. Subtract 1 from it.")
exercise.slip("minus 1 put there", RIGHT, "grad[np.arange(len(labels)), labels] = -1",
    hint="The probability of the right class is overwritten with −1. Subtract 1 from it.")
exercise.slip("0 put there", RIGHT, "grad[np.arange(len(labels)), labels] = 0",
    hint="The right class has a gradient of 0. It is its probability minus 1.")
exercise.slip("1 everywhere", RIGHT, "grad -= 1",
    hint="1 is subtracted for all classes. Subtract it for the right class of each picture alone.")
exercise.slip("all right classes in all rows", RIGHT, "grad[:, labels] -= 1",
    hint="In each row 1 is subtracted for the classes of all pictures. Give the rows, too: `grad[np.arange(len(labels)), labels]`.")
exercise.slip("the first label for all", RIGHT, "grad[:, labels[0]] -= 1",
    hint="All pictures get the label of the first. Each has its own.")
exercise.slip("the answer for the label", RIGHT, "grad[np.arange(len(labels)), grad.argmax(axis=1)] -= 1",
    hint="You subtract 1 for the class that the network says. Subtract it for the right class, labels.")
exercise.slip("no softmax", "grad = ops.softmax(forward_parts(x, parameters)[-1])", "grad = forward_parts(x, parameters)[-1]",
    hint="The gradient begins with the scores. It begins with the probabilities, their softmax.")
exercise.slip("the score alone", "grad = ops.softmax(forward_parts(x, parameters)[-1])", "grad = 0 * forward_parts(x, parameters)[-1]",
    hint="Only the score of the right class is lowered. The loss also grows when other scores rise: begin with the probabilities.")
exercise.slip("the first picture only", MOVE, "np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters)), 0, 1)[:1]",
    hint="Only the first picture comes back. Return all of them, in the shape of x.")
exercise.slip("the slopes added over the batch", MOVE, "np.clip(x + eps * np.sign(picture_slopes(grad, x, parameters).sum(axis=0)), 0, 1)",
    hint="All pictures get the same change, that of their sum. Each has its own.")
