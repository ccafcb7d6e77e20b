"""The gradient with respect to the pictures, given the one with respect to their scores."""

import numpy as np

from convolab.exercises import Exercise

from .shared import (
    conv_backward,
    dense_backward,
    forward_parts,
    max_pool_backward,
    numbers,
    pictures,
    relu_backward,
    slopes_of,
    tiny,
)

exercise = Exercise(
    points={"bright": 1, "dark": 1, "batch": 0.5},
    says={
        "bright": "the way back to the picture, where every map is above 0 all over",
        "dark": "maps with places that ReLU made 0",
        "batch": "several pictures at once",
    },
    praise="Nobody trains a picture, but its slopes were there all along.",
)

@exercise.right
def picture_slopes(grad, x, parameters):
    maps, bright, pooled, flat, _ = forward_parts(x, parameters)
    grad, _, _ = dense_backward(grad, flat, parameters["dense_w"])
    grad = max_pool_backward(grad.reshape(pooled.shape), bright)
    grad = relu_backward(grad, maps)
    grad_x, _, _ = conv_backward(grad, x, parameters["conv_w"])
    return grad_x

@exercise.variant("plain loops")
def picture_slopes_loops(grad, x, parameters):
    return slopes_of(grad, x, parameters)

@exercise.variant("measured")
def picture_slopes_measured(grad, x, parameters):
    found = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        sides = []
        for step in (1e-6, -1e-6):
            moved = x.copy()
            moved[place] += step
            sides.append((grad * forward_parts(moved, parameters)[-1]).sum())
        found[place] = (sides[0] - sides[1]) / 2e-6
    return found

# Where the largest of a window is above 0 it is the same in both, and elsewhere ReLU stops all.
exercise.also("the maps before ReLU for pooling", "grad.reshape(pooled.shape), bright", "grad.reshape(pooled.shape), maps")
exercise.also("relu before pooling, on what was pooled", "grad = max_pool_backward(grad.reshape(pooled.shape), bright)\n    grad = relu_backward(grad, maps)", "grad = relu_backward(grad.reshape(pooled.shape), pooled)\n    grad = max_pool_backward(grad, bright)")
exercise.also("the first of three", "grad_x, _, _ = conv_backward(grad, x, parameters[\"conv_w\"])\n    return grad_x", "return conv_backward(grad, x, parameters[\"conv_w\"])[0]")
exercise.also("a product", "grad, _, _ = dense_backward(grad, flat, parameters[\"dense_w\"])", "grad = grad @ parameters[\"dense_w\"].T")

ABOVE = 7  # a bias that lifts every map of these pictures above 0
TWO, THREE = pictures(2, 6, 7, salt=50), pictures(3, 7, 6, salt=51)
G = numbers(3, 3, salt=9) / 4
exercise.shows("bright", (G[:1], TWO[:1], tiny(61, ABOVE)), (G[1:2], THREE[2:], tiny(63, ABOVE)), (G[2:], TWO[:1, :, :4, :5], tiny(64, ABOVE, 16, 16)))
exercise.shows("dark", (G[:1], TWO[:1], tiny(61, -0.5)), (G[2:], TWO[1:], tiny(60, -0.5)), (G[1:2], THREE[:1], tiny(65, -0.25)))
exercise.shows("batch", (G[:2], TWO, tiny(60, ABOVE)), (G, THREE, tiny(61, ABOVE)))

@exercise.hidden
def picture_slopes_hidden(rng):
    for aspect, several, shift in (("bright", 1, ABOVE), ("dark", 1, -0.5), ("batch", 3, ABOVE)):
        x = pictures(several, 6, 7, salt=int(rng.integers(100, 999)))
        yield aspect, (rng.integers(-8, 9, (several, 3)) / 4, x, tiny(int(rng.integers(70, 99)), shift))

exercise.slip("relu forgotten on the way back", "grad = relu_backward(grad, maps)", "grad = grad * 1.0",
    hint="It is wrong where ReLU made a map 0. After `max_pool_backward` comes `relu_backward`, with the maps from before ReLU as its x.")
exercise.slip("not shaped back, or pooled for the input", "grad.reshape(pooled.shape)", "grad",
    hint="It stops on the way back through the pooling. There grad comes from the dense layer, needs the shape of pooled again, and the second argument is what went into the pooling, not what came out.")
exercise.slip("the kernels' gradient", "grad_x, _, _ = conv_backward", "_, grad_x, _ = conv_backward",
    hint="That is the gradient of the kernels, the second of the three that `conv_backward` gives. The one with respect to the pictures is the first.")
exercise.slip("the biases' gradient", "grad_x, _, _ = conv_backward", "_, _, grad_x = conv_backward",
    hint="That is the gradient of the biases, the third of the three that `conv_backward` gives. The one with respect to the pictures is the first.")
exercise.slip("all three", "grad_x, _, _ = conv_backward", "grad_x = conv_backward",
    hint="`conv_backward` gives three arrays, and all of them come back. The one with respect to the pictures is the first.")
exercise.slip("the dense weights' gradient", "grad, _, _ = dense_backward", "_, grad, _ = dense_backward",
    hint="It goes on with the gradient of the dense weights. What goes further back is the first of the three, the one with respect to the layer's input.")
exercise.slip("pooling passed over", "grad = max_pool_backward(grad.reshape(pooled.shape), bright)\n    grad = relu_backward(grad, maps)", "grad = relu_backward(grad.reshape(pooled.shape), pooled)",
    hint="The way back through the pooling is missing: grad has half the rows and columns of the maps when it reaches the convolution.")
exercise.slip("stopped at the maps", "return grad_x", "return grad",
    hint="You stop at the maps, before the convolution. Go one layer further, to the pictures.")
exercise.slip("without the signs", "return grad_x", "return np.abs(grad_x)",
    hint="The signs are missing. Leave them: whether a pixel should become brighter or darker is what they say.")
exercise.slip("times the picture", "return grad_x", "return grad_x * x",
    hint="The slopes are multiplied by the pixels. Return them as they are.")
exercise.slip("divided by the batch", "return grad_x", "return grad_x / len(x)",
    hint="It is divided by the number of pictures. No mean was taken here: each picture has scores of its own.")
exercise.slip("added over the batch", "return grad_x", "return grad_x.sum(axis=0, keepdims=True) + 0 * grad_x",
    hint="The slopes of all pictures are added up. Each picture has its own.")
exercise.slip("downhill", "return grad_x", "return -grad_x",
    hint="All signs are the wrong way round. Nothing goes downhill here: return what comes back, as it is.")
exercise.slip("the batch is lost", "return grad_x", "return grad_x[0]",
    hint="Only the first picture's slopes come back. There is one map of slopes for each picture of the batch, in the shape of x.")
exercise.slip("the kernels of honest", "conv_backward(grad, x, parameters[\"conv_w\"])", "conv_backward(grad, x, numbers(16, 1, 3, 3))",
    hint="With another number of kernels than 16 it stops: the kernels are not those of the network that it was given. Take them from parameters.")
exercise.slip("kernels turned", "conv_backward(grad, x, parameters[\"conv_w\"])", "conv_backward(grad, x, parameters[\"conv_w\"][:, :, ::-1, ::-1])",
    hint="The kernels are turned round. `conv_backward` takes them as they are, and does the reversing by itself.")
exercise.slip("ReLU looks at the gradient", "relu_backward(grad, maps)", "relu_backward(grad, grad)",
    hint="ReLU lets through where its input was above 0: the second argument is maps, not the gradient.")
