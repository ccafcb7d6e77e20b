"""A copy of the gradebook in a SQLite file, to try something on; the original is only read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from nbgrader.api import Base
from sqlalchemy import Connection, MetaData, create_engine, insert, inspect, make_url, select
from sqlalchemy.exc import DBAPIError

from convolab.grading.database import Unusable, shown, unusable


def copy_gradebook(db_url: str, path: Path) -> str:
    """Copy a gradebook, as it is at one moment.

    Args:
        db_url: the address of the gradebook; where it is a file that is missing, nothing is copied.
        path: the file to write, which is not there yet.

    Returns:
        The address of the copy.

    Raises:
        Unusable: it cannot be read.
    """
    address = make_url(db_url)
    if address.get_backend_name() == "sqlite":
        _copy_file(db_url, Path(address.database or ""), path)
    else:
        _copy_tables(db_url, path)
    return f"sqlite:///{path}"


def _copy_file(db_url: str, source: Path, path: Path) -> None:
    """SQLite's own way, which takes odd entries as they are."""
    if not source.is_file():
        return
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(path)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as error:
        raise Unusable(
            f"The gradebook {shown(db_url)} cannot be used: {error}. Nothing was changed."
        ) from error


def _copy_tables(db_url: str, path: Path) -> None:
    source, target = create_engine(db_url), create_engine(f"sqlite:///{path}")
    try:
        with (
            source.connect().execution_options(isolation_level="REPEATABLE READ") as original,
            target.begin() as copy,
        ):
            _copy_rows(original, copy)
    except DBAPIError as error:
        raise unusable(db_url, error) from error
    finally:
        source.dispose()
        target.dispose()


def _copy_rows(original: Connection, copy: Connection) -> None:
    there = set(inspect(original).get_table_names())
    version = MetaData()
    version.reflect(original, only=[name for name in ("alembic_version",) if name in there])
    for metadata in (Base.metadata, version):
        tables = [table for table in metadata.sorted_tables if table.name in there]
        metadata.create_all(copy, tables)
        for table in tables:
            if rows := [dict(row) for row in original.execute(select(table)).mappings()]:
                copy.execute(insert(table), rows)
