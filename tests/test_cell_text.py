"""What a notebook is called, and how a cell begins."""

import pytest

from convolab.cell_text import first_line, title_of


def markdown(source):
    return {"cell_type": "markdown", "source": source}


@pytest.mark.parametrize(
    ("source", "line"), [("\n\n  a = 1  \nb", "a = 1"), ("", ""), (" \n\t\n", ""), ("a\r\nb", "a")]
)
def test_the_first_line_is_the_first_that_says_something(source, line):
    assert first_line(source) == line


def test_the_title_is_the_first_heading_outside_programs():
    cells = [
        {"cell_type": "code", "source": "# a comment"},
        markdown("```\n# a comment\n```\n## Not the title\n#hash"),
        markdown("text\n# The title \n# Another"),
    ]
    assert title_of(cells) == "The title"
    assert title_of(cells[:2]) == ""
