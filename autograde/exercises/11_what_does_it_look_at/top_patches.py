"""The patches of pictures that excite one kernel most, at most one of each picture."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"order": 1, "equal": 0.5},
    says={"order": "the strongest patches, each where its map is highest", "equal": "maps with several highest places"},
)

@exercise.right
def top_patches(maps, pictures, size, several):
    flat = maps.reshape(len(maps), -1)
    patches = []
    for n in np.argsort(-flat.max(axis=1), kind="stable")[:several]:
        r, c = np.unravel_index(flat[n].argmax(), maps.shape[1:])
        patches.append(pictures[n, r : r + size, c : c + size])
    return np.array(patches)

@exercise.variant("sorted in Python")
def top_patches_sorted(maps, pictures, size, several):
    best = []
    for n, one in enumerate(maps.tolist()):
        places = [(-value, r, c) for r, row in enumerate(one) for c, value in enumerate(row)]
        value, r, c = min(places)
        best.append((value, n, r, c))
    return np.stack([pictures[n][r : r + size, c : c + size] for _, n, r, c in sorted(best)[:several]])

@exercise.variant("one after the other")
def top_patches_one_by_one(maps, pictures, size, several):
    left, found = maps.astype(float), np.zeros((several, size, size))
    for place in range(several):
        n, r, c = np.unravel_index(left.argmax(), left.shape)
        found[place] = pictures[n, r : r + size, c : c + size]
        left[n] = -np.inf
    return found

exercise.also("divided by hand", "np.unravel_index(flat[n].argmax(), maps.shape[1:])", "divmod(int(flat[n].argmax()), maps.shape[2])")
exercise.also("max along two axes", "flat.max(axis=1)", "maps.max(axis=(1, 2))")

def apart(*shape, salt):
    """Numbers in no order, no two of them alike."""
    size = int(np.prod(shape))
    order = np.argsort(numbers(size, salt=salt) * 1000 + np.arange(size), kind="stable")
    return (order.reshape(shape) - size // 2) / 4

exercise.shows("order",
    (apart(4, 2, 3, salt=1), apart(4, 3, 4, salt=11), 2, 3), (apart(5, 3, 2, salt=2), apart(5, 5, 4, salt=12), 3, 2),
    (apart(3, 3, 4, salt=3) - 20, apart(3, 4, 5, salt=13), 2, 2), (apart(6, 2, 2, salt=4), apart(6, 2, 2, salt=14), 1, 4),
    (np.array([[[9.0, 8, 7]], [[1, 2, 3]], [[0, 6, 4]]]), np.arange(12.0).reshape(3, 1, 4) ** 2, 1, 2),
    (np.array([[[0.0, -9], [1, 2]], [[2, 2.5], [2, 2]], [[-30, 2.25], [0, 1]]]), apart(3, 3, 3, salt=15), 2, 2),
    (np.array([[[5.0, -7]], [[-6, 4]], [[3, 3]]]), np.arange(9.0).reshape(3, 1, 3), 1, 1),
)
exercise.shows("equal",
    (np.array([[[1.0, 5], [5, 0]], [[5, 2], [5, 1]], [[0, 3], [5, 5]]]), apart(3, 3, 3, salt=16), 2, 2),
    (np.array([[[2.0, 0, 2]], [[3, 3, 1]], [[2, 2, 0]], [[0, 3, 3]]]), apart(4, 2, 4, salt=17), 2, 3),
)

@exercise.hidden
def top_patches_hidden(rng):
    for n, size in ((5, 2), (7, 3)):
        maps = rng.permutation(n * 12).reshape(n, 3, 4) / 8 - 4
        yield "order", (maps, rng.integers(0, 17, (n, 2 + size, 3 + size)) / 16, size, int(rng.integers(1, n)))
    yield "equal", (rng.integers(0, 3, (6, 3, 4)) / 2, rng.integers(0, 17, (6, 4, 5)) / 16, 2, 4)

ORDER, PLACE, CUT = "np.argsort(-flat.max(axis=1), kind=\"stable\")[:several]", "np.unravel_index(flat[n].argmax(), maps.shape[1:])", "pictures[n, r : r + size, c : c + size]"
exercise.slip("the weakest first", ORDER, "np.argsort(flat.max(axis=1), kind=\"stable\")[:several]",
    hint="These are the pictures that excite it least. argsort sorts from the smallest up: sort the negative numbers, or turn the order round.")
exercise.slip("the strongest last", ORDER, "np.argsort(-flat.max(axis=1), kind=\"stable\")[:several][::-1]",
    hint="The right patches in the wrong order: the strongest comes first.")
exercise.slip("in the order of the pictures", ORDER, "np.sort(np.argsort(-flat.max(axis=1), kind=\"stable\")[:several])",
    hint="The right patches in the order of their pictures. Let the strongest come first.")
exercise.slip("the first pictures", ORDER, "np.arange(several)",
    hint="These are the first pictures, whatever their maps say. Sort the pictures by the highest number of their map.")
exercise.slip("all of them", ORDER, "np.argsort(-flat.max(axis=1), kind=\"stable\")",
    hint="All pictures have a patch in the list. Take only as many as `several` says.")
exercise.slip("one too few", ORDER, "np.argsort(-flat.max(axis=1), kind=\"stable\")[: several - 1]",
    hint="One patch is missing: [:several] takes the first `several`.")
exercise.slip("one too many", ORDER, "np.argsort(-flat.max(axis=1), kind=\"stable\")[: several + 1]",
    hint="There is one patch too many: [:several] takes the first `several`.")
exercise.slip("the strongest left out", ORDER, "np.argsort(-flat.max(axis=1), kind=\"stable\")[1 : several + 1]",
    hint="The strongest patch is missing. Positions are counted from 0.")
exercise.slip("by the sum of the map", "-flat.max(axis=1)", "-flat.sum(axis=1)",
    hint="The pictures are sorted by the sum or the mean of their map. What counts is its highest number.")
exercise.slip("by the size without the sign", "-flat.max(axis=1)", "-np.abs(flat).max(axis=1)",
    hint="A large negative number counts as high here. It is the opposite of exciting: compare the numbers with their signs.")
exercise.slip("by the first number", "-flat.max(axis=1)", "-flat[:, 0]",
    hint="The pictures are sorted by the first number of their map. What counts is its highest.")
exercise.slip("the lowest place", "flat[n].argmax()", "flat[n].argmin()",
    hint="The patch is from where the map is lowest. Take the place of its highest number: argmax.")
exercise.slip("the place of the largest size", "flat[n].argmax()", "np.abs(flat[n]).argmax()",
    hint="The patch is from where the map is farthest from 0, even below it. Take its highest number.")
exercise.slip("the last of equals", "flat[n].argmax()", "flat.shape[1] - 1 - flat[n][::-1].argmax()",
    hint="Where several places are equally high you take the last. Take the first in reading order.")
exercise.slip("the later picture of equals", ORDER, "np.argsort(flat.max(axis=1), kind=\"stable\")[::-1][:several]",
    hint="Where two pictures are equally strong, the later one comes first in yours. Let the earlier come first: sort the negative numbers, with kind=\"stable\".")
exercise.slip("the same place in all", PLACE, "np.unravel_index(flat[0].argmax(), maps.shape[1:])",
    hint="All patches are from the place that is highest in the first picture. Each picture has its own place.")
exercise.slip("the upper left corner", PLACE, "0, 0",
    hint="All patches are from the upper left corner. Take each from where its map is highest.")
exercise.slip("counted through the picture", PLACE, "np.unravel_index(flat[n].argmax(), pictures.shape[1:])",
    hint="The place is counted through the picture, which has more columns than the map. Turn the count into row and column by the shape of the map.")
exercise.slip("row and column swapped", CUT, "pictures[n, c : c + size, r : r + size]",
    hint="Row and column are swapped: the patch begins at row r and column c.")
exercise.slip("from the first picture", CUT, "pictures[0, r : r + size, c : c + size]",
    hint="All patches are cut from the first picture. Cut each from the picture whose map it is.")
exercise.slip("the whole picture", CUT, "pictures[n]",
    hint="These are whole pictures. Cut out size rows and size columns, from r and c on.")
exercise.slip("around the place", CUT, "pictures[n, max(0, r - size // 2) : max(0, r - size // 2) + size, max(0, c - size // 2) : max(0, c - size // 2) + size]",
    hint="The patches are around the place (r, c). They begin there: what a map says at (r, c) was made from the patch whose upper left pixel is (r, c).")
exercise.slip("a row too many", CUT, "pictures[n, r : r + size + 1, c : c + size + 1]",
    hint="The patches are a row and a column too large: a slice r : r + size has size rows.")
exercise.slip("a row too few", CUT, "pictures[n, r : r + size - 1, c : c + size - 1]",
    hint="The patches are a row and a column too small: a slice r : r + size has size rows.")
exercise.slip("the place too", "patches.append(pictures[n, r : r + size, c : c + size])", "patches.append((n, r, c))",
    hint="These are the places. Return the patches that are there.")
exercise.slip("the map's patches", CUT, "maps[n, r : r + size, c : c + size]",
    hint="The patches are cut from the maps. Cut them from the pictures.")
exercise.slip("the first patch only", "return np.array(patches)", "return np.array(patches)[0]",
    hint="Only one patch comes back. Return all of them: (several, size, size).")
exercise.slip("the mean patch", "return np.array(patches)", "return np.mean(patches, axis=0)",
    hint="That is the mean of the patches. Return them one by one: (several, size, size).")

@exercise.wrong("several of one picture",
    hint="One picture fills several places of the list. Take only the highest place of each picture.")
def top_patches_all_places(maps, pictures, size, several):
    order = np.argsort(-maps.ravel(), kind="stable")[:several]
    places = [np.unravel_index(one, maps.shape) for one in order]
    return np.array([pictures[n, r : r + size, c : c + size] for n, r, c in places])
