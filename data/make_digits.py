"""Makes digits.npz: the 1,797 handwritten digits of 8×8 pixels that scikit-learn ships.

Run from the course's folder, with the dev group installed: `python data/make_digits.py`
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits


def main():
    digits = load_digits()
    np.savez_compressed(
        Path(__file__).with_name("digits.npz"),
        images=digits.images.astype(np.uint8),  # whole numbers from 0 to 16
        labels=digits.target.astype(np.uint8),
    )


if __name__ == "__main__":
    main()
