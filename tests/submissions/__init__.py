"""The museum of submissions: small generators, each with its verdict."""

from tests.submissions import broken, costly, hostile, meddling, odd, right, wrong

ROOMS = (right, wrong, odd, broken, costly, meddling, hostile)
ALL = [kind for room in ROOMS for kind in room.KINDS]
