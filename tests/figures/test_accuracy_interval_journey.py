"""AccuracyInterval in a real JupyterLab: pictures and networks by keyboard and mouse."""

import pytest

pytestmark = pytest.mark.journey

CELL = """from convolab.figures import AccuracyInterval
figure = AccuracyInterval({"with convolution": 95, "without": 92}, pictures=990)
figure"""
CELLS = (CELL, "# a place to type")


def test_the_keyboard_adds_pictures_until_two_networks_are_told_apart(live):
    keyboard, height = live.page.keyboard, live.height()
    live.tab_to("slider", "pictures")
    assert live.says("990 test pictures", "Its interval overlaps that of without.")
    for _ in range(10):
        keyboard.press("ArrowRight")
    assert live.says("1090 test pictures", "Its interval touches no other.")
    keyboard.press("Home")
    assert live.says("10 test pictures", "10 of 10 = 100 % → 72.2 to 100 %")
    live.tab_to("slider", "network")
    keyboard.press("ArrowRight")
    assert live.says("without: 9 of 10 = 90 % → 59.6 to 98.2 %")
    assert live.height() == height


def test_pointing_at_a_network_spells_out_its_interval(live):
    live.types("figure.canvas.pictures, figure.canvas.network = 100, 0")
    assert live.says("100 test pictures", "with convolution: 95 of 100")
    live.figure.scroll_into_view_if_needed()
    box = live.canvas.bounding_box()
    live.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30 + 54 + 20)
    assert live.says("without: 92 of 100")
