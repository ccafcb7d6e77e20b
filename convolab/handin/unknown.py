"""An answer's names that do not exist, noted while it is judged: the reason may be another cell."""

import re
from typing import Any

_UNKNOWN = re.compile(r"name '(\w{1,60})' is not defined")


class NotesUnknown:
    """In front of an answer's class (see `convolab.check.run.Answer`)."""

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Any:
        """As the answer itself."""
        outcome = super().call(arguments, watched)
        if outcome.raised[:1] == ("NameError",) and (found := _UNKNOWN.match(outcome.message)):
            self.unknown.add(found[1])
        return outcome

    @property
    def unknown(self) -> set[str]:
        """The names that it used and did not find."""
        return self.__dict__.setdefault("_unknown", set())
