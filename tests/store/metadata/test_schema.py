"""The tables: declared once, written to schema.sql, migrated by Alembic, and freed by cascades."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Table

from runyard.errors import InvalidState
from runyard.store.metadata import database, migrate
from runyard.store.metadata.schema import metadata
from scripts.write_schema import TARGET, render


def structure(path: Path) -> dict[str, object]:
    """What each table and index is; the text of a table that was altered is not that of a new one."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
        found: dict[str, object] = {}
        for kind, name, sql in rows:
            if kind == "table":
                # name, type, not null, default, place in the key; without the column's number
                columns = sorted(row[1:] for row in connection.execute(f"PRAGMA table_xinfo({name})"))
                parents = sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})"))
                options = [option for option in ("WITHOUT ROWID", "AUTOINCREMENT") if option in sql]
                keys = sorted(row[2:] for row in connection.execute(f"PRAGMA index_list({name})"))
                found[name] = (columns, parents, options, len(keys))
            else:
                found[name] = "".join(sql.split())
    finally:
        connection.close()
    return {name: about for name, about in found.items() if name != "sqlite_sequence"}


def first_schema(folder: Path) -> None:
    """A workspace as the first revision made it."""
    script = Path(migrate.__file__).parent / "migrations/versions/0001_initial.sql"
    connection = sqlite3.connect(folder / database.FILE_NAME)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.execute(
        "INSERT INTO experiment (id, name, artifact_location, creation_time, last_update_time) "
        "VALUES (7, 'kept', '', 1, 1)"
    )
    connection.commit()
    connection.close()


def test_schema_sql_is_what_the_tables_say() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run scripts/write_schema.py"


def test_migrations_make_the_same_tables_as_schema_sql(tmp_path: Path) -> None:
    database.create_or_check(tmp_path, "full")
    migrated = tmp_path / "migrated"
    migrated.mkdir()
    command.upgrade(migrate.configuration(migrated), "head")
    assert structure(migrated / database.FILE_NAME) == structure(tmp_path / database.FILE_NAME)


def test_an_older_folder_is_upgraded_when_it_is_opened(tmp_path: Path) -> None:
    first_schema(tmp_path)
    database.create_or_check(tmp_path, "full")
    fresh = tmp_path / "fresh"
    database.create_or_check(fresh, "full")
    assert structure(tmp_path / database.FILE_NAME) == structure(fresh / database.FILE_NAME)
    (backup,) = tmp_path.glob("*before-upgrade*")
    for path in (backup, tmp_path / database.FILE_NAME):
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT name FROM experiment WHERE id = 7").fetchall() == [("kept",)]
        connection.close()


def test_aliases_of_an_older_folder_begin_their_history_with_an_unknown_start(tmp_path: Path) -> None:
    first_schema(tmp_path)
    connection = sqlite3.connect(tmp_path / database.FILE_NAME)
    connection.executescript(
        "INSERT INTO registered_model (id, name, creation_time, last_update_time) VALUES (3, 'iris', 1, 1);"
        "INSERT INTO registered_model_alias (model_id, alias, version) VALUES (3, 'new', 2), (3, 'best', 1);"
    )
    connection.close()
    database.create_or_check(tmp_path, "full")
    session = database.connect(tmp_path)
    history = session.all("SELECT model_id, alias, version, time FROM alias_change ORDER BY id")
    session.close()
    assert history == [(3, "best", 1, None), (3, "new", 2, None)]


def test_the_newest_revision_is_the_one_that_new_folders_get() -> None:
    scripts = ScriptDirectory.from_config(migrate.configuration())
    assert scripts.get_current_head() == database.HEAD_REVISION


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    database.create_or_check(tmp_path, "full")
    session = database.connect(tmp_path)
    session.run("UPDATE alembic_version SET version_num = '9999'")
    session.close()
    with pytest.raises(InvalidState, match="revision 9999.*written by a newer one"):
        database.create_or_check(tmp_path, "full")
    assert [path.name for path in tmp_path.iterdir() if "before-upgrade" in path.name] == []


def test_an_upgrade_backs_up_first(tmp_path: Path) -> None:
    database.create_or_check(tmp_path, "full")
    session = database.connect(tmp_path)
    session.run("INSERT INTO experiment (id, name, artifact_location, creation_time, last_update_time) "
                "VALUES (7, 'kept', '', 1, 1)")  # fmt: skip
    session.close()
    backup = migrate.upgrade(tmp_path)
    copy = sqlite3.connect(backup)
    try:
        assert copy.execute("SELECT name FROM experiment WHERE id = 7").fetchall() == [("kept",)]
    finally:
        copy.close()


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_reference_frees_its_rows(table: Table) -> None:
    """Emptying the trash deletes runs and experiments; what hangs on them must go with them."""
    for column in table.columns:
        for key in column.foreign_keys:
            assert key.ondelete == "CASCADE", f"{table.name}.{column.name}"
    if "run_id" in table.columns and str(table.columns["run_id"].type) in ("INTEGER", "BIGINT"):
        assert table.columns["run_id"].foreign_keys, table.name
