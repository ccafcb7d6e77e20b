"""Each exercise's visible cases as a file of numbers, from which `check("name")` answers."""

from collections.abc import Mapping
from pathlib import Path

from convolab.authoring.products import CASES, cases_path
from convolab.exercises import Exercise
from convolab.exercises.case_json import as_lines
from convolab.exercises.compile import compile_exercise
from convolab.exercises.compile_open_task import measures_file
from convolab.exercises.unsound import Unsound
from convolab.problem import Problem


def compile_cases(
    lesson: str, exercises: Mapping[str, Exercise]
) -> tuple[dict[Path, bytes], list[str]]:
    """The files of a lesson's cases, and a sentence on each exercise that is not sound."""
    files, unsound = {}, []
    for name, exercise in exercises.items():
        try:
            cases = compile_exercise(exercise)
        except Problem as problem:
            unsound.append(f"autograde/exercises/{lesson}/{problem}")
        except Exception as error:  # whatever else an author's file may hold
            says = f"its cases cannot be made ({type(error).__name__}: {error})."
            unsound.append(f"autograde/exercises/{lesson}/{Unsound(exercise, says)}")
        else:
            files[cases_path(lesson, name)] = as_lines(cases).encode()
            if exercise.kind == "open":
                measures = measures_file(exercise)
                files[CASES / lesson / measures.name] = measures.read_bytes()
    return files, unsound
