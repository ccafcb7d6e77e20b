"""How many windows of r fit on i columns with p zeros on either side, s apart."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the number of places, rounded down"},
)

@exercise.right
def trap_formula(i, r, p, s):
    return (i - r + 2 * p) // s + 1

exercise.also("floor", "(i - r + 2 * p) // s", "int(np.floor((i - r + 2 * p) / s))")
exercise.also("length of a range", "(i - r + 2 * p) // s + 1", "len(range(0, i + 2 * p - r + 1, s))")
exercise.also("int", "(i - r + 2 * p) // s + 1", "int((i - r + 2 * p) / s + 1)")

exercise.shows("values", (13, 3, 0, 2), (29, 4, 3, 2), (10, 3, 0, 2), (32, 5, 2, 1))

@exercise.wrong("as found", untouched=True,
    hint="Try it on (29, 4, 3, 2): draw the 35 columns with their zeros, or count the starts 0, 2, 4 … up to 31. How many are there, and what is missing in the program?")
def trap_formula_found(i, r, p, s):
    return int(np.ceil((i - r) / s)) + 1

exercise.slip("padding added, still rounded up", "np.floor", "np.ceil", of="floor",
    hint="The padding is there now. On (10, 3, 0, 2) it still gives one window too many: the last one would hang over the edge.")
exercise.slip("rounded down, padding missing", "i - r + 2 * p", "i - r",
    hint="The rounding is right now. On (32, 5, 2, 1) the size should stay 32: which of the four numbers is not used?")
exercise.slip("padding on one side", "2 * p", "p",
    hint="There are p zeros on the left and p on the right.")
exercise.slip("not rounded", "(i - r + 2 * p) // s", "(i - r + 2 * p) / s",
    hint="A fraction comes back where it does not come out even. Half a window is no window: round down.")
exercise.slip("fence post lost", "(i - r + 2 * p) // s + 1", "(i - r + 2 * p) // s",
    hint="The + 1 is lost: 5 steps on (13, 3, 0, 2) make 6 windows, as before.")
exercise.slip("fence post before the division", "(i - r + 2 * p) // s + 1", "(i - r + 2 * p + 1) // s",
    hint="The 1 is added before the division. The division gives the steps; the place before the first step comes after it.")
exercise.slip("padding subtracted", "i - r + 2 * p", "i - r - 2 * p",
    hint="The padding is subtracted instead of added. Zeros on either side make more places.")
exercise.slip("parentheses lost", "(i - r + 2 * p) // s", "i - r + 2 * p // s",
    hint="Only the last term is divided. Put the whole distance, i − r + 2p, in parentheses.")
