"""The benchmarks are run by hand: that they still find what they import is seen here."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.py"))}


def named_in(path: Path) -> set[str]:
    """What a file defines or imports, by its names."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            found |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_benchmark_finds_what_it_takes_from_its_neighbours(name):
    for node in ast.walk(ast.parse(FILES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in FILES:
            missing = {alias.name for alias in node.names} - named_in(FILES[node.module])
            assert not missing, f"{node.module}.py has no {', '.join(sorted(missing))}"
