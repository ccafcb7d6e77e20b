"""Every figure in a real JupyterLab: mouse and keyboard, size, axe in both themes, exports."""

import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

IMPORT = "from convolab.figures import *\n"
MONITOR = """import numpy as np
monitor = TrainingMonitor(6, presets={"a short run": lambda monitor: monitor.epoch(loss=1)})
for i in range(6):
    monitor.epoch(loss=2 * 0.6**i, accuracy=1 - 0.6**i, validation=0.9 - 0.6**i / 2,
                  kernels=np.random.default_rng(i).normal(size=(16, 1, 3, 3)),
                  activations={"conv": np.random.default_rng(i).normal(size=(3, 16))})
monitor"""
CELLS = {
    "AccuracyInterval": "AccuracyInterval({'a': 99, 'b': 97, 'c': 95, 'd': 93, 'e': 91})",
    "SlidingKernel1D": "SlidingKernel1D(x=5)",
    "SlidingKernel1D.noisy": "SlidingKernel1D.noisy()",
    "SlidingKernel2D": "SlidingKernel2D(row=1, column=1, border='zero')",
    "ConvArithmetic": "ConvArithmetic()",
    "LayerStack": "LayerStack([('conv', 6, 5, 1, 0), ('conv', 6, 3, 1, 1), ('conv', 9, 2, 2, 0)])",
    "PoolingExplorer": "PoolingExplorer()",
    "KernelEditor": "KernelEditor('Sobel across')",
    "SharedWeights": "SharedWeights()",
    "NetworkExplorer": "NetworkExplorer(layer='conv2', map=6)",
    "OcclusionExplorer": "OcclusionExplorer(picture=3)",
    "TrainingMonitor": MONITOR,
}


@pytest.fixture(scope="module")
def all_figures(open_notebook):
    # So tall that JupyterLab keeps every cell in the page.
    live = open_notebook(*(IMPORT + code for code in CELLS.values()), height=900 * len(CELLS) + 400)
    live.page.wait_for_function(
        "n => document.querySelectorAll('.convolab-live canvas').length === n", arg=len(CELLS)
    )
    live.page.wait_for_timeout(1500)
    return live


@pytest.mark.parametrize("name", CELLS)
def test_every_slider_follows_the_keyboard_and_the_mouse_and_nothing_jumps(all_figures, name):
    live = all_figures
    live.which = list(CELLS).index(name)
    height = live.height()
    for handle in live.figure.get_by_role("slider").all():
        label = handle.get_attribute("aria-label")
        handle.focus()
        for key, end in (("End", "aria-valuemax"), ("Home", "aria-valuemin")):
            live.page.keyboard.press(key)
            expect(handle, f"{label}, {key}").to_have_attribute(
                "aria-valuenow", handle.get_attribute(end)
            )
        before = live.still()
        live.page.keyboard.press("ArrowRight")
        now = live.changes(before)
        assert set(live.drag(label, 60)) == {height}, label
        live.changes(now)
        assert live.height() == height, label
    assert live.words() != ""


@pytest.mark.parametrize("name", CELLS)
def test_every_button_box_and_menu_changes_the_picture(all_figures, name):
    live = all_figures
    live.which = list(CELLS).index(name)
    height, before = live.height(), live.still()
    for group in live.figure.locator(".widget-toggle-buttons").all():
        for button in reversed(group.get_by_role("button").all()):
            button.click()
        before = live.still()
        group.get_by_role("button").last.click()
        before = live.changes(before)
    for box in live.figure.get_by_role("checkbox").all():
        box.press("Space")
        live.page.wait_for_timeout(200)
        assert live.height() == height
    for menu in live.figure.get_by_role("combobox").all():
        before = live.still()
        menu.select_option(index=1)
        live.changes(before)
        assert live.height() == height


def test_pointing_at_an_output_moves_the_kernel_there(all_figures):
    live = all_figures
    live.which = list(CELLS).index("SlidingKernel2D")
    live.figure.get_by_role("button", name="none", exact=True).click()
    assert live.says("border none")
    box = live.canvas.bounding_box()
    for x in range(int(box["width"] * 0.55), int(box["width"] * 0.85), 12):
        live.page.mouse.move(box["x"] + x, box["y"] + 55)
    assert live.says("at row 0, column 2")


def test_axe_finds_nothing_in_any_figure_in_both_themes(all_figures):
    assert all_figures.violations() == []
    all_figures.theme("Dark")
    assert all_figures.violations() == []
    all_figures.theme("Light")
    assert all_figures.console == []


def test_an_export_shows_every_picture_and_its_words(browser, tmp_path, offline_html):
    cells = [nbformat.v4.new_code_cell(IMPORT + code) for code in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    ExecutePreprocessor(timeout=120, store_widget_state=False).preprocess(notebook)
    (tmp_path / "export.html").write_text(offline_html(notebook), encoding="utf-8")
    requests, errors = [], []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "export.html").as_uri())
    page.wait_for_timeout(300)
    pictures = page.locator("img.convolab-picture")
    assert pictures.count() == page.locator(".convolab-description").count() == len(CELLS)
    assert all(picture.is_visible() for picture in pictures.all())
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert [error for error in errors if "mermaid" not in error] == []
    page.close()
