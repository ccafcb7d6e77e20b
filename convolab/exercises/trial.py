"""Tries the slips of many exercises at once, on all processors."""

import difflib
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convolab import course as courses
from convolab.exercises.load import load_exercises
from convolab.exercises.slips import Tried, try_slips
from convolab.exercises.spec import Exercise
from convolab.problem import Problem

FOLDER = Path("autograde", "exercises")


@dataclass(frozen=True)
class Task:
    """An exercise by its name, and the folder of its lesson; sent to another process."""

    folder: Path
    name: str


def tasks(course: Path, chosen: str | None) -> list[Task]:
    """The exercises with a program, in the order of the course.

    Args:
        chosen: an exercise or a lesson; None for the whole course.

    Raises:
        Problem: there is no such exercise or lesson, or it has no program.
    """
    lessons = {folder.name: _exercises(folder) for folder in _folders(course)}
    if chosen is None:
        return _with_programs(course, lessons)
    for lesson, exercises in lessons.items():
        if chosen in exercises:
            one = _with_programs(course, {lesson: {chosen: exercises[chosen]}})
            if not one:
                raise Problem(_no_program(exercises[chosen]))
            return one
    if chosen[:1].isdigit():
        lesson = courses.find_lesson(course, chosen)
        return _with_programs(course, {lesson: lessons.get(lesson, {})})
    names = [name for exercises in lessons.values() for name in exercises]
    near = difflib.get_close_matches(chosen, names, n=1)
    meant = f"Did you mean {near[0]}?" if near else "Name one, a lesson such as 03, or --all."
    raise Problem(f"There is no exercise called {chosen}. {meant}")


def _no_program(exercise: Exercise) -> str:
    how = "an open task" if exercise.kind == "open" else "answered by hand"
    return f"{exercise.name} is {how}: there is no program to slip in."


def _folders(course: Path) -> list[Path]:
    found = sorted((course / FOLDER).glob("[0-9]*/"))
    if not found:
        raise Problem(f"There are no exercises in {course / FOLDER}.")
    return found


@cache
def _exercises(folder: Path) -> dict[str, Exercise]:
    return load_exercises(folder)


def _with_programs(course: Path, lessons: dict[str, dict[str, Exercise]]) -> list[Task]:
    return [
        Task(course / FOLDER / lesson, name)
        for lesson, exercises in lessons.items()
        for name, exercise in exercises.items()
        if exercise.kind == "function"
    ]


def try_one(task: Task, stride: int = 1) -> Tried:
    """Judge the slips of one exercise, in this process."""
    return try_slips(_exercises(task.folder)[task.name], stride)


def try_all(
    given: list[Task], jobs: int | None = None, done: Callable[[], None] = lambda: None
) -> list[Tried]:
    """Judge the slips of many exercises; the results come in the given order.

    Args:
        jobs: in how many processes, else one a processor; 1 for this one.
        done: called after each exercise.

    Raises:
        Problem: an exercise is not sound, or a slip ended a whole process.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(given))
    if jobs > 1:
        return _in_processes(given, jobs, done)
    found = []
    for task in given:
        found.append(try_one(task))
        done()
    return found


def _in_processes(given: list[Task], jobs: int, done: Callable[[], None]) -> list[Tried]:
    # A fresh interpreter each: this one may have threads, which do not survive a fork.
    context = multiprocessing.get_context("spawn")
    found = {}
    # Ctrl + C ends these at once, and this process then says so.
    ended = {"initializer": signal.signal, "initargs": (signal.SIGINT, signal.SIG_DFL)}
    with ProcessPoolExecutor(jobs, mp_context=context, **ended) as pool:
        # The last lessons take longest, so they start first.
        waiting = {pool.submit(try_one, task): task for task in reversed(given)}
        try:
            for future in as_completed(waiting):
                found[waiting[future]] = future.result()
                done()
        except BrokenProcessPool as error:
            names = ", ".join(task.name for task in given if task not in found)
            raise Problem(
                f"A slip ended the process that judged it. Not judged yet: {names}. Try these one "
                "at a time to find it."
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)
    return [found[task] for task in given]
