"""Takes out of the built pages what the theme brings and no page of the course uses."""

import re
import shutil
from pathlib import Path

# Templates, translations (the course is in English), logos of services that it has no buttons for.
_LEFT_OUT = (
    ".buildinfo",
    "objects.inv",
    "_sources",
    "_static/*webpack-macros.html",
    "_static/locales",
    "_static/images/logo_*",
    "_static/vendor/fontawesome/webfonts/fa-brands-400.woff2",
)
_ICONS = "_static/scripts/fontawesome.js"
_ICON = re.compile(
    r'(?P<quoted>"?)(?P<name>[\w-]+)(?P=quoted):\[\d+,\d+,\[(?P<others>[^\]]*)\],"[0-9a-f]+",'
    r'(?:"[^"]*"|\[[^\]]*\])\],?'
)
# The widgets make these while a page is open, so that no page names them.
_OF_WIDGETS = {"pause", "play", "stop", "repeat", "retweet", "refresh", "question"}


def drop_unused(pages: Path) -> None:
    """Make the folder of built pages smaller, in place."""
    found = [path for pattern in _LEFT_OUT for path in pages.glob(pattern)]
    for path in (*found, *pages.rglob("*.map")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    icons = pages / _ICONS
    if icons.is_file():
        script = icons.read_text(encoding="utf-8")
        icons.write_text(with_icons(script, _named(pages)), encoding="utf-8")


def with_icons(script: str, names: set[str]) -> str:
    """The script of all icons with only those of some names, or other names of theirs."""
    return _ICON.sub(lambda icon: icon[0] if _names(icon) & names else "", script)


def _names(icon: re.Match[str]) -> set[str]:
    return {icon["name"], *re.findall(r'"([\w-]+)"', icon["others"])}


def _named(pages: Path) -> set[str]:
    """The icons that a page, a figure on it or a script of the theme names."""
    names = set(_OF_WIDGETS)
    scripts = [
        path for path in pages.glob("_static/scripts/*.js") if path.name != Path(_ICONS).name
    ]
    for path in (*pages.rglob("*.html"), *scripts):
        text = path.read_text(encoding="utf-8")
        names.update(re.findall(r"\bfa-([a-z0-9-]+)", text))
        names.update(re.findall(r'"icon": "([a-z0-9-]+)"', text))
    return names
