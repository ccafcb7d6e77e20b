"""Pictures in colour side by side, each enlarged, with a caption below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convolab.figures.painter import Painter
from convolab.figures.picture import Picture, drawn_if_seen
from convolab.figures.plot_parts import WIDTH

AT_MOST, LARGEST, GAP, CAPTION = 36, 168, 12, 20
_SHARPNESS = 1.5  # as for a photograph


@drawn_if_seen
def colour_pictures(
    pictures: Sequence, captions: Sequence[str] = (), *, across: int = 4, alt: str = ""
) -> Picture:
    """Pictures (H, W, 3) or grey ones (H, W), `across` in a row, each with its caption.

    Numbers are bytes from 0 to 255 (uint8), or from 0 to 1. At most 36 pictures.

    Raises:
        ValueError: it is no picture, or captions are not as many as pictures; says which.
    """
    shown = [_bytes(number, one) for number, one in enumerate(pictures)]
    if not 1 <= len(shown) <= AT_MOST:
        raise ValueError(f"colour_pictures: give 1 to {AT_MOST} pictures, not {len(shown)}.")
    texts = [str(text) for text in captions] or [""] * len(shown)
    if len(texts) != len(shown):
        there = f"{len(shown)} picture{'s have' if len(shown) > 1 else ' has'}"
        given = f"{len(texts)} caption{'s' * (len(texts) > 1)}"
        raise ValueError(f"colour_pictures: {there} {given}; give one for each.")
    columns = min(max(1, int(across)), len(shown))
    side = min(LARGEST, (WIDTH - GAP * (columns - 1)) // columns)
    row = side + GAP + (CAPTION if any(texts) else 0)
    rows = -(-len(shown) // columns)
    p = Painter(max(columns * (side + GAP) - GAP, 160), rows * row - GAP)
    for number, (one, text) in enumerate(zip(shown, texts, strict=True)):
        x, y = number % columns * (side + GAP), number // columns * row
        high, wide = (side * part / max(one.shape[:2]) for part in one.shape[:2])
        left, top = x + (side - wide) / 2, y + (side - high) / 2
        p.axes.imshow(
            one, extent=(left, left + wide, top + high, top),
            interpolation="nearest" if max(one.shape[:2]) < 2 * side else "antialiased", zorder=2,
        )  # fmt: skip
        p.text(text, x + side / 2, y + side + CAPTION / 2, size=12)
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0), aspect="auto")
    return Picture.of(p.figure, alt or _words(texts), _SHARPNESS)


def _bytes(number: int, picture) -> np.ndarray:
    """A picture as (H, W, 3) uint8."""
    array = np.asarray(picture)
    grey, colour = array.ndim == 2, array.ndim == 3 and array.shape[2] == 3
    if not (grey or colour) or array.size == 0 or array.dtype.kind not in "uif":
        raise ValueError(
            f"colour_pictures: picture {number} has the shape {array.shape}; it takes (H, W, 3) "
            "or (H, W), numbers, with the colours last."
        )
    if array.dtype != np.uint8:
        array = np.clip(np.nan_to_num(array) * 255 + 0.5, 0, 255).astype(np.uint8)
    return np.repeat(array[:, :, None], 3, axis=2) if grey else array


def _words(texts: list[str]) -> str:
    count = "A picture" if len(texts) == 1 else f"{len(texts)} pictures"
    named = "; ".join(text or "without a caption" for text in texts) if any(texts) else ""
    return f"{count} in colour: {named}." if named else f"{count} in colour."
