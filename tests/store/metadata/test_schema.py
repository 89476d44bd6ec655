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


def structure(path: Path) -> dict[str, str]:
    """The statement that made each table and index, without white space."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    finally:
        connection.close()
    return {name: "".join(sql.split()) for name, sql in rows if name != "sqlite_sequence"}


def test_schema_sql_is_what_the_tables_say() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run scripts/write_schema.py"


def test_migrations_make_the_same_tables_as_schema_sql(tmp_path: Path) -> None:
    database.create_or_check(tmp_path, "full")
    migrated = tmp_path / "migrated"
    migrated.mkdir()
    command.upgrade(migrate.configuration(migrated), "head")
    assert structure(migrated / database.FILE_NAME) == structure(tmp_path / database.FILE_NAME)


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
