"""What the text of a notebook says an answer calls: read by the trusted side, without running it.

The student's process looks as well, and deeper (at compiled code, and at what is really called);
but it is the student's, so that its "nothing found" counts for little. This reading cannot be
talked out of what it sees. It knows imports, aliases and helpers of the notebook itself, and
nothing that is put together while the program runs.
"""

import ast
import functools
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager


def names_in(sources: list[str], name: str, watched: tuple[str, ...]) -> str | None:
    """The first of the watched functions that the answer of this name refers to.

    Args:
        sources: the cells, in their order.
        watched: dotted names; what lies below one belongs to it.
    """
    notebook = _Notebook()
    for source in sources:
        notebook.read(source)
    for dotted in notebook.references(name, set()):
        for one in watched:
            if dotted == one or dotted.startswith(one + "."):
                return one
    return None


@functools.lru_cache(maxsize=4096)  # most cells are the same in every submission
def _parsed(source: str) -> ast.Module:
    """A cell as a syntax tree; an empty one for what is no Python."""
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


class _Notebook:
    """The names that the cells give to things: imported ones, functions, other assignments."""

    def __init__(self) -> None:
        self.imports: dict[str, str] = {}
        self.made: dict[str, ast.AST] = {}
        self.stars: list[str] = []

    def read(self, source: str) -> None:
        """Take in one cell."""
        for node in _parsed(source).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.made[node.name] = node
                continue
            for inner in ast.walk(node):
                self._note(inner, self.imports)
                if isinstance(inner, (ast.Assign, ast.AnnAssign)) and inner.value is not None:
                    targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
                    for target in targets:
                        if isinstance(target, ast.Name):
                            self.made[target.id] = inner.value

    def _note(self, node: ast.AST, imports: dict[str, str]) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                imports[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if alias.name == "*":
                    self.stars.append(node.module)
                else:
                    imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def references(self, name: str, seen: set[str]) -> Iterator[str]:
        """Dotted names of all that the thing of this name refers to, helpers included."""
        if name in seen or name not in self.made:
            return
        seen.add(name)
        node, imports = self.made[name], dict(self.imports)
        for inner in ast.walk(node):
            self._note(inner, imports)
        yield from (imports[own] for own in imports if own not in self.imports)
        for inner in ast.walk(node):
            dotted = _dotted(inner)
            if dotted is None:
                continue
            first, dot, rest = dotted.partition(".")
            if first in imports:
                yield imports[first] + dot + rest
            elif first in self.made:
                yield from self.references(first, seen)
            else:
                yield from (f"{module}.{dotted}" for module in self.stars)


def _dotted(node: ast.AST) -> str | None:
    """`np.lib.pad` as text; None for what is no chain of names."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return None
    return ".".join([node.id, *reversed(parts)])
