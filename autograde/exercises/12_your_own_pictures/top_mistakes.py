"""Which pictures the network gets wrong, the ones it is surest of first."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"order": 1, "few": 0.5},
    says={"order": "more mistakes than are needed", "few": "fewer mistakes, or none"},
    praise="These are the pictures to look at first: the network was sure, and wrong.",
)

@exercise.right
def top_mistakes(probabilities, labels, several):
    said, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    wrong = np.flatnonzero(said != labels)
    order = np.argsort(-sure[wrong], kind="stable")
    return wrong[order][:several]

@exercise.variant("sorted pairs")
def top_mistakes_pairs(probabilities, labels, several):
    found = []
    for place, (row, label) in enumerate(zip(probabilities, labels, strict=True)):
        if row.argmax() != label:
            found.append((-row.max(), place))
    return np.array([place for _, place in sorted(found)[:several]], dtype=int)

@exercise.variant("right ones out of the way")
def top_mistakes_masked(probabilities, labels, several):
    sure = probabilities.max(axis=1).copy()
    sure[probabilities.argmax(axis=1) == labels] = -1
    order = sorted(range(len(labels)), key=lambda place: sure[place], reverse=True)
    return np.array([place for place in order if sure[place] >= 0][:several], dtype=int)

exercise.also("its own probability", "sure[wrong]", "probabilities[wrong, said[wrong]]")

def rows(*sure):
    """Probabilities in sixteenths, two classes or more."""
    return np.array(sure) / 16

A = rows([9, 4, 3], [2, 12, 2], [5, 1, 10], [1, 1, 14], [8, 3, 5], [4, 11, 1])
B = rows([10, 6], [3, 13], [9, 7], [1, 15], [12, 4], [5, 11])
exercise.shows("order",
    (A, np.array([1, 1, 0, 0, 2, 2]), 2), (A, np.array([2, 0, 2, 1, 1, 1]), 3), (B, np.array([1, 0, 1, 1, 1, 0]), 2),
    (B, np.array([0, 1, 1, 0, 1, 0]), 1), (rows([8, 7, 1], [9, 5, 2], [1, 2, 13]), np.array([2, 1, 2]), 1),
    (rows([4, 12], [12, 4], [10, 6], [4, 12], [11, 5]), np.array([0, 1, 1, 0, 1]), 3),
)
exercise.shows("few",
    (A, np.array([0, 1, 2, 2, 0, 1]), 2),
    (A, np.array([0, 1, 2, 2, 1, 1]), 3), (B, np.array([0, 1, 0, 1, 0, 1]), 2), (A, np.array([0, 2, 2, 0, 0, 1]), 4),
)

@exercise.hidden
def top_mistakes_hidden(rng):
    for aspect, share, several in (("order", 0.3, 4), ("few", 0.9, 11)):
        chances = rng.dirichlet(np.ones(4), 15)
        said = chances.argmax(axis=1)
        labels = np.where(rng.random(15) < share, said, (said + rng.integers(1, 4, 15)) % 4)
        yield aspect, (chances, labels, several)

ORDER = 'np.argsort(-sure[wrong], kind="stable")'
exercise.slip("the least sure first", ORDER, 'np.argsort(sure[wrong], kind="stable")',
    hint="The least sure come first. argsort goes from small to large: sort by minus the probability.")
exercise.slip("turned round", ORDER, 'np.argsort(sure[wrong], kind="stable")[::-1]',
    hint="Turning the order round with [::-1] also turns round those that are equally sure. Sort by minus the probability, with kind=\"stable\".")
exercise.slip("places among the mistakes", "wrong[order][:several]", "order[:several]",
    hint="These are places in the list of mistakes. The places among all pictures are needed: `wrong[order]`.")
exercise.slip("not sorted", "wrong[order][:several]", "wrong[:several]",
    hint="The mistakes come in the order of the pictures. Sort them: the surest first.")
exercise.slip("right ones", "said != labels", "said == labels",
    hint="These are the pictures that it gets right. Where do answer and label differ?")
exercise.slip("everything", "np.flatnonzero(said != labels)", "np.arange(len(labels))",
    hint="The right answers are among them. Keep only those where answer and label differ, and then sort.")
exercise.slip("cut before", "wrong = np.flatnonzero(said != labels)", "wrong = np.flatnonzero(said != labels)[:several]",
    hint="You take the first `several` mistakes, and sort only those. Sort all of them, and then cut.")
exercise.slip("the surest of all", "wrong = np.flatnonzero(said != labels)", 'wrong = np.argsort(-sure, kind="stable")[:several]\n    wrong = np.sort(wrong[said[wrong] != labels[wrong]])',
    hint="You look for mistakes only among the surest answers of all. Find all the mistakes first, and then sort them.")
exercise.slip("all of them", "wrong[order][:several]", "wrong[order]",
    hint="All mistakes come back. Only the first `several` are needed.")
exercise.slip("one too many", "[:several]", "[:several + 1]",
    hint="There is one too many: the first `several`, not several + 1.")
exercise.slip("one too few", "[:several]", "[:several - 1]",
    hint="There is one too few: the first `several`, not several − 1.")
exercise.slip("the last ones", "[:several]", "[-several:]",
    hint="These are the last of the order, the least sure. Take the first `several`.")
exercise.slip("how likely the right class is", ORDER, 'np.argsort(-probabilities[wrong, labels[wrong]], kind="stable")',
    hint="You sort by how much it gave the right class. Sort by the probability of the class that it said, its largest.")
exercise.slip("the least for the right class", ORDER, 'np.argsort(probabilities[wrong, labels[wrong]], kind="stable")',
    hint="You sort by how little it gave the right class. Sort by the probability of the class that it said, its largest.")
exercise.slip("how sure", "wrong[order][:several]", "sure[wrong[order]][:several]",
    hint="These are probabilities. Return the positions of the pictures.")
exercise.slip("the answers", "wrong[order][:several]", "said[wrong[order]][:several]",
    hint="These are the classes that were said. Return the positions of the pictures.")
exercise.slip("the labels", "wrong[order][:several]", "labels[wrong[order]][:several]",
    hint="These are the labels. Return the positions of the pictures.")
exercise.slip("filled up", "return wrong[order][:several]", 'rest = np.setdiff1d(np.arange(len(labels)), wrong)\n    return np.concatenate([wrong[order], rest])[:several]',
    hint="Where there are fewer mistakes you fill up with pictures that are right. Then the list is shorter.")
exercise.slip("column by column", "probabilities.max(axis=1)", "np.resize(probabilities.max(axis=0), len(labels))",
    hint="`axis=0` takes the largest of each class over all pictures. How sure it is of a picture is the largest of its row: `axis=1`.")
exercise.slip("True and False", "wrong[order][:several]", "(said != labels)",
    hint="That is True or False for each picture. Return positions, the surest mistake first.")
