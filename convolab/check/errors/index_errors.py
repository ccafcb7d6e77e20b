"""Errors of indices: beyond the end, too many, not whole, not even an index."""

import ast
import re

from convolab.check.errors.stopped_call import Meaning, Rule, Stopped
from convolab.check.words import listed


def _culprits(stopped: Stopped, value: int) -> str:
    """The names in the line that hold this number, to be printed."""
    return " and ".join(f"`{name}`" for name, its in stopped.whole().items() if its == value)


def _bounds(found: re.Match, stopped: Stopped) -> Meaning:
    index, axis, size = map(int, found.groups())
    many = [shape for shape in stopped.arrays().values() if len(shape) > axis]
    along = f"along axis {axis} " if axis or any(len(shape) > 1 for shape in many) else ""
    fits = [n for n, s in stopped.arrays().items() if len(s) > axis and s[axis] == size]
    what = f"`{fits[0]}`" if len(fits) == 1 else "the array"
    places = f"{size} place{'' if size == 1 else 's'}"
    if size == 0:
        text = f"{what} is empty {along}and has no index {index}"
    elif index < 0:
        text = (
            f"there is no index {index}: {what} has {places} {along}, and counting "
            f"from the end its indices go down to "
        )
        text = f"{text.replace(' ,', ',')}−{size}".replace(f"index {index}", f"index −{-index}")
    else:
        text = (
            f"there is no index {index}: {what} has {places} {along}and its last "
            f"index is {size - 1}"
        )
    asked = indexed(stopped.code, fits, axis)
    return Meaning(text, f"`{asked}`" if asked else _culprits(stopped, index) or _indices(stopped))


def indexed(line: str, names: list[str], axis: int) -> str:
    """What is written as the index along an axis of one of these arrays, if it is one thing."""
    text = line.rstrip(":")
    for start in ("if ", "elif ", "while ", "return "):
        text = text.removeprefix(start)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return ""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
            continue
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if (
            node.value.id in names
            and axis < len(parts)
            and not isinstance(parts[axis], (ast.Slice, ast.Constant))
        ):
            found.add(ast.unparse(parts[axis]))
    return found.pop() if len(found) == 1 else ""


def _indices(stopped: Stopped) -> str:
    """The whole numbers in the line, to be printed; "the index" if none is known."""
    names = [f"`{name}`" for name in list(stopped.whole())[:3]]
    return listed(names) if names else "the index"


def _sequence(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    held = stopped.of_kind(kind)
    if found.group(2):
        text = f"there is no such index in the {kind}: it is too short"
        if held and stopped.own[held[0]].get("length") == 0:
            text = f"`{held[0]}` is empty, so it has no entry to assign to: `append` adds one"
        return Meaning(text, _indices(stopped))
    if len(held) == 1 and isinstance(stopped.own[held[0]].get("length"), int):
        many = stopped.own[held[0]]["length"]
        if many == 0:
            return Meaning(f"`{held[0]}` is empty, so no index works", _indices(stopped))
        entries = "1 entry" if many == 1 else f"{many} entries"
        text = f"an index is past the end of `{held[0]}`: it has {entries}, so its last index is "
        return Meaning(f"{text}{many - 1}", _indices(stopped))
    if kind == "tuple" and "shape" in stopped.code:
        text = "the shape has no such entry: the array has fewer axes than you "
        return Meaning(f"{text}expect", "the shape")
    text = f"an index is past the end of a {kind}: the last one is its length − 1"
    return Meaning(text, _indices(stopped))


def _too_many(found: re.Match, stopped: Stopped) -> Meaning:
    has, were = found.groups()
    axes = "axis" if has == "1" else "axes"
    text = f"{were} indices are used on an array with {has} {axes}"
    names = [name for name, shape in stopped.arrays().items() if len(shape) == int(has)]
    if len(names) == 1:
        text = f"{were} indices are used on `{names[0]}`, which has {has} {axes}"
    return Meaning(text, f"`{names[0]}.shape`" if len(names) == 1 else "its shape")


def _not_whole(found: re.Match, stopped: Stopped) -> Meaning:
    floats = stopped.of_kind("float", "float64", "float32")
    text = "an index or a slice bound must be a whole number of type int"
    if floats:
        text += f", but `{floats[0]}` is a float"
    return Meaning(
        f"{text}: does it come from a division with / ?",
        f"`{floats[0]}`" if floats else "the index",
    )


def _list_index(found: re.Match, stopped: Stopped) -> Meaning:
    kind, given = found.groups()
    if given == "tuple":
        text = f"two indices in one pair of brackets, as in a[i, j], work for arrays; a {kind} "
        return Meaning(f"{text}takes them one after the other, as in a[i][j]")
    if given in ("float", "float64", "numpy.float64"):
        return _not_whole(found, stopped)
    text = f"the index of a {kind} must be a whole number, but here it is a {given}"
    return Meaning(text, "the index")


def _scalar(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a single number is indexed as if it were an array"
    numbers = [name for name, what in stopped.own.items() if "value" in what]
    return Meaning(f"{text}: is there an index too many?", f"`{numbers[0]}`" if numbers else "")


def _axis(found: re.Match, stopped: Stopped) -> Meaning:
    axis, ndim = int(found.group(1)), int(found.group(2))
    if ndim == 0:
        return Meaning(f"there is no axis {axis}: this is a single number, which has no axes")
    last = ndim - 1
    axes = "only axis 0" if ndim == 1 else f"axes 0 to {last}"
    text = f"there is no axis {axis}: the array has {axes}"
    names = [name for name, shape in stopped.arrays().items() if len(shape) == ndim]
    return Meaning(text, f"`{names[0]}.shape`" if len(names) == 1 else "its shape")


def _unpack(found: re.Match, stopped: Stopped) -> Meaning:
    few = found.group(0).startswith("not enough")
    expected = re.search(r"expected (?:at least )?(\d+)", found.string)
    got = re.search(r"got (\d+)", found.string)
    wanted = expected.group(1) if expected else "several"
    if "shape" in stopped.code:
        has = f"has {got.group(1)}" if got else f"has {'fewer' if few else 'more'}"
        text = f"there are {wanted} names on the left, but the shape {has}"
        return Meaning(
            f"{text}: the array has {'fewer' if few else 'more'} axes than you expect", "the shape"
        )
    many = got.group(1) if got else ("fewer" if few else "more")
    verb = "is" if many == "1" else "are"
    return Meaning(
        f"there are {wanted} names on the left, but there {verb} {many} on the right",
        "the right side",
    )


def _same_axis(found: re.Match, stopped: Stopped) -> Meaning:
    text = "the same axis is named twice; each can be used only once"
    return Meaning(text, "")


def _no_step(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a slice or a range has a step of 0, so it never gets anywhere"
    return Meaning(text, _indices(stopped))


RULES: list[Rule] = [
    (("ValueError",), r"duplicate value in 'axis'|repeated axis", _same_axis),
    (("ValueError",), r"step cannot be zero|arg 3 must not be zero", _no_step),
    (("IndexError",), r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", _bounds),
    (
        ("IndexError",),
        r"(list|tuple|string|range|deque)(?: object)?( assignment)? index out of range",
        _sequence,
    ),
    (
        ("IndexError",),
        r"too many indices for array: array is (\d+)-dimensional, but (\d+) were",
        _too_many,
    ),
    (("IndexError",), r"only integers, slices", _not_whole),
    (("TypeError",), r"slice indices must be integers|only integer scalar arrays", _not_whole),
    (
        ("TypeError",),
        r"(list|tuple|string|range) indices must be integers.*, not '?([\w.]+)'?",
        _list_index,
    ),
    (("IndexError", "TypeError"), r"invalid index to scalar", _scalar),
    (("TypeError",), r"'(?:int|float|numpy\.\w+)' object is not subscriptable", _scalar),
    (("AxisError",), r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis),
    (("ValueError", "TypeError"), r"(?:not enough|too many) values to unpack", _unpack),
]
