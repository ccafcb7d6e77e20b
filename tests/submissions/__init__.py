"""The museum of submissions: small generators, each with its verdict."""

from tests.submissions import broken, costly, hostile, right, wrong

ALL = [*right.KINDS, *wrong.KINDS, *broken.KINDS, *costly.KINDS, *hostile.KINDS]
