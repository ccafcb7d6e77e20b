"""The pages in a real browser: figures that live from a folder, without a kernel or a network."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from convolab.course import lessons
from convolab.site.site_pages import build_pages
from convolab.site.whole_site import megabytes
from tests.repository.solution_lines import lines, secret_lines

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_convolution_1d"
STATE = "application/vnd.jupyter.widget-state+json"
WIDTHS = (360, 800, 1400)
LIVE = ".convolab-live canvas, .convolab-collector"
# What is beyond the page's edge, or beyond that of a box that hides it, and is not a box that can
# be scrolled (code, tables, formulas) or words for screen readers alone.
CUT_OFF = """() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width ? ["the page itself"] : [];
    const scrolls = "pre, mjx-container, .pst-scrollable-table-container, .cell_output";
    for (const element of document.querySelectorAll("main *, header *")) {
        const box = element.getBoundingClientRect();
        const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        if (!box.width || !seen || element.closest(scrolls)) continue;
        let edge = width;
        for (let around = element.parentElement; around; around = around.parentElement) {
            const hides = ["hidden", "clip"].includes(getComputedStyle(around).overflowX);
            if (hides) edge = Math.min(edge, around.getBoundingClientRect().right);
        }
        const words = element.children.length === 0 || element.tagName === "svg";
        if (words && edge > 1 && (box.right > edge + 2 || box.left < -1)) {
            found.push(element.outerHTML.slice(0, 200));
        }
    }
    return found;
}"""
LOCAL = re.compile(r"(file|data|blob):|http://127\.0\.0\.1[:/]")


@pytest.fixture(scope="module")
def folder(fetched, tmp_path_factory) -> Path:
    """All pages; only lesson 01 and the first page have been run. CONVOLAB_SITE names a site that
    is built already, with all of them."""
    if built := os.environ.get("CONVOLAB_SITE"):
        return Path(built)
    folder = tmp_path_factory.mktemp("pages") / "site"
    build_pages(ROOT, folder, chosen=[LESSON])
    return folder


@pytest.fixture(scope="module")
def address(folder, serve) -> str:
    # below the server's root, as in a school's subfolder
    return f"{serve(folder.parent)}/{folder.name}"


@pytest.fixture
def page(browser):
    """A page of a browser without a network, which notes what goes wrong on it."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.route(lambda address: not LOCAL.match(address), lambda route: route.abort())
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(request.url))
    yield page
    context.close()


def wait_for_figures(page: Page) -> None:
    expect(page.locator(".convolab-live canvas").first).to_be_visible(timeout=60_000)
    expect(page.locator(".noUi-handle").first).to_be_attached()


def names(folder: Path) -> list[str]:
    """The pages, as addresses below the site's."""
    found = (path.relative_to(folder) for path in folder.rglob("*.html"))
    return sorted(p.as_posix() for p in found if p.parts[0] not in ("_static", "laboratory"))


def words(page: Page) -> str:
    """What the first figure says to a screen reader, and its picture."""
    figure = page.locator(".convolab-live").first
    return figure.inner_text() + figure.locator("canvas").evaluate("c => c.toDataURL()")


@pytest.mark.parametrize("where", ["web", "file"])
def test_a_figure_moves_by_keyboard_and_by_mouse(where, page, folder, address):
    page.goto(f"{address}/index.html" if where == "web" else (folder / "index.html").as_uri())
    wait_for_figures(page)
    handle = page.locator(".noUi-handle").first
    before = words(page)
    assert "at place x = 0" in before
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".convolab-live").first).to_contain_text("at place x = 1")
    assert words(page) != before
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 105, box["y"] + 5, steps=5)
    page.mouse.up()
    expect(page.locator(".convolab-live").first).to_contain_text(
        re.compile(r"place x = ([3-9]|1\d)")
    )
    if where == "web":
        assert page.complaints == []


def test_a_lesson_s_figures_live_and_their_pictures_are_out_of_sight(page, address):
    page.goto(f"{address}/{LESSON}/{LESSON}.html")
    wait_for_figures(page)
    expect(page.locator(".convolab-live canvas")).to_have_count(4)
    for handle in page.locator(".noUi-handle").all()[:6]:
        handle.focus()
        page.keyboard.press("ArrowRight")
    assert page.locator(".convolab-picture:visible, .convolab-description:visible").count() == 0
    assert page.complaints == []
    expect(page.get_by_role("link", name="Work on this lesson")).to_have_attribute(
        "href", f"../laboratory/lab/index.html?path={LESSON}/{LESSON}.ipynb"
    )


def test_a_formula_is_drawn_from_the_site_s_own_files(page, address):
    page.goto(f"{address}/{LESSON}/{LESSON}.html")
    expect(page.locator("mjx-container").first).to_be_visible()


def test_without_scripts_there_are_pictures_and_descriptions(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{LESSON}/{LESSON}.html")
    assert page.locator("img.convolab-picture:visible, .convolab-picture img:visible").count() == 4
    expect(page.locator(".convolab-description").first).to_contain_text("allow this page to run")
    context.close()


def test_the_theme_is_followed_by_the_figures(page, address):
    page.goto(f"{address}/index.html")
    wait_for_figures(page)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")
    page.wait_for_function("() => document.querySelector('canvas')")
    light = words(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    page.wait_for_function(
        "old => document.querySelector('.convolab-live canvas').toDataURL() !== old",
        arg=light[light.index("data:image") :],
    )


@pytest.fixture(scope="module")
def faults(browser, folder, address) -> dict[str, dict]:
    """What is wrong with any page, in one walk through all of them."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context()
    page = context.new_page()
    found = {"axe": {}, "cut off": {}, "icons": {}}
    for name in names(folder):
        page.set_viewport_size({"width": WIDTHS[-1], "height": 1000})
        page.goto(f"{address}/{name}")
        page.add_style_tag(content="* { transition: none !important }")  # of what slides away
        if page.locator(f"script[type='{STATE}']").count():
            page.locator(LIVE).first.wait_for(timeout=60_000)
        page.locator("svg[data-icon]").first.wait_for(state="attached")
        if lost := page.locator("svg .missing").count():
            found["icons"][name] = lost
        for theme in ("light", "dark"):
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            for fault in Axe().run(page).response["violations"]:
                parts = [node["html"][:200] for node in fault["nodes"]][:3]
                found["axe"][name, theme, fault["id"]] = parts
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if cut := page.evaluate(CUT_OFF):
                found["cut off"][name, width] = cut
    context.close()
    return found


def test_axe_finds_nothing_on_any_page_in_either_theme(faults):
    assert faults["axe"] == {}


def test_nothing_on_any_page_is_cut_off_at_any_width(faults):
    assert faults["cut off"] == {}


def test_every_icon_of_every_page_is_among_those_that_were_kept(faults):
    assert faults["icons"] == {}


def test_the_pages_are_small(folder):
    laboratory = folder / "laboratory"
    assert megabytes(folder) - megabytes(laboratory) <= 15


def test_there_is_one_place_to_search_from(page, address):
    page.goto(f"{address}/index.html")
    wait_for_figures(page)
    for width in (1400, 360):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_role("button", name="Search").filter(visible=True)).to_have_count(1)


def test_a_search_finds_a_lesson(page, address):
    page.goto(f"{address}/search.html?q=pooling")
    expect(page.locator("#search-results li a").first).to_be_visible()


def test_every_link_leads_to_a_page_of_the_site_or_to_the_laboratory(folder):
    lost = []
    for path in folder.rglob("*.html"):
        for link in re.findall(r'href="([^"#?]+)[^"]*"', path.read_text(encoding="utf-8")):
            if re.match(r"\w+:", link) or "laboratory/" in link:
                continue
            if not (path.parent / link).exists():
                lost.append(f"{path.relative_to(folder)}: {link}")
    assert lost == []


def test_there_is_a_page_for_every_lesson_and_no_solution_on_any(folder):
    secret = secret_lines()
    for lesson in lessons(ROOT):
        text = (folder / lesson / f"{lesson}.html").read_text(encoding="utf-8")
        plain = re.sub(r"<[^>]+>", "", text).replace("&quot;", '"').replace("&lt;", "<")
        assert lines(plain.replace("&gt;", ">").replace("&#39;", "'")) & secret == set()
    assert not (folder / "_sources").exists()
