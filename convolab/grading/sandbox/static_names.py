"""What the text of a notebook says an answer calls: read by the trusted side, without running it.

The student's process looks as well, and deeper (at compiled code, and at what is really called);
but it is the student's, so its "nothing found" counts for little. This reading cannot be talked
out of what it sees. It knows imports, aliases and helpers of the notebook itself, and
nothing that is put together while the program runs. A parameter or a local variable is not mistaken
for what the notebook calls by the same name elsewhere.
"""

import ast
import builtins
import functools
import re
from collections.abc import Iterator

from convolab.grading.sandbox.scopes import globals_in

# What a student writes must not keep the grader busy: longer cells are not read, and neither is
# what comes after this many characters in all. Trees of short cells are kept.
LONGEST, MOST, SHORT = 100_000, 300_000, 2_000
# Magics, shell escapes and questions, which Python knows nothing of. IPython's own translation is
# not used: it takes minutes for a cell of a few thousand such lines.
_MAGIC = re.compile(r"^(\s*)(?:[\w, ]{1,80}=\s*)?[%!?].*|^(\s*).*\?$", re.MULTILINE)
_PYTHONS_OWN = frozenset(dir(builtins))


def names_in(sources: list[str], name: str, watched: tuple[str, ...]) -> str | None:
    """The first of the watched functions that the answer of this name refers to.

    Args:
        sources: the cells, in their order.
        watched: dotted names; whatever is below one belongs to it.
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
    """A cell as a syntax tree; an empty one if it is not Python."""
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
        """What it imports itself, by name; modules of which it imports all; chains of names that
        are the notebook's, or imported."""
        imports, stars = {}, []
        for node in ast.walk(self._node):
            for name, dotted in _imported(node, stars):
                imports[name] = dotted
        return imports, stars, list(globals_in(self._node, frozenset(imports)))


class _Cell:
    """What one cell gives names to. It is read once, however many answers are looked at.

    Attributes:
        means: for each name what it may mean: a thing made here, or an import's dotted name.
        surely: names that this cell gives a meaning whatever happens, so that none from the cells
            above is left; not those within an `if` or a `try`.
        stars: modules of which it imports all.
    """

    def __init__(self, source: str):
        self.means: dict[str, list[_Made | str]] = {}
        self.surely: set[str] = set()
        self.stars: list[str] = []
        for node in _parsed(source).body:
            for name, meaning in self._given(node):
                self.means[name] = [meaning]
                self.surely.add(name)
            if not isinstance(node, _WITH_A_BODY):
                continue
            for inner in ast.walk(node):
                for name, meaning in self._given(inner):
                    self.means.setdefault(name, []).append(meaning)

    def _given(self, node: ast.AST) -> Iterator[tuple[str, "_Made | str"]]:
        """The names that one statement gives a meaning, and what they mean then."""
        yield from _imported(node, self.stars)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, _Made(node)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            made = _Made(node.value)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for one in target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]:
                    if isinstance(one, ast.Name):
                        yield one.id, made


_WITH_A_BODY = (
    ast.If, ast.For, ast.While, ast.Try, ast.TryStar, ast.With, ast.Match, ast.AsyncFor,
    ast.AsyncWith,
)  # fmt: skip
_kept = functools.lru_cache(maxsize=1024)(_Cell)  # most cells are the same in all submissions


def _imported(node: ast.AST, stars: list[str]) -> Iterator[tuple[str, str]]:
    """The names that an import gives, with what they are; modules of a star go to `stars`."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield alias.asname or first, alias.name if alias.asname else first
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            if alias.name == "*":
                stars.append(node.module)
            else:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


class _Notebook:
    """The names that the cells give to things: a later meaning replaces an earlier one."""

    def __init__(self) -> None:
        self.means: dict[str, list[_Made | str]] = {}
        self.stars: list[str] = []

    def read(self, source: str) -> None:
        """Take in one cell."""
        cell = (_kept if len(source) <= SHORT else _Cell)(source)
        for name, meanings in cell.means.items():
            before = [] if name in cell.surely else self.means.get(name, [])
            self.means[name] = [*before, *meanings]
        self.stars += cell.stars

    def references(self, name: str, seen: set[str]) -> Iterator[str]:
        """Dotted names of all that the thing of this name refers to, helpers included."""
        if name in seen:
            return
        seen.add(name)
        for meaning in self.means.get(name, ()):
            if isinstance(meaning, str):
                yield meaning
            else:
                yield from self._of(meaning, seen)

    def _of(self, made: _Made, seen: set[str]) -> Iterator[str]:
        own, stars, chains = made.refers
        self.stars += stars
        yield from own.values()
        for dotted in chains:
            first, dot, rest = dotted.partition(".")
            if first in own:
                yield own[first] + dot + rest
                continue
            for meaning in self.means.get(first, ()):
                if isinstance(meaning, str):
                    yield meaning + dot + rest
            yield from self.references(first, seen)
            if first not in self.means and first not in _PYTHONS_OWN:
                yield from (f"{module}.{dotted}" for module in self.stars)
