"""A desk to rehearse a grading on: all that is recorded there goes into a temporary folder.

It has a copy of the gradebook and of the records. Submissions, exercises and settings are those of
the real desk, which is only read.
"""

import copy
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from convolab.grading.desk import LessonDesk
from convolab.grading.gradebook.copy_gradebook import copy_gradebook
from convolab.grading.temporary import prefix


@contextmanager
def rehearsal(desk: LessonDesk) -> Iterator[LessonDesk]:
    """A desk that knows what this one knows; it is gone at the end.

    Raises:
        Problem: the gradebook cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix=prefix("rehearsal")) as name:
        folder = Path(name)
        config = copy.deepcopy(desk.config)
        config.CourseDirectory.autograded_directory = str(folder / "autograded")
        config.CourseDirectory.feedback_directory = str(folder / "feedback")
        config.CourseDirectory.db_url = copy_gradebook(
            desk.coursedir().db_url, folder / "gradebook.db"
        )
        config.Desk.results = str(folder / "results")
        aside = replace(desk, config=config)
        aside.records.mkdir(parents=True)
        for path in desk.records.glob("*") if desk.records.is_dir() else []:
            if path.is_file():
                shutil.copy(path, aside.records / path.name)
        for autograded in desk.folder("autograded").glob(f"*/{desk.lesson}/{desk.file_name}"):
            stand_in = aside.autograded(autograded.parents[1].name)
            stand_in.parent.mkdir(parents=True)
            stand_in.touch()  # that there is one is all that grading asks
        yield aside
