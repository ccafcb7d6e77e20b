"""PictureCollector in a real JupyterLab: chosen files, a camera, refusals, the keyboard, axe."""

import io
import os
import signal
import sys

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from convolab.data import own_pictures
from tests.lab_pages import choose

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("own") / "my_pictures"


@pytest.fixture(scope="module")
def live(open_notebook, folder):
    cell = "from convolab.figures import PictureCollector\n"
    kernel = str(folder.with_name("kernel"))
    cell += f"import os\nprint(os.getpid(), file=open({kernel!r}, 'w'), flush=True)\n"
    cell += f"figure = PictureCollector(['boat', 'cat'], folder={str(folder)!r})\nfigure"
    live = open_notebook(cell, "# a place to type", run=False)
    live.page.wait_for_selector("text=/\\| Idle/")
    choose(live.page, "Run", "Run All Cells")
    live.page.wait_for_selector(".convolab-collector")
    live.page.wait_for_timeout(500)
    return live


@pytest.fixture
def camera(live):
    """The browser's own camera for tests, which this page may use."""
    live.page.context.grant_permissions(["camera"])
    yield live.page.locator("video")
    if live.figure.get_by_role("button", name="Stop camera").is_enabled():
        live.figure.get_by_role("button", name="Stop camera").click()
    live.page.context.clear_permissions()


def press(live, name: str) -> None:
    live.figure.get_by_role("button", name=name, exact=True).click()


def file(name: str, content: bytes | Image.Image) -> dict:
    if isinstance(content, Image.Image):
        made = io.BytesIO()
        content.save(made, "PNG")
        content = made.getvalue()
    return {"name": name, "mimeType": "image/png", "buffer": content}


def upload(live, *files: dict) -> None:
    live.figure.locator("input[type=file]").set_input_files(list(files))


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    rng = np.random.default_rng(seed)
    return Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8))


def test_chosen_pictures_are_kept_as_they_are_in_the_class_that_is_chosen(live, folder):
    live.figure.get_by_role("combobox", name="class").select_option("cat")
    tom = file("tom.png", noise(30, 20))
    upload(live, tom, file("anna.png", noise(20, 30, 2)), file("notes.png", b"no picture"))
    assert live.says("2 pictures are kept.", "notes.png is not a picture.")
    assert (folder / "cat" / "tom.png").read_bytes() == tom["buffer"]
    assert own_pictures(folder).counts() == {"cat": 2}
    expect(live.figure.get_by_role("list", name="Pictures of each class")).to_have_text(
        "boat 0cat 2"
    )
    expect(live.figure.get_by_role("img", name="The last picture, anna.png")).to_be_visible()


def test_the_same_file_again_is_not_kept_twice_and_another_of_its_name_replaces_nothing(
    live, folder
):
    live.figure.get_by_role("combobox", name="class").select_option("cat")
    first, other = file("a.png", noise(9, 9, 3)), file("a.png", noise(9, 9, 4))
    for one, says in ((first, "is kept as"), (first, "is there already"), (other, "cat/a_2.png")):
        upload(live, one)
        assert live.says(f"a.png {says}" if "is" in says else says)
    assert (folder / "cat" / "a.png").read_bytes() == first["buffer"]
    assert (folder / "cat" / "a_2.png").read_bytes() == other["buffer"]


def test_a_photograph_too_big_for_a_message_is_reduced_in_the_browser(live, folder, tmp_path):
    live.figure.get_by_role("combobox", name="class").select_option("boat")
    noise(2250, 1500).save(tmp_path / "sea.png", compress_level=1)
    (tmp_path / "raw.heic").write_bytes(b"\0" * 5_000_000)
    assert (tmp_path / "sea.png").stat().st_size > 10_000_000
    live.figure.locator("input[type=file]").set_input_files(tmp_path / "sea.png")
    assert live.says("boat/sea.jpg")
    with Image.open(folder / "boat" / "sea.jpg") as picture:
        assert picture.size == (1024, 683)
    live.figure.locator("input[type=file]").set_input_files(tmp_path / "raw.heic")
    assert live.says("raw.heic cannot be read by the browser: put it into the folder", "/boat")


def test_the_camera_takes_pictures_by_keyboard_alone(live, folder, camera):
    live.figure.get_by_role("combobox", name="class").select_option("boat")
    before, height = len(own_pictures(folder)), live.height()
    live.tab_to("button", "Start camera")
    live.page.keyboard.press("Enter")
    assert live.says("The camera is on.")
    expect(camera).to_be_visible()
    expect(live.figure.get_by_role("button", name="Take picture")).to_be_focused()
    for number in (1, 2):
        live.page.keyboard.press("Space")
        assert live.says(f"camera_{number}.png is kept as", f"boat/camera_{number}.png")
        live.page.wait_for_timeout(100)  # the camera's next picture
    assert live.height() == height
    press(live, "Stop camera")
    assert live.says("The camera is off.")
    expect(camera).to_be_hidden()
    with Image.open(folder / "boat" / "camera_1.png") as picture:
        assert picture.size == (640, 480)
    assert len(own_pictures(folder)) == before + 2


def test_a_class_of_ones_own_is_added_and_a_name_that_no_folder_can_have_is_not(live, folder):
    name = live.figure.get_by_role("textbox", name="a new one")
    name.fill("a/b")
    name.press("Enter")
    assert live.says("That class was not added: a class's name cannot contain '/'.")
    name.fill("Tasse ☕")
    press(live, "Add class")
    assert live.says("Pictures now go to the class Tasse ☕.")
    upload(live, file("mug.png", noise(9, 9, 5)))
    assert live.says("Tasse ☕/mug.png")
    assert (folder / "Tasse ☕" / "mug.png").is_file()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("NotFoundError", "No camera was found."),
        ("NotReadableError", "Another program is using the camera"),
        (None, "This browser gives this page no camera."),
    ],
)
def test_without_a_camera_the_folder_is_named(live, folder, error, says):
    gives = f"() => Promise.reject(new DOMException('', '{error}'))" if error else "undefined"
    live.page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = {gives}; }}")
    try:
        press(live, "Start camera")
        assert live.says(says, f"Or put pictures into the folder {folder}/")
    finally:
        live.page.evaluate("() => { delete navigator.mediaDevices.getUserMedia; }")
    expect(live.figure.get_by_role("button", name="Start camera")).to_be_enabled()


def test_a_camera_that_the_browser_may_not_use_is_said_and_the_folder_named(live, folder):
    live.page.context.clear_permissions()  # and nobody is there whom the browser could ask
    press(live, "Start camera")
    assert live.says("was not allowed to use the camera", f"into the folder {folder}/")


@pytest.mark.skipif(sys.platform == "win32", reason="stops a process as POSIX systems do")
def test_a_kernel_that_does_not_answer_is_said_and_nothing_is_lost(live, folder):
    live.figure.get_by_role("combobox", name="class").select_option("cat")
    kernel = int(folder.with_name("kernel").read_text())
    os.kill(kernel, signal.SIGSTOP)
    try:
        upload(live, file("later.png", noise(9, 9, 6)))
        live.page.wait_for_timeout(2000)
        assert live.says("The notebook is busy and has not answered yet.")
    finally:
        os.kill(kernel, signal.SIGCONT)
    assert live.says("later.png is kept as")


def test_axe_finds_nothing_in_both_themes_with_the_camera_on(live, camera):
    press(live, "Start camera")
    assert live.says("The camera is on.")
    assert live.violations() == []
    live.theme("Dark")
    assert live.violations() == []
    live.theme("Light")
    assert [said for said in live.console if "getUserMedia" not in said] == []
