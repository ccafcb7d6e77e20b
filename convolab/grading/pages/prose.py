"""Markdown and programs as HTML for self-contained pages: no script, headings in order."""

import re
from functools import lru_cache
from typing import Any

from ipython_pygments_lexers import IPython3Lexer
from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter

from convolab.check.backticks import as_html
from convolab.grading.pages.formulas import formula

_DEEPEST = 6
_NO_HEADER = re.compile(r"<th[^>]*>\s*</th>")  # a corner that heads nothing
_formatter = HtmlFormatter(nowrap=True)
_lexer = IPython3Lexer()


class Prose:
    """The markdown cells of one notebook, in order, below a page's own headings.

    A heading of the notebook comes one level down, and never more than one below the last: a
    screen reader's list of headings has no holes.

    Args:
        level: the level of the page's heading before the first of these.
    """

    def __init__(self, level: int = 1):
        self._renderer = _PageRenderer(escape=False, exclude_anchor_links=True)
        self._renderer.last = level
        self._markdown = MarkdownWithMath(renderer=self._renderer)

    def html(self, source: str, attachments: dict | None = None) -> Markup:
        """One cell as HTML, with the pictures that are attached to it."""
        self._renderer.attachments = attachments or {}
        html = self._markdown.render(source)
        return Markup(_NO_HEADER.sub("<td></td>", html))


class _PageRenderer(IPythonRenderer):
    last = 1

    def heading(self, text: str, level: int, **attrs: dict[str, Any]) -> str:
        self.last = min(level + 1, self.last + 1, _DEEPEST)
        return super().heading(text, self.last)

    def inline_math(self, body: str) -> str:
        return str(formula(body))

    def block_math(self, body: str) -> str:
        return str(formula(body, display=True))

    def latex_environment(self, name: str, body: str) -> str:
        return str(formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True))


@lru_cache(maxsize=512)
def code(source: str) -> Markup:
    """A program with its words marked, for a `pre`."""
    return Markup(highlight(source, _lexer, _formatter).rstrip("\n"))


def sentence(text: str) -> Markup:
    """A hint; text between `backticks` is set as code."""
    return Markup(as_html(text, escape))
