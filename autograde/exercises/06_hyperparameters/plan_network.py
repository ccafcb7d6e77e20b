"""A plan of one's own that sees a whole picture on a small budget (an open task)."""

from convolab.exercises import Exercise

from . import plan_network_measure as measure
from .shared import NETWORK

exercise = Exercise(praise="A whole network, planned on paper: small, far-sighted and gentle. The choices were yours.")

exercise.demand("small", "at most 50,000 weights and biases", measure.how_many_parameters,
    at_most=50_000, points=0.5, unit="weights and biases",
    hint="Print `count_parameters` layer by layer, as for LeNet: which layer has most of them? What makes fewer numbers reach flatten?")
exercise.demand("sees", "each number that reaches flatten sees at least 64 pixels along one side", measure.how_far_it_sees,
    at_least=64, points=0.5,
    hint="A window late in the plan steps in large jumps. Do your last maps get smaller without padding? Then there is no room for another layer: `same_padding` makes room.")
exercise.demand("keeps", "at least 4 × 4 places reach flatten, on at least 16 maps", measure.how_many_places,
    at_least=4, points=0.5,
    hint="How many halvings take 64 columns to 4? Anything beyond that has to see further without making the maps smaller.")
exercise.demand("gentle", "every convolution and pooling passes on at least a quarter of the numbers it gets", measure.smallest_share_kept,
    at_least=0.25, points=0.5, unit="% at the narrowest layer",
    hint="Print the shapes: which layer passes on too little? A 2 × 2 pooling on an odd size also drops a row and a column: of 9 × 9 it keeps 4 × 4, so 16 of 81. Otherwise, split a large step into smaller ones.")


@exercise.right
def plan_network():
    layers = []
    for depth in (8, 16, 16, 32):
        layers += [("conv", depth, 3, 1, 1), ("relu",), ("pool", 2, 2)]
    layers += [("conv", 32, 3, 1, 1), ("relu",), ("flatten",)]
    return [*layers, ("dense", 32), ("relu",), ("dense", 10)]


@exercise.variant("strides instead of pooling")
def strided():
    layers = []
    for depth in (8, 16, 16, 16):
        layers += [("conv", depth, 4, 2, 1), ("relu",)]
    return [*layers, ("conv", 16, 3, 1, 1), ("relu",), ("flatten",), ("dense", 10)]


@exercise.variant("5 × 5 kernels as in LeNet, padded")
def larger_kernels():
    layers = []
    for depth in (8, 16, 16):
        layers += [("conv", depth, 5, 1, 2), ("relu",), ("pool", 2, 2)]
    return [*layers, ("conv", 16, 5, 1, 2), ("relu",), ("flatten",), ("dense", 10)]


@exercise.variant("two kernels of 3 × 3 before each pooling, and the classes as maps")
def pairs():
    layers = []
    for depth in (4, 8, 16, 16):
        layers += [("conv", depth, 3, 1, 1), ("relu",)] * 2 + [("pool", 2, 2)]
    return [*layers, ("pool", 1, 1), ("flatten",), ("dense", 24), ("relu",), ("dense", 10)]


@exercise.variant("a large kernel with a stride first")
def large_kernel_first():
    layers = [("conv", 16, 6, 2, 2), ("relu",), ("pool", 2, 2)]
    layers += [("conv", 16, 5, 1, 2), ("relu",), ("pool", 2, 2), ("conv", 16, 5, 1, 2), ("relu",)]
    return [*layers, ("conv", 16, 3, 1, 1), ("relu",), ("flatten",), ("dense", 10)]


@exercise.lazy("LeNet's plan, as it is")
def lenet():
    return NETWORK


@exercise.lazy("one huge pooling")
def huge_pooling():
    return [("conv", 16, 5, 1, 2), ("relu",), ("pool", 61, 1), ("flatten",), ("dense", 10)]


@exercise.lazy("nothing but poolings")
def only_poolings():
    return [("pool", 2, 2)] * 6 + [("flatten",), ("dense", 10)]


@exercise.lazy("one huge kernel")
def huge_kernel():
    return [("conv", 12, 61, 1, 0), ("relu",), ("flatten",), ("dense", 10)]


@exercise.lazy("no convolution at all")
def dense_only():
    return [("flatten",), ("dense", 10)]


@exercise.lazy("five layers without padding")
def unpadded():
    layers = []
    for depth in (8, 16, 16):
        layers += [("conv", depth, 5, 1, 0), ("relu",), ("pool", 2, 2)]
    return [*layers, ("flatten",), ("dense", 32), ("relu",), ("dense", 10)]


@exercise.lazy("sizes that do not come out even")
def uneven():
    return [("conv", 16, 3, 2, 0), ("relu",), ("flatten",), ("dense", 10)]
