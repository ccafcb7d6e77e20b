"""`convolab slips` and its list of slips that may pass: what they print, and what they refuse."""

import io
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from convolab.exercises.listed import as_entry, read_listed, stale
from convolab.exercises.slips import try_slips
from convolab.exercises.slips_command import slips as command
from convolab.exercises.trial import tasks, try_all, try_one
from convolab.problem import Problem
from tests.exercises.slips_of_area import EQUIVALENT, area, listing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[area]\n", r"01_areas\.toml: .*line 1"),
        ('[area]\nslips = ["x"]\nreason = "y"\n', r"01_areas\.toml: write \[\[area\]\]"),
        (EQUIVALENT + '\n[[area]]\nslips = ["x"]\n', r"01_areas\.toml:5: area needs slips, and"),
        (EQUIVALENT + '\n[[area]]\nslips = ["x"]\nreasn = "y"\n', r"01_areas\.toml:5: area needs"),
        (EQUIVALENT + 'missing = "z"\n', r"01_areas\.toml:1: area needs slips, and either"),
        ('[[area]]\nslips = "x"\nreason = "y"\n', r":1: area: slips is a list of strings"),
        ('[[area]]\nslips = []\nreason = "y"\n', r":1: area: slips is a list of strings"),
        ('[[area]]\nslips = ["x"]\nreason = " "\n', r":1: area: slips is a list of strings"),
        (EQUIVALENT + "\n" + EQUIVALENT, r":5: area: .* is already listed, at .*:1\."),
        (EQUIVALENT + "\n" + EQUIVALENT + 'program = "loop"\n', r":5: area: .* already listed"),
        ('[[area]]\nslips = [3]\nreason = "y"\n', r":1: area: slips is a list of strings"),
    ],
)
def test_a_list_with_a_mistake_is_a_sentence_with_file_and_line(tmp_path, text, says):
    with pytest.raises(Problem, match=says):
        read_listed(listing(tmp_path, text))


def test_no_list_is_an_empty_one(tmp_path):
    assert read_listed(tmp_path) == []


def test_what_is_listed_and_is_not_so_is_named_by_line(tmp_path):
    text = EQUIVALENT + "\n[[area]]\nslips = ['gone', '`height > 0` for `height < 0`']\n"
    text += "reason = 'y'\n\n[[volume]]\nslips = ['x']\nmissing = 'a case'\n"
    listed = read_listed(listing(tmp_path, text))
    tried = [try_slips(area())]
    sentences = stale(listed, tried, whole_course=True)
    assert [sentence.split(": ", 1)[1] for sentence in sentences] == [
        "area: gone: this slip no longer exists. Remove it.",
        "area: `height > 0` for `height < 0`: it no longer passes. Remove it.",
        "volume: x: this exercise no longer exists. Remove it.",
    ]
    assert [sentence.split(":")[1] for sentence in sentences] == ["5", "5", "9"]
    assert len(stale(listed, tried, whole_course=False)) == 2


# --- the command --------------------------------------------------------------------------------

AREA = '''"""Areas."""
from convolab.exercises import Exercise

exercise = Exercise(points={"answer": 1}, says={"answer": "the area"})


@exercise.right
def area_right(height, width):
    if height < 0:
        raise ValueError("negative side")
    return height * width


exercise.shows("answer", (2, 5), (0.5, 4))
exercise.refuses("a height below 0", (-1, 4), aspect="answer")
'''
OPEN = '''"""A task with more than one answer."""
from convolab.exercises import Exercise

exercise = Exercise()
exercise.demand("size", "a large number", lambda ask, rng: ask(), at_least=7)


@exercise.right
def best():
    return 8
'''


@pytest.fixture
def course(tmp_path):
    """A course of one exercise with a program, one by hand and an open task."""
    folder = tmp_path / "autograde" / "exercises" / "01_areas"
    folder.mkdir(parents=True)
    (folder / "area.py").write_text(AREA, encoding="utf-8")
    (folder / "best.py").write_text(OPEN, encoding="utf-8")
    (folder / "by_hand.toml").write_text("[by_hand]\nright = 3\n", encoding="utf-8")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "01_areas.py").write_text("", encoding="utf-8")
    return tmp_path


def run(course: Path, name: str | None, show: str | None = None) -> tuple[int, str]:
    console = Console(record=True, width=100, file=io.StringIO())
    status = command(course, name, console, jobs=1, show=show)
    return status, console.export_text()


def test_the_command_names_what_passes_and_counts_by_exercise_and_lesson(course):
    status, text = run(course, "area")
    assert status == 1
    assert "autograde/exercises/01_areas/area.py:9  area, reference\n  `height <= 0`" in text
    assert "These are only told that the numbers differ" in text
    status, text = run(listing(course, EQUIVALENT), None)
    assert status == 0
    assert "numbers differ" not in text
    assert "01_areas" in text


def test_what_passes_is_printed_as_it_is_written_in_the_list(course):
    _, text = run(course, "area", "passes")
    assert "goes into autograde/equivalent_slips/<lesson>.toml, with the reason:" in text
    entry = text[text.index("[[area]]") : text.index("\n]\n") + 3]
    status, text = run(listing(course, entry.replace('""', '"An area of 0 is."')), "area")
    assert status == 0
    assert "[[area]]" not in text
    with pytest.raises(Problem, match="everything else one string"):
        run(listing(course, entry), "area")


def test_an_entry_keeps_what_a_text_in_quotation_marks_would_not():
    slips = ["`a` for `b`", "`'x'` for `\"\\n\"`", "`−` for `a\nb`", "`a` for `b`"]
    entry = tomllib.loads(as_entry("area", slips))["area"][0]
    assert entry == {"reason": "", "slips": slips[:3]}


def test_a_hole_that_is_known_still_passes_and_says_what_is_missing(course):
    status, text = run(listing(course, EQUIVALENT.replace("reason", "missing")), "area", "passes")
    assert status == 1
    assert "missing: An area of 0 is 0 or refused." in text


def test_an_entry_that_is_not_so_is_printed_and_ends_with_1(course):
    listing(course, EQUIVALENT + "\n[[area]]\nslips = ['gone']\nreason = 'y'\n")
    status, text = run(course, "area", "breaks")
    assert status == 1
    assert "equivalent_slips/01_areas.toml:5: area: gone: this slip no longer exists" in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("aera", "no exercise called aera. Did you mean area"),
        ("xyz", "Name one, a lesson such as 03, or --all"),
        ("by_hand", "by_hand is answered by hand"),
        ("best", "best is an open task"),
        ("09", "There is no lesson '09'"),
    ],
)
def test_a_name_of_nothing_is_a_sentence(course, name, says):
    with pytest.raises(Problem, match=says):
        tasks(course, name)


def test_several_processes_find_what_one_finds():
    lesson = tasks(ROOT, "00")
    assert len(lesson) > 1
    assert try_all(lesson, jobs=2) == [try_one(task) for task in lesson]


def test_a_course_without_exercises_is_a_sentence(tmp_path):
    with pytest.raises(Problem, match="no exercises in"):
        tasks(tmp_path, None)


def test_a_wrong_word_after_show_is_a_sentence(course):
    with pytest.raises(Problem, match="--show is one of passes, breaks, generic, all, not some"):
        command(course, "area", Console(), show="some")
