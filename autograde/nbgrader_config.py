"""The grading desk: what nbgrader and `convolab grade` need to know about this course.

nbgrader reads this file through the two lines in nbgrader_config.py at the repository's root.
"""

import os
import sys
from pathlib import Path

from convolab.authoring.preprocessors import GENERATE
from convolab.grading.gradebook.due_date import refuse_odd_due_date
from convolab.grading.gradebook.keep import keep_what_was_there
from convolab.grading.run.autograde_steps import AUTOGRADE, EXPORTER, SANITIZE

c = get_config()  # noqa: F821 (nbgrader provides it)

ROOT = Path(__file__).resolve().parent.parent

# --- Where things are. Everything that belongs to students lies under autograde/, ignored by git.
c.CourseDirectory.course_id = "convolution-lab"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "autograde/submitted"
c.CourseDirectory.autograded_directory = "autograde/autograded"
c.CourseDirectory.feedback_directory = "autograde/feedback"
c.CourseDirectory.solution_directory = "autograde/.solution"
c.CourseDirectory.source_with_tests_directory = "autograde/.source_with_tests"
c.CourseDirectory.db_url = f"sqlite:///{ROOT / 'autograde' / 'gradebook.db'}"
c.ExportApp.plugin_class = "convolab.grading.out.export.GradesCsv"
# Where the table goes, unless `nbgrader export --to` says otherwise.
c.ExportPlugin.to = str(ROOT / "autograde" / "results" / "grades.csv")

# --- What a teacher may want to change.
# Which hidden cases are drawn. The number below is public: choose your own before a graded course.
c.RunSubmission.seed = 2026
# What a submission may use: seconds of processor time and of the clock for a cell, for one call of
# a function and for the whole submission; MiB of memory, of files; processes and threads.
c.RunSubmission.cell_cpu, c.RunSubmission.cell_wall = 60, 120
c.RunSubmission.call_cpu, c.RunSubmission.call_wall = 20, 120
c.RunSubmission.submission_cpu, c.RunSubmission.submission_wall = 300, 600
c.RunSubmission.memory, c.RunSubmission.files = 2048, 64
c.RunSubmission.processes = 128

# Downloads of a learning platform: nbgrader zip_collect takes them from
# autograde/downloaded/<lesson>/archive/, and this knows whose each file is.
c.ZipCollectApp.downloaded_directory = "autograde/downloaded"
c.ZipCollectApp.extractor_plugin = "convolab.grading.intake.zip_collect.Extractor"
c.ZipCollectApp.collector_plugin = "convolab.grading.intake.zip_collect.Collector"
# Where the platform's clock is, for instance "Europe/Berlin"; "" means where this computer is.
c.Collector.timezone = ""

# What late work costs: this share of its points for each day that has begun, after so many minutes
# that cost nothing. 0.1 is a tenth a day; 0 takes nothing off. See the README for the due date.
c.AssignLatePenalties.plugin_class = "convolab.grading.gradebook.late_penalty.PerDay"
c.PerDay.share, c.PerDay.grace = 0.0, 15

refuse_odd_due_date(sys.argv)

# --- From the teacher's notebook to the students', in the same steps as `convolab build`.
c.GenerateAssignment.preprocessors = GENERATE

# --- What fails changes nothing. nbgrader deletes first: what it deletes is put back if it fails,
# and a lesson is released once in memory before the one in notebooks/ is touched.
keep_what_was_there()
c.GenerateAssignment.exporter_class = "convolab.authoring.rehearsal.RehearsedExporter"

# --- Grading, in steps of which some are the course's own: convolab/grading/run/autograde_steps.py.
c.Autograde.sanitize_preprocessors = list(SANITIZE)
c.Autograde.autograde_preprocessors = list(AUTOGRADE)
c.Autograde.exporter_class = EXPORTER
# nbconvert would check the whole notebook again after each of the steps; once, at the end, will do.
c.NotebookExporter.optimistic_validation = True

# --- Feedback pages: the course's own, which stand alone and run nothing.
c.GenerateFeedback.exporter_class = "convolab.grading.out.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "convolab.grading.out.feedback.FeedbackParts",
]

# nbgrader starts a program called alembic, which lies beside Python and not always on the PATH.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
