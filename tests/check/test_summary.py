"""`summary()`: every exercise of a lesson in its order, as it is now, and what to do next."""

import json
import re
import subprocess
import sys

import pytest

from convolab.check import ask, cases, outline, summary
from convolab.check.answer import Local
from convolab.check.outline import OutlineReport
from convolab.check.progress import Row, first_sentence, next_step, total
from convolab.check.statuses import OF_A_ROW, STATUSES
from convolab.check.summary import Summary, rows_of

LESSONS = outline.read_outlines()
SHOWN = STATUSES | OF_A_ROW
RIGHT = """
def convolve_at(f, g, x):
    total = 0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total
"""


def names(*programs):
    space = {}
    for program in programs:
        exec(program, space)
    return space


def rows(space, lesson="01"):
    return {row.name: row for row in rows_of(outline.find_outline(lesson, {}), space)}


def test_every_exercise_of_every_lesson_is_in_the_outline_once():
    listed = [one.name for lesson in LESSONS for one in lesson.exercises]
    assert sorted(listed) == sorted(path.stem for path in cases.SHIPPED.glob("*/*.json"))
    assert all(one.heading for lesson in LESSONS for one in lesson.exercises)


def test_a_fresh_kernel_is_told_to_run_the_lesson():
    came = rows({})
    assert {row.says for row in came.values()} == {"not defined yet"}
    assert "Nothing in this lesson has run" in next_step(list(came.values()))


def test_each_row_says_how_far_its_exercise_is():
    came = rows(names(
        RIGHT,
        "by_hand_click = [20 / 3, 7, 20 / 3]",
        "by_hand_convolution = ...",
        "def convolve_1d(f, g, mode='full'):\n    raise NotImplementedError",
        "def shift_kernel(steps):\n    return 1 / 0",
        "def correlate_1d(f, g, mode='full'):\n    import numpy\n    return numpy.correlate(f, g)",
        "convolve_1d_fast = 3",
        "trap_direction = 'z'",
    ))  # fmt: skip
    says = {name: (row.says, row.scored) for name, row in came.items()}
    assert says["convolve_at"] == ("right", "3 of 3")
    assert says["by_hand_click"] == ("right", "–")
    assert says["by_hand_convolution"] == ("not started yet", "–")
    assert says["convolve_1d"] == ("not started yet", "0 of 4")
    assert says["shift_kernel"] == ("stopped with an error", "0 of 2")
    assert says["correlate_1d"] == ("uses a ready-made function", "0 of 1")
    assert says["convolve_1d_fast"] == ("not right yet", "0 of 2")
    assert says["trap_direction"] == ("not right yet", "–")
    assert says["two_dice"] == ("not defined yet", "–")
    assert total(list(came.values())) == "3 of 14 points so far"
    assert next_step(list(came.values())).startswith(
        "Next: `by_hand_convolution`, under “The definition”."
    )


FAST = """
import numpy as np
def convolve_1d_fast(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]
"""


def test_the_points_of_a_race_are_those_of_the_last_check_of_this_very_function(monkeypatch):
    space = names(FAST)
    row = rows(space)["convolve_1d_fast"]
    assert (row.says, row.scored) == ("right, not timed yet", "1 of 2")
    monkeypatch.setattr(Local, "times_as_fast", lambda *given: 50.0)
    exec("from convolab.check import check", space)
    eval("check('convolve_1d_fast')", space)
    monkeypatch.setattr(Local, "times_as_fast", lambda *given: pytest.fail("timed again"))
    assert rows(space)["convolve_1d_fast"].says == "right"
    again = names(FAST)
    assert rows(again)["convolve_1d_fast"].says == "right, not timed yet"


def test_a_fault_of_the_courses_own_costs_one_row(monkeypatch):
    def judge(exercise, answer, race=True):
        if exercise.name == "convolve_at":
            raise KeyError("x")
        return ask.judge(exercise, answer, race)

    monkeypatch.setattr(ask, "judge_alone", judge)
    came = rows(names(RIGHT, "by_hand_click = [20 / 3, 7, 20 / 3]"))
    assert "run its check" in came["convolve_at"].hint
    assert came["by_hand_click"].right


@pytest.mark.parametrize(
    ("hint", "first"),
    [
        ("One. Two.", "One."),
        ("Use `f[0]. G` here. Then more.", "Use `f[0]. G` here."),
        ("It stops (bad. A comma?), so no. Next.", "It stops (bad. A comma?), so no."),
        ("About 3.5 of it. And so on.", "About 3.5 of it."),
        ("Is a line missing? Look.", "Is a line missing?"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_next_step_has_one_sentence(hint, first):
    assert first_sentence(hint) == first


def test_text_and_page_say_the_same():
    made = Summary(
        "Lesson 01", [Row(f"a<{status}>", "H & h", status, 1, 2, "x") for status in SHOWN]
    )
    text, page = made.text(), made.html()
    for status in SHOWN.values():
        assert status.so_far in text
        assert status.so_far in page
    assert "a&lt;" in page
    assert "H &amp; h" in page
    assert not re.search("<script|a<", page)
    assert "Traceback" not in text
    json.dumps(made._repr_mimebundle_())


@pytest.mark.parametrize("asked", ["9", "x", 99, 3.5, [], len, True, object(), "\ud83d"])
def test_what_is_no_lesson_is_answered_with_a_sentence(asked):
    made = summarised(
        f"made = summary({asked!r})" if isinstance(asked, (str, int, float)) else "", asked
    )
    assert "summary needs the number of a lesson" in made.text()


def summarised(_, asked):

    return summary(asked)


def test_without_a_number_the_lesson_is_told_by_the_names():
    assert (
        outline.find_outline("", {"convolve_at": 1, "convolve_1d": 2}).lesson == "01_convolution_1d"
    )
    assert outline.find_outline(1, {}).lesson == "01_convolution_1d"
    assert outline.find_outline("01_convolution_1d", {}).lesson == "01_convolution_1d"


def test_in_a_script_it_is_printed_once():
    program = "from convolab.check import summary\nby_hand_pixel = ...\nsummary('00')"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.count("Lesson 00") == 1
    assert "by_hand_pixel" in run.stdout
    assert run.stderr == ""


def test_what_a_teacher_reads_is_named_beside_the_points_and_not_counted_in_them():
    reports = [OutlineReport("report_a", "Tell", 2.0), OutlineReport("report_b", "Tell", 1.5)]
    right = [Row("double", "H", "correct", 2, 2)]
    made = Summary("Lesson 12", right, reports=reports)
    says = " ".join(made.text().split())
    assert "Lesson 12: 2 of 2 points so far" in says
    assert "Everything that a check can judge is right." in says
    assert "Not counted here are `report_a` and `report_b`, 3.5 points: your teacher reads" in says
    assert "<code>report_b</code>, 3.5 points" in made.html()
    assert "is `report_a`, 2 points" in Summary("Lesson 12", right, reports=reports[:1]).text()
    assert "teacher" not in Summary("Lesson 12", right).text()


def test_an_outline_with_reports_is_read_back_as_it_was_written(tmp_path, monkeypatch):
    entry = outline.OutlineEntry("double", "H")
    written = outline.Outline("12_own", "T", (entry,), (OutlineReport("report_a", "Tell", 2.0),))
    (tmp_path / "12_own.json").write_text(written.as_json())
    monkeypatch.setattr(cases, "SHIPPED", tmp_path)
    assert outline.read_outlines() == [written]
