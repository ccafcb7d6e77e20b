"""What the saved states of several figures have in common is in the site once, not on every page.

A figure's state holds its whole module, and a network's weights: the same on page after page.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files

from nbformat import NotebookNode

from convolab.site.lesson_page import STATE

SCRIPT = "shared.js"
LARGE = 1000  # letters: less is not worth a place of its own


def share_state(pages: Sequence[NotebookNode]) -> str:
    """Take out of the pages' states what occurs more than once.

    Args:
        pages: all pages of the site; changed in place.

    Returns:
        The script that puts it back when a page is opened, before its figures are made.
    """
    places = [place for page in pages for place in _large(page)]
    often = Counter(where[key] for where, key in places)
    shared = {}
    for where, key in places:
        text = where[key]
        if often[text] > 1:
            name = hashlib.sha256(text.encode()).hexdigest()[:16]
            shared[name] = text
            where[key] = f"shared:{name}"
    front = (files("convolab.site") / "front" / SCRIPT).read_text(encoding="utf-8")
    return front.replace("{{shared}}", json.dumps(shared, indent=0, sort_keys=True))


def _large(page: NotebookNode) -> Iterator[tuple[dict, str]]:
    """The dictionaries and keys of a page's long texts, buffers in base64 among them."""
    for model in page.metadata.get("widgets", {}).get(STATE, {}).get("state", {}).values():
        for where in (model["state"], *model.get("buffers", [])):
            for key, value in where.items():
                if isinstance(value, str) and len(value) > LARGE:
                    yield where, key
