"""A fixture that tests of exercises share with those of the checks."""

from tests.check.conftest import area  # noqa: F401
