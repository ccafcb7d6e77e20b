"""Pages with JupyterLab in them that take one notebook after the other, as a learner's page does.

To load JupyterLab takes a browser six processor seconds, to open the next notebook in it one.
"""

import re
from collections.abc import Callable
from itertools import count
from typing import Generic, Protocol, TypeVar

from playwright.sync_api import Error, Page

from tests.one_browser import OneBrowser

PATIENCE = 90_000  # milliseconds: two busy cores need time for the first page and its kernel
_workspaces = count()


class HasPage(Protocol):
    """What a file of tests knows of its page, from the page's beginning."""

    page: Page


P = TypeVar("P", bound=HasPage)


class LabPages(Generic[P]):
    """The pages of one server that nobody uses at the moment.

    Args:
        browser: where they are opened; borrow it (`browser`) before a page is taken or put back.
        server: JupyterLab's address.
        known: makes of a new page what tests use.
    """

    def __init__(self, browser: OneBrowser, server: str, known: Callable[[Page], P]):
        self._browser, self._server, self._known = browser, server, known
        self._idle: list[P] = []

    def open(self, notebook: str, width: int = 1280, height: int = 1000) -> P:
        """A page that shows a notebook of the server's folder, whose kernel may yet have to start.

        Args:
            notebook: the file's name.
            width: of what is seen, in pixels.
            height: likewise.
        """
        if self._idle:
            lab = self._idle.pop()
            lab.page.set_viewport_size({"width": width, "height": height})
            choose(lab.page, "File", "Open from Path…")
            lab.page.locator(".jp-Dialog input").fill(notebook)
            lab.page.keyboard.press("Enter")
        else:
            lab = self._new(width, height)
            workspace = f"{self._server}/lab/workspaces/w{next(_workspaces)}"
            lab.page.goto(f"{workspace}/tree/{notebook}")
        lab.page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=PATIENCE)
        return lab

    def put_back(self, lab: P) -> None:
        """Save and close the notebook and leave the page to the next one. A page that does not
        get that far is closed; nobody else should suffer from what went wrong on it."""
        try:
            choose(lab.page, "File", "Save Notebook")
            lab.page.wait_for_selector(".lm-TabBar-tab.jp-mod-dirty", state="detached")
            choose(lab.page, "File", "Close All Tabs")
            lab.page.wait_for_selector(".jp-Notebook", state="detached")
        except Error:
            lab.page.context.close()
        else:
            self._idle.append(lab)

    def _new(self, width: int, height: int) -> P:
        context = self._browser.new_kept_context(width, height)
        context.set_default_timeout(PATIENCE)
        return self._known(context.new_page())


def choose(page: Page, menu: str, item: str) -> None:
    """Choose from JupyterLab's menus by the words in them."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(item)}$")).click()
