"""TrainingMonitor in a real JupyterLab: curves and controls while a cell is running."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

SHOW = """import time, numpy as np
from convolab.figures import TrainingMonitor
monitor = TrainingMonitor(epochs=12, channels=8)
kernels = np.random.default_rng(0).normal(size=(8, 1, 3, 3))
monitor"""
TRAIN = """monitor.clear()
for i in range(600):
    end = time.perf_counter() + 0.5
    rate, momentum, channels = monitor.learning_rate, monitor.momentum, monitor.channels
    while time.perf_counter() < end:  # as busy as a network
        np.ones((200, 200)) @ np.ones((200, 200))
    monitor.epoch(loss=2.3 * 0.8**i, accuracy=1 - 0.6 * 0.8**i, validation=0.95 - 0.6 * 0.8**i,
                  kernels=np.roll(kernels, i, axis=3))
    if monitor.stopped:
        break
print("ended", len(monitor.losses), monitor.learning_rate, monitor.channels)"""
RUNS = """from convolab.illnesses import ILLNESSES
runs = TrainingMonitor(epochs=30, learning_rate=0.05, presets=ILLNESSES)
runs"""
CELLS = (SHOW, TRAIN, RUNS)


def test_controls_are_heard_while_the_cell_trains_and_stop_ends_it(live):
    height = live.height()
    assert live.says(" of 12: loss")
    live.slider("learning rate").focus()
    live.page.keyboard.press("ArrowLeft")
    live.slider("channels").focus()
    live.page.keyboard.press("ArrowRight")
    assert live.says("Next epoch: learning rate 0.05, momentum 0.9, channels 9")
    ran_with = live.figure.locator(".convolab-words tr:last-child td")
    for cell, value in ((4, "0.05"), (6, "9")):  # the running cell has read them
        expect(ran_with.nth(cell)).to_have_text(value, timeout=5000)
    live.figure.get_by_role("button", name="stop").press("Enter")
    live.page.wait_for_selector("text=/ended \\d+ 0.05 9/", timeout=5000)
    assert live.says("Stop is pressed.")
    assert live.height() == height
    assert live.console == []


def test_an_earlier_epoch_is_looked_at_by_keyboard_and_by_mouse(live):
    live.page.wait_for_selector('[aria-label="epoch"]:not([aria-valuemax="1.0"])')
    stop = live.figure.get_by_role("button", name="stop")
    if stop.get_attribute("aria-pressed") == "false":
        stop.press("Enter")
    live.page.wait_for_selector("text=/ended \\d+ /", timeout=5000)
    live.slider("epoch").focus()
    live.page.keyboard.press("Home")
    assert live.says("Epoch 1 of ", ": loss 2.3, accuracy 40 %")
    before = live.still()
    live.page.keyboard.press("ArrowRight")
    live.changes(before)
    assert live.says("Epoch 2 of ", ": loss 1.84")
    live.page.keyboard.press("End")  # the slider was made when there was one epoch, or none
    last = live.slider("epoch").get_attribute("aria-valuemax").removesuffix(".0")
    assert live.says(f"Epoch {last} of ")
    live.page.keyboard.press("Home")
    box = live.canvas.bounding_box()
    live.page.mouse.click(box["x"] + 52, box["y"] + 150)
    assert live.says("Epoch 1 of ")


def test_a_choice_in_the_menu_trains_in_the_background_and_the_sliders_are_heard(live):
    live.which = 1
    height = live.height()
    live.figure.get_by_role("combobox", name="run").select_option(label="rate too large")
    assert live.says(
        "Run: rate too large (training).", "conv1 0 of 16", "Every unit of conv1 is dead"
    )
    live.slider("learning rate").focus()
    for _ in range(4):
        live.page.keyboard.press("ArrowLeft")
    assert live.says("Run: rate too large (training).", "Next epoch: learning rate 0.1,")
    live.figure.get_by_role("button", name="start anew").press("Enter")
    assert live.says("Run: rate too large (training).", "learning rate 0.1, ", "conv1 1")
    live.figure.get_by_role("button", name="stop").press("Enter")
    assert live.says("Run: rate too large (ended).", "Stop is pressed.")
    live.figure.get_by_role("combobox", name="run").select_option(label="healthy")
    assert live.says("Run: healthy (training).", "Next epoch: learning rate 0.05,")
    assert live.height() == height
    assert live.violations() == []
    assert live.console == []
    live.which = 0
