"""Every status that the checker or the grader gives is one that all pages have words for."""

import ast
from pathlib import Path

import convolab
from convolab.check.statuses import GROUPS, OF_A_ROW, STATUSES, status

PACKAGE = Path(convolab.__file__).parent
GIVES = ("Verdict", "Stop", "Ended", "Blame", "ExerciseResult")


def given():
    """Statuses written out where something gets one: (file, line, status)."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GIVES:
                for argument in (
                    *node.args[:3],
                    *(k.value for k in node.keywords if k.arg == "status"),
                ):
                    text = getattr(argument, "value", None)
                    if isinstance(text, str) and text.isalpha() and text.islower():
                        yield path.name, node.lineno, text


def test_every_status_that_is_given_is_known():
    found = list(given())
    assert len(found) > 20
    assert [one for one in found if one[2] not in STATUSES] == []


def test_a_status_that_nobody_knows_counts_as_wrong():
    assert status("purple") == STATUSES["wrong"]


def test_each_verdict_is_in_one_group_of_the_report_but_for_what_nobody_has_read():
    groups = {name: one.group for name, one in STATUSES.items()}
    assert groups.pop("ungraded") == ""
    assert set(groups.values()) == set(GROUPS)


def test_what_is_not_right_has_words_for_a_student_and_a_teacher():
    assert all(one.hint and one.of_student for name, one in STATUSES.items() if name != "correct")
    assert all(one.so_far and one.colour for one in (STATUSES | OF_A_ROW).values())
