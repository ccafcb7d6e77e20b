"""Fetches MNIST from its public mirrors: resumes broken downloads, keeps only correct files."""

import os
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from convolab.data.mnist_files import FILES, default_folder, find, read
from convolab.problem import Problem

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
TRIES = 3  # at each mirror, each starting where the one before broke off
CHUNK = 1 << 16  # bytes


def fetch_mnist(folder=None, console=None, *, mirrors=MIRRORS, files=FILES, timeout=30):
    """Fetches the missing files of MNIST, and returns the folder.

    folder: where to, `default_folder()` if None. console: a rich Console for progress bars.
    timeout: seconds to wait for a silent mirror. A file gets its name only once it is checked; one
    that was cut waits as .part.gz and goes on from there next time.

    Raises:
        Problem: no mirror gives a file, the folder cannot be written, or another file of that
            name is there.
    """
    folder = Path(folder) if folder is not None else default_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _progress(console) as show:
            for file in files:
                there = find(folder, file)
                if there is None:
                    _fetch(folder, file, mirrors, timeout, show)
                else:
                    read(there, file)
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written ({error.strerror or error}): choose another folder, with  "
            "convolab data mnist --folder FOLDER"
        ) from None
    return folder


def _fetch(folder, file, mirrors, timeout, show):
    """One file, from the first mirror that gives it."""
    part, reasons = folder / f"{file.name}.part.gz", []
    for mirror in mirrors:
        for _ in range(TRIES):
            try:
                _download(f"{mirror}{file.name}.gz", part, file, timeout, show)
                read(part, file)
                os.replace(part, folder / f"{file.name}.gz")
                return
            except Problem:
                part.unlink(missing_ok=True)
                reasons.append(f"{mirror} sends a wrong file")
                break
            except urllib.error.HTTPError as error:
                reasons.append(f"{mirror} answers {error.code}")
                break
            except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
                reasons.append(f"{mirror} {getattr(error, 'reason', None) or error}")
    raise Problem(
        f"{file.name}.gz could not be fetched ({'; '.join(dict.fromkeys(reasons))}): try again "
        f"later, or copy the four files of MNIST into {folder} from a machine that has them."
    )


def _download(address, part, file, timeout, show):
    """Adds to `part` what is missing. Raises HTTPException if the connection breaks off."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # nothing is left to send: the part is complete, or wrong
            return
        raise
    with answer:
        resumed = answer.status == 206
        have = have if resumed else 0
        with open(part, "ab" if resumed else "wb") as target:
            while chunk := answer.read(CHUNK):
                have += len(chunk)
                if have > file.size + CHUNK:
                    raise Problem(f"{address} sends more than the {file.size:,} bytes it should")
                target.write(chunk)
                show(file.name, have, have + (answer.length or 0))
        if answer.length:
            raise HTTPException("broke off")


@contextmanager
def _progress(console):
    """A function show(name, done, total), in bytes, that draws a bar for each name."""
    if console is None:
        yield lambda name, done, total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [TextColumn("{task.description}"), BarColumn(), DownloadColumn()]
    tasks = {}
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:

        def show(name, done, total):
            if name not in tasks:
                tasks[name] = bar.add_task(name)
            bar.update(tasks[name], completed=done, total=total)

        yield show
