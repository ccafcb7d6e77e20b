"""Feedback pages in an archive, each under the name by which its platform knows the student.

Moodle, "Upload multiple feedback files in a zip" (mod/assign/feedback/file/importziplib.php in
moodle/moodle): a part of the path is cut at its underscores into the full name, the participant's
number, "assignsubmission" and "file"; so there is none in the name. Canvas, "Re-Upload
Submissions" (infer_comment_context_from_filename in app/models/assignment.rb of
instructure/canvas-lms): of the name's parts between underscores the first two that are all digits
are the user and the file that was handed in, and both must be right; a last part that begins with
"link" is passed over.
"""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from convolab.grading.intake.archives import is_archive, is_notebook, stem
from convolab.grading.intake.platforms import canvas
from convolab.grading.out.returns.class_points import ClassPoints

NOTEBOOK_ENDING = re.compile(r"\.ipynb(?:\.txt|\.json)?$", re.IGNORECASE)


def name_for(
    platform: str, points: ClassPoints, student: str, called: Mapping[str, tuple[str, str]]
) -> str | None:
    """Where the page of a student is in the archive; None if the platform could not place it.

    Args:
        called: names and numbers on the platform, from a file of its.
    """
    there = points.from_platform(student, platform)
    if platform == "Moodle":
        name, number = (there.name, there.number) if there else called.get(student, ("", ""))
        return f"{_moodle_folder(name, number)}/{points.lesson}.html" if number else None
    if platform == "Canvas":
        return _canvas_name(there.handed) if there else None
    return by_id(student)


def by_id(student: str) -> str:
    """The page's name where a platform has none of its own."""
    return re.sub(r"[^\w.@-]+", "-", student).lstrip(".") + ".html"


def _moodle_folder(name: str, number: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    plain = " ".join(re.sub(r'[_/\\:*?"<>|]', " ", plain).split()) or "Participant"
    return f"{unicodedata.normalize('NFC', plain)}_{number}_assignsubmission_file_"


def _canvas_name(handed: str) -> str | None:
    """The name of the file that was handed in, with another ending."""
    owner = canvas(handed)
    if owner is None:
        return None
    name = NOTEBOOK_ENDING.sub("", handed) if is_notebook(handed) else handed
    name = stem(name) if is_archive(name) else name
    first, _, rest = name.partition("_")
    if first.isdigit() and owner.number:  # somebody whose name is a number
        name = f"student_{rest}"
    if name.rpartition("_")[2].startswith("link"):
        name += "_feedback"
    return f"{name}.html"


def write_zip(file: BinaryIO, pages: Mapping[str, Path | bytes]) -> None:
    """Write pages by name into an archive, one after another.

    Raises:
        OSError: a page cannot be read, or the archive not be written.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in pages.items():
            archive.writestr(name, page if isinstance(page, bytes) else page.read_bytes())
