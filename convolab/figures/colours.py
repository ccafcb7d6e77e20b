"""The one colour scheme of all figures: defined here, used by Python and by JavaScript.

Input is blue, kernel is orange, output is green, zero padding is hatched grey, signed values
run from blue over the background to red. The three roles stay apart for people who see no red,
no green or no blue (tests/figures/test_colours.py simulates that), every colour that carries
text has a contrast of at least 4.5 against its background, and shape says the same once more:
inputs end in a circle, kernels in a square, outputs in a diamond.
"""

from __future__ import annotations

import functools
import json

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1d252c",
    "quiet": "#56616c",
    "line": "#c3ccd4",
    "faint": "#f2f4f6",
    "input": "#1d6cc0",
    "input_soft": "#dbe9f8",
    "kernel": "#b45000",
    "kernel_soft": "#fdeede",
    "output": "#125a29",
    "output_soft": "#ddf0e0",
    "padding": "#8a949e",
    "padding_soft": "#f0f2f4",
    "wrong": "#b3122b",
    "wrong_soft": "#fce4e7",
}

DARK = {
    "paper": "#111111",
    "ink": "#eceff2",
    "quiet": "#a9b3bd",
    "line": "#48515a",
    "faint": "#22272c",
    "input": "#74b6ff",
    "input_soft": "#16304d",
    "kernel": "#ff9f43",
    "kernel_soft": "#3d2710",
    "output": "#93dc98",
    "output_soft": "#173a20",
    "padding": "#7d8791",
    "padding_soft": "#1d2125",
    "wrong": "#ff8a93",
    "wrong_soft": "#451a20",
}

# Signed values, centred at 0: the colour at −1, −½, 0, ½ and 1 of the largest magnitude.
SIGNED_LIGHT = ["#1c5fa8", "#8fbfe6", "#f7f7f7", "#f2a58c", "#b2182b"]
SIGNED_DARK = ["#7cbcff", "#2f6299", "#1c1f22", "#9a3b3b", "#ff8f85"]


def rgb(colour: str) -> tuple[float, float, float]:
    """`"#rrggbb"` as three numbers from 0 to 1."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def signed(value: float, largest: float, stops: list[str] = SIGNED_LIGHT) -> str:
    """The colour of a signed value, `"#rrggbb"`: the middle stop at 0, the last at `largest`."""
    place = 2 if largest <= 0 else 2 + 2 * max(-1.0, min(1.0, value / largest))
    left = min(int(place), len(stops) - 2)
    share = place - left
    mixed = (
        (1 - share) * a + share * b
        for a, b in zip(rgb(stops[left]), rgb(stops[left + 1]), strict=True)
    )
    return "#" + "".join(f"{int(255 * part + 0.5):02x}" for part in mixed)


def grey(share: float) -> str:
    """The colour of a grey pixel: share 0 is black, 1 white."""
    part = int(255 * max(0.0, min(1.0, share)) + 0.5)
    return f"#{part:02x}{part:02x}{part:02x}"


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@functools.lru_cache(maxsize=1000)  # a grid of numbers asks for each of its cells
def text_on(background: str) -> str:
    """Black or white ink, whichever is read better on this background."""
    inks = (LIGHT["ink"], "#ffffff")
    return max(inks, key=lambda ink: contrast(ink, background))


def javascript() -> str:
    """The same scheme as a JavaScript constant, for the shared part of every figure."""
    scheme = {
        "light": {**LIGHT, "signed": SIGNED_LIGHT},
        "dark": {**DARK, "signed": SIGNED_DARK},
    }
    return f"const COLOURS = {json.dumps(scheme)};\n"
