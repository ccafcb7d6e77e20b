"""Errors of kinds: a list where an array is needed, a float for an int, None for a result."""

import re

from convolab.check.errors.stopped_call import Meaning, Rule, Stopped

ARRAY = "`np.array(…)` turns a list into an array"


def _truth(found: re.Match, stopped: Stopped) -> Meaning:
    text = "this asks whether a whole array is true, but each number in it has an answer of its "
    text += (
        "own: compare them one by one, or use `np.where` or `np.maximum`, which take whole arrays"
    )
    names = list(stopped.arrays())
    return Meaning(text, f"`{names[0]}.shape`" if names else "")


def _operands(found: re.Match, stopped: Stopped) -> Meaning:
    sign, one, other = found.groups()
    kinds = {one, other}
    names = [f"`{name}`" for name in stopped.of_kind(*kinds)]
    if "NoneType" in kinds:
        none = stopped.of_kind("None")
        who = f"`{none[0]}` is None" if none else "one side is None"
        return Meaning(
            f"{who}, so there is nothing to calculate with: does a function reach its "
            "end without a return?",
            f"`{none[0]}`" if none else "both sides",
        )
    if kinds & {"list", "tuple", "dict"}:
        kind = next(iter(kinds & {"list", "tuple", "dict"}))
        text = f"Python cannot calculate with a whole {kind}"
        if kind == "dict":
            return Meaning(f"{text}: take its entries, one by one", "")
        return Meaning(f"{text}: {ARRAY}, or go through it number by number", "")
    if "str" in kinds:
        return Meaning("a string is used as a number", " and ".join(names[:2]))
    if any("function" in kind or "method" in kind for kind in kinds):
        return Meaning(
            "a function itself is used as a number: should it be called, with brackets?", ""
        )
    return Meaning(
        f"`{sign}` does not work between {_a(one)} and {_a(other)}", " and ".join(names[:2])
    )


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _compared(found: re.Match, stopped: Stopped) -> Meaning:
    return _operands(found, stopped)


def _concatenate(found: re.Match, stopped: Stopped) -> Meaning:
    text = f"`+` between a list and {_a(found.group(1))} does not add numbers; it joins lists"
    return Meaning(f"{text}. {ARRAY}, or take one number from the list", "")


def _join_text(found: re.Match, stopped: Stopped) -> Meaning:
    text = (
        f"`+` between a string and {_a(found.group(1))} does not add numbers: one side is a string"
    )
    names = [f"`{name}`" for name in stopped.of_kind("str")]
    return Meaning(f"{text}, where a number is needed", " and ".join(names[:2]) or "both sides")


def _no_class(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("`isinstance` takes the value first and then its type, as in isinstance(x, int)")


def _no_dtype(found: re.Match, stopped: Stopped) -> Meaning:
    said = (found.group(1) or found.group(2))[:40].replace("`", "'")
    return Meaning(f"{said} is not the name of a dtype, such as float or np.uint8")


def _repeat(found: re.Match, stopped: Stopped) -> Meaning:
    text = "a list can only be multiplied by a whole number, which repeats it"
    return Meaning(f"{text}: {ARRAY}, whose numbers are multiplied one by one", "")


def _as_integer(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    held = stopped.of_kind(kind)
    who = f"`{held[0]}`, {_a(kind)}," if len(held) == 1 else f"{_a(kind)}"
    if kind in ("float", "numpy.float64"):
        text = f"{who} is used where only a whole number works, as in range() or a shape: `//` "
        return Meaning(f"{text}gives a whole number", f"`{held[0]}`" if held else "")
    text = f"{who} is used where only a whole number works, as in range() or a shape"
    if kind in ("list", "tuple"):
        text += ": is `len` missing?"
    return Meaning(text, f"`{held[0]}`" if held else "")


def _size(found: re.Match, stopped: Stopped) -> Meaning:
    floats = stopped.of_kind("float", "float64", "float32")
    who = f"`{floats[0]}`, a float," if len(floats) == 1 else "a float"
    text = f"{who} is used where only a whole number works, as in range() or a shape: `//` gives"
    return Meaning(f"{text} a whole number", f"`{floats[0]}`" if len(floats) == 1 else "")


def _none(found: re.Match, stopped: Stopped) -> Meaning:
    none = stopped.of_kind("None")
    who = f"`{none[0]}` is None" if len(none) == 1 else "something in this line is None"
    text = f"{who}: a function that ends without a return gives None"
    return Meaning(text, f"`{none[0]}`" if len(none) == 1 else "")


def _not_callable(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    names = stopped.of_kind(*({"numpy.ndarray": ("array",)}.get(kind, (kind,))))
    what = _a(kind.replace("numpy.ndarray", "array"))
    who = f"`{names[0]}` is {what}" if len(names) == 1 else f"{what} is followed by ( )"
    if kind in ("numpy.ndarray", "list", "tuple", "dict", "range", "str"):
        return Meaning(
            f"{who}, and round brackets call a function: an index goes in square ones, as in a[i]",
            "",
        )
    if kind == "module":
        return Meaning(f"{who}: call one of its functions, as in module.function( )", "")
    return Meaning(
        f"{who}, and round brackets after it call it like a function: is a * missing, "
        "or does a variable have the same name as a function?",
        "",
    )


def _no_length(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    if kind == "NoneType":
        return _none(found, stopped)
    names = [n for n, w in stopped.own.items() if w.get("kind") == kind]
    who = f"`{names[0]}` is {_a(kind)}" if len(names) == 1 else f"this is {_a(kind)}"
    text = f"{who}, which has no length: is a comma missing in a tuple of one, as in (n,)?"
    return Meaning(
        text if kind in ("int", "float") else f"{who}, which has no length",
        f"`{names[0]}`" if names else "",
    )


def _unsized(found: re.Match, stopped: Stopped) -> Meaning:
    text = "this takes the length of a single number, or loops over it as if it were a list"
    return Meaning(f"{text}: is `range` missing, or an index too many?", "")


def _not_iterable(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    if kind == "NoneType":
        return _none(found, stopped)
    return Meaning(
        f"this loops over or unpacks {_a(kind)}, which has no parts: is `range` missing?"
        if kind in ("int", "float", "numpy.float64", "numpy.int64")
        else f"{_a(kind)} cannot be looped over or unpacked",
        "",
    )


def _fixed(found: re.Match, stopped: Stopped) -> Meaning:
    kind = found.group(1)
    held = stopped.of_kind(kind)
    who = f"`{held[0]}` is {_a(kind)}" if len(held) == 1 else f"this is {_a(kind)}"
    way = {
        "range": "a list made from it can: list(range(n))",
        "tuple": "a list or an array can",
        "str": "make a new string",
    }.get(kind, "")
    if kind == "NoneType":
        return _none(found, stopped)
    if kind in ("int", "float") or kind.startswith("numpy."):
        return Meaning(
            f"{who.replace('numpy.', '')}, a single number, with no entries to assign "
            "to: is an array missing, or an index too many?",
            "",
        )
    return Meaning(f"{who}, which cannot be changed{f'; {way}' if way else ''}", "")


def _casting(found: re.Match, stopped: Stopped) -> Meaning:
    came, there = found.groups()
    whole = there.startswith(("int", "uint"))
    text = f"results of type {came} are stored back into an array of type {there}, by += or out="
    if whole and came.startswith("float"):
        text += ", which holds whole numbers only: make it an array of floats"
    return Meaning(text, "the dtype of the array on the left")


def _ufunc(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        "a NumPy function is given something that is not a number, such as a string, "
        "None or rows of different lengths",
        "what it is given",
    )


def _unary(found: re.Match, stopped: Stopped) -> Meaning:
    sign, kind = found.groups()
    if kind == "NoneType":
        return _none(found, stopped)
    tail = f": {ARRAY}" if kind in ("list", "tuple") else ""
    return Meaning(f"`{sign}` does not work on {_a(kind)}{tail}", "")


def _unhashable(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        f"{_a(found.group(1))} cannot be a dictionary key or an entry of a set: a "
        "number, a string or a tuple can",
        "",
    )


def _read_only(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        "this array is read-only (a view of another one, or one that was protected): "
        "work on a copy, `a.copy()`",
        "",
    )


RULES: list[Rule] = [
    (("ValueError",), r"truth value of an array", _truth),
    (
        ("TypeError",),
        r"unsupported operand type\(s\) for (\S+?):? '([\w.]+)' and '([\w.]+)'",
        _operands,
    ),
    (
        ("TypeError",),
        r"'(\S+)' not supported between instances of '([\w.]+)' and '([\w.]+)'",
        _compared,
    ),
    (("TypeError",), r"can only concatenate (?:list|tuple) \(not \"([\w.]+)\"\)", _concatenate),
    (("TypeError",), r"can only concatenate str \(not \"([\w.]+)\"\)", _join_text),
    (("TypeError",), r"isinstance\(\) arg 2 must be", _no_class),
    (
        ("TypeError",),
        r"data type (.+) not understood|Cannot interpret (.+) as a data type",
        _no_dtype,
    ),
    (("TypeError",), r"can't multiply sequence by non-int of type", _repeat),
    (("TypeError",), r"'([\w.]+)' object cannot be interpreted as an integer", _as_integer),
    (("TypeError",), r"expected a sequence of integers or a single integer", _size),
    (("TypeError",), r"'NoneType' object (?:is not subscriptable|does not support)", _none),
    (("AttributeError",), r"'NoneType' object has no attribute", _none),
    (("TypeError",), r"'([\w.]+)' object is not callable", _not_callable),
    (("TypeError",), r"object of type '([\w.]+)' has no len", _no_length),
    (("TypeError",), r"len\(\) of unsized|iteration over a 0-d", _unsized),
    (
        ("TypeError",),
        r"(?:cannot unpack non-iterable|argument of type) '?([\w.]+)'?",
        _not_iterable,
    ),
    (("TypeError",), r"'([\w.]+)' object is not iterable", _not_iterable),
    (("TypeError",), r"'([\w.]+)' object does not support item (?:assignment|deletion)", _fixed),
    (
        ("UFuncTypeError", "TypeError"),
        r"Cannot cast ufunc .* from dtype\('(\w+)'\) to dtype\('(\w+)'\)",
        _casting,
    ),
    (
        ("TypeError", "UFuncTypeError"),
        r"ufunc .* not supported for the input types|did not contain a loop",
        _ufunc,
    ),
    (("TypeError",), r"bad operand type for (?:unary )?([-+~]|abs\(\)): '([\w.]+)'", _unary),
    (("TypeError",), r"unhashable type: '([\w.]+)'", _unhashable),
    (("ValueError",), r"read-only", _read_only),
]
