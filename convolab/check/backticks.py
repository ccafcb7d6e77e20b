"""Sentences as HTML: text between `backticks` is set as code."""

import html
from collections.abc import Callable


def as_html(text: str, escape: Callable[[str], str] = html.escape) -> str:
    """A sentence as HTML.

    Args:
        escape: makes any text safe for a page.
    """
    return "".join(
        f"<code>{escape(part)}</code>" if place % 2 else escape(part)
        for place, part in enumerate(text.split("`"))
    )
