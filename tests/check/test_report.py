"""The report: points that nbgrader can read, text for a shell, HTML that hides nothing."""

import os
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convolab.check.compare import Difference
from convolab.check.report import MIME, Report
from convolab.check.verdict import Verdict


@given(points=st.floats(), most=st.sampled_from([1, 2.5, 3, 26]))
def test_points_are_always_what_nbgrader_can_store(points, most):
    report = Report("x", most, Verdict("partial", points, ""))
    grade = float(repr(report))
    assert 0 <= grade <= most
    assert np.isfinite(grade)
    assert grade == round(grade, 2)


def test_full_points_are_exactly_the_maximum():
    assert repr(Report("x", 1 / 3, Verdict("correct", 1 / 3, ""))) == repr(1 / 3)


def wrong(expected, got):
    verdict = Verdict("wrong", 0.0, "Look at `f[-1]`.", call="f([1 < 2])")
    verdict.difference = Difference("numbers", expected, got)
    return Report("f", 2, verdict)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (3.0, 4.0),
        (np.arange(5.0), np.arange(4.0)),
        (np.arange(50.0), -np.arange(50.0)),
        (np.ones((3, 4)), np.zeros((3, 4))),
        (np.ones((30, 40)), np.zeros((40, 30))),
        (np.ones((2, 3, 4)), np.zeros((2, 3, 4))),
        ("b", "c"),
        (np.arange(3.0), np.ones((3, 1))),
        (np.ones((3, 3)), np.arange(3.0)),
        (np.arange(3.0), [[1], [2, 3]]),
    ],
)
def test_html_is_well_formed_whatever_differs(expected, got):
    page = wrong(expected, got).html()
    open_tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Reader().feed(page)
    assert open_tags == []
    assert "Not yet" in page
    assert "f([1 &lt; 2])" in page
    assert "<code>f[-1]</code>" in page


def test_what_differs_is_marked_by_more_than_colour():
    page = wrong(np.array([1.0, 2.0]), np.array([1.0, 5.0])).html()
    assert page.count("≠") == 1
    assert "≠ 5" in page


def test_a_difference_of_rounding_is_shown_as_none():
    assert ">0<" in wrong(np.array([1.0, 2.0]), np.array([1.0 + 3e-12, 5.0])).html()


def test_text_keeps_to_eighty_columns():
    report = Report("name", 3, Verdict("wrong", 0.0, "a long sentence " * 20))
    assert max(len(line) for line in report.text().splitlines()) <= 80


def test_the_bundle_has_points_html_and_data():
    bundle = Report("f", 2, Verdict("partial", 1.0, "hint", "belief", {"a": (1, 2)}))
    data = bundle._repr_mimebundle_()
    assert data["text/plain"] == "1.0"
    assert data[MIME]["misconception"] == "belief"
    assert data[MIME]["aspects"] == {"a": [1, 2]}


SHELL = "from convolab.check import check\ndef double(values):\n    return values\ncheck('double')"


def run(program, **environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )


def test_in_a_plain_shell_the_text_is_printed_once():
    shown = run(SHELL).stdout
    assert shown.count("double:") == 1
    assert "expected" in shown


def test_under_validate_the_hint_goes_where_validate_shows_it():
    came = run(SHELL, NBGRADER_EXECUTION="validate")
    assert "double: Not yet" in came.stderr
    right = SHELL.replace("return values", "return [2 * v for v in values]")
    assert run(right, NBGRADER_EXECUTION="validate").stderr == ""


def test_an_unknown_exercise_names_the_nearest():
    assert 'Did you mean check("double")?' in run(SHELL.replace("'double'", "'duoble'")).stdout
