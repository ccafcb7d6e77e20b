"""Sphinx' settings for the pages of the course."""

import re

project = "Convolution Lab"
html_title = "Convolution Lab"
author = "Convolution Lab"
language = "en"
copyright = "Convolution Lab. Texts and pictures: CC BY 4.0"
extensions = ["myst_nb"]
exclude_patterns = ["conf.py"]

nb_execution_mode = "off"
nb_ipywidgets_js = {"require.js": {}, "paths.js": {}, "shared.js": {}, "embed-amd.js": {}}
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
mathjax_path = "mathjax.js"

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_js_files = ["pages.js"]
html_context = {"default_mode": "auto"}
html_show_sourcelink = False
html_use_index = False
html_copy_source = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": True,
    "show_toc_level": 2,
    "home_page_in_toc": True,
    "navbar_persistent": [],
    "navigation_with_keys": False,
}


def _without_empty_headings(app, pagename, templatename, context, doctree):
    """A cell at a table's head in which nothing is written becomes a plain one."""
    body = context.get("body", "")
    context["body"] = re.sub(r'<th class="head[^"]*"><p></p></th>', "<td></td>", body)


def setup(app):
    """Sphinx calls this."""
    app.connect("html-page-context", _without_empty_headings)
