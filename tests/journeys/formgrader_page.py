"""One submission in formgrader, as a teacher reads it: points, comments, what the student wrote."""

import re

from playwright.sync_api import Browser, Locator, Page

PATIENCE = 120_000  # milliseconds; all tests may run at once

# formgrader hangs its listeners on the fields when it has fetched the grades and the comments. What
# is typed before that is saved nowhere.
LISTENS = "() => formgrader.grades?.loaded && formgrader.comments?.loaded"


def open_submission(browser: Browser, server: str, submission: str) -> Page:
    """A tab with a submission, ready to be graded.

    Args:
        server: the address of JupyterLab.
        submission: the gradebook's id of the submitted notebook.
    """
    tab = browser.new_page()
    # Its formulas come from a server elsewhere: the page must not wait for that.
    tab.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
    tab.goto(f"{server}/formgrader/submissions/{submission}/", timeout=PATIENCE)
    tab.wait_for_function(LISTENS, timeout=PATIENCE)
    return tab


def enter(field: Locator, text: str) -> None:
    """Type into a field for points or a comment, and wait until formgrader has saved it."""
    saves = re.compile(r"/formgrader/api/(grade|comment)/")
    with field.page.expect_response(
        lambda answer: answer.request.method == "PUT" and saves.search(answer.url),
        timeout=PATIENCE,
    ) as saved:
        field.fill(text)
        field.press("Tab")
    assert saved.value.ok, saved.value.status
