"""How many bytes runs use: their points as stored, their files, and roughly their parameters and tags.

Sizes are measured when somebody asks for them, and remembered until the run changes. So the first look at an
experiment of many runs takes several requests, each of which measures for BUDGET_SECONDS, and a later one only measures
what changed. What another process of the folder changes is noticed after OLD_SECONDS.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.walk import walk
from runyard.store.changes import Change
from runyard.store.metadata.session import Session, in_list, slices
from runyard.store.purge.plan import own_key

if TYPE_CHECKING:
    from runyard.store.store import Store

# Folders, in a run's artifacts, whose files are logs.
LOG_FOLDERS = ("user_logs", "system_logs", "logs")
BUDGET_SECONDS = 0.25
OLD_SECONDS = 900.0
# At about 250 bytes each.
REMEMBERED = 200_000
# Runs that are measured between two looks at the clock.
AT_ONCE = 50


class Size(NamedTuple):
    """Bytes of one or several runs; `artifacts` has the files of their logged models, and `logs` is a part of it."""

    runs: int = 0
    points: int = 0
    # Compressed chunks, and rows of the tail.
    point_bytes: int = 0
    files: int = 0
    artifact_bytes: int = 0
    log_bytes: int = 0
    # Keys and values of parameters and tags.
    text_bytes: int = 0

    def plus(self, other: Size) -> Size:
        """Both together."""
        return Size(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def total(self) -> int:
        """All bytes."""
        return self.point_bytes + self.artifact_bytes + self.text_bytes


class Measured(NamedTuple):
    """The size of some runs; not `complete` when time ran out: ask again, and it goes on."""

    size: Size
    complete: bool


class _Run(NamedTuple):
    key: int
    run_id: str
    artifact_uri: str


class Sizes:
    """Measures and remembers; safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        # By run id, and when it was measured.
        self._known: dict[str, tuple[Size, float]] = {}
        # Runs that changed while somebody measures: what was measured of them may be old.
        self._measuring = 0
        self._changed: set[str] = set()
        store.writer.published.append(self._noted)

    def _noted(self, changes: list[Change]) -> None:
        """Forget runs that changed; called on the writer's thread."""
        if not self._known and not self._measuring:
            return
        with self._lock:
            for change in changes:
                self._known.pop(change.run_id, None)
                if self._measuring:
                    self._changed.add(change.run_id)

    def of_runs(
        self, session: Session, run_ids: Sequence[str], seconds: float = BUDGET_SECONDS
    ) -> dict[str, Size]:
        """The sizes of runs, of as many as `seconds` allow; at least one of them is measured."""
        known = self._remembered(run_ids)
        missing = [run_id for run_id in run_ids if run_id not in known]
        end = time.perf_counter() + seconds
        for part in slices(missing, AT_ONCE):
            known |= self._measure(session, part, end)
            if time.perf_counter() >= end:
                break
        return known

    def together(self, session: Session, run_ids: Sequence[str], seconds: float = BUDGET_SECONDS) -> Measured:
        """The size of runs together."""
        known = self.of_runs(session, run_ids, seconds)
        return Measured(_sum(list(known.values())), len(known) == len(set(run_ids)))

    def of_experiments(
        self, session: Session, experiments: Sequence[int], seconds: float = BUDGET_SECONDS
    ) -> dict[int, Measured]:
        """The sizes of experiments, with their runs in the trash."""
        end = time.perf_counter() + seconds
        found = {}
        for key in experiments:
            rows = session.all(
                "SELECT run_id FROM run WHERE experiment_id = ? AND lifecycle_stage IN ('active', 'deleted')",
                (key,),
            )
            found[key] = self.together(session, [row[0] for row in rows], max(0.0, end - time.perf_counter()))
        return found

    def _remembered(self, run_ids: Sequence[str]) -> dict[str, Size]:
        oldest = time.monotonic() - OLD_SECONDS
        found = {}
        with self._lock:
            for run_id in run_ids:
                entry = self._known.get(run_id)
                if entry is not None and entry[1] >= oldest:
                    found[run_id] = entry[0]
        return found

    def _measure(self, session: Session, run_ids: Sequence[str], end: float) -> dict[str, Size]:
        with self._lock:
            self._measuring += 1
        try:
            sizes = measure(session, self._store.artifacts, run_ids, end)
        finally:
            with self._lock:
                self._measuring -= 1
                changed = set(self._changed)
                if not self._measuring:
                    self._changed.clear()
        now = time.monotonic()
        with self._lock:
            self._known.update(
                {run_id: (size, now) for run_id, size in sizes.items() if run_id not in changed}
            )
            excess = len(self._known) - REMEMBERED
            for run_id in list(self._known)[: max(0, excess)]:
                del self._known[run_id]
        return sizes


def _sum(sizes: Sequence[Size]) -> Size:
    return Size(*(sum(column) for column in zip(*sizes, strict=True))) if sizes else Size()


def measure(
    session: Session, artifacts: ArtifactStore, run_ids: Sequence[str], end: float = float("inf")
) -> dict[str, Size]:
    """The sizes of these runs, without those that don't exist; stops when `end` has passed, behind one run at least."""
    marks, ids = in_list(run_ids, "run")
    runs = [
        _Run(*row)
        for row in session.all(f"SELECT id, run_id, artifact_uri FROM run WHERE run_id IN ({marks})", ids)
    ]
    if not runs:
        return {}
    keys, values = in_list([run.key for run in runs], "key")

    def column(sql: str) -> dict[int, int]:
        return dict(session.all(f"{sql} WHERE run_id IN ({keys}) GROUP BY run_id", values))

    points = column("SELECT run_id, sum(count) FROM series")
    # SQLite knows the length of a value without reading it.
    chunks = column("SELECT run_id, sum(length(payload)) FROM metric_chunk")
    tails = column("SELECT run_id, sum(length(payload)) FROM metric_tail")
    texts = "SELECT run_id, sum(length(CAST(key AS BLOB)) + length(CAST(value AS BLOB))) FROM"
    params, tags = column(f"{texts} param"), column(f"{texts} run_tag")
    models = _model_locations(session, marks, ids)
    sizes = {}
    for run in runs:
        files, size, logs = _files(artifacts, run.artifact_uri, models.get(run.run_id, ()))
        key = run.key
        sizes[run.run_id] = Size(
            1,
            points.get(key, 0),
            chunks.get(key, 0) + tails.get(key, 0),
            files,
            size,
            logs,
            params.get(key, 0) + tags.get(key, 0),
        )
        if time.perf_counter() >= end:
            break
    return sizes


def _model_locations(session: Session, marks: str, ids: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for run_id, location in session.all(
        f"SELECT source_run_id, artifact_location FROM logged_model WHERE source_run_id IN ({marks})", ids
    ):
        found.setdefault(run_id, []).append(location)
    return found


def _files(artifacts: ArtifactStore, uri: str, models: Sequence[str]) -> tuple[int, int, int]:
    """(files, bytes, bytes of logs) in this server's own store."""
    files = total = logs = 0
    key = own_key(uri)
    if key is not None:
        for path, size in walk(artifacts, key):
            files += 1
            total += size
            if path.split("/", 1)[0] in LOG_FOLDERS:
                logs += size
    for location in models:
        key = own_key(location)
        if key is not None:
            for _, size in walk(artifacts, key):
                files += 1
                total += size
    return files, total, logs
