"""Wheels for the browser: the course's own, and the installed packages in pure Python.

They are written from what is installed here, so that nothing is fetched and what runs in the
browser is what was tried on this computer.
"""

import base64
import csv
import hashlib
import io
import zipfile
from importlib import metadata
from pathlib import Path

from convolab.kit import kit_files
from convolab.problem import Problem

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files, the same bytes
_COMPILED = (".so", ".pyd", ".pyc", ".dylib")
_SELDOM = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_build.json", "uv_cache.json")


def course_wheel(course: Path, folder: Path) -> Path:
    """Write the wheel of a learner's part of the course: the package, its cases and its data."""
    version = metadata.version("convolab")
    files = {}
    for name, path in kit_files(course).items():
        if name.startswith("convolab/"):
            files[name] = path.read_bytes()
        elif name.startswith("data/") and not name.endswith(".py"):
            files[f"convolab/_{name}"] = path.read_bytes()
    about = f"Metadata-Version: 2.1\nName: convolab\nVersion: {version}\n"
    files[f"convolab-{version}.dist-info/METADATA"] = about.encode()
    return _write("convolab", version, files, folder)


def installed_wheel(name: str, folder: Path) -> Path:
    """Write the wheel of an installed package from its Python files; compiled ones are left out.

    Raises:
        Problem: it is not installed.
    """
    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise Problem(
            f"The site needs the package {name}, which is missing: run  "
            "python -m uv sync --extra site"
        ) from error
    files = {}
    for entry in package.files or ():
        text = entry.as_posix()
        if text.startswith("..") or entry.name in _SELDOM or text.endswith(_COMPILED):
            continue
        files[text] = Path(package.locate_file(entry)).read_bytes()
    return _write(name.replace("-", "_"), package.version, files, folder)


def _write(name: str, version: str, files: dict[str, bytes], folder: Path) -> Path:
    """A wheel in pure Python with these files and a record of them."""
    info = f"{name}-{version}.dist-info"
    kind = "Wheel-Version: 1.0\nGenerator: convolab\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**files, f"{info}/WHEEL": kind.encode()}
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([path, f"sha256={digest}", len(content)])
    rows.writerow([f"{info}/RECORD", "", ""])
    files[f"{info}/RECORD"] = record.getvalue().encode()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            wheel.writestr(entry, content)
    return target
