"""Lesson 08's references against slopes measured on SciPy's layers, on random input."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage, signal, special

from tests.exercises.references import arrays, in_the_courses_network, references, slopes

of = references("08_training")
few = st.integers(1, 3)
scores = arrays((1, 3), (2, 5), low=-12, high=12).map(lambda whole: whole / 4)


def correlated(x, w, padding=0):
    """Each kernel over each example by SciPy's correlation in three dimensions."""
    frame = ((0, 0), (padding, padding), (padding, padding))
    padded = [np.pad(example, frame) for example in x]
    layer = [[signal.correlate(e, k, "valid", method="direct")[0] for k in w] for e in padded]
    return np.array(layer)


def mean_loss(s, labels):
    """The mean cross-entropy of scores, by SciPy."""
    return -special.log_softmax(s, axis=1)[np.arange(len(s)), labels].mean()


@given(arrays((1, 3), (1, 3)), arrays(9, 9), st.sampled_from([float, int]))
def test_a_numerical_gradient_is_the_derivative_and_leaves_x_alone(x, table, kind):
    x = x.astype(kind)
    part = table[: x.size, : x.size]

    def parabola(at):
        return at.ravel() @ part @ at.ravel() + 3 * at.sum()

    derivative = ((part + part.T) @ x.ravel() + 3).reshape(x.shape)
    assert np.allclose(of["numerical_gradient"](parabola, x), derivative, atol=1e-4)
    exact = of["numerical_gradient"](parabola, x, 0.5)  # as it is of a parabola for any step
    assert np.allclose(exact, derivative)
    measured = of["numerical_gradient"](lambda at: np.sum(at**3), x, 0.5)
    assert measured.shape == x.shape
    assert np.allclose(measured, 3.0 * x**2 + 0.5**2)  # what a step of 0.5 makes of a cube


@given(few.flatmap(lambda n: st.tuples(arrays(n, 4), arrays(n, 4, low=-2, high=2))))
def test_relus_gradient_passes_where_x_is_positive(pair):
    grad, x = pair
    expected = [g if number > 0 else 0 for g, number in zip(grad.flat, x.flat, strict=True)]
    assert of["relu_backward"](grad, x).ravel().tolist() == expected


@given(few, few, few, st.data())
def test_a_dense_layers_gradients_are_the_measured_ones(n, inputs, units, data):
    x, w = data.draw(arrays(n, inputs)), data.draw(arrays(inputs, units))
    grad = data.draw(arrays(n, units))

    def loss(x, w, b):
        return np.sum(grad * (np.einsum("ni,io->no", x, w) + b))

    b = np.zeros(units)
    measured = [
        slopes(lambda x: loss(x, w, b), x),
        slopes(lambda w: loss(x, w, b), w),
        slopes(lambda b: loss(x, w, b), b),
    ]
    for ours, theirs in zip(of["dense_backward"](grad, x, w), measured, strict=True):
        assert np.array_equal(ours, theirs)


@given(scores, st.data())
def test_the_scores_gradient_is_that_of_scipys_log_softmax(s, data):
    labels = data.draw(arrays(len(s), low=0, high=s.shape[1] - 1)).astype(int)
    measured = slopes(lambda moved: mean_loss(moved, labels), s, step=1e-4)
    found = of["softmax_cross_entropy_backward"](s, labels)
    assert np.allclose(found, measured, atol=1e-7)
    huge = of["softmax_cross_entropy_backward"](1000 * s, labels)
    right = np.eye(s.shape[1])[labels]
    assert np.allclose(huge, (special.softmax(1000 * s, axis=1) - right) / len(s))


@given(arrays((3, 4), (3, 4)), st.integers(1, 2), st.data())
def test_poolings_gradient_goes_to_the_first_of_the_largest(window, size, data):
    x = np.stack([window, -window])[:, None]
    rows, columns = (side // size for side in window.shape)
    grad = data.draw(arrays(2, 1, rows, columns))
    expected = np.zeros(x.shape)
    for n, i, j in np.ndindex(2, rows, columns):
        down, across = range(i * size, (i + 1) * size), range(j * size, (j + 1) * size)
        winner = max(itertools.product(down, across), key=lambda place: x[n, 0, *place])
        expected[n, 0, *winner] = grad[n, 0, i, j]
    assert np.array_equal(of["max_pool_backward"](grad, x, size), expected)


@given(arrays((1, 3), (1, 3), low=-1, high=1), st.integers(-9, 9))
def test_in_the_mended_trap_one_of_the_equals_gets_everything(window, grad):
    given_back = of["trap_tie"](window, grad)
    first = window.ravel().tolist().index(window.max())
    assert given_back.ravel().tolist() == [grad * (i == first) for i in range(window.size)]


@given(few, st.permutations(range(36)), st.data())
def test_poolings_gradient_is_the_measured_one_where_no_two_numbers_are_alike(c, order, data):
    x = np.array(order * c, dtype=float).reshape(1, c, 4, 9)
    grad = data.draw(arrays(1, c, 2, 4))

    def loss(at):
        return np.sum(grad * at[:, :, :, :8].reshape(1, c, 2, 2, 4, 2).max(axis=(3, 5)))

    assert np.array_equal(of["max_pool_backward"](grad, x), slopes(loss, x, step=0.25))


@given(few, few, few, st.integers(1, 3), st.integers(0, 2), st.data())
@settings(max_examples=25)
def test_a_convolutions_gradients_are_the_measured_ones(n, c, d, r, padding, data):
    x, w = data.draw(arrays(n, c, (3, 4), (3, 4))), data.draw(arrays(d, c, r, r))
    shape = correlated(x, w, padding).shape
    grad = data.draw(arrays(*shape))
    grad_x, grad_w, grad_b = of["conv_backward"](grad, x, w, padding)
    by_x = slopes(lambda x: np.sum(grad * correlated(x, w, padding)), x)
    by_w = slopes(lambda w: np.sum(grad * correlated(x, w, padding)), w)
    assert np.array_equal(grad_x, by_x)
    assert np.array_equal(grad_w, by_w)
    assert np.array_equal(grad_b, [grad[:, kernel].sum() for kernel in range(d)])


@given(arrays(4, 3), st.sampled_from([0.0, 0.5, 0.9]), st.booleans())
def test_steps_with_momentum_add_up_as_a_sum_of_all_earlier_gradients(grads, momentum, usual):
    momentum = 0.9 if usual else momentum
    p, v, rate = {"w": np.array([1.0, -2, 3])}, {}, 0.25
    moved = p["w"].copy()
    for step in range(len(grads)):
        before = p["w"].copy()
        after, v = of["sgd_step"](p, {"w": grads[step]}, v, rate, *[momentum] * (not usual))
        assert np.array_equal(p["w"], before)
        p = after
        faded = momentum ** np.arange(step, -1, -1)
        moved -= rate * faded @ grads[: step + 1]
        assert np.allclose(v["w"], -rate * faded @ grads[: step + 1])
    assert np.allclose(p["w"], moved)


def small_network(seed, maps=2, classes=3):
    """Parameters of the lesson's network for pictures of 6 × 7, no two products alike."""
    rng = np.random.default_rng(seed)
    shapes = {"conv_w": (maps, 1, 3, 3), "conv_b": (maps,), "dense_w": (4 * maps, classes)}
    p = {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}
    return p | {"dense_b": rng.normal(0, 0.5, classes)}, rng.normal(0, 1, (2, 1, 6, 7))


@given(st.integers(0, 10**6), st.lists(st.integers(0, 2), min_size=2, max_size=2))
@settings(max_examples=10)
def test_all_gradients_of_the_network_are_the_measured_ones(seed, labels):
    p, x = small_network(seed)
    labels = np.array(labels)

    def loss(p):
        maps = correlated(x, p["conv_w"]) + p["conv_b"][:, None, None]
        bright = np.where(maps > 0, maps, 0)[:, :, :, :4]
        flat = bright.reshape(2, 2, 2, 2, 2, 2).max(axis=(3, 5)).reshape(2, -1)
        return mean_loss(flat @ p["dense_w"] + p["dense_b"], labels)

    found, gradients = of["small_gradients"](x, labels, p)
    assert np.isclose(found, loss(p))
    for name, array in p.items():
        measured = slopes(lambda at, name=name: loss(p | {name: at}), array, step=1e-6)
        assert np.allclose(gradients[name], measured, atol=1e-6), name


@given(st.integers(0, 10**6), st.integers(1, 32), st.integers(0, 3))
@settings(max_examples=10)
def test_training_takes_the_steps_of_the_courses_network_from_the_same_start(seed, n, epochs):
    """With one batch an epoch its order makes no difference."""
    rng = np.random.default_rng(seed)
    images, labels = rng.integers(0, 17, (n, 1, 8, 8)) / 16, rng.integers(0, 10, n)
    twin = in_the_courses_network(of["train"](images, labels, 0, seed))
    velocity = np.zeros_like(twin.parameter_vector)
    for _ in range(epochs):
        twin.zero_grad()
        twin.forward_backward(images, labels)
        velocity = 0.9 * velocity - 0.1 * twin.gradient_vector
        twin.parameter_vector += velocity
    trained = of["train"](images, labels, epochs, seed)
    for name, array in trained.items():
        kind, letter = name.split("_")
        assert np.allclose(array, twin.parameters[f"{kind}1_{letter}"]), name


@given(st.integers(33, 70), st.integers(0, 9), st.integers(1, 3))
@settings(max_examples=5)
def test_training_takes_batches_of_32_and_the_rest(n, label, epochs):
    """On blank sheets with one label the order makes no difference either."""
    images, labels = np.zeros((n, 1, 8, 8)), np.full(n, label)
    twin = in_the_courses_network(of["train"](images, labels, 0, 1))
    velocity = np.zeros_like(twin.parameter_vector)
    for start in [*range(0, n, 32)] * epochs:
        twin.zero_grad()
        twin.forward_backward(images[start : start + 32], labels[start : start + 32])
        velocity = 0.9 * velocity - 0.1 * twin.gradient_vector
        twin.parameter_vector += velocity
    biases = of["train"](images, labels, epochs, 1)["dense_b"]
    assert np.allclose(biases, twin.parameters["dense1_b"])


@given(st.integers(1, 4), st.data())
def test_each_picture_is_moved_as_scipy_shifts_it(n, data):
    images = data.draw(arrays(n, 1, (2, 5), (2, 5)))
    steps = arrays(n, low=-3, high=3).map(lambda whole: whole.astype(int))
    down, right = data.draw(steps), data.draw(steps)
    expected = [
        ndimage.shift(image[0], (d, r), order=0)[None]
        for image, d, r in zip(images, down, right, strict=True)
    ]
    assert np.array_equal(of["shift_batch"](images, down, right), expected)
