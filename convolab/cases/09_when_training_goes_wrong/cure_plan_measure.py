"""What a plan of training reaches on hidden digits, within six epochs: two networks, measured."""

import numpy as np

from convolab import nn
from convolab.check.open_task import NotMeasured
from convolab.data import digits

EPOCHS, RUNS, LEARN, UNSEEN, UNITS = 6, 2, 400, 400, 48
MOST = {"divide_by": 1e4, "size": 100, "rate": 100, "slope": 0.9, "epochs": 1000}
LEAST = {"divide_by": 1e-4, "size": 0, "rate": 0, "slope": 0, "epochs": 1}


def plan_of(ask):
    """The learner's plan as floats, except that size may be "he"."""
    plan = ask()
    if not isinstance(plan, dict) or set(plan) != set(MOST):
        raise NotMeasured(f"A plan is a dictionary with these five names: {', '.join(MOST)}.")
    return {name: _number(name, value) for name, value in plan.items()}


def _number(name, value):
    if name == "size" and isinstance(value, str):
        if value == "he":
            return value
        raise NotMeasured('size is a number, or "he" in quotation marks.')
    number = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if not number or not LEAST[name] <= value <= MOST[name]:
        raise NotMeasured(f"{name} is a number from {LEAST[name]:g} to {MOST[name]:g}.")
    if name == "epochs" and value != int(value):
        raise NotMeasured("epochs is a whole number: an epoch is not done by halves.")
    return float(value)


def patient(plan, seed):
    """A network of three hidden layers, as it starts with this plan."""

    def hidden():
        return nn.Dense(UNITS), nn.LeakyReLU(plan["slope"]) if plan["slope"] else nn.ReLU()

    layers = [nn.Flatten(), *hidden(), *hidden(), *hidden(), nn.Dense(10)]
    network = nn.Sequential(layers, (1, 8, 8), seed)
    if plan["size"] != "he":
        for name, weights in network.parameters.items():
            if name.endswith("_w"):
                inputs = len(weights)
                weights *= plan["size"] / np.sqrt(2 / inputs)
    return network


def share_read(ask, rng):
    """The share of unseen digits that is read after six epochs at most, the mean of two runs."""
    plan = plan_of(ask)
    images, labels = digits()
    pixels = images[:, None] / plan["divide_by"]
    epochs, shares = min(int(plan["epochs"]), EPOCHS), []
    for seed in rng.integers(0, 10**6, RUNS):
        order = np.random.default_rng(seed).permutation(len(labels))
        learn, unseen = order[:LEARN], order[LEARN : LEARN + UNSEEN]
        network = patient(plan, seed)
        nn.train(
            network,
            pixels[learn],
            labels[learn],
            epochs,
            batch_size=32,
            schedule=lambda done: plan["rate"],
            weight_decay=0,
            seed=seed,
        )
        shares.append((network.predict(pixels[unseen]) == labels[unseen]).mean())
    return float(np.mean(shares))


def epochs_asked(ask, rng):
    """How many epochs the plan takes."""
    return plan_of(ask)["epochs"]
