"""The split run: a student's program in one process, the checks in another, a pipe between."""
