"""Points as one writes and says them."""


def number(value: float) -> str:
    """Points as one writes them: 18, 1.33, 0.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def in_points(value: float) -> str:
    """Points with their word: 1 point, 3 points."""
    return f"{number(value)} point{'' if value == 1 else 's'}"
