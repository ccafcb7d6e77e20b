"""How a wrong answer relates to the right one, said in the exercise's words."""

from convolab.check.relations.exercise_words import Words
from convolab.check.relations.find import Relation, relation
from convolab.check.relations.pairs import VAGUE, Seen

__all__ = ["VAGUE", "Relation", "Seen", "Words", "relation"]
