"""Slips in a call: arguments, keywords, and a function confused with another."""

import ast
from collections.abc import Iterator

from convolab.exercises.context import function_name
from convolab.exercises.pieces import Slip, changed, one_off, swapped, without

TAKEN_FOR = {
    "max": ("min",),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin", "max"),
    "argmin": ("argmax",),
    "any": ("all",),
    "all": ("any",),
    "floor": ("ceil", "round"),
    "ceil": ("floor",),
    "rint": ("floor", "ceil"),
    "round": ("floor", "ceil"),
    "mean": ("sum",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "log": ("exp",),
    "prod": ("sum",),
    "repeat": ("tile",),
}
BUILT_IN = {"max": ("min",), "min": ("max",), "any": ("all",), "all": ("any",), "round": ("int",)}
# Calls that change their argument, or what is before the dot, and are easily forgotten.
FORGOTTEN = {
    "abs", "astype", "ceil", "clip", "copy", "exp", "flip", "floor", "log", "ravel", "reshape",
    "rint", "rot90", "round", "sqrt", "sum", "swapaxes", "transpose",
}  # fmt: skip
# Their arguments may come in any order.
ANY_ORDER = {
    "max", "min", "maximum", "minimum", "add", "multiply", "hypot", "zip", "isclose", "swapaxes",
}  # fmt: skip
# Keywords that guard or speed up, and change no result.
NO_RESULT = {"strict", "optimize"}
MODULES = {"np", "numpy", "math", "ops", "linalg", "fft", "lib", "stride_tricks"}
FILLED = {"zeros", "ones", "empty"}


def call_slips(node: ast.Call) -> Iterator[Slip]:
    """Every slip of a call, except those inside its arguments."""
    name = function_name(node)
    yield from _another_function(node, name)
    built_in_sum = name == "sum" and isinstance(node.func, ast.Name)
    if name in FORGOTTEN and not built_in_sum and (held := _held(node)) is not None:
        yield "call dropped", held
    arguments = node.args
    if any(isinstance(argument, ast.Starred) for argument in arguments):
        return
    if name == "range":
        yield from _range(node)
    if name not in ANY_ORDER:
        for place in range(len(arguments) - 1):
            yield "arguments swapped", changed(node, args=swapped(arguments, place))
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None and keyword.arg not in NO_RESULT:
            yield "keyword dropped", changed(node, keywords=without(node.keywords, place))
    if name == "enumerate" and len(arguments) == 1:
        yield "range one off", changed(node, args=[*arguments, ast.Constant(1)])
    if name == "einsum":
        yield from _einsum(node)
    yield from _whole_numbers(node, name)


def _another_function(node: ast.Call, name: str) -> Iterator[Slip]:
    if isinstance(node.func, ast.Attribute):
        for other in TAKEN_FOR.get(name, ()):
            yield "another function", changed(node, func=changed(node.func, attr=other))
    elif isinstance(node.func, ast.Name):
        for other in BUILT_IN.get(name, ()):
            yield "another function", changed(node, func=changed(node.func, id=other))


def _held(node: ast.Call) -> ast.expr | None:
    """What is left of a call without the call: a of `np.flip(a)` and of `a.copy()`."""
    function = node.func
    if isinstance(function, ast.Attribute) and not _is_module(function.value):
        return function.value
    return node.args[0] if node.args and not isinstance(node.args[0], ast.Starred) else None


def _is_module(node: ast.expr) -> bool:
    last = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return last in MODULES


def _range(node: ast.Call) -> Iterator[Slip]:
    arguments = node.args
    for place, argument in enumerate(arguments[:2]):
        for bound in one_off(argument):
            args = [*arguments[:place], bound, *arguments[place + 1 :]]
            yield "range one off", changed(node, args=args)
    if len(arguments) == 1:
        yield "range one off", changed(node, args=[ast.Constant(1), *arguments])
    elif len(arguments) == 3:
        yield "step dropped", changed(node, args=arguments[:2])


def _einsum(node: ast.Call) -> Iterator[Slip]:
    """Two letters swapped at the end of one of the parts, "ij,jk->ik" as "ij,kj->ik"."""
    rule = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
    if not isinstance(rule, str) or "->" not in rule:
        return
    given, arrow, result = rule.partition("->")
    parts = [*given.split(","), result]
    for place, part in enumerate(parts):
        if len(part) < 2:
            continue
        crossed = [*parts[:place], part[:-2] + part[-1] + part[-2], *parts[place + 1 :]]
        text = ast.Constant(",".join(crossed[:-1]) + arrow + crossed[-1])
        yield "indices swapped", changed(node, args=[text, *node.args[1:]])


def _whole_numbers(node: ast.Call, name: str) -> Iterator[Slip]:
    """Whole numbers where fractions belong."""
    whole = ast.Name("int", ast.Load())
    if name in FILLED and len(node.args) == 1 and not node.keywords:
        keyword = ast.keyword("dtype", whole)
        yield "whole numbers", changed(node, keywords=[keyword])
    for place, argument in enumerate(node.args):
        if name == "astype" and _is_float(argument):
            args = [*node.args[:place], whole, *node.args[place + 1 :]]
            yield "whole numbers", changed(node, args=args)
    for place, keyword in enumerate(node.keywords):
        if keyword.arg == "dtype" and _is_float(keyword.value):
            keywords = [*node.keywords[:place], changed(keyword, value=whole)]
            keywords += node.keywords[place + 1 :]
            yield "whole numbers", changed(node, keywords=keywords)


def _is_float(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "float"
