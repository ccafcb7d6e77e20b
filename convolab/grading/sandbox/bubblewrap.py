"""The sandbox around the warm process: bubblewrap, and what it lets in.

Python, the installed packages, this package and its data can be read; nothing else of the machine
is there, no network, no other process, no place to write but a scratch folder that each student's
process gets for itself.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib

import convolab
from convolab.problem import Problem

INSTALL = "on Debian and Ubuntu `apt-get install bubblewrap`, on Fedora `dnf install bubblewrap`"
NEW_USER = 0x10000000
FIRST_USER, USERS = 3_000_000, 4096  # of a teacher who is root: users that nobody else has

PACKAGE = Path(convolab.__file__).resolve().parent
SYSTEM = ("/etc/ld.so.cache", "/etc/alternatives")
# Of /usr, /usr/local and each place where Python is installed; a course may be next to them.
PARTS = (
    "bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "include", "share", "etc", "ssl",
    "pyvenv.cfg",
)  # fmt: skip
LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def missing() -> str | None:
    """Why this machine cannot sandbox submissions, in one sentence; None if it can."""
    if not sys.platform.startswith("linux"):
        return (
            "The sandbox works on Linux only: grade in a container or in WSL "
            "(autograde/SECURITY.md says how)."
        )
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return f"bubblewrap, which sandboxes submissions, is not installed: {INSTALL}."
    try:
        with_users = _users()
    except OSError as error:
        return _refused(error.strerror or str(error))
    command = [bwrap, *_namespaces(with_users), "--ro-bind", "/usr", "/usr"]
    command += [part for link in LINKS for part in _link(link)]
    command += ["--proc", "/proc", "--dev", "/dev", "/usr/bin/env", "true"]
    done = subprocess.run(command, capture_output=True, text=True, pass_fds=_passed(with_users))
    if with_users is not None:
        os.close(with_users)
    if done.returncode:
        return _refused((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return None


def _refused(reason: str) -> str:
    if "mount proc" in reason:
        return (
            f"This container does not let bubblewrap make a sandbox ({reason}): start it with the "
            "options listed in autograde/SECURITY.md, or grade outside it."
        )
    return (
        f"This machine does not let bubblewrap make a sandbox ({reason}): allow unprivileged user "
        "namespaces (`sysctl kernel.unprivileged_userns_clone=1`, or AppArmor's "
        "`kernel.apparmor_restrict_unprivileged_userns=0`), or grade on a machine that has them."
    )


def command(python: list[str]) -> tuple[list[str], int | None]:
    """The command that runs Python inside the sandbox, and a file descriptor to hand down to it.

    Raises:
        Problem: this machine cannot; says what is missing.
    """
    if reason := missing():
        raise Problem(reason)
    users = _users()
    line = [shutil.which("bwrap"), *_namespaces(users)]
    paths = readable()
    home = scratch(paths)
    for path in paths:
        for folder in reversed(Path(path).parents[:-1]):
            line += ["--perms", "0755", "--dir", str(folder)]
        line += ["--ro-bind", path, path]
    for link in LINKS:
        line += _link(link)
    line += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", home]
    for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        line += ["--ro-bind", str(path), f"{home}/matplotlib/{path.name}"]
    line += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--clearenv"]
    own = {"HOME": home, "TMPDIR": home, "MPLCONFIGDIR": f"{home}/matplotlib"}
    for name, value in {**ENVIRONMENT, **own}.items():
        line += ["--setenv", name, value]
    return [*line, *python], users


def scratch(paths: list[str]) -> str:
    """The scratch folder inside the sandbox: /tmp, unless Python or the course is in there."""
    return "/scratch" if any(path.startswith("/tmp/") for path in paths) else "/tmp"


def _namespaces(users: int | None) -> list[str]:
    own = ["--unshare-user", "--uid", "0", "--gid", "0"]
    if users is not None:
        own = ["--userns", str(users)]
    rest = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    rest += ["--unshare-cgroup-try", "--cap-add", "ALL", "--die-with-parent", "--new-session"]
    return [*own, *rest]


def _passed(users: int | None) -> tuple[int, ...]:
    return () if users is None else (users,)


def readable() -> list[str]:
    """Paths that a student's program may read; any path inside another is left out."""
    data = PACKAGE.parent / "data"
    homes = ("/usr", "/usr/local", sys.base_prefix, sys.prefix)
    wanted = [os.path.join(home, part) for home in homes for part in PARTS]
    wanted += [*SYSTEM, str(PACKAGE), *([str(data)] * data.is_dir())]
    found: list[str] = []
    for path in wanted:
        if os.path.exists(path) and not any(path.startswith(f"{other}/") for other in found):
            found.append(path)
    return found


def _link(path: str) -> list[str]:
    """A folder of the system as it is here: a link, a folder, or nothing."""
    if os.path.islink(path):
        return ["--symlink", os.readlink(path), path]
    return ["--ro-bind", path, path] if os.path.isdir(path) else []


def _users() -> int | None:
    """For root: a user namespace with users to spare, since the kernel does not count the
    processes of root. Others cannot make one and do not need it."""
    if os.geteuid() != 0:
        return None
    here, there = os.pipe()
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        failed = ctypes.CDLL(None).unshare(NEW_USER)
        os.write(there, b"n" if failed else b"y")
        os.read(wait, 1)
        os._exit(0)
    try:
        if os.read(here, 1) != b"y":
            raise OSError(1, "root may not make user namespaces")
        for kind in ("uid", "gid"):
            Path(f"/proc/{child}/{kind}_map").write_text(f"0 0 1\n1 {FIRST_USER} {USERS}\n")
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY)
    finally:
        os.write(go, b"x")
        os.waitpid(child, 0)
        for end in (here, there, wait, go):
            os.close(end)
