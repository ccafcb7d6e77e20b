"""Slips between square brackets: indices and slices."""

import ast
from collections.abc import Iterator

from convolab.exercises.context import Context
from convolab.exercises.pieces import SUMS, Slip, changed, is_negative, one_off


def subscript_slips(node: ast.Subscript, context: Context) -> Iterator[Slip]:
    """a[i, j] one off in one of its places, a[i][j] crossed (a[i, j] is crossed as a tuple)."""
    inner, index = node.value, node.slice
    if isinstance(inner, ast.Subscript) and not isinstance(index, ast.Slice):
        crossed = changed(inner, slice=index)
        yield "indices swapped", changed(node, value=crossed, slice=inner.slice)
    places = index.elts if isinstance(index, ast.Tuple) else [index]
    for place, item in enumerate(places):
        for other in _one_off(item, context):
            if isinstance(index, ast.Tuple):
                other = changed(index, elts=[*places[:place], other, *places[place + 1 :]])
            yield "index one off", changed(node, slice=other)


def _one_off(index: ast.expr, context: Context) -> Iterator[ast.expr]:
    """A place before and after; a sum with a number in it has its number changed instead."""
    counts = isinstance(index, ast.Name) and index.id in context.counters
    computed = isinstance(index, ast.BinOp) and isinstance(index.op, SUMS)
    if counts or (computed and not isinstance(index.right, ast.Constant)):
        yield ast.BinOp(index, ast.Sub(), ast.Constant(1))
        yield ast.BinOp(index, ast.Add(), ast.Constant(1))


def slice_slips(node: ast.Slice) -> Iterator[Slip]:
    """A slice one off at either end, or without its step."""
    if is_negative(node.step):
        yield "reversal dropped", changed(node, step=None)
        return
    if node.step is not None:
        yield "step dropped", changed(node, step=None)
    if node.lower is None and node.upper is None:
        return
    if node.lower is None:
        yield "slice one off", changed(node, lower=ast.Constant(1))
    else:
        for bound in one_off(node.lower):
            yield "slice one off", changed(node, lower=bound)
    if node.upper is None:
        yield "slice one off", changed(node, upper=ast.UnaryOp(ast.USub(), ast.Constant(1)))
        return
    for bound in one_off(node.upper):
        yield "slice one off", changed(node, upper=bound)
    if is_negative(node.upper):
        yield "slice one off", changed(node, upper=None)
