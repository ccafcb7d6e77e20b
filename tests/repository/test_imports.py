"""Who may know whom in the package, and what a notebook's import loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "convolab"

# Each part of the package and the parts that it may import. All may raise a Problem and read the
# package's version; what is not named here is a part that nobody has thought about yet.
MAY_KNOW = {
    "__init__": {"version"},
    "problem": set(),
    "version": {"course"},
    "course": set(),
    "ops": set(),
    "data": set(),
    "check": set(),
    "cases": {"check", "ops"},  # the measurements of open tasks
    "nn": {"data"},
    "figures": {"ops", "data"},
    "training": {"data", "figures", "nn"},
    "work": {"course"},
    "jupyter": set(),
    "lab": {"course", "jupyter", "work"},
    "kit": {"course"},
    "handin": {"check", "course"},
    "exercises": {"check", "course"},
    "authoring": {"check", "course", "exercises"},
    "grading": {
        "check",
        "exercises",
        "course",
        "handin",
        "authoring",
        "figures",
        "ops",
        "data",
        "nn",
    },  # kept warm
    "cli": {"course"},
}
# What else a student's parts may import, beside Python's own library (PIL comes with matplotlib,
# IPython and traitlets with ipywidgets).
MAY_INSTALL = {
    "__init__": set(),
    "problem": set(),
    "version": set(),
    "ops": {"numpy"},
    "check": {"numpy"},
    "cases": {"numpy"},
    "nn": {"numpy", "rich", "threadpoolctl"},
    "data": {"numpy", "matplotlib", "rich"},
    "training": {"numpy", "matplotlib", "rich"},
    "figures": {"numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "IPython"},
    "work": set(),
    "jupyter": set(),
    "lab": set(),
    "kit": set(),
    "handin": {"nbformat", "nbclient", "rich"},
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parent.parts
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [above, node.module]))
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_part_imports_only_the_parts_it_may_know(path):
    part = part_of(path)
    known = {name.split(".")[1] for name in imports(path) if name.startswith("convolab.")}
    assert known - {part, "problem", "__version__"} <= MAY_KNOW[part]


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if part_of(path) in MAY_INSTALL],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_a_students_part_needs_no_package_beyond_its_own(path):
    packages = {name.split(".")[0] for name in imports(path)} - {"convolab"}
    assert packages - sys.stdlib_module_names <= MAY_INSTALL[part_of(path)]


def test_nothing_imports_the_command():
    assert [p for p in FILES if any(n.startswith("convolab.cli") for n in imports(p))] == []


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import convolab",
        "from convolab.check import check",
        "import convolab.ops, convolab.data",
        "import convolab.figures",
    ],
)
def test_a_notebooks_import_loads_no_authoring_no_grading_and_no_framework(statement):
    heavy = {"nbgrader", "jupytext", "nbformat", "nbconvert", "scipy", "torch", "typer", "rich"}
    heavy |= {"convolab.authoring", "convolab.exercises", "convolab.grading", "convolab.cli"}
    assert loaded_by(statement) & heavy == set()


def test_importing_the_package_alone_loads_not_even_numpy():
    assert loaded_by("import convolab") & {"numpy", "matplotlib", "ipywidgets"} == set()


def test_the_check_loads_no_plotting():
    assert loaded_by("from convolab.check import check") & {"matplotlib", "ipywidgets"} == set()
