"""The one thread that writes: takes everything that waits, applies it in one transaction, commits, answers.

An operation that raises is undone alone (a savepoint); the others of its group go on. When the commit itself
fails (a full disk), nothing of the group is kept and every caller gets the error.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from runyard.errors import StorageFull, Unavailable
from runyard.store.changes import Change
from runyard.store.measures import Measures
from runyard.store.metadata.session import Session
from runyard.store.receipts import Receipt
from runyard.store.transaction import Transaction

# A commit that takes longer than this must not hold up an event loop.
QUICK_SECONDS = 0.002

Work = Callable[[Transaction], Any]


class Operation:
    """A queued write and where its result goes.

    `guarded` operations run in a savepoint and see all metrics that were queued before them. An unguarded one
    promises to check everything before it changes anything. `waiter` belongs to whoever replaced `settled`.
    """

    __slots__ = ("error", "guarded", "receipt", "result", "waiter", "work")

    def __init__(self, work: Work, guarded: bool, receipt: Receipt | None, waiter: Any) -> None:
        self.work = work
        self.guarded = guarded
        self.receipt = receipt
        self.waiter = waiter
        self.result: Any = None
        self.error: BaseException | None = None


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
        self._session: Session = transaction.session
        self._measures = measures
        self._group_requests = group_requests
        self._queue_requests = queue_requests
        self._queue: queue.SimpleQueue[Operation | None] = queue.SimpleQueue()
        self._closed = False
        # Held while a group is applied, by the thread or by a caller of try_now.
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

    def try_now(self, operation: Operation) -> bool:
        """Apply and commit an operation on this thread, if nothing else waits and commits take little time.

        The caller resolves it. False means that nothing was done.
        """
        if self._closed or self._measures.commit_average > QUICK_SECONDS or not self._queue.empty():
            return False
        if not self._turn.acquire(blocking=False):
            return False
        try:
            self._commit_group([operation])
        finally:
            self._turn.release()
        return True

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
        while open_:
            group, open_ = self._take()
            if group:
                with self._turn:
                    self._commit_group(group)
                self.settled(group)

    def _take(self) -> tuple[list[Operation], bool]:
        first = self._queue.get()
        if first is None:
            return [], False
        group = [first]
        while len(group) < self._group_requests:
            try:
                operation = self._queue.get_nowait()
            except queue.Empty:
                break
            if operation is None:
                return group, False
            group.append(operation)
        return group, True

    def _commit_group(self, group: list[Operation]) -> None:
        started = time.perf_counter()
        transaction = self._transaction
        try:
            transaction.begin()
            for operation in group:
                self._apply(operation)
            changes = transaction.commit()
        except BaseException as error:  # a thread boundary: the callers get the error
            transaction.abandon()
            failure = translate(error)
            for operation in group:
                operation.error = failure
            return
        self._measures.group(len(group), time.perf_counter() - started)
        if changes:
            for publish in self.published:
                publish(changes)

    def _apply(self, operation: Operation) -> None:
        transaction = self._transaction
        receipt = operation.receipt
        if receipt is not None:
            known = transaction.receipts.find(receipt)
            if known is not None:
                self._measures.retries += 1
                operation.result = known.result
                return
        try:
            operation.result = self._run(operation)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.IntegrityError):
                # The transaction may be gone (a full disk undoes it whole), so the group fails as one.
                raise
            operation.error = error
        except Exception as error:  # a defect in one operation must not fail its neighbours
            operation.error = error
        else:
            if receipt is not None:
                transaction.receipts.add(receipt, operation.result)

    def _run(self, operation: Operation) -> Any:
        transaction = self._transaction
        if not operation.guarded:
            return operation.work(transaction)
        transaction.flush()
        changes = len(transaction.changes)
        try:
            with self._session.savepoint():
                return operation.work(transaction)
        except BaseException:
            del transaction.changes[changes:]
            transaction.undo()
            raise


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
