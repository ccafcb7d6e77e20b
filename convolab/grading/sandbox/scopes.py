"""Which names in a piece of Python are global: neither parameters nor local variables.

Read from the syntax tree, by Python's own rules of scope. Without recursion: the trees are of
programs by strangers, and may be deep.
"""

import ast
from collections.abc import Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def globals_in(root: ast.AST, imported: frozenset[str] = frozenset()) -> Iterator[str]:
    """The dotted chains (`np.lib.pad`, `np.lib`, `np`) that begin with a global name.

    Args:
        imported: names that count as global although a function has them for its own.
    """
    stack: list[tuple[ast.AST, frozenset[str]]] = [(root, frozenset())]
    while stack:
        node, local = stack.pop()
        if isinstance(node, _FUNCTIONS):
            stack += [(one, local) for one in _outside(node)]
            own, not_own = _names_of(node)
            within = (local | own) - not_own - imported
            body = node.body if isinstance(node.body, list) else [node.body]
            stack += [(one, within) for one in body]
            continue
        if isinstance(node, _COMPREHENSIONS):
            first = node.generators[0].iter  # it is evaluated outside
            stack.append((first, local))
            local |= {name for one in node.generators for name in _stored(one.target)} - imported
            stack += [
                (one, local)
                for part in ast.iter_child_nodes(node)
                for one in (ast.iter_child_nodes(part) if part in node.generators else [part])
                if one is not first
            ]
            continue
        dotted = _dotted(node)
        if dotted is not None and dotted.partition(".")[0] not in local:
            yield dotted
        stack += [(one, local) for one in ast.iter_child_nodes(node)]


def _outside(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a function that are evaluated where it is defined. Type hints call nothing."""
    yield from getattr(node, "decorator_list", ())
    yield from node.args.defaults
    yield from (one for one in node.args.kw_defaults if one is not None)


def _names_of(function: ast.AST) -> tuple[set[str], set[str]]:
    """The names local to a function, and those it declares global or nonlocal."""
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    own, not_own = {one.arg for one in parameters}, set()
    stack = list(function.body) if isinstance(function.body, list) else [function.body]
    while stack:
        node = stack.pop()
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            own |= {node.name} if hasattr(node, "name") else set()
            continue  # a scope of its own
        if isinstance(node, _COMPREHENSIONS):
            continue
        if isinstance(node, ast.Global):
            not_own |= set(node.names)
        own |= _bound(node)
        stack += ast.iter_child_nodes(node)
    return own, not_own


def _bound(node: ast.AST) -> set[str]:
    """The names to which one node gives a value."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return {node.id}
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        return {node.name}
    return {node.rest} if isinstance(node, ast.MatchMapping) and node.rest else set()


def _stored(target: ast.AST) -> set[str]:
    return {name for node in ast.walk(target) for name in _bound(node)}


def _dotted(node: ast.AST) -> str | None:
    """`np.lib.pad` as text; None for anything else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return None
    return ".".join([node.id, *reversed(parts)])
