"""Formulas for pages that ask the network for nothing: drawn once, as lines in the page's colour.

matplotlib's mathtext draws them, which is installed anyway; a browser needs no script for them.
"""

import re
from functools import lru_cache

import numpy as np
from markupsafe import Markup

_EM = 100.0  # matplotlib's outlines are drawn with letters of this size
_CURVES = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}  # matplotlib's codes as SVG writes them
# What mathtext calls by another name, or does without.
_NAMES = {r"\le": r"\leq", r"\ge": r"\geq", r"\ne": r"\neq"}
_SIZES = re.compile(r"\\[Bb]igg?[lr]?(?![A-Za-z])")
_SUMS = re.compile(r"\\sum(?:_(?:\{[^{}]*\}|\w))?")  # what follows one is too close to it
_COMMAND = re.compile(r"\\[A-Za-z]+")


@lru_cache(maxsize=512)
def formula(tex: str, display: bool = False) -> Markup:
    """A formula as SVG that a screen reader reads as LaTeX; as LaTeX where it cannot be drawn.

    Args:
        tex: LaTeX without the dollars around it.
        display: whether it has a line of its own.
    """
    tex = " ".join(tex.split())
    kind = "formula display" if display else "formula"
    drawn = _drawn(_for_mathtext(tex.replace(r"\frac", r"\dfrac") if display else tex))
    if drawn is None:
        return Markup('<code class="{}">{}</code>').format(kind, tex)
    path, (left, top, right, bottom) = drawn
    box = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    width, height, below = (part / _EM for part in (right - left, bottom - top, bottom))
    return Markup(
        '<svg class="{}" role="img" aria-label="Formula in LaTeX: {}" viewBox="{}" '
        'style="width:{:.2f}em;height:{:.2f}em;vertical-align:{:.2f}em"><path d="{}"/></svg>'
    ).format(kind, tex, box, width, height, -below, path)


def _for_mathtext(tex: str) -> str:
    named = _COMMAND.sub(lambda found: _NAMES.get(found[0], found[0]), _SIZES.sub("", tex))
    return _SUMS.sub(lambda found: found[0] + r"\,", named)


def _drawn(tex: str) -> tuple[str, tuple[float, float, float, float]] | None:
    """The outline as an SVG path, and its left, top, right and bottom; None if it is not known."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextToPath

    try:
        font = FontProperties(math_fontfamily="stix")
        vertices, codes = TextToPath().get_text_path(font, f"${tex}$", ismath=True)
    except ValueError:
        return None
    if not len(vertices):
        return None
    outline = Path(np.asarray(vertices) * [1, -1], codes)
    steps = [
        _CURVES[int(code)] + ("" if code == 79 else " ".join(f"{value:.0f}" for value in points))
        for points, code in outline.iter_segments(simplify=False)
    ]
    box = outline.get_extents()
    return "".join(steps), (box.x0 - 3, box.y0 - 3, box.x1 + 3, box.y1 + 3)
