"""Makes the zip that a teacher hands to students: all they need and not a line of a solution."""

import zipfile
from pathlib import Path

from convolab.course import FOLDER
from convolab.files import whole
from convolab.problem import Problem

_ALONE = ("LICENSE", "environment.yml", "pyproject.toml", "uv.lock")
_NOT_FOR_STUDENTS = (
    "convolab/authoring/",
    "convolab/exercises/",
    "convolab/grading/",
    "convolab/kit.py",
    "convolab/site/",
    "data/designs/",
)
_NOT_OURS = {"__pycache__", "my_pictures", "my_network.npz"}
_README = "convolab/kit_readme.md"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name: the same kit, the same bytes


def make_kit(course: Path, target: Path | None) -> Path:
    """Write the students' kit and return its path.

    It holds the released notebooks, the data, the package without authoring and grading, what
    uv, pip and conda need to install it, the licences and a page of instructions. The same course
    gives the same bytes.

    Args:
        course: the course's folder.
        target: the zip to write, or a folder to write it in; None for dist/convolution-lab.zip.

    Raises:
        Problem: there is no released lesson, one still holds a solution, a file is missing, or
            the zip cannot be written.
    """
    files = kit_files(course)
    target = course / "dist" if target is None else target
    if target.is_dir() or not target.suffix:
        target = target / f"{FOLDER}.zip"
    try:
        with (
            whole(target) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kit,
        ):
            for name, path in files.items():
                entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # Unix, on every system: the permissions below are read
                entry.external_attr = 0o100644 << 16
                kit.writestr(entry, path.read_bytes())
    except OSError as error:
        raise Problem(
            f"The kit cannot be written to {target} ({error.strerror}): choose another file."
        ) from error
    return target


def kit_files(course: Path) -> dict[str, Path]:
    """What the kit holds: {name in the kit: the file it is made from}, in order.

    Raises:
        Problem: a file is missing, there is no released lesson, or one still holds a solution.
    """
    files = {name: course / name for name in _ALONE}
    files["README.md"] = course / _README
    for path in files.values():
        if not path.is_file():
            raise Problem(f"The kit needs {path}, which is missing: download the course again.")
    notebooks = _files(course, "notebooks")
    if not any(name.endswith(".ipynb") for name in notebooks):
        raise Problem(
            f"There are no built lessons in {course / 'notebooks'}: run `convolab build` first."
        )
    for name, path in notebooks.items():
        if b"### BEGIN SOLUTION" in path.read_bytes():
            raise Problem(f"{name} still contains a solution: run `convolab build` and try again.")
    package = {
        name: path
        for name, path in _files(course, "convolab").items()
        if not name.startswith(_NOT_FOR_STUDENTS) and name != _README
    }
    data = {
        name: path
        for name, path in _files(course, "data").items()
        if not name.startswith(_NOT_FOR_STUDENTS)
    }
    return dict(sorted({**files, **notebooks, **data, **package}.items()))


def _files(course: Path, folder: str) -> dict[str, Path]:
    """The files below one folder of the course, except what editors and Python leave behind, and
    the pictures of whoever worked in it."""
    found = {}
    for path in (course / folder).rglob("*"):
        parts = path.relative_to(course).parts
        left_out = any(p.startswith(".") or p in _NOT_OURS for p in parts)
        if path.is_file() and not left_out:
            found["/".join(parts)] = path
    return found
