"""What all live figures share: one ES module each, a widget, a picture and words beside it.

A figure consists of real ipywidgets (sliders, menus, toggles) that are jslinked to one anywidget
canvas. The numbers are sent once; what dragging changes is computed and painted in the browser.

In a notebook a figure makes three outputs: the widget, its picture, its description. Where the
widget lives, its style sheet hides the other two; in an exported, untrusted or reopened notebook
there is no living widget and the picture and the words are seen. The picture shows the state at
the moment when the cell ran.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import anywidget
import ipywidgets as widgets
from IPython.display import display

from convolab.figures import colours, drawing
from convolab.figures.picture import SHARPNESS, Description, Picture

# Where no figure lives, the widget's own output (empty or "Error displaying widget") is hidden.
_PICTURE_INSTEAD = (
    ".jp-OutputArea-child:has(+ .jp-OutputArea-child .convolab-picture):not(:has(.convolab-live))"
    "{display:none}"
)


def joined(module: str) -> str:
    """The shared JavaScript and one figure's module as a single ES module.

    An anywidget module is loaded from a blob and cannot import its siblings; the line
    `import {…} from "./shared.js";` in a module serves editors and is taken out here.
    """
    here = files("convolab.figures")
    own = (here / module).read_text(encoding="utf-8")
    own = re.sub(r'^import \{[^}]*\} from "\./shared\.js";\n', "", own, flags=re.MULTILINE)
    shared = (here / "shared.js").read_text(encoding="utf-8")
    return colours.javascript() + shared + "\n" + own


def style_sheet() -> str:
    """The style sheet of all figures."""
    return (files("convolab.figures") / "figure.css").read_text(encoding="utf-8")


class Canvas(anywidget.AnyWidget):
    """The canvas of a figure; a subclass sets `_esm = joined("….js")` and adds its traits."""

    _css = style_sheet()

    def state(self) -> dict[str, Any]:
        """The traits that make up the figure's state, as the JavaScript gets them."""
        return {name: getattr(self, name) for name in self.own_traits()}

    @classmethod
    def own_traits(cls) -> list[str]:
        """The names of the traits that this figure added."""
        return [name for name in cls.class_traits(sync=True) if name not in _EVERY_WIDGETS]


_EVERY_WIDGETS = set(anywidget.AnyWidget.class_traits(sync=True)) | {"_css", "_esm"}


class Figure:
    """A live figure: shows itself in a notebook, has a picture and a description.

    A subclass makes `self.canvas` and calls `self.compose(rows of controls)`, and has
    `draw_picture()` → matplotlib figure and `describe()` → Description.
    """

    canvas: Canvas
    widget: widgets.DOMWidget
    sharpness = SHARPNESS
    how_to_use = "To move the figure, run its cell in JupyterLab."  # said where it does not live

    def compose(self, *rows: list[widgets.Widget]) -> None:
        """Put the canvas above its rows of controls; where nothing is drawn, it is alone."""
        if not drawing.is_on():
            self.widget = self.canvas
            return
        lines = [widgets.HBox(row) for row in rows]
        for line in lines:
            line.add_class("convolab-controls")
        self.widget = widgets.VBox([self.canvas, *lines])
        self.widget.add_class("convolab-figure")

    def link(self, trait: str, control: widgets.Widget, attribute: str = "value") -> None:
        """Join a trait of the canvas and a control in the browser, the canvas's value first."""
        if drawing.is_on():
            widgets.jslink((self.canvas, trait), (control, attribute))

    def describe(self) -> Description:
        """The state in words and a small table."""
        raise NotImplementedError

    def draw_picture(self):
        """The state as a matplotlib figure."""
        raise NotImplementedError

    def picture(self) -> Picture:
        """The state as a static image with alternative text; `.save("file.png")` keeps it."""
        return Picture.of(self.draw_picture(), self.describe().text, self.sharpness)

    def _ipython_display_(self) -> None:
        name = type(self).__name__
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        words = f"{name}: a live figure; where it cannot live, its picture and description follow."
        bundle = {"application/vnd.jupyter.widget-view+json": view, "text/plain": words}
        display(bundle, raw=True)
        description = self.describe()
        still = Picture.of(
            self.draw_picture(),
            description.text,
            self.sharpness,
            css_class="convolab-picture",
            style=_PICTURE_INSTEAD,
        )
        display(still)
        html = (
            f'<div class="convolab-description">{description.html()}<p>{self.how_to_use}</p></div>'
        )
        display({"text/html": html, "text/plain": str(description)}, raw=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.describe().text}>"
