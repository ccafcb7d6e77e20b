"""Draws the pictures of ARCHITECTURE.md: each TOML file here becomes an SVG file beside it.

    python docs/drawings/draw.py

A picture is a list of zones, boxes and arrows at places in pixels. It says what it shows in words
(`title`, `description`), keeps its own background, and follows the reader's light or dark theme.
Letters differ from machine to machine, so text that would fill its box to the edge is refused.
"""

import tomllib
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
LINE, SIZE, TITLE = 18, 13.5, 15  # pixels: from line to line, of text, of a box's title
WIDEST = 0.56  # of a letter's size: an average letter of the widest usual sans-serif, Verdana's

STYLE = """
svg { font: 13.5px "Segoe UI", "Helvetica Neue", Arial, sans-serif; background: #ffffff; }
text { fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.quiet { fill: #57606a; }
.page { fill: #ffffff; }
.box, .zone { stroke-width: 1.5; }
.zone { stroke-dasharray: 6 4; fill: none; }
.trusted { stroke: #1a7f37; } .box.trusted { fill: #eaf6ec; }
.student { stroke: #bc4c00; } .box.student { fill: #fff3ea; }
.author { stroke: #0969da; } .box.author { fill: #eaf3fd; }
.file, .step, .wire { stroke: #6e7781; } .box.file, .box.wire { fill: #f6f8fa; }
.box.step { fill: #e7eaee; }
.arrow { stroke: #57606a; stroke-width: 1.6; fill: none; }
.head { fill: #57606a; }
@media (prefers-color-scheme: dark) {
  svg { background: #0d1117; }
  text { fill: #e6edf3; }
  .quiet { fill: #9da7b1; }
  .page { fill: #0d1117; }
  .trusted { stroke: #3fb950; } .box.trusted { fill: #12261a; }
  .student { stroke: #f0883e; } .box.student { fill: #2d1c10; }
  .author { stroke: #58a6ff; } .box.author { fill: #10233d; }
  .file, .step, .wire { stroke: #8b949e; } .box.file, .box.wire { fill: #161b22; }
  .box.step { fill: #21262d; }
  .arrow { stroke: #9da7b1; }
  .head { fill: #9da7b1; }
}
"""


def drawing(source: str) -> str:
    """The SVG text of a drawing.

    Raises:
        ValueError: a text is too wide for its box.
    """
    plan = tomllib.loads(source)
    width, height = plan["size"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(plan["title"])}</title>',
        f'<desc id="description">{escape(plan["description"].strip())}</desc>',
        f"<style>{STYLE}</style>",
        '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker>',
        f'<rect class="page" width="{width}" height="{height}"/>',
    ]
    for zone in plan.get("zone", []):
        x, y, wide, _ = zone["box"]
        must_fit(zone["text"], TITLE, wide - 32)
        parts += [rectangle("zone", zone), text(zone["text"], x + 16, y + 24, "title")]
    for box in plan["box"]:
        parts += [rectangle("box", box), *words(box)]
    for arrow in plan["arrow"]:
        path = "L".join(f"{x} {y}" for x, y in arrow["points"])
        parts.append(f'<path class="arrow" d="M{path}" marker-end="url(#head)"/>')
        x, y = arrow.get("at", (0, 0))
        for n, line in enumerate(arrow.get("text", [])):
            parts.append(text(line, x, y + LINE * n, "quiet", arrow.get("align", "middle")))
    return "\n".join([*parts, "</svg>", ""])


def rectangle(kind: str, item: dict) -> str:
    """A zone or a box with round corners."""
    x, y, wide, tall = item["box"]
    place = f'x="{x}" y="{y}" width="{wide}" height="{tall}" rx="6"'
    return f'<rect class="{kind} {item["kind"]}" {place}/>'


def words(box: dict) -> list[str]:
    """A box's title and its lines, which are below it or, if `beside`, after it.

    Raises:
        ValueError: one is too wide, or they are too many.
    """
    x, y, wide, tall = box["box"]
    after = room(box["title"], TITLE) + 16 if box.get("beside") else 0
    must_fit(box["title"], TITLE, wide - 20)
    for line in box["lines"]:
        must_fit(line, SIZE, wide - 20 - after)
    first = y + 23 + (4 if after else LINE + 2)
    if first + LINE * (len(box["lines"]) - 1) > y + tall - 5:
        raise ValueError(f"too many lines: {box['title']}")
    title = text(box["title"], x + 12, first if after else y + 23, "title")
    lines = enumerate(box["lines"])
    return [title, *(text(line, x + 12 + after, first + LINE * n) for n, line in lines)]


def must_fit(line: str, size: float, wide: float) -> None:
    """Refuse a line that is wider than its place."""
    if room(line, size) > wide:
        raise ValueError(f"too wide for its place: {line}")


def room(line: str, size: float) -> float:
    """Pixels that a line takes at most."""
    return len(line) * size * WIDEST


def text(line: str, x: float, y: float, kind: str = "", align: str = "start") -> str:
    """One line of text."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{align}">{escape(line)}</text>'


def drawings() -> dict[Path, str]:
    """The SVG files that should be here, and what should be in them."""
    sources = sorted(HERE.glob("*.toml"))
    return {path.with_suffix(".svg"): drawing(path.read_text("utf-8")) for path in sources}


if __name__ == "__main__":
    for path, svg in drawings().items():
        path.write_text(svg, encoding="utf-8", newline="\n")
