"""Which numbers of a trained network go on learning from its owner's pictures (an open task)."""

from convolab.exercises import Exercise

from . import fine_tune_plan_measure as measure

exercise = Exercise(praise="A few hundred numbers of 61,706, forty digits, and it reads people that it had never met.")

exercise.demand("reads", "after fine-tuning, their other digits are read", measure.share_read,
    at_least=0.94, points=1.5, unit="% of the digits",
    hint="Without any fine-tuning it is about 88 %. Let enough numbers learn that every class can change its weights, and give them time: forty digits are only four steps an epoch. But too large a rate undoes what the network knew.")
exercise.demand("few", "few numbers go on learning", measure.numbers_trained,
    at_most=1100, points=0.5, unit="numbers",
    hint="Freeze more. How many numbers does each part have? The last layer alone has 850.")

LAST = ["dense3.weight", "dense3.bias"]
BIASES = [name for name in measure.PARTS if name.endswith(".bias")]


def plan(train, rate=0.02, epochs=20):
    return {"train": list(train), "rate": rate, "epochs": epochs}


@exercise.right
def fine_tune_plan():
    return plan(LAST)


@exercise.variant("its weights alone")
def weights_alone():
    return plan(LAST[:1], 0.03, 15)


@exercise.variant("the last weights and all biases")
def last_and_biases():
    return plan([*BIASES, "dense3.weight"])


@exercise.variant("the first layer and the last")
def first_and_last():
    return plan([*LAST, "conv1.weight", "conv1.bias"])


@exercise.variant("larger steps, half as many")
def larger_steps():
    return plan(LAST, 0.05, 10)


@exercise.lazy("nothing")
def nothing():
    return plan([])


@exercise.lazy("ten numbers")
def ten_numbers():
    return plan(["dense3.bias"], 0.05, 10)


@exercise.lazy("hardly any time")
def no_time():
    return plan(LAST, 0.0005, 3)


@exercise.lazy("the kernels, far too fast")
def too_fast():
    return plan(["conv1.weight"], 1.0, 10)


@exercise.lazy("the first kernels alone")
def first_kernels():
    return plan(["conv1.weight", "conv1.bias"])


@exercise.lazy("everything")
def everything():
    return plan(measure.PARTS)
