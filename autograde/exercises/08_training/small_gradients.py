"""The mean loss of a batch, and its gradients by all parameters in a dictionary."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .conv_backward import conv_backward, conv_backward_loops
from .dense_backward import dense_backward, dense_backward_loops
from .max_pool_backward import max_pool_backward, max_pool_backward_loops
from .relu_backward import relu_backward, relu_backward_loop
from .shared import forward_parts, numbers
from .softmax_cross_entropy_backward import (
    softmax_cross_entropy_backward,
    softmax_cross_entropy_backward_loop,
)

exercise = Exercise(
    says={"values": "loss and gradients of a batch"},
)

def slopes_of_all(x, labels, p):
    """The gradients of the mean loss of a batch by all parameters."""
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = softmax_cross_entropy_backward(scores, labels)
    grad, dense_w, dense_b = dense_backward(grad, flat, p["dense_w"])
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    _, conv_w, conv_b = conv_backward(relu_backward(grad, maps), x, p["conv_w"])
    return {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}

def loss_of(x, labels, p):
    """The mean loss of a batch."""
    return ops.cross_entropy(ops.softmax(forward_parts(x, p)[-1]), labels)

@exercise.right
def small_gradients(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_of_all(x, labels, parameters)

@exercise.variant("as in the lesson")
def small_gradients_lesson(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_of_all(x, labels, parameters)

@exercise.variant("measured")
def small_gradients_measured(x, labels, parameters):
    found = {}
    for name, array in parameters.items():
        found[name] = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            sides = []
            for step in (1e-5, -1e-5):
                other = {key: value.copy() for key, value in parameters.items()}
                other[name][place] += step
                sides.append(loss_of(x, labels, other))
            found[name][place] = (sides[0] - sides[1]) / 2e-5
    return loss_of(x, labels, parameters), found

exercise.also("plain loops", "slopes_of_all", "slopes_by_loops")

def tiny(salt):
    """A network of two kernels for pictures of 6 × 7 and three classes."""
    return {
        "conv_w": numbers(2, 1, 3, 3, salt=salt) / 4,
        "conv_b": np.array([0.5, -0.25]),
        "dense_w": numbers(8, 3, salt=salt + 1) / 16,
        "dense_b": np.array([0.25, 0.0, -0.5]),
    }

TWO = numbers(2, 1, 6, 7, salt=50) / 8
exercise.shows("values", (TWO, np.array([2, 0]), tiny(60)), (TWO[:1], np.array([1]), tiny(61)))

@exercise.wrong("relu forgotten on the way back",
    hint="The kernels' gradients are wrong: after pooling, relu comes on the way back, with the maps before relu as its x.")
def small_gradients_no_relu(x, labels, parameters):
    p = parameters
    _, bright, pooled, flat, scores = forward_parts(x, p)
    grad = softmax_cross_entropy_backward(scores, labels)
    grad, dense_w, dense_b = dense_backward(grad, flat, p["dense_w"])
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    _, conv_w, conv_b = conv_backward(grad, x, p["conv_w"])
    return loss_of(x, labels, p), {
        **{"conv_w": conv_w, "conv_b": conv_b},
        **{"dense_w": dense_w, "dense_b": dense_b},
    }

@exercise.wrong("not shaped back",
    hint="Between the dense layer and the pooling the gradient is still flat: give it the shape that the maps had before they were flattened, grad.reshape(pooled.shape).")
def small_gradients_flat(x, labels, parameters):
    _, bright, _, flat, scores = forward_parts(x, parameters)
    grad = softmax_cross_entropy_backward(scores, labels)
    grad, _, _ = dense_backward(grad, flat, parameters["dense_w"])
    return max_pool_backward_loops(grad, bright)

@exercise.wrong("results in the wrong places",
    hint="conv_backward gives three arrays: the gradient by x first, then those by w and by b. The last two are conv_w and conv_b.")
def small_gradients_places(x, labels, parameters):
    p, found = parameters, slopes_of_all(x, labels, parameters)
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = dense_backward(softmax_cross_entropy_backward(scores, labels), flat, p["dense_w"])[0]
    grad = relu_backward(max_pool_backward(grad.reshape(pooled.shape), bright), maps)
    grad_x, grad_w, _ = conv_backward(grad, x, p["conv_w"])
    return loss_of(x, labels, p), {**found, "conv_w": grad_x, "conv_b": grad_w}

exercise.slip("divided by the batch again", "return loss_of(x, labels, parameters), slopes_of_all(x, labels, parameters)", "found = slopes_of_all(x, labels, parameters)\n    for name in (\"conv_w\", \"conv_b\"):\n        found[name] = found[name] / len(x)\n    return loss_of(x, labels, parameters), found",
    hint="The gradients of the kernels are divided by the number of pictures once more. The mean is in the loss, and came back with its gradient.")

def slopes_by_loops(x, labels, p):
    """As `slopes_of_all`, every part in plain loops."""
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = softmax_cross_entropy_backward_loop(scores, labels)
    grad, dense_w, dense_b = dense_backward_loops(grad, flat, p["dense_w"])
    grad = max_pool_backward_loops(grad.reshape(pooled.shape), bright)
    _, conv_w, conv_b = conv_backward_loops(relu_backward_loop(grad, maps), x, p["conv_w"])
    return {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}
