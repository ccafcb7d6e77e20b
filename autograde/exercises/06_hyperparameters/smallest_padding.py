"""The smallest padding for which output_size, strict, has an answer."""

from convolab.exercises import Exercise

from .output_size import output_size

exercise = Exercise(
    says={"values": "the smallest padding that comes out even"},
    ready_made=("output_size",),
)

@exercise.right
def smallest_padding(i, r, s):
    for p in range(i + r + s):
        if i + 2 * p >= r and (i - r + 2 * p) % s == 0:
            return p
    raise ValueError("no padding comes out even")

@exercise.variant("trying output_size")
def smallest_padding_tries(i, r, s):
    for p in range(r + s):
        try:
            output_size(i, r, p, s)
        except ValueError:
            continue
        return p
    raise ValueError("none")

@exercise.variant("a list of all")
def smallest_padding_list(i, r, s):
    fits = [p for p in range(r + s) if i + 2 * p >= r and (i - r + 2 * p) % s == 0]
    if not fits:
        raise ValueError("none")
    return min(fits)

@exercise.variant("while loop")
def smallest_padding_while(i, r, s):
    p = max(0, -((i - r) // 2))
    last = p + s
    while (i - r + 2 * p) % s:
        p += 1
        if p > last:
            raise ValueError("none")
    return p

exercise.shows("values", (10, 3, 1), (12, 3, 5), (10, 3, 3), (4, 7, 1), (224, 7, 3), (4, 2, 11), (1, 7, 1), (1, 8, 3))
exercise.refuses("a size that no padding makes even", (10, 3, 2), (8, 3, 4), aspect="values")

exercise.slip("zeros on one side", "if i + 2 * p >= r and (i - r + 2 * p) % s == 0:\n            return p\n    raise ValueError(\"no padding comes out even\")", "if i + p >= r and (i - r + p) % s == 0:\n            return p\n    raise ValueError(\"none\")",
    hint="You count zeros on one side only, but there are p on each. Try your answer in `output_size`.")
exercise.slip("too small for the kernel", "if i + 2 * p >= r and (i - r + 2 * p) % s == 0:\n            return p\n    raise ValueError(\"no padding comes out even\")", "if (i - r + 2 * p) % s == 0:\n            return p\n    raise ValueError(\"none\")",
    hint="For an input of 4 and a kernel of 7 you give a padding with which the kernel does not fit.")
exercise.slip("0 where there is none", "raise ValueError(\"no padding comes out even\")", "return 0",
    hint="Where no padding comes out even, a number comes back. For I = 10, R = 3, S = 2 there is none: 2p is even and the rest is odd. Raise a ValueError.")
exercise.slip("nothing where there is none", "raise ValueError(\"no padding comes out even\")", "return None",
    hint="Where no padding comes out even, None comes back. Raise a ValueError after the loop.")
exercise.slip("begins at 1", "range(i + r + s)", "range(1, i + r + s)",
    hint="No padding at all is a choice too: 10, 3, 1 comes out even with P = 0. Begin your search at 0.")
