"""What is seen of real wrong programs, those that the exercises know, without their own hints."""

import numpy as np
import pytest

from convolab.check.relations.find import search
from convolab.check.relations.pairs import Close
from tests.check.course import EXERCISES, lesson
from tests.check.wrong_programs import outcomes, verdict_on, words_of

SEEN = [
    ("01_convolution_1d", "convolve_1d", "integer output", "The fractional parts are cut off."),
    ("02_convolution_2d", "flip_2d", "rows only", "it is mirrored left to right"),
    ("02_convolution_2d", "convolve_2d", "square kernels only", "whenever `kernel` is not square"),
    ("02_convolution_2d", "hadamard_sum", "not added up", "the sum of its numbers is right"),
    ("03_kernels", "gaussian_kernel", "not normalised", "should add up to 1"),
    ("03_kernels", "laplace_kernel", "always 3 × 3", "the same whatever `size` is"),
    ("03_kernels", "gradient_magnitude", "no root", "the square of what it should be"),
    ("05_pooling", "pool_2d", "sum for average", "the right one times the square of `size`"),
    ("05_pooling", "pool_volume", "last channel only", "Yours is the last channel"),
    ("05_pooling", "trap_start", "as found", "When `numbers` holds only negative numbers"),
    ("05_pooling", "relu", "Python's max", "asks whether a whole array is true"),
    ("05_pooling", "pool_2d", "full windows refused", "Your function refuses"),
    ("01_convolution_1d", "convolve_at", "index out of range", "print `x - i` before it"),
]


def mistake(path, name, of):
    exercise = lesson(EXERCISES / path)[name]
    return exercise, next(wrong for wrong in exercise.misconceptions if wrong.name == of)


@pytest.mark.parametrize(
    ("path", "name", "of", "says"), SEEN, ids=[f"{n}: {o}" for _, n, o, _ in SEEN]
)
def test_a_known_wrong_program_is_described_by_what_is_seen(path, name, of, says):
    exercise, wrong = mistake(path, name, of)
    assert any(says in sentence for sentence in verdict_on(exercise, wrong.function)[1])


def test_most_wrong_programs_of_a_lesson_are_described_and_none_breaks_it():
    described = of = 0
    for exercise in lesson(EXERCISES / "05_pooling").values():
        for wrong in exercise.misconceptions if exercise.kind == "function" else ():
            seen, stopped = outcomes(exercise, wrong.function)
            with np.errstate(all="ignore"):
                found = search(seen, words_of(exercise), Close(exercise.tolerance), exercise.lists)
            of += not all(case.right for case in seen)
            described += found is not None or bool(stopped)
    assert described >= 0.7 * of


def test_a_right_program_and_its_variants_have_no_relation():
    exercise = lesson(EXERCISES / "02_convolution_2d")["convolve_2d"]
    for function in (exercise.answer, *(variant.function for variant in exercise.variants)):
        assert verdict_on(exercise, function) == ("right", [])
