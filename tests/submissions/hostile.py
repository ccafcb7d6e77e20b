"""Programs that set out to deceive the grader. Their `twice` is wrong; none gets a point for it."""

import nbformat

from tests.grading.small_course import ROOT
from tests.submissions.kind import MISSING, NOTHING, Kind, cell_of, pasted

EXERCISES = ROOT / "autograde" / "exercises" / "01_convolution_1d.py"
WRONG = "def twice(values):\n    return [v + 7 for v in values]"

# Run before the wrong answer, in a cell of its own.
REBINDS = {
    "the comparison": "import numpy as np\nnp.testing.assert_allclose = lambda *a, **k: None\n"
    "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True\n"
    "np.abs = lambda a: 0 * a",
    "assert": "import builtins\nbuiltins.AssertionError = Warning",
    "the checker": "import convolab.check, convolab.check.ask as ask\n"
    "from convolab.check.verdict import Verdict\n"
    "ask.judge = lambda *a, **k: Verdict('correct', 2.0, '')",
    "the ladder": "import convolab.check.ladder as ladder\nladder.difference = lambda *a: None\n"
    "ladder._compare = None",
    "the report": "from convolab.check import Report\nReport.__repr__ = lambda self: '2.0'",
    "the cells to come": "def give(lines):\n    return ['2.0\\n'] if 'check' in ''.join(lines) "
    "else lines\nget_ipython().input_transformers_cleanup.append(give)",
    "the syntax tree": "import ast\nclass Give(ast.NodeTransformer):\n"
    "    def visit_Return(self, node):\n        return node\n"
    "get_ipython().ast_transformers.append(Give())",
    "the end of a cell": "get_ipython().events.register('post_run_cell', lambda *a: print(2.0))",
    "the display": "import sys\nsys.displayhook = lambda value: print('2.0')",
    "the trace": "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(None)\n"
    "sys.setprofile = lambda f: None",
    "what runs in its own process": "from convolab.check import run\n"
    "run.same_bits = lambda a, b: True\nrun.Local.names = lambda self, watched: None",
}

# In the place of the answer.
ANSWERS = {
    "an object that equals everything": "class Yes:\n    def __eq__(self, other):\n"
    "        return True\n    __hash__ = None\n    def __len__(self):\n        return 3\n"
    "def twice(values):\n    return Yes()",
    "an array that equals everything": "import numpy as np\nclass Yes(np.ndarray):\n"
    "    def __sub__(self, other):\n        return np.zeros(self.shape)\n"
    "    __rsub__ = __sub__\n    def __eq__(self, other):\n        return True\n"
    "    __abs__ = __sub__\n    def __array_ufunc__(self, *a, **k):\n        return np.zeros(3)\n"
    "def twice(values):\n    return np.zeros(len(values)).view(Yes)",
    "a number that equals everything": "class Yes(float):\n    def __eq__(self, other):\n"
    "        return True\n    def __sub__(self, other):\n        return 0.0\n"
    "    __rsub__ = __sub__\n    __hash__ = None\ndef twice(values):\n"
    "    return [Yes(1)] * len(values)",
    "a list that says another length": "class Odd(list):\n    def __len__(self):\n"
    "        return 3\n    def __iter__(self):\n        return iter([2, 4, 6])\n"
    "def twice(values):\n    return Odd([1])",
    "a dictionary that breaks": "class Odd(dict):\n    def items(self):\n        1 / 0\n"
    "def twice(values):\n    return Odd(a=1)",
    "numbers that count up when read": "class Odd:\n    def __float__(self):\n        1 / 0\n"
    "import numbers; numbers.Number.register(Odd)\ndef twice(values):\n    return Odd()",
    "an object that pickles into code": "import os\nclass Odd:\n    def __reduce__(self):\n"
    "        return os.system, ('touch /tmp/owned',)\ndef twice(values):\n    return Odd()",
    "looks for the right answer above it": "import gc, inspect, sys\ndef twice(values):\n"
    "    frame = sys._getframe()\n    while frame:\n"
    "        for value in frame.f_locals.values():\n"
    "            if isinstance(value, dict) and 'outcome' in value:\n"
    "                return value['outcome']['value']\n        frame = frame.f_back\n"
    "    for thing in gc.get_objects():\n        if type(thing).__name__ == 'Cases':\n"
    "            return thing.cases\n    return [v + 7 for v in values]",
    "reads the exercises": f"open({str(EXERCISES)!r})\n{WRONG}",
}

SOCKET = (
    "import os, socket, struct, json\n"
    "def ends():\n"
    "    for fd in range(3, 64):\n"
    "        try:\n"
    "            yield socket.socket(fileno=os.dup(fd))\n"
    "        except OSError:\n"
    "            pass\n"
    "def frame(message, body=b''):\n"
    "    header = json.dumps(message).encode()\n"
    "    return struct.pack('<IQ', len(header), len(body)) + header + body\n"
)
FORGED = {"value": [2, 4, 6], "raised": [], "changed": False, "stopped": False, "nonce": "0" * 16}

# Written to the wire, by the function, in the place of its process's own answer.
FRAMES = {
    "a forged answer": f"frame({FORGED!r})",
    "no frame": "b'hello, grader'",
    "zeros": "bytes(100)",
    "a promise of four gibibytes": "struct.pack('<IQ', 1 << 31, 1 << 32)",
    "a promise that is not kept": "struct.pack('<IQ', 100, 0)",
    "a header that is no JSON": "struct.pack('<IQ', 5, 0) + b'{\"a\":'",
    "a deep header": "struct.pack('<IQ', 100000, 0) + b'[' * 100000",
    "an array outside the bytes": "frame({'a': {'a': ['<f8', [9], 0]}})",
    "an array of objects": "frame({'a': {'a': ['|O8', [1], 0]}}, bytes(8))",
    "an unknown kind": "frame({'a': {'pickle': 'x'}})",
    "half a character": "frame({'a': '\\ud800', 'nonce': 'x'})",
    "a megabyte of answers": f"frame({FORGED!r}) * 9999",
}


def _edited(notebook) -> None:
    cell_of(notebook, "test_twice").source = "2.0"
    cell_of(notebook, "test_total").source = 'check("total");'


def _moved_up(notebook) -> None:
    check = cell_of(notebook, "test_twice")
    notebook.cells.remove(check)
    notebook.cells.insert(0, check)


def _deleted(notebook) -> None:
    notebook.cells.remove(cell_of(notebook, "test_twice"))


def _as_text(notebook) -> None:
    check = cell_of(notebook, "test_twice")
    place = notebook.cells.index(check)
    text = nbformat.v4.new_markdown_cell("2.0", metadata=check.metadata)
    text["id"] = "text"
    notebook.cells[place] = text


def _as_raw(notebook) -> None:
    check = cell_of(notebook, "test_twice")
    raw = nbformat.v4.new_raw_cell("2.0", metadata=check.metadata)
    raw["id"] = "raw"
    notebook.cells[notebook.cells.index(check)] = raw


def _worth_more(notebook) -> None:
    for name in ("test_twice", "test_total"):
        cell_of(notebook, name).metadata.nbgrader.points = 100


def _claims_to_be_the_check(notebook) -> None:
    answer = cell_of(notebook, "twice")
    answer.metadata.nbgrader.update(grade=True, grade_id="test_twice", points=2, solution=True)


def _odd_metadata(notebook) -> None:
    for cell in notebook.cells:
        cell.metadata["convolab"] = "heavy"
    by_hand, total = cell_of(notebook, "by_hand"), cell_of(notebook, "total")
    by_hand.metadata["nbgrader"] = ["a list"]
    total.metadata.nbgrader["grade_id"] = {"a": 1}


def _skips_its_check(notebook) -> None:
    for cell in notebook.cells:
        cell.metadata["convolab"] = {"heavy": True, "run": False}


def _pasted_checks(notebook) -> None:
    for _ in range(3):
        pasted(notebook, "test_twice").source = "2.0"
    notebook.cells[-1]["id"], notebook.cells[-2]["id"] = "a", "b"


def _with_outputs(notebook) -> None:
    check = cell_of(notebook, "test_twice")
    check.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2.0"})]


EDITS = {
    "edited checks": _edited,
    "a check deleted": _deleted,
    "a check that is text": _as_text,
    "a raw check": _as_raw,
    "points of its own": _worth_more,
    "an answer that claims to be its check": _claims_to_be_the_check,
    "checks that ask not to be run": _skips_its_check,
    "checks pasted three times": _pasted_checks,
    "a check with an output ready": _with_outputs,
}

KINDS = [
    *(Kind(f"rebinds {name}", {"twice": WRONG}, first=source, twice=NOTHING)
      for name, source in REBINDS.items()),
    *(Kind(f"gives back {name}", {"twice": source}, twice=NOTHING)
      for name, source in ANSWERS.items() if name != "reads the exercises"),
    Kind("finds no exercises to read", {"twice": ANSWERS["reads the exercises"]},
         twice=(0, "error")),
    *(Kind(f"puts {name} on the wire",
           {"twice": f"{SOCKET}def twice(values):\n    for end in ends(): end.send({frame})\n"
            "    return [2, 4, 6]"},
           twice=(0, "error"))
      for name, frame in FRAMES.items()),
    Kind("answers before it is asked",
         {"twice": f"{SOCKET}for end in ends(): end.send(frame({FORGED!r}) * 50)\n{WRONG}"},
         twice=(0, "error")),
    *(Kind(name, {"twice": WRONG}, edit=edit, twice=NOTHING) for name, edit in EDITS.items()),
    Kind("a check moved above its answer", edit=_moved_up),
    Kind("odd metadata everywhere", edit=_odd_metadata),
    Kind("kills every process it can", {"total": WRONG.replace("twice", "total")},
         first="import os, signal\nfor pid in (-1, os.getppid(), 1):\n    try:\n"
         "        os.kill(pid, signal.SIGKILL)\n    except OSError:\n        pass", total=NOTHING),
    Kind("a solution of numpy's", {"total": "import numpy as np\nfrom numpy import convolve as c\n"
         "def helper(v):\n    return c(v, np.ones(len(v)), 'valid')[0]\n"
         "def total(values):\n    return float(helper(values))"}, total=(0, "forbidden")),
    Kind("numpy's, from a process that denies it",
         {"total": "import numpy as np\ndef total(values):\n"
          "    return float(np.convolve(values, np.ones(len(values)), 'valid')[0])"},
         first=REBINDS["what runs in its own process"]
         + "\nfrom convolab.check import forbidden\nforbidden.Watch._look = lambda *a: None",
         total=(0, "forbidden")),
    Kind("the answer to another exercise", {"total": "total = twice"}, total=NOTHING),
    Kind("the other exercise gone", {"twice": "def twice(values):\n    raise NotImplementedError"},
         twice=MISSING),
]  # fmt: skip
