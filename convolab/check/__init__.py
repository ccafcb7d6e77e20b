"""The checker: `check("name")` tests the function of that name and says what went wrong."""

from convolab.check.ask import check, ready
from convolab.check.report import Report

__all__ = ["Report", "check", "ready"]
