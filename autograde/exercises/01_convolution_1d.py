"""Lesson 01: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab.check.spec import Exercise

READY_MADE = ("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d")


def exercise(name, points=0, **more):
    """An exercise of this lesson: lists are welcome, ready-made convolutions are not."""
    return Exercise(name, points=points, lists=True, ready_made=READY_MADE, **more)


def whole_numbers(rng, length):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, length) * rng.choice([-1, 1], length)


# --- by hand: averages --------------------------------------------------------------------------

by_hand_averages = exercise("by_hand_averages", tolerance=0.006)
by_hand_averages.right([29 / 3, 28 / 3, 29 / 3])
by_hand_averages.wrong(
    "sums",
    [29, 28, 29],
    "These are the sums of three neighbours. Divide each by 3 to get the average.",
)
by_hand_averages.wrong(
    "one place too far to the left",
    [19 / 3, 29 / 3, 28 / 3],
    "Your window sits one place too far to the left. Take one neighbour on each side, and mind "
    "that places are counted from 0: place 1 is the second number, the first 9.",
)

by_hand_click = exercise("by_hand_click", tolerance=0.006)
by_hand_click.right([20 / 3, 7, 20 / 3])
by_hand_click.wrong(
    "the click stays",
    [29 / 3, 1, 29 / 3],
    "The click does not stay alone: the 1 is one of the three numbers at places 4, 5 and 6, "
    "so it pulls all three averages down.",
)
by_hand_click.wrong(
    "the click is gone",
    [29 / 3, 29 / 3, 29 / 3],
    "The click does not vanish, it is spread out: the 1 takes part in three of the averages.",
)
by_hand_click.wrong("sums", [20, 21, 20], "These are the sums. Divide each by 3.")

# --- by hand: the definition --------------------------------------------------------------------

by_hand_convolution = exercise("by_hand_convolution")
by_hand_convolution.right([3, 15, 2, 10])
by_hand_convolution.wrong(
    "kernel not reversed",
    [15, 3, 10, 2],
    "These are the sums with g lying the way it is written. In the definition, i goes up in f(i) "
    "while x − i goes down in g(x − i): g lies the other way round.",
)
by_hand_convolution.wrong(
    "only full overlaps",
    [15, 2],
    "You have the places where both numbers of g lie on f. Add the two places at the ends, "
    "where only one of them does: x = 0 and x = 3.",
)
by_hand_convolution.wrong(
    "cut to the length of f",
    [3, 15, 2],
    "One place is missing: at x = 3 the last number of f still meets the last number of g.",
)
by_hand_convolution.wrong(
    "multiplied number by number",
    [3, 0, 2],
    "Here each number of f was multiplied once. At each place x, add up all products "
    "f(i) · g(x − i) for which both numbers exist.",
)

by_hand_lengths = exercise("by_hand_lengths")
by_hand_lengths.right([103, 100, 97])
by_hand_lengths.wrong(
    "no minus one",
    [104, 100, 96],
    "Count with small numbers: two numbers and a kernel of two give 3 places in full, not 4: "
    "n + k − 1.",
)
by_hand_lengths.wrong(
    "minus k plus one inside the brackets",
    [103, 100, 95],
    "full and same are right. For valid, count where the kernel can begin: at place 0, 1, …, n − "
    "k. How many places are these?",
)
by_hand_lengths.wrong(
    "order exchanged",
    [97, 100, 103],
    "The three numbers are right, but valid is the shortest and full the longest.",
)

# --- convolve_at -------------------------------------------------------------------------------

convolve_at = exercise(
    "convolve_at",
    points=3,
    aspects={
        "middle": "places in the middle of the output",
        "ends": "the ends and everything outside",
    },
    shares={"middle": 2, "ends": 1},
    praise="This one sum is all there is to a convolution; the rest is doing it everywhere.",
)


@convolve_at.reference
def convolve_at_reference(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total


F, G = np.array([2, -1, 3, 5]), np.array([1, 10, 100])
convolve_at.case("middle", F, G, 2)
convolve_at.case("middle", F, G, 3)
convolve_at.case("middle", [3, 0, 2], [1, 5], 1)
convolve_at.case("middle", np.array([1.5, -2.0, 4.0, 0.5, 3.0]), np.array([0.5, 0.25]), 2)
convolve_at.case("middle", [1, 2], np.array([1, 7, -1, 4]), 3)
convolve_at.case("ends", F, G, 0)
convolve_at.case("ends", F, G, 5)
convolve_at.case("ends", F, G, 4)
convolve_at.case("ends", F, G, -1)
convolve_at.case("ends", F, G, 6)
convolve_at.case("ends", [4, 6], [3, 5, 7, 9], -2)
convolve_at.case("ends", F, G, 50)


convolve_at.numpy_integers("ends", [3, 0, 2], [1, 5], 3)


@convolve_at.hidden
def convolve_at_hidden(rng):
    for k in (1, 2, 3, 4, 5):
        f, g = whole_numbers(rng, int(rng.integers(4, 9))), whole_numbers(rng, k)
        yield "middle", (f, g, int(rng.integers(1, len(f))))
        yield "ends", (f, g / 2, len(f) + k - 2)
        yield "ends", (f / 2, g, -int(rng.integers(1, 9)))


@convolve_at.misconception(
    "kernel not reversed",
    hint="Your kernel lies the way it is written: f(x + i) meets g(i). In the definition the two "
    "indices add up to x: f(i) meets g(x − i), so where one goes up the other goes down.",
)
def convolve_at_not_reversed(f, g, x):
    total = 0.0
    for i in range(len(g)):
        if 0 <= x + i < len(f):
            total += f[x + i] * g[i]
    return total


@convolve_at.misconception(
    "kernel not reversed, shifted to overlap",
    hint="The right numbers meet, in the wrong order: the kernel is not reversed. At the place x, "
    "the first number of g belongs to f(x), the second to f(x − 1), and so on backwards.",
)
def convolve_at_not_reversed_ending_at_x(f, g, x):
    total = 0.0
    for i in range(len(g)):
        j = x - len(g) + 1 + i
        if 0 <= j < len(f):
            total += f[j] * g[i]
    return total


@convolve_at.misconception(
    "negative index wraps around",
    hint="A negative index in Python counts from the end: g[-1] is the last number of g, not "
    "nothing. Add a product only where x − i is at least 0 and below len(g).",
)
def convolve_at_wraps(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if -len(g) <= x - i < len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "negative index of the signal wraps around",
    hint="A negative index in Python counts from the end: f[-1] is the last number of f, not "
    "nothing. Add a product only where the index into f is at least 0 and below len(f).",
)
def convolve_at_signal_wraps(f, g, x):
    total = 0.0
    for i in range(len(g)):
        if -len(f) <= x - i < len(f):
            total += f[x - i] * g[i]
    return total


@convolve_at.misconception(
    "index out of range",
    hint="Some index lies outside f or g, and Python stops with an IndexError. Outside their range "
    "f and g count as 0: ask first whether x − i lies from 0 to len(g) − 1.",
)
def convolve_at_no_range(f, g, x):
    total = 0.0
    for i in range(len(f)):
        total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "last number of the signal left out",
    hint="The last number of f never takes part: range(n − 1) ends at n − 2. To reach the last "
    "index n − 1, write range(n).",
)
def convolve_at_short_signal(f, g, x):
    total = 0.0
    for i in range(len(f) - 1):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "last number of the kernel left out",
    hint="The last number of g never takes part. Its index is len(g) − 1: does your condition "
    "or range stop one before it?",
)
def convolve_at_short_kernel(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g) - 1:
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "first number of the kernel left out",
    hint="g(0) never takes part: does your condition ask for x − i > 0 where it should ask for "
    "x − i at least 0?",
)
def convolve_at_without_first(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 < x - i < len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "result cut to a whole number",
    hint="The fraction is lost: the sum is turned into a whole number. Leave out int(), and // "
    "too.",
)
def convolve_at_truncates(f, g, x):
    total = 0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return int(total)


@convolve_at.misconception(
    "kernel centred on x",
    hint="Your kernel is centred on x. In the definition its first number meets f(x), and the "
    "others the places before x. (Centring is what mode same does, later in this lesson.)",
)
def convolve_at_centred(f, g, x):
    total = 0.0
    for i in range(len(f)):
        j = x + (len(g) - 1) // 2 - i
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


@convolve_at.misconception(
    "mirrored",
    hint="Your numbers are right but in mirrored order: the signal was reversed instead of the "
    "kernel. What you give for the first place belongs to the last.",
)
def convolve_at_mirrored(f, g, x):
    total = 0.0
    for i in range(len(f)):
        j = len(f) + len(g) - 2 - x - i
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


@convolve_at.misconception(
    "nothing after the end of the signal",
    hint="You stop at the last number of f. But at x = len(f) and beyond, the later numbers of g "
    "still reach back to the end of f: the output is longer than the signal.",
)
def convolve_at_cut(f, g, x):
    total = 0.0
    if x >= len(f):
        return total
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "kernel length taken as 3",
    hint="It is right for kernels of length 3 and no others: is a 3 (or a 2) written where "
    "len(g) should be?",
)
def convolve_at_length_three(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < 3:
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "only the last product",
    hint="Only one product comes back: each new one replaces the one before. Add it to the sum "
    "with +=.",
)
def convolve_at_last_product(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total = f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "returns too early",
    hint="The sum is handed back after the first step: the return stands inside the loop. Move it "
    "to the left, so that it comes after the loop.",
)
def convolve_at_early_return(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i < len(g):
            total += f[i] * g[x - i]
        return total


@convolve_at.misconception(
    "the 2 of the gap is still there",
    hint="You give the same number for every x: a 2 from the function above is still there. Use x.",
)
def convolve_at_two(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= 2 - i < len(g):
            total += f[i] * g[2 - i]
    return total


@convolve_at.misconception(
    "only one side of the range asked for",
    hint="You ask whether x − i is at least 0, but it can be too large as well. Beyond len(g) − 1 "
    "there is no number in g, and Python stops with an IndexError.",
)
def convolve_at_lower_only(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if x - i >= 0:
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "one past the end of the kernel",
    hint="An index equal to len(g) is already outside: the last number of g has the index "
    "len(g) − 1. Is there a <= where < belongs?",
)
def convolve_at_one_past(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if 0 <= x - i <= len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.misconception(
    "negative indices let through",
    hint="You ask whether x − i is below len(g), but it can be negative too. Then Python counts "
    "from the end of g, or stops with an IndexError.",
)
def convolve_at_upper_only(f, g, x):
    total = 0.0
    for i in range(len(f)):
        if x - i < len(g):
            total += f[i] * g[x - i]
    return total


@convolve_at.variant("loop over the kernel")
def convolve_at_over_kernel(f, g, x):
    total = 0.0
    for j in range(len(g)):
        if 0 <= x - j < len(f):
            total += f[x - j] * g[j]
    return total


@convolve_at.variant("generator")
def convolve_at_generator(f, g, x):
    return sum(f[i] * g[x - i] for i in range(len(f)) if 0 <= x - i < len(g))


@convolve_at.variant("slices")
def convolve_at_slices(f, g, x):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    first, last = max(0, x - len(g) + 1), min(len(f) - 1, x)
    if last < first:
        return 0.0
    return np.dot(f[first : last + 1], g[x - last : x - first + 1][::-1])


@convolve_at.variant("padded")
def convolve_at_padded(f, g, x):
    k = len(g)
    padded = np.pad(np.asarray(f, dtype=float), k - 1)
    if not 0 <= x < len(f) + k - 1:
        return 0.0
    return np.sum(padded[x : x + k] * np.flip(g))


@convolve_at.variant("double loop with an if")
def convolve_at_double_loop(f, g, x):
    total = 0.0
    for i in range(len(f)):
        for j in range(len(g)):
            if i + j == x:
                total = total + f[i] * g[j]
    return total


# --- fill the gap -------------------------------------------------------------------------------

gap_at_two = exercise("gap_at_two", aspects={"values": "the convolution at x = 2"})


@gap_at_two.reference
def gap_at_two_reference(f, g):
    return convolve_at(f, g, 2)


gap_at_two.case("values", [3, 0, 2], [1, 5])
gap_at_two.case("values", [4, -1, 3, 8], [1, 10, 100])
gap_at_two.case("values", [7, 2], [1, 10])


@gap_at_two.misconception(
    "indices go up together",
    hint="Here both indices go up together. They should add up to 2: when i is 0, the other is 2.",
)
def gap_at_two_together(f, g):
    total = 0.0
    for i in range(len(f)):
        j = i
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


@gap_at_two.misconception(
    "x minus the wrong way round",
    hint="i − 2 is the other way round: that lets both indices go up together. Take i away from 2.",
)
def gap_at_two_swapped(f, g):
    total = 0.0
    for i in range(len(f)):
        j = i - 2
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


@gap_at_two.misconception(
    "at x = 1",
    hint="That is the convolution at x = 1: your two indices add up to 1. At x = 2 they make 2.",
)
def gap_at_two_one(f, g):
    return convolve_at(f, g, 1)


@gap_at_two.variant("the other index first")
def gap_at_two_variant(f, g):
    total = 0.0
    for i in range(len(f)):
        j = -i + 2
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total


@gap_at_two.variant("loop over the kernel")
def gap_at_two_kernel(f, g):
    return sum(f[2 - j] * g[j] for j in range(len(g)) if 0 <= 2 - j < len(f))


@gap_at_two.variant("any x")
def gap_at_two_any(f, g):
    total = 0
    for i, value in enumerate(f):
        for j, weight in enumerate(g):
            if i + j == 2:
                total += value * weight
    return total


# --- trap: Y = range(N) ------------------------------------------------------------------------

trap_squares = exercise("trap_squares", aspects={"values": "the squares from 0 on"})


@trap_squares.reference
def trap_squares_reference(count):
    values = [0] * count
    for x in range(count):
        values[x] = x * x
    return values


trap_squares.case("values", 4)
trap_squares.case("values", 1)
trap_squares.case("values", 7)


@trap_squares.misconception(
    "a range cannot be written to",
    hint="Call trap_squares(4) in a cell of your own and read the last line that Python prints: "
    "what is it that a range does not let you do?",
    untouched=True,
)
def trap_squares_range(count):
    values = range(count)
    for x in range(count):
        values[x] = x * x
    return values


@trap_squares.misconception(
    "an empty list has no places",
    hint="An empty list has no place 0 to write to. Start with a list of the right length, or use "
    "append.",
)
def trap_squares_empty(count):
    values = []
    for x in range(count):
        values[x] = x * x
    return values


@trap_squares.misconception(
    "the numbers themselves",
    hint="These are the numbers 0, 1, 2, … themselves: write their squares, x · x, into the list.",
)
def trap_squares_plain(count):
    return list(range(count))


@trap_squares.misconception(
    "returns too early",
    hint="Only the first square is written: does the return stand inside the loop? It belongs "
    "after it.",
)
def trap_squares_early(count):
    values = [0] * count
    for x in range(count):
        values[x] = x * x
        return values


@trap_squares.variant("array")
def trap_squares_array(count):
    values = np.zeros(count)
    for x in range(count):
        values[x] = x**2
    return values


@trap_squares.variant("append")
def trap_squares_append(count):
    values = []
    for x in range(count):
        values.append(x * x)
    return values


@trap_squares.variant("list of the range")
def trap_squares_list(count):
    values = list(range(count))
    for x in range(count):
        values[x] = x * x
    return values


# --- convolve_1d -------------------------------------------------------------------------------

MODES = {
    "full": "mode full",
    "same": "mode same",
    "valid": "mode valid",
    "errors": "input for which there is no answer",
}

convolve_1d = exercise("convolve_1d", points=4, aspects=MODES, asks={"errors": "answer"})


def refuse(f, g, mode):
    """Raise where there is no answer."""
    if len(f) == 0 or len(g) == 0:
        raise ValueError("f and g need at least one number each")
    if mode not in ("full", "same", "valid"):
        raise ValueError("mode must be full, same or valid")
    if mode == "valid" and len(g) > len(f):
        raise ValueError("no output for mode valid: the kernel is longer than the signal")


def all_places(f, g):
    """The full convolution, a list."""
    return [convolve_at(f, g, x) for x in range(len(f) + len(g) - 1)]


def cut(full, f, g, mode):
    """The part of full that belongs to a mode."""
    n, k = len(f), len(g)
    if mode == "same":
        return np.array(full[(k - 1) // 2 : (k - 1) // 2 + n])
    return np.array(full[k - 1 : n] if mode == "valid" else full)


@convolve_1d.reference
def convolve_1d_reference(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g), f, g, mode)


def cases_of_three_modes(of):
    """Visible cases that convolve_1d and correlate_1d share: odd and even kernels, fractions, a
    kernel longer than the signal, lists, and what must raise."""
    f, g = [2, -1, 3, 5], [1, 10, 100]
    of.case("full", np.array(f), np.array(g))
    of.case("full", [3, 0, 2], [1, 5])
    of.case("full", np.array([1.5, -2.0, 4.0, 0.5]), np.array([0.5, 0.25, -1.0, 2.0]), "full")
    of.case("full", np.array([7, 1]), np.array([1, 2, 3, 4, 5]), "full")
    of.case("same", np.array(f), np.array(g), "same")
    of.case("same", np.array([2, -1, 3, 5, 4, 1]), np.array([1, 10, 100, 1000]), "same")
    of.case("same", [4, -3, 1, 2, 5], [1, 10], "same")
    of.case("same", np.array([7, 1]), np.array([1, 2, 3, 4, 5]), "same")
    of.case("valid", np.array([2, -1, 3, 5, 4]), np.array(g), "valid")
    of.case("valid", np.array([2, -1, 3, 5, 4, 1]), np.array([1, 10, 100, 1000]), "valid")
    of.case("valid", [9, 4, -2, 1], [1, 10], "valid")
    of.case("full", np.array([4, -2, 7]), np.array([3]))
    of.case("same", np.array([4, -2, 7]), np.array([3]), "same")
    of.case("valid", np.array([4, -2, 7]), np.array([3]), "valid")
    of.case("full", [3], np.array([-2]))
    of.case("same", np.array([3]), np.array([-2]), "same")
    of.case("valid", np.array([3, 1, 2]), np.array([1, 10, 100]), "valid")
    of.case("errors", np.array([3, 1, 2]), np.array([1, 10, 100]), "valid")
    of.raises("errors", ValueError, np.array([3, 1]), np.array([1, 10, 100]), "valid")
    of.raises("errors", ValueError, np.array([3, 1, 2]), np.array([1, 10]), "circular")
    of.raises("errors", ValueError, np.zeros(0), np.array([1, 10]))
    of.raises("errors", ValueError, np.array([1, 10]), np.zeros(0), "same")


def hidden_of_three_modes(rng):
    """Hidden cases that convolve_1d and correlate_1d share."""
    for mode in ("full", "same", "valid"):
        for k in (1, 2, 3, 4, 5):
            f = whole_numbers(rng, int(rng.integers(6, 11)))
            yield mode, (f, whole_numbers(rng, k) / 2, mode)
        yield "errors", (whole_numbers(rng, 4), whole_numbers(rng, 4), mode)
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 5), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 2), "Full "), ValueError
    yield "errors", (np.zeros(0), np.zeros(0), "full"), ValueError


cases_of_three_modes(convolve_1d)
convolve_1d.hidden(hidden_of_three_modes)


@convolve_1d.misconception(
    "kernel not reversed",
    hint="The kernel lies the way it is written; convolution reverses it. Compare with a list of "
    "your convolve_at for every x.",
)
def convolve_1d_not_reversed(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g[::-1]), f, g, mode)


@convolve_1d.misconception(
    "mirrored",
    hint="The numbers are right but in mirrored order: the signal was reversed instead of the "
    "kernel, so your first value belongs at the end.",
)
def convolve_1d_mirrored(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g), f, g, mode)[::-1]


@convolve_1d.misconception(
    "negative index wraps around",
    hint="f[x - i] with a negative index takes a number from the end of f: Python counts -1 as the "
    "last one. Outside its range f is 0, so skip these products.",
)
def convolve_1d_wraps(f, g, mode="full"):
    refuse(f, g, mode)
    n, k = len(f), len(g)
    full = []
    for x in range(n + k - 1):
        full.append(sum(f[x - i] * g[i] for i in range(k) if -n <= x - i < n))
    return cut(full, f, g, mode)


@convolve_1d.misconception(
    "full cut to the length of f",
    hint="Mode full is cut off at the length of f. While any number of g still lies on f there is "
    "an output: n + k − 1 places in all.",
)
def convolve_1d_full_cut(f, g, mode="full"):
    refuse(f, g, mode)
    part = cut(all_places(f, g), f, g, mode)
    return part[: len(f)] if mode == "full" else part


@convolve_1d.misconception(
    "same starts at 0",
    hint="Mode same is the middle of full, but yours is its beginning. Leave out (k − 1) // 2 "
    "places at the start, so that as much is cut on both sides.",
)
def convolve_1d_same_from_start(f, g, mode="full"):
    refuse(f, g, mode)
    full = all_places(f, g)
    return np.array(full[: len(f)]) if mode == "same" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "same starts at k // 2",
    hint="For kernels of even length your mode same is one place off: k // 2 and (k − 1) // 2 "
    "differ there. The middle begins at (k − 1) // 2.",
)
def convolve_1d_same_off(f, g, mode="full"):
    refuse(f, g, mode)
    full, start = all_places(f, g), len(g) // 2
    return np.array(full[start : start + len(f)]) if mode == "same" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "same as long as the longer one",
    hint="When the kernel is longer than the signal, mode same is still as long as the signal: "
    "the first argument decides.",
)
def convolve_1d_same_longest(f, g, mode="full"):
    refuse(f, g, mode)
    full, (shorter, longer) = all_places(f, g), sorted((len(f), len(g)))
    start = (shorter - 1) // 2
    return np.array(full[start : start + longer]) if mode == "same" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "last output missing",
    hint="The last place of full is missing, the one where the last number of f meets the last of "
    "g: range(n + k − 1) has it, range(n + k − 2) has not.",
)
def convolve_1d_short(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g)[:-1], f, g, mode)


@convolve_1d.misconception(
    "last number of the kernel left out",
    hint="The last number of g never takes part: does the loop over the kernel end one step early?",
)
def convolve_1d_short_kernel(f, g, mode="full"):
    refuse(f, g, mode)
    n, k = len(f), len(g)
    full = [sum(f[x - i] * g[i] for i in range(k - 1) if 0 <= x - i < n) for x in range(n + k - 1)]
    return cut(full, f, g, mode)


@convolve_1d.misconception(
    "integer output",
    hint="Fractions are lost: the output is an array of whole numbers, which cuts off what comes "
    "after the point. np.zeros(length) without dtype=int keeps it.",
)
def convolve_1d_integer(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g), f, g, mode).astype(int)


@convolve_1d.misconception(
    "returns too early",
    hint="Only one number comes back: does the return stand inside the loop? It belongs after it.",
)
def convolve_1d_early(f, g, mode="full"):
    refuse(f, g, mode)
    return np.array([convolve_at(f, g, 0)])


@convolve_1d.misconception(
    "starts at 1",
    hint="The first place is missing: full begins at x = 0, where the first numbers of f and g "
    "meet.",
)
def convolve_1d_from_one(f, g, mode="full"):
    refuse(f, g, mode)
    return cut(all_places(f, g)[1:], f, g, mode)


@convolve_1d.misconception(
    "valid from the start",
    hint="Mode valid has the right length but begins too early: its first place is x = k − 1, "
    "where all of the kernel lies on the signal for the first time.",
)
def convolve_1d_valid_from_start(f, g, mode="full"):
    refuse(f, g, mode)
    full, length = all_places(f, g), len(f) - len(g) + 1
    return np.array(full[:length]) if mode == "valid" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "nothing for a kernel of one weight",
    hint="With a kernel of one weight, mode valid gives nothing: a slice such as [k - 1 : -(k - "
    "1)] ends at 0 there. Count from the front: the last valid place is x = n − 1.",
)
def convolve_1d_negative_slice(f, g, mode="full"):
    refuse(f, g, mode)
    full, k = all_places(f, g), len(g)
    return np.array(full[k - 1 : -(k - 1)]) if mode == "valid" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "kernel length taken as 3",
    hint="It is right for kernels of length 3 only: is a 2 or a 1 written where k − 1 or "
    "(k − 1) // 2 should be?",
)
def convolve_1d_length_three(f, g, mode="full"):
    refuse(f, g, mode)
    n = len(f)
    full = [convolve_at(f, g, x) for x in range(n + 2)]
    return cut(full, f, range(3), mode)


@convolve_1d.misconception(
    "valid with a kernel longer than the signal",
    hint="When the kernel is longer than the signal it never lies on it completely: in mode valid "
    "there is no output then, and a ValueError says so.",
)
def convolve_1d_swaps(f, g, mode="full"):
    refuse(f, g, "full" if mode == "valid" else mode)
    shorter, longer = sorted((len(f), len(g)))
    full = all_places(f, g)
    return np.array(full[shorter - 1 : longer]) if mode == "valid" else cut(full, f, g, mode)


@convolve_1d.misconception(
    "nothing for a kernel longer than the signal",
    hint="In mode valid, a kernel longer than the signal gives you an empty array. An empty answer "
    "is easily overlooked: raise a ValueError instead.",
)
def convolve_1d_empty_valid(f, g, mode="full"):
    refuse(f, g, "full" if mode == "valid" else mode)
    return cut(all_places(f, g), f, g, mode)


@convolve_1d.misconception(
    "unknown mode accepted",
    hint='An unknown mode such as "circular" should raise a ValueError; yours goes on as if it '
    "were "
    "one of the three. Ask for each mode by name, and raise at the end.",
)
def convolve_1d_any_mode(f, g, mode="full"):
    known = mode if mode in ("full", "same") else "valid"
    refuse(f, g, known if mode == known else "full")
    return cut(all_places(f, g), f, g, known)


@convolve_1d.misconception(
    "unknown mode answered with full",
    hint='An unknown mode such as "circular" should raise a ValueError; yours answers it like '
    "full. Ask for each mode by name, and raise at the end.",
)
def convolve_1d_else_full(f, g, mode="full"):
    known = mode if mode in ("same", "valid") else "full"
    refuse(f, g, known)
    return cut(all_places(f, g), f, g, known)


@convolve_1d.misconception(
    "errors forgotten",
    hint="All three modes are right. What is still missing are the ValueErrors: an empty f or g, "
    "an unknown mode, and valid with a kernel longer than the signal.",
)
def convolve_1d_no_errors(f, g, mode="full"):
    return cut(all_places(f, g), f, g, mode if mode in ("full", "same") else "valid")


@convolve_1d.misconception(
    "nothing comes back for an unknown mode",
    hint="All three modes are right. For an unknown mode or an empty input your function ends "
    "without an answer: raise a ValueError there.",
)
def convolve_1d_none_for_unknown(f, g, mode="full"):
    known = mode in ("full", "same", "valid")
    return cut(all_places(f, g), f, g, mode) if known else None


@convolve_1d.misconception(
    "empty input accepted",
    hint="An empty f or g has nothing to slide: raise a ValueError when either has no numbers.",
)
def convolve_1d_empty_input(f, g, mode="full"):
    if len(f) and len(g):
        refuse(f, g, mode)
    return cut(all_places(f, g), f, g, mode)


@convolve_1d.misconception(
    "changes its argument",
    hint="The output is right, but the kernel of whoever called your function is reversed "
    "afterwards: it is changed in place. Work on a reversed copy, g[::-1].",
)
def convolve_1d_changes_kernel(f, g, mode="full"):
    refuse(f, g, mode)
    part = cut(all_places(f, g), f, g, mode)
    g[:] = list(g)[::-1]
    return part


@convolve_1d.variant("shift and add")
def convolve_1d_shift_and_add(f, g, mode="full"):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0:
        raise ValueError("empty")
    full = np.zeros(n + k - 1)
    for i in range(k):
        full[i : i + n] += g[i] * f
    if mode == "full":
        return full
    if mode == "same":
        return full[(k - 1) // 2 : (k - 1) // 2 + n]
    if mode == "valid":
        if k > n:
            raise ValueError("kernel longer than signal")
        return full[k - 1 : n]
    raise ValueError("mode?")


@convolve_1d.variant("double loop into a list")
def convolve_1d_double_loop(f, g, mode="full"):
    if len(f) == 0 or len(g) == 0:
        raise ValueError("empty")
    full = [0.0] * (len(f) + len(g) - 1)
    for i in range(len(f)):
        for j in range(len(g)):
            full[i + j] += f[i] * g[j]
    if mode == "full":
        return full
    elif mode == "same":
        start = (len(g) - 1) // 2
        return full[start : start + len(f)]
    elif mode == "valid" and len(g) <= len(f):
        return full[len(g) - 1 : len(f)]
    else:
        raise ValueError(mode)


@convolve_1d.variant("windows of the padded signal")
def convolve_1d_windows(f, g, mode="full"):
    f, g = np.array(f, dtype=float), np.array(g, dtype=float)
    n, k = f.size, g.size
    if not n or not k or mode not in ("full", "same", "valid") or (mode == "valid" and k > n):
        raise ValueError("no answer")
    left, right = {
        "full": (k - 1, k - 1),
        "same": (k - 1 - (k - 1) // 2, (k - 1) // 2),
        "valid": (0, 0),
    }[mode]
    padded = np.pad(f, (left, right))
    windows = np.lib.stride_tricks.sliding_window_view(padded, k)
    return windows @ g[::-1]


# --- correlate_1d -------------------------------------------------------------------------------

correlate_1d = exercise("correlate_1d", points=2, aspects=MODES, asks={"errors": "answer"})


@correlate_1d.reference
def correlate_1d_reference(f, g, mode="full"):
    return convolve_1d(f, g[::-1], mode)


cases_of_three_modes(correlate_1d)
correlate_1d.hidden(hidden_of_three_modes)


@correlate_1d.misconception(
    "still reversed",
    hint="This is still the convolution: the kernel is reversed. Correlation lays g on f the way "
    "it is written.",
)
def correlate_1d_reversed(f, g, mode="full"):
    return convolve_1d(f, g, mode)


@correlate_1d.misconception(
    "mirrored",
    hint="The numbers are right but in mirrored order: f and g have changed places, or f was "
    "reversed instead of g. The first value is the one where the last number of g meets f(0).",
)
def correlate_1d_mirrored(f, g, mode="full"):
    return convolve_1d(f, g[::-1], mode)[::-1]


@correlate_1d.misconception(
    "convolution read backwards",
    hint="This is the convolution read from the end. Reversing the output is not the same as "
    "reversing the kernel before the sum.",
)
def correlate_1d_backwards(f, g, mode="full"):
    return convolve_1d(f, g, mode)[::-1]


@correlate_1d.misconception(
    "starts at 0",
    hint="Your output begins where the first number of g meets f(0), at x = 0. In mode full there "
    "are k − 1 places before that, from x = −(k − 1) on, where only the end of g lies on f.",
)
def correlate_1d_from_zero(f, g, mode="full"):
    refuse(f, g, mode)
    n, k = len(f), len(g)
    full = [sum(f[x + i] * g[i] for i in range(k) if x + i < n) for x in range(n)]
    return cut(full + [0.0] * (k - 1), f, g, mode)


@correlate_1d.misconception(
    "wraps around",
    hint="At the beginning a number from the end of f takes part: a negative index counts from the "
    "end in Python. Outside its range f is 0.",
)
def correlate_1d_wraps(f, g, mode="full"):
    refuse(f, g, mode)
    n, k = len(f), len(g)
    full = [sum(f[x + i] * g[i] for i in range(k) if -n <= x + i < n) for x in range(-(k - 1), n)]
    return cut(full, f, g, mode)


@correlate_1d.misconception(
    "same off centre",
    hint="Mode same is one place off for kernels of even length: the middle of full begins at "
    "(k − 1) // 2, for correlation too.",
)
def correlate_1d_same_off(f, g, mode="full"):
    k = len(g)
    if mode != "same" or k == 0:
        return convolve_1d(f, g[::-1], mode)
    return convolve_1d(f, g[::-1], "full")[k // 2 : k // 2 + len(f)]


@correlate_1d.misconception(
    "full cut to the length of f",
    hint="Mode full is cut off at the length of f; it has n + k − 1 places, as for convolution.",
)
def correlate_1d_cut(f, g, mode="full"):
    whole = convolve_1d(f, g[::-1], mode)
    return whole[: len(f)] if mode == "full" else whole


@correlate_1d.misconception(
    "mode forgotten",
    hint="Every mode gives you the full output: is `mode` handed on to the function that you call?",
)
def correlate_1d_always_full(f, g, mode="full"):
    return convolve_1d(f, g[::-1])


@correlate_1d.misconception(
    "changes its argument",
    hint="The output is right, but the kernel of whoever called your function is reversed "
    "afterwards: it is changed in place. Use a reversed copy, g[::-1].",
)
def correlate_1d_changes_kernel(f, g, mode="full"):
    whole = convolve_1d(f, g[::-1], mode)
    g[:] = list(g)[::-1]
    return whole


@correlate_1d.misconception(
    "signal reversed instead of the kernel",
    hint="You reversed the signal; it is the kernel that has to be turned round before it goes "
    "into your convolution.",
)
def correlate_1d_signal_reversed(f, g, mode="full"):
    return convolve_1d(f[::-1], g, mode)


@correlate_1d.variant("own loops")
def correlate_1d_loops(f, g, mode="full"):
    n, k = len(f), len(g)
    if n == 0 or k == 0:
        raise ValueError("empty")
    full = np.zeros(n + k - 1)
    for x in range(-(k - 1), n):
        for i in range(k):
            if 0 <= x + i < n:
                full[x + k - 1] += f[x + i] * g[i]
    if mode == "full":
        return full
    if mode == "same":
        return full[(k - 1) // 2 : (k - 1) // 2 + n]
    if mode == "valid" and k <= n:
        return full[k - 1 : n]
    raise ValueError("no answer")


@correlate_1d.variant("flip and convolve")
def correlate_1d_flip(f, g, mode="full"):
    return convolve_1d(f, np.flip(g), mode)


@correlate_1d.variant("windows")
def correlate_1d_windows(f, g, mode="full"):
    f, g = np.array(f, dtype=float), np.array(g, dtype=float)
    n, k = f.size, g.size
    if not n or not k or mode not in ("full", "same", "valid") or (mode == "valid" and k > n):
        raise ValueError("no answer")
    padded = np.concatenate([np.zeros(k - 1), f, np.zeros(k - 1)])
    full = np.array([padded[x : x + k] @ g for x in range(n + k - 1)])
    start = {"full": 0, "same": (k - 1) // 2, "valid": k - 1}[mode]
    length = {"full": n + k - 1, "same": n, "valid": n - k + 1}[mode]
    return full[start : start + length]


# --- moving_average -----------------------------------------------------------------------------

moving_average = exercise(
    "moving_average",
    points=2,
    aspects={"average": "the average of the neighbours", "errors": "a width that makes no sense"},
    asks={"errors": "answer"},
)


@moving_average.reference
def moving_average_reference(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width is a whole number of at least 1")
    return convolve_1d(signal, [1 / width] * width, "same")


moving_average.case("average", np.array([10, 9, 10, 9, 10, 1, 10, 9, 10, 8]), 3)
moving_average.case("average", np.array([6, -2, 8, 4, 1]), 2)
moving_average.case("average", [4, 8, 0, -4, 12, 3], 4)
moving_average.case("average", np.array([5, 7, 9]), 1)
moving_average.case("average", np.array([10, 20]), 5)
moving_average.case("errors", np.array([3.0, 6.0, 9.0]), 3)
moving_average.raises("errors", ValueError, np.array([3.0, 6.0, 9.0]), 0)
moving_average.raises("errors", ValueError, np.array([3.0, 6.0, 9.0]), -2)
moving_average.raises("errors", ValueError, np.array([3.0, 6.0, 9.0]), 2.5)


moving_average.case("average", [6], 3)
moving_average.numpy_integers("errors", np.array([4.0, 1.0, 7.0]), 2)


@moving_average.hidden
def moving_average_hidden(rng):
    for width in (2, 3, 5, 8):
        yield "average", (whole_numbers(rng, 12), width)
    yield "errors", (whole_numbers(rng, 7), 1)
    yield "errors", (whole_numbers(rng, 7), -int(rng.integers(1, 5))), ValueError
    yield "errors", (whole_numbers(rng, 7), float(rng.integers(1, 5)) + 0.25), ValueError


@moving_average.misconception(
    "divided by the number of samples inside",
    hint="At the ends you divide by how many numbers lie inside the signal. Here the "
    "weights stay 1/width everywhere and zeros come in from outside, so the ends dip.",
)
def moving_average_inside(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    sums = convolve_1d(signal, [1] * width, "same")
    return sums / convolve_1d([1] * len(signal), [1] * width, "same")


@moving_average.misconception(
    "not divided",
    hint="These are sums, not averages: the weights should add up to 1, so each is 1/width.",
)
def moving_average_sums(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1] * width, "same")


@moving_average.misconception(
    "looks back only",
    hint="Your average looks back only, so the output lags behind the signal. Mode same puts the "
    "window in the middle, over as many places after as before.",
)
def moving_average_causal(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1 / width] * width, "full")[: len(signal)]


@moving_average.misconception(
    "ends left out",
    hint="The ends are missing: the output should be as long as the signal. That is mode same, not "
    "valid.",
)
def moving_average_valid(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1 / width] * width, "valid")


@moving_average.misconception(
    "longer than the signal",
    hint="The output is longer than the signal: that is mode full. Mode same keeps its length.",
)
def moving_average_full(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1 / width] * width, "full")


@moving_average.misconception(
    "ends repeated",
    hint="At the ends you repeat the first and last number of the signal. Here zeros come in from "
    "outside, so the ends dip.",
)
def moving_average_repeats_ends(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    left, right = width - 1 - (width - 1) // 2, (width - 1) // 2
    longer = [signal[0]] * left + list(signal) + [signal[-1]] * right
    return convolve_1d(longer, [1 / width] * width, "valid")


@moving_average.misconception(
    "even width off centre",
    hint="For an even width your window sits one place off: of the two middles, mode same takes "
    "(width − 1) // 2.",
)
def moving_average_off(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    whole = convolve_1d(signal, [1 / width] * width, "full")
    return whole[width // 2 : width // 2 + len(signal)]


@moving_average.misconception(
    "whole-number division",
    hint="Fractions are lost: // divides and throws away what comes after the point. Use /.",
)
def moving_average_floor(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1] * width, "same") // width


@moving_average.misconception(
    "width not tested",
    hint="The averages are right. For a width below 1, or one that is not a whole number, raise a "
    "ValueError before anything else.",
)
def moving_average_any_width(signal, width):
    if width != int(width):
        width = int(width)
    if width < 1:
        return np.asarray(signal, dtype=float)
    return convolve_1d(signal, [1 / width] * width, "same")


@moving_average.misconception(
    "fractions of a width accepted",
    hint="Width 2.5 should raise a ValueError too: a window has a whole number of places.",
)
def moving_average_rounds_width(signal, width):
    width = int(width)
    if width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1 / width] * width, "same")


@moving_average.misconception(
    "the error for fractions is Python's own",
    hint="The averages are right, and a width below 1 is refused. For 2.5, Python stops with a "
    "TypeError of its own; ask first whether the width is a whole number, and raise a ValueError.",
)
def moving_average_type_error(signal, width):
    if width < 1:
        raise ValueError("width")
    return convolve_1d(signal, [1 / width] * width, "same")


@moving_average.variant("slices")
def moving_average_slices(signal, width):
    if width < 1 or width % 1 != 0:
        raise ValueError("width")
    width = int(width)
    before = width - 1 - (width - 1) // 2
    padded = np.pad(np.asarray(signal, dtype=float), (before, (width - 1) // 2))
    return np.array([padded[i : i + width].sum() / width for i in range(len(signal))])


@moving_average.variant("running sum")
def moving_average_cumsum(signal, width):
    if int(width) != width or width < 1:
        raise ValueError("width")
    n, half = len(signal), (width - 1) // 2
    total = np.concatenate([np.zeros(width), np.cumsum(signal), np.full(half, np.sum(signal))])
    return (total[half + width : half + width + n] - total[half : half + n]) / width


@moving_average.variant("array of weights")
def moving_average_weights(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, np.ones(width) / width, mode="same")


# --- shift_kernel ------------------------------------------------------------------------------

shift_kernel = exercise(
    "shift_kernel",
    points=3,
    aspects={"right": "shifts to the right", "left": "shifts to the left, and none"},
)


@shift_kernel.reference
def shift_kernel_reference(steps):
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) + steps] = 1
    return kernel


for steps in (1, 2, 4):
    shift_kernel.case("right", steps)
for steps in (-1, 0, -3):
    shift_kernel.case("left", steps)


shift_kernel.numpy_integers("right", 3)


@shift_kernel.hidden
def shift_kernel_hidden(rng):
    yield "right", (int(rng.integers(5, 9)),)
    yield "right", (3,)
    yield "left", (-int(rng.integers(4, 9)),)
    yield "left", (-2,)


@shift_kernel.misconception(
    "wrong direction",
    hint="This shifts the other way. Convolution reverses the kernel, so a 1 on the right of the "
    "middle takes each value from its left neighbour and moves the signal to the right.",
)
def shift_kernel_wrong_way(steps):
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) - steps] = 1
    return kernel


@shift_kernel.misconception(
    "even length",
    hint="The kernel is too short on one side. Mode same takes the middle of the kernel as its "
    "centre, so there must be as many places after the middle as before it: an odd length.",
)
def shift_kernel_one_sided(steps):
    kernel = np.zeros(abs(steps) + 1)
    kernel[-1 if steps > 0 else 0] = 1
    return kernel


@shift_kernel.misconception(
    "length always 3",
    hint="It is right for one step. For more steps the kernel has to be longer: the 1 must stand "
    "`steps` places from the middle.",
)
def shift_kernel_three(steps):
    kernel = np.zeros(3)
    kernel[1 + int(np.sign(steps))] = 1
    return kernel[1:2] if steps == 0 else kernel


@shift_kernel.misconception(
    "longer than needed",
    hint="It shifts rightly, but a shorter kernel does the same: leave out the zeros that are at "
    "both ends.",
)
def shift_kernel_long(steps):
    kernel = np.zeros(2 * abs(steps) + 3)
    kernel[abs(steps) + 1 + steps] = 1
    return kernel


@shift_kernel.misconception(
    "no shift needs three numbers",
    hint="All shifts are right. For no shift at all the shortest kernel is [1].",
)
def shift_kernel_long_zero(steps):
    if steps == 0:
        return np.array([0, 1, 0])
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) + steps] = 1
    return kernel


@shift_kernel.misconception(
    "sign forgotten",
    hint="Shifts to the right are right. A negative number of steps goes to the left: then the 1 "
    "stands at the beginning of the kernel.",
)
def shift_kernel_no_sign(steps):
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[-1] = 1
    return kernel


@shift_kernel.misconception(
    "left shifts fail",
    hint="Shifts to the right are right. For a negative number of steps the length would become "
    "negative: use the absolute value, abs(steps), for it.",
)
def shift_kernel_negative_length(steps):
    kernel = np.zeros(2 * steps + 1)
    kernel[-1] = 1
    return kernel


@shift_kernel.misconception(
    "steps in place of 1",
    hint="The value moves to the right place but is multiplied on the way: the kernel holds a "
    "single 1 and otherwise zeros.",
)
def shift_kernel_weighted(steps):
    kernel = np.zeros(2 * abs(steps) + 1)
    kernel[abs(steps) + steps] = max(1, abs(steps))
    return kernel


@shift_kernel.variant("lists")
def shift_kernel_lists(steps):
    zeros = [0] * (2 * abs(steps))
    return [*zeros, 1] if steps >= 0 else [1, *zeros]


@shift_kernel.variant("comparison")
def shift_kernel_comparison(steps):
    places = np.arange(-abs(steps), abs(steps) + 1)
    return (places == steps).astype(float)


@shift_kernel.variant("cases")
def shift_kernel_cases(steps):
    kernel = np.zeros(2 * abs(steps) + 1, dtype=int)
    if steps < 0:
        kernel[0] = 1
    else:
        kernel[-1] = 1
    return kernel


# --- echo --------------------------------------------------------------------------------------

echo = exercise(
    "echo",
    points=2,
    aspects={"sound": "the signal and its copy", "errors": "a delay below 0"},
    asks={"errors": "answer"},
)


@echo.reference
def echo_reference(signal, delay, decay):
    if delay < 0:
        raise ValueError("an echo comes later, not earlier")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += signal
    sound[delay:] += decay * np.asarray(signal)
    return sound


echo.case("sound", np.array([8, 4, -2]), 2, 0.5)
echo.case("sound", [1, 2, 3, 4], 1, 0.25)
echo.case("sound", np.array([6, 2]), 5, -0.5)
echo.case("sound", np.array([1.5, -1.0, 2.0]), 0, 0.5)
echo.case("errors", np.array([10, 20, 30]), 1, 0.1)
echo.raises("errors", ValueError, np.array([10, 20, 30]), -1, 0.5)
echo.raises("errors", ValueError, np.array([10, 20, 30]), -3, 0.5)


echo.case("sound", [8], 0, 0.5)
echo.numpy_integers("errors", np.array([4, 1, 7]), 2, 0.5)


@echo.hidden
def echo_hidden(rng):
    for delay in (0, 1, 3, 9):
        yield "sound", (whole_numbers(rng, 6), delay, float(rng.choice([0.25, 0.5, 0.75])))
    yield "errors", (whole_numbers(rng, 4), 2, 0.5)
    yield "errors", (whole_numbers(rng, 4), -int(rng.integers(2, 9)), 0.5), ValueError


@echo.misconception(
    "cut to the length of the signal",
    hint="The end of the echo is cut off: it sounds on for `delay` samples after the signal, so "
    "the output has len(signal) + delay numbers.",
)
def echo_cut(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.array(signal, dtype=float)
    for i in range(delay, len(signal)):
        sound[i] += decay * signal[i - delay]
    return sound


@echo.misconception(
    "echo only",
    hint="Only the echo is there: add the signal itself at the beginning.",
)
def echo_only(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    return np.concatenate([np.zeros(delay), decay * np.asarray(signal)])


@echo.misconception(
    "one place too late",
    hint="The copy begins one place too late: its first number stands at place `delay`, and "
    "places are counted from 0.",
)
def echo_late(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay + 1)
    sound[: len(signal)] += signal
    sound[delay + 1 :] += decay * np.asarray(signal)
    return sound


@echo.misconception(
    "as loud as the signal",
    hint="The echo is as loud as the signal: multiply the copy by `decay`.",
)
def echo_loud(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += signal
    sound[delay:] += np.asarray(signal)
    return sound


@echo.misconception(
    "signal fainter than the echo",
    hint="The signal was multiplied by `decay` and the copy was not: it is the copy that is "
    "fainter.",
)
def echo_exchanged(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += decay * np.asarray(signal)
    sound[delay:] += signal
    return sound


@echo.misconception(
    "both fainter",
    hint="Signal and copy are both multiplied by `decay`; only the copy should be.",
)
def echo_both(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += decay * np.asarray(signal)
    sound[delay:] += decay * np.asarray(signal)
    return sound


@echo.misconception(
    "the copy overwrites",
    hint="Where signal and echo overlap, the echo overwrites the signal. Two sounds at once add "
    "up: use += there.",
)
def echo_overwrites(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] = signal
    sound[delay:] = decay * np.asarray(signal)
    return sound


@echo.misconception(
    "wraps around",
    hint="The end of the echo comes back at the beginning: np.roll moves in a circle. Make the "
    "output longer instead.",
)
def echo_rolls(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.array(signal, dtype=float)
    return sound + decay * np.roll(sound, delay)


@echo.misconception(
    "no echo without delay",
    hint="With delay 0 the echo falls on the signal itself, and both numbers belong at the same "
    "place: 1 + decay.",
)
def echo_two_spikes(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    return convolve_1d(signal, [1] + [0] * (delay - 1) + [decay])


@echo.misconception(
    "whole numbers only",
    hint="Fractions are lost: the output is an array of whole numbers. Make it with np.zeros, "
    "without dtype=int.",
)
def echo_integer(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = np.zeros(len(signal) + delay, dtype=int)
    for i in range(len(signal)):
        sound[i] += int(signal[i])
    for i in range(len(signal)):
        sound[i + delay] = sound[i + delay] + decay * signal[i]
    return sound


@echo.misconception(
    "negative delay accepted",
    hint="The echo is right. A negative delay would be an echo before the sound: raise a "
    "ValueError for it.",
)
def echo_any_delay(signal, delay, decay):
    delay = max(delay, 0)
    sound = np.zeros(len(signal) + delay)
    sound[: len(signal)] += signal
    sound[delay:] += decay * np.asarray(signal)
    return sound


@echo.misconception(
    "negative delay ends in confusion",
    hint="The echo is right for delays from 0 on. A negative delay makes no sense: test for it "
    "first, and raise a ValueError with a sentence of your own.",
)
def echo_index_error(signal, delay, decay):
    sound = [0.0] * (len(signal) + delay)
    for i in range(len(signal)):
        sound[i] += signal[i]
    for i in range(len(signal)):
        sound[i + delay] += decay * signal[i]
    return sound


@echo.variant("convolution with two spikes")
def echo_convolution(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    kernel = np.zeros(delay + 1)
    kernel[0] += 1
    kernel[delay] += decay
    return convolve_1d(signal, kernel)


@echo.variant("padding both")
def echo_padding(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    signal = np.asarray(signal, dtype=float)
    return np.pad(signal, (0, delay)) + decay * np.pad(signal, (delay, 0))


@echo.variant("loop over a list")
def echo_loop(signal, delay, decay):
    if delay < 0:
        raise ValueError("delay")
    sound = list(signal) + [0] * delay
    for i in range(len(signal)):
        sound[i + delay] += decay * signal[i]
    return sound


# --- trap: a negative index ---------------------------------------------------------------------

trap_smooth = exercise(
    "trap_smooth",
    aspects={"values": "each value averaged with the two before it"},
    tolerance=1e-4,
)


@trap_smooth.reference
def trap_smooth_reference(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            if x - i >= 0:
                total += signal[x - i]
        smooth.append(total / 3)
    return smooth


trap_smooth.case("values", [10, 9, 10, 9, 10, 1, 10, 9, 10, 8])
trap_smooth.case("values", [3, 6, 9, 30])
trap_smooth.case("values", [6, 3])


@trap_smooth.misconception(
    "still wraps around",
    hint="Call trap_smooth([6, 3]) in a cell of your own. On paper, with zeros before the signal, "
    "the first result is 6/3. Which numbers did the loop read instead?",
    untouched=True,
)
def trap_smooth_wraps(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            if x - i >= -len(signal):
                total += signal[x - i]
        smooth.append(total / 3)
    return smooth


@trap_smooth.misconception(
    "divided by what is there",
    hint="The first two values are divided by 1 and 2. That is a sensible choice too, but the task "
    "asks for zeros outside: divide by 3 everywhere.",
)
def trap_smooth_inside(signal):
    smooth = []
    for x in range(len(signal)):
        part = signal[max(0, x - 2) : x + 1]
        smooth.append(sum(part) / len(part))
    return smooth


@trap_smooth.misconception(
    "starts too late",
    hint="The first two values are missing: start at x = 0 and count what lies before the signal "
    "as zero.",
)
def trap_smooth_late(signal):
    smooth = []
    for x in range(2, len(signal)):
        smooth.append((signal[x] + signal[x - 1] + signal[x - 2]) / 3)
    return smooth


@trap_smooth.misconception(
    "first number left out",
    hint="The first number of the signal never counts: index 0 is inside. Is there a > where >= "
    "belongs?",
)
def trap_smooth_without_first(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            if x - i > 0:
                total += signal[x - i]
        smooth.append(total / 3)
    return smooth


@trap_smooth.misconception(
    "first number repeated",
    hint="Before the signal you repeat its first number. Here there are zeros: add nothing at all.",
)
def trap_smooth_repeats(signal):
    smooth = []
    for x in range(len(signal)):
        total = 0
        for i in range(3):
            total += signal[max(0, x - i)]
        smooth.append(total / 3)
    return smooth


@trap_smooth.variant("range that starts at 0 at the earliest")
def trap_smooth_range(signal):
    return [sum(signal[max(0, x - 2) : x + 1]) / 3 for x in range(len(signal))]


@trap_smooth.variant("padding")
def trap_smooth_padding(signal):
    padded = np.concatenate([[0, 0], signal])
    return (padded[2:] + padded[1:-1] + padded[:-2]) / 3


@trap_smooth.variant("by convolution")
def trap_smooth_convolution(signal):
    return convolve_1d(signal, [1 / 3, 1 / 3, 1 / 3])[: len(signal)]


# --- trap: which way does [1, 0, 0] shift? -------------------------------------------------------

trap_direction = exercise(
    "trap_direction",
    praise="A 1 on the left of the middle moves the signal to the left, because the kernel is "
    "reversed before it is laid on.",
)
trap_direction.right("left")
trap_direction.wrong(
    "copied from the web",
    "right",
    "Much copied, and wrong: that is what correlation does. Convolve [0, 0, 7, 0, 0] with [1, 0, "
    "0] on paper, with the kernel reversed. Where does the 7 go?",
)
trap_direction.wrong(
    "stays",
    "stays",
    "[0, 1, 0] would leave the signal where it is; here the 1 is not in the middle.",
)

# --- convolve_1d_fast --------------------------------------------------------------------------

convolve_1d_fast = exercise(
    "convolve_1d_fast",
    points=2,
    aspects={
        "values": "the valid part of the convolution",
        "errors": "input for which there is no answer",
        "speed": "at least 10 times a loop",
    },
    shares={"values": 0.8, "errors": 0.2, "speed": 1},
    asks={"errors": "answer"},
)


@convolve_1d_fast.reference
def convolve_1d_fast_reference(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("g must have at least one number and at most as many as f")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]


convolve_1d_fast.case("values", np.array([2, -1, 3, 5, 4]), np.array([1, 10, 100]))
convolve_1d_fast.case("values", np.array([2, -1, 3, 5, 4, 1]), np.array([1, 10, 100, 1000]))
convolve_1d_fast.case("values", np.array([1.5, -2.0, 4.0, 0.5]), np.array([0.5, 0.25]))
convolve_1d_fast.case("errors", np.array([3, 1, 2]), np.array([1, 10, 100]))
convolve_1d_fast.raises("errors", ValueError, np.array([3, 1]), np.array([1, 10, 100]))
convolve_1d_fast.raises("errors", ValueError, np.array([3, 1]), np.zeros(0))
convolve_1d_fast.speed("speed", 10, (1970, 31), (2000,), (31,))


convolve_1d_fast.case("values", np.array([5, 1, 2]), np.array([1, 10, 100]))


@convolve_1d_fast.hidden
def convolve_1d_fast_hidden(rng):
    for k in (1, 2, 5, 6):
        yield "values", (whole_numbers(rng, 12), whole_numbers(rng, k) / 2)
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 3))
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 4)), ValueError


@convolve_1d_fast.misconception(
    "kernel not reversed",
    hint="The kernel is not reversed: this is the correlation. Use g[::-1].",
)
def convolve_1d_fast_not_reversed(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g


@convolve_1d_fast.misconception(
    "products not added up",
    hint="Each row of your table holds the products of one place, not yet added up. `*` multiplies "
    "number by number; `@` multiplies and adds up each row.",
)
def convolve_1d_fast_products(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) * g[::-1]


@convolve_1d_fast.misconception(
    "full instead of valid",
    hint="This is the full output. Asked for is valid: only the n − k + 1 places at which all of g "
    "lies on f.",
)
def convolve_1d_fast_full(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full


@convolve_1d_fast.misconception(
    "same instead of valid",
    hint="This is as long as the signal, mode same. Asked for is valid: only the n − k + 1 places "
    "at which all of g lies on f.",
)
def convolve_1d_fast_same(f, g):
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full[(len(g) - 1) // 2 : (len(g) - 1) // 2 + len(f)]


@convolve_1d_fast.misconception(
    "last place missing",
    hint="The last place is missing: there are n − k + 1 of them, not n − k.",
)
def convolve_1d_fast_short(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    return (np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1])[:-1]


@convolve_1d_fast.misconception(
    "mirrored",
    hint="The numbers are right but in mirrored order: f was reversed instead of g.",
)
def convolve_1d_fast_mirrored(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(f) == 0 or len(g) == 0 or len(g) > len(f):
        raise ValueError("no answer")
    return (np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1])[::-1]


@convolve_1d_fast.misconception(
    "long kernels accepted",
    hint="The values are right. A kernel longer than the signal has no valid place: raise a "
    "ValueError for it.",
)
def convolve_1d_fast_no_error(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(g) == 0:
        raise ValueError("no answer")
    if len(g) > len(f):
        return np.zeros(0)
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]


@convolve_1d_fast.misconception(
    "empty kernels accepted",
    hint="The values are right. An empty kernel has nothing to slide: raise a ValueError for it.",
)
def convolve_1d_fast_empty(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    if len(g) > len(f):
        raise ValueError("no answer")
    if len(g) == 0:
        return np.zeros(len(f) + 1)
    return np.lib.stride_tricks.sliding_window_view(f, len(g)) @ g[::-1]


@convolve_1d_fast.variant("shift and add over the kernel")
def convolve_1d_fast_shifts(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    result = np.zeros(n - k + 1)
    for i in range(k):
        result += g[i] * f[k - 1 - i : n - i]
    return result


@convolve_1d_fast.variant("index table")
def convolve_1d_fast_index(f, g):
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    places = np.arange(n - k + 1)[:, None] + np.arange(k)[None, :]
    return f[places] @ np.flip(g)


@convolve_1d_fast.variant("fft")
def convolve_1d_fast_fft(f, g):
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    length = n + k - 1
    full = np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)
    return full[k - 1 : n]


@convolve_1d_fast.variant("einsum")
def convolve_1d_fast_einsum(f, g):
    n, k = len(f), len(g)
    if n == 0 or k == 0 or k > n:
        raise ValueError("no answer")
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(f, dtype=float), k)
    return np.einsum("xk,k->x", windows, np.asarray(g, dtype=float)[::-1])


# --- discussion ---------------------------------------------------------------------------------

discussion_01 = exercise(
    "discussion_01",
    praise="The order of the numbers decides: a symmetric kernel reads the same both ways, so "
    "nobody could tell whether it was reversed.",
)
discussion_01.right("c")
discussion_01.wrong(
    "always the same",
    "a",
    "Try [1, 0, 0]: one operation shifts to the left, the other to the right.",
)
discussion_01.wrong(
    "border",
    "b",
    "Zeros at the border change the ends in both operations alike; look at the middle of the "
    "output.",
)
discussion_01.wrong(
    "mirrored output",
    "d",
    "Compare the two outputs of [3, 0, 2] with [1, 5]: [3, 15, 2, 10] and [15, 3, 10, 2]. Is one "
    "the other read backwards?",
)

# --- go further ---------------------------------------------------------------------------------

two_dice = exercise(
    "two_dice",
    tolerance=6e-4,
    praise="The sum of independent chances is a convolution: that is why sums of many dice look "
    "like a bell.",
)
two_dice.right([n / 36 for n in (1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)])
two_dice.wrong(
    "all sums equally likely",
    [1 / 11] * 11,
    "The eleven sums are not equally likely: 7 comes from six pairs, 2 from one only.",
)
two_dice.wrong(
    "counts, not chances",
    [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1],
    "These are the numbers of pairs. Each pair has the chance 1/36: with a kernel of six times 1/6 "
    "the division is done for you.",
)
two_dice.wrong(
    "a die that begins at 0",
    [0, 0] + [n / 36 for n in (1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)],
    "The chances are right, with two zeros before them, for the sums 0 and 1. Leave these out: the "
    "first number is the chance of the sum 2.",
)
two_dice.wrong(
    "one die only",
    [1 / 6] * 6,
    "That is one die. Convolve it with itself to get the sum of two.",
)

convolve_1d_fft = exercise(
    "convolve_1d_fft",
    aspects={"values": "the full convolution"},
    praise="For long kernels this is the fastest way there is.",
)


@convolve_1d_fft.reference
def convolve_1d_fft_reference(f, g):
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)


convolve_1d_fft.case("values", np.array([2, -1, 3, 5]), np.array([1, 10, 100]))
convolve_1d_fft.case("values", np.array([3, 0, 2]), np.array([1, 5]))
convolve_1d_fft.case("values", np.array([1.5, -2.0, 4.0, 0.5, 6.0]), np.array([0.5, 0.25, -1.0]))


@convolve_1d_fft.misconception(
    "no zeros added",
    hint="The end of the output has come round to its beginning: the Fourier transform works in a "
    "circle. Give both transforms the length n + k − 1, so that zeros fill the gap.",
)
def convolve_1d_fft_circular(f, g):
    n = len(f)
    return np.fft.irfft(np.fft.rfft(f) * np.fft.rfft(g, n), n)


@convolve_1d_fft.misconception(
    "length of the inverse forgotten",
    hint="One number is missing where n + k − 1 is odd: tell irfft the length too.",
)
def convolve_1d_fft_even(f, g):
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length))


@convolve_1d_fft.misconception(
    "transforms added",
    hint="Among waves a convolution is a product: multiply the two transforms.",
)
def convolve_1d_fft_added(f, g):
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) + np.fft.rfft(g, length), length)


@convolve_1d_fft.variant("complex transform")
def convolve_1d_fft_complex(f, g):
    length = len(f) + len(g) - 1
    return np.fft.ifft(np.fft.fft(f, length) * np.fft.fft(g, length)).real


@convolve_1d_fft.variant("a power of two")
def convolve_1d_fft_power(f, g):
    length = len(f) + len(g) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(f, size) * np.fft.rfft(g, size), size)[:length]


@convolve_1d_fft.variant("sum of products")
def convolve_1d_fft_by_hand(f, g):
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full
