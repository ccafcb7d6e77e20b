"""PyTorch is no dependency of the course: what compares with it is collected where it is there."""

from importlib.util import find_spec

from tests.check.conftest import area  # noqa: F401 (a fixture that is shared)

collect_ignore = [] if find_spec("torch") else ["test_against_pytorch.py"]
