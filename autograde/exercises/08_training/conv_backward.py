"""The gradients of a convolutional layer of stride 1: (grad_x, grad_w, grad_b)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import back, framed, numbers, whole_numbers

exercise = Exercise(
    points={"plain": 2, "padding": 1},
    says={"plain": "without padding", "padding": "with padding"},
)

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

@exercise.right
def conv_backward(grad, x, w, padding=0):
    grad_padded, grad_w, grad_b = back(grad, x, w, padding)
    return cropped(grad_padded, padding), grad_w, grad_b

@exercise.variant("loops over everything")
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

@exercise.variant("patches")
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

@exercise.variant("convolutions")
def conv_backward_convolutions(grad, x, w, padding=0):
    size = w.shape[2]
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    grad_padded = ops.conv_forward(grad, turned, np.zeros(x.shape[1]), padding=size - 1)
    rows, columns = grad_padded.shape[2] - padding, grad_padded.shape[3] - padding
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, grad.shape[2:], axis=(2, 3))
    grad_w = np.einsum("ncijhw,ndhw->dcij", windows, grad)
    return grad_padded[:, :, padding:rows, padding:columns], grad_w, grad.sum(axis=(0, 2, 3))

exercise.shows("plain",
    (np.array([[[[1, 10, -4]]]]), np.array([[[[2, 0, -1]]]]), np.array([[[[3]]]])),
    (numbers(1, 1, 2, 3, salt=1), numbers(1, 1, 3, 4, salt=2), numbers(1, 1, 2, 2)),
    (numbers(2, 3, 2, 3, salt=3) / 2, numbers(2, 2, 4, 5, salt=4), numbers(3, 2, 3, 3, salt=5)),
)
exercise.shows("padding",
    (numbers(2, 2, 3, 4, salt=6), numbers(2, 3, 3, 4, salt=7), numbers(2, 3, 3, 3), 1),
    (numbers(1, 2, 5, 6, salt=8), numbers(1, 1, 2, 3, salt=9), numbers(2, 1, 2, 2), 2),
)
exercise.numpy_integers("padding", numbers(1, 1, 3, 2), numbers(1, 1, 2, 1), numbers(1, 1, 2, 2), 1)

@exercise.hidden
def conv_backward_hidden(rng):
    for n, c, d, r, h, w in ((1, 2, 3, 2, 3, 4), (3, 1, 2, 3, 5, 4)):
        grad = whole_numbers(rng, n, d, h - r + 1, w - r + 1) / 2
        yield "plain", (grad, whole_numbers(rng, n, c, h, w) - 0.5, whole_numbers(rng, d, c, r, r))
    grad = whole_numbers(rng, 2, 3, 4, 5)
    yield "padding", (grad, whole_numbers(rng, 2, 2, 3, 4), whole_numbers(rng, 3, 2, 2, 2), 1)

exercise.slip("grad_x without the flip", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "turned = conv_backward(grad, x, w[:, :, ::-1, ::-1], padding)\n    return turned[0], *conv_backward(grad, x, w, padding)[1:]",
    hint="`grad_w` and `grad_b` are right; in `grad_x` the kernels are the wrong way round. What met w(i, j) on the way forward gets back grad times w(i, j), at the same place.")

@exercise.wrong("grad_x assigned instead of added",
    hint="In `grad_x` each window overwrites what the one before has written. A pixel is under several windows: add what comes back through each, with `+=`.")
def conv_backward_assigned(grad, x, w, padding=0):
    padded, size = framed(x, padding), w.shape[2]
    grad_padded = np.zeros(padded.shape)
    for r in range(grad.shape[2]):
        for c in range(grad.shape[3]):
            grad_padded[:, :, r : r + size, c : c + size] = np.einsum(
                "nd,dcij->ncij", grad[:, :, r, c], w
            )
    return cropped(grad_padded, padding), *conv_backward(grad, x, w, padding)[1:]

exercise.slip("only the last kernel in grad_x", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x = conv_backward(grad[:, -1:], x, w[-1:], padding)[0]\n    return grad_x, *conv_backward(grad, x, w, padding)[1:]",
    hint="In `grad_x` only the last kernel counts. Every pixel takes part in the maps of all kernels: add them all.")
exercise.slip("padding not cropped", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return back(grad, x, w, padding)",
    hint="With padding, `grad_x` still has the frame. Cut it off: nobody needs the gradient of the zeros around x.")
exercise.slip("frame cut off at one side", "cropped(grad_padded, padding)", "grad_padded[:, :, : x.shape[2], : x.shape[3]]",
    hint="The frame of `grad_x` is cut off at the wrong places: `padding` rows above and below, `padding` columns left and right.")
exercise.slip("slice up to minus padding", "cropped(grad_padded, padding)", "grad_padded[:, :, padding:-padding, padding:-padding]",
    hint="Without padding `grad_x` is empty: a slice `[0:-0]` ends at 0. Write the end as padding plus the number of rows.")
exercise.slip("padding forgotten", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return back(grad, x, w, 0)",
    hint="With padding it stops or goes wrong, because x is not put into its frame of zeros. Pad it as on the way forward.")

@exercise.wrong("grad_w of the last place only",
    hint="In `grad_w` only the last window counts. A shared weight's gradient is the sum over all the places where it is used: `+=`.")
def conv_backward_last_place(grad, x, w, padding=0):
    last = np.zeros(grad.shape)
    last[:, :, -1, -1] = grad[:, :, -1, -1]
    grad_x, _, grad_b = conv_backward(grad, x, w, padding)
    return grad_x, conv_backward(last, x, w, padding)[1], grad_b

exercise.slip("grad_w of one example only", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, _, grad_b = conv_backward(grad, x, w, padding)\n    return grad_x, conv_backward(grad[-1:], x[-1:], w, padding)[1], grad_b",
    hint="`grad_w` comes from one example only. The kernels are used in every example of the batch: add them all.")
exercise.slip("divided by the batch", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, grad_b = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w / len(x), grad_b / len(x)",
    hint="`grad_w` and `grad_b` are divided by the number of examples. The loss has taken the mean already, so only add up here.")
exercise.slip("grad_w flipped", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, grad_b = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w[:, :, ::-1, ::-1], grad_b",
    hint="`grad_w` is reversed. w(i, j) met the pixel at row r + i and column c + j: multiply grad by that pixel, at the same (i, j).")
exercise.slip("bias by example", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, _ = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w, grad.sum(axis=(2, 3))",
    hint="`grad_b` still has a row for each example. A kernel's bias is used in every example and at every place: add all of them up.")
exercise.slip("bias over the batch only", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, _ = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w, grad.sum(axis=0)",
    hint="`grad_b` still has rows and columns. A kernel's bias is used at every place: add over all of them too.")
exercise.slip("bias averaged", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, _ = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w, grad.mean(axis=(0, 2, 3))",
    hint="`grad_b` is a mean. Add up over examples, rows and columns.")
exercise.slip("other order", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, grad_b = conv_backward(grad, x, w, padding)\n    return grad_w, grad_b, grad_x",
    hint="The results come in another order: first `grad_x`, then `grad_w`, then `grad_b`.")
exercise.slip("grad_x is missing", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return conv_backward(grad, x, w, padding)[1:]",
    hint="`grad_x` is missing: it is the first of the three. The layer before this one needs it.")
exercise.slip("grad_x assigned in a loop over the kernels", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return one_by_one(grad, x, w, padding, \"x\")",
    hint="In `grad_x` each place and each kernel overwrites what the one before has written. A pixel is under several windows of several kernels: add, with `+=`.")
exercise.slip("grad_w assigned", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return one_by_one(grad, x, w, padding, \"w\")",
    hint="In `grad_w` only the last window of the last example counts: = overwrites. A shared weight's gradient is the sum over all the places where it is used: `+=`.")
exercise.slip("grad_b assigned", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return one_by_one(grad, x, w, padding, \"b\")",
    hint="In `grad_b` only the last place counts: = overwrites. The bias is used at every place of every example: `+=`.")
exercise.slip("grad_x and grad_w assigned", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return one_by_one(grad, x, w, padding, \"xw\")",
    hint="In `grad_x` and `grad_w` each place overwrites what the one before has written. Write `+=` in both: a pixel is under several windows, and a weight is used at every place.")
exercise.slip("all assigned", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "return one_by_one(grad, x, w, padding, \"xwb\")",
    hint="Each place overwrites what the one before has written. Add instead, with `+=`, in all three gradients.")

@exercise.wrong("patch and kernel swapped",
    hint="Patch and kernel are swapped. To the gradient of the kernel goes g times the patch, to the gradient of x goes g times the kernel.")
def conv_backward_swapped(grad, x, w, padding=0):
    padded, size = framed(x, padding), w.shape[2]
    grad_padded, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for n, d, r, c in np.ndindex(grad.shape):
        rows, columns = slice(r, r + size), slice(c, c + size)
        grad_w[d] += grad[n, d, r, c] * w[d]
        grad_padded[n, :, rows, columns] += grad[n, d, r, c] * padded[n, :, rows, columns]
    return cropped(grad_padded, padding), grad_w, grad.sum(axis=(0, 2, 3))

exercise.slip("without grad", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_padded, grad_w, _ = back(np.ones(grad.shape), x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad.sum(axis=(0, 2, 3))",
    hint="Patch and kernel are added as they are. Multiply each by g, the number of grad at that place.")
exercise.slip("rows counted for columns", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "left = grad.copy()\n    left[:, :, :, grad.shape[2] :] = 0\n    return conv_backward(left, x, w, padding)",
    hint="The columns on the right are missing: both loops count the rows. Columns are the last number of grad.shape.")
exercise.slip("whole numbers", "return cropped(grad_padded, padding), grad_w, grad_b", "grad_x = np.zeros_like(x)\n    grad_x += cropped(grad_padded, padding).astype(grad.dtype)\n    return grad_x, grad_w, grad_b",
    hint="Decimals cannot be added to an array of whole numbers: `np.zeros_like(x)` is one where x is. Begin with `np.zeros(x.shape)`, and the same for w.")
exercise.slip("grad_w first", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, grad_b = conv_backward(grad, x, w, padding)\n    return grad_w, grad_x, grad_b",
    hint="`grad_x` and `grad_w` are swapped: x comes first.")
exercise.slip("one bias for all", "grad_padded, grad_w, grad_b = back(grad, x, w, padding)\n    return cropped(grad_padded, padding), grad_w, grad_b", "grad_x, grad_w, _ = conv_backward(grad, x, w, padding)\n    return grad_x, grad_w, grad.sum()",
    hint="`grad_b` is one number. Each kernel has a bias of its own: the sum is over examples, rows and columns, not over the kernels.")
