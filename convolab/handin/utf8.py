"""Text that cannot be saved as UTF-8: half an emoji, which a notebook's JSON may still contain.

A cut emoji leaves one half of a surrogate pair behind. Python treats it as a character, and then
refuses to write, print or hash it.
"""

import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def savable(text: str) -> str:
    """The same text, with � for what cannot be saved.

    Two adjacent halves are one character again.
    """
    if not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def make_savable(value: Any) -> bool:
    """Replace what cannot be saved in lists and dictionaries, in place.

    Returns:
        Whether there was any.
    """
    found, todo = False, [value]
    while todo:
        holder = todo.pop()
        if isinstance(holder, dict):
            found |= _mend_keys(holder)
        places = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for place, inner in list(places):
            if isinstance(inner, str) and (mended := savable(inner)) is not inner:
                holder[place] = mended
                found = True
            elif isinstance(inner, list | dict):
                todo.append(inner)
    return found


def _mend_keys(holder: dict) -> bool:
    bad = [key for key in holder if isinstance(key, str) and savable(key) is not key]
    for key in bad:
        holder[savable(key)] = holder.pop(key)
    return bool(bad)
