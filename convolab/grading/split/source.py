"""What the text of a notebook says an answer calls: read by the trusted side, without running it.

The student's process looks as well, and deeper (at compiled code, and at what is really called);
but it is the student's, so that its "nothing found" counts for little. This reading cannot be
talked out of what it sees. It knows imports, aliases and helpers of the notebook itself, and
nothing that is put together while the program runs.
"""

import ast
import functools
import re
from collections.abc import Iterator

# What a student writes must not keep the grader busy: longer cells are not read, and neither is
# what comes after so many characters in all. Trees of short cells are kept.
LONGEST, MOST, SHORT = 100_000, 300_000, 2_000
# Magics, shell escapes and questions, which Python knows nothing of. IPython's own translation is
# not used: it takes minutes for a cell of a few thousand such lines.
_MAGIC = re.compile(r"^(\s*)(?:[\w, ]{1,80}=\s*)?[%!?].*|^(\s*).*\?$", re.MULTILINE)


def names_in(sources: list[str], name: str, watched: tuple[str, ...]) -> str | None:
    """The first of the watched functions that the answer of this name refers to.

    Args:
        sources: the cells, in their order.
        watched: dotted names; what lies below one belongs to it.
    """
    notebook, left = _Notebook(), MOST
    for source in sources:
        left -= len(source)
        if len(source) <= LONGEST and left >= 0:
            notebook.read(source)
    for dotted in notebook.references(name, set()):
        for one in watched:
            if dotted == one or dotted.startswith(one + "."):
                return one
    return None


def _parsed(source: str) -> ast.Module:
    """A cell as a syntax tree; an empty one for what is no Python."""
    for text in (source, _MAGIC.sub(_in_place_of_magic, source)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ast.Module([], [])


def _in_place_of_magic(found: re.Match) -> str:
    return (found[1] or found[2] or "") + "pass"


class _Made:
    """A function, a class or another value, and what its text refers to."""

    def __init__(self, node: ast.AST):
        self._node = node

    @functools.cached_property
    def refers(self) -> tuple[dict[str, str], list[str], list[str]]:
        """What it imports itself, by name; modules of which it imports all; chains of names."""
        imports, stars = {}, []
        inner = list(ast.walk(self._node))
        for node in inner:
            _note(node, imports, stars)
        return imports, stars, [dotted for node in inner if (dotted := _dotted(node)) is not None]


class _Cell:
    """What one cell gives names to: imported things; functions, classes and other values; and of
    which modules it imports all. It is read once, however many answers are looked at."""

    def __init__(self, source: str):
        self.imports: dict[str, str] = {}
        self.made: dict[str, _Made] = {}
        self.stars: list[str] = []
        for node in _parsed(source).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.made[node.name] = _Made(node)
                continue
            for inner in ast.walk(node):
                _note(inner, self.imports, self.stars)
                if isinstance(inner, (ast.Assign, ast.AnnAssign)) and inner.value is not None:
                    targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
                    for target in targets:
                        if isinstance(target, ast.Name):
                            self.made[target.id] = _Made(inner.value)


_kept = functools.lru_cache(maxsize=1024)(_Cell)  # most cells are the same in all submissions


def _note(node: ast.AST, imports: dict[str, str], stars: list[str]) -> None:
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            imports[alias.asname or first] = alias.name if alias.asname else first
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            if alias.name == "*":
                stars.append(node.module)
            else:
                imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"


class _Notebook:
    """The names that the cells give to things, the later ones before the earlier."""

    def __init__(self) -> None:
        self.imports: dict[str, str] = {}
        self.made: dict[str, _Made] = {}
        self.stars: list[str] = []

    def read(self, source: str) -> None:
        """Take in one cell."""
        cell = (_kept if len(source) <= SHORT else _Cell)(source)
        self.imports.update(cell.imports)
        self.made.update(cell.made)
        self.stars += cell.stars

    def references(self, name: str, seen: set[str]) -> Iterator[str]:
        """Dotted names of all that the thing of this name refers to, helpers included."""
        if name in seen or name not in self.made:
            return
        seen.add(name)
        own, stars, chains = self.made[name].refers
        imports = {**self.imports, **own}
        self.stars += stars
        yield from (imports[one] for one in own if one not in self.imports)
        for dotted in chains:
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
