"""What counts as a notebook's content, and its fingerprint, which shows edits by hand.

Running a notebook changes outputs and counts, JupyterLab adds an empty cell at the end and its own
version to the metadata, an editor leaves spaces at a line's end: none of that is an edit. The
texts and kinds of the cells are, and what nbgrader and this course wrote about each cell.
"""

import ast
import hashlib
import json
import re
from collections.abc import Mapping

from convolab.cell_metadata import course_of, nbgrader_of

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")

_ROLES = ("grade", "solution", "locked", "task")


def text_sha256(text: str) -> str:
    """The fingerprint of a text, the same for all line endings."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def tidy(kind: str, source: str) -> str:
    """A cell's text without what nobody sees: spaces at the ends of lines, blank lines around it.

    A Markdown line that ends in two spaces, which is a line break, ends in a backslash instead:
    that is a line break too, and survives every editor. Spaces that belong to a string in code
    are left alone.
    """
    if kind == "code":
        source = source.replace("\r\n", "\n")
        trimmed = re.sub(r"[ \t]+$", "", source, flags=re.MULTILINE)
        return (trimmed if _same_code(source, trimmed) else source).strip("\n").rstrip()
    lines, fenced = _LINE_ENDS.sub("\n", source).strip("\n").rstrip().split("\n"), False
    for i, line in enumerate(lines):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        text = line.rstrip()
        breaks = line.endswith("  ") and text and not fenced and lines[i + 1].strip()
        lines[i] = text + "\\" if breaks else text
    return "\n".join(lines)


def _same_code(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError):
        return False


def cell_content(cell: Mapping) -> tuple[str, str, dict]:
    """A cell's kind, tidy text, and what nbgrader and this course say about it."""
    metadata = cell["metadata"]
    ours = {key: metadata[key] for key in ("nbgrader", "convolab") if metadata.get(key)}
    if not any(nbgrader_of(cell).get(role) for role in _ROLES):
        ours.pop("nbgrader", None)  # nbgrader's menu leaves a name and four times "no" behind
    return cell["cell_type"], tidy(cell["cell_type"], cell["source"]), ours


def contents(notebook: Mapping) -> list[tuple[str, str, dict]]:
    """The contents of all cells that are not empty, in order."""
    return [cell_content(cell) for cell in notebook["cells"] if cell["source"].strip()]


def content_sha256(notebook: Mapping) -> str:
    """The fingerprint of a notebook's content."""
    plain = json.dumps(contents(notebook), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def stamp(notebook: Mapping) -> str | None:
    """The fingerprint that the notebook was built with; None if it is not one of this course."""
    return course_of(notebook).get("built_sha256")
