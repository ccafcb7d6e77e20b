"""Pictures of some classes, and what there is to say of them and of the files that are not used."""

import html
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

_NAMED = 3  # files in a sentence
_TURNS_TEXT = "\u202a-\u202e\u2066-\u2069"  # would change the order of the words around a name
_NOT_SHOWN = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_TURNS_TEXT}]")


@dataclass(frozen=True)
class Pictures:
    """Pictures of some classes. It is false if there are none.

    Attributes:
        images: uint8 arrays of different sizes, (H, W, 3) red, green, blue, or (H, W) if grey.
        labels: (N,) int, places in `classes`.
        classes: the names of the classes.
        names: of each picture, "cat/tom.jpg".
        left_out: why a file was not used, by its name.
        notes: what there is to say, in sentences.
    """

    images: list[np.ndarray] = field(default_factory=list)
    labels: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    classes: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.images)

    def counts(self) -> dict[str, int]:
        """How many pictures there are of each class."""
        many = np.bincount(self.labels, minlength=len(self.classes))
        return dict(zip(self.classes, many.tolist(), strict=True))

    def __str__(self) -> str:
        table = [f"{many:5}  {name}" for name, many in self.counts().items()]
        return "\n".join([_total(self), *table, *self.notes])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(name)}</th><td>{many}</td></tr>"
            for name, many in self.counts().items()
        )
        head = "<tr><th scope='col'>class</th><th scope='col'>pictures</th></tr>"
        table = f"<table>{head}{rows}</table>" if rows else ""
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return f"<p>{_total(self)}</p>{table}" + (f"<ul>{notes}</ul>" if notes else "")


def grouped(why: Mapping[str, str]) -> list[str]:
    """A sentence for each reason with the names of the files; a reason is the sentence's end."""
    files: dict[str, list[str]] = defaultdict(list)
    for file, reason in why.items():
        files[reason].append(plain(file))
    return [f"{_listed(names)} {reason}" for reason, names in files.items()]


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    shown, more = names[:_NAMED], len(names) - _NAMED
    last = f"{more} more" if more > 0 else shown.pop()
    return f"{', '.join(shown)} and {last}: each"


def plain(name: object) -> str:
    """A name as it can be printed, whatever bytes it is made of."""
    return _NOT_SHOWN.sub("�", str(name))


def _total(pictures: Pictures) -> str:
    many, kinds = len(pictures), len(pictures.classes)
    if not many:
        return "No pictures."
    return (
        f"{many:,} picture{'s' * (many > 1)} in {kinds} class{'es' * (kinds > 1)}, "
        f"{len(pictures.left_out):,} left out."
    )
