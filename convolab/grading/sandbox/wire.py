"""The wire between the two processes: a JSON header and the raw bytes of arrays, nothing else.

A frame is two lengths, the header, the bytes. In the header numbers, strings, None and lists are
themselves; a tuple is {"t": […]}, a dictionary {"d": [[key, value], …]}, a number that JSON has no
word for {"f": "nan"}, a complex one {"c": [re, im]}, an array {"a": [dtype, shape, offset]} with
its numbers in the bytes (a large one {"m": […]}, in memory that both processes see), a NumPy scalar
{"n": […]} likewise, a list of NumPy scalars of one kind {"v": […]}, and a test function of the
checker its name, {"k": "sum_of_squares"}. What is not plain data (see convolab.check.plain) arrives
as a `StandIn` with the name of its kind. Nothing that arrives is run, imported or unpickled; a
frame that breaks a rule is a `BadFrame`, whatever it holds.

`frame_writer` makes frames and `frame_reader` reads them.
"""

import re
import struct

LENGTHS = struct.Struct("<IQ")
MOST_HEADER = 16 << 20
MOST_BYTES = 256 << 20
KIND = re.compile(r"[\w.<>(), ]{1,100}")  # the name of what is not plain data


class BadFrame(Exception):
    """What came over the wire is not a frame."""


def lengths(start: bytes) -> tuple[int, int]:
    """The lengths of header and bytes.

    Raises:
        BadFrame: they are larger than any frame may be.
    """
    if len(start) != LENGTHS.size:
        raise BadFrame("half a frame")
    header, size = LENGTHS.unpack(start)
    if not 2 <= header <= MOST_HEADER or size > MOST_BYTES:
        raise BadFrame("a frame that is too large")
    return header, size
