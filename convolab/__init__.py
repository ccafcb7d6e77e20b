"""Convolution Lab: from a list of ten numbers to a convolutional network that you wrote."""


def __getattr__(name: str) -> str:
    """`convolab.__version__`, looked up on demand, so that a notebook's import does not wait."""
    if name == "__version__":
        from convolab.version import version

        return version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
