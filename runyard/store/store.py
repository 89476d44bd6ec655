"""Opens a workspace folder and holds its parts together: writer, readers, compactor, artifacts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from runyard.settings import Settings
from runyard.store.artifacts.local import LocalArtifacts
from runyard.store.changes import Change
from runyard.store.inline import Inline
from runyard.store.journal.gate import Gate
from runyard.store.journal.journal import Journal, make_folder
from runyard.store.journal.replay import recover
from runyard.store.measures import Measures
from runyard.store.metadata.database import connect, create_or_check
from runyard.store.metadata.experiments import ensure_default
from runyard.store.metadata.run_texts import RunTexts
from runyard.store.metadata.session import Session
from runyard.store.metrics.compactor import Compactor
from runyard.store.notices import Notices
from runyard.store.operation import Work
from runyard.store.purge.job import PurgeJob
from runyard.store.receipts import Receipts
from runyard.store.sizes import Sizes
from runyard.store.transaction import Transaction
from runyard.store.writer import Writer

if TYPE_CHECKING:
    from runyard.store.metrics.cache import SeriesCache

# Each is held for one piece of a file, never for a whole transfer.
ARTIFACT_THREADS = 8
# Of kept texts: those of 20,000 runs with 10 metrics and 10 parameters each.
RUN_TEXT_BYTES = 32 * 1024 * 1024

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """One open workspace folder. Several processes may open the same folder at once."""

    def __init__(self, folder: Path, settings: Settings, inline: bool = False) -> None:
        """`inline`: reads are done on the thread that asks for them, not on threads of a pool."""
        create_or_check(folder, settings.durability)
        self.folder = folder
        self.settings = settings
        self.measures = Measures()
        self._local = threading.local()
        self.run_texts = RunTexts(RUN_TEXT_BYTES)
        self._cache_lock = threading.Lock()
        self._series_cache: SeriesCache | None = None
        self._sessions: list[Session] = []
        self.readers = _pool(settings.reader_threads, "runyard-reader", inline)
        with ExitStack() as undo:
            self._open(folder, settings, inline, undo)
            undo.pop_all()

    def _open(self, folder: Path, settings: Settings, inline: bool, undo: ExitStack) -> None:
        """Open the parts; `undo` closes those that were opened when a later one can't be."""
        self._writing = connect(folder, settings.durability)
        undo.callback(self._writing.close)
        make_folder(folder)
        self._receipts = Receipts(folder, settings.retry_window_seconds)
        undo.callback(self._receipts.close)
        self.notices = Notices(folder, self._receipts.process)
        undo.callback(self.notices.close)
        gate = Gate(folder, self._receipts.process, self._receipts.is_gone)
        self._journal = Journal(folder, self._receipts.process, gate, settings.durability == "full")
        undo.callback(self._journal.close)
        transaction = Transaction(self._writing, self._receipts, self._journal)
        with gate.opening():
            recover(folder, transaction)
        self.writer = Writer(transaction, self.measures, settings.group_requests, settings.queue_requests)
        undo.callback(self.writer.close)
        self.writer.published.append(self.notices.tell)
        self.write(ensure_default)
        self.compactor = Compactor(self)
        undo.callback(self.compactor.close)
        self.artifacts = LocalArtifacts(folder / "artifacts", settings.durability)
        self.artifact_threads = _pool(ARTIFACT_THREADS, "runyard-artifact", inline)
        self.artifact_threads.submit(self.artifacts.sweep)
        self.purge = PurgeJob(self)
        self.purge.finish_begun()
        self.sizes = Sizes(self)

    def submit(self, work: Work, *, guarded: bool = True) -> Future[Any]:
        """Queue a write and return the future of its result; see Writer."""
        return self.writer.submit(work, guarded=guarded)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do a write and wait until it is durable."""
        result: T = self.submit(work).result()
        return result

    def read(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function(session, ...)` on this thread, on a connection that is this thread's own."""
        return function(self.session(), *args, **kwargs)

    def session(self) -> Session:
        """This thread's reading connection; everything that was answered is visible on it."""
        self.writer.catch_up()
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            session = connect(self.folder, read_only=True)
            self._local.session = session
            self._sessions.append(session)
        return session

    def end_session(self) -> None:
        """Close this thread's reading connection: the thread ends."""
        session: Session | None = getattr(self._local, "session", None)
        if session is not None:
            del self._local.session
            self._sessions.remove(session)
            session.close()

    @property
    def series_cache(self) -> SeriesCache:
        """Decoded series, kept for charts and pages; numpy is imported at the first use."""
        with self._cache_lock:
            if self._series_cache is None:
                from runyard.store.metrics.cache import SeriesCache

                self._series_cache = SeriesCache(self.settings.series_cache_bytes)
            return self._series_cache

    def close(self) -> None:
        """Commit what was accepted and close everything."""
        self.purge.close()
        self.artifact_threads.shutdown(wait=True)
        self.artifacts.close()
        self.compactor.close()
        self.writer.close()
        self.readers.shutdown(wait=True)
        for session in self._sessions:
            session.close()
        self._journal.close()
        self.notices.close()
        self._receipts.close()
        self._writing.close()

    def publish(self, changes: list[Change]) -> None:
        """Tell live readers about changes that no transaction made, such as a new artifact."""
        for published in self.writer.published:
            published(changes)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _pool(threads: int, name: str, inline: bool) -> ThreadPoolExecutor:
    return Inline() if inline else ThreadPoolExecutor(threads, thread_name_prefix=name)
