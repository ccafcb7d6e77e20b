"""The wheels for the browser hold what they should, and Python takes them."""

import base64
import csv
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from convolab.problem import Problem
from convolab.site.wheels import course_wheel, installed_wheel

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    return course_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


def test_the_course_s_wheel_has_the_data_and_nothing_of_the_teacher_s(course):
    inside = names(course)
    assert "convolab/_data/digits.npz" in inside
    teacher = ("convolab/grading/", "convolab/authoring/", "convolab/exercises/", "convolab/site/")
    assert [name for name in inside if name.startswith(teacher)] == []


def test_a_check_works_from_the_course_s_wheel_alone(course, tmp_path):
    zipfile.ZipFile(course).extractall(tmp_path / "packages")
    code = (
        "import convolab, convolab.data; from convolab.check import check\n"
        f"assert convolab.__file__.startswith({str(tmp_path)!r}), convolab.__file__\n"
        "import numpy\n"
        "def double(numbers): return 2 * numpy.asarray(numbers)\n"
        "print(check('double'), convolab.data.digits()[0].shape)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "packages"), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert "double: Right" in run.stdout, run.stderr
    assert "(1797, 8, 8)" in run.stdout, run.stderr


def test_a_compiled_package_becomes_a_pure_one(tmp_path):
    wheel = installed_wheel("psygnal", tmp_path)
    assert [name for name in names(wheel) if name.endswith((".so", ".pyd", ".pyc"))] == []
    code = "import psygnal; assert psygnal.__file__.startswith({!r}); psygnal.Signal(int)"
    environment = {"PYTHONPATH": str(wheel), "PATH": ""}
    subprocess.run([sys.executable, "-c", code.format(str(wheel))], env=environment, check=True)


def test_the_record_names_every_file_with_its_hash(course):
    with zipfile.ZipFile(course) as wheel:
        (record,) = [name for name in wheel.namelist() if name.endswith("/RECORD")]
        rows = list(csv.reader(wheel.read(record).decode().splitlines()))
        assert {row[0] for row in rows} == set(wheel.namelist())
        for name, said, size in rows:
            if name != record:
                digest = hashlib.sha256(wheel.read(name)).digest()
                assert said == "sha256=" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
                assert int(size) == len(wheel.read(name))


def test_the_same_course_gives_the_same_wheel(course, tmp_path):
    assert course_wheel(ROOT, tmp_path).read_bytes() == course.read_bytes()


def test_a_package_that_is_missing_is_one_sentence(tmp_path):
    with pytest.raises(Problem, match="needs the package no-such-package"):
        installed_wheel("no-such-package", tmp_path)
