"""What the course ships is what data/README.md says, and MNIST is read only where it is right."""

import gzip
import hashlib
import importlib
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convolab import data
from convolab.data.mnist_files import IdxFile, default_folder, mnist
from convolab.problem import Problem

ROOT = Path(__file__).resolve().parent.parent


def idx(array):
    """A file's content in IDX format."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


@pytest.fixture
def tiny(tmp_path):
    """A folder with a very small MNIST, half of it compressed, and what its files should be."""
    rng = np.random.default_rng(0)
    arrays = {
        "train-images-idx3-ubyte": rng.integers(0, 256, (6, 4, 4), dtype=np.uint8),
        "train-labels-idx1-ubyte": rng.integers(0, 10, 6, dtype=np.uint8),
        "t10k-images-idx3-ubyte": rng.integers(0, 256, (3, 4, 4), dtype=np.uint8),
        "t10k-labels-idx1-ubyte": rng.integers(0, 10, 3, dtype=np.uint8),
    }
    files = []
    for number, (name, array) in enumerate(arrays.items()):
        content = idx(array)
        files.append(IdxFile(name, array.shape, hashlib.sha256(content).hexdigest()))
        if number % 2:
            (tmp_path / name).write_bytes(content)
        else:
            (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    return tmp_path, tuple(files), list(arrays.values())


def test_every_shipped_file_is_the_one_that_the_readme_describes():
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| `([\w.]+)` \| .* \| ([\d,]+) \| `(\w{64})` \|", text)
    shipped = {path.name for path in (ROOT / "data").iterdir() if path.suffix in (".npz", ".png")}
    assert {name for name, _, _ in rows} == shipped
    for name, size, sha256 in rows:
        content = (ROOT / "data" / name).read_bytes()
        assert len(content) == int(size.replace(",", ""))
        assert hashlib.sha256(content).hexdigest() == sha256
        assert f"## {name}" in text
        script = name.split(".")[0].removesuffix("_by_sa")
        assert (ROOT / "data" / f"make_{script}.py").is_file()


@pytest.mark.parametrize("name", ["digits.npz", "hopper.png"])
def test_the_scripts_make_the_shipped_numbers(name, tmp_path):
    stem = name.split(".")[0]
    script = tmp_path / f"make_{stem}.py"
    script.write_bytes((ROOT / "data" / script.name).read_bytes())
    subprocess.run([sys.executable, script], check=True)

    def numbers(path):
        if path.suffix == ".npz":
            with np.load(path) as file:
                return dict(file)
        from matplotlib.image import imread

        return {"": imread(path)}

    made, shipped = numbers(tmp_path / name), numbers(ROOT / "data" / name)
    assert made.keys() == shipped.keys()
    for key, array in made.items():
        assert_array_equal(array, shipped[key])


def test_one_sees_every_map_of_the_shipped_networks_first_layer(monkeypatch):
    """The rule by which the script of the weights chooses its seed."""
    monkeypatch.syspath_prepend(ROOT / "data")
    script = importlib.import_module("make_lenet_digits")
    images, labels = data.digits32()
    learn, _ = data.split(labels)
    with np.load(ROOT / "data" / "lenet_digits.npz") as file:
        seen = script.share_seen(file, images[learn[::3]][:, None])
    assert seen.shape == (6,)
    assert seen.min() >= script.LEAST_SEEN


def test_hopper_is_a_grey_picture_or_a_coloured_one():
    grey, colour = data.hopper(), data.hopper(colour=True)
    assert (grey.shape, grey.dtype) == ((256, 256), np.uint8)
    assert (colour.shape, colour.dtype) == ((256, 256, 3), np.uint8)
    red, green, blue = colour[100, 50].tolist()
    assert abs(int(grey[100, 50]) - (0.299 * red + 0.587 * green + 0.114 * blue)) <= 0.5
    colour[:] = 0
    assert data.hopper(colour=True).any(), "a reader's change must not reach the next reader"


def test_digits_count_the_ink_from_0_to_16():
    images, labels = data.digits()
    assert images.shape == (1797, 8, 8)
    assert images.dtype == np.float64
    assert (images.min(), images.max()) == (0, 16)
    assert labels[:10].tolist() == list(range(10))
    images[:] = 0
    assert data.digits()[0].any()


def test_enlarged_digits_keep_their_ink_where_it_was():
    images, labels = data.digits32()
    small, same = data.digits()
    assert images.shape == (1797, 32, 32)
    assert images.dtype == np.float32
    assert images.min() >= 0
    assert images.max() <= 1
    assert_array_equal(labels, same)
    blocks = images.reshape(1797, 8, 4, 8, 4).mean(axis=(2, 4))
    assert np.corrcoef(blocks.ravel(), small.ravel())[0, 1] > 0.97


def test_a_split_keeps_the_same_share_of_each_class_and_no_example_twice():
    _, labels = data.digits()
    learn, test = data.split(labels, 0.2, seed=3)
    assert sorted([*learn, *test]) == list(range(1797))
    shares = np.bincount(labels[test]) / np.bincount(labels)
    assert np.abs(shares - 0.2).max() < 0.005
    assert_array_equal(test, data.split(labels, 0.2, seed=3)[1])
    assert not np.array_equal(test, data.split(labels, 0.2, seed=4)[1])
    for share in (0, 1, -0.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            data.split(labels, share)


def test_a_missing_shipped_file_is_a_problem_that_names_it():
    with pytest.raises(Problem, match=r"nothing\.npz is missing from"):
        data.data_file("nothing.npz")


def test_mnist_is_read_compressed_or_not(tiny):
    folder, files, arrays = tiny
    found = mnist(folder, files)
    for array, expected in zip(found, arrays, strict=True):
        assert_array_equal(array, expected)
    assert found.train_images.dtype == np.uint8
    assert found.test_labels.dtype == np.int64
    assert found.train_images.flags.writeable


def test_the_folder_may_be_named_by_the_environment(tiny, monkeypatch):
    folder, files, arrays = tiny
    monkeypatch.setenv("CONVOLAB_MNIST", str(folder))
    assert default_folder() == folder
    assert_array_equal(mnist(files=files).train_labels, arrays[1])
    monkeypatch.delenv("CONVOLAB_MNIST")
    assert default_folder().parts[-2:] == (".convolab", "mnist")


def test_missing_files_are_named_with_two_ways_to_get_them(tmp_path):
    with pytest.raises(Problem, match=r"train-images.*convolab data mnist.*or copy its four"):
        mnist(tmp_path)


def broken(folder, what):
    """Breaks the first file, and says what the message must contain."""
    path, labels = folder / "train-images-idx3-ubyte.gz", folder / "train-labels-idx1-ubyte"
    content = gzip.decompress(path.read_bytes())
    compressed = path.read_bytes()
    new, message = {
        "empty": (b"", "not an IDX file"),
        "a web page": (b"<html>not found</html>", "cannot be read"),
        "another compressed file": (gzip.compress(b"text"), "not an IDX file"),
        "cut while compressed": (compressed[:-20], "cannot be read"),
        "cut before compression": (gzip.compress(content[:-5]), r"107 of the 112 bytes"),
        "longer": (gzip.compress(content + b"more"), "more than the 112 bytes"),
        "one bit": (gzip.compress(content[:-1] + bytes([content[-1] ^ 1])), "sha256"),
        "swapped": (gzip.compress(labels.read_bytes()), "contains 6 labels, not 6 pictures of 4×4"),
        "another size": (
            gzip.compress(idx(np.zeros((6, 5, 5), np.uint8))),
            "contains 6 pictures of 5×5, not",
        ),
        "floats": (gzip.compress(b"\0\0\x0d" + content[3:]), "not an IDX file of bytes"),
        "wrong checksum": (compressed[:-8] + bytes(4) + compressed[-4:], "cannot be read"),
    }[what]
    path.write_bytes(new)
    return message


@pytest.mark.parametrize(
    "what",
    [
        *("empty", "a web page", "another compressed file", "cut while compressed", "longer"),
        *("cut before compression", "one bit", "swapped", "another size", "floats"),
        "wrong checksum",
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong_and_what_to_do(tiny, what):
    folder, files, _ = tiny
    message = broken(folder, what)
    with pytest.raises(Problem, match=f"train-images-idx3-ubyte.gz .*{message}.*delete it"):
        mnist(folder, files)


def test_a_small_file_that_unpacks_to_gigabytes_is_never_unpacked(tiny):
    folder, files, _ = tiny
    bomb = gzip.compress(files[0].header + bytes(200_000_000), 1)
    (folder / "train-images-idx3-ubyte.gz").write_bytes(bomb)
    del bomb
    tracemalloc.start()
    with pytest.raises(Problem, match="more than the 112 bytes"):
        mnist(folder, files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_header_that_claims_gigabytes_is_not_believed(tiny):
    folder, files, _ = tiny
    claim = bytes([0, 0, 8, 3]) + b"\xff" * 12
    (folder / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(claim))
    with pytest.raises(Problem, match="says that it contains 4,294,967,295 pictures"):
        mnist(folder, files)
