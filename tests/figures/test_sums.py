"""A sum in a bar: every term is there while there is room, and the browser breaks it alike."""

import numpy as np

from convolab.figures.fit_text import fitted


def wide(text, bold):
    return len(text) * (0.6 if bold else 0.5)


def terms(count, value="10·⅓"):
    pieces = [("y(5)", "output"), (" = ", "quiet")]
    for n in range(count):
        pieces += [(" + ", "quiet")] * (n > 0) + [(value, "input")]
    return [*pieces, (" = ", "quiet"), ("6.67", "output")]


def texts(lines):
    return ["".join(text for text, _ in line) for line in lines]


def test_a_short_sum_is_large_and_in_one_line():
    assert fitted(terms(3), 800, wide)[0] == 19
    assert texts(fitted(terms(3), 800, wide)[1]) == ["y(5) = 10·⅓ + 10·⅓ + 10·⅓ = 6.67"]


def test_a_longer_one_takes_two_lines_that_begin_with_an_operator():
    size, lines = fitted(terms(9), 310, wide)
    assert size >= 12
    assert len(lines) == 2
    assert texts(lines)[1].startswith("+ ")
    assert "".join(texts(lines)).count("⅓") == 9


def test_too_long_a_one_loses_terms_in_the_middle_and_says_so():
    for count in (20, 25, 100):
        size, lines = fitted(terms(count), 310, wide)
        assert size >= 12
        joined = "".join(texts(lines))
        assert joined.startswith("y(5) = 10·⅓ + ")
        assert joined.count("…") == 1
        assert joined.endswith("+ 10·⅓ = 6.67")
        assert all(sum(wide(t, r == "output") for t, r in line) * size <= 310 for line in lines)


def test_a_room_too_small_for_anything_ends_all_the_same():
    assert len(fitted(terms(30), 5, wide)[1]) == 2


def test_the_browser_breaks_200_random_sums_alike(run_module):
    rng = np.random.default_rng(4)
    tries = [
        (
            terms(int(rng.integers(1, 30)), "9" * int(rng.integers(1, 9))),
            float(rng.uniform(60, 900)),
        )
        for _ in range(200)
    ]
    found = run_module(
        "sliding_kernel_1d.js",
        "inputs.map(([pieces, room]) => m.fitted("
        "pieces.map(([string, role]) => ({ string, role })), room,"
        " (string, bold) => string.length * (bold ? 0.6 : 0.5)))",
        tries,
    )
    for (pieces, room), seen in zip(tries, found, strict=True):
        size, lines = fitted(pieces, room, wide)
        assert seen["size"] == size
        assert ["".join(t["string"] for t in line) for line in seen["lines"]] == texts(lines)
