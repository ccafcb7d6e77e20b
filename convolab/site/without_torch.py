"""The lesson on PyTorch, built where PyTorch is not installed: its page says so in one sentence.

Otherwise it would show what the lesson's cells say to a learner who still has something to do.
"""

from importlib.util import find_spec

from nbformat import NotebookNode

from convolab.problem import Problem

COMMAND = "python -m uv run --extra site --extra torch convolab site"
NOTE = """```{note}
This page was built without PyTorch: what the cells that need it would print is not shown.
```"""
REMARK = (
    "The lesson on PyTorch is a page without PyTorch's outputs, because it is not installed here. "
    f"To have them, build again with  {COMMAND}"
)
# What `convolab.check.ready` and the lesson print, and no page should.
UNANSWERED = "Come back when the check says Right."
MISSING = "PyTorch is not installed here"


def torch_is_here() -> bool:
    """Whether PyTorch is installed where the site is built."""
    return find_spec("torch") is not None


def needs_torch(notebook: NotebookNode) -> bool:
    """Whether a cell of the notebook imports PyTorch."""
    return any(
        line.split()[:2] in (["import", "torch"], ["from", "torch"])
        for cell in notebook.cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
    )


def drop_complaints(lesson: str, taught: NotebookNode) -> None:
    """Take the outputs that only complain from a lesson that has run without PyTorch.

    Args:
        lesson: its name.
        taught: the teacher's notebook with the outputs of its run; changed in place.

    Raises:
        Problem: a cell waits for an answer although nothing was missing.
    """
    excused = needs_torch(taught) and not torch_is_here()
    for cell in taught.cells:
        said = "".join(output.get("text", "") for output in cell.get("outputs", []))
        if UNANSWERED in said and not excused:
            raise Problem(
                f"{lesson}: with the solution's answers, a cell printed: {said.strip()} "
                f"Run  convolab check-notebook solutions/{lesson}/{lesson}.ipynb  to see which "
                "answer is not right here."
            )
        if excused and (UNANSWERED in said or MISSING in said):
            cell.outputs = []
