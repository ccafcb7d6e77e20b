"""OcclusionExplorer in a real JupyterLab: the square by mouse and by keyboard, classes, sizes."""

import pytest

pytestmark = pytest.mark.journey

CELL = """from convolab.figures import OcclusionExplorer
figure = OcclusionExplorer(picture=3, row=0, column=0)
figure"""
CELLS = (CELL, "# a place to type")


def test_the_square_follows_the_mouse_in_the_picture_and_in_the_map(live):
    live.figure.scroll_into_view_if_needed()
    height, box = live.height(), live.canvas.bounding_box()
    assert live.says("covers rows 0 to 2 and columns 0 to 2 of the digit 3")
    column = (box["width"] - 4 - 3 * 16) / 4
    side, left = column - 16, 18
    cell = side / 8
    live.page.mouse.move(box["x"] + left + 5.5 * cell, box["y"] + 40 + 5.5 * cell)
    assert live.says("covers rows 4 to 6 and columns 4 to 6", "and the answer is ")
    # The map lies on the picture: each of its cells is where the square's middle is.
    live.page.mouse.move(box["x"] + left + 2 * (column + 16) + 2.5 * cell, box["y"] + 40 + cell)
    assert live.says("covers rows 0 to 2 and columns 1 to 3")
    assert live.height() == height


def test_pressing_a_class_asks_about_it_and_pointing_alone_does_not(live):
    box = live.canvas.bounding_box()
    column = (box["width"] - 4 - 3 * 16) / 4
    x, y = box["x"] + 18 + column + 40, box["y"] + 40 + 8.5 * (column - 16) / 10
    live.page.mouse.move(x, y)
    assert "probability of 3: " in live.words()
    live.page.mouse.click(x, y)
    assert live.says("probability of 8: ", "The saliency of 8 is ")
    live.figure.get_by_role("combobox", name="class").select_option(label="the answer")
    assert live.says("probability of 3: ")


def test_the_keyboard_reaches_everything_and_the_square_stays_inside(live):
    keyboard = live.page.keyboard
    live.tab_to("slider", "size")
    keyboard.press("Home")
    assert live.says("A square of 1×1 pixels", "Of 64 places")
    for name in ("row", "column"):
        live.tab_to("slider", name)
        keyboard.press("End")
    assert live.says("covers row 7, column 7")
    live.slider("size").focus()
    keyboard.press("End")
    assert live.says("A square of 5×5 pixels", "covers rows 3 to 7 and columns 3 to 7")
    live.tab_to("slider", "fill")
    keyboard.press("End")
    assert live.says("of grey 100 %")
    live.tab_to("button", "score")
    keyboard.press("Enter")
    assert live.says("Of 16 places of the square, the score of 3 ")


def test_python_reads_what_the_browser_shows(live):
    live.types("print('read', figure.size, figure.row, figure.fill, figure.occlusion_map.shape)")
    live.page.wait_for_selector(r"text=/read 5 3 1.0 \(4, 4\)/")
    live.types("figure.canvas.picture, figure.canvas.size = 7, 2")
    assert live.says("A square of 2×2 pixels of grey 100 % covers", "of the digit 7")
    assert live.console == []
