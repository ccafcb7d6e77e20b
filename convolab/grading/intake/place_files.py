"""Puts collected work into submitted/, and leaves alone what somebody put there by hand.

What was collected is remembered by its hash. What is different from that was changed by hand, and
what is not remembered was put there by hand: both stay.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from convolab.files import write_whole
from convolab.grading.intake.decision import Decision
from convolab.grading.intake.origins import Origin, read_origins
from convolab.grading.intake.timestamps import LATE_MARK, TIMESTAMP, as_text

NEW, CHANGED, SAME, KEPT, WAITS = "new", "changed", "same", "kept", "waits"
_LATE = (
    "{platform} marks this submission as late, but does not say when it was handed in.\n"
    "Write the time into timestamp.txt next to this file, as 2026-11-20 15:00:00 UTC.\n"
)


@dataclass
class Memory:
    """What was collected: by student, the hash of each file and where the work came from.

    Attributes:
        path: where it is kept.
    """

    path: Path
    students: dict[str, dict[str, str]] = field(default_factory=dict)
    origins: dict[str, list[Origin]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Memory":
        """What is kept at a path; empty if that cannot be read."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            students = {student: dict(files) for student, files in data["students"].items()}
            return cls(path, students, read_origins(data.get("origins")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path)

    def save(self) -> None:
        """Keep it."""
        origins = {who: [one.public() for one in ones] for who, ones in self.origins.items()}
        data = {"students": self.students, "origins": origins}
        text = json.dumps(data, indent=1, ensure_ascii=False)
        write_whole(self.path, text + "\n")


@dataclass(frozen=True)
class Laid:
    """What happened to one person's work.

    Attributes:
        status: "new", "changed", "same" (it was there), "kept" (somebody changed it by hand), or
            "waits" (there is an older one, and nobody said that it may be replaced).
        says: what a teacher should know, one sentence each.
    """

    status: str
    says: tuple[str, ...] = ()


def lay(decision: Decision, lesson: str, home: Path, memory: Memory, replace: bool) -> Laid:
    """Put one person's work into submitted/<student>/<lesson>, as a whole or not at all.

    Args:
        home: the folder submitted/.
        memory: what was collected before; it is brought up to date.
        replace: whether a newer file may replace a collected one.

    Raises:
        OSError: the disk reports an error; then nothing has changed.
    """
    folder, notebook = home / decision.student / lesson, f"{lesson}.ipynb"
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        return Laid(
            KEPT, (f"{home.name}/{decision.student}/{lesson} is not a folder, so it stays.",)
        )
    new = _wanted(decision, notebook)
    here = {str(path): _hash((folder / path).read_bytes()) for path in _files(folder)}
    before = memory.students.get(decision.student, {})
    by_hand = {name for name, sum_ in here.items() if before.get(name) != sum_}
    by_hand -= {name for name in by_hand if name in new and new[name].sum == here[name]}
    shown = f"{home.name}/{decision.student}/{lesson}"
    if notebook in by_hand:
        return Laid(KEPT, (_kept(shown, notebook, notebook in before, before, new),))
    removed = {  # by hand, which is only told from a folder that was removed as a whole
        name
        for name in before
        if name not in here and notebook in here and name in new and new[name].sum == before[name]
    }
    if LATE_MARK in new and TIMESTAMP in by_hand:
        removed.add(LATE_MARK)
    says = [f"{shown}/{name} was written by hand, so it stays." for name in sorted(by_hand)]
    fresh = {name: one for name, one in new.items() if name not in by_hand | removed}
    result = {name: one.sum for name, one in fresh.items()}
    remembered = result | {name: before[name] for name in removed if name in before}
    if {name: here[name] for name in here if name not in by_hand} == result:
        memory.students[decision.student] = remembered
        return Laid(SAME, tuple(says))
    if here and not replace:
        return Laid(WAITS, (*says, f"{shown} holds an older one: add --force to replace it."))
    _swap(folder, fresh, {name: folder / name for name in by_hand})
    memory.students[decision.student] = remembered
    return Laid(CHANGED if here else NEW, tuple(says))


def _kept(shown: str, notebook: str, remembered: bool, before: dict, new: dict) -> str:
    how = "was changed by hand" if remembered else "was put there by hand"
    if remembered and before.get(notebook) == new[notebook].sum:
        return f"{shown}/{notebook} {how}, so it stays."
    return (
        f"{shown}/{notebook} {how}, so it stays, although the download has a different one: to use "
        "that one, delete the file and collect again."
    )


@dataclass(frozen=True)
class _File:
    """A file to place: its content's hash, and where or what the content is."""

    sum: str
    source: Path | None = None
    text: str = ""


def _wanted(decision: Decision, notebook: str) -> dict[str, _File]:
    sources = {
        str(place): path
        for place, path in decision.helpers.items()
        if place.parts[0].casefold() != notebook.casefold()
    }
    sources[notebook] = decision.notebook
    files = {name: _File(_hash(path.read_bytes()), path) for name, path in sources.items()}
    texts = {}
    if decision.time is not None:
        texts[TIMESTAMP] = as_text(decision.time) + "\n"
    elif decision.late:
        texts[LATE_MARK] = _LATE.format(platform=decision.owner.platform)
    return files | {name: _File(_hash(text.encode()), None, text) for name, text in texts.items()}


def _files(folder: Path) -> list[PurePath]:
    """The files of a folder; anything that is neither file nor folder is ignored."""
    if not folder.is_dir() or folder.is_symlink():
        return []
    return [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _swap(folder: Path, fresh: dict[str, _File], kept: dict[str, Path]) -> None:
    """Make the new folder next to the old one, then replace that."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    old = made.with_name(f"{made.name}.old")
    try:
        for name in (*fresh, *kept):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
        for name, file in fresh.items():
            if file.source is None:
                (made / name).write_text(file.text, encoding="utf-8")
            else:
                shutil.copyfile(file.source, made / name)
        for name, path in kept.items():
            shutil.copyfile(path, made / name)
        made.chmod(0o755)
        if os.path.lexists(folder):
            os.rename(folder, old)
        try:
            os.rename(made, folder)
        except OSError:
            if os.path.lexists(old):
                os.rename(old, folder)
            raise
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.parent.rmdir()  # if it was made for this
        raise
    shutil.rmtree(old, ignore_errors=True)
