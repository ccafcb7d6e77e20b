"""Which files of tests run first: those that take longest, so that no process is left with one of
them when the others have nothing more to do. A file that is missing here costs some seconds and
nothing else; `--durations=20` tells which belong here."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
LONGEST_FIRST = (
    "journeys/test_lessons_in_browser.py",
    "journeys/test_teacher.py",
    "grading/cluster/test_cluster.py",
    "check/test_exercises.py",
    "journeys/test_lessons_run.py",
    "authoring/test_course_as_it_is.py",
    "journeys/test_author.py",
    "figures/test_every_figure_journey.py",
    "figures/test_sliding_kernel_1d_journey.py",
    "exercises/test_slips.py",
    "repository/test_kit.py",
    "grading/gradebook/test_postgres.py",
    "journeys/test_student.py",
    "grading/run/test_nothing_lost.py",
    "grading/test_grade.py",
    "grading/test_museum.py",
    "check/test_odd_returns.py",
    "figures/test_every_figure.py",
    "grading/sandbox/test_odd_over_the_wire.py",
    "repository/test_lab.py",
    "exercises/test_slips_command.py",
    "grading/test_same_as_nbgrader.py",
    "grading/test_given_cells.py",
    "grading/test_natural_faults.py",
    "grading/test_by_hand.py",
    "exercises/test_promises.py",
    "journeys/test_teacher_reads.py",
    "figures/test_conv_arithmetic_journey.py",
    "figures/test_layer_stack_journey.py",
    "figures/test_network_explorer_journey.py",
    "figures/test_pooling_explorer_journey.py",
    "figures/test_training_monitor_journey.py",
    "check/test_learning.py",
    "authoring/test_build.py",
    "repository/test_text.py",
)
_PLACES = {TESTS / name: place for place, name in enumerate(LONGEST_FIRST)}


def place(path: Path) -> int:
    """Where in the order a file of tests is."""
    return _PLACES.get(path, len(_PLACES))
