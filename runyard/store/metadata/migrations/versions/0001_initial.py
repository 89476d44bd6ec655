"""The first schema.

The statements stand in `schema.sql` as well, which new folders are created from; while there is only this
revision, it runs that file. The next revision freezes a copy here.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    script = (Path(__file__).parents[2] / "schema.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip() and "alembic_version" not in statement:
            op.execute(statement)
