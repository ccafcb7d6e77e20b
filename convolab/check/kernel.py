"""The kernel around a check: its names, the cells that were run in it, what it shows of a cell.

There may be none: a script can call a check, too.
"""

import ast
import os
import re
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_MOST_CELLS = 300  # that are searched, the latest first
_waiting: list[Any] = []


def shell() -> Any:
    """IPython's shell, None in a script."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def shows_html() -> bool:
    """Whether a kernel will show the rich form of what a cell returns."""
    return hasattr(shell(), "kernel")


def keep_to_one_thread() -> None:
    """Let this kernel's linear algebra keep to one thread, unless its environment says how many.

    A lesson's matrices are small: sharing them among processors costs more than it saves, and
    several times as much where other programs need the processors, too.
    """
    if not shows_html() or any(name in os.environ for name in THREADS):
        return
    from threadpoolctl import threadpool_limits  # here: only a kernel needs it

    threadpool_limits(limits=1, user_api="blas")


def names_for(frame: FrameType, name: str) -> Mapping[str, Any]:
    """The names an answer is looked up in: those around the call or, if it is not there because
    the call is in a thread, a helper or another module, those of the notebook."""
    for names in (frame.f_locals, frame.f_globals):
        if name in names:
            return names
    return notebook_names(frame)


def notebook_names(frame: FrameType) -> Mapping[str, Any]:
    """The notebook's names; of a script those of the file that was started."""
    running = shell()
    if running is not None:
        return running.user_ns
    main = sys.modules.get("__main__")
    own = vars(main) if main is not None else {}
    return frame.f_globals if frame.f_globals.get("__name__") == "__main__" else own


def unreadable(name: str) -> str:
    """A sentence about the latest cell that should define a name, if Python cannot read it: then
    none of it ran. "" if there is no such cell."""
    cell = _latest_cell(name)
    if cell is None:
        return ""
    try:
        ast.parse(shell().transform_cell(cell))
    except SyntaxError as error:
        lines, number = cell.splitlines(), error.lineno or 0
        text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        at = f" in line {number}" + (f", `{text[:80]}`" if text else "") if number else ""
        return (
            f"Python cannot read the cell of {name}: {type(error).__name__}{at} ({error.msg}). "
            "Nothing in that cell has run."
        )
    except Exception:  # what IPython cannot transform is said where the cell was run
        return ""
    return ""


def _latest_cell(name: str) -> str | None:
    """The text of the cell, among those that were run, that defined a name last."""
    history = getattr(shell(), "history_manager", None)
    defines = re.compile(rf"^[ \t]*(async[ \t]+)?def[ \t]+{name}\b|^{name}[ \t]*(=[^=]|:)", re.M)
    cells = getattr(history, "input_hist_raw", None)
    if not isinstance(cells, list) or not name.isidentifier():
        return None
    for cell in reversed(cells[-_MOST_CELLS:]):
        if isinstance(cell, str) and defines.search(cell[:100_000]):
            return cell
    return None


def show_if_nothing_does(report: Any) -> None:
    """Show a report after the cell, unless the cell shows it itself: of several checks in one cell,
    or in a loop, a notebook shows only the last value.

    Args:
        report: has `shown`, whether it was, and `_repr_mimebundle_`.
    """
    if not _waiting:
        shell().events.register("post_run_cell", _show_rest)
    _waiting.append(report)


def _show_rest(*result: Any) -> None:
    rest = [report for report in _waiting if not report.shown]
    _waiting.clear()
    running = shell()
    running.events.unregister("post_run_cell", _show_rest)
    for report in rest:
        running.display_pub.publish(report._repr_mimebundle_())
