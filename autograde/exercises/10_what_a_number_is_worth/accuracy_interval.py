"""Between which shares the true accuracy may be, by Wilson's formula."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"interval": 1, "ends": 0.5, "z": 0.5},
    says={
        "interval": "some answers right and some wrong",
        "ends": "all answers right, or none",
        "z": "another z than 1.96",
    },
    praise="Even 50 of 50 leaves room for one mistake in fourteen.",
)

@exercise.right
def accuracy_interval(right, several, z=1.96):
    share, add = right / several, z**2 / several
    middle = (share + add / 2) / (1 + add)
    half = z * np.sqrt(share * (1 - share) / several + add / (4 * several)) / (1 + add)
    return float(middle - half), float(middle + half)

@exercise.variant("as often printed")
def accuracy_interval_printed(right, several, z=1.96):
    n, p = several, right / several
    below = 1 + z**2 / n
    centre = p + z * z / (2 * n)
    spread = z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    return (centre - spread) / below, (centre + spread) / below

exercise.also("a power for the root", "np.sqrt(share * (1 - share) / several + add / (4 * several))", "(share * (1 - share) / several + add / (4 * several)) ** 0.5")
exercise.also("both ends at once", "float(middle - half), float(middle + half)", "tuple(middle + sign * half for sign in (-1, 1))")

exercise.shows("interval", (9, 10), (45, 50), (344, 359), (1, 4))
exercise.shows("ends", (50, 50), (0, 20))
exercise.shows("z", (45, 50, 1.0), (30, 40, 2.58))

@exercise.hidden
def accuracy_interval_hidden(rng):
    several = int(rng.integers(8, 400))
    yield "interval", (int(rng.integers(1, several)), several)
    yield "ends", (several, several)
    yield "z", (int(rng.integers(1, several)), several, float(rng.uniform(0.5, 3)))

exercise.slip("the simple formula", "share, add = right / several, z**2 / several", "share, add = right / several, 0",
    hint="That is share ± z · √(share · (1 − share) / n). It says ± 0 when all answers are right. Wilson's formula has three terms with z² / n besides.")
exercise.slip("z² / 2n forgotten", "(share + add / 2)", "share",
    hint="The middle is not the share itself: z² / 2n is added above the line of the fraction, which pulls it towards a half.")
exercise.slip("z² / n for z² / 2n", "(share + add / 2)", "(share + add)",
    hint="In the middle you add z² / n to the share. It is half of that, z² / 2n.")
exercise.slip("the middle not divided", "(share + add / 2) / (1 + add)", "share + add / 2",
    hint="The middle is divided by 1 + z² / n as well.")
exercise.slip("the half not divided", "add / (4 * several)) / (1 + add)", "add / (4 * several))",
    hint="The half width is divided by 1 + z² / n as well.")
exercise.slip("the second term under the root", " + add / (4 * several))", ")",
    hint="Under the root something is missing: z² / 4n². Without it the interval of 50 out of 50 has no width.")
exercise.slip("4n for 4n²", "add / (4 * several)", "add / 4",
    hint="Under the root you have z² / 4n. It is z² / 4n², n being squared.")
exercise.slip("the 4 forgotten", "add / (4 * several)", "add / several",
    hint="Under the root you have z² / n². It is z² / 4n².")
exercise.slip("no root", "np.sqrt(share * (1 - share) / several + add / (4 * several))", "(share * (1 - share) / several + add / (4 * several))",
    hint="The root is missing in the half width.")
exercise.slip("z forgotten", "half = z * np.sqrt", "half = np.sqrt",
    hint="The half width is z times the root; yours is the root alone.")
exercise.slip("z squared", "half = z * np.sqrt", "half = z**2 * np.sqrt",
    hint="In front of the root is z, not z².")
exercise.slip("z not squared", "z**2 / several", "z / several",
    hint="In the terms with n it is z², not z.")
exercise.slip("z is always 1.96", "share, add = right / several, z**2 / several", "z = 1.96\n    share, add = right / several, z**2 / several",
    hint="z is an argument; yours is always 1.96.")
exercise.slip("not divided by n", "share * (1 - share) / several", "share * (1 - share)",
    hint="Under the root share · (1 − share) is divided by n. Otherwise more pictures would not make the interval narrower.")
exercise.slip("middle and half", "float(middle - half), float(middle + half)", "float(middle), float(half)",
    hint="These are the middle and half of the width. Return both ends: middle − half and middle + half.")
exercise.slip("the upper end first", "float(middle - half), float(middle + half)", "float(middle + half), float(middle - half)",
    hint="The ends are swapped: the lower comes first.")
exercise.slip("around the share", "float(middle - half), float(middle + half)", "float(share - half), float(share + half)",
    hint="Your interval is centred on the share. Centre it on the middle, which is a little nearer to a half.")
exercise.slip("the share that is wrong", "right / several,", "1 - right / several,",
    hint="You begin with the share of wrong answers. It is right / several.")
exercise.slip("in per cent", "float(middle - half), float(middle + half)", "100 * float(middle - half), 100 * float(middle + half)",
    hint="Shares are numbers from 0 to 1; yours are in per cent.")
exercise.slip("one end", "float(middle - half), float(middle + half)", "float(middle - half)",
    hint="Only the lower end comes back. Return both: low, high.")
exercise.slip("half of the half", "middle - half), float(middle + half)", "middle - half / 2), float(middle + half / 2)",
    hint="You go half of the half width to either side. Go the whole half width.")
M, H = "middle = (share + add / 2) / (1 + add)", "share * (1 - share) / several + add / (4 * several)"
exercise.slip("no parentheses above", M, "middle = share + add / 2 / (1 + add)",
    hint="Only z² / 2n is divided. The whole of p + z² / 2n belongs in parentheses.")
exercise.slip("no parentheses below", M, "middle = (share + add / 2) / 1 + add",
    hint="Divide by the whole of 1 + z² / n: put it in parentheses.")
exercise.slip("minus above", M, "middle = (share - add / 2) / (1 + add)",
    hint="In the middle z² / 2n is added to the share, not subtracted.")
exercise.slip("minus below", M, "middle = (share + add / 2) / (1 - add)",
    hint="Below the line of the fraction is 1 + z² / n, not 1 − z² / n.")
exercise.slip("times what is below", M, "middle = (share + add / 2) * (1 + add)",
    hint="You multiply the middle by 1 + z² / n. Divide by it.")
exercise.slip("upside down", M, "middle = (1 + add) / (share + add / 2)",
    hint="The fraction of the middle is upside down.")
exercise.slip("twice for half", M, "middle = (share + add * 2) / (1 + add)",
    hint="In the middle it is z² / 2n, half of z² / n, not twice as much.")
exercise.slip("the share twice", H, "share * share / several + add / (4 * several)",
    hint="Under the root is share · (1 − share): the share of right answers times that of wrong ones.")
exercise.slip("plus for minus", H, "share * (1 + share) / several + add / (4 * several)",
    hint="Under the root is share · (1 − share), not share · (1 + share).")
exercise.slip("the wrong ones alone", H, "(1 - share) / several + add / (4 * several)",
    hint="Under the root the share itself is missing: share · (1 − share).")
exercise.slip("the share alone", H, "share / several + add / (4 * several)",
    hint="Under the root the share of wrong answers is missing: share · (1 − share).")
exercise.slip("minus under the root", H, "abs(share * (1 - share) / several - add / (4 * several))",
    hint="Under the root z² / 4n² is added, not subtracted.")
exercise.slip("times 4n", H, "share * (1 - share) / several + add * (4 * several)",
    hint="Under the root z² / n is divided by 4n, which makes z² / 4n²; yours is multiplied.")
exercise.slip("4 outside", H, "share * (1 - share) / several + add / 4 * several",
    hint="`add / 4 * several` multiplies by n again. Put `4 * several` in parentheses.")
exercise.slip("times n", H, "share * (1 - share) * several + add / (4 * several)",
    hint="share · (1 − share) is multiplied by n under the root. Divide by n: more pictures make the interval narrower.")
exercise.slip("plus in front", "float(middle - half), float(middle + half)", "float(middle + half), float(middle + half)",
    hint="Both ends are the upper one. The lower one is middle − half.")
exercise.slip("the lower end twice", "float(middle - half), float(middle + half)", "float(middle - half), float(middle - half)",
    hint="Both ends are the lower one. The upper one is middle + half.")
exercise.slip("z² alone", "z**2 / several", "z**2",
    hint="z² has to be divided by n, the number of pictures.")
exercise.slip("z² times n", "z**2 / several", "z**2 * several",
    hint="z² is multiplied by n. Divide: z² / n.")
exercise.slip("n over z²", "z**2 / several", "several / z**2",
    hint="It is z² / n; yours is upside down.")
exercise.slip("upside down share", "right / several,", "several / right if right else 0,",
    hint="The share is upside down: right / several.")
exercise.slip("the count for the share", "right / several,", "float(right),",
    hint="right is a count. The share is right / several.")
exercise.slip("the half width times what is below", "add / (4 * several)) / (1 + add)", "add / (4 * several)) * (1 + add)",
    hint="You multiply the half width by 1 + z² / n. Divide by it.")
exercise.slip("the half width: no parentheses below", "add / (4 * several)) / (1 + add)", "add / (4 * several)) / 1 + add",
    hint="Divide the half width by the whole of 1 + z² / n: put it in parentheses.")
exercise.slip("the half width: minus below", "add / (4 * several)) / (1 + add)", "add / (4 * several)) / (1 - add)",
    hint="Below the half width is 1 + z² / n, not 1 − z² / n.")
exercise.slip("the half width: z² / n alone below", "add / (4 * several)) / (1 + add)", "add / (4 * several)) / add",
    hint="Below the half width is 1 + z² / n; the 1 is missing.")
exercise.slip("the middle: z² / n alone below", M, "middle = (share + add / 2) / add",
    hint="Below the middle is 1 + z² / n; the 1 is missing.")
exercise.slip("z below", "half = z * np.sqrt", "half = 1 / z * np.sqrt",
    hint="You divide by z in the half width. Multiply: a larger z makes the interval wider.")
exercise.slip("z added", "half = z * np.sqrt", "half = z + np.sqrt",
    hint="You add z to the root. Multiply.")
exercise.slip("the share forgotten in the middle", M, "middle = (add / 2) / (1 + add)",
    hint="The share itself is missing in the middle: p + z² / 2n.")
exercise.slip("half of the share", M, "middle = (share + share / 2) / (1 + add)",
    hint="In the middle half of z² / n is added, not half of the share.")
exercise.slip("2 below in the middle", M, "middle = (share + add / 2) / (2 + add)",
    hint="Below the middle is 1 + z² / n, not 2 + z² / n.")
exercise.slip("share below", M, "middle = (share + add / 2) / (1 + share)",
    hint="Below the middle is 1 + z² / n, not 1 + p.")
exercise.slip("share below the half", "add / (4 * several)) / (1 + add)", "add / (4 * several)) / (1 + share)",
    hint="Below the half width is 1 + z² / n, not 1 + p.")
exercise.slip("2 below the half", "add / (4 * several)) / (1 + add)", "add / (4 * several)) / (2 + add)",
    hint="Below the half width is 1 + z² / n, not 2 + z² / n.")
exercise.slip("z² / n under the root", H, "share * (1 - share) / several + add",
    hint="Under the root z² / n is divided by 4n, which makes z² / 4n².")
exercise.slip("2 for 1 under the root", H, "share * (2 - share) / several + add / (4 * several)",
    hint="Under the root is share · (1 − share), with a 1.")
exercise.slip("several for z", "half = z * np.sqrt", "half = several * np.sqrt",
    hint="In front of the root is z, not the number of pictures.")
exercise.slip("z cubed", "z**2 / several", "z**3 / several",
    hint="z is squared in the terms with n, not cubed.")
exercise.slip("divided by z", "z**2 / several", "z**2 / z",
    hint="z² is divided by n, the number of pictures, not by z.")
exercise.slip("n squared for z squared", "z**2 / several", "several**2 / several",
    hint="It is z² / n: z is squared, not the number of pictures.")
P = "as often printed"
exercise.slip("nothing divided", "below = 1 + z**2 / n", "below = 1", of=P,
    hint="Middle and half width are both divided by 1 + z² / n. Yours are divided by nothing.")
exercise.slip("minus below both", "below = 1 + z**2 / n", "below = 1 - z**2 / n", of=P,
    hint="Below both lines is 1 + z² / n. You subtract the z² / n, from the middle and the half width alike.")
exercise.slip("z² alone below both", "below = 1 + z**2 / n", "below = 1 + z**2", of=P,
    hint="Below the line of the fraction z² is divided by n: 1 + z² / n.")
exercise.slip("2 below both", "below = 1 + z**2 / n", "below = 2 + z**2 / n", of=P,
    hint="Below the line of the fraction is 1 + z² / n, not 2 + z² / n.")
exercise.slip("z not squared below both", "below = 1 + z**2 / n", "below = 1 + z / n", of=P,
    hint="Below the line of the fraction z is squared: 1 + z² / n.")
exercise.slip("twice z below both", "below = 1 + z**2 / n", "below = 1 + z * 2 / n", of=P,
    hint="Below the line of the fraction z is squared, not doubled: 1 + z² / n.")
exercise.slip("times n below both", "below = 1 + z**2 / n", "below = 1 + z**2 * n", of=P,
    hint="Below the line of the fraction z² is divided by n, not multiplied.")
exercise.slip("n over z² below both", "below = 1 + z**2 / n", "below = 1 + n / z**2", of=P,
    hint="Below the line of the fraction is z² / n; yours is upside down.")
exercise.slip("the 1 forgotten below both", "below = 1 + z**2 / n", "below = z**2 / n", of=P,
    hint="Below the line of the fraction the 1 is missing: 1 + z² / n.")
exercise.slip("z² / 2 in the middle", "z * z / (2 * n)", "z * z / 2", of=P,
    hint="In the middle z² is divided by 2n; yours is divided by 2 alone.")
exercise.slip("z² / 2 · n in the middle", "z * z / (2 * n)", "z * z / 2 * n", of=P,
    hint="`z * z / 2 * n` multiplies by n again. Put `2 * n` in parentheses.")
exercise.slip("z² in the middle", "z * z / (2 * n)", "z * z", of=P,
    hint="In the middle z² is divided by 2n.")
exercise.slip("z times 2n in the middle", "z * z / (2 * n)", "z * z * (2 * n)", of=P,
    hint="In the middle z² is divided by 2n, not multiplied.")
exercise.slip("z / 2n in the middle", "z * z / (2 * n)", "z / (2 * n)", of=P,
    hint="In the middle z is squared: z² / 2n.")
exercise.slip("z under the root", "z**2 / (4 * n**2)", "z / (4 * n**2)", of=P,
    hint="Under the root z is squared: z² / 4n².")
exercise.slip("2n under the root", "z**2 / (4 * n**2)", "z**2 / (4 * (n * 2))", of=P,
    hint="Under the root n is squared, not doubled: z² / 4n².")
exercise.slip("half for the root", ") ** 0.5", ") * 0.5", of=P,
    hint="The root is a power of 0.5, `** 0.5`; yours multiplies by 0.5.")

@exercise.wrong("no parentheses around what divides",
    hint="`/ 2 * n` multiplies by n again. Put `2 * n` and `4 * n**2` in parentheses.")
def accuracy_interval_times_n(right, several, z=1.96):
    n, p = several, right / several
    below = 1 + z**2 / n
    centre = p + z**2 / 2 * n
    spread = z * np.sqrt(p * (1 - p) / n + z**2 / 4 * n**2)
    return (centre - spread) / below, (centre + spread) / below
