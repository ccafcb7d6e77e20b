"""Matches each downloaded file to its student: by platform names, the roster, plain folders."""

import datetime
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from convolab.grading.intake import platforms
from convolab.grading.intake.archives import is_archive, is_notebook
from convolab.grading.intake.platforms import Owner
from convolab.grading.intake.roster import Roster

# Folders that name their contents and not a student: those of the course and of nbgrader, and what
# programs leave behind.
_STEPS = {"autograde", "submitted", "downloaded", "archive", "extracted", "exchange"}
_ABOUT = {"notebooks", "work", "solutions", "data", "convolution-lab", "convolab"} | _STEPS
JUNK = {
    "__macosx", "__pycache__", "node_modules", "venv", "thumbs.db", "desktop.ini",
}  # fmt: skip
_GRADESCOPE = re.compile(r"submission_\d+")  # only Gradescope's list knows this folder's owner
_ONCE_MORE = re.compile(r"(?: ?\(\d+\)|-\d{1,2}|[ _-]copy\d*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Handed:
    """A file, its student, and where in the download that person's files are.

    Attributes:
        path: relative to the download's folder.
        owners: empty if unknown, several for the work of a group.
        home: the folder of the person's files; a flat download has all of them in one.
    """

    path: PurePath
    owners: tuple[Owner, ...]
    home: PurePath

    @property
    def download(self) -> str:
        """The archive that the file came from; "" for a loose file."""
        return self.path.parts[0] if len(self.path.parts) > 1 else ""

    @property
    def is_flat(self) -> bool:
        """Whether its own name says which student's it is, among the files of others."""
        return bool(self.owners and self.owners[0].file)

    @property
    def inside(self) -> PurePath:
        """Where it is among the person's files, under the name it was handed in with."""
        if self.is_flat:
            return PurePath(self.owners[0].file)
        return self.path.relative_to(self.home)


class Downloads:
    """All files of a folder of downloads.

    Args:
        root: the folder.
        files: in it, relative to it.
        lessons: the ids of the course's lessons.
        zone: the platform's time zone; None for this computer's.
    """

    def __init__(
        self,
        root: Path,
        files: Iterable[PurePath],
        roster: Roster,
        lessons: Iterable[str],
        zone: datetime.tzinfo | None = None,
    ):
        self._root, self._roster, self._zone = root, roster, zone
        self._about = _ABOUT | {lesson.casefold() for lesson in lessons}
        self.files = sorted(path for path in files if not is_junk(path))
        self.notes: list[str] = []
        self._below: dict[PurePath, set[str]] = {}
        for path in self.files:
            for above, part in zip(path.parents, reversed(path.parts), strict=False):
                self._below.setdefault(above, set()).add(part)
        self._folders = {above for path in self.files for above in path.parents}
        self._holding = {
            above
            for path in self.files
            if is_notebook(path.name) or is_archive(path.name)
            for above in path.parents
        }
        self._inners: dict[PurePath, set[PurePath]] = {}
        self._before: dict[PurePath, str] = {}
        self._users: dict[str, tuple[str, str]] = {}
        self._submitters: dict[PurePath, tuple[Owner, ...]] = {}
        for path in self.files:
            if path.name == platforms.GRADESCOPE_FILE:
                self._read_gradescope(path)
            elif path.suffix == ".txt" and platforms.blackboard(path.name, None):
                self._read_blackboard(path)

    def handed(self) -> list[Handed]:
        """Each file with its owners."""
        return [self._handed(path) for path in self.files]

    def _handed(self, path: PurePath) -> Handed:
        if path.name == platforms.GRADESCOPE_FILE:
            return Handed(path, (), path.parent)
        for depth, part in enumerate(path.parts):
            here = PurePath(*path.parts[: depth + 1])
            above, is_folder = here.parent, depth + 1 < len(path.parts)
            owners = self._submitters.get(here) or self._named(part, above)
            if is_folder and not owners and _GRADESCOPE.fullmatch(part):
                return Handed(path, (), here)
            if owners and owners[0].file and is_folder:  # it was an archive, and is unpacked
                owners = tuple(replace(owner, file="", called="") for owner in owners)
            if owners:
                return Handed(path, owners, here if is_folder else above)
            if is_folder and len(self._roster.named(part)) == 1:
                return Handed(path, (Owner("folder", part),), here)
        return self._by_folder(path)

    def _named(self, name: str, above: PurePath) -> tuple[Owner, ...]:
        """The owner according to a platform's file name."""
        owner = platforms.moodle(name) or platforms.brightspace(name, self._zone)
        if owner is None and "_attempt_" in name:
            if above not in self._before:
                beside = list(self._below.get(above, ()))
                self._before[above] = platforms.blackboard_prefix(beside)
            owner = platforms.blackboard(name, self._zone, self._before[above])
            if owner and owner.identity in self._users:
                user, full = self._users[owner.identity]
                owner = replace(owner, name=user, keys=(full,), identity=user)
        if owner is None and (owner := platforms.canvas(name)) and not self._is_canvas(above, name):
            owner = None
        return (owner,) if owner else ()

    def _is_canvas(self, above: PurePath, name: str) -> bool:
        """Whether a name really is Canvas's: each attachment number belongs to one file."""
        head = name[: -len(platforms.canvas_file(name))]
        alike = [n for n in self._below.get(above, ()) if n.startswith(head)]
        return len({platforms.canvas(other).file for other in alike}) == 1

    def _by_folder(self, path: PurePath) -> Handed:
        """The owner by the folder that all of a person's files are in."""
        folders = [
            PurePath(*path.parts[:depth])
            for depth in range(1, len(path.parts))
            if not self._is_about(path.parts[depth - 1])
        ]
        if not folders:
            return self._by_file(path)
        home = self._home(folders)
        if len(home.parts) > 1:
            return Handed(path, (Owner("folder", home.name),), home)
        if len(self._inner(home)) > 1:  # a loose file next to people's folders
            return self._by_file(path)
        return self._alone(path, home)

    def _home(self, folders: list[PurePath]) -> PurePath:
        """Which of the folders that a file is in has all of one person's files, and no other's."""
        for folder, below in itertools.pairwise(folders):
            inner = self._inner(folder)
            if len(inner) > 1:
                return below
            if not self._only_wraps(folder, inner):
                return folder
        return folders[-1]

    def _alone(self, path: PurePath, home: PurePath) -> Handed:
        """What is at the top: one person's archive or folder, or a class without names."""
        by_file = self._by_file(path)
        if by_file.owners:
            return by_file
        tops = {_once(part) for part in self._tops()}
        if self._roster or len(tops) < 2:
            return Handed(path, (), home)
        return Handed(path, (Owner("archive", home.name),), home)

    def _tops(self) -> set[str]:
        """The archives and folders on top."""
        return {part for part in self._below.get(PurePath(), ()) if PurePath(part) in self._folders}

    def _only_wraps(self, folder: PurePath, inner: set[PurePath]) -> bool:
        """Whether there is but one folder in a folder, and people's folders are further down."""
        while len(inner) == 1 and len(folder.parts) > 1:
            (folder,) = inner
            inner = self._inner(folder)
            if len(inner) > 1:
                return True
        if len(folder.parts) > 1 or not inner:
            return False
        # an archive for each person, each with one folder in it: the archives are the people
        others = [top for top in self._tops() if _once(top) != _once(folder.name)]
        return all(len(self._inner(PurePath(top))) > 1 for top in others)

    def _inner(self, folder: PurePath) -> set[PurePath]:
        """The folders in a folder that may be people's: there is a notebook in each."""
        if folder not in self._inners:
            self._inners[folder] = inner = set()
            for part in self._below.get(folder, ()):
                here = folder / part
                if here in self._holding and not self._is_about(part):
                    inner.add(here)
                elif here in self._holding and part.casefold() in _STEPS:
                    inner |= self._inner(here)
        return self._inners[folder]

    def _by_file(self, path: PurePath) -> Handed:
        """The owner of a loose file whose whole name is a student's, as the roster knows it."""
        stem = path.name.partition(".")[0]
        found = self._roster.named(stem) if self._roster else set()
        owners = (Owner("folder", stem, file=path.name),) if len(found) == 1 else ()
        return Handed(path, owners, path.parent)

    def _is_about(self, name: str) -> bool:
        name = _ONCE_MORE.sub("", name).casefold()
        return name in self._about or name.startswith(".")

    def _read_gradescope(self, path: PurePath) -> None:
        try:
            text = (self._root / path).read_text(encoding="utf-8")
            found = platforms.gradescope(text)
        except (OSError, ValueError):
            self.notes.append(
                f"{path} cannot be read, so the folders next to it have no known student: export "
                "the submissions from Gradescope again."
            )
            return
        for folder, owners in found.items():
            if owners:
                self._submitters[path.parent / folder] = tuple(owners)

    def _read_blackboard(self, path: PurePath) -> None:
        owner = platforms.blackboard(path.name, None)
        try:
            with (self._root / path).open(encoding="utf-8", errors="replace") as file:
                user = platforms.blackboard_user(file.read(4000))
        except OSError:
            return
        if owner and user:
            self._users[owner.identity] = user


def is_junk(path: PurePath) -> bool:
    """Whether a file was left behind by a program and is not anybody's work."""
    return any(part.casefold() in JUNK or part.startswith("._") for part in path.parts) or any(
        part.startswith(".") and part != ".ipynb_checkpoints" for part in path.parts
    )


def _once(name: str) -> str:
    """A name without what browsers append when it is downloaded again."""
    return _ONCE_MORE.sub("", name)
