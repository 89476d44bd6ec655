"""Purges: marks, empties, deletes files, buries, and gives the space back; one batch of runs after the other.

Everything that was begun can be finished by `finish` at any later time: what is to be done stands in the database.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from threading import Event
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from runyard.errors import Unavailable
from runyard.store.metadata import space
from runyard.store.metadata.database import connect
from runyard.store.metadata.session import Session, in_list, slices
from runyard.store.purge import rows
from runyard.store.purge.plan import Choice, Kept, Plan, TrashedRun, own_key, plan, run_holders
from runyard.store.purge.state import Progress

if TYPE_CHECKING:
    from runyard.store.store import Store
    from runyard.store.transaction import Transaction

# Of what was registered between the plan and its turn.
NEEDED = "registered meanwhile"
# Runs that are marked by one write, and whose files are deleted before the next are marked.
BATCH = 50
MOST_PAGES = 256
# Free pages that a purge leaves in the file while it goes on.
MOST_FREE = 4096
# Times the length of the last write.
PAUSE = 2
# The log is written back whenever about so many bytes of it come from here.
LOG_BYTES = 16 * 1024 * 1024
# A write of the full length changes about as many.
SLICE_BYTES = 1024 * 1024

P = ParamSpec("P")
T = TypeVar("T")


class Stopped(Exception):
    """The store closes; what was begun is finished at the next start."""


class Engine:
    """One purge; used by one thread, on whose reading connection it reads.

    With `pause` it sleeps between writes, so that others find the writer free most of the time.
    """

    def __init__(
        self, store: Store, progress: Progress, tell: Callable[[], None], stop: Event, pause: bool = True
    ) -> None:
        self._store = store
        self._progress = progress
        self._tell = tell
        self._stop = stop
        self._pause = pause
        self._log_bytes = 0

    def purge(self, choice: Choice) -> None:
        """Delete for ever what `choice` means, and give the space back; raises Stopped."""
        planned = self._store.read(plan, choice)
        progress = self._progress
        progress.runs_total = len(planned.runs)
        progress.keep(planned.kept)
        self._tell()
        self.finish()
        for runs in slices(planned.runs, BATCH):
            self._purge_runs(runs, choice.before)
        self._purge_models(planned)
        self._purge_experiments(planned)
        self._give_back()

    def finish(self) -> None:
        """Finish what was begun and broken off; raises Stopped."""
        while tombs := self._store.read(rows.run_tombs, BATCH):
            self._remove_runs(tombs)
        while models := self._store.read(rows.model_tombs, BATCH):
            self._remove_models(models)

    def _purge_runs(self, runs: Sequence[TrashedRun], before: int) -> None:
        before_counts = self._store.read(_counts, [run.key for run in runs])
        left = self._write(rows.mark_runs, runs, before)
        self._keep(left)
        skipped = {run.key for run in left}
        self._progress.points += sum(points for key, points in before_counts.items() if key not in skipped)
        while tombs := self._store.read(rows.run_tombs, BATCH):
            self._remove_runs(tombs)
        self._shorten_some()
        self._progress.runs_done += len(runs)
        self._progress.runs += len(runs) - len(left)
        self._tell()

    def _keep(self, left: Sequence[TrashedRun]) -> None:
        """Say why runs stay that were to go: somebody registered a model of them, or restored them."""
        if not left:
            return
        holders = self._store.read(run_holders, left)
        self._progress.keep(
            [
                Kept(
                    "run",
                    run.run_id,
                    run.name,
                    f"needed by the registered model {holders[run.run_id]}"
                    if run.run_id in holders
                    else "taken out of the trash meanwhile",
                )
                for run in left
            ]
        )

    def _remove_runs(self, tombs: Sequence[rows.Tomb]) -> None:
        models = self._store.read(rows.models_of, tombs)
        found = self._store.read(rows.references, tombs, models)
        if found.run_models or found.model_metrics:
            self._write(rows.delete_references, found)
        keys = [tomb.key for tomb in tombs]
        while keys:
            keys = self._write(rows.delete_rows, keys)
            self._shorten_some()
        self._remove_files([*tombs, *models])
        if models:
            self._write(rows.bury_models, models)
            self._progress.models += len(models)
        self._write(rows.bury_runs, tombs)

    def _remove_models(self, models: Sequence[rows.Tomb]) -> None:
        found = self._store.read(rows.references, [], models)
        if found.run_models:
            self._write(rows.delete_references, found)
        self._remove_files(models)
        self._write(rows.bury_models, models)
        self._progress.models += len(models)
        self._tell()

    def _remove_files(self, tombs: Sequence[rows.Tomb]) -> None:
        artifacts = self._store.artifacts
        for tomb in tombs:
            folder = own_folder(tomb.artifact_uri, tomb.id)
            if folder is None:
                self._progress.elsewhere += 1
                continue
            removed = artifacts.remove_folder(folder)
            self._progress.files += removed.files
            self._progress.file_bytes += removed.bytes
            if self._stop.is_set():
                raise Stopped

    def _purge_models(self, planned: Plan) -> None:
        for models in slices(planned.models, BATCH):
            left = self._write(rows.mark_models, models)
            self._progress.keep([Kept("model", model.model_id, model.name, NEEDED) for model in left])
        self.finish()

    def _purge_experiments(self, planned: Plan) -> None:
        for experiment in planned.experiments:
            location: str | None = ""
            while location == "":
                location = self._write(rows.bury_experiment, experiment.key)
            if location is None:
                continue
            self._progress.experiments += 1
            self._tell()
            key = own_key(location)
            if key:
                # Others may have put files there; empty folders are nobody's.
                self._store.artifacts.remove_empty(f"{key}/models")
                self._store.artifacts.remove_empty(key)

    def _give_back(self) -> None:
        """Shorten the database's file by its free pages, as far as that is possible."""
        self._progress.phase = "space"
        self._tell()
        self._shorten_to(0)
        self._write_log_back(truncate=True)
        session = self._store.session()
        self._progress.reusable_bytes = space.free_pages(session) * space.page_bytes(session)
        self._tell()

    def _shorten_some(self) -> None:
        """Don't let free pages grow many: SQLite searches their list for each page that it gives back."""
        if space.free_pages(self._store.session()) > MOST_FREE:
            self._shorten_to(MOST_FREE // 2)

    def _shorten_to(self, free: int) -> None:
        """Shorten the file until so many free pages are left, if it can be shortened at all.

        What others free meanwhile is the compactor's to give back.
        """
        session = self._store.session()
        if not space.can_shrink(session):
            return
        left = space.free_pages(session) - free
        while left > 0:
            given = self._write(_shorten)
            if given <= 0:
                return
            left -= given
            self._progress.database_bytes += given * space.page_bytes(session)
            self._tell()

    def _write(self, work: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one write; then let others have their turn."""
        if self._stop.is_set():
            raise Stopped
        started = time.perf_counter()
        future = self._submit(lambda transaction: work(transaction, *args, **kwargs))
        while True:
            try:
                result: T = future.result(timeout=0.5)
                break
            except FutureTimeout:
                if self._stop.is_set():
                    raise Stopped from None
        took = time.perf_counter() - started
        self._log_bytes += int(SLICE_BYTES * min(1.0, took / rows.SLICE_SECONDS))
        if self._log_bytes >= LOG_BYTES:
            self._write_log_back()
        if self._pause:
            self._stop.wait(PAUSE * took)
        return result

    def _submit(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Queue a write, as soon as not too many others wait."""
        while True:
            try:
                return self._store.submit(work)
            except Unavailable:
                if self._stop.wait(0.1):
                    raise Stopped from None

    def _write_log_back(self, truncate: bool = False) -> None:
        """Keep the database's log small, on a connection of our own that nobody waits for."""
        self._log_bytes = 0
        session = connect(self._store.folder, self._store.settings.durability, read_only=True)
        try:
            session.run("PRAGMA query_only = OFF")
            session.run("PRAGMA busy_timeout = 100")
            session.all("PRAGMA wal_checkpoint(PASSIVE)")
            if truncate:
                session.all("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            session.close()


def own_folder(uri: str, identity: str) -> str | None:
    """The key of the folder `<location>/<id>`, which is a run's or logged model's own; None when that is elsewhere."""
    key = own_key(uri)
    suffix = f"/{identity}/artifacts"
    return key.removesuffix("/artifacts") if key is not None and key.endswith(suffix) else None


def _counts(session: Session, keys: Sequence[int]) -> dict[int, int]:
    marks, ids = in_list(keys, "run")
    return dict(
        session.all(f"SELECT run_id, sum(count) FROM series WHERE run_id IN ({marks}) GROUP BY run_id", ids)
    )


def _shorten(transaction: Transaction) -> int:
    return space.give_back(transaction.session, MOST_PAGES, rows.SLICE_SECONDS)
