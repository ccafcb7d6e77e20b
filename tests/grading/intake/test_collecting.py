"""Whose work it is: nobody's is given to another, nobody's is passed over in silence."""

import datetime
import io
import stat
import zipfile

import nbformat
import pytest

from convolab.grading.intake import collect_folder as collected_module
from convolab.grading.intake import decide as decide_module
from convolab.grading.intake.roster import Person
from tests.grading.intake.desk_for_downloads import (
    NAME,
    STUB,
    Tables,
    all_told,
    line,
    other_lesson,
    roster,
    work,
)
from tests.grading.intake.downloads import (
    blackboard,
    blackboard_text,
    brightspace,
    canvas,
    gradescope,
    locked,
    moodle,
    packed,
    tarred,
)
from tests.grading.small_course import LESSON

NOON = "2026-11-20-13-30-00"


@pytest.fixture
def tables(tmp_path) -> Tables:
    return Tables(tmp_path / "desk")


# --- Whose it is.


@pytest.mark.parametrize("listed", [(), roster("sl Sam Lee"), roster("a Sam Lee", "b Sam Lee")])
def test_two_numbers_of_moodle_are_two_people(tables, listed):
    tables.people = listed
    files = {
        moodle("Sam Lee", 812005, NAME): work("twice", by="five"),
        moodle("Sam Lee", 812006, NAME): work("twice", by="six"),
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Sam-Lee-812005", "Sam-Lee-812006"}
    assert "# five" in tables.notebook("Sam-Lee-812005")
    if listed:
        assert all(line(told, student).look for student in tables.students())
        assert "have this name" in all_told(told)


def test_names_that_differ_in_an_accent_alone_are_two_people_by_their_numbers(tables):
    tables.people = roster("zm Zoe Muller")
    files = {
        moodle("Zoë Müller", 7, NAME): work(by="7"),
        moodle("Zoe Muller", 8, NAME): work(by="8"),
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Zoë-Müller-7", "Zoe-Muller-8"}
    assert "the list has only zm" in all_told(told)


@pytest.mark.parametrize("folders", [True, False])
def test_names_that_moodle_hides_are_people_by_their_numbers(tables, folders):
    files = {
        moodle("Participant", n, NAME, folders=folders): work("twice", by=f"p{n}") for n in (7, 8)
    }
    tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Participant-7", "Participant-8"}
    assert "# p8" in tables.notebook("Participant-8")


def test_a_number_of_moodle_is_not_taken_for_a_students_id(tables):
    tables.people = roster("7 Ada Lovelace")
    tables.collect({"lab.zip": packed({moodle("Bo Li", 7, NAME): work()})})
    assert tables.students() == {"Bo-Li-7"}


def test_groups_of_moodle_are_looked_up_by_the_name_behind_them(tables):
    tables.people = roster("al Ada Lovelace", "am Ann-Marie Li")
    files = {
        moodle("Ada Lovelace", 7, NAME, group="Group 3"): work(by="ada"),
        moodle("Ann-Marie Li", 8, NAME, group="Default group"): work(by="ann"),
    }
    tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"al", "am"}


def test_canvas_finds_people_by_its_number_and_by_name(tables):
    tables.people = (
        Person("x1", "Sam", "Lee", lms="4711"),
        Person("x2", "Sam", "Lee", lms="4712"),
        Person("zm", "Zoe", "Müller"),
    )
    files = {
        canvas("Lee, Sam", 4711, 990001, NAME): work(by="one"),
        canvas("Lee, Sam", 4712, 990002, NAME): work(by="two"),
        canvas("Müller, Zoë", 17, 990003, NAME): work(by="zoe"),
        "LATE_anon_aB3dE_990004_hw.ipynb": work(by="nobody"),
    }
    tables.collect({"submissions.zip": packed(files)})
    assert tables.students() == {"x1", "x2", "zm", "anon_aB3dE"}
    assert "# two" in tables.notebook("x2")


@pytest.mark.parametrize("texts", [True, False])
def test_blackboards_users_are_told_apart_whatever_underscores_there_are(tables, texts):
    users = {"a_l": "Ada Lovelace", "b_l": "Bo Li", "b_m": "Bea May"}
    files = {}
    for user, name in users.items():
        files[blackboard("Lab 1_x", user, NOON, NAME)] = work(by=user)
        if texts:
            files[blackboard("Lab 1_x", user, NOON)] = blackboard_text(user, name)
    tables.collect({"gradebook.zip": packed(files)})
    assert tables.students() == set(users)
    assert "# b_l" in tables.notebook("b_l")
    assert tables.files("a_l") == {NAME, "timestamp.txt"}


def test_brightspaces_people_are_told_apart_by_number_and_the_last_attempt_counts(tables):
    files = {
        brightspace("Sam Lee", 1, "Nov 20, 2026 130 PM", NAME): work("twice", "total", by="old"),
        brightspace("Sam Lee", 1, "Nov 21, 2026 900 AM", NAME): work("twice", by="new"),
        brightspace("Sam Lee", 2, "Nov 20, 2026 1230 AM", NAME): work(by="two"),
        brightspace("Bo Li", 3, "20 novembre 2026 13h30", NAME): work(by="bo"),
        "index.html": "<html></html>",
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Sam-Lee-1", "Sam-Lee-2", "Bo-Li-3"}
    assert "# new" in tables.notebook("Sam-Lee-1")
    assert "handed in last" in str(line(told, "Sam-Lee-1"))
    assert tables.file("Sam-Lee-1", "timestamp.txt") == "2026-11-21 09:00:00 UTC\n"
    assert tables.file("Sam-Lee-2", "timestamp.txt") == "2026-11-20 00:30:00 UTC\n"
    assert tables.files("Bo-Li-3") == {NAME}


def test_gradescopes_folders_are_told_by_its_list_and_a_groups_work_is_everybodys(tables):
    time = datetime.datetime(2026, 11, 20, 13, 30)
    people = {
        "submission_11": ([("Ada Lovelace", "a1")], time),
        "submission_12": ([("Bo Li", "b2"), ("Cy Ng", "c3")], time),
    }
    files = {
        "assignment_9_export/submission_metadata.yml": gradescope(people),
        f"assignment_9_export/submission_11/{NAME}": work(by="ada"),
        f"assignment_9_export/submission_12/{NAME}": work(by="both"),
        f"assignment_9_export/submission_13/{NAME}": work(by="whose"),
    }
    tables.people = roster("a1 Ada Lovelace", "b2 Bo Li", "cy Cy Ng")
    told = tables.collect({"export.zip": packed(files)})
    assert tables.students() >= {"a1", "b2", "cy"}
    assert "# both" in tables.notebook("b2")
    assert "# both" in tables.notebook("cy")
    assert tables.file("a1", "timestamp.txt") == "2026-11-20 13:30:00 UTC\n"
    assert "submission_13" in all_told(told)


@pytest.mark.parametrize(
    ("top", "below"),
    [
        ("", ""),
        ("", "my work/"),
        ("submitted/", f"{LESSON}/"),
        ("submissions/", "my work/"),
        ("CS 1-Lab 1/submissions/", ""),
    ],
)
@pytest.mark.parametrize("listed", [(), roster("ada Ada Li", "bo Bo Ng")])
def test_plain_folders_called_as_the_student_wherever_they_are(tables, top, below, listed):
    tables.people = listed
    files = {f"{top}ada/{below}{NAME}": work(by="ada"), f"{top}bo/{below}{NAME}": work(by="bo")}
    tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"ada", "bo"}
    assert "# bo" in tables.notebook("bo")


@pytest.mark.parametrize("listed", [(), roster("ada Ada Li", "bo Bo Ng")])
@pytest.mark.parametrize("below", ["", "lab/", f"convolution-lab/work/{LESSON}/"])
def test_an_archive_for_each_student(tables, listed, below):
    tables.people = listed
    beside = {f"{below}img/a.png": "a", f"{below}src/b.py": "b"}
    files = {
        f"{who}.zip": packed({f"{below}{NAME}": work(by=who), **beside}) for who in ("ada", "bo")
    }
    tables.collect(files)
    assert tables.students() == {"ada", "bo"}
    assert "# bo" in tables.notebook("bo")


@pytest.mark.parametrize("names", [
    ["ada_final.ipynb", "bo_final.ipynb", "cy.ipynb"],
    [f"{LESSON}_ada.ipynb", f"{LESSON}_bo.ipynb", f"{LESSON}_cy.ipynb"],
    ["hw 1.ipynb", "hw 2.ipynb", "Untitled.ipynb"],
    ["lab_4711_0001_ada.ipynb", "lab_4711_0001_bo.ipynb", "lab_4711_0001_cy.ipynb"],
    ["2026-11-20 ada.ipynb", "2026-11-20 bo.ipynb", "2026-11-20 cy.ipynb"],
])  # fmt: skip
@pytest.mark.parametrize(
    ("inside", "listed"), [("", ()), ("submissions/", ()), ("a/b/", roster("ada Ada Li"))]
)
def test_unknown_names_never_make_one_student_of_a_class(tables, names, inside, listed):
    tables.people = listed
    files = {f"{inside}{name}": work(by=name) for name in names}
    told = tables.collect({"class.zip": packed(files), "more.zip": packed({"x/y.txt": "z"})})
    assert tables.students() == set()
    for name in names:
        assert sum(name in stray for stray in told.strays) == 1
    assert f"put the right notebook at submitted/<student>/{LESSON}/{NAME}" in all_told(told)


def test_a_loose_file_that_is_called_exactly_like_somebody_on_the_list_is_theirs(tables):
    tables.people = roster("al Ada Lovelace", "bo Bo Li")
    tables.collect({"Ada Lovelace.ipynb": work(by="ada"), "my Bo.ipynb": work(by="who")})
    assert tables.students() == {"al"}


def test_two_tries_in_folders_of_their_own_are_one_persons(tables):
    files = {
        f"ada/old/{NAME}": work("twice", by="old"),
        f"ada/new/{NAME}": work("twice", "total", by="new"),
        f"bo/{NAME}": work(by="bo"),
    }
    tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"ada", "bo"}
    assert "# new" in tables.notebook("ada")


def test_two_names_that_would_become_one_id_are_named_and_not_merged(tables):
    files = {f"A B/{NAME}": work(by="one"), f"A-B/{NAME}": work(by="two"), f"c/{NAME}": work()}
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"c"}
    assert "A B and A-B would all be collected as" in all_told(told)


def test_the_same_person_from_two_platforms_is_one_by_the_roster(tables):
    tables.people = roster("al Ada Lovelace")
    told = tables.collect({
        "moodle.zip": packed({moodle("Ada Lovelace", 7, NAME): STUB}),
        "canvas.zip": packed({canvas("Lovelace, Ada", 4711, 990001, NAME): work()}),
    })  # fmt: skip
    assert tables.students() == {"al"}
    assert "RuntimeError" not in all_told(told)
    assert tables.notebook("al") == work()


def test_letters_in_two_pieces_are_the_same_name(tables):
    tables.people = roster("zm Zoë Müller")
    tables.collect({"lab.zip": packed({moodle("Zoë Müller", 7, NAME): work()})})
    assert tables.students() == {"zm"}


# --- Which copy.

COPIES = [
    (f"{LESSON}_newer.ipynb", NAME),
    (NAME, f"{LESSON}_newer.ipynb"),
    (f"{LESSON} (1).ipynb", NAME),
    (NAME, f"{LESSON} (1).ipynb"),
    (f"{LESSON}-Copy1.ipynb", NAME),
    (f"{LESSON}_before_mending.ipynb", NAME),
    (f".ipynb_checkpoints/{LESSON}-checkpoint.ipynb", NAME),
    (f"kit/work/{LESSON}/{NAME}", f"kit/notebooks/{LESSON}/{NAME}"),
    (f"kit/notebooks/{LESSON}/{NAME}", f"kit/work/{LESSON}/{NAME}"),
    ("Untitled.ipynb", NAME),
    ("a.IPYNB", NAME),
    (f"{NAME}.txt", NAME),
]


@pytest.mark.parametrize(
    ("worked", "stub", "zipped"),
    [(*names, place % 2 == 0) for place, names in enumerate(COPIES)],
)
def test_the_copy_that_was_worked_on_counts_whatever_it_is_called(tables, worked, stub, zipped):
    files = {worked: work(by="me"), stub: STUB, f"__MACOSX/._{NAME}": b"\x00\x05"}
    home = moodle("Ada", 7, "")
    inside = {f"{home}w.zip": packed(files)} if zipped else {home + n: c for n, c in files.items()}
    told = tables.collect({"lab.zip": packed(inside)})
    assert "# me" in tables.notebook("Ada-7")
    assert f"Of 2 copies {'w/' if zipped else ''}{worked} counts: the others have no answer" in (
        str(line(told, "Ada-7"))
    )
    assert not line(told, "Ada-7").look


def test_an_old_and_a_new_download_side_by_side(tables):
    tables.collect({
        "lab.zip": packed({moodle("Ada", 7, NAME): work("twice", "total", by="old"),
                           moodle("Bo", 8, NAME): work(by="bo"),
                           moodle("Cy", 9, NAME): work(by="cy")}),
        "lab (1).zip": packed({moodle("Ada", 7, NAME): work("twice", by="new"),
                               moodle("Bo", 8, NAME): STUB}),
    })  # fmt: skip
    assert "# new" in tables.notebook("Ada-7")
    assert "# bo" in tables.notebook("Bo-8")
    assert "# cy" in tables.notebook("Cy-9")


@pytest.mark.parametrize("names", [(NAME, "final.ipynb"), (NAME, f"{LESSON}-Copy1.ipynb")])
def test_more_answers_count_more_where_no_time_tells(tables, names):
    home = moodle("Ada", 7, "")
    files = {
        home + names[0]: work("twice", by="a"),
        home + names[1]: work("twice", "total", by="b"),
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert "# b" in tables.notebook("Ada-7")
    assert "it has more answers" in str(line(told, "Ada-7"))


def test_two_copies_that_nothing_tells_apart_are_named_and_the_teacher_settles_it(tables):
    home = moodle("Ada", 7, "")
    files = {home + NAME: work("twice", by="a"), f"{home}final.ipynb": work("twice", by="b")}
    told = tables.collect({"lab.zip": packed(files)})
    assert line(told, "Ada-7").look
    assert f"{NAME} and final.ipynb differ and nothing says which one counts" in all_told(told)
    settled = work("twice", by="b")
    (tables.submitted / "Ada-7" / LESSON / NAME).write_text(settled)
    tables.collect({"lab.zip": packed(files)})
    assert tables.notebook("Ada-7") == settled


def test_copies_with_the_same_answers_are_no_doubt(tables):
    home = moodle("Ada", 7, "")
    files = {home + NAME: work(by="a"), f"{home}{LESSON} (1).ipynb": work(by="a")}
    told = tables.collect({"lab.zip": packed(files)})
    assert not line(told, "Ada-7").look


def test_the_stub_of_an_earlier_release_is_a_stub_and_an_own_notebook_is_not_the_lesson(tables):
    home, old = moodle("Ada", 7, ""), nbformat.reads(STUB, as_version=4)
    for place, cell in enumerate(old.cells):
        cell["id"] = f"cell-{place}"
        cell.source = cell.source.replace("(values):", "(values):  # was explained in other words")
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print('my diary')")])
    files = {home + NAME: nbformat.writes(old), f"{home}x.ipynb": work("twice", by="me")}
    files |= {moodle("Bo", 8, NAME): STUB, moodle("Bo", 8, "a.ipynb"): nbformat.writes(own)}
    told = tables.collect({"lab.zip": packed(files)})
    assert "# me" in tables.notebook("Ada-7")
    assert "the others have no answer in them" in str(line(told, "Ada-7"))
    assert tables.notebook("Bo-8") == STUB


def test_answers_in_cells_that_lost_their_names_are_answers(tables):
    notebook = nbformat.reads(work("twice", "total", by="me"), as_version=4)
    for cell in notebook.cells:
        cell.metadata.clear()
    home = moodle("Ada", 7, "")
    files = {f"{home}colab.ipynb": nbformat.writes(notebook), home + NAME: work("twice", by="b")}
    tables.collect({"lab.zip": packed(files)})
    assert "# me" in tables.notebook("Ada-7")


def test_a_damaged_copy_gives_way_to_a_sound_one_and_alone_it_is_collected_and_named(tables):
    files = {
        moodle("Ada", 7, NAME): '{"cells": [',
        moodle("Ada", 7, f"{LESSON} (1).ipynb"): work(by="a"),
        moodle("Bo", 8, NAME): '{"cells": [',
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert "# a" in tables.notebook("Ada-7")
    assert tables.notebook("Bo-8") == '{"cells": ['
    assert line(told, "Bo-8").look


def test_the_last_of_canvas_attempts_counts(tables):
    files = {
        f"mullerada_4711_990001_{LESSON}{again}.ipynb": work("twice", by=f"attempt{again}")
        for again in ("", "-1", "-10", "-2")
    }
    tables.collect({"lab.zip": packed(files)})
    assert "# attempt-10" in tables.notebook("mullerada-4711")


def test_another_lesson_is_passed_over_and_named(tables):
    files = {
        moodle("Ada", 7, NAME): other_lesson(),
        moodle("Bo", 8, NAME): other_lesson(names=False),
        moodle("Cy", 9, NAME): work(by="cy"),
        moodle("Cy", 9, "02.ipynb"): other_lesson(),
        moodle("Di", 10, "report.pdf"): "%PDF",
        moodle("Di", 10, "answer.py"): "x = 1",
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Cy-9"}
    for student in ("Ada-7", "Bo-8"):
        assert f"Handed in the notebook of 02_other, and no notebook of {LESSON}" in str(
            line(told, student)
        )
    assert "answer.py, report.pdf" in str(line(told, "Di-10"))


# --- One bad thing in an archive.


def climbing(name: str) -> bytes:
    return packed({name: "x = 1", NAME: work(by="me")})


def linked() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        link = zipfile.ZipInfo("secret.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(NAME, work(by="me"))
    return memory.getvalue()


def bomb() -> bytes:
    """An archive that declares ten gigabytes."""
    content = bytearray(packed({NAME: work(), "zeros": "0" * 100}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (4_000_000_000).to_bytes(4, "little")
    return bytes(content)


def damaged(member: str) -> bytes:
    """An archive with one member whose bytes were changed."""
    content = bytearray(packed({NAME: work(by="me"), member: "abc" * 1000}))
    at = content.find(member.encode()) + len(member)
    content[at + 2 : at + 6] = b"\xff\xff\xff\xff"
    return bytes(content)


BAD = {
    "damaged.zip": (b"PK\x03\x04 not really", "it is damaged", False),
    "empty.zip": (b"", "it is empty", False),
    "locked.zip": (locked(packed({NAME: work()})), "password", False),
    "cut.zip": (packed({NAME: work()})[:-30], "it is damaged", False),
    "cut.tar.gz": (tarred({NAME: work()})[:-30], "it is damaged", False),
    "work.7z": (b"7z\xbc\xaf", "cannot be opened here", False),
    "up.zip": (climbing("../../../../outside.py"), "leads outside the archive", True),
    "absolute.zip": (climbing("/tmp/outside.py"), "leads outside the archive", True),
    "drive.zip": (climbing("C:\\outside.py"), "leads outside the archive", True),
    "link.zip": (linked(), "it is a link", True),
    "part.zip": (damaged("part.csv"), "it is damaged", True),
    "bomb.zip": (bomb(), "larger than 200 MB", True),
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_thing_in_an_archive_costs_itself_alone_and_is_named(tables, bad):
    content, says, collected = BAD[bad]
    files = {
        moodle("Ada", 7, NAME): work(by="ada"),
        moodle("Bo", 8, bad): content,
        moodle("Cy", 9, NAME): work(by="cy"),
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() >= {"Ada-7", "Cy-9"}
    assert ("Bo-8" in tables.students()) == collected
    assert says in str(line(told, "Bo-8"))
    assert line(told, "Bo-8").look
    assert not line(told, "Ada-7").look
    assert [p.name for p in tables.home.parent.rglob("outside.py")] == []


def test_a_bad_archive_among_the_downloads_does_not_stop_the_others(tables):
    told = tables.collect(
        {"a.zip": b"nonsense", "lab.zip": packed({moodle("Ada", 7, NAME): work()})}
    )
    assert tables.students() == {"Ada-7"}
    assert "a.zip was not unpacked: it is damaged" in all_told(told)


def test_archives_in_archives_of_any_kind_are_opened_and_data_stays_as_it_is(tables):
    files = {
        moodle("Ada", 7, "w.ZIP"): packed({"in.zip": packed({NAME: work(by="ada")})}),
        moodle("Bo", 8, "w.tar.gz"): tarred({NAME: work(by="bo"), "d.csv.gz": b"\x1f\x8b"}),
        moodle("Cy", 9, NAME): work(by="cy"),
        moodle("Cy", 9, "digits.gz"): b"\x1f\x8b\x08 data",
        moodle("Cy", 9, "pictures.zip"): packed({"a.png": "a"}),
    }
    tables.collect({"lab.zip": packed(files)})
    assert "# ada" in tables.notebook("Ada-7")
    assert tables.files("Bo-8") == {NAME, "d.csv.gz"}
    assert tables.files("Cy-9") == {NAME, "digits.gz", "pictures.zip"}


@pytest.mark.parametrize("name", ["é" * 140 + ".ipynb", "Zoë–λ.ipynb", "a\nb.ipynb", "%s{}.ipynb"])
def test_odd_and_long_names_are_unpacked(tables, name):
    tables.collect({"lab.zip": packed({moodle("Ada", 7, name): work(by="me")})})
    assert "# me" in tables.notebook("Ada-7")


def test_names_in_another_encoding_or_with_backslashes_are_read(tables):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(zipfile.ZipInfo("Xo Li_7_assignsubmission_file_\\work.ipynb"), work())
        archive.writestr("Yoe Li_8_assignsubmission_file_/work.ipynb", work())
    content = memory.getvalue().replace(b"Yoe", b"Y\xc3\xab")  # UTF-8 that is not said to be
    tables.people = roster("x Xo Li", "y Yë Li")
    tables.collect({"lab.zip": content})
    assert tables.students() == {"x", "y"}


def test_two_members_of_one_name_are_both_kept(tables):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(moodle("Ada", 7, NAME), work(by="me"))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(moodle("Ada", 7, NAME), STUB)
    tables.collect({"lab.zip": memory.getvalue()})
    assert "# me" in tables.notebook("Ada-7")


@pytest.mark.parametrize(("module", "name"), [
    (decide_module, "choose"), (decide_module, "read_notebook"), (decide_module, "helpers"),
    (collected_module, "lay"),
])  # fmt: skip
def test_a_fault_of_ours_costs_one_student_and_is_logged(tables, monkeypatch, module, name):
    right = getattr(module, name)

    def fails(first, *more, **named):
        if "Bo" in repr(first) or "Bo" in repr(more[:1]):
            raise RuntimeError("a fault of ours")
        return right(first, *more, **named)

    monkeypatch.setattr(module, name, fails)
    files = {moodle(who, n, NAME): work(by=who) for n, who in enumerate(("Ada", "Bo", "Cy"), 7)}
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.students() == {"Ada-7", "Cy-9"}
    says = str(line(told, "Bo-8"))
    assert "(RuntimeError)" in says
    assert says.endswith(f"The details are in autograde/results/{LESSON}/faults.log.")
    assert "  Bo-8: The files cannot be " in tables.log.path.read_text()
    assert "a fault of ours" in tables.log.path.read_text()


# --- What comes along.


def test_what_lies_beside_the_notebook_comes_along_and_stays_its_owners(tables):
    home, other = moodle("Ada", 7, ""), moodle("Bo", 8, "")
    files = {
        f"{home}lab/{NAME}": work(by="ada"),
        f"{home}lab/helper.py": "ada",
        f"{home}lab/data/points.csv": "1,2",
        f"{home}lab/.venv/x.py": "x",
        f"{home}lab/__pycache__/helper.pyc": "x",
        f"{home}lab/timestamp.txt": "2020-01-01 00:00:00 UTC",
        f"{home}lab/notes.ipynb": STUB,
        f"{other}{NAME}": work(by="bo"),
        f"{other}helper.py": "bo",
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.files("Ada-7") == {NAME, "helper.py", "data/points.csv"}
    assert tables.file("Ada-7", "helper.py") == "ada"
    assert tables.file("Bo-8", "helper.py") == "bo"
    assert "timestamp.txt was left out" in str(line(told, "Ada-7"))


def test_helpers_of_flat_downloads_get_their_own_names_back(tables):
    files = {
        canvas("Li, Ada", 4711, 990001, NAME): work(by="ada"),
        canvas("Li, Ada", 4711, 990002, "helper.py"): "ada",
        canvas("Li, Ada", 4711, 990003, "my_picture-2.png"): "picture",
        canvas("Ng, Bo", 4712, 990004, NAME): work(by="bo"),
        canvas("Ng, Bo", 4712, 990005, "helper.py"): "bo",
    }
    tables.collect({"lab.zip": packed(files)})
    assert tables.files("liada-4711") == {NAME, "helper.py", "my_picture.png", "my_picture-2.png"}
    assert tables.file("ngbo-4712", "helper.py") == "bo"
    files = {
        blackboard("Lab", "ada", NOON, NAME): work(by="ada"),
        blackboard("Lab", "ada", NOON, "helper.py"): "new",
        blackboard("Lab", "ada", "2026-11-19-10-00-00", "helper.py"): "old",
        blackboard("Lab", "bo", NOON, NAME): work(by="bo"),
    }
    tables.collect({"gradebook.zip": packed(files)})
    assert tables.file("ada", "helper.py") == "new"
    assert tables.files("bo") == {NAME, "timestamp.txt"}


# --- Late.


def test_canvas_mark_for_late_is_kept_and_told_until_somebody_writes_the_time(tables):
    files = {
        canvas("Li, Ada", 4711, 990001, NAME, late=True): work(by="ada"),
        canvas("Ng, Bo", 4712, 990002, NAME): work(by="bo"),
    }
    told = tables.collect({"lab.zip": packed(files)})
    assert tables.files("liada-4711") == {NAME, "late.txt"}
    assert tables.files("ngbo-4712") == {NAME}
    assert "Canvas marks this as late" in str(line(told, "liada-4711"))
    (tables.submitted / "liada-4711" / LESSON / "timestamp.txt").write_text("2026-12-01 10:00 UTC")
    tables.collect({"lab.zip": packed(files)})
    assert tables.files("liada-4711") >= {NAME, "timestamp.txt"}
    assert tables.file("liada-4711", "timestamp.txt") == "2026-12-01 10:00 UTC"


def test_a_platforms_clock_is_read_where_the_settings_say_it_is(tables):
    from zoneinfo import ZoneInfo

    tables.zone = ZoneInfo("Europe/Berlin")
    tables.collect({"g.zip": packed({blackboard("Lab", "ada", NOON, NAME): work()})})
    assert tables.file("ada", "timestamp.txt") == "2026-11-20 12:30:00 UTC\n"


# --- What somebody wrote by hand.

FIRST = {moodle("Ada", 7, NAME): work("twice", by="first"), moodle("Ada", 7, "helper.py"): "one"}
SECOND = {moodle("Ada", 7, NAME): work("twice", by="second"), moodle("Ada", 7, "helper.py"): "two"}


def by_hand(tables: Tables, name: str):
    return tables.submitted / "Ada-7" / LESSON / name


def test_a_newer_download_replaces_an_older_one_and_says_so(tables):
    tables.collect({"lab.zip": packed(FIRST)})
    told = tables.collect({"lab.zip": packed(SECOND)})
    assert "# second" in tables.notebook("Ada-7")
    assert tables.file("Ada-7", "helper.py") == "two"
    assert line(told, "Ada-7").status == "changed"
    assert line(tables.collect({"lab.zip": packed(SECOND)}), "Ada-7").status == "same"


def test_without_force_nothing_is_replaced(tables):
    tables.collect({"lab.zip": packed(FIRST)})
    told = tables.collect({"lab.zip": packed(SECOND)}, replace=False)
    assert "# first" in tables.notebook("Ada-7")
    assert "add --force" in str(line(told, "Ada-7"))


@pytest.mark.parametrize("again", [FIRST, SECOND])
def test_a_notebook_that_was_mended_by_hand_stays(tables, again):
    tables.collect({"lab.zip": packed(FIRST)})
    by_hand(tables, NAME).write_text("mended")
    told = tables.collect({"lab.zip": packed(again)})
    assert tables.notebook("Ada-7") == "mended"
    assert tables.file("Ada-7", "helper.py") == "one"
    assert f"{NAME} was changed by hand, so it stays" in str(line(told, "Ada-7"))
    by_hand(tables, NAME).unlink()  # as the sentence says
    tables.collect({"lab.zip": packed(SECOND)})
    assert "# second" in tables.notebook("Ada-7")


def test_what_was_put_there_by_hand_before_anything_was_collected_stays(tables):
    by_hand(tables, NAME).parent.mkdir(parents=True)
    by_hand(tables, NAME).write_text("mine")
    told = tables.collect({"lab.zip": packed(FIRST)})
    assert tables.notebook("Ada-7") == "mine"
    assert "was put there by hand, so it stays, although" in str(line(told, "Ada-7"))


def test_a_timestamp_and_a_helper_written_by_hand_survive_a_newer_notebook(tables):
    tables.collect({"lab.zip": packed(FIRST)})
    by_hand(tables, "timestamp.txt").write_text("2026-12-01 13:30:00 Europe/Berlin")
    by_hand(tables, "helper.py").write_text("mended")
    by_hand(tables, "extra.csv").write_text("1,2")
    told = tables.collect({"lab.zip": packed(SECOND)})
    assert "# second" in tables.notebook("Ada-7")
    assert tables.file("Ada-7", "timestamp.txt") == "2026-12-01 13:30:00 Europe/Berlin"
    assert tables.file("Ada-7", "helper.py") == "mended"
    assert tables.file("Ada-7", "extra.csv") == "1,2"
    assert "timestamp.txt was written by hand, so it stays" in str(line(told, "Ada-7"))


def test_a_file_that_was_removed_by_hand_stays_away(tables):
    tables.collect({"lab.zip": packed(FIRST)})
    by_hand(tables, "helper.py").unlink()
    for _ in range(2):
        tables.collect({"lab.zip": packed(FIRST)})
        assert tables.files("Ada-7") == {NAME}


def test_a_full_disk_changes_nothing(tables, monkeypatch):
    from convolab.grading.intake import place_files

    tables.collect({"lab.zip": packed(FIRST)})

    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place_files.shutil, "copyfile", full)
    told = tables.collect({"lab.zip": packed({**SECOND, moodle("Bo", 8, NAME): work()})})
    assert "# first" in tables.notebook("Ada-7")
    assert "No space left on device" in str(line(told, "Ada-7"))
    assert [p.name for p in (tables.submitted / "Ada-7").iterdir()] == [LESSON]
    assert not (tables.submitted / "Bo-8").exists()
