"""The pictures and digits that the course uses."""

from convolab.data.drawn_pictures import DESIGNERS, DRAWN_CLASSES, drawings, numbered_drawings
from convolab.data.mnist_files import Mnist, mnist
from convolab.data.own_folder import example_pictures, own_pictures
from convolab.data.picture_set import Pictures
from convolab.data.shipped import data_file, digits, digits32, enlarged, hopper, split
from convolab.data.writers import digit_writers

__all__ = [
    "DESIGNERS",
    "DRAWN_CLASSES",
    "Mnist",
    "Pictures",
    "data_file",
    "digit_writers",
    "digits",
    "digits32",
    "drawings",
    "enlarged",
    "example_pictures",
    "fetch_mnist",
    "hopper",
    "mnist",
    "numbered_drawings",
    "own_pictures",
    "split",
]


def __getattr__(name):
    """`fetch_mnist` is imported on demand: most lessons never touch the network."""
    if name == "fetch_mnist":
        from convolab.data.fetch import fetch_mnist

        return fetch_mnist
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
