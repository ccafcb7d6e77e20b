"""What the checker's tests share: a small exercise of their own."""

import pytest
from convolab.check.spec import Exercise


@pytest.fixture
def area():
    """A small exercise with two aspects: the area of a rectangle."""
    area = Exercise("area", points=3, aspects={"area": "the area", "errors": "sides below 0"})

    @area.reference
    def right(height, width):
        if height < 0 or width < 0:
            raise ValueError("negative side")
        return height * width

    area.case("area", 2, 5)
    area.case("area", 3, 0.5)
    area.case("errors", 1, 4)
    area.raises("errors", ValueError, -1, 4)

    @area.hidden
    def more(rng):
        yield "area", (int(rng.integers(100, 200)), 7)

    @area.misconception("perimeter", hint="That is the way around it.")
    def perimeter(height, width):
        return 2 * (height + width)

    return area
