"""The grading desk: from a folder of submissions to nbgrader's gradebook and a class report."""
