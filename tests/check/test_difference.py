"""Anything beside anything is the same or differs here: nothing raises, and nothing takes long."""

import copy
import time
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from convolab.check import words
from convolab.check.answer import same_bits
from convolab.check.compare import Difference, difference
from convolab.check.encode import encode
from convolab.check.plain import MOST_BYTES, StandIn, taken_in
from convolab.check.report import Report
from convolab.check.verdict import Verdict
from tests.check.odd import GIVEN, made

pytestmark = pytest.mark.filterwarnings("ignore")  # of what nobody waits for, and of np.matrix

numbers = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.just(10**400), st.just(-(1 << 64))
)
texts = st.text(max_size=5)
arrays = st_numpy.arrays(
    st.one_of(
        st_numpy.boolean_dtypes(),
        st_numpy.integer_dtypes(),
        st_numpy.unsigned_integer_dtypes(),
        st_numpy.floating_dtypes(sizes=(16, 32, 64)),
    ),
    st_numpy.array_shapes(min_dims=0, min_side=0, max_side=4),
)


def nested(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.lists(inner, max_size=3).map(tuple),
            st.dictionaries(st.one_of(texts, st.integers()), inner, max_size=3),
        ),
        max_leaves=8,
    )


encodable = nested(st.one_of(st.none(), numbers, texts, arrays))


@dataclass(frozen=True)
class Named:
    """What stands for something odd while it is drawn: Hypothesis itself looks at what it draws,
    and some of it raises at that."""

    name: str


def come_alive(value):
    """The value with each odd thing in the place of its name."""
    if isinstance(value, Named):
        return made(value.name)()
    if isinstance(value, (list, tuple)):
        return type(value)(come_alive(item) for item in value)
    if isinstance(value, dict):
        return {key: come_alive(item) for key, item in value.items()}
    return value


odd = st.sampled_from(sorted(GIVEN)).map(Named)
other_arrays = st_numpy.arrays(
    st.one_of(st_numpy.complex_number_dtypes(), st_numpy.datetime64_dtypes(),
              st_numpy.unicode_string_dtypes(max_len=3),
              st.sampled_from(["O", "g", "G", "a3", [("a", "f8")]]).map(np.dtype)),
    st_numpy.array_shapes(min_dims=0, min_side=0, max_side=3), fill=st.nothing(),
)  # fmt: skip
anything = st.one_of(nested(st.one_of(st.none(), numbers, texts, arrays, odd)), other_arrays)


@given(encodable)
def test_what_can_be_expected_is_the_same_as_itself(value):
    encode(value)
    assert difference(value, value, 1e-6) is None
    assert difference(value, copy.deepcopy(value), 1e-6, lists=True) is None


@given(anything, anything, st.booleans())
def test_anything_beside_anything_is_the_same_or_differs(expected, got, lists):
    expected, got = come_alive(expected), come_alive(got)
    found = difference(expected, got, 1e-6, lists)
    assert found is None or isinstance(found, Difference)
    report = Report("f", 2, Verdict("wrong", 0.0, words.kind(got), call="f()", difference=found))
    assert len(report.html()) + len(report.text()) < 60_000


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_odd_differs_from_what_is_due(name):
    for expected in (
        41.5,
        3,
        True,
        "b",
        None,
        np.arange(4.0),
        np.eye(2),
        [np.ones(2), 3],
        (1, 2),
        {"b": 1},
    ):
        for lists in (False, True):
            got = made(name)()
            same = difference(expected, got, 1e-6, lists) is None
            assert same == (got is expected)


@pytest.mark.parametrize("name", GIVEN)
def test_every_value_is_shown_and_named_in_few_words(name):
    started = time.process_time()
    for says in (words.show(made(name)()), words.kind(made(name)())):
        assert 0 < len(says) < 600
        assert says.isprintable()
        says.encode()
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_taken_in_stays_as_it_is_and_is_no_larger_than_it_may_be(name):
    once = taken_in(made(name)())
    assert same_bits(taken_in([once]), [once])
    if isinstance(once, np.ndarray):
        assert type(once) is np.ndarray
        assert once.nbytes <= MOST_BYTES


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (np.broadcast_to(0.0, (10**6, 10**6)), "an array of shape (1000000, 1000000)"),
        (np.array(["a", "b"]), "an array of texts of shape (2,)"),
        (np.array([None]), "an array of Python objects of shape (1,)"),
        (np.zeros((1,) * 40), "an array with 40 axes"),
        (np.array("a"), "an array of texts"),
        (ValueError, "an exception, which should be raised with raise, not returned"),
        ((n for n in "ab"), "a generator (is there a yield where return should be?)"),
        (NotImplemented, "NotImplemented"),
        (..., "the three dots (...)"),
        ({1, 2}, "a set"),
        (sorted, "a function (was it called, with brackets?)"),
        (10**400, "a number"),
    ],
)  # fmt: skip
def test_a_kind_is_named_in_words(value, says):
    assert words.kind(value) == says


def test_long_values_are_shown_by_their_ends():
    assert words.show(list(range(10**5))) == "[0, 1, 2, 3, 4, 5, …, 99996, 99997, 99998, 99999]"
    assert words.show(list(range(10**6))) == "a list of 1,000,000"
    assert words.show(np.broadcast_to(7, 10**6)).startswith("[7, 7, 7, 7, 7, 7, …, 7")
    assert words.show(10**400) == "a whole number of about 401 digits"
    assert words.show(1e300) == "1e+300"
    assert words.show({"a" * 99: 1}).endswith("…")


def test_a_list_that_contains_itself_is_called_so():
    assert taken_in(made("a list in itself")()) == StandIn("list that contains itself")
    assert words.kind(made("a dictionary in itself")()) == "a dictionary that contains itself"


def test_a_text_or_truth_that_differs_is_no_other_number():
    assert difference("a", "b", 0).rung == "numbers"
    assert difference("a", 3, 0).rung == difference(True, "True", 0).rung == "kind"
    assert difference(True, np.False_, 0).rung == "numbers"
    assert difference(None, np.arange(3), 0).rung == "kind"
    assert difference(12.0, 10**400, 1e-6).rung == "numbers"
    assert difference(10**400, 10**400 + 1, 0).rung == "numbers"
