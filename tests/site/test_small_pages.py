"""What keeps the pages small loses nothing that a page shows."""

import base64
import copy
import io
import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pydata_sphinx_theme
from nbformat import from_dict, v4
from PIL import Image

from convolab.data import hopper
from convolab.site.lesson_page import STATE, VIEW, lesson_page
from convolab.site.shared_state import LARGE, share_state
from convolab.site.small_pictures import with_small_pictures
from convolab.site.small_theme import with_icons
from tests.conftest import find_program

MODULE, WEIGHTS = "export default 1; // " + LARGE * "x", LARGE * "AAAA"
ICONS = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"


def page_with(**state: object):
    buffers = [{"path": ["weights"], "encoding": "base64", "data": WEIGHTS}]
    models = {"figure": {"model_name": "AnyModel", "state": state, "buffers": buffers}}
    return v4.new_notebook(metadata={"widgets": {STATE: {"state": models}}})


def filled(page, script: str):
    """The page as the script makes it: each name again what it stands for."""
    shared = json.loads(re.search(r"const shared = (\{.*?\n?\});", script, re.DOTALL)[1])
    text = re.sub(r'"shared:([0-9a-f]{16})"', lambda m: json.dumps(shared[m[1]]), json.dumps(page))
    return from_dict(json.loads(text))


def test_what_two_pages_share_is_in_the_script_and_comes_back():
    pages = [page_with(_esm=MODULE, x=1), page_with(_esm=MODULE, x=2)]
    before = copy.deepcopy(pages)
    script = share_state(pages)
    assert script.count(MODULE) == script.count(WEIGHTS) == 1
    assert all(MODULE not in json.dumps(page) for page in pages)
    assert [filled(page, script) for page in pages] == before


def test_what_only_one_page_has_stays_there_and_so_does_what_is_short():
    pages = [page_with(_esm=MODULE, name="one"), page_with(_esm="short", name="one")]
    share_state(pages)
    first, second = (p.metadata["widgets"][STATE]["state"]["figure"]["state"] for p in pages)
    assert first == {"_esm": MODULE, "name": "one"}
    assert second == {"_esm": "short", "name": "one"}


def test_of_the_theme_s_icons_the_named_ones_stay_whole_under_each_of_their_names(tmp_path):
    everything = (ICONS / "scripts" / "fontawesome.js").read_text(encoding="utf-8")
    few = with_icons(everything, {"magnifying-glass", "refresh", "sun"})
    assert len(few) < len(everything) / 10
    for name in ('"magnifying-glass":[', '"arrows-rotate":[', "sun:["):
        entry = everything[everything.index(name) :].partition("]")[0]
        assert entry in few
    script = tmp_path / "icons.js"
    script.write_text(few, encoding="utf-8")
    node = find_program(("node",), "install Node.js")
    subprocess.run([node, "--check", script], check=True)


def picture(pixels: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return f'<img src="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}">'


def pixels_of(html: str) -> np.ndarray:
    encoded = re.search(r"base64,([^\"]+)", html)[1]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB"))


def test_a_drawing_keeps_every_pixel():
    drawing = np.full((200, 300, 3), 255, np.uint8)
    drawing[50:60, 20:280] = (180, 80, 0)
    html = with_small_pictures(picture(drawing))
    assert len(html) < len(picture(drawing))
    assert (pixels_of(html) == drawing).all()


def test_a_photograph_is_nearly_the_same_in_less_than_half_the_room():
    photograph = np.kron(hopper(colour=True), np.ones((2, 2, 1), np.uint8)).astype(np.uint8)
    html = with_small_pictures(picture(photograph))
    assert len(html) < len(picture(photograph)) / 2
    assert np.abs(pixels_of(html).astype(int) - photograph).mean() < 4


def test_a_progress_bar_has_the_page_s_colours_and_width_and_its_words():
    colour = "color: #008080; text-decoration-color: #008080"
    wide = "white-space:pre;overflow-x:auto;"
    bar = f'<pre style="{wide}">epoch 3 <span style="{colour}">0:01</span></pre>'
    cell = v4.new_code_cell("train()")
    student = v4.new_notebook(cells=[cell])
    taught = copy.deepcopy(student)
    taught.cells[0].outputs = [v4.new_output("display_data", {"text/html": bar})]
    printed = {"output_type": "display_data", "data": {"text/html": bar}, "metadata": {}}
    models = {"live": {"model_name": "OutputModel", "state": {"outputs": [printed]}}}
    taught.metadata["widgets"] = {STATE: {"state": models}}
    taught.cells[0].outputs.append(v4.new_output("display_data", {VIEW: {"model_id": "live"}}))
    page = lesson_page(student, taught)
    plain = '<pre style="white-space:pre-wrap;">epoch 3 <span style="">0:01</span></pre>'
    assert page.cells[0].outputs[0].data["text/html"] == plain
    (live,) = page.metadata["widgets"][STATE]["state"]["live"]["state"]["outputs"]
    assert live["data"]["text/html"] == plain
