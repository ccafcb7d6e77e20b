"""Programs that hang, crash or eat: each costs what depends on it, and nothing else."""

from tests.submissions.kind import MISSING, Kind

SLOW, MEMORY, ENDED = (0, "timeout"), (0, "memory"), (0, "error")

IN_THE_FUNCTION = {
    "an endless loop": ("while True: pass", SLOW),
    "sleeps": ("import time; time.sleep(1000)", SLOW),
    "cannot be interrupted": (
        "import time\n    while True:\n        try:\n            time.sleep(9)\n"
        "        except KeyboardInterrupt: pass",
        SLOW,
    ),
    "ignores signals": (
        "import signal\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\n"
        "    while True: pass",
        SLOW,
    ),
    "threads that never end": (
        "import threading\n    for i in range(4): threading.Thread(target=lambda: [0 for _ in "
        "iter(int, 1)]).start()\n    while True: pass",
        SLOW,
    ),
    "eats memory": ("x = []\n    while True: x.append(bytes(1 << 26))", MEMORY),
    "one array too large": ("import numpy as np; return np.ones(1 << 40)", MEMORY),
    "calls itself": ("return twice(values)", ENDED),
    "ends Python": ("import os; os._exit(0)", ENDED),
    "aborts": ("import os; os.abort()", ENDED),
    "a segmentation fault": ("import ctypes; ctypes.string_at(0)", ENDED),
    "closes every file": ("import os; os.closerange(0, 256)", ENDED),
}

IN_A_CELL = {
    "an endless loop": "while True: pass",
    "cannot be interrupted": "while True:\n    try:\n        while True: pass\n    except: pass",
    "ends Python": "import os\nos._exit(1)",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "eats memory": "x = []\nwhile True: x.append(bytearray(1 << 26))",
    "eats memory in children": "import os, time\nwhile True:\n    try:\n"
    "        if os.fork() == 0:\n            x = b'1' * (1 << 29); time.sleep(99)\n"
    "    except OSError: time.sleep(9)",
    "endless output": "while True: print('x' * 1000)",
    "an endless repr": "class Odd:\n    def __repr__(self):\n        while True: pass\nOdd()",
    "a fork bomb": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "a thread bomb": "import threading, time\nwhile True:\n"
    "    threading.Thread(target=time.sleep, args=(99,)).start()",
    "fills the disk": "with open('a', 'wb') as f:\n    while True: f.write(bytes(1 << 20))",
    "many small files": "i = 0\nwhile True:\n    i += 1\n    open(str(i), 'w').close()",
    "leaves processes behind": "import subprocess\nfor i in range(5):\n"
    "    subprocess.Popen(['sleep', '987'], start_new_session=True)",
}

KINDS = [
    *(
        Kind(f"function: {name}", {"twice": f"def twice(values):\n    {source}"}, twice=verdict)
        for name, (source, verdict) in IN_THE_FUNCTION.items()
    ),
    *(Kind(f"cell: {name}", first=source) for name, source in IN_A_CELL.items()),
    Kind(
        "the cell of an answer hangs",
        {"twice": "while True: pass\ndef twice(values):\n    return values"},
        twice=SLOW,
    ),
    Kind("the last cell ends Python", last="import os\nos._exit(0)"),
    Kind("what the ended cell made is gone", {"total": "total = made"},
         first="made = sum\nimport os\nos._exit(0)", total=ENDED),
    Kind("what a sound cell made is there again", first="made = sum",
         answers={"twice": "import os\nos._exit(0)", "total": "def total(v):\n    return made(v)"},
         twice=ENDED),
    Kind("every cell ends Python", {"twice": "import os; os._exit(0)", "total": "os._exit(0)"},
         first="import os; os._exit(0)", twice=ENDED, total=(0, "error")),
    Kind("calls a stub", {"total": "def total(values):\n    return half(values)\n"
                          "def half(values):\n    raise NotImplementedError"}, total=MISSING),
]  # fmt: skip
