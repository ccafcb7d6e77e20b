"""Errors of shapes: what does not fit together, what is empty, what cannot be put into another."""

import math
import re

from convolab.check import words
from convolab.check.errors.stopped_call import (
    Meaning,
    Rule,
    Shape,
    Stopped,
    holder,
    shape_in,
    shown,
)

_SHAPE = r"(\([\d, ]*\))"


def _operand(stopped: Stopped, shape: Shape) -> str:
    name = holder(stopped, shape)
    return f"{name} of shape {shown(shape)}" if name else f"an array of shape {shown(shape)}"


def _prints(stopped: Stopped) -> str:
    """The shapes of the arrays on the right side of the line, as one prints them."""
    right = re.split(r"(?<![=!<>])=(?!=)", stopped.code, maxsplit=1)[-1]
    names = [name for name in stopped.arrays() if re.search(rf"\b{name}\b", right)][:2]
    return " and ".join(f"`{name}.shape`" for name in names)


def _off(one: Shape, other: Shape) -> list[int]:
    """The axes, counted from the end, along which two shapes do not fit."""
    sides = zip(reversed(one), reversed(other), strict=False)
    return [-1 - at for at, (a, b) in enumerate(sides) if a != b and 1 not in (a, b)]


def _broadcast(found: re.Match, stopped: Stopped) -> Meaning:
    shapes = [shape_in(text) for text in re.findall(_SHAPE, found.string)]
    if len(shapes) < 2:
        text = "the shapes of two arrays do not fit together, number by number"
        return Meaning(text, _prints(stopped) or "the shapes of both sides")
    one, other = shapes[0], next((s for s in shapes[1:] if _off(shapes[0], s)), shapes[1])
    text = (
        f"{_operand(stopped, one)} cannot be combined number by number with "
        f"{_operand(stopped, other)}"
    )
    for shape in (one, other):
        if 0 in shape:
            return Meaning(
                f"{text}: the one with a 0 is empty, because a slice ends before it "
                "starts, or starts past the end",
                _prints(stopped),
            )
    off = _off(one, other)
    if off:
        a, b = one[off[0]], other[off[0]]
        where = (
            ("the last axis", "the last axis but one")[-1 - off[0]]
            if off[0] > -3
            else (f"axis {max(len(one), len(other)) + off[0]}")
        )
        text += f": along {where}, {a} is not {b}"
    return Meaning(text, _prints(stopped) or "the shapes of both sides")


def _count(number: int | str, noun: str) -> str:
    return words.counted(int(number), noun)


def _meet(number: str) -> str:
    return "meets" if int(number) == 1 else "meet"


def _matmul(found: re.Match, stopped: Stopped) -> Meaning:
    b, a = found.groups()
    text = "a matrix product needs as many columns on the left as rows on the right; here "
    text += f"{_count(a, 'column')} {_meet(a)} "
    return Meaning(f"{text}{_count(b, 'row')}", _prints(stopped) or "both shapes")


def _matmul_cut(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a matrix product needs as many columns on the left as rows on the right; here they "
    return Meaning(f"{text}differ", _prints(stopped) or "both shapes")


def _dot(found: re.Match, stopped: Stopped) -> Meaning:
    one, other = shape_in(found.group(1)), shape_in(found.group(2))
    text = f"{_operand(stopped, one)} cannot be multiplied as a matrix with "
    text += f"{_operand(stopped, other)}: {_count(found.group(3), 'column')} on the left "
    text += f"{_meet(found.group(3))} "
    return Meaning(f"{text}{_count(found.group(4), 'row')} on the right", _prints(stopped))


def _scalar_matmul(found: re.Match, stopped: Stopped) -> Meaning:
    text = "`@` multiplies arrays as matrices, and one side here is a single number: multiply "
    return Meaning(f"{text}numbers with `*`")


def _into(found: re.Match, stopped: Stopped) -> Meaning:
    came, there = shape_in(found.group(1)), shape_in(found.group(2))
    text = f"an array of shape {shown(came)} does not fit into a slice of shape {shown(there)}"
    if 0 in there:
        text += ", which is empty: the slice on the left ends before it starts (does it end at −0?)"
    elif 0 in came:
        text += ": the right side is empty, because a slice there starts past the end"
    return Meaning(text, "the shape of both sides")


def _reshape(found: re.Match, stopped: Stopped) -> Meaning:
    size, text = int(found.group(1)), found.group(2)
    numbers = words.counted(size, "number")
    if "newaxis" in text or "-1" in text:
        text = text.replace("newaxis", "-1").replace(",", ", ")
        says = f"{numbers} cannot be laid out as {text}: the sizes given do not "
        return Meaning(f"{says}divide {size}", _prints(stopped))
    shape = shape_in(text)
    says = f"{numbers} cannot be laid out as {shown(shape)}, which takes {math.prod(shape)}"
    return Meaning(says, _prints(stopped))


def _empty(found: re.Match, stopped: Stopped) -> Meaning:
    text = (
        "this takes the largest, smallest or mean of nothing: the array or list is "
        "empty, because a slice starts past "
    )
    return Meaning(f"{text}the end or ends before it starts", "the slice and its bounds")


def _inhomogeneous(found: re.Match, stopped: Stopped) -> Meaning:
    text = "an array is made from rows of different lengths"
    return Meaning(f"{text}; all its rows must be equally long", "the length of each row")


def _sequence_in_place(found: re.Match, stopped: Stopped) -> Meaning:
    text = "several numbers are put into one place of an array, which holds only one"
    return Meaning(
        f"{text}: is a sum missing on the right, or an index on the left?",
        "the shape of the right side",
    )


def _one_number(found: re.Match, stopped: Stopped) -> Meaning:
    text = "one number is needed here, but an array of several is given"
    return Meaning(f"{text}: is an index or a sum missing?", _prints(stopped))


def _concatenate(found: re.Match, stopped: Stopped) -> Meaning:
    text = "arrays that are joined must be equally long along every other axis"
    return Meaning(text, _prints(stopped) or "their shapes")


def _nothing_to_join(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("there are no arrays to join: the list is empty", "the list")


def _negative_side(found: re.Match, stopped: Stopped) -> Meaning:
    names = ", ".join(f"`{name}`" for name in list(stopped.whole())[:3])
    return Meaning(
        "an array is created with a negative number of rows or columns", names or "the sizes"
    )


def _boolean(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a mask of True and False does not have the shape of the array it picks from"
    return Meaning(text, _prints(stopped))


def _kept_shape(found: re.Match, stopped: Stopped) -> Meaning:
    kept, needed = (shape_in(text) for text in found.groups())
    text = (
        f"the left side has shape {shown(kept)} and cannot grow: the right side has shape "
        f"{shown(needed)}"
    )
    return Meaning(text, "the shapes of both sides")


def _pad_width(found: re.Match, stopped: Stopped) -> Meaning:
    order = "its first argument is the array, its second how many places to add on each side"
    if "integral" in found.string:
        text = "`np.pad` needs a whole number of places to add, and got something else"
    else:
        text = "`np.pad` cannot add fewer than 0 places"
    return Meaning(f"{text}: {order}", _whole_names(stopped))


def _whole_names(stopped: Stopped) -> str:
    """The numbers and tuples in the line, to be printed."""
    names = [*stopped.whole(), *stopped.of_kind("float", "float64", "tuple")]
    return " and ".join(f"`{name}`" for name in names[:2]) or "what is given to np.pad"


def _window(found: re.Match, stopped: Stopped) -> Meaning:
    if "negative" in found.string:
        text = "`sliding_window_view` takes the array first, and then the size of the window"
        return Meaning(f"{text}, which cannot be negative", _prints(stopped))
    if "ust provide" in found.string:
        text = "`sliding_window_view` takes the array first, and then the size of the window along "
        return Meaning(f"{text}each of its axes", _prints(stopped))
    text = "the window of `sliding_window_view` is larger than the array it should slide over"
    return Meaning(text, _prints(stopped) or "both shapes")


def _tensordot(found: re.Match, stopped: Stopped) -> Meaning:
    text = "`np.tensordot` sums over pairs of axes, one from each array, which must be equally long"
    return Meaning(text, _prints(stopped))


def _index_lists(found: re.Match, stopped: Stopped) -> Meaning:
    text = "several lists of indices pick places together, so all must be equally long"
    return Meaning(text, "the length of each")


def _fft(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a Fourier transform needs at least 1 number"
    return Meaning(text, "the length it is given")


def _einsum(found: re.Match, stopped: Stopped) -> Meaning:
    text = "the letters given to einsum do not fit the arrays: each needs one letter per axis, and "
    return Meaning(f"{text}the same letter means the same length", _prints(stopped))


def _einsum_order(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("`np.einsum` takes the letters first, and then the arrays")


RULES: list[Rule] = [
    (
        ("ValueError",),
        r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
        _into,
    ),
    (("ValueError",), r"could not be broadcast together", _broadcast),
    (("ValueError",), r"shape mismatch: objects cannot be broadcast", _broadcast),
    (("ValueError",), r"core dimension.*\(size (\d+) is different from (\d+)\)", _matmul),
    (("ValueError",), r"has a mismatch in its core dimension", _matmul_cut),
    (
        ("ValueError",),
        r"does not have enough dimensions.*matmul|matmul: .*enough dimensions",
        _scalar_matmul,
    ),
    (
        ("ValueError",),
        r"shapes (\(.*?\)) and (\(.*?\)) not aligned: (\d+) \(dim \d+\) != (\d+)",
        _dot,
    ),
    (("ValueError",), r"cannot reshape array of size (\d+) into shape (\(.*?\))", _reshape),
    (
        ("ValueError",),
        r"zero-size array to reduction|of an empty sequence|arg is an empty|argument is empty",
        _empty,
    ),
    (("ValueError",), r"inhomogeneous", _inhomogeneous),
    (("ValueError", "TypeError"), r"setting an array element with a sequence", _sequence_in_place),
    (("TypeError",), r"only (length-1|size-1|0-dimensional) arrays can be converted", _one_number),
    (("ValueError",), r"can only convert an array of size 1", _one_number),
    (
        ("ValueError",),
        r"all the input array dimensions|input arrays must have (the )?same",
        _concatenate,
    ),
    (("ValueError",), r"need at least one array", _nothing_to_join),
    (("ValueError",), r"negative dimensions", _negative_side),
    (
        ("ValueError",),
        r"output operand with shape (\(.*?\)) doesn't match the broadcast shape (\(.*?\))",
        _kept_shape,
    ),
    (("TypeError",), r"`pad_width` must be of integral type", _pad_width),
    (("ValueError",), r"index can't contain negative values", _pad_width),
    (("ValueError",), r"window.shape cannot|ust provide .*window_shape", _window),
    (
        ("ValueError",),
        r"shape-mismatch for sum|duplicate axes are not allowed in tensordot",
        _tensordot,
    ),
    (("IndexError",), r"indexing arrays could not be broadcast", _index_lists),
    (("ValueError",), r"Invalid number of FFT data points", _fft),
    (("IndexError", "ValueError"), r"boolean index did not match", _boolean),
    (("ValueError",), r"ein(stein )?sum|subscripts", _einsum),
    (("TypeError",), r"each subscript must be", _einsum_order),
]
