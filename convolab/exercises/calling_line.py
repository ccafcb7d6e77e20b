"""The line of an author's file that is being run, for messages."""

import sys

PACKAGE = "convolab_exercises_"  # how the names of the modules made from these files start


def calling_line() -> int:
    """The line of the exercise's file that is being run; 0 if there is none."""
    frame = sys._getframe(1)
    while frame:
        own = frame.f_globals.get("__name__", "").startswith(PACKAGE)
        if own and frame.f_code.co_name == "<module>":  # past a helper, to the line that called it
            return frame.f_lineno
        frame = frame.f_back
    return 0
