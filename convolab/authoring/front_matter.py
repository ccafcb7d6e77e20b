"""A lesson's front matter: the YAML comment at its head, read with the line of every entry.

Read here and not by jupytext, which would silently drop what it cannot parse; the lines are kept
because a mistake is of little use without its place.
"""

import re
from dataclasses import dataclass, field

import yaml

from convolab.authoring.mistakes import Mistake, did_you_mean

KEYS = ("title", "minutes", "needs", "questions", "objectives", "key_points")
# JupyterLab's jupytext writes its own settings under this key when it saves a lesson.
_NOT_OURS = "jupyter"
_FENCE = "# ---"


@dataclass(frozen=True)
class Objective:
    """What a learner can do afterwards, the graded exercises that show it, and its line."""

    text: str
    shown_by: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class FrontMatter:
    """What a lesson says about itself; `lines` has the line of each key, `end` the closing one."""

    title: str = ""
    minutes: int = 0
    needs: str = ""
    questions: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    key_points: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    end: int = 0


def read_front_matter(path: str, lines: list[str]) -> tuple[FrontMatter, list[Mistake]]:
    """The front matter of a lesson, and what is wrong with it.

    Args:
        path: what to call the lesson in a mistake.
        lines: the lesson's lines; the front matter is at their head.
    """
    if not lines or lines[0].rstrip() != _FENCE:
        says = "a lesson starts with its front matter, between two lines `# ---`."
        return FrontMatter(), [Mistake(path, 1, says)]
    ends = [number for number, line in enumerate(lines[1:], start=2) if line.rstrip() == _FENCE]
    if not ends:
        return FrontMatter(), [Mistake(path, 1, "the front matter has no closing line `# ---`.")]
    end = ends[0]
    inside = lines[1 : end - 1]
    for number, line in enumerate(inside, start=2):
        if line.strip() and not line.startswith("#"):
            says = "a line of the front matter starts with `# `."
            return FrontMatter(end=end), [Mistake(path, number, says)]
    try:
        tree = yaml.compose("\n".join(re.sub("^# ?", "", line) for line in inside), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        says = f"the front matter is not valid YAML: {error.problem or error.context}."
        return FrontMatter(end=end), [Mistake(path, mark.line + 2 if mark else 1, says)]
    except yaml.YAMLError as error:
        says = f"the front matter is not valid YAML: {str(error).splitlines()[0]}."
        return FrontMatter(end=end), [Mistake(path, 1, says)]
    if not isinstance(tree, yaml.MappingNode):
        says = f"the front matter is empty; it needs {', '.join(KEYS)}."
        return FrontMatter(end=end), [Mistake(path, 1, says)]
    return _YamlReader(path).read(tree, end)


class _YamlReader:
    """Walks the YAML nodes, which know their lines, and collects what is wrong."""

    def __init__(self, path: str):
        self.path = path
        self.mistakes: list[Mistake] = []

    def read(self, tree: yaml.MappingNode, end: int) -> tuple[FrontMatter, list[Mistake]]:
        entries, lines = {}, {}
        for key, value in tree.value:
            name, line = str(key.value), _line(key)
            if name in lines:
                self.wrong(line, f"{name} appears twice, first in line {lines[name]}.")
            elif name in KEYS:
                entries[name] = value
            elif name != _NOT_OURS:
                self.wrong(line, f"the front matter has no {name!r}{did_you_mean(name, KEYS)}")
            lines[name] = line
        for name in KEYS:
            if name not in entries:
                self.wrong(1, f"the front matter has no {name}.")
        readers = {
            "title": self.sentence,
            "minutes": self.minutes,
            "needs": self.sentence,
            "questions": self.sentences,
            "objectives": self.objectives,
            "key_points": self.sentences,
        }
        values = {name: readers[name](name, value) for name, value in entries.items()}
        return FrontMatter(**values, lines=lines, end=end), sorted(self.mistakes)

    def wrong(self, line: int, says: str) -> None:
        self.mistakes.append(Mistake(self.path, line, says))

    def sentence(self, name: str, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
            return str(node.value).strip()
        if isinstance(node, yaml.MappingNode):
            says = f"{name} must be text; put quotes around text that contains a colon."
        else:
            says = f"{name} must be text."
        self.wrong(_line(node), says)
        return ""

    def minutes(self, name: str, node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"[1-9]\d*", node.value):
            return int(node.value)
        self.wrong(_line(node), "minutes must be a whole number, for example `minutes: 60`.")
        return 0

    def items(self, name: str, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode) and node.value:
            return node.value
        self.wrong(
            _line(node), f"{name} must be a list, with each entry on its own line after `-`."
        )
        return []

    def sentences(self, name: str, node: yaml.Node) -> tuple[str, ...]:
        found = (self.sentence(f"an entry of {name}", item) for item in self.items(name, node))
        return tuple(text for text in found if text)

    def objectives(self, name: str, node: yaml.Node) -> tuple[Objective, ...]:
        found = (self.objective(item) for item in self.items(name, node))
        return tuple(objective for objective in found if objective)

    def objective(self, node: yaml.Node) -> Objective | None:
        fields = (
            {str(k.value): v for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
        )
        names = fields.get("shown_by")
        if set(fields) != {"text", "shown_by"} or not isinstance(names, yaml.SequenceNode):
            says = "an objective is `- text: …` and below it `shown_by: [name of an exercise]`."
            self.wrong(_line(node), says)
            return None
        if not names.value:
            self.wrong(_line(names), "shown_by must name at least one graded exercise.")
        shown_by = tuple(self.sentence("a name in shown_by", name) for name in names.value)
        return Objective(self.sentence("an objective", fields["text"]), shown_by, _line(names))


def _line(node: yaml.Node) -> int:
    """The lesson's line: one for the opening `# ---`, one because YAML counts from 0."""
    return node.start_mark.line + 2
