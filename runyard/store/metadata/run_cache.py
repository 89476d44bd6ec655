"""What every write to a run asks first: does it exist, which row is it, is it active, what does it have already?"""

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
        # Row ids of runs that were created here and have no parameters yet: their first ones need no look.
        self._blank: set[int] = set()
        # By id: row id and artifact location of active experiments in which runs were created.
        self._experiments: dict[str, tuple[int, str]] = {}

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
            self._blank.clear()
        self._rows[row.run_id] = row

    def put_new(self, row: RunRow) -> None:
        """Remember a run that was just created, without parameters."""
        self.put(row)
        self._blank.add(row.key)

    def is_blank(self, key: int) -> bool:
        """Whether a run certainly has no parameters; ask before logging some, for the answer is given once."""
        if key in self._blank:
            self._blank.remove(key)
            return True
        return False

    def experiment(self, experiment_id: str) -> tuple[int, str] | None:
        """The row id and the artifact location of an active experiment, where they are remembered."""
        return self._experiments.get(experiment_id)

    def put_experiment(self, experiment_id: str, key: int, location: str) -> None:
        """Remember an experiment that is active; `forget` drops it."""
        if len(self._experiments) >= REMEMBERED_RUNS:
            self._experiments.clear()
        self._experiments[experiment_id] = (key, location)

    def forget(self, run_id: str | None = None) -> None:
        """Drop one run, or all."""
        if run_id is None:
            self._rows.clear()
            self._blank.clear()
            self._experiments.clear()
        else:
            self._rows.pop(run_id, None)
