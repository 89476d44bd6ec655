"""What a write sees: the connection, the pending metrics, the receipts, and the changes to announce."""

from __future__ import annotations

import sqlite3
import time

from runyard.store.changes import Change
from runyard.store.journal.journal import Journal
from runyard.store.metadata.run_cache import RunCache
from runyard.store.metadata.session import Session
from runyard.store.metrics.appender import MetricAppender
from runyard.store.receipts import Receipts


class Transaction:
    """The state of the writer's thread; one for the life of a store."""

    def __init__(self, session: Session, receipts: Receipts, journal: Journal) -> None:
        self.session = session
        self.receipts = receipts
        self.journal = journal
        self.metrics = MetricAppender(session)
        self.runs = RunCache(session)
        self.changes: list[Change] = []
        self.now = 0
        # Whether the journal holds what neither the database nor `metrics` has any more (journal/replay.py).
        self.behind = False
        self._begun = False

    def begin(self) -> None:
        """Take the database's write lock if it is not held; drop what is remembered when another process wrote.

        The transaction may be `behind` afterwards; `journal.replay.begin` does what that asks for.
        """
        self.now = time.time_ns() // 1_000_000
        if self._begun:
            if self._is_open():
                return
            self.abandon()
        self.session.run("BEGIN IMMEDIATE")
        self._begun = True
        if self.session.others_wrote():
            self.forget()
            self.receipts.refresh(self.session, self.now)
            self.behind = bool(self.journal.waiting)

    def announce(self, run_id: str, experiment_id: int | str, kind: str) -> None:
        """Tell live readers about a change once it is committed."""
        self.changes.append(Change(run_id, str(experiment_id), kind))

    def announce_model(self, name: str) -> None:
        """Tell live readers that a registered model, or a version of it, changed, once that is committed."""
        self.changes.append(Change("", "", "model", model=name))

    def flush(self) -> None:
        """Write the pending metrics, so that the next statement sees them."""
        self.metrics.flush(self.changes)

    def forget(self) -> None:
        """Drop remembered rows: another process wrote."""
        self.metrics.forget()
        self.runs.forget()

    def undo(self) -> None:
        """A guarded operation was undone: drop what it left pending; what came before it was flushed."""
        self.metrics.discard()
        self.runs.forget()

    def keep(self) -> None:
        """The requests that were accepted last are durable without a commit: the journal has them."""
        self.receipts.keep(time.time_ns() // 1_000_000)

    def end_unchanged(self) -> None:
        """Give the database's write lock back: nothing was written since it was taken."""
        self._begun = False
        self.session.run("ROLLBACK")

    def _is_open(self) -> bool:
        """False after some failures of the disk: SQLite undoes the transaction by itself then."""
        return self.session.connection.in_transaction

    def commit(self) -> list[Change]:
        """Write what is pending, make everything durable, and return the changes."""
        if not self._is_open():
            # What comes next would be stored without what was before.
            raise sqlite3.OperationalError("the transaction was undone")
        self.flush()
        self.receipts.flush(self.session, self.now, self.journal.last)
        self.session.run("COMMIT")
        self._begun = False
        self.receipts.committed()
        self.journal.applied()
        changes, self.changes = self.changes, []
        return changes

    def abandon(self) -> None:
        """Undo the whole transaction."""
        self._begun = False
        if self.session.connection.in_transaction:
            self.session.run("ROLLBACK")
        self.changes = []
        self.metrics.discard()
        self.runs.forget()
        self.receipts.discard()
        self.behind = bool(self.journal.waiting)
