"""SlidingKernel1D in a real JupyterLab: mouse, keyboard, themes, screen reader, exports."""

import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

pytestmark = pytest.mark.journey

CELL = "from convolab.figures import SlidingKernel1D\nfigure = SlidingKernel1D(x=5)\nfigure"
CELLS = (CELL, "SlidingKernel1D([1, 5, 2])", "# a place to type")


@pytest.mark.parametrize("width", [1280, 700])
def test_the_mouse_moves_kernel_and_picture_and_nothing_jumps(live, width):
    live.page.set_viewport_size({"width": width, "height": 1000})
    live.page.wait_for_timeout(300)
    before, height = live.pixels(), live.height()
    assert set(live.drag("place x", 90)) == {height}
    now = live.changes(before)
    for name in ("same", "valid", "full"):
        live.figure.get_by_role("button", name=name).click()
        now = live.changes(now)
        assert live.height() == height
    live.figure.get_by_role("combobox", name="kernel").select_option("asymmetric")
    now = live.changes(now)
    live.figure.get_by_role("checkbox", name="reverse the kernel").uncheck()
    live.changes(now)
    assert live.says("the kernel asymmetric", "not reversed", "mode full")
    assert set(live.drag("width", 40)) == {height}
    live.figure.get_by_role("combobox", name="kernel").select_option("mean")
    live.figure.get_by_role("checkbox", name="reverse the kernel").check()
    assert live.says("the kernel mean", ", reversed")
    assert live.console == []


def test_the_keyboard_alone_does_everything(live):
    keyboard, height = live.page.keyboard, live.height()
    live.tab_to("slider", "place x")
    keyboard.press("Home")
    assert live.says("at place x = 0.")
    for key, x in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        before = live.still()
        keyboard.press(key)
        live.changes(before)
        assert live.says(f"at place x = {x}.")
    live.tab_to("combobox", "kernel")
    keyboard.press("ArrowDown")
    assert live.says("the kernel bell")
    live.tab_to("slider", "width")
    keyboard.press("Home")
    assert live.says("of width 1")
    keyboard.press("ArrowRight")
    assert live.says("of width 2")
    live.tab_to("button", "valid")
    keyboard.press("Enter")
    assert live.says("mode valid")
    assert live.figure.get_by_role("button", name="valid").get_attribute("aria-pressed") == "true"
    live.tab_to("checkbox", "reverse the kernel")
    keyboard.press("Space")
    assert live.says("not reversed")
    assert live.height() == height
    assert live.console == []


def test_play_walks_through_all_places(live):
    second = live.page.locator(".convolab-figure").nth(1)
    second.get_by_role("button", name="play").press("Enter")
    for value in ("1.0", "2.0"):
        live.page.wait_for_selector(
            f'.convolab-figure >> nth=1 >> [aria-label="place x"][aria-valuenow="{value}"]'
        )
    second.get_by_role("button", name="stop").press("Enter")


def test_python_reads_and_sets_what_the_reader_sees(live):
    live.slider("place x").focus()
    live.page.keyboard.press("Home")
    live.figure.get_by_role("button", name="same").click()
    assert live.says("mode same")
    live.types(
        "print('read', figure.x, figure.mode, len(figure.output))\nfigure.width = 3\nfigure.x = 2"
    )
    live.page.wait_for_selector("text=/read -?\\d same 10/")
    assert live.says("at place x = 2, index 1 of same.", "of width 3")


def test_one_figure_is_seen_once_and_asks_nobody_for_anything(live):
    for hidden in ("img.convolab-picture", ".convolab-description"):
        assert live.page.locator(hidden).first.is_hidden()
    assert live.canvas.is_visible()
    here = ("http://127.0.0.1", "blob:", "data:", "ws:")
    assert [url for url in live.requests if not url.startswith(here)] == []


def test_axe_finds_nothing_and_the_theme_is_followed_live(live):
    assert live.violations() == []
    light = live.still()
    live.theme("Dark")
    live.changes(light)
    assert live.violations() == []
    live.theme("Light")
    assert live.changes(0) == light
    assert live.console == []


def test_a_saved_notebook_opened_anew_shows_the_picture_and_no_error(
    live, open_notebook, lab_folder
):
    live.page.keyboard.press("Control+S")
    live.page.wait_for_timeout(1500)
    path = max(lab_folder.glob("figure_*.ipynb"), key=lambda p: p.stat().st_mtime)
    saved = nbformat.read(path, 4)
    assert len(saved.cells[0].outputs) == 3
    # A copy is not trusted, and its kernel knows no such widget.
    nbformat.write(saved, lab_folder / "reopened.ipynb")
    page = open_notebook(path=lab_folder / "reopened.ipynb", run=False).page
    picture = page.locator("img.convolab-picture").first
    picture.wait_for()
    page.wait_for_timeout(2500)
    assert picture.is_visible()
    assert "9·⅓ + 10·⅓ + 1·⅓ = 6.667" in picture.get_attribute("alt")
    assert page.locator(".convolab-description").first.is_visible()
    assert not page.get_by_text("Error displaying widget").first.is_visible()


@pytest.fixture(scope="module")
def executed():
    """A notebook with the figure as nbconvert runs it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    ExecutePreprocessor(timeout=120, store_widget_state=False).preprocess(notebook)
    return notebook


@pytest.mark.parametrize("priority", ["html first", "png first"])
def test_an_export_shows_picture_and_words_with_no_request_and_no_error(
    executed, browser, tmp_path, priority, offline_html
):
    order = ["image/png", "text/html", "text/plain"] if priority == "png first" else None
    config = {"NbConvertBase": {"display_data_priority": order}} if order else {}
    html = offline_html(executed, **config)
    (tmp_path / "export.html").write_text(html, encoding="utf-8")
    requests, errors = [], []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "export.html").as_uri())
    page.wait_for_timeout(500)
    picture = page.locator("img")
    assert picture.count() == 1
    assert picture.bounding_box()["width"] > 500
    if priority == "html first":
        assert "y(5) = 9·⅓ + 10·⅓ + 1·⅓ = 6.667" in picture.get_attribute("alt")
    assert page.get_by_text("y(5) = 9·⅓ + 10·⅓ + 1·⅓ = 6.667").is_visible()
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert [error for error in errors if "mermaid" not in error] == []
    page.close()
