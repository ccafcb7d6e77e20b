"""Makes one-slip programs: takes the text of a right function, gives it back with one thing wrong.

A slip is what a tired hand does: `<` for `<=`, one off in a range, two indices the wrong way round.
`slips_of_expressions`, `slips_of_calls` and `slips_of_statements` define what counts as a slip;
here they are applied one at a time.
"""

import ast
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from convolab.exercises.context import Context
from convolab.exercises.slips_of_expressions import is_whole, slips_of
from convolab.exercises.slips_of_statements import block_slips, is_docstring

# Characters of code around a slip, so that one sees where it is: enough, and not too many.
ENOUGH, LONGEST = 44, 90
CLEAR = 16


class NotOneFunction(ValueError):
    """A text that is not that of one function."""


@dataclass(frozen=True)
class Mutant:
    """A program with one slip.

    Attributes:
        source: the whole function, as `ast.unparse` writes it.
        line: the line of the slip in the author's file.
        slip: what was changed, "`x < n` for `x <= n`"; unlike that of any other mutant.
        kind: the family of the slip, "comparison".
    """

    source: str
    line: int
    slip: str
    kind: str


@dataclass(frozen=True)
class _Edit:
    """One slip, not made yet: this field of this node becomes that."""

    owner: ast.AST
    field: str
    value: Any
    line: int
    kind: str
    says: str = ""  # what is changed, or else it is read off from these:
    old: ast.AST | None = None
    new: ast.AST | None = None
    around: ast.AST | None = None  # a piece of the program that holds the old one


def mutants(source: str, first_line: int = 1, name: str | None = None) -> list[Mutant]:
    """Every one-slip program of a function, in the order of its lines, none of them twice.

    Args:
        source: the text of one function, decorators and indentation allowed.
        first_line: where it begins in the author's file.
        name: what to call it, else its own name.

    Raises:
        NotOneFunction: the text is anything else.
    """
    tree = function_tree(source, name)
    right = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for edit in _edits(tree, Context(tree.body[0])):
        mutant = _make(tree, edit, first_line)
        if mutant.source != right and mutant.source not in found and _compiles(mutant.source):
            found[mutant.source] = mutant
    return _told_apart(sorted(found.values(), key=lambda mutant: mutant.line))


def function_tree(source: str, name: str | None = None) -> ast.Module:
    """A module that holds one function, without its decorators.

    Raises:
        NotOneFunction: the text is anything else.
    """
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError as error:
        raise NotOneFunction(f"not valid Python: {error.msg}") from error
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        raise NotOneFunction("not the text of one function")
    function = tree.body[0]
    function.decorator_list = []
    function.name = name or function.name
    return tree


def _make(tree: ast.Module, edit: _Edit, first_line: int) -> Mutant:
    """Make a slip, write the program down, and put everything back."""
    before, old = _text(edit.around or edit.old), getattr(edit.owner, edit.field)
    setattr(edit.owner, edit.field, edit.value)
    try:
        says = edit.says or f"`{_text(edit.around or edit.new)}` for `{before}`"
        return Mutant(ast.unparse(tree), edit.line + first_line - 1, says, edit.kind)
    finally:
        setattr(edit.owner, edit.field, old)


def _text(node: ast.AST | None) -> str:
    return ast.unparse(node).strip() if node else ""


def _compiles(source: str) -> bool:
    try:
        compile(source, "<slip>", "exec")
    except SyntaxError:
        return False
    return True


def _told_apart(made: list[Mutant]) -> list[Mutant]:
    """The same slips with distinct names, if the same line occurs twice in a program."""
    counts: Counter[str] = Counter()
    named = []
    for mutant in made:
        counts[mutant.slip] += 1
        time = counts[mutant.slip]
        named.append(replace(mutant, slip=f"{mutant.slip} (no. {time})") if time > 1 else mutant)
    return named


def _edits(tree: ast.Module, context: Context) -> Iterator[_Edit]:
    """All slips of a function: of its default arguments, then of its body."""
    function = tree.body[0]
    yield from _inside(function.args, (), context, function.lineno)
    yield from _of_block(function, "body", context)


def _of_block(owner: ast.AST, field: str, context: Context) -> Iterator[_Edit]:
    """The slips of a list of statements: of the list itself, then of each statement."""
    block = getattr(owner, field)
    for slip in block_slips(block, is_else=field == "orelse"):
        yield _Edit(owner, field, slip.block, slip.line, slip.kind, slip.says)
    for statement in block:
        if not is_docstring(statement) and not isinstance(statement, ast.Raise):
            yield from _inside(statement, (), context, statement.lineno)


def _inside(
    node: ast.AST, above: tuple[ast.AST, ...], context: Context, line: int
) -> Iterator[_Edit]:
    """The slips of all that is below a node; `above` is what it is part of, in one statement."""
    path = (*above, node)
    around = _around(path)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_comment"):
            continue
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield from _of_block(node, field, context)
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST):
                continue
            at = getattr(child, "lineno", line)
            for kind, new in slips_of(child, context):
                changed = new
                if isinstance(value, list):
                    changed = [*value[:place], new, *value[place + 1 :]]
                yield _Edit(node, field, changed, at, kind, "", child, new, around)
            if not is_whole(child):
                yield from _inside(child, path, context, at)


def _around(path: tuple[ast.AST, ...]) -> ast.AST | None:
    """The largest of these pieces, each inside the one before, whose text is short; None if there
    is none. A statement with a body is never one: its text continues below."""
    best, shown = None, 0
    for node in reversed(path):
        has_body = hasattr(node, "body") and not isinstance(node, (ast.Lambda, ast.IfExp))
        length = len(ast.unparse(node))
        if has_body or length > LONGEST or (length > ENOUGH and shown >= CLEAR):
            break
        best, shown = node, length
    return best
