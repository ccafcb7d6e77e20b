"""The gradebook's database: which addresses can be used, and what to say if it refuses."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from convolab.problem import Problem


class Unusable(Problem):
    """The gradebook's database reports an error, which concerns the whole class."""


def unusable(db_url: str, error: DBAPIError) -> Unusable:
    """What to say if the gradebook's database reports an error."""
    return Unusable(
        f"The gradebook {shown(db_url)} cannot be used: {error.orig}. When that is fixed, grade "
        "again: what has been graded is kept."
    )


def shown(db_url: str) -> str:
    """The address of a database for people to read, without its password."""
    return make_url(db_url).render_as_string(hide_password=True)


def checked_address(db: str) -> str:
    """The address of a database, if its driver is installed here.

    Raises:
        Problem: it is not an address, or the library for it is missing.
    """
    try:
        kind = make_url(db).get_dialect()
        if kind.name not in ("sqlite", "postgresql"):
            raise ArgumentError
        kind.import_dbapi()
    except ModuleNotFoundError as error:
        raise Problem(
            f"--db needs the package {error.name}: for an address that starts with "
            "postgresql+psycopg:// run  python -m uv sync --extra postgres  in the course's folder."
        ) from error
    except ArgumentError as error:
        raise Problem(
            "--db takes the address of a PostgreSQL database, "
            "postgresql+psycopg://user@host/gradebook, or of a SQLite file, sqlite:///FILE."
        ) from error
    return db
