"""Makes drawings.npz and drawings_by_sa.npz: boats, dogs, cats and birds from ten sets of emoji.

Run from the course's folder, with the dev group installed: `python data/make_drawings.py`

The drawings are in designs/, one file for each set, as its designers draw them (SVG). Each becomes
40×40 pixels of red, green, blue and opacity. What `convolab.data.drawings` makes of them, placed,
turned and on a ground, is not stored.
"""

import io
import json
from pathlib import Path

import numpy as np
import resvg_py
from PIL import Image

from convolab.data import DESIGNERS
from convolab.data import DRAWN_CLASSES as CLASSES

HERE = Path(__file__).parent
SIDE = 40
DESIGNS = {  # each set and its designer
    "noto": "Google",
    "noto-v1": "Google",
    "fxemoji": "Mozilla",
    "fluent-emoji": "Microsoft",
    "fluent-emoji-flat": "Microsoft",
    "twemoji": "Twitter",
    "emojione": "EmojiOne",
    "streamline-emojis": "Streamline",
    "emojione-v1": "EmojiOne",
    "openmoji": "OpenMoji",
}
SHARE_ALIKE = "CC-BY-SA-4.0"  # drawings under it are in a file of their own, which can be left out


def main(folder=HERE):
    """Write both files into a folder."""
    designs = {name: read(name) for name in DESIGNS}
    alike = {name for name, design in designs.items() if design["licence"]["spdx"] == SHARE_ALIKE}
    for name, chosen in (("drawings", designs.keys() - alike), ("drawings_by_sa", alike)):
        sprites, labels, designers = [], [], []
        for design in (name for name in DESIGNS if name in chosen):
            for label, kind in enumerate(CLASSES):
                for svg in designs[design]["drawings"][kind].values():
                    sprites.append(render(svg))
                    labels.append(label)
                    designers.append(DESIGNERS.index(DESIGNS[design]))
        np.savez_compressed(
            Path(folder) / f"{name}.npz",
            sprites=np.array(sprites),
            labels=np.array(labels, np.uint8),
            designers=np.array(designers, np.uint8),
        )


def read(design):
    """A set as it is in designs/: its package, licence and drawings."""
    return json.loads((HERE / "designs" / f"{design}.json").read_text(encoding="utf-8"))


def render(svg):
    """A drawing in SVG as (40, 40, 4) uint8, in the middle of a square."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, skip_system_fonts=True)
    drawn = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    drawn.thumbnail((SIDE, SIDE))  # one that is higher than wide
    square = np.zeros((SIDE, SIDE, 4), np.uint8)
    height, width = drawn.height, drawn.width
    y, x = (SIDE - height) // 2, (SIDE - width) // 2
    square[y : y + height, x : x + width] = np.asarray(drawn)
    square[square[:, :, 3] == 0] = 0  # what cannot be seen is no content
    return square


if __name__ == "__main__":
    main()
