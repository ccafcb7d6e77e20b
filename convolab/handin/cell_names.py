"""Which names a cell defines, uses and imports: read from its text, without running it."""

import ast
import re
import symtable
from collections.abc import Callable
from functools import lru_cache

LONGEST = 100_000  # characters: a longer cell is not read
# Magics, shell escapes and questions, which Python knows nothing of.
MOST = 300_000  # characters of a notebook that are parsed; of the rest lines and words are read
SHORT = 4_000  # what is read of a shorter cell is kept: most cells are the same in all submissions
_MAGIC = re.compile(r"^(\s*)(?:[\w, ]{1,80}=\s*)?[%!?].*|^(\s*).*\?$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
# What a line at a cell's left edge defines, for cells that Python cannot read.
_BINDS = re.compile(r"^(?:(?:async\s+)?def\s+(\w+)|class\s+(\w+)|(\w+)\s*=(?!=))", re.MULTILINE)
_IMPORTS = re.compile(r"^(?:import|from\s+[\w.]+\s+import)\s+([\w., ]{1,500})$", re.MULTILINE)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp,
          ast.ListComp, ast.SetComp, ast.DictComp)  # fmt: skip


def as_python(source: str) -> str | None:
    """A cell without its magics; None for what is no Python."""
    if len(source) > LONGEST:
        return None
    for text in (source, _MAGIC.sub(lambda found: (found[1] or found[2] or "") + "pass", source)):
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return text
    return None


def parse(source: str) -> ast.Module | None:
    """A cell as a syntax tree; None for what is no Python."""
    text = as_python(source)
    return None if text is None else ast.parse(text)


def _kept(read: Callable[[str], frozenset[str]]) -> Callable[[str], frozenset[str]]:
    """Read a text once, if it is short."""
    keeps = lru_cache(maxsize=1024)(read)
    return lambda source: (keeps if len(source) <= SHORT else read)(source)


def _outside_functions(tree: ast.Module) -> list[ast.AST]:
    """What a cell does itself, in its order; of its functions and classes the names alone."""
    nodes, waiting = [], list(reversed(tree.body))
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
            waiting += reversed(_as_it_happens(node))
        elif not isinstance(node, _INNER):
            waiting += reversed(list(ast.iter_child_nodes(node)))
    return nodes


def _as_it_happens(node: ast.AST) -> list[ast.AST]:
    """The value of an assignment or a loop is looked up before its target is written."""
    first = getattr(node, "iter", None) or getattr(node, "value", None)
    rest = [child for child in ast.iter_child_nodes(node) if child is not first]
    return rest if first is None else [first, *rest]


def _binds(node: ast.AST) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names} - {"*"}
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return {node.id}
    if isinstance(node, ast.ExceptHandler) and node.name:
        return {node.name}
    return set()


@_kept
def defined(source: str) -> frozenset[str]:
    """The names that a cell gives a value to, outside its functions and classes."""
    tree = parse(source)
    if tree is None:
        return defined_by_lines(source[:LONGEST])
    return frozenset(name for node in _outside_functions(tree) for name in _binds(node))


@_kept
def imports(source: str) -> frozenset[str]:
    """Those of the names that a cell defines which it imports."""
    nodes = _outside_functions(parse(source) or ast.Module([], []))
    found = (n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom)))
    return frozenset(name for node in found for name in _binds(node))


@_kept
def used(source: str) -> frozenset[str]:
    """The names that a cell, or a function in it, takes from the cells around it.

    Of a cell that is no Python: every word.
    """
    text = as_python(source)
    if text is None:
        return mentioned(source)
    try:
        table = symtable.symtable(text, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return mentioned(source)
    names, own, tables = _only_looked_up(table), set(), table.get_children()
    for node in _outside_functions(ast.parse(text)):
        plus = isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        if plus or (isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)):
            names |= {node.target.id if plus else node.id} - own
        own |= _binds(node)
    while tables:
        table = tables.pop()
        tables += table.get_children()
        looked_up = {one.get_name() for one in table.get_symbols() if _is_looked_up(one)}
        names |= looked_up - own
    return frozenset(names)


def _only_looked_up(table: symtable.SymbolTable) -> set[str]:
    """The names that a cell takes and never gives a value to."""
    return {
        one.get_name()
        for one in table.get_symbols()
        if one.is_referenced() and not one.is_assigned() and not one.is_imported()
    }


def _is_looked_up(one: symtable.Symbol) -> bool:
    """Whether a function takes a name from outside all functions."""
    return one.is_global() and one.is_referenced()


def defined_by_lines(source: str) -> frozenset[str]:
    """As `defined`, from the beginnings of lines: for what is no Python, or too much to parse."""
    names = {name for found in _BINDS.findall(source) for name in found if name}
    for listed in _IMPORTS.findall(source):
        for part in listed.split(","):
            names |= set(part.split()[-1:])
    return frozenset(name.partition(".")[0] for name in names)


@_kept
def mentioned(source: str) -> frozenset[str]:
    """Every word of a cell that could be a name."""
    return frozenset(_WORD.findall(source[:LONGEST]))


def modules(source: str) -> set[str]:
    """The top-level modules that a cell imports, anywhere in it.

    An import inside `try` is left out: the cell is prepared to do without the module.
    """
    found, waiting = set(), [parse(source) or ast.Module([], [])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.handlers, *node.orelse, *node.finalbody]
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
        waiting += ast.iter_child_nodes(node)
    return found
