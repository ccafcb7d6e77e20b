"""Which folder the course is in: a clone, a student's kit, or a folder that a wheel fills."""

from pathlib import Path

import pytest

from convolab import course
from convolab.problem import Problem
from convolab.work import bring_lessons

LESSON = Path("00_start_here", "00_start_here.ipynb")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and a package that was installed from a wheel."""
    folder = tmp_path / "here"
    folder.mkdir()
    write(tmp_path / "package" / "_notebooks" / LESSON)
    monkeypatch.setattr(course, "_PACKAGE", tmp_path / "package")
    monkeypatch.setattr(course, "_IN_WHEEL", tmp_path / "package" / "_notebooks")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str = "as released") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_empty_folder_becomes_the_courses(here):
    assert course.root() == here
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    "left",
    [".DS_Store", ".venv/pyvenv.cfg", "env/pyvenv.cfg", "convolab-1.0-py3-none-any.whl"],
)
def test_what_installing_leaves_in_a_folder_does_not_count(here, left):
    write(here / left)
    assert course.root() == here


@pytest.mark.parametrize("other", ["letter.txt", "work/invoices.csv", "env/notes.txt", "a/b/c"])
def test_among_other_things_the_course_gets_a_folder_of_its_own(here, other):
    write(here / other)
    assert course.root() == here / "convolution-lab"
    bring_lessons(course.root())
    assert sorted(path.name for path in here.iterdir()) == sorted(
        [Path(other).parts[0], "convolution-lab"]
    )


def test_even_an_empty_home_gets_a_folder_for_the_course(here, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(here))
    assert course.root() == here / "convolution-lab"


@pytest.mark.parametrize("other", ["", "letter.txt"])
@pytest.mark.parametrize("inside", ["", "work", "work/00_start_here"])
def test_the_next_start_finds_the_same_work(here, monkeypatch, other, inside):
    if other:
        write(here / other)
    first = course.root()
    bring_lessons(first)
    write(first / "work" / LESSON, "mine")
    assert course.root() == first
    monkeypatch.chdir(first / inside)
    assert course.root() == first
    assert bring_lessons(course.root()) == []
    assert (first / "work" / LESSON).read_text() == "mine"


def test_work_is_found_even_if_its_hidden_record_was_not_copied(here):
    write(here / "letter.txt")
    write(here / "work" / LESSON)
    assert course.root() == here


def test_a_network_trained_before_the_first_start_does_not_move_the_course(here):
    write(here / "work" / "trained" / "weights.npz")
    assert course.root() == here


def test_a_newer_wheel_lays_its_lesson_beside_saved_work(here):
    bring_lessons(here)
    write(here / "work" / LESSON, "mine")
    write(course.releases(here) / LESSON, "released later")
    (sentence,) = bring_lessons(here)
    assert "00_start_here_newer.ipynb" in sentence
    assert (here / "work" / LESSON).read_text() == "mine"


@pytest.mark.parametrize("written", [f"notebooks/{LESSON}", "lessons/00_start_here.py"])
def test_a_clone_or_a_kit_uses_its_own_notebooks_and_not_the_wheels(here, monkeypatch, written):
    write(here / "pyproject.toml")
    write(here / written)
    (here / "data").mkdir()
    monkeypatch.chdir(here / "data")
    assert course.root() == here
    assert course.releases(here) == here / "notebooks"


def test_another_project_with_notebooks_is_not_taken_for_the_course(here):
    write(here / "pyproject.toml")
    write(here / "notebooks" / "explore.ipynb")
    write(here / "notebooks" / "01_clean" / "clean.ipynb")
    assert course.root() == here / "convolution-lab"
    bring_lessons(course.root())
    assert not (here / "work").exists()


def test_a_kit_unpacked_in_the_current_folder_is_found(here):
    write(here / "convolution-lab.zip")
    write(here / "convolution-lab" / "pyproject.toml")
    write(here / "convolution-lab" / "notebooks" / LESSON)
    assert course.root() == here / "convolution-lab"
    assert course.releases(course.root()) == here / "convolution-lab" / "notebooks"


def test_the_lessons_of_a_learners_folder_are_those_of_the_wheel(here):
    assert course.lessons(here) == ["00_start_here"]
    assert course.find_lesson(here, "00") == "00_start_here"


def test_a_folder_that_was_deleted_is_one_sentence(here):
    here.rmdir()
    with pytest.raises(Problem, match="change to another one"):
        course.root()


def test_a_folder_that_cannot_be_filled_is_one_sentence_with_a_way_out(here):
    write(here / "convolution-lab", "a file in the way")
    with pytest.raises(Problem, match="change to a folder of your own and start there"):
        bring_lessons(course.root())


@pytest.mark.parametrize(
    ("holds", "says"),
    [
        ([], "does not contain it"),
        (["pyproject.toml", f"notebooks/{LESSON}"], "is a student's kit"),
    ],
)
def test_what_only_the_whole_course_can_do_says_how_to_get_it(here, holds, says):
    for name in holds:
        write(here / name)
    with pytest.raises(Problem, match=rf"{says}: clone the course's repository with git"):
        course.require_whole(here)


def test_a_clone_is_the_whole_course():
    course.require_whole(Path(__file__).resolve().parents[2])


def test_without_a_wheel_and_without_a_course_it_is_one_sentence(here, monkeypatch, tmp_path):
    monkeypatch.setattr(course, "_IN_WHEEL", tmp_path / "missing")
    write(here / "work" / LESSON)
    with pytest.raises(Problem, match="There is no course in"):
        course.root()
