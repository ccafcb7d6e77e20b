"""One colour scheme: readable, and told apart by people who do not see every colour."""

from itertools import combinations

import numpy as np
import pytest

from convolab.figures import colours

# How colours look without the long, middle or short cones (Machado, Oliveira, Fernandes 2009).
BLINDNESS = {
    "none": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                 [-0.01182, 0.04294, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.6913, 0.3039]],
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
SCHEMES = {"light": colours.LIGHT, "dark": colours.DARK}


def lab(colour, blindness):
    """The colour in CIE L*a*b*, as seen with a kind of colour blindness."""
    c = np.array(colours.rgb(colour))
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(BLINDNESS[blindness]) @ linear, 0, 1)
    ratio = XYZ @ seen / np.array([0.95047, 1, 1.08883])
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_input_kernel_and_output_are_told_apart_with_any_colour_vision(scheme, blindness):
    for a, b in combinations(("input", "kernel", "output"), 2):
        first, second = (lab(SCHEMES[scheme][role], blindness) for role in (a, b))
        assert np.linalg.norm(first - second) > 19, (a, b)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_text_can_be_read_where_it_stands(scheme):
    named = SCHEMES[scheme]
    for role in ("ink", "quiet", "input", "kernel", "output", "wrong"):
        for ground in ("paper", "faint"):
            assert colours.contrast(named[role], named[ground]) >= 4.5, (role, ground)
    for role in ("input", "kernel", "output", "wrong", "padding"):
        for text in ("ink", "quiet"):
            assert colours.contrast(named[text], named[f"{role}_soft"]) >= 4.5, (text, role)
    for role in ("kernel", "output"):
        assert colours.contrast(named[role], named[f"{role}_soft"]) >= 4.5, role


def test_signed_colours_are_centred_at_zero_and_symmetric_in_lightness():
    assert colours.signed(0, 3) == colours.SIGNED_LIGHT[2]
    assert colours.signed(3, 3) == colours.SIGNED_LIGHT[4]
    assert colours.signed(-9, 3) == colours.SIGNED_LIGHT[0]
    assert colours.signed(0, 0) == colours.SIGNED_LIGHT[2]
    lightness = [lab(colour, "none")[0] for colour in colours.SIGNED_LIGHT]
    assert abs(lightness[0] - lightness[4]) < 8
    assert abs(lightness[1] - lightness[3]) < 8


def test_javascript_and_python_mix_the_same_colours_and_inks(run_module):
    values = [-2, -1.3, -0.7, -0.01, 0, 0.2, 0.55, 1.99, 2]
    for stops in (colours.SIGNED_LIGHT, colours.SIGNED_DARK):
        mixed = run_module(
            "sliding_kernel_1d.js",
            "inputs.values.map((v) => m.signedColour(v, 2, inputs.stops))",
            {"values": values, "stops": stops},
        )
        assert mixed == [colours.signed(value, 2, stops) for value in values]
        inks = run_module("sliding_kernel_1d.js", "inputs.map(m.inkOn)", mixed)
        for ground, ink in zip(mixed, inks, strict=True):
            assert colours.contrast(ground, ink) >= 4.5 or ink == colours.text_on(ground)
