"""Markdown for pages that stand alone: headings in order, formulas drawn, tables with headers."""

import re
from pathlib import Path

import pytest

from convolab.grading.pages.formulas import formula
from convolab.grading.pages.prose import Prose, code, sentence

ROOT = Path(__file__).resolve().parents[3]
LESSONS = [
    tex
    for lesson in sorted((ROOT / "lessons").glob("*.py"))
    for tex in re.findall(r"(?s)\$\$(.+?)\$\$", lesson.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("tex", LESSONS)
def test_every_formula_of_the_lessons_is_drawn_and_labelled(tex):
    drawn = formula(tex, display=True)
    assert drawn.startswith("<svg")
    assert 'role="img" aria-label="Formula in LaTeX: ' in drawn


def test_a_formula_that_cannot_be_drawn_stays_legible():
    assert formula(r"\foo{<b>}") == '<code class="formula">\\foo{&lt;b&gt;}</code>'


def test_what_stands_in_a_label_cannot_end_it():
    assert '"><script>' not in formula('x"><script>')


def test_headings_come_below_the_pages_own_and_leave_no_level_out():
    prose = Prose(level=2)
    cells = ["# Title", "## Part", "##### Deep", "## Next part", "# Another"]
    levels = [int(re.search(r"<h(\d)", prose.html(cell))[1]) for cell in cells]
    assert levels == [2, 3, 4, 3, 2]


def test_a_corner_of_a_table_that_heads_nothing_is_no_header():
    html = Prose().html("| | a |\n|---|---|\n| 1 | 2 |")
    assert "<th></th>" not in html.replace(" ", "")
    assert "<th>a</th>" in html


def test_inline_and_displayed_formulas_are_told_apart():
    html = Prose().html("Here $x^2$ and\n\n$$y = x$$")
    assert 'class="formula"' in html
    assert 'class="formula display"' in html


def test_a_program_is_marked_and_escaped():
    assert code('def f():\n    return "<b>"') == (
        '<span class="k">def</span><span class="w"> </span><span class="nf">f</span>'
        '<span class="p">():</span>\n    <span class="k">return</span> '
        '<span class="s2">"&lt;b&gt;"</span>'
    )


def test_what_stands_between_backticks_in_a_hint_is_code():
    assert sentence("It is `g[x]`, not <g>.") == "It is <code>g[x]</code>, not &lt;g&gt;."
