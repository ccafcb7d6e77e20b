"""A newer course goes beside what a learner saved in the laboratory, once, and never over it."""

import json
from pathlib import Path

import pytest

from convolab.site.laboratory import SCRIPTS, note_releases

pytestmark = pytest.mark.journey

FRONT = Path(__file__).resolve().parents[2] / "convolab" / "site" / "front"
LESSON, OTHER = "01_conv/01_conv.ipynb", "02_conv/02_conv.ipynb"
NEWER = "01_conv/01_conv_newer.ipynb"
# What JupyterLite does when a notebook is saved: localforage's table, by path.
SAVE = """([path, content, root]) => new Promise((done, failed) => {
    const opened = indexedDB.open(`JupyterLite Storage - ${root}`);
    opened.onupgradeneeded = () => opened.result.createObjectStore("files");
    opened.onerror = failed;
    opened.onsuccess = () => {
        const put = opened.result.transaction("files", "readwrite").objectStore("files");
        put.put({ path, content }, path).onsuccess = () => { opened.result.close(); done(); };
    };
})"""
SAVED = """(root) => new Promise((done) => {
    const opened = indexedDB.open(`JupyterLite Storage - ${root}`);
    opened.onsuccess = () => {
        const found = {};
        const cursor = opened.result.transaction("files").objectStore("files").openCursor();
        cursor.onsuccess = () => {
            const at = cursor.result;
            if (!at) { opened.result.close(); return done(found); }
            found[at.key] = at.value.content;
            at.continue();
        };
    };
})"""


class Laboratory:
    """A laboratory with two lessons and none of JupyterLite, in a folder and in a browser."""

    def __init__(self, folder: Path, context, address: str, name: str = "laboratory"):
        self._folder, self.context, self.page = folder / name, context, context.new_page()
        self._site, self._root = f"{address}/{name}", f"/{name}/"
        self.address = f"{self._site}/lab/index.html"
        (self._folder / "lab").mkdir(parents=True)
        scripts = "".join(f'<script src="../{script}"></script>' for script in SCRIPTS)
        html = f"<!doctype html><title>Lab</title><body>{scripts}"
        (self._folder / "lab" / "index.html").write_text(html)
        for script in SCRIPTS:
            (self._folder / script).write_bytes((FRONT / script).read_bytes())
        self.release(LESSON, 1)
        self.release(OTHER, 1)

    def release(self, path: str, number: int) -> None:
        place = self._folder / "files" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"release": number}))
        note_releases(self._folder)

    def visit(self) -> str:
        """Open it and return what it says of newer releases."""
        self.page.goto(self.address)
        return self.page.evaluate("window.convolabNewer")

    def _evaluate(self, script: str, argument: object) -> dict:
        self.page.goto(f"{self._site}/releases.json")  # of this origin, and runs nothing
        return self.page.evaluate(script, argument)

    def save(self, path: str, content: object) -> None:
        self._evaluate(SAVE, [path, content, self._root])

    def saved(self) -> dict[str, object]:
        return self._evaluate(SAVED, self._root)


@pytest.fixture
def laboratory(browser, serve, tmp_path):
    context = browser.new_context()
    yield Laboratory(tmp_path, context, serve(tmp_path))
    context.close()


def test_a_newer_release_goes_beside_what_was_saved_and_that_is_said(laboratory):
    assert laboratory.visit() == ""
    laboratory.save(LESSON, "mine")
    assert laboratory.visit() == ""
    laboratory.release(LESSON, 2)
    assert "next to yours as 01_conv_newer.ipynb" in laboratory.visit()
    assert laboratory.saved() == {LESSON: "mine", NEWER: {"release": 2}}


def test_a_lesson_that_nobody_saved_is_simply_the_new_one(laboratory):
    laboratory.visit()
    laboratory.save(OTHER, "mine")
    laboratory.release(LESSON, 2)
    assert laboratory.visit() == ""
    assert laboratory.saved() == {OTHER: "mine"}


def test_each_release_comes_once_and_the_next_one_does_not_replace_it(laboratory):
    laboratory.visit()
    laboratory.save(LESSON, "mine")
    laboratory.release(LESSON, 2)
    laboratory.visit()
    assert laboratory.visit() == ""
    laboratory.save(NEWER, "mine, too")
    laboratory.release(LESSON, 3)
    assert "01_conv_newer_2.ipynb" in laboratory.visit()
    assert laboratory.saved() == {
        LESSON: "mine",
        NEWER: "mine, too",
        "01_conv/01_conv_newer_2.ipynb": {"release": 3},
    }


def test_an_older_release_that_comes_back_is_not_laid_again(laboratory):
    laboratory.visit()
    laboratory.save(LESSON, "mine")
    laboratory.release(LESSON, 2)
    laboratory.visit()
    laboratory.release(LESSON, 1)
    assert laboratory.visit() == ""


def test_several_lessons_are_one_sentence(laboratory):
    laboratory.visit()
    for path in (LESSON, OTHER):
        laboratory.save(path, "mine")
        laboratory.release(path, 2)
    said = laboratory.visit()
    assert "newer releases of 2 lessons" in said
    assert "01_conv_newer.ipynb, 02_conv_newer.ipynb" in said


def test_a_release_that_cannot_be_fetched_comes_at_the_next_visit(laboratory):
    laboratory.visit()
    laboratory.save(LESSON, "mine")
    laboratory.release(LESSON, 2)
    laboratory.context.route("**/files/01_conv/*", lambda route: route.abort())
    assert laboratory.visit() == ""
    laboratory.context.unroute("**/files/01_conv/*")
    assert "01_conv_newer.ipynb" in laboratory.visit()


def test_two_tabs_that_open_at_once_lay_it_once(laboratory):
    laboratory.visit()
    laboratory.save(LESSON, "mine")
    laboratory.release(LESSON, 2)
    pages = [laboratory.page, laboratory.context.new_page()]
    for page in pages:
        page.goto(laboratory.address, wait_until="commit")
    said = [page.evaluate("window.convolabNewer") for page in pages]
    assert sorted(map(bool, said)) == [False, True]
    assert set(laboratory.saved()) == {LESSON, NEWER}


def test_two_sites_at_one_address_do_not_mix(browser, serve, tmp_path):
    context, address = browser.new_context(), serve(tmp_path)
    one, two = (Laboratory(tmp_path, context, address, name) for name in ("one", "two"))
    for site in (one, two):
        site.visit()
    one.save(LESSON, "mine")
    two.release(LESSON, 2)
    assert one.visit() == two.visit() == ""
    assert one.saved() == {LESSON: "mine"}
    context.close()


def test_a_browser_that_stores_nothing_is_left_alone(laboratory):
    laboratory.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new Error('refused') }"
    )
    assert laboratory.visit() == ""
