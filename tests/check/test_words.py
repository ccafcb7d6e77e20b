"""What is shown of a text that can have any length."""

import pytest

from convolab.check import words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it stopped\nand more", "it stopped"),
        ("\n\n  it stopped  \n", "it stopped"),
        (
            "Error(s) in loading:\n\tMissing key: 0.weight",
            "Error(s) in loading: Missing key: 0.weight",
        ),
        ("nothing follows:\n", "nothing follows:"),
        ("", ""),
        ("word " * 30, "word word word word word word word word …"),
    ],
)
def test_one_line_of_a_text(text, shown):
    assert words.one_line(text, 40 if "Error" not in text else 80) == shown
