"""What a learning platform packs is unpacked to whose it is, through nbgrader's zip_collect."""

import os
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import ZipCollectApp

from convolab.grading.collect import Found, student_id, whose
from convolab.grading.desk import open_desk
from tests.grading.small_course import LESSON, RIGHT, filled

ROOT = Path("/downloads")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CS 1/Ada Lovelace_4711_assignsubmission_file_/01.ipynb", ("Ada Lovelace", "4711")),
        ("Ada Lovelace_4711_assignsubmission_file_01.ipynb", ("Ada Lovelace", "4711")),
        ("Participant_88_assignsubmission_file_/work.ipynb", ("Participant", "88")),
        ("lovelaceada_4711_990001_01_small-2.ipynb", ("lovelaceada", "4711")),
        ("lovelaceada_LATE_4711_990001_01_small.ipynb", ("lovelaceada", "4711")),
        ("ada/01_small.ipynb", ("ada", "")),
        ("01_small.ipynb", None),
    ],
)
def test_the_names_of_platforms_tell_whose_a_file_is(name, expected):
    found = whose(ROOT / name, ROOT)
    assert (found and (found.name, found.number)) == expected


@pytest.mark.parametrize(
    ("name", "number", "student"),
    [
        ("Zoë Müller", "17", "zm"),
        ("mullerzoe", "17", "zm"),
        ("anybody", "s42", "s42"),
        ("Sam Lee", "9", "Sam-Lee-9"),
        ("../../etc", "9", "etc-9"),
        ("Participant", "88", "Participant-88"),
    ],
)
def test_students_are_looked_up_else_their_id_is_made(name, number, student):
    roster = {"zoemuller": "zm", "mullerzoe": "zm", "s42": "s42"}
    assert student_id(Found(Path("x"), name, number), roster) == student


def lesson(name: str, values: int = 0) -> str:
    notebook = filled(RIGHT)
    notebook.metadata["convolab"] = {"lesson": name}
    notebook.cells[0].source = f"# attempt {values}"
    return nbformat.writes(notebook)


def test_an_archive_with_odd_names_lands_where_grading_looks_for_it(course, monkeypatch):
    (course / "notebooks" / LESSON).mkdir()
    nbformat.write(filled({}), course / "notebooks" / LESSON / f"{LESSON}.ipynb")
    archive = course / "autograde" / "downloaded" / LESSON / "archive" / "CS 1-Lab 1.zip"
    archive.parent.mkdir(parents=True)
    files = {
        "Zoë Müller_17_assignsubmission_file_/01_small (1).ipynb": lesson(LESSON),
        "mullerada_4711_990001_01_small-1.ipynb": lesson(LESSON, 1),
        "mullerada_4711_990001_01_small.ipynb": lesson(LESSON),
        "mullerada_4711_990001_01_small-10.ipynb": lesson(LESSON, 10),
        "bo/01_small.ipynb": "{ broken",
        "cy/homework.ipynb": lesson("02_other"),
        "cy/notes.txt": "hello",
    }
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    with open_desk(course).gradebook() as book:
        book.add_student("zm", first_name="Zoe", last_name="Muller")
    monkeypatch.chdir(course)
    app = ZipCollectApp()
    app.initialize([LESSON])
    app.start()
    home = course / "autograde" / "submitted"
    assert sorted(os.listdir(home)) == ["bo", "mullerada-4711", "zm"]
    for student in ("bo", "mullerada-4711", "zm"):
        assert os.listdir(home / student / LESSON) == [f"{LESSON}.ipynb"]
    last = nbformat.read(home / "mullerada-4711" / LESSON / f"{LESSON}.ipynb", as_version=4)
    assert last.cells[0].source == "# attempt 10"
