"""How learning platforms name the files of a download, and what the names say."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

import yaml

# Moodle, mod/assign/locallib.php, download_submissions(): the full name (with "Group-" before it
# where there are groups, or "Participant" where names are hidden), the participant's number in
# this assignment, the kind of submission; a folder, or the beginning of a file's name.
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assign(?:submission|feedback)_[a-z]+(?:_(?P<file>.*))?"
)
# Canvas, lib/content_zipper.rb, get_filename() and add_upload_submission(): the sortable name in
# small letters without signs, LATE, the user's number (anon_ and five letters where names are
# hidden), the attachment's number, the file's name. A file's name gets -1, -2 when it is handed in
# again (Attachment.make_unique_filename).
_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?P<number>anon_[A-Za-z0-9]{5}|\d+)_(?P<attachment>\d{3,})_"
    r"(?P<file>.+)"
)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<count>\d{1,3})(?P<suffix>\.[^.]+(?:\.(?:gz|txt|json))?)")
# Blackboard, "Download Assignment Files" in the Grade Center: Lab 1_username_attempt_time_file,
# beside Lab 1_username_attempt_time.txt for what was typed.
_BLACKBOARD = re.compile(
    r"(?P<who>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
# Brightspace (D2L), "Download" in Assignments: a folder for each time a person handed something
# in, "12345-678 - Ada Lovelace - Nov 20, 2026 130 PM": the user's number, the assignment's, the
# name, the time without its colon. Older ones put " - file" behind it.
_BRIGHTSPACE = re.compile(
    r"(?P<number>\d+)-\d+ - (?P<name>.+?) ?- (?P<time>[^-]*\d{4}[^-]*?)(?: ?- (?P<file>.+))?"
)
_CLOCK = re.compile(r"(?P<day>.*\d{4}),? (?P<hour>\d{1,2}?)[:.]?(?P<minute>\d\d) ?(?P<half>[AP]M)?")
_DAYS = ("%b %d, %Y", "%B %d, %Y", "%d %b, %Y", "%d %B, %Y", "%d %b %Y", "%d %B %Y")
# Gradescope, "Export submissions": submission_metadata.yml beside one folder for each submission.
GRADESCOPE_FILE = "submission_metadata.yml"


@dataclass(frozen=True)
class Owner:
    """The owner of a file or folder, according to its name.

    Attributes:
        platform: how it is named: "Moodle", ..., "folder" for a plain one, "archive" for an
            archive that holds one person's work.
        name: the person, as written there.
        number: the platform's own number of the person; "" where there is none.
        file: the name under which the file was handed in; "" for a folder.
        called: the same with what the platform adds to a repeated name; "" for nothing.
        time: when it was handed in, in UTC and without a zone.
        late: whether the platform marks it as late.
        again: how often a file of this name was handed in before; None if unknown.
        keys: what else may identify the person: an e-mail address, a student's id.
        identity: what tells two people apart if neither number nor name does.
    """

    platform: str
    name: str
    number: str = ""
    file: str = ""
    called: str = ""
    time: datetime.datetime | None = None
    late: bool = False
    again: int | None = None
    keys: tuple[str, ...] = ()
    identity: str = ""

    @property
    def person(self) -> tuple[str, str]:
        """The same for all files of one person, different for two people with one name."""
        return self.platform, self.identity or self.number or self.name

    @property
    def shown(self) -> str:
        """The person, for the teacher to read."""
        return f"{self.name} ({self.number})" if self.number else self.name


def moodle(name: str) -> Owner | None:
    """The owner of a file or folder that Moodle named. Its archives give no time."""
    if found := _MOODLE.fullmatch(name):
        return Owner("Moodle", found["name"], found["number"], found["file"] or "")
    return None


def canvas(name: str) -> Owner | None:
    """The owner of a file that Canvas named. Its archives say that it was late, but not when."""
    found = _CANVAS.fullmatch(name)
    if found is None or (found["name"] or "") != (found["name"] or "").lower():
        return None
    file, again = found["file"], 0
    called = file
    if more := _AGAIN.fullmatch(file):
        file, again = more["stem"] + more["suffix"], int(more["count"])
    person = found["name"] or found["number"]
    number = found["number"] if found["name"] else ""
    return Owner("Canvas", person, number, file, called, late=bool(found["late"]), again=again)


def canvas_file(name: str) -> str:
    """The end of a name that Canvas made, the name under which the file was handed in."""
    return _CANVAS.fullmatch(name)["file"]


def blackboard(name: str, zone: datetime.tzinfo | None, before: str = "") -> Owner | None:
    """The owner of a file that Blackboard named.

    Args:
        zone: its time zone; None for this computer's.
        before: what comes before the user's name (assignment_), if it is known.
    """
    found = _BLACKBOARD.fullmatch(name)
    if found is None:
        return None
    time = datetime.datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
    who = found["who"]
    user = who.removeprefix(before) if before and who != before else who.rpartition("_")[2]
    moment = _utc(time, zone)
    return Owner("Blackboard", user, file=found["file"] or "", time=moment, identity=who)


def blackboard_prefix(names: list[str]) -> str:
    """What all of Blackboard's names start with: the assignment and an underscore, or "".

    Users' names have underscores too, so it takes several people to tell.
    """
    people = {found["who"] for name in names if (found := _BLACKBOARD.fullmatch(name))}
    if len(people) < 2:
        return ""
    low, high = min(people), max(people)
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[: low.rfind("_", 0, same) + 1]


def blackboard_user(text: str) -> tuple[str, str] | None:
    """The user's name and the full name in the text file that Blackboard adds to the files."""
    found = re.search(r"^Name: *(?P<name>.+?) *\((?P<user>[^()\n]+)\) *$", text, re.MULTILINE)
    return (found["user"], found["name"]) if found else None


def brightspace(name: str, zone: datetime.tzinfo | None) -> Owner | None:
    """The owner of a folder (or an older file) that Brightspace named."""
    found = _BRIGHTSPACE.fullmatch(name)
    if found is None:
        return None
    time = _spoken(found["time"].strip())
    return Owner(
        "Brightspace",
        found["name"].strip(),
        found["number"],
        found["file"] or "",
        time=time and _utc(time, zone),
    )


def _spoken(text: str) -> datetime.datetime | None:
    """The time in a name: Nov 20, 2026 130 PM; None where it is written in another way."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "PM" else 0)
    for form in _DAYS:
        try:
            day = datetime.datetime.strptime(found["day"], form)
            return day.replace(hour=hour, minute=int(found["minute"]))
        except ValueError:
            continue
    return None


def _utc(time: datetime.datetime, zone: datetime.tzinfo | None) -> datetime.datetime:
    here = time.replace(tzinfo=zone) if zone else time.astimezone()
    return here.astimezone(datetime.UTC).replace(tzinfo=None)


class _Plain(yaml.SafeLoader):
    """Reads what Ruby wrote as plain lists and dictionaries."""


def _without_tag(loader: _Plain, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Plain.add_multi_constructor("!ruby/", _without_tag)


def gradescope(text: str) -> dict[str, list[Owner]]:
    """The owner of each folder of a Gradescope export: several people if they are a group.

    Raises:
        ValueError: the file is not Gradescope's.
    """
    try:
        entries = yaml.load(text, Loader=_Plain)
        return {str(folder): _submitters(entry) for folder, entry in entries.items()}
    except (yaml.YAMLError, AttributeError, TypeError, KeyError, RecursionError) as error:
        raise ValueError("not as Gradescope writes it") from error


def _submitters(entry: dict) -> list[Owner]:
    created = entry.get(":created_at")
    if isinstance(created, dict):
        created = created.get("utc")
    time = None
    if isinstance(created, datetime.datetime):
        time = _utc(created, created.tzinfo or datetime.UTC)
    people = []
    for person in entry.get(":submitters") or []:
        sid, email = (str(person.get(key) or "") for key in (":sid", ":email"))
        name = str(person.get(":name") or sid or email)
        known = tuple(filter(None, (sid, email)))
        people.append(Owner("Gradescope", name, sid or email, time=time, keys=known))
    return people
