"""Small changes to pieces of a program, of which slips are made."""

import ast
import copy
from collections.abc import Iterator

Slip = tuple[str, ast.AST]  # its kind, and what replaces the right piece
SUMS = (ast.Add, ast.Sub)


def changed(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def is_negative(node: ast.AST | None) -> bool:
    """Whether this is a number with a minus in front."""
    minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    return minus and isinstance(node.operand, ast.Constant)


def swapped(items: list, place: int) -> list:
    """A list in which the item at this place and the next have changed places."""
    return [*items[:place], items[place + 1], items[place], *items[place + 2 :]]


def without(items: list, place: int) -> list:
    """A list without the item at this place."""
    return [*items[:place], *items[place + 1 :]]


def one_off(bound: ast.expr) -> Iterator[ast.expr]:
    """An end of a range or slice, one less and one more; not where a number in it does that."""
    number = isinstance(bound, ast.Constant) or is_negative(bound)
    in_sum = isinstance(bound, ast.BinOp) and isinstance(bound.op, SUMS)
    if not number and not (in_sum and isinstance(bound.right, ast.Constant)):
        yield ast.BinOp(bound, ast.Sub(), ast.Constant(1))
        yield ast.BinOp(bound, ast.Add(), ast.Constant(1))
