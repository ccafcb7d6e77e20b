"""The pictures and digits that the course looks at."""

from convolab.data.mnist_files import Mnist, mnist
from convolab.data.shipped import data_file, digits, digits32, hopper, split
from convolab.data.writers import digit_writers

__all__ = [
    "Mnist",
    "data_file",
    "digit_writers",
    "digits",
    "digits32",
    "fetch_mnist",
    "hopper",
    "mnist",
    "split",
]


def __getattr__(name):
    """`fetch_mnist` comes when it is asked for: most lessons never touch the network."""
    if name == "fetch_mnist":
        from convolab.data.fetch import fetch_mnist

        return fetch_mnist
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
