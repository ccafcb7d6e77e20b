"""A notebook in JupyterLab, worked on as a student does: look for a cell, write, run, read."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

CELL = ".jp-Notebook .jp-CodeCell"
NUMBER = re.compile(r"\[\d+\]")  # of a cell that has run
PATIENCE = 60_000  # milliseconds; a kernel starts slowly on a busy machine

# Half a screen on; whether the end was reached already.
FURTHER = """element => {
    const end = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
    element.scrollBy(0, element.clientHeight / 2);
    return end;
}"""

# A canvas is painted when its pixels are not all alike, a picture when it has arrived. The
# collector of one's own pictures has no canvas: it is there when its buttons are.
IN_SIGHT = """() => {
    const painted = (node) => {
        if (node.tagName === "IMG") return node.complete && node.naturalWidth > 0;
        if (node.tagName !== "CANVAS") return node.querySelector("button") !== null;
        if (!node.width || !node.height) return false;
        const all = node.getContext("2d").getImageData(0, 0, node.width, node.height).data;
        const pixels = new Uint32Array(all.buffer);
        return pixels.some((pixel) => pixel !== pixels[0]);
    };
    const found = {};
    for (const cell of document.querySelectorAll(".jp-Notebook .jp-CodeCell")) {
        const kinds = ["error", "stderr"].map((kind) => `[data-mime-type$="${kind}"]`).join();
        const nodes = (what) => [...cell.querySelectorAll(`.jp-OutputArea ${what}`)];
        found[cell.dataset.windowedListIndex] = {
            errors: nodes(kinds).map((node) => node.innerText),
            canvases: nodes("canvas, .convolab-collector").map(painted),
            pictures: nodes("img").map(painted),
        };
    }
    return found;
}"""


class NotebookPage:
    """One open notebook; `complaints` collects what a student should never meet."""

    def __init__(self, page: Page):
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._note_foreign_request)
        page.on("response", self._note_failed_response)

    def open(self, address: str) -> None:
        """Open the notebook and wait until its kernel is ready."""
        self.page.goto(address)
        self.page.locator(CELL).first.wait_for(timeout=PATIENCE)
        self.wait_until_idle()

    def cell(self, text: str) -> Locator:
        """The code cell that contains a text, scrolled into view: JupyterLab keeps only the cells
        in sight in the page, so this looks on from where the reader is, and again from the top."""
        cells = self.page.locator(CELL, has_text=text)
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        ends = 0  # the notebook grows while it is laid out, so one look is not enough
        while ends < 4:
            if cells.count():
                cells.first.scroll_into_view_if_needed()
                return cells.first
            if panel.evaluate(FURTHER):
                ends += 1
                panel.evaluate("element => element.scrollTo(0, 0)")
            self.page.wait_for_timeout(100)
        raise AssertionError(f"no code cell contains {text!r}")

    def write(self, cell: Locator, code: str) -> None:
        """Replace what stands in a cell."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def run(self, cell: Locator) -> Locator:
        """Run a cell and return its output area when it has ended."""
        identity = cell.evaluate("element => element.dataset.windowedListIndex")
        same = self.page.locator(f'{CELL}[data-windowed-list-index="{identity}"]')
        prompt = same.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(before, timeout=PATIENCE)
        expect(prompt).to_have_text(NUMBER, timeout=PATIENCE)
        return same.locator(".jp-OutputArea").first

    def run_all_above(self, cell: Locator) -> None:
        """Run what stands above a cell, as the Run menu does, and wait for the end."""
        place = int(cell.evaluate("element => element.dataset.windowedListIndex"))
        cell.locator(".cm-content").click()
        self._run_from_menu(re.compile("^Run All Above Selected Cell$"))
        self._wait_until_run(max(above for above in self.cells_in_sight() if above < place))

    def run_all(self, last: int) -> None:
        """Run every cell, as the Run menu does, and wait for the end.

        Args:
            last: the place of the last code cell in which something stands. The page does not
                tell: what has yet to be laid out makes the notebook look shorter than it is.
        """
        self._run_from_menu(re.compile("^Run All Cells"))
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        there = self.page.locator(f'{CELL}[data-windowed-list-index="{last}"]')
        for _ in range(PATIENCE // 50):
            if there.count():
                break
            panel.evaluate(FURTHER)
            self.page.wait_for_timeout(50)
        else:
            raise AssertionError(f"the notebook shows no code cell {last}")
        self._wait_until_run(last)

    def cells_in_sight(self) -> dict[int, dict]:
        """What the code cells show that JupyterLab keeps in the page now, by the cell's place in
        the notebook: the errors' texts, and of each canvas and picture whether it is painted."""
        return {int(place): shown for place, shown in self.page.evaluate(IN_SIGHT).items()}

    def leaf_through(self, seen: Callable[[dict[int, dict]], None]) -> None:
        """Scroll from the first cell to the last, half a screen at a time, and show `seen` what
        is in sight on the way."""
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        panel.evaluate("element => element.scrollTo(0, 0)")
        end = False
        while not end:
            self.page.wait_for_timeout(50)
            seen(self.cells_in_sight())
            end = panel.evaluate(FURTHER)
        seen(self.cells_in_sight())

    def shut_down(self) -> None:
        """End the notebook's kernel, as the Kernel menu does."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
        self.page.locator("#jp-bottom-panel").get_by_text("No Kernel").wait_for(timeout=PATIENCE)

    def save(self) -> None:
        """Save as with Ctrl-S and wait until the file is written."""
        self.page.keyboard.press("ControlOrMeta+s")
        expect(self.page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0, timeout=PATIENCE)

    def validate(self) -> str:
        """Press nbgrader's button, and return what its dialog says."""
        self.page.get_by_role("button", name="Validate").click()
        dialog = self.page.locator(".jp-Dialog-content")
        dialog.wait_for(timeout=2 * PATIENCE)
        text = dialog.inner_text()
        dialog.get_by_role("button", name="Ok").click()
        return text

    def _run_from_menu(self, item: re.Pattern) -> None:
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name=item).click()

    def _wait_until_run(self, place: int) -> None:
        # The kernel is idle too before the first cell reaches it: only the last cell's own number
        # says that all is done.
        cell = self.page.locator(f'{CELL}[data-windowed-list-index="{place}"]')
        expect(cell.locator(".jp-InputPrompt")).to_have_text(NUMBER, timeout=2 * PATIENCE)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until the kernel is there and has nothing to do."""
        # the status bar knows a kernel that is idle from one that is not there yet
        status = self.page.locator("#jp-bottom-panel").get_by_text(re.compile(r"\| Idle$"))
        status.wait_for(timeout=2 * PATIENCE)

    def _note_foreign_request(self, request) -> None:
        if not re.match(r"(http|ws)://127\.0\.0\.1[:/]|data:|blob:", request.url):
            self.complaints.append(f"asked the network for {request.url}")

    def _note_failed_response(self, response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")
