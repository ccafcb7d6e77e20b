"""The picture moved by whole pixels; zeros come in, nothing wraps round."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import IMAGE, PHOTO, TALL, photo, whole_numbers

exercise = Exercise(
    points={"down and right": 0.9, "up and left": 0.9, "far": 0.7, "dtype": 0.5},
    says={
        "down and right": "moved down and to the right",
        "up and left": "negative numbers and 0",
        "far": "moved so far that little or nothing is left",
        "dtype": "the dtype that the picture had",
    },
    asks={"dtype": "dtype"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

def moved_by(image, down, right):
    """The picture moved, pixel by pixel."""
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.right(ops.shift_image)

@exercise.variant("written out")
def shift_image(image, down, right):
    return moved_by(image, down, right)

@exercise.variant("padding")
def shift_image_padding(image, down, right):
    (rows, columns), margin = image.shape, max(abs(down), abs(right))
    padded = np.pad(image, margin)
    top, left = margin - down, margin - right
    return padded[top : top + rows, left : left + columns]

@exercise.variant("roll and clear")
def shift_image_roll_clear(image, down, right):
    moved = np.roll(np.roll(image, down, axis=0), right, axis=1)
    if down >= 0:
        moved[:down] = 0
    else:
        moved[down:] = 0
    if right >= 0:
        moved[:, :right] = 0
    else:
        moved[:, right:] = 0
    return moved

@exercise.variant("writing where it goes")
def shift_image_forward(image, down, right):
    rows, columns = image.shape
    moved = np.zeros((rows, columns), dtype=image.dtype)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r + down < rows and 0 <= c + right < columns:
                moved[r + down, c + right] = image[r, c]
    return moved

exercise.shows("down and right", (IMAGE, 1, 2), (TALL / 2, 2, 1), (PHOTO, 1, 1))
exercise.shows("up and left", (IMAGE, -1, -2), (TALL, 1, -1), (TALL, -2, 1), (IMAGE, 0, 2), (IMAGE, 1, 0), (np.array([[7]]), 0, 0))
exercise.shows("far",
    (IMAGE, 2, 3), (IMAGE, 5, 1), (IMAGE, -1, -9), (TALL, -4, 2), (IMAGE, IMAGE.shape[0] + 1, 0),
    (IMAGE, -IMAGE.shape[0] - 1, 0), (IMAGE, 0, IMAGE.shape[1] + 1), (IMAGE, 0, -IMAGE.shape[1] - 2),
)
exercise.numpy_integers("up and left", IMAGE, -1, 1)
exercise.shows("dtype",
    (PHOTO, 1, 2), (IMAGE, -1, 1), (np.array([[1.5, 2, 3], [4, 5, 6]], dtype=np.float32), 1, 0),
)

@exercise.hidden
def shift_image_hidden(rng):
    yield "down and right", (whole_numbers(rng, 5, 6), int(rng.integers(1, 4)), 2)
    yield "up and left", (whole_numbers(rng, 5, 6), -int(rng.integers(1, 4)), -1)
    yield "up and left", (photo(rng, 5, 6), 3, -int(rng.integers(1, 4)))
    yield "up and left", (whole_numbers(rng, 4, 7) / 2, 0, 0)
    yield "far", (whole_numbers(rng, 4, 6), 3, -5)
    yield "far", (whole_numbers(rng, 4, 6), int(rng.integers(4, 20)), 1)

exercise.slip("wraps around", "moved_by(image, down, right)", "np.roll(image, (down, right), axis=(0, 1))",
    hint="What leaves on one side comes in on the other, as with `np.roll`. Zeros should come in.")
exercise.slip("wrong direction", "moved_by(image, down, right)", "moved_by(image, -down, -right)",
    hint="The picture moves up and to the left, the opposite of what it should. The pixel that is now at (r, c) was at r − down and c − right before.")
exercise.slip("up instead of down", "moved_by(image, down, right)", "moved_by(image, -down, right)",
    hint="Right is right, but down goes up. The first index counts the rows from the top.")
exercise.slip("left instead of right", "moved_by(image, down, right)", "moved_by(image, down, -right)",
    hint="Down is right, but right goes to the left.")
exercise.slip("down and right exchanged", "moved_by(image, down, right)", "moved_by(image, right, down)",
    hint="Down and right are swapped: the first index, the row, goes down.")
exercise.slip("down only", "moved_by(image, down, right)", "moved_by(image, down, 0)",
    hint="The picture moves down, but not to the right.")
exercise.slip("right only", "moved_by(image, down, right)", "moved_by(image, 0, right)",
    hint="The picture moves to the right, but not down.")
exercise.slip("negative steps ignored", "moved_by(image, down, right)", "moved_by(image, max(0, down), max(0, right))",
    hint="Down and right work. A negative number should move the picture up or to the left; in yours it then stays where it is.")

@exercise.wrong("the picture in place of zeros",
    hint="Where zeros should come in, you still see the old picture: start with an array of zeros, not with a copy of the picture.")
def shift_image_copy(image, down, right):
    rows, columns = image.shape
    moved = image.copy()
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.slip("edge repeated", "return moved_by(image, down, right)", "rows, columns = image.shape\n    r = np.clip(np.arange(rows) - down, 0, rows - 1)\n    c = np.clip(np.arange(columns) - right, 0, columns - 1)\n    return image[r][:, c]",
    hint="The pixels at the edge are repeated where zeros should come in.")
exercise.slip("no range asked for", "return moved_by(image, down, right)", "moved = np.zeros_like(image)\n    for r in range(image.shape[0]):\n        for c in range(image.shape[1]):\n            moved[r, c] = image[r - down, c - right]\n    return moved",
    hint="The pixel at r − down, c − right may lie outside the picture. A negative index counts from the end in Python, and too large a one stops with an IndexError: ask before you read.")

@exercise.wrong("only the lower end asked for",
    hint="You ask whether the place is at least 0. With negative steps it can also be too large, and Python stops with an IndexError.")
def shift_image_lower(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if r - down >= 0 and c - right >= 0:
                moved[r, c] = image[r - down, c - right]
    return moved

@exercise.wrong("only the upper end asked for",
    hint="You ask whether the place is small enough. With positive steps it can be negative, and then Python counts from the end.")
def shift_image_upper_end(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if r - down < image.shape[0] and c - right < image.shape[1]:
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.slip("written outside", "return moved_by(image, down, right)", "moved = np.zeros_like(image)\n    for r in range(image.shape[0]):\n        for c in range(image.shape[1]):\n            moved[r + down, c + right] = image[r, c]\n    return moved",
    hint="You write to r + down, c + right, which may lie outside the result. A negative index counts from the end, too large a one stops with an IndexError: ask before you write.")
exercise.slip("slices for positive steps", "return moved_by(image, down, right)", "moved = np.zeros_like(image)\n    moved[down:, right:] = image[:-down, :-right]\n    return moved",
    hint="Your slices are right as long as both steps are positive and small. With a 0 or a negative number, [:-down] and [down:] mean something else: treat these apart, or use loops.")
exercise.slip("slices for steps from 0 on", "return moved_by(image, down, right)", "moved = np.zeros_like(image)\n    rows, columns = image.shape\n    moved[down:, right:] = image[: rows - down, : columns - right]\n    return moved",
    hint="Your slices are right as long as no step is negative or larger than the picture. Treat these apart, or use loops.")

@exercise.wrong("square pictures only",
    hint="It is right for square pictures only: is the number of rows used where the number of columns belongs?")
def shift_image_square(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < min(rows, columns):
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.slip("fractions lost", "moved_by(image, down, right)", "moved_by(image.astype(int), down, right)",
    hint="Fractions are lost: the result is an array of whole numbers. Give it the picture's dtype, for instance by `np.zeros_like(image)`.")
exercise.slip("first row only", "return moved_by(image, down, right)", "moved = moved_by(image, down, right)\n    moved[1:] = 0\n    return moved",
    hint="Only the first row has been worked on: the return is inside a loop. Move it to the left, after both loops.")
exercise.slip("place 0 left out", "return moved_by(image, down, right)", "kept = image.copy()\n    kept[0], kept[:, 0] = 0, 0\n    return moved_by(kept, down, right)",
    hint="The first row and column of the picture get lost: a place of 0 is inside too, so compare with 0 <=, not 0 <.")

@exercise.wrong("one place too many",
    hint="Python stops with an IndexError: the last row has the number rows − 1. Ask whether the place is smaller than rows, without =.")
def shift_image_inclusive(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down <= rows and 0 <= c - right <= columns:
                moved[r, c] = image[r - down, c - right]
    return moved

@exercise.wrong("guards exchanged",
    hint="Rows are compared with the number of columns, and the other way round: r − down belongs to `image.shape[0]`.")
def shift_image_guards(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < columns and 0 <= c - right < rows:
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.slip("rolled, cleared for positive steps", "return moved_by(image, down, right)", "moved = np.roll(image, (down, right), axis=(0, 1))\n    moved[:down] = 0\n    moved[:, :right] = 0\n    return moved",
    hint="After `np.roll` you clear the first rows and columns. With a negative step the last ones came round, and those are to be cleared.")

@exercise.wrong("0 treated as negative",
    hint="Moved by 0, everything disappears: after `np.roll`, `moved[0:] = 0` clears all rows. A step of 0 leaves nothing to clear.")
def shift_image_zero_clears(image, down, right):
    moved = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        moved[:down] = 0
    else:
        moved[down:] = 0
    if right > 0:
        moved[:, :right] = 0
    else:
        moved[:, right:] = 0
    return moved

exercise.slip("the first row everywhere", "moved_by(image, down, right)", "moved_by(np.repeat(image[:1], len(image), axis=0), down, right)",
    hint="Every row of the result is the first one: the row's index is missing where you read. The number at (r, c) comes from row r − down.")
exercise.slip("moved by one", "moved_by(image, down, right)", "moved_by(image, np.sign(down), np.sign(right))",
    hint="The picture moves by one pixel in each direction, whatever the arguments are. Use down and right themselves.")
exercise.slip("a larger picture", "return moved_by(image, down, right)", "rows, columns = (max(0, down), max(0, -down)), (max(0, right), max(0, -right))\n    return np.pad(image, (rows, columns))",
    hint="The result is larger than the picture: zeros are put in front, and what leaves at the other side stays. Cut it to the shape of the picture.")

@exercise.wrong("or instead of and",
    hint="A pixel is taken where its row or its column is inside. Both must be: join the two comparisons with and.")
def shift_image_or(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows or 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved

exercise.slip("last row and column left out", "return moved_by(image, down, right)", "moved = moved_by(image, down, right)\n    moved[-1], moved[:, -1] = 0, 0\n    return moved",
    hint="The last row and column of the result stay 0: `range(rows)` already ends with rows − 1, so nothing has to be taken away from it.")
