"""What is inert when cells are graded still behaves as in a notebook, for a program at least."""

import pytest

from convolab.grading.sandbox.launcher import Launcher, launcher_for
from convolab.grading.sandbox.limits import Limits


@pytest.fixture(scope="module")
def shows(bwrap):
    """`shows(source)` runs a cell and gives its text, or the name of the error."""
    session = launcher_for(True).start(Limits())

    def run(source):
        answer = session.ask("run", 10, 30, source=source, most=10_000)
        return answer["error"] or "".join(one["text"] for one in answer["outputs"]).strip()

    yield run
    session.kill()


def test_a_live_figure_can_be_read_and_set(shows):
    source = "from convolab.figures import SlidingKernel1D\nfigure = SlidingKernel1D([1, 2], [1])\n"
    assert shows(source + "figure.x = 1\nprint(figure.y, figure.output)") == "2.0 [1. 2.]"
    assert shows("SlidingKernel1D([1, 2], [1], mode='none')") == "ValueError"


def test_widgets_have_values_and_tell_who_observes_them(shows):
    source = "import ipywidgets\nslider = ipywidgets.IntSlider(3)\n"
    source += "slider.observe(lambda change: print(change.new), 'value')\nslider.value = 5"
    assert shows(source) == "5"
    source = "import ipywidgets\nipywidgets.interact(lambda x: print('x is', x), x=(0, 4));"
    assert shows(source).startswith(("x is 2", "interactive"))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a = 1\na", "1"),
        ("In [1]: print(7)", "7"),
        (">>> print(7)", "7"),
        ("    print(7)", "7"),
        ("%time print(7)", "7"),
        ("!echo 7", "7"),
        ("print('%time', 'why?')", "%time why?"),
        ("files = !echo 7\nprint(files)", "['7']"),
        ("import asyncio\nawait asyncio.sleep(0)\nprint(7)", "7"),
        ("def f(:", "SyntaxError"),
        ("%of_nobody 3", "UsageError"),
        ("%matplotlib widget\n1 / 0", "ZeroDivisionError"),
        ("%matplotlib notebook\n1 / 0", "ZeroDivisionError"),
        ("%load_ext of_a_student\nprint(7)", "%load_ext of_a_student: No module named"),
        ("%load_ext of_a_student\n%of_a_student 3\n1 / 0", "ZeroDivisionError"),
        ("%load_ext autoreload\n%autoreload 2\n%config InlineBackend.dpi = 1\nprint(7)", "7"),
        ("def f():\n    inner = 3\n    %time print(inner)\nf()", "3"),
        ("%timeit nothing", "NameError"),
        ("%timeit -x", "UsageError"),
        ("%run of_a_student.py", "Exception"),
    ],
)
def test_cells_are_read_as_in_a_notebook(shows, source, shown):
    assert shows(source).startswith(shown)


def test_ready_says_whether_a_function_is_right_and_looks_again_at_another(shows):
    wrong = "from convolab.check import ready\ndef double(values):\n    return 0\n"
    waits = "This needs your double. Come back when the check says Right.\nFalse"
    assert shows(wrong + "print(ready('double'))") == waits
    assert shows("print(ready('double'))") == waits
    right = "def double(values):\n    return [2 * value for value in values]\n"
    assert shows(right + "print(ready('double'))") == "True"


def test_a_sound_needs_its_rate_as_ever(shows):
    assert shows("from IPython.display import Audio\nAudio([0.0, 1.0])") == "ValueError"
    assert "Audio" in shows("Audio([0.0, 1.0], rate=8000)")


def test_a_warm_process_that_is_still_starting_may_be_asked_for_its_time(bwrap):
    launcher = Launcher(True)
    assert launcher.cpu() == 0
    launcher.start(Limits()).kill()
    assert launcher.cpu() > 0
    launcher.close()
