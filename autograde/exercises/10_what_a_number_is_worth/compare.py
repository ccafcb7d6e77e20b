"""A plan of comparing two networks that tells three points from luck (an open task)."""

import numpy as np

from convolab.exercises import Exercise

from . import compare_measure as measure

exercise = Exercise(praise="It told three points from luck, again and again, in comparisons that you never saw.")

exercise.demand("found", "a network that is three points better is named", measure.share_found,
    at_least=0.8, points=1, unit="% of the comparisons",
    hint="Some splits are hard for both networks. What is left if you compare the two on the *same* split, and look at the differences alone? And on more than one split?")
exercise.demand("spared", "of two networks that are equally good it says so", measure.share_spared,
    at_least=0.75, points=1, unit="% of the comparisons",
    hint='Two equal networks never get quite the same number. How large may the mean difference be by luck? Compare it with its own uncertainty, the spread of the differences divided by √n, and say "same" if it is within about twice that.')
exercise.demand("budget", "it takes no more than 24 trainings", measure.most_trainings,
    at_most=24, points=0.5, unit="trainings",
    hint="24 trainings are all there is, both networks together.")


def differences(results):
    """B minus A, split by split."""
    share = {(network, split): accuracy for network, split, accuracy in results}
    splits = sorted({split for _, split in share})
    return np.array([share["B", split] - share["A", split] for split in splits])


def both_on(splits):
    return [(network, split) for split in splits for network in "AB"]


def named(mean, within):
    return "same" if abs(mean) <= within else "B" if mean > 0 else "A"


@exercise.right
def compare(results):
    if not results:
        return both_on(range(12))
    apart = differences(results)
    return named(apart.mean(), 2 * apart.std(ddof=1) / np.sqrt(len(apart)))


@exercise.variant("ten splits, half of the difference as a limit")
def half_the_difference(results):
    return named(differences(results).mean(), 1.5) if results else both_on(range(10))


@exercise.variant("on how many splits is it better?")
def counted(results):
    if not results:
        return both_on(range(12))
    wins = int((differences(results) > 0).sum())
    return "B" if wins >= 10 else "A" if wins <= 2 else "same"


@exercise.variant("the middle one of the differences")
def middle(results):
    return named(np.median(differences(results)), 1.5) if results else both_on(range(100, 111))


@exercise.variant("six splits first, six more if in doubt")
def in_two_steps(results):
    if not results:
        return both_on(range(6))
    apart = differences(results)
    if len(apart) == 6 and 0.7 < abs(apart.mean()) < 2.3:
        return both_on(range(6, 12))
    return named(apart.mean(), 1.5)


@exercise.lazy("one training each")
def one_each(results):
    return named(differences(results).mean(), 0) if results else both_on([0])


@exercise.lazy("one training each, and half the difference")
def one_each_careful(results):
    return named(differences(results).mean(), 1.5) if results else both_on([3])


@exercise.lazy("the larger mean wins")
def larger_mean(results):
    return named(differences(results).mean(), 0) if results else both_on(range(12))


@exercise.lazy("never any difference")
def never(results):
    return "same"


@exercise.lazy("always the new one")
def always(results):
    return "B"


@exercise.lazy("each on splits of its own")
def unpaired(results):
    if not results:
        return [("A", n) for n in range(12)] + [("B", n) for n in range(12, 24)]
    a, b = (np.array([r[2] for r in results if r[0] == network]) for network in "AB")
    error = np.sqrt(a.var(ddof=1) / 12 + b.var(ddof=1) / 12)
    return named(b.mean() - a.mean(), 2 * error)


@exercise.lazy("the best of twelve each")
def best_of(results):
    if not results:
        return [("A", n) for n in range(12)] + [("B", n) for n in range(12, 24)]
    a, b = (max(r[2] for r in results if r[0] == network) for network in "AB")
    return named(b - a, 1.5)


@exercise.lazy("do their intervals overlap?")
def overlap(results):
    if not results:
        return both_on(range(12))
    a, b = (np.array([r[2] for r in results if r[0] == network]) for network in "AB")
    return named(b.mean() - a.mean(), 2 * (a.std(ddof=1) + b.std(ddof=1)) / np.sqrt(12))


@exercise.lazy("right, but too dear")
def too_dear(results):
    return named(differences(results).mean(), 1.5) if results else both_on(range(13))
