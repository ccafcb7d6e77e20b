"""MNIST is fetched from a mirror, goes on where it was cut, and is kept only where it is right."""

import gzip
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from rich.console import Console

from convolab.data.fetch import fetch_mnist
from convolab.data.mnist_files import IdxFile, mnist
from convolab.problem import Problem


def tiny_mnist():
    """{name.gz: its bytes} of a small MNIST of noise, and what its files should be."""
    rng, contents, files = np.random.default_rng(0), {}, []
    for name, shape in {
        "train-images-idx3-ubyte": (40, 28, 28),
        "train-labels-idx1-ubyte": (40,),
        "t10k-images-idx3-ubyte": (10, 28, 28),
        "t10k-labels-idx1-ubyte": (10,),
    }.items():
        file = IdxFile(name, shape, "")
        content = file.header + rng.bytes(file.size - len(file.header))
        files.append(IdxFile(name, shape, hashlib.sha256(content).hexdigest()))
        contents[f"{name}.gz"] = gzip.compress(content)
    return contents, tuple(files)


CONTENTS, FILES = tiny_mnist()
FIRST = "train-images-idx3-ubyte.gz"


class Mirror(ThreadingHTTPServer):
    """A mirror on this machine that can misbehave; it notes the ranges that it was asked for."""

    def __init__(self):
        self.contents, self.asked = dict(CONTENTS), []
        self.status = 200  # or an error for every request
        self.cut_first = False  # whether the first file breaks off half way, the first time
        self.ranges = True  # whether it can begin in the middle
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/mnist/"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        mirror, name = self.server, self.path.rsplit("/", 1)[1]
        asked = self.headers.get("Range")
        mirror.asked.append((name, asked))
        if mirror.status != 200:
            return self.send_error(mirror.status)
        content, start = mirror.contents[name], 0
        if asked and mirror.ranges:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                return self.send_error(416)
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if mirror.cut_first and name == FIRST:
            mirror.cut_first = False
            self.wfile.write(content[start : start + len(content) // 2])
            self.connection.close()
            return None
        self.wfile.write(content[start:])
        return None

    def log_message(self, *arguments):
        pass


@pytest.fixture
def mirrors():
    """Two mirrors, that answer on loopback until the test ends."""
    servers = [Mirror(), Mirror()]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


def fetch(folder, servers, **options):
    addresses = [server.address for server in servers]
    return fetch_mnist(folder, mirrors=addresses, files=FILES, timeout=5, **options)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_four_files_arrive_whole_with_bars_and_can_be_read(tmp_path, mirrors):
    console = Console(record=True, width=120, force_terminal=True)
    folder = fetch(tmp_path / "new" / "mnist", mirrors, console=console)
    assert names(folder) == sorted(CONTENTS)
    assert mnist(folder, FILES).train_images.shape == (40, 28, 28)
    assert "t10k-labels-idx1-ubyte" in console.export_text()
    assert not mirrors[1].asked


def test_what_is_there_is_checked_and_not_fetched_again(tmp_path, mirrors):
    fetch(tmp_path, mirrors)
    asked = len(mirrors[0].asked)
    fetch(tmp_path, mirrors)
    assert len(mirrors[0].asked) == asked


def test_a_connection_that_breaks_off_goes_on_from_there(tmp_path, mirrors):
    mirrors[0].cut_first = True
    fetch(tmp_path, mirrors)
    half = len(CONTENTS[FIRST]) // 2
    assert mirrors[0].asked[:2] == [(FIRST, None), (FIRST, f"bytes={half}-")]
    assert (tmp_path / FIRST).read_bytes() == CONTENTS[FIRST]


def test_a_part_left_by_an_earlier_run_goes_on_from_there(tmp_path, mirrors):
    (tmp_path / "train-images-idx3-ubyte.part.gz").write_bytes(CONTENTS[FIRST][:1000])
    fetch(tmp_path, mirrors)
    assert mirrors[0].asked[0] == (FIRST, "bytes=1000-")
    assert names(tmp_path) == sorted(CONTENTS)


@pytest.mark.parametrize("ranges", [True, False], ids=["resumes", "starts again"])
def test_a_part_that_is_already_whole_or_a_mirror_without_ranges(tmp_path, mirrors, ranges):
    mirrors[0].ranges = ranges
    (tmp_path / "train-images-idx3-ubyte.part.gz").write_bytes(CONTENTS[FIRST])
    fetch(tmp_path, mirrors)
    assert (tmp_path / FIRST).read_bytes() == CONTENTS[FIRST]


def test_a_part_of_something_else_is_thrown_away(tmp_path, mirrors):
    (tmp_path / "train-images-idx3-ubyte.part.gz").write_bytes(b"x" * 500)
    fetch(tmp_path, mirrors)
    assert (tmp_path / FIRST).read_bytes() == CONTENTS[FIRST]
    assert mirrors[1].asked == [(FIRST, None)]


def test_a_mirror_that_fails_is_followed_by_the_next(tmp_path, mirrors):
    mirrors[0].status = 403
    fetch(tmp_path, mirrors)
    assert names(tmp_path) == sorted(CONTENTS)
    assert len(mirrors[1].asked) == 4


@pytest.mark.parametrize(
    "content",
    [b"<html>blocked</html>", gzip.compress(b"text"), b"x" * 500_000],
    ids=["a web page", "another file", "far too much"],
)
def test_a_wrong_file_is_never_kept(tmp_path, mirrors, content):
    for mirror in mirrors:
        mirror.contents[FIRST] = content
    with pytest.raises(Problem, match="sends a wrong file"):
        fetch(tmp_path, mirrors)
    assert names(tmp_path) == []


def test_offline_it_says_what_to_do(tmp_path, mirrors):
    for mirror in mirrors:
        mirror.shutdown()
        mirror.server_close()
    with pytest.raises(Problem, match=r"could not be fetched .*refused.*copy the four files"):
        fetch(tmp_path, mirrors)
    assert names(tmp_path) == []


def test_another_file_of_that_name_is_left_alone(tmp_path, mirrors):
    (tmp_path / FIRST).write_bytes(gzip.compress(b"clothes"))
    with pytest.raises(Problem, match="name another folder"):
        fetch(tmp_path, mirrors)
    assert gzip.decompress((tmp_path / FIRST).read_bytes()) == b"clothes"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path, mirrors):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be written"):
        fetch(tmp_path / "file", mirrors)
