"""The pictures and digits that the course looks at."""

from convolab.data.fetch import fetch_mnist
from convolab.data.mnist import Mnist, mnist
from convolab.data.shipped import data_file, digits, digits32, hopper, split

__all__ = [
    "Mnist",
    "data_file",
    "digits",
    "digits32",
    "fetch_mnist",
    "hopper",
    "mnist",
    "split",
]
