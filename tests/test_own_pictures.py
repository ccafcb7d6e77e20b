"""The learner's own pictures: a file of any kind is used as it should be, or left out and named."""

import io
import struct
import subprocess
import sys
import threading
import zlib

import numpy as np
import pytest
from PIL import Image

from convolab.data import Pictures, example_pictures, own_pictures
from convolab.data.picture_file import SIDE

RNG = np.random.default_rng(5)


def noise(width=20, height=12, mode="RGB"):
    """A picture of which no two are the same."""
    depth = {"L": 1, "RGB": 3, "CMYK": 4, "RGBA": 4, "LA": 2}[mode]
    pixels = RNG.integers(0, 256, (height, width, depth), dtype=np.uint8).squeeze()
    return Image.fromarray(pixels, mode)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder my_pictures beside a notebook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_pictures").mkdir()
    return tmp_path / "my_pictures"


def put(folder, name, picture=None, **how):
    """Save a picture (or bytes) under "class/name.png"."""
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    if isinstance(picture, bytes):
        path.write_bytes(picture)
    else:
        (picture or noise()).save(path, **how)
    return path


def png_of_size(width, height):
    """A PNG whose header says so, with next to nothing in it."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


# --- A folder as it should be.


def test_pictures_come_with_their_classes_and_names_in_order(folder):
    for name in ("dog/rex.png", "cat/tom.jpg", "cat/Anna.gif", "bird/b.webp"):
        put(folder, name)
    mine = own_pictures()
    assert mine.classes == ("bird", "cat", "dog")
    assert mine.names == ["bird/b.webp", "cat/Anna.gif", "cat/tom.jpg", "dog/rex.png"]
    assert mine.labels.tolist() == [0, 1, 1, 2]
    assert mine.labels.dtype == np.int64
    assert [image.shape for image in mine.images] == [(12, 20, 3)] * 4
    assert {image.dtype for image in mine.images} == {np.dtype(np.uint8)}
    assert len(mine) == 4
    assert mine.left_out == {}


def test_a_png_has_the_pixels_that_were_saved(folder):
    picture, grey = noise(), noise(mode="L")
    put(folder, "a/colour.png", picture)
    put(folder, "a/grey.png", grey)
    colour, greys = own_pictures().images
    np.testing.assert_array_equal(colour, np.asarray(picture))
    np.testing.assert_array_equal(greys, np.asarray(grey))
    assert greys.shape == (12, 20)


def test_pictures_in_folders_of_a_class_belong_to_the_class(folder):
    put(folder, "cat/2024/june/a.png")
    put(folder, "cat/b.png")
    put(folder, "dog/c.png")
    assert own_pictures().counts() == {"cat": 2, "dog": 1}


def test_names_in_any_alphabet_stay_as_they_are(folder):
    names = ["кот/мурка.png", "犬/ポチ.png", "قط/می‌خواهم.png", "chàt/é😀.png"]
    for name in names:
        put(folder, name)
    assert sorted(own_pictures().names) == sorted(names)


def test_a_letter_in_two_spellings_is_one_class(folder):
    put(folder, "chàt/a.png")
    put(folder, "cha\u0300t/b.png")
    assert own_pictures().counts() == {"chàt": 2}


def test_what_the_system_put_there_is_passed_over(folder):
    put(folder, "cat/a.png")
    put(folder, "dog/a.png")
    for name in (".DS_Store", "cat/.DS_Store", "cat/Thumbs.db", "dog/desktop.ini", "dog/._a.png"):
        put(folder, name, b"\0\0\0\1Bud1")
    put(folder, "__MACOSX/cat/a.png", b"x")
    put(folder, ".ipynb_checkpoints/a.png", b"x")
    mine = own_pictures()
    assert (len(mine), mine.left_out, mine.classes) == (2, {}, ("cat", "dog"))


# --- Nothing to read.


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "my_pictures has no folders in it"),
        (["a.png", "b.png"], "my_pictures has 2 files but no folders in it"),
        ([".DS_Store"], "my_pictures has no folders in it"),
    ],
)
def test_a_folder_without_classes_says_how_to_begin(folder, files, says):
    for name in files:
        put(folder, name, b"x") if name[0] == "." else put(folder, name)
    mine = own_pictures()
    assert not mine
    assert says in str(mine)
    assert "a folder for each class there (my_pictures/cat, my_pictures/dog)" in str(mine)
    assert set(mine.left_out) == {name for name in files if name[0] != "."}


def test_a_folder_that_is_not_there_is_no_error_and_the_drawings_can_stand_in(folder):
    mine = own_pictures("photographs") or example_pictures()
    assert "Make a folder photographs beside this notebook" in str(own_pictures("photographs"))
    assert mine.counts() == {"boat": 20, "dog": 20, "cat": 20, "bird": 20}
    assert "not your own pictures" in str(mine)
    assert {image.shape for image in mine.images} == {(32, 32, 3)}


def test_empty_classes_and_classes_of_one_picture_are_named(folder):
    (folder / "boat").mkdir()
    put(folder, "cat/a.png")
    text = str(own_pictures())
    assert "boat has no picture that can be used." in text
    assert "cat has only 1 picture" in text
    assert "All pictures are of one class, cat" in text


@pytest.mark.parametrize("each", [0, -1, 2.5, "a", True, None])
def test_a_number_of_examples_that_is_none_is_refused(each):
    with pytest.raises(ValueError, match="each must be a whole number from 1 on, got"):
        example_pictures(each)


@pytest.mark.parametrize("wrong", [None, 5, "", "  ", ["a"]])
def test_a_folder_that_is_no_name_is_refused(wrong):
    with pytest.raises(ValueError, match="name of a folder in quotes"):
        own_pictures(wrong)


@pytest.mark.parametrize("odd", ["a\0b", "x" * 5000, "file.txt"])
def test_a_folder_that_cannot_be_one_is_empty_with_a_sentence(folder, odd):
    (folder.parent / "file.txt").touch()
    mine = own_pictures(odd)
    assert not mine
    assert len(mine.notes) == 1


# --- Files that cannot be used are left out, each with its reason.

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50)
SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'
FILM = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2" + bytes(50)


def jpeg(**how):
    made = io.BytesIO()
    noise(300, 200).save(made, "JPEG", **how)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"hello, I am a text\n", "is not a picture"),
        (b"", "is empty"),
        (HEIC, "HEIC format, which cannot be read here: save it as JPEG"),
        (SVG, "SVG drawing"),
        (FILM, "is a film"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"PK\x03\x04" + bytes(40), "is a zip archive"),
        (jpeg()[:-900], "is damaged"),
        (jpeg()[:300], "is damaged"),
        (jpeg()[:2], "is not a picture"),
        (png_of_size(100, 100), "is damaged"),
        (png_of_size(1, 1), "has 1 × 1 pixels: 8 × 8 are the least"),
        (png_of_size(7, 100), "has 7 × 100 pixels"),
        (png_of_size(4000, 9), "too narrow"),
        (png_of_size(20_000, 20_000), "more than 178 million pixels"),
        (png_of_size(9_000, 9_000), "9,000 × 9,000 pixels, more than 50 million"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "is not a picture"),
        (b"GIF89a" + bytes(5), "is not a picture"),
        (b"BM" + bytes(60), "is"),
        (b"II*\0\x08\0\0\0" + b"\xff" * 40, "is"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_its_reason(folder, content, says):
    put(folder, "cat/bad.jpg", content)
    put(folder, "cat/good.png")
    mine = own_pictures()
    assert mine.names == ["cat/good.png"]
    assert says in mine.left_out["cat/bad.jpg"]
    assert f"cat/bad.jpg {mine.left_out['cat/bad.jpg']}" in mine.notes
    assert "1 picture in 1 class, 1 left out." in str(mine)


def test_many_files_with_one_fault_are_one_sentence_and_all_are_in_left_out(folder):
    for n in range(9):
        put(folder, f"cat/{n}.heic", HEIC + bytes([n]))
    put(folder, "cat/good.png")
    mine = own_pictures()
    assert len(mine.left_out) == 9
    assert mine.notes[0].startswith("cat/0.heic, cat/1.heic, cat/2.heic and 6 more: each is in the")


def test_a_picture_beside_the_folders_of_the_classes_is_named(folder):
    put(folder, "cat/a.png")
    put(folder, "lost.png")
    assert "lost.png is outside the folders of the classes" in str(own_pictures())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_file_that_may_not_be_read_is_named(folder, monkeypatch):
    path = put(folder, "cat/secret.png")
    put(folder, "cat/good.png")
    opened = type(path).open

    def refuse(self, *more):
        if self.name == "secret.png":
            raise PermissionError(13, "Permission denied")
        return opened(self, *more)

    monkeypatch.setattr(type(path), "open", refuse)  # root may read everything
    assert own_pictures().left_out == {"cat/secret.png": "cannot be opened (Permission denied)."}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_and_a_link_to_nowhere_stop_nothing(folder):
    import os

    put(folder, "cat/good.png")
    os.mkfifo(folder / "cat" / "pipe.png")
    (folder / "cat" / "gone.png").symlink_to("nowhere")
    done = []
    thread = threading.Thread(target=lambda: done.append(own_pictures()), daemon=True)
    thread.start()
    thread.join(20)
    assert done[0].left_out["cat/pipe.png"] == "is not a file."
    assert "No such file" in done[0].left_out["cat/gone.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs rights for links")
def test_a_link_to_a_folder_is_named_and_cannot_lead_in_a_circle(folder):
    put(folder, "cat/good.png")
    (folder / "cat" / "again").symlink_to(folder / "cat", target_is_directory=True)
    assert own_pictures().left_out == {
        "cat/again": "is a folder that cannot be looked into, or a link to one."
    }


def test_a_folder_of_a_class_that_cannot_be_looked_into_is_named(folder, monkeypatch):
    put(folder, "cat/good.png")
    put(folder, "dog/a.png")
    listed = type(folder).iterdir

    def refuse(self):
        if self.name == "dog":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(type(folder), "iterdir", refuse)  # root may read everything
    assert "dog is a folder that cannot be looked into" in str(own_pictures())


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "tif", "bmp", "avif", "jp2"])
def test_whatever_bytes_are_wrong_in_a_file_it_is_used_or_left_out(folder, ending):
    try:
        sound = put(folder, f"cat/sound.{ending}", noise(40, 30)).read_bytes()
    except (KeyError, OSError, ValueError):
        pytest.skip(f"this Pillow writes no {ending}")
    for n in range(25):
        broken = bytearray(sound)
        for place in RNG.integers(0, min(len(broken), 200 if n % 2 else len(broken)), 3):
            broken[place] = RNG.integers(256)
        put(folder, f"cat/{n}.{ending}", bytes(broken))
    mine = own_pictures()
    assert len(mine) + len(mine.left_out) == 26
    assert "cat/sound." + ending in mine.names


# --- The same file twice.


def test_the_same_file_in_two_classes_is_used_in_neither(folder):
    same = noise()
    put(folder, "cat/a.png", same)
    put(folder, "dog/b.png", same)
    put(folder, "dog/c.png")
    mine = own_pictures()
    assert mine.names == ["dog/c.png"]
    assert "cat/a.png and dog/b.png: each is the same file as one in another class" in str(mine)


def test_copies_within_a_class_are_used_once(folder):
    same = noise()
    for name in ("a", "b", "c"):
        put(folder, f"cat/{name}.png", same)
    mine = own_pictures()
    assert mine.names == ["cat/a.png"]
    assert "cat/b.png and cat/c.png: each is a copy" in str(mine)


# --- Pictures of every kind.


def test_a_big_photograph_is_reduced(folder):
    put(folder, "cat/a.jpg", Image.new("RGB", (6000, 9000), "green"))
    (image,) = own_pictures().images
    assert image.shape == (SIDE, 85, 3)
    assert np.abs(image.astype(int) - (0, 128, 0)).max() < 4


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux knows of a process")
def test_a_photograph_of_150_million_pixels_is_reduced_in_little_memory(folder):
    put(folder, "cat/a.jpg", Image.new("L", (15_000, 10_000), 99))
    code = (
        "from pathlib import Path\n"
        "from PIL import JpegImagePlugin\n"
        "from convolab.data import own_pictures\n"
        "def most():\n"
        "    return int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "before = most()\n"
        "print(own_pictures().images[0].shape, most() - before)"
    )
    said = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=folder.parent)
    shape, kilobytes = said.rsplit(" ", 1)
    assert shape == "(85, 128)"
    assert int(kilobytes) < 40_000


def test_a_progressive_photograph_that_would_be_decoded_whole_has_a_limit(folder):
    photograph = bytearray(jpeg(progressive=True))
    size = photograph.index(b"\xff\xc2") + 5
    photograph[size : size + 4] = struct.pack(">HH", 10_000, 15_000)
    put(folder, "cat/a.jpg", bytes(photograph))
    assert "15,000 × 10,000 pixels, more than 50 million" in str(own_pictures())


def test_cmyk_palettes_and_one_bit_become_colour_or_grey(folder):
    put(folder, "a/1.jpg", Image.new("CMYK", (16, 16), (0, 255, 255, 0)))
    put(folder, "a/2.tif", Image.new("CMYK", (16, 16), (0, 255, 255, 0)))
    put(folder, "a/3.png", Image.new("RGB", (16, 16), "red").quantize(4))
    put(folder, "a/4.png", Image.new("1", (16, 16), 1))
    put(folder, "a/5.tif", Image.new("LAB", (16, 16)))
    one, two, three, four, five = own_pictures().images
    for image in (one, two, three):
        assert image.shape == (16, 16, 3)
        assert np.abs(image.astype(int) - (255, 0, 0)).max() < 12
    assert four.shape == (16, 16)
    assert four.min() == 255
    assert five.shape == (16, 16, 3)


def test_sixteen_bits_and_floats_become_eight(folder):
    deep = np.linspace(0, 65_535, 256).astype(np.uint16).reshape(16, 16)
    put(folder, "a/1.png", Image.fromarray(deep))
    put(folder, "a/2.tif", Image.fromarray((deep / 65_535).astype(np.float32)))
    put(folder, "a/3.tif", Image.fromarray(deep.astype(np.int32)))
    put(folder, "a/4.png", Image.fromarray(deep // 256))  # dark, and stays dark
    *bright, dark = own_pictures().images
    for image in bright:
        np.testing.assert_array_equal(image, np.arange(256).reshape(16, 16))
    assert dark.max() == 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(folder, mode):
    clear = Image.new("RGBA" if mode == "P" else mode, (16, 16), 0)
    how = {}
    if mode == "P":
        clear, how = Image.new("P", (16, 16), 0), {"transparency": 0}
    put(folder, "a/clear.png", clear, **how)
    put(folder, "a/sheer.png", Image.new("RGBA", (16, 16), (255, 0, 0, 128)))
    image, sheer = own_pictures().images
    assert image.shape == ((16, 16) if mode == "LA" else (16, 16, 3))
    assert image.min() == 255
    assert sheer[0, 0].tolist() == [255, 127, 127]


@pytest.mark.parametrize("ending", ["gif", "png", "webp"])
def test_of_a_film_the_first_frame_is_used_and_that_is_said(folder, ending):
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue", "lime")]
    put(folder, f"a/moves.{ending}", frames[0], save_all=True, append_images=frames[1:])
    mine = own_pictures()
    assert mine.images[0][8, 8].argmax() == 0
    assert f"a/moves.{ending} moves: only its first frame is used." in mine.notes


def test_of_several_pages_the_first_is_used(folder):
    pages = [noise(), noise()]
    put(folder, "a/scan.tif", pages[0], save_all=True, append_images=pages[1:])
    assert "a/scan.tif has several pages: only the first is used." in own_pictures().notes


@pytest.mark.parametrize("mode", ["RGB", "L", "I;16", "CMYK"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_says(folder, orientation, mode):
    upright = Image.new("L", (16, 8))
    upright.paste(255, (0, 0, 8, 4))  # light on the upper left
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(turn[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    if mode == "I;16":
        stored = Image.fromarray(np.asarray(stored).astype(np.uint16) * 257)
        put(folder, "a/a.png", stored, exif=exif)
    else:
        put(folder, "a/a.jpg", stored.convert(mode), exif=exif, quality=100)
    (image,) = own_pictures().images
    assert image.shape[:2] == (8, 16)
    assert image[1, 1].min() > 200
    assert image[6, 1].max() < 60
    assert image[1, 14].max() < 60


def test_a_picture_whose_metadata_are_broken_is_still_used(folder):
    put(folder, "a/a.jpg", noise(), exif=b"Exif\0\0II*\0" + b"\xff" * 30)
    assert len(own_pictures()) == 1


def test_text_that_unpacks_to_gigabytes_is_refused(folder):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("bomb", "x" * 70_000_000, zip=True)
    put(folder, "a/bomb.png", noise(), pnginfo=info)
    put(folder, "a/good.png")
    assert own_pictures().names[-1] == "a/good.png"


def test_of_thousands_the_first_of_each_class_are_used(folder, monkeypatch):
    monkeypatch.setattr("convolab.data.own_folder.AT_MOST", 4)
    for n in range(5):
        put(folder, f"cat/{n}.png")
        put(folder, f"dog/{n}.png")
    mine = own_pictures()
    assert mine.counts() == {"cat": 2, "dog": 2}
    assert "and 3 more: each is beyond the first 2 pictures of its class" in str(mine)
    assert len(mine.left_out) == 6


def test_names_are_harmless_on_a_page_and_readable_in_it(folder):
    put(folder, "<b>cat/a.png")
    mine = own_pictures()
    assert "<th scope='row'>&lt;b&gt;cat</th><td>1</td>" in mine._repr_html_()
    assert "<b>" not in mine._repr_html_()
    assert "<li>" in mine._repr_html_()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name can be any bytes")
def test_a_name_that_is_no_text_can_still_be_printed(folder):
    import os

    place = os.fsencode(folder) + b"/cat/\xff\xfe.png"
    put(folder, "cat/a.png")
    with open(place, "wb") as file:
        noise().save(file, "PNG")
    mine = own_pictures()
    assert mine.names == ["cat/a.png", "cat/��.png"]
    str(mine).encode()


def test_nothing_in_the_folder_is_changed(folder):
    path = put(folder, "cat/a.png")
    before = path.read_bytes(), path.stat().st_mtime_ns
    own_pictures()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in folder.rglob("*")] == ["cat", "a.png"]


def test_no_pictures_are_false_and_alike():
    assert not Pictures()
    assert str(Pictures()) == "No pictures."
