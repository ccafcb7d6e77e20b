"""Lets nbgrader read a submission however its file was saved."""

from pathlib import Path
from typing import IO, Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode

from convolab.handin.read import read_notebook


class SubmittedNotebook(NotebookExporter):
    """The exporter of nbgrader's Autograde, as the desk's config names it.

    nbconvert's own takes nothing but UTF-8 without a byte order mark.
    """

    def from_file(
        self, file_stream: IO[str], resources: dict | None = None, **more: Any
    ) -> tuple[NotebookNode, dict]:
        """Convert a notebook from an open file."""
        notes: list[str] = []
        notebook = read_notebook(Path(file_stream.name), notes=notes)
        for note in notes:
            self.log.warning("%s: %s", file_stream.name, note)
        return self.from_notebook_node(notebook, resources=resources, **more)
