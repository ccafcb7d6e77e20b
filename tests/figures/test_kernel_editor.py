"""KernelEditor without a browser: its numbers, its named kernels, what it refuses."""

import numpy as np
import pytest

from convolab import data, ops
from convolab.figures import KernelEditor
from convolab.figures.kernel_editor_view import PRESETS, SIZES

JS = "kernel_editor.js"


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    rng = np.random.default_rng(3)
    inputs = []
    for _ in range(200):
        h, w = rng.integers(1, 20, 2)
        size = int(rng.choice(SIZES))
        inputs.append(
            {
                "values": rng.integers(0, 256, h * w).tolist(),
                "h": int(h),
                "w": int(w),
                "kernel": np.round(rng.normal(size=(size, size)), 3).tolist(),
            }
        )
    outputs = run_module(
        JS, "inputs.map((i) => [...m.convolveSame(i.values, i.h, i.w, i.kernel)])", inputs
    )
    for given, output in zip(inputs, outputs, strict=True):
        image = np.reshape(given["values"], (given["h"], given["w"]))
        expected = ops.convolve_2d(image, given["kernel"], "same")
        np.testing.assert_allclose(np.reshape(output, image.shape), expected, atol=1e-8)


@pytest.mark.parametrize("size", SIZES)
def test_named_kernels_have_the_sums_that_the_lesson_gives(size):
    sums = {name: make(size).sum() for name, make in PRESETS.items()}
    for name in ("identity", "mean", "Gaussian", "sharpen", "emboss"):
        assert sums[name] == pytest.approx(1), name
    for name in ("Laplace", "Sobel across", "Sobel down"):
        assert sums[name] == pytest.approx(0), name


def test_a_kernel_goes_in_and_comes_back():
    sobel = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    editor = KernelEditor(sobel)
    assert editor.kernel.tolist() == sobel
    assert editor.kernel_name == "Sobel across"
    expected = ops.convolve_2d(data.hopper().astype(float), sobel, "same")
    np.testing.assert_allclose(editor.output, expected)
    editor.kernel = np.arange(25).reshape(5, 5)
    assert editor.kernel_name == "yours"
    assert editor.canvas.place_max == 4
    editor.kernel = "mean"
    assert editor.kernel.shape == (5, 5)


def test_a_flat_image_lights_up_at_its_frame_only():
    editor = KernelEditor("Laplace", image=np.full((8, 8), 100))
    assert editor.output[0, 0] == 500
    assert editor.output[0, 3] == 300
    assert not editor.output[1:-1, 1:-1].any()


def test_resizing_keeps_the_middle(run_module):
    kernel = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    larger = run_module(JS, "m.resized(inputs, 5)", kernel)
    assert larger == np.pad(kernel, 1).tolist()
    assert run_module(JS, "m.resized(inputs, 3)", larger) == kernel


def test_clipping_and_rescaling_show_what_they_say(run_module):
    levels = run_module(JS, "[...m.greys(inputs, 0, 255)]", [-50, 0, 100, 255, 400])
    assert levels[::4] == [0, 0, 100, 255, 255]
    levels = run_module(JS, "[...m.greys(inputs, -50, 400)]", [-50, 175, 400])
    assert levels[::4] == [0, 128, 255]


def test_the_description_tells_what_the_lesson_asks_about():
    laplace = KernelEditor("Laplace")
    output = laplace.output
    below, above = 100 * (output < -0.5).mean(), 100 * (output >= 255.5).mean()
    said = laplace.describe().text
    assert f"clipped: {below:.1f} % of its pixels are below 0 and black" in said
    assert f"{above:.1f} % above 255 and white" in said
    assert "rescaled: its lowest value is black" in KernelEditor(scaling="rescale").describe().text
    flat = KernelEditor([[0, 0, 0], [0, 2, 0], [0, 0, 0]], image=np.full((8, 9), 60))
    assert "Your own kernel of 3 rows and 3 columns on your image of 8" in flat.describe().text
    assert "on average 60; the output from 120 to 120, on average 120." in flat.describe().text
    doubled = KernelEditor([[0, 0, 0], [0, 2, 0], [0, 0, 0]], show="difference")
    assert "The picture shows output − input, from 5 to 255" in doubled.describe().text


def test_a_sum_below_zero_is_put_into_words():
    assert "comes out negative, −1 times itself" in KernelEditor(-np.eye(3) / 3).describe().text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"kernel": np.eye(4)}, "4 rows and 4 columns; give 3 of both or 5"),
        ({"kernel": [[1, 2, 3]]}, "1 row and 3 columns"),
        ({"kernel": np.full((3, 3), 31)}, "beyond 30"),
        ({"kernel": "blur"}, "kernel must be one of"),
        ({"image": np.zeros((300, 300))}, "between 8 and 256"),
        ({"image": np.full((9, 9), -1)}, "grey levels from 0 to 255"),
        ({"image": np.zeros((9, 9, 3))}, "rows and columns"),
        ({"picture": "your image"}, "picture must be one of 'photograph', 'digit'"),
        ({"scaling": "wrap"}, "scaling must be one of"),
        ({"show": "input"}, "show must be one of"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        KernelEditor(**arguments)
    assert str(error.value).startswith("KernelEditor: ")
