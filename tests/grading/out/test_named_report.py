"""The named part of a class report: who needs help, who shares a mistake, whose work is slow."""

from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.out.named_report import people, speed

RIGHT, NONE = ExerciseResult(2, 2, "correct"), ExerciseResult(0, 2, "missing", "still the stub")
FLIPPED = ExerciseResult(0, 2, "wrong", "Turn it.", "not reversed")
CLASS = {
    "ada": {"a": RIGHT, "b": RIGHT},
    "bo": {"a": FLIPPED, "b": NONE},
    "cy": {"a": FLIPPED, "b": RIGHT},
    "di": {
        "a": ExerciseResult(1, 2, "partial", "Half."),
        "b": ExerciseResult(0.5, 2, "timeout", "Slow."),
    },
}
SCORES = {student: sum(v.score for v in said.values()) for student, said in CLASS.items()}


def test_who_has_less_than_half_is_listed_with_what_is_wrong_the_least_first():
    found = people(SCORES, CLASS, 4, {}, None)
    assert [(one.student, one.score) for one in found.behind] == [("bo", 0), ("di", 1.5)]
    assert found.behind[0].wrong == [("a", "not reversed"), ("b", "not done")]
    assert found.behind[1].wrong == [("a", "partly right"), ("b", "runs for too long")]


def test_who_shares_a_mistake_can_be_taught_together():
    assert people(SCORES, CLASS, 4, {}, None).sharing == {("a", "not reversed"): ["bo", "cy"]}


def test_the_slowest_come_first_and_the_middle_is_told():
    found = speed({"ada": 1.0, "bo": 9.0, "cy": 2.0})
    assert (found.median, found.most) == (2.0, 9.0)
    assert [student for student, _ in found.slowest] == ["bo", "cy", "ada"]
    assert speed({}) is None


def test_who_is_on_the_list_and_handed_in_nothing_is_named():
    names = {"ada": "Ada L", "flo": "Flo N", "zoe": "Zoe Z"}
    assert people(SCORES, CLASS, 4, names, None, ["zoe"]).absent == ["flo"]
