"""In a hint, code is in backticks, so that it is set as code."""

import json
import re
from pathlib import Path

import pytest

CASES = Path(__file__).parents[2] / "convolab" / "cases"
CODE = re.compile(
    r"\b(np|rng|ops|torch)\.\w"  # np.zeros
    r"|\b[a-z]\w*_\w+\b(?!\(\d\))"  # output_size, but grad_y(0) is a formula
    r"|\b[a-z]\w*\["  # g[::-1]
    r"|\b(range|len|int|abs|max|min|sum)\("
    r"|\b(dtype|axis|keepdims|strict)="
    r"|\+="
)


def hints(of):
    """Every hint within what a JSON file holds."""
    if isinstance(of, dict):
        yield from (value for key, value in of.items() if key == "hint")
        of = list(of.values())
    if isinstance(of, list):
        for one in of:
            yield from hints(one)


@pytest.mark.parametrize("file", sorted(CASES.glob("*/*.json")), ids=lambda file: file.stem)
def test_code_in_a_hint_is_in_backticks(file):
    for hint in hints(json.loads(file.read_text(encoding="utf-8"))):
        assert hint.count("`") % 2 == 0, hint
        assert not CODE.search(re.sub(r"`[^`]*`", "", hint)), hint
