"""One slip of the pen in a right program: this text becomes that."""

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from convolab.problem import Problem


@dataclass(frozen=True)
class ProgramText:
    """The text of a right program, without its decorators, and the names it knows."""

    name: str
    text: str
    names: dict
    line: int


@lru_cache(maxsize=8)  # an exercise makes a dozen slips in the same one or two programs
def program_of(function: Callable) -> ProgramText:
    """The program of a function that is written in a file.

    Raises:
        Problem: it is not written out as a function.
    """
    lines, first = inspect.getsourcelines(function)
    text = textwrap.dedent("".join(lines))
    node = ast.parse(text).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise Problem("A slip needs a function written out with def.")
    own = text.splitlines(keepends=True)[node.lineno - 1 : node.end_lineno]
    return ProgramText(node.name, "".join(own), function.__globals__, first + node.lineno - 1)


@dataclass(frozen=True)
class Slip:
    """`old` becomes `new`; a slip in several lines is written exactly as in the program."""

    old: str
    new: str

    def made_in(self, program: ProgramText) -> Callable:
        """The program with this slip.

        Raises:
            Problem: the text is not found, is found more than once, or no program remains.
        """
        count = program.text.count(self.old)
        if count != 1:
            raise Problem(_not_once(self.old, count, program))
        if self.new == self.old:
            raise Problem(f"This slip changes nothing: {self.old!r} becomes the same text.")
        text = program.text.replace(self.old, self.new)
        names = {}
        file = f"<{program.name} with {self.new!r} for {self.old!r}>"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        try:
            code = compile(text, file, "exec")
        except SyntaxError as error:
            raise Problem(
                f"With {self.new!r} for {self.old!r}, {program.name} is not valid Python: "
                f"{error.msg}."
            ) from error
        exec(code, program.names, names)
        return names[program.name]


def _not_once(old: str, count: int, program: ProgramText) -> str:
    """Why a text cannot be replaced, and what to do."""
    where = f"{program.name} (line {program.line})"
    if count == 0:
        return (
            f"The text {old!r} is not found in {where}: copy it from there, spaces and all, or "
            'name the variant that has it with of="…".'
        )
    return (
        f"The text {old!r} is found {count} times in {where}: include some of the text next to it "
        "so that it is found once."
    )
