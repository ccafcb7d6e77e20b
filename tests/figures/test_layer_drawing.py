"""The drawing of a convolutional layer: what it says in words, and what it cannot draw."""

import pytest

from convolab.figures.layer_drawing import layer_drawing


def test_the_description_counts_channels_and_maps():
    assert "volume of 3 channels" in layer_drawing(3, 4).alt
    assert "each of 4 feature maps" in layer_drawing(3, 4).alt
    assert "volume of 1 channel drawn" in layer_drawing(1, 1).alt


@pytest.mark.parametrize(
    ("counts", "name"), [((0, 4), "channels"), ((4, 4), "channels"), ((3, 7), "kernels")]
)
def test_what_does_not_fit_is_refused_by_name(counts, name):
    with pytest.raises(ValueError, match=name):
        layer_drawing(*counts)
