"""Runs a program as another user than root, who may see what the tests need of root's folders."""

import ctypes
import os
import stat
import subprocess
import sys
from pathlib import Path

USER = 54_321  # nobody has this number
_NEW_MOUNTS, _BIND, _PRIVATE = 0x00020000, 4096, 0x44000


def run(source: str, folder: Path, seconds: float) -> subprocess.CompletedProcess:
    """Run a Python program as an ordinary user.

    Args:
        source: the program.
        folder: the user's own folder; it is handed to them.
    """
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER, follow_symlinks=False)
    here = Path(__file__).resolve().parents[3]
    needed = [Path(sys.base_prefix), Path(sys.prefix), here, folder]

    def become() -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_MOUNTS) or libc.mount(None, b"/", None, _PRIVATE, None):
            raise OSError(ctypes.get_errno(), "mounts of its own")
        _open_up(libc, needed)
        os.setgroups([])
        os.setgid(USER)
        os.setuid(USER)

    return subprocess.run(
        [sys.executable, "-c", source],
        preexec_fn=become,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "USER": "teacher"},
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def _open_up(libc: ctypes.CDLL, needed: list[Path]) -> None:
    """Lay an open folder over each that is closed to others, with what is needed in it."""
    kept = [(path, os.open(path, os.O_PATH)) for path in needed]
    closed = {_closed(path) for path, _ in kept} - {None}
    for folder in closed:
        _must(libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"mode=755"), folder)
    for path, handle in kept:
        if any(folder in path.parents for folder in closed):
            path.mkdir(parents=True, exist_ok=True)
            source = f"/proc/self/fd/{handle}".encode()
            _must(libc.mount(source, os.fsencode(path), None, _BIND | 16384, None), path)
        os.close(handle)


def _closed(path: Path) -> Path | None:
    """The first folder on the way to a path that others may not enter."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def _must(failed: int, path: Path) -> None:
    if failed:
        raise OSError(ctypes.get_errno(), f"mount {path}")
