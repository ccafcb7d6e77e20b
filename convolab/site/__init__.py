"""`convolab site`: the course as a folder for any web space, to read and to work in.

`whole_site.py` ties it together. The *pages* (`site_pages.py`, `lesson_page.py`, `landing.py`) are
made by Sphinx from the student's notebooks and have live figures without a kernel;
`shared_state.py`, `small_pictures.py` and `small_theme.py` keep them small. The *laboratory*
(`laboratory.py`, `runtime.py`, `wheels.py`) is JupyterLite with the course's package in it.
What is pinned is in `versions.py`; the browser's own files are in `front/`.
"""
