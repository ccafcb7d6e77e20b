"""Which pictures to learn from and which to keep, so that no group is on both sides."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"groups": 1, "names": 0.5},
    says={
        "groups": "groups with the numbers 0, 1, 2 and so on",
        "names": "groups with any numbers, in any order",
    },
    praise="Whoever is on one side is not on the other: the network will meet new people.",
)

@exercise.right
def split_by_group(groups, several, seed):
    order = np.random.default_rng(seed).permutation(np.unique(groups))
    kept = np.isin(groups, order[:several])
    return np.flatnonzero(~kept), np.flatnonzero(kept)

exercise.also("where", "np.flatnonzero(~kept), np.flatnonzero(kept)", "np.where(~kept)[0], np.where(kept)[0]")
exercise.also("the other ones drawn too", "return np.flatnonzero(~kept)", "rest = np.isin(groups, order[several:])\n    return np.flatnonzero(rest)")

@exercise.variant("picture by picture")
def split_by_group_loop(groups, several, seed):
    names = sorted(set(groups.tolist()))
    chosen = np.random.default_rng(seed).permutation(names)[:several].tolist()
    learn, unseen = [], []
    for position, group in enumerate(groups.tolist()):
        if group in chosen:
            unseen.append(position)
        else:
            learn.append(position)
    return np.array(learn), np.array(unseen)

@exercise.variant("shuffled in place")
def split_by_group_shuffle(groups, several, seed):
    names = np.unique(groups)
    np.random.default_rng(seed).shuffle(names)
    positions = np.arange(len(groups))
    unseen = [p for p in positions if groups[p] in names[:several]]
    return np.setdiff1d(positions, unseen), np.array(unseen)

TWICE = np.array([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4])
MIXED = np.array([2, 0, 1, 2, 2, 0, 3, 1, 3, 0, 4, 4])
exercise.shows("groups", (TWICE, 2, 0), (MIXED, 1, 3), (MIXED, 3, 5), (TWICE, 2, 4))
exercise.shows("names",
    (np.array([7, 30, 7, 12, 30, 12, 5]), 1, 2), (np.array([9, 9, 4, 4, 4, 20, 1]), 2, 6),
    (np.array([40, 8, 8, 40, 25, 25, 25, 3]), 2, 1),
)

@exercise.hidden
def split_by_group_hidden(rng):
    for aspect, names in (("groups", np.arange(6)), ("names", rng.choice(90, 6, replace=False))):
        groups = np.concatenate([names, rng.choice(names, 9)])
        yield aspect, (rng.permutation(groups), int(rng.integers(2, 5)), int(rng.integers(99)))

exercise.slip("swapped", "np.flatnonzero(~kept), np.flatnonzero(kept)", "np.flatnonzero(kept), np.flatnonzero(~kept)",
    hint="The two sides are swapped. First come the pictures to learn from; the drawn groups are the ones that are kept, and come second.")
exercise.slip("True and False", "np.flatnonzero(~kept), np.flatnonzero(kept)", "~kept, kept",
    hint="These are arrays of True and False. Positions are needed: `np.flatnonzero` lists the places that are True.")
exercise.slip("group numbers", "np.flatnonzero(~kept), np.flatnonzero(kept)", "np.sort(order[several:]), np.sort(order[:several])",
    hint="These are the numbers of the groups. The answer is the positions of their pictures.")
exercise.slip("the pictures' groups", "np.flatnonzero(~kept), np.flatnonzero(kept)", "groups[~kept], groups[kept]",
    hint="This is the group of each picture. The answer is where these pictures are: their positions.")
exercise.slip("the pictures' groups, and the sides swapped", "np.flatnonzero(~kept), np.flatnonzero(kept)", "groups[kept], groups[~kept]",
    hint="This is the group of each picture, and the drawn groups come first. Give the positions of the pictures: first of those to learn from, then of those that are kept.")
exercise.slip("one array", "np.flatnonzero(~kept), np.flatnonzero(kept)", "np.flatnonzero(~kept)",
    hint="One array is missing. Return both: the positions to learn from, and those that are kept.")
exercise.slip("large groups are drawn more often", "np.unique(groups)", "groups",
    hint="You draw from the pictures' groups, so a group can be drawn twice, and a large one more easily. Each group should be in the draw once: `np.unique(groups)`.")
exercise.slip("nothing drawn", "np.random.default_rng(seed).permutation(np.unique(groups))", "np.unique(groups)",
    hint="Always the groups with the smallest numbers are kept. Draw them: permute the groups by the seed's generator first.")
exercise.slip("always the same draw", "default_rng(seed)", "default_rng(0)",
    hint="The draw does not depend on the seed. The generator starts from the argument seed.")
exercise.slip("one group too many", "[:several]", "[:several + 1]",
    hint="One group too many is kept: take the first `several` of the new order.")
exercise.slip("one group only", "[:several]", "[:1]",
    hint="Only one group is kept. Take the first `several` of the new order.")
exercise.slip("from the end", "[:several]", "[-several:]",
    hint="You keep the last groups of the new order. Keep the first `several`.")
exercise.slip("numbers up to how many there are", "np.unique(groups)", "len(np.unique(groups))",
    hint="That draws places in the list of groups. Where groups are called 7, 12 and 30, no picture has the group 0: permute `np.unique(groups)` itself.")
exercise.slip("choice", ".permutation(np.unique(groups))", ".choice(np.unique(groups), len(np.unique(groups)), replace=False)",
    hint="It draws by `rng.choice`, which gives other groups. Take the first of `rng.permutation`, so that everybody has the same ones.")

@exercise.wrong("pictures drawn",
    hint="You draw pictures, so a writer can be on both sides. Draw groups: permute `np.unique(groups)`, and then take all the pictures of the drawn ones.")
def split_by_group_pictures(groups, several, seed):
    order = np.random.default_rng(seed).permutation(len(groups))
    return np.sort(order[several:]), np.sort(order[:several])
