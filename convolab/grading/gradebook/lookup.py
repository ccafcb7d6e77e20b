"""Looks up what was loaded from the gradebook, and reports what is missing as nbgrader does."""

from collections.abc import Mapping
from typing import TypeVar

from nbgrader.api import MissingEntry

T = TypeVar("T")


def entry(entries: Mapping[str, T], name: str) -> T:
    """The entry of this name.

    Raises:
        MissingEntry: there is none, as nbgrader's own code expects to be told.
    """
    if name not in entries:
        raise MissingEntry(name)
    return entries[name]
