"""A plan of a network that recognises what designers drew whom it has not met (an open task)."""

from convolab.exercises import Exercise

from . import own_plan_measure as measure

exercise = Exercise(praise="It beat the baseline on new designers, in the mean of two trainings.")

exercise.demand("gain", "it recognises more drawings by new designers than the baseline, on the same splits", measure.share_gained,
    at_least=0.02, points=1.5, unit="% of the pictures more",
    hint="The baseline has no convolution. Kernels that are the same everywhere, followed by pooling, are what it lacks; two or three such layers, a rate at which they live, and enough epochs to learn.")
exercise.demand("weights", "it has no more than 60,000 weights and biases", measure.weights,
    at_most=measure.MOST_WEIGHTS, points=0.5, unit="weights",
    hint="Most weights are where many numbers meet many units: after Flatten. Pool more often before it, or leave the hidden layer out.")
exercise.demand("work", "a training takes no more than 10 billion multiplications", measure.billions,
    at_most=measure.MOST_BILLIONS, points=0.5, unit="billion",
    hint="Pictures of 16 × 16 cost a quarter. Halve all layers' kernels: the first costs half, the others a quarter. Or train for fewer epochs.")


def plan(kernels=(8, 16), side=16, size=3, hidden=0, slope=0, rate=0.05, epochs=20, shift=1):
    """A plan, two layers of kernels where nothing else is said."""
    return {
        "side": side, "kernels": list(kernels), "size": size, "hidden": hidden, "slope": slope,
        "rate": rate, "epochs": epochs, "shift": shift,
    }  # fmt: skip


@exercise.right
def own_plan():
    return plan((12, 24), slope=0.1)


@exercise.variant("three layers")
def three_layers():
    return plan((8, 16, 32), slope=0.1)


@exercise.variant("leaky, with a hidden layer")
def hidden():
    return plan((12, 24), hidden=24, slope=0.1, epochs=15)


@exercise.variant("larger kernels")
def larger_kernels():
    return plan((8, 12), size=5, slope=0.1, rate=0.02, epochs=25)


@exercise.variant("smaller steps")
def smaller_steps():
    return plan((12, 24), rate=0.02)


@exercise.lazy("the baseline itself")
def baseline():
    return dict(measure.BASELINE, kernels=[])


@exercise.lazy("the baseline, with more units and moved pictures")
def more_units():
    return plan((), hidden=64, rate=0.02, epochs=15)


@exercise.lazy("no layer but the last")
def linear():
    return plan((), rate=0.02)


@exercise.lazy("two epochs")
def two_epochs():
    return plan(epochs=2)


@exercise.lazy("a rate far too large")
def too_fast():
    return plan(rate=2.0, epochs=4)


@exercise.lazy("a rate far too small")
def too_slow():
    return plan(rate=0.0005, epochs=4)


@exercise.lazy("right, but far too large")
def too_large():
    return plan((64, 128))


@exercise.lazy("right, but too dear")
def too_dear():
    return plan(epochs=200)
