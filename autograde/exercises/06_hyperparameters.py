"""Lesson 06: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab.check.spec import Exercise

SIZES = ("output_size",)
CORRELATIONS = ("conv_2d", "correlate_2d", "convolve_2d", "conv_layer", "conv_forward")


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def refuse(i, r, p, s):
    """Raise where not one window can be placed."""
    if r < 1 or s < 1 or p < 0:
        raise ValueError("r and s must be at least 1, p at least 0")
    if r > i + 2 * p:
        raise ValueError("the window is larger than the padded input")


def places(i, r, p=0, s=1, strict=True):
    """The right answer to output_size."""
    refuse(i, r, p, s)
    unused = (i - r + 2 * p) % s
    if unused and strict:
        raise ValueError(f"{unused} columns would go unused")
    return (i - r + 2 * p) // s + 1


# --- by hand ------------------------------------------------------------------------------------

by_hand_starts = Exercise("by_hand_starts")
by_hand_starts.right([0, 2, 4, 6, 8, 10])
by_hand_starts.wrong(
    "last start lost",
    [0, 2, 4, 6, 8],
    "One more window fits: it begins at column 10 and covers 10, 11 and 12, which is the last "
    "column.",
)
by_hand_starts.wrong(
    "window over the edge",
    [0, 2, 4, 6, 8, 10, 12],
    "A window that begins at column 12 would need columns 13 and 14, which are not there.",
)
by_hand_starts.wrong(
    "stride of one",
    list(range(11)),
    "These are the starts for a stride of 1. With a stride of 2 every second one is left out.",
)
by_hand_starts.wrong(
    "side by side",
    [0, 3, 6, 9],
    "Your windows begin where the one before ended. Here they begin 2 columns apart, whatever "
    "their width.",
)
by_hand_starts.wrong(
    "counted from one",
    [1, 3, 5, 7, 9, 11],
    "Columns are counted from 0: the first window begins at column 0.",
)

by_hand_starts.wrong(
    "first start lost",
    [2, 4, 6, 8, 10, 12],
    "The first window begins at column 0. And one that begins at column 12 would hang over the "
    "edge.",
)


by_hand_size = Exercise("by_hand_size")
by_hand_size.right([8, 3])
by_hand_size.wrong(
    "fence posts",
    [7, 2],
    "There are 7 steps down and 2 to the right. Before the first step there is a place too.",
)
by_hand_size.wrong(
    "columns first",
    [3, 8],
    "The right numbers in the other order: rows first, then columns.",
)
by_hand_size.wrong(
    "as large as before",
    [10, 5],
    "That needs a frame of zeros. Without one, a window that begins at row 8 would hang over the "
    "edge.",
)

by_hand_size.wrong(
    "the input with a frame",
    [12, 7],
    "That is the size of the image with one zero on every side. Here there is no frame, and asked "
    "for is the output.",
)
by_hand_size.wrong(
    "one window lost",
    [9, 4],
    "A window of 3 that begins at row 8 of 10 would need row 10, which is not there. Write down "
    "the starts, as you did for the row of 13.",
)


predict_impossible = Exercise("predict_impossible")
predict_impossible.right([8, 0, 2])
predict_impossible.wrong(
    "rounded down",
    [8, 4, 2],
    "With stride 2 the formula gives 4.5. Four windows fit, but column 9 is never seen. Asked for "
    "is 0 where it does not come out even.",
)
predict_impossible.wrong(
    "rounded up",
    [8, 5, 2],
    "With stride 2 a fifth window would begin at column 8 and need column 10, which is not there. "
    "Asked for is 0 where it does not come out even.",
)
predict_impossible.wrong(
    "the formula as it comes",
    [8, 4.5, 2],
    "4.5 is what the formula gives, and there is no half window. Asked for is 0 where it does not "
    "come out even.",
)
predict_impossible.wrong(
    "without the fence post",
    [7, 0, 1],
    "Count the start at column 0 as well: there is one more place than there are steps.",
)

predict_impossible.wrong(
    "second window lost",
    [8, 0, 1],
    "With stride 7 a second window begins at column 7 and covers 7, 8 and 9. Column 9 is the last.",
)
predict_impossible.wrong(
    "stride of 7 refused",
    [8, 0, 0],
    "With stride 7 the windows begin at columns 0 and 7. The second one covers 7, 8 and 9, and 9 "
    "is the last column.",
)
predict_impossible.wrong(
    "columns divided by the stride",
    [10, 5, 1],
    "You divided the 10 columns by the stride. A window is 3 wide: write down where the windows "
    "begin, and leave out those that hang over the edge.",
)


by_hand_field = Exercise("by_hand_field")
by_hand_field.right([3, 5, 7])
by_hand_field.wrong(
    "added up",
    [3, 6, 9],
    "You added up the kernels. Neighbouring windows overlap: each further layer adds one pixel on "
    "either side.",
)
by_hand_field.wrong(
    "always three",
    [3, 3, 3],
    "3 is the kernel's size. Each of the three numbers that it sees has itself seen three pixels, "
    "and not the same three.",
)
by_hand_field.wrong(
    "multiplied",
    [3, 9, 27],
    "You multiplied. That would be right if windows did not overlap; with stride 1 they overlap by "
    "two thirds.",
)

by_hand_field.wrong(
    "pixels of the square",
    [9, 25, 49],
    "These are all the pixels of the square. Asked for is how many lie along one side.",
)
by_hand_field.wrong(
    "without the first layer",
    [1, 3, 5],
    "The list begins after the first layer, whose kernel sees three pixels already.",
)
by_hand_field.wrong(
    "one more a layer",
    [3, 4, 5],
    "Three neighbours of the layer below: the outer two each reach one pixel further, one to the "
    "left and one to the right.",
)


# --- output_size --------------------------------------------------------------------------------

output_size = Exercise(
    "output_size",
    points=4,
    aspects={
        "even": "sizes that come out even",
        "rounded": "strict=False, where they do not",
        "uneven": "strict, where they do not come out even",
        "errors": "numbers for which there is no answer",
        "int": "a whole number, an int",
    },
    shares={"even": 1.25, "rounded": 0.75, "uneven": 0.75, "errors": 0.75, "int": 0.5},
    ready_made=SIZES,
    asks={"uneven": "answer", "errors": "answer", "int": "whole"},
)


@output_size.reference
def output_size_reference(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, strict)


output_size.case("even", 13, 3, 0, 2)
output_size.case("even", 10, 3)
output_size.case("even", 10, 3, 1)
output_size.case("even", 10, 3, 0, 7)
output_size.case("even", 32, 5, 2, 1)
output_size.case("even", 7, 7, 0, 3)
output_size.case("errors", 1, 4, 2, 1)
output_size.case("even", 227, 11, 0, 4)
output_size.case("rounded", 29, 4, 3, 2, False)
output_size.case("rounded", 10, 3, 0, 2, False)
output_size.case("rounded", 12, 3, 0, 5, False)
output_size.case("rounded", 224, 7, 3, 2, False)
output_size.case("rounded", 10, 3, 0, 5, False)
output_size.case("rounded", 13, 3, 0, 2, False)
output_size.case("uneven", 11, 3, 0, 2)
output_size.raises("uneven", ValueError, 10, 3, 0, 2, says=1)
output_size.raises("uneven", ValueError, 29, 4, 3, 2, says=1)
output_size.raises("uneven", ValueError, 12, 3, 0, 5, True, says=4)
output_size.case("errors", 4, 6, 1)
output_size.raises("errors", ValueError, 4, 5)
output_size.raises("errors", ValueError, 4, 7, 1, 1, False)
output_size.raises("errors", ValueError, 10, 0)
output_size.raises("errors", ValueError, 10, 3, -1)
output_size.raises("errors", ValueError, 10, 3, 0, 0)
output_size.raises("errors", ValueError, 10, 4, 0, -2)


output_size.case("int", 10, 3)
output_size.case("int", 12, 3, 0, 5, False)
output_size.numpy_integers("errors", 11, 3, 1, 2)


@output_size.hidden
def output_size_hidden(rng):
    for _ in range(4):
        r, p, s, o = (int(rng.integers(a, b)) for a, b in ((2, 8), (0, 3), (1, 5), (3, 20)))
        i = (o - 1) * s + r - 2 * p
        yield "even", (max(i, 1) if i > 0 else i + 7 * s, r, p, s)
        yield "errors", (2, 3 + 2 * p + r, p, s, False), ValueError
    for s in (2, 3, 5):
        r, p, o = int(rng.integers(2, 7)), int(rng.integers(0, 3)), int(rng.integers(4, 20))
        unused = int(rng.integers(1, s))
        i = (o + 2) * s + r - 2 * p + unused
        yield "rounded", (i, r, p, s, False)
        yield "uneven", (i, r, p, s), ValueError, unused
    yield "uneven", (int(rng.integers(3, 9)) * 4 + 3, 3, 0, 4)
    yield "errors", (int(rng.integers(8, 30)), 3, 1)
    yield "errors", (9, -int(rng.integers(1, 5))), ValueError


@output_size.misconception(
    "no fence post",
    hint="There is one more place than there are steps: the formula ends with + 1. For I = 3 and R "
    "= 3 the kernel has one place, not none.",
)
def output_size_no_post(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, strict) - 1


@output_size.misconception(
    "fence post before the division",
    hint="You add the 1 before you divide. Divide first: that gives the steps. Then add the place "
    "before the first step.",
)
def output_size_post_early(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p + 1) // s


@output_size.misconception(
    "padding on one side",
    hint="The zeros stand on both sides, so 2 · p are added, not p.",
)
def output_size_one_side(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + p) % s and strict:
        raise ValueError("uneven")
    return (i - r + p) // s + 1


@output_size.misconception(
    "padding forgotten",
    hint="The padding does not take part: the input grows by p zeros on either side.",
)
def output_size_no_padding(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r) % s and strict:
        raise ValueError("uneven")
    return (i - r) // s + 1


@output_size.misconception(
    "padding taken away",
    hint="The padding is taken away instead of added. Zeros around the input make more places.",
)
def output_size_minus_padding(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r - 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r - 2 * p) // s + 1


@output_size.misconception(
    "stride forgotten",
    hint="The stride does not take part: it divides the number of steps.",
)
def output_size_no_stride(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return i - r + 2 * p + 1


@output_size.misconception(
    "rounded up",
    hint="With strict=False you round up. The last window would hang over the edge: round down, as "
    "// does.",
)
def output_size_up(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return -(-(i - r + 2 * p) // s) + 1


@output_size.misconception(
    "rounded to nearest",
    hint="With strict=False you round to the nearest number, which is up in some cases. Round "
    "down, as // does.",
)
def output_size_nearest(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return int((i - r + 2 * p) / s + 1.5)


@output_size.misconception(
    "not rounded",
    hint="With strict=False a fraction comes back. There is no half window: round down, as // "
    "does.",
)
def output_size_fraction(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) / s + 1


@output_size.misconception(
    "always strict",
    hint="With strict=False you raise a ValueError too. There you should round down.",
)
def output_size_always_strict(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, True)


@output_size.misconception(
    "strict the wrong way round",
    hint="It is the other way round: raise where strict is True, round down where it is False.",
)
def output_size_reversed(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, not strict)


@output_size.misconception(
    "impossible sizes accepted",
    hint="For I = 10, R = 3, S = 2 your function rounds down and says nothing: one column is never "
    "seen. Where strict is True, raise a ValueError.",
)
def output_size_never_strict(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, False)


@output_size.misconception(
    "padding not asked for the remainder",
    hint="You ask whether s divides i − r, without the padding. The zeros belong to the steps as "
    "well.",
)
def output_size_remainder_unpadded(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "remainder of the input alone",
    hint="You ask whether s divides i. What must come out even is the number of steps: i − r + 2p.",
)
def output_size_remainder_of_input(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if i % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "large windows accepted",
    hint="The sizes are right. A window larger than the padded input fits nowhere: raise a "
    "ValueError, strict or not.",
)
def output_size_large(i, r, p=0, s=1, strict=True):
    refuse(max(i, r), r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "padding forgotten in the comparison",
    hint="You refuse a window that is larger than the input. With its zeros the input is larger: "
    "compare r with i + 2p.",
)
def output_size_compares_unpadded(i, r, p=0, s=1, strict=True):
    if r > i:
        raise ValueError("too large")
    return places(i, r, p, s, strict)


@output_size.misconception(
    "exact fit refused",
    hint="A window exactly as large as the input is allowed: it has one place.",
)
def output_size_exact_fit(i, r, p=0, s=1, strict=True):
    if r >= i + 2 * p:
        raise ValueError("too large")
    return places(i, r, p, s, strict)


@output_size.misconception(
    "only the stride refused",
    hint="The sizes are right. A negative p, and an r below 1, are refused with a ValueError too.",
)
def output_size_any_padding(i, r, p=0, s=1, strict=True):
    if s < 1 or r > i + 2 * p:
        raise ValueError("s")
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "stride of 0 accepted",
    hint="The sizes are right. A stride of 0 makes Python stop with a ZeroDivisionError, and a "
    "negative one gives nonsense: raise a ValueError for both, before you divide.",
)
def output_size_any_stride(i, r, p=0, s=1, strict=True):
    if r < 1 or p < 0 or r > i + 2 * p:
        raise ValueError("r or p")
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "no numbers refused",
    hint="The sizes are right. What is missing are the ValueErrors for r or s below 1, p below 0, "
    "and a window larger than the padded input.",
)
def output_size_no_errors(i, r, p=0, s=1, strict=True):
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "rounded by round",
    hint="With strict=False you use round, which goes to the nearest number: 2.8 becomes 3. Round "
    "down, as // does.",
)
def output_size_python_round(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return round((i - r + 2 * p) / s + 1)


@output_size.misconception(
    "1 refused",
    hint="A stride of 1 is the commonest of all, and you refuse it: only r and s below 1 make no "
    "sense.",
)
def output_size_one_refused(i, r, p=0, s=1, strict=True):
    if s <= 1:
        raise ValueError("s")
    return places(i, r, p, s, strict)


@output_size.misconception(
    "nothing but the formula",
    hint="The formula is right. Two things are missing: the ValueErrors for what makes no sense, "
    "and, where strict is True, one for a division that does not come out even.",
)
def output_size_formula(i, r, p=0, s=1, strict=True):
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "nothing but the formula, not rounded",
    hint="A fraction comes back where it does not come out even. Divide with //, which rounds "
    "down, and then add the ValueErrors that the text asks for.",
)
def output_size_formula_fraction(i, r, p=0, s=1, strict=True):
    return (i - r + 2 * p) / s + 1


@output_size.misconception(
    "fence post forgotten, nothing refused",
    hint="There is one more place than there are steps: the formula ends with + 1. After that, add "
    "the ValueErrors.",
)
def output_size_formula_no_post(i, r, p=0, s=1, strict=True):
    return (i - r + 2 * p) // s


@output_size.misconception(
    "zero let through",
    hint="The sizes are right. An r or s of 0 makes no sense either: refuse what is below 1, not "
    "only what is below 0.",
)
def output_size_zero(i, r, p=0, s=1, strict=True):
    if r < 0 or s < 0 or p < 0 or r > i + 2 * p:
        raise ValueError("numbers")
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "no padding refused",
    hint="A padding of 0 is the commonest of all, and you refuse it: only a p below 0 makes no "
    "sense.",
)
def output_size_no_zero_padding(i, r, p=0, s=1, strict=True):
    if p < 1:
        raise ValueError("p")
    return places(i, r, p, s, strict)


@output_size.misconception(
    "negative padding accepted",
    hint="The sizes are right. A negative p makes no sense: raise a ValueError for it too.",
)
def output_size_negative_padding(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or r > i + 2 * p:
        raise ValueError("r or s")
    if (i - r + 2 * p) % s and strict:
        raise ValueError("uneven")
    return (i - r + 2 * p) // s + 1


@output_size.misconception(
    "even sizes refused",
    hint="You refuse what comes out even. `%` gives what is left over: refuse where that is not 0.",
)
def output_size_even_refused(i, r, p=0, s=1, strict=True):
    refuse(i, r, p, s)
    if strict and (i - r + 2 * p) % s == 0:
        raise ValueError("even")
    return (i - r + 2 * p) // s + 1


@output_size.variant("with the remainder")
def output_size_remainder(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0 or r > i + 2 * p:
        raise ValueError("no place")
    steps, unused = divmod(i - r + 2 * p, s)
    if unused and strict:
        raise ValueError(f"{unused} columns would go unused")
    return steps + 1


@output_size.variant("counting the starts")
def output_size_counting(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0:
        raise ValueError("numbers")
    starts = [start for start in range(0, i + 2 * p, s) if start + r <= i + 2 * p]
    if not starts:
        raise ValueError("no place")
    if strict and starts[-1] + r < i + 2 * p:
        raise ValueError(f"{i + 2 * p - starts[-1] - r} columns unused")
    return len(starts)


@output_size.variant("a float asked whether it is whole")
def output_size_float(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0 or i + 2 * p < r:
        raise ValueError("numbers")
    exact = (i - r + 2 * p) / s + 1
    if strict and exact != int(exact):
        raise ValueError(f"{(i - r + 2 * p) % s} columns unused")
    return int(exact)


# --- trap: the formula ---------------------------------------------------------------------------

trap_formula = Exercise("trap_formula", aspects={"values": "the number of places, rounded down"})


@trap_formula.reference
def trap_formula_reference(i, r, p, s):
    return (i - r + 2 * p) // s + 1


trap_formula.case("values", 13, 3, 0, 2)
trap_formula.case("values", 29, 4, 3, 2)
trap_formula.case("values", 10, 3, 0, 2)
trap_formula.case("values", 32, 5, 2, 1)


@trap_formula.misconception(
    "as found",
    hint="Try it on (29, 4, 3, 2): draw the 35 columns with their zeros, or count the starts 0, 2, "
    "4 … up to 31. How many are there, and what is missing in the program?",
    untouched=True,
)
def trap_formula_found(i, r, p, s):
    return int(np.ceil((i - r) / s)) + 1


@trap_formula.misconception(
    "padding added, still rounded up",
    hint="The padding is there now. On (10, 3, 0, 2) it still gives one window too many: the last "
    "one would hang over the edge.",
)
def trap_formula_up(i, r, p, s):
    return int(np.ceil((i - r + 2 * p) / s)) + 1


@trap_formula.misconception(
    "rounded down, padding missing",
    hint="The rounding is right now. On (32, 5, 2, 1) the size should stay 32: which of the four "
    "numbers is not used?",
)
def trap_formula_no_padding(i, r, p, s):
    return (i - r) // s + 1


@trap_formula.misconception(
    "padding on one side",
    hint="There are p zeros on the left and p on the right.",
)
def trap_formula_one_side(i, r, p, s):
    return (i - r + p) // s + 1


@trap_formula.misconception(
    "not rounded",
    hint="A fraction comes back where it does not come out even. Half a window is no window: round "
    "down.",
)
def trap_formula_fraction(i, r, p, s):
    return (i - r + 2 * p) / s + 1


@trap_formula.misconception(
    "fence post lost",
    hint="The + 1 is lost: 5 steps on (13, 3, 0, 2) make 6 windows, as it was before.",
)
def trap_formula_no_post(i, r, p, s):
    return (i - r + 2 * p) // s


@trap_formula.misconception(
    "fence post before the division",
    hint="The 1 is added before the division. The division gives the steps; the place before the "
    "first step comes after it.",
)
def trap_formula_post_early(i, r, p, s):
    return (i - r + 2 * p + 1) // s


@trap_formula.misconception(
    "padding taken away",
    hint="The padding is taken away instead of added. Zeros on either side make more places.",
)
def trap_formula_minus_padding(i, r, p, s):
    return (i - r - 2 * p) // s + 1


@trap_formula.misconception(
    "brackets lost",
    hint="Divided is only the last part. The whole distance, i − r + 2p, belongs into brackets "
    "before the division.",
)
def trap_formula_brackets(i, r, p, s):
    return i - r + 2 * p // s + 1


@trap_formula.variant("floor")
def trap_formula_floor(i, r, p, s):
    return int(np.floor((i - r + 2 * p) / s)) + 1


@trap_formula.variant("length of a range")
def trap_formula_range(i, r, p, s):
    return len(range(0, i + 2 * p - r + 1, s))


@trap_formula.variant("int")
def trap_formula_int(i, r, p, s):
    return int((i - r + 2 * p) / s + 1)


# --- same_padding -------------------------------------------------------------------------------

same_padding = Exercise(
    "same_padding",
    points=1,
    aspects={"values": "odd kernels", "errors": "even kernels", "int": "a whole number, an int"},
    shares={"values": 0.5, "errors": 0.3, "int": 0.2},
    ready_made=("same_padding",),
    asks={"errors": "answer", "int": "whole"},
)


@same_padding.reference
def same_padding_reference(r):
    if r % 2 == 0:
        raise ValueError("an even kernel has no such padding")
    return (r - 1) // 2


same_padding.case("values", 3)
same_padding.case("values", 5)
same_padding.case("values", 1)
same_padding.case("values", 11)
same_padding.case("errors", 7)
same_padding.raises("errors", ValueError, 4)
same_padding.raises("errors", ValueError, 2)


same_padding.case("int", 3)
same_padding.case("int", 9)
same_padding.numpy_integers("errors", 5)


@same_padding.hidden
def same_padding_hidden(rng):
    yield "values", (2 * int(rng.integers(6, 40)) + 1,)
    yield "values", (9,)
    yield "errors", (2 * int(rng.integers(6, 40)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 40)),), ValueError


@same_padding.misconception(
    "both sides together",
    hint="r − 1 zeros are needed in all. They stand on two sides, and p counts one of them.",
)
def same_padding_both(r):
    if r % 2 == 0:
        raise ValueError("even")
    return r - 1


@same_padding.misconception(
    "half of r",
    hint="Put your p into the formula for R = 3, S = 1: does the size stay? The 1 has to be taken "
    "away first.",
)
def same_padding_half(r):
    if r % 2 == 0:
        raise ValueError("even")
    return r / 2


@same_padding.misconception(
    "half of r, rounded up",
    hint="For R = 3 you give 2, and the output grows. Put your p into the formula and see which "
    "one keeps the size.",
)
def same_padding_up(r):
    if r % 2 == 0:
        raise ValueError("even")
    return (r + 1) // 2


@same_padding.misconception(
    "even kernels accepted",
    hint="Right for odd kernels. An even one would need half a zero more on one side than on the "
    "other: raise a ValueError.",
)
def same_padding_even(r):
    return (r - 1) // 2


@same_padding.misconception(
    "a fraction for even kernels",
    hint="Right for odd kernels. For an even one a fraction comes back, and half a zero cannot be "
    "put anywhere: raise a ValueError.",
)
def same_padding_fraction(r):
    return (r - 1) / 2


@same_padding.misconception(
    "odd kernels refused",
    hint="It is the other way round: odd kernels have a centre, and even ones are refused.",
)
def same_padding_odd_refused(r):
    if r % 2 == 1:
        raise ValueError("odd")
    return (r - 1) // 2


@same_padding.misconception(
    "half of r, even kernels accepted",
    hint="Right for odd kernels. For r = 4 you give 2, and the output grows by one: an even kernel "
    "has no such padding, so raise a ValueError.",
)
def same_padding_half_any(r):
    return r // 2


@same_padding.variant("rounded half")
def same_padding_rounded(r):
    if r % 2 != 1:
        raise ValueError("even")
    return r // 2


@same_padding.variant("searched for")
def same_padding_search(r):
    for p in range(r):
        if 100 - r + 2 * p + 1 == 100:
            return p
    raise ValueError("no padding keeps the size")


@same_padding.variant("remainder first")
def same_padding_divmod(r):
    p, rest = divmod(r - 1, 2)
    if rest:
        raise ValueError("even")
    return p


# --- conv_2d ------------------------------------------------------------------------------------

conv_2d = Exercise(
    "conv_2d",
    points=4,
    aspects={
        "plain": "stride 1, no padding",
        "stride": "other strides",
        "padding": "a frame of zeros",
        "errors": "sizes that are impossible",
    },
    shares={"plain": 1, "stride": 1, "padding": 1, "errors": 1},
    ready_made=CORRELATIONS,
    asks={"errors": "answer"},
)


def laid_on(image, kernel, stride=1, padding=0):
    """The correlation with stride and padding, without any refusal."""
    h, w = kernel.shape
    padded = np.pad(image.astype(float), padding)
    rows = (padded.shape[0] - h) // stride + 1
    columns = (padded.shape[1] - w) // stride + 1
    result = np.zeros((max(rows, 0), max(columns, 0)))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[i, j] = np.sum(padded[top : top + h, left : left + w] * kernel)
    return result


def strictly(image, kernel, stride=1, padding=0):
    """The right answer to conv_2d, for others to go wrong from."""
    for i, r in zip(image.shape, kernel.shape, strict=True):
        places(i, r, padding, stride)
    return laid_on(image, kernel, stride, padding)


@conv_2d.reference
def conv_2d_reference(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding)


IMAGE = np.array(
    [
        [2, -1, 3, 5, 1, 4, -6],
        [4, 0, -2, 7, 3, -3, 8],
        [6, 8, 1, -3, 2, 9, -1],
        [-5, 3, 4, 2, -7, 6, 5],
        [1, -4, 9, -2, 8, 3, 7],
    ]
)
SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])
OBLONG = np.array([[1, -2, 3], [5, 7, -4]])
TALL = np.array([[1, 3], [-2, 5], [4, 7]])
BRIGHT = np.array([[250, 200, 90], [120, 255, 30], [240, 7, 60]], dtype=np.uint8)
conv_2d.case("plain", IMAGE, SQUARE)
conv_2d.case("plain", IMAGE, TALL / 2)
conv_2d.case("plain", IMAGE, OBLONG)
conv_2d.case("plain", BRIGHT, np.array([[3, 2], [1, 4]], dtype=np.uint8))
conv_2d.case("stride", IMAGE, SQUARE, 2)
conv_2d.case("stride", IMAGE[:4], OBLONG, 2)
conv_2d.case("stride", IMAGE, np.array([[1, -2, 3, 5], [4, 6, -1, 2]]), 3)
conv_2d.case("padding", IMAGE, SQUARE, 1, 1)
conv_2d.case("padding", IMAGE, TALL, 1, 2)
conv_2d.case("padding", IMAGE, SQUARE, 2, 1)
conv_2d.case("padding", IMAGE[:4, :6], np.array([[2, -1], [3, 4]]), 2, 1)
conv_2d.case("errors", IMAGE[:3, :3], SQUARE)
conv_2d.raises("errors", ValueError, IMAGE[:4], SQUARE, 2)
conv_2d.raises("errors", ValueError, IMAGE[:, :6], SQUARE, 2)
conv_2d.raises("errors", ValueError, IMAGE[:2], SQUARE)
conv_2d.raises("errors", ValueError, IMAGE[:, :2], SQUARE)
conv_2d.raises("errors", ValueError, IMAGE, SQUARE, 0)
conv_2d.raises("errors", ValueError, IMAGE, SQUARE, 1, -1)


conv_2d.case("plain", IMAGE[:3, :3], SQUARE)
conv_2d.numpy_integers("errors", IMAGE[:3, :3], SQUARE, 2, 1)


@conv_2d.hidden
def conv_2d_hidden(rng):
    for shape in ((1, 1), (2, 3), (3, 2), (3, 3)):
        kernel = whole_numbers(rng, *shape)
        yield "plain", (whole_numbers(rng, 5, 6), kernel / 2)
        for stride in (2, 3):
            rows, columns = 2 * stride + shape[0], stride + shape[1]
            yield "stride", (whole_numbers(rng, rows, columns), kernel, stride)
        yield "padding", (whole_numbers(rng, 4, 5), kernel, 1, int(rng.integers(1, 3)))
    yield "padding", (whole_numbers(rng, 7, 5), whole_numbers(rng, 3, 3), 2, 1)
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4))
    yield "errors", (whole_numbers(rng, 6, 7), whole_numbers(rng, 3, 3), 2), ValueError
    yield "errors", (whole_numbers(rng, 3, 7), whole_numbers(rng, 6, 2), 1, 1), ValueError


@conv_2d.misconception(
    "kernel reversed",
    hint="You reverse the kernel. Layers of a network correlate: lay the kernel on as it is "
    "written.",
)
def conv_2d_reversed(image, kernel, stride=1, padding=0):
    return strictly(image, kernel[::-1, ::-1], stride, padding)


@conv_2d.misconception(
    "stride in the size only",
    hint="The output has the right size, but its windows lie one step apart: window i begins at "
    "row i · stride.",
)
def conv_2d_start_not_strided(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    return laid_on(image, kernel, 1, padding)[: right.shape[0], : right.shape[1]]


@conv_2d.misconception(
    "stride for rows only",
    hint="Downwards the windows follow the stride, to the right they go one by one. The stride "
    "belongs to both directions.",
)
def conv_2d_rows_strided(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return laid_on(image, kernel, 1, padding)[::stride]


@conv_2d.misconception(
    "stride ignored",
    hint="The stride is not used: your windows go one by one.",
)
def conv_2d_no_stride(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return laid_on(image, kernel, 1, padding)


@conv_2d.misconception(
    "padding ignored",
    hint="The padding is not used: put the frame of zeros round the image first, then lay the "
    "kernel on.",
)
def conv_2d_no_padding(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return laid_on(image, kernel, stride)


@conv_2d.misconception(
    "padding after the stride",
    hint="The zeros stand round the output. They belong round the image, before the kernel is laid "
    "on.",
)
def conv_2d_padding_after(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return np.pad(laid_on(image, kernel, stride), padding)


@conv_2d.misconception(
    "padding at the top left only",
    hint="The zeros stand above and on the left only. A padding of P is P zeros on every side.",
)
def conv_2d_top_left(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return laid_on(np.pad(image, ((padding, 0), (padding, 0))), kernel, stride)


@conv_2d.misconception(
    "edge repeated",
    hint="Your frame repeats the numbers at the edge. Here it is made of zeros.",
)
def conv_2d_edge(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    return laid_on(np.pad(image, padding, mode="edge"), kernel, stride)


@conv_2d.misconception(
    "size without the padding",
    hint="With padding, part of the output is missing: give output_size the padding as well, or "
    "the rows and columns of the padded image.",
)
def conv_2d_size_unpadded(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    rows, columns = laid_on(image, kernel, stride).shape
    return right[:rows, :columns]


@conv_2d.misconception(
    "padded twice",
    hint="The padding counts twice: if the image is padded already, its size needs no padding any "
    "more.",
)
def conv_2d_padded_twice(image, kernel, stride=1, padding=0):
    return strictly(np.pad(image, padding) if padding > 0 else image, kernel, stride, padding)


@conv_2d.misconception(
    "size of the padded image, padded again",
    hint="Where there is padding it counts twice: output_size gets the padded image and the "
    "padding as well, so the last windows hang over the edge.",
)
def conv_2d_size_padded_twice(image, kernel, stride=1, padding=0):
    padded = np.pad(image.astype(float), padding)
    (h, w), (high, wide) = kernel.shape, padded.shape
    result = np.zeros((places(high, h, padding, stride), places(wide, w, padding, stride)))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            result[i, j] = np.sum(padded[top : top + h, left : left + w] * kernel)
    return result


@conv_2d.misconception(
    "stride and padding exchanged",
    hint="Python stops with a ValueError even for stride 1 without padding: output_size(i, r, p, "
    "s) takes the padding before the stride.",
)
def conv_2d_arguments_exchanged(image, kernel, stride=1, padding=0):
    for i, r in zip(image.shape, kernel.shape, strict=True):
        places(i, r, stride, padding)
    raise ValueError("operands could not be broadcast together")


@conv_2d.misconception(
    "square kernels only",
    hint="It is right for square kernels only: is the number of the kernel's rows used for its "
    "columns too?",
)
def conv_2d_square(image, kernel, stride=1, padding=0):
    strictly(image, kernel, stride, padding)
    h, w = kernel.shape
    square = np.zeros((h, h))
    square[:, : min(h, w)] = kernel[:, :h]
    return laid_on(image, square, stride, padding)


@conv_2d.misconception(
    "rows and columns of the result exchanged",
    hint="The numbers are right, but rows and columns of the result are exchanged.",
)
def conv_2d_exchanged(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding).T


@conv_2d.misconception(
    "last window lost",
    hint="The last row and the last column of the output are missing: there is one more place than "
    "there are steps.",
)
def conv_2d_short(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding)[:-1, :-1]


@conv_2d.misconception(
    "returns too early",
    hint="Only the first row is filled, the rest is 0: the return stands inside a loop. Move it to "
    "the left, after both loops.",
)
def conv_2d_early(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    result[1:] = 0
    return result


@conv_2d.misconception(
    "whole numbers",
    hint="Fractions are lost: your output is an array of whole numbers. Make it with np.zeros and "
    "a shape, without a dtype.",
)
def conv_2d_integers(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding).astype(int)


@conv_2d.misconception(
    "small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0. Turn the image and "
    "the kernel into floats first.",
)
def conv_2d_uint8(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    if image.dtype != np.uint8 or kernel.dtype != np.uint8:
        return result
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            window = image[i : i + kernel.shape[0], j : j + kernel.shape[1]]
            result[i, j] = np.sum(window * kernel)
    return result


@conv_2d.misconception(
    "impossible sizes accepted",
    hint="The values are right. Where the stride does not come out even, in rows or in columns, "
    "raise a ValueError: your output_size does it if it stays strict.",
)
def conv_2d_rounds(image, kernel, stride=1, padding=0):
    for i, r in zip(image.shape, kernel.shape, strict=True):
        refuse(i, r, padding, stride)
    return laid_on(image, kernel, stride, padding)


@conv_2d.misconception(
    "only rows asked",
    hint="The values are right. You ask whether the rows come out even; the columns can be "
    "impossible as well.",
)
def conv_2d_rows_asked(image, kernel, stride=1, padding=0):
    places(image.shape[0], kernel.shape[0], padding, stride)
    return laid_on(image, kernel, stride, padding)


@conv_2d.misconception(
    "only columns asked",
    hint="The values are right. You ask whether the columns come out even; the rows can be "
    "impossible as well.",
)
def conv_2d_columns_asked(image, kernel, stride=1, padding=0):
    places(image.shape[1], kernel.shape[1], padding, stride)
    return laid_on(image, kernel, stride, padding)


@conv_2d.misconception(
    "loops in steps of the stride",
    hint="Your loops step by the stride through the output, so some of it stays 0. Every place of "
    "the output is visited; the stride belongs to the place of the window.",
)
def conv_2d_sparse(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    unstrided, result = laid_on(image, kernel, 1, padding), np.zeros(right.shape)
    for i in range(0, right.shape[0], stride):
        for j in range(0, right.shape[1], stride):
            result[i, j] = unstrided[i, j]
    return result


@conv_2d.misconception(
    "loops in steps of the stride, written close together",
    hint="Your loops count places of the output but jump by the stride, so they end too early. Let "
    "them visit every place; the stride belongs to the place of the window.",
)
def conv_2d_jumps(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    unstrided, result = laid_on(image, kernel, 1, padding), np.zeros(right.shape)
    for i in range(0, right.shape[0], stride):
        for j in range(0, right.shape[1], stride):
            result[i // stride, j // stride] = unstrided[i, j]
    return result


@conv_2d.misconception(
    "only the first number",
    hint="Only the first number is there, the rest is 0: the return stands inside the inner loop. "
    "Move it to the left, after both loops.",
)
def conv_2d_first_number(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    first, result[:] = result[0, 0], 0
    result[0, 0] = first
    return result


@conv_2d.misconception(
    "last window left at zero",
    hint="The last row and column of the output are 0: output_size gives the number of places, and "
    "the loops end one step early.",
)
def conv_2d_zero_end(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    result[-1], result[:, -1] = 0, 0
    return result


@conv_2d.misconception(
    "image not padded, size with padding",
    hint="The output has the right size, but the windows lie on the image without its frame, so "
    "the last ones hang over the edge. Pad the image first, and cut the windows out of that.",
)
def conv_2d_unpadded_windows(image, kernel, stride=1, padding=0):
    h, w = kernel.shape
    rows = places(image.shape[0], h, padding, stride)
    result = np.zeros((rows, places(image.shape[1], w, padding, stride)))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            patch = image[top : top + h, left : left + w].astype(float)
            result[i, j] = np.sum(patch * kernel)
    return result


@conv_2d.misconception(
    "average",
    hint="You take the average of the products. A correlation adds them up.",
)
def conv_2d_mean(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding) / kernel.size


@conv_2d.misconception(
    "output of the image's dtype",
    hint="The output has the dtype of the image, so fractions are lost and large numbers wrap "
    "around. Make it with np.zeros and a shape alone, and turn the image into floats.",
)
def conv_2d_image_dtype(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    if image.dtype == np.uint8:
        return conv_2d_uint8(image, kernel, stride, padding) % 256
    return np.trunc(result)


@conv_2d.misconception(
    "own formula, rounding down",
    hint="The values are right. Your own formula rounds down where it should refuse: let your "
    "output_size count the rows and the columns, it raises every error that is needed.",
)
def conv_2d_own_formula(image, kernel, stride=1, padding=0):
    return laid_on(image, kernel, stride, padding)


@conv_2d.variant("windows, every stride-th")
def conv_2d_windows(image, kernel, stride=1, padding=0):
    for i, r in zip(image.shape, kernel.shape, strict=True):
        output_size(i, r, padding, stride)
    padded = np.pad(image.astype(float), padding)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("rcij,ij->rc", windows[::stride, ::stride], kernel.astype(float))


@conv_2d.variant("shift and add")
def conv_2d_shifts(image, kernel, stride=1, padding=0):
    rows = output_size(image.shape[0], kernel.shape[0], padding, stride)
    columns = output_size(image.shape[1], kernel.shape[1], padding, stride)
    padded = np.pad(image.astype(float), padding)
    result = np.zeros((rows, columns))
    for (i, j), weight in np.ndenumerate(kernel):
        bottom, right = i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1
        result += float(weight) * padded[i:bottom:stride, j:right:stride]
    return result


@conv_2d.variant("four loops")
def conv_2d_loops(image, kernel, stride=1, padding=0):
    rows = output_size(image.shape[0], kernel.shape[0], padding, stride)
    columns = output_size(image.shape[1], kernel.shape[1], padding, stride)
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    y, x = row * stride + i - padding, column * stride + j - padding
                    if 0 <= y < image.shape[0] and 0 <= x < image.shape[1]:
                        result[row, column] += float(image[y, x]) * float(kernel[i, j])
    return result


# --- receptive_field ----------------------------------------------------------------------------

receptive_field = Exercise(
    "receptive_field",
    points=3,
    aspects={
        "ones": "layers of stride 1",
        "strides": "layers with larger strides",
        "int": "a whole number, an int",
    },
    shares={"ones": 0.75, "strides": 1.75, "int": 0.5},
    ready_made=("receptive_field",),
    asks={"int": "whole"},
)


def field_of(layers):
    """The right answer to receptive_field."""
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field


@receptive_field.reference
def receptive_field_reference(layers):
    return field_of(layers)


LENET = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
receptive_field.case("ones", [(3, 1), (3, 1)])
receptive_field.case("ones", [(5, 1), (3, 1), (4, 1)])
receptive_field.case("ones", [])
receptive_field.case("ones", [(7, 1)])
receptive_field.case("strides", LENET)
receptive_field.case("strides", [(3, 2), (3, 2), (3, 1)])
receptive_field.case("strides", [(4, 3)])
receptive_field.case("strides", [(2, 2), (2, 2), (2, 2)])
receptive_field.case("strides", [(3, 1), (5, 4), (2, 3), (3, 2)])


receptive_field.case("int", LENET[:3])
receptive_field.numpy_integers("int", [(3, 1), (2, 2)])


@receptive_field.hidden
def receptive_field_hidden(rng):
    for length in (1, 2, 3, 4):
        sizes, strides = rng.integers(2, 8, length), rng.integers(2, 5, length)
        yield "ones", ([(int(size), 1) for size in sizes],)
        yield "strides", ([(int(a), int(b)) for a, b in zip(sizes, strides, strict=True)],)
    yield "ones", ([],)


@receptive_field.misconception(
    "sizes added up",
    hint="You add up the sizes. Windows of neighbours overlap: the first pixel is there already, "
    "so each layer adds its size less one (times the jump).",
)
def receptive_field_sum(layers):
    return sum(size for size, _ in layers)


@receptive_field.misconception(
    "strides ignored",
    hint="Right where all strides are 1. After a layer of stride 2, neighbouring numbers lie two "
    "pixels apart, so every further layer adds twice as much.",
)
def receptive_field_no_strides(layers):
    return 1 + sum(size - 1 for size, _ in layers)


@receptive_field.misconception(
    "jump updated too early",
    hint="A layer's stride counts for itself already. Its own window still steps in the jump "
    "before it: first add, then multiply the jump.",
)
def receptive_field_early(layers):
    field, jump = 1, 1
    for size, stride in layers:
        jump *= stride
        field += (size - 1) * jump
    return field


@receptive_field.misconception(
    "pooling left out",
    hint="You leave some layers out, those of size 2 perhaps because they only pool. A pooling "
    "window sees neighbours too, and its stride spreads what comes after.",
)
def receptive_field_no_pooling(layers):
    field, jump = 1, 1
    for size, stride in layers:
        if size != 2:
            field += (size - 1) * jump
            jump *= stride
    return field


@receptive_field.misconception(
    "window of the pooling left out",
    hint="A layer with a stride of 2 or more makes what follows wider, and yours does that. But "
    "its own window sees neighbours too: its size counts.",
)
def receptive_field_only_jump(layers):
    field, jump = 1, 1
    for size, stride in layers:
        if stride == 1:
            field += (size - 1) * jump
        jump *= stride
    return field


@receptive_field.misconception(
    "only the last stride",
    hint="Your jump is the stride of the layer before. It is the product of all strides before.",
)
def receptive_field_last_stride(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump = stride
    return field


@receptive_field.misconception(
    "strides added",
    hint="Your jump adds up the strides. Two layers of stride 2 make a jump of 4, three of them 8: "
    "multiply.",
)
def receptive_field_added(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump += stride - 1
    return field


@receptive_field.misconception(
    "starts from 0",
    hint="Without any layer, one number sees one pixel: itself. Start from 1.",
)
def receptive_field_zero(layers):
    return field_of(layers) - 1


@receptive_field.misconception(
    "size times jump",
    hint="Each layer adds its size less one, times the jump: the first of its numbers is counted "
    "already.",
)
def receptive_field_whole_size(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += size * jump
        jump *= stride
    return field


@receptive_field.misconception(
    "only the last layer",
    hint="Only one layer counts: does each layer replace the field instead of adding to it, or "
    "does the return stand inside the loop?",
)
def receptive_field_one(layers):
    return layers[0][0] if layers else 1


@receptive_field.misconception(
    "layers taken from the output on",
    hint="You go through the layers from the last to the first with a jump. The list runs from the "
    "input on: the jump of a layer comes from the strides before it.",
)
def receptive_field_backwards(layers):
    return field_of(layers[::-1])


@receptive_field.misconception(
    "own stride instead of the jump",
    hint="You multiply size − 1 by the layer's own stride. A layer's steps are as wide as the jump "
    "before it: the product of the strides of all layers before.",
)
def receptive_field_own_stride(layers):
    field = 1
    for size, stride in layers:
        field += (size - 1) * stride
    return field


@receptive_field.misconception(
    "times stride plus size",
    hint="You multiply the field by the stride and add the size. Only size − 1 numbers are new, "
    "and the jump belongs to them, not to the field so far.",
)
def receptive_field_times_stride(layers):
    field = 1
    for size, stride in layers:
        field = field * stride + size
    return field


@receptive_field.misconception(
    "times stride plus size, from 0",
    hint="You multiply the field by the stride and add the size. Start from 1; only size − 1 "
    "numbers are new, and the jump belongs to them.",
)
def receptive_field_times_stride_zero(layers):
    field = 0
    for size, stride in layers:
        field = field * stride + size
    return field


@receptive_field.misconception(
    "strides added to the jump",
    hint="The stride is added to the jump, so even a stride of 1 makes it grow. Multiply: the jump "
    "is the product of all strides before.",
)
def receptive_field_plus_stride(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump += stride
    return field


@receptive_field.misconception(
    "field replaced",
    hint="Each layer replaces the field of the one before. Add what the layer adds, with +=.",
)
def receptive_field_replaced(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field = (size - 1) * jump
        jump *= stride
    return field


@receptive_field.misconception(
    "brackets forgotten",
    hint="`size - 1 * jump` takes the jump away from the size, since the product comes first. Put "
    "size − 1 into brackets.",
)
def receptive_field_brackets(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += size - jump
        jump *= stride
    return field


@receptive_field.misconception(
    "jump begins at 0",
    hint="The field stays at 1: the jump begins at 0, and so it stays 0. Neighbouring pixels of "
    "the input lie 1 apart.",
)
def receptive_field_no_jump(layers):
    return 1


@receptive_field.misconception(
    "jump returned",
    hint="The product of the strides comes back, which is the jump. Asked for is the field.",
)
def receptive_field_jump(layers):
    jump = 1
    for _, stride in layers:
        jump *= stride
    return jump


@receptive_field.misconception(
    "size and stride exchanged",
    hint="Size and stride are exchanged: in a pair the size comes first.",
)
def receptive_field_exchanged(layers):
    return field_of([(stride, size) for size, stride in layers])


@receptive_field.variant("from the output back")
def receptive_field_back(layers):
    field = 1
    for size, stride in reversed(layers):
        field = (field - 1) * stride + size
    return field


@receptive_field.variant("a sum over the layers")
def receptive_field_sums(layers):
    return 1 + sum(
        (layers[n][0] - 1) * int(np.prod([stride for _, stride in layers[:n]]))
        for n in range(len(layers))
    )


@receptive_field.variant("first and last pixel")
def receptive_field_pixels(layers):
    first, last = 0, 0
    for size, stride in layers[::-1]:
        first, last = first * stride, last * stride + size - 1
    return last - first + 1


# --- trace_shapes -------------------------------------------------------------------------------

trace_shapes = Exercise(
    "trace_shapes",
    points=4,
    aspects={
        "maps": "convolutions, ReLU and pooling",
        "flat": "networks that end in dense layers",
        "errors": "layers that are impossible",
        "int": "whole numbers, ints",
    },
    shares={"maps": 1.5, "flat": 1, "errors": 1, "int": 0.5},
    ready_made=("trace_shapes",),
    asks={"errors": "answer", "int": "whole"},
)

NETWORK = [
    ("conv", 6, 5, 1, 0),
    ("relu",),
    ("pool", 2, 2),
    ("conv", 16, 5, 1, 0),
    ("relu",),
    ("pool", 2, 2),
    ("flatten",),
    ("dense", 120),
    ("relu",),
    ("dense", 84),
    ("relu",),
    ("dense", 10),
]
SHORT = [("conv", 4, 3, 1, 1), ("pool", 3, 2), ("flatten",), ("dense", 7)]
STRIDED = [("conv", 5, 3, 2, 1), ("conv", 3, 2, 3, 0)]


def shape_after(shape, layer, strict=True):
    """The shape after one layer, or a ValueError."""
    kind = layer[0]
    if kind in ("conv", "pool") and len(shape) != 3:
        raise ValueError("maps are needed")
    if kind == "conv":
        _, depth, r, s, p = layer
        return (depth, places(shape[1], r, p, s, strict), places(shape[2], r, p, s, strict))
    if kind == "pool":
        _, size, stride = layer
        rows = places(shape[1], size, 0, stride, False)
        return (shape[0], rows, places(shape[2], size, 0, stride, False))
    if kind == "flatten":
        return (int(np.prod(shape)),)
    if kind == "dense":
        if len(shape) != 1:
            raise ValueError("flatten first")
        return (layer[1],)
    if kind == "relu":
        return tuple(shape)
    raise ValueError("unknown layer")


def traced(shape, layers):
    """The right answer to trace_shapes, for others to go wrong from."""
    shapes = []
    for position, layer in enumerate(layers):
        try:
            shape = shape_after(shape, layer)
        except ValueError as error:
            raise ValueError(f"layer {position}: {error}") from None
        shapes.append(shape)
    return shapes


@trace_shapes.reference
def trace_shapes_reference(input_shape, layers):
    return traced(input_shape, layers)


trace_shapes.case("maps", (1, 32, 32), NETWORK[:6])
trace_shapes.case("maps", (3, 13, 10), [("conv", 4, 3, 1, 1), ("relu",), ("pool", 3, 2)])
trace_shapes.case("maps", (2, 11, 9), [("conv", 5, 3, 2, 1), ("pool", 2, 2)])
trace_shapes.case("maps", (3, 8, 11), [("pool", 2, 3), ("conv", 7, 2, 1, 0)])
trace_shapes.case("flat", (1, 32, 32), NETWORK)
trace_shapes.case("flat", (2, 13, 10), SHORT)
trace_shapes.case("flat", (6,), [("dense", 4), ("relu",), ("dense", 3)])
trace_shapes.case("errors", (3, 9, 5), [("conv", 2, 3, 2, 0)])
trace_shapes.raises("errors", ValueError, (3, 10, 9), [("conv", 2, 3, 2, 0)], says=0)
trace_shapes.raises("errors", ValueError, (3, 9, 10), [("conv", 2, 3, 2, 0)], says=0)
trace_shapes.raises("errors", ValueError, (1, 6, 6), [("relu",), ("pool", 7, 2)], says=1)
trace_shapes.raises("errors", ValueError, (1, 6, 6), [("conv", 2, 3, 1, 0), ("dense", 4)], says=1)
trace_shapes.raises("errors", ValueError, (1, 6, 6), [("flatten",), ("conv", 2, 3, 1, 0)], says=1)
trace_shapes.raises("errors", ValueError, (1, 6, 6), [("flatten",), ("pool", 2, 2)], says=1)


trace_shapes.case("int", (2, 13, 10), SHORT)
trace_shapes.numpy_integers(
    "errors", (2, 11, 9), [("conv", 5, 3, 2, 1), ("pool", 2, 2), ("flatten",)]
)


@trace_shapes.hidden
def trace_shapes_hidden(rng):
    for _ in range(3):
        depth, r = int(rng.integers(2, 9)), int(rng.integers(2, 5))
        rows, columns = (int(n) for n in rng.integers(14, 22, 2))
        conv = [("conv", depth, r, 1, int(rng.integers(0, 3))), ("relu",)]
        pool = [("pool", int(rng.integers(2, 4)), int(rng.integers(1, 4)))]
        yield "maps", ((2, rows, columns), conv + pool)
        flat = [("flatten",), ("dense", int(rng.integers(2, 90)))]
        yield "flat", ((3, rows, columns), pool + conv + flat)
    yield "errors", ((2, 7, 9), [("conv", int(rng.integers(2, 9)), 3, 2, 0)])
    yield (
        "errors",
        ((2, 8, 9), [("relu",), ("conv", int(rng.integers(2, 9)), 3, 2, 0)]),
        ValueError,
        1,
    )


@trace_shapes.misconception(
    "channels kept by a convolution",
    hint="After a convolution there are as many channels as it has kernels: its depth, not the "
    "channels of the input.",
)
def trace_shapes_channels_kept(input_shape, layers):
    shapes = traced(input_shape, layers)
    channels, result = input_shape[0], []
    for layer, shape in zip(layers, shapes, strict=True):
        if len(shape) == 3:
            shape = (channels, *shape[1:])
        elif layer[0] == "flatten":
            before = result[-1]
            shape = (int(np.prod(before)),)
        result.append(shape)
    return result


@trace_shapes.misconception(
    "channels last",
    hint="The channels stand last in your shapes. The order is (C, H, W).",
)
def trace_shapes_last(input_shape, layers):
    return [(*s[1:], s[0]) if len(s) == 3 else s for s in traced(input_shape, layers)]


@trace_shapes.misconception(
    "relu and the like left out",
    hint="Some layers have no entry, such as relu, which changes no shape. There is one shape for "
    "every layer of the list.",
)
def trace_shapes_no_relu(input_shape, layers):
    shapes = traced(input_shape, layers)
    return [s for layer, s in zip(layers, shapes, strict=True) if layer[0] != "relu"]


@trace_shapes.misconception(
    "input listed as well",
    hint="Your list begins with the shape of the input. Asked for are the shapes after the layers, "
    "one for each.",
)
def trace_shapes_with_input(input_shape, layers):
    return [tuple(input_shape), *traced(input_shape, layers)]


@trace_shapes.misconception(
    "only the last shape",
    hint="One shape comes back. Collect the shape after every layer in a list.",
)
def trace_shapes_only_last(input_shape, layers):
    return traced(input_shape, layers)[-1]


@trace_shapes.misconception(
    "returns too early",
    hint="Only the first layer is there: the return stands inside the loop.",
)
def trace_shapes_early(input_shape, layers):
    return traced(input_shape, layers[:1])


@trace_shapes.misconception(
    "always the input's shape",
    hint="Each layer starts from the shape of the input. It should start from the shape after the "
    "layer before it.",
)
def trace_shapes_not_chained(input_shape, layers):
    return [shape_after(input_shape, layer) for layer in layers]


@trace_shapes.misconception(
    "columns as rows",
    hint="It is right for square inputs only: rows and columns have sizes of their own.",
)
def trace_shapes_square(input_shape, layers):
    square = (input_shape[0], input_shape[1], input_shape[1]) if len(input_shape) == 3 else None
    return traced(square or input_shape, layers)


@trace_shapes.misconception(
    "stride and padding exchanged",
    hint='In ("conv", depth, r, s, p) the stride comes before the padding; output_size takes the '
    "padding first.",
)
def trace_shapes_exchanged(input_shape, layers):
    swapped = [(*a[:3], a[4], a[3]) if a[0] == "conv" else a for a in layers]
    return traced(input_shape, swapped)


@trace_shapes.misconception(
    "strict pooling",
    hint="Your pooling is strict and refuses what does not come out even. Pooling rounds down.",
)
def trace_shapes_strict_pool(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            places(shape[1], layer[1], 0, layer[2])
            places(shape[2], layer[1], 0, layer[2])
        shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "pooling side by side",
    hint="Your pooling divides by its size. Windows may overlap or leave gaps: its size and its "
    "stride are two numbers.",
)
def trace_shapes_pool_divides(input_shape, layers):
    alike = [("pool", a[1], a[1]) if a[0] == "pool" else a for a in layers]
    return traced(input_shape, alike)


@trace_shapes.misconception(
    "channels pooled",
    hint="Your pooling shrinks the channels as well. Each channel is pooled on its own, so their "
    "number stays.",
)
def trace_shapes_channels_pooled(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        shape = shape_after(shape, layer)
        if layer[0] == "pool":
            shape = (max(1, shape[0] // layer[2]), *shape[1:])
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "flatten without the channels",
    hint="Flattening keeps every number, those of all channels: C · H · W of them.",
)
def trace_shapes_flat_map(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        flat = layer[0] == "flatten" and len(shape) == 3
        shape = (shape[1] * shape[2],) if flat else shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "numbers instead of tuples",
    hint="After flatten and dense a shape has one entry, and is still a tuple: (120,) with a "
    "comma, not 120.",
)
def trace_shapes_numbers(input_shape, layers):
    return [s[0] if len(s) == 1 else s for s in traced(input_shape, layers)]


@trace_shapes.misconception(
    "impossible convolutions rounded",
    hint="The shapes are right. A convolution that does not come out even is impossible: leave "
    "output_size strict there, in rows and in columns.",
)
def trace_shapes_rounded(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        shape = shape_after(shape, layer, strict=False)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "dense without flattening",
    hint="The shapes are right. A dense layer needs a flat input: after maps, without a flatten "
    "between, raise a ValueError.",
)
def trace_shapes_dense_on_maps(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        shape = (layer[1],) if layer[0] == "dense" else shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "IndexError for flat inputs",
    hint="The shapes are right. A convolution or a pooling after flatten makes Python stop with an "
    "IndexError: ask first whether the shape has three entries, and raise a ValueError if not.",
)
def trace_shapes_index_error(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] in ("conv", "pool"):
            shape[2]  # an IndexError where it is flat
        shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "pooling divides by the stride",
    hint="Your pooling divides the sides by the stride. That is right only for windows side by "
    "side: let output_size count them, with strict=False.",
)
def trace_shapes_divided(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            shape_after(shape, layer)
            shape = (shape[0], shape[1] // layer[2], shape[2] // layer[2])
        else:
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "pooling divides by the stride, large windows accepted",
    hint="Your pooling divides the sides by the stride. Let output_size count the windows, with "
    "strict=False: it also refuses a window larger than the map.",
)
def trace_shapes_divided_any(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            shape = (shape[0], shape[1] // layer[2], shape[2] // layer[2])
        else:
            if layer[0] == "conv":
                shape[2]  # an IndexError where it is flat
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "numbers instead of tuples, dense anywhere",
    hint="(120) is the number 120; a tuple with one entry needs a comma: (120,). And before a "
    "dense layer, ask whether the shape is flat.",
)
def trace_shapes_brackets(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "flatten":
            shape = int(np.prod(shape))
        elif layer[0] == "dense":
            shape = layer[1]
        elif layer[0] in ("conv", "pool"):
            shape[2]  # an IndexError where it is flat
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "IndexError for a convolution of a flat input",
    hint="The shapes are right. A convolution after flatten makes Python stop with an IndexError: "
    "ask there too whether the shape has three entries, and raise a ValueError if not.",
)
def trace_shapes_conv_on_flat(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "conv":
            shape[2]  # an IndexError where it is flat
        shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "IndexError for a pooling of a flat input",
    hint="The shapes are right. A pooling after flatten makes Python stop with an IndexError: ask "
    "there too whether the shape has three entries, and raise a ValueError if not.",
)
def trace_shapes_pool_on_flat(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool":
            shape[2]  # an IndexError where it is flat
        shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "comma forgotten",
    hint="(120) is the number 120; a tuple with one entry is written with a comma, (120,). So "
    "Python stops with a TypeError at the next layer, which asks for the length of the shape.",
)
def trace_shapes_no_comma(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] != "relu":
            len(shape)  # a TypeError where it is a number
            after = shape_after(shape, layer)
            shape = after[0] if layer[0] in ("flatten", "dense") else after
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "comma forgotten after flatten",
    hint="After flatten the shape is a number: (400) is 400, and a tuple with one entry needs a "
    "comma, (400,). So Python stops with a TypeError at the dense layer.",
)
def trace_shapes_no_comma_flat(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        len(shape)  # a TypeError where it is a number
        after = shape_after(shape, layer)
        shape = after[0] if layer[0] == "flatten" else after
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "comma forgotten after dense",
    hint="After a dense layer the shape is a number: (120) is 120, and a tuple with one entry "
    "needs a comma, (120,). So Python stops with a TypeError at the next dense layer.",
)
def trace_shapes_no_comma_dense(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] != "relu":
            len(shape)  # a TypeError where it is a number
            after = shape_after(shape, layer)
            shape = after[0] if layer[0] == "dense" else after
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "always halved",
    hint="Every pooling of yours halves the sides. Its size and its stride are handed over: let "
    "output_size count the windows, with strict=False.",
)
def trace_shapes_halved(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        after = shape
        if layer[0] != "pool" or len(shape) != 3:
            after = shape_after(shape, layer)
        shape = (shape[0], shape[1] // 2, shape[2] // 2) if layer[0] == "pool" else after
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "pooling divides by the stride, nothing else",
    hint="Your pooling divides the sides by the stride. That is right only for windows side by "
    "side, and refuses no window: let output_size count them, with strict=False.",
)
def trace_shapes_divided_guarded(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            shape = (shape[0], shape[1] // layer[2], shape[2] // layer[2])
        else:
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "pooling divides by the size, nothing else",
    hint="Your pooling divides the sides by its size. Size and stride are two numbers, and windows "
    "may overlap: let output_size count them, with strict=False.",
)
def trace_shapes_divided_by_size(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        else:
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "columns as rows in a convolution",
    hint="Your convolution gives its rows twice. The columns have a size of their own: the last "
    "entry of the shape.",
)
def trace_shapes_conv_square(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "conv" and len(shape) == 3:
            shape = shape_after((*shape[:2], shape[1]), layer)
        else:
            shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "entries added",
    hint="Flatten adds the entries of the shape: 16 + 5 + 5. There are 16 · 5 · 5 numbers, so "
    "multiply.",
)
def trace_shapes_added(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        shape = (sum(shape),) if layer[0] == "flatten" else shape_after(shape, layer)
        shapes.append(shape)
    return shapes


@trace_shapes.misconception(
    "channels multiplied",
    hint="Your convolution multiplies its depth by the channels of its input. A kernel adds up "
    "over all channels, so each kernel gives one map: depth of them.",
)
def trace_shapes_channels_multiplied(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        channels = shape[0]
        shape = shape_after(shape, layer)
        if layer[0] == "conv":
            shape = (shape[0] * channels, *shape[1:])
        shapes.append(shape)
    return shapes


@trace_shapes.variant("with output_size")
def trace_shapes_with_sizes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for position, (kind, *numbers) in enumerate(layers):
        try:
            if kind == "conv":
                depth, r, s, p = numbers
                _, rows, columns = shape
                shape = (depth, output_size(rows, r, p, s), output_size(columns, r, p, s))
            elif kind == "pool":
                size, stride = numbers
                channels, rows, columns = shape
                rows = output_size(rows, size, 0, stride, False)
                shape = (channels, rows, output_size(columns, size, 0, stride, False))
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            elif kind == "dense":
                if len(shape) != 1:
                    raise ValueError("flatten first")
                shape = (numbers[0],)
        except ValueError as error:
            raise ValueError(f"layer {position} ({kind}): {error}") from error
        shapes.append(shape)
    return shapes


@trace_shapes.variant("by recursion")
def trace_shapes_recursion(input_shape, layers):
    return _shapes_from(tuple(input_shape), layers, 0)


def _shapes_from(shape, layers, position):
    if not layers:
        return []
    try:
        after = shape_after(shape, layers[0])
    except ValueError as error:
        raise ValueError(f"layer {position}: {error}") from error
    return [after, *_shapes_from(after, layers[1:], position + 1)]


@trace_shapes.variant("counting in pixels")
def trace_shapes_counting(input_shape, layers):
    shapes = [tuple(input_shape)]
    for position, layer in enumerate(layers):
        shape = shapes[-1]
        if layer[0] == "flatten":
            total = 1
            for side in shape:
                total *= side
            shape = (total,)
        elif layer[0] != "relu":
            try:
                shape = shape_after(shape, layer)
            except ValueError:
                raise ValueError(f"layer {position}") from None
        shapes.append(shape)
    return shapes[1:]


# --- count_parameters ---------------------------------------------------------------------------

count_parameters = Exercise(
    "count_parameters",
    points=2,
    aspects={
        "lenet": "LeNet's numbers",
        "others": "other networks",
        "int": "a whole number, an int",
    },
    shares={"lenet": 0.8, "others": 0.8, "int": 0.4},
    ready_made=("count_parameters", "trace_shapes"),
    asks={"int": "whole"},
)


def counted(input_shape, layers, conv, dense):
    """The sum of conv(layer, before, after) and dense(layer, before, after) over the layers."""
    total, before = 0, tuple(input_shape)
    for layer, after in zip(layers, traced(input_shape, layers), strict=True):
        if layer[0] == "conv":
            total += conv(layer, before, after)
        elif layer[0] == "dense":
            total += dense(layer, before, after)
        before = after
    return total


def conv_count(layer, before, after):
    return layer[1] * (before[0] * layer[2] ** 2 + 1)


def dense_count(layer, before, after):
    return layer[1] * (before[0] + 1)


@count_parameters.reference
def count_parameters_reference(input_shape, layers):
    return counted(input_shape, layers, conv_count, dense_count)


WIDER = [*NETWORK[:9], ("dense", 100), *NETWORK[10:]]
count_parameters.case("lenet", (1, 32, 32), NETWORK)
count_parameters.case("lenet", (1, 32, 32), WIDER)
count_parameters.case("others", (3, 13, 10), SHORT)
count_parameters.case("others", (2, 9, 7), [("conv", 5, 3, 2, 1), ("relu",), ("pool", 2, 2)])
count_parameters.case("others", (3, 5, 6), [("flatten",), ("dense", 4)])
count_parameters.case("others", (3, 8, 7), [("conv", 4, 3, 1, 0), ("conv", 6, 2, 1, 0)])


count_parameters.case("int", (2, 9, 7), SHORT)
count_parameters.numpy_integers(
    "int", (3, 5, 6), [("conv", 4, 3, 1, 0), ("flatten",), ("dense", 4)]
)


@count_parameters.hidden
def count_parameters_hidden(rng):
    yield (
        "lenet",
        ((1, 32, 32), [*NETWORK[:9], ("dense", int(rng.integers(50, 99))), *NETWORK[10:]]),
    )
    for _ in range(3):
        depth, r, units = (int(n) for n in rng.integers(2, 7, 3))
        conv = [("conv", depth, r, 1, 1), ("relu",), ("conv", depth + 3, 3, 1, 1), ("pool", 2, 2)]
        rows, columns = (int(n) for n in rng.integers(9, 15, 2))
        yield (
            "others",
            ((int(rng.integers(2, 5)), rows, columns), [*conv, ("flatten",), ("dense", units)]),
        )


def conv_no_bias(layer, before, after):
    return layer[1] * before[0] * layer[2] ** 2


def dense_no_bias(layer, before, after):
    return layer[1] * before[0]


@count_parameters.misconception(
    "biases forgotten",
    hint="These are the weights alone. Each kernel, and each unit of a dense layer, has one bias "
    "besides.",
)
def count_parameters_no_bias(input_shape, layers):
    return counted(input_shape, layers, conv_no_bias, dense_no_bias)


@count_parameters.misconception(
    "biases of the kernels forgotten",
    hint="The dense layers are right. Each kernel of a convolution has one bias as well.",
)
def count_parameters_no_conv_bias(input_shape, layers):
    return counted(input_shape, layers, conv_no_bias, dense_count)


@count_parameters.misconception(
    "biases of the units forgotten",
    hint="The convolutions are right. Each unit of a dense layer has one bias as well.",
)
def count_parameters_no_dense_bias(input_shape, layers):
    return counted(input_shape, layers, conv_count, dense_no_bias)


def conv_one_channel(layer, before, after):
    return layer[1] * (layer[2] ** 2 + 1)


@count_parameters.misconception(
    "channels forgotten",
    hint="A kernel has R · R weights for every channel of its input. Yours counts one channel.",
)
def count_parameters_one_channel(input_shape, layers):
    return counted(input_shape, layers, conv_one_channel, dense_count)


def conv_bias_a_channel(layer, before, after):
    return layer[1] * before[0] * (layer[2] ** 2 + 1)


@count_parameters.misconception(
    "a bias for every channel",
    hint="You count a bias for each kernel and each channel. A kernel has one bias in all.",
)
def count_parameters_channel_bias(input_shape, layers):
    return counted(input_shape, layers, conv_bias_a_channel, dense_count)


def conv_bias_a_place(layer, before, after):
    return conv_no_bias(layer, before, after) + after[0] * after[1] * after[2]


@count_parameters.misconception(
    "a bias for every pixel",
    hint="You count a bias for every place of the output. It is shared, like the weights: one for "
    "each kernel.",
)
def count_parameters_pixel_bias(input_shape, layers):
    return counted(input_shape, layers, conv_bias_a_place, dense_count)


def conv_a_place(layer, before, after):
    return conv_count(layer, before, after) * after[1] * after[2]


@count_parameters.misconception(
    "weights for every pixel",
    hint="You count a kernel's weights once for every place of the output. They are shared: the "
    "same numbers serve everywhere.",
)
def count_parameters_per_pixel(input_shape, layers):
    return counted(input_shape, layers, conv_a_place, dense_count)


def conv_one_side(layer, before, after):
    return layer[1] * (before[0] * layer[2] + 1)


@count_parameters.misconception(
    "kernels of one row",
    hint="A kernel of size R has R · R weights a channel; yours has R.",
)
def count_parameters_one_row(input_shape, layers):
    return counted(input_shape, layers, conv_one_side, dense_count)


def nothing(layer, before, after):
    return 0


@count_parameters.misconception(
    "dense layers left out",
    hint="These are the convolutions alone. Dense layers have weights too: one for every input and "
    "unit, and a bias for every unit.",
)
def count_parameters_no_dense(input_shape, layers):
    return counted(input_shape, layers, conv_count, nothing)


@count_parameters.misconception(
    "convolutions left out",
    hint="These are the dense layers alone. Convolutions have weights too.",
)
def count_parameters_no_conv(input_shape, layers):
    return counted(input_shape, layers, nothing, dense_count)


def dense_after(layer, before, after):
    return layer[1] * (layer[1] + 1)


@count_parameters.misconception(
    "the shape after instead of before",
    hint="Your dense layer counts its own units as inputs: has the shape moved on too early? The "
    "inputs are the numbers before the layer.",
)
def count_parameters_after(input_shape, layers):
    return counted(input_shape, layers, conv_count, dense_after)


def conv_depth_twice(layer, before, after):
    return layer[1] * (after[0] * layer[2] ** 2 + 1)


@count_parameters.misconception(
    "a kernel as deep as the output",
    hint="Your kernels are as deep as their own output. A kernel is as deep as its input: one "
    "slice of R · R weights for each channel before the layer.",
)
def count_parameters_depth_twice(input_shape, layers):
    return counted(input_shape, layers, conv_depth_twice, dense_count)


@count_parameters.misconception(
    "one list a layer",
    hint="A list comes back, with a number for each layer. Add them up.",
)
def count_parameters_list(input_shape, layers):
    earlier = [tuple(input_shape), *traced(input_shape, layers)]
    counts = {"conv": conv_count, "dense": dense_count}
    return [
        counts.get(layer[0], nothing)(layer, before, after)
        for layer, before, after in zip(layers, earlier, earlier[1:], strict=False)
    ]


@count_parameters.misconception(
    "always the channels of the input",
    hint="Every layer of yours has the network's own input before it. What a layer gets is the "
    "shape after the layer before: trace_shapes gives them all.",
)
def count_parameters_input_only(input_shape, layers):
    total = 0
    for layer in layers:
        if layer[0] == "conv":
            total += layer[1] * (input_shape[0] * layer[2] ** 2 + 1)
        elif layer[0] == "dense":
            total += layer[1] * (input_shape[0] + 1)
    return total


def conv_one_bias(layer, before, after):
    return conv_no_bias(layer, before, after) + 1


def dense_one_bias(layer, before, after):
    return dense_no_bias(layer, before, after) + 1


@count_parameters.misconception(
    "one bias a layer",
    hint="You count one bias for each layer. There is one for each kernel, and one for each unit.",
)
def count_parameters_one_bias(input_shape, layers):
    return counted(input_shape, layers, conv_one_bias, dense_one_bias)


@count_parameters.misconception(
    "one bias a convolution",
    hint="You count one bias for a whole convolution. Each of its kernels has one.",
)
def count_parameters_one_conv_bias(input_shape, layers):
    return counted(input_shape, layers, conv_one_bias, dense_count)


@count_parameters.misconception(
    "one bias a dense layer",
    hint="You count one bias for a whole dense layer. Each of its units has one.",
)
def count_parameters_one_dense_bias(input_shape, layers):
    return counted(input_shape, layers, conv_count, dense_one_bias)


@count_parameters.misconception(
    "the shapes after all layers",
    hint="Entry n of your list is the shape after layer n, not before it: it needs the shape of "
    "the input in front.",
)
def count_parameters_all_after(input_shape, layers):
    return counted(input_shape, layers, conv_depth_twice, dense_after)


@count_parameters.misconception(
    "only the last layer with weights",
    hint="Only the last layer is counted: the total begins anew with each layer, or is replaced. "
    "Set it to 0 before the loop, and add with +=.",
)
def count_parameters_last(input_shape, layers):
    total, before = 0, tuple(input_shape)
    for layer, after in zip(layers, traced(input_shape, layers), strict=True):
        if layer[0] == "conv":
            total = conv_count(layer, before, after)
        elif layer[0] == "dense":
            total = dense_count(layer, before, after)
        before = after
    return total


@count_parameters.misconception(
    "only the last layer of the list",
    hint="The total is set to 0 anew for every layer, so only the last one counts. Set it to 0 "
    "once, before the loop.",
)
def count_parameters_reset(input_shape, layers):
    before = (tuple(input_shape), *traced(input_shape, layers))[-2]
    counts = {"conv": conv_count, "dense": dense_count}
    return counts.get(layers[-1][0], nothing)(layers[-1], before, None)


@count_parameters.misconception(
    "first layer only",
    hint="Only the first layer is counted: the return stands inside the loop. Move it to the left.",
)
def count_parameters_first(input_shape, layers):
    before = tuple(input_shape)
    counts = {"conv": conv_count, "dense": dense_count}
    return counts.get(layers[0][0], nothing)(layers[0], before, None)


@count_parameters.variant("with trace_shapes")
def count_parameters_traced(input_shape, layers):
    shapes = [input_shape, *trace_shapes(input_shape, layers)]
    total = 0
    for shape, layer in zip(shapes, layers, strict=False):
        if layer[0] == "conv":
            total += layer[1] * shape[0] * layer[2] * layer[2] + layer[1]
        if layer[0] == "dense":
            total += layer[1] * shape[0] + layer[1]
    return total


@count_parameters.variant("layer by layer")
def count_parameters_stepwise(input_shape, layers):
    total, shape = 0, input_shape
    for layer in layers:
        if layer[0] in ("conv", "dense"):
            field = layer[2] ** 2 if layer[0] == "conv" else 1
            total += layer[1] * (1 + shape[0] * field)
        shape = trace_shapes(shape, [layer])[0]
    return total


@count_parameters.variant("sizes of arrays")
def count_parameters_arrays(input_shape, layers):
    shapes = [input_shape, *trace_shapes(input_shape, layers)]
    total = 0
    for n, layer in enumerate(layers):
        if layer[0] == "conv":
            _, depth, r, _, _ = layer
            total += np.prod((depth, shapes[n][0], r, r)) + depth
        elif layer[0] == "dense":
            total += np.prod((shapes[n][0], layer[1])) + layer[1]
    return int(total)


# --- discussion ---------------------------------------------------------------------------------

discussion_06 = Exercise(
    "discussion_06",
    praise="Two small kernels in a row see as far as one large one, with fewer weights and a ReLU "
    "between.",
)
discussion_06.right("c")
discussion_06.wrong(
    "fields added",
    "a",
    "Draw it in one row: one output sees three numbers of the middle layer, and their windows "
    "overlap. Which pixels of the input are under one of them?",
)
discussion_06.wrong(
    "kernel size is the field",
    "b",
    "That is what the second layer sees of the first. Go one layer further down, to the pixels.",
)
discussion_06.wrong(
    "depends on the image",
    "d",
    "A larger image has more places, and each place still sees as much of it as before. Which "
    "numbers does the receptive field depend on?",
)

# --- go further ---------------------------------------------------------------------------------

smallest_padding = Exercise(
    "smallest_padding",
    aspects={"values": "the smallest padding that comes out even"},
    ready_made=SIZES,
)


@smallest_padding.reference
def smallest_padding_reference(i, r, s):
    for p in range(i + r + s):
        if i + 2 * p >= r and (i - r + 2 * p) % s == 0:
            return p
    raise ValueError("no padding comes out even")


smallest_padding.case("values", 10, 3, 1)
smallest_padding.case("values", 12, 3, 5)
smallest_padding.case("values", 10, 3, 3)
smallest_padding.case("values", 4, 7, 1)
smallest_padding.case("values", 224, 7, 3)
smallest_padding.raises("values", ValueError, 10, 3, 2)
smallest_padding.raises("values", ValueError, 8, 3, 4)


@smallest_padding.misconception(
    "zeros on one side",
    hint="You count zeros on one side only; p stands on both. Put your answer into output_size.",
)
def smallest_padding_one_side(i, r, s):
    for p in range(i + r + s):
        if i + p >= r and (i - r + p) % s == 0:
            return p
    raise ValueError("none")


@smallest_padding.misconception(
    "too small for the kernel",
    hint="For an input of 4 and a kernel of 7 you give a padding with which the kernel does not "
    "fit.",
)
def smallest_padding_too_small(i, r, s):
    for p in range(i + r + s):
        if (i - r + 2 * p) % s == 0:
            return p
    raise ValueError("none")


@smallest_padding.misconception(
    "0 where there is none",
    hint="Where no padding comes out even, a number comes back. For I = 10, R = 3, S = 2 there is "
    "none: 2p is even and the rest is odd. Raise a ValueError.",
)
def smallest_padding_zero(i, r, s):
    for p in range(i + r + s):
        if i + 2 * p >= r and (i - r + 2 * p) % s == 0:
            return p
    return 0


@smallest_padding.misconception(
    "nothing where there is none",
    hint="Where no padding comes out even, None comes back. Raise a ValueError after the loop.",
)
def smallest_padding_none(i, r, s):
    for p in range(i + r + s):
        if i + 2 * p >= r and (i - r + 2 * p) % s == 0:
            return p
    return None


@smallest_padding.variant("trying output_size")
def smallest_padding_tries(i, r, s):
    for p in range(r + s):
        try:
            output_size(i, r, p, s)
        except ValueError:
            continue
        return p
    raise ValueError("none")


@smallest_padding.variant("a list of all")
def smallest_padding_list(i, r, s):
    fits = [p for p in range(r + s) if i + 2 * p >= r and (i - r + 2 * p) % s == 0]
    if not fits:
        raise ValueError("none")
    return min(fits)


@smallest_padding.variant("while loop")
def smallest_padding_while(i, r, s):
    p = max(0, -((i - r) // 2))
    last = p + s
    while (i - r + 2 * p) % s:
        p += 1
        if p > last:
            raise ValueError("none")
    return p
