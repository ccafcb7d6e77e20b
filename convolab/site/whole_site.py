"""Ties the site together: built whole in a folder of its own, then moved to its place."""

import importlib.util
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from convolab.problem import Problem
from convolab.site import versions
from convolab.site.without_torch import REMARK, torch_is_here

MARK = "convolab-site.json"  # tells a site, which may be replaced, from a folder that may not
_NEEDED = ("jupyterlite_core", "jupyterlite_pyodide_kernel", "sphinx", "myst_nb")


def build_site(
    course: Path,
    target: Path | None = None,
    pyodide: str | None = None,
    archives: Path | None = None,
    progress: Callable[[str], None] = lambda words: None,
) -> Path:
    """Build the site and return its folder. What was there before stays until the new one is whole.

    Args:
        course: the course's folder, the whole of it.
        target: where; None for dist/site. A folder that is not a site must be empty.
        pyodide: a folder with Pyodide's packages, an address, or None for the one Pyodide names.
        archives: a folder with the packages for browsers; None lets npm fetch them.
        progress: is told what is being done.

    Raises:
        Problem: something is missing, a lesson does not run, or the folder is not free.
    """
    target = (course / "dist" / "site" if target is None else target).resolve()
    _require_extra()
    require_free(target)
    from convolab.site.laboratory import build_laboratory
    from convolab.site.site_pages import build_pages

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as half:
            new = Path(half) / "site"
            new.mkdir()
            build_laboratory(course, new / "laboratory", pyodide, archives, progress)
            build_pages(course, new, archives, progress=progress)
            (new / MARK).write_text(_about(), encoding="utf-8")
            (new / ".nojekyll").touch()  # GitHub Pages would leave out the folders named _…
            shutil.rmtree(target, ignore_errors=True)
            new.rename(target)
    except OSError as error:
        raise Problem(
            f"The site cannot be written to {target} ({error.strerror}): choose another folder "
            "with --out."
        ) from error
    return target


def remarks() -> list[str]:
    """What whoever builds a site here should know: a sentence each, none if it has everything."""
    return [] if torch_is_here() else [REMARK]


def megabytes(folder: Path) -> float:
    """The size of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _about() -> str:
    from convolab import __version__

    about = {"convolab": __version__, "pyodide": versions.PYODIDE.version, **versions.BUILDERS}
    return json.dumps(about, indent=1) + "\n"


def _require_extra() -> None:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Problem(
            f"The site is built with {missing[0]}, which is not installed: run  "
            "python -m uv run --extra site convolab site"
        )


def require_free(target: Path) -> None:
    """Make sure that a site may be put there.

    Raises:
        Problem: it is a file, or a folder that holds something else.
    """
    if target.is_file():
        raise Problem(f"{target} is a file: name a folder with --out.")
    if target.is_dir() and not (target / MARK).is_file() and any(target.iterdir()):
        raise Problem(
            f"{target} holds other files, which a site would replace: name another folder."
        )
