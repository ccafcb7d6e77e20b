"""PictureCollector in Python: its arguments, its answers to the browser, its picture and words."""

import io

import numpy as np
import pytest
from PIL import Image

from convolab.figures import PictureCollector, drawing


def png(seed: int = 0) -> bytes:
    made = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def asks(tmp_path, monkeypatch):
    """`asks({"kind": …}, b"…")` sends what the browser sends, and returns the answer."""
    collector = PictureCollector(["boat", "cat"], folder=tmp_path / "mine")
    answers = []
    monkeypatch.setattr(collector.canvas, "send", answers.append)

    def send(message: dict, *buffers: bytes) -> dict:
        collector._received(collector.canvas, {"number": 7, **message}, list(buffers))
        assert answers[-1]["number"] == 7
        return answers.pop()

    send.collector = collector
    return send


def picture(name="a.png", kind="cat") -> dict:
    return {"kind": "picture", "class": kind, "name": name}


def test_a_picture_is_kept_and_counted(asks, tmp_path):
    answer = asks(picture(), png())
    assert (answer["kept"], answer["says"]) == (True, f"is kept as {tmp_path}/mine/cat/a.png.")
    assert (tmp_path / "mine" / "cat" / "a.png").read_bytes() == png()
    assert asks.collector.counts == {"boat": 0, "cat": 1}
    assert "is there already" in asks(picture("b.png"), png())["says"]
    assert asks.collector.canvas.counts == [0, 1]


@pytest.mark.parametrize(
    ("message", "content", "says"),
    [
        (picture(), b"text", "is not a picture"),
        (picture(kind="../up"), png(), "cannot contain '/'"),
        (picture(kind=""), png(), "needs a name"),
        ({"kind": "picture"}, png(), "could not be kept (KeyError"),
        ({"kind": "class", "name": "x" * 99}, b"", "at most 60 letters"),
        ({}, b"", "could not be kept"),
    ],
)
def test_whatever_is_sent_is_answered_and_only_pictures_are_kept(
    asks, tmp_path, message, content, says
):
    answer = asks(message, content)
    assert not answer["kept"]
    assert says in answer["says"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_class_is_added_once_whatever_its_capitals(asks):
    assert asks({"kind": "class", "name": " mug "})["says"] == "mug"
    assert asks({"kind": "class", "name": "Mug"})["says"] == "mug"
    assert asks.collector.classes == ("boat", "cat", "mug")
    for n in range(17):
        assert asks({"kind": "class", "name": f"c{n}"})["kept"]
    assert "20 classes already" in asks({"kind": "class", "name": "one more"})["says"]


def test_classes_that_are_in_the_folder_already_are_there_as_well(tmp_path):
    (tmp_path / "spoon").mkdir()
    (tmp_path / "spoon" / "a.png").write_bytes(png())
    collector = PictureCollector(["mug"], folder=tmp_path)
    assert collector.counts == {"mug": 0, "spoon": 1}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"classes": []}, "give 1 to 20 classes, not 0"),
        ({"classes": "cat"}, "must be a list of names"),
        ({"classes": 5}, "must be a list of names"),
        ({"classes": ["a", 1]}, "must be a list of names"),
        ({"classes": [str(n) for n in range(21)]}, "not 21"),
        ({"classes": ["a/b"]}, "cannot contain '/'"),
        ({"classes": ["cat", "Cat "]}, "two classes have the same name"),
        ({"folder": ""}, "folder must be the name of a folder"),
        ({"folder": 3}, "folder must be the name of a folder"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(arguments, says):
    with pytest.raises(ValueError, match=r"^PictureCollector: ") as caught:
        PictureCollector(**arguments)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def test_the_picture_shows_the_pictures_and_the_words_count_them(asks):
    empty = asks.collector.picture()
    asks(picture(), png())
    (asks.collector.folder / "cat" / "broken.png").write_bytes(b"x")
    (asks.collector.folder / "$x$").mkdir()
    shown = asks.collector.picture()
    assert shown.png != empty.png
    assert "2 pictures in" in shown.alt
    assert asks.collector.describe().rows == (("boat", "0"), ("cat", "2"), ("$x$", "0"))


def test_where_nobody_looks_it_can_be_made_and_shown(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(drawing, "_is_on", True)
    drawing.switch_off()
    monkeypatch.chdir(tmp_path)
    PictureCollector()._ipython_display_()
    assert list(tmp_path.iterdir()) == []


# --- In the browser.


def test_what_the_browser_says_without_a_camera(run_module):
    cases = [["NotAllowedError", True], ["NotFoundError", True], ["Odd", True], ["", False]]
    said = run_module(
        "picture_collector.js",
        "inputs.map(([name, safe]) => m.noCamera({name}, safe, 'mine', 'cat'))",
        cases,
    )
    assert all(sentence.endswith("into the folder mine/cat yourself.") for sentence in said)
    assert "was not allowed" in said[0]
    assert "No camera was found" in said[1]
    assert "This browser gives this page no camera" in said[2]
    assert "https" in said[3]


def test_the_size_of_a_reduced_picture_and_the_words_of_several(run_module):
    sizes = run_module(
        "picture_collector.js",
        "inputs.map(([w, h]) => m.reducedSize(w, h))",
        [[4000, 3000], [10, 20], [1, 90000]],
    )
    assert sizes == [[1024, 768], [10, 20], [1, 1024]]
    said = run_module(
        "picture_collector.js",
        "inputs.map(([kept, refused]) => m.summed(kept, refused))",
        [[["a is kept."], []], [["a", "b"], ["c is no picture."]], [[], ["c is no picture."]]],
    )
    assert said == ["a is kept.", "2 pictures are kept. c is no picture.", "c is no picture."]
    assert run_module("picture_collector.js", "m.total(inputs)", [1, 0]) == "1 picture so far"
