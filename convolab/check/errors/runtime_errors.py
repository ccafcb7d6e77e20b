"""Errors of arithmetic, memory and the way a program runs: zero, too large, endless, stopped."""

import re

from convolab.check.errors.stopped_call import Meaning, Rule, Stopped


def _zero(found: re.Match, stopped: Stopped) -> Meaning:
    zeros = [f"`{name}`" for name, value in stopped.whole().items() if value == 0]
    zeros += [
        f"`{n}`" for n, w in stopped.own.items() if w.get("value") == 0.0 and f"`{n}`" not in zeros
    ]
    text = "this divides by 0"
    if len(zeros) == 1 and re.search(rf"(/|%)\s*\(?{zeros[0].strip('`')}\b", stopped.code):
        text = f"{zeros[0]} is 0, and this divides by it"
        return Meaning(text)
    return Meaning(text, " and ".join(zeros[:2]) or "the divisor")


def _endless_calls(found: re.Match, stopped: Stopped) -> Meaning:
    path = stopped.fact("path", list)
    name = stopped.inside or (path[-1] if path and isinstance(path[-1], str) else "")
    who = f"`{name}`" if name else "a function"
    return Meaning(
        f"{who} calls itself for ever: does it call its own name where another function is meant?"
    )


def _memory(found: re.Match, stopped: Stopped) -> Meaning:
    size = re.search(r"allocate ([\d.]+ \w+) for an array with shape (\(.*?\))", found.string)
    if size:
        return Meaning(
            f"an array of shape {size.group(2)} would need {size.group(1)}",
            "the sizes it is made with",
        )
    return Meaning("this needs more memory than there is", "the sizes of what it makes")


def _too_large(found: re.Match, stopped: Stopped) -> Meaning:
    said = found.string
    if re.search(r"infinity|NaN", said):
        what = "infinity" if "infinity" in said else "a nan (as 0 / 0 gives)"
        return Meaning(
            f"{what} cannot be turned into a whole number", "the number that is converted"
        )
    bounds = re.search(r"Python integer (-?\d+) out of bounds for (\w+)", said)
    if bounds:
        return Meaning(
            f"{bounds.group(1)} does not fit into {bounds.group(2)}, the array's type: "
            "use floats or a larger integer type"
        )
    return Meaning("a number became too large to calculate with", "the numbers in this line")


def _domain(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        "a root or a logarithm is taken of a number that has none: a negative one, or 0",
        "the number in brackets",
    )


def _changed_in_loop(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        "a dictionary, list or set changes while a loop goes through it: loop over a "
        "copy, `list(…)` of it"
    )


def _iterator(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("`next` is called, but nothing is left")


def _no_file(found: re.Match, stopped: Stopped) -> Meaning:
    name = re.search(r"'([^']*)'", found.string)
    which = f" called {name.group(1)[:60]}" if name else " of that name"
    return Meaning(f"there is no file{which} in the folder the notebook runs in")


def _encoding(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("a string or a file is read or written in the wrong encoding")


def _literal(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("a string that is not a number is converted to one", "the string")


def _interrupted(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("it was stopped while it was still running: is there a loop that never ends?")


def _left(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning("it ends Python, with `exit` or `sys.exit`: to give a result back, use `return`")


def _syntax(found: re.Match, stopped: Stopped) -> Meaning:
    said = stopped.says.split(" (", 1)[0].rstrip(".")[:80].replace("`", "'")
    kinds = ("IndentationError", "TabError")
    if any(kind in stopped.raised for kind in kinds):
        text = "the indentation is uneven: all lines of a block start in the same column"
        return Meaning(text)
    return Meaning(
        f"Python cannot read the code: {said}. A bracket, a quotation mark or a colon may "
        "be missing here or in the line above"
        if said
        else "Python cannot read the code"
    )


def _singular(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(
        "a matrix cannot be inverted or solved: some of its rows are combinations of others"
    )


RULES: list[Rule] = [
    (("ZeroDivisionError",), r"", _zero),
    (("RecursionError",), r"", _endless_calls),
    (("MemoryError",), r"", _memory),
    (("OverflowError",), r"", _too_large),
    (("ValueError",), r"cannot convert float (NaN|infinity)", _too_large),
    (("ValueError",), r"math domain error|expected a (?:nonnegative|positive|number)", _domain),
    (
        ("RuntimeError",),
        r"changed (?:size )?during iteration|mutated during iteration",
        _changed_in_loop,
    ),
    (("StopIteration",), r"", _iterator),
    (("RuntimeError",), r"generator raised StopIteration", _iterator),
    (("FileNotFoundError",), r"", _no_file),
    (("UnicodeError",), r"", _encoding),
    (("ValueError",), r"invalid literal for int|could not convert string", _literal),
    (("KeyboardInterrupt",), r"", _interrupted),
    (("SystemExit",), r"", _left),
    (("SyntaxError",), r"", _syntax),
    (("LinAlgError",), r"", _singular),
]
