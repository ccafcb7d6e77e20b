"""Python for the browser: Pyodide, its packages, and a lock that knows the course as well."""

import hashlib
import json
import re
import shutil
from pathlib import Path

from convolab.problem import Problem
from convolab.site import front_ends
from convolab.site.versions import COURSE_NEEDS, FROM_PYODIDE, PURE_WHEELS, PYODIDE
from convolab.site.wheels import course_wheel, installed_wheel

RUNTIME = (
    "pyodide.js",
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)


def add_runtime(course: Path, target: Path, pyodide: str | None, archives: Path | None) -> None:
    """Fill a folder of the site with Pyodide's runtime, the lock, and the course's wheels.

    Args:
        course: the course's folder.
        target: the folder to fill.
        pyodide: where Pyodide's packages are. A folder is checked and what is needed is copied from
            it; an address is left to the browser; None is the address that Pyodide itself names.
        archives: where npm's archives are, None for the cache.

    Raises:
        Problem: a file is missing or is not the one that the official lock names.
    """
    target.mkdir(parents=True, exist_ok=True)
    archive = front_ends.fetch(PYODIDE, archives)
    for name in RUNTIME:
        front_ends.take(archive, name, [target / name])
    lock = json.loads((target / "pyodide-lock.json").read_text(encoding="utf-8"))
    if pyodide is None or re.match(r"https?://", pyodide):
        address = pyodide or own_address(target)
        for package in lock["packages"].values():
            package["file_name"] = f"{address.rstrip('/')}/{package['file_name']}"
    else:
        lock["packages"] = copy_packages(Path(pyodide), target, lock["packages"])
    for wheel in PURE_WHEELS:
        path = installed_wheel(wheel.name, target)
        lock["packages"][wheel.name] = _entry(wheel.name, path, wheel.imports, wheel.depends)
    path = course_wheel(course, target)
    lock["packages"]["convolab"] = _entry("convolab", path, "convolab", COURSE_NEEDS)
    (target / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def own_address(runtime: Path) -> str:
    """The address from which Pyodide takes its packages if nobody names another one."""
    text = (runtime / "pyodide.mjs").read_text(encoding="utf-8")
    found = re.search(r"`(https://[^`$]*)\$\{\w+\.version\}([^`$]*)`", text)
    if not found:
        raise Problem("Pyodide names no address for its packages: use  --pyodide DIR  or  URL.")
    return f"{found[1]}{PYODIDE.version}{found[2]}"


def copy_packages(folder: Path, target: Path, packages: dict[str, dict]) -> dict[str, dict]:
    """Copy what the course needs of Pyodide's packages, each compared with the official lock.

    Args:
        folder: where the packages are.
        target: where they go.
        packages: the official lock's.

    Returns:
        The lock's entries of those that were copied.

    Raises:
        Problem: the folder or a file is missing, or is another one than the lock names.
    """
    if not folder.is_dir():
        raise Problem(
            f"There is no folder {folder}: unpack Pyodide {PYODIDE.version} there, or leave "
            "--pyodide out to let browsers take it from the network."
        )
    wanted = sorted(with_needs(FROM_PYODIDE, packages))
    names = {name: packages[name]["file_name"] for name in wanted}
    missing = [file for file in names.values() if not (folder / file).is_file()]
    if missing:
        raise Problem(
            f"{folder} lacks {len(missing)} of Pyodide {PYODIDE.version}'s files, such as "
            f"{missing[0]}: unpack all of that release there."
        )
    for name, file in names.items():
        content = (folder / file).read_bytes()
        if hashlib.sha256(content).hexdigest() != packages[name]["sha256"]:
            raise Problem(
                f"{folder / file} is not the file that Pyodide {PYODIDE.version} names (its "
                "SHA-256 differs): fetch it again."
            )
        shutil.copyfile(folder / file, target / file)
    return {name: packages[name] for name in wanted}


def with_needs(roots: tuple[str, ...], packages: dict[str, dict]) -> set[str]:
    """The names of some packages in a lock and of all that they need, but for our own wheels."""
    found: set[str] = set()
    left = list(roots)
    own = {wheel.name for wheel in PURE_WHEELS}
    while left:
        name = left.pop().replace("_", "-").lower()
        if name not in found | own:
            found.add(name)
            left += packages[name]["depends"]
    return found


def _entry(name: str, wheel: Path, imports: str, depends: tuple[str, ...]) -> dict:
    """The lock's entry for one of our own wheels, which is next to the lock."""
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": [imports],
        "depends": list(depends),
        "unvendored_tests": False,
    }
