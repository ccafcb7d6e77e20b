"""Every mistake in a lesson is said in one sentence, by file and line."""

import shutil
from pathlib import Path

import pytest

from convolab.authoring.build import exercises_of
from convolab.authoring.check_lesson import check_lesson
from convolab.authoring.lesson import parse_lesson, read_lesson
from convolab.problem import Problem
from tests.authoring.small_course import FIRST, TWICE, edit, line_of

LESSON = "00_twice"


@pytest.fixture
def path(course: Path) -> Path:
    return course / "lessons" / f"{LESSON}.py"


def mistakes(path: Path, **elsewhere: str) -> list[str]:
    course = path.parent.parent
    found = check_lesson(read_lesson(course, LESSON), exercises_of(course, LESSON), elsewhere)
    return [str(mistake) for mistake in found]


def assert_one(path: Path, line: int, says: str) -> None:
    """Exactly one mistake, at this line, with these words in it."""
    found = mistakes(path)
    assert len(found) == 1, found
    assert found[0].startswith(f"lessons/{LESSON}.py:{line}: "), found
    assert says in found[0]
    assert found[0].endswith((".", "?")), "a sentence ends"


def test_a_good_lesson_has_no_mistake(path):
    assert mistakes(path) == []


# --- Exercises and their names


def test_a_marker_for_an_unknown_exercise_names_the_nearest_one(path):
    edit(path, '# %% answer="by_hand_six"', '# %% answer="by_hand_sax"')
    edit(path, '# %% check="by_hand_six"\ncheck("by_hand_six")\n\n', "")
    found = mistakes(path)
    line = line_of(path, "by_hand_sax")
    assert f"lessons/{LESSON}.py:{line}: there is no exercise 'by_hand_sax'" in "\n".join(found)
    assert "did you mean 'by_hand_six'?" in "\n".join(found)


def test_an_exercise_without_a_cell_is_named_with_its_file_and_line(path):
    block = FIRST[FIRST.index('# %% answer="by_hand_six"') : FIRST.index('# %% exercise="twice"')]
    edit(path, block, "")
    [found] = mistakes(path)
    assert found.startswith(f"autograde/exercises/{LESSON}/by_hand.toml:3: ")
    assert f"lessons/{LESSON}.py has no cell for by_hand_six" in found


def test_without_any_file_of_exercises_each_marker_is_a_mistake(path, course):
    shutil.rmtree(course / "autograde" / "exercises" / LESSON)
    found = "\n".join(mistakes(path))
    assert f"there is no exercise 'twice' in autograde/exercises/{LESSON}/." in found


def test_a_name_that_is_solved_twice(path):
    line = line_of(path, "by_hand_six = 6") - 2
    again = '# %% answer="by_hand_six"\n### BEGIN SOLUTION\nby_hand_six = 6\n### END SOLUTION\n\n'
    edit(path, "# %% heavy=true", again + "# %% heavy=true")
    path_line = [n for n, x in enumerate(path.read_text().split("\n"), 1) if "answer=" in x][1]
    assert_one(path, path_line, f"by_hand_six is already solved in line {line}")


def test_a_name_that_another_lesson_has(path):
    [found] = mistakes(path, twice="00_before")
    assert (
        f":{line_of(path, 'exercise=')}: twice is already a name in lessons/00_before.py" in found
    )


def test_a_graded_exercise_that_is_marked_as_an_answer(path):
    edit(path, '# %% exercise="twice"', '# %% answer="twice"')
    line = line_of(path, '# %% answer="twice"')
    found = mistakes(path)
    assert any(f":{line}: twice earns 2 points" in says for says in found)


def test_an_ungraded_answer_that_is_marked_as_an_exercise(path):
    edit(path, '# %% answer="by_hand_six"', '# %% exercise="by_hand_six"')
    assert_one(path, line_of(path, "by_hand_six"), "by_hand_six earns no points")


def test_a_graded_exercise_that_no_objective_names(path):
    folder = path.parents[1] / "autograde" / "exercises" / "00_twice"
    more = (folder / "twice.py").read_text().replace("def twice", "def thrice")
    (folder / "thrice.py").write_text(more)
    cell = '\n# %% exercise="thrice"\ndef thrice(values):\n    return 3\n'
    path.write_text(path.read_text() + cell + '\n# %% check="thrice"\ncheck("thrice")\n')
    line = line_of(path, '# %% exercise="thrice"')
    says = "thrice is graded, and no objective names it: add it to a `shown_by` above."
    assert any(f":{line}: {says}" in found for found in mistakes(path))


def test_an_objective_that_no_graded_exercise_shows(path):
    edit(path, "shown_by: [twice]", "shown_by: [by_hand_six]")
    assert_one(path, line_of(path, "shown_by"), "'by_hand_six' is not a graded exercise")


# --- Checks


@pytest.mark.parametrize(
    "cell",
    [
        'check("twice");',
        'print(check("twice"))',
        'check("twice")\nprint("done")',
        'check("twice")  # see above',
        'report = check("twice")',
        'check("by_hand_six")',
        'check("twice", 3)',
    ],
)
def test_a_check_cell_that_is_more_or_less_than_the_call(path, cell):
    edit(path, '\ncheck("twice")', f"\n{cell}")
    assert_one(path, line_of(path, 'check="twice"') + 1, 'exactly `check("twice")`')


def test_a_check_above_its_exercise(path):
    edit(path, '# %% check="twice"\ncheck("twice")\n\n', "")
    edit(
        path, '# %% exercise="twice"', '# %% check="twice"\ncheck("twice")\n\n# %% exercise="twice"'
    )
    assert_one(path, line_of(path, 'check="twice"'), "twice is checked before it is solved")


@pytest.mark.parametrize("name", ["twice", "by_hand_six"])
def test_an_exercise_or_answer_that_is_never_checked(path, name):
    edit(path, f'# %% check="{name}"\ncheck("{name}")\n\n', "")
    line = line_of(path, f'exercise="{name}"' if name == "twice" else f'answer="{name}"')
    assert_one(path, line, f"{name} is never checked")


def test_a_check_of_something_that_is_not_there(path):
    edit(path, "# %% heavy=true", '# %% check="thrice"\ncheck("thrice")\n\n# %% heavy=true')
    assert_one(path, line_of(path, "thrice"), "no exercise or answer 'thrice' to check; did you")


def test_a_second_check(path):
    edit(path, "# %% heavy=true", '# %% check="twice"\ncheck("twice")\n\n# %% heavy=true')
    found = mistakes(path)
    assert len(found) == 1
    assert "twice is already checked in line" in found[0]


def test_a_check_before_check_is_imported(path):
    edit(path, "from convolab.check import check\n", "")
    assert_one(path, line_of(path, 'check="by_hand_six"'), "from convolab.check import check")


def test_another_thing_called_check(path):
    edit(path, "    print(np.arange(i))", "    check = np.arange(i)")
    assert_one(path, line_of(path, "check = "), "check is the checker's name")


# --- Solutions


BEGIN, END = "    ### BEGIN SOLUTION\n", "    ### END SOLUTION\n"
RETURN = "    return secret + secret\n"


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (RETURN + END, RETURN, "    ### BEGIN", "without an END SOLUTION"),
        (BEGIN + "    secret", "    secret", "    ### END", "without a BEGIN SOLUTION"),
        (RETURN, RETURN + "    ###  BEGIN SOLUTION\n", "###  ", "BEGIN SOLUTION inside the region"),
        (BEGIN + "    secret", "    ### BEGIN SOLUTION, here\n    secret", ", here", "of its own"),
        (RETURN + END, RETURN + "    x = 1  # END SOLUTION\n" + END, "x = 1", "of its own"),
        (
            BEGIN + "    secret",
            "    ### BEGIN SOLUTION stub: (\n    secret",
            "stub",
            "what a student gets here is not valid Python",
        ),
        (
            BEGIN + "    secret = np.asarray(values)\n" + RETURN,
            "    return 2\n" + BEGIN,
            "    ### BEGIN",
            "there is no solution between",
        ),
        (
            "    print(np.arange(i))",
            "    ### END SOLUTION here\n    print(np.arange(i))",
            "here",
            "belongs only in the cell of an exercise or answer",
        ),
        (
            "    print(np.arange(i))",
            "    ### BEGIN HIDDEN TESTS\n    print(np.arange(i))",
            "HIDDEN",
            "hidden tests belong in autograde/exercises/",
        ),
    ],
)
def test_a_solution_region_that_is_written_wrongly(path, old, new, at, says):
    edit(path, old, new)
    assert_one(path, line_of(path, at), says)


def test_an_exercise_without_a_solution_region(path):
    edit(path, "    ### BEGIN SOLUTION\n    secret", "    secret")
    edit(path, "    return secret + secret\n    ### END SOLUTION", "    return secret + secret")
    assert_one(path, line_of(path, "exercise="), "twice has no solution; put one between")


def test_an_exercise_cell_that_does_not_define_its_name(path):
    edit(path, "def twice(values)", "def thrice(values)")
    assert_one(path, line_of(path, "exercise="), "this cell does not define twice")


@pytest.mark.parametrize(
    "line",
    ["twice = print", "from numpy import add as twice", "def twice(): return", "class twice: pass"],
)
def test_a_demonstration_that_defines_the_name_of_an_exercise(path, line):
    edit(path, "for i in range(3):", f"{line}\nfor i in range(3):")
    assert_one(path, line_of(path, line), "twice is an exercise's name")


def test_a_demonstration_may_use_the_name_inside_its_own_function(path):
    edit(
        path,
        "for i in range(3):",
        "def show():\n    twice = 2\n    return twice\n\n\nfor i in [1]:",
    )
    assert mistakes(path) == []


# --- Cells


def test_code_that_is_not_python(path):
    edit(path, "    print(np.arange(i))", "    print(np.arange(i)")
    assert_one(path, line_of(path, "np.arange(i)"), "not valid Python: '(' was never closed")


def test_a_return_outside_a_function(path):
    edit(path, "    print(np.arange(i))", "    return np.arange(i)")
    assert_one(path, line_of(path, "np.arange(i)"), "not valid Python: 'return' outside function")


def test_jupyters_magics_are_python_to_the_author(path):
    edit(path, "for i in range(3):", "# %time np.arange(3)\nfor i in range(3):")
    assert mistakes(path) == []


def test_a_comment_that_jupyter_would_run(path):
    edit(path, "for i in range(3):", "# echo of what was said\nfor i in range(3):")
    assert_one(path, line_of(path, "# echo"), "Jupyter would run this comment")


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ("# %% havy=true", "no option 'havy'; did you mean 'heavy'?"),
        ("# %% key_points=true", "a code cell has no option 'key_points'"),
        ("# %% heavy=yes", "an option is written like"),
        ('# %% heavy="yes"', "heavy is written heavy=true or left out"),
        ("# %% heavy=false", "heavy is written heavy=true or left out"),
        ("# %% heavy", "a cell has no title, as in 'heavy'"),
        ("# %% [raw]", "not [raw]"),
    ],
)
def test_a_marker_that_says_something_unknown(path, marker, says):
    edit(path, "# %% heavy=true", marker)
    line = line_of(path, marker)
    assert any(f":{line}: " in found and says in found for found in mistakes(path))


def test_a_cell_with_two_roles(path):
    edit(path, '# %% exercise="twice"', '# %% exercise="twice" heavy=true')
    assert_one(path, line_of(path, "exercise="), "exercise and heavy do not go together")


def test_a_name_without_quotes(path):
    edit(path, '# %% check="twice"', "# %% check=twice")
    assert any("an option is written like exercise=" in says for says in mistakes(path))


@pytest.mark.parametrize("name", ["größe", "two words", "a" * 60, "2x"])
def test_a_name_that_cannot_be_a_cells_id(path, name):
    edit(path, '# %% check="twice"', f'# %% check="{name}"')
    assert any("check must be a name in quotes" in says for says in mistakes(path))


def test_a_file_that_is_not_called_as_a_lesson():
    mistake, *_ = check_lesson(parse_lesson(FIRST, "01_a+b"), {})
    assert str(mistake).startswith("lessons/01_a+b.py: name a lesson like")


def test_an_empty_cell(path):
    edit(path, "# %% heavy=true", "# %%\n\n# %% heavy=true")
    assert_one(path, line_of(path, "# %% heavy=true") - 2, "this cell is empty")


def test_text_above_the_first_cell(path):
    edit(
        path,
        "# %% [markdown]\n# ## Two and two",
        "import this\n\n# %% [markdown]\n# ## Two and two",
    )
    assert_one(path, line_of(path, "import this"), "a cell starts with a line `# %%`")


def test_code_in_a_cell_of_prose(path):
    edit(path, "# ## Two and two (2 minutes)\n", "# ## Two and two (2 minutes)\nx = 1\n")
    assert_one(path, line_of(path, "x = 1"), "a line of prose starts with `# `")


@pytest.mark.parametrize("number", ["1.", "0.", "2010.", "3)"])
def test_a_sentence_whose_number_would_begin_a_list(path, number):
    line = "# By hand first: what is twice three?\n"
    edit(path, line, f"{line}# The answer is below\n# {number} And so on.\n")
    assert_one(path, line_of(path, "And so on"), f"begins with `{number}` becomes a list")


def test_a_list_is_meant_after_an_empty_line(path):
    line = "# By hand first: what is twice three?\n"
    edit(path, line, f"{line}#\n# 1. Take two\n#    of them.\n# 2. Add.\n#\n# 7. Or seven.\n")
    assert mistakes(path) == []


def test_a_code_block_that_is_never_closed_and_swallows_cells(path):
    edit(path, "# By hand first: what is twice three?\n", "# ```\n# By hand first\n")
    edit(path, "# Ask the class first", "# ```\n# Ask the class first")
    line = line_of(path, '# %% answer="by_hand_six"')
    assert any(f":{line}: this marker is read as part" in says for says in mistakes(path))


# --- Prose


def test_a_cell_of_prose_that_is_too_long(path):
    edit(path, "# By hand first: what is twice three?\n", "# " + "word " * 117 + "\n")
    assert_one(path, line_of(path, "Write it") - 1, "this cell of prose has 121 words")


def test_formulas_tables_and_code_are_not_read_word_by_word(path):
    long = "$" + "a + " * 30 + "b$ `" + "c, " * 30 + "`\n# | " + "1 | " * 60 + "\n#\n# $$"
    long += "x + " * 60 + "y$$\n#\n# ```\n# " + "code " * 60 + "\n# ```\n"
    edit(path, "# By hand first: what is twice three?\n", "# " + long)
    assert mistakes(path) == []


def test_a_teachers_cell_may_be_long_and_have_headings(path):
    edit(
        path,
        "# Ask the class first",
        "# ## For you\n# " + "word " * 200 + "\n# Ask the class first",
    )
    assert mistakes(path) == []


def test_minutes_that_do_not_add_up(path):
    edit(path, "(7 minutes)", "(8 minutes)")
    assert_one(path, line_of(path, "minutes: 9"), "the sections add up to 10 minutes")


def test_a_section_without_minutes(path):
    edit(path, " (7 minutes)", "")
    assert_one(path, line_of(path, "## Write it"), "`## Write it` must end with its (N minutes)")


@pytest.mark.parametrize("heading", ["Go further", "Where this comes from"])
def test_a_section_that_may_be_skipped_has_no_minutes(path, heading):
    cell = f"# %% [markdown]\n# ## {heading}\n# More.\n\n# %% heavy=true"
    edit(path, "# %% heavy=true", cell)
    assert mistakes(path) == []
    edit(path, f"## {heading}", f"## {heading} (3 minutes)")
    assert_one(path, line_of(path, f"## {heading}"), "takes no minutes")


def test_key_points_that_no_cell_shows(path):
    edit(path, "# %% [markdown] key_points=true", "# %% [markdown]")
    assert_one(path, line_of(path, "key_points:"), "no cell shows the key points")


# --- Front matter


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("# title: Twice as much\n", "", "# ---", "the front matter has no title."),
        ("# needs:", "# nedes:", "nedes", "no 'nedes'; did you mean 'needs'?"),
        ("# minutes: 9", "# minutes: a while", "minutes:", "minutes must be a whole number"),
        ("# minutes: 9", "# minutes: 9.5", "minutes:", "minutes must be a whole number"),
        ("# title: Twice", "# title: Twice: as", "title:", "not valid YAML"),
        ("#   - How does", "#   - Ask: How does", "Ask:", "put quotes around text"),
        ("#     shown_by: [twice]\n", "", "text: double", "an objective is `- text: …`"),
        ("shown_by: [twice]", "shown_by: []", "shown_by", "at least one graded exercise"),
        ("# needs: Python", "# title: again\n# needs: Python", "again", "title appears twice"),
        ("# title: Twice", "title: Twice", "title", "starts with `# `"),
    ],
)  # fmt: skip
def test_front_matter_that_is_missing_something(path, old, new, at, says):
    edit(path, old, new)
    line = line_of(path, at)
    found = mistakes(path)
    assert any(f":{line}: " in one and says in one for one in found), found


@pytest.mark.parametrize("text", ["", "import this\n", "# ---\n# title: x\n", "# ---\n# ---\n"])
def test_a_lesson_without_front_matter(text):
    lesson = parse_lesson(text, LESSON)
    assert any("front matter" in mistake.says for mistake in lesson.mistakes)
    assert check_lesson(lesson, {})


def test_jupyterlab_may_add_its_own_settings_to_the_front_matter(path):
    edit(
        path,
        "# title: Twice",
        "# jupyter:\n#   jupytext:\n#     formats: py:percent\n# title: Twice",
    )
    assert mistakes(path) == []


# --- Files


def test_a_lesson_that_is_not_utf8(path, course):
    path.write_bytes(b"# ---\n# title: na\xefve\n# ---\n")
    with pytest.raises(Problem, match=f"lessons/{LESSON}.py:2: this is not UTF-8 text"):
        read_lesson(course, LESSON)


def test_windows_line_ends_make_the_same_lesson(path, course):
    unix = read_lesson(course, LESSON)
    path.write_bytes(b"\xef\xbb\xbf" + FIRST.replace("\n", "\r\n").encode())
    assert read_lesson(course, LESSON) == unix


def test_a_line_separator_that_nobody_sees(path):
    edit(path, "for i in range(3):", "for i in range(3):  # three\u2028times")
    assert_one(path, line_of(path, "# three"), "an invisible line separator")


def test_an_exercise_that_cannot_be_run(course):
    path = course / "autograde" / "exercises" / LESSON / "twice.py"
    path.write_text(TWICE + "\n1 / 0\n")
    line = TWICE.count("\n") + 2
    where = f"^autograde/exercises/{LESSON}/twice.py:{line}: ZeroDivisionError"
    with pytest.raises(Problem, match=where):
        exercises_of(course, LESSON)


# --- The summary


def test_a_lesson_without_its_summary(path):
    edit(path, '# %% summary=true\nfrom convolab.check import summary\n\nsummary("00")\n\n', "")
    assert_one(
        path, line_of(path, "# %% heavy=true"), "add `# %% summary=true` with `from convolab"
    )


def test_the_summary_of_another_lesson(path):
    edit(path, 'summary("00")', 'summary("01")')
    assert_one(
        path, line_of(path, "import summary"), "is exactly `from convolab.check import summary`"
    )


def test_a_second_summary(path):
    again = '# %% summary=true\nfrom convolab.check import summary\n\nsummary("00")\n\n'
    edit(path, "# %% heavy=true", again + "# %% heavy=true")
    last = path.read_text().split("\n").index("# %% heavy=true") + 3
    assert_one(
        path, last + 2, f"the summary is already in line {line_of(path, '# %% summary=true')}"
    )
