"""The thread that moves points from tails into chunks, and keeps the database's log and free pages small.

A run is compacted

- at once, when its tail holds `compact_points` points or ROWS_AT_ONCE rows, or the run ended;
- after `compact_idle_seconds` without a new point, when its tail holds SMALL_TAIL points;
- after SMALL_PATIENCE times as long otherwise;

but never for a tail of fewer than SMALL_TAIL points in fewer than LEAST_ROWS rows, unless the run ended and has chunks
to join: chunks of one or a few points each take more room than the rows that they come from. Most runs that log their
metrics once stay as they are.

Nothing here imports numpy at the top: the server starts before the first compaction is due.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runyard.entities import FINAL_STATUSES
from runyard.errors import InvalidState, RunyardError, Unavailable
from runyard.store.changes import Change
from runyard.store.metadata import space
from runyard.store.metadata.database import connect
from runyard.store.metadata.session import Session

if TYPE_CHECKING:
    from runyard.store.metrics.compact import Plan
    from runyard.store.store import Store
    from runyard.store.transaction import Transaction

log = logging.getLogger("runyard.compactor")

ROWS_AT_ONCE = 4096
SMALL_TAIL = 1000
SMALL_PATIENCE = 20
LEAST_ROWS = 32
# Pause between two looks at what waits; shorter ones would take time from the threads that answer.
TICK_SECONDS = 0.1
FIRST_RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 300.0
# Tails that another process left behind are looked for this often.
SCAN_SECONDS = 300.0
# The log is written back when about this much was added to it; the writer does it itself at four times as much.
LOG_BYTES = 16 * 1024 * 1024
PAGE_BYTES = 4096
# Pages of the log that a commit takes beside its points, and each change in it: rows, and their places in indexes,
# which lie far apart. A commit that has to write the log back itself takes fifty times as long as others.
COMMIT_PAGES = 4
CHANGE_PAGES = {"created": 12, "params": 12, "metrics": 4}
OTHER_CHANGE_PAGES = 4
# Without changes for so long, the log is emptied and free pages are given back.
QUIET_SECONDS = 5.0
# Free pages that are worth it (if they are a tenth of the file, too), and how many are given back in one write.
FREE_PAGES = 64
VACUUM_PAGES = 512


@dataclass(slots=True)
class _Waiting:
    """A run's tail as far as this process knows it."""

    points: int = 0
    rows: int = 0
    changed: float = 0.0
    ended: bool = False
    failures: int = 0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Backlog:
    """Points and runs that wait to be compacted."""

    points: int
    runs: int


class Compactor:
    """Owns the thread; made by the store once its writer runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._idle_seconds = store.settings.compact_idle_seconds
        self._least_points = min(SMALL_TAIL, store.settings.compact_points)
        self._inbox: deque[list[Change]] = deque()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._busy = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}
        self._log_bytes = 0
        self._quiet_since: float | None = time.monotonic()
        self._next_scan = 0.0
        # The last error of the thread, for /health and tests; None while all goes well.
        self.failure: str | None = None
        store.writer.published.append(self.noted)
        self._thread = threading.Thread(target=self._guard, name="runyard-compactor", daemon=True)
        self._thread.start()

    def noted(self, changes: list[Change]) -> None:
        """Take the changes of a commit; called on the writer's thread, so it does next to nothing."""
        self._inbox.append(changes)
        if not self._wake.is_set():
            self._wake.set()

    def backlog(self) -> Backlog:
        """What waits, but for the changes of the last tenth of a second."""
        waiting = list(self._waiting.values())
        return Backlog(sum(run.points for run in waiting), sum(1 for run in waiting if run.points))

    def compact_now(self, run_pk: int | None = None) -> int:
        """Compact one run, or all, wholly, on the calling thread; the number of points that were moved."""
        session = self._store.session()
        if run_pk is not None:
            return self._compact(session, run_pk, ended=True, hurry=True)
        runs = session.all(
            "SELECT DISTINCT run_id FROM metric_tail UNION SELECT DISTINCT run_id FROM metric_chunk"
        )
        return sum(self._compact(session, pk, ended=True, hurry=True) for (pk,) in runs)

    def close(self) -> None:
        """Stop the thread; a slice that the writer has already been given is still stored."""
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def _guard(self) -> None:
        """Run the loop, and start it again after an error that no run is to blame for."""
        pause = FIRST_RETRY_SECONDS
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                with self._connection() as session:
                    self._loop(session)
            except BaseException as error:  # a thread boundary: nobody else would hear of it
                if time.monotonic() - started > LONGEST_RETRY_SECONDS:
                    pause = FIRST_RETRY_SECONDS
                self.failure = str(error)
                log.exception("The compactor failed and starts again in %g seconds", pause)
                # What it held in hand is found again.
                self._next_scan = 0.0
                self._stop.wait(pause)
                pause = min(2 * pause, LONGEST_RETRY_SECONDS)

    @contextmanager
    def _connection(self) -> Iterator[Session]:
        session = connect(self._store.folder, self._store.settings.durability, read_only=True)
        # It writes nothing but the log back, and never waits for others with the database locked.
        session.run("PRAGMA query_only = OFF")
        session.run("PRAGMA busy_timeout = 100")
        try:
            yield session
        finally:
            session.close()

    def _loop(self, session: Session) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._patience())
            self._wake.clear()
            self._take_notes()
            if time.monotonic() >= self._next_scan:
                self._scan(session)
            for run_id in self._due():
                if self._stop.is_set():
                    return
                self._attempt(session, run_id)
                self._take_notes()
            self._tidy(session)
            self._stop.wait(TICK_SECONDS)

    def _patience(self) -> float:
        """Seconds to sleep when nothing happens."""
        if self._waiting or self._quiet_since is not None:
            return min(max(self._idle_seconds / 2, TICK_SECONDS), 1.0)
        return max(0.0, self._next_scan - time.monotonic())

    def _take_notes(self) -> None:
        now = time.monotonic()
        while self._inbox:
            self._log_bytes += PAGE_BYTES * COMMIT_PAGES
            self._quiet_since = now
            for change in self._inbox.popleft():
                pages = CHANGE_PAGES.get(change.kind, OTHER_CHANGE_PAGES) + len(change.metrics)
                self._log_bytes += PAGE_BYTES * pages
                if change.kind == "metrics":
                    run = self._waiting.setdefault(change.run_id, _Waiting())
                    run.points += change.points
                    run.rows += 1
                    run.changed = now
                    self._log_bytes += 28 * change.points
                elif change.kind == "status":
                    # Whether the run ended is looked up when its turn comes.
                    self._waiting.setdefault(change.run_id, _Waiting(changed=now)).ended = True

    def _scan(self, session: Session) -> None:
        """Find tails that this process has not heard of, or too little of."""
        now = time.monotonic()
        self._next_scan = now + SCAN_SECONDS
        known = set(self._waiting)
        found = session.all(
            """SELECT run.run_id, found.points, found.number FROM
               (SELECT run_id, sum(points) AS points, count(*) AS number FROM metric_tail GROUP BY run_id) AS found
               JOIN run ON run.id = found.run_id WHERE found.points >= :points OR found.number >= :rows""",
            {"points": self._least_points, "rows": LEAST_ROWS},
        )
        # Of commits that came since the last notes, the scan saw some: their notes must not be added to what it saw.
        self._take_notes()
        for run_id, points, rows in found:
            if run_id not in known:
                run = self._waiting.setdefault(run_id, _Waiting(changed=now))
                run.points = max(run.points, points)
                run.rows = max(run.rows, rows)

    def _due(self) -> list[str]:
        now = time.monotonic()
        return [
            run_id for run_id, run in self._waiting.items() if now >= run.not_before and self._pays(run, now)
        ]

    def _pays(self, run: _Waiting, now: float) -> bool:
        if run.ended or run.points >= self._store.settings.compact_points or run.rows >= ROWS_AT_ONCE:
            return True
        patience = (
            self._idle_seconds if run.points >= self._least_points else self._idle_seconds * SMALL_PATIENCE
        )
        return now - run.changed >= patience

    def _attempt(self, session: Session, run_id: str) -> None:
        """Compact one run; keep it waiting, longer each time, when that fails."""
        run = self._waiting.pop(run_id)
        try:
            row = session.one("SELECT id, status FROM run WHERE run_id = :run", {"run": run_id})
            if row is not None:
                self._settle(session, run_id, run, row[0], row[1] in FINAL_STATUSES)
            self.failure = None
        except Exception as error:  # whatever it was, other runs must not wait for this one
            if self._stop.is_set():
                return
            self.failure = str(error)
            again = self._put_back(run_id, run)
            again.failures = run.failures + 1
            pause = min(FIRST_RETRY_SECONDS * 2**run.failures, LONGEST_RETRY_SECONDS)
            again.not_before = time.monotonic() + pause
            expected = isinstance(error, InvalidState | Unavailable)
            log.log(
                logging.INFO if expected else logging.ERROR,
                "Run %s could not be compacted; trying again in %g seconds: %s",
                run_id,
                pause,
                error,
                exc_info=None if isinstance(error, RunyardError) else error,
            )

    def _settle(self, session: Session, run_id: str, run: _Waiting, run_pk: int, ended: bool) -> None:
        """Compact a run whose turn has come, if that is worth it."""
        if run.ended and not ended:
            # Its status changed, but it goes on.
            run.ended = False
            if run.points:
                self._put_back(run_id, run)
            return
        if (
            run.points >= self._least_points
            or run.rows >= LEAST_ROWS
            or (ended and _has_chunks(session, run_pk))
        ):
            self._compact(session, run_pk, ended=ended)

    def _put_back(self, run_id: str, run: _Waiting) -> _Waiting:
        """Let a run wait again, with what was noted of it meanwhile."""
        again = self._waiting.setdefault(run_id, _Waiting())
        again.points += run.points
        again.rows += run.rows
        again.changed = max(again.changed, run.changed)
        again.ended |= run.ended
        return again

    def _compact(self, session: Session, run_pk: int, *, ended: bool, hurry: bool = False) -> int:
        from runyard.store.metrics.compact import Pacer, finish, plan

        pause: Callable[[], None] = (lambda: None) if hurry else Pacer()
        moved = 0
        with self._busy:
            for make in (plan, finish) if ended else (plan,):
                more = True
                while more and not self._stop.is_set():
                    planned = make(session, run_pk, pause)
                    more = planned.more
                    if not planned.empty:
                        self._store_plan(planned)
                        moved += planned.points if make is plan else 0
        return moved

    def _store_plan(self, planned: Plan) -> None:
        from runyard.store.metrics.compact import apply

        def work(transaction: Transaction) -> None:
            apply(transaction, planned)

        started = time.perf_counter()
        self._wait(self._store.submit(work))
        measures = self._store.measures
        measures.compactions += 1
        measures.compacted_points += planned.points
        self._log_bytes += sum(len(row[-1]) for row in planned.new)
        log.debug(
            "Run %d: %d tail rows, %d points, %d chunks written, %d replaced in %.1f ms",
            planned.run_pk,
            planned.tail_rows,
            planned.points,
            len(planned.new),
            len(planned.old),
            1000 * (time.perf_counter() - started),
        )

    def _wait(self, future: Future[Any]) -> Any:
        """The result of a write; gives up once the store closes, when nobody may be left to resolve it."""
        while True:
            try:
                return future.result(timeout=0.5)
            except FutureTimeout:
                if self._stop.is_set():
                    raise Unavailable("The server is stopping.") from None

    def _tidy(self, session: Session) -> None:
        """Write the log back when it has grown; when nothing happens, empty it and give free pages back."""
        if self._log_bytes >= LOG_BYTES:
            self._log_bytes = 0
            session.all("PRAGMA wal_checkpoint(PASSIVE)")
        elif self._quiet_since is not None and time.monotonic() - self._quiet_since >= QUIET_SECONDS:
            self._quiet_since = None
            self._log_bytes = 0
            self._vacuum(session)
            session.all("PRAGMA wal_checkpoint(TRUNCATE)")

    def _vacuum(self, session: Session) -> None:
        """Shorten the file by free pages that no tail will use soon; does nothing unless auto_vacuum is incremental."""

        def work(transaction: Transaction) -> None:
            space.give_back(transaction.session, VACUUM_PAGES)

        least = max(FREE_PAGES, space.pages(session) // 10)
        while space.can_shrink(session) and not self._stop.is_set() and not self._inbox:
            if space.free_pages(session) < least:
                return
            least = 1
            self._wait(self._store.submit(work))
            self._stop.wait(TICK_SECONDS)


def _has_chunks(session: Session, run_pk: int) -> bool:
    return session.one("SELECT 1 FROM metric_chunk WHERE run_id = :run LIMIT 1", {"run": run_pk}) is not None
