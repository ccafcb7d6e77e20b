"""Which names a cell defines, mentions and imports: read from its text, without running it."""

import ast
import re

LONGEST = 100_000  # characters: a longer cell is not read
# Magics, shell escapes and questions, which Python knows nothing of.
_MAGIC = re.compile(r"^(\s*)(?:[\w, ]{1,80}=\s*)?[%!?].*|^(\s*).*\?$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
# What a line at a cell's left edge defines, for cells that Python cannot read.
_BINDS = re.compile(r"^(?:(?:async\s+)?def\s+(\w+)|class\s+(\w+)|(\w+)\s*=(?!=))", re.MULTILINE)
_IMPORTS = re.compile(r"^(?:import|from\s+[\w.]+\s+import)\s+([\w., ]{1,500})$", re.MULTILINE)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp,
          ast.ListComp, ast.SetComp, ast.DictComp)  # fmt: skip


def parse(source: str) -> ast.Module | None:
    """A cell as a syntax tree, its magics left out; None for what is no Python."""
    if len(source) > LONGEST:
        return None
    for text in (source, _MAGIC.sub(lambda found: (found[1] or found[2] or "") + "pass", source)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def defined(source: str) -> frozenset[str]:
    """The names that a cell gives a value to, outside its functions and classes."""
    tree = parse(source)
    if tree is None:
        return _defined_by_lines(source[:LONGEST])
    names, waiting = set(), list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        if not isinstance(node, _INNER):
            waiting += ast.iter_child_nodes(node)
    return frozenset(names - {"*"})


def _defined_by_lines(source: str) -> frozenset[str]:
    names = {name for found in _BINDS.findall(source) for name in found if name}
    for listed in _IMPORTS.findall(source):
        for part in listed.split(","):
            names |= set(part.split()[-1:])
    return frozenset(name.partition(".")[0] for name in names)


def mentioned(source: str) -> frozenset[str]:
    """Every word of a cell that could be a name."""
    return frozenset(_WORD.findall(source[:LONGEST]))


def imported(source: str) -> set[str]:
    """The top-level modules that a cell imports, anywhere in it.

    An import inside `try` is left out: the cell is prepared to do without the module.
    """
    modules, waiting = set(), [parse(source) or ast.Module([], [])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.handlers, *node.orelse, *node.finalbody]
            continue
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.partition(".")[0])
        waiting += ast.iter_child_nodes(node)
    return modules
