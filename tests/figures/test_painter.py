"""The painter of the still pictures: numbers in the cells of a grid."""

import numpy as np
import pytest

from convolab.figures.number_text import weight
from convolab.figures.painter import Painter


@pytest.fixture
def painter():
    return Painter(400, 300)


def test_a_grids_numbers_are_written_alike_and_fit(painter):
    values = np.random.default_rng(0).normal(size=(10, 10)) * 3
    for side in (16, 20, 26, 34, 50):
        print_ = painter.lettering(values, side)
        texts = [print_["write"](value) for value in values.ravel()]
        assert max(painter.measure(text, print_["size"]) for text in texts) <= side - 1
        assert max(len(text.partition(".")[2]) for text in texts) == {16: 0, 20: 1, 26: 1}.get(
            side, 2
        )


def test_whole_numbers_and_fractions_are_as_large_as_their_cells_allow(painter):
    assert painter.lettering([[1, 0], [0, 1]], 50)["size"] == 14
    assert painter.lettering([1, 0], 20)["size"] == 10
    print_ = painter.lettering([1 / 3, 0.5], 40, weight)
    assert print_["write"](1 / 3) == "⅓"


def test_a_number_for_which_there_is_no_room_at_all_is_rounded(painter):
    print_ = painter.lettering([-123456.7], 10)
    assert (print_["write"](-123456.7), print_["size"]) == ("−123457", 5)
