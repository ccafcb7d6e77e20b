"""How many rows the valid output has, for n rows of the picture and k of the kernel."""

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the number of rows"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

@exercise.right
def trap_size(n, k):
    return n - k + 1

exercise.also("counting", "n - k + 1", "len([start for start in range(n) if start + k <= n])")
exercise.also("with brackets", "n - k + 1", "n - (k - 1)")
exercise.also("length of a range", "n - k + 1", "len(range(k, n + 1))")

exercise.shows("values", (10, 3), (10, 2), (5, 5), (7, 1))

@exercise.wrong("as printed", untouched=True,
    hint="Call `trap_size(3, 3)`: it says that a 3 × 3 kernel gives −1 rows on a 3 × 3 image. How many are there really? Then try a kernel of 1 × 1.")
def trap_size_printed(n, k):
    return n - (k + 1)

exercise.slip("one too few", "n - k + 1", "n - k",
    hint="Nearly: a kernel as large as the image has one place, not none.")
exercise.slip("one too many", "n - k + 1", "n + k - 1",
    hint="That is the size of full. Valid counts only the places where the whole kernel fits.")
