"""Which files of tests run first: those that take longest, so that no process is left with one of
them when the others have nothing more to do. A file that is missing here costs some seconds and
nothing else; `--durations=20` tells which belong here."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
LONGEST_FIRST = (
    "journeys/test_lessons_in_browser.py",
    "authoring/test_course_as_it_is.py",
    "figures/test_every_figure_journey.py",
    "journeys/test_lessons_run.py",
    "journeys/test_teacher.py",
    "grading/test_same_as_nbgrader.py",
    "grading/demo/test_demo_class.py",
    "grading/cluster/test_cluster.py",
    "figures/test_every_figure.py",
    "check/test_exercises.py",
    "journeys/test_author.py",
    "exercises/test_slips.py",
    "check/test_odd_returns.py",
    "grading/test_grade.py",
    "figures/test_sliding_kernel_1d_journey.py",
    "grading/test_museum.py",
    "journeys/test_student.py",
    "grading/run/test_nothing_lost.py",
    "grading/gradebook/test_postgres.py",
    "repository/test_wheel.py",
    "exercises/test_claims_12.py",
    "exercises/test_promises.py",
    "repository/test_kit.py",
    "exercises/test_claims_13.py",
    "exercises/test_claims_11.py",
    "grading/out/test_class_report.py",
    "check/test_learning.py",
    "journeys/test_teacher_reads.py",
    "grading/sandbox/test_unsandboxed.py",
    "grading/test_faults.py",
    "figures/test_conv_arithmetic_journey.py",
    "figures/test_layer_stack_journey.py",
    "figures/test_network_explorer_journey.py",
    "figures/test_pooling_explorer_journey.py",
    "figures/test_training_monitor_journey.py",
    "authoring/test_adopt.py",
    "grading/test_by_hand.py",
    "exercises/test_claims_09_cures.py",
    "handin/test_what_stops.py",
    "grading/out/test_feedback.py",
    "grading/gradebook/test_points.py",
    "grading/test_given_cells.py",
    "authoring/test_build.py",
    "repository/test_lab.py",
    "grading/sandbox/test_ordinary_user.py",
)
_PLACES = {TESTS / name: place for place, name in enumerate(LONGEST_FIRST)}


def place(path: Path) -> int:
    """Where in the order a file of tests is."""
    return _PLACES.get(path, len(_PLACES))
