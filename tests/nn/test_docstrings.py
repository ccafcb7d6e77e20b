"""The worked example at the top of the package is run, so what it prints is what comes out."""

import doctest

from convolab import nn


def test_the_ten_numbers_both_ways_are_what_the_layer_and_the_lesson_make_of_them():
    result = doctest.testmod(nn)
    assert result.attempted > 10
    assert result.failed == 0
