"""A small exercise whose slips are tried, and a list of those that may pass."""

from pathlib import Path

import numpy as np

from convolab.exercises import Exercise
from convolab.exercises.listed import FOLDER


def area_right(height, width):
    if height < 0:
        raise ValueError("negative side")
    return height * width


def area(**more) -> Exercise:
    """The area of a rectangle: an exercise with a variant, as an author writes it."""
    area = Exercise(
        name="area",
        points={"area": 1, "errors": 1},
        says={"area": "the area", "errors": "errors"},
        **more,
    )
    area.right(area_right)
    area.shows("area", (2, 5), (3, np.array([1.0, 2.0])))
    area.refuses("a height below 0", (-1, 4))
    area.wrong("perimeter", hint="That is the way around it.")(
        lambda height, width: 2 * (height + width)
    )
    area.hidden(lambda rng: [("area", (100 + int(rng.integers(9)), 7))])
    return area


def listing(course: Path, text: str) -> Path:
    path = course / FOLDER / "01_areas.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return course


EQUIVALENT = (
    '[[area]]\nreason = "An area of 0 is 0 or refused."\n'
    "slips = ['`height <= 0` for `height < 0`']\n"
)
