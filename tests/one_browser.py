"""One headless Chromium for all tests of a process, though each file of tests has it to itself."""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

FLAGS = (
    "--no-sandbox",  # the sandbox of Chromium does not start as root, as in CI
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",  # a camera, for pages that may use one
)


def driver_starts() -> bool:
    """Whether playwright's own program, which drives the browser, runs on this machine."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True).returncode == 0


class OneBrowser:
    """A Chromium that is started once and lent out.

    Playwright keeps an event loop in this thread as long as it runs, and nobody else could run one
    meanwhile, not even for an `await` in a cell. So the loop is put aside between two loans.

    Args:
        path: the program.
    """

    def __init__(self, path: str):
        expect.set_options(timeout=20_000)  # milliseconds: pages are slow where all tests run
        self._playwright = sync_playwright().start()
        self._loop = asyncio.get_running_loop()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        self._kept: set[BrowserContext] = set()
        asyncio._set_running_loop(None)

    @contextlib.contextmanager
    def lent(self) -> Iterator[Browser]:
        """The browser; at the end every context is closed that is not to be kept."""
        asyncio._set_running_loop(self._loop)
        try:
            yield self._browser
            for context in set(self._browser.contexts) - self._kept:
                context.close()
        finally:
            asyncio._set_running_loop(None)

    def new_kept_context(self, width: int, height: int) -> BrowserContext:
        """A context of its own that the end of a loan leaves open, for the next one."""
        context = self._browser.new_context(viewport={"width": width, "height": height})
        self._kept.add(context)
        return context

    def close(self) -> None:
        """End the browser and its driver."""
        asyncio._set_running_loop(self._loop)
        self._browser.close()
        self._playwright.stop()
