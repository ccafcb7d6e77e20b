"""The operations give what the definitions say, whatever method they choose."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

from convolab import ops

F = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]
LENET = [
    *(("conv", 6, 5, 1, 0), ("relu",), ("pool", 2, 2)),
    *(("conv", 16, 5, 1, 0), ("relu",), ("pool", 2, 2)),
    *(("flatten",), ("dense", 120), ("relu",), ("dense", 84), ("relu",), ("dense", 10)),
]


def by_definition(f, g, mode):
    """Four loops: out(r, c) = ΣΣ f(i, j)·g(r−i, c−j), then the part that the mode keeps."""
    (H, W), (h, w) = f.shape, g.shape
    full = np.zeros((H + h - 1, W + w - 1))
    for i in range(H):
        for j in range(W):
            for a in range(h):
                for b in range(w):
                    full[i + a, j + b] += f[i, j] * g[a, b]
    if mode == "same":
        return full[(h - 1) // 2 :, (w - 1) // 2 :][:H, :W]
    return full if mode == "full" else full[h - 1 : H, w - 1 : W]


sides = st.integers(1, 7)


@settings(max_examples=60, deadline=None)
@given(sides, sides, sides, sides, st.sampled_from(ops.MODES), st.integers(0, 99))
def test_convolve_2d_is_its_definition_for_every_shape_and_mode(H, W, h, w, mode, seed):
    rng = np.random.default_rng(seed)
    f, g = rng.integers(-9, 10, (H, W)), rng.integers(-9, 10, (h, w))
    if mode == "valid" and (h > H or w > W):
        with pytest.raises(ValueError, match="no larger than the input"):
            ops.convolve_2d(f, g, mode)
        return
    assert_array_equal(ops.convolve_2d(f, g, mode), by_definition(f, g, mode))
    assert_array_equal(ops.correlate_2d(f, g[::-1, ::-1], mode), by_definition(f, g, mode))


@pytest.mark.parametrize("mode", ops.MODES)
@pytest.mark.parametrize(
    "kernel",
    [(3, 3), (2, 9), (8, 7), (31, 30), (1, 40), (40, 1), (200, 150)],
    ids=lambda shape: f"{shape[0]}×{shape[1]}",
)
@pytest.mark.parametrize("rank_one", [False, True], ids=["any", "rank one"])
def test_every_method_gives_the_same_on_a_large_image(kernel, rank_one, mode):
    rng = np.random.default_rng(7)
    f, g = rng.standard_normal((420, 389)), rng.standard_normal(kernel)
    if rank_one:
        g = g[:, :1] * g[:1]
    (h, w), full = kernel, signal.fftconvolve(f, g)
    start = {"full": (0, 0), "same": ((h - 1) // 2, (w - 1) // 2), "valid": (h - 1, w - 1)}[mode]
    size = {"full": full.shape, "same": f.shape, "valid": (420 - h + 1, 389 - w + 1)}[mode]
    expected = full[start[0] :, start[1] :][: size[0], : size[1]]
    assert_allclose(ops.convolve_2d(f, g, mode), expected, atol=1e-9)


def test_small_and_few_weights_are_added_and_many_go_through_fourier(monkeypatch):
    image = np.ones((512, 512))
    monkeypatch.setattr(ops, "_by_fourier", lambda f, g, start, size: "fourier")
    monkeypatch.setattr(ops, "_shift_and_add", lambda f, g: np.full((2, 2), g.size))
    rng = np.random.default_rng(0)
    assert ops.convolve_2d(image, rng.random((31, 31))) == "fourier"
    assert ops.convolve_2d(image, np.ones((31, 31))) == "fourier"
    assert (ops.convolve_2d(image, rng.random((4, 4))) == 16).all()
    assert (ops.convolve_2d(image, np.ones((9, 9))) == 9).all()
    assert (ops.convolve_2d(image[:30, :30], rng.random((20, 20))) == 400).all()


def test_the_lessons_first_example():
    third = [1 / 3, 1 / 3, 1 / 3]
    full = [3.333, 6.333, 9.667, 9.333, 9.667, 6.667, 7, 6.667, 9.667, 9, 6, 2.667]
    assert_allclose(ops.convolve_1d(F, third), full, atol=5e-4)
    assert_allclose(ops.convolve_1d(F, third, "same"), full[1:-1], atol=5e-4)
    assert_allclose(ops.convolve_1d(F, third, "valid"), full[2:-2], atol=5e-4)


def test_convolution_reverses_the_kernel_and_correlation_does_not():
    assert_array_equal(ops.convolve_1d([1, 2, 3], [1, 0]), [1, 2, 3, 0])
    assert_array_equal(ops.correlate_1d([1, 2, 3], [1, 0]), [0, 1, 2, 3])
    hill = [0, 0, 0, 3, 4, 5, 4, 3, 0, 0]
    assert_array_equal(ops.convolve_1d(hill, [0, 0, 1], "same"), [0, *hill[:-1]])


def test_a_long_signal_is_what_numpy_says():
    rng = np.random.default_rng(1)
    f, g = rng.standard_normal(5000), rng.standard_normal(700)
    assert_allclose(ops.convolve_1d(f, g), np.convolve(f, g), atol=1e-9)
    assert_allclose(ops.correlate_1d(f, g, "valid"), np.correlate(f, g, "valid"), atol=1e-9)


def test_arguments_stay_as_they_were_and_bytes_do_not_wrap():
    f, g = np.full((3, 3), 250, np.uint8), np.ones((3, 3), np.uint8)
    assert ops.convolve_2d(f, g, "valid")[0, 0] == 2250
    assert (f == 250).all()
    assert (g == 1).all()
    assert ops.convolve_2d(f.astype(np.float32), g.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize("function", [ops.convolve_1d, ops.correlate_1d])
def test_what_a_signal_cannot_be(function):
    for arguments in ([[], [1]], [[1], []], [[1, 2], [1], "vaild"], [[1], [1, 2], "valid"]):
        with pytest.raises(ValueError, match=r"empty|mode|no larger"):
            function(*arguments)


@pytest.mark.parametrize("function", [ops.convolve_2d, ops.correlate_2d])
def test_what_an_image_cannot_be(function):
    image, kernel = np.ones((3, 4)), np.ones((2, 2))
    for arguments in (
        (np.ones((0, 3)), kernel),
        (image, np.ones((3, 0))),
        (image, kernel, "half"),
        (image, np.ones((4, 1)), "valid"),
        (image, np.ones((1, 5)), "valid"),
        (np.ones((3, 4, 3)), kernel),
    ):
        with pytest.raises(ValueError, match=r"empty|mode|no larger|rows, columns"):
            function(*arguments)


def test_padding_goes_on_every_side():
    assert_array_equal(ops.pad_2d([[1, 2]], 1), [[0, 0, 0, 0], [0, 1, 2, 0], [0, 0, 0, 0]])
    assert ops.pad_2d(np.ones((2, 3), np.uint8), 0).dtype == np.uint8
    with pytest.raises(ValueError, match="negative"):
        ops.pad_2d([[1]], -1)


def test_kernels_sum_to_what_they_should():
    assert_allclose(ops.mean_kernel(5), np.full((5, 5), 0.04))
    gauss = ops.gaussian_kernel(7, 1.5)
    assert_allclose(gauss.sum(), 1)
    assert_allclose(gauss[3, 4] / gauss[3, 3], np.exp(-1 / (2 * 1.5**2)))
    assert_array_equal(ops.laplace_kernel(), [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    assert ops.laplace_kernel(5).sum() == 0
    for make in (ops.mean_kernel, lambda size: ops.gaussian_kernel(size, 1), ops.laplace_kernel):
        for size in (4, 0, -3):
            with pytest.raises(ValueError, match="odd"):
                make(size)
    with pytest.raises(ValueError, match="odd"):
        ops.laplace_kernel(1)
    with pytest.raises(ValueError, match="sigma"):
        ops.gaussian_kernel(3, 0)


def test_filtering_rounds_and_clips_and_never_wraps():
    image = np.array([[0, 0, 0], [0, 200, 0], [0, 0, 0]], np.uint8)
    filtered = ops.filter_image(image, ops.laplace_kernel())
    assert filtered.dtype == np.uint8
    assert_array_equal(filtered, [[0, 0, 0], [0, 255, 0], [0, 0, 0]])
    assert ops.filter_image(np.full((1, 1), 100, np.uint8), np.array([[0.026]]))[0, 0] == 3


def test_gradient_magnitude_of_a_slope_is_eight_times_the_step():
    slope = np.arange(5.0) * np.ones((4, 1))
    assert_array_equal(ops.gradient_magnitude(slope), np.full((2, 3), 8))
    assert_array_equal(ops.gradient_magnitude(slope.T), np.full((3, 2), 8))


@pytest.mark.parametrize(
    ("down", "right"), [(0, 0), (1, 0), (0, 1), (-1, 2), (2, -3), (3, 0), (0, 4), (-9, 9), (-3, -4)]
)
def test_shifting_moves_and_lets_zeros_in(down, right):
    image = np.arange(1, 13, dtype=np.uint8).reshape(3, 4)
    moved = ops.shift_image(image, down, right)
    for row in range(3):
        for col in range(4):
            from_row, from_col = row - down, col - right
            inside = 0 <= from_row < 3 and 0 <= from_col < 4
            assert moved[row, col] == (image[from_row, from_col] if inside else 0)
    assert moved.dtype == np.uint8


def test_pooling_keeps_the_largest_the_mean_or_the_sum():
    x = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
    assert_array_equal(ops.pool_2d(x), [[6, 8], [3, 4]])
    assert_array_equal(ops.pool_2d(x, how="average"), [[3.25, 5.25], [2, 2]])
    assert_array_equal(ops.pool_2d(x, how="sum"), [[13, 21], [8, 8]])
    assert_array_equal(ops.pool_2d(x, 2, 1)[0], [6, 7, 8])
    assert_array_equal(ops.pool_2d(x, 3, 2), [[7]])
    assert_array_equal(ops.pool_2d(-x), [[-1, -2], [-1, 0]])
    assert_array_equal(ops.pool_volume(np.stack([x, -x])), [[[6, 8], [3, 4]], [[-1, -2], [-1, 0]]])
    assert_array_equal(ops.pool_forward(x[None, None]), [[[[6, 8], [3, 4]]]])


@pytest.mark.parametrize("arguments", [(0,), (2, 0), (5,), (2, 2, "min")])
def test_what_pooling_cannot_do(arguments):
    for pool, x in ((ops.pool_2d, np.ones((4, 9))), (ops.pool_volume, np.ones((2, 4, 9)))):
        with pytest.raises(ValueError, match=r"at least 1|larger than|how"):
            pool(x, *arguments)


def test_output_size_counts_fence_posts():
    assert ops.output_size(10, 3) == 8
    assert ops.output_size(13, 3, 0, 2) == 6
    assert ops.output_size(29, 4, 3, 2, strict=False) == 16
    assert ops.output_size(10, 3, 0, 2, strict=False) == 4
    assert ops.output_size(10, 3, 0, 7) == 2
    with pytest.raises(ValueError, match="1 of 10 columns"):
        ops.output_size(10, 3, 0, 2)
    for wrong in ((3, 0), (3, 1, -1), (3, 1, 0, 0), (3, 6, 1)):
        with pytest.raises(ValueError, match=r"need r|larger than"):
            ops.output_size(*wrong)
    assert ops.same_padding(5) == 2
    with pytest.raises(ValueError, match="odd"):
        ops.same_padding(4)


def test_lenets_fields_shapes_and_parameters():
    sizes = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
    fields = [ops.receptive_field(sizes[:count]) for count in range(6)]
    assert fields == [1, 5, 6, 14, 16, 32]
    shapes = ops.trace_shapes((1, 32, 32), LENET)
    assert shapes[2:7] == [(6, 14, 14), (16, 10, 10), (16, 10, 10), (16, 5, 5), (400,)]
    assert ops.count_parameters((1, 32, 32), LENET) == 61_706
    hundred = [("dense", 100) if layer == ("dense", 84) else layer for layer in LENET]
    assert ops.count_parameters((1, 32, 32), hundred) == 63_802


@pytest.mark.parametrize(
    "layer",
    [("conv", 2, 9, 1, 0), ("conv", 2, 3, 2, 0), ("pool", 9, 9), ("dense", 3), ("dropout",)],
    ids=str,
)
def test_an_impossible_layer_is_named_by_its_number_counted_from_1(layer):
    with pytest.raises(ValueError, match="layer 2 "):
        ops.trace_shapes((1, 8, 8), [("relu",), layer])


def test_after_flattening_there_is_no_room_for_a_convolution():
    with pytest.raises(ValueError, match="layer 2 "):
        ops.trace_shapes((1, 8, 8), [("flatten",), ("conv", 2, 3, 1, 0)])


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_conv_forward_correlates_every_kernel_with_all_channels(stride, padding):
    rng = np.random.default_rng(3)
    x, w = rng.integers(-5, 6, (2, 3, 9, 12)), rng.integers(-5, 6, (4, 3, 3, 3))
    b = rng.integers(-5, 6, 4)
    for side in (9, 12):
        if (side + 2 * padding - 3) % stride:
            with pytest.raises(ValueError, match="unused"):
                ops.conv_forward(x, w, b, stride, padding)
            return
    y = ops.conv_forward(x, w, b, stride, padding)
    for n in range(2):
        for d in range(4):
            expected = b[d] + sum(ops.conv_2d(x[n, c], w[d, c], stride, padding) for c in range(3))
            assert_array_equal(y[n, d], expected)


def test_conv_2d_is_correlation_with_stride_and_padding():
    image, kernel = np.arange(35.0).reshape(5, 7), np.array([[1.0, 2, 0], [0, -1, 3]])
    padded = np.pad(image, 1)
    expected = ops.correlate_2d(padded, kernel, "valid")[::1, ::1]
    assert_array_equal(ops.conv_2d(image, kernel, 1, 1), expected)
    assert_array_equal(
        ops.conv_2d(image, np.ones((1, 3)), 2),
        ops.correlate_2d(image, np.ones((1, 3)), "valid")[::2, ::2],
    )
    with pytest.raises(ValueError, match="columns"):
        ops.conv_2d(image, kernel, 2)


def test_a_volume_goes_through_a_layer():
    rng = np.random.default_rng(5)
    volume, kernels, biases = rng.random((3, 6, 5)), rng.random((2, 3, 2, 2)), np.array([1.0, -1])
    y = ops.conv_layer(volume, kernels, biases)
    assert y.shape == (2, 5, 4)
    assert_allclose(y[1, 2, 3], (volume[:, 2:4, 3:5] * kernels[1]).sum() - 1)
    with pytest.raises(ValueError, match="channels"):
        ops.conv_layer(volume, kernels[:, :2], biases)
    with pytest.raises(ValueError, match="bias"):
        ops.conv_layer(volume, kernels, biases[:1])


def test_the_parts_of_a_network():
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    assert_array_equal(ops.flatten(x)[1], np.arange(12.0, 24))
    assert_array_equal(ops.relu(np.array([-2, 0, 3])), [0, 0, 3])
    assert_array_equal(ops.dense([[1.0, 2]], [[1.0, 0, 3], [0, 1, 1]], [0.5, 0, 0]), [[1.5, 2, 5]])
    with pytest.raises(ValueError, match="shapes"):
        ops.dense(np.ones((2, 3)), np.ones((2, 3)), np.ones(3))


def test_softmax_and_cross_entropy_stay_finite():
    p = ops.softmax(np.array([[1000.0, 0, -1000], [0, 0, 0]]))
    assert_allclose(p, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]])
    assert_allclose(ops.cross_entropy([[0.2, 0.4, 0.1, 0.3]], [2]), 2.302585, rtol=1e-6)
    assert_allclose(ops.cross_entropy([[1.0, 0.0], [1.0, 0.0]], [0, 1]), -np.log(1e-12) / 2)
    with pytest.raises(ValueError, match="labels"):
        ops.cross_entropy(p, [0])
