"""What the checker's tests share: a small exercise of their own."""

import pytest

from convolab.exercises import Exercise


@pytest.fixture
def area():
    """A small exercise with two aspects: the area of a rectangle."""
    area = Exercise(
        name="area",
        points={"area": 1.5, "errors": 1.5},
        says={"area": "the area", "errors": "sides below 0"},
    )

    @area.right
    def right(height, width):
        if height < 0 or width < 0:
            raise ValueError("negative side")
        return height * width

    area.shows("area", (2, 5), (3, 0.5))
    area.shows("errors", (1, 4))
    area.refuses("a side below 0", (-1, 4))

    @area.hidden
    def more(rng):
        yield "area", (int(rng.integers(100, 200)), 7)

    @area.wrong("perimeter", hint="That is the way around it.")
    def perimeter(height, width):
        return 2 * (height + width)

    return area
