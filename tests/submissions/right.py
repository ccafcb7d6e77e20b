"""Right answers, in styles and surroundings that once cost points somewhere."""

from tests.submissions.kind import Kind, cell_of, new_cell

RAISES = "    if not len(values):\n        raise ValueError\n"
TWICE = f"def twice(values):\n{RAISES}    return [2 * v for v in values]"

STYLES = {
    "vectorised": f"import numpy as np\ndef twice(values):\n{RAISES}"
    "    return np.array(values) * 2",
    "a lambda": "def fail():\n    raise ValueError\n"
    "twice = lambda values: [v + v for v in values] if len(values) else fail()",
    "an object that can be called": "class Twice:\n    def __call__(self, values):\n"
    "        if not len(values):\n            raise ValueError\n"
    "        return [2 * v for v in values]\ntwice = Twice()",
    "a partial function": f"import functools\ndef times(factor, values):\n{RAISES}"
    "    return [factor * v for v in values]\ntwice = functools.partial(times, 2)",
    "a closure": "def make(n):\n    def twice(values):\n        if not len(values):\n"
    "            raise ValueError\n        return [n * v for v in values]\n    return twice\n"
    "twice = make(2)",
    "a tuple": TWICE.replace("[2 * v for v in values]", "tuple(2 * v for v in values)"),
    "float32": f"import numpy as np\ndef twice(values):\n{RAISES}"
    "    return np.array(values, np.float32) * 2",
    "an exception of its own": "class Empty(ValueError):\n    pass\n"
    + TWICE.replace("raise ValueError", "raise Empty('nothing there')"),
    "an optional argument": TWICE.replace("(values):", "(values, factor=2):", 1),
    "made by exec": f"exec({TWICE!r})",
    "under a cell magic": f"%%time\n{TWICE}",
    "prints and warns": "import sys, warnings\nwarnings.warn('old')\n"
    + TWICE.replace("    return", "    print(values, file=sys.stderr)\n    return"),
    "writes to the file descriptors": TWICE.replace(
        "    return", "    import os; os.write(2, b'!'); os.write(1, b'2.0')\n    return"
    ),
    "threads": f"import threading\ndef twice(values):\n{RAISES}    found = []\n"
    "    t = threading.Thread(target=lambda: found.extend(2 * v for v in values))\n"
    "    t.start(); t.join()\n    return found",
    "a subprocess": f"import subprocess, sys, json\ndef twice(values):\n{RAISES}"
    "    code = f'import json; print(json.dumps([2 * v for v in {list(values)}]))'\n"
    "    return json.loads(subprocess.check_output([sys.executable, '-I', '-c', code]))",
    "a fork": f"import os, json\ndef twice(values):\n{RAISES}    here, there = os.pipe()\n"
    "    if os.fork() == 0:\n"
    "        os.write(there, json.dumps([2 * v for v in values]).encode()); os._exit(0)\n"
    "    os.wait()\n    return json.loads(os.read(here, 9999))",
}

BEFORE = {
    "an error in another cell": "1 / 0",
    "a syntax error in another cell": "def f(:",
    "no such module": "import tensorflow_of_tomorrow",
    "sys.exit in a cell": "import sys\nsys.exit(1)",
    "exit in a cell": "exit()",
    "an interrupt raised": "raise KeyboardInterrupt",
    "input": "name = input('Your name?')",
    "a magic": "%timeit -n1 -r1 sum(range(9))\n%matplotlib inline",
    "a magic that does not exist": "%frobnicate\n",
    "a shell escape": "!echo hello\nfiles = !ls",
    "await": "import asyncio\nawait asyncio.sleep(0)",
    "await forgotten": "import asyncio\nasyncio.run(asyncio.sleep(0))",
    "a plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\nplt.savefig('a.png')",
    "a live figure": "from convolab.figures import SlidingKernel1D\nSlidingKernel1D([1, 2], [1])",
    "interact": "from ipywidgets import interact\ninteract(lambda x: print(x), x=(0, 9))",
    "another check": "check = lambda name: 0.0",
    "a folder of its own": "import os\nos.mkdir('deep'); os.chdir('deep')\n"
    "open('a', 'w').write('b')",
    "standard output closed": "import sys\nsys.stdout.close()\nsys.stdout = None",
    "everything printed": "print('x' * 10_000_000)\n'y' * 5_000_000",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<b>'))\nHTML('<b>')",
    "numpy forgotten": "import sys\nfor name in list(sys.modules):\n"
    "    if name.startswith('numpy'):\n        del sys.modules[name]",
    "a seed and options": "import numpy as np\nnp.random.seed(0)\nnp.seterr(all='raise')",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    "a gibibyte": "import numpy as np\nx = np.ones(1 << 27)\ndel x",
    "fifty mebibytes of files": "open('big', 'wb').write(bytes(50 << 20))",
    "names of the builtins": "list = sum = len = None\ndel list, sum, len",
    "a name that is no word": "größe = 1\nñ = größe",
}


def _merged(notebook) -> None:
    answer = cell_of(notebook, "total")
    cell_of(notebook, "twice").source += f"\n\n{answer.source}"
    answer.source = ""


def _apart(notebook) -> None:
    answer = cell_of(notebook, "twice")
    notebook.cells.insert(1, new_cell(answer.source, "apart"))
    answer.source = "# see above"


def _at_the_end(notebook) -> None:
    answer = cell_of(notebook, "twice")
    notebook.cells.append(new_cell(answer.source, "late"))
    answer.source = ""


KINDS = [
    Kind("plain"),
    *(Kind(f"style: {name}", {"twice": source}) for name, source in STYLES.items()),
    *(Kind(f"before: {name}", first=source) for name, source in BEFORE.items()),
    Kind("two answers in one cell", edit=_merged),
    Kind("an answer in a cell of its own", edit=_apart),
    Kind("an answer at the end of the notebook", edit=_at_the_end),
    Kind(
        "a helper in a file beside it",
        {"twice": "from helper import twice"},
        files={"helper.py": TWICE},
    ),
    Kind("a file that would shadow a module", files={"json.py": "1 / 0", "numpy.py": "1 / 0"}),
    Kind("data in a folder", first="assert open('data/a.txt').read() == 'x'\ngood = 1",
         last="good", files={"data/a.txt": "x"}),
]  # fmt: skip
