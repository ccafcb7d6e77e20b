"""Errors of names: unknown, not yet given a value, no such attribute, key, module or argument."""

import re
from importlib.util import find_spec

from convolab.check.errors.stopped_call import Meaning, Rule, Stopped
from convolab.check.words import listed

NO_TORCH = (
    "PyTorch is not installed here: end JupyterLab, and start it with "
    "`python -m uv run --extra torch convolab lab`, or without a clone with "
    "`python -m pip install torch` and `convolab lab`"
)


def _near(stopped: Stopped, name: str) -> str:
    near = [one for one in stopped.fact("near", list) if isinstance(one, str) and one != name]
    return f": did you mean `{near[0]}`?" if near else ""


def _unknown(found: re.Match, stopped: Stopped) -> Meaning:
    name = found.group(1)
    if name in ("np", "numpy"):
        return Meaning(
            "`np` is not defined: the cell at the top with `import numpy as np` has not "
            "run since the kernel started"
        )
    if name == "torch" and not find_spec("torch"):
        return Meaning(NO_TORCH)
    near = _near(stopped, name)
    if near:
        return Meaning(f"there is no `{name}`{near}")
    return Meaning(
        f"`{name}` is not defined: is the line that creates it missing, or in a cell that has not "
        "run yet?"
    )


def _unbound(found: re.Match, stopped: Stopped) -> Meaning:
    name = next(filter(None, found.groups()))
    text = f"`{name}` is used before it has a value"
    return Meaning(
        f"{text}: it gets one only inside an `if` or a loop that did not run, or further "
        "down; give it one first"
    )


_NO_SHAPE = (
    "shape",
    "ndim",
    "size",
    "dtype",
    "sum",
    "mean",
    "max",
    "min",
    "reshape",
    "T",
    "copy",
    "astype",
    "flatten",
    "ravel",
    "transpose",
)


def _attribute(found: re.Match, stopped: Stopped) -> Meaning:
    kind, name = found.groups()
    if kind in ("list", "tuple", "int", "float", "range") and name in _NO_SHAPE:
        held = stopped.of_kind(kind)
        who = f"`{held[0]}`" if len(held) == 1 else "this"
        fix = (
            "`np.array(…)` turns it into an array"
            if kind in ("list", "tuple", "range")
            else "arrays have"
        )
        return Meaning(
            f"{who} is {'an' if kind == 'int' else 'a'} {kind}, which has no `{name}`; {fix}"
            + ("" if fix.startswith("`") else f" `{name}`, a single number does not")
        )
    what = (
        "an array" if kind == "numpy.ndarray" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    )
    if kind == "numpy.ndarray" and name in ("append", "extend", "insert", "pop", "remove"):
        return Meaning(
            f"an array has no `{name}`, because its length is fixed: create it as long as it has "
            "to be and fill it, or collect the values in a list"
        )
    return Meaning(f"{what} has no `{name}`{_near(stopped, name)}")


def _module_attribute(found: re.Match, stopped: Stopped) -> Meaning:
    module, name = found.groups()
    said = re.search(r"Did you mean: '([^_]\w*)'", found.string)  # nothing private
    near = f": did you mean `{said.group(1)}`?" if said else _near(stopped, name)
    return Meaning(f"there is no `{name}` in `{module}`{near}")


def _key(found: re.Match, stopped: Stopped) -> Meaning:
    key = stopped.says.strip()[:60].replace("`", "'")
    dicts = stopped.of_kind("dict")
    who = f"`{dicts[0]}`" if len(dicts) == 1 else "the dictionary"
    if dicts and stopped.own[dicts[0]].get("length") == 0:
        return Meaning(f"{who} is empty and has no entry {key}", "")
    return Meaning(f"{who} has no entry {key}", f"`{dicts[0]}.keys()`" if dicts else "its keys")


def _module(found: re.Match, stopped: Stopped) -> Meaning:
    name = found.group(1)
    if name == "torch" and not find_spec("torch"):
        return Meaning(NO_TORCH)
    return Meaning(
        f"there is no module `{name}` here: is its name spelt right? Everything this "
        "course needs is installed"
    )


def _import(found: re.Match, stopped: Stopped) -> Meaning:
    return Meaning(f"there is no `{found.group(1)}` in `{found.group(2)}`: is it spelt right?")


def _missing_argument(found: re.Match, stopped: Stopped) -> Meaning:
    function, rest = found.groups()
    names = re.findall(r"'(\w+)'", rest)
    return Meaning(
        f"`{_plain(function)}` is called without {listed(f'`{one}`' for one in names)}"
        if names
        else f"`{_plain(function)}` is called with too few arguments"
    )


def _too_many(found: re.Match, stopped: Stopped) -> Meaning:
    function, takes, given = found.groups()
    arguments = "argument" if takes in ("0", "1") and "to" not in takes else "arguments"
    text = (
        f"`{_plain(function)}` takes {takes.replace('from ', '')} {arguments} but is given {given}"
    )
    return Meaning(text)


def _unexpected(found: re.Match, stopped: Stopped) -> Meaning:
    function, name = found.groups()
    return Meaning(f"`{_plain(function)}` has no argument called `{name}`: see its first line")


def _twice(found: re.Match, stopped: Stopped) -> Meaning:
    function, name = found.groups()
    return Meaning(f"`{_plain(function)}` is given `{name}` twice, by position and by name")


def _plain(function: str) -> str:
    return function.rsplit(".", 1)[-1]


RULES: list[Rule] = [
    (("UnboundLocalError",), r"local variable '(\w+)'", _unbound),
    (("NameError",), r"free variable '(\w+)'", _unbound),
    (("NameError",), r"name '(\w+)' is not defined", _unknown),
    (("AttributeError",), r"module '([\w.]+)' has no attribute '(\w+)'", _module_attribute),
    (("AttributeError",), r"'([\w.]+)' object has no attribute '(\w+)'", _attribute),
    (("KeyError",), r"", _key),
    (("ModuleNotFoundError",), r"No module named '([\w.]+)'", _module),
    (
        ("ImportError",),
        r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'",
        _import,
    ),
    (
        ("TypeError",),
        r"([\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.*)",
        _missing_argument,
    ),
    (
        ("TypeError",),
        r"([\w.<>]+)\(\) takes ((?:from )?\d+(?: to \d+)?) positional arguments? but (\d+)",
        _too_many,
    ),
    (("TypeError",), r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'", _unexpected),
    (("TypeError",), r"([\w.<>]+)\(\) got multiple values for argument '(\w+)'", _twice),
]
