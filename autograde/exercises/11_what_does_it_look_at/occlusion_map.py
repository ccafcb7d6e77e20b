"""How far an answer drops with a square of the picture covered, at each place of the square."""

import numpy as np

from convolab.check.functions import (
    sum_of_cubes,
    sum_of_neighbours,
    sum_of_squared_rows,
    sum_of_squares,
    weighted_sum,
)
from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"black": 1, "fill": 0.5, "whole": 0.5},
    says={
        "black": "a black square, at every place",
        "fill": "squares of another grey",
        "whole": "a picture of whole numbers, with a fill between them",
    },
    praise="It works for any f: a network, a person, a program that you can only ask.",
)

@exercise.right
def occlusion_map(f, picture, size, fill=0.0):
    whole = f(picture)
    rows, columns = picture.shape[0] - size + 1, picture.shape[1] - size + 1
    drops = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            covered = picture.astype(float)
            covered[r : r + size, c : c + size] = fill
            drops[r, c] = whole - f(covered)
    return drops

@exercise.variant("lists")
def occlusion_map_lists(f, picture, size, fill=0.0):
    found = []
    for top in range(len(picture) - size + 1):
        line = []
        for left in range(len(picture[0]) - size + 1):
            copy = np.array(picture, dtype=float)
            for i in range(size):
                copy[top + i, left : left + size] = fill
            line.append(f(picture) - f(copy))
        found.append(line)
    return np.array(found)

@exercise.variant("a mask")
def occlusion_map_mask(f, picture, size, fill=0.0):
    height, width = picture.shape
    row, column = np.indices(picture.shape)
    out = np.empty((height - size + 1, width - size + 1))
    for top, left in np.ndindex(out.shape):
        inside = (row >= top) & (row < top + size) & (column >= left) & (column < left + size)
        out[top, left] = f(picture) - f(np.where(inside, fill, picture))
    return out

@exercise.variant("put back each time")
def occlusion_map_restored(f, picture, size, fill=0.0):
    work = picture * 1.0
    out = np.zeros((picture.shape[0] - size + 1, picture.shape[1] - size + 1))
    for place in np.ndindex(out.shape):
        square = tuple(slice(start, start + size) for start in place)
        before = work[square].copy()
        work[square] = fill
        out[place] = f(picture) - f(work)
        work[square] = before
    return out

A, B = numbers(3, 4, salt=1) / 2, numbers(4, 3, salt=2) / 2
WIDE, TALL = numbers(3, 5, salt=3) / 4, numbers(5, 4, salt=4) / 4
exercise.shows("black",
    (weighted_sum, A, 2), (sum_of_neighbours, B, 1), (sum_of_squares, WIDE, 2), (sum_of_cubes, A, 1, 0.0),
    (sum_of_squared_rows, TALL, 3), (weighted_sum, numbers(3, 3, salt=8) / 2, 3), (sum_of_neighbours, WIDE, 3), (weighted_sum, B, 2, 0.0),
)
exercise.shows("fill", (weighted_sum, A, 2, 0.5), (sum_of_cubes, B, 1, 2.0), (sum_of_neighbours, TALL, 2, -0.25), (sum_of_squares, WIDE, 3, 1.0))
exercise.shows("whole", (weighted_sum, numbers(3, 4, salt=5), 2, 0.5), (sum_of_squares, numbers(4, 3, salt=6), 1, 1.5), (sum_of_cubes, numbers(3, 3, salt=7), 2, 0.25))

@exercise.hidden
def occlusion_map_hidden(rng):
    for f, size in ((weighted_sum, 2), (sum_of_neighbours, 1), (sum_of_squared_rows, 3)):
        picture = rng.integers(1, 17, (4, 5)) / 16
        yield "black", (f, picture, size)
        yield "fill", (f, picture, size, float(rng.choice([0.25, 0.5, 1.0])))
        yield "whole", (f, rng.integers(1, 17, (5, 4)), size, 0.5)

COPY, COVER, DROP = "covered = picture.astype(float)", "covered[r : r + size, c : c + size] = fill", "drops[r, c] = whole - f(covered)"
exercise.slip("the squares stay", "for r in range(rows):\n        for c in range(columns):\n            covered = picture.astype(float)", "covered = picture.astype(float)\n    for r in range(rows):\n        for c in range(columns):",
    hint="The squares leave a trail: at the second place the first is still covered. Begin with a fresh copy of the picture at every place.")
exercise.slip("whole numbers stay whole", COPY, "covered = picture.copy()",
    hint="The copy holds whole numbers only, so a fill of 0.5 becomes 0. Copy with .astype(float).")
exercise.slip("a rise for a drop", DROP, "drops[r, c] = f(covered) - whole",
    hint="The sign is the wrong way round: a drop is what f gave before minus what it gives with the square.")
exercise.slip("what is left", DROP, "drops[r, c] = f(covered)",
    hint="That is what f gives for the covered picture. How far has it dropped from that of the whole picture?")
exercise.slip("never below 0", DROP, "drops[r, c] = max(whole - f(covered), 0)",
    hint="Negative drops are missing. If covering a part makes f rise, the drop is below 0, and that is worth knowing.")
exercise.slip("without the sign", DROP, "drops[r, c] = abs(whole - f(covered))",
    hint="The signs are missing. If covering a part makes f rise, the drop is below 0.")
exercise.slip("as a share", DROP, "drops[r, c] = (whole - f(covered)) / whole",
    hint="The drops are divided by what f gave before. Leave them as they are: the difference of two numbers.")
exercise.slip("always black", COVER, "covered[r : r + size, c : c + size] = 0",
    hint="The square is always black, 0. It should have the grey that it is given, fill.")
exercise.slip("fill is added", COVER, "covered[r : r + size, c : c + size] += fill",
    hint="The fill is added to the pixels. A cover hides them: the pixels below it become fill.")
exercise.slip("pixels times fill", COVER, "covered[r : r + size, c : c + size] *= fill",
    hint="The pixels are multiplied by fill. A cover hides them: the pixels below it become fill.")
exercise.slip("all but the square", COVER, "kept = covered[r : r + size, c : c + size].copy()\n            covered[:] = fill\n            covered[r : r + size, c : c + size] = kept",
    hint="Everything is covered but the square. It should be the other way round.")
exercise.slip("one pixel", COVER, "covered[r, c] = fill",
    hint="Only one pixel is covered. The square has size rows and size columns, from r and c on.")
exercise.slip("a row too many", COVER, "covered[r : r + size + 1, c : c + size + 1] = fill",
    hint="The square is one row and one column too large: a slice r : r + size has size rows already.")
exercise.slip("a row too few", COVER, "covered[r : r + size - 1, c : c + size - 1] = fill",
    hint="The square is one row and one column too small: a slice r : r + size has size rows.")
exercise.slip("added", DROP, "drops[r, c] = whole + f(covered)",
    hint="The two are added. A drop is a difference: what f gave before minus what it gives with the square.")
exercise.slip("begins a row late", COVER, "covered[r + 1 : r + size, c : c + size] = fill",
    hint="The first row of the square stays uncovered: it begins at row r.")
exercise.slip("begins a column late", COVER, "covered[r : r + size, c + 1 : c + size] = fill",
    hint="The first column of the square stays uncovered: it begins at column c.")
exercise.slip("ends a row early", COVER, "covered[r : r + size - 1, c : c + size] = fill",
    hint="The last row of the square stays uncovered: a slice r : r + size has size rows.")
exercise.slip("ends a column early", COVER, "covered[r : r + size, c : c + size - 1] = fill",
    hint="The last column of the square stays uncovered: a slice c : c + size has size columns.")
exercise.slip("begins a row early", COVER, "covered[max(r - 1, 0) : r + size, c : c + size] = fill",
    hint="The square has a row too many above: it begins at row r.")
exercise.slip("begins a column early", COVER, "covered[r : r + size, max(c - 1, 0) : c + size] = fill",
    hint="The square has a column too many on its left: it begins at column c.")
exercise.slip("the size for the grey", COVER, "covered[r : r + size, c : c + size] = size",
    hint="The square has its size for a grey. Its grey is fill.")
exercise.slip("from the row with the column's number", COVER, "covered[r : r + size, r : r + size] = fill",
    hint="The square is always on the diagonal: its columns begin at c, not at r.")
exercise.slip("around the place", COVER, "covered[max(0, r - size // 2) : r - size // 2 + size, max(0, c - size // 2) : c - size // 2 + size] = fill",
    hint="Your square is around the pixel (r, c). It should begin there: (r, c) is its upper left pixel.")
exercise.slip("rows and columns swapped", COVER, "covered[c : c + size, r : r + size] = fill",
    hint="Rows and columns are swapped: the square begins at row r and column c.")
exercise.slip("whole rows", COVER, "covered[r : r + size] = fill",
    hint="Whole rows are covered. The square ends after size columns as well.")
exercise.slip("whole columns", COVER, "covered[:, c : c + size] = fill",
    hint="Whole columns are covered. The square ends after size rows as well.")
exercise.slip("two stripes", COVER, "covered[r : r + size] = fill\n            covered[:, c : c + size] = fill",
    hint="Whole rows and whole columns are covered. The square is where they meet: give both slices in one pair of brackets.")
exercise.slip("size rows, one column", COVER, "covered[r : r + size, c] = fill",
    hint="Only one column is covered. The square has as many columns as rows.")
exercise.slip("one row, size columns", COVER, "covered[r, c : c + size] = fill",
    hint="Only one row is covered. The square has as many rows as columns.")
PLACES = "rows, columns = picture.shape[0] - size + 1, picture.shape[1] - size + 1"
exercise.slip("a place too few", PLACES, "rows, columns = picture.shape[0] - size, picture.shape[1] - size",
    hint="The last row and column of places are missing: a square of size has H − size + 1 places along H rows.")
exercise.slip("every pixel", PLACES, "rows, columns = picture.shape",
    hint="There are places where the square hangs over the edge. It has to be inside: H − size + 1 rows of places, and columns likewise.")
exercise.slip("as many columns as rows", PLACES, "rows = columns = picture.shape[0] - size + 1",
    hint="The picture need not be a square: count the columns of places by its columns.")
exercise.slip("rows counted by columns", PLACES, "rows, columns = picture.shape[1] - size + 1, picture.shape[0] - size + 1",
    hint="Rows and columns of the result are swapped: it has H − size + 1 rows, and H is `picture.shape[0]`.")
exercise.slip("nothing covered in f", DROP, "drops[r, c] = whole - f(picture)",
    hint="All drops are 0: f gets the picture as it was. Give it the covered copy.")
exercise.slip("from one place to the next", DROP, "drops[r, c] = whole - f(covered)\n            whole = f(covered)",
    hint="Each drop is counted from the place before. Count it from what f gives for the whole picture.")
exercise.slip("f of the square alone", DROP, "drops[r, c] = f(picture[r : r + size, c : c + size])",
    hint="f gets the part below the square alone. Give it the whole picture with that part covered.")
exercise.slip("the covered pixels added up", DROP, "drops[r, c] = (picture[r : r + size, c : c + size] - fill).sum()",
    hint="You add up what the square hides, without asking f. The drop is f(picture) − f(covered).")
exercise.slip("a list of drops", "return drops", "return drops.ravel()",
    hint="The drops are in one long row. Return them as a table: row r and column c for the square that begins there.")
exercise.slip("brought to the largest", "return drops", "return drops / np.abs(drops).max()",
    hint="The drops are divided by the largest. Leave them as they are, so that two maps can be compared.")
exercise.slip("the mean of all", "return drops", "return drops - drops.mean()",
    hint="The mean is subtracted from the drops. Leave them as they are.")

@exercise.wrong("squares side by side",
    hint="The square moves on by its own size. Let it move by one pixel, so that there are H − size + 1 rows of places.")
def occlusion_map_tiles(f, picture, size, fill=0.0):
    rows, columns = (side // size for side in picture.shape)
    drops = np.zeros((rows, columns))
    for r, c in np.ndindex(rows, columns):
        covered = picture.astype(float)
        covered[r * size : r * size + size, c * size : c * size + size] = fill
        drops[r, c] = f(picture) - f(covered)
    return drops
