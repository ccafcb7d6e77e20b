"""A lesson to read: the student's text and code, with what the lesson's own cells show.

An exercise's cell is the student's stub, and it and its check show nothing: what they would show is
the answer. Of the widgets' state, only what the page shows is kept, so that one that is missing
does not take the others with it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nbformat import NotebookNode, v4

from convolab.cell_metadata import checked_exercise, course_of, is_solution
from convolab.cell_text import title_of
from convolab.site.small_pictures import with_small_pictures

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
_SHOWN = (
    VIEW,
    "text/html",
    "image/png",
    "image/svg+xml",
    "text/markdown",
    "text/latex",
    "text/plain",
)
_MODEL = re.compile(r"IPY_MODEL_(\w+)")
# A progress bar's, made for a dark and wide terminal: on paper hard to read, and too wide for some.
_COLOURS = re.compile(r"color: #[0-9a-f]{6}; text-decoration-color: #[0-9a-f]{6};?")
_UNBROKEN, _BROKEN = "white-space:pre;overflow-x:auto;", "white-space:pre-wrap;"
_IN_LAB = "To move the figure, run its cell in JupyterLab."
_ON_PAGE = "To move the figure, allow this page to run scripts."


def lesson_page(
    student: NotebookNode, taught: NotebookNode, below_title: Sequence[str] = ()
) -> NotebookNode:
    """The notebook that becomes a page.

    Args:
        student: the released notebook.
        taught: the teacher's, with the outputs and the widgets' state of a run.
        below_title: texts in Markdown to put below the title.
    """
    shown = {cell.id: cell for cell in taught.cells if cell.cell_type == "code"}
    cells = []
    for cell in student.cells:
        cells.append(_text(cell) if cell.cell_type == "markdown" else _code(cell, shown))
        if title_of([cell]):
            cells += [v4.new_markdown_cell(text) for text in below_title]
            below_title = ()
    about = {
        name: student.metadata[name]
        for name in ("kernelspec", "language_info")
        if name in student.metadata
    }
    page = v4.new_notebook(cells=cells, metadata=about)
    state = taught.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    if state:
        page.metadata["widgets"] = {STATE: needed_state(page, state)}
    return page


def needed_state(page: NotebookNode, state: dict[str, Any]) -> dict[str, Any]:
    """The state of the widgets that a page shows, of all that they are made of, and their links."""
    wanted: set[str] = set()
    left = [output["data"][VIEW]["model_id"] for output in _outputs(page) if VIEW in output.data]
    while left:
        model = left.pop()
        if model in state and model not in wanted:
            wanted.add(model)
            left += _MODEL.findall(str(state[model]["state"]))
    for model, about in state.items():
        ends = set(_MODEL.findall(str(about["state"])))
        if about["model_name"].endswith("LinkModel") and ends and ends <= wanted:
            wanted.add(model)
    kept = {model: _lighter(about) for model, about in state.items() if model in wanted}
    return {"version_major": 2, "version_minor": 0, "state": kept}


def _lighter(about: dict[str, Any]) -> dict[str, Any]:
    """A layout without what it does not set, which is most of it; legible prints."""
    state = about["state"]
    if about["model_name"] == "LayoutModel":
        state = {name: value for name, value in state.items() if value is not None}
    if about["model_name"] == "OutputModel":
        outputs = [_legible_output(output) for output in state["outputs"]]
        state = {**state, "outputs": outputs}
    return {**about, "state": state}


def _legible(html: str) -> str:
    return _COLOURS.sub("", html).replace(_UNBROKEN, _BROKEN)


def _legible_output(output: dict[str, Any]) -> dict[str, Any]:
    html = output.get("data", {}).get("text/html")
    if html is None:
        return output
    return {**output, "data": {**output["data"], "text/html": _legible(html)}}


def _text(cell: NotebookNode) -> NotebookNode:
    return v4.new_markdown_cell(cell.source)


def _code(cell: NotebookNode, shown: dict[str, NotebookNode]) -> NotebookNode:
    copy = v4.new_code_cell(cell.source)
    same = shown.get(cell.id)
    secret = is_solution(cell) or checked_exercise(cell) or course_of(cell).get("summary")
    if same is None or same.source != cell.source or secret:
        return copy
    for output in same.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            copy.outputs.append(output)
        elif "data" in output:
            data = {kind: output.data[kind] for kind in _SHOWN if kind in output.data}
            if "text/html" in data:
                html = data["text/html"].replace(_IN_LAB, _ON_PAGE)
                html = _legible(html)
                data["text/html"] = with_small_pictures(html)
            if VIEW in data:
                data = {VIEW: data[VIEW]}
            if data:
                copy.outputs.append(v4.new_output("display_data", data))
    return copy


def _outputs(page: NotebookNode) -> Iterator[NotebookNode]:
    for cell in page.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output
