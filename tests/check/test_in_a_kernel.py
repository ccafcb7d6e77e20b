"""`check` and `summary` in a kernel: called from anywhere, they answer with a sentence."""

import ast

import nbformat
import pytest
import threadpoolctl
from nbclient import NotebookClient

from convolab.check import kernel

RIGHT = """
def convolve_at(f, g, x):
    total = 0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total
"""
IN_A_THREAD = """
one = threading.Thread(target=check, args=("convolve_at",))
one.start()
one.join()
"""
IN_MANY_THREADS = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    points = list(pool.map(check, ["convolve_at"] * 4))
print("heard")
"""
IN_A_MODULE = """
import types
made = types.ModuleType("made")
exec("from convolab.check import check\\ndef mine(): return check('convolve_at')", vars(made))
made.mine()
"""
IN_ITSELF = """
def convolve_at(f, g, x):
    check("convolve_at")
    summary("01")
    return 5
check("convolve_at")
"""
CELLS = {
    "import": "from convolab.check import check, ready, summary\nimport threading",
    "threads": "from threadpoolctl import threadpool_info as libraries\n"
    "[library['num_threads'] for library in libraries()]",
    "before": "check('convolve_at')",
    "broken": "def convolve_at(f, g, x)\n    return 1",
    "after a syntax error": "check('convolve_at')",
    "summary after a syntax error": "summary('01')",
    "right": RIGHT,
    "timed": "%%time\ncheck('convolve_at')",
    "in a function": "def ask():\n    return check('convolve_at')\nask()",
    "in a loop": "for name in ('convolve_at', 'echo'):\n    check(name)",
    "in a list": "[check(name) for name in ('convolve_at', 'echo')]",
    "two in a cell": "check('echo')\ncheck('convolve_at')",
    "in a thread": IN_A_THREAD,
    "in many threads": IN_MANY_THREADS,
    "in a module": IN_A_MODULE,
    "the function itself": "check(convolve_at)",
    "another case": "check('Convolve_At')",
    "nothing": "check()",
    "two names": "check('convolve_at', 'echo')",
    "broken again": "def convolve_at(f, g, x)\n    return 1",
    "an older one": "check('convolve_at')",
    "a check in itself": IN_ITSELF,
}  # fmt: skip


@pytest.fixture(scope="module")
def shown():
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()]
    )
    client = NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3")
    with pytest.MonkeyPatch.context() as patch:
        for name in kernel.THREADS:
            patch.delenv(name, raising=False)
        client.execute()
    return {name: cell.outputs for name, cell in zip(CELLS, notebook.cells, strict=True)}


def pages(outputs):
    return [one.data["text/html"] for one in outputs if "text/html" in one.get("data", {})]


def test_wherever_a_check_is_called_from_it_is_answered_with_a_sentence(shown):
    for name, outputs in shown.items():
        if not name.startswith("broken"):
            assert not [one for one in outputs if one.output_type == "error"], name
    for name in ("timed", "in a function", "in a thread", "in a module"):
        assert ["Right" in page for page in pages(shown[name])] == [True], name
    assert "There is no function called convolve_at" in pages(shown["before"])[0]
    assert "Did you mean" in pages(shown["another case"])[0]
    assert "one name at a time" in pages(shown["two names"])[0]


def test_all_checks_of_a_cell_are_shown_each_once(shown):
    for name in ("in a loop", "in a list", "two in a cell"):
        assert len(pages(shown[name])) == 2, name
    assert len(pages(shown["in many threads"])) == 4
    assert "heard" in str(shown["in many threads"])


def test_a_syntax_error_is_called_that(shown):
    assert "SyntaxError in line 1" in pages(shown["after a syntax error"])[0]
    assert "syntax error" in pages(shown["summary after a syntax error"])[0]
    older = pages(shown["an older one"])[0]
    assert "Right" in older
    assert "this check used what you ran before it" in older


def test_an_answer_that_checks_itself_ends_and_is_told(shown):
    [page] = pages(shown["a check in itself"])
    assert "calls check itself" in page


def test_a_kernel_calculates_on_one_thread_unless_its_environment_says_how_many(shown, monkeypatch):
    [out] = shown["threads"]
    assert set(ast.literal_eval(out.data["text/plain"])) == {1}
    limited = []
    monkeypatch.setattr(threadpoolctl, "threadpool_limits", lambda **limits: limited.append(limits))
    monkeypatch.setattr(kernel, "shows_html", lambda: True)
    for name in kernel.THREADS:
        monkeypatch.delenv(name, raising=False)
    kernel.keep_to_one_thread()
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    kernel.keep_to_one_thread()
    assert limited == [{"limits": 1, "user_api": "blas"}]
