"""The mean loss of a batch, and its gradients with respect to all parameters in a dictionary."""

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
    points={"bright": 1, "dark": 1, "batch": 1},
    says={
        "bright": "the way back to the kernels, where every map is above 0 all over",
        "dark": "maps with places that ReLU made 0",
        "batch": "a batch of several pictures",
    },
)

def slopes_of_all(x, labels, p):
    """The gradients of the mean loss of a batch with respect to all parameters."""
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
    maps, bright, pooled, flat, scores = forward_parts(x, parameters)
    loss = ops.cross_entropy(ops.softmax(scores), labels)
    grad = softmax_cross_entropy_backward(scores, labels)
    grad, dense_w, dense_b = dense_backward(grad, flat, parameters["dense_w"])
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    grad = relu_backward(grad, maps)
    _, conv_w, conv_b = conv_backward(grad, x, parameters["conv_w"])
    return loss, {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}

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

@exercise.variant("plain loops")
def small_gradients_loops(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_by_loops(x, labels, parameters)

# Where the largest of a window is above 0 it is the same in both, and elsewhere ReLU stops all.
exercise.also("the maps before ReLU for pooling", "grad.reshape(pooled.shape), bright", "grad.reshape(pooled.shape), maps")
exercise.also("relu before pooling, on what was pooled", "grad = max_pool_backward(grad.reshape(pooled.shape), bright)\n    grad = relu_backward(grad, maps)", "grad = relu_backward(grad.reshape(pooled.shape), pooled)\n    grad = max_pool_backward(grad, bright)")
exercise.also("a list, and keys in another order", "return loss, {\"conv_w\": conv_w, \"conv_b\": conv_b, \"dense_w\": dense_w, \"dense_b\": dense_b}", "return [loss, {\"dense_b\": dense_b, \"dense_w\": dense_w, \"conv_b\": conv_b, \"conv_w\": conv_w}]")

def tiny(salt, shift=0.0, kernels=2, flat=8):
    """A network of a few kernels for small pictures and three classes."""
    return {
        "conv_w": numbers(kernels, 1, 3, 3, salt=salt) / 4,
        "conv_b": np.resize([0.5, -0.25], kernels) + shift,
        "dense_w": numbers(flat, 3, salt=salt + 1) / 16,
        "dense_b": np.array([0.25, 0.0, -0.5]),
    }

def pictures(several, rows, columns, salt):
    """Pictures in which no two windows come out alike, so that every pooling has one winner."""
    small = np.sin(np.arange(several * rows * columns)).round(3) / 10
    return numbers(several, 1, rows, columns, salt=salt) / 8 + small.reshape(several, 1, rows, columns)

ABOVE = 7  # a bias that lifts every map of these pictures above 0
TWO = pictures(2, 6, 7, salt=50)
THREE = pictures(3, 7, 6, salt=51)
exercise.shows("bright", (TWO[:1], np.array([1]), tiny(61, ABOVE)), (THREE[2:], np.array([2]), tiny(63, ABOVE)))
exercise.shows("dark", (TWO[:1], np.array([1]), tiny(61)), (TWO[1:], np.array([0]), tiny(60)))
exercise.shows("batch", (TWO, np.array([2, 0]), tiny(60, ABOVE)), (THREE, np.array([0, 2, 2]), tiny(61, ABOVE)))
# The lesson's number of kernels, for which the weights in `start` have the right shape.
exercise.shows("bright", (TWO[:1, :, :4, :5], np.array([1]), tiny(64, ABOVE, 16, 16)))

@exercise.hidden
def small_gradients_hidden(rng):
    for aspect, several, shift in (("bright", 1, ABOVE), ("dark", 1, 0), ("batch", 3, ABOVE)):
        x = pictures(several, 6, 7, salt=int(rng.integers(100, 999)))
        yield aspect, (x, rng.integers(0, 3, several), tiny(int(rng.integers(70, 99)), shift))

exercise.slip("relu forgotten on the way back", "grad = relu_backward(grad, maps)", "grad = grad * 1.0",
    hint="The kernels' gradients are wrong where ReLU made a map 0. After `max_pool_backward` comes `relu_backward`, with the maps from before ReLU as its x.")
exercise.slip("not shaped back, or relu too early", "grad.reshape(pooled.shape)", "grad",
    hint="It stops between the dense layer and the maps. Going back, grad first gets the shape of pooled again, then goes through the pooling, and only then through ReLU, where everything is as large as the maps.")
exercise.slip("the kernels of start", "conv_backward(grad, x, parameters[\"conv_w\"])", "conv_backward(grad, x, numbers(16, 1, 3, 3))",
    hint="With another number of kernels than 16 it stops: the kernels are not those of the network that it was given. Take them from parameters, not from start.")
exercise.slip("pooled for the input of pooling", "grad.reshape(pooled.shape), bright", "grad.reshape(pooled.shape), pooled",
    hint="The second argument of `max_pool_backward` is what went into the pooling, not what came out of it.")
exercise.slip("results in the wrong places", "_, conv_w, conv_b = conv_backward", "conv_w, conv_b, _ = conv_backward",
    hint="`conv_backward` gives three arrays: the gradient with respect to x first, then those for w and b. The last two are `conv_w` and `conv_b`.")
exercise.slip("kernels and biases swapped", "_, conv_w, conv_b = conv_backward", "_, conv_b, conv_w = conv_backward",
    hint="`conv_w` and `conv_b` are swapped: the gradient of the kernels is the second of the three, that of the biases the third.")
exercise.slip("divided by the batch again", "return loss, {\"conv_w\": conv_w, \"conv_b\": conv_b,", "return loss, {\"conv_w\": conv_w / len(x), \"conv_b\": conv_b / len(x),",
    hint="The gradients of the kernels are divided by the number of pictures once more. The mean is in the loss, and came back with its gradient.")
exercise.slip("pooling passed over", "grad = max_pool_backward(grad.reshape(pooled.shape), bright)\n    grad = relu_backward(grad, maps)", "grad = relu_backward(grad.reshape(pooled.shape), pooled)",
    hint="The way back through the pooling is missing: grad has half the rows and columns of the maps when it reaches the convolution.")
exercise.slip("gradients of the kernels left at 0", "_, conv_w, conv_b = conv_backward(grad, x, parameters[\"conv_w\"])", "conv_w, conv_b = 0 * parameters[\"conv_w\"], 0 * parameters[\"conv_b\"]",
    hint="The kernels' gradients are all 0, so the kernels would never learn. Take grad on through pooling, ReLU and the convolution.")

def slopes_by_loops(x, labels, p):
    """As `slopes_of_all`, every part in plain loops."""
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = softmax_cross_entropy_backward_loop(scores, labels)
    grad, dense_w, dense_b = dense_backward_loops(grad, flat, p["dense_w"])
    grad = max_pool_backward_loops(grad.reshape(pooled.shape), bright)
    _, conv_w, conv_b = conv_backward_loops(relu_backward_loop(grad, maps), x, p["conv_w"])
    return {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}
