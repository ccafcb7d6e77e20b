"""The gradient with respect to the input of a max pooling."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import apart, back, numbers, whole_numbers

exercise = Exercise(
    points={"winners": 1, "ties": 0.5, "rest": 0.5},
    says={
        "winners": "the largest of each window",
        "ties": "equally large cells",
        "rest": "rows and columns that fit no window",
    },
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

@exercise.right
def max_pool_backward(grad, x, size=2):
    return to_winners(grad, x, size)

@exercise.variant("cells one after another")
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

@exercise.variant("argmax of flattened windows")
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

@exercise.variant("loops and argmax")
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

exercise.shows("winners",
    (numbers(1, 1, 2, 3, salt=2), apart(1, 1, 4, 6)),
    (numbers(2, 3, 2, 1, salt=3), apart(2, 3, 4, 2, salt=5)),
    (numbers(1, 2, 1, 2, salt=4), apart(1, 2, 3, 6, salt=9), 3),
)
exercise.shows("ties",
    (np.array([[[[5, -7]]]]), np.array([[[[0, 0, 1, 4], [0, 0, 4, 4]]]])),
    (numbers(2, 1, 2, 2, salt=7), numbers(2, 1, 4, 4, salt=8) // 5),
)
exercise.shows("rest",
    (numbers(1, 2, 2, 3, salt=11), apart(1, 2, 5, 7, salt=12)),
    (numbers(2, 1, 1, 2, salt=13) / 4, apart(2, 1, 4, 8, salt=14), 3),
)
exercise.shows("winners", (np.array([[[[5]]]]), np.array([[[[-2]]]]), 1))
exercise.numpy_integers(
    "rest", numbers(1, 1, 1, 2, salt=4), numbers(1, 1, 4, 7, salt=5), 3
)

@exercise.hidden
def max_pool_backward_hidden(rng):
    yield "winners", (whole_numbers(rng, 2, 2, 2, 3), rng.permutation(96).reshape(2, 2, 4, 6))
    yield "winners", (whole_numbers(rng, 1, 2, 1, 2), rng.permutation(64).reshape(1, 2, 4, 8), 4)
    yield "ties", (whole_numbers(rng, 2, 2, 2, 2), rng.integers(-1, 2, (2, 2, 4, 4)))
    yield "rest", (whole_numbers(rng, 1, 2, 2, 2), rng.permutation(50).reshape(1, 2, 5, 5))

exercise.slip("ties get it twice", "to_winners(grad, x, size)", "to_equals(grad, x, size, shared=False)",
    hint="Where several cells are equally large, each of them gets the whole gradient. Only the first in reading order should.")
exercise.slip("ties share it", "to_winners(grad, x, size)", "to_equals(grad, x, size, shared=True)",
    hint="Where several cells are equally large, they share the gradient. The first in reading order should have it all.")
exercise.slip("the last of equals", "to_winners(grad, x, size)", "to_winners(grad, x, size, last_largest)",
    hint="Of equally large cells the last one gets the gradient. The first in reading order should, as argmax says.")
exercise.slip("the first cell", "to_winners(grad, x, size)", "to_winners(grad, x, size, first_cell)",
    hint="The first cell of every window gets the gradient. The largest one should.")

@exercise.wrong("every cell",
    hint="Every cell of a window gets the gradient. Only the largest took part in the result.")
def max_pool_backward_every(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        out[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size] = grad[n, c, i, j]
    return out

exercise.slip("the smallest", "to_winners(grad, x, size)", "to_winners(grad, x, size, np.argmin)",
    hint="The smallest cell of each window gets the gradient.")
exercise.slip("grad left out", "to_winners(grad, x, size)", "to_winners(np.ones(grad.shape), x, size)",
    hint="The winners get a 1. They should get the number that grad has for their window.")
exercise.slip("dropped cells left off", "return to_winners(grad, x, size)", "rows, columns = grad.shape[2] * size, grad.shape[3] * size\n    return to_winners(grad, x, size)[:, :, :rows, :columns]",
    hint="The result is smaller than x where the size does not divide it. Cells that fit no window get 0, but they are there.")
exercise.slip("size always 2", "to_winners(grad, x, size)", "to_winners(grad, x, 2)",
    hint="The windows are always 2 × 2. Use the argument size.")

@exercise.wrong("windows one place apart",
    hint="The windows are one place apart. Window (i, j) begins at row i · size and column j · size.")
def max_pool_backward_starts(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i : i + size, j : j + size]
        row, column = divmod(int(np.argmax(window)), window.shape[1])
        out[n, c, i + row, j + column] = grad[n, c, i, j]
    return out

@exercise.wrong("place in the window taken for the place in the map",
    hint="argmax counts within the window. Add where the window begins, row i · size and column j · size, to find the cell of x.")
def max_pool_backward_within(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        row, column = divmod(int(np.argmax(window)), size)
        out[n, c, row, column] = grad[n, c, i, j]
    return out

@exercise.wrong("windows one place apart, added",
    hint="The windows are one place apart and overlap. Window (i, j) begins at row i · size and column j · size.")
def max_pool_backward_overlap(grad, x, size=2):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i : i + size, j : j + size]
        row, column = divmod(int(np.argmax(window)), window.shape[1])
        out[n, c, i + row, j + column] += grad[n, c, i, j]
    return out

exercise.slip("whole numbers", "return to_winners(grad, x, size)", "out = np.zeros_like(x)\n    out[...] = to_winners(grad, x, size)\n    return out",
    hint="The gradient loses its decimals: `np.zeros_like(x)` holds whole numbers where x does. Begin with `np.zeros(x.shape)`.")
exercise.slip("shared by the whole window", "to_winners(grad, x, size)", "max_pool_backward_every(grad, x, size) / size**2",
    hint="All cells of a window share the gradient. That is the way back of average pooling; here the largest cell gets it all.")
exercise.slip("the value in place of grad", "to_winners(grad, x, size)", "to_winners(ops.pool_forward(x, size), x, size)",
    hint="The winners get their own value. They should get the number that grad has for their window.")
exercise.slip("times the value", "to_winners(grad, x, size)", "to_winners(grad * ops.pool_forward(x, size), x, size)",
    hint="grad is multiplied by the largest number. If the winner grows by 1, the result grows by 1: its slope is 1.")
exercise.slip("the largest of the map", "return to_winners(grad, x, size)", "out = np.zeros(x.shape)\n    for n, c, i, j in np.ndindex(grad.shape):\n        row, column = np.unravel_index(np.argmax(x[n, c]), x.shape[2:])\n        out[n, c, row, column] += grad[n, c, i, j]\n    return out",
    hint="All gradients go to the largest number of the whole map. Each window has a winner of its own.")
exercise.slip("one window only", "return to_winners(grad, x, size)", "first = np.zeros(grad.shape)\n    first[0, 0, 0, 0] = grad[0, 0, 0, 0]\n    return to_winners(first, x, size)",
    hint="After the first window it is over. Is return inside the loops?")
exercise.slip("compared with 0", "to_winners(grad, x, size)", "to_winners(grad, x, size, first_positive)",
    hint="Where no number of a window is above 0, the wrong cell wins. Begin the search with the first cell rather than with 0, or use argmax.")
exercise.slip("compared with the enlarged result", "return to_winners(grad, x, size)", "largest = ops.pool_forward(x, size).repeat(size, axis=2).repeat(size, axis=3)\n    return grad.repeat(size, axis=2).repeat(size, axis=3) * (x == largest)",
    hint="Equally large cells each get the whole gradient, and where cells are left over the shapes do not fit. Go window by window, and in a tie take the first.")
