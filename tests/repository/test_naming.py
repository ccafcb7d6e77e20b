"""One name, one thing, and files that one can read in one sitting."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, BENCHMARKS = ROOT / "convolab", ROOT / "benchmarks"
OURS = sorted([*PACKAGE.rglob("*.py"), *BENCHMARKS.glob("*.py")])
# Beside these: all other programs of the repository, but for tests, lessons and exercises.
PROGRAMS = sorted([*OURS, *ROOT.glob("*.py"), *(ROOT / "data").glob("*.py"),
                   *(ROOT / "autograde").glob("*.py"), *(ROOT / "docs").rglob("*.py")])  # fmt: skip

MOST_LINES, MOST_POSITIONAL = 300, 7
LONG = {
    "convolab/ops.py": "the course's operations in one file, which is read from top to bottom",
    "convolab/cli.py": "every subcommand with its options, one short function each, as one list",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def said_twice(where: dict[str, list[str]]) -> dict[str, list[str]]:
    return {word: places for word, places in where.items() if len(places) > 1}


def test_no_module_is_named_like_another():
    where = defaultdict(list)
    for path in OURS:
        if path.stem != "__init__":
            where[path.stem].append(name(path))
    assert said_twice(where) == {}


def test_no_module_is_named_like_another_room():
    rooms = {path.parent.name: path.parent for path in PACKAGE.rglob("__init__.py")}
    modules = [path for path in OURS if path.is_relative_to(PACKAGE)]
    twins = [path for path in modules if path.parent != rooms.get(path.stem, path.parent)]
    assert [name(path) for path in twins] == []


def test_no_class_is_named_like_another():
    where = defaultdict(list)
    for path in OURS:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(f"{name(path)}:{node.lineno}")
    assert said_twice(where) == {}


def test_a_file_is_short_enough_to_read():
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in PROGRAMS}
    long = {path: count for path, count in lines.items() if count > MOST_LINES}
    assert {path: count for path, count in long.items() if path not in LONG} == {}


def test_no_excuse_is_left_for_a_file_that_is_gone():
    assert [path for path in LONG if not (ROOT / path).is_file()] == []


def is_a_command(function: ast.FunctionDef) -> bool:
    """Whether typer calls it, with each option by its name."""
    return any(ast.unparse(mark).endswith(".command()") for mark in function.decorator_list)


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    taken = [one.arg for one in [*function.args.posonlyargs, *function.args.args]]
    return taken[1:] if taken[:1] in (["self"], ["cls"]) else taken


def test_no_function_takes_more_than_seven_positional_parameters():
    found = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in PROGRAMS
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and len(positional(node)) > MOST_POSITIONAL
        and not is_a_command(node)
    ]
    assert found == []


def test_every_file_that_a_comment_names_exists():
    folders = ("convolab", "tests", "benchmarks", "data", "lessons", "autograde", "docs")
    files = {path.name for folder in folders for path in (ROOT / folder).rglob("*.*")}
    # what others make, and a site is made of
    files |= {"conf.py", "require.js", "mathjax.js", "anywidget.js", "pyodide.js", "index.js"}
    files |= {"fontawesome.js"}
    lost = []
    for path in [*OURS, *PACKAGE.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"(?<![\w.{}<>%*…-])[a-z]\w*\.(?:py|js)\b", text))
        lost += [f"{name(path)} names {file}" for file in sorted(named - files)]
    assert lost == []
