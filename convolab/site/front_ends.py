"""Fetches what runs in browsers, once, with npm and uv (or pip), and checks every byte."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_cache_path

from convolab.problem import Problem
from convolab.site.versions import WIDGETS_IN_LAB, WIDGETS_IN_LAB_SHA256, FrontEnd

_MANAGER = "share/jupyter/labextensions/@jupyter-widgets/jupyterlab-manager"


def fetch(package: FrontEnd, folder: Path | None = None) -> Path:
    """The path of a package's archive, as npm packs it.

    Args:
        package: which.
        folder: where archives from `npm pack` are; None for the user's cache, which npm fills.

    Raises:
        Problem: npm is missing, cannot get it, or it is not the file that was tried.
    """
    place = _cache() if folder is None else folder
    archive = place / package.archive
    command = f"npm pack {package.name}@{package.version}"
    if archive.is_file() and _is_whole(archive, package):
        return archive
    if folder is not None:
        what = "is not the file that was tried" if archive.is_file() else "is missing"
        raise Problem(f"{archive} {what}: run  {command}  in {folder}.")
    npm = shutil.which("npm")
    if npm is None:
        raise Problem(
            f"The site needs {package.name} {package.version}, which comes by npm, and npm is not "
            f"installed: install Node.js with npm, or run  {command}  on another computer and "
            "name the folder with its file:  convolab site --front-ends DIR"
        )
    place.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [npm, "pack", f"{package.name}@{package.version}", "--pack-destination", str(place)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if line.strip()]
        raise Problem(
            f"npm could not get {package.name} {package.version} ({said[0] if said else 'no word'})"
            ": check the network and try again."
        )
    if not _is_whole(archive, package):
        archive.unlink(missing_ok=True)
        raise Problem(
            f"npm brought another {package.archive} than the one that was tried (its SHA-256 "
            "differs), so it is not used: ask whoever runs your mirror of npm."
        )
    return archive


def take(archive: Path, name: str, targets: Iterable[Path]) -> None:
    """Write a file of an archive, named by its path inside the package, to one or more places."""
    with tarfile.open(archive) as pack:
        content = pack.extractfile(f"package/{name}").read()
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def widgets_in_lab(folder: Path | None = None) -> Path:
    """The folder of the widgets' extension for JupyterLite's JupyterLab.

    Args:
        folder: where its wheel is; None for the user's cache, which uv or pip fills.

    Raises:
        Problem: it cannot be got, or is not the one that was tried.
    """
    name, version = WIDGETS_IN_LAB
    place = _cache() / f"{name}-{version}"
    if (place / _MANAGER / "package.json").is_file():
        return place / _MANAGER
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as half:
        if folder is not None:
            _unpack_wheel(folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl", half)
        else:
            _install(name, version, half)
        shutil.rmtree(place, ignore_errors=True)
        os.rename(half, place)
        os.mkdir(half)  # for the end of the block to clear away
    return place / _MANAGER


def _unpack_wheel(wheel: Path, target: str) -> None:
    if not wheel.is_file():
        raise Problem(f"{wheel} is missing: put it there, or leave --front-ends out.")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WIDGETS_IN_LAB_SHA256:
        raise Problem(f"{wheel} is not the file that was tried: fetch it again.")
    with zipfile.ZipFile(wheel) as pack:
        for entry in pack.namelist():
            if f".data/data/{_MANAGER}/" in entry and not entry.endswith("/"):
                path = Path(target) / entry.split(".data/data/")[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(pack.read(entry))


def _install(name: str, version: str, target: str) -> None:
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None and importlib.util.find_spec("pip") is None:
        raise Problem("The site needs uv or pip: run it as  python -m uv run convolab site")
    tool = [uv, "pip", "install", "--python"] if uv else [sys.executable, "-m", "pip", "install"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(f"{name}=={version} --hash=sha256:{WIDGETS_IN_LAB_SHA256}\n")
        wanted.flush()
        command = [
            *tool,
            *([sys.executable] if uv else []),
            *("--no-deps", "--require-hashes", "--target", target, "-r", wanted.name),
        ]
        run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode or not (Path(target) / _MANAGER / "package.json").is_file():
        said = [line for line in run.stderr.splitlines() if line.strip()]
        raise Problem(
            f"{name} {version} could not be got ({said[-1] if said else 'no word'}): check the "
            "network and try again."
        )


def _cache() -> Path:
    return user_cache_path("convolab") / "front_ends"


def _is_whole(archive: Path, package: FrontEnd) -> bool:
    return archive.is_file() and hashlib.sha256(archive.read_bytes()).hexdigest() == package.sha256
