"""What is built to be installed holds all that the package needs at run time."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USE = """
import convolab, convolab.data, convolab.figures
from convolab.check import cases
assert convolab.__file__.startswith({place!r}), convolab.__file__
assert convolab.data.hopper().shape == (256, 256)
assert len(convolab.data.digits()[0]) == 1797
convolab.figures.SlidingKernel1D()
"""


@pytest.mark.journey
def test_a_wheel_works_without_the_repository(tmp_path):
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed: `python -m pip install uv`.")
    build = [uv, "build", "--wheel", "-q", "--python", sys.executable, "-o", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as files:
        files.extractall(place)
        names = set(files.namelist())
    assert {name.split("/")[0] for name in names} == {"convolab", f"{wheel.name[:14]}.dist-info"}
    for folder in ("cases", "figures", "check"):
        for path in (ROOT / "convolab" / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "data").iterdir():
        if path.suffix not in {".py", ""} and not path.name.startswith("."):
            assert f"convolab/_data/{path.name}" in names
    subprocess.run(
        [sys.executable, "-c", USE.format(place=str(place))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(place)},
        check=True,
    )
