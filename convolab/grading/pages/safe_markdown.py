"""A student's markdown as HTML that is safe on a teacher's page: all of it shows, nothing runs.

nbconvert puts the HTML of a markdown cell into a page as it is. Here the markdown is rendered once,
by rules of our own: tables, lists and code stay what they are, formulas are drawn, pictures are
shown if they are pictures, and whatever else could do something (HTML, links, other images) becomes
text that can be read. bleach then lets nothing through but a short list of tags.
"""

import re
from html.parser import HTMLParser

import bleach
import mistune
from markupsafe import escape
from mistune.util import safe_entity
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from convolab.grading.pages.formulas import formula
from convolab.grading.pages.pasted_pictures import CellPictures, Room

# Of one cell and of a submission, not counting pictures: what is longer is shown as it is.
# The bounds keep even a deliberately slow text under a few seconds.
MOST_CHARACTERS, MOST_IN_ALL = 10_000, 50_000
MOST_FORMULA, MOST_FORMULAS = 300, 3_000  # the same for the TeX that is drawn
_DEEPEST = 12  # braces in braces

_TAGS = {
    "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "hr", "i", "kbd", "li", "ol",
    "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_LAYOUT = {"big", "center", "div", "figcaption", "figure", "font", "small", "span"}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_KEPT = re.compile("\ue000(\\d+)\ue001")
_PLUGINS = ("strikethrough", "table", "def_list")


class Harmless:
    """Renders the markdown cells of one submission, within bounds for all of them together."""

    def __init__(self):
        self._characters, self._formulas, self._room = MOST_IN_ALL, MOST_FORMULAS, Room()

    def html(self, source: str, attachments: object = None) -> str:
        """One cell as one line of HTML, which markdown lets through as it is.

        Args:
            attachments: the cell's, as they were handed in.
        """
        source = re.sub("[\ue000\ue001]", "\ufffd", source)
        cell = CellPictures(self._room, attachments)
        text = cell.taken_out_of(source)
        html = self._rendered(text, cell)
        if html is None:
            html = f"<pre><code>{escape(text)}</code></pre>"
        return _one_line(cell.told_in(html) + cell.rest())

    def _rendered(self, text: str, cell: CellPictures) -> str | None:
        """The markdown as HTML; None if it is too long or too tangled."""
        self._characters -= len(text)
        if len(text) > MOST_CHARACTERS or self._characters < 0:
            return None
        renderer = _SafeRenderer(self, cell)
        plugins = [mistune.import_plugin(name) for name in _PLUGINS]
        try:
            rendered = MarkdownWithMath(renderer, plugins=plugins).render(text)
        except Exception:  # whatever a text does to the parser, it can be shown as it is
            return None
        cleaned = bleach.clean(rendered, _TAGS, {"ol": ["start"]}, strip_comments=False)
        return _KEPT.sub(lambda found: renderer.kept[int(found[1])], cleaned)

    def formula(self, body: str, display: bool) -> str | None:
        """A formula, drawn; None if it cannot be, or there has been too much."""
        self._formulas -= len(body)
        if self._formulas < 0 or len(body) > MOST_FORMULA or _depth(body) > _DEEPEST:
            return None
        try:
            return str(formula(body, display=display))
        except Exception:  # matplotlib's parser says in many ways that it cannot read it
            return None


def _depth(tex: str) -> int:
    """How deep braces are in braces."""
    depth = deepest = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest


class _SafeRenderer(mistune.HTMLRenderer):
    """Everything that a text can hold, in tags of the short list; what is made here is kept."""

    def __init__(self, page: Harmless, cell: CellPictures):
        super().__init__(escape=True)
        self._page, self._cell = page, cell
        self.kept: list[str] = []

    def _keep(self, html: str) -> str:
        self.kept.append(html)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def text(self, text: str) -> str:
        return safe_entity(text)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = f"<code>{escape(url)}</code>"
        return address if text == escape(url) else f"{text} ({address})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if image := self._cell.image(url, re.sub("<[^>]*>", "", text)):
            return self._keep(image)
        return f"{text} (<em>a picture not shown here:</em> <code>{escape(url)}</code>)"

    def heading(self, text: str, level: int, **attrs: object) -> str:
        return f"<p><strong>{text}</strong></p>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def inline_html(self, html: str) -> str:
        return self._tags(html)

    def block_html(self, html: str) -> str:
        return f"<p>{self._tags(html)}</p>\n" if html.strip() else ""

    def inline_math(self, body: str) -> str:
        return self._formula(body, display=False)

    def block_math(self, body: str) -> str:
        return self._formula(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)

    def _formula(self, body: str, display: bool) -> str:
        drawn = self._page.formula(body, display)
        return self._keep(drawn) if drawn else f"<code>{escape(body)}</code>"

    def _tags(self, html: str) -> str:
        """A student's HTML: tags that only set text stay, an image is shown, the rest is text."""
        parts, end = [], 0
        for tag in _TAG.finditer(html):
            parts += [safe_entity(html[end : tag.start()]), self._tag(tag)]
            end = tag.end()
        return "".join([*parts, safe_entity(html[end:])])

    def _tag(self, tag: re.Match) -> str:
        slash, name = tag[1], tag[2].lower()
        if name == "img" and (image := self._image_of(tag[0])):
            return self._keep(image)
        if name in _TAGS:
            return f"<{slash}{name}>"
        return "" if name in _LAYOUT else str(escape(tag[0]))

    def _image_of(self, tag: str) -> str | None:
        reader = _Attributes()
        reader.feed(tag)
        return self._cell.image(reader.found.get("src") or "", reader.found.get("alt") or "")


class _Attributes(HTMLParser):
    """Reads the attributes of one tag."""

    def __init__(self):
        super().__init__()
        self.found: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = dict(attrs)


def _one_line(html: str) -> str:
    """As one line in which markdown and MathJax find nothing to interpret."""
    html = html.replace("\\", "&#92;").replace("$", "&#36;")
    return f'<div class="tex2jax_ignore">{"&#10;".join(html.strip().splitlines())}</div>'
