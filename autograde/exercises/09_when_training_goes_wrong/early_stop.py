"""The epoch to keep, by the loss on validation pictures."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"stops": 1, "ends": 0.25, "equal": 0.5, "int": 0.25},
    says={
        "stops": "losses that do not fall for so many epochs in a row",
        "ends": "losses that keep falling, or end before patience is used up",
        "equal": "losses that come back to the best one, but not below it",
        "int": "a whole number, an int",
    },
    asks={"int": "whole"},
)

@exercise.right
def early_stop(losses, patience):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best

@exercise.variant("counting how long")
def early_stop_counting(losses, patience):
    lowest, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, kept, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            return kept
    return kept

@exercise.variant("looking ahead")
def early_stop_ahead(losses, patience):
    losses = list(losses)
    best = 0
    while True:
        later = [e for e in range(best + 1, min(best + 1 + patience, len(losses))) if losses[e] < losses[best]]
        if not later:
            return best
        best = later[0]

exercise.also("argmin of what was seen", "    return best", "    return int(np.argmin(losses[: epoch + 1])) if len(losses) > 1 else 0")

exercise.shows("stops",
    ([2.0, 1.0, 0.5, 0.75, 0.875, 0.25], 2), (np.array([3.0, 1.0, 2.0, 1.5, 1.25, 1.125, 0.5]), 3),
    ([5, 4, 6, 3, 7, 8, 2], 2), ([2.0, 1.0, 1.5, 0.5], 1), ([1.0, 2.0, 3.0, 4.0, 0.5], 3), ([4.0, 3.0, 3.5, 1.0, 2.0, 2.5, 0.5], 3),
)
exercise.shows("ends", ([3.0, 1.0], 2), ([4.0, 3.0, 2.0, 1.0], 2), (np.array([2.0, 1.0, 1.5, 1.75]), 5), ([0.5], 3), ([3.0, 2.5, 2.75, 1.0, 1.25], 2))
exercise.shows("int", ([3.0, 2.0, 1.0, 4.0, 5.0], 2), (np.array([2.0, 3.0]), 4))
exercise.shows("equal", ([3.0, 1.0, 2.0, 1.0, 1.5, 0.5], 3), (np.array([2.0, 2.0, 2.0, 1.0]), 2), ([2.0, 1.0, 1.0], 4))

@exercise.hidden
def early_stop_hidden(rng):
    for patience in (1, 2, 3):
        falling = np.sort(rng.choice(90, 4, replace=False) + 20)[::-1] / 8
        waiting = falling[-1] + rng.integers(1, 9, patience + 1) / 8
        yield "stops", (np.concatenate([falling, waiting, [0.5]]), patience)
        yield "ends", (falling.tolist(), patience)
    yield "equal", (np.concatenate([falling, falling[-1:], waiting[:2], [0.25]]), 3)

exercise.slip("where it stopped", "    return best", "    return epoch if len(losses) > 1 else 0",
    hint="That is the epoch in which it stops. Keep the one with the lowest loss so far.")
exercise.slip("the lowest of all", "best = 0\n    for epoch in range(1, len(losses)):\n        if losses[epoch] < losses[best]:\n            best = epoch\n        elif epoch - best >= patience:\n            break\n    return best", "return int(np.argmin(losses))",
    hint="You look at all epochs. After patience epochs without a new best the training is over: nobody sees what would have come later.")
exercise.slip("one epoch too patient", ">= patience", "> patience",
    hint="It waits one epoch too long: after patience epochs in a row without a new best it is over.")
exercise.slip("one epoch too impatient", "epoch - best >= patience", "epoch - best >= max(patience - 1, 1)",
    hint="It stops one epoch too early: it waits for patience epochs in a row without a new best.")
exercise.slip("impatient", "elif epoch - best >= patience", "else",
    hint="It stops as soon as the loss rises once. It should wait for patience epochs in a row without a new best.")
exercise.slip("the loss itself", "    return best", "    return losses[best]",
    hint="That is the lowest loss. Return the number of its epoch, counted from 0.")
exercise.slip("counted from one", "    return best", "    return best + 1",
    hint="You count the epochs from 1. The first one is number 0.")
exercise.slip("the last of equals", "losses[epoch] < losses[best]", "losses[epoch] <= losses[best]",
    hint="A loss that is equal to the best is no new best. Take < in place of <=.")
exercise.slip("compared with the epoch before", "losses[epoch] < losses[best]", "losses[epoch] < losses[epoch - 1]",
    hint="You compare each loss with the one before it. Compare it with the lowest so far: after a rise a small fall is no new best.")
exercise.slip("the largest", "losses[epoch] < losses[best]", "losses[epoch] > losses[best]",
    hint="You keep the highest loss. The lower the better.")
exercise.slip("starts at the second epoch", "best = 0\n    for epoch in range(1,", "best = min(1, len(losses) - 1)\n    for epoch in range(2,",
    hint="The first epoch, number 0, is never looked at. It may be the best.")

@exercise.wrong("not in a row",
    hint="You count all epochs without a new best. Each new best starts the count again: they have to be in a row.")
def early_stop_in_all(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            waited += 1
            if waited == patience:
                break
    return best

@exercise.wrong("patience from the start",
    hint="You only look at the first patience epochs. The count starts again with each new best.")
def early_stop_first(losses, patience):
    return int(np.argmin(losses[: patience + 1]))
exercise.slip("always the first", "            best = epoch\n", "            pass\n",
    hint="It always keeps epoch 0. Does a lower loss become the new lowest?")
exercise.slip("the last epoch left out", "range(1, len(losses))", "range(1, len(losses) - 1)",
    hint="The last epoch is never looked at: `range(1, n)` already ends one before n.")
exercise.slip("one epoch behind", "losses[epoch] < losses[best]", "losses[epoch - 1] < losses[best]",
    hint="You ask whether the epoch before was a new lowest, and then keep the one after it.")
