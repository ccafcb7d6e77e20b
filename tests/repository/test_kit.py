"""The students' kit holds all they need, works alone, and holds no line of a solution."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from convolab.kit import _files, kit_files, make_kit
from convolab.problem import Problem
from tests.repository.solution_lines import (
    lines,
    modules_with_solutions,
    pages_with_solutions,
    secret_lines,
    text_of,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> Path:
    """The kit of this course, unpacked."""
    folder = tmp_path_factory.mktemp("kit")
    with zipfile.ZipFile(make_kit(ROOT, folder / "kit.zip")) as zipped:
        zipped.extractall(folder)
    return folder / "convolution-lab"


def test_no_page_notebook_or_case_in_the_kit_holds_a_line_of_a_solution(kit):
    assert pages_with_solutions(kit) == {}


def test_no_module_in_the_kit_holds_a_solution(kit):
    assert modules_with_solutions(kit) == []


def test_the_lines_that_are_looked_for_are_found_where_they_are():
    teacher = "\n".join(text_of(path) for path in ROOT.glob("solutions/*/*.ipynb"))
    assert len(lines(teacher) & secret_lines()) > 20


def test_the_kit_is_for_students(kit):
    names = {str(path.relative_to(kit)) for path in kit.rglob("*") if path.is_file()}
    assert {"README.md", "LICENSE", "environment.yml", "pyproject.toml", "uv.lock"} <= names
    assert "notebooks/00_start_here/00_start_here.ipynb" in names
    assert "data/digits.npz" in names
    assert {"convolab/check/__init__.py", "convolab/handin/check_notebook.py"} <= names
    assert "convolab/figures/__init__.py" in names
    assert any(name.startswith("convolab/cases/01_convolution_1d/") for name in names)
    teachers = ("solutions/", "lessons/", "autograde/", "tests/", "benchmarks/", ".", "work/")
    assert [name for name in names if name.startswith(teachers)] == []
    assert [name for name in names if "authoring" in name or "grading" in name] == []
    assert [name for name in names if name.startswith("convolab/exercises")] == []
    assert [name for name in names if name.endswith("by_hand.toml")] == []
    assert [name for name in names if "__pycache__" in name or "checkpoint" in name] == []


def test_what_somebody_made_while_working_in_the_course_is_not_in_the_kit(tmp_path):
    picture = tmp_path / "notebooks" / "12_own" / "my_pictures" / "cat" / "tom.jpg"
    picture.parent.mkdir(parents=True)
    picture.touch()
    (tmp_path / "notebooks" / "12_own" / "my_network.npz").touch()
    (tmp_path / "notebooks" / "12_own" / "12_own.ipynb").touch()
    assert list(_files(tmp_path, "notebooks")) == ["notebooks/12_own/12_own.ipynb"]


def test_the_same_course_gives_the_same_bytes(tmp_path):
    first = make_kit(ROOT, tmp_path / "a.zip").read_bytes()
    assert make_kit(ROOT, tmp_path / "b.zip").read_bytes() == first


def test_a_released_notebook_with_a_solution_in_it_is_not_handed_out(tmp_path):
    for name in ("LICENSE", "environment.yml", "pyproject.toml", "uv.lock"):
        (tmp_path / name).touch()
    (tmp_path / "convolab").mkdir()
    (tmp_path / "convolab" / "kit_readme.md").touch()
    with pytest.raises(Problem, match="There are no built lessons"):
        kit_files(tmp_path)
    notebook = tmp_path / "notebooks" / "01_x" / "01_x.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text('{"cells": [{"source": ["### BEGIN SOLUTION"]}]}')
    with pytest.raises(Problem, match=r"notebooks/01_x/01_x.ipynb still contains a solution"):
        make_kit(tmp_path, None)
    assert not (tmp_path / "dist" / "convolution-lab.zip").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot be written"):
        make_kit(ROOT, tmp_path / "file" / "kit.zip")


NOTEBOOK_RUN = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
place = {"metadata": {"path": "work/00_start_here"}}
client = NotebookClient(notebook, timeout=120, resources=place)
client.execute()
for cell in notebook.cells:
    if cell.cell_type == "code" and cell.source.startswith('check("double")'):
        print(cell.outputs[0].data["text/html"])
"""


@pytest.mark.journey
def test_a_student_starts_the_course_from_the_kit_alone(kit):
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed: `python -m pip install uv`.")
    ours = {"UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV", "PYTHONPATH"}
    env = {key: value for key, value in os.environ.items() if key not in ours}
    run = [uv, "run", "--python", sys.executable]
    lab = subprocess.Popen(
        [*run, "convolab", "lab", "--no-browser"],
        cwd=kit,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = ""
        for line in lab.stdout:
            said += line
            if "It is open at" in line:
                break
        assert "/lab/tree/00_start_here/00_start_here.ipynb" in said
    finally:
        lab.terminate()
        assert lab.wait(30) == 0
    notebook = kit / "work" / "00_start_here" / "00_start_here.ipynb"
    ran = subprocess.run(
        [*run, "python", "-c", NOTEBOOK_RUN, str(notebook)],
        cwd=kit,
        env=env,
        capture_output=True,
        text=True,
    )
    assert "your code here" in ran.stdout or "stub" in ran.stdout, ran.stdout + ran.stderr
    asked = subprocess.run(
        [*run, "convolab", "check-notebook", "00"], cwd=kit, env=env, capture_output=True, text=True
    )
    assert asked.returncode == 3, asked.stdout + asked.stderr
    assert "0 of 3 points so far" in " ".join(asked.stdout.split())
    refused = subprocess.run(
        [*run, "convolab", "build"], cwd=kit, env=env, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "student's kit" in " ".join(refused.stderr.split())
