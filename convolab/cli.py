"""The `convolab` command: every subcommand, its options, and one sentence for each error."""

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.console import Console

from convolab import course
from convolab.jupyter import ONE_THREAD
from convolab.problem import Problem

app = typer.Typer(
    help="Convolution Lab: from ten numbers to a convolutional network that you wrote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()

Lesson = Annotated[str, typer.Argument(help="a lesson: 01 or 01_convolution_1d")]
Course = Annotated[
    Path | None, typer.Option("--course", help="the course's folder (default: this one)")
]

UNIX = ("fcntl", "resource", "pwd", "grp")  # parts of Python that Windows lacks


def _part(name: str) -> ModuleType:
    """A part of the course's software, imported when it is needed.

    Raises:
        Problem: this copy of the course (a student's kit) does not have it.
    """
    try:
        return importlib.import_module(f"convolab.{name}")
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("convolab"):
            raise Problem(
                "This copy of the course is a student's kit, which cannot do that: "
                "use a clone of the course's repository."
            ) from error
        if error.name in UNIX:
            raise Problem(
                "This part of the course needs Linux or macOS: on Windows use WSL, as "
                "autograde/SECURITY.md describes."
            ) from error
        raise Problem(
            f"The package {error.name} is missing: run  python -m uv sync  in the course's folder, "
            "or install the course again if you have it from pip."
        ) from error


def _root(folder: Path | None) -> Path:
    return folder.resolve() if folder else course.root()


def _whole(folder: Path | None) -> Path:
    """The folder of the whole course, with what authors and teachers need."""
    root = _root(folder)
    course.require_whole(root)
    return root


def _on_one_thread() -> None:
    """Let the linear algebra of this process and of those that it starts keep to one thread each,
    unless the environment says how many: NumPy reads it when it is imported.

    Exercises' arrays are small, and sharing one among processors costs three times what it saves.
    """
    if not any(name in os.environ for name in ONE_THREAD):
        os.environ.update(dict.fromkeys(ONE_THREAD, "1"))


def _show_version(asked: bool) -> None:
    if asked:
        print(_part("version").report())
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="print the versions that a bug report needs",
        ),
    ] = False,
) -> None:
    """Take the options that come before a subcommand."""


@app.command()
def lab(
    teacher: Annotated[
        bool, typer.Option("--teacher", help="open the desk, with formgrader")
    ] = False,
    browser: Annotated[bool, typer.Option(help="open the browser")] = True,
    port: Annotated[
        int | None, typer.Option(help="the server's port (default: a free one)")
    ] = None,
    folder: Course = None,
) -> None:
    """Open the course in JupyterLab; your own copies of the lessons are in work/."""
    part = _part("lab")
    raise typer.Exit(part.open_lab(_root(folder), teacher=teacher, browser=browser, port=port))


@app.command()
def build(
    check: Annotated[bool, typer.Option("--check", help="only compare, write nothing")] = False,
    lessons: Annotated[list[str] | None, typer.Argument(help="lessons (default: all)")] = None,
    folder: Course = None,
) -> None:
    """Build solutions/, notebooks/ and the cases from the lessons' text."""
    _on_one_thread()
    root, part = _whole(folder), _part("authoring.build")
    chosen = [course.find_lesson(root, lesson) for lesson in lessons or []] or None
    failed = None
    with console.status("building") as status:
        try:
            report = part.build(root, check=check, lessons=chosen, progress=status.update)
        except part.BuildFailed as problem:
            failed, report = problem, problem.report
    for path in report.changed:
        console.print(f"{'out of date' if check else 'wrote'}  {path}", highlight=False)
    if failed:
        raise failed
    for lesson in chosen or []:
        console.print(part.minutes_of(root, lesson), highlight=False)
    if not report.changed:
        console.print("Everything is up to date.")
    elif check:
        raise Problem("Some built files are out of date: run  convolab build  and commit them.")


@app.command()
def adopt(lesson: Lesson, folder: Course = None) -> None:
    """Carry what was edited by hand in solutions/ back into the lesson's text."""
    root, part = _whole(folder), _part("authoring.adopt")
    for sentence in part.adopt(root, course.find_lesson(root, lesson)):
        console.print(sentence, highlight=False)


@app.command()
def slips(
    name: Annotated[str | None, typer.Argument(help="an exercise, or a lesson: 03")] = None,
    every: Annotated[bool, typer.Option("--all", help="the whole course")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="how many at a time (default: one per processor)")
    ] = None,
    show: Annotated[str | None, typer.Option(help="passes, breaks, generic or all")] = None,
    folder: Course = None,
) -> None:
    """Try the checks on programs with one slip: which pass, and which get no real help?

    Exit status: 0 if every slip that passes is listed as equivalent and none breaks the checker.
    """
    if (name is None) != every:
        raise Problem("Name an exercise, or a lesson such as 03, or write --all.")
    _on_one_thread()
    root, part = _whole(folder), _part("exercises.slips_command")
    raise typer.Exit(part.slips(root, None if every else name, console, jobs, show))


@app.command()
def kit(
    target: Annotated[Path | None, typer.Argument(help="the zip file to write")] = None,
    folder: Course = None,
) -> None:
    """Make a zip to hand to students: everything they need and no line of a solution."""
    root, part = _whole(folder), _part("kit")
    path = part.make_kit(root, target)
    console.print(f"wrote  {path}", highlight=False)


@app.command()
def site(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="the folder to build (default: dist/site)")
    ] = None,
    pyodide: Annotated[
        str | None,
        typer.Option(
            help="where Pyodide's packages are: a folder, to copy them from, or an address "
            "(default: the one that Pyodide names)"
        ),
    ] = None,
    front_ends: Annotated[
        Path | None,
        typer.Option("--front-ends", help="a folder with what npm would bring, for no network"),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="show it in your browser when it is built")
    ] = False,
    folder: Course = None,
) -> None:
    """Build the course as a site: pages to read, and a laboratory that runs in the browser.

    The folder can be copied to any web space. Nothing in it is a solution.
    """
    root, part = _whole(folder), _part("site.whole_site")
    with console.status("building the site") as status:
        place = part.build_site(root, out, pyodide, front_ends, status.update)
    console.print(f"wrote  {place}  ({part.megabytes(place):.0f} MB)", highlight=False)
    for remark in part.remarks():
        console.print(remark, highlight=False)
    if serve:
        _part("site.serve_site").serve(place, console)


@app.command("check-notebook")
def check_notebook(
    files: Annotated[list[str], typer.Argument(help="notebooks, or lessons begun in work/: 01")],
    mend: Annotated[
        bool, typer.Option("--mend", help="save the repairs that grading would make, with a backup")
    ] = False,
    folder: Course = None,
) -> None:
    """Run your own notebook as the grader would, and show what it would get.

    It runs from the top in a fresh Python on this computer, without a sandbox (it is your own
    work) and without the cases that grading adds. Exit status: 0 if everything is right, 3 if
    something is not yet, 1 if a file cannot be checked.
    """
    part, root = _part("handin.check_notebook"), _root(folder)
    raise typer.Exit(part.check_notebooks(root, files, console, save=mend))


@app.command()
def grade(
    lesson: Lesson,
    *,
    seed: Annotated[int | None, typer.Option(help="draw other hidden cases")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the results here")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="grade again what has not changed")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show whose grade would change, and record nothing")
    ] = False,
    sandbox: Annotated[
        bool, typer.Option("--sandbox/--no-sandbox", help="run submissions in a sandbox")
    ] = True,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="how many at a time (default: one per processor)")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="run them on a Dask cluster: tcp://host:8786")
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(help="record in this database: postgresql+psycopg://user@host/gradebook"),
    ] = None,
    folder: Course = None,
) -> None:
    """Grade all submissions of a lesson and record them in nbgrader's gradebook."""
    _on_one_thread()
    root, part = _whole(folder), _part("grading.grade")
    chosen = course.find_lesson(root, lesson)
    options = part.GradeOptions(
        seed=seed,
        force=force,
        sandbox=sandbox,
        jobs=jobs,
        scheduler=scheduler,
        dry_run=dry_run,
        db=db,
    )
    raise typer.Exit(part.grade(root, chosen, options, json_file, console))


@app.command()
def extend(
    student: Annotated[str | None, typer.Argument(help="the student's id")] = None,
    lesson: Annotated[str | None, typer.Argument(help="a lesson: 01 or 01_convolution_1d")] = None,
    *,
    days: Annotated[float | None, typer.Option(help="so many days after the due date")] = None,
    until: Annotated[
        str | None, typer.Option(help='until then: "2026-12-04 18:00 Europe/Berlin"')
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="take the extension back")] = False,
    db: Annotated[str | None, typer.Option(help="the gradebook's database, as for grade")] = None,
    folder: Course = None,
) -> None:
    """Give a student more time for a lesson; without arguments, list who has more time."""
    root, part = _whole(folder), _part("grading.extend")
    if student is None:
        if off or days is not None or until is not None:
            raise Problem("Name the student and the lesson: convolab extend ada 01 --days 3")
        part.list_extensions(root, console, course.lessons(root), db)
        return
    if lesson is None:
        raise Problem(f"Name the lesson too: convolab extend {student} 01 --days 3")
    chosen = course.find_lesson(root, lesson)
    part.extend(root, student, chosen, console, days=days, until=until, off=off, db=db)


@app.command()
def report(
    lesson: Lesson,
    names: Annotated[
        bool, typer.Option("--names", help="say who needs help: for the teacher only")
    ] = False,
    folder: Course = None,
) -> None:
    """Write the class report of a lesson: one page to look at or print, which names nobody."""
    root, part = _whole(folder), _part("grading.out.class_report")
    path = part.write_report(root, course.find_lesson(root, lesson), names=names)
    console.print(f"wrote  {path}", highlight=False)


@app.command("return")
def return_(
    lesson: Lesson,
    *,
    platform: Annotated[
        str, typer.Option("--to", help="canvas, moodle, gradescope or csv: a plain table")
    ] = "csv",
    source: Annotated[
        Path | None,
        typer.Option("--from", help="the gradebook file that the platform exported, to fill in"),
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="the assignment's column in Canvas's file, or its number")
    ] = None,
    scale: Annotated[
        bool, typer.Option("--scale", help="convert to what the platform's assignment is worth")
    ] = False,
    folder: Course = None,
) -> None:
    """Write a graded lesson's points and feedback pages into files for a learning platform.

    Exit status: 0, or 3 if somebody who is graded could not be placed (each is named).
    """
    root, part = _whole(folder), _part("grading.out.returns.return_command")
    chosen = course.find_lesson(root, lesson)
    wishes = part.Wishes(column=column, scale=scale)
    raise typer.Exit(part.return_lesson(root, chosen, platform, source, wishes, console))


@app.command()
def demo(
    lesson: Annotated[str, typer.Argument(help="a lesson: 01 or 01_convolution_1d")] = "01",
    keep: Annotated[Path | None, typer.Option(help="keep the class in this folder")] = None,
    folder: Course = None,
) -> None:
    """Make a small class, grade it, report on it, in a folder of its own."""
    _on_one_thread()
    root, part = _whole(folder), _part("grading.demo.demo_course")
    raise typer.Exit(part.demo(root, course.find_lesson(root, lesson), console, keep))


@app.command()
def train(
    mnist: Annotated[
        Path | None, typer.Option("--mnist", help="the folder with the files of MNIST")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="passes through all the digits")] = None,
    shift: Annotated[
        int | None, typer.Option(help="shift pictures by up to this many pixels, at random")
    ] = None,
    seed: Annotated[int, typer.Option(help="the same seed gives the same network")] = 0,
    target: Annotated[
        Path | None, typer.Option(help="folder for weights and curves (default: work/trained)")
    ] = None,
) -> None:
    """Train a network, on the small digits in seconds or on MNIST in a minute."""
    status = _part("training").train_command(
        console,
        mnist_folder=mnist,
        epochs=epochs,
        shift=shift,
        seed=seed,
        target=target or course.root() / "work" / "trained",
    )
    raise typer.Exit(status)


data = typer.Typer(help="Fetch data that is too large to come with the course.")
app.add_typer(data, name="data")


@data.callback(invoke_without_command=True)
def which(context: typer.Context) -> None:
    """List what can be fetched."""
    if context.invoked_subcommand is None:
        console.print(context.get_help())


@data.command("mnist")
def data_mnist(
    folder: Annotated[
        Path | None, typer.Option(help="where to put it (default: the usual place)")
    ] = None,
) -> None:
    """Fetch the 70,000 digits of MNIST (11 MB) and verify every byte."""
    where = _part("data.fetch").fetch_mnist(folder, console)
    console.print(f"MNIST is complete in {where}", highlight=False)


def main() -> None:
    """Run the command; a `Problem` becomes one sentence and exit status 1."""
    try:
        app()
    except Problem as problem:
        Console(stderr=True).print(str(problem), highlight=False, markup=False, style="bold")
        sys.exit(1)
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped.")
        sys.exit(130)


if __name__ == "__main__":
    main()
