"""`nbgrader export`: the grades as a table, in a folder that git ignores."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin


class GradesCsv(CsvExportPlugin):
    """nbgrader's CSV export, which makes the folder that it writes into."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`."""
        if self.to:
            Path(self.to).parent.mkdir(parents=True, exist_ok=True)
        super().export(gradebook)
