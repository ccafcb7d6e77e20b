"""Writes what learning platforms pack: a folder of downloads, named as each platform names it."""

import datetime
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

Content = str | bytes


def packed(files: Mapping[str, Content]) -> bytes:
    """A zip archive of files by name."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def tarred(files: Mapping[str, Content], kind: str = "gz") -> bytes:
    """A tar archive of files by name."""
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=f"w:{kind}") as archive:
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return memory.getvalue()


def locked(content: bytes) -> bytes:
    """A zip archive whose members claim to need a password."""
    changed = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def moodle(name: str, number: int, file: str, group: str = "", folders: bool = True) -> str:
    """A name as mod/assign/locallib.php makes it, with or without "download in folders"."""
    prefix = f"{group}-{name}" if group else name
    return f"{prefix}_{number}_assignsubmission_file_{'/' if folders else ''}{file}"


def canvas(name: str, user: int, attachment: int, file: str, late: bool = False) -> str:
    """A name as Canvas's lib/content_zipper.rb makes it from a sortable name."""
    called = "".join(letter for letter in name.lower() if letter.isalnum())
    return f"{called}_{'LATE_' if late else ''}{user}_{attachment}_{file}"


def blackboard(lab: str, user: str, time: str, file: str = "") -> str:
    """A name as Blackboard's "Assignment File Download" makes it; without a file its text."""
    return f"{lab}_{user}_attempt_{time}" + (f"_{file}" if file else ".txt")


def blackboard_text(user: str, name: str) -> str:
    """What Blackboard writes beside the files of an attempt."""
    return (
        f"Name: {name} ({user})\nAssignment: Lab 1\n"
        "Date Submitted: Friday, November 20, 2026 1:30:00 PM CET\nCurrent Grade: Needs Grading\n"
    )


def brightspace(name: str, user: int, time: str, file: str) -> str:
    """A name as Brightspace's (D2L's) download of an assignment makes it: a folder an attempt."""
    return f"{user}-815 - {name} - {time}/{file}"


def gradescope(people: Mapping[str, tuple[list[tuple[str, str]], datetime.datetime]]) -> str:
    """submission_metadata.yml as Gradescope, a Ruby program, writes it into an export."""
    lines = ["---"]
    for number, (folder, (submitters, time)) in enumerate(people.items(), 1):
        lines += [f"{folder}:", "  :submitters:"]
        for name, sid in submitters:
            lines += [f"  - :name: {name}", f"    :sid: '{sid}'", f"    :email: {sid}@example.org"]
        written = f"{time:%Y-%m-%d %H:%M:%S}.123456789 Z"
        lines += ["  :created_at: !ruby/object:ActiveSupport::TimeWithZone"]
        lines += [f"    utc: &{number} {written}", "    zone: !ruby/object:ActiveSupport::TimeZone"]
        lines += [
            "      name: Etc/UTC",
            f"    time: *{number}",
            "  :score:",
            "  :status: processed",
        ]
    return "\n".join(lines) + "\n"


def lay_down(folder: Path, files: Mapping[str, Content]) -> Path:
    """Write files by name into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
