"""`convolab site`: the course as a folder for any web space, to read and to work in.

`build.py` ties it together. The *pages* (`pages.py`, `lesson_pages.py`, `run_notebooks.py`) are
made by Sphinx from the student's notebooks and have live figures without a kernel. The *laboratory*
(`laboratory.py`, `runtime.py`, `wheels.py`) is JupyterLite with the course's package in it.
What is pinned is in `versions.py`; the browser's own files are in `front/`.
"""
