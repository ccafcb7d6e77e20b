"""The first page of the site: what this is, a figure to move, the lessons, and the ways in."""

import re
from pathlib import Path

from nbformat import NotebookNode, v4

from convolab.course import lessons
from convolab.site.laboratory import first_page

LANDING = "index"

_ABOUT = """# Convolution Lab

You start with ten numbers and end with a convolutional network that you wrote yourself. On the way
you move live figures, and checks read your code and name your mistake. All but the last lesson
runs here, in your browser, and nothing has to be installed.

<p class="convolab-work"><a class="convolab-button" href="laboratory/{first}">Start now</a>
<a href="#install">or install it</a></p>
"""
_FIGURE = """from convolab.figures import SlidingKernel1D

SlidingKernel1D([2, 3, 2, 4, 3, 12, 3, 2, 4, 3], [1 / 3, 1 / 3, 1 / 3])"""
_BELOW = (
    "Move the place: the kernel slides along the signal, and one far-off number is smoothed away."
)
_LESSONS = """## The lessons

{table}

[All figures of the course](figures_gallery.ipynb) are on one page, and so is
[where the course comes from](BIBLIOGRAPHY.md).

```{{toctree}}
:hidden:
:caption: Lessons

{names}
```

```{{toctree}}
:hidden:
:caption: More

figures_gallery
BIBLIOGRAPHY
```
"""
_INSTALL = """## Install

On your own computer the course is faster, and your work is in files of your own. You need Python
3.11 or newer. Download the course's wheel into an empty folder and type:

```
python -m pip install convolab-{version}-py3-none-any.whl
convolab lab
```
"""
_TEACH = """## For teachers

Link to a lesson's page, or straight to the laboratory: every lesson has the address
`laboratory/lab/index.html?path=01_convolution_1d/01_convolution_1d.ipynb` below this one. Students
download their notebook there (a right click on its name, *Download*) and hand it in as you are
used to; it is graded like any other. Solutions and the grading desk come with the course's
repository.
"""
_CREDITS = """## Credits

The code is under the BSD 3-Clause licence, texts and pictures under CC BY 4.0. The laboratory is
[JupyterLite](https://jupyterlite.readthedocs.io) with [Pyodide](https://pyodide.org). The
photograph (United States Navy), the digits (E. Alpaydin and C. Kaynak, CC BY 4.0) and the sources
of the lessons are other people's work.
"""


def landing_page(course: Path) -> NotebookNode:
    """The page as a notebook; its one cell of code shows the figure and not itself."""
    from convolab import __version__

    names = lessons(course)
    readme = (course / "notebooks" / "README.md").read_text(encoding="utf-8")
    table = "\n".join(re.findall(r"^\|.*\|$", readme, re.MULTILINE)).replace("| |", "| no. |", 1)
    figure = v4.new_code_cell(_FIGURE, metadata={"tags": ["remove-input"]})
    lesson_list = "\n".join(f"{name}/{name}" for name in names)
    texts = [
        _ABOUT.format(first=first_page(names[0])),
        _BELOW,
        _LESSONS.format(table=table, names=lesson_list),
        _INSTALL.format(version=__version__),
        _TEACH,
        _CREDITS,
    ]
    cells = [v4.new_markdown_cell(text) for text in texts]
    cells.insert(1, figure)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return v4.new_notebook(cells=cells, metadata=metadata)
