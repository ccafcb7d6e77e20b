"""The table that `convolab grade` prints."""

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convolab.grading.outcomes import Graded, Outcome
from convolab.grading.verdict import Verdict


def number(value: float) -> str:
    """Points as one writes them: 18, 1.33, 0.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def print_table(graded: Graded, console: Console) -> None:
    """One row a student; what is right needs no words, the rest is named with its points."""
    table = Table(
        title=graded.lesson, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD
    )
    table.add_column("student", no_wrap=True, overflow="ellipsis", max_width=40)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("not yet right", overflow="fold")
    for student, outcome in graded.outcomes.items():
        table.add_row(escape(_printable(student)), _points(outcome), _says(outcome))
    console.print(table)
    for note in graded.notes:
        console.print(f"Note: {_printable(note)}", highlight=False, markup=False)
    console.print(_summary(graded), highlight=False)


def _printable(text: str) -> str:
    """A text in which nothing steers the terminal, whatever a file or a folder is called."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _points(outcome: Outcome) -> str:
    if outcome.problem:
        return "–"
    return f"{number(outcome.score)} of {number(outcome.max_score)}"


def _says(outcome: Outcome) -> str:
    if outcome.problem:
        return f"[bold]could not be graded:[/bold] {escape(_printable(outcome.problem))}"
    wrong = [
        f"{escape(name)} {_short(verdict)}"
        for name, verdict in outcome.verdicts.items()
        if verdict.status != "correct"
    ]
    return ", ".join(wrong) or "[green]all right[/green]"


def _short(verdict: Verdict) -> str:
    if verdict.status == "partial":
        return f"{number(verdict.score)} of {number(verdict.max_score)}"
    return f"[dim]({verdict.status})[/dim]"


def _summary(graded: Graded) -> str:
    outcomes = graded.outcomes.values()
    problems = sum(1 for outcome in outcomes if outcome.problem)
    unchanged = sum(1 for outcome in outcomes if not outcome.fresh)
    parts = [f"{len(outcomes) - problems} graded"]
    if unchanged:
        parts[0] += f" ({unchanged} before, unchanged since)"
    if problems:
        parts.append(f"{problems} with a problem")
    return f"{', '.join(parts)}, in {graded.seconds:.0f} s."
