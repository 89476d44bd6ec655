"""What is applied of each producer of a client's spool."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "producer",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("ranges", sa.Text, nullable=False),
        sa.Column("refused", sa.Text, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
    )
