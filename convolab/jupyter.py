"""How the course starts JupyterLab: what is on, what is off, and where it keeps its files."""

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from convolab.files import write_whole

FIRST_PORT = 8888

# One thread each: the course's arrays are small, and more threads only get in each other's way.
ONE_THREAD = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)

# A course without an exchange folder has no lists of assignments and courses; left on, both
# greet the reader with an error.
_NO_LISTS = (
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
)
_SERVER_OFF = {
    "teacher": _NO_LISTS,
    "student": (
        *_NO_LISTS,
        "nbgrader.server_extensions.formgrader",
        "jupyterlab_jupytext",
        "notebook",
    ),
}
_LAB_OFF = {
    "teacher": (
        "@jupyter/nbgrader:assignment-list",
        "@jupyter/nbgrader:course-list",
        "@jupyterlab/extensionmanager-extension",
    ),
    "student": (
        "@jupyter/nbgrader:assignment-list",
        "@jupyter/nbgrader:course-list",
        "@jupyter/nbgrader:create-assignment",
        "@jupyter/nbgrader:formgrader",
        "@jupyter/nbgrader:menu",
        "@jupyter-notebook/lab-extension",
        "@jupyterlab/extensionmanager-extension",
        "jupyterlab-jupytext",
    ),
}
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


@dataclass(frozen=True)
class LabPlan:
    """A JupyterLab about to be started: its command, environment, folder and address."""

    command: list[str]
    env: dict[str, str]
    folder: Path
    server: str  # empty until JupyterLab has chosen its port
    path: str
    token: str

    @property
    def address(self) -> str:
        """The address to type into a browser."""
        return f"{self.server}{self.path}" + (f"?token={self.token}" if self.token else "")


def plan_lab(
    folder: Path,
    private: Path,
    *,
    port: int | None,
    page: str = "",
    role: str = "student",
    browser: bool = False,
    token: str = "",
) -> LabPlan:
    """Say how JupyterLab is started on `folder`, with every file of its own kept in `private`.

    Args:
        folder: what the reader sees, JupyterLab's root.
        private: where settings, workspaces, kernels' files and the log go.
        port: a free port on this machine; None lets JupyterLab find one, which needs a token,
            because the server is then known by it.
        page: a notebook to open, relative to `folder`, with `/` between its parts.
        role: "student", or "teacher" for the desk with formgrader.
        browser: open the reader's browser.
        token: what the browser must present; an empty one lets in every program on this machine.
    """
    defaults = private / "settings"
    defaults.mkdir(parents=True, exist_ok=True)
    _write_json(defaults / "overrides.json", _SETTINGS)
    _write_json(defaults / "page_config.json", {"disabledExtensions": list(_LAB_OFF[role])})
    path = f"/lab/tree/{quote(page)}" if page else "/lab"
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port or FIRST_PORT}",
        f"--ServerApp.port_retries={0 if port else 100}",
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.open_browser={browser}",
        "--ServerApp.answer_yes=True",
        f"--LabApp.default_url={path}",
        f"--LabApp.app_settings_dir={defaults}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--LanguageServerManager.autodetect=False",  # it would ask npm, which writes to the home
    ]
    command += [f"--ServerApp.jpserver_extensions={name}=False" for name in _SERVER_OFF[role]]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--ServerApp.allow_root=True")
    env = _environment(private)
    if token:
        # not on the command line, which every user of a machine can read
        env["JUPYTER_TOKEN"] = token
    else:
        command.append("--IdentityProvider.token=")
    server = f"http://127.0.0.1:{port}" if port else ""
    return LabPlan(command, env, folder, server, path, token)


def warm_font_cache(private: Path) -> None:
    """Let matplotlib list the machine's fonts while JupyterLab first starts, so that it does not
    tell a beginner about it in red, in the middle of a first lesson."""
    if not any((private / "matplotlib").glob("fontlist-*.json")):
        subprocess.Popen(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            env=_environment(private),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _environment(private: Path) -> dict[str, str]:
    """The environment of JupyterLab and its kernels: nothing is read from or written to the
    reader's own Jupyter folders, one thread for arithmetic, the course's programs on PATH."""
    scripts = sysconfig.get_path("scripts")  # nbgrader runs alembic by name
    return {
        **os.environ,
        **dict.fromkeys(ONE_THREAD, "1"),
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")]),
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "IPYTHONDIR": str(private / "ipython"),
        "MPLCONFIGDIR": str(private / "matplotlib"),
    }


def _write_json(path: Path, content: dict) -> None:
    write_whole(path, json.dumps(content, indent=1) + "\n")
