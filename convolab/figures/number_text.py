"""Numbers as the figures write them; shared.js writes the same (tested against it)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FRACTIONS = {
    (1, 3): "⅓",
    (2, 3): "⅔",
    (1, 6): "⅙",
    (5, 6): "⅚",
    (1, 7): "⅐",
    (1, 8): "⅛",
    (3, 8): "⅜",
    (5, 8): "⅝",
    (7, 8): "⅞",
    (1, 9): "⅑",
}


def decimal(value: float, places: int = 2) -> str:
    """At most `places` decimals, no trailing zeros, a true minus sign: 3.333 → "3.33"."""
    # What lies at a half but for the last bit, which is left by the order of a sum, is rounded up.
    nearly = Decimal(float(value) * (1 + 1e-12))
    rounded = nearly.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def weight(value: float) -> str:
    """A weight as a person writes it: 2, 0.25, ⅓, 2/7, 0.067."""
    if abs(value * 100 - round(value * 100)) < 1e-7:
        return decimal(value)
    size = abs(value)
    if size < 1:
        for q in range(3, 13):
            p = int(size * q + 0.5)
            if p > 0 and abs(size * q - p) < 1e-9:
                sign = "−" if value < 0 else ""
                return sign + FRACTIONS.get((p, q), f"{p}/{q}")
    return decimal(value, 3)


def factor(text: str) -> str:
    """A factor inside a product: negative numbers in brackets."""
    return f"({text})" if text.startswith("−") else text


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 picture, 3 pictures; `many` where an s is not enough."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(values, write=decimal, most: int = 14) -> str:
    """Numbers in a row with commas; a long row is cut in the middle."""
    texts = [write(value) for value in values]
    if len(texts) > most:
        texts = [*texts[: most // 2], "…", *texts[-(most // 2) :]]
    return ", ".join(texts)
