"""How many windows fit along one side."""

from convolab import ops
from convolab.exercises import Exercise

from .shared import places, refuse

exercise = Exercise(
    points={"even": 1.25, "rounded": 0.75, "uneven": 0.75, "errors": 0.75, "int": 0.5},
    says={
        "even": "sizes that come out even",
        "rounded": "strict=False, where they do not",
        "uneven": "strict, where they do not come out even",
        "errors": "numbers for which there is no answer",
        "int": "a whole number, an int",
    },
    asks={"uneven": "answer", "errors": "answer", "int": "whole"},
    ready_made=("output_size",),
)

exercise.right(ops.output_size)

@exercise.variant("written out")
def output_size(i, r, p=0, s=1, strict=True):
    return places(i, r, p, s, strict)

@exercise.variant("with the remainder")
def output_size_remainder(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0 or r > i + 2 * p:
        raise ValueError("no place")
    steps, unused = divmod(i - r + 2 * p, s)
    if unused and strict:
        raise ValueError(f"left over: {unused}")
    return steps + 1

@exercise.variant("counting the starts")
def output_size_counting(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0:
        raise ValueError("numbers")
    starts = [start for start in range(0, i + 2 * p, s) if start + r <= i + 2 * p]
    if not starts:
        raise ValueError("no place")
    if strict and starts[-1] + r < i + 2 * p:
        raise ValueError(f"{i + 2 * p - starts[-1] - r} columns unused")
    return len(starts)

@exercise.variant("a float tested for being whole")
def output_size_float(i, r, p=0, s=1, strict=True):
    if r < 1 or s < 1 or p < 0 or i + 2 * p < r:
        raise ValueError("numbers")
    exact = (i - r + 2 * p) / s + 1
    if strict and exact != int(exact):
        raise ValueError(f"{(i - r + 2 * p) % s} columns unused")
    return int(exact)

exercise.shows("even", (13, 3, 0, 2), (10, 3), (10, 3, 1), (10, 3, 0, 7), (32, 5, 2, 1), (7, 7, 0, 3), (227, 11, 0, 4), (5, 1), (5, 2, 4))
exercise.shows("errors", (1, 4, 2, 1), (4, 6, 1))
exercise.shows("rounded",
    (29, 4, 3, 2, False), (10, 3, 0, 2, False), (12, 3, 0, 5, False), (224, 7, 3, 2, False), (10, 3, 0, 5, False), (13, 3, 0, 2, False),
)
exercise.shows("uneven", (11, 3, 0, 2))
exercise.refuses("a stride that does not come out even", (10, 3, 0, 2), (29, 4, 3, 2), aspect="uneven", says=1)
exercise.refuses("a stride that does not come out even", (12, 3, 0, 5, True), aspect="uneven", says=4)
exercise.refuses("a kernel larger than the padded input", (4, 5), (4, 7, 1, 1, False))
exercise.refuses("a kernel or a stride below 1", (10, 0), (10, 3, 0, 0), (10, 4, 0, -2))
exercise.refuses("a padding below 0", (10, 3, -1))
exercise.shows("int", (10, 3), (12, 3, 0, 5, False))
exercise.numpy_integers("errors", 11, 3, 1, 2)

@exercise.hidden
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

exercise.slip("no fence post", "places(i, r, p, s, strict)", "places(i, r, p, s, strict) - 1",
    hint="There is one more place than there are steps: the formula ends with + 1. For I = 3 and R = 3 the kernel has one place, not none.")
exercise.slip("fence post before the division", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p + 1) // s",
    hint="You add the 1 before you divide. Divide first: that gives the steps. Then add the place before the first step.")
exercise.slip("padding on one side", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + p) // s + 1",
    hint="The zeros are on both sides, so add 2 · p, not p.")
exercise.slip("padding forgotten", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r) // s + 1",
    hint="The padding isn't used: the input grows by p zeros on either side.")
exercise.slip("padding subtracted", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r - 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r - 2 * p) // s + 1",
    hint="The padding is subtracted instead of added. Zeros around the input make more places.")
exercise.slip("stride forgotten", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return i - r + 2 * p + 1",
    hint="The stride isn't used: divide by it to get the number of steps.")
exercise.slip("rounded up", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return -(-(i - r + 2 * p) // s) + 1",
    hint="With `strict=False` you round up. The last window would hang over the edge: round down, as // does.")
exercise.slip("rounded to nearest", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return int((i - r + 2 * p) / s + 1.5)",
    hint="With `strict=False` you round to the nearest number, which is up in some cases. Round down, as // does.")
exercise.slip("not rounded", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) / s + 1",
    hint="With `strict=False` a fraction comes back. There is no half window: round down, as // does.")
exercise.slip("always strict", "places(i, r, p, s, strict)", "places(i, r, p, s, True)",
    hint="With `strict=False` you raise a ValueError too. There you should round down.")
exercise.slip("strict the wrong way round", "places(i, r, p, s, strict)", "places(i, r, p, s, not strict)",
    hint="It is the other way round: raise where strict is True, round down where it is False.")
exercise.slip("impossible sizes accepted", "places(i, r, p, s, strict)", "places(i, r, p, s, False)",
    hint="For I = 10, R = 3, S = 2 your function rounds down and says nothing: one column is never covered. Where strict is True, raise a ValueError.")
exercise.slip("padding missing in the remainder", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="You ask whether s divides i − r, without the padding. The zeros belong to the steps as well.")
exercise.slip("remainder of the input alone", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if i % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="You ask whether s divides i. What must come out even is the number of steps: i − r + 2p.")
exercise.slip("large windows accepted", "return places(i, r, p, s, strict)", "refuse(max(i, r), r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. A window larger than the padded input fits nowhere: raise a ValueError, strict or not.")
exercise.slip("padding forgotten in the comparison", "return places(i, r, p, s, strict)", "if r > i:\n        raise ValueError(\"too large\")\n    return places(i, r, p, s, strict)",
    hint="You refuse a window that is larger than the input. With its zeros the input is larger: compare r with i + 2p.")
exercise.slip("exact fit refused", "return places(i, r, p, s, strict)", "if r >= i + 2 * p:\n        raise ValueError(\"too large\")\n    return places(i, r, p, s, strict)",
    hint="A window exactly as large as the input is allowed: it has one place.")
exercise.slip("only the stride refused", "return places(i, r, p, s, strict)", "if s < 1 or r > i + 2 * p:\n        raise ValueError(\"s\")\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. A negative p, and an r below 1, are refused with a ValueError too.")
exercise.slip("stride of 0 accepted", "return places(i, r, p, s, strict)", "if r < 1 or p < 0 or r > i + 2 * p:\n        raise ValueError(\"r or p\")\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. A stride of 0 makes Python stop with a ZeroDivisionError, and a negative one gives nonsense: raise a ValueError for both, before you divide.")
exercise.slip("no numbers refused", "return places(i, r, p, s, strict)", "if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. Still missing are the ValueErrors for r or s below 1, p below 0, and a window larger than the padded input.")
exercise.slip("rounded by round", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return round((i - r + 2 * p) / s + 1)",
    hint="With `strict=False` you use round, which goes to the nearest number: 2.8 becomes 3. Round down, as // does.")
exercise.slip("1 refused", "return places(i, r, p, s, strict)", "if s <= 1:\n        raise ValueError(\"s\")\n    return places(i, r, p, s, strict)",
    hint="A stride of 1 is the commonest of all, and you refuse it: only r and s below 1 make no sense.")
exercise.slip("nothing but the formula", "places(i, r, p, s, strict)", "(i - r + 2 * p) // s + 1",
    hint="The formula is right. Two things are missing: the ValueErrors for what makes no sense, and, where strict is True, one for a division that does not come out even.")
exercise.slip("zero let through", "return places(i, r, p, s, strict)", "if r < 0 or s < 0 or p < 0 or r > i + 2 * p:\n        raise ValueError(\"numbers\")\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. An r or s of 0 makes no sense either: refuse what is below 1, not only what is below 0.")
exercise.slip("no padding refused", "return places(i, r, p, s, strict)", "if p < 1:\n        raise ValueError(\"p\")\n    return places(i, r, p, s, strict)",
    hint="A padding of 0 is the commonest of all, and you refuse it: only a p below 0 makes no sense.")
exercise.slip("negative padding accepted", "return places(i, r, p, s, strict)", "if r < 1 or s < 1 or r > i + 2 * p:\n        raise ValueError(\"r or s\")\n    if (i - r + 2 * p) % s and strict:\n        raise ValueError(\"uneven\")\n    return (i - r + 2 * p) // s + 1",
    hint="The sizes are right. A negative p makes no sense: raise a ValueError for it too.")
exercise.slip("even sizes refused", "return places(i, r, p, s, strict)", "refuse(i, r, p, s)\n    if strict and (i - r + 2 * p) % s == 0:\n        raise ValueError(\"even\")\n    return (i - r + 2 * p) // s + 1",
    hint="You refuse what comes out even. `%` gives what is left over: refuse where that is not 0.")
