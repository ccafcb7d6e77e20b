"""ConvArithmetic in a real JupyterLab: impossible settings by mouse and keyboard, and Python."""

import pytest

pytestmark = pytest.mark.journey

CELL = "from convolab.figures import ConvArithmetic\nfigure = ConvArithmetic(10, 3, 0, 1)\nfigure"
CELLS = (CELL, "# a place to type")


def test_the_keyboard_alone_makes_a_setting_impossible_and_mends_it(live):
    keyboard, height = live.page.keyboard, live.height()
    assert live.says("O = (10 − 3 + 2·0)/1 + 1 = 8. It fits, and every column is seen.")
    live.tab_to("slider", "stride S")
    keyboard.press("ArrowRight")
    assert live.says("4.5: impossible", "1 of 10 columns is never seen")
    for _ in range(5):
        keyboard.press("ArrowRight")
    assert live.says("/7 + 1 = 2.", "but 4 of 10 columns are never seen.")
    live.tab_to("slider", "dilation")
    keyboard.press("End")
    assert live.says("Dilated by 4, the 3 weights span 4·(3 − 1) + 1 = 9 columns.")
    keyboard.press("Home")
    live.tab_to("slider", "stride S")
    keyboard.press("Home")
    assert live.says("It fits, and every column is seen.")
    assert live.height() == height


def test_a_window_larger_than_the_input_has_no_output(live):
    live.slider("input I").focus()
    live.page.keyboard.press("Home")
    assert live.says("A window of 3 does not fit on 1 column: no output.")
    live.slider("padding P").focus()
    live.page.keyboard.press("ArrowRight")
    assert live.says("the 1×1 output")
    live.page.keyboard.press("Home")
    live.slider("input I").focus()
    live.page.keyboard.press("End")
    assert live.says("the 30×30 output")


@pytest.mark.parametrize("width", [1280, 700])
def test_pointing_at_an_output_moves_the_window_there(live, width):
    live.page.set_viewport_size({"width": width, "height": 1000})
    live.slider("window").focus()
    live.page.keyboard.press("Home")
    assert live.says("at row 0, column 0")
    box = live.canvas.bounding_box()
    # The output begins half a gap right of the middle, or a little more where it is narrow.
    gap = min(70, box["width"] * 0.12)
    slot = min(252, (box["width"] - gap - 24) / 2)
    left = max(18, (box["width"] - 2 * slot - gap) / 2)
    x, y = box["x"] + left + slot + gap + 1, box["y"] + 32 + 0.2 * (252 - slot) + 1
    for step in range(4):
        live.page.mouse.move(x + 15 * step, y + 10 * step)
    assert live.page.evaluate("() => document.querySelector('canvas').style.cursor") == "pointer"
    said = live.words()
    assert "at row 0, column 0" not in said
    live.page.set_viewport_size({"width": 1280, "height": 1000})


def test_play_steps_through_the_windows(live):
    live.slider("window").focus()
    live.page.keyboard.press("Home")
    live.figure.get_by_role("button", name="play").press("Enter")
    live.page.wait_for_function(
        "() => document.querySelector('[aria-label=window]').ariaValueNow >= 3"
    )
    live.figure.get_by_role("button", name="stop").press("Enter")


def test_python_reads_and_sets_what_the_reader_sees(live):
    for label, keys in (
        ("input I", ["End"]),
        ("kernel R", ["Home", "ArrowRight", "ArrowRight"]),
        ("padding P", ["Home"]),
        ("stride S", ["Home", "ArrowRight"]),
    ):
        live.slider(label).focus()
        for key in keys:
            live.page.keyboard.press(key)
    assert live.says("impossible")
    live.types(
        "print('read', figure.i, figure.s, figure.possible, figure.unused)\n"
        "figure.i, figure.p = 29, 3"
    )
    live.page.wait_for_selector("text=/read 32 2 False 1/")
    assert live.says("O = (29 − 3 + 2·3)/2 + 1 = 17.")
    assert live.console == []
