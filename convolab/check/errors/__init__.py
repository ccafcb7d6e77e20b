"""What stopped a call: the facts of a traceback, and what the error means."""

from convolab.check.errors.explain import explain
from convolab.check.errors.facts import facts_of
from convolab.check.errors.stopped_call import Stopped

__all__ = ["Stopped", "explain", "facts_of"]
