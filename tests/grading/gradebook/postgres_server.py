"""A real PostgreSQL server for tests: on a free port of this machine, with no password."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.conftest import free_port, without

USER = "lab"
INSTALL = "PostgreSQL's server is not installed: on Debian `apt-get install postgresql`."


def programs() -> Path:
    """The folder of initdb and postgres, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    without(INSTALL)


class PostgresServer:
    """One server with its data in a temporary folder.

    PostgreSQL refuses to run as root: then it runs as the user "postgres", whom its package makes,
    and who may not enter pytest's own folders.
    """

    def __init__(self):
        self._programs = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="convolab-postgres-", dir="/tmp"))
        self._data = self._folder / "data"
        self._port = free_port()
        self._process: subprocess.Popen | None = None
        self._as = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        command = [self._programs / "initdb", "-D", self._data, "-A", "trust", "-U", USER]
        command += ["--no-sync", "--encoding=UTF8", "--locale=C"]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, **self._as)
        assert done.returncode == 0, done.stderr

    def url(self, database: str) -> str:
        """The address for SQLAlchemy of a database, which is made if it is not there."""
        with self.connect("postgres") as connection:
            names = connection.execute("SELECT datname FROM pg_database").fetchall()
            if (database,) not in names:
                connection.execute(f'CREATE DATABASE "{database}"')
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self._port}/{database}"

    def connect(self, database: str) -> psycopg.Connection:
        """A connection of one's own, which commits each statement."""
        return psycopg.connect(
            f"host=127.0.0.1 port={self._port} user={USER} dbname={database}", autocommit=True
        )

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self._port,
            "unix_socket_directories": "",
            "fsync": "off",  # a test's data may be lost with the power
        }
        command = [self._programs / "postgres", "-D", self._data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = subprocess.Popen(
            command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._as
        )
        end = time.monotonic() + 60
        while True:
            try:
                self.connect("postgres").close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, "the server has ended"
                assert time.monotonic() < end, "the server does not answer"
                time.sleep(0.1)

    def cpu(self) -> float:
        """Processor seconds of the server with all its processes, those that ended included."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat.parent.name) == self._process.pid:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == self._process.pid:
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End at once, with every connection, as if somebody had restarted the server."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # "fast": open transactions are rolled back
            self._process.wait(60)
            self._process = None

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder)
