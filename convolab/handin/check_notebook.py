"""`convolab check-notebook`: what a student's notebook would get, before it is handed in."""

import traceback
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from convolab import course
from convolab.cell_metadata import check_name
from convolab.check import progress
from convolab.check.outline import Outline, outline_of
from convolab.check.progress import Row
from convolab.files import write_whole
from convolab.handin.local_run import CELL_SECONDS, Run, run_notebook
from convolab.handin.look import faults, lesson_of, released_cells, released_lesson
from convolab.handin.mend import Named, mend
from convolab.handin.packages import foreign_imports
from convolab.handin.read import read_notebook
from convolab.handin.utf8 import savable
from convolab.handin.what_the_teacher_reads import unwritten_of, what_the_teacher_reads
from convolab.problem import Problem

ALL_RIGHT, CANNOT, NOT_YET = 0, 1, 3
_AGAIN = "use an earlier copy, or rename this file and start the course, which makes a new one"
_TODO = "The check was not reached."


def check_notebooks(
    root: Path,
    files: list[str],
    console: Console,
    *,
    save: bool = False,
    seconds: int = CELL_SECONDS,
) -> int:
    """Check notebooks one after another and print what each would get.

    Args:
        root: the course's folder.
        files: the notebooks, or lessons ("01"), whose copies in work/ are meant.
        save: whether to save the mended notebook; the original file is kept next to it.
        seconds: what one cell may take.

    Returns:
        0 if every exercise is right and every answer written, 3 if some are not yet, 1 if a file
        cannot be checked.
    """
    worst = ALL_RIGHT
    for name in files:
        try:
            right = _check(root, _file(root, name), console, save, seconds)
        except Problem as problem:
            console.print(str(problem), markup=False, highlight=False, style="bold")
            worst = CANNOT
        except Exception as error:  # a bug of the course costs one file, and is reported
            console.print(_failed(name, error), markup=False, highlight=False, style="bold")
            worst = CANNOT
        else:
            worst = worst if right or worst else NOT_YET
    return worst


def _failed(name: str, error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    says = f"{type(error).__name__}: {error}; {Path(place.filename).name}, line {place.lineno}"
    return savable(
        f"{name} could not be checked. That is the course's mistake, not yours ({says}). "
        "Hand it in anyway, and send your teacher this line."
    )


def _file(root: Path, name: str) -> Path:
    """The notebook that is meant.

    Raises:
        Problem: there is no such file.
    """
    path = Path(name)
    if path.is_file():
        return path
    for lesson in course.lessons(root):
        own = root / "work" / lesson / f"{lesson}.ipynb"
        if name in (lesson, lesson.split("_")[0]) and own.is_file():
            return own
    raise Problem(
        f"There is no notebook {name}: name a file, or a lesson that you have started, "
        "for example  convolab check-notebook 01."
    )


def _check(root: Path, path: Path, console: Console, save: bool, seconds: int) -> bool:
    """Check one notebook; whether everything is right.

    Raises:
        Problem: it cannot be read, or is not a lesson of this course.
    """
    replaced: list[str] = []
    notebook = read_notebook(path, _AGAIN, replaced)
    lesson = lesson_of(root, path, notebook)
    named = released_cells(root, lesson)
    found = replaced + faults(path, notebook, named)
    mend(notebook, named)
    if found and save:
        found.append(
            f"The original is now {_keep(path, notebook)}; the repaired notebook is {path}."
        )
    given = released_lesson(root, lesson)
    run = _run(notebook, path, console, seconds, given)
    outline = outline_of(lesson, given)
    rows = _rows(outline, named, run)
    unwritten = unwritten_of(outline, notebook, named)
    _print(path, outline, rows, run, console)
    for line in what_the_teacher_reads(outline, unwritten, all(row.right for row in rows)):
        console.print(line, markup=False, highlight=False)
    found += _not_in_grading(notebook, given, path, run)
    if path.name != f"{lesson}.ipynb":
        found.append(f"Hand it in under the name {lesson}.ipynb.")
    for sentence in found:
        console.print(f"Note: {sentence}", markup=False, highlight=False)
    right = sum(row.points for row in rows) >= sum(row.worth for row in rows)
    return right and not unwritten


def _rows(outline: Outline, named: dict[str, Named], run: Run) -> list[Row]:
    """All that the lesson checks, in order, with the results."""
    rows = []
    for exercise in outline.exercises:
        check = named.get(check_name(exercise.name))
        if check is None:
            continue
        report = run.reports.get(exercise.name, {"status": "error", "points": 0, "hint": _TODO})
        rows.append(
            Row(
                exercise.name,
                exercise.heading,
                report["status"],
                float(report["points"]),
                check.points,
                savable(report.get("hint") or ""),
            )
        )
    return rows


def _run(
    notebook: NotebookNode, path: Path, console: Console, seconds: int, given: list[NotebookNode]
) -> Run:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"Running {path.name} from the top")
        return run_notebook(
            notebook,
            path.resolve().parent,
            lambda done, everything: progress.update(task, completed=done, total=everything),
            seconds,
            given,
        )


def _print(path: Path, outline: Outline, rows: list[Row], run: Run, console: Console) -> None:
    console.print(f"\n{path.name}", markup=False, highlight=False, style="bold")
    for cause in run.causes:
        console.print(cause.sentence, markup=False, highlight=False)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("exercise", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("status", min_width=12)
    table.add_column("hint", overflow="fold")
    for row in rows:
        says = f"[green]{row.says}[/green]" if row.right else row.says
        table.add_row(escape(row.name), row.scored, says, "" if row.right else escape(row.hint))
    console.print(table)
    console.print(
        f"{outline.lesson}: {progress.total(rows)}. {progress.VISIBLE}",
        markup=False,
        highlight=False,
    )
    console.print(progress.next_step(rows, outline.reports), markup=False, highlight=False)


def _not_in_grading(
    notebook: NotebookNode, given: list[NotebookNode], path: Path, run: Run
) -> list[str]:
    """What is imported and may be on this computer, but not where it is graded."""
    told = {cause.what for cause in run.causes}
    foreign = foreign_imports(notebook.cells, given, path.resolve().parent)
    return [
        f"Grading has no {module}, so the cell with {line} will stop there: delete that line "
        "and do without it."
        for module, line in foreign.items()
        if f"no module {module}" not in told
    ]


def _keep(path: Path, notebook: NotebookNode) -> Path:
    """Save a mended notebook, and keep the original file next to it, under its own name."""
    number, kept = 1, path.with_name(f"{path.stem}_before_mending.ipynb")
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}_before_mending_{number}.ipynb")
    try:
        write_whole(kept, path.read_bytes())
        write_whole(path, nbformat.writes(notebook) + "\n")
    except OSError as error:
        raise Problem(
            f"{path} cannot be saved ({error.strerror}): copy it to a folder that you can write to."
        ) from error
    return kept
