"""What an exercise is made of: its cases, races, trainings, demands, variants and mistakes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Case:
    """One call and its aspect.

    Attributes:
        raises: the name of the exception that is the right answer, if one is.
        says: what its message must contain, if anything.
        refused: what is refused here, in words: "an even size".
        line: of the exercise's file; 0 if it is not known.
    """

    aspect: str
    arguments: tuple
    raises: str | None = None
    says: str | None = None
    hidden: bool = False
    refused: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Speed:
    """A "fast" aspect: at least `times` as fast as `steps` elementwise multiply-adds in a loop.

    `shapes` gives the shape of each array argument; the numbers in them are made by the checker.
    """

    aspect: str
    times: float
    steps: tuple[int, int]
    shapes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Learns:
    """A "learns" aspect: train on digits, then read at least a share `at_least` of unseen ones.

    `digits` and `unseen` are (images (N, 8, 8) of whole numbers from 0 to 16, labels (N,)).
    """

    aspect: str
    at_least: float
    epochs: int
    digits: tuple[np.ndarray, np.ndarray]
    unseen: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Misconception:
    """A wrong idea, the program (or by-hand value) it leads to, and the hint for it.

    `untouched`: a trap behaves like this as long as nobody has worked on it.
    """

    name: str
    hint: str
    function: Any
    untouched: bool = False
    line: int = 0


@dataclass(frozen=True)
class Variant:
    """Another right answer, which must pass."""

    name: str
    function: Any
    line: int = 0


@dataclass(frozen=True)
class Demand:
    """What an open task demands: `measure(ask, rng)` must reach the target."""

    says: str
    measure: Callable
    target: float
    at_most: bool
    unit: str
    hint: str
    line: int = 0
