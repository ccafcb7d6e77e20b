"""How far an answer to an open task is, in words."""

import pytest

from convolab.check.open_task import MeasuredDemand


@pytest.mark.parametrize(
    ("demand", "says"),
    [
        (
            MeasuredDemand("", 2 / 3, 0.8, False, "% of the lines"),
            "66.6 % of the lines; at least 80 % needed",
        ),
        (MeasuredDemand("", 0.79996, 0.8, False, "%"), "79.9 %; at least 80 % needed"),
        (MeasuredDemand("", 0.79996, 0.8, False, ""), "0.799; at least 0.8 needed"),
        (MeasuredDemand("", 0.8, 0.8, False, ""), "0.8; at least 0.8 needed"),
        (MeasuredDemand("", 0.00101, 0.001, True, "of ink"), "0.002 of ink; at most 0.001 needed"),
        (MeasuredDemand("", 3, 2, True, "pixels"), "3 pixels; at most 2 needed"),
        (
            MeasuredDemand("", 1.0, 1, False, "% of the lines"),
            "100 % of the lines; at least 100 % needed",
        ),
        (MeasuredDemand("", None, 1, False, ""), "could not be measured"),
    ],
)
def test_it_is_said_in_few_digits_and_never_looks_met_where_it_is_not(demand, says):
    assert demand.how_far == says
