"""What is missing or wrong before a site can be built is one sentence, and nothing is lost."""

import json

import pytest

from convolab.problem import Problem
from convolab.site import front_ends
from convolab.site.runtime import copy_packages
from convolab.site.versions import FROM_PYODIDE, FrontEnd
from convolab.site.whole_site import MARK, require_free

PACKAGE = FrontEnd("@some/package", "1.2.3", "0" * 64)


def test_a_computer_without_npm_is_told_the_two_ways_out(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(Problem, match=r"install Node.js with npm, or run .* --front-ends DIR"):
        front_ends.fetch(PACKAGE)


def test_an_archive_that_is_not_in_the_named_folder_is_named(tmp_path):
    with pytest.raises(Problem, match=r"some-package-1\.2\.3\.tgz is missing: run  npm pack"):
        front_ends.fetch(PACKAGE, tmp_path)


def test_an_archive_with_other_bytes_is_not_used(tmp_path):
    (tmp_path / PACKAGE.archive).write_bytes(b"something else")
    with pytest.raises(Problem, match="is not the file that was tried"):
        front_ends.fetch(PACKAGE, tmp_path)


def test_a_npm_that_fails_says_what_it_said(tmp_path, monkeypatch):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho no such host >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(Problem, match=r"\(no such host\): check the network"):
        front_ends.fetch(PACKAGE)


LOCK = {
    name: {"file_name": f"{name}.whl", "sha256": "0" * 64, "depends": []} for name in FROM_PYODIDE
}


def test_a_folder_for_pyodide_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(Problem, match="There is no folder"):
        copy_packages(tmp_path / "nowhere", tmp_path, LOCK)


def test_a_folder_that_lacks_packages_says_how_many(tmp_path):
    with pytest.raises(Problem, match=f"lacks {len(LOCK)} of Pyodide"):
        copy_packages(tmp_path, tmp_path, LOCK)


def test_a_package_with_other_bytes_than_the_official_lock_names_is_not_used(tmp_path):
    for package in LOCK.values():
        (tmp_path / package["file_name"]).write_bytes(b"something else")
    (tmp_path / "site").mkdir()
    with pytest.raises(Problem, match="its SHA-256 differs"):
        copy_packages(tmp_path, tmp_path / "site", LOCK)


def test_a_folder_with_somebodys_files_is_not_replaced(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match="name another folder"):
        require_free(tmp_path)


def test_an_older_site_an_empty_folder_and_none_may_be_replaced(tmp_path):
    require_free(tmp_path)
    require_free(tmp_path / "new")
    (tmp_path / MARK).write_text(json.dumps({}))
    (tmp_path / "index.html").touch()
    require_free(tmp_path)
