"""What an author writes: exercises as data, what is built from them, and slips that try the checks.

An exercise file starts with `from convolab.exercises import Exercise`.
"""

from convolab.exercises.spec import Exercise

__all__ = ["Exercise"]
