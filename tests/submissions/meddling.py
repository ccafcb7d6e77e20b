"""First cells that meddle with their own process, with the wire or with the machine.

The answers below them are right. Where they get no points the meddling has cost its own program
what it stands on; the grader, the class and the machine are none the worse.
"""

from tests.submissions.hostile import SOCKET
from tests.submissions.kind import FULL, MISSING, ONE, Kind

ENDED = (0, "error")

HARMLESS = {
    "raises what cannot be printed": "class E(BaseException):\n    def __str__(self):"
    " raise SystemExit\n    __repr__ = __str__\nraise E",
    "an error with a name of a million letters": "raise type('E' * 10**6, (Exception,), {})('x')",
    "takes the shell's voice": "def f(*a, **k): raise KeyboardInterrupt\n"
    "get_ipython().showtraceback = get_ipython()._showtraceback = f\n1 / 0",
    "shows what is no text": "from convolab.grading.sandbox import shell\n"
    "shell.outputs.shown += [7, None, {'kind': [], 'text': {}}] + [{'kind': 'error'}] * 5000",
    "displays HTML, SVG, TeX and scripts": "from IPython.display import *\n"
    "display(HTML('<script>1</script>'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" "
    "onload=\"1\"/>'), Latex(r'$\\\\href{javascript:1}{x}$'), Javascript('1'))\n"
    "print('\\x1b]8;;http://evil\\x1b\\\\x\\x1b[2J\\u202e\\ud800')",
    "loses the student": "import gc\nfor o in gc.get_objects():\n"
    "    if type(o).__name__ == 'Student': o.channel = None",
    "closes its side of the wire": f"{SOCKET}for e in ends(): e.shutdown(1)",
    "answers from a thread": f"{SOCKET}import threading\ndef go():\n    while True:\n"
    "        for e in ends():\n            try: e.send(frame({'value': [2, 4, 6]}))\n"
    "            except OSError: pass\nthreading.Thread(target=go, daemon=True).start()\n"
    "import time; time.sleep(0.3)",
    "sends open files": f"{SOCKET}for e in ends():\n    e.setblocking(False)\n    try:\n"
    "        for i in range(500): socket.send_fds(e, [b'x'], [0] * 200)\n"
    "    except OSError: pass",
    "sets timers": "import signal\nsignal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)",
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
    "os.kill(0, signal.SIGSTOP)",
    "kills its group": "import os, signal\nos.kill(0, signal.SIGKILL)",
    "opens all the files it may": "import os\nkept = []\ntry:\n    while True:\n"
    "        kept.append(os.open('/dev/null', 0))\nexcept OSError: pass",
    "lowers its own limits": "import resource as r\nfor what in (r.RLIMIT_CPU, r.RLIMIT_NOFILE):\n"
    "    r.setrlimit(what, (1, 1))",
    "empties every dictionary": "import gc\nfor o in gc.get_objects():\n    if type(o) is dict:\n"
    "        try: o.clear()\n        except Exception: pass",
    "traces": "import sys\ndef t(*a): raise SystemExit\nsys.settrace(t)",
    "finds every module first": "import sys\nclass F:\n    def find_spec(self, *a):"
    " raise SystemExit\nsys.meta_path.insert(0, F())",
    "becomes another program": "import os, sys\nos.execv(sys.executable, [sys.executable, '-c',"
    " 'import os\\nwhile True: os.write(3, b\"x\" * 1000)'])",
    "opens all terminals": "import pty\nkept = []\ntry:\n    while True: kept.append(pty.openpty())"
    "\nexcept OSError: pass",
    "types into the terminal": "import fcntl\ntry: fcntl.ioctl(0, 0x5412, b'x')\n"
    "except OSError: pass",
    "removes the ground it stands on": "import os\nos.mkdir('a'); os.chdir('a'); os.rmdir('../a')",
    "digs three thousand folders": "import os\nfor i in range(3000): os.mkdir('x'); os.chdir('x')",
    "overwrites None": "import ctypes\nctypes.memset(id(None), 0, 8)",
    "asks to go first": "import os\ntry: os.nice(-20)\nexcept OSError: pass\n"
    "os.sched_setaffinity(0, {0})",
    "memory without a file": "import os\nkept = [os.memfd_create(str(i)) for i in range(99)]",
    "ends its children unseen": "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)",
    "traces the process above": "import ctypes, os\n"
    "ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)",
    "reads its own memory": "import re\nwith open('/proc/self/maps') as maps:\n"
    "    start = int(re.search(r'^(\\w+)-.*heap', maps.read(), re.M)[1], 16)\n"
    "with open('/proc/self/mem', 'rb') as memory:\n    memory.seek(start); memory.read(4096)",
    "asks for an answer": "input('x')",
    "calls the debugger": "breakpoint()",
    "leaves by magic": "%reset -f\nexit\nquit()",
    "leaves tasks behind": "import asyncio\nasync def f():\n    while True:"
    " await asyncio.sleep(0)\nasyncio.create_task(f())\nawait asyncio.sleep(0)",
    "waits at the end": "import atexit, time\natexit.register(time.sleep, 1000)",
    "a sum too long for Python": "x = " + "1 + " * 50_000 + "1",
    "a minus too long for Python": "x = " + "-" * 20_000 + "1",
    "five thousand brackets": "x = " + "(" * 5_000 + ")" * 5_000,
    "a number too long for Python": "x = " + "9" * 5_000,
    "a character that is none": "x = 1\x00\n",
    "hundreds of shell escapes": "if False:\n" + "    !x\n" * 400,
}

COSTS_ITSELF = {
    "ends its reading of the wire": (f"{SOCKET}for e in ends(): e.shutdown(0)", ENDED, ENDED),
    "takes the shell's hands": ("get_ipython().run_cell = None", ENDED, ENDED),
    "forgets all modules": ("import sys\nsys.modules.clear()", ENDED, ENDED),
    "listens to all that happens": (
        "import sys\ndef h(*a): raise SystemExit\nsys.addaudithook(h)", ENDED, ENDED),
    "allows itself twenty calls": ("import sys\nsys.setrecursionlimit(20)", MISSING, MISSING),
}  # fmt: skip

FILES = dict.fromkeys(
    ("numpy.py", "sitecustomize.py", "usercustomize.py", "x.pth", "convolab/__init__.py",
     "convolab/check/ask.py", "encodings/__init__.py", "json.py", "linecache.py", "IPython.py",
     "matplotlibrc", "ipython_config.py", ".ipython/profile_default/startup/a.py"),
    "raise SystemExit('shadowed')",
)  # fmt: skip

KINDS = [
    *(Kind(f"meddles: {name}", first=source, twice=FULL, total=ONE)
      for name, source in HARMLESS.items()),
    *(Kind(f"meddles: {name}", first=source, twice=twice, total=total)
      for name, (source, twice, total) in COSTS_ITSELF.items()),
    Kind("files named like modules", files=FILES,
         first="import json, linecache, numpy, convolab.check.ask\nprint(numpy.zeros(1))"),
    Kind("a notebook of two million lists", text='{"cells": [' + "[], " * 2_000_000 + "[]]}",
         problem="more than a notebook can"),
]  # fmt: skip
