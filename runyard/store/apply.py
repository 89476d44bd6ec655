"""Does one operation inside the open transaction."""

from __future__ import annotations

import sqlite3
from enum import Enum
from typing import Any

from runyard.store.operation import Operation, Work
from runyard.store.transaction import Transaction


class Outcome(Enum):
    """What became of an operation; its `result` and `error` say more."""

    DONE = "done"
    REPEATED = "repeated"
    REFUSED = "refused"


def apply(transaction: Transaction, operation: Operation) -> Outcome:
    """Do the operation unless it repeats another one; raises sqlite3.DatabaseError when the group has to fail."""
    receipt = operation.receipt
    if receipt is not None:
        known = transaction.receipts.find(receipt)
        if known is not None:
            operation.result = known.result
            return Outcome.REPEATED
    try:
        operation.result = run_work(transaction, operation.work, operation.guarded)
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
        return Outcome.DONE
    return Outcome.REFUSED


def run_work(transaction: Transaction, work: Work, guarded: bool) -> Any:
    """Do one write's work; what a guarded one has done is undone when it raises."""
    if not guarded:
        return work(transaction)
    transaction.flush()
    changes = len(transaction.changes)
    try:
        with transaction.session.savepoint():
            return work(transaction)
    except BaseException:
        del transaction.changes[changes:]
        transaction.undo()
        raise
