"""How strongly the score of a class responds to each pixel: the absolute slopes."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .picture_slopes import picture_slopes
from .shared import forward_parts, of_class, pictures, slopes_of, tiny

exercise = Exercise(
    points={"map": 1},
    says={"map": "the absolute slopes of one class's score"},
)

@exercise.right
def saliency(picture, target, parameters):
    grad = np.zeros((1, len(parameters["dense_b"])))
    grad[0, target] = 1
    return np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])

@exercise.variant("by the table of ones")
def saliency_eye(picture, target, parameters):
    x = picture.reshape(1, 1, *picture.shape)
    return abs(slopes_of(of_class(target, parameters), x, parameters)).reshape(picture.shape)

@exercise.variant("measured")
def saliency_measured(picture, target, parameters):
    found = np.zeros(picture.shape)
    for place in np.ndindex(picture.shape):
        sides = []
        for step in (1e-6, -1e-6):
            moved = picture.copy()
            moved[place] += step
            sides.append(forward_parts(moved[None, None], parameters)[-1][0, target])
        found[place] = abs(sides[0] - sides[1]) / 2e-6
    return found

exercise.also("a root of squares", "np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])", "np.sqrt(picture_slopes(grad, picture[None, None], parameters)[0, 0] ** 2)")
exercise.also("the classes counted by the weights", "len(parameters[\"dense_b\"])", "parameters[\"dense_w\"].shape[1]")

ONE, OTHER, THIRD = pictures(1, 6, 7, salt=20)[0, 0], pictures(1, 7, 6, salt=21)[0, 0], pictures(1, 6, 6, salt=22)[0, 0]
exercise.shows("map", (ONE, 2, tiny(31)), (OTHER, 1, tiny(33, 3)), (THIRD, 0, tiny(35)), (ONE, 1, tiny(37, -0.25)))

@exercise.hidden
def saliency_hidden(rng):
    for target in (0, 1, 2):
        picture = pictures(1, 6, 7, salt=int(rng.integers(100, 999)))[0, 0]
        yield "map", (picture, target, tiny(int(rng.integers(70, 99)), 1.0))

CALL = "np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])"
exercise.slip("with the signs", CALL, "picture_slopes(grad, picture[None, None], parameters)[0, 0]",
    hint="The signs are still there. A saliency map asks how strongly, not in which direction: take `np.abs`.")
exercise.slip("squared", CALL, "picture_slopes(grad, picture[None, None], parameters)[0, 0] ** 2",
    hint="The slopes are squared. Take their absolute value, `np.abs`.")
exercise.slip("positive ones only", CALL, "np.maximum(picture_slopes(grad, picture[None, None], parameters)[0, 0], 0)",
    hint="Negative slopes have become 0. They count as much as positive ones: take `np.abs`.")
exercise.slip("brought to the largest", "return np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])", "found = np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0])\n    return found / found.max()",
    hint="The map is divided by its largest number. Do that only for a drawing: here the slopes themselves count.")
exercise.slip("the shape of the batch", CALL, "np.abs(picture_slopes(grad, picture[None, None], parameters))",
    hint="That is a batch of one. Take its only map: [0, 0] at the end.")
exercise.slip("the channel is left", CALL, "np.abs(picture_slopes(grad, picture[None, None], parameters)[0])",
    hint="The channel is still there: take [0, 0] of what comes back.")
exercise.slip("times the picture", CALL, "np.abs(picture_slopes(grad, picture[None, None], parameters)[0, 0] * picture)",
    hint="The slopes are multiplied by the pixels. Leave them as they are.")
exercise.slip("all classes at once", "grad[0, target] = 1", "grad[:] = 1",
    hint="That is the slope of all scores together. grad is 1 for the target alone.")
exercise.slip("the first class", "grad[0, target] = 1", "grad[0, 0] = 1",
    hint="That is always the map of class 0. Which class it is about is an argument, target.")
exercise.slip("minus 1", "grad[0, target] = 1", "grad[:] = 1\n    grad[0, target] = 0",
    hint="It is the wrong way round: grad is 1 for the target, and 0 for all others.")
exercise.slip("the probability", "grad[0, target] = 1", "p = ops.softmax(forward_parts(picture[None, None], parameters)[-1])\n    grad -= p * p[0, target]\n    grad[0, target] += p[0, target]",
    hint="Those are the slopes of the probability. Take the score's: grad is 1 for the target and 0 for all others.")
exercise.slip("the loss", "grad[0, target] = 1", "grad += ops.softmax(forward_parts(picture[None, None], parameters)[-1])\n    grad[0, target] -= 1",
    hint="Those are the slopes of the loss. Take the score's: grad is 1 for the target and 0 for all others.")
exercise.slip("the score itself", "grad[0, target] = 1", "grad[0, target] = forward_parts(picture[None, None], parameters)[-1][0, target]",
    hint="grad holds the score. It should hold how the score changes with itself, which is 1.")
exercise.slip("the answer of the network", "grad[0, target] = 1", "grad[0, forward_parts(picture[None, None], parameters)[-1].argmax()] = 1",
    hint="That is the map of whatever class the network says. Which class it is about is an argument, target.")
exercise.slip("ten classes", "len(parameters[\"dense_b\"])", "10",
    hint="It stops. Give `picture_slopes` one row of grad, as long as `dense_b`, and `picture[None, None]`.")
exercise.slip("nothing asked", "grad[0, target] = 1", "grad[0, target] = 0",
    hint="grad is 0 everywhere, so nothing comes back. It is 1 for the target.")
exercise.slip("the next class", "grad[0, target] = 1", "grad[0, (target + 1) % grad.shape[1]] = 1",
    hint="That is the map of another class. Classes are counted from 0, as everywhere.")
