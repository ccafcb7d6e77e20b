"""Pictures that are uploaded or taken are kept under free names, or refused with a reason."""

import io
import sys

import numpy as np
import pytest
from PIL import Image

from convolab.data.keep_picture import class_name, keep_picture
from convolab.data.picture_file import NoPicture


def png(seed: int = 0) -> bytes:
    made = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(made, "PNG")
    return made.getvalue()


def test_a_picture_is_kept_to_the_byte_in_the_folder_of_its_class(tmp_path):
    path = keep_picture(tmp_path / "mine", "cat", "tom.png", png())
    assert path == tmp_path / "mine" / "cat" / "tom.png"
    assert path.read_bytes() == png()


def test_nothing_is_overwritten_and_the_same_picture_is_there_once(tmp_path):
    kept = [keep_picture(tmp_path, "cat", "tom.png", png(n)).name for n in (0, 1, 0, 2, 1)]
    assert kept == ["tom.png", "tom_2.png", "tom.png", "tom_3.png", "tom_2.png"]
    assert len(list((tmp_path / "cat").iterdir())) == 3


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\tom.jpg", "tom.jpg"),
        ("", "picture"),
        ("...", "picture"),
        (".hidden.png", "hidden.png"),
        ("con.png", "picture_con.png"),
        ("a:b?.png", "a_b_.png"),
        ("мурка.png", "мурка.png"),
        ("e\u0301.png", "é.png"),
        ("x" * 300 + ".png", "x" * 60 + ".png"),
        ("犬" * 100 + ".jpeg", "犬" * 60 + ".jpeg"),
        ("a\0b\n.png", "a_b_.png"),
        ("\ud800.png", "_.png"),
    ],
)
def test_whatever_a_file_is_called_it_is_kept_in_its_folder(tmp_path, name, kept):
    path = keep_picture(tmp_path, "cat", name, png())
    assert (path.parent, path.name) == (tmp_path / "cat", kept)


@pytest.mark.parametrize("content", [b"", b"text", png()[:60]])
def test_what_is_no_picture_is_refused_and_leaves_nothing(tmp_path, content):
    with pytest.raises(NoPicture):
        keep_picture(tmp_path / "mine", "cat", "a.png", content)
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "cat").write_bytes(b"a file in its place")
    with pytest.raises(NoPicture, match=r"cannot be kept in .*cat"):
        keep_picture(tmp_path, "cat", "a.png", png())


def test_a_full_disk_leaves_no_half_picture(tmp_path, monkeypatch):
    class Full(io.BytesIO):
        def write(self, content):
            raise OSError(28, "No space left on device")

    opened = type(tmp_path).open
    monkeypatch.setattr(
        type(tmp_path), "open", lambda self, mode="r": opened(self, mode).close() or Full()
    )
    with pytest.raises(NoPicture, match="No space left on device"):
        keep_picture(tmp_path, "cat", "a.png", png())
    assert list((tmp_path / "cat").iterdir()) == []


@pytest.mark.parametrize("name", ["cat", "Tasse ☕", "犬", "  a   b ", "e\u0301", "x" * 60])
def test_a_class_can_be_called_anything_that_a_folder_can_be_called(tmp_path, name):
    (tmp_path / class_name(name)).mkdir()
    assert class_name(class_name(name)) == class_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a/b", "a\\b", "..", ".cat", "cat.", "NUL", "x" * 61, "a\0", "a:b", "__MACOSX"],
)
def test_a_class_that_no_folder_can_be_called_is_refused(name):
    with pytest.raises(ValueError, match=r"class|folder"):
        class_name(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own letters")
def test_a_file_of_another_content_with_the_same_size_is_not_taken_for_the_same(tmp_path):
    bmp = [Image.new("L", (9, 9), shade) for shade in (1, 2)]
    contents = []
    for picture in bmp:
        made = io.BytesIO()
        picture.save(made, "BMP")
        contents.append(made.getvalue())
    assert len(contents[0]) == len(contents[1])
    first, second = (keep_picture(tmp_path, "cat", "a.bmp", content) for content in contents)
    assert first != second
