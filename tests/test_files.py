"""A file is there in full, or as it was before."""

import os
import stat

import pytest

from convolab import files
from convolab.files import whole, write_together, write_whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_text_is_utf8_with_plain_line_ends_whatever_is_in_it(tmp_path):
    write_whole(tmp_path / "new" / "a.txt", "é\n\ud83d\n")
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"\xc3\xa9\n?\n"


def test_everybody_may_read_it(tmp_path):
    write_whole(tmp_path / "a", b"1")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def interrupted(path):
    with whole(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_what_fails_on_the_way_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        interrupted(path)
    assert path.read_text() == "before"
    assert names(tmp_path) == ["a"]


def test_several_are_written_before_any_takes_its_place(tmp_path):
    (tmp_path / "a").write_text("before")
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file/b"):
        write_together({tmp_path / "a": b"after", tmp_path / "file" / "b": b"after"})
    assert (tmp_path / "a").read_text() == "before"
    assert names(tmp_path) == ["a", "file"]


def test_an_error_names_the_file_that_was_meant(tmp_path, monkeypatch):
    def refuse(part, path):
        raise PermissionError(13, "Permission denied", part, 0, path)

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(PermissionError) as told:
        write_whole(tmp_path / "a.json", "{}")
    assert told.value.filename == str(tmp_path / "a.json")
    assert names(tmp_path) == []


def test_a_link_stays_one(tmp_path):
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", "1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "1"


def test_a_folder_in_the_way_is_refused_and_a_device_takes_what_comes(tmp_path):
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, "1")
    write_whole(os.devnull, "1")


def test_a_long_name_has_room_for_the_part(tmp_path):
    write_whole(tmp_path / ("ü" * 120), "1")
