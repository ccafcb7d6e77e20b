"""Whatever a function gives back or raises costs the aspects of those cases, and nothing else."""

import builtins
import json
import re
from dataclasses import replace

import pytest

from convolab.check.answer import Local
from convolab.check.cases import SHIPPED, load
from convolab.check.encode import decode
from convolab.check.ladder import judge
from convolab.check.report import Report
from tests.check.odd import ALL, EVERYWHERE, GIVEN, made

pytestmark = pytest.mark.filterwarnings("ignore")  # of what nobody waits for, and of np.matrix

NAMES = sorted(path.stem for path in SHIPPED.glob("*/*.json"))
# An exercise for each kind of thing that is due: a number, a row, a volume, several sizes, nothing.
ONE_OF_EACH = ("convolve_at", "convolve_1d", "pool_volume", "trace_shapes", "smallest_padding")
NOT_ODD = ("nothing", "True", "NumPy's False")  # where None, 1 or 0 is due


class Right:
    """A right answer at no cost: says by heart what is due in each case, in their order, but for
    the cases in which it does something odd."""

    def __init__(self, cases, odd=None, places=()):
        self._due = [
            (case["outcome"], decode(case["outcome"].get("value"))) for case in cases.cases
        ]
        self._odd, self._places, self._place = odd, set(places), -1

    def __call__(self, *arguments):
        self._place += 1
        outcome, value = self._due[self._place]
        if self._place in self._places:
            return self._odd()
        if "raises" in outcome:
            raise getattr(builtins, outcome["raises"])(outcome.get("says", ""))
        return value


def places_of(cases):
    """By way, the cases in which an answer is odd."""
    due = [place for place, case in enumerate(cases.cases) if "raises" in case["outcome"]]
    return {"always": range(len(cases.cases)), "in the first case": [0], "errors": due}


def judged(cases, answer):
    return judge(cases, Local({cases.name: answer}, cases.name), race=False)


def points_without(cases, places):
    """What is left when the aspects of these cases are lost (races are not run here)."""
    raced = {wanted["aspect"] for wanted in (*cases.speed, *cases.learns)}
    shares = {name: one["share"] for name, one in cases.aspects.items() if name not in raced}
    lost = {cases.cases[place]["aspect"] for place in places}
    kept = sum(share for name, share in shares.items() if name not in lost)
    return round(cases.points * kept / sum(shares.values()), 2)


def look_at(cases, verdict):
    """The report is made, is sound, and says what is wrong."""
    report = Report(cases.name, cases.points, verdict)
    bundle = json.dumps(report._repr_mimebundle_(), ensure_ascii=False).encode()
    assert len(bundle) < 50_000
    assert not re.search("<(script|b)>", report.html())
    assert len(report.text().encode()) < 10_000
    assert 0 <= float(repr(report)) <= cases.points
    assert 10 < len(verdict.hint) < 1_500, verdict.hint
    assert "cannot be compared" not in verdict.hint


def only_in(cases, wrong, places):
    """A mistake with its outcomes in these cases alone."""
    refused = ["raises" in case["outcome"] for case in cases.cases]
    kept = dict(wrong)
    for part, asked in (("values", False), ("refusals", True)):
        if part in wrong:
            own = [place for place, due in enumerate(refused) if due == asked]
            told = dict(zip(own, wrong[part], strict=True))
            kept[part] = [told[place] for place in places if place in told]
    return kept


def fewer(cases):
    """The exercise with a value and an error of each aspect, which is enough and soon judged."""
    kept = {}
    for place, case in enumerate(cases.cases):
        kept.setdefault((case["aspect"], "raises" in case["outcome"]), place)
    places = sorted(kept.values())
    beliefs = [only_in(cases, wrong, places) for wrong in cases.misconceptions]
    return replace(cases, cases=[cases.cases[place] for place in places], misconceptions=beliefs)


@pytest.fixture(scope="module", params=NAMES)
def cases(request):
    return fewer(load(request.param))


def test_an_answer_by_heart_is_right(cases):
    if cases.kind == "function":
        verdict = judged(cases, Right(cases))
        assert (verdict.status, verdict.points) == ("correct", cases.points)


def test_it_costs_its_aspects_and_nothing_else(cases):
    if cases.kind != "function":
        return
    kinds, wrong = ALL if cases.name in ONE_OF_EACH else EVERYWHERE, []
    for way, places in places_of(cases).items():
        kept = points_without(cases, places)
        for name in kinds if places else ():
            verdict = judged(cases, Right(cases, made(name), places))
            if name in NOT_ODD and (verdict.status == "correct" or verdict.points > kept):
                continue
            look_at(cases, verdict)
            if verdict.status == "correct" or verdict.points != kept:
                wrong.append((way, name, verdict))
    assert not wrong, wrong[:5]


def test_a_by_hand_answer_may_be_anything(cases):
    if cases.kind == "value":
        for name in GIVEN:
            given = made(name)()
            verdict = judged(cases, given)
            look_at(cases, verdict)
            if name in NOT_ODD and judged(cases, int(given or 0)).status == "correct":
                continue  # 1 is due, and True is 1
            assert verdict.status in ("wrong", "missing"), name


def test_there_are_many_kinds():
    assert len(ALL) > 100
    assert 40 <= len(EVERYWHERE) == len(set(EVERYWHERE) & set(ALL))
