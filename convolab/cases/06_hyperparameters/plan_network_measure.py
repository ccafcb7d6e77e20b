"""What a plan for pictures of 64 × 64 costs, what it sees and what it keeps, layer by layer."""

import itertools
import numbers
from dataclasses import dataclass

import numpy as np

from convolab import ops
from convolab.check.open_task import NotMeasured

PICTURE, CLASSES = (1, 64, 64), 10
MAPS = 16  # that reach flatten, at least
FORMS = {
    "conv": '("conv", depth, r, s, p)',
    "relu": '("relu",)',
    "pool": '("pool", size, stride)',
    "flatten": '("flatten",)',
    "dense": '("dense", units)',
}
LARGEST, MOST_LAYERS = 10_000, 200


@dataclass
class PossiblePlan:
    """A plan that is possible: its layers, and the shape before each and after the last."""

    layers: list[tuple]
    shapes: list[tuple]

    @property
    def flat(self) -> int:
        """Where in the list flatten is."""
        return [kind for kind, *_ in self.layers].index("flatten")


def layer_of(number, layer):
    """A layer as a tuple, whatever sequence it came as."""
    if not isinstance(layer, (tuple, list)) or not layer or str(layer[0]) not in FORMS:
        raise NotMeasured(f"Layer {number} is not one of {', '.join(FORMS.values())}.")
    kind, *settings = layer
    whole = all(isinstance(n, numbers.Integral) and not isinstance(n, bool) for n in settings)
    if not whole or len(settings) != FORMS[kind].count(", "):
        raise NotMeasured(f"Layer {number} should be {FORMS[kind]}, with whole numbers.")
    least = [0 if kind == "conv" and place == 3 else 1 for place in range(len(settings))]
    if any(not low <= n <= LARGEST for low, n in zip(least, settings, strict=True)):
        raise NotMeasured(f"Layer {number} has a number that makes no sense: {FORMS[kind]}.")
    return (kind, *map(int, settings))


def plan_of(ask):
    """The learner's plan, if it is possible and ends in ten scores."""
    given = ask()
    if not isinstance(given, (list, tuple)) or not given:
        raise NotMeasured('A plan is a list of layers, such as `[("flatten",), ("dense", 10)]`.')
    if len(given) > MOST_LAYERS:
        raise NotMeasured(f"At most {MOST_LAYERS} layers: your plan has {len(given)}.")
    layers = [layer_of(number, layer) for number, layer in enumerate(given, start=1)]
    try:
        shapes = [PICTURE, *ops.trace_shapes(PICTURE, layers)]
    except ValueError as error:
        raise NotMeasured(f"The plan does not fit a picture of 64 × 64: {error}.") from None
    kinds = [kind for kind, *_ in layers]
    if "conv" not in kinds:
        raise NotMeasured("The plan has no convolution, so there are no kernels to learn.")
    if kinds.count("flatten") != 1:
        raise NotMeasured("The plan should have flatten once: maps before it, units after it.")
    if shapes[-1] != (CLASSES,):
        raise NotMeasured(f"The plan should end in {CLASSES} scores; yours ends in {shapes[-1]}.")
    return PossiblePlan(layers, shapes)


def how_many_parameters(ask, rng):
    """All weights and biases."""
    return ops.count_parameters(PICTURE, plan_of(ask).layers)


def how_far_it_sees(ask, rng):
    """How many pixels along one side a number that reaches flatten sees, padding among them."""
    plan = plan_of(ask)
    windows = [layer for layer in plan.layers[: plan.flat] if layer[0] in ("conv", "pool")]
    pairs = [layer[2:4] if layer[0] == "conv" else layer[1:] for layer in windows]
    return ops.receptive_field(pairs)


def how_many_places(ask, rng):
    """How many places along one side reach flatten, if there are enough maps."""
    plan = plan_of(ask)
    maps, rows, columns = plan.shapes[plan.flat]
    if maps < MAPS:
        raise NotMeasured(f"At least {MAPS} maps must reach flatten; in your plan it is {maps}.")
    return min(rows, columns)


def smallest_share_kept(ask, rng):
    """Of all convolutions and poolings, the smallest share of its numbers that one passes on."""
    plan = plan_of(ask)
    sizes = [np.prod(shape) for shape in plan.shapes]
    pairs = itertools.pairwise(sizes[: plan.flat + 1])
    return min(after / before for before, after in pairs)
