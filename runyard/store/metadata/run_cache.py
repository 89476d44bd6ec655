"""What every write to a run asks first: does it exist, which row is it, is it active?"""

from __future__ import annotations

from typing import NamedTuple

from runyard.entities import ACTIVE
from runyard.errors import InvalidParameter, RunNotFound
from runyard.store.metadata.session import Session

# At about 300 bytes each.
REMEMBERED_RUNS = 20_000


class RunRow(NamedTuple):
    """The part of a run's row that writes need; `key` is `run.id`."""

    key: int
    run_id: str
    experiment_id: int
    lifecycle_stage: str


class RunCache:
    """Remembers runs between groups; used by the writer's thread alone."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, RunRow] = {}

    def get(self, run_id: str) -> RunRow:
        """The run's row; raises RunNotFound."""
        row = self._rows.get(run_id)
        if row is None:
            found = self._session.one(
                "SELECT id, run_id, experiment_id, lifecycle_stage FROM run WHERE run_id = ?", (run_id,)
            )
            if found is None:
                raise RunNotFound(run_id)
            row = RunRow(*found)
            self.put(row)
        return row

    def active(self, run_id: str) -> RunRow:
        """The run's row; raises RunNotFound, or InvalidParameter when the run is in the trash."""
        row = self.get(run_id)
        if row.lifecycle_stage != ACTIVE:
            raise InvalidParameter(
                f"The run {run_id} must be in the 'active' state. Its current state is {row.lifecycle_stage}."
            )
        return row

    def put(self, row: RunRow) -> None:
        """Remember a row that was just written."""
        if len(self._rows) >= REMEMBERED_RUNS:
            # The oldest half goes at once, which costs less than keeping an order of use.
            for run_id in list(self._rows)[: REMEMBERED_RUNS // 2]:
                del self._rows[run_id]
        self._rows[row.run_id] = row

    def forget(self, run_id: str | None = None) -> None:
        """Drop one run, or all."""
        if run_id is None:
            self._rows.clear()
        else:
            self._rows.pop(run_id, None)
