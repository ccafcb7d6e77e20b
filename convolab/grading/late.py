"""What is taken off for work that is handed in late, as the desk's config sets it."""

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

DAY = 24 * 60 * 60


class PerDay(LateSubmissionPlugin):
    """A share of the points for each day that has begun after the due date."""

    share = Float(0.0, help="What is taken off for each day, as a share of the points.").tag(
        config=True
    )
    grace = Float(0.0, help="Minutes after the due date that cost nothing.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points to take off, None for none."""
        late = total_seconds_late - 60 * self.grace
        if late <= 0 or not self.share:
            return None
        return round(min(score, score * self.share * math.ceil(late / DAY)), 2)
