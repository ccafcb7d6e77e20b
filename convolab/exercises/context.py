"""What a slip needs to know about the whole function: which names are easily confused."""

import ast
from collections.abc import Iterator

# Calls to which (2, 3) and (3, 2), or (int, float) and (float, int), are the same.
_ANY_ORDER = {"sum", "mean", "max", "min", "any", "all", "prod", "isinstance"}


class Context:
    """The names of a function, and the words that are modes or keys in it.

    Attributes:
        words: its strings that look like a name, "full" or "conv_w", in their order.
        counters: the names that count places, as in `for i in range(n)`.
    """

    def __init__(self, function: ast.FunctionDef):
        self.words = list(dict.fromkeys(_words(function)))
        self.counters: set[str] = set()
        self._arrays = _used_as_arrays(function)
        self._together: list[tuple[list[str], int]] = []  # names, and the line of the last one
        self._any_order: set[int] = set()
        self._markers: set[int] = set()
        self._in_refusals: set[int] = set()
        self._add([argument.arg for argument in function.args.args], function.lineno)
        self._loops(function, [])
        for node in ast.walk(function):
            self._look(node)

    def taken_for(self, node: ast.Name) -> list[str]:
        """The names that were made together with this one, before it, and are used alike: among
        the arguments, in `rows, columns = …`, in loops inside each other.

        None in the condition of a refusal, of which each part is left out instead.
        """
        near, name = [], node.id
        for names, made in self._together:
            if name in names and node.lineno >= made and id(node) not in self._in_refusals:
                place = names.index(name)
                near += names[place + 1 : place + 2] or names[place - 1 : place]
        return [other for other in dict.fromkeys(near) if other != name]

    def any_order(self, node: ast.expr) -> bool:
        """Whether the items of this tuple or list may change places, or do so elsewhere."""
        return len(node.elts) < 2 or id(node) in self._any_order

    def is_marker(self, node: ast.expr) -> bool:
        """Whether this is the −1 of a reshape, where any negative number does the same, or the True
        of a keyword, which is dropped as a whole."""
        return id(node) in self._markers

    def _add(self, names: list[str], line: int) -> None:
        """Note names that were made together, arrays apart from numbers."""
        for alike in (
            [name for name in names if name in self._arrays],
            [name for name in names if name not in self._arrays],
        ):
            if len(alike) > 1:
                self._together.append((alike, line))

    def _look(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if not isinstance(target, ast.Tuple):
                    continue
                self._add(_names(target), node.lineno)
                if isinstance(node.value, ast.Tuple):
                    self._any_order.add(id(node.value))  # a, b = b, a is a slip of the left side
        elif isinstance(node, (ast.For, ast.comprehension)):
            self._add(_names(node.target), node.target.lineno)
            counts = {"range"} if isinstance(node.target, ast.Name) else {"enumerate", "ndindex"}
            if function_name(node.iter) in counts:
                self.counters.update(_names(node.target))
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            self._any_order.add(id(node.comparators[0]))
        elif function_name(node) in _ANY_ORDER:
            self._any_order.update(id(keyword.value) for keyword in node.keywords)
            self._any_order.update(map(id, node.args))
        elif function_name(node) == "reshape":
            self._markers.update(map(id, node.args))
        elif isinstance(node, ast.keyword) and _is_truth(node.value):
            self._markers.add(id(node.value))
        elif refuses(node):
            self._in_refusals.update(map(id, ast.walk(node.test)))

    def _loops(self, node: ast.AST, outer: list[str]) -> None:
        """Note the counters of loops inside each other."""
        if isinstance(node, ast.For):
            outer = [*outer, *_names(node.target)]
            self._add(outer, node.lineno + 1)
        elif hasattr(node, "generators"):
            inside = [name for part in node.generators for name in _names(part.target)]
            self._add([*outer, *inside], node.lineno)
        for child in ast.iter_child_nodes(node):
            self._loops(child, outer)


def function_name(node: ast.AST) -> str:
    """The last part of the name of a called function: "zeros" of `np.zeros(3)`; "" for the rest."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def refuses(statement: ast.AST) -> bool:
    """Whether this is an `if` that raises."""
    if not isinstance(statement, ast.If):
        return False
    return any(isinstance(inner, ast.Raise) for inner in statement.body)


def _used_as_arrays(function: ast.FunctionDef) -> set[str]:
    """The names that are indexed, measured with len or asked for an attribute somewhere."""
    found = set()
    for node in ast.walk(function):
        held = None
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            held = node.value
        elif function_name(node) == "len" and node.args:
            held = node.args[0]
        if isinstance(held, ast.Name):
            found.add(held.id)
    return found


def _is_truth(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _names(target: ast.expr) -> list[str]:
    names = [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [name for name in names if name != "_"]


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.Raise, ast.JoinedStr)):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _words(child)
