"""Shows a built site in the browser, from a plain web server on this computer."""

import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rich.console import Console

from convolab.problem import Problem

FIRST_PORT, PORTS = 8000, 50


class Handler(SimpleHTTPRequestHandler):
    """Says nothing about each file, and lets the browser ask whether a file has changed."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def server_of(folder: Path, port: int | None = None) -> ThreadingHTTPServer:
    """A server for a folder on this computer alone, at the first free port from 8000 on.

    Raises:
        Problem: no port is free.
    """
    for number in range(FIRST_PORT, FIRST_PORT + PORTS) if port is None else [port]:
        try:
            handler = partial(Handler, directory=str(folder))
            return ThreadingHTTPServer(("127.0.0.1", number), handler)
        except OSError:
            continue
    raise Problem(
        f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} is free: close a program."
    )


def serve(folder: Path, console: Console) -> None:
    """Serve a site and open it in the browser, until Ctrl-C."""
    with server_of(folder) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        console.print(f"The site is at {address}  Ctrl-C ends it.", highlight=False)
        webbrowser.open(address)
        server.serve_forever()
