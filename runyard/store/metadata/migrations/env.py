"""Alembic's entry: runs migrations on the database that `migrate.py` names."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from runyard.store.metadata.schema import metadata


def run() -> None:
    """Run the pending migrations in one transaction."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
