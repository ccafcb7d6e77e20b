"""PoolingExplorer in a real JupyterLab: what survives a shift, by mouse, keyboard, Python."""

import pytest

pytestmark = pytest.mark.journey

CELL = """import numpy as np
from convolab.figures import PoolingExplorer
line = np.zeros((4, 8))
line[:, 4] = 9
figure = PoolingExplorer(line)
figure"""
CELLS = (CELL, "# a place to type")


def test_the_keyboard_shifts_a_feature_out_of_its_bin(live):
    keyboard, height = live.page.keyboard, live.height()
    live.tab_to("slider", "shift")
    keyboard.press("ArrowRight")
    assert live.says("Moved 1 to the right", "8 of 8 pooled values stay exactly the same (100 %)")
    keyboard.press("ArrowRight")
    assert live.says("Moved 2 to the right", "4 of 8 pooled values stay exactly the same (50 %)")
    live.tab_to("slider", "window")
    keyboard.press("End")
    live.tab_to("slider", "stride")
    keyboard.press("End")
    assert live.says("windows of 4 with stride 4", "2 of 2 pooled values")
    live.tab_to("button", "sum")
    keyboard.press("Enter")
    assert live.says("sum pooling", "2 of 2 pooled values")
    live.tab_to("slider", "noise")
    keyboard.press("ArrowRight")
    assert live.says("noise of 1 %", "0 of 2 pooled values stay exactly", "2 stay within a tenth")
    assert live.height() == height


@pytest.mark.parametrize("width", [1280, 700])
def test_pointing_at_a_pooled_value_shows_its_window(live, width):
    live.page.set_viewport_size({"width": width, "height": 1000})
    live.types("figure.size = figure.stride = 4")
    assert live.says("windows of 4 with stride 4")
    live.figure.scroll_into_view_if_needed()
    live.slider("look at").focus()
    live.page.keyboard.press("Home")
    assert live.says("Window 0:")
    box = live.canvas.bounding_box()
    for y in range(150, 400, 12):
        live.page.mouse.move(box["x"] + box["width"] * 0.27, box["y"] + y)
    assert live.says("Window 1:")
    live.page.set_viewport_size({"width": 1280, "height": 1000})


def test_python_reads_and_sets_what_the_reader_sees(live):
    for label, key in (("noise", "Home"), ("window", "End"), ("stride", "End")):
        live.slider(label).focus()
        live.page.keyboard.press(key)
    live.figure.get_by_role("button", name="sum").press("Enter")
    assert live.says("noise of 0 %", "sum pooling over windows of 4 with stride 4")
    live.types(
        "print('read', figure.size, figure.how, figure.survival)\n"
        "figure.size = figure.stride = 2\nfigure.how, figure.shift = 'max', 2"
    )
    live.page.wait_for_selector("text=/read 4 sum 1.0/")
    assert live.says("Moved 2 to the right", "max pooling over windows of 2", "4 of 8")
    assert live.console == []
