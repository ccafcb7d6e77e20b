"""How often a plan of comparing two networks comes to the right verdict: trainings, simulated.

Network B is by three points better than A, or worse, or neither is better. What is measured on a
split is that of the network, plus what this split does to both alike (some people write badly),
plus luck of its own.
"""

import numpy as np

from convolab.check.open_task import NotMeasured

COMPARISONS, STEPS, MOST, SPLITS = 40, 6, 24, 1000
BASE, DIFFERENCE, BY_SPLIT, OWN = 90.0, 3.0, 4.0, 1.5
NETWORKS, VERDICTS = ("A", "B"), ("A", "B", "same")


class World:
    """Two networks, as they would come out on every split; the same again if trained again."""

    def __init__(self, lead, seed):
        luck = np.random.default_rng(seed).normal(size=(3, SPLITS))
        both = BASE + BY_SPLIT * luck[0]
        self.accuracy = {"A": both + OWN * luck[1], "B": both + lead + OWN * luck[2]}

    def trained(self, network, split):
        """The accuracy in %, with one decimal."""
        return round(float(self.accuracy[network][split]), 1)


def orders_of(answer):
    """What the learner wants trained, as pairs (network, split)."""
    if not isinstance(answer, (list, tuple)) or not len(answer):
        raise NotMeasured(
            'Return "A", "B" or "same", or a list of trainings, each a pair (network, split).'
        )
    orders = []
    for order in answer:
        if not isinstance(order, (list, tuple)) or len(order) != 2 or order[0] not in NETWORKS:
            raise NotMeasured(f'A training is a pair such as ("A", 3), not {str(order)[:40]}.')
        split = order[1]
        if isinstance(split, bool) or not isinstance(split, (int, np.integer)):
            raise NotMeasured(f"A split is a whole number, not {str(split)[:40]}.")
        if not 0 <= split < SPLITS:
            raise NotMeasured(f"Splits are numbered from 0 to {SPLITS - 1}; {split} is none of them.")
        orders.append((str(order[0]), int(split)))
    return orders


def verdict(ask, world):
    """(what the learner says, how many trainings it took)."""
    results = []
    for _ in range(STEPS):
        answer = ask(list(results))
        if isinstance(answer, str):
            if answer not in VERDICTS:
                raise NotMeasured(f'A verdict is "A", "B" or "same", not {answer[:40]!r}.')
            return answer, len(results)
        results += [(*order, world.trained(*order)) for order in orders_of(answer)]
        if len(results) > 20 * MOST:
            raise NotMeasured(f"That is {len(results)} trainings; {MOST} are paid for.")
    raise NotMeasured(f"After {STEPS} rounds of training there is still no verdict.")


def share_found(ask, rng):
    """How often the better network is named, where one is better by three points."""
    found = 0
    for seed in rng.integers(0, 2**31, COMPARISONS):
        lead = DIFFERENCE if seed % 2 else -DIFFERENCE
        found += verdict(ask, World(lead, int(seed)))[0] == ("B" if seed % 2 else "A")
    return found / COMPARISONS


def share_spared(ask, rng):
    """How often "same" is said, where neither is better."""
    seeds = rng.integers(0, 2**31, COMPARISONS)
    return sum(verdict(ask, World(0.0, int(seed)))[0] == "same" for seed in seeds) / COMPARISONS


def most_trainings(ask, rng):
    """The most trainings that any of some comparisons took."""
    return max(verdict(ask, World(lead, int(rng.integers(2**31))))[1] for lead in (0.0, 3.0, -3.0))
