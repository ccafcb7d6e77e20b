"""The minutes of a lesson: estimated from what it holds, and asked for by the build."""

from pathlib import Path

import pytest

from convolab.authoring.build import exercises_of, written_lessons
from convolab.authoring.check_lesson import check_lesson
from convolab.authoring.lesson import parse_lesson, read_lesson
from convolab.authoring.minutes import NOT_YET, estimate, says_minutes, unheld_minutes
from convolab.exercises import Exercise
from tests.authoring.small_course import FIRST, edit, line_of

ROOT = Path(__file__).resolve().parents[2]
LESSON = "00_twice"
EXERCISES = {
    "twice": Exercise(points={"answer": 2}),
    "by_hand_six": Exercise(kind="value"),
    "step": Exercise(),
    "trap_sign": Exercise(),
    "design": Exercise(points={"small": 1, "good": 1}, kind="open"),
}


def minutes(cells: str, *, name: str = "99_small") -> dict[str, float]:
    """What a lesson of these cells takes, by section, rounded to tenths."""
    sections = estimate(parse_lesson(cells, name), EXERCISES)
    return {section.heading: round(section.minutes, 1) for section in sections}


def lesson(*cells: str) -> str:
    return FIRST.split("\n\n")[0] + "\n\n" + "\n\n".join(cells) + "\n"


def prose(text: str, options: str = "") -> str:
    return f"# %% [markdown]{options}\n" + "\n".join(f"# {line}" for line in text.split("\n"))


def solves(name: str) -> str:
    return f'# %% exercise="{name}"\n{name} = 1'


def test_180_words_are_read_in_a_minute():
    assert minutes(lesson(prose("## Read (1 minute)\n" + "word " * 358))) == {"Read": 2.0}


@pytest.mark.parametrize(
    ("name", "takes"),
    [("by_hand_six", 2), ("trap_sign", 3), ("step", 3), ("twice", 7), ("design", 7)],
)
def test_each_kind_of_task_takes_its_minutes(name, takes):
    assert minutes(lesson(solves(name))) == {"the opening": takes}


def test_a_figure_takes_time_wherever_it_was_imported_and_a_plot_takes_none():
    cells = (
        "# %%\nfrom convolab.figures import LayerStack, SharedWeights as Wires, plots",
        "# %%\nif True:\n    LayerStack()",
        "# %%\nWires(2)\nplots.cells(1)",
    )
    assert minutes(lesson(*cells)) == {"the opening": 6}


def test_a_figure_that_is_known_takes_less_time_however_it_is_made():
    cells = (
        "# %%\nfrom convolab.figures import SharedWeights, SlidingKernel1D",
        "# %%\nSlidingKernel1D()",
        "# %%\nSlidingKernel1D.noisy(width=3)\nSharedWeights()",
        "# %%\nSlidingKernel1D([1, 2], [3])\nSharedWeights(2)",
    )
    assert minutes(lesson(*cells)) == {"the opening": 3 + 1 + 3 + 1 + 1}


@pytest.mark.parametrize("heading", ["Go further", "Where this comes from"])
def test_what_may_be_skipped_takes_no_time(heading):
    skipped = (prose(f"## {heading}\n" + "word " * 900), solves("twice"))
    after = prose("## Summary (1 minute)\n" + "word " * 178)
    assert minutes(lesson(*skipped, after)) == {"Summary": 1.0}


def test_folded_answers_and_teachers_cells_take_no_time():
    folded = "Why?\n\n<details><summary>One answer</summary>\n\n" + "word " * 900 + "\n</details>"
    teachers = prose("## For the teacher\n" + "word " * 900, " teacher=true")
    takes = minutes(lesson(prose("## Explain (2 minutes)\n" + folded), teachers))
    assert takes == {"Explain": 2.0}


def longer(course: Path, cells: int) -> Path:
    """Add cells of 110 words to the small lesson; its path."""
    path = course / "lessons" / f"{LESSON}.py"
    more = f"\n# %% [markdown]\n# {'word ' * 109}word\n" * cells
    edit(path, "\n# %% heavy=true", more + "\n# %% heavy=true")
    return path


def test_a_lesson_that_says_too_little_is_refused_with_its_estimate_by_section(course):
    path = longer(course, 12)
    text = read_lesson(course, LESSON)
    [mistake] = check_lesson(text, exercises_of(course, LESSON))
    assert str(mistake) == (
        f"lessons/{LESSON}.py:{line_of(path, 'minutes: 9')}: the lesson says 9 minutes, but what "
        "there is to read and to do takes about 17 (Two and two 0, Write it 16); say 17, or change "
        "what is in the lesson."
    )


def test_a_lesson_is_one_sitting(course):
    path = longer(course, 140)
    edit(path, "# minutes: 9", "# minutes: 95")
    edit(path, "(7 minutes)", "(93 minutes)")
    [mistake] = check_lesson(read_lesson(course, LESSON), exercises_of(course, LESSON))
    assert "one sitting is at most 90: shorten it, or move parts to Go further." in mistake.says


def test_a_lesson_that_is_held_to_its_minutes_stays_so():
    """The list of those that are not held yet is no longer than it must be."""
    table, held = [], set()
    for name in written_lessons(ROOT):
        text, exercises = read_lesson(ROOT, name), exercises_of(ROOT, name)
        table.append(f"{name}: {says_minutes(text, estimate(text, exercises))}")
        if not list(unheld_minutes(text, exercises)):
            held.add(name)
    print("\n".join(table))
    assert set(written_lessons(ROOT)) >= NOT_YET, "a lesson in NOT_YET is gone: take it out"
    assert not held & NOT_YET, "these are held to their minutes now: take them out of NOT_YET"
