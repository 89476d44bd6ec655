"""Which runs belong to jobs."""

from __future__ import annotations

from runyard.store.metadata.session import Session


def is_job(session: Session, key: int) -> bool:
    """Whether the run with this row id is a job's."""
    return session.one("SELECT 1 FROM job WHERE run_id = ?", (key,)) is not None
