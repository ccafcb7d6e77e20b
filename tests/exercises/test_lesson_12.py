"""Lesson 12's references against Pillow and plain Python, on random input."""

import string
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from tests.exercises.references import exercises, references

LESSON = "12_your_own_pictures"
of = references(LESSON)
bytes_of = st.integers(0, 255)


@st.composite
def pictures(draw):
    """A picture of any small size, in colour or grey."""
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 12)))
    if draw(st.booleans()):
        shape = (*shape, 3)
    return draw(hnp.arrays(np.uint8, shape, elements=bytes_of))


@given(st.lists(pictures(), min_size=1, max_size=3), st.integers(1, 9))
@settings(max_examples=40)
def test_a_batch_has_the_middle_pixel_of_each_cell_of_pillows_square(some, side):
    batch = of["to_batch"](some, side)
    assert batch.shape == (len(some), 3, side, side)
    for one, got in zip(some, batch, strict=True):
        image = Image.fromarray(one).convert("RGB")
        square = min(image.size)
        left, top = (image.width - square) // 2, (image.height - square) // 2
        image = image.crop((left, top, left + square, top + square))
        middles = [int((n + Fraction(1, 2)) * Fraction(square, side)) for n in range(side)]
        for i, j in np.ndindex(side, side):
            pixel = image.getpixel((middles[j], middles[i]))
            assert tuple(np.rint(got[:, i, j] * 255)) == pixel


def test_pictures_of_the_networks_size_stay_as_they_are():
    one = np.random.default_rng(0).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    assert np.array_equal(of["to_batch"]([one])[0] * 255, one.transpose(2, 0, 1))


names = st.text(string.ascii_letters + "äßжの 1", min_size=1, max_size=4)


@given(st.dictionaries(names, st.integers(0, 3), max_size=5), st.randoms())
def test_a_data_set_does_not_depend_on_the_order_of_the_folders(counts, random):
    folders = {name: [(name, n) for n in range(many)] for name, many in counts.items()}
    shuffled = list(folders)
    random.shuffle(shuffled)
    found, labels, classes = of["make_dataset"]({name: folders[name] for name in shuffled})
    assert classes == sorted(name for name, many in counts.items() if many)
    assert [classes[label] for label in labels] == [name for name, _ in found]
    assert sorted(found) == sorted(one for some in folders.values() for one in some)
    assert sorted(set(labels.tolist())) == list(range(len(classes)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_the_recalls_are_the_diagonal_over_the_rows_of_the_confusion_matrix(pairs):
    labels, said = np.array(pairs).T
    shares = of["per_class_recall"](labels, said, 5)
    for number, share in enumerate(shares):
        of_it = [answer for label, answer in pairs if label == number]
        if of_it:
            assert share == pytest.approx(of_it.count(number) / len(of_it))
        else:
            assert np.isnan(share)


@given(hnp.arrays(float, st.tuples(st.integers(1, 9), st.just(3)), elements=bytes_of), st.data())
def test_the_surest_mistakes_come_first_and_nothing_that_is_right(chances, data):
    labels = data.draw(hnp.arrays(int, len(chances), elements=st.integers(0, 2)))
    several = data.draw(st.integers(1, 10))
    found = of["top_mistakes"](chances, labels, several)
    wrong = [n for n in range(len(labels)) if chances[n].argmax() != labels[n]]
    assert found.tolist() == sorted(wrong, key=lambda n: (-chances[n].max(), n))[:several]


@given(hnp.arrays(np.uint8, st.tuples(*[st.integers(1, 4)] * 3, st.just(3)), elements=bytes_of))
def test_the_mended_trap_keeps_every_pixel_where_it_is(some):
    moved = of["trap_channels"](some)
    for n, row, column, colour in np.ndindex(some.shape):
        assert moved[n, colour, row, column] == some[n, row, column, colour]


MEASURES = exercises(LESSON)["own_plan"].demands


def measured(name, plan, seed=0):
    return MEASURES[name].measure(lambda: plan, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def plan():
    return exercises(LESSON)["own_plan"].answer()


PLANS = {"hidden": 24, "kernels": [5], "size": 5}, {"kernels": [3, 4, 5, 6], "side": 32}


@pytest.mark.parametrize("change", [*PLANS, {"kernels": []}, {"kernels": [], "hidden": 7}])
def test_weights_and_multiplications_are_counted_as_the_network_has_them(plan, change):
    """A multiplication is counted by its meaning: a weight is used once at each place."""
    module = MEASURES["gain"].measure.__globals__
    changed = {**plan, "kernels": (), **change}
    changed["kernels"] = tuple(changed["kernels"])
    model = module["network"](changed, 0)
    assert measured("weights", {**changed, "kernels": list(changed["kernels"])}) == len(
        model.parameter_vector
    )
    each, side = 0, changed["side"]
    for name, weights in model.parameters.items():
        if name.endswith("_w"):
            places = side**2 if name.startswith("conv") else 1
            each, side = each + weights.size * places, side // 2
    passes = 3 * 28 * 4 * 3 * changed["epochs"]
    assert measured("work", changed) == pytest.approx(each * passes / 1e9)


NONSENSE = {
    "no dictionary": [1],
    "a name missing": {"side": 16},
    "side 24": {"side": 24},
    "an even size": {"size": 4},
    "half an epoch": {"epochs": 2.5},
    "no epoch": {"epochs": 0},
    "five layers": {"kernels": [4] * 5},
    "a number of kernels": {"kernels": 8},
    "no kernel": {"kernels": [8, 0]},
    "True": {"kernels": [True]},
    "words": {"rate": "fast"},
    "nan": {"rate": float("nan")},
    "a slope of 1": {"slope": 1.0},
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_plan_that_is_none_is_told_in_a_sentence(plan, nonsense):
    whole = nonsense in ([1], {"side": 16})
    asked = nonsense if whole else {**plan, **nonsense}
    with pytest.raises(Exception, match=r"^[A-Za-z].*\.$") as error:
        measured("weights", asked)
    assert type(error.value).__name__ == "NotMeasured"


@pytest.mark.parametrize("change", [{"kernels": [64, 128]}, {"epochs": 500}])
def test_what_is_over_the_budget_is_not_trained(plan, change):
    with pytest.raises(Exception, match="It is not trained"):
        measured("gain", {**plan, **change})
