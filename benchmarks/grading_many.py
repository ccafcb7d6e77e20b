"""A large class, half of it not all right and one in fifty hostile: does grading stay as it began?

Called by `grading.py --many N`. Each submission's arrival, and processor time and memory of all
processes of the grader, are noted while it works; afterwards nothing may be left over.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from side_by_side import TableRow

AT_ONCE = 200  # submissions whose throughput is compared, the first with the last
HOSTILE_EACH = 50
MARK = f"9{os.getpid()}"  # seconds of a sleep that nobody else asks for
HOSTILE = (
    f"import subprocess\nfor i in range(5):\n"
    f"    subprocess.Popen(['sleep', '{MARK}'], start_new_session=True)",
    "import os\nos._exit(0)",
    "import ctypes\nctypes.string_at(0)",
    "while True: pass",
    "x = []\nwhile True: x.append(bytearray(1 << 26))",
    "with open('a', 'wb') as file:\n    while True: file.write(bytes(1 << 20))",
    "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(1, signal.SIGKILL)",
    "import os\nfor end in range(3, 64):\n    try: os.write(end, bytes(100))\n"
    "    except OSError: pass",
)
SETTINGS = "\nc.RunSubmission.cell_cpu, c.RunSubmission.memory = 2, 600\n"

GRADE = """
import json, sys, time
from pathlib import Path
import psutil
from rich.console import Console
from convolab.grading.grade import grade_class
from convolab.grading.run.recorder import Recorder

notes, take, own = [], Recorder.take, psutil.Process()

def all_processes():
    seconds = memory = 0
    for process in [own, *own.children(recursive=True)]:
        try:
            seconds += sum(process.cpu_times()[:4])
            if process.ppid() in (own.pid, own.ppid()):
                memory += process.memory_info().rss
        except psutil.Error:
            continue
    return seconds, memory

def noted(*given):
    # the processes are looked at every hundredth time: that takes time itself
    seen = all_processes() if len(notes) % 100 == 0 else (None, None)
    notes.append([time.perf_counter(), *seen])
    return take(*given)

Recorder.take = noted
graded = grade_class(Path.cwd(), sys.argv[1], console=Console(quiet=True))
notes.append([time.perf_counter(), *all_processes()])
scores = {name: [out.score == out.max_score, out.problem] for name, out in graded.outcomes.items()}
print(json.dumps({"notes": notes, "scores": scores}))
"""


def hostile(number: int) -> str | None:
    """What stands first in this submission, if it is hostile."""
    place, is_last = divmod(number, HOSTILE_EACH)
    return HOSTILE[place % len(HOSTILE)] if is_last == HOSTILE_EACH - 1 else None


def measure(home: Path, lesson: str) -> list[TableRow]:
    """Grade the class in this course; the table's rows.

    Args:
        home: a course whose submissions are s0000, s0001, …; of eight the first two are right.
    """
    settings = home / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + SETTINGS)
    with tempfile.TemporaryDirectory(prefix="convolab-many-") as folder:
        env = {**os.environ, "TMPDIR": folder}
        done = subprocess.run(
            [sys.executable, "-c", GRADE, lesson], cwd=home, env=env, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"Grading failed:\n{done.stderr[-3000:]}")
        files = [path.name for path in Path(folder).iterdir()]
    said = json.loads(done.stdout.splitlines()[-1])
    notes, scores = said["notes"], said["scores"]
    runs = home / "autograde" / "results" / lesson / "runs"
    files += [str(path) for path in [runs, *runs.parent.glob(".*")] if path.exists()]
    records = len(list(runs.parent.glob("s*.json")))
    count = len(scores)
    first = notes[AT_ONCE][0] - notes[0][0]
    last = notes[count - 1][0] - notes[count - 1 - AT_ONCE][0]
    wrong = [name for name, (_, problem) in scores.items() if problem]
    rightly = sum(right for right, _ in scores.values())
    memory = [note[2] / 2**20 for note in notes[:-1] if note[2]]
    cpu = {place: note[1] for place, note in enumerate(notes) if note[1]}
    marks = sorted(cpu)
    early = cpu[AT_ONCE] - cpu[0]
    late = cpu[marks[-2]] - cpu[marks[-2] - AT_ONCE]
    left = sleeping()
    return [
        TableRow("submissions, all right, in the gradebook", f"{count}, {rightly}, {records}",
            abs(count - records) + len(wrong), 0),
        TableRow(f"wall time of the first and last {AT_ONCE}", f"{first:.1f} s and {last:.1f} s",
            last / first, 1 / 0.9),
        TableRow(f"processor time of the first and last {AT_ONCE}",
            f"{early:.1f} s and {late:.1f} s", late / early, 1 / 0.9),
        TableRow("memory at the start, in the middle, at the end",
            f"{memory[0]:.0f}, {memory[len(memory) // 2]:.0f}, {memory[-1]:.0f} MiB",
            memory[-1] / memory[len(memory) // 2], 1.1),
        TableRow("processes and files left over", f"{left} and {len(files)}", left + len(files), 0),
    ]  # fmt: skip


def sleeping() -> int:
    """Processes of the submissions that are still there."""
    found = subprocess.run(["pgrep", "-fc", f"sleep {MARK}"], capture_output=True, text=True)
    return int(found.stdout or 0)
