"""Tables as a teacher's computer has them: any separator and encoding is read, UTF-8 is written."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from convolab.grading.points_in_words import number
from convolab.problem import Problem

MOST_BYTES = 50_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_OTHER_KINDS = (
    (b"PK\x03\x04", "an Excel or OpenDocument file, or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
    (b"<!DOCTYPE", "a web page"), (b"<html", "a web page"),
)  # fmt: skip


@dataclass
class Sheet:
    """A table as it was read.

    Attributes:
        name: of its file, for messages.
        header: the names of its columns.
        rows: as long as the header each; empty ones are left out.
        separator: between the columns.
        guessed: whether nothing in the file says how its letters are written.
    """

    name: str
    header: list[str]
    rows: list[list[str]]
    separator: str = ","
    guessed: bool = False

    def place(self, *names: str) -> int | None:
        """Where the first column with one of these names is."""
        return next((self.header.index(name) for name in names if name in self.header), None)


def read_sheet(path: Path) -> Sheet:
    """Read a table that a platform exported, however a spreadsheet saved it since.

    Raises:
        Problem: it cannot be read as a table.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Problem(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: not a table.")
        content = path.read_bytes()
    except OSError as error:
        raise Problem(f"{path} cannot be read ({error.strerror}).") from error
    text, encoding = _decoded(content, path.name)
    if text.lower().startswith("sep="):  # Excel's own hint
        text = text.partition("\n")[2]
    separator = _separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Problem(
            f"{path.name} cannot be read as a table ({error}): export it again."
        ) from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Problem(f"{path.name} is empty: export it again.")
    header = [name.strip() for name in rows[0]]
    while header and not header[-1]:  # a spreadsheet's empty columns
        header.pop()
    width = len(header)
    for line, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row[width:]):
            raise Problem(
                f"Row {line} of {path.name} has more columns than its first row: export it again."
            )
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    return Sheet(path.name, header, body, separator, encoding == "cp1252")


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file, and its encoding: cp1252 where it is neither UTF-8 nor UTF-16."""
    for mark, kind in _OTHER_KINDS:
        if content.lstrip().startswith(mark):
            raise Problem(f"{name} is {kind}: save it as CSV, then try again.")
    encoding = next((says for mark, says in _MARKS if content.startswith(mark)), "")
    if not encoding and content[1::2].count(0) > len(content) // 4:
        encoding = "utf-16-le"
    if not encoding and content[::2].count(0) > len(content) // 4:
        encoding = "utf-16-be"
    for one in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(one)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, one
    raise Problem(f"{name} is not a text that can be read: export it again, as CSV in UTF-8.")


def _separator(text: str) -> str:
    """What separates the columns: the sign of which the first row has most, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max((",", ";", "\t"), key=outside.count)


def as_csv(rows: list[list[str]], separator: str = ",") -> str:
    """Rows as CSV, each ended as the standard says."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def value_of(cell: str) -> float | None:
    """The number in a cell, with a point or a comma; None if it holds none."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def as_cell(value: float, like: str = "") -> str:
    """A number as a cell, with a comma where the table has one in its numbers."""
    return number(value).replace(".", ",") if "," in like else number(value)
