"""Runs plain SQL on one database connection.

Statements are text with `:name` parameters, written so that SQLite and PostgreSQL both take them; rows come back
as tuples. There is no query builder on this path: see docs/decisions/0002-plain-sql.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

Entry = TypeVar("Entry")
Row = tuple[Any, ...]
Parameters = Mapping[str, Any]
# Values of one IN: SQLite takes 32,766 parameters in a statement, and few statement texts stay prepared.
SLICE = 500


class Session:
    """One connection, used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        # Rows that this connection has seen committed by others change this number.
        self._data_version = -1

    def all(self, sql: str, parameters: Parameters | Sequence[Any] = ()) -> list[Row]:
        """Every row."""
        return self.connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters | Sequence[Any] = ()) -> Row | None:
        """The first row, or None."""
        row: Row | None = self.connection.execute(sql, parameters).fetchone()
        return row

    def iterate(self, sql: str, parameters: Parameters | Sequence[Any] = ()) -> Iterator[Row]:
        """Rows as they come; the statement stays open until the last is taken."""
        return iter(self.connection.execute(sql, parameters))

    def run(self, sql: str, parameters: Parameters | Sequence[Any] = ()) -> int:
        """Execute a statement that returns no rows; the number of rows that it touched."""
        return self.connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Parameters | Sequence[Any] = ()) -> int:
        """Execute an INSERT of one row into a table with an `id` column and return the new id."""
        # SQLite's `RETURNING id` collects its rows in a table of its own: of a new run it took half the time.
        identity = self.connection.execute(sql, parameters).lastrowid
        assert identity is not None
        return identity

    def many(self, sql: str, rows: Iterable[Parameters | Sequence[Any]]) -> None:
        """Execute a statement once per entry of `rows`."""
        self.connection.executemany(sql, rows)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the database at one moment."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo the writes inside when they raise, and only them."""
        self.connection.execute("SAVEPOINT operation")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK TO operation")
            raise
        finally:
            self.connection.execute("RELEASE operation")

    def others_wrote(self) -> bool:
        """Whether another connection committed since the last call; ask inside a transaction."""
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        changed = version != self._data_version
        self._data_version = version
        return bool(changed)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def slices(entries: Iterable[Entry], size: int = SLICE) -> Iterator[list[Entry]]:
    """The entries in lists of at most `size`, for one statement each; none of no entries."""
    rest = iter(entries)
    while part := list(islice(rest, size)):
        yield part


def marks(values: Sequence[object]) -> str:
    """Placeholders for `x IN (...)` whose parameters are `values` themselves: `?,?`."""
    return ",".join("?" * len(values))


def in_list(values: Sequence[Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """Placeholders for `x IN (...)` and their parameters: `in_list([4, 5], "id")` → `:id0, :id1`.

    `values` must not be empty; SQLite takes at most 32,766 parameters in a statement.
    """
    names = [f"{prefix}{index}" for index in range(len(values))]
    return ", ".join(f":{name}" for name in names), dict(zip(names, values, strict=True))
