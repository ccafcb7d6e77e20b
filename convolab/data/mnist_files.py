"""MNIST, the 70,000 handwritten digits: four files, read only if every byte is what it should be.

Source: Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits", 1998,
made from NIST's Special Databases 1 and 3.
"""

import gzip
import hashlib
import os
import zlib
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np

from convolab.place import IN_A_TAB, NO_MNIST
from convolab.problem import Problem


class Mnist(NamedTuple):
    """Pictures (N, 28, 28) uint8, 0 paper to 255 ink, and their labels (N,) int, 0 to 9."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


@dataclass(frozen=True)
class IdxFile:
    """A file in IDX format: 0, 0, 8 (unsigned bytes), the number of axes, each axis as four bytes
    (big-endian), then the numbers. sha256 is that of the whole, not compressed.
    """

    name: str
    shape: tuple[int, ...]
    sha256: str

    @property
    def header(self):
        return bytes([0, 0, 8, len(self.shape)]) + np.array(self.shape, ">u4").tobytes()

    @property
    def size(self):
        return len(self.header) + prod(self.shape)


FILES = (
    IdxFile(
        "train-images-idx3-ubyte",
        (60000, 28, 28),
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    IdxFile(
        "train-labels-idx1-ubyte",
        (60000,),
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    IdxFile(
        "t10k-images-idx3-ubyte",
        (10000, 28, 28),
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    IdxFile(
        "t10k-labels-idx1-ubyte",
        (10000,),
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)


def default_folder():
    """Where `convolab data mnist` puts the files: $CONVOLAB_MNIST, else .convolab/mnist at home."""
    return Path(os.environ.get("CONVOLAB_MNIST") or Path.home() / ".convolab" / "mnist")


def mnist(folder=None, files=FILES):
    """The 60,000 pictures to learn from and the 10,000 to test with, as an `Mnist`.

    folder: where the four files are, compressed (.gz) or not; `default_folder()` if None.

    Raises:
        Problem: a file is missing, broken, cut, swapped or not MNIST's; names it.
    """
    folder = Path(folder) if folder is not None else default_folder()
    arrays = []
    for file in files:
        found = find(folder, file)
        if found is None and IN_A_TAB:
            raise Problem(NO_MNIST)
        if found is None:
            raise Problem(
                f"There is no {file.name} (.gz or not) in {folder}: fetch MNIST with  "
                "convolab data mnist  , or copy its four files there from another machine."
            )
        array = read(found, file)
        arrays.append(array.astype(int) if array.ndim == 1 else array)
    return Mnist(*arrays)


def find(folder, file):
    """The path of a file in a folder, plain or compressed, or None."""
    for name in (file.name, f"{file.name}.gz"):
        if (folder / name).is_file():
            return folder / name
    return None


def read(path, file):
    """The numbers of one file, uint8 in its shape.

    Never reads more than the file should hold, whatever it claims.

    Raises:
        Problem: the file is broken, cut, swapped or not MNIST's.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as stream:
            content = stream.read(file.size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Problem(f"{path} cannot be read ({error}): {_REMEDY}") from None
    header = len(file.header)
    if content[:header] != file.header:
        raise Problem(f"{path} {_what_it_is(content)}, not {_kind(file.shape)}: {_REMEDY}")
    if len(content) != file.size:
        much = "more than" if len(content) > file.size else f"{len(content):,} of"
        raise Problem(f"{path} has {much} the {file.size:,} bytes it should: {_REMEDY}")
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Problem(f"{path} is damaged or not MNIST's, as its sha256 shows: {_REMEDY}")
    return np.frombuffer(content, np.uint8, offset=header).reshape(file.shape).copy()


_REMEDY = "delete it and run  convolab data mnist  , or name another folder."


def _kind(shape):
    what = "labels" if len(shape) == 1 else f"pictures of {'×'.join(map(str, shape[1:]))}"
    return f"{shape[0]:,} {what}"


def _what_it_is(content):
    axes = content[3] if len(content) > 3 and content[:3] == b"\0\0\x08" else 0
    if axes not in (1, 3) or len(content) < 4 + 4 * axes:
        return "is not an IDX file of bytes"
    shape = np.frombuffer(content, ">u4", axes, 4).tolist()
    return f"says that it contains {_kind(shape)}"
