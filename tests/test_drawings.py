"""Boats, dogs, cats and birds: made from the designers' own drawings, the same everywhere."""

import importlib
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convolab import data
from convolab.data import drawn_pictures as module
from convolab.problem import Problem

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def few():
    """Two pictures of each class by each designer whose drawings are free to be mixed."""
    return data.drawings(each=2)


def test_the_script_makes_the_shipped_files_to_the_byte(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "data")
    script = importlib.import_module("make_drawings")
    assert script.CLASSES == module.DRAWN_CLASSES
    assert script.DESIGNERS == module.DESIGNERS
    script.main(tmp_path)
    for name in ("drawings.npz", "drawings_by_sa.npz"):
        with np.load(tmp_path / name) as made, np.load(ROOT / "data" / name) as shipped:
            assert made.files == shipped.files
            for array in made.files:
                assert made[array].tobytes() == shipped[array].tobytes(), f"{array} of {name}"


def test_every_set_is_named_with_its_designer_and_its_licence():
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    licences = (ROOT / "data" / "drawings_licences.txt").read_text(encoding="utf-8")
    script = importlib.import_module("make_drawings")
    assert {path.stem for path in (ROOT / "data" / "designs").iterdir()} == set(script.DESIGNS)
    for name, designer in script.DESIGNS.items():
        design = script.read(name)
        row = next(line for line in readme.splitlines() if f"`{design['package']}`" in line)
        assert f"| {designer} |" in row
        assert design["address"] in row
        assert row.endswith(f"| {design['licence']['title']} |")
        assert design["licence"]["title"].split(" License")[0].replace("Apache 2.0", "Apache") in (
            licences
        )


def test_nothing_under_share_alike_is_in_the_first_file(few):
    """Its drawings are used only by those who ask for them."""
    _, _, designers = few
    assert "OpenMoji" not in {module.DESIGNERS[number] for number in designers}
    _, _, with_them = data.drawings(each=1, share_alike=True)
    assert set(with_them) == set(range(len(module.DESIGNERS)))


def test_there_are_as_many_pictures_of_each_class_by_each_designer(few):
    images, labels, designers = few
    assert (images.shape, images.dtype) == ((48, 32, 32, 3), np.uint8)
    pairs, counts = np.unique(np.stack([designers, labels]), axis=1, return_counts=True)
    assert pairs.shape[1] == 24
    assert set(counts) == {2}


def test_a_seed_gives_the_same_pictures_and_another_gives_others(few):
    again, other = data.drawings(each=2), data.drawings(each=2, seed=1)
    for mine, same in zip(few, again, strict=True):
        assert_array_equal(mine, same)
    assert (few[0] != other[0]).mean() > 0.5


def test_the_numbers_say_which_drawing_a_picture_shows(few):
    """The same pictures as without numbers; a number has one class and one designer."""
    *same, numbers = data.numbered_drawings(each=2)
    for mine, other in zip(few, same, strict=True):
        assert_array_equal(mine, other)
    _, labels, designers = same
    with np.load(ROOT / "data" / "drawings.npz") as file:
        assert_array_equal(file["labels"][numbers], labels)
        assert_array_equal(file["designers"][numbers], designers)


def test_pictures_with_the_same_number_are_made_of_the_same_drawing(monkeypatch):
    monkeypatch.setattr(module, "_pictures", lambda sprites, rng: sprites)  # not placed anew
    drawn, *_, numbers = data.numbered_drawings(each=12, share_alike=True)
    assert len(drawn) > module._AT_ONCE
    assert_array_equal(drawn, module._sprites(share_alike=True)[0][numbers])


def test_more_pictures_than_are_made_at_once_are_all_different():
    images, _, _ = data.drawings(each=20)
    assert len(images) == 480 > module._AT_ONCE
    assert len(np.unique(images.reshape(len(images), -1), axis=0)) == len(images)


def test_a_drawing_ends_where_it_ends():
    """A drawing that fills its square is not smeared over the ground beside it."""
    full = np.ones((1, 40, 40, 4), np.float32)
    y, x = np.mgrid[-10:50, -10:50].astype(float)[:, None]
    drawn = module._between_pixels(full, y, x)[0]
    inside = (y[0] >= 0) & (y[0] <= 39) & (x[0] >= 0) & (x[0] <= 39)
    assert (drawn[inside] == 1).all()
    assert (drawn[~inside] == 0).all()


@pytest.mark.parametrize("each", [0, -1, 1.5, True, "all", None])
def test_a_number_of_pictures_that_is_none_is_refused(each):
    with pytest.raises(ValueError, match=r"each must be a whole number from 1 on, got"):
        data.drawings(each)


def test_a_missing_file_is_a_problem_that_names_it(monkeypatch):
    def missing(name):
        raise Problem(f"The course's file {name} is missing")

    monkeypatch.setattr(module, "data_file", missing)
    with pytest.raises(Problem, match=r"drawings\.npz is missing"):
        data.drawings(1)
