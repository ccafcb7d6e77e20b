"""Sphinx' settings for the pages of the course."""

project = "Convolution Lab"
html_title = "Convolution Lab"
author = "Convolution Lab"
language = "en"
copyright = "Convolution Lab. Texts and pictures: CC BY 4.0"
extensions = ["myst_nb"]
exclude_patterns = ["conf.py"]

nb_execution_mode = "off"
nb_ipywidgets_js = {"require.js": {}, "paths.js": {}, "embed-amd.js": {}}
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
mathjax_path = "mathjax.js"

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_js_files = ["pages.js"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": True,
    "show_toc_level": 2,
    "home_page_in_toc": True,
    "navigation_with_keys": False,
}
