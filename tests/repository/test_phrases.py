"""Phrases that are no English of today, and that never come back.

Where one is still found, the table says how often. A number may only become smaller: whoever takes
one out lowers it, so that nobody puts it back in.
"""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / ".git").exists():
    pytest.skip("needs a git clone, to know which files are the course's", allow_module_level=True)
WRITTEN = re.compile(
    r"lessons/.*\.py|autograde/(exercises/.*\.(py|toml)|\w+\.md)|\w+\.md|data/\w+\.(md|py)|"
    r"notebooks/\w+\.md|convolab/(?!cases/).*\.(py|js|j2|md)"
)
# What is written here, how often it may still be found, and what to write.
PHRASES = {
    r"asked for is": (0, "you were asked for …, … is needed"),
    r"\b(?:is|are|was) (?:not )?asked for\b": (8, "is needed, is expected"),
    r"\bexchanged\b": (11, "swapped"),
    r"thousand million": (0, "billion"),
    r"\bgradients? (?:of the \w+ )?by\b": (3, "gradient with respect to"),
    r"by chance": (0, "at random"),
    r"\b(?:which|what|how many)\b[^.?]{0,40}\bhas it\b": (2, "does it have"),
    r"\brightly\b": (0, "correctly, or nothing"),
    r"shut in\b": (0, "in a sandbox"),
    r"whose it is": (0, "which student it belongs to"),
    r"belongs? into": (0, "belongs in"),
    r"\bshall\b": (0, "should"),
    r"what (?:shall|will) become of": (0, "what should happen to"),
    r"is waited for": (0, "the grader waits for"),
    r"\bwholly\b": (3, "completely"),
    r"\bis to be (?:a|an|text|at)\b": (0, "must be"),
    r"\bis no readable\b": (0, "cannot be read as"),
    r"were left off": (0, "were left out"),
    r"luckiest": (0, "largest"),
    r"under no window": (0, "never covered"),
    r"in the place of": (0, "in place of, instead of"),
    r"what stands\b": (3, "what is"),
    r"\bstands? (?:in|on|at|there|before|behind|above|below|beside|between)\b": (4, "is"),
    r"\b(?:lies|lie) (?:in|on|at|beside|there)\b": (21, "is, are"),
}


def texts() -> dict[str, str]:
    """What authors write, by path; a phrase that is broken over two lines is one."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    breaks = re.compile(r'"?[ \t]*\n[ \t]*(?:#|//|\*)?[ \t]*f?"?')
    return {
        name: breaks.sub(" ", (ROOT / name).read_text(encoding="utf-8"))
        for name in names
        if WRITTEN.fullmatch(name) and (ROOT / name).is_file()
    }


TEXTS = texts()


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_does_not_come_back(phrase):
    most, better = PHRASES[phrase]
    found = {name: len(re.findall(phrase, text, re.I)) for name, text in TEXTS.items()}
    found = {name: count for name, count in found.items() if count}
    total = sum(found.values())
    assert total <= most, f"write “{better}”: {phrase!r} is {total} times in {found}"
    assert total == most, f"lower the number of {phrase!r} from {most} to {total}"


def test_the_phrases_are_looked_for_everywhere_they_could_be():
    for part in ("lessons/", "autograde/exercises/", "autograde/README.md", "convolab/cli.py"):
        assert any(name.startswith(part) for name in TEXTS), part
    assert "README.md" in TEXTS
