"""The controls of all figures: real ipywidgets with one look, so that labels line up."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

LABEL = "64px"


def _layout(pixels: int) -> widgets.Layout:
    # A control never grows beyond a narrow window and keeps its size otherwise.
    return widgets.Layout(width=f"{pixels}px", max_width="100%", margin="2px 0")


def slider(label: str, hint: str, *, pixels: int = 330, **limits: int) -> widgets.IntSlider:
    """A slider for whole numbers; `limits` are its value, min, max and step."""
    return widgets.IntSlider(
        description=label,
        tooltip=hint,
        layout=_layout(pixels),
        style={"description_width": LABEL},
        **limits,
    )


def menu(label: str, hint: str, options: Sequence[str], *, index: int, pixels: int = 330):
    """A menu; the browser knows its `index`."""
    return widgets.Dropdown(
        description=label,
        tooltip=hint,
        options=list(options),
        index=index,
        layout=_layout(pixels),
        style={"description_width": LABEL},
    )


def choice(label: str, hint: str, options: Sequence[str], *, index: int, button: str = "66px"):
    """A few buttons of which one is pressed; the browser knows its `index`."""
    return widgets.ToggleButtons(
        description=label,
        tooltips=[hint] * len(options),
        options=list(options),
        index=index,
        style={"description_width": LABEL, "button_width": button},
    )


def tick(label: str, hint: str, *, value: bool, pixels: int = 200) -> widgets.Checkbox:
    """A box to tick."""
    return widgets.Checkbox(
        value=value, description=label, tooltip=hint, indent=False, layout=_layout(pixels)
    )


def player(interval: int) -> widgets.Play:
    """Play and stop, a step every `interval` milliseconds."""
    return widgets.Play(interval=interval, show_repeat=False, layout=_layout(110))


def press(label: str, hint: str) -> widgets.ToggleButton:
    """A button that the browser lets go again once it has done what it is for."""
    return widgets.ToggleButton(description=label, tooltip=hint, value=False, layout=_layout(100))
