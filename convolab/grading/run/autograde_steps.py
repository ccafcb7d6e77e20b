"""The steps of nbgrader's autograde, as the desk's nbgrader_config.py sets them.

Names, not classes: where one cannot be loaded, nothing is graded at all. nbgrader's
CheckCellMetadata is not among them: MendSubmission takes all metadata from the teacher's notebook.
`pipeline` does the same in memory, and only for a desk that asks for just these.
"""

SANITIZE = (
    "convolab.grading.intake.mend_hook.MendSubmission",
    "convolab.grading.gradebook.late_penalty.HandInTime",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
)
AUTOGRADE = (
    "convolab.grading.run.run_hook.RunSubmission",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
)
# Reads what was saved as UTF-16, with a byte order mark, in an old format.
EXPORTER = "convolab.grading.intake.submission_exporter.SubmittedNotebook"
