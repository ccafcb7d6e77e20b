"""The operations that the course is built on, vectorised: what the lessons write by hand.

Every function has the name, the arguments and the errors of the exercise that builds it, so a
later lesson can use an earlier one's work from here. Convolution reverses the kernel, correlation
does not; outside its range a signal or image is zero. Sums are computed in floating point for
any input (float32 stays float32, everything else becomes float64), so uint8 images do not wrap.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

MODES = ("full", "same", "valid")
SOBEL_X = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
SOBEL_Y = SOBEL_X.T


# Convolution and correlation (lessons 01 and 02)


def convolve_1d(f, g, mode="full"):
    """The convolution of a signal f with a kernel g: y(x) = Σ_i f(i)·g(x−i).

    f: (n,), g: (k,), both not empty. Returns floats: "full" (n+k−1,), "same" (n,) from the
    middle of full, starting at (k−1)//2, "valid" (n−k+1,).

    Raises:
        ValueError: an unknown mode, an empty argument, or "valid" with k > n.
    """
    f, g = _floats(f, 1, "f"), _floats(g, 1, "g")
    return _convolve(f[None], g[None], mode)[0]


def correlate_1d(f, g, mode="full"):
    """The cross-correlation: `convolve_1d` with g not reversed, so "full" starts at x = −(k−1)."""
    return convolve_1d(f, _floats(g, 1, "g")[::-1], mode)


def convolve_2d(image, kernel, mode="full"):
    """The convolution of an image with a kernel of any shape, both axes of the kernel reversed.

    image: (H, W), kernel: (h, w), both not empty. Returns floats: "full" (H+h−1, W+w−1),
    "same" (H, W) from the middle of full, starting at ((h−1)//2, (w−1)//2), "valid"
    (H−h+1, W−w+1).

    Raises:
        ValueError: an unknown mode, an empty argument, or "valid" with a kernel larger than the
            image in either direction.
    """
    return _convolve(_floats(image, 2, "image"), _floats(kernel, 2, "kernel"), mode)


def correlate_2d(image, kernel, mode="full"):
    """The cross-correlation: `convolve_2d` with the kernel not reversed."""
    return convolve_2d(image, _floats(kernel, 2, "kernel")[::-1, ::-1], mode)


def pad_2d(image, pad):
    """The image with `pad` zeros on every side: (H, W) → (H+2·pad, W+2·pad), dtype kept.

    Raises:
        ValueError: a negative pad.
    """
    if pad < 0:
        raise ValueError(f"pad must not be negative, got {pad}")
    return np.pad(_array(image, 2, "image"), pad)


def _convolve(f, g, mode):
    """Convolution of two float arrays with two axes, by the cheapest of three methods.

    Few multiplications per pixel are done one weight after another (shift and add). A kernel of
    rank one, h×w, is a column times a row, so two passes of h and w multiplications do the work of
    h·w. If many are left, the Fourier transform turns the convolution into a product, at a cost
    that hardly depends on the kernel; it rounds a little differently, and a nan reaches every
    output. The break-even points were measured on 512×512. Below a million multiplications the
    sums are computed directly: fast enough, and exact for whole numbers.
    """
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    n, k = np.array(f.shape), np.array(g.shape)
    if mode == "valid" and (k > n).any():
        raise ValueError(f'"valid" needs a kernel no larger than the input: {g.shape} in {f.shape}')
    start = {"full": 0 * k, "same": (k - 1) // 2, "valid": k - 1}[mode]
    size = {"full": n + k - 1, "same": n, "valid": n - k + 1}[mode]
    middle = tuple(slice(a, a + m) for a, m in zip(start, size, strict=True))
    if f.size * g.size < 1_000_000:
        return _shift_and_add(f, g)[middle]
    column, row = _factors(g)
    if column is not None and k.min() > 1 and k.sum() <= SHIFTS_AT_MOST:
        return _shift_and_add(_shift_and_add(f, row), column)[middle]
    if min(f.size, g.size) <= SHIFTS_AT_MOST:
        return _shift_and_add(f, g)[middle]
    return _by_fourier(f, g, start, size)


SHIFTS_AT_MOST = 24  # this many multiplications per pixel cost as much as the transforms


def _shift_and_add(f, g):
    """Full convolution: one scaled copy of the larger array for every weight of the smaller."""
    if g.size > f.size:
        f, g = g, f
    (height, width), (h, w) = f.shape, g.shape
    full = np.zeros((height + h - 1, width + w - 1), np.result_type(f, g))
    scaled = np.empty(f.shape, full.dtype)
    for (row, col), weight in np.ndenumerate(g):
        np.multiply(f, weight, out=scaled)
        full[row : row + height, col : col + width] += scaled
    return full


def _factors(g):
    """A column (h, 1) and a row (1, w) whose product is g, or (None, None) if there are none."""
    top, left = np.unravel_index(np.abs(g).argmax(), g.shape)
    column, row = g[:, left, None], g[None, top] / (g[top, left] or 1)
    exact = np.allclose(column * row, g, rtol=0, atol=4 * np.finfo(g.dtype).eps * np.abs(g).max())
    return (column, row) if exact else (None, None)


def _by_fourier(f, g, start, size):
    """Convolution as a product of spectra; returns the part `size` from `start` on.

    The transform is circular. It is long enough that what wraps round only reaches numbers that are
    not needed, and its length has only the prime factors 2, 3 and 5, which is fast. Rows are
    transformed first, then columns, some at a time in the same array: new memory costs more than
    the arithmetic.
    """
    around = np.array(f.shape) + g.shape - 1 - start
    high, wide = (_smooth(max(needs)) for needs in zip(around, start + size, strict=True))
    spectrum = np.empty((high, wide // 2 + 1), np.result_type(f, g, np.complex64))
    padded = np.zeros((BLOCK, wide), spectrum.real.dtype)
    for rows in _blocks(len(f)):
        some = padded[: len(f[rows])]
        some[:, : f.shape[1]] = f[rows]
        np.fft.rfft(some, out=spectrum[rows])
    spectrum[len(f) :] = 0
    kernel = np.fft.rfft(g, wide)
    for columns in _blocks(spectrum.shape[1]):
        product = np.fft.fft(spectrum[:, columns], axis=0)
        product *= np.fft.fft(kernel[:, columns], high, axis=0)
        spectrum[:, columns] = np.fft.ifft(product, axis=0)
    part = np.fft.irfft(spectrum[start[0] : start[0] + size[0]], wide)
    return part[:, start[1] : start[1] + size[1]]


BLOCK = 32


def _blocks(count):
    return [slice(first, min(first + BLOCK, count)) for first in range(0, count, BLOCK)]


def _smooth(number):
    """The smallest integer from `number` on with no prime factors other than 2, 3 and 5."""
    number = int(number)
    while True:
        rest = number
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return number
        number += 1


# Kernels (lesson 03)


def mean_kernel(size):
    """A (size, size) kernel of equal weights that sum to 1. ValueError for an even size or < 1."""
    _check_odd(size, 1)
    return np.full((size, size), 1 / size**2)


def gaussian_kernel(size, sigma):
    """Samples of exp(−(x²+y²)/2σ²) around the centre, divided by their sum: (size, size).

    sigma is in pixels.

    Raises:
        ValueError: an even size, a size < 1, or sigma ≤ 0.
    """
    _check_odd(size, 1)
    if not sigma > 0:
        raise ValueError(f"sigma must be greater than 0, got {sigma}")
    x = np.arange(size) - size // 2
    bell = np.exp(-(x**2) / (2 * sigma**2))
    return np.outer(bell, bell) / bell.sum() ** 2


def laplace_kernel(size=3):
    """−1 everywhere and size²−1 in the centre, so the sum is 0. ValueError for even or < 3."""
    _check_odd(size, 3)
    kernel = np.full((size, size), -1.0)
    kernel[size // 2, size // 2] = size**2 - 1
    return kernel


def filter_image(image, kernel):
    """uint8 image in, uint8 image of the same shape out: convolved ("same") in floating point,
    rounded to nearest, clipped to 0…255."""
    filtered = convolve_2d(image, kernel, "same")
    return np.clip(np.rint(filtered), 0, 255).astype(np.uint8)


def gradient_magnitude(image):
    """√(gx²+gy²) with the 3×3 Sobel kernels, "valid": (H, W) → (H−2, W−2) floats.

    Source: I. Sobel and G. Feldman, "A 3×3 isotropic gradient operator for image processing", 1968.
    """
    return np.hypot(convolve_2d(image, SOBEL_X, "valid"), convolve_2d(image, SOBEL_Y, "valid"))


def shift_image(image, down, right):
    """The image moved by whole pixels (negative: up, left); zeros come in, shape and dtype stay."""
    image = _array(image, 2, "image")
    rows, cols = image.shape
    moved = np.zeros_like(image)
    source = image[max(0, -down) : max(0, rows - down), max(0, -right) : max(0, cols - right)]
    moved[max(0, down) :, max(0, right) :][: source.shape[0], : source.shape[1]] = source
    return moved


def _check_odd(size, smallest):
    if size < smallest or size % 2 == 0:
        raise ValueError(f"size must be odd and at least {smallest}, got {size}")


# Activation and pooling (lesson 05)


def relu(x):
    """max(0, x) for every number of x, any shape."""
    return np.maximum(x, 0)


def pool_2d(x, size=2, stride=None, how="max"):
    """The largest, the mean or the sum of every size×size window of x; stride = size if None.

    x: (H, W) → ((H−size)//stride + 1, (W−size)//stride + 1): windows that do not fit are dropped.
    how: "max", "average" or "sum".

    Raises:
        ValueError: size or stride < 1, a window larger than x, or an unknown how.
    """
    return _pool(_array(x, 2, "x"), size, stride, how)


def pool_volume(volume, size=2, stride=None, how="max"):
    """Each channel pooled on its own, as `pool_2d` does: (C, H, W) → (C, H′, W′)."""
    return _pool(_array(volume, 3, "volume"), size, stride, how)


def _pool(x, size, stride, how):
    """Pool over the last two axes: one strided view for each cell of the window."""
    stride = size if stride is None else stride
    height, width = x.shape[-2:]
    if size < 1 or stride < 1:
        raise ValueError(f"size and stride must be at least 1, got {size} and {stride}")
    if size > height or size > width:
        raise ValueError(f"a {size}×{size} window is larger than the input of {height}×{width}")
    if how not in ("max", "average", "sum"):
        raise ValueError(f'how must be "max", "average" or "sum", got {how!r}')
    windows = sliding_window_view(x, (size, size), axis=(-2, -1))[..., ::stride, ::stride, :, :]
    cells = [windows[..., i, j] for i in range(size) for j in range(size)]
    if how != "max":
        total = np.sum(cells, axis=0)
        return total / size**2 if how == "average" else total
    largest = cells[0].copy()
    for cell in cells[1:]:
        np.maximum(largest, cell, out=largest)
    return largest


# Sizes (lesson 06)


def output_size(i, r, p=0, s=1, strict=True):
    """(i − r + 2p)/s + 1: how many places a field of r has on an input of i, an int.

    p: zeros on either side, s: stride. If s does not divide, the size is rounded down unless
    strict.

    Raises:
        ValueError: r or s < 1, p < 0, a field larger than the padded input, or, if strict, a
            stride that does not divide.
    """
    if r < 1 or s < 1 or p < 0:
        raise ValueError(f"need r ≥ 1, s ≥ 1 and p ≥ 0, got r = {r}, s = {s}, p = {p}")
    if r > i + 2 * p:
        raise ValueError(f"a field of {r} is larger than the padded input of {i + 2 * p}")
    steps, unused = divmod(i - r + 2 * p, s)
    if unused and strict:
        raise ValueError(
            f"a stride of {s} does not fit: {unused} of {i + 2 * p} columns would go unused"
        )
    return int(steps) + 1


def same_padding(r):
    """The padding that keeps the size at stride 1: (r − 1)/2. ValueError for an even r or < 1."""
    _check_odd(r, 1)
    return (r - 1) // 2


def conv_2d(image, kernel, stride=1, padding=0):
    """Correlation of (H, W) with a kernel of any shape, with stride and zero padding.

    Sizes are strict and errors those of `output_size`, in both directions.
    """
    image, kernel = _floats(image, 2, "image"), _floats(kernel, 2, "kernel")
    return conv_forward(image[None, None], kernel[None, None], np.zeros(1), stride, padding)[0, 0]


def receptive_field(layers):
    """How many input pixels, along one side, one output sees.

    layers: [(size, stride), …] from the input on; no layer → 1. Each layer adds size − 1 steps,
    and a step is as wide as all strides before it together.
    """
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field


def trace_shapes(input_shape, layers):
    """The shape after every layer, a list of tuples: (C, H, W), or (units,) once flattened.

    layers: tuples ("conv", depth, r, s, p), ("relu",), ("pool", size, stride), ("flatten",),
    ("dense", units). Convolutions are strict, pooling rounds down.

    Raises:
        ValueError: an impossible layer; gives its number, counted from 1.
    """
    return [shape for shape, _ in _trace(input_shape, layers)]


def count_parameters(input_shape, layers):
    """All weights and biases of a network described as in `trace_shapes`, an int."""
    return sum(parameters for _, parameters in _trace(input_shape, layers))


def _trace(input_shape, layers):
    """(shape after the layer, number of its parameters) for every layer."""
    shape, trace = tuple(input_shape), []
    for number, (kind, *numbers) in enumerate(layers, start=1):
        try:
            shape, parameters = _layer_shape(shape, kind, numbers)
        except ValueError as error:
            raise ValueError(f"layer {number} ({kind}) is impossible: {error}") from None
        trace.append((shape, parameters))
    return trace


def _layer_shape(shape, kind, numbers):
    if kind not in ("conv", "relu", "pool", "flatten", "dense"):
        raise ValueError('a layer is "conv", "relu", "pool", "flatten" or "dense"')
    if kind in ("conv", "pool") and len(shape) != 3:
        raise ValueError(f"it needs an input (C, H, W), not {shape}")
    if kind == "conv":
        (channels, *sides), (depth, r, s, p) = shape, numbers
        return (depth, *(output_size(n, r, p, s) for n in sides)), depth * (channels * r * r + 1)
    if kind == "pool":
        (channels, *sides), (size, stride) = shape, numbers
        return (channels, *(output_size(n, size, 0, stride, strict=False) for n in sides)), 0
    if kind == "flatten":
        return (int(np.prod(shape)),), 0
    if kind == "dense":
        if len(shape) != 1:
            raise ValueError(f"it needs a flat input, not {shape}: flatten it first")
        return (numbers[0],), numbers[0] * (shape[0] + 1)
    return shape, 0


# A network's layers, forward (lessons 04 and 07). Batches are (N, C, H, W).


def conv_layer(volume, kernels, biases):
    """One volume through a convolutional layer (a correlation plus a bias).

    volume: (C, H, W), kernels: (D, C, R, R), biases: (D,) → (D, H−R+1, W−R+1).
    """
    return conv_forward(_floats(volume, 3, "volume")[None], kernels, biases)[0]


def conv_forward(x, w, b, stride=1, padding=0):
    """A batch through a convolutional layer: every kernel correlated with every image, plus bias.

    x: (N, C, H, W), w: (D, C, R, R), b: (D,) → (N, D, H′, W′), H′ = (H − R + 2·padding)/stride + 1.

    Raises:
        ValueError: shapes that do not fit, and sizes as in `output_size`.
    """
    x, w, b = _floats(x, 4, "x"), _floats(w, 4, "w"), _floats(b, 1, "b")
    if x.shape[1] != w.shape[1] or len(b) != len(w):
        raise ValueError(
            f"x {x.shape}, w {w.shape} and b {b.shape} do not fit: "
            "w needs as many channels as x, and b one bias for every kernel"
        )
    for side in (2, 3):
        output_size(x.shape[side], w.shape[side], padding, stride)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.moveaxis(np.tensordot(windows, w, axes=([1, 4, 5], [1, 2, 3])) + b, 3, 1)


def pool_forward(x, size=2):
    """Max pooling of a batch with stride = size; what does not fit is dropped: (N, C, H, W) →
    (N, C, H//size, W//size)."""
    return _pool(_array(x, 4, "x"), size, None, "max")


def flatten(x):
    """(N, …) → (N, product), each example's numbers in row-major order."""
    x = np.asarray(x)
    return x.reshape(len(x), int(np.prod(x.shape[1:])))


def dense(x, w, b):
    """A fully connected layer: x (N, I), w (I, O), b (O,) → (N, O). ValueError on a misfit."""
    x, w, b = np.asarray(x), np.asarray(w), np.asarray(b)
    if x.ndim != 2 or w.ndim != 2 or x.shape[1] != w.shape[0] or b.shape != w.shape[1:]:
        raise ValueError(f"shapes do not fit: x {x.shape}, w {w.shape}, b {b.shape}")
    return x @ w + b


def softmax(scores):
    """Scores to probabilities that sum to 1 along the last axis.

    The largest score is subtracted first: that does not change the result and keeps exp from
    overflowing.
    """
    scores = np.asarray(scores)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def cross_entropy(probabilities, labels):
    """The mean of −log p(label): probabilities (N, K), labels (N,) ints → a float ≥ 0.

    p counts as at least 1e−12, so that a certain mistake costs much but not infinity.
    """
    probabilities, labels = np.asarray(probabilities), np.asarray(labels)
    if probabilities.ndim != 2 or labels.shape != probabilities.shape[:1]:
        raise ValueError(f"{probabilities.shape} probabilities for {labels.shape} labels")
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, 1e-12)).mean())


# Checks of arguments


def _array(x, ndim, name):
    x = np.asarray(x)
    if x.ndim != ndim:
        axes = {1: "one axis", 2: "(rows, columns)", 3: "(C, H, W)", 4: "(N, C, H, W)"}[ndim]
        raise ValueError(f"{name} must be an array of {axes}, got shape {x.shape}")
    return x


def _floats(x, ndim, name):
    x = _array(x, ndim, name)
    if x.size == 0:
        raise ValueError(f"{name} is empty")
    return x if x.dtype == np.float32 else x.astype(np.float64, copy=False)
