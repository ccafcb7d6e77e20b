"""The teacher's journey: release, collect, grade, tell the students, export, look at it."""

import csv
import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from formgrader_page import PATIENCE, enter, open_submission
from playwright.sync_api import expect

from convolab.exercises.load import load_exercises
from convolab.grading.demo.demo_class import demo_class, notebook
from convolab.grading.desk import open_desk
from convolab.grading.gradebook import gradebook

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="sends the signals of POSIX systems"),
]

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_convolution_1d"
PROGRAMS = Path(sysconfig.get_path("scripts"))
BARE = {"PATH": "/usr/bin:/bin", "COLUMNS": "100"}


def desk_in(folder: Path, lesson: str = LESSON) -> Path:
    """A copy of the course with one lesson, whose gradebook and submissions a test may change."""
    for part in (
        "pyproject.toml", "nbgrader_config.py", "autograde/nbgrader_config.py",
        f"autograde/exercises/{lesson}", f"solutions/{lesson}/{lesson}.ipynb",
        f"notebooks/{lesson}/{lesson}.ipynb",
    ):  # fmt: skip
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    return folder


def run(*command: str, course: Path, status: int = 0, **more: str) -> str:
    """Run a command at the course's root as a teacher does, with a bare environment in which
    nothing of this one can be found by its name alone."""
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=course,
        env={**BARE, "HOME": str(course.parent), "TMPDIR": str(course.parent), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,  # a busy machine is slow, and only one that hangs is wrong
    )
    assert done.returncode == status, done.stdout[-4000:]
    return done.stdout


def hand_in(course: Path, student: str, text: str, lesson: str = LESSON) -> None:
    path = course / "autograde" / "submitted" / student / lesson / f"{lesson}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def answers(course: Path, lesson: str = LESSON) -> dict[str, str]:
    """Notebooks to hand in, by the demo's student."""
    desk = open_desk(course).at(lesson)
    released = nbformat.read(course / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    students = demo_class(
        nbformat.read(desk.master(), as_version=4),
        load_exercises(course / "autograde" / "exercises" / lesson),
        list(desk.points()),
    )
    return {student.name: nbformat.writes(notebook(released, student)) for student in students}


def with_a_cell_twice(text: str) -> str:
    """A notebook in which the first answer and its check are pasted once more at the end."""
    work = nbformat.reads(text, as_version=4)
    for name in ("convolve_at", "test_convolve_at"):
        twins = [c for c in work.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name]
        work.cells.append(nbformat.from_dict({**twins[0], "id": f"pasted-{name}"}))
    return nbformat.writes(work)


def points(course: Path) -> dict[str, float]:
    standings = gradebook.standings(open_desk(course).at(LESSON))
    return {student: standing.score for student, standing in standings.items()}


def test_from_a_released_notebook_to_grades_with_stock_nbgrader(tmp_path, jupyter_lab, browser):
    course = desk_in(tmp_path / "course")
    released = course / "notebooks" / LESSON / f"{LESSON}.ipynb"

    # Release: nbgrader's own command gives the notebook that is committed.
    run("nbgrader", "generate_assignment", LESSON, "--force", course=course)
    assert released.read_bytes() == (ROOT / released.relative_to(course)).read_bytes()

    # Collect: one right, with a cell pasted twice, one mistaken, one broken.
    work = answers(course)
    hand_in(course, "ada", with_a_cell_twice(work["ada"]))
    hand_in(course, "carl", work["carl"])
    hand_in(course, "zoe", work["ada"][:1000])

    # A student may validate it: the hint of the check shows.
    submitted = f"autograde/submitted/carl/{LESSON}/{LESSON}.ipynb"
    assert "Your kernel is laid on the way it is" in run(
        "nbgrader", "validate", submitted, course=course
    )

    # Grade: the broken one is named and the others are graded.
    log = run("nbgrader", "autograde", LESSON, course=course, status=1)
    assert "error processing assignment '01_convolution_1d' for student 'zoe'" in log
    assert points(course) == pytest.approx({"ada": 14, "carl": 9.2, "zoe": 0})

    # Tell the students: the page shows the report with its hint, and no hidden case.
    run("nbgrader", "generate_feedback", LESSON, course=course)
    page = course / "autograde" / "feedback" / "carl" / LESSON / f"{LESSON}.html"
    assert "Your kernel is laid on the way it is written" in page.read_text()

    # Export.
    run("nbgrader", "export", course=course)
    with (course / "autograde" / "results" / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert (rows["carl"]["score"], rows["carl"]["max_score"]) == ("9.2", "14.0")

    # Look at it: formgrader in a real browser, and its button grades what came late.
    hand_in(course, "gus", work["gus"])
    lab = jupyter_lab(course, role="teacher")
    tab = browser.new_page()
    tab.goto(f"{lab.server}/formgrader/manage_assignments")
    expect(tab.get_by_role("link", name=LESSON, exact=True)).to_be_visible()
    tab.goto(f"{lab.server}/formgrader/manage_submissions/{LESSON}")
    row = tab.locator("tr", has=tab.locator("td.student-id", has_text="gus"))
    expect(row).to_contain_text("needs autograding")
    row.locator("td.autograde a").click()
    expect(tab.locator("#success-modal, .modal.in").first).to_contain_text(
        "Successfully", timeout=PATIENCE
    )
    assert points(course)["gus"] == 8
    tab.goto(f"{lab.server}/formgrader/manage_students/carl/{LESSON}")
    expect(tab.get_by_role("link", name=LESSON).last).to_be_visible()
    expect(tab.locator("body")).to_contain_text("9.2 / 14")

    # One submission as the teacher reads it: the report of a check with its reason, and a comment
    # and points by hand, which the student is then told.
    with open_desk(course).gradebook() as book:
        opened = book.find_submission_notebook(LESSON, LESSON, "carl").id
    tab.close()
    tab = open_submission(browser, lab.server, opened)
    expect(tab.get_by_text("Your kernel is laid on the way it is written").first).to_be_visible()
    enter(tab.locator("textarea.comment").first, "Close: turn it round.")
    enter(tab.locator("input.score").first, "1")
    tab.close()
    assert points(course)["carl"] == pytest.approx(10.2)
    run("nbgrader", "generate_feedback", LESSON, "--student", "carl", "--force", course=course)
    assert "Close: turn it round." in page.read_text()
    assert "Your teacher set these points." in page.read_text()


def test_from_submissions_to_a_class_report_with_convolab(tmp_path):
    course = desk_in(tmp_path / "course")
    work = answers(course)
    for student in ("ada", "emil"):
        hand_in(course, student, work[student])
    hand_in(course, "zoe", "")
    target, scratch = tmp_path / "grades.json", tmp_path / "scratch"
    scratch.mkdir()

    table = run(
        "convolab", "grade", "01", "--json", str(target),
        course=course, status=3, TMPDIR=str(scratch),
    )  # fmt: skip
    assert "zoe" in table
    assert f"{LESSON}.ipynb is empty" in table
    result = json.loads(target.read_text())
    assert {s: entry["score"] for s, entry in result["students"].items()} == {
        "ada": 14, "emil": 13.25, "zoe": 0,
    }  # fmt: skip
    assert points(course) == pytest.approx({"ada": 14, "emil": 13.25})
    # Hidden cases are gone with the command that drew them.
    assert [path.name for path in scratch.iterdir() if "convolab" in path.name] == []

    # nbgrader's own commands go on from there.
    run("nbgrader", "generate_feedback", LESSON, course=course)
    assert (course / "autograde" / "feedback" / "emil" / LESSON / f"{LESSON}.html").is_file()

    printed = run("convolab", "report", "01", course=course)
    page = course / "autograde" / "results" / f"{LESSON}.html"
    assert str(page.name) in printed.replace("\n", "")
    assert "convolution read backwards" in page.read_text()
    assert "2 students" in page.read_text()


OWNED = "window.owned = (window.owned || 0) + 1"


def with_scripts(text: str) -> str:
    """A notebook that tries to run a script wherever a page could take one."""
    work = nbformat.reads(text, as_version=4)
    picture = f'<img src="x" onerror="{OWNED}"><svg onload="{OWNED}"></svg>'
    script = f"<script>{OWNED}</script>{picture}"
    source = f"from IPython.display import HTML, Javascript, display\ndisplay(HTML({script!r}))\n"
    source += f"display(Javascript({OWNED!r}))\nprint({script!r})\nHTML({script!r})"
    links = f"[a](javascript:{OWNED.replace(' ', '')}) $\\href{{javascript:alert(1)}}{{x}}$"
    work.cells[1:1] = [
        nbformat.v4.new_markdown_cell(f"Mine: {script}\n\n```\n{script}", id="words"),
        nbformat.v4.new_markdown_cell(links, id="links"),
        nbformat.v4.new_raw_cell(script, id="raw", metadata={"format": "text/html"}),
        nbformat.v4.new_code_cell(source, id="code"),
        nbformat.v4.new_code_cell(f"raise ValueError({script!r})", id="error"),
    ]
    work.metadata["title"] = f"</title>{script}"
    work.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"a": f"</script>{script}"}}
    }
    return nbformat.writes(work)


def test_what_a_student_writes_never_runs_on_a_teachers_page(tmp_path, bwrap, jupyter_lab, browser):
    lesson = "00_start_here"
    course = desk_in(tmp_path / "course", lesson)
    hand_in(course, "mallory", with_scripts(answers(course, lesson)["ada"]), lesson)
    run("convolab", "grade", "00", course=course)
    run("nbgrader", "generate_feedback", lesson, course=course)
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        opened = book.find_submission_notebook(lesson, lesson, "mallory").id

    lab = jupyter_lab(course, role="teacher")
    page = course / "autograde" / "feedback" / "mallory" / lesson / f"{lesson}.html"
    for address in (page.as_uri(), f"{lab.server}/formgrader/submissions/{opened}/"):
        tab = browser.new_page()
        tab.goto(address)
        expect(tab.locator("body")).to_contain_text("window.owned")  # there, as text
        for link in tab.locator("a").all():
            assert "script:" not in (link.get_attribute("href") or "")
        tab.wait_for_timeout(1500)
        assert tab.evaluate("window.owned") is None
        tab.close()


def test_settings_that_raise_grade_nothing_with_stock_nbgrader(tmp_path):
    lesson = "00_start_here"
    course = desk_in(tmp_path / "course", lesson)
    hand_in(course, "ada", answers(course, lesson)["ada"], lesson)
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\n1 / 0\n")
    run("nbgrader", "autograde", lesson, course=course, status=1)
    assert not (course / "autograde" / "autograded").exists()
    assert not (course / "autograded").exists()


def test_the_demo_gives_the_right_verdict_on_all_eight(tmp_path):
    before = sorted(path for path in (ROOT / "autograde").rglob("*") if path.suffix != ".pyc")
    home = tmp_path / "class"
    printed = run(
        "convolab", "demo", "01", "--keep", str(home),
        course=ROOT, HOME=str(tmp_path), TMPDIR=str(tmp_path),
    )  # fmt: skip
    assert "All 8 verdicts are as expected" in printed
    assert (home / "autograde" / "results" / f"{LESSON}.html").is_file()
    assert len(list((home / "autograde" / "feedback").rglob("*.html"))) == 8
    assert sorted(p for p in (ROOT / "autograde").rglob("*") if p.suffix != ".pyc") == before
