"""Pictures that a student pasted into text: attached to the cell, or written into it as `data:`."""

import re
from urllib.parse import unquote

from markupsafe import escape

from convolab.grading.pages.pictures import KINDS, MOST_IN_ALL, Shown, sound

_DATA = re.compile(r"data:[\w/+.-]{1,80};base64,([A-Za-z0-9+/=]+)", re.ASCII)
_TAKEN_OUT = re.compile(r"taken-out-picture:(\d{1,4})(?!\d)")


class Room:
    """The room that is left for the pictures of a submission."""

    def __init__(self):
        self._left = MOST_IN_ALL

    def take(self, picture: Shown) -> bool:
        """Whether there is room for a picture once more; if so, it is taken."""
        if self._left < len(picture.data):
            return False
        self._left -= len(picture.data)
        return True


class CellPictures:
    """The pictures of one cell: the attachments, and which of them the text has shown.

    Args:
        room: what there is for all pictures of the submission.
        attachments: the cell's, as they were handed in.
    """

    def __init__(self, room: Room, attachments: object):
        self._room = room
        self._taken: list[str] = []
        self._shown: dict[str, Shown | None] = {}
        self._contents: dict[str, object] = {}
        if isinstance(attachments, dict):
            self._contents = {f"attachment:{n}": _base64(b) for n, b in attachments.items()}

    def taken_out_of(self, source: str) -> str:
        """A text with a short address instead of each `data:` address."""
        return _DATA.sub(self._take, source)

    def _take(self, found: re.Match) -> str:
        address = f"taken-out-picture:{len(self._taken)}"
        self._taken.append(found[0])
        self._contents[address] = found[1]
        return address

    def told_in(self, html: str) -> str:
        """HTML in which words replace what was taken out and is not an image."""
        return _TAKEN_OUT.sub(lambda found: self._in_words(int(found[1])), html)

    def image(self, address: str, alt: str = "") -> str | None:
        """An `img` for an address in the text; None if there is no sound picture there."""
        place = address if address in self._contents else unquote(address)
        if place not in self._contents:
            return None
        if place not in self._shown:
            content = self._contents[place]
            self._shown[place] = sound(content) if isinstance(content, str) else None
        picture = self._shown[place]
        if picture is None or not self._room.take(picture):
            return None
        name = alt.strip() or "A picture in this answer"
        return f'<img src="{picture.address}" alt="{escape(name[:500])}">'

    def _in_words(self, place: int) -> str:
        if place >= len(self._taken):
            return f"taken-out-picture:{place}"
        text = self._taken[place]
        return str(escape(text if len(text) < 100 else f"{text[:60]}… ({len(text)} characters)"))

    def rest(self) -> str:
        """The attachments that the text does not show."""
        html = ""
        for place in [place for place in self._contents if place not in self._shown]:
            if image := self.image(place):
                html += f"<p>{image}</p>"
            elif place.startswith("attachment:"):
                name = escape(place.removeprefix("attachment:")[:200])
                html += f"<p><em>{name} is not a PNG, JPEG or GIF that can be shown here.</em></p>"
        return html


def _base64(bundle: object) -> object:
    """The picture in an attachment, in base64."""
    if not isinstance(bundle, dict):
        return None
    content = next((bundle[kind] for kind in KINDS if kind in bundle), None)
    return "".join(map(str, content)) if isinstance(content, list) else content
