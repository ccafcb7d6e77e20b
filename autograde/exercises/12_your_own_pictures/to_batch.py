"""Pictures of any size, in colour or grey, as one batch for a network."""

import numpy as np

from convolab.exercises import Exercise

from .shared import made

exercise = Exercise(
    points={"colour": 1, "grey": 0.5, "size": 1},
    says={
        "colour": "square pictures in colour",
        "grey": "grey pictures among them",
        "size": "wide and tall pictures, and another side than 32",
    },
    praise="Whatever somebody brings along, the network gets what it takes.",
)

@exercise.right
def to_batch(pictures, side=32):
    batch = []
    for picture in pictures:
        if picture.ndim == 2:
            picture = np.stack([picture, picture, picture], axis=2)
        size = min(picture.shape[:2])
        top, left = (picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2
        taken = (2 * np.arange(side) + 1) * size // (2 * side)
        picture = picture[top + taken][:, left + taken]
        batch.append(picture.transpose(2, 0, 1) / 255)
    return np.array(batch)

@exercise.variant("first cut, then sample")
def to_batch_cut(pictures, side=32):
    result = np.zeros((len(pictures), 3, side, side))
    for number, one in enumerate(pictures):
        high, wide = one.shape[:2]
        size = min(high, wide)
        top, left = (high - size) // 2, (wide - size) // 2
        square = one[top : top + size, left : left + size]
        places = [(2 * i + 1) * size // (2 * side) for i in range(side)]
        for channel in range(3):
            plane = square if square.ndim == 2 else square[:, :, channel]
            result[number, channel] = plane[np.ix_(places, places)]
    return result / 255

@exercise.variant("pixel by pixel")
def to_batch_pixels(pictures, side=32):
    result = np.zeros((len(pictures), 3, side, side), np.float32)
    for n in range(len(pictures)):
        size = min(pictures[n].shape[0], pictures[n].shape[1])
        top = (pictures[n].shape[0] - size) // 2
        left = (pictures[n].shape[1] - size) // 2
        for i in range(side):
            for j in range(side):
                row, column = (2 * i + 1) * size // (2 * side), (2 * j + 1) * size // (2 * side)
                result[n, :, i, j] = pictures[n][top + row, left + column] / 255
    return result

exercise.also("broadcast", "np.stack([picture, picture, picture], axis=2)", "np.repeat(picture[:, :, None], 3, axis=2)")
exercise.also("moveaxis", "picture.transpose(2, 0, 1)", "np.moveaxis(picture, 2, 0)")
exercise.also("stacked", "np.array(batch)", "np.stack(batch)")

exercise.shows("colour",
    ([made(4, 4, 3)], 4), ([made(4, 4, 3, salt=1), made(4, 4, 3, salt=2)], 2),
    ([made(6, 6, 3, salt=3)], 2), ([made(5, 5, 3, salt=4)], 3),
)
exercise.shows("grey",
    ([made(4, 4, salt=5)], 2), ([made(3, 3, salt=6), made(6, 6, 3, salt=7)], 3),
    ([made(2, 2, salt=8)], 2),
)
exercise.shows("size",
    ([made(4, 8, 3, salt=9)], 2), ([made(9, 4, 3, salt=10)], 4), ([made(3, 6, 3, salt=11), made(7, 5, salt=12)], 3),
    ([made(2, 3, 3, salt=13)], 4), ([made(1, 1, 3, salt=14)], 2), ([made(40, 36, salt=15)],),
)

@exercise.hidden
def to_batch_hidden(rng):
    def one(*shape):
        return rng.integers(0, 256, shape).astype(np.uint8)

    side = int(rng.integers(2, 6))
    yield "colour", ([one(side * 2, side * 2, 3), one(7, 7, 3)], side)
    yield "grey", ([one(9, 9), one(8, 8, 3), one(5, 5)], side)
    high, wide = rng.integers(3, 15, 2)
    yield "size", ([one(high, wide, 3), one(wide, high + 1), one(6, 13, 3)], side)

T = "(2 * np.arange(side) + 1) * size // (2 * side)"
exercise.slip("not divided by 255", "picture.transpose(2, 0, 1) / 255", "picture.transpose(2, 0, 1)",
    hint="The numbers go up to 255. Divide by 255, so that they are from 0 to 1: lesson 09 shows what becomes of a network otherwise.")
exercise.slip("whole numbers", "picture.transpose(2, 0, 1) / 255", "picture.transpose(2, 0, 1) // 255",
    hint="// throws away what is after the point: nearly everything becomes 0. Divide by /.")
exercise.slip("divided by 256", "/ 255", "/ 256",
    hint="The largest byte is 255, so white should become 255 / 255 = 1. You divide by 256.")
exercise.slip("colours last", "picture.transpose(2, 0, 1) / 255", "picture / 255",
    hint="The colours are still the last axis. A network takes (3, side, side): bring axis 2 to the front with transpose.")
exercise.slip("reshape for transpose", "picture.transpose(2, 0, 1)", "picture.reshape(3, side, side)",
    hint="reshape gives the right shape and the wrong picture: it deals the same numbers out in the same order. The axes change places with transpose(2, 0, 1).")
exercise.slip("rows and columns swapped", "transpose(2, 0, 1)", "transpose(2, 1, 0)",
    hint="Rows and columns have changed places as well: the picture is turned onto its side. transpose(2, 0, 1) moves only the colours to the front.")
exercise.slip("blue first", "picture.transpose(2, 0, 1)", "picture.transpose(2, 0, 1)[::-1]",
    hint="The colours come in reversed order, blue first. Keep red, green, blue.")
exercise.slip("the first corner of each cell", T, "np.arange(side) * size // side",
    hint="You take the first row of each cell: is the 1 of (2 i + 1) missing? It brings you to the middle.")
exercise.slip("the first rows", T, "np.arange(side) * size // size",
    hint="That cuts out the upper left corner at full size. Spread the rows over the whole square: row (2 i + 1) S // (2 side).")
exercise.slip("from the first to the last", T, "np.arange(side) * (size - 1) // max(side - 1, 1)",
    hint="You go from the first row to the last. The rule takes the middle of each cell: (2 i + 1) S // (2 side).")
exercise.slip("divided by side", T, "(2 * np.arange(side) + 1) * size // side % size",
    hint="The product is divided by 2 side, not by side.")
exercise.slip("rounded", T, "np.round((2 * np.arange(side) + 1) * size / (2 * side)).astype(int).clip(0, size - 1)",
    hint="You round to the nearest row. The rule rounds down: //.")
exercise.slip("too far", T, "np.minimum((2 * np.arange(side) + 1) * size // (2 * side) + 1, size - 1)",
    hint="Your rows are one too far down. It is (2 i + 1) S // (2 side), without a 1 behind it.")
exercise.slip("2 i − 1", T, "abs(2 * np.arange(side) - 1) * size // (2 * side)",
    hint="It is (2 i + 1), not (2 i − 1).")
exercise.slip("i + 1", T, "np.minimum((np.arange(side) + 1) * size // (2 * side), size - 1)",
    hint="The 2 in front of i is missing: (2 i + 1) S // (2 side).")
exercise.slip("the upper left square", "top, left = (picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "top, left = 0, 0",
    hint="You take the square at the upper left. Take the one in the middle: of what is left over, half is above it, or to its left.")
exercise.slip("the lower right square", "top, left = (picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "top, left = picture.shape[0] - size, picture.shape[1] - size",
    hint="You take the square at the lower right. Halve what is left over, so that it is in the middle.")
exercise.slip("rounded up", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size + 1) // 2, (picture.shape[1] - size + 1) // 2",
    hint="An odd row or column that is left over is cut at the end: halve with //, without a 1.")
exercise.slip("times 255", "picture.transpose(2, 0, 1) / 255", "picture.transpose(2, 0, 1) * 255",
    hint="You multiply by 255. Divide, so that the numbers are from 0 to 1.")
exercise.slip("without S", T, "(2 * np.arange(side) + 1) // (2 * side)",
    hint="S is missing, so every row is the first one: (2 i + 1) · S, and then divide.")
exercise.slip("S times the 1 alone", T, "np.minimum((2 * np.arange(side) + 1 * size) // (2 * side), size - 1)",
    hint="Parentheses are missing: S is multiplied by the whole of (2 i + 1), not by the 1 alone.")
exercise.slip("divided by 3 side", T, "(2 * np.arange(side) + 1) * size // (3 * side)",
    hint="You divide by 3 side, so the last rows are never reached. The rule divides by 2 side.")
exercise.slip("always the same row", T, "np.full(side, min(3 * size // (2 * side), size - 1))",
    hint="It is the same row again and again: i is missing. Row i is (2 i + 1) S // (2 side).")
exercise.slip("always the first row", T, "np.full(side, size // (2 * side))",
    hint="It is the row of i = 0 again and again. Put i in: (2 i + 1) S // (2 side).")
exercise.slip("rows: the remainder", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) % 2, (picture.shape[1] - size) // 2",
    hint="`% 2` is the remainder of a division by 2, so 0 or 1 of the rows are cut off above. Halve with // 2.")
exercise.slip("rows: not halved", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size), (picture.shape[1] - size) // 2",
    hint="All rows that are left over are cut off above, and none at the end. Halve them: // 2.")
exercise.slip("rows: a third", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 3, (picture.shape[1] - size) // 2",
    hint="Only a third of the rows that are left over is cut off above. Take half of them, so that the square is in the middle.")
exercise.slip("rows: the other way round", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(size - picture.shape[0]) // 2, (picture.shape[1] - size) // 2",
    hint="You subtract the wrong way round, and top becomes negative, which counts from the end. It is the number of rows minus S, halved.")
exercise.slip("rows: from the start", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "0, (picture.shape[1] - size) // 2",
    hint="Your square begins with the first of the rows. It is in the middle: of the rows that are left over, half is cut off above.")
exercise.slip("columns: the remainder", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) % 2",
    hint="`% 2` is the remainder of a division by 2, so 0 or 1 of the columns are cut off to the left. Halve with // 2.")
exercise.slip("columns: not halved", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 2, (picture.shape[1] - size)",
    hint="All columns that are left over are cut off to the left, and none at the end. Halve them: // 2.")
exercise.slip("columns: a third", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 3",
    hint="Only a third of the columns that are left over is cut off to the left. Take half of them, so that the square is in the middle.")
exercise.slip("columns: the other way round", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 2, (size - picture.shape[1]) // 2",
    hint="You subtract the wrong way round, and left becomes negative, which counts from the end. It is the number of columns minus S, halved.")
exercise.slip("columns: from the start", "(picture.shape[0] - size) // 2, (picture.shape[1] - size) // 2", "(picture.shape[0] - size) // 2, 0",
    hint="Your square begins with the first of the columns. It is in the middle: of the columns that are left over, half is cut off to the left.")
exercise.slip("one row up", "picture[top + taken][:, left + taken]", "picture[top + taken - 1][:, left + taken]",
    hint="Your rows are one too far up. Row i of the square is row `top` + i of the picture, without a 1.")
exercise.slip("one column to the left", "picture[top + taken][:, left + taken]", "picture[top + taken][:, left + taken - 1]",
    hint="Your columns are one too far to the left. Column i of the square is column `left` + i of the picture, without a 1.")
exercise.slip("always the same column", "picture[top + taken][:, left + taken]", "picture[top + taken][:, [left] * side]",
    hint="It is the same column again and again. Take the columns by the same rule as the rows.")
exercise.slip("always the first row of the square", "picture[top + taken][:, left + taken]", "picture[[top] * side][:, left + taken]",
    hint="It is the same row again and again. Take the rows by the rule, as you do with the columns.")
exercise.slip("colours counted", "min(picture.shape[:2])", "min(picture.shape)",
    hint="S is not the number of colours, 3. Only the rows and the columns count: the first two of `picture.shape`.")
exercise.slip("squeezed", "picture = picture[top + taken][:, left + taken]", "rows = (2 * np.arange(side) + 1) * picture.shape[0] // (2 * side)\n        columns = (2 * np.arange(side) + 1) * picture.shape[1] // (2 * side)\n        picture = picture[rows][:, columns]",
    hint="The whole picture is squeezed into a square, so everybody becomes thin or fat. Take the square in its middle first.")
exercise.slip("the diagonal", "picture[top + taken][:, left + taken]", "picture[top + taken, left + taken][:, None] * np.ones((1, side, 1))",
    hint="`picture[rows, columns]` with two lists takes pairs: the diagonal. First the rows, then of those the columns: `picture[rows]`[:, columns].")
exercise.slip("rows alone", "picture[top + taken][:, left + taken]", "picture[top + taken][:, left : left + side]",
    hint="The rows are spread over the square, the columns are cut off after `side`. Take the columns by the same rule.")
exercise.slip("left for top", "picture[top + taken][:, left + taken]", "picture[top + taken][:, top + taken]",
    hint="The columns begin where the rows do. They begin at left.")
exercise.slip("grey left out", "if picture.ndim == 2:\n            picture = np.stack([picture, picture, picture], axis=2)", "if picture.ndim == 2:\n            continue",
    hint="Grey pictures are left out. They belong in the batch as well: give them three equal colours.")
exercise.slip("grey is red", "np.stack([picture, picture, picture], axis=2)", "np.stack([picture, 0 * picture, 0 * picture], axis=2)",
    hint="A grey picture has become a red one. Grey is where red, green and blue are equal: all three get its numbers.")
exercise.slip("grey divided by three", "np.stack([picture, picture, picture], axis=2)", "np.stack([picture, picture, picture], axis=2) / 3",
    hint="Grey pictures come out at a third of their brightness. Each of the three colours gets the whole number.")
exercise.slip("only the first", "return np.array(batch)", "return np.array(batch[:1])",
    hint="Only the first picture comes back. The batch holds one for each picture of the list.")
exercise.slip("always 32", "taken = (2 *", "side = 32\n        taken = (2 *",
    hint="The side is always 32. It is an argument.")
exercise.slip("the longer side", "size = min(picture.shape[:2])", "size = max(picture.shape[:2])",
    hint="S is the shorter side: the largest square that fits into the picture.")
exercise.slip("the number of rows for S", "size = min(picture.shape[:2])", "size = picture.shape[0]",
    hint="S is not always the number of rows: in a tall picture the columns are fewer. It is the shorter of the two.")
exercise.slip("the number of columns for S", "size = min(picture.shape[:2])", "size = picture.shape[1]",
    hint="S is not always the number of columns: in a wide picture the rows are fewer. It is the shorter of the two.")
exercise.slip("each on its own scale", "picture.transpose(2, 0, 1) / 255", "picture.transpose(2, 0, 1) / picture.max()",
    hint="Each picture is divided by its own largest number, so a dark one becomes bright. Divide by 255.")
