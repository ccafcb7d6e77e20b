"""What a notebook with every figure open costs while nobody touches it; part of figures.py.

The processor time of kernel, server and browser over some quiet seconds, as a share of one core.
The same page before its cells have run says how much of that is JupyterLab's own.
"""

import os
import time

import psutil
from figures_lab import Lab
from figures_peers import PAIRS
from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

GOAL = 0.05  # of a core
SETTLE = 5  # seconds for the last words and pictures
TALL = 9000  # pixels: so tall that JupyterLab keeps every cell in the page
EMPTY = "'nothing'"


def processor_seconds() -> dict[str, float]:
    """Processor seconds so far of kernel, server and browser, which this process started."""
    spent = {"kernel": 0.0, "server": 0.0, "browser": 0.0}
    for process in psutil.Process(os.getpid()).children(recursive=True):
        try:
            command, times = " ".join(process.cmdline()), process.cpu_times()
        except psutil.Error:
            continue
        if "ipykernel" in command:
            spent["kernel"] += times.user + times.system
        elif "jupyter" in command and "--type=" not in command:
            spent["server"] += times.user + times.system
        elif "--no-sandbox" in command or "--type=" in command:
            spent["browser"] += times.user + times.system
    return spent


def shares(page: Page, seconds: float) -> dict[str, float]:
    """The share of a core that each took over so many seconds."""
    page.mouse.move(2, 2)
    time.sleep(SETTLE)
    before, start = processor_seconds(), time.perf_counter()
    time.sleep(seconds)
    after, took = processor_seconds(), time.perf_counter() - start
    return {name: (after[name] - before[name]) / took for name in before}


def measure(lab: Lab, seconds: float) -> dict:
    """An empty notebook, then one with every figure open."""
    page = lab.run("empty", [EMPTY], TALL)
    empty = shares(page, seconds)
    page.close()
    page = lab.run("all", [pair.figure for pair in PAIRS.values()], TALL)
    page.wait_for_function(
        "n => document.querySelectorAll('.convolab-live canvas').length === n",
        arg=len(PAIRS), timeout=300_000,
    )  # fmt: skip
    found = shares(page, seconds)
    page.close()
    return {"seconds": seconds, "figures": len(PAIRS), "empty": empty, "all": found}


def report(console: Console, result: dict) -> list[str]:
    """Print the table; returns what was missed."""
    table = Table(title=f"a notebook left alone for {result['seconds']:.0f} s, in % of a core")
    table.add_column("")
    for column in ("kernel", "server", "browser", "all"):
        table.add_column(column, justify="right")
    for name, key in (("no figure", "empty"), (f"{result['figures']} figures", "all")):
        spent = result[key]
        cells = [*spent.values(), sum(spent.values())]
        table.add_row(name, *(f"{share:.1%}" for share in cells))
    console.print(table)
    console.print("goal: less than 5 % of a core with every figure open")
    total = sum(result["all"].values())
    return [f"idle: {total:.1%} of a core with every figure open"] if total >= GOAL else []
