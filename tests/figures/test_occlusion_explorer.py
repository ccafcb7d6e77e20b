"""OcclusionExplorer without a browser: its numbers, the networks it takes, and what it refuses."""

import numpy as np
import pytest

from convolab import nn, ops
from convolab.figures import OcclusionExplorer

JS = "occlusion_explorer.js"
RNG = np.random.default_rng(11)


def network_for(shape, *, kernels, side, classes, rng=RNG):
    """A random network in the form of lesson 08."""
    h, w = ((length - side + 1) // 2 for length in shape)
    return {
        "conv_w": rng.normal(size=(kernels, 1, side, side)),
        "conv_b": rng.normal(size=kernels) / 5,
        "dense_w": rng.normal(size=(kernels * h * w, classes)) / np.sqrt(kernels * h * w),
        "dense_b": rng.normal(size=classes) / 5,
    }


def scores_of(image, p):
    """The scores of one picture (H, W), by the functions of lesson 07."""
    maps = ops.relu(ops.conv_forward(image[None, None], p["conv_w"], p["conv_b"]))
    return ops.dense(ops.flatten(ops.pool_forward(maps)), p["dense_w"], p["dense_b"])[0]


def parameters_of(figure):
    """The weights that the browser has, after their way through two bytes, as a dictionary."""
    n = figure._network
    return {"conv_w": n.conv_w[:, None], "conv_b": n.conv_b,
            "dense_w": n.dense_w, "dense_b": n.dense_b}  # fmt: skip


def random_figure(rng):
    """Any network, picture, square and class."""
    side, size = (int(rng.integers(1, most)) for most in (5, 6))
    shape = tuple(int(n) for n in rng.integers(max(side + 1, size), 13, 2))
    kernels, classes = int(rng.integers(1, 9)), int(rng.integers(2, 13))
    network = network_for(shape, kernels=kernels, side=side, classes=classes, rng=rng)
    return OcclusionExplorer(
        network,
        rng.integers(0, 17, (2, *shape)) / 16,
        picture=1,
        size=size,
        fill=float(rng.integers(0, 101)) / 100,
        row=int(rng.integers(0, shape[0] - size + 1)),
        column=int(rng.integers(0, shape[1] - size + 1)),
        target=None if rng.random() < 0.3 else int(rng.integers(classes)),
        show=str(rng.choice(["probability", "score"])),
    )


@pytest.fixture(scope="module")
def any_figures():
    return [random_figure(RNG) for _ in range(100)]


def test_the_browser_computes_what_python_computes_on_100_random_inputs(run_module, any_figures):
    found = run_module(
        JS, "inputs.map((t) => m.view(m.stateOf((name) => t[name])))",
        [figure.canvas.state() for figure in any_figures],
    )  # fmt: skip
    for figure, v in zip(any_figures, found, strict=True):
        as_arrays = {
            key: np.array(list(v[key].values())) if isinstance(v[key], dict) else np.array(v[key])
            for key in ("scores", "covered", "drops", "saliency", "chances", "left")
        }
        for key, ours in (
            ("scores", figure.scores), ("covered", figure.covered_scores),
            ("drops", figure.occlusion_map), ("saliency", figure.saliency),
            ("chances", figure.probabilities), ("left", figure.covered_probabilities),
        ):  # fmt: skip
            np.testing.assert_allclose(as_arrays[key], np.ravel(ours), atol=1e-9, err_msg=key)
        assert (v["target"], v["answer"]) == (figure.target, figure.answer)
        assert v["drop"] == pytest.approx(figure.drop, abs=1e-9)


def test_the_map_is_what_a_slow_loop_finds(any_figures):
    for figure in any_figures[:30]:
        p, image, size = parameters_of(figure), figure.image, figure.size
        probability = figure.canvas.show == 0

        def value(picture, p=p, k=figure.target, probability=probability):
            scores = scores_of(picture, p)
            return (ops.softmax(scores) if probability else scores)[k]

        h, w = image.shape
        expected = np.zeros((h - size + 1, w - size + 1))
        for i in range(h - size + 1):
            for j in range(w - size + 1):
                picture = image.copy()
                for y in range(size):
                    for x in range(size):
                        picture[i + y, j + x] = figure.fill
                expected[i, j] = value(image) - value(picture)
        np.testing.assert_allclose(figure.occlusion_map, expected, atol=1e-12)
        assert figure.drop == figure.occlusion_map[figure.row, figure.column]
        np.testing.assert_allclose(figure.drop, value(image) - value(figure.covered), atol=1e-12)


def test_the_saliency_is_the_slope_that_finite_differences_measure():
    """Where a nudge turns no ReLU and no maximum, which pixels drawn at random allow."""
    rng, h = np.random.default_rng(3), 1e-6
    for _ in range(20):
        shape = tuple(int(n) for n in rng.integers(5, 10, 2))
        network = network_for(shape, kernels=4, side=3, classes=5, rng=rng)
        figure = OcclusionExplorer(network, rng.uniform(size=shape), target=int(rng.integers(5)))
        p, image, saliency, k = (
            parameters_of(figure), figure.image, figure.saliency, figure.target,
        )  # fmt: skip
        for row, column in np.ndindex(*shape):
            nudge = np.zeros(shape)
            nudge[row, column] = h
            up, down = (scores_of(image + sign * nudge, p)[k] for sign in (1, -1))
            assert saliency[row, column] == pytest.approx(abs(up - down) / (2 * h), abs=1e-5)


def test_it_takes_the_course_s_engine_in_either_order_and_by_its_parameters():
    images, found = RNG.uniform(size=(3, 1, 8, 9)), []
    for middle in ([nn.ReLU(), nn.MaxPool2D(2)], [nn.MaxPool2D(2), nn.ReLU()]):
        model = nn.Sequential([nn.Conv2D(5, 3), *middle, nn.Flatten(), nn.Dense(4)], (1, 8, 9), 2)
        for network in (model, model.parameters):
            found.append(OcclusionExplorer(network, images, picture=2))
            np.testing.assert_allclose(found[-1].scores, model.forward(images)[2], atol=1e-3)
    assert all((figure.saliency == found[0].saliency).all() for figure in found)


def test_the_network_that_it_brings_reads_all_its_digits():
    for digit in range(10):
        figure = OcclusionExplorer(picture=digit)
        assert figure.answer == digit == figure.target
        assert figure.probabilities[digit] > 0.5


def test_the_answer_is_that_of_the_picture_without_the_square():
    figure = OcclusionExplorer(picture=3)
    drops = figure.occlusion_map
    figure.canvas.row, figure.canvas.column = map(
        int, np.unravel_index(drops.argmax(), drops.shape)
    )
    assert figure.covered_probabilities.argmax() != 3
    assert figure.answer == figure.target == 3
    assert figure.describe().text.count("and the answer is") == 1


def test_a_square_that_changes_nothing_drops_nothing():
    blank = OcclusionExplorer(images=np.zeros((8, 8)))
    assert np.abs(blank.occlusion_map).max() == 0
    assert "changes by less than 0.01" in blank.describe().text


def test_pictures_of_lesson_11_arrive_as_they_are():
    image = RNG.integers(0, 17, (8, 8)) / 16
    fooled = image + 0.03 * np.sign(RNG.normal(size=(8, 8)))  # not clipped
    figure = OcclusionExplorer(images={"a digit": image, "fooled": fooled})
    assert (figure.image == image).all()
    figure.canvas.picture = 1
    np.testing.assert_allclose(figure.image, fooled, atol=1e-4)
    for images in (
        image,
        [image, fooled],
        np.stack([image, fooled])[:, None],
        {"one": image[None]},
    ):
        assert (OcclusionExplorer(images=images).image == image).all()


def test_the_square_stays_inside_when_it_grows(run_module):
    figure = OcclusionExplorer(size=1, row=7, column=6)
    figure.canvas.size = 4
    v = run_module(JS, "m.view(m.stateOf((name) => inputs[name]))", figure.canvas.state())
    assert (v["row"], v["column"]) == (figure.row, figure.column) == (4, 4)


def test_the_largest_network_and_picture_are_taken_and_stay_small(run_module):
    network = network_for((32, 32), kernels=32, side=3, classes=12)
    figure = OcclusionExplorer(network, RNG.uniform(size=(20, 32, 32)), size=5)
    state = figure.canvas.state()
    assert (len(state["weights"]) + len(state["pictures"])) * 4 / 3 < 300_000
    drops = run_module(JS, "[...m.stateOf((name) => inputs[name]).asked.drops]", state)
    np.testing.assert_allclose(drops, figure.occlusion_map.ravel(), atol=1e-9)
    assert figure.picture().png


GOOD = network_for((8, 8), kernels=2, side=3, classes=10)


def changed(**arrays):
    return {**GOOD, **arrays}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"network": 5}, "must be a dictionary of arrays or an nn.Sequential"),
        ({"network": {"conv_w": GOOD["conv_w"]}}, "lacks 'conv_b'"),
        ({"network": changed(conv_w="many")}, "conv_w must be an array of numbers"),
        ({"network": changed(conv_w=[[1], [1, 2]])}, "conv_w must be an array of numbers"),
        ({"network": changed(conv_w=np.ones((2, 3, 3)))}, r"give \(D, 1, R, R\)"),
        ({"network": changed(conv_w=np.ones((2, 3, 3, 3)))}, r"give \(D, 1, R, R\)"),
        ({"network": changed(conv_w=np.ones((33, 1, 3, 3)))}, "1 to 32 kernels"),
        ({"network": changed(conv_w=np.ones((2, 1, 8, 8)))}, "1 to 7 rows"),
        ({"network": changed(conv_b=np.ones(3))}, r"conv_b has the shape \(3,\); for 2 kernels"),
        ({"network": changed(dense_w=np.ones((9, 10)))}, r"it must be \(18, 10\)"),
        ({"network": changed(dense_b=np.ones(13))}, "one for each of 2 to 12 classes"),
        ({"network": changed(dense_w=np.full((18, 10), np.nan))}, "nan or infinity"),
        ({"network": changed(dense_w=np.full((18, 10), 1e9))}, "beyond a million"),
        ({"network": GOOD, "images": np.ones((2, 9, 10))}, "pictures of 9×10"),
        ({"network": GOOD, "images": np.ones((3, 3))}, "too small for kernels of 3×3"),
        ({"network": nn.lenet()}, "it shows the layers"),
        ({"images": np.ones((8, 8)) * 16}, "from 16 to 16; give 0 for black to 1 for white"),
        ({"images": np.ones((21, 8, 8))}, "there are 21 images; give 1 to 20"),
        ({"images": np.ones((0, 8, 8))}, "there are 0 images"),
        ({"images": {}}, "there are 0 images"),
        ({"images": np.ones((2, 3, 8, 8))}, r"must have the shape \(H, W\)"),
        ({"images": np.ones((33, 33))}, "between 2 and 32 rows"),
        ({"images": {3: np.ones((8, 8))}}, "name is text of 1 to 24 letters"),
        ({"images": {"a": np.ones((8, 8)), "b": np.ones((8, 9))}}, "must have one shape"),
        ({"images": [np.ones((8, 8)), np.ones((8, 9))]}, "different shapes"),
        ({"images": "digits"}, "must be an array"),
        ({"images": np.full((8, 8), np.nan)}, "nan or infinity"),
        ({"picture": 10}, "picture must be a whole number from 0 to 9"),
        ({"target": 10}, "target must be a whole number from 0 to 9"),
        ({"target": 3.0}, "target must be a whole number"),
        ({"size": 6}, "size must be a whole number from 1 to 5"),
        ({"fill": 1.1}, "fill must be a number from 0, black, to 1, white"),
        ({"fill": np.nan}, "fill must be a number"),
        ({"fill": "grey"}, "fill must be a number"),
        ({"row": 6}, "row must be a whole number from 0 to 5"),
        ({"column": -1}, "column must be a whole number from 0 to 5"),
        ({"show": "loss"}, "show must be one of 'probability', 'score'"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        OcclusionExplorer(**arguments)
    assert str(error.value).startswith("OcclusionExplorer: ")


def test_layers_that_it_does_not_show_are_named():
    for conv, pool in ((nn.Conv2D(4, 3, padding=1), 2), (nn.Conv2D(4, 3), 3)):
        layers = [conv, nn.ReLU(), nn.MaxPool2D(pool), nn.Flatten(), nn.Dense(10)]
        with pytest.raises(ValueError, match="stride 1 without padding and pooling of 2×2"):
            OcclusionExplorer(nn.Sequential(layers, (1, 8, 8)))
