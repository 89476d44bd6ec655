"""Write runyard/store/metadata/schema.sql, the tables of a new folder, from schema.py."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from runyard.store.metadata.database import HEAD_REVISION
from runyard.store.metadata.schema import metadata

TARGET = Path(__file__).resolve().parent.parent / "runyard/store/metadata/schema.sql"


def render() -> str:
    """The whole script: tables, indexes, the first experiment, the revision."""
    dialect = sqlite.dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    statements.append(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    statements.append(f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD_REVISION}')")
    lines = (line.rstrip() for statement in statements for line in f"{statement.strip()};\n".splitlines())
    return "-- Written by scripts/write_schema.py from schema.py.\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
