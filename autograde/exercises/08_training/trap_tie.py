"""The gradient of one window of a max pooling: an array in the shape of the window."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the gradient goes to one cell only"},
)

@exercise.right
def trap_tie(window, grad):
    out = np.zeros(window.shape)
    out[np.unravel_index(window.argmax(), window.shape)] = grad
    return out

@exercise.variant("flat")
def trap_tie_flat(window, grad):
    out = np.zeros(window.size)
    out[window.argmax()] = grad
    return out.reshape(window.shape)

@exercise.variant("a loop that stops")
def trap_tie_loop(window, grad):
    out = np.zeros(window.shape)
    for i in range(window.shape[0]):
        for j in range(window.shape[1]):
            if window[i, j] == window.max():
                out[i, j] = grad
                return out

exercise.also("divmod", "out[np.unravel_index(window.argmax(), window.shape)] = grad", "row, column = divmod(int(np.argmax(window)), window.shape[1])\n    out[row, column] = grad")

exercise.shows("values",
    (np.array([[1, 7], [3, 2]]), 2.5), (np.array([[0, 4], [4, 1]]), 3.0),
    (np.array([[0, 0], [0, 0]]), 2.0), (np.array([[-3, -1, -2], [-1, -5, -1]]), -6.0),
    (np.array([[0, 1, 0], [2, 3, 9]]), 1.5), (np.array([[0, 1], [0, 2], [3, 9]]), -2.0),
)

@exercise.wrong("as found", untouched=True,
    hint="Add up what comes out of a window in which two cells are equally large. How much went in?")
def trap_tie_found(window, grad):
    return grad * (window == window.max())

exercise.slip("shared among equals", "out = np.zeros(window.shape)\n    out[np.unravel_index(window.argmax(), window.shape)] = grad\n    return out", "equal = window == window.max()\n    return grad * equal / equal.sum()",
    hint="Now all that tie share the gradient, so the sum is right. But forward, one of them was taken: let the first in reading order have it all.")
exercise.slip("the last of equals", "out[np.unravel_index(window.argmax(), window.shape)]", "out.reshape(-1)[window.size - 1 - window.ravel()[::-1].argmax()]",
    hint="In a tie the last one gets it. The first in reading order should, as argmax says.")
exercise.slip("whole numbers", "np.zeros(window.shape)", "np.zeros_like(window)",
    hint="The gradient loses its decimals: `np.zeros_like(window)` holds whole numbers where the window does. Begin with `np.zeros(window.shape)`.")
exercise.slip("column by column", "np.unravel_index(window.argmax(), window.shape)", "np.unravel_index(window.T.argmax(), window.T.shape)[::-1]",
    hint="In a tie the first is looked for column by column. Reading order goes along the rows.")
exercise.slip("row and column swapped", "out[np.unravel_index(window.argmax(), window.shape)] = grad", "row, column = np.unravel_index(window.argmax(), window.shape)\n    out[column, row] = grad",
    hint="Row and column are swapped: `np.unravel_index` gives the row first.")
exercise.slip("one in every row", "np.unravel_index(window.argmax(), window.shape)", "np.arange(len(window)), window.argmax(axis=1)",
    hint="Every row has a winner. There is one for the whole window: argmax without an axis.")
