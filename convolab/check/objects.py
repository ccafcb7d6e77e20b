"""Finds out what a learner's objects are, without believing them or breaking on what they do.

A class can have a `__class__` that lies, a name that is no string, attributes that raise: the
functions here ask Python itself.
"""

import dis
import re
from types import FrameType, TracebackType
from typing import Any

_NO_NAME = re.compile(r"[^\w.<>]")
_name_of_type = type.__dict__["__name__"].__get__
_mro_of_type = type.__dict__["__mro__"].__get__
_traceback_of = BaseException.__dict__["__traceback__"].__get__
_RAISE = dis.opmap["RAISE_VARARGS"]


def type_name(kind: type) -> str:
    """The name of a class: letters, digits, `.`, `_`, `<` and `>`, at most 60 of them."""
    return _NO_NAME.sub("", _name_of_type(kind)[:200])[:60] or "object"


def mro(kind: type) -> tuple[type, ...]:
    """A class and all that it derives from, itself first."""
    return _mro_of_type(kind)


def traceback_of(error: BaseException) -> TracebackType | None:
    """Where an exception went through."""
    return _traceback_of(error)


def attribute(value: Any, name: str) -> Any:
    """An attribute; None if there is none, or if asking for it raises."""
    try:
        return getattr(value, name, None)
    except BaseException as error:
        if is_stop(error):
            raise
        return None


def is_stop(error: BaseException) -> bool:
    """Whether a person (or a limit) stopped the program: a KeyboardInterrupt without a `raise`.

    One that the learner's own code raises is an exception like any other.
    """
    if not issubclass(type(error), KeyboardInterrupt):
        return False
    place = traceback_of(error)
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is None or not _raises(place.tb_frame, place.tb_lasti)


def _raises(frame: FrameType, place: int) -> bool:
    return frame.f_code.co_code[place] == _RAISE
