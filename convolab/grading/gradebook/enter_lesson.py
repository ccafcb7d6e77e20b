"""Brings a lesson into nbgrader's gradebook, before its class is graded."""

import tempfile
from pathlib import Path

import nbgrader
from nbgrader.api import Base, MissingEntry
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from convolab.authoring.content import contents
from convolab.grading.database import unusable
from convolab.grading.desk import Desk, LessonDesk
from convolab.grading.gradebook.converters import generate
from convolab.grading.temporary import prefix
from convolab.handin.read import read_notebook
from convolab.problem import Problem


def enter_assignment(desk: LessonDesk) -> bool:
    """Bring the lesson in the gradebook up to date with the teacher's notebook.

    It is nbgrader's own generate_assignment, with a temporary folder instead of notebooks/.

    Returns:
        Whether students were handed something different from what would be handed out now.

    Raises:
        Problem: nbgrader refuses, for instance because exercises came or went after grading.
    """
    _begin(desk)
    _refuse_other_cells(desk)
    with tempfile.TemporaryDirectory(prefix=prefix("generate")) as folder:
        if failure := generate(desk, folder):
            raise Problem(
                f"nbgrader cannot read the teacher's notebook of {desk.lesson}: {failure}."
            )
        return _differ(Path(folder) / desk.lesson / desk.file_name, desk.released)


def _differ(now: Path, handed_out: Path) -> bool:
    if not handed_out.is_file():
        return False
    try:
        now, handed_out = (contents(read_notebook(path)) for path in (now, handed_out))
    except (Problem, LookupError, TypeError, AttributeError):  # it was edited into something odd
        return True
    return now != handed_out


def _begin(desk: Desk) -> None:
    """Make a gradebook if there is none.

    nbgrader would do so too, but starts a program called alembic for the version of its tables,
    which takes longer than all the rest.

    Raises:
        Problem: it cannot be made.
    """
    url = desk.coursedir().db_url
    engine = create_engine(url)
    try:
        if inspect(engine).get_table_names():
            return
        from alembic.script import ScriptDirectory  # needed only here

        folder = Path(nbgrader.__file__).parent / "alembic"
        version = ScriptDirectory(str(folder)).get_current_head()
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:version)"), {"version": version}
            )
    except DBAPIError as error:
        raise unusable(url, error) from error
    finally:
        engine.dispose()


def _refuse_other_cells(desk: LessonDesk) -> None:
    """nbgrader cannot add or remove named cells once there are submissions."""
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(desk.lesson, desk.lesson)
        except MissingEntry:
            return
        changed = {cell.name for cell in notebook.source_cells} ^ desk.named_cells()
        count = len(notebook.submissions)
    if changed and count:
        raise Problem(
            f"{desk.lesson} has gained or lost {', '.join(sorted(changed))} since {count} "
            "submissions were graded, which nbgrader cannot handle: start afresh with `nbgrader db "
            f"assignment remove {desk.lesson} --force`, which forgets its grades, then grade again."
        )
