"""The checker: `check("name")` tests the function of that name and says what went wrong."""

from convolab.check import kernel
from convolab.check.ask import arguments, check, ready
from convolab.check.report import Report
from convolab.check.summary import Summary, summary

__all__ = ["Report", "Summary", "arguments", "check", "ready", "summary"]

kernel.keep_to_one_thread()  # each lesson imports the checker in its first cell
