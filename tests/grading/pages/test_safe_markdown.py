"""A student's markdown on a teacher's page: everything is there to be read, and nothing runs."""

import base64
import io
import re
import time
from html.parser import HTMLParser

import pytest
from nbconvert.filters import markdown2html
from PIL import Image

from convolab.grading.pages.pictures import MOST_BYTES
from convolab.grading.pages.prose import Prose
from convolab.grading.pages.safe_markdown import MOST_CHARACTERS, Harmless


def picture(kind: str = "PNG", width: int = 8) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (width, 8), "orange").save(drawn, kind)
    return base64.b64encode(drawn.getvalue()).decode()


PNG, GIF, JPEG = picture(), picture("GIF"), picture("JPEG")
SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()


class Page(HTMLParser):
    """What a browser finds in a page: tags, what is read, where something is loaded from."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.loads += [value for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_data(self, data):
        self.text += data


def pages(source: str, attachments: dict | None = None) -> list[Page]:
    """An answer in formgrader and on the student's page."""
    html = Harmless().html(source, attachments)
    return [Page(markdown2html(html)), Page(str(Prose().html(html)))]


def attached(**bundles: str) -> dict:
    return {name.replace("_", "."): {"image/png": content} for name, content in bundles.items()}


SHOWN = {
    "attached, as JupyterLab pastes it": ("![image.png](attachment:image.png)", PNG),
    "attached, in a sentence": ("See ![](attachment:image.png) here", PNG),
    "attached, as HTML": ('<img src="attachment:image.png" width="300">', PNG),
    "attached, in a table": ("| a |\n|---|\n| ![](attachment:image.png) |", PNG),
    "attached, in a list": ("- ![one](attachment:image.png)\n- two", PNG),
    "attached, and not in the text": ("My drawing:", PNG),
    "in the text, as Colab pastes it": (f"![image.png](data:image/png;base64,{PNG})", PNG),
    "in the text, by a reference": (f"![x][1]\n\n[1]: data:image/png;base64,{PNG}", PNG),
    "in the text, as HTML": (f"<center><img src='data:image/gif;base64,{GIF}'></center>", GIF),
    "in the text, with a wrong name": (f"![](data:image/png;base64,{JPEG})", JPEG),
}


@pytest.mark.parametrize("case", SHOWN)
def test_a_picture_is_seen(case):
    source, content = SHOWN[case]
    attachments = attached(image_png=PNG) if "attached" in case else None
    for page in pages(source, attachments):
        [address] = page.loads
        assert address.endswith(f";base64,{content}")
        assert page.attributes <= {"src", "alt", "class"}


def test_a_name_with_a_space_and_a_picture_shown_twice():
    source = "![a](attachment:my%20plot.png) and ![b](attachment:my%20plot.png)"
    for page in pages(source, {"my plot.png": {"image/png": PNG}}):
        assert len(page.loads) == 2


NOT_SHOWN = {
    "an SVG": (f"![plot](data:image/svg+xml;base64,{SVG})", "plot"),
    "an SVG that is called a PNG": (f"![plot](data:image/png;base64,{SVG})", "plot"),
    "a page": (f"![x](data:text/html;base64,{SVG})", "data:text/html"),
    "a picture elsewhere": ("![plot](https://example.org/a.png)", "https://example.org/a.png"),
    "a file beside": ("![plot](plot.png)", "plot.png"),
    "one that is gone": ("![plot](attachment:gone.png)", "attachment:gone.png"),
    "one that is too large": (f"![plot](data:image/png;base64,{'A' * (MOST_BYTES + 4)})", "plot"),
}


@pytest.mark.parametrize("case", NOT_SHOWN)
def test_what_is_no_picture_is_told_in_words(case):
    source, says = NOT_SHOWN[case]
    for page in pages(source):
        assert page.loads == []
        assert says in page.text
        assert "not shown here" in page.text
        assert len(page.text) < 500


def test_an_attachment_that_is_no_picture_is_named():
    for page in pages("See below.", {"notes.svg": {"image/svg+xml": "<svg/>"}, "odd": 3}):
        assert "notes.svg is not a PNG, JPEG or GIF" in page.text


HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>alert(1)</a>",
    "<b onclick=alert(1)>alert(1)</b>",
    "[alert(1)](javascript:alert(1))",
    "[alert(1)](data:text/html,alert(1))",
    "<javascript:alert(1)>",
    "![alert(1)](javascript:alert(1))",
    '![alert(1)" onerror="alert(1)](x)',
    "[x]: javascript:alert(1)\n\n[x]",
    "```\n</code></pre><script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<div\n\n><script>alert(1)</script>",
    "# <script>alert(1)</script> {#x onclick=alert(1)}",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "$\\href{javascript:alert(1)}{x}$",
    "$$\\text{<script>alert(1)</script>}$$",
    "\\begin{a}</code><script>alert(1)</script>\\end{a}",
    "taken-out-picture:0<script>alert(1)</script>",
    "\ue0000\ue001<script>alert(1)</script>",
    "</div><script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "<style>body{background:url(//example.org/alert(1))}</style>",
    "<meta http-equiv=refresh content='0;url=//example.org/alert(1)'>",
    "<form action=//example.org><input value='alert(1)'></form>",
    "<p style='position:fixed'>alert(1)</p>",
]


TEXT = {"div", "p", "em", "strong", "b", "code", "pre", "blockquote", "svg", "path"}
TEXT |= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("source", HARMFUL)
def test_nothing_runs_and_it_can_still_be_read(source):
    for page in pages(f"Mine: {source}"):
        assert set(page.tags) <= TEXT
        assert page.attributes <= {"class", "role", "aria-label", "viewbox", "style", "d"}
        assert page.loads == []
        assert "Mine:" in page.text
        if "svg" not in page.tags:
            assert "alert(1)" in page.text


KEPT = {
    "**bold** and *more*": ("strong", "bold"),
    "| a | b |\n|---|---|\n| < 1 | 2 |": ("td", "< 1"),
    "1. one\n2. two & three": ("ol", "two & three"),
    "```python\nif a < b:\n    pass\n```": ("pre", "if a < b:\n    pass"),
    "a<sub>2</sub> < b<br>c": ("sub", "c"),
    "a &lt; b &nbsp; [c]": ("p", "a < b"),
    "> quoted & said": ("blockquote", "quoted & said"),
    "<table><tr><td>1 & 2</td></tr></table>": ("td", "1 & 2"),
    "# A <heading>\n\nand more": ("strong", "A <heading>"),
    "See [the notes](https://example.org/a_b).": ("code", "the notes (https://example.org/a_b)"),
    "See https://example.org/a.": ("p", "https://example.org/a"),
    "costs $5 and \\$6, or C:\\temp": ("p", "C:\\temp"),
}


@pytest.mark.parametrize("source", KEPT)
def test_what_sets_a_text_stays(source):
    tag, says = KEPT[source]
    for page in pages(source):
        assert tag in page.tags
        assert says in page.text
        assert page.loads == []


def test_a_formula_is_drawn_and_one_that_cannot_be_is_read():
    for page in pages("$\\sum_i x_i^2$ and $\\nonsense{1}$ and $$\\frac{1}{2}$$"):
        assert page.tags.count("svg") == 2
        assert "\\nonsense{1}" in page.text


def test_it_is_one_line_in_which_mathjax_finds_nothing():
    html = Harmless().html("$x$ \\(a\\) $5\n\n\n```\n$y$\n\n\\begin{a}\n```")
    assert "\n" not in html
    assert not re.search(r"[\\$]", html)
    assert html.startswith('<div class="tex2jax_ignore">')


def test_a_long_text_is_shown_as_it_is_and_its_pictures_below():
    source = "<b> word " * MOST_CHARACTERS + f"![](data:image/png;base64,{PNG})"
    for page in pages(source):
        assert len(page.loads) == 1
        assert page.text.count("<b> word") == MOST_CHARACTERS


def test_no_text_keeps_the_grader_busy():
    page, begun = Harmless(), time.process_time()
    for piece in ("\\\\[", "| a |\n|--|\n", "<b>", "=\n", "[", "$$") * 3:
        page.html(piece * (MOST_CHARACTERS // len(piece)))
    assert time.process_time() - begun < 15


def test_no_formulas_keep_the_grader_busy():
    page, begun = Harmless(), time.process_time()
    for number in range(100):
        page.html("$" + "a_{b^{c_{d^{e}}}}" * 16 + f"{number}$")
    assert time.process_time() - begun < 15


def test_a_picture_shown_a_hundred_times_does_not_fill_the_memory():
    big = base64.b64encode(base64.b64decode(PNG) + bytes(1_000_000)).decode()
    html = Harmless().html("![a](attachment:a.png) " * 100, {"a.png": {"image/png": big}})
    assert len(html) < 13_000_000


def test_all_pictures_of_a_submission_share_the_room_on_its_page():
    big = base64.b64encode(base64.b64decode(picture(width=9)) + bytes(1_400_000)).decode()
    page = Harmless()
    shown = [page.html(f"![](data:image/png;base64,{big})").count("<img") for _ in range(8)]
    assert shown == [1] * 6 + [0] * 2
