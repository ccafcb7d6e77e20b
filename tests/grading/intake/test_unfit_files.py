"""What lies in a student's folder costs at most that student, and a sentence says what to do."""

import os
import socket

import pytest

from convolab.grading.desk import open_desk
from convolab.grading.intake.submissions import find
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in


def problem(course):
    return find(open_desk(course).at(LESSON)).submissions[0].problem


@pytest.fixture
def folder(course):
    return hand_in(course, "ada", filled(RIGHT)).parent


def fifo(folder):
    os.mkfifo(folder / "pipe")


def unix_socket(folder):
    before = os.getcwd()
    os.chdir(folder)  # the name of a socket may not be long
    try:
        socket.socket(socket.AF_UNIX).bind("socket")
    finally:
        os.chdir(before)


def soft_link(folder):
    os.symlink("/etc/passwd", os.fsencode(str(folder)) + b"/\xff\xfe")


def hard_link(folder):
    exercises = folder.parents[2] / "exercises" / LESSON / "twice.py"
    os.link(exercises, folder / "mine.py")


def sparse(folder):
    with (folder / "big").open("wb") as file:
        file.truncate(1 << 40)


def many_large(folder):
    for number in range(3):
        with (folder / f"big{number}").open("wb") as file:
            file.truncate(40_000_000)


def many(folder):
    for number in range(2_001):
        (folder / str(number)).touch()


def deep(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(45):  # longer than any path may be
            os.mkdir("x" * 100)
            os.chdir("x" * 100)
    finally:
        os.chdir(before)


def a_folder_for_a_notebook(folder):
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / f"{LESSON}.ipynb").mkdir()


def a_folder_for_a_time(folder):
    (folder / "timestamp.txt").mkdir()


def a_long_time(folder):
    (folder / "timestamp.txt").write_text("1 " * 1_000_000)


def an_empty_time(folder):
    (folder / "timestamp.txt").touch()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (fifo, "pipe is neither a file nor a folder"),
        (unix_socket, "socket is neither a file nor a folder"),
        (soft_link, "is a link"),
        (hard_link, "mine.py is a link"),
        (sparse, "more than 100 MB"),
        (many_large, "more than 100 MB"),
        (many, "more than 2000 files"),
        (deep, "more than 20 deep"),
        (a_folder_for_a_notebook, "is a folder"),
        (a_folder_for_a_time, "does not hold a time"),
        (a_long_time, "does not hold a time"),
        (an_empty_time, "does not hold a time"),
    ],
    ids=lambda value: getattr(value, "__name__", "-"),
)
def test_it_is_refused_with_a_sentence(course, folder, make, says):
    make(folder)
    assert says in problem(course)
    assert problem(course).endswith(".")


@pytest.mark.parametrize(
    "name", ["ä b", "a\nb", "\x1b[31m", "[/bold]", "%s", "x" * 250, b"\xff\xfe.txt", "a/b/c/d"]
)
def test_odd_names_are_taken(course, folder, name):
    path = os.path.join(os.fsencode(folder), os.fsencode(name))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("x")
    assert problem(course) is None
