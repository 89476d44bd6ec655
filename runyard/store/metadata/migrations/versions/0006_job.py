"""Jobs, and the states that they came into."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    identity = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "job",
        sa.Column("run_id", identity, sa.ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("type", "spec", "source")),
        sa.Column("snapshot", sa.Text),
        sa.Column("compute", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "reason", "message")),
        sa.Column("created", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in ("started", "ended", "cancel_requested")),
        sa.Column("runner", sa.Text),
        sa.Column("heard", sa.BigInteger),
        sa.Column("retry", sa.Integer, nullable=False),
        sa.Column("nodes", sa.Text, nullable=False),
    )
    op.create_index("job_by_state", "job", ["state", "run_id"])
    op.create_index("job_by_parent", "job", ["parent"])
    op.create_table(
        "job_event",
        sa.Column("id", identity, primary_key=True),
        sa.Column("job_id", identity, sa.ForeignKey("job.run_id", ondelete="CASCADE"), nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )
    op.create_index("job_event_by_job", "job_event", ["job_id", "id"])
