"""A process's row says how much of its journal is in the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("receipt", sa.Column("journal", sa.BigInteger, nullable=False, server_default="0"))
