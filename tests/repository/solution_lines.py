"""Lines of programs, as tests look for them: which are solutions, and which everybody may see."""

import ast
import json
import re
from pathlib import Path

from convolab.exercises.load import MEASURES

ROOT = Path(__file__).resolve().parents[2]
REGION = re.compile(r"(?ms)^ *### BEGIN SOLUTION.*?\n(.*?)^ *### END SOLUTION")


def lines(text: str) -> set[str]:
    """The lines of a program that say something of their own: no comment, docstring, import,
    bare keyword, or statement with fewer than three names and numbers in it."""
    found = set()
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        words = re.findall(r"\w+", line)
        if len(words) > 2 and re.search(r"[=+*/(\[-]", line) and not line.startswith(("def ", "@")):
            found.add(re.sub(r"\s+", " ", line))
    return found


def solutions() -> list[set[str]]:
    """The lines of each solution region, and of each reference, variant and misconception."""
    found = []
    for lesson in sorted((ROOT / "lessons").glob("*.py")):
        found += [lines(region) for region in REGION.findall(lesson.read_text(encoding="utf-8"))]
    for module in sorted((ROOT / "autograde" / "exercises").glob("*/*.py")):
        if module.stem.endswith(MEASURES):
            continue  # learners are handed these on purpose
        source = module.read_text(encoding="utf-8")
        written = source.splitlines()
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                found.append(lines("\n".join(written[function.lineno : function.end_lineno])))
    return [region for region in found if region]


def openly_shown() -> set[str]:
    """Lines that a lesson shows to everyone, in a worked example, a given part or a stub, and
    lines of `convolab.ops` and `convolab.nn`, which are public on purpose."""
    shown = set()
    for lesson in (ROOT / "lessons").glob("*.py"):
        whole = lesson.read_text(encoding="utf-8")
        stubs = re.findall(r"### BEGIN SOLUTION stub:(.*)", whole)
        shown |= lines("\n".join(stubs).replace(" | ", "\n"))
        text = REGION.sub("", whole)
        shown |= lines(text) | lines(re.sub(r"(?m)^# ?", "", text))
    for part in [ROOT / "convolab" / "ops.py", *(ROOT / "convolab" / "nn").rglob("*.py")]:
        shown |= lines(part.read_text(encoding="utf-8"))
    return shown


def text_of(path: Path) -> str:
    """What a file says; of a notebook or a file of cases every text in it, metadata too."""
    text = path.read_text(encoding="utf-8")
    if path.suffix not in {".ipynb", ".json"}:
        return text
    found, todo = [], [json.loads(text)]
    while todo:
        match todo.pop():
            case str(word):
                found.append(word)
            case [*items] if all(isinstance(item, str) for item in items):
                found.append("".join(items))
            case [*items]:
                todo += items
            case dict(entries):
                todo += entries.values()
    return "\n".join(found)


def secret_lines() -> set[str]:
    """The lines that only solutions have."""
    return set().union(*solutions()) - openly_shown()


def pages_with_solutions(folder: Path) -> dict[str, set[str]]:
    """The pages, notebooks and cases in a folder that hold a line of a solution, and the lines."""
    secret, found = secret_lines(), {}
    assert len(secret) > 20, "too few lines of solutions are found to prove anything"
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".ipynb", ".json", ".md", ".yml", ".toml"}:
            found[path.relative_to(folder).as_posix()] = lines(text_of(path)) & secret
    return {name: hits for name, hits in found.items() if hits}


def modules_with_solutions(folder: Path) -> list[str]:
    """The modules in a folder that hold a whole solution.

    One line may be the same by chance in two programs that fill an array; a whole one is not.
    """
    shown, found = openly_shown(), []
    secret = [region for region in solutions() if not region <= shown]
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".js"}:
            written = lines(text_of(path))
            if any(region <= written for region in secret):
                found.append(path.relative_to(folder).as_posix())
    return found
