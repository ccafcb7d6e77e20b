"""Lesson 08: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab import ops
from convolab.check.functions import (
    sum_of_cubes,
    sum_of_neighbours,
    sum_of_squares,
    weighted_sum,
)
from convolab.check.spec import Exercise
from convolab.data import digits, split


def numbers(*shape, salt=0):
    """Whole numbers from −6 to 6 in no order, the same ones on every machine."""
    mixed = (np.arange(np.prod(shape), dtype=np.uint64) + 1 + 1000 * salt) * 2654435761 % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 73244475 % 2**32
    return ((mixed ^ (mixed >> 16)) % 13).astype(int).reshape(shape) - 6


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


# --- by hand ------------------------------------------------------------------------------------

by_hand_slope = Exercise("by_hand_slope", tolerance=1e-4)
by_hand_slope.right(6)
by_hand_slope.wrong(
    "forward difference",
    6.1,
    "That is (9.61 − 9) / 0.1, from the place itself to the right. Take one step to each side: the "
    "square of 3.1 minus the square of 2.9.",
)
by_hand_slope.wrong(
    "backward difference",
    5.9,
    "That is (9 − 8.41) / 0.1, from the left to the place itself. Take one step to each side.",
)
by_hand_slope.wrong(
    "divided by one step",
    12,
    "The two places are 0.2 apart, twice the step: divide by that.",
)
by_hand_slope.wrong(
    "not divided",
    1.2,
    "That is how much it rises. Divide by how far apart the two places are, 0.2.",
)

by_hand_slope.wrong(
    "right and left exchanged",
    -6,
    "The slope has the wrong sign: it is the value on the right, 9.61, minus the one on the left.",
)
by_hand_slope.wrong(
    "multiplied by the step",
    0.06,
    "All of 2h stands under the line: divide 1.2 by 0.2. In Python that needs brackets, "
    "`1.2 / (2 * 0.1)`.",
)
by_hand_slope.wrong(
    "multiplied by how far apart",
    0.24,
    "You multiplied by 0.2. Divide how much it rises by how far apart the two places are.",
)

by_hand_descent = Exercise("by_hand_descent")
by_hand_descent.right(1.6)
by_hand_descent.wrong(
    "uphill",
    2.4,
    "You went uphill. A positive slope says that the loss grows to the right, so go left.",
)
by_hand_descent.wrong(
    "learning rate left out",
    -2,
    "You took the whole slope as a step. The step is the learning rate times the slope.",
)
by_hand_descent.wrong(
    "the step alone",
    0.4,
    "That is the length of the step. Asked for is the weight after it.",
)

by_hand_descent.wrong(
    "minus the step alone",
    -0.4,
    "That is the step, downhill. Asked for is where the weight is after it.",
)
by_hand_descent.wrong(
    "weight and slope exchanged",
    3.8,
    "You began at the slope. Begin at the weight, 2, and take away the learning rate times the "
    "slope.",
)
by_hand_descent.wrong(
    "learning rate alone",
    1.9,
    "You took away the learning rate. Take away the learning rate times the slope.",
)

by_hand_chain = Exercise("by_hand_chain")
by_hand_chain.right(72)
by_hand_chain.wrong(
    "last link only",
    24,
    "That is how much z changes with y. A change of x becomes three times as large in y before "
    "it gets there.",
)
by_hand_chain.wrong(
    "added",
    27,
    "The slopes of a chain are multiplied, not added: each link passes on what comes to it.",
)
by_hand_chain.wrong(
    "z itself",
    144,
    "That is z. Asked for is its slope: how many times as much z grows as x does.",
)
by_hand_chain.wrong(
    "first link only",
    3,
    "That is how much y changes with x. In the next link it is multiplied by the slope of the "
    "square, 2y.",
)
by_hand_chain.wrong(
    "times y",
    36,
    "You multiplied 3 by y. The slope of the square at y is twice y.",
)
by_hand_chain.wrong(
    "slope at the wrong place",
    8,
    "That is the slope of the square of x. The square is taken of y, which is 12; and a change of "
    "x is three times as large there.",
)

by_hand_back = Exercise("by_hand_back")
by_hand_back.right([2, 23, 30])
by_hand_back.wrong(
    "kernel turned",
    [3, 32, 20],
    "The kernel is the wrong way round. The first input x(0) meets only w(0), in y(0): it gets "
    "1 · 2.",
)
by_hand_back.wrong(
    "overwritten",
    [2, 20, 30],
    "x(1) takes part in both outputs, so what comes back through both of them is added.",
)
by_hand_back.wrong(
    "overwritten the other way",
    [2, 3, 30],
    "The middle one has only what came back through y(0). It took part in y(1) too: add that.",
)

by_hand_back.wrong(
    "only one output each",
    [2, 30, 0],
    "Each number met one weight only. Write down, for x(1) and for x(2), in which of the two "
    "lines above it stands, and beside which weight.",
)

# --- numerical_gradient -------------------------------------------------------------------------

numerical_gradient = Exercise(
    "numerical_gradient",
    points=3,
    aspects={
        "values": "the slope in every direction",
        "whole": "whole numbers, which can be moved by a small step all the same",
    },
    shares={"values": 2, "whole": 1},
)


def slopes(f, x, step, low=1.0, high=1.0, over=2.0):
    """f at high steps to the right minus f at low steps to the left, over so many steps."""
    moved = x.astype(float)
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + high * step
        right = f(moved)
        moved[place] = old - low * step
        out[place] = (right - f(moved)) / (over * step)
        moved[place] = old
    return out


@numerical_gradient.reference
def numerical_gradient_reference(f, x, step=1e-5):
    return slopes(f, x, step)


X = np.array([[1.5, -2.0, 0.25], [3.0, 0.5, -1.25]])
numerical_gradient.case("values", sum_of_cubes, np.array([1.5, -2.0, 3.1]), 0.5)
numerical_gradient.case("values", sum_of_squares, np.array([3.0, -1.0, 0.5]))
numerical_gradient.case("values", sum_of_neighbours, X, 0.25)
numerical_gradient.case("values", weighted_sum, np.array([[[0.7], [1.9]], [[-2.3], [0.1]]]))
numerical_gradient.case("values", sum_of_cubes, np.array([1.25, -2.5]))
numerical_gradient.case("whole", sum_of_cubes, np.array([2, -1, 4]), 0.5)
numerical_gradient.case("whole", sum_of_neighbours, np.array([[1, 2], [3, -5]]))


numerical_gradient.case("values", sum_of_cubes, np.array([1.5]), 0.25)


@numerical_gradient.hidden
def numerical_gradient_hidden(rng):
    yield "values", (sum_of_squares, whole_numbers(rng, 2, 4) / 4)
    yield "values", (sum_of_cubes, whole_numbers(rng, 5) / 4, 0.25)
    yield "values", (sum_of_neighbours, whole_numbers(rng, 3, 2) / 7, 0.125)
    yield "whole", (sum_of_cubes, whole_numbers(rng, 4), 0.5)


@numerical_gradient.misconception(
    "forward difference",
    hint="You go from x one step to the right. Go one step to each side and divide by two steps: "
    "the error is then far smaller.",
)
def numerical_gradient_forward(f, x, step=1e-5):
    return slopes(f, x, step, low=0.0, over=1.0)


@numerical_gradient.misconception(
    "backward difference",
    hint="You go from one step on the left to x. Go one step to each side and divide by two steps.",
)
def numerical_gradient_backward(f, x, step=1e-5):
    return slopes(f, x, step, high=0.0, over=1.0)


@numerical_gradient.misconception(
    "divided by one step",
    hint="The slopes are twice as large as they should be: the two places are two steps apart.",
)
def numerical_gradient_one_step(f, x, step=1e-5):
    return slopes(f, x, step, over=1.0)


@numerical_gradient.misconception(
    "only back to x",
    hint="The slopes are about half as large as they should be: after the step to the right you go "
    "back by one step, which is x itself. Go back by two.",
)
def numerical_gradient_half(f, x, step=1e-5):
    return slopes(f, x, step, low=0.0, over=2.0)


@numerical_gradient.misconception(
    "other way round",
    hint="The signs are the wrong way round: it is the value on the right minus the value on the "
    "left.",
)
def numerical_gradient_sign(f, x, step=1e-5):
    return -slopes(f, x, step)


@numerical_gradient.misconception(
    "not divided",
    hint="That is how much f changes. Divide by how far apart the two places are.",
)
def numerical_gradient_not_divided(f, x, step=1e-5):
    return slopes(f, x, step) * 2 * step


@numerical_gradient.misconception(
    "whole numbers stay whole",
    hint="For whole numbers x the small step is lost, because an integer array keeps no decimals. "
    "Work on x.astype(float), which is a copy too.",
)
def numerical_gradient_truncates(f, x, step=1e-5):
    moved, out = x.copy(), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + step
        right = f(moved)
        moved[place] = old - step
        out[place] = (right - f(moved)) / (2 * step)
        moved[place] = old
    return out


@numerical_gradient.misconception(
    "the step left in x",
    hint="The step is left in x: after both values were measured, put the old number back, before "
    "the next direction is tried.",
)
def numerical_gradient_left(f, x, step=1e-5):
    moved, out = x.astype(float), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + step
        right = f(moved)
        moved[place] = old - step
        out[place] = (right - f(moved)) / (2 * step)
    return out


@numerical_gradient.misconception(
    "the step left in the caller's x",
    hint="x is changed, and whoever called the function still needs it: put every number back, or "
    "work on a copy, x.astype(float).",
)
def numerical_gradient_left_in_x(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + step
        right = f(x)
        x[place] = old - step
        out[place] = (right - f(x)) / (2 * step)
    return out


@numerical_gradient.misconception(
    "put back by adding",
    hint="x comes out changed in its last decimals: adding and taking away a step is not exact. "
    "Remember the old number and put that back, or work on a copy.",
)
def numerical_gradient_added_back(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += step
        right = f(x)
        x[place] -= 2 * step
        out[place] = (right - f(x)) / (2 * step)
        x[place] += step
    return out


@numerical_gradient.misconception(
    "all moved at once",
    hint="All numbers are moved together, so there is one slope for all. Move one at a time: the "
    "gradient has a slope for each.",
)
def numerical_gradient_together(f, x, step=1e-5):
    return (f(x + step) - f(x - step)) / (2 * step)


@numerical_gradient.misconception(
    "whole rows moved",
    hint="For a table a whole row is moved at a time. np.ndindex(x.shape) goes through the places "
    "one by one.",
)
def numerical_gradient_rows(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for i in range(len(x)):
        right, left = x.astype(float), x.astype(float)
        right[i] += step
        left[i] -= step
        out[i] = (f(right) - f(left)) / (2 * step)
    return out


@numerical_gradient.misconception(
    "flat",
    hint="The slopes are right, but they stand in one row. The result has the shape of x.",
)
def numerical_gradient_flat(f, x, step=1e-5):
    return slopes(f, x, step).ravel()


@numerical_gradient.misconception(
    "step ignored",
    hint="The argument step is not used: another step of your own is.",
)
def numerical_gradient_own_step(f, x, step=1e-5):
    return slopes(f, x, 1e-5)


@numerical_gradient.misconception(
    "multiplied by the step",
    hint="The difference is halved and then multiplied by the step. Put `2 * step` in brackets: "
    "all of it stands under the line.",
)
def numerical_gradient_times_step(f, x, step=1e-5):
    return slopes(f, x, step) * 2 * step / 2 * step


@numerical_gradient.misconception(
    "a result of whole numbers",
    hint="The slopes lose their decimals: np.zeros_like(x) holds whole numbers where x does. "
    "np.zeros(x.shape) holds decimals.",
)
def numerical_gradient_whole_result(f, x, step=1e-5):
    out = np.zeros_like(x)
    out[...] = slopes(f, x, step)
    return out


@numerical_gradient.misconception(
    "both names for one array",
    hint="All slopes are 0, as if right and left were the same place. up = x makes no copy: both "
    "names stand for one array. Work on copies, or move there, measure, and move back.",
)
def numerical_gradient_alias(f, x, step=1e-5):
    return np.zeros(x.shape)


@numerical_gradient.misconception(
    "one slope for all places",
    hint="Every place has the same slope, that of moving all numbers together. Move the number at "
    "one place only, x[place].",
)
def numerical_gradient_filled(f, x, step=1e-5):
    return np.full(x.shape, (f(x + step) - f(x - step)) / (2 * step))


@numerical_gradient.misconception(
    "f of one number",
    hint="f gets a single number. It needs the whole array, in which one number was moved and all "
    "others stay where they are.",
)
def numerical_gradient_single(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        out[place] = (f(x[place] + step) - f(x[place] - step)) / (2 * step)
    return out


@numerical_gradient.variant("two copies")
def numerical_gradient_copies(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        right, left = x.astype(float), x.astype(float)
        right[place] += step
        left[place] -= step
        out[place] = (f(right) - f(left)) / (2 * step)
    return out


@numerical_gradient.variant("flat and back")
def numerical_gradient_reshaped(f, x, step=1e-5):
    flat = np.array(x, dtype=float).ravel()
    out = []
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + step
        right = f(flat.reshape(x.shape))
        flat[i] = old - step
        out.append((right - f(flat.reshape(x.shape))) / (2 * step))
        flat[i] = old
    return np.array(out).reshape(x.shape)


@numerical_gradient.variant("a table of single steps")
def numerical_gradient_steps(f, x, step=1e-5):
    single = step * np.eye(x.size).reshape(x.size, *x.shape)
    out = [(f(x + move) - f(x - move)) / (2 * step) for move in single]
    return np.reshape(out, x.shape)


# --- relu_backward ------------------------------------------------------------------------------

relu_backward = Exercise(
    "relu_backward",
    points=2,
    aspects={"values": "positive and negative inputs", "zero": "inputs of exactly 0"},
)


@relu_backward.reference
def relu_backward_reference(grad, x):
    return grad * (x > 0)


relu_backward.case("values", np.array([5, -7, 2, -3]), np.array([1.5, 2.0, -1.0, -0.5]))
relu_backward.case("values", numbers(2, 3) + 0.5, numbers(2, 3, salt=4) + 0.5)
relu_backward.case("zero", np.array([[4.0, -6.0, 3.0]]), np.array([[0.0, 0.0, 2.0]]))
relu_backward.case("zero", numbers(2, 1, 2, 3, salt=9) / 2, numbers(2, 1, 2, 3, salt=2) // 3)


relu_backward.case("values", np.array([[2.5]]), np.array([[-1.0]]))


@relu_backward.hidden
def relu_backward_hidden(rng):
    yield "values", (whole_numbers(rng, 3, 4) / 2, whole_numbers(rng, 3, 4))
    yield "zero", (whole_numbers(rng, 2, 2, 3, 2), rng.integers(-1, 2, (2, 2, 3, 2)))


@relu_backward.misconception(
    "0 counts as positive",
    hint="Where x is exactly 0 the gradient passes. It should not: > in place of >=.",
)
def relu_backward_zero(grad, x):
    return grad * (x >= 0)


@relu_backward.misconception(
    "sign of the gradient",
    hint="You look at the sign of grad. What matters is whether x was positive on the way forward; "
    "grad may well be negative.",
)
def relu_backward_of_grad(grad, x):
    return np.maximum(grad, 0)


@relu_backward.misconception(
    "sign of both",
    hint="Negative gradients are lost. Where x was positive, grad passes as it is, with its sign.",
)
def relu_backward_both(grad, x):
    return np.maximum(grad, 0) * (x > 0)


@relu_backward.misconception(
    "only where x was positive, without grad",
    hint="These are the slopes of relu itself, 0 and 1. Multiply by grad, which comes from behind.",
)
def relu_backward_mask(grad, x):
    return (x > 0).astype(float)


@relu_backward.misconception(
    "times the output",
    hint="grad is multiplied by relu(x). The slope of relu is 1 wherever x is positive, however "
    "large x is.",
)
def relu_backward_times(grad, x):
    return grad * np.maximum(x, 0)


@relu_backward.misconception(
    "everything passes",
    hint="All of grad passes. Where x was negative, relu gave 0 whatever x was, so its slope is 0.",
)
def relu_backward_all(grad, x):
    return grad.copy()


@relu_backward.misconception(
    "the wrong half",
    hint="It passes where x was negative: the other way round.",
)
def relu_backward_inverted(grad, x):
    return grad * (x <= 0)


@relu_backward.misconception(
    "writes into grad",
    hint="The result is right, but grad itself is changed. Make a new array.",
)
def relu_backward_in_place(grad, x):
    grad[x <= 0] = 0
    return grad


@relu_backward.misconception(
    "the way forward",
    hint="That is relu of x, the way forward. Back goes grad, where x was positive.",
)
def relu_backward_forward(grad, x):
    return np.maximum(x, 0)


@relu_backward.misconception(
    "sign of x",
    hint="Where x is negative grad comes out with its sign changed. The slope there is 0: nothing "
    "passes.",
)
def relu_backward_sign(grad, x):
    return grad * np.sign(x)


@relu_backward.misconception(
    "minus grad",
    hint="Where x is not positive grad comes out with its sign changed. The slope there is 0: "
    "nothing passes.",
)
def relu_backward_minus(grad, x):
    return np.where(x > 0, grad, -grad)


@relu_backward.variant("np.where")
def relu_backward_where(grad, x):
    return np.where(x > 0, grad, 0)


@relu_backward.variant("a copy with zeros")
def relu_backward_copy(grad, x):
    out = grad.copy()
    out[x <= 0] = 0
    return out


@relu_backward.variant("a loop")
def relu_backward_loop(grad, x):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] > 0:
            out[place] = grad[place]
    return out


# --- dense_backward -----------------------------------------------------------------------------

dense_backward = Exercise(
    "dense_backward",
    points=3,
    aspects={"one": "a batch of one", "batch": "several examples"},
)


@dense_backward.reference
def dense_backward_reference(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.sum(axis=0)


dense_backward.case("one", np.array([[1, -2]]), np.array([[3, 0, 5]]), numbers(3, 2))
dense_backward.case("one", numbers(1, 3, salt=3), numbers(1, 4, salt=4), numbers(4, 3, salt=5))
dense_backward.case("batch", numbers(3, 2, salt=6), numbers(3, 4, salt=7), numbers(4, 2, salt=8))
dense_backward.case("batch", numbers(3, 3, salt=16), numbers(3, 3, salt=1), numbers(3, 3, salt=18))
dense_backward.case("batch", numbers(2, 5) / 2, numbers(2, 3, salt=20), numbers(3, 5, salt=21))


dense_backward.case("one", np.array([[3]]), np.array([[2, -1]]), np.array([[4], [5]]))


@dense_backward.hidden
def dense_backward_hidden(rng):
    for aspect, n, i, o in (("one", 1, 4, 3), ("batch", 4, 3, 2), ("batch", 2, 2, 2)):
        grad, x = whole_numbers(rng, n, o) / 2, whole_numbers(rng, n, i)
        yield aspect, (grad, x, whole_numbers(rng, i, o))


@dense_backward.misconception(
    "not transposed",
    hint="A transpose is missing. grad_x is (N, I) = (N, O) times (O, I), so w is needed turned "
    "over; grad_w is (I, O) = (I, N) times (N, O), so x is.",
)
def dense_backward_plain(grad, x, w):
    return grad @ w, x @ grad, grad.sum(axis=0)


@dense_backward.misconception(
    "w not transposed",
    hint="In grad_x the weights are not transposed: what went from input i to unit o comes back "
    "from o to i.",
)
def dense_backward_w(grad, x, w):
    return grad @ w, x.T @ grad, grad.sum(axis=0)


@dense_backward.misconception(
    "x not transposed",
    hint="In grad_w the inputs x are not transposed: (I, O) = (I, N) times (N, O).",
)
def dense_backward_x(grad, x, w):
    return grad @ w.T, x @ grad, grad.sum(axis=0)


@dense_backward.misconception(
    "grad_w turned over",
    hint="grad_w comes out as (O, I). It has the shape of w, (I, O): the factors are exchanged.",
)
def dense_backward_turned(grad, x, w):
    return grad @ w.T, grad.T @ x, grad.sum(axis=0)


@dense_backward.misconception(
    "bias not summed over the batch",
    hint="grad_b still has a row for each example. A bias takes part in every example, so what "
    "comes back from all of them is added.",
)
def dense_backward_bias_rows(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.copy()


@dense_backward.misconception(
    "bias summed over the units",
    hint="grad_b has one number for each example. Each unit has a bias: sum down the examples, "
    "along axis 0.",
)
def dense_backward_bias_units(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.sum(axis=1)


@dense_backward.misconception(
    "bias averaged",
    hint="grad_b is a mean over the batch. The mean is taken in the loss already: add up here.",
)
def dense_backward_bias_mean(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.mean(axis=0)


@dense_backward.misconception(
    "divided by the batch",
    hint="The gradients of w and b are divided by the number of examples. The mean is taken in the "
    "loss already: add up here.",
)
def dense_backward_mean(grad, x, w):
    return grad @ w.T, x.T @ grad / len(x), grad.mean(axis=0)


@dense_backward.misconception(
    "other order",
    hint="The three results come in another order. First the gradient by x, then by w, then by b.",
)
def dense_backward_order(grad, x, w):
    return x.T @ grad, grad.sum(axis=0), grad @ w.T


@dense_backward.misconception(
    "grad_w first",
    hint="The gradients by x and by w have changed places: x comes first.",
)
def dense_backward_swapped(grad, x, w):
    return x.T @ grad, grad @ w.T, grad.sum(axis=0)


@dense_backward.misconception(
    "bias forgotten",
    hint="The gradient by the bias is missing: a third result, one number for each unit.",
)
def dense_backward_no_bias(grad, x, w):
    return grad @ w.T, x.T @ grad


@dense_backward.misconception(
    "without grad",
    hint="These are the layer's own slopes: weights, inputs and 1. By the chain each is multiplied "
    "by grad, in a matrix product.",
)
def dense_backward_without_grad(grad, x, w):
    return w.T.copy(), x.T.copy(), np.ones(w.shape[1])


@dense_backward.misconception(
    "weights and inputs without grad",
    hint="Weights and inputs come back as they are. They are the layer's own slopes: by the chain "
    "each is multiplied by grad, in a matrix product.",
)
def dense_backward_slopes(grad, x, w):
    return w.T.copy(), x.T.copy(), grad.sum(axis=0)


@dense_backward.misconception(
    "bias always 1",
    hint="grad_b is 1 everywhere. That is the slope of y by b; multiply it by grad, and add up "
    "over the examples.",
)
def dense_backward_bias_ones(grad, x, w):
    return grad @ w.T, x.T @ grad, np.ones(w.shape[1])


@dense_backward.misconception(
    "one bias for all",
    hint="grad_b is one number. Each unit has a bias of its own: sum along axis 0 only.",
)
def dense_backward_bias_all(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.sum()


@dense_backward.misconception(
    "bias as a table",
    hint="grad_b is a table with one row. It has the shape (O,): sum along axis 0, without "
    "keepdims.",
)
def dense_backward_bias_table(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.sum(axis=0, keepdims=True)


@dense_backward.misconception(
    "one example only in grad_w",
    hint="In grad_w only one example counts. The weights serve all of them: add up what each "
    "gives, with += or in one matrix product.",
)
def dense_backward_last_example(grad, x, w):
    return grad @ w.T, np.outer(x[-1], grad[-1]), grad.sum(axis=0)


@dense_backward.misconception(
    "first example only",
    hint="Only the first example counts in grad_w and grad_b. Weights and biases serve all of "
    "them: add up what each gives.",
)
def dense_backward_first_example(grad, x, w):
    return grad @ w.T, np.outer(x[0], grad[0]), grad[0].copy()


@dense_backward.misconception(
    "reshaped in place of transposed",
    hint="reshape keeps the order of the numbers and breaks the rows elsewhere. Rows and columns "
    "are exchanged by .T.",
)
def dense_backward_reshaped(grad, x, w):
    grad_w = x.reshape(x.shape[::-1]) @ grad
    return grad @ w.reshape(w.shape[::-1]), grad_w, grad.sum(axis=0)


@dense_backward.variant("einsum")
def dense_backward_einsum(grad, x, w):
    grad_x = np.einsum("no,io->ni", grad, w)
    return grad_x, np.einsum("ni,no->io", x, grad), np.einsum("no->o", grad)


@dense_backward.variant("loops")
def dense_backward_loops(grad, x, w):
    grad_x, grad_w, grad_b = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n in range(len(x)):
        for o in range(w.shape[1]):
            grad_b[o] += grad[n, o]
            for i in range(w.shape[0]):
                grad_x[n, i] += grad[n, o] * w[i, o]
                grad_w[i, o] += grad[n, o] * x[n, i]
    return grad_x, grad_w, grad_b


@dense_backward.variant("outer products")
def dense_backward_outer(grad, x, w):
    grad_w = sum(np.outer(a, g) for a, g in zip(x, grad, strict=True))
    return np.dot(grad, w.transpose()), grad_w, sum(grad)


# --- softmax_cross_entropy_backward -------------------------------------------------------------

softmax_cross_entropy_backward = Exercise(
    "softmax_cross_entropy_backward",
    points=3,
    aspects={"values": "the gradient of the mean loss", "large": "scores of ±1000"},
    shares={"values": 2, "large": 1},
)


def shares_of(scores):
    """Softmax along the rows."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def one_hot(scores, labels):
    """1 at the right class of each row, 0 elsewhere."""
    return np.eye(scores.shape[1])[labels]


@softmax_cross_entropy_backward.reference
def softmax_cross_entropy_backward_reference(scores, labels):
    return (shares_of(scores) - one_hot(scores, labels)) / len(labels)


S = softmax_cross_entropy_backward
S.case("values", np.log([[1.0, 2.0, 5.0]]), np.array([1]))
S.case("values", np.array([[0, 1, 2, -1], [3, -1, 0.5, 0]]), np.array([2, 0]))
S.case("values", np.array([[0, 1, 2], [3, -1, 0.5], [2, 2, -4]]), np.array([1, 1, 2]))
S.case("large", np.array([[1000, 999, 0], [-1000, -999, -1001]]), np.array([1, 0]))
S.case("large", np.array([[1000.0, -1000.0, 1000.0, 0.0]]), np.array([1]))


softmax_cross_entropy_backward.case("values", np.array([[2.0]]), np.array([0]))


@softmax_cross_entropy_backward.hidden
def softmax_cross_entropy_backward_hidden(rng):
    for n, k in ((1, 5), (4, 3), (3, 3)):
        yield "values", (whole_numbers(rng, n, k) / 4, rng.integers(0, k, n))
    yield "large", (1000 + whole_numbers(rng, 2, 4) / 4, rng.integers(0, 4, 2))


@softmax_cross_entropy_backward.misconception(
    "not divided by N",
    hint="For a single example it is right. The loss is a mean over the batch, so its gradient is "
    "divided by the number of examples too.",
)
def softmax_cross_entropy_backward_sum(scores, labels):
    return shares_of(scores) - one_hot(scores, labels)


@softmax_cross_entropy_backward.misconception(
    "divided by the classes",
    hint="It is divided by the number of classes, or by all numbers together. The mean goes over "
    "the examples: divide by how many labels there are.",
)
def softmax_cross_entropy_backward_classes(scores, labels):
    return (shares_of(scores) - one_hot(scores, labels)) / scores.shape[1]


@softmax_cross_entropy_backward.misconception(
    "divided by everything",
    hint="It is divided by the count of all scores. The mean goes over the examples only.",
)
def softmax_cross_entropy_backward_size(scores, labels):
    return (shares_of(scores) - one_hot(scores, labels)) / scores.size


@softmax_cross_entropy_backward.misconception(
    "1 not taken away",
    hint="These are the probabilities. At the right class of each row, 1 is to be taken away: that "
    "score should grow, so its slope is negative.",
)
def softmax_cross_entropy_backward_shares(scores, labels):
    return shares_of(scores) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "uphill",
    hint="All signs are the wrong way round. The slope at the right class is p − 1, which is "
    "negative: the loss falls when its score grows.",
)
def softmax_cross_entropy_backward_sign(scores, labels):
    return (one_hot(scores, labels) - shares_of(scores)) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "1 taken away after dividing",
    hint="Only the probabilities are divided by N, the 1 is not. Take the 1 away first, and divide "
    "everything after that.",
)
def softmax_cross_entropy_backward_late(scores, labels):
    return shares_of(scores) / len(labels) - one_hot(scores, labels)


@softmax_cross_entropy_backward.misconception(
    "right classes only",
    hint="Only the right classes have a slope, the others are 0. A higher score of a wrong class "
    "makes the loss larger: its slope is its probability.",
)
def softmax_cross_entropy_backward_right(scores, labels):
    hot = one_hot(scores, labels)
    return (shares_of(scores) - 1) * hot / len(labels)


@softmax_cross_entropy_backward.misconception(
    "1 taken from whole columns",
    hint="1 is taken away from whole columns, probabilities[:, labels]. Each row has its own right "
    "class: give np.arange(N) as the first index.",
)
def softmax_cross_entropy_backward_columns(scores, labels):
    out = shares_of(scores)
    out[:, labels] -= 1
    return out / len(labels)


@softmax_cross_entropy_backward.misconception(
    "large scores overflow",
    hint="For large scores it gives nan. Take the largest score of each row away before exp, or "
    "use ops.softmax, which does.",
)
def softmax_cross_entropy_backward_overflow(scores, labels):
    powers = np.exp(scores)
    shares = powers / powers.sum(axis=1, keepdims=True)
    return (shares - one_hot(scores, labels)) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "the loss itself",
    hint="This is the loss, one number. Asked for is its gradient, a slope for every score.",
)
def softmax_cross_entropy_backward_loss(scores, labels):
    return ops.cross_entropy(shares_of(scores), labels)


@softmax_cross_entropy_backward.misconception(
    "scores in place of probabilities",
    hint="1 is taken away from the scores. Make probabilities of them first, with softmax.",
)
def softmax_cross_entropy_backward_scores(scores, labels):
    return (scores - one_hot(scores, labels)) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "class number taken away",
    hint="The number of the class is taken away from its whole row. Take 1 away, at the right "
    "class only.",
)
def softmax_cross_entropy_backward_labels(scores, labels):
    return (shares_of(scores) - labels[:, None]) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "one number an example",
    hint="There is one number for each example, at its right class. All the other scores have a "
    "slope too: return the whole table.",
)
def softmax_cross_entropy_backward_picked(scores, labels):
    return (shares_of(scores)[np.arange(len(labels)), labels] - 1) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "softmax of the whole table",
    hint="The probabilities of all rows together sum to 1. Each row is an example: divide by the "
    "sum of its own row, or use ops.softmax.",
)
def softmax_cross_entropy_backward_table(scores, labels):
    powers = np.exp(scores - scores.max())
    return (powers / powers.sum() - one_hot(scores, labels)) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "softmax of the whole table, large scores overflow",
    hint="The probabilities of all rows together sum to 1, and large scores give nan. ops.softmax "
    "does it row by row, and safely.",
)
def softmax_cross_entropy_backward_table_overflow(scores, labels):
    powers = np.exp(scores)
    return (powers / powers.sum() - one_hot(scores, labels)) / len(labels)


@softmax_cross_entropy_backward.misconception(
    "summed over the batch",
    hint="The examples are added up. Each example has its own row: (N, K), divided by N.",
)
def softmax_cross_entropy_backward_added(scores, labels):
    return (shares_of(scores) - one_hot(scores, labels)).mean(axis=0)


@softmax_cross_entropy_backward.variant("two indices")
def softmax_cross_entropy_backward_indices(scores, labels):
    grad = ops.softmax(scores)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)


@softmax_cross_entropy_backward.variant("a loop")
def softmax_cross_entropy_backward_loop(scores, labels):
    grad = np.zeros(scores.shape)
    for n in range(len(labels)):
        powers = np.exp(scores[n] - max(scores[n]))
        for k in range(scores.shape[1]):
            grad[n, k] = powers[k] / powers.sum() - (k == labels[n])
    return grad / len(labels)


@softmax_cross_entropy_backward.variant("one-hot rows")
def softmax_cross_entropy_backward_hot(scores, labels):
    hot = np.zeros(scores.shape)
    for n, label in enumerate(labels):
        hot[n, label] = 1
    return (ops.softmax(scores) - hot) * (1 / scores.shape[0])


# --- trap: ties in max pooling ------------------------------------------------------------------

trap_tie = Exercise("trap_tie", aspects={"values": "the gradient goes to one cell only"})


@trap_tie.reference
def trap_tie_reference(window, grad):
    out = np.zeros(window.shape)
    out[np.unravel_index(window.argmax(), window.shape)] = grad
    return out


trap_tie.case("values", np.array([[1, 7], [3, 2]]), 2.5)
trap_tie.case("values", np.array([[0, 4], [4, 1]]), 3.0)
trap_tie.case("values", np.array([[0, 0], [0, 0]]), 2.0)
trap_tie.case("values", np.array([[-3, -1, -2], [-1, -5, -1]]), -6.0)


@trap_tie.misconception(
    "as found",
    hint="Add up what comes out of a window in which two cells are equally large. How much went "
    "in?",
    untouched=True,
)
def trap_tie_found(window, grad):
    return grad * (window == window.max())


@trap_tie.misconception(
    "shared among equals",
    hint="Now equals share the gradient, so the sum is right. But forward, one of them was taken: "
    "let the first in reading order have it all.",
)
def trap_tie_shared(window, grad):
    equal = window == window.max()
    return grad * equal / equal.sum()


@trap_tie.misconception(
    "the last of equals",
    hint="The last of the equals gets it. The first in reading order should, as argmax says.",
)
def trap_tie_last(window, grad):
    out = np.zeros(window.shape)
    out.reshape(-1)[window.size - 1 - window.ravel()[::-1].argmax()] = grad
    return out


@trap_tie.misconception(
    "whole numbers",
    hint="The gradient loses its decimals: np.zeros_like(window) holds whole numbers where the "
    "window does. Begin with np.zeros(window.shape).",
)
def trap_tie_whole(window, grad):
    out = np.zeros_like(window)
    out[np.unravel_index(window.argmax(), window.shape)] = grad
    return out


@trap_tie.misconception(
    "column by column",
    hint="The first of the equals is looked for column by column. Reading order goes along the "
    "rows.",
)
def trap_tie_columns(window, grad):
    out = np.zeros(window.shape)
    out[np.unravel_index(window.T.argmax(), window.T.shape)[::-1]] = grad
    return out


@trap_tie.misconception(
    "row and column exchanged",
    hint="Row and column are exchanged: np.unravel_index gives the row first.",
)
def trap_tie_exchanged(window, grad):
    out = np.zeros(window.shape)
    row, column = np.unravel_index(window.argmax(), window.shape)
    out[column, row] = grad
    return out


@trap_tie.misconception(
    "one in every row",
    hint="Every row has a winner. There is one for the whole window: argmax without an axis.",
)
def trap_tie_each_row(window, grad):
    out = np.zeros(window.shape)
    out[np.arange(len(window)), window.argmax(axis=1)] = grad
    return out


@trap_tie.variant("flat")
def trap_tie_flat(window, grad):
    out = np.zeros(window.size)
    out[window.argmax()] = grad
    return out.reshape(window.shape)


@trap_tie.variant("divmod")
def trap_tie_divmod(window, grad):
    out = np.zeros(window.shape)
    row, column = divmod(int(np.argmax(window)), window.shape[1])
    out[row, column] = grad
    return out


@trap_tie.variant("a loop that stops")
def trap_tie_loop(window, grad):
    out = np.zeros(window.shape)
    for i in range(window.shape[0]):
        for j in range(window.shape[1]):
            if window[i, j] == window.max():
                out[i, j] = grad
                return out


# --- max_pool_backward --------------------------------------------------------------------------

max_pool_backward = Exercise(
    "max_pool_backward",
    points=4,
    aspects={
        "winners": "the largest of each window",
        "ties": "equally large cells",
        "rest": "rows and columns that fit no window",
    },
    shares={"winners": 2, "ties": 1, "rest": 1},
)


def to_winners(grad, x, size, place=None):
    """Each gradient to one cell of its window: argmax, or what `place` says of the flat cells."""
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        winner = (place or np.argmax)(window.ravel())
        row, column = divmod(int(winner), size)
        out[n, c, i * size + row, j * size + column] = grad[n, c, i, j]
    return out


def to_equals(grad, x, size, shared):
    """Each gradient to all the largest cells of its window."""
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        rows, columns = slice(i * size, (i + 1) * size), slice(j * size, (j + 1) * size)
        equal = x[n, c, rows, columns] == x[n, c, rows, columns].max()
        out[n, c, rows, columns] = grad[n, c, i, j] * equal / (equal.sum() if shared else 1)
    return out


def first_cell(cells):
    return 0


def last_largest(cells):
    return len(cells) - 1 - np.argmax(cells[::-1])


def first_positive(cells):
    return np.argmax(np.maximum(cells, 0))


@max_pool_backward.reference
def max_pool_backward_reference(grad, x, size=2):
    return to_winners(grad, x, size)


def apart(*shape, salt=0):
    """Numbers in no order, no two of them alike."""
    size = int(np.prod(shape))
    return np.argsort(numbers(size, salt=salt) * 1000 + np.arange(size)).reshape(shape) - size // 2


M = max_pool_backward
M.case("winners", numbers(1, 1, 2, 3, salt=2), apart(1, 1, 4, 6))
M.case("winners", numbers(2, 3, 2, 1, salt=3), apart(2, 3, 4, 2, salt=5))
M.case("winners", numbers(1, 2, 1, 2, salt=4), apart(1, 2, 3, 6, salt=9), 3)
M.case("ties", np.array([[[[5, -7]]]]), np.array([[[[0, 0, 1, 4], [0, 0, 4, 4]]]]))
M.case("ties", numbers(2, 1, 2, 2, salt=7), numbers(2, 1, 4, 4, salt=8) // 5)
M.case("rest", numbers(1, 2, 2, 3, salt=11), apart(1, 2, 5, 7, salt=12))
M.case("rest", numbers(2, 1, 1, 2, salt=13) / 4, apart(2, 1, 4, 8, salt=14), 3)


max_pool_backward.case("winners", np.array([[[[5]]]]), np.array([[[[-2]]]]), 1)
max_pool_backward.numpy_integers(
    "rest", numbers(1, 1, 1, 2, salt=4), numbers(1, 1, 4, 7, salt=5), 3
)


@max_pool_backward.hidden
def max_pool_backward_hidden(rng):
    yield "winners", (whole_numbers(rng, 2, 2, 2, 3), rng.permutation(96).reshape(2, 2, 4, 6))
    yield "winners", (whole_numbers(rng, 1, 2, 1, 2), rng.permutation(64).reshape(1, 2, 4, 8), 4)
    yield "ties", (whole_numbers(rng, 2, 2, 2, 2), rng.integers(-1, 2, (2, 2, 4, 4)))
    yield "rest", (whole_numbers(rng, 1, 2, 2, 2), rng.permutation(50).reshape(1, 2, 5, 5))


@max_pool_backward.misconception(
    "ties get it twice",
    hint="Where several cells are equally large, each of them gets the whole gradient. Only the "
    "first in reading order should.",
)
def max_pool_backward_twice(grad, x, size=2):
    return to_equals(grad, x, size, shared=False)


@max_pool_backward.misconception(
    "ties share it",
    hint="Where several cells are equally large, they share the gradient. The first in reading "
    "order should have it all.",
)
def max_pool_backward_shared(grad, x, size=2):
    return to_equals(grad, x, size, shared=True)


@max_pool_backward.misconception(
    "the last of equals",
    hint="Of equally large cells the last one gets the gradient. The first in reading order "
    "should, as argmax says.",
)
def max_pool_backward_last(grad, x, size=2):
    return to_winners(grad, x, size, last_largest)


@max_pool_backward.misconception(
    "the first cell",
    hint="The first cell of every window gets the gradient. The largest one should.",
)
def max_pool_backward_first(grad, x, size=2):
    return to_winners(grad, x, size, first_cell)


@max_pool_backward.misconception(
    "every cell",
    hint="Every cell of a window gets the gradient. Only the largest took part in the result.",
)
def max_pool_backward_every(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        out[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size] = grad[n, c, i, j]
    return out


@max_pool_backward.misconception(
    "the smallest",
    hint="The smallest cell of each window gets the gradient.",
)
def max_pool_backward_smallest(grad, x, size=2):
    return to_winners(grad, x, size, np.argmin)


@max_pool_backward.misconception(
    "grad left out",
    hint="The winners get a 1. They should get the number that grad has for their window.",
)
def max_pool_backward_ones(grad, x, size=2):
    return to_winners(np.ones(grad.shape), x, size)


@max_pool_backward.misconception(
    "dropped cells left off",
    hint="The result is smaller than x where the size does not divide it. Cells that fit no window "
    "get 0, but they are there.",
)
def max_pool_backward_cut(grad, x, size=2):
    rows, columns = grad.shape[2] * size, grad.shape[3] * size
    return to_winners(grad, x, size)[:, :, :rows, :columns]


@max_pool_backward.misconception(
    "size always 2",
    hint="The windows are always 2 × 2. Use the argument size.",
)
def max_pool_backward_two(grad, x, size=2):
    return to_winners(grad, x, 2)


@max_pool_backward.misconception(
    "windows one place apart",
    hint="The windows lie one place apart. Window (i, j) begins at row i · size and column "
    "j · size.",
)
def max_pool_backward_starts(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i : i + size, j : j + size]
        row, column = divmod(int(np.argmax(window)), window.shape[1])
        out[n, c, i + row, j + column] = grad[n, c, i, j]
    return out


@max_pool_backward.misconception(
    "place in the window taken for the place in the map",
    hint="argmax counts within the window. Add where the window begins, row i · size and column "
    "j · size, to find the cell of x.",
)
def max_pool_backward_within(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        row, column = divmod(int(np.argmax(window)), size)
        out[n, c, row, column] = grad[n, c, i, j]
    return out


@max_pool_backward.misconception(
    "windows one place apart, added",
    hint="The windows lie one place apart and overlap. Window (i, j) begins at row i · size and "
    "column j · size.",
)
def max_pool_backward_overlap(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i : i + size, j : j + size]
        row, column = divmod(int(np.argmax(window)), window.shape[1])
        out[n, c, i + row, j + column] += grad[n, c, i, j]
    return out


@max_pool_backward.misconception(
    "whole numbers",
    hint="The gradient loses its decimals: np.zeros_like(x) holds whole numbers where x does. "
    "Begin with np.zeros(x.shape).",
)
def max_pool_backward_whole(grad, x, size=2):
    out = np.zeros_like(x)
    out[...] = to_winners(grad, x, size)
    return out


@max_pool_backward.misconception(
    "shared by the whole window",
    hint="All cells of a window share the gradient. That is the way back of average pooling; "
    "here the largest cell has it all.",
)
def max_pool_backward_average(grad, x, size=2):
    return max_pool_backward_every(grad, x, size) / size**2


@max_pool_backward.misconception(
    "the value in place of grad",
    hint="The winners get their own value. They should get the number that grad has for their "
    "window.",
)
def max_pool_backward_value(grad, x, size=2):
    return to_winners(ops.pool_forward(x, size), x, size)


@max_pool_backward.misconception(
    "times the value",
    hint="grad is multiplied by the largest number. If the winner grows by 1, the result grows by "
    "1: its slope is 1.",
)
def max_pool_backward_times_value(grad, x, size=2):
    return to_winners(grad * ops.pool_forward(x, size), x, size)


@max_pool_backward.misconception(
    "the largest of the map",
    hint="All gradients go to the largest number of the whole map. Each window has a winner of its "
    "own.",
)
def max_pool_backward_of_map(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        row, column = np.unravel_index(np.argmax(x[n, c]), x.shape[2:])
        out[n, c, row, column] += grad[n, c, i, j]
    return out


@max_pool_backward.misconception(
    "one window only",
    hint="After the first window it is over. Is return inside the loops?",
)
def max_pool_backward_one(grad, x, size=2):
    first = np.zeros(grad.shape)
    first[0, 0, 0, 0] = grad[0, 0, 0, 0]
    return to_winners(first, x, size)


@max_pool_backward.misconception(
    "compared with 0",
    hint="Where no number of a window is above 0, the wrong cell wins. Begin the search with the "
    "first cell rather than with 0, or use argmax.",
)
def max_pool_backward_above_zero(grad, x, size=2):
    return to_winners(grad, x, size, first_positive)


@max_pool_backward.misconception(
    "compared with the enlarged result",
    hint="Equally large cells each get the whole gradient, and where cells are left over the "
    "shapes do not fit. Go window by window, and take the first of the equals.",
)
def max_pool_backward_enlarged(grad, x, size=2):
    largest = ops.pool_forward(x, size).repeat(size, axis=2).repeat(size, axis=3)
    return grad.repeat(size, axis=2).repeat(size, axis=3) * (x == largest)


@max_pool_backward.variant("cells one after another")
def max_pool_backward_cells(grad, x, size=2):
    out = np.zeros(x.shape)
    rows, columns = grad.shape[2] * size, grad.shape[3] * size
    largest, taken = ops.pool_forward(x, size), np.zeros(grad.shape, dtype=bool)
    for i in range(size):
        for j in range(size):
            wins = (x[:, :, i:rows:size, j:columns:size] == largest) & ~taken
            out[:, :, i:rows:size, j:columns:size] = grad * wins
            taken |= wins
    return out


@max_pool_backward.variant("argmax of flattened windows")
def max_pool_backward_flat(grad, x, size=2):
    n, c, rows, columns = grad.shape
    cut = x[:, :, : rows * size, : columns * size]
    cells = cut.reshape(n, c, rows, size, columns, size).swapaxes(3, 4)
    cells = cells.reshape(n, c, rows, columns, size * size)
    one = np.arange(size * size) == cells.argmax(axis=-1)[..., None]
    back = (one * grad[..., None]).reshape(n, c, rows, columns, size, size).swapaxes(3, 4)
    out = np.zeros(x.shape)
    out[:, :, : rows * size, : columns * size] = back.reshape(cut.shape)
    return out


@max_pool_backward.variant("loops and argmax")
def max_pool_backward_loops(grad, x, size=2):
    out = np.zeros(x.shape)
    for n in range(grad.shape[0]):
        for c in range(grad.shape[1]):
            for i in range(grad.shape[2]):
                for j in range(grad.shape[3]):
                    top, left = i * size, j * size
                    window = x[n, c, top : top + size, left : left + size]
                    row, column = np.unravel_index(np.argmax(window), window.shape)
                    out[n, c, top + row, left + column] += grad[n, c, i, j]
    return out


# --- conv_backward ------------------------------------------------------------------------------

conv_backward = Exercise(
    "conv_backward",
    points=6,
    aspects={"plain": "without padding", "padding": "with padding"},
    shares={"plain": 4, "padding": 2},
)


def framed(x, padding):
    """Zeros around every map."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def back(grad, x, w, padding):
    """The gradients by the framed x, by w and by b."""
    padded, size = framed(x, padding), w.shape[2]
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for r in range(grad.shape[2]):
        for c in range(grad.shape[3]):
            patch = padded[:, :, r : r + size, c : c + size]
            grad_w += np.einsum("nd,ncij->dcij", grad[:, :, r, c], patch)
            grad_padded[:, :, r : r + size, c : c + size] += np.einsum(
                "nd,dcij->ncij", grad[:, :, r, c], w
            )
    return grad_padded, grad_w, grad.sum(axis=(0, 2, 3))


def cropped(grad_padded, padding):
    """Without the frame."""
    rows, columns = grad_padded.shape[2] - padding, grad_padded.shape[3] - padding
    return grad_padded[:, :, padding:rows, padding:columns]


def one_by_one(grad, x, w, padding, assigned=""):
    """As `back`, place after place; what is named in `assigned` is overwritten at each place."""
    padded, size = framed(x, padding), w.shape[2]
    grad_padded, grad_w, grad_b = np.zeros(padded.shape), np.zeros(w.shape), np.zeros(len(w))
    for n, d, r, c in np.ndindex(grad.shape):
        g, window = grad[n, d, r, c], (n, slice(None), slice(r, r + size), slice(c, c + size))
        grad_padded[window] = grad_padded[window] * ("x" not in assigned) + g * w[d]
        grad_w[d] = grad_w[d] * ("w" not in assigned) + g * padded[window]
        grad_b[d] = grad_b[d] * ("b" not in assigned) + g
    return cropped(grad_padded, padding), grad_w, grad_b


@conv_backward.reference
def conv_backward_reference(grad, x, w, padding=0):
    grad_padded, grad_w, grad_b = back(grad, x, w, padding)
    return cropped(grad_padded, padding), grad_w, grad_b


B = conv_backward
B.case("plain", np.array([[[[1, 10, -4]]]]), np.array([[[[2, 0, -1]]]]), np.array([[[[3]]]]))
B.case("plain", numbers(1, 1, 2, 3, salt=1), numbers(1, 1, 3, 4, salt=2), numbers(1, 1, 2, 2))
B.case(
    "plain",
    numbers(2, 3, 2, 3, salt=3) / 2,
    numbers(2, 2, 4, 5, salt=4),
    numbers(3, 2, 3, 3, salt=5),
)
B.case("padding", numbers(2, 2, 3, 4, salt=6), numbers(2, 3, 3, 4, salt=7), numbers(2, 3, 3, 3), 1)
B.case("padding", numbers(1, 2, 5, 6, salt=8), numbers(1, 1, 2, 3, salt=9), numbers(2, 1, 2, 2), 2)


conv_backward.numpy_integers(
    "padding", numbers(1, 1, 3, 2), numbers(1, 1, 2, 1), numbers(1, 1, 2, 2), 1
)


@conv_backward.hidden
def conv_backward_hidden(rng):
    for n, c, d, r, h, w in ((1, 2, 3, 2, 3, 4), (3, 1, 2, 3, 5, 4)):
        grad = whole_numbers(rng, n, d, h - r + 1, w - r + 1) / 2
        yield "plain", (grad, whole_numbers(rng, n, c, h, w), whole_numbers(rng, d, c, r, r))
    grad = whole_numbers(rng, 2, 3, 4, 5)
    yield "padding", (grad, whole_numbers(rng, 2, 2, 3, 4), whole_numbers(rng, 3, 2, 2, 2), 1)


@conv_backward.misconception(
    "grad_x without the flip",
    hint="The gradients by w and b are right; in grad_x the kernels lie the wrong way round. What "
    "met w(i, j) on the way there gets back grad times w(i, j), at the same place.",
)
def conv_backward_no_flip(grad, x, w, padding=0):
    turned = conv_backward_reference(grad, x, w[:, :, ::-1, ::-1], padding)
    return turned[0], *conv_backward_reference(grad, x, w, padding)[1:]


@conv_backward.misconception(
    "grad_x assigned instead of added",
    hint="In grad_x each window overwrites what the one before has written. A pixel lies under "
    "several windows: add what comes back through each, with +=.",
)
def conv_backward_assigned(grad, x, w, padding=0):
    padded, size = framed(x, padding), w.shape[2]
    grad_padded = np.zeros(padded.shape)
    for r in range(grad.shape[2]):
        for c in range(grad.shape[3]):
            grad_padded[:, :, r : r + size, c : c + size] = np.einsum(
                "nd,dcij->ncij", grad[:, :, r, c], w
            )
    return cropped(grad_padded, padding), *conv_backward_reference(grad, x, w, padding)[1:]


@conv_backward.misconception(
    "only the last kernel in grad_x",
    hint="In grad_x only the last kernel counts. Every pixel takes part in the maps of all "
    "kernels: add them all.",
)
def conv_backward_last_kernel(grad, x, w, padding=0):
    grad_x = conv_backward_reference(grad[:, -1:], x, w[-1:], padding)[0]
    return grad_x, *conv_backward_reference(grad, x, w, padding)[1:]


@conv_backward.misconception(
    "padding not cropped",
    hint="With padding, grad_x still has the frame. Cut it off: nobody asks for the gradient by "
    "the zeros around.",
)
def conv_backward_not_cropped(grad, x, w, padding=0):
    return back(grad, x, w, padding)


@conv_backward.misconception(
    "frame cut off at one side",
    hint="The frame of grad_x is cut off at the wrong places: `padding` rows above and below, "
    "`padding` columns left and right.",
)
def conv_backward_one_side(grad, x, w, padding=0):
    grad_padded, grad_w, grad_b = back(grad, x, w, padding)
    return grad_padded[:, :, : x.shape[2], : x.shape[3]], grad_w, grad_b


@conv_backward.misconception(
    "slice up to minus padding",
    hint="Without padding grad_x is empty: a slice [0:-0] ends at 0. Write the end as padding plus "
    "the number of rows.",
)
def conv_backward_minus_zero(grad, x, w, padding=0):
    grad_padded, grad_w, grad_b = back(grad, x, w, padding)
    return grad_padded[:, :, padding:-padding, padding:-padding], grad_w, grad_b


@conv_backward.misconception(
    "padding forgotten",
    hint="With padding it stops or goes wrong, because x is not put into its frame of zeros. Pad "
    "it as on the way forward.",
)
def conv_backward_no_padding(grad, x, w, padding=0):
    return back(grad, x, w, 0)


@conv_backward.misconception(
    "grad_w of the last place only",
    hint="In grad_w only the last window counts. A shared weight's gradient is the sum over all "
    "the places where it is used: +=.",
)
def conv_backward_last_place(grad, x, w, padding=0):
    last = np.zeros(grad.shape)
    last[:, :, -1, -1] = grad[:, :, -1, -1]
    grad_x, _, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_x, conv_backward_reference(last, x, w, padding)[1], grad_b


@conv_backward.misconception(
    "grad_w of one example only",
    hint="grad_w comes from one example only. The kernels are used in every example of the batch: "
    "add them all.",
)
def conv_backward_one_example(grad, x, w, padding=0):
    grad_x, _, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_x, conv_backward_reference(grad[-1:], x[-1:], w, padding)[1], grad_b


@conv_backward.misconception(
    "divided by the batch",
    hint="The gradients by w and b are divided by the number of examples. The mean is taken in the "
    "loss already: add up here.",
)
def conv_backward_mean(grad, x, w, padding=0):
    grad_x, grad_w, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w / len(x), grad_b / len(x)


@conv_backward.misconception(
    "grad_w flipped",
    hint="grad_w is reversed. w(i, j) met the pixel at row r + i and column c + j: multiply grad "
    "by that pixel, at the same (i, j).",
)
def conv_backward_w_flipped(grad, x, w, padding=0):
    grad_x, grad_w, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w[:, :, ::-1, ::-1], grad_b


@conv_backward.misconception(
    "bias by example",
    hint="grad_b still has a row for each example. A kernel's bias is used in every example and at "
    "every place: add all of them up.",
)
def conv_backward_bias_rows(grad, x, w, padding=0):
    grad_x, grad_w, _ = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w, grad.sum(axis=(2, 3))


@conv_backward.misconception(
    "bias over the batch only",
    hint="grad_b still has rows and columns. A kernel's bias is used at every place: add over all "
    "of them too.",
)
def conv_backward_bias_map(grad, x, w, padding=0):
    grad_x, grad_w, _ = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w, grad.sum(axis=0)


@conv_backward.misconception(
    "bias averaged",
    hint="grad_b is a mean. Add up over examples, rows and columns.",
)
def conv_backward_bias_mean(grad, x, w, padding=0):
    grad_x, grad_w, _ = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w, grad.mean(axis=(0, 2, 3))


@conv_backward.misconception(
    "other order",
    hint="The results come in another order. First the gradient by x, then by w, then by b.",
)
def conv_backward_order(grad, x, w, padding=0):
    grad_x, grad_w, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_w, grad_b, grad_x


@conv_backward.misconception(
    "grad_x is missing",
    hint="The gradient by x is missing: it comes first of three. A layer further down will need "
    "it.",
)
def conv_backward_no_x(grad, x, w, padding=0):
    return conv_backward_reference(grad, x, w, padding)[1:]


@conv_backward.misconception(
    "grad_x assigned in a loop over the kernels",
    hint="In grad_x each place and each kernel overwrites what the one before has written. A pixel "
    "lies under several windows of several kernels: add, with +=.",
)
def conv_backward_x_assigned(grad, x, w, padding=0):
    return one_by_one(grad, x, w, padding, "x")


@conv_backward.misconception(
    "grad_w assigned",
    hint="In grad_w only the last window of the last example counts: = overwrites. A shared "
    "weight's gradient is the sum over all the places where it is used: +=.",
)
def conv_backward_w_assigned(grad, x, w, padding=0):
    return one_by_one(grad, x, w, padding, "w")


@conv_backward.misconception(
    "grad_b assigned",
    hint="In grad_b only the last place counts: = overwrites. The bias is used at every place of "
    "every example: +=.",
)
def conv_backward_b_assigned(grad, x, w, padding=0):
    return one_by_one(grad, x, w, padding, "b")


@conv_backward.misconception(
    "grad_x and grad_w assigned",
    hint="In grad_x and grad_w each place overwrites what the one before has written. Write += in "
    "both: a pixel lies under several windows, and a weight is used at every place.",
)
def conv_backward_xw_assigned(grad, x, w, padding=0):
    return one_by_one(grad, x, w, padding, "xw")


@conv_backward.misconception(
    "all assigned",
    hint="Each place overwrites what the one before has written. Add instead, with +=, in all "
    "three gradients.",
)
def conv_backward_all_assigned(grad, x, w, padding=0):
    return one_by_one(grad, x, w, padding, "xwb")


@conv_backward.misconception(
    "patch and kernel exchanged",
    hint="Patch and kernel have changed places. To the gradient of the kernel goes g times the "
    "patch, to the gradient of x goes g times the kernel.",
)
def conv_backward_exchanged(grad, x, w, padding=0):
    padded, size = framed(x, padding), w.shape[2]
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for n, d, r, c in np.ndindex(grad.shape):
        rows, columns = slice(r, r + size), slice(c, c + size)
        grad_w[d] += grad[n, d, r, c] * w[d]
        grad_padded[n, :, rows, columns] += grad[n, d, r, c] * padded[n, :, rows, columns]
    return cropped(grad_padded, padding), grad_w, grad.sum(axis=(0, 2, 3))


@conv_backward.misconception(
    "without grad",
    hint="Patch and kernel are added as they are. Multiply each by g, the number of grad at that "
    "place.",
)
def conv_backward_without_grad(grad, x, w, padding=0):
    grad_padded, grad_w, _ = back(np.ones(grad.shape), x, w, padding)
    return cropped(grad_padded, padding), grad_w, grad.sum(axis=(0, 2, 3))


@conv_backward.misconception(
    "rows counted for columns",
    hint="The columns on the right are missing: both loops count the rows. Columns are the last "
    "number of grad.shape.",
)
def conv_backward_square(grad, x, w, padding=0):
    left = grad.copy()
    left[:, :, :, grad.shape[2] :] = 0
    return conv_backward_reference(left, x, w, padding)


@conv_backward.misconception(
    "whole numbers",
    hint="Decimals cannot be added to an array of whole numbers: np.zeros_like(x) is one where x "
    "is. Begin with np.zeros(x.shape), and the same for w.",
)
def conv_backward_whole(grad, x, w, padding=0):
    grad_padded, grad_w, grad_b = back(grad, x, w, padding)
    grad_x = np.zeros_like(x)
    grad_x += cropped(grad_padded, padding).astype(grad.dtype)
    return grad_x, grad_w, grad_b


@conv_backward.misconception(
    "grad_w first",
    hint="The gradients by x and by w have changed places: x comes first.",
)
def conv_backward_swapped(grad, x, w, padding=0):
    grad_x, grad_w, grad_b = conv_backward_reference(grad, x, w, padding)
    return grad_w, grad_x, grad_b


@conv_backward.misconception(
    "one bias for all",
    hint="grad_b is one number. Each kernel has a bias of its own: the sum is over examples, rows "
    "and columns, not over the kernels.",
)
def conv_backward_bias_all(grad, x, w, padding=0):
    grad_x, grad_w, _ = conv_backward_reference(grad, x, w, padding)
    return grad_x, grad_w, grad.sum()


@conv_backward.variant("loops over everything")
def conv_backward_loops(grad, x, w, padding=0):
    n_all, channels, height, width = x.shape
    depth, _, size, _ = w.shape
    padded = np.zeros((n_all, channels, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    grad_padded, grad_w, grad_b = np.zeros(padded.shape), np.zeros(w.shape), np.zeros(depth)
    for n in range(n_all):
        for d in range(depth):
            for r in range(grad.shape[2]):
                for c in range(grad.shape[3]):
                    g = grad[n, d, r, c]
                    grad_b[d] += g
                    for k in range(channels):
                        for i in range(size):
                            for j in range(size):
                                grad_w[d, k, i, j] += g * padded[n, k, r + i, c + j]
                                grad_padded[n, k, r + i, c + j] += g * w[d, k, i, j]
    grad_x = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_w, grad_b


@conv_backward.variant("patches")
def conv_backward_patches(grad, x, w, padding=0):
    size, (height, width) = w.shape[2], x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for n in range(len(x)):
        for d in range(len(w)):
            for r in range(grad.shape[2]):
                for c in range(grad.shape[3]):
                    g = grad[n, d, r, c]
                    grad_w[d] += g * padded[n, :, r : r + size, c : c + size]
                    grad_padded[n, :, r : r + size, c : c + size] += g * w[d]
    grad_x = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_w, grad.sum(axis=(0, 2, 3))


@conv_backward.variant("convolutions")
def conv_backward_convolutions(grad, x, w, padding=0):
    size = w.shape[2]
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    grad_padded = ops.conv_forward(grad, turned, np.zeros(x.shape[1]), padding=size - 1)
    rows, columns = grad_padded.shape[2] - padding, grad_padded.shape[3] - padding
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, grad.shape[2:], axis=(2, 3))
    grad_w = np.einsum("ncijhw,ndhw->dcij", windows, grad)
    return grad_padded[:, :, padding:rows, padding:columns], grad_w, grad.sum(axis=(0, 2, 3))


# --- sgd_step -----------------------------------------------------------------------------------

sgd_step = Exercise(
    "sgd_step",
    points=2,
    aspects={"first": "the first step, without velocity", "again": "a step with velocity"},
)


def moved(parameters, gradients, velocity, rate, momentum):
    """New parameters and velocity."""
    new = {name: momentum * velocity.get(name, 0) - rate * gradients[name] for name in parameters}
    return {name: parameters[name] + new[name] for name in parameters}, new


@sgd_step.reference
def sgd_step_reference(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, momentum)


P = {"w": np.array([[1.0, -2.0], [0.5, 3.0]]), "b": np.array([4.0, -1.0])}
G = {"w": np.array([[8.0, 2.0], [-4.0, 6.0]]), "b": np.array([-2.0, 10.0])}
V = {"w": np.array([[0.5, -1.0], [2.0, 0.25]]), "b": np.array([1.0, -3.0])}
ONE = [{"w": np.array([number])} for number in (2.0, 4.0, -0.5)]  # the lesson's own example
sgd_step.case("first", ONE[0], ONE[1], {}, 0.125)
sgd_step.case("first", P, G, {}, 0.25)
sgd_step.case("first", {"v": P["w"]}, {"v": G["w"]}, {}, 0.5, 0.5)
sgd_step.case("again", *ONE, 0.1)
sgd_step.case("again", P, G, V, 0.25, 0.5)
sgd_step.case("again", P, G, V, 0.125)
sgd_step.case("again", {"b": P["b"]}, {"b": G["b"]}, {"b": V["b"]}, 0.5, 0.0)


@sgd_step.hidden
def sgd_step_hidden(rng):
    sizes = {"a": (2, 3), "c": (4,)}
    p, g, v = ({name: whole_numbers(rng, *sizes[name]) / 4 for name in sizes} for _ in range(3))
    yield "first", (p, g, {}, 0.5)
    yield "again", (p, g, v, 0.25, 0.75)


@sgd_step.misconception(
    "uphill",
    hint="The step goes uphill: the gradient says where the loss grows. Take learning_rate times "
    "the gradient away.",
)
def sgd_step_uphill(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, -learning_rate, momentum)


@sgd_step.misconception(
    "velocity taken away",
    hint="The velocity already points downhill, with its minus sign. Add it to the parameters.",
)
def sgd_step_taken_away(parameters, gradients, velocity, learning_rate, momentum=0.9):
    _, new = moved(parameters, gradients, velocity, learning_rate, momentum)
    return {name: parameters[name] - new[name] for name in parameters}, new


@sgd_step.misconception(
    "momentum on the parameters",
    hint="momentum multiplies the parameters, which shrink. It belongs to the old velocity.",
)
def sgd_step_on_parameters(parameters, gradients, velocity, learning_rate, momentum=0.9):
    new = {name: -learning_rate * gradients[name] for name in parameters}
    return {name: momentum * parameters[name] + new[name] for name in parameters}, new


@sgd_step.misconception(
    "velocity not kept",
    hint="The old velocity is forgotten: the new one is momentum times the old, minus "
    "learning_rate times the gradient.",
)
def sgd_step_forgets(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, {}, learning_rate, momentum)


@sgd_step.misconception(
    "old velocity given back",
    hint="The parameters are right, but the velocity that comes back is the old one.",
)
def sgd_step_old_back(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, momentum)[0], velocity


@sgd_step.misconception(
    "old velocity added",
    hint="The parameters move with the old velocity. Work out the new one first, and add that.",
)
def sgd_step_old_added(parameters, gradients, velocity, learning_rate, momentum=0.9):
    _, new = moved(parameters, gradients, velocity, learning_rate, momentum)
    return {name: parameters[name] + velocity.get(name, 0) for name in parameters}, new


@sgd_step.misconception(
    "empty velocity not handled",
    hint="At the first step velocity is an empty dictionary, and velocity[name] stops with a "
    "KeyError. velocity.get(name, 0) takes 0 where there is none.",
)
def sgd_step_key_error(parameters, gradients, velocity, learning_rate, momentum=0.9):
    new = {n: momentum * velocity[n] - learning_rate * gradients[n] for n in parameters}
    return {n: parameters[n] + new[n] for n in parameters}, new


@sgd_step.misconception(
    "learning rate on everything",
    hint="The learning rate also multiplies the old velocity. It belongs to the gradient alone.",
)
def sgd_step_rate(parameters, gradients, velocity, learning_rate, momentum=0.9):
    new = {n: learning_rate * (momentum * velocity.get(n, 0) - gradients[n]) for n in parameters}
    return {n: parameters[n] + new[n] for n in parameters}, new


@sgd_step.misconception(
    "momentum always 0.9",
    hint="momentum is an argument; yours is always 0.9.",
)
def sgd_step_fixed(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, 0.9)


@sgd_step.misconception(
    "velocity not returned",
    hint="The velocity is missing from the result: return both dictionaries, parameters and "
    "velocity.",
)
def sgd_step_alone(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, momentum)[0]


@sgd_step.misconception(
    "changes the old ones",
    hint="The result is right, but the dictionary or the arrays of whoever called are changed. "
    "Make new dictionaries, and write p + v rather than p += v.",
)
def sgd_step_in_place(parameters, gradients, velocity, learning_rate, momentum=0.9):
    for name in parameters:
        velocity[name] = momentum * velocity.get(name, 0) - learning_rate * gradients[name]
        parameters[name] += velocity[name]
    return parameters, velocity


@sgd_step.misconception(
    "velocity uphill",
    hint="The velocity points uphill, and is taken away from the parameters. Here it points "
    "downhill: minus the learning rate times the gradient, and it is added.",
)
def sgd_step_other_sign(parameters, gradients, velocity, learning_rate, momentum=0.9):
    _, new = moved(parameters, gradients, velocity, -learning_rate, momentum)
    return {name: parameters[name] - new[name] for name in parameters}, new


@sgd_step.misconception(
    "learning rate when it is added",
    hint="The learning rate multiplies the velocity when it is added. It belongs to the gradient, "
    "inside the velocity.",
)
def sgd_step_late_rate(parameters, gradients, velocity, learning_rate, momentum=0.9):
    _, new = moved(parameters, gradients, velocity, 1.0, momentum)
    return {name: parameters[name] + learning_rate * new[name] for name in parameters}, new


@sgd_step.misconception(
    "a mean of velocity and gradient",
    hint="The gradient is multiplied by 1 − momentum as well. Here it is multiplied by the "
    "learning rate alone.",
)
def sgd_step_mean(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate * (1 - momentum), momentum)


@sgd_step.misconception(
    "momentum and learning rate exchanged",
    hint="Momentum and learning rate have changed places: momentum multiplies the old velocity, "
    "the learning rate the gradient.",
)
def sgd_step_exchanged(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, momentum, learning_rate)


@sgd_step.misconception(
    "learning rate always 0.1",
    hint="learning_rate is an argument; yours is always 0.1.",
)
def sgd_step_fixed_rate(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, 0.1, momentum)


@sgd_step.misconception(
    "velocity first",
    hint="The two results have changed places: first the parameters, then the velocity.",
)
def sgd_step_order(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, momentum)[::-1]


@sgd_step.misconception(
    "one name only",
    hint="Only the first name has moved. Is return inside the loop?",
)
def sgd_step_one_name(parameters, gradients, velocity, learning_rate, momentum=0.9):
    first = list(parameters)[:1]
    p, v = moved(parameters, gradients, velocity, learning_rate, momentum)
    return {name: p[name] for name in first}, {name: v[name] for name in first}


@sgd_step.misconception(
    "names of the velocity",
    hint="At the first step the velocity has no names, so nothing comes out. Go through the names "
    "of the parameters.",
)
def sgd_step_names(parameters, gradients, velocity, learning_rate, momentum=0.9):
    p, v = moved(parameters, gradients, velocity, learning_rate, momentum)
    return {name: p[name] for name in velocity}, {name: v[name] for name in velocity}


@sgd_step.variant("a loop")
def sgd_step_loop(parameters, gradients, velocity, learning_rate, momentum=0.9):
    new_parameters, new_velocity = {}, {}
    for name, p in parameters.items():
        v = velocity[name] if name in velocity else np.zeros_like(p)
        new_velocity[name] = momentum * v - learning_rate * gradients[name]
        new_parameters[name] = p + new_velocity[name]
    return new_parameters, new_velocity


@sgd_step.variant("copies changed in place")
def sgd_step_copies(parameters, gradients, velocity, learning_rate, momentum=0.9):
    p = {name: array.copy() for name, array in parameters.items()}
    v = {name: velocity.get(name, np.zeros(array.shape)) * momentum for name, array in p.items()}
    for name in p:
        v[name] -= learning_rate * gradients[name]
        p[name] += v[name]
    return p, v


@sgd_step.variant("a list of two")
def sgd_step_comprehensions(parameters, gradients, velocity, learning_rate, momentum=0.9):
    if not velocity:
        velocity = {k: 0 * g for k, g in gradients.items()}
    v = {k: momentum * velocity[k] - learning_rate * g for k, g in gradients.items()}
    return [{k: parameters[k] + v[k] for k in v}, v]


# --- small_gradients ----------------------------------------------------------------------------

small_gradients = Exercise("small_gradients", aspects={"values": "loss and gradients of a batch"})


def forward_parts(x, p):
    """What every layer of the small network gives: maps, bright, pooled, flat, scores."""
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    bright = ops.relu(maps)
    pooled = ops.pool_forward(bright)
    flat = ops.flatten(pooled)
    return maps, bright, pooled, flat, ops.dense(flat, p["dense_w"], p["dense_b"])


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


@small_gradients.reference
def small_gradients_reference(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_of_all(x, labels, parameters)


def tiny(salt):
    """A network of two kernels for pictures of 6 × 7 and three classes."""
    return {
        "conv_w": numbers(2, 1, 3, 3, salt=salt) / 4,
        "conv_b": np.array([0.5, -0.25]),
        "dense_w": numbers(8, 3, salt=salt + 1) / 16,
        "dense_b": np.array([0.25, 0.0, -0.5]),
    }


TWO = numbers(2, 1, 6, 7, salt=50) / 8
small_gradients.case("values", TWO, np.array([2, 0]), tiny(60))
small_gradients.case("values", TWO[:1], np.array([1]), tiny(61))


@small_gradients.misconception(
    "relu forgotten on the way back",
    hint="The kernels' gradients are wrong: after pooling, relu comes on the way back, with the "
    "maps before relu as its x.",
)
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


@small_gradients.misconception(
    "not shaped back",
    hint="Between the dense layer and the pooling the gradient is still flat: give it the shape "
    "that the maps had before they were flattened, grad.reshape(pooled.shape).",
)
def small_gradients_flat(x, labels, parameters):
    _, bright, _, flat, scores = forward_parts(x, parameters)
    grad = softmax_cross_entropy_backward(scores, labels)
    grad, _, _ = dense_backward(grad, flat, parameters["dense_w"])
    return max_pool_backward_loops(grad, bright)


@small_gradients.misconception(
    "results in the wrong places",
    hint="conv_backward gives three arrays: the gradient by x first, then those by w and by b. The "
    "last two are conv_w and conv_b.",
)
def small_gradients_places(x, labels, parameters):
    p, found = parameters, slopes_of_all(x, labels, parameters)
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = dense_backward(softmax_cross_entropy_backward(scores, labels), flat, p["dense_w"])[0]
    grad = relu_backward(max_pool_backward(grad.reshape(pooled.shape), bright), maps)
    grad_x, grad_w, _ = conv_backward(grad, x, p["conv_w"])
    return loss_of(x, labels, p), {**found, "conv_w": grad_x, "conv_b": grad_w}


@small_gradients.misconception(
    "divided by the batch again",
    hint="The gradients of the kernels are divided by the number of pictures once more. The mean "
    "is in the loss, and came back with its gradient.",
)
def small_gradients_mean(x, labels, parameters):
    found = slopes_of_all(x, labels, parameters)
    for name in ("conv_w", "conv_b"):
        found[name] = found[name] / len(x)
    return loss_of(x, labels, parameters), found


@small_gradients.variant("as in the lesson")
def small_gradients_lesson(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_of_all(x, labels, parameters)


@small_gradients.variant("plain loops")
def small_gradients_loops(x, labels, parameters):
    return loss_of(x, labels, parameters), slopes_by_loops(x, labels, parameters)


@small_gradients.variant("measured")
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


# --- train --------------------------------------------------------------------------------------

train = Exercise(
    "train",
    points=3,
    aspects={
        "blank": "the biases after a few steps on empty sheets, where nothing is left to chance",
        "learns": "reading digits that it has not seen",
    },
    shares={"blank": 1, "learns": 2},
    shape_only=("conv_w", "dense_w"),
)


def begin(rng):
    """The parameters at the start."""
    return {
        "conv_w": rng.normal(0, np.sqrt(2 / 9), (16, 1, 3, 3)),
        "conv_b": np.zeros(16),
        "dense_w": rng.normal(0, np.sqrt(2 / 144), (144, 10)),
        "dense_b": np.zeros(10),
    }


def trained(images, labels, epochs, seed, rate=0.1, momentum=0.9, batch=32, per_epoch=False):
    """The training as the lesson says, with what a learner may get wrong as an argument."""
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        v = {} if per_epoch else v
        order = rng.permutation(len(images))
        for start in range(0, len(images), batch):
            some = order[start : start + batch]
            p, v = sgd_step(p, slopes_of_all(images[some], labels[some], p), v, rate, momentum)
    return p


@train.reference
def train_reference(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed)


def blank(*labels):
    """Empty sheets with these labels: every one gives the same, whatever the kernels are."""
    return np.zeros((len(labels), 1, 8, 8)), np.array(labels)


train.case("blank", *blank(3, 1, 3, 7, 3, 0), 1, 5)
train.numpy_integers("blank", *blank(2, 9, 2, 4), 3, 1)
train.case("blank", *blank(*[6] * 40), 2, 8)


@train.hidden
def train_hidden(rng):
    yield "blank", (*blank(*rng.integers(0, 10, 12)), 2, int(rng.integers(1, 99)))
    yield "blank", (*blank(*[int(rng.integers(0, 10))] * 70), 2, int(rng.integers(1, 99)))


IMAGES, LABELS = digits()
LEARN, UNSEEN = split(LABELS)
train.learns(
    "learns",
    at_least=0.5,
    epochs=6,
    digits=(IMAGES[LEARN[:192]], LABELS[LEARN[:192]]),
    unseen=(IMAGES[UNSEEN[:150]], LABELS[UNSEEN[:150]]),
)


@train.misconception(
    "nothing learned",
    hint="The parameters come back as they were at the start. Does each step's result replace p "
    "and v?",
)
def train_nothing(images, labels, epochs, seed):
    return begin(np.random.default_rng(seed))


@train.misconception(
    "uphill",
    hint="The biases move the wrong way, so the loss grows. Compare the sign of the step with your "
    "sgd_step.",
)
def train_uphill(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, rate=-0.1)


@train.misconception(
    "no momentum",
    hint="It moves as if there were no velocity. Keep what sgd_step returns as velocity, and hand "
    "it over at the next step; {} stands only before the loops.",
)
def train_no_momentum(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, momentum=0)


@train.misconception(
    "velocity begun anew in each epoch",
    hint="The velocity begins at {} in every epoch. It belongs before the loop over the epochs.",
)
def train_velocity_each_epoch(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, per_epoch=True)


@train.misconception(
    "another learning rate",
    hint="The steps are ten times too short: the learning rate is 0.1.",
)
def train_rate(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, rate=0.01)


@train.misconception(
    "one epoch only",
    hint="It goes through the pictures once, whatever epochs says. Is there a return inside the "
    "loop?",
)
def train_one_epoch(images, labels, epochs, seed):
    return trained(images, labels, 1, seed)


@train.misconception(
    "one batch only",
    hint="After the first batch it is over. Is there a return inside a loop?",
)
def train_one_batch(images, labels, epochs, seed):
    return trained(images[:32], labels[:32], 1, seed)


@train.misconception(
    "everything in one batch",
    hint="All pictures go into one batch, so there is one step an epoch. Take 32 at a time.",
)
def train_whole(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, batch=len(images))


@train.misconception(
    "last batch dropped",
    hint="What does not fill a batch of 32 is left out. The last batch may be smaller: "
    "range(0, len(images), 32) goes to it as well.",
)
def train_dropped(images, labels, epochs, seed):
    full = len(images) // 32 * 32
    return trained(images[:full], labels[:full], epochs, seed)


@train.misconception(
    "one picture at a time",
    hint="There is a step for each picture. Take batches of 32.",
)
def train_single(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed, batch=1)


@train.misconception(
    "drawn with replacement",
    hint="In one epoch some pictures come up several times and others never. Each belongs into one "
    "batch: put the numbers of all pictures in a new order, with rng.permutation.",
)
def train_with_replacement(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        order = rng.integers(0, len(images), len(images))
        for start in range(0, len(images), 32):
            some = order[start : start + 32]
            p, v = sgd_step(p, slopes_of_all(images[some], labels[some], p), v, 0.1)
    return p


@train.misconception(
    "the velocity too",
    hint="Parameters and velocity come back. Only the parameters are asked for.",
)
def train_both(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed), {}


@train.variant("batches by splitting")
def train_splitting(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    parameters, velocity = begin(rng), {}
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for some in np.split(order, range(32, len(order), 32)):
            gradients = slopes_of_all(images[some], labels[some], parameters)
            parameters, velocity = sgd_step(parameters, gradients, velocity, 0.1)
    return parameters


@train.variant("pictures moved about, other start")
def train_moved_about(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p = {
        "conv_w": rng.uniform(-0.5, 0.5, (16, 1, 3, 3)),
        "conv_b": np.zeros(16),
        "dense_w": rng.uniform(-0.1, 0.1, (144, 10)),
        "dense_b": np.zeros(10),
    }
    v = {}
    for _ in range(epochs):
        order = np.arange(len(images))
        rng.shuffle(order)
        images, labels = images[order], labels[order]
        for start in range(0, len(images), 32):
            stop = min(start + 32, len(images))
            g = slopes_of_all(images[start:stop], labels[start:stop], p)
            p, v = sgd_step(p, g, v, 0.1, 0.9)
    return p


def slopes_by_loops(x, labels, p):
    """As `slopes_of_all`, every part in plain loops."""
    maps, bright, pooled, flat, scores = forward_parts(x, p)
    grad = softmax_cross_entropy_backward_loop(scores, labels)
    grad, dense_w, dense_b = dense_backward_loops(grad, flat, p["dense_w"])
    grad = max_pool_backward_loops(grad.reshape(pooled.shape), bright)
    _, conv_w, conv_b = conv_backward_loops(relu_backward_loop(grad, maps), x, p["conv_w"])
    return {"conv_w": conv_w, "conv_b": conv_b, "dense_w": dense_w, "dense_b": dense_b}


@train.variant("plain loops everywhere")
def train_loops(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for start in range(0, len(images), 32):
            some = order[start : start + 32]
            p, v = sgd_step_loop(p, slopes_by_loops(images[some], labels[some], p), v, 0.1)
    return p


# --- discussion ---------------------------------------------------------------------------------

discussion_08 = Exercise(
    "discussion_08",
    praise="Whatever was used to choose, the learning rate, the number of epochs, the network, "
    "can no longer tell how good the choice is.",
)
discussion_08.right("b")
discussion_08.wrong(
    "the largest number counts",
    "a",
    "The first number comes from digits that the network learned from. What would a table of all "
    "of them, learned by heart, reach?",
)
discussion_08.wrong(
    "all three are the same",
    "c",
    "The three numbers answer three questions. Which digits had an influence on the weights, which "
    "on the choice of the network, and which on nothing?",
)
discussion_08.wrong(
    "validation is unseen too",
    "d",
    "Of twenty networks the best one on these digits was taken. Part of that was luck with these "
    "very digits; what would it reach on others?",
)

# --- go further ---------------------------------------------------------------------------------

shift_batch = Exercise(
    "shift_batch",
    aspects={"values": "every picture moved by its own step"},
    praise="Hand the moved pictures to your training: a new picture at every epoch, for nothing.",
)


@shift_batch.reference
def shift_batch_reference(images, down, right):
    out = np.zeros(images.shape)
    for n in range(len(images)):
        out[n, 0] = ops.shift_image(images[n, 0], int(down[n]), int(right[n]))
    return out


shift_batch.case("values", apart(3, 1, 3, 4, salt=1), np.array([0, 1, -1]), np.array([1, 0, -1]))
shift_batch.case("values", apart(2, 1, 4, 3, salt=2), np.array([1, -1]), np.array([-1, 1]))
shift_batch.case("values", apart(1, 1, 3, 3, salt=3), np.array([0]), np.array([0]))


@shift_batch.misconception(
    "wraps around",
    hint="What leaves on one side comes in on the other. Zeros should come in: it is paper.",
)
def shift_batch_rolls(images, down, right):
    moved_images = [
        np.roll(image, (int(d), int(r)), axis=(1, 2))
        for image, d, r in zip(images, down, right, strict=True)
    ]
    return np.array(moved_images)


@shift_batch.misconception(
    "down and right exchanged",
    hint="down and right are exchanged: down moves the rows.",
)
def shift_batch_exchanged(images, down, right):
    return shift_batch(images, right, down)


@shift_batch.misconception(
    "the other way",
    hint="The pictures move the other way: down is towards larger row numbers, right towards "
    "larger column numbers.",
)
def shift_batch_other_way(images, down, right):
    return shift_batch(images, -down, -right)


@shift_batch.misconception(
    "all by the first step",
    hint="All pictures move by the step of the first. Each has its own, down[n] and right[n].",
)
def shift_batch_first(images, down, right):
    return shift_batch(images, np.full(len(images), down[0]), np.full(len(images), right[0]))


@shift_batch.variant("list of pictures")
def shift_batch_list(images, down, right):
    steps = zip(images, down, right, strict=True)
    return np.array([ops.shift_image(i[0], int(d), int(r))[None] for i, d, r in steps])


@shift_batch.variant("a frame and a window")
def shift_batch_frame(images, down, right):
    far = int(max(abs(down).max(), abs(right).max()))
    rows, columns = images.shape[2:]
    padded = np.pad(images, ((0, 0), (0, 0), (far, far), (far, far)))
    out = np.zeros(images.shape)
    for n in range(len(images)):
        top, left = far - int(down[n]), far - int(right[n])
        out[n] = padded[n, :, top : top + rows, left : left + columns]
    return out


@shift_batch.variant("pixel by pixel")
def shift_batch_pixels(images, down, right):
    out = np.zeros(images.shape)
    for n, c, i, j in np.ndindex(images.shape):
        row, column = i + down[n], j + right[n]
        if 0 <= row < images.shape[2] and 0 <= column < images.shape[3]:
            out[n, c, row, column] = images[n, c, i, j]
    return out
