"""The steps from a teacher's notebook to a student's, in the order in which nbgrader runs them.

`GENERATE` is what `c.GenerateAssignment.preprocessors` is set to, by `convolab build` and by the
grading desk's config alike, so that both make the same bytes. It is nbgrader's own list with three
of ours: teacher's cells go first, stubs come where nbgrader would clear solutions, the fingerprint
is taken last. The steps are named and not imported: if one cannot be loaded, nbgrader releases
nothing at all.
"""

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from convolab.authoring.content import content_sha256
from convolab.authoring.stubs import (
    NOT_YET,
    TO_WRITE,
    RegionError,
    find_regions,
    parse_cell,
    with_stubs,
)
from convolab.cell_metadata import course_of, name_of

GENERATE = [
    "convolab.authoring.preprocessors.RemoveTeacherCells",
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "convolab.authoring.preprocessors.PutStubs",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "convolab.authoring.preprocessors.StampContent",
]


class RemoveTeacherCells(NbGraderPreprocessor):
    """Leaves out the cells that only the teacher's notebook has."""

    def preprocess(self, nb, resources):
        nb.cells = [c for c in nb.cells if not course_of(c).get("teacher")]
        return nb, resources


class PutStubs(ClearSolutions):
    """Replaces each solution region with the stub it names.

    A solution cell without a region is cleared completely and a region outside a solution cell is
    refused, both as nbgrader does it. A malformed region stops the release: nbgrader would hand out
    the text around an END without BEGIN.
    """

    def preprocess(self, nb, resources):
        self.code_stub = {**self.code_stub, "python": NOT_YET}
        self.text_stub = TO_WRITE
        return super().preprocess(nb, resources)

    def _replace_solution_region(self, cell, language):
        if cell.cell_type != "code":
            return super()._replace_solution_region(cell, language)
        try:
            found = bool(find_regions(cell.source))
            if found:
                cell.source = with_stubs(cell.source)
                parse_cell(cell.source)
        except RegionError as error:
            name = name_of(cell) or "without a name"
            raise RuntimeError(f"cell {name}, line {error.line}: {error}") from error
        return found


class StampContent(NbGraderPreprocessor):
    """Writes the fingerprint of what is released, so that edits by hand show.

    The state of figures that a teacher moved goes: it is an output kept in the metadata.
    """

    def preprocess(self, nb, resources):
        nb.metadata.pop("widgets", None)
        if "convolab" in nb.metadata:
            nb.metadata["convolab"]["built_sha256"] = content_sha256(nb)
        return nb, resources
