"""The mean of some results, and by how much they typically differ from it."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"values": 1},
    says={"values": "mean and standard deviation of at least two numbers"},
    tolerance=1e-6,
)

@exercise.right
def mean_and_spread(results):
    return float(np.mean(results)), float(np.std(results, ddof=1))

@exercise.variant("written out")
def mean_and_spread_written(results):
    n = len(results)
    mean = sum(results) / n
    squares = sum((one - mean) ** 2 for one in results)
    return mean, (squares / (n - 1)) ** 0.5

@exercise.variant("root of the variance")
def mean_and_spread_variance(results):
    results = np.array(results)
    return results.mean(), np.sqrt(results.var(ddof=1))

@exercise.variant("centred first")
def mean_and_spread_centred(results):
    mean = np.mean(results)
    away = np.asarray(results) - mean
    return mean, np.sqrt((away @ away) / (len(away) - 1))

exercise.shows("values",
    [0.75, 1.0, 0.5, 0.25], np.array([90.0, 94.0]), np.array([0.5, 0.5, 0.5]), [96.5, 91.0, 93.5, 98.0, 92.0], [3, 8, 1],
)

@exercise.hidden
def mean_and_spread_hidden(rng):
    yield "values", (rng.uniform(0, 1, int(rng.integers(3, 9))),)
    yield "values", ((rng.integers(80, 100, 5) / 2).tolist(),)

exercise.slip("divided by n", "ddof=1", "ddof=0",
    hint="You divide the squares by n. The mean was made from the same numbers, so they lie closer to it than to the true one: divide by n − 1 (ddof=1).")
exercise.slip("divided by n − 2", "ddof=1", "ddof=2 if len(results) > 2 else 1",
    hint="You divide by n − 2. It is n − 1: ddof=1.")
exercise.slip("the variance", "np.std", "np.var",
    hint="That is the variance, the mean of the squares. The spread is its root, in the unit of the results.")
exercise.slip("the error of the mean", "float(np.std(results, ddof=1))", "float(np.std(results, ddof=1) / np.sqrt(len(results)))",
    hint="That is how uncertain the mean is: the spread divided by √n. Here the spread itself is wanted.")
exercise.slip("swapped", "float(np.mean(results)), float(np.std(results, ddof=1))", "float(np.std(results, ddof=1)), float(np.mean(results))",
    hint="The two are swapped: the mean comes first.")
exercise.slip("the mean alone", "float(np.mean(results)), float(np.std(results, ddof=1))", "float(np.mean(results))",
    hint="The spread is missing. Return two numbers: mean, spread.")
exercise.slip("the spread alone", "float(np.mean(results)), float(np.std(results, ddof=1))", "float(np.std(results, ddof=1))",
    hint="The mean is missing. Return two numbers: mean, spread.")
exercise.slip("the range", "np.std(results, ddof=1)", "np.ptp(results)",
    hint="That is the distance from the smallest to the largest, which grows the more results there are. The spread is the standard deviation.")
exercise.slip("half the range", "np.std(results, ddof=1)", "np.ptp(results) / 2",
    hint="That is half the distance from the smallest to the largest. The spread is the standard deviation.")
exercise.slip("the median", "np.mean(results)", "np.median(results)",
    hint="That is the median, the one in the middle. The mean is the sum divided by how many there are.")
exercise.slip("absolute differences", "np.std(results, ddof=1)", "np.mean(np.abs(results - np.mean(results)))",
    hint="You average the absolute differences from the mean. The standard deviation averages their squares, and takes the root.")
exercise.slip("the sum", "np.mean(results)", "np.sum(results)",
    hint="That is the sum. Divide it by how many results there are.")
exercise.slip("twice the spread", "float(np.std(results, ddof=1))", "2 * float(np.std(results, ddof=1))",
    hint="That is twice the spread. Return it once.")
exercise.slip("the root divided", "np.std(results, ddof=1)", "np.std(results) * np.sqrt(len(results)) / (len(results) - 1)",
    hint="Divide by n − 1 before you take the root, not after.")
exercise.slip("the largest", "np.mean(results)", "np.max(results)",
    hint="That is the best of the results. One should report their mean.")
