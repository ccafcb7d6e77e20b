"""Magics that a student's own Jupyter has and another lacks: they stop no cell.

`%matplotlib widget` says how to draw, `%load_ext` brings a formatter or a stopwatch. Students write
them into the cells of their answers, too.
"""

import sys
from collections.abc import Callable
from typing import Any


def forgiving(run: Callable[..., Any], find: Callable[[str], Any]) -> Callable[..., Any]:
    """A shell's `run_line_magic` that goes on if drawing or an extension is not available.

    Args:
        run: the shell's own.
        find: the magic of a name; None if there is none.
    """
    lacking = []

    def run_line_magic(magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        try:
            return run(magic_name, line, _stack_depth + 1)
        except Exception as error:
            if magic_name == "load_ext" and isinstance(error, ImportError):
                lacking.append(line)
            elif magic_name != "matplotlib" and not (lacking and find(magic_name) is None):
                raise
            print(f"%{magic_name} {line}: {error}", file=sys.stderr)
            return None

    return run_line_magic
