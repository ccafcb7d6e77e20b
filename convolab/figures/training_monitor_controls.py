"""The controls of TrainingMonitor, linked in the browser: sliders, stop, and the menu of runs."""

from __future__ import annotations

import ipywidgets as widgets

from convolab.figures import controls
from convolab.figures.training_monitor_presets import CHANNELS_AT_MOST


def rows_of_controls(figure) -> list[list[widgets.Widget]]:
    """The controls of a figure in rows; the menu is there only if the figure has presets."""
    c = figure.canvas
    room = widgets.Layout(width="330px", max_width="100%", margin="2px 0")
    wide = {"description_width": "90px"}
    rate, momentum = (
        widgets.SelectionSlider(
            description=name, tooltip="from the next epoch on", layout=room, style=wide,
            options=[(f"{value:g}", value) for value in values], index=index,
        )
        for name, values, index in (("learning rate", c.rates, c.rate),
                                    ("momentum", c.momenta, c.momentum))
    )  # fmt: skip
    channels = controls.slider("channels", "of a network that starts with the next epoch",
                               value=c.channels, min=1, max=CHANNELS_AT_MOST)  # fmt: skip
    place = controls.slider("epoch", "the epoch to look at", value=1, min=1, max=1)
    for slider in (channels, place):
        slider.style = wide
    stop = widgets.ToggleButton(value=c.stop, description="stop", icon="stop",
                                tooltip="tell the training to stop")  # fmt: skip
    figure.link("rate", rate, "index")
    figure.link("momentum", momentum, "index")
    figure.link("channels", channels)
    figure.link("place_max", place, "max")
    figure.link("place", place)
    figure.link("stop", stop)
    rows = [[rate, momentum], [channels, place], [stop]]
    if c.presets:
        menu = controls.menu("run", "starts this run", c.presets, index=c.preset)
        menu.style = wide
        anew = widgets.ToggleButton(value=False, description="start anew", icon="refresh",
                                    tooltip="the same run with the settings shown")  # fmt: skip
        figure.link("preset", menu, "index")
        figure.link("anew", anew)
        rows = [[menu, anew], *rows]
    return rows
