"""Slips inside an expression: operators, numbers, conditions, names."""

import ast
from collections.abc import Iterator

from convolab.exercises.context import Context
from convolab.exercises.pieces import SUMS, Slip, changed, is_negative, swapped, without
from convolab.exercises.slips_of_calls import call_slips
from convolab.exercises.slips_of_indices import slice_slips, subscript_slips

COMPARED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
COMPUTED = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult),
    ast.Div: (ast.FloorDiv, ast.Mult),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
# Where the two sides may not change places.
ONE_WAY = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
# Nothing to compute with: [0] * n repeats a list, name + "_w" joins texts.
LISTS = (ast.List, ast.ListComp, ast.Tuple, ast.JoinedStr)


def slips_of(node: ast.AST, context: Context) -> Iterator[Slip]:
    """Every slip that changes this piece of an expression and nothing below it."""
    match node:
        case ast.Compare():
            yield from _compare(node)
        case ast.BoolOp():
            yield from _and_or(node)
        case ast.BinOp():
            yield from _compute(node)
        case ast.UnaryOp():
            yield from _unary(node, context)
        case ast.Constant():
            yield from _constant(node, context)
        case ast.IfExp():
            yield "branches swapped", changed(node, body=node.orelse, orelse=node.body)
        case ast.Subscript():
            yield from subscript_slips(node, context)
        case ast.Slice():
            yield from slice_slips(node)
        case ast.Tuple() | ast.List() if not context.any_order(node):
            for place in range(len(node.elts) - 1):
                yield "order of a tuple", changed(node, elts=swapped(node.elts, place))
        case ast.Attribute(attr="T"):
            yield "transposition dropped", node.value
        case ast.Name(ctx=ast.Load()):
            for other in context.taken_for(node):
                yield "another name", changed(node, id=other)
        case ast.comprehension(ifs=[_, *_]):
            yield "condition dropped", changed(node, ifs=[])
        case ast.Call():
            yield from call_slips(node)


def is_whole(node: ast.AST) -> bool:
    """Whether nothing below this piece is changed by itself: −1 is one number, a text one text."""
    return is_negative(node) or isinstance(node, ast.JoinedStr)


def other_operators(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.operator]:
    """The operators that are easily confused with that of a sum, a product and so on."""
    right = node.right if isinstance(node, ast.BinOp) else node.value
    left = node.left if isinstance(node, ast.BinOp) else node.target
    for other in COMPUTED.get(type(node.op), ()):
        if other is ast.MatMult and (_is_one_number(left) or _is_one_number(right)):
            continue  # nobody mistakes a number for a matrix
        yield other()


def _is_one_number(node: ast.expr) -> bool:
    """Whether this is a number, or looks like one item of an array: 2, a[i], a[i, j + 1]."""
    if not isinstance(node, ast.Subscript):
        return isinstance(node, ast.Constant)
    parts = (ast.Slice, ast.Constant)  # a[:, i], a[..., None]
    return not any(isinstance(part, parts) for part in ast.walk(node.slice))


def _compare(node: ast.Compare) -> Iterator[Slip]:
    for place, operator in enumerate(node.ops):
        for other in COMPARED[type(operator)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield "comparison", changed(node, ops=ops)
    if len(node.ops) == 2:
        low, high = node.comparators
        yield "part of a condition", changed(node, ops=node.ops[:1], comparators=[low])
        yield "part of a condition", ast.Compare(low, node.ops[1:], [high])


def _and_or(node: ast.BoolOp) -> Iterator[Slip]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "and, or", changed(node, op=other)
    for place in range(len(node.values)):
        left = without(node.values, place)
        short = left[0] if len(left) == 1 else changed(node, values=left)
        yield "part of a condition", short


def _compute(node: ast.BinOp) -> Iterator[Slip]:
    left, right = node.left, node.right
    if _is_sequence(left) or _is_sequence(right):
        return
    for other in other_operators(node):
        yield "arithmetic", changed(node, op=other)
    if isinstance(node.op, ONE_WAY):
        yield "sides swapped", changed(node, left=right, right=left)
    # The brackets of (a + b) / c and of a / (b * c) left out.
    if _binds_less(left, node.op):
        inner = ast.BinOp(left.right, node.op, right)
        yield "brackets dropped", ast.BinOp(left.left, left.op, inner)
    if _binds_less(right, node.op) or _same_level(right, node.op):
        inner = ast.BinOp(left, node.op, right.left)
        yield "brackets dropped", ast.BinOp(inner, right.op, right.right)
    # A term or a factor left out, where no changed number does the same.
    neutral = (1,) if isinstance(node.op, SUMS) else (2,)
    if not _is_number(right, neutral):
        yield "term dropped", left
    if isinstance(node.op, (ast.Add, ast.Mult)) and not _is_number(left, neutral):
        yield "term dropped", right


def _is_sequence(node: ast.expr) -> bool:
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, LISTS)


def _is_number(node: ast.AST, values: tuple[int, ...]) -> bool:
    return isinstance(node, ast.Constant) and node.value in values


def _binds_less(node: ast.AST, operator: ast.operator) -> bool:
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, SUMS)
    return is_sum and isinstance(operator, (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow))


def _same_level(node: ast.AST, operator: ast.operator) -> bool:
    if not isinstance(node, ast.BinOp):
        return False
    if isinstance(operator, ast.Sub):
        return isinstance(node.op, SUMS)
    products = (ast.Mult, ast.Div, ast.FloorDiv)
    return isinstance(operator, (ast.Div, ast.FloorDiv)) and isinstance(node.op, products)


def _unary(node: ast.UnaryOp, context: Context) -> Iterator[Slip]:
    if isinstance(node.op, ast.Not):
        yield "not dropped", node.operand
    elif isinstance(node.op, ast.USub):
        yield "minus dropped", node.operand
        whole = is_negative(node) and isinstance(node.operand.value, int)
        if whole and not context.is_marker(node):
            for number in (node.operand.value + 1, node.operand.value - 1):
                value = ast.Constant(number)
                yield "number", ast.UnaryOp(ast.USub(), value) if number else value
    elif isinstance(node.op, ast.Invert):
        yield "not dropped", node.operand


def _constant(node: ast.Constant, context: Context) -> Iterator[Slip]:
    value = node.value
    if isinstance(value, bool):
        if not context.is_marker(node):
            yield "number", ast.Constant(not value)
    elif isinstance(value, int):
        for other in (value - 1, value + 1):
            if other >= 0:
                yield "number", ast.Constant(other)
    elif isinstance(value, float):
        for other in (value * 2, value / 2) if value else (1.0,):
            yield "number", ast.Constant(other)
        if value:
            yield "number", ast.UnaryOp(ast.USub(), node)
    elif value in context.words and len(context.words) > 1:
        after = context.words.index(value) + 1
        yield "another word", ast.Constant(context.words[after % len(context.words)])
