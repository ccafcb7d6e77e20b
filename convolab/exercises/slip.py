"""One slip of the pen in a right program: this text becomes that."""

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from convolab.problem import Problem


@dataclass(frozen=True)
class Program:
    """The text of a right program, without its decorators, and the names it knows."""

    name: str
    text: str
    names: dict


def program_of(function: Callable) -> Program:
    """The program of a function that is written in a file.

    Raises:
        Problem: it is not written out as a function.
    """
    lines, _ = inspect.getsourcelines(function)
    text = textwrap.dedent("".join(lines))
    node = ast.parse(text).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise Problem("A slip is made in a function that is written out with def.")
    own = text.splitlines(keepends=True)[node.lineno - 1 : node.end_lineno]
    return Program(node.name, "".join(own), function.__globals__)


@dataclass(frozen=True)
class Slip:
    """`old` becomes `new`; a slip in several lines is written as it stands in the program."""

    old: str
    new: str

    def made_in(self, program: Program) -> Callable:
        """The program with this slip.

        Raises:
            Problem: the text is not found, is found more than once, or no program remains.
        """
        count = program.text.count(self.old)
        if count != 1:
            found = "not found" if count == 0 else f"found {count} times"
            raise Problem(f"The text {self.old!r} is {found} in {program.name}.")
        text = program.text.replace(self.old, self.new)
        names = {}
        file = f"<{program.name} with {self.new!r} for {self.old!r}>"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        try:
            code = compile(text, file, "exec")
        except SyntaxError as error:
            raise Problem(
                f"With {self.new!r} for {self.old!r}, {program.name} is no program: {error.msg}."
            ) from error
        exec(code, program.names, names)
        return names[program.name]
