"""How far an answer to an open task has got: its demands as a small table, and as lines of text."""

import html

from convolab.check.open_task import MeasuredDemand
from convolab.check.statuses import status

CELL = "padding:.2em .6em;border:1px solid rgba(128,128,128,.45);text-align:left;color:inherit"
_BAR = 90  # pixels of a whole bar


def as_text(demands: list[MeasuredDemand]) -> list[str]:
    """A line for each demand."""
    return [f"{_word(demand)} ({demand.how_far}): {demand.says}" for demand in demands]


def as_html(demands: list[MeasuredDemand]) -> str:
    """A table with a row for each demand: word, what is asked, a bar and the numbers."""
    rows = "".join(
        f"<tr><td style='{CELL};font-weight:600'>{_word(demand)}</td>"
        f"<td style='{CELL}'>{html.escape(demand.says)}</td>"
        f"<td style='{CELL}'>{_bar(demand)}{html.escape(demand.how_far)}</td></tr>"
        for demand in demands
    )
    heads = f"<td style='{CELL}'></td>" + "".join(
        f"<th scope='col' style='{CELL}'>{head}</th>" for head in ("what is needed", "how far")
    )
    return (
        "<table style='border-collapse:collapse;margin:.6em 0 0;color:inherit'>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _word(demand: MeasuredDemand) -> str:
    return "reached" if demand.met else "not yet"


def _bar(demand: MeasuredDemand) -> str:
    """How far as a bar, where more is better; the numbers are next to it."""
    if demand.reached is None or demand.at_most or demand.target <= 0:
        return ""
    share = min(max(demand.reached / demand.target, 0), 1)
    colour = status("correct" if demand.met else "partial").colour
    return (
        f"<span aria-hidden='true' style='display:inline-block;width:{_BAR}px;height:.6em;"
        "border:1px solid rgba(128,128,128,.6);margin-right:.5em'><span style='display:block;"
        f"width:{share * 100:.0f}%;height:100%;background:{colour}'></span></span>"
    )
