"""A network answers, keeps its weights in a file, and says which shapes it takes."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convolab import ops
from convolab.data import data_file, digits32, split
from convolab.nn import (
    Conv2D,
    Dense,
    Flatten,
    MaxPool2D,
    ReLU,
    Sequential,
    error_rate,
    lenet,
    small_cnn,
)


def pictures(count=5, side=8, seed=0):
    return np.random.default_rng(seed).random((count, 1, side, side), dtype=np.float32)


def test_a_large_batch_is_answered_like_its_samples_alone():
    model, x = small_cnn(), pictures(150)
    alone = np.concatenate([model.forward(x[i : i + 1]) for i in range(150)])
    assert_allclose(model.forward(x), alone, atol=1e-5)
    assert_array_equal(model.predict(x), alone.argmax(axis=1))


def test_probabilities_are_the_softmax_of_the_scores():
    model, x = small_cnn(), pictures()
    assert_allclose(model.probabilities(x), ops.softmax(model.forward(x)), atol=1e-6)


def test_the_gradient_of_a_batch_is_the_mean_over_its_samples():
    model, x, labels = small_cnn(), pictures(70), np.arange(70) % 10

    def answer(x, labels):
        model.zero_grad()
        return *model.forward_backward(x, labels), model.gradient_vector.copy()

    loss, right, whole = answer(x, labels)
    alone = [answer(x[i : i + 1], labels[i : i + 1]) for i in range(70)]
    assert_allclose(loss, np.mean([one[0] for one in alone]), rtol=1e-5)
    assert_allclose(right, np.mean([one[1] for one in alone]))
    assert_allclose(whole, np.mean([one[2] for one in alone], axis=0), atol=1e-5)
    assert_allclose(loss, ops.cross_entropy(model.probabilities(x), labels), rtol=1e-5)


def test_gradients_add_up_until_they_are_set_to_zero():
    model, x, labels = small_cnn(), pictures(), np.arange(5)
    model.forward_backward(x, labels)
    once = {name: array.copy() for name, array in model.gradients.items()}
    model.forward_backward(x, labels)
    for name, array in model.gradients.items():
        assert_allclose(array, 2 * once[name], rtol=1e-5)
    model.zero_grad()
    assert not any(array.any() for array in model.gradients.values())


def test_the_gradient_of_the_pictures_is_the_measured_one_and_touches_no_other():
    layers = [Conv2D(3, 3, 1, 1), ReLU(), MaxPool2D(2), Flatten(), Dense(4)]
    model, rng = Sequential(layers, (2, 6, 5), dtype=np.float64), np.random.default_rng(0)
    x, grad = rng.random((70, 2, 6, 5)), rng.normal(size=(70, 4))
    found = model.input_gradient(x, grad)
    for place in [(0, 0, 0, 0), (5, 1, 3, 2), (66, 0, 5, 4), (69, 1, 2, 1)]:
        sides = []
        for step in (1e-6, -1e-6):
            moved = x.copy()
            moved[place] += step
            sides.append((grad * model.forward(moved)).sum())
        assert_allclose(found[place], (sides[0] - sides[1]) / 2e-6, atol=1e-6)
    assert not model.gradient_vector.any()
    assert found.shape == x.shape


def test_a_dense_network_goes_back_to_its_inputs_and_asks_for_a_number_for_every_score():
    model = Sequential([Dense(3)], (4,), dtype=np.float64)
    x, grad = np.ones((2, 4)), np.arange(6.0).reshape(2, 3)
    assert_allclose(model.input_gradient(x, grad), grad @ model.parameters["dense1_w"].T)
    with pytest.raises(ValueError, match=r"\(2, 3\), not \(2,\)"):
        model.input_gradient(x, np.ones(2))


def test_each_parameter_has_a_gradient_of_its_name_and_shape():
    model = lenet()
    parameters, gradients = model.parameters, model.gradients
    assert {n: a.shape for n, a in gradients.items()} == {n: a.shape for n, a in parameters.items()}
    model.gradient_vector[:] = np.arange(model.gradient_vector.size)
    assert_array_equal(np.concatenate([a.ravel() for a in gradients.values()]), np.arange(61706))


def test_bytes_count_as_0_to_1_and_nothing_is_written_to_the_pictures():
    model = small_cnn()
    x = np.random.default_rng(1).integers(0, 256, (3, 1, 8, 8), dtype=np.uint8)
    before = x.copy()
    assert_allclose(model.forward(x), model.forward(x / 255), atol=1e-5)
    assert_array_equal(x, before)


def test_the_same_seed_gives_the_same_weights_and_another_gives_others():
    assert_array_equal(lenet(3).parameter_vector, lenet(3).parameter_vector)
    assert not np.array_equal(lenet(3).parameter_vector, lenet(4).parameter_vector)
    assert_allclose(lenet(3).parameters["dense1_w"].std(), np.sqrt(2 / 400), rtol=0.02)
    assert not lenet(3).parameters["conv1_b"].any()


def test_lenet_has_the_names_and_shapes_of_lesson_07():
    shapes = {name: array.shape for name, array in lenet().parameters.items()}
    assert shapes == {
        "conv1_w": (6, 1, 5, 5),
        "conv1_b": (6,),
        "conv2_w": (16, 6, 5, 5),
        "conv2_b": (16,),
        "dense1_w": (400, 120),
        "dense1_b": (120,),
        "dense2_w": (120, 84),
        "dense2_b": (84,),
        "dense3_w": (84, 10),
        "dense3_b": (10,),
    }


def test_the_summary_counts_every_parameter():
    lines = lenet().summary().splitlines()
    assert lines[2].split() == ["Conv2D(6,", "5,", "1,", "0)", "6×28×28", "156"]
    assert lines[-1].split() == ["total", "61,706"]


def test_every_layer_can_be_looked_into():
    model, x = lenet(), pictures(3, 32)
    inside = model.activations(x)
    assert [a.shape for a in inside[:3]] == [(3, 6, 28, 28), (3, 6, 14, 14), (3, 6, 14, 14)]
    assert_allclose(inside[0], ops.conv_forward(x, *list(model.parameters.values())[:2]), atol=1e-5)
    assert_allclose(inside[-1], model.forward(x), atol=1e-6)
    assert (inside[1] < 0).any(), "ReLU must not have changed what pooling gave"


def test_weights_come_back_from_their_file(tmp_path):
    model, other = lenet(1), lenet(2)
    model.save(tmp_path / "weights.npz")
    assert other.load(tmp_path / "weights.npz") is other
    assert_array_equal(other.parameter_vector, model.parameter_vector)
    assert_array_equal(other.forward(pictures(2, 32)), model.forward(pictures(2, 32)))


def test_another_networks_file_is_refused_and_changes_nothing(tmp_path):
    small_cnn().save(tmp_path / "small.npz")
    model = lenet()
    before = model.parameter_vector.copy()
    with pytest.raises(ValueError, match=r"small\.npz is from another network: conv1_b is \(16,\)"):
        model.load(tmp_path / "small.npz")
    np.savez(tmp_path / "less.npz", **dict(list(model.parameters.items())[:-1]))
    with pytest.raises(ValueError, match="dense3_b is missing"):
        model.load(tmp_path / "less.npz")
    assert_array_equal(model.parameter_vector, before)


@pytest.mark.parametrize("content", ["", "text", "array", "cut", "pickle", "words"])
def test_a_broken_file_is_refused_in_a_sentence(tmp_path, content):
    path, model = tmp_path / "weights.npz", small_cnn()
    if content == "array":
        with open(path, "wb") as file:
            np.save(file, np.ones(3))
    elif content == "cut":
        model.save(path)
        path.write_bytes(path.read_bytes()[:1000])
    elif content == "pickle":
        np.savez(path, conv1_w=np.array([{}], dtype=object))
    elif content == "words":
        np.savez(path, conv1_w=np.array(["a", "b"]))
    else:
        path.write_text(content)
    with pytest.raises(ValueError, match=r"weights\.npz is not a file of weights"):
        model.load(path)


@pytest.mark.parametrize("shape", [(3, 8, 8), (3, 1, 8, 9), (3, 2, 8, 8), (0, 1, 8, 8), (64,)])
def test_a_wrong_batch_is_refused_by_the_first_layers_name(shape):
    with pytest.raises(ValueError, match=r"layer 0, Conv2D.*\(N, 1, 8, 8\), not \("):
        small_cnn().forward(np.zeros(shape))


@pytest.mark.parametrize(
    "labels", [[0, 1], [0, 1, 10], [-1, 0, 0], [0.0, 1.0, 2.0], [[0], [1], [2]]]
)
def test_wrong_labels_are_refused_by_the_last_layers_name(labels):
    with pytest.raises(ValueError, match=r"the last layer, Dense\(10\), takes 3 labels"):
        small_cnn().forward_backward(pictures(3), labels)


def test_a_label_that_is_no_class_is_named():
    with pytest.raises(ValueError, match=r"from 0 to 9; got numbers from 2 to 10"):
        small_cnn().forward_backward(pictures(3), [2, 10, 3])


def test_numbers_without_rows_and_columns_go_through_dense_layers():
    model = Sequential([Dense(4)], (3,), dtype=np.float64)
    x = np.random.default_rng(0).random((5, 3))
    parameters = model.parameters
    expected = ops.dense(x, parameters["dense1_w"], parameters["dense1_b"])
    assert_allclose(model.forward(x), expected, atol=1e-12)


def test_a_convolution_sees_a_row_as_a_row():
    layer = Conv2D(1, 2)
    model = Sequential([layer, Flatten(), Dense(2)], (1, 2, 3), dtype=np.float64)
    layer.w[...] = [[[[1, 10], [100, 1000]]]]
    x = np.arange(6.0).reshape(1, 1, 2, 3)
    assert_array_equal(model.activations(x)[0][0, 0], [[4310, 5421]])


def test_the_shipped_lenet_reads_digits_it_has_not_seen_also_through_the_lessons_functions():
    model = lenet().load(data_file("lenet_digits.npz"))
    images, labels = digits32()
    _, test = split(labels)
    x = images[test][:, None]
    assert error_rate(model, x, labels[test]) < 0.02
    p, h = model.parameters, x[:20]
    for number in (1, 2):
        h = ops.conv_forward(h, p[f"conv{number}_w"], p[f"conv{number}_b"])
        h = ops.pool_forward(ops.relu(h))
    h = ops.flatten(h)
    for number in (1, 2, 3):
        h = ops.dense(ops.relu(h), p[f"dense{number}_w"], p[f"dense{number}_b"])
    assert_allclose(ops.softmax(h), model.probabilities(x[:20]), atol=1e-5)
