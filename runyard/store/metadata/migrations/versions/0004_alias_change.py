"""Which version each alias named, and from when on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "alias_change",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column(
            "model_id", number, sa.ForeignKey("registered_model.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("alias", sa.Text, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("time", sa.BigInteger),
    )
    op.create_index("alias_change_by_model", "alias_change", ["model_id", "id"])
    # Nobody wrote down since when the aliases of older folders name what they name.
    op.execute(
        "INSERT INTO alias_change (model_id, alias, version) "
        "SELECT model_id, alias, version FROM registered_model_alias ORDER BY model_id, alias"
    )
