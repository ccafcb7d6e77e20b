"""Solution regions, and what a student finds instead of them.

A region is between the comment lines `### BEGIN SOLUTION` and `### END SOLUTION`. nbgrader has
one stub for all cells of a language; here each region may have its own, because a lesson's steps
need more than "your code here": a faded example keeps some lines, a trap hands out a
wrong program, a by-hand answer is a name to fill in.

- `### BEGIN SOLUTION stub: total = ...  # the sum so far` puts that text; ` | ` starts a new line.
- `### BEGIN SOLUTION stub:` leaves nothing.
- Without `stub:`, inside a function, `raise NotImplementedError  # your code here`.
- Without `stub:`, elsewhere, `name = ...  # your answer here` for each name the region makes.
"""

import ast
import re
from dataclasses import dataclass

from jupytext.magics import comment_magic

from convolab.authoring.defined_names import bindings

NOT_YET = "raise NotImplementedError  # your code here"
TO_WRITE = "*Your answer: double-click here, and write it in place of this line.*"
TO_ANSWER = "{name} = ...  # your answer here"

_BEGIN = re.compile(r"(?P<indent>\s*)#+ *BEGIN SOLUTION *(?:stub:(?P<stub>.*))?")
_END = re.compile(r"\s*#+ *END SOLUTION *")


class RegionError(ValueError):
    """A solution region that cannot be made out; `line` counts from 1 in the cell."""

    def __init__(self, line: int, says: str):
        super().__init__(says)
        self.line = line


@dataclass(frozen=True)
class Region:
    """The lines (from 1) of BEGIN and END, BEGIN's indentation, and its own stub if it has one."""

    begin: int
    end: int
    indent: str
    stub: str | None


def find_regions(source: str) -> list[Region]:
    """The solution regions of a cell.

    Raises:
        RegionError: nested, never ended, never begun, or malformed.
    """
    regions, begun = [], None
    for number, line in enumerate(source.split("\n"), start=1):
        if "BEGIN SOLUTION" in line:
            begin = _BEGIN.fullmatch(line.rstrip())
            if begin is None:
                raise RegionError(
                    number,
                    "a solution starts with a comment line of its own, `### BEGIN SOLUTION`, "
                    "after which only `stub: …` may follow.",
                )
            if begun:
                raise RegionError(
                    number,
                    f"BEGIN SOLUTION inside the region begun {number - begun[0]} lines above.",
                )
            begun = number, begin
        elif "END SOLUTION" in line:
            if not _END.fullmatch(line):
                raise RegionError(
                    number, "a solution ends with a comment line of its own, `### END SOLUTION`."
                )
            if begun is None:
                raise RegionError(number, "END SOLUTION without a BEGIN SOLUTION above it.")
            regions.append(Region(begun[0], number, begun[1]["indent"], begun[1]["stub"]))
            begun = None
    if begun:
        raise RegionError(begun[0], "BEGIN SOLUTION without an END SOLUTION below it.")
    return regions


def with_stubs(source: str) -> str:
    """The cell as a student gets it: each solution region replaced by its stub.

    Raises:
        RegionError: a region is malformed or empty, or the cell is not valid Python.
    """
    regions = find_regions(source)
    if not regions:
        return source
    tree = parse_cell(source)
    lines = source.split("\n")
    for region in reversed(regions):
        stub = _stub(region, tree)
        lines[region.begin - 1 : region.end] = [(region.indent + line).rstrip() for line in stub]
    return "\n".join(lines).strip("\n")


def parse_cell(source: str) -> ast.Module:
    """The syntax tree of a code cell; lines with IPython's magics count as comments.

    Raises:
        RegionError: not valid Python.
    """
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        pass  # perhaps only for its magics
    try:
        return ast.parse("\n".join(comment_magic(source.split("\n"))))
    except SyntaxError as error:
        raise RegionError(error.lineno or 1, f"not valid Python: {error.msg}.") from error
    except ValueError as error:
        raise RegionError(1, f"not valid Python: {error}.") from error


def _stub(region: Region, tree: ast.Module) -> list[str]:
    if region.stub is not None:
        text = region.stub.removeprefix(" ").rstrip()
        return text.split(" | ") if text else []
    inside = range(region.begin, region.end)
    statements = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.lineno in inside]
    if not statements:
        raise RegionError(
            region.begin, "there is no solution between BEGIN SOLUTION and END SOLUTION."
        )
    first = min(statement.lineno for statement in statements)
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    if any(f.lineno < region.begin and first <= f.end_lineno for f in functions):
        return [NOT_YET]
    made = [b.name for b in bindings(tree) if b.made and b.line in inside]
    return [TO_ANSWER.format(name=name) for name in dict.fromkeys(made)] or [
        "...  # your code here"
    ]
