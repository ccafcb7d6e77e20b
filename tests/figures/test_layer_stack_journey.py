"""LayerStack in a real JupyterLab: the reader builds a stack, Python reads it."""

import pytest

pytestmark = pytest.mark.journey

CELL = "from convolab.figures import LayerStack\nfigure = LayerStack()\nfigure"
CELLS = (CELL, "# a place to type")


def test_the_keyboard_alone_edits_the_stack(live):
    keyboard, height = live.page.keyboard, live.height()
    assert live.says("5 layers on an input of 32×32×1", "= 32.", "50,692 parameters")
    live.tab_to("slider", "layers")
    keyboard.press("ArrowLeft")
    assert live.says("4 layers", "4·1 + 1·1 + 4·2 + 1·2 + 1 = 16.", "to 5×5×16")
    live.tab_to("slider", "layer")
    keyboard.press("ArrowRight")
    live.tab_to("button", "conv")
    keyboard.press("Enter")
    assert live.says("2,722 parameters")
    live.tab_to("slider", "size R")
    keyboard.press("ArrowRight")
    assert live.says("Layer 2 is impossible: (28 − 3 + 2·0)/2 + 1 = 13.5.")
    live.tab_to("slider", "stride S")
    keyboard.press("ArrowLeft")
    live.tab_to("slider", "padding P")
    keyboard.press("ArrowRight")
    live.tab_to("slider", "depth D")
    keyboard.press("Home")
    assert live.says("to 12×12×16", "From 32×32×1")
    assert live.height() == height
    live.types("print('read', figure.layers[1], figure.fields)")
    live.page.wait_for_selector(r"text=/read \('conv', 1, 3, 1, 1\) \[5, 7, 11, 12\]/")
    assert live.console == []


def two_layers(live):
    live.types("figure.layers = [('conv', 4, 3, 1, 1), ('pool', 2, 2)]")
    assert live.says("2 layers", "to 16×16×4 with 40 parameters")


def test_a_layer_is_chosen_by_its_name_and_a_pool_has_no_depth(live):
    two_layers(live)
    live.figure.scroll_into_view_if_needed()
    box = live.canvas.bounding_box()
    for n, depth in ((1, False), (2, True)):
        live.page.mouse.click(box["x"] + 40, box["y"] + 384 - 100 * n)
        live.page.wait_for_selector(f'[aria-label="layer"][aria-valuenow="{n}.0"]')
        for name in ("depth D", "padding P"):
            disabled = live.slider(name).locator("xpath=ancestor::*[@disabled]").count() > 0
            assert disabled == depth, name


def test_pointing_at_the_last_map_moves_the_receptive_field(live):
    two_layers(live)
    live.figure.scroll_into_view_if_needed()
    box = live.canvas.bounding_box()
    live.slider("output").focus()
    live.page.keyboard.press("Home")
    assert live.says("of output 0 is columns 0 to 2 of the input.")
    for x in range(150, 600, 8):
        live.page.mouse.move(box["x"] + x, box["y"] + 384 - 200)
    assert "of output 15 is columns 29 to 31 of the input" in live.words()


def test_layers_that_were_taken_away_come_back(live):
    two_layers(live)
    live.slider("layers").focus()
    live.page.keyboard.press("ArrowLeft")
    assert live.says("1 layer on")
    live.page.keyboard.press("ArrowRight")
    assert live.says("2 layers", "to 16×16×4")
    assert live.console == []
