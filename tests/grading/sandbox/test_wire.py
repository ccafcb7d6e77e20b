"""The wire carries plain data both ways, and whatever else comes over it is refused."""

import json
import math
import os
import socket
import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from convolab.check import functions
from convolab.check.answer import StandIn, same_bits
from convolab.grading.sandbox import shared_memory, wire
from convolab.grading.sandbox.channel import Channel, Closed, Watched
from convolab.grading.sandbox.frame_reader import unpack
from convolab.grading.sandbox.frame_writer import pack


def sent(value):
    """A value as it comes out at the other end."""
    start, *parts = pack({"value": value})
    header, size = wire.lengths(start[: wire.LENGTHS.size])
    body = b"".join(bytes(part) for part in parts)
    assert len(body) == size
    return unpack(start[wire.LENGTHS.size :][:header], body)["value"]


numbers = st.one_of(st.integers(), st.floats(), st.complex_numbers(), st.booleans())
arrays = st_numpy.arrays(
    st.one_of(
        st_numpy.boolean_dtypes(),
        st_numpy.integer_dtypes(),
        st_numpy.unsigned_integer_dtypes(),
        st_numpy.floating_dtypes(sizes=(16, 32, 64)),
        st_numpy.complex_number_dtypes(sizes=(64, 128)),
    ).map(lambda dtype: np.dtype(dtype).newbyteorder("=")),
    st_numpy.array_shapes(min_dims=0, min_side=0, max_side=5),
)  # fmt: skip
plain = st.recursive(
    st.one_of(st.none(), numbers, st.text(st.characters(exclude_categories=("Cs",))), arrays),
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=3), st.integers()), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(plain)
def test_plain_data_arrives_as_it_was(value):
    assert same_bits(sent([value]), [value])


def test_the_three_dots_of_an_unanswered_question_arrive():
    assert sent([..., 1]) == [..., 1]


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", range(3), np.array([object()])])
def test_anything_else_arrives_as_the_name_of_its_kind(value):
    assert isinstance(sent(value), StandIn)


def test_a_function_is_known_as_one():
    assert sent(len).function
    assert not sent(object()).function


def test_a_test_function_of_the_checker_arrives_as_itself_and_no_other_does():
    known = functions.named("sum_of_squares")
    assert sent((known, 1)) == (known, 1)
    for name in ("eval", None, ["sum_of_squares"]):
        with pytest.raises(wire.BadFrame):
            unpack(json.dumps({"value": {"k": name}}).encode(), b"")


def test_an_array_that_came_may_be_written_to_and_shares_nothing():
    array = np.arange(4.0)
    came = sent(array)
    came[0] = 9
    assert array[0] == 0


def test_a_list_within_itself_is_too_large():
    endless = []
    endless.append(endless)
    with pytest.raises(ValueError, match="too large"):
        pack({"value": endless})


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_no_bytes_do_anything_but_be_refused_or_read(header, body):
    try:
        message = unpack(header, body)
    except wire.BadFrame:
        return
    assert isinstance(message, dict)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from("tdfcanxekmv"), st.text(max_size=2)), inner, max_size=3
        ),
    ),
    max_leaves=15,
)


@given(json_values, st.binary(max_size=40))
def test_no_json_does_anything_but_be_refused_or_read(value, body):
    header = json.dumps({"nonce": "x", "value": value}).encode()
    try:
        unpack(header, body)
    except wire.BadFrame:
        return


@given(
    st.sampled_from(["<f8", "<i4", "|b1", "|O8", "<U4", "<m8", "<V8", ">f8", "f8", "<f16"]),
    st.lists(st.integers(-2, 2**40), max_size=40),
    st.integers(-9, 2**40),
)
def test_an_array_lies_within_its_bytes_or_is_refused(dtype, shape, place):
    header = json.dumps({"value": {"a": [dtype, shape, place]}}).encode()
    try:
        array = unpack(header, bytes(64))["value"]
    except wire.BadFrame:
        return
    assert array.nbytes <= 64


@pytest.mark.parametrize(
    "value",
    [
        [{"a": ["<f8", [1000], 0]}] * 2,  # the same bytes, twice
        [[]] * 1_000_001,
        {"d": [[n * ((1 << 61) - 1), 0] for n in range(5_001)]},  # all of one hash
    ],
    ids=["arrays", "values", "keys"],
)
def test_a_small_frame_cannot_become_much_work_or_memory(value):
    header = json.dumps({"value": value}).encode()
    with pytest.raises(wire.BadFrame):
        unpack(header, bytes(8000))


def test_what_the_other_side_would_refuse_is_not_sent():
    with pytest.raises(ValueError, match="too large"):
        pack({"value": dict.fromkeys(range(5_001))})
    assert sent(dict.fromkeys(range(5_000))) == dict.fromkeys(range(5_000))


@pytest.mark.parametrize("lengths", [(0, 0), (1, 0), (1 << 30, 0), (10, 1 << 40)])
def test_a_frame_that_promises_too_much_is_refused(lengths):
    with pytest.raises(wire.BadFrame, match="too large"):
        wire.lengths(wire.LENGTHS.pack(*lengths))


def test_half_a_character_becomes_a_question_mark():
    assert unpack(b'{"value": "\\ud800"}', b"")["value"] == "?"


def test_a_number_too_long_for_python_is_refused():
    with pytest.raises(wire.BadFrame):
        unpack(b'{"value": ' + b"9" * 10_000 + b"}", b"")


# --- Memory that both ends see.


@pytest.fixture
def halves():
    """Both sides' views of the same memory."""
    memory = shared_memory.make()
    sides = shared_memory.SharedMemory(memory, 0), shared_memory.SharedMemory(memory, 1)
    yield sides
    os.close(memory)
    for side in sides:
        side.close()


def through(halves, message):
    """A message as it comes out at the other end, and the bytes that went over the socket."""
    start, *parts = pack(message, halves[0])
    header, size = wire.lengths(start[: wire.LENGTHS.size])
    body = b"".join(map(bytes, parts))
    came = unpack(start[wire.LENGTHS.size :][:header], body, halves[1])
    return came, len(start) + size


@pytest.mark.parametrize("kind", ["f8", "f4", ">f8", "?", "c16", "i2"])
def test_large_arrays_do_not_go_over_the_socket(halves, kind):
    array = (np.arange(60_000).reshape(200, 300) % 7).astype(kind)
    came, size = through(halves, {"value": [array, array.T, array[::2, ::3]]})
    assert size < 60_000
    assert same_bits(came["value"][0], array.astype(array.dtype.newbyteorder("=")))
    assert np.array_equal(came["value"][1], array.T)
    assert np.array_equal(came["value"][2], array[::2, ::3])


def test_what_came_is_a_copy_that_the_other_side_cannot_change(halves):
    came, _ = through(halves, {"value": np.zeros(10_000), "handed": np.zeros(10_000)})
    pack({"value": np.ones(10_000), "handed": np.ones(10_000)}, halves[0])
    assert came["value"].sum() == 0
    assert came["handed"].sum() == 10_000  # which is only compared, at once
    with pytest.raises(ValueError, match="read-only"):
        came["handed"][0] = 1


def test_what_does_not_fit_into_the_memory_goes_over_the_socket(halves):
    array = np.ones(shared_memory.ROOM // 16)
    came, size = through(halves, {"value": [array, array, array]})
    assert array.nbytes < size < 2 * array.nbytes
    assert all(np.array_equal(one, array) for one in came["value"])


@pytest.mark.parametrize("count", [1, 2, 1 << 21, (1 << 21) + 1])
@pytest.mark.parametrize("place", [-8, 0, 3, shared_memory.ROOM - 8, shared_memory.ROOM, 1 << 60])
def test_an_array_lies_within_the_memory_or_is_refused(halves, count, place):
    header = json.dumps({"value": {"m": ["<f8", [count], place]}}).encode()
    try:
        array = unpack(header, b"", halves[1])["value"]
    except wire.BadFrame:
        assert place < 0 or place + 8 * count > shared_memory.ROOM
        return
    assert array.shape == (count,)


def test_a_small_header_makes_no_more_than_the_memory_of_it(halves):
    large = {"m": ["|b1", [shared_memory.ROOM // 2], 0]}
    with pytest.raises(wire.BadFrame, match="outside the memory"):
        unpack(json.dumps({"value": [large, large, large]}).encode(), b"", halves[1])


@pytest.mark.parametrize("count", [0, 1])
def test_there_is_no_memory_where_none_was_agreed_on(count):
    with pytest.raises(wire.BadFrame):
        unpack(json.dumps({"value": {"m": ["<f8", [count], 0]}}).encode(), b"")


def test_nobody_can_cut_the_memory_off_while_it_is_read():
    memory = shared_memory.make()
    for size in (0, 4 * shared_memory.ROOM):
        with pytest.raises(PermissionError):
            os.ftruncate(memory, size)
    os.close(memory)


def test_a_list_of_numpys_numbers_arrives_as_one():
    came = sent([np.float64(1.5), np.float64(np.nan)])
    assert [type(one) for one in came] == [np.float64] * 2
    assert same_bits(came, [np.float64(1.5), np.float64(np.nan)])
    with pytest.raises(wire.BadFrame, match="another shape"):
        unpack(json.dumps({"value": {"v": ["<f8", [1, 1], 0]}}).encode(), bytes(8))


# --- The trusted end of the channel.


class Impatient(Exception):
    pass


def watched(end, seconds):
    until = time.monotonic() + seconds

    def look():
        if time.monotonic() > until:
            raise Impatient

    return Watched(end, look)


def test_the_trusted_end_never_waits_for_ever_for_an_answer():
    ours, theirs = socket.socketpair()
    with theirs, pytest.raises(Impatient):
        watched(ours, 0.1).receive()


def test_the_trusted_end_never_waits_for_ever_to_be_heard():
    ours, theirs = socket.socketpair()
    with theirs, pytest.raises(Impatient):
        watched(ours, 0.1).send({"value": np.zeros(1 << 22)})


def test_bytes_that_drip_do_not_keep_it_waiting():
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def drip():
        theirs.send(wire.LENGTHS.pack(1 << 20, 0))
        while not stop.wait(0.02):
            theirs.send(b" ")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(Impatient):
            watched(ours, 0.3).receive()
    finally:
        stop.set()
        thread.join()
        theirs.close()


def test_an_end_that_is_gone_is_known_at_once():
    ours, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(Closed):
        watched(ours, 5).receive()


def test_a_large_array_goes_both_ways():
    ours, theirs = socket.socketpair()
    array = np.random.default_rng(0).random((512, 512))
    other = Channel(theirs)
    thread = threading.Thread(target=lambda: other.send(other.receive()))
    thread.start()
    channel = watched(ours, 20)
    channel.send({"value": array})
    assert np.array_equal(channel.receive()["value"], array)
    thread.join()
    assert math.prod(array.shape) == 1 << 18
