"""The still picture of SlidingKernel1D: the places and strokes of sliding_kernel_1d.js."""

from __future__ import annotations

from convolab.figures.number_text import FRACTIONS, decimal, weight
from convolab.figures.painter import Painter
from convolab.figures.sliding_kernel_1d_view import SUMMANDS_SPELLED, distance, listing, spelled

GUTTER = 112
WIDTH = 860


def draw(figure, v):
    """The state of a SlidingKernel1D, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    if figure.style == "stems":
        _stems(p, figure, v)
    else:
        _lines(p, figure, v)
    return p.figure


def _scale(values, top, bottom):
    high, low = max(0, *values), min(0, *values)
    unit = (bottom - top) / ((high - low) or 1)
    return lambda value: bottom - (value - low) * unit


def _sum(p, figure, v, y):
    where, pieces = listing(v, figure.mode), spelled(v)
    if len(v.terms) > SUMMANDS_SPELLED:
        pieces = [*pieces[:2], (f"sum of {len(v.terms)} products", "ink"), *pieces[-2:]]
    if where:
        pieces.append(("   " + where.replace(" ", "\u00a0"), "quiet"))  # on one line
    p.result(pieces, y, p.colours["faint" if v.is_kept else "padding_soft"])


def _gutter(p, y, sign, name, role, more=""):
    p.text(sign, 14, y, size=17, colour=p.colours["quiet"])
    p.text(name, 28, y, size=13, bold=True, align="left", colour=p.colours[role])
    p.text(more, 28, y + 17, size=12, align="left", colour=p.colours["quiet"])


def _row_name(p, name, y):
    p.text(name, 28, y, size=12, align="left", colour=p.colours["quiet"])


def _has_room(column, place, now=None):
    """Whether a row of numbers a column apart has room for the one at `place`; that at `now` is
    there."""
    return column >= 22 or (place % 2 == 0 and (now is None or abs(place - now) != 1))


def _value(p, string, x, y, negative, room, **style):
    full = 16 if any(sign in string for sign in FRACTIONS.values()) else 13
    size = full - 2 if p.measure(string, full) > room else full
    wide = p.measure(string, size, style.get("bold", False))
    if wide <= room + 6:
        x = min(x, p.width - 1 - wide / 2)  # the last one keeps off the edge
        p.text(string, x, y + (15 if negative else -15), size=size, **style)


def _stems(p, figure, v):
    c, signal = p.colours, figure.canvas.signal
    n, k = len(signal), len(v.kernel)
    column = min(64, (p.width - GUTTER - 6) / (n + 2 * (k - 1)))

    def at(i):
        return GUTTER + (i + k - 1 + 0.5) * column

    left, half = at(v.left) - column / 2, column / 2
    right = left + k * column
    if k > 1:
        p.hatch(at(1 - k) - half, 12, (k - 1) * column, 116)
        p.hatch(at(n) - half, 12, (k - 1) * column, 116)
    p.box(left, 6, k * column, 282, fill=c["kernel_soft"], radius=8)
    for term in v.terms:
        if term.outside:
            p.hatch(at(term.i) - half, 12, column, 116)
    p.box(left, 6, k * column, 282, colour=c["kernel"], stroke=2, radius=8)

    up = _scale(signal, 38, 102)
    p.line([(at(1 - k) - half, up(0)), (at(n + k - 2) + half, up(0))])
    for i in range(1 - k, n + k - 1):
        if not 0 <= i < n:
            _value(p, "0", at(i), up(0), False, column, colour=c["quiet"])
            continue
        p.stem(at(i), up(0), up(signal[i]), "input")
        _value(p, decimal(signal[i]), at(i), up(signal[i]), signal[i] < 0, column)
        if _has_room(column, i):
            p.text(str(i), at(i), 141, size=12, colour=c["quiet"])

    high = max(0.5, *(abs(w) for w in v.kernel))
    low = min(v.kernel) < 0

    def kernel(w):
        return 190 - 18 * w / high if low else 218 - 42 * w / high

    p.line([(left + 8, kernel(0)), (right - 8, kernel(0))], colour=c["kernel"])
    wide = min(column - 4, 56)
    for term in v.terms:
        x = at(term.i)
        p.stem(x, kernel(0), kernel(term.weight), "kernel")
        _value(p, weight(term.weight), x, kernel(term.weight), term.weight < 0, column)
        if column >= 30:
            p.text(f"g({term.g})", x, 240, size=12, colour=c["kernel"])
        p.box(x - wide / 2, 253, wide, 26, fill=c["paper"], colour=c["quiet"])
        written = [decimal(term.product, places) for places in (2, 1, 0)]
        string = next((s for s in written if p.measure(s) < wide - 2), written[-1])
        p.text(string, x, 266.5, size=13 if p.measure(string) < wide - 2 else 11)

    _output(p, figure, v, at, column)
    _row_name(p, "place", 141)
    _gutter(p, 80, "", "signal f", "input")
    _gutter(p, 196, "×", "kernel g", "kernel", "reversed" if figure.reverse else "not reversed")
    _gutter(p, 266, "=", "products", "ink")
    _gutter(p, 366, "+", "output y", "output", figure.mode)
    _sum(p, figure, v, 470)


def _output(p, figure, v, at, column):
    c, half, both = p.colours, column / 2, figure.mode != "full"
    shown = [*v.output, *(max(0, f) for f in figure.canvas.signal)]
    up = _scale(shown, 336, 402 if min(shown) < 0 else 418)
    p.box(at(0) - half, 306, v.kept * column, 116, fill=c["output_soft"], radius=6)
    p.line([(at(-v.start) - half, up(0)), (at(v.x_max - v.start) + half, up(0))])
    _row_name(p, "place", 434)
    if both:
        _row_name(p, "index", 450)
    for x, total in enumerate(v.output):
        index, now = x - v.start, x == v.x
        kept, look = 0 <= index < v.kept, {"size": 12, "bold": now}
        look["colour"] = c["ink" if now else "quiet"]
        if now or _has_room(column, x, v.x):
            p.text(str(x), at(index), 434, **look)
        if both and kept and (now or _has_room(column, index, v.index)):
            p.text(str(index), at(index), 450, **look)
        if x > v.x:
            p.head(at(index), up(0), "output", size=2.5, fill=c["paper"], colour=c["padding"])
            continue
        colour = c["output" if kept else "padding"]
        p.stem(
            at(index), up(0), up(total), "output", colour=colour,
            fill=colour if kept else c["paper"], size=6.5 if now else 5,
        )  # fmt: skip
        _value(
            p, decimal(total), at(index), up(total), total < 0, 90 if now else column,
            bold=now, colour=c["ink" if kept else "quiet"],
        )  # fmt: skip
    x, tip = at(v.index), 303
    p.line([(x, 288), (x, tip)], colour=c["kernel"], width=2)
    p.line([(x - 5, tip - 6), (x, tip), (x + 5, tip - 6)], colour=c["kernel"], width=2)


def _lines(p, figure, v):
    c, signal, clean = p.colours, figure.canvas.signal, figure.canvas.clean
    n, k = len(signal), len(v.kernel)
    step = (p.width - 24) / max(1, n - 1)
    kept = v.output[v.start : v.start + v.kept]
    up = _scale([*signal, *clean, *kept], 44, 280)

    def at(i):
        return 12 + i * step

    def inside(x):
        return max(12, min(p.width - 12, x))

    half = max(step / 2, 1)
    left, right = inside(at(v.left) - half), inside(at(v.left + k - 1) + half)
    p.box(left, 32, right - left, 348, fill=c["kernel_soft"], colour=c["kernel"])
    p.line([(12, up(0)), (p.width - 12, up(0))])
    p.line([(at(i), up(f)) for i, f in enumerate(signal)], colour=c["input"])
    if clean:
        points = [(at(i), up(f)) for i, f in enumerate(clean)]
        p.line(points, colour=c["ink"], width=1.5, dash=(6, 5))
    curve = [(at(index), up(total)) for index, total in enumerate(kept[:n])]
    p.line(curve, colour=c["paper"], width=6)
    p.line(curve, colour=c["output"], width=3)
    p.head(inside(at(v.index)), up(v.total), "output", size=6, colour=c["paper"])

    high = max(abs(w) for w in v.kernel) or 1
    low = min(v.kernel) < 0

    def kernel(w):
        return 340 - 30 * w / high if low else 372 - 60 * w / high

    p.line([(12, kernel(0)), (p.width - 12, kernel(0))])
    wide = max(1, step * 0.7)
    for term in v.terms:
        x = at(term.i)
        if 11 <= x <= p.width - 11:
            top = min(kernel(0), kernel(term.weight))
            height = abs(kernel(0) - kernel(term.weight))
            p.box(x - wide / 2, top, wide, height, fill=c["kernel"], radius=0)
    reversed_ = "" if figure.reverse else ", not reversed"
    count = f"{k} {'weight' if k == 1 else 'weights'}, the largest {weight(high)}"
    p.text(f"kernel g{reversed_}, {count}", 12, 398, bold=True, align="left", colour=c["kernel"])
    if clean and figure.mode == "same":
        before, after = distance(signal, clean), distance(figure.output, clean)
        words = f"distance to the clean curve: {before:.3f} before, {after:.3f} after"
        p.text(words, p.width - 12, 398, align="right")
    _legend(p, figure)
    _sum(p, figure, v, 410)


def _legend(p, figure):
    entries = [("signal f", "input", 1, None), (f"output y ({figure.mode})", "output", 3, None)]
    if figure.canvas.clean:
        entries.append(("the clean curve", "ink", 1.5, (6, 5)))
    x = 12
    for name, role, width, dash in entries:
        p.line([(x, 14), (x + 26, 14)], colour=p.colours[role], width=width, dash=dash)
        p.text(name, x + 32, 14, bold=True, align="left", colour=p.colours[role])
        x += 32 + p.measure(name, 13, True) + 24
