"""`convolab slips`: prints which one-slip programs pass, break the checker or get no real help."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from convolab.exercises import listed as known
from convolab.exercises.helped import BARE_ERROR, BREAKS, GENERIC, KINDS, NUMBERS, PASSES, SPECIFIC
from convolab.exercises.slips import Judged, Tried
from convolab.exercises.trial import tasks, try_all
from convolab.problem import Problem

ALL_WELL, SOME_TO_MEND = 0, 1
SHOWN = {
    "passes": {PASSES},
    "breaks": {BREAKS},
    "generic": {NUMBERS, BARE_ERROR, GENERIC},
    "all": set(KINDS),
}
SHORT = {PASSES: "pass", BREAKS: "break", BARE_ERROR: "error", GENERIC: "other"}
HEADINGS = {
    PASSES: "These pass and are not listed: add a case, or list them as equivalent",
    BREAKS: "These break the checker",
    NUMBERS: "These are only told that the numbers differ",
    BARE_ERROR: "These are only told Python's or NumPy's own words",
    GENERIC: "These get another sentence that fits any exercise",
    SPECIFIC: "These get something specific",
}


def slips(
    course: Path,
    chosen: str | None,
    console: Console,
    jobs: int | None = None,
    show: str | None = None,
) -> int:
    """Try the slips of an exercise, a lesson or the whole course, and print the results.

    Args:
        chosen: an exercise or a lesson; None for the whole course.
        jobs: how many processes, else one a processor.
        show: one of `SHOWN`; None for what passes and breaks, and of less than the whole course
            also what gets no real help.

    Returns:
        0 if no slip breaks the checker and each that passes is listed as equivalent, else 1.

    Raises:
        Problem: there is no such exercise, one is not sound, or the list of slips is not.
    """
    if show is not None and show not in SHOWN:
        raise Problem(f"--show is one of {', '.join(SHOWN)}, not {show}.")
    listed, given = known.read_listed(course), tasks(course, chosen)
    with _progress(console) as progress:
        bar = progress.add_task("trying slips", total=len(given))
        tried = try_all(given, jobs, done=lambda: progress.advance(bar))
    holes = [entry for entry in listed if entry.is_hole]
    equivalent = [entry for entry in listed if not entry.is_hole]
    default = SHOWN["passes"] | SHOWN["breaks"] | (SHOWN["generic"] if chosen else set())
    wanted = SHOWN[show] if show else default
    judged = [one for each in tried for one in each.judged]
    open_ = [one for one in judged if not _is_in(equivalent, one)]
    _print_slips(console, course, open_, wanted, holes)
    for each in tried:
        for program, why in each.left_out.items():
            console.print(f"{each.exercise}, {program}: left out, because {why}.", highlight=False)
    if chosen:
        _print_entries(console, open_)
    _print_table(console, tried, equivalent, by_lesson=chosen is None)
    sentences = known.stale(listed, tried, whole_course=chosen is None)
    for sentence in sentences:
        console.print(escape(sentence), style="bold", highlight=False)
    wrong = any(one.result in (PASSES, BREAKS) for one in open_)
    return SOME_TO_MEND if wrong or sentences else ALL_WELL


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)


def _is_in(listed: Iterable[known.Listed], one: Judged) -> bool:
    return any(entry.means(one) for entry in listed)


def _print_slips(
    console: Console,
    course: Path,
    judged: list[Judged],
    wanted: set[str],
    holes: list[known.Listed],
) -> None:
    """Each slip with its place and what a learner would read, the worst first."""
    for result, heading in HEADINGS.items():
        these = [one for one in judged if one.result == result]
        if result not in wanted or not these:
            continue
        console.print(f"{heading}:", style="bold", highlight=False)
        for one in these:
            where = f"{_short(one.file, course)}:{one.line}"
            text = f"{where}  {one.exercise}, {one.program}\n  {one.slip}"
            if result != PASSES:
                text += f"\n  {one.hint}"
            for hole in [hole for hole in holes if hole.means(one)][:1]:
                text += f"\n  missing: {hole.why}"
            console.print(escape(text), highlight=False, soft_wrap=True)
        console.print()


def _print_entries(console: Console, judged: list[Judged]) -> None:
    """What passes, as it is written in the list of what is right after all."""
    passing = [one for one in judged if one.result == PASSES]
    if not passing:
        return
    console.print(
        f"What is right after all goes into {known.FOLDER}/<lesson>.toml, with the reason:\n",
        style="bold",
        highlight=False,
    )
    for name in dict.fromkeys(one.exercise for one in passing):
        entry = known.as_entry(name, [one.slip for one in passing if one.exercise == name])
        console.print(escape(entry) + "\n", highlight=False, soft_wrap=True)


def _short(file: str, course: Path) -> str:
    path = Path(file)
    return str(path.relative_to(course)) if path.is_relative_to(course) else file


def _print_table(
    console: Console, tried: list[Tried], equivalent: list[known.Listed], by_lesson: bool
) -> None:
    """Counts, a row for each lesson or exercise, and the shares of what is not equivalent."""
    table = Table(box=None, header_style="bold")
    table.add_column("lesson" if by_lesson else "exercise", no_wrap=True)
    headings = ("slips", "equal", *KINDS)
    for heading in headings:
        table.add_column(SHORT.get(heading, heading), justify="right", no_wrap=True)
    rows: dict[str, Counter[str]] = {}
    for each in tried:
        row = rows.setdefault(each.lesson if by_lesson else each.exercise, Counter())
        row["slips"] += len(each.judged)
        row.update("equal" if _is_in(equivalent, one) else one.result for one in each.judged)
    whole: Counter[str] = sum(rows.values(), Counter())
    for name, row in rows.items():
        table.add_row(name, *(str(row[heading]) for heading in headings))
    if len(rows) > 1:
        table.add_row("together", *(str(whole[heading]) for heading in headings), style="bold")
    wrong = whole["slips"] - whole["equal"]
    shares = (f"{whole[kind] / wrong:.0%}" if wrong else "" for kind in KINDS)
    table.add_row("share", "", "", *shares)
    console.print(table)
