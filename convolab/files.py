"""Writes files whole: each is complete, or as it was before, whatever happens meanwhile."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, and make its folder if there is none.

    A text is written as UTF-8, with a question mark for what UTF-8 cannot hold (half an emoji).
    Everybody may read the file. A link stays: its target is written.

    Raises:
        OSError: it cannot be written; names the path.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, str | bytes]) -> None:
    """Write several files as `write_whole` does, none before there is room for all of them."""
    with ExitStack() as all_written:
        for path, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
            file = all_written.enter_context(whole(path))
            with _named(path):
                file.write(data)
                file.flush()


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which is moved into place at the end, if nothing was raised."""
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():  # /dev/stdout can be written to, a folder cannot
        with path.open("wb") as file:
            yield file
        return
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        with _named(path):
            os.chmod(part, 0o644)
            os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the intended file, not the temporary one."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
