"""The padding on each side that keeps the size at stride 1."""

from convolab import ops
from convolab.exercises import Exercise

exercise = Exercise(
    points={"values": 0.5, "errors": 0.3, "int": 0.2},
    says={"values": "odd kernels", "errors": "even kernels", "int": "a whole number, an int"},
    asks={"errors": "answer", "int": "whole"},
    ready_made=("same_padding",),
)

exercise.right(ops.same_padding)

@exercise.variant("written out")
def same_padding(r):
    if r % 2 == 0:
        raise ValueError("an even kernel has no such padding")
    return (r - 1) // 2

@exercise.variant("searched for")
def same_padding_search(r):
    for p in range(r):
        if 100 - r + 2 * p + 1 == 100:
            return p
    raise ValueError("no padding keeps the size")

exercise.also("rounded half", "if r % 2 == 0:\n        raise ValueError(\"an even kernel has no such padding\")\n    return (r - 1) // 2", "if r % 2 != 1:\n        raise ValueError(\"even\")\n    return r // 2")
exercise.also("remainder first", "if r % 2 == 0:\n        raise ValueError(\"an even kernel has no such padding\")\n    return (r - 1) // 2", "p, rest = divmod(r - 1, 2)\n    if rest:\n        raise ValueError(\"even\")\n    return p")

exercise.shows("values", 3, 5, 1, 11)
exercise.shows("errors", 7)
exercise.refuses("a kernel of even size", 4, 2)
exercise.shows("int", 3, 9)
exercise.numpy_integers("errors", 5)

@exercise.hidden
def same_padding_hidden(rng):
    yield "values", (2 * int(rng.integers(6, 40)) + 1,)
    yield "values", (9,)
    yield "errors", (2 * int(rng.integers(6, 40)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 40)),), ValueError

exercise.slip("both sides together", "raise ValueError(\"an even kernel has no such padding\")\n    return (r - 1) // 2", "raise ValueError(\"even\")\n    return r - 1",
    hint="r − 1 zeros are needed in all, on two sides together, and p counts one side.")
exercise.slip("half of r", "raise ValueError(\"an even kernel has no such padding\")\n    return (r - 1) // 2", "raise ValueError(\"even\")\n    return r / 2",
    hint="Put your p into the formula for R = 3, S = 1: does the size stay? Subtract the 1 first.")
exercise.slip("half of r, rounded up", "raise ValueError(\"an even kernel has no such padding\")\n    return (r - 1) // 2", "raise ValueError(\"even\")\n    return (r + 1) // 2",
    hint="For R = 3 you give 2, and the output grows. Put your p into the formula and see which one keeps the size.")
exercise.slip("even kernels accepted", "    if r % 2 == 0:\n        raise ValueError(\"an even kernel has no such padding\")\n", "",
    hint="Right for odd kernels. An even one would need one zero more on one side than on the other: raise a ValueError.")
exercise.slip("a fraction for even kernels", "if r % 2 != 1:\n        raise ValueError(\"even\")\n    return r // 2", "return (r - 1) / 2", of="rounded half",
    hint="For even kernels a fraction comes back: raise a ValueError. For odd ones give a whole number, 1 and not 1.0.")
exercise.slip("odd kernels refused", "if r % 2 == 0:\n        raise ValueError(\"an even kernel has no such padding\")", "if r % 2 == 1:\n        raise ValueError(\"odd\")",
    hint="You refuse kernels of odd size. Those have a centre, and a padding; refuse the even ones.")
exercise.slip("half of r, even kernels accepted", "    if r % 2 != 1:\n        raise ValueError(\"even\")\n", "", of="rounded half",
    hint="Right for odd kernels. For r = 4 you give 2, and the output grows by one: an even kernel has no such padding, so raise a ValueError.")
