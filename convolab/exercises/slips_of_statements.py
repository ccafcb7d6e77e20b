"""Slips in a list of statements: a line forgotten, a return in the loop, branches swapped."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from convolab.exercises.context import refuses
from convolab.exercises.pieces import changed
from convolab.exercises.slips_of_expressions import other_operators

LOOPS = (ast.For, ast.While)
LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)
NEVER_DROPPED = (ast.Return, ast.Raise, ast.Pass, ast.FunctionDef, ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class BlockSlip:
    """A list of statements with one slip, in the words of a person."""

    kind: str
    line: int
    says: str
    block: list[ast.stmt]


def block_slips(block: list[ast.stmt], is_else: bool = False) -> Iterator[BlockSlip]:
    """Every slip of these statements, except those inside a statement.

    Args:
        is_else: whether this is what follows an else, which may be forgotten as a whole.
    """
    if is_else and not _is_elif(block):
        where, last = block[0].lineno, block[-1]
        kind = "refusal dropped" if isinstance(last, ast.Raise) else "statement dropped"
        yield BlockSlip(kind, where, f"else with `{_first_line(block[0])}` dropped", [])
    for place, statement in enumerate(block):
        before, after = block[:place], block[place + 1 :]
        for kind, says, new in _of_one(statement):
            left = [*before, *new, *after] or [ast.Pass()]
            yield BlockSlip(kind, statement.lineno, says, left)
        if isinstance(statement, LOOPS) and not statement.orelse:
            yield from _at_the_end_of(statement, before, after)


def is_docstring(statement: ast.stmt) -> bool:
    """Whether a statement is a string and nothing else."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _of_one(statement: ast.stmt) -> Iterator[tuple[str, str, list[ast.stmt]]]:
    """What may replace one statement: kind, words, statements."""
    text = _first_line(statement)
    if not isinstance(statement, NEVER_DROPPED) and not is_docstring(statement):
        kind = "refusal dropped" if refuses(statement) else "statement dropped"
        yield kind, f"`{text}` dropped", []
    match statement:
        case ast.Raise():
            nothing = ast.Return(ast.Constant(None))
            yield "refusal dropped", f"`return None` for `{text}`", [nothing]
        case ast.AugAssign():
            plain = ast.Assign([statement.target], statement.value, lineno=statement.lineno)
            yield "plain assignment", f"`{ast.unparse(plain)}` for `{text}`", [plain]
            for operator in other_operators(statement):
                other = changed(statement, op=operator)
                yield "arithmetic", f"`{ast.unparse(other)}` for `{text}`", [other]
        case ast.If(orelse=[]) | ast.While():
            # Where there is an else, swapped branches are the same.
            if not isinstance(statement.test, ast.Compare) or len(statement.test.ops) > 1:
                negated = changed(statement, test=ast.UnaryOp(ast.Not(), statement.test))
                says = f"`{_first_line(negated)}` for `{text}`"
                yield "condition negated", says, [negated]
        case ast.If():
            crossed = changed(statement, body=statement.orelse, orelse=statement.body)
            yield "branches swapped", f"branches of `{text}` swapped", [crossed]
        case ast.Break():
            yield "break, continue", "`continue` for `break`", [ast.Continue()]
        case ast.Continue():
            yield "break, continue", "`break` for `continue`", [ast.Break()]


def _at_the_end_of(
    loop: ast.For | ast.While, before: list[ast.stmt], after: list[ast.stmt]
) -> Iterator[BlockSlip]:
    """The line below a loop moved into it, and the last line of it moved out."""
    if after and not isinstance(after[0], (*LOOPS, ast.If)):
        into = changed(loop, body=[*loop.body, after[0]])
        text = _first_line(after[0])
        leaves = isinstance(after[0], ast.Return)
        kind = "return in the loop" if leaves else "line in the loop"
        says = f"`{text}` inside the loop"
        yield BlockSlip(kind, after[0].lineno, says, [*before, into, *after[1:]])
    last = loop.body[-1]
    if len(loop.body) > 1 and not isinstance(last, LEAVES):
        short = changed(loop, body=loop.body[:-1])
        says = f"`{_first_line(last)}` after the loop"
        yield BlockSlip("line after the loop", last.lineno, says, [*before, short, last, *after])


def _is_elif(block: list[ast.stmt]) -> bool:
    return len(block) == 1 and isinstance(block[0], ast.If)


def _first_line(statement: ast.stmt) -> str:
    return ast.unparse(statement).strip().splitlines()[0]
