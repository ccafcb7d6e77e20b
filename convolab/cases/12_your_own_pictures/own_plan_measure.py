"""What a plan of a network reaches on designers that it has not seen, next to a baseline.

Two trainings: with drawings by three of the six designers, and with those by the other three, each
asked about those that it has not seen. The baseline, a network without convolution, learns from the
same pictures and is asked about the same. Pictures of 16 × 16 are the means of 2 × 2 pixels.
"""

from functools import lru_cache

import numpy as np

from convolab import nn
from convolab.check.open_task import NotMeasured
from convolab.data import drawings

HALVES, LEARN, DRAWN, BATCH, CLASSES = ((0, 1, 2), (3, 4, 5)), 28, 64, 16, 4
BASELINE = {"side": 16, "kernels": (), "size": 3, "hidden": 32, "slope": 0.1, "rate": 0.01, "epochs": 20, "shift": 0}
LEAST = {"side": 16, "size": 1, "hidden": 0, "slope": 0, "rate": 0, "epochs": 1, "shift": 0}
MOST = {"side": 32, "size": 7, "hidden": 10_000, "slope": 0.9, "rate": 10, "epochs": 10_000, "shift": 8}
WHOLE = ("side", "size", "hidden", "epochs", "shift")
MOST_BILLIONS, MOST_WEIGHTS = 10, 60_000


def plan_of(ask):
    """The learner's plan: numbers, and the kernels as a tuple."""
    plan = ask()
    if not isinstance(plan, dict) or set(plan) != set(BASELINE):
        raise NotMeasured(f"A plan is a dictionary with these eight names: {', '.join(BASELINE)}.")
    plan = {name: plan[name] if name == "kernels" else _number(name, plan[name]) for name in plan}
    if plan["side"] not in (16, 32):
        raise NotMeasured("side is 16 or 32.")
    if plan["size"] % 2 == 0:
        raise NotMeasured("size is an odd number: 3, 5 or 7.")
    kernels = plan["kernels"]
    good = isinstance(kernels, (list, tuple)) and len(kernels) <= 4
    if not good or not all(_is_whole(one) and 1 <= one <= 512 for one in kernels):
        raise NotMeasured("kernels is a list of up to four whole numbers from 1 to 512: so many kernels in each layer.")
    plan["kernels"] = tuple(int(one) for one in kernels)
    return plan


def _is_whole(value):
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _number(name, value):
    number = _is_whole(value) or isinstance(value, (float, np.floating))
    if not number or not LEAST[name] <= value <= MOST[name]:
        raise NotMeasured(f"{name} is a number from {LEAST[name]:g} to {MOST[name]:g}.")
    if name in WHOLE and value != int(value):
        raise NotMeasured(f"{name} is a whole number.")
    return int(value) if name in WHOLE else float(value)


def network(plan, seed):
    """The network of a plan, as it starts."""

    def active():
        return nn.LeakyReLU(plan["slope"]) if plan["slope"] else nn.ReLU()

    layers = []
    for several in plan["kernels"]:
        layers += [nn.Conv2D(several, plan["size"], padding=plan["size"] // 2)]
        layers += [nn.MaxPool2D(2), active()]
    layers += [nn.Flatten()]
    if plan["hidden"]:
        layers += [nn.Dense(plan["hidden"]), active()]
    return nn.Sequential([*layers, nn.Dense(CLASSES)], (3, plan["side"], plan["side"]), seed)


def count_weights(plan):
    """Weights and biases, without building anything."""
    channels, side, total = 3, plan["side"], 0
    for several in plan["kernels"]:
        total += several * (channels * plan["size"] ** 2 + 1)
        channels, side = several, side // 2
    units = channels * side**2
    for several in (*[plan["hidden"]] * (plan["hidden"] > 0), CLASSES):
        total += several * (units + 1)
        units = several
    return total


def count_billions(plan):
    """Multiplications of one training, forward and back, in billions."""
    channels, side, each = 3, plan["side"], 0
    for several in plan["kernels"]:
        each += several * channels * plan["size"] ** 2 * side**2
        channels, side = several, side // 2
    units = channels * side**2
    each += units * plan["hidden"] + plan["hidden"] * CLASSES if plan["hidden"] else units * CLASSES
    return 3 * each * LEARN * CLASSES * len(HALVES[0]) * plan["epochs"] / 1e9


@lru_cache(maxsize=4)
def pictures(seed):
    """Drawings by side, labels, designers, and which of them may be learned from."""
    images, labels, designers = drawings(DRAWN, seed)
    large = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
    small = large.reshape(len(large), 3, 16, 2, 16, 2).mean(axis=(3, 5), dtype=np.float32) / 255
    order = np.lexsort((designers, labels))  # DRAWN of each class and designer in a row
    learn = np.zeros(len(labels), bool)
    learn[order.reshape(-1, DRAWN)[:, :LEARN]] = True
    return {32: large, 16: small}, labels, designers, learn


@lru_cache(maxsize=4)
def baseline(seed):
    """What the baseline reaches, the mean of three starts: it depends on its start the most."""
    return np.mean([shares(tuple(BASELINE.items()), seed, start) for start in range(3)], axis=0)


@lru_cache(maxsize=64)
def shares(plan, seed, start=0):
    """The shares of the new designers' pictures that are recognised, one a training."""
    plan = dict(plan)
    by_side, labels, designers, learn = pictures(seed)
    images, found = by_side[plan["side"]], []
    for half in HALVES:
        new = np.isin(designers, half)
        model = network(plan, seed + start)
        nn.train(
            model,
            images[learn & ~new],
            labels[learn & ~new],
            plan["epochs"],
            batch_size=BATCH,
            schedule=nn.cosine_decay(plan["rate"]),
            shift=plan["shift"],
            seed=seed + start,
        )
        found.append(float((model.predict(images[new]) == labels[new]).mean()))
    return tuple(found)


def share_gained(ask, rng):
    """By how much the share of recognised pictures is above the baseline's, mean of two."""
    plan, seed = plan_of(ask), int(rng.integers(2**31))
    if count_weights(plan) > MOST_WEIGHTS:
        raise NotMeasured(f"It is not trained: it has more than {MOST_WEIGHTS:,} weights.")
    if count_billions(plan) > MOST_BILLIONS:
        raise NotMeasured(f"It is not trained: that would take more than {MOST_BILLIONS} billion multiplications.")
    return float(np.subtract(shares(tuple(plan.items()), seed), baseline(seed)).mean())


def weights(ask, rng):
    """How many weights and biases there are."""
    return count_weights(plan_of(ask))


def billions(ask, rng):
    """How many billion multiplications a training takes."""
    return count_billions(plan_of(ask))
