"""How many planted mistakes an input gives away, and how large the input is."""

import numpy as np

from convolab import ops
from convolab.check.open_task import NotMeasured

MOST_NUMBERS = 2000  # more are not tried at all
SAME = 1e-9  # two results that differ by less are taken for equal


def input_of(ask):
    """The learner's input: grad, x and w as floats, and the padding."""
    came = ask()
    if not isinstance(came, (tuple, list)) or len(came) != 4:
        raise NotMeasured("Return four things, in this order: grad, x, w, padding.")
    *arrays, padding = came
    if isinstance(padding, bool) or not isinstance(padding, (int, np.integer)) or padding < 0:
        raise NotMeasured("The padding comes last, and is a whole number from 0.")
    arrays = [_numbers(name, array) for name, array in zip(("grad", "x", "w"), arrays, strict=True)]
    grad, x, w = arrays
    if sum(array.size for array in arrays) > MOST_NUMBERS:
        raise NotMeasured(f"An input of more than {MOST_NUMBERS:,} numbers is not tried.")
    if x.shape[1] != w.shape[1] or w.shape[2] != w.shape[3]:
        raise NotMeasured(
            f"x is (N, C, H, W) and w (D, C, R, R), with the same C; yours are {x.shape} and "
            f"{w.shape}."
        )
    rows, columns = (side + 2 * int(padding) - w.shape[2] + 1 for side in x.shape[2:])
    due = (len(x), len(w), rows, columns)
    if grad.shape != due:
        raise NotMeasured(
            f"With this x, w and padding the layer puts out {due}, so that is the shape of grad; "
            f"yours is {grad.shape}."
        )
    return grad, x, w, int(padding)


def _numbers(name, array):
    if not isinstance(array, np.ndarray) or array.ndim != 4 or not array.size:
        raise NotMeasured(f"{name} is an array with four axes, none of them empty.")
    if array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        raise NotMeasured(f"{name} holds ordinary numbers: one of yours is not.")
    if np.abs(array).max() > 1000:
        raise NotMeasured(f"{name} holds numbers beyond ±1000; smaller ones do as well.")
    return array.astype(float)


def slopes(grad, x, w, padding):
    """What is right, (grad_x, grad_w, grad_b), found by measuring: the layer is linear in each, so
    a slope is how the loss differs between 1 and 0 in one place."""
    nothing = np.zeros(len(w))

    def loss(x, w):
        return (grad * ops.conv_forward(x, w, nothing, padding=padding)).sum()

    by_x, by_w = np.zeros(x.shape), np.zeros(w.shape)
    for by, of in ((by_x, lambda one: loss(one, w)), (by_w, lambda one: loss(x, one))):
        for place in np.ndindex(by.shape):
            one = np.zeros(by.shape)
            one[place] = 1
            by[place] = of(one)
    return by_x, by_w, grad.sum(axis=(0, 2, 3))


def planted(grad, x, w, padding):
    """What copies with a mistake give, by the mistake."""
    by_x, by_w, by_b = slopes(grad, x, w, padding)

    def instead(x=by_x, w=by_w, b=by_b):
        return x, w, b

    def slopes_of(grad=grad, x=x, w=w):
        return slopes(grad, x, w, padding)

    def only(axis, at, array):
        kept = np.zeros(array.shape)
        where = [slice(None)] * 4
        where[axis] = slice(at, None) if at < 0 else slice(at, at + 1)
        kept[tuple(where)] = array[tuple(where)]
        return kept

    return {
        "divided by the examples": instead(w=by_w / len(x), b=by_b / len(x)),
        "kernel the wrong way round in grad_x": instead(x=slopes_of(w=w[:, :, ::-1, ::-1])[0]),
        "rows and columns of the kernel swapped": instead(x=slopes_of(w=w.swapaxes(2, 3))[0]),
        "grad_w the wrong way round": instead(w=by_w[:, :, ::-1, ::-1]),
        "grad_w of the last example": instead(w=slopes_of(grad=only(0, -1, grad))[1]),
        "grad_x of the last kernel": instead(x=slopes_of(grad=only(1, -1, grad))[0]),
        "grad_w of the first channel": instead(w=only(1, 0, by_w)),
        "channels mixed up in grad_x": instead(x=by_x[:, ::-1]),
        "the last place only, = for +=": instead(w=slopes_of(grad=only(3, -1, only(2, -1, grad)))[1]),
        "as many columns as rows": (
            instead(x=by_x + np.inf)  # it stops with an IndexError
            if grad.shape[2] > grad.shape[3]
            else slopes_of(grad=_as_many_columns_as_rows(grad))
        ),
        "padding forgotten in x": instead(w=slopes_of(x=_moved(x) if padding else x)[1]),
        "frame cut off at one side": instead(x=_moved(by_x) if padding else by_x),
        "one bias for all kernels": instead(b=np.full(len(w), by_b.sum())),
        "grad_b a mean": instead(b=grad.mean(axis=(0, 2, 3))),
        "grad taken for 1": slopes_of(grad=np.sign(grad)),
    }


def _as_many_columns_as_rows(grad):
    left = grad.copy()
    left[:, :, :, grad.shape[2] :] = 0
    return left


def _moved(array):
    moved = np.zeros(array.shape)
    moved[:, :, 1:, 1:] = array[:, :, :-1, :-1]
    return moved


def share_given_away(ask, rng):
    """The share of the mistakes that make a difference on this input."""
    given = input_of(ask)
    right = slopes(*given)
    away = [
        any(np.abs(a - b).max() > SAME for a, b in zip(wrong, right, strict=True))
        for wrong in planted(*given).values()
    ]
    return sum(away) / len(away)


def count_numbers(ask, rng):
    """How many numbers the input holds."""
    return sum(array.size for array in input_of(ask)[:3])
