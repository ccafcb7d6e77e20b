"""Where the course runs: on a computer, or in a tab of a browser, which lacks a few things.

In a tab there are no threads, no other programs, and no clock of the processor's time.
"""

import sys
import time

IN_A_TAB = sys.platform == "emscripten"

# What to say there instead of trying, each a sentence with its way out.
NO_MNIST = (
    "MNIST is too large for a tab of a browser: use the course's small digits, "
    "`convolab.data.digits32()`, or install the course on your computer."
)


def seconds() -> float:
    """A clock: processor time where there is such a clock, or else the time that passes."""
    return time.perf_counter() if IN_A_TAB else time.process_time()
