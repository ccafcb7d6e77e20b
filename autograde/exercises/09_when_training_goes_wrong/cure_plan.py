"""A plan of training that cures a network with several illnesses (an open task)."""

from convolab.exercises import Exercise

from . import cure_plan_measure as measure

exercise = Exercise(praise="It recovered on digits and random weights that you never saw, twice over.")

exercise.demand("reads", "after six epochs the network reads unseen digits", measure.share_read,
    at_least=0.75, points=1.5, unit="% of the digits",
    hint="Look for one illness after the other, from the input on: pixels from 0 to 16, weights that grow from layer to layer, and steps too large or too small. Any of them alone may spoil it.")
exercise.demand("budget", "the plan takes no more than six epochs", measure.epochs_asked,
    at_most=6, points=0.5, unit="epochs",
    hint="What is ill does not get better by training it longer: the network is trained for six epochs, whatever you ask for.")


def plan(divide_by=16, size="he", rate=0.05, slope=0, epochs=6):
    """A plan, healthy where nothing else is said."""
    return {"divide_by": divide_by, "size": size, "rate": rate, "slope": slope, "epochs": epochs}


@exercise.right
def cure_plan():
    return plan()


@exercise.variant("a smaller rate")
def smaller_rate():
    return plan(rate=0.02)


@exercise.variant("a size of one's own, and leaky")
def size_by_hand():
    return plan(size=0.2, slope=0.01)


@exercise.variant("divided by less, with smaller steps")
def divided_by_less():
    return plan(divide_by=4, rate=0.02)


@exercise.variant("larger pixels, leaky")
def larger_pixels():
    return plan(divide_by=8, rate=0.02, slope=0.1)


@exercise.lazy("as it was found")
def as_found():
    return plan(1, 1.0, 0.5, epochs=20)


@exercise.lazy("only a smaller rate")
def only_rate():
    return plan(1, 1.0, 0.01)


@exercise.lazy("only the pixels")
def only_pixels():
    return plan(16, 1.0, 0.5)


@exercise.lazy("only the start")
def only_start():
    return plan(1, "he", 0.5)


@exercise.lazy("pixels and start, but the old rate")
def old_rate():
    return plan(rate=0.5)




@exercise.lazy("far too cautious")
def cautious():
    return plan(rate=0.001)


@exercise.lazy("right, but too long")
def too_long():
    return plan(epochs=60)
