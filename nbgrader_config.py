"""Loads the grading desk's settings, so that nbgrader finds them from the repository's root."""

load_subconfig("autograde/nbgrader_config.py")  # noqa: F821 (nbgrader provides it)
