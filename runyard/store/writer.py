"""The one thread that writes: takes everything that waits, makes it durable at once, answers.

A group of requests that only log, or create runs, goes into the journal, and is committed a moment later, with many
others (runyard/store/journal/). Any other group is applied in one transaction of the database and committed, in which
an operation that raises is undone alone (a savepoint), and the others go on. When the commit itself fails (a full
disk), nothing of the group is kept and every caller gets the error.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from runyard.errors import StorageFull, Unavailable
from runyard.store.apply import Outcome, apply
from runyard.store.changes import Change
from runyard.store.journal.replay import begin
from runyard.store.journal.take import take
from runyard.store.measures import Measures
from runyard.store.operation import Operation, Work
from runyard.store.transaction import Transaction

log = logging.getLogger("runyard.writer")

# What takes longer than this must not hold up an event loop.
QUICK_SECONDS = 0.002


class Writer:
    """Owns the writing connection and its thread.

    `settled` is called once per group, on the writer's thread, with the operations whose callers wait; the
    default resolves their futures there and then. `published` is called with the changes after each commit.
    """

    def __init__(
        self,
        transaction: Transaction,
        measures: Measures,
        group_requests: int,
        queue_requests: int,
    ) -> None:
        self._transaction = transaction
        self._measures = measures
        self._group_requests = group_requests
        self._queue_requests = queue_requests
        self._queue: queue.SimpleQueue[Operation | None] = queue.SimpleQueue()
        # Makes the thread look at the clock: the journal has begun to fill.
        self._look = Operation(_nothing, False, None, None)
        self._closed = False
        # Held while a group is applied, by the thread or by a caller of `try_now` or `catch_up`.
        self._turn = threading.Lock()
        self.settled: Callable[[list[Operation]], None] = resolve
        self.published: list[Callable[[list[Change]], None]] = []
        self._thread = threading.Thread(target=self._loop, name="runyard-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work, *, guarded: bool = True) -> Future[Any]:
        """Queue `work(transaction)` and return the future of its result; see `put`."""
        future: Future[Any] = Future()
        self.put(Operation(work, guarded, None, future))
        return future

    def put(self, operation: Operation) -> None:
        """Queue an operation; raise Unavailable when too much waits or the store is closed."""
        if self._closed:
            raise Unavailable("The server is stopping.")
        if self._queue.qsize() >= self._queue_requests:
            raise Unavailable("Too many requests wait to be stored; try again later.")
        self._queue.put(operation)

    def try_now(self, group: list[Operation], alone: bool = False) -> bool:
        """Make a group durable on this thread, if nothing else waits and it takes little time.

        It has to be fit for the journal, or else its caller has to be the only one at work (`alone`), because a
        transaction pays only for those who share it. The caller resolves the operations. False means that nothing
        was done.
        """
        measures = self._measures
        if self._closed or measures.journal_average > QUICK_SECONDS or not self._queue.empty():
            return False
        if not self._turn.acquire(blocking=False):
            return False
        journal = self._transaction.journal
        waited = bool(journal.waiting)
        try:
            if not self._journal_group(group):
                if not alone or measures.commit_average > QUICK_SECONDS:
                    return False
                self._commit_group(group)
        finally:
            self._turn.release()
        if not waited and journal.waiting:
            self._queue.put(self._look)
        return True

    def catch_up(self) -> None:
        """Bring what the journal holds into the database, so that a reader sees it.

        If the database can't take it (a full disk), it stays in the journal, and readers see what was there before.
        """
        if self._transaction.journal.waiting:
            with self._turn:
                self._store_journal()

    def depth(self) -> int:
        """Operations that wait."""
        return self._queue.qsize()

    def close(self) -> None:
        """Commit everything that was accepted, then stop the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _loop(self) -> None:
        open_ = True
        journal = self._transaction.journal
        while open_:
            group, open_ = self._take()
            if group:
                with self._turn:
                    if not self._journal_group(group):
                        self._commit_group(group)
                self.settled(group)
            if journal.waiting and (time.monotonic() >= journal.due or not open_):
                with self._turn:
                    self._store_journal()

    def _take(self) -> tuple[list[Operation], bool]:
        """The operations that wait, and whether more may come; none when it is time to look at the journal."""
        journal = self._transaction.journal
        try:
            patience = max(0.0, journal.due - time.monotonic()) if journal.waiting else None
            first = self._queue.get(timeout=patience)
        except queue.Empty:
            return [], True
        if first is None:
            return [], False
        group = [first]
        open_ = True
        while len(group) < self._group_requests:
            try:
                operation = self._queue.get_nowait()
            except queue.Empty:
                break
            if operation is None:
                open_ = False
                break
            group.append(operation)
        return [operation for operation in group if operation is not self._look], open_

    def _journal_group(self, group: list[Operation]) -> bool:
        """Give a group to the journal; False, with nothing done, when it needs a transaction of its own."""
        taken = take(self._transaction, group)
        if taken is None:
            return False
        self._measures.retries += taken.retries
        if taken.durable:
            self._measures.journaled(len(group), self._transaction.journal.seconds)
        else:
            self._commit_group(group, applied=True)
        return True

    def _store_journal(self) -> None:
        if self._transaction.journal.waiting:
            error = self._commit_group([])
            if error is not None:
                log.warning("What the journal holds could not be stored and waits: %s", error)
                self._transaction.journal.postpone()

    def _commit_group(self, group: list[Operation], applied: bool = False) -> BaseException | None:
        """Apply (unless that was done) and commit operations and what the journal holds.

        Returns the error when nothing was stored.
        """
        started = time.perf_counter()
        transaction = self._transaction
        try:
            if not applied:
                begin(transaction)
                for operation in group:
                    self._measures.retries += apply(transaction, operation) is Outcome.REPEATED
            changes = transaction.commit()
        except BaseException as error:  # a thread boundary: the callers get the error
            transaction.abandon()
            failure = translate(error)
            for operation in group:
                operation.error = failure
            return failure
        self._measures.group(len(group), time.perf_counter() - started)
        if changes:
            for publish in self.published:
                publish(changes)
        return None


def _nothing(transaction: Transaction) -> None:
    """The work of `_look`, which nobody does."""


def resolve(group: list[Operation]) -> None:
    """Resolve the futures of a group's operations."""
    for operation in group:
        future: Future[Any] = operation.waiter
        if operation.error is None:
            future.set_result(operation.result)
        else:
            future.set_exception(operation.error)


def translate(error: BaseException) -> BaseException:
    """Turn a failure of the database into the error that clients are told."""
    if isinstance(error, sqlite3.OperationalError):
        text = str(error)
        if "full" in text or "I/O" in text:
            return StorageFull(f"The disk that holds the data can't take more ({text}); nothing was stored.")
        return Unavailable(f"The database could not store the request ({text}); nothing was stored.")
    return error
