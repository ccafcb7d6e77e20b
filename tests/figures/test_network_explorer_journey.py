"""NetworkExplorer in a real JupyterLab: pointing at units, drawing by mouse and by keyboard."""

import pytest

pytestmark = pytest.mark.journey

CELL = "from convolab.figures import NetworkExplorer\nfigure = NetworkExplorer(digit=5)\nfigure"
CELLS = (CELL, "# a place to type")


def test_pointing_at_a_unit_shows_the_patch_that_it_sees(live):
    height = live.height()
    assert live.says("looks at the digit 5 and takes it for a 5", "conv1, map 1, row 13, column 13")
    box = live.canvas.bounding_box()
    before = live.still()
    live.page.mouse.click(box["x"] + box["width"] * 0.47, box["y"] + 134)
    live.changes(before)
    assert live.says("The unit: conv2, map", "of pool1.")
    live.page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 46 + 3 * 22)
    assert live.says("The unit: output, unit 3. It sees all of dense2.", "% a 3.")
    assert live.height() == height


def test_a_button_leads_to_the_layer_s_largest_number(live):
    live.figure.get_by_role("combobox", name="layer").select_option(label="conv2")
    live.tab_to("button", "largest")
    for _ in range(2):  # it springs back, so it can be pressed again
        live.slider("row").focus()
        live.page.keyboard.press("Home")
        live.page.keyboard.press("Home")
        live.figure.get_by_role("button", name="largest").press("Enter")
        said = live.words()
        place = said.partition("The largest of all is in ")[2].partition(".")[0].replace(" at", ",")
        assert live.says(f"The unit: conv2, {place}.")


def test_a_digit_is_drawn_by_mouse_and_cleared(live):
    live.figure.get_by_role("combobox", name="picture").select_option(label="your drawing")
    assert live.says("looks at your drawing", "pixel at row")
    box = live.canvas.bounding_box()
    x, y = box["x"] + 14 + 84, box["y"] + 298
    for start, end in (((0, 20), (0, 148)), ((4, 20), (4, 148))):  # a 1, two strokes wide
        live.page.mouse.move(x + start[0], y + start[1])
        live.page.mouse.down()
        live.page.mouse.move(x + end[0], y + end[1], steps=12)
        live.page.mouse.up()
    assert live.says("takes it for a 1")
    live.figure.get_by_role("button", name="draw").press("Enter")  # and the keyboard goes on
    live.slider("column").focus()
    for _ in range(8):
        live.page.keyboard.press("ArrowRight")
    assert live.says("column 24 of the input")
    assert not live.words().endswith("this pixel = 0."), "there is ink where the pen went"
    live.figure.get_by_role("button", name="rub out").press("Enter")
    for key in ["ArrowLeft"] * 6 + ["ArrowRight"] * 6:
        live.page.keyboard.press(key)
    live.figure.get_by_role("button", name="off", exact=True).press("Enter")
    live.types("print('read', figure.answer, figure.image.shape)")
    live.page.wait_for_selector(r"text=/read 1 \(32, 32\)/")
    before = live.still()
    live.figure.get_by_role("button", name="clear").click()
    live.changes(before)
    assert live.says("looks at your drawing")


def test_a_finger_draws_on_the_pad_and_scrolls_the_page_beside_it(live):
    live.page.set_viewport_size({"width": 1280, "height": 500})
    live.page.wait_for_timeout(300)
    live.figure.get_by_role("button", name="clear").click()
    live.canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'end' })")
    assert live.says("looks at your drawing", "pixel at row")
    finger = live.page.context.new_cdp_session(live.page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def stroke(x, start, end):
        """One finger, downwards or upwards; returns where the notebook then stands."""
        touch("touchStart", (x, start))
        for step in range(1, 13):
            touch("touchMove", (x, start + (end - start) * step / 12))
        touch("touchEnd")
        live.page.wait_for_timeout(400)
        return live.canvas.bounding_box()["y"]

    box = live.canvas.bounding_box()
    x, y = box["x"] + 14 + 84, box["y"] + 298
    before = live.still()
    assert stroke(x, y + 148, y + 20) == stroke(x + 4, y + 20, y + 148) == box["y"]
    live.changes(before)
    assert live.says("takes it for a 1")
    assert stroke(box["x"] + box["width"] - 60, y + 20, y + 148) != box["y"]
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    live.page.set_viewport_size({"width": 1280, "height": 1000})


def test_a_digit_is_drawn_by_keyboard_alone(live):
    keyboard = live.page.keyboard
    live.figure.get_by_role("combobox", name="picture").select_option(label="your drawing")
    live.figure.get_by_role("button", name="clear").press("Enter")
    assert live.says("looks at your drawing", "pixel at row")
    live.slider("row").focus()
    keyboard.press("Home")
    live.slider("column").focus()
    keyboard.press("Home")
    for _ in range(15):
        keyboard.press("ArrowRight")
    live.tab_to("button", "draw")
    keyboard.press("Enter")
    live.slider("row").focus()
    before = live.still()
    for _ in range(30):
        keyboard.press("ArrowRight")
    live.changes(before)
    live.figure.get_by_role("button", name="off", exact=True).press("Enter")
    assert live.says("pixel at row 30, column 15 of the input", "takes it for a 1")
    assert live.console == []
