"""The laboratory: JupyterLite with the learner's notebooks, and the course's package in it."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from convolab.course import lessons, releases
from convolab.problem import Problem
from convolab.site.front_ends import widgets_in_lab
from convolab.site.runtime import add_runtime

APPS = {"lab": "lab/index.html", "notebooks": "notebooks/index.html"}
SCRIPTS = ("releases.js", "notice.js")
_KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
_EXTENSIONS = ("anywidget", _KERNEL.split(":")[0])
_NAME = "Convolution Lab"
_SETTINGS = {
    # Nobody waits for news here, and work is saved before a tab is closed by mistake.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
}


def build_laboratory(
    course: Path,
    target: Path,
    pyodide: str | None = None,
    archives: Path | None = None,
    progress: Callable[[str], None] = lambda words: None,
) -> None:
    """Build the laboratory in a folder that does not exist yet.

    Args:
        course: the course's folder.
        target: the folder to make.
        pyodide: where Pyodide's packages are, as for `add_runtime`.
        archives: where npm's archives are, None for the cache.
        progress: is told what is being done.

    Raises:
        Problem: something that it is made of is missing.
    """
    progress("laboratory: JupyterLite")
    with tempfile.TemporaryDirectory(prefix="convolab-") as name:
        folder = Path(name)
        _copy_notebooks(course, folder / "contents")
        (folder / "overrides.json").write_text(json.dumps(_SETTINGS), encoding="utf-8")
        _run_jupyterlite(folder, target, archives)
    progress("laboratory: Python for the browser")
    add_runtime(course, target / "pyodide", pyodide, archives)
    _configure(target)
    note_releases(target)
    _greet(course, target)


def first_page(lesson: str, app: str = "lab") -> str:
    """The address of a lesson in the laboratory, relative to the laboratory's folder."""
    return f"{APPS[app]}?path={lesson}/{lesson}.ipynb"


def _copy_notebooks(course: Path, contents: Path) -> None:
    source = releases(course)
    for lesson in lessons(course):
        copy = contents / lesson / f"{lesson}.ipynb"
        copy.parent.mkdir(parents=True)
        shutil.copyfile(source / lesson / copy.name, copy)
    shutil.copyfile(source / "figures_gallery.ipynb", contents / "figures_gallery.ipynb")


def _run_jupyterlite(folder: Path, target: Path, archives: Path | None) -> None:
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    extensions = [installed / name for name in _EXTENSIONS]
    for extension in extensions:
        if not (extension / "package.json").is_file():
            raise Problem(
                f"{extension.name} is not installed: run  python -m uv sync --extra site  and try "
                "again."
            )
    extensions.append(widgets_in_lab(archives))
    config = {
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(extension) for extension in extensions],
    }
    (folder / "jupyter_lite_config.json").write_text(
        json.dumps({"LiteBuildConfig": config}), encoding="utf-8"
    )
    command = [
        *(sys.executable, "-m", "jupyterlite_core", "build"),
        *("--lite-dir", str(folder), "--contents", str(folder / "contents")),
        *("--output-dir", str(target), "--settings-overrides", str(folder / "overrides.json")),
        *("--apps", "lab", "--apps", "notebooks", "--no-sourcemaps"),
    ]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if run.returncode:
        if "No module named" in run.stderr:
            raise Problem(
                "JupyterLite is not installed: run  python -m uv sync --extra site  and try again."
            )
        raise Problem("JupyterLite could not be built. It said:\n" + run.stderr[-2000:])
    shutil.rmtree(target / "doc", ignore_errors=True)  # JupyterLite's own manual


def _configure(target: Path) -> None:
    """Say what it is called and where Python is."""
    path = target / "jupyter-lite.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    data = config["jupyter-config-data"]
    data["appName"] = _NAME
    plugins = data.setdefault("litePluginSettings", {})
    plugins.setdefault(_KERNEL, {})["pyodideUrl"] = "./pyodide/pyodide.js"
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def note_releases(target: Path) -> None:
    """Note which release of each notebook is in a laboratory, for browsers with an older one."""
    folder = target / "files"
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.ipynb"))
    }
    (target / "releases.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


def _greet(course: Path, target: Path) -> None:
    """Begin at lesson 00, lay newer releases beside saved work, and say what is happening."""
    front = files("convolab.site") / "front"
    for script in SCRIPTS:
        (target / script).write_bytes((front / script).read_bytes())
    scripts = "".join(f'<script src="../{script}"></script>\n  ' for script in SCRIPTS)
    for page in APPS.values():
        path = target / page
        text = path.read_text(encoding="utf-8")
        text = text.replace("<title>JupyterLite</title>", f"<title>{_NAME}</title>")
        text = text.replace("<html>", '<html lang="en">', 1)
        path.write_text(text.replace("</head>", f"{scripts}</head>", 1), encoding="utf-8")
    start = (front / "start.html").read_text(encoding="utf-8")
    start = start.replace("{{first}}", first_page(lessons(course)[0]))
    (target / "index.html").write_text(start, encoding="utf-8")
