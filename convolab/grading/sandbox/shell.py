"""The shell that runs a student's cells: IPython without history, pictures and widgets.

Magics, shell escapes and await work as in a notebook. What a cell shows is kept as text, up to a
limit; nothing is drawn.
"""

import ast
import contextlib
import io
import re
import sys
from typing import Any

import matplotlib.figure
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import Audio
from ipywidgets import Widget
from traitlets import Type
from traitlets.config import Config

from convolab.check import ask
from convolab.figures import drawing
from convolab.handin import where_stopped
from convolab.handin.magics import forgiving

_PROMPT = re.compile(r"\s*In\s*\[")  # of IPython, pasted with what came after it
CUT = "\n[The rest of this cell's output was cut.]\n"


class Outputs:
    """What one cell shows, as text, up to this many characters."""

    def __init__(self, most: int = 0):
        self.most = most
        self.shown: list[dict[str, str]] = []

    def add(self, kind: str, text: str, **more: str) -> None:
        """Keep a text, joined to the one before if both were printed to the same stream."""
        if self.most <= 0:
            return
        if len(text) > self.most:
            text = text[: self.most] + CUT
        self.most -= len(text)
        last = self.shown[-1] if self.shown else {}
        if kind in ("stdout", "stderr") and last.get("kind") == kind:
            last["text"] += text
        else:
            self.shown.append({"kind": kind, "text": text, **more})


outputs = Outputs()


class Stream(io.TextIOBase):
    """Standard output or standard error of the cells."""

    encoding = "utf-8"

    def __init__(self, kind: str):
        self.kind = kind

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        outputs.add(self.kind, text)
        return len(text)


class _Hook(DisplayHook):
    """The value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        outputs.add("result", str(format_dict.get("text/plain", "")))

    def finish_displayhook(self) -> None:
        pass


class _Publisher(DisplayPublisher):
    """What `display` shows."""

    def publish(self, data: dict, metadata: dict | None = None, **more: Any) -> None:
        outputs.add("display", str(data.get("text/plain", "")))

    def clear_output(self, wait: bool = False) -> None:
        pass


class StudentShell(InteractiveShell):
    """IPython's shell, whose outputs are kept as text."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        outputs.add("error", "\n".join(stb), name=etype.__name__, says=_said(evalue))

    def transform_cell(self, raw_cell: str) -> str:
        """A cell as Python. Most are Python already, which is quicker to find out than what else
        they may be."""
        if not _PROMPT.match(raw_cell):
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                ast.parse(raw_cell)
                return raw_cell if raw_cell.endswith("\n") else f"{raw_cell}\n"
        return super().transform_cell(raw_cell)

    def ask_exit(self) -> None:
        """`exit` and `quit` end the cell; in a notebook they end Python."""
        raise SystemExit

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to draw in."""


def _said(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except Exception:  # a student's own exception may not even be printable
        return ""


def make_shell() -> StudentShell:
    """The shell of this process; there can be only one."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = StudentShell.instance(config=config)
    shell.run_line_magic = forgiving(shell.run_line_magic, shell.find_line_magic)
    formatter = shell.display_formatter
    formatter.active_types = ["text/plain"]
    formatter.mimebundle_formatter.enabled = False
    formatter.ipython_display_formatter.enabled = False
    drawing.switch_off()
    _others_draw_nothing()
    ask.judge_once()
    return shell


def _others_draw_nothing() -> None:
    """Whatever else draws, besides the course's own figures, and has no switch, does nothing.

    A widget would make a channel to a browser, and with it a copy of its state; it has its values
    and tells who observes them all the same. A sound would be made a file. matplotlib's switch is
    its backend, which `%matplotlib inline` sets back and a figure of one's own does not ask.
    """
    Widget.open = _does_nothing
    Audio._make_wav = staticmethod(_no_sound)
    matplotlib.figure.Figure.savefig = _does_nothing


def _does_nothing(self: Any, *given: Any, **more: Any) -> None:
    pass


def _no_sound(*given: Any) -> bytes:
    return b""


def run_cell(shell: StudentShell, source: str, most: int) -> dict[str, Any]:
    """Run one cell.

    Returns:
        `outputs`; the `error`'s name, "" if there was none; where it `stopped`, None if it did not.
    """
    outputs.shown, outputs.most = [], most
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    result = shell.run_cell(source, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    told = where_stopped.tell(error, shell.user_ns) if error else None
    return {"outputs": outputs.shown, "error": told["error"] if told else "", "stopped": told}
