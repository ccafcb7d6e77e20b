"""Names that fail an answer while it is judged: the reason may be another cell."""

import re
from typing import Any

UNKNOWN = re.compile(r"name '(\w{1,60})' is not defined")
_OF_NO_USE = ("TypeError", "AttributeError")  # of a value that is not what was expected
_WORD = re.compile(r"[^\W\d]\w*")


class NotesUnknown:
    """In front of an answer's class (see `convolab.check.answer.Answer`)."""

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Any:
        """Like the answer itself."""
        outcome = super().call(arguments, watched)
        raised = outcome.raised[:1]
        if raised == ("NameError",) and (found := UNKNOWN.match(outcome.message)):
            self.unknown.add(found[1])
        elif raised and raised[0] in _OF_NO_USE:
            self.spoilt.update(_WORD.findall(outcome.line))
        return outcome

    @property
    def unknown(self) -> set[str]:
        """The names that it used and did not find."""
        return self.__dict__.setdefault("_unknown", set())

    @property
    def spoilt(self) -> set[str]:
        """The words of the lines in which a value was of no use."""
        return self.__dict__.setdefault("_spoilt", set())
