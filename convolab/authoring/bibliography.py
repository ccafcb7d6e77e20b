"""The sources of the course: lessons/bibliography.toml, and the page that is built from it.

A lesson names its sources in its section *Where this comes from*, one a line:
`- Author, *Title*, year. What comes from it.` Each of them has its entry in the bibliography:

    [gundersen_2017]
    author = "Gregory Gundersen"
    title = "From Convolution to Neural Network"
    year = 2017
    url = "https://…"    # optional, like `journal` and `where`
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from convolab.authoring.check_prose import headings
from convolab.authoring.lesson import Lesson
from convolab.authoring.mistakes import Mistake, did_you_mean
from convolab.problem import Problem

SECTION = "Where this comes from"
BIBLIOGRAPHY = Path("lessons") / "bibliography.toml"
PAGE = Path("notebooks") / "BIBLIOGRAPHY.md"
_KINDS = {"author": str, "title": str, "year": int, "journal": str, "where": str, "url": str}
_NEEDED = ("author", "title", "year")
_SOURCE = re.compile(r"(?P<author>.+?), \*(?P<title>[^*]+)\*, (?P<year>\d{4})\. \S")
_FORM = "`- Author, *Title*, year. What comes from it.`"


@dataclass(frozen=True)
class Source:
    """A source as the bibliography or a lesson names it, and the line where it does."""

    author: str
    title: str
    year: int
    journal: str = ""
    where: str = ""
    url: str = ""
    line: int = 0

    def is_same(self, other: "Source") -> bool:
        """Whether both are one work: the same title, year and first author's surname."""
        return self._work() == other._work()

    def _work(self) -> tuple[str, int, str]:
        return self.title.casefold(), self.year, _surname(self.author)


def bibliography(course: Path, lessons: Mapping[str, Lesson]) -> dict[Path, bytes]:
    """The page of all sources by its path in the course; empty if there is no bibliography.

    Raises:
        Problem: an entry is incomplete or no lesson uses it, or a lesson's source has none.
    """
    if not (course / BIBLIOGRAPHY).is_file():
        return {}
    entries, mistakes = read_bibliography((course / BIBLIOGRAPHY).read_text(encoding="utf-8"))
    named: dict[str, list[Source]] = {}
    for lesson, text in sorted(lessons.items()):
        named[lesson], wrong = sources(text)
        mistakes += wrong
        for source in named[lesson]:
            if not any(entry.is_same(source) for entry in entries.values()):
                says = f"{BIBLIOGRAPHY.as_posix()} has no entry for *{source.title}*: add it there."
                mistakes.append(Mistake(text.path, source.line, says))
    used = {
        key: [lesson for lesson, found in named.items() if any(map(entry.is_same, found))]
        for key, entry in entries.items()
    }
    for key, found in used.items():
        if not found:
            says = f"no lesson names {key}: name it under *{SECTION}* or remove this entry."
            mistakes.append(Mistake(BIBLIOGRAPHY.as_posix(), entries[key].line, says))
    if mistakes:
        raise Problem("\n".join(map(str, mistakes)))
    return {PAGE: _page(entries, used).encode()}


def read_bibliography(text: str) -> tuple[dict[str, Source], list[Mistake]]:
    """The complete entries of a bibliography by their keys, and what is wrong with the others."""
    path = BIBLIOGRAPHY.as_posix()
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        says = f"this is not valid TOML: {re.sub(r' [(]at .*', '', str(error))}."
        return {}, [Mistake(path, int(line[1]) if line else 0, says)]
    entries: dict[str, Source] = {}
    mistakes = []
    for key, table in tables.items():
        line = _line(text, key)
        wrong = list(_wrong(table)) if isinstance(table, dict) else ["an entry is a [table]"]
        mistakes += [
            Mistake(path, line, f"{key}: {says}{'' if says[-1] in '?.' else '.'}") for says in wrong
        ]
        if wrong:
            continue
        entry = Source(**table, line=line)
        if same := [other for other, known in entries.items() if known.is_same(entry)]:
            mistakes.append(
                Mistake(path, line, f"{key} is {same[0]} again: remove one of the two.")
            )
        entries[key] = entry
    return entries, mistakes


def sources(lesson: Lesson) -> tuple[list[Source], list[Mistake]]:
    """What a lesson names under *Where this comes from*, and what is wrong with that section."""
    found, mistakes, begins, inside = [], [], None, False
    for cell in lesson.cells:
        if cell.kind != "markdown" or cell.options.get("teacher") or cell.report:
            continue
        for line, heading in headings(cell):
            inside = heading == f"## {SECTION}"
            begins = line if inside else begins
        for line, item in _items(cell.source, cell.first) if inside else ():
            if match := _SOURCE.match(item):
                year = int(match["year"])
                found.append(Source(match["author"], match["title"], year, line=line))
            else:
                mistakes.append(Mistake(lesson.path, line, f"a source is written {_FORM}."))
    if begins and not found and not mistakes:
        says = f"*{SECTION}* names no source: add one as {_FORM}."
        mistakes.append(Mistake(lesson.path, begins, says))
    return found, mistakes


def _wrong(table: dict) -> Iterator[str]:
    for name, value in table.items():
        if name not in _KINDS:
            yield f"an entry has no {name!r}{did_you_mean(name, _KINDS)}"
        elif type(value) is not _KINDS[name] or not value:
            kind = "a whole number" if _KINDS[name] is int else "text in quotes"
            yield f"{name} must be {kind}"
    for name in _NEEDED:
        if name not in table:
            yield f"the {name} is missing"
    if not re.match(r"https?://\S+$", str(table.get("url", "https://x"))):
        yield "url must be an address that starts with https://"


def _line(text: str, key: str) -> int:
    pattern = re.compile(rf'\s*\[?\s*"?{re.escape(key)}\b')
    lines = enumerate(text.split("\n"), start=1)
    return next((number for number, line in lines if pattern.match(line)), 0)


def _items(source: str, first: int) -> Iterator[tuple[int, str]]:
    """The items of a list, each as one line of text, with the line that it begins in."""
    for match in re.finditer(r"(?m)^- (.*(?:\n(?!- |#|\s*$).*)*)", source):
        yield first + source.count("\n", 0, match.start()), re.sub(r"\s*\n\s*", " ", match[1])


def _surname(author: str) -> str:
    """The last word of the first author's name."""
    return re.split(r",| and ", author)[0].split()[-1].casefold()


def _page(entries: dict[str, Source], used: dict[str, list[str]]) -> str:
    lines = [
        f"<!-- Built from {BIBLIOGRAPHY.as_posix()} and the lessons: edit them. -->",
        "",
        "# Where the course comes from",
        "",
        f"The sources that the lessons name, oldest first. *{SECTION}*, near the end of a lesson,",
        "says what it took from each.",
        "",
    ]
    for key, entry in sorted(entries.items(), key=lambda item: (item[1].year, item[1].title)):
        title = f"[*{entry.title}*]({entry.url})" if entry.url else f"*{entry.title}*"
        where = "".join(f" {place}." for place in (entry.journal, entry.where) if place)
        lessons = ", ".join(f"[{name[:2]}]({name}/{name}.ipynb)" for name in used[key])
        noun = "Lesson" if len(used[key]) == 1 else "Lessons"
        lines.append(f"- {entry.author}, {title}, {entry.year}.{where} {noun} {lessons}.")
    return "\n".join(lines).rstrip("\n") + "\n"
