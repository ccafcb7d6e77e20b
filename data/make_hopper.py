"""Makes hopper.png: the portrait of Grace Hopper, 256×256, from the picture that matplotlib ships.

Run from the course's folder, with the dev group installed: `python data/make_hopper.py`
"""

from pathlib import Path

import numpy as np
from matplotlib import cbook
from PIL import Image

SIDE = 256


def main():
    with cbook.get_sample_data("grace_hopper.jpg") as file:
        picture = np.asarray(Image.open(file).convert("RGB"), dtype=float)
    square = picture[: 2 * SIDE, : 2 * SIDE]  # from the cap's top down; the width is 512
    means = square.reshape(SIDE, 2, SIDE, 2, 3).mean(axis=(1, 3))
    small = Image.fromarray(np.rint(means).astype(np.uint8))
    small.save(Path(__file__).with_name("hopper.png"), optimize=True)


if __name__ == "__main__":
    main()
