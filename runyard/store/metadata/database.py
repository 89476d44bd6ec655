"""Opens the SQLite file of a workspace folder: settings of its connections, creation, version."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

from runyard.errors import InvalidState
from runyard.store.metadata.search.patterns import matches
from runyard.store.metadata.session import Session

FILE_NAME = "runyard.db"
# The newest Alembic revision, which schema.sql creates; tests hold the three together.
HEAD_REVISION = "0006"
BUSY_SECONDS = 30.0
# Pages of the log (64 MiB) at which a commit writes them back itself.
LOG_PAGES = 16_384


def connect(folder: Path, durability: str = "full", read_only: bool = False) -> Session:
    """Open one connection to the database of `folder`, which must exist.

    `durability` "full" syncs the log on every commit; "relaxed" leaves it to the operating system.
    """
    connection = sqlite3.connect(
        folder / FILE_NAME,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durability == 'full' else 'NORMAL'}")
    connection.execute(f"PRAGMA cache_size = {-8_192 if read_only else -32_768}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        # The compactor writes the log back in the background; this is for when it can't keep up.
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    # LIKE tells cases apart, as in PostgreSQL; ILIKE is written with casefold(). The pragma is deprecated because
    # it changes what expressions in a schema mean: ours has no LIKE.
    connection.execute("PRAGMA case_sensitive_like = ON")
    # SQLite folds the case of ASCII only; names are Unicode.
    connection.create_function("casefold", 1, _casefold, deterministic=True)
    connection.create_function("regexp", 2, matches, deterministic=True)
    return Session(connection)


def _casefold(value: str | None) -> str | None:
    return None if value is None else unicodedata.normalize("NFC", value).casefold()


def create_or_check(folder: Path, durability: str) -> None:
    """Create the tables in a new folder; upgrade an older schema after a backup; refuse a newer one.

    Safe when several processes open the same new folder at once: creation happens in one transaction.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    session = connect(folder, durability)
    try:
        # So that the compactor can shorten the file; it only has an effect while there are no tables.
        session.run("PRAGMA auto_vacuum = INCREMENTAL")
        session.run("PRAGMA journal_mode = WAL")
        revision = _revision(session)
        if revision is None:
            _create(session)
        elif revision != HEAD_REVISION:
            session.close()
            _upgrade(folder, revision)
    finally:
        session.close()


def _revision(session: Session) -> str | None:
    if not session.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"):
        return None
    row = session.one("SELECT version_num FROM alembic_version")
    return None if row is None else str(row[0])


def _create(session: Session) -> None:
    script = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
    session.run("BEGIN IMMEDIATE")
    try:
        # Another process may have created it while this one waited for the lock.
        if _revision(session) is None:
            for statement in script.split(";\n"):
                if statement.strip():
                    session.run(statement)
        session.run("COMMIT")
    except BaseException:
        session.run("ROLLBACK")
        raise


def _upgrade(folder: Path, revision: str) -> None:
    from runyard.store.metadata.migrate import knows, upgrade

    if not knows(revision):
        raise InvalidState(
            f"The database in {folder} has schema revision {revision}, which this version of Runyard "
            f"(revision {HEAD_REVISION}) does not know: it was written by a newer one. Upgrade runyard."
        )
    upgrade(folder)
