"""Who may know whom in the package and in its grading, no cycles, and what an import loads."""

import ast
import subprocess
import sys
from functools import cache
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
    "cell_metadata": set(),
    "cell_text": set(),
    "files": set(),
    "ops": set(),
    "place": set(),
    "data": {"place"},
    "check": {"cell_metadata", "cell_text"},
    "cases": {"check", "data", "nn", "ops"},  # the measurements of open tasks
    "nn": {"files", "place"},
    "figures": {"ops", "data", "nn"},
    "training": {"data", "figures", "nn"},
    "illnesses": {"data", "figures", "nn"},
    "work": {"course", "files"},
    "jupyter": {"files"},
    "lab": {"course", "jupyter", "work"},
    "kit": {"course", "files"},
    "handin": {"cell_metadata", "cell_text", "check", "course", "files"},
    "exercises": {"check", "course"},
    "authoring": {"cell_metadata", "cell_text", "check", "course", "exercises", "files"},
    "grading": {
        "cell_metadata",
        "cell_text",
        "files",
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
    "site": {"cell_metadata", "cell_text", "course", "jupyter", "kit"},
    "cli": {"course", "jupyter"},
}
# The rooms of grading, and the modules beside them, in the order in which they are built on each
# other: each knows only such as come before it.
ROOMS_MAY_KNOW = {
    "__init__": set(),
    "database": set(),
    "desk": {"database"},
    "exercise_result": set(),
    "points_in_words": set(),
    "class_result": {"exercise_result", "points_in_words"},
    "grade_options": set(),
    "faults": {"database", "desk"},
    "temporary": {"desk"},
    "pages": set(),
    "sandbox": {"exercise_result", "temporary"},
    "intake": {"desk", "faults", "pages"},
    "gradebook": {
        "database", "desk", "exercise_result", "points_in_words", "faults", "temporary", "sandbox",
        "intake",
    },
    "run": {
        "desk", "exercise_result", "class_result", "points_in_words", "faults", "temporary",
        "sandbox", "intake", "gradebook",
    },
    "out": {
        "desk", "exercise_result", "class_result", "points_in_words", "faults", "pages", "intake",
        "gradebook", "run",
    },
    "cluster": {"desk", "faults", "temporary", "sandbox", "intake", "run"},
    "grade": {
        "desk", "class_result", "grade_options", "faults", "temporary", "sandbox", "intake",
        "gradebook", "run", "out", "cluster",
    },
    "extend": {"desk", "intake", "gradebook"},
    "demo": {
        "desk", "exercise_result", "class_result", "points_in_words", "gradebook", "run", "out",
        "grade",
    },
}  # fmt: skip
# What else a student's parts may import, beside Python's own library (PIL comes with matplotlib,
# IPython and traitlets with ipywidgets).
MAY_INSTALL = {
    "__init__": set(),
    "problem": set(),
    "version": set(),
    "ops": {"numpy"},
    "place": set(),
    "cell_metadata": set(),
    "cell_text": set(),
    "files": set(),
    "check": {"numpy", "threadpoolctl"},
    "cases": {"numpy"},
    "nn": {"numpy", "rich", "threadpoolctl"},
    "data": {"numpy", "matplotlib", "PIL", "rich"},
    "training": {"numpy", "matplotlib", "rich"},
    "illnesses": {"numpy"},
    "figures": {"numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "IPython"},
    "work": set(),
    "jupyter": set(),
    "lab": set(),
    "kit": set(),
    "handin": {"nbformat", "nbclient", "rich"},
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, anywhere in it, also by `import_module("…")`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parent.parts
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [above, node.module]))
            names |= {f"{module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names |= {one.value for one in node.args if isinstance(one, ast.Constant)}
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


GRADING = [path for path in FILES if part_of(path) == "grading"]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE / "grading").parts[0].removesuffix(".py")


def test_a_room_of_grading_imports_only_the_rooms_it_may_know():
    for path in GRADING:
        room, names = room_of(path), imports(path)
        known = {name.split(".")[2] for name in names if name.startswith("convolab.grading.")}
        assert known - {room} <= ROOMS_MAY_KNOW[room], path.relative_to(ROOT)


def test_each_room_knows_only_rooms_that_come_before_it():
    rooms = list(ROOMS_MAY_KNOW)
    for place, room in enumerate(rooms):
        assert ROOMS_MAY_KNOW[room] <= set(rooms[:place]), room


def modules_imported() -> dict[str, set[str]]:
    """Each module of the package and those that it imports, inside functions too."""
    modules = {}
    for path in FILES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(part for part in parts if part != "__init__")] = path
    found = {}
    for module, path in modules.items():
        found[module] = set()
        for name in imports(path):
            while name and name not in modules:  # a function or a class: the module that has it
                name = name.rpartition(".")[0]
            found[module] |= {name} - {module, ""}
    return found


def test_no_module_imports_itself_by_way_of_others():
    left = modules_imported()
    while free := {module for module, known in left.items() if not known & left.keys()}:
        left = {module: known for module, known in left.items() if module not in free}
    assert left == {}, "these modules import each other, or depend on some that do"


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
