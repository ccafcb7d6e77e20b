"""What the site is made of, in the versions that were tried together.

The Python packages that build it are pinned in pyproject.toml's extra `site`, and those that run in
the browser are the ones installed beside it: `uv.lock` says which. A test compares.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FrontEnd:
    """A package for browsers: its name on npm, its version, and the archive's SHA-256."""

    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> str:
        """The file that `npm pack` writes."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


PYODIDE = FrontEnd(
    "pyodide",
    "0.27.7",
    "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343",
)
HTML_MANAGER = FrontEnd(
    "@jupyter-widgets/html-manager",
    "1.0.15",
    "2b9d65cb7913e1c7d671757a10008b32c9c2448d4429513371e55c07d6107638",
)
REQUIREJS = FrontEnd(
    "requirejs",
    "2.3.8",
    "777158e89275e16bd51aec3ef714fbcb5dc45789e7078659933bc814916d7dec",
)
MATHJAX = FrontEnd(
    "mathjax",
    "3.2.2",
    "1b9c0a1c44df864e915690558e72adb9cc5203360daefd385084ced3b6c64c09",
)

# What pyproject.toml's extra must pin for the versions above to fit.
BUILDERS = {
    "jupyterlite-core": "0.6.4",
    "jupyterlite-pyodide-kernel": "0.6.1",
    "sphinx": "9.0.4",
    "myst-nb": "1.4.0",
    "sphinx-book-theme": "1.4.0",
}

# Pyodide's own packages that the course and its kernel load; what these need comes with them.
FROM_PYODIDE = (
    "decorator",
    "ipython",
    "jedi",
    "matplotlib",
    "micropip",
    "numpy",
    "packaging",
    "pillow",
    "pygments",
    "pyodide-unix-timezones",
    "sqlite3",
    "ssl",
    "threadpoolctl",
    "traitlets",
)


@dataclass(frozen=True)
class PureWheel:
    """A package in pure Python that Pyodide lacks, or has too old: it is taken from this Python.

    Args:
        name: the installed distribution's.
        imports: the module that makes Pyodide load it.
        depends: the names, in Pyodide's lock, of what it needs there.
    """

    name: str
    imports: str
    depends: tuple[str, ...] = ()


PURE_WHEELS = (
    PureWheel("anywidget", "anywidget", ("ipywidgets", "psygnal", "typing-extensions")),
    PureWheel("comm", "comm"),
    PureWheel("ipywidgets", "ipywidgets", ("comm", "ipython", "traitlets")),
    PureWheel("markdown-it-py", "markdown_it", ("mdurl",)),
    PureWheel("mdurl", "mdurl"),
    PureWheel("psygnal", "psygnal"),
    PureWheel("rich", "rich", ("markdown-it-py", "pygments")),
    PureWheel("typing-extensions", "typing_extensions"),
)
COURSE_NEEDS = ("anywidget", "ipywidgets", "matplotlib", "numpy", "pillow", "rich", "threadpoolctl")

# The widgets' half in JupyterLab, built for the JupyterLab that JupyterLite contains (4.4): the one
# that comes with ipywidgets today refuses any before 4.6.
WIDGETS_IN_LAB = "jupyterlab-widgets", "3.0.15"
WIDGETS_IN_LAB_SHA256 = "d59023d7d7ef71400d51e6fee9a88867f6e65e10a4201605d2d7f3e8f012a31c"
