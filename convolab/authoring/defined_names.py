"""Which names a piece of Python gives a value to, at its top level and not inside its functions.

Needed twice: a stub names what the student should fill in, and no demonstration may define the
name of an exercise.
"""

import ast
from dataclasses import dataclass

_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Binding:
    """A name, the line that binds it (counted from 1), and whether it is made there: assigned or
    defined, and not imported, counted in a loop or caught."""

    name: str
    line: int
    made: bool


def bindings(tree: ast.AST) -> list[Binding]:
    """Every binding of the module's own names, in the order of the text.

    Star imports are not followed. A name in a comprehension or a function belongs to that, not to
    the module.
    """
    finder = _Finder()
    finder.visit(tree)
    return sorted(finder.found, key=lambda binding: binding.line)


class _Finder(ast.NodeVisitor):
    def __init__(self):
        self.found: list[Binding] = []

    def add(self, name: str | None, node: ast.AST, made: bool) -> None:
        if name:
            self.found.append(Binding(name, node.lineno, made))

    def visit(self, node: ast.AST) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.add(node.name, node, made=True)
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    self.add(alias.asname or alias.name.split(".")[0], node, made=False)
            case ast.For() | ast.AsyncFor():
                self.borrow(node.target)
                self.each([node.iter, *node.body, *node.orelse])
            case ast.withitem():
                self.visit(node.context_expr)
                self.borrow(node.optional_vars)
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
                self.add(node.name, node, made=False)
                self.generic_visit(node)
            case ast.MatchMapping():
                self.add(node.rest, node, made=False)
                self.generic_visit(node)
            case ast.Name(ctx=ast.Store()):
                self.add(node.id, node, made=True)
            case _ if not isinstance(node, _SCOPES):
                self.generic_visit(node)

    def each(self, nodes: list[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def borrow(self, target: ast.AST | None) -> None:
        for node in ast.walk(target) if target else ():
            if isinstance(node, ast.Name):
                self.add(node.id, node, made=False)
