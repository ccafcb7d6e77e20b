"""The list of the longest files of tests names files that are there."""

from tests.order import LONGEST_FIRST, TESTS


def test_every_long_file_of_tests_is_there_and_named_once():
    assert [name for name in LONGEST_FIRST if not (TESTS / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)
