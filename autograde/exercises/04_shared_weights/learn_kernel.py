"""The kernel that turns the image into the target by correlation, found step by step."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"steps": 2, "sobel": 1},
    says={
        "steps": "a few steps, number by number",
        "sobel": "finding a kernel from 32 × 32 random dots",
    },
    tolerance=0.01,
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
    praise="Hundreds of steps, and nobody told it the numbers.",
)

PLANE = np.array([[1, 2, 0, 2, 1], [0, 1, 3, 0, 2], [2, 0, 1, 1, 3], [1, 3, 0, 2, 0]]) / 2

def noise(seed, rows, columns):
    """Random dots in [0, 1), in sixteenths."""
    return np.random.default_rng(seed).integers(0, 16, (rows, columns)) / 16

def by_weights(image, difference, size):
    """For each weight, the sum of the differences times what it was multiplied by."""
    rows, columns = difference.shape
    gradient = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            gradient[i, j] = np.sum(difference * image[i : i + rows, j : j + columns])
    return gradient

def answer_of(image, kernel):
    """The correlation, mode valid, weight by weight."""
    size = len(kernel)
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    total = np.zeros((rows, columns))
    for i in range(size):
        for j in range(size):
            total += kernel[i, j] * image[i : i + rows, j : j + columns]
    return total

def descend(image, target, size, steps, rate, start=0.0):
    """Steps against the gradient of the mean squared error."""
    kernel = np.full((size, size), start)
    with np.errstate(all="ignore"):  # misconceptions that climb
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            kernel = kernel - rate * 2 * by_weights(image, difference, size) / difference.size
    return kernel

@exercise.right
def learn_kernel(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate)

@exercise.variant("gradient as a correlation")
def learn_kernel_correlation(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    windows = np.lib.stride_tricks.sliding_window_view(image, target.shape)
    for _ in range(steps):
        error = ops.correlate_2d(image, kernel, "valid") - target
        kernel -= learning_rate * 2 * np.einsum("ijrc,rc->ij", windows, error) / error.size
    return kernel

@exercise.variant("mean of the products")
def learn_kernel_mean(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    rows, columns = target.shape
    for _ in range(steps):
        error = target - ops.correlate_2d(image, kernel, "valid")
        step = np.zeros((size, size))
        for i in range(size):
            for j in range(size):
                step[i, j] = 2 * np.mean(error * image[i : i + rows, j : j + columns])
        kernel = kernel + learning_rate * step
    return kernel

@exercise.variant("a table of windows")
def learn_kernel_table(image, target, size=3, steps=200, learning_rate=0.3):
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    table = windows.reshape(-1, size * size)
    weights = np.zeros(size * size)
    for _ in range(steps):
        difference = table @ weights - target.ravel()
        weights = weights - learning_rate * 2 * (table.T @ difference) / len(difference)
    return weights.reshape(size, size)

SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

SLANT = np.array([[2, -1], [0.5, 1]])

DOTS = noise(4, 32, 32)

STEP_TARGET = np.array([[4, -1, 2], [0, 3, 5]])
exercise.shows("steps",
    (PLANE, STEP_TARGET, 3, 1, 1.0), (PLANE, STEP_TARGET, 3, 4, 0.25),
    (PLANE[:, :4], answer_of(PLANE[:, :4], SLANT), 2, 3, 0.5), (PLANE / 2, STEP_TARGET), (PLANE[:2, :3], STEP_TARGET, 1, 2, 0.5),
)
exercise.shows("sobel", (DOTS, answer_of(DOTS, SOBEL)), (DOTS, answer_of(DOTS, SLANT), 2))
exercise.numpy_integers("steps", PLANE[:, :4], answer_of(PLANE[:, :4], SLANT), 2, 2, 0.25)

@exercise.hidden
def learn_kernel_hidden(rng):
    image = rng.integers(0, 16, (32, 32)) / 16
    yield "sobel", (image, answer_of(image, SOBEL.T))
    small = rng.integers(-2, 4, (5, 6)) / 2
    yield "steps", (small, whole_numbers(rng, 4, 5), 2, 5, 0.125)

exercise.slip("uphill", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, -learning_rate)",
    hint="The steps go uphill: the kernel grows without end. A weight with a positive gradient becomes smaller, so subtract; and the difference is the output minus the target.")
exercise.slip("factor 2 forgotten", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate / 2)",
    hint="Every step is half as long as it should be: the gradient of a square d² is 2·d.")
exercise.slip("not divided", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate * target.size)",
    hint="The steps are far too long, and the kernel runs away: the mean squared error is divided by the number of differences, and so is its gradient.")
exercise.slip("neither divided nor doubled", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate * target.size / 2)",
    hint="The steps have the wrong length: the gradient of the mean squared error at each place is 2·d/N, with N the number of differences.")
exercise.slip("divided by the number of weights", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate * target.size / size**2)",
    hint="You divide by the number of weights. The mean is taken over the differences: divide by how many of those there are.")
exercise.slip("divided by the number of pixels", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate * target.size / image.size)",
    hint="You divide by the number of pixels of the image. There are fewer differences than that: as many as the target has numbers.")
exercise.slip("one step only", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, 1, learning_rate)",
    hint="There is one step only: is the return inside the loop, or does the kernel begin anew with every step?")
exercise.slip("one step too few", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps - 1, learning_rate)",
    hint="One step is missing: `range(steps)` makes as many as you ask for.")
exercise.slip("learning rate ignored", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, 0.3)",
    hint="The learning rate is always 0.3 in yours. Use the one that is passed in.")
exercise.slip("learning rate forgotten", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, 1.0)",
    hint="The whole gradient is subtracted. Multiply it by the learning rate first.")
exercise.slip("number of steps ignored", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, 200, learning_rate)",
    hint="You always make 200 steps. Make as many as `steps` says.")
exercise.slip("begun with ones", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate, 1.0)",
    hint="It begins with a kernel of ones. Begin with zeros.")
exercise.slip("kernel reversed", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate)[::-1, ::-1]",
    hint="The kernel that you learn is reversed along both axes. Use the correlation, not the convolution, and take rows i and columns j on from the top left.")

@exercise.wrong("convolution forwards",
    hint="The output comes from a convolution, the gradient from a correlation: they do not belong together. Use `ops.correlate_2d` for the output.")
def learn_kernel_convolves(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel[::-1, ::-1]) - target
            gradient = 2 * by_weights(image, difference, size) / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel

exercise.slip("rows and columns exchanged", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate).T",
    hint="The kernel that you learn is transposed: the picture is shifted by i rows and j columns for the weight at row i, column j.")

@exercise.wrong("picture not shifted",
    hint="All weights come out the same: the picture is not shifted in the gradient. The weight at row i, column j meets the part that begins there.")
def learn_kernel_unshifted(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    rows, columns = target.shape
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * np.mean(difference * image[:rows, :columns])
            kernel = kernel - learning_rate * gradient
    return kernel

@exercise.wrong("weights changed one by one",
    hint="Nearly: you compute the output anew after each single weight. Work out all gradients first, and then change all weights together.")
def learn_kernel_sequential(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            for i in range(size):
                for j in range(size):
                    difference = answer_of(image, kernel) - target
                    gradient = 2 * by_weights(image, difference, size) / difference.size
                    kernel[i, j] -= learning_rate * gradient[i, j]
    return kernel

exercise.slip("target added", "descend(image, target, size, steps, learning_rate)", "descend(image, -target, size, steps, learning_rate)",
    hint="The kernel comes out with the wrong sign: you add the target to the output. The difference is the output minus the target.")
exercise.slip("divided by the rows", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate * target.shape[1])",
    hint="The steps are far too long, and the kernel runs away: `len` counts the rows of the differences. Divide by how many numbers there are, `difference.size`.")

@exercise.wrong("squared differences as the gradient",
    hint="You multiply the picture by the squared differences. The squares are the loss; its gradient with respect to an output is 2·d/N, with d not squared.")
def learn_kernel_squares(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = by_weights(image, difference**2, size) / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel

exercise.slip("squared differences as the gradient, doubled", "descend(image, target, size, steps, learning_rate)", "learn_kernel_squares(image, target, size, steps, 2 * learning_rate) + 0 * learning_rate",
    hint="You multiply the picture by the squared differences. The squares are the loss; its gradient with respect to an output is 2·d/N: here d must not be squared.")

@exercise.wrong("mean of the differences",
    hint="You take the mean of all differences first, so every place counts the same. Each place has its own difference: multiply it by the picture, and add up after that.")
def learn_kernel_mean_first(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            same = np.full(difference.shape, 2 * np.mean(difference))
            kernel = kernel - learning_rate * by_weights(image, same, size)
    return kernel

@exercise.wrong("gradient transposed",
    hint="Rows and columns are swapped in the gradient: the weight at row i, column j meets the picture shifted by i rows and j columns.")
def learn_kernel_gradient_transposed(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * by_weights(image, difference, size).T / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel

exercise.slip("difference computed once", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, 1, learning_rate * steps)",
    hint="The difference is computed once, before the loop, so every step is the same. With each new kernel the output is another one: compute it inside the loop.")

@exercise.wrong("a step for every weight",
    hint="The kernel is changed inside the two loops, each time with a gradient that is filled in part. Change it once, after both loops.")
def learn_kernel_steps_inside(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            whole = 2 * by_weights(image, difference, size) / difference.size
            times = np.arange(size * size, 0, -1).reshape(size, size)
            kernel = kernel - learning_rate * whole * times
    return kernel

@exercise.wrong("last weight only",
    hint="Only the last weight changes: the line that changes the kernel comes after the two loops and uses i and j. Change the whole kernel there, or each weight inside.")
def learn_kernel_last_weight(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * by_weights(image, difference, size) / difference.size
            kernel[-1, -1] -= learning_rate * gradient[-1, -1]
    return kernel

exercise.slip("rounded", "descend(image, target, size, steps, learning_rate)", "descend(image, target, size, steps, learning_rate).round()",
    hint="The kernel is rounded at the end. Weights are fractions; return them as they are.")
exercise.slip("a part of another size", "return descend(image, target, size, steps, learning_rate)", "raise ValueError(\"operands could not be broadcast together\")",
    hint="Python stops because two shapes differ. The part of the picture that meets the differences is as large as they are: it begins at row i and column j, and ends as many rows and columns further on as the target has.")
