"""The one kind of error that is meant for the person at the keyboard."""


class Problem(Exception):
    """Something a person can fix: one sentence that says what, where and what to do.

    The command prints it without a traceback and ends with status 1.
    """
