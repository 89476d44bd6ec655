"""Accepts a group of requests into the journal.

Points alone are counted into the appender's memory. Whatever else is logged has to be checked against what is stored,
so it is done in the database's transaction, which then stays open: the journal's frame makes it durable, and the
commit comes later, for many at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from runyard.errors import RunyardError
from runyard.store.apply import Outcome, apply
from runyard.store.journal.entry import encode_entry
from runyard.store.metadata.run_cache import RunRow
from runyard.store.operation import Batch, Operation
from runyard.store.transaction import Transaction


class Taken(NamedTuple):
    """A group that was applied: how many of it were retries, and whether it is durable or waits for a commit."""

    retries: int
    durable: bool


def take(transaction: Transaction, group: Sequence[Operation]) -> Taken | None:
    """Apply the operations, make them durable, and give them their results.

    None means that nothing was done, and that the group needs a transaction of its own.
    """
    only_points = True
    for operation in group:
        record = operation.record
        if record is None:
            return None
        if not isinstance(record, Batch) or not record.has_only_points():
            only_points = False
    if transaction.behind or not transaction.journal.ready():
        return None
    return _take_points(transaction, group) if only_points else _take_changes(transaction, group)


def _take_changes(transaction: Transaction, group: Sequence[Operation]) -> Taken | None:
    journal = transaction.journal
    if journal.is_nearly_full():
        return None
    payloads = []
    retries = 0
    try:
        transaction.begin()
        if transaction.behind:
            return None
        for operation in group:
            outcome = apply(transaction, operation)
            if outcome is Outcome.DONE:
                assert operation.record is not None, "take() saw to it"
                payloads.append(encode_entry(operation.record, operation.receipt))
            retries += outcome is Outcome.REPEATED
        if not payloads and not journal.waiting:
            transaction.end_unchanged()
    except sqlite3.Error:
        transaction.abandon()
        journal.unused()
        return None
    if not payloads:
        journal.unused()
        return Taken(retries, durable=True)
    if not journal.append(payloads):
        return Taken(retries, durable=False)
    transaction.keep()
    return Taken(retries, durable=True)


def _take_points(transaction: Transaction, group: Sequence[Operation]) -> Taken | None:
    journal = transaction.journal
    try:
        accepted, refused, retries = _check(transaction, group)
    except sqlite3.Error:
        transaction.abandon()
        journal.unused()
        return None
    payloads = [encode_entry(batch, operation.receipt) for operation, batch, _ in accepted]
    if not payloads:
        journal.unused()
    elif not journal.append(payloads):
        transaction.receipts.discard()
        return None
    transaction.keep()
    for _, batch, run in accepted:
        transaction.metrics.append(run.key, run.run_id, run.experiment_id, batch.metrics)
    for operation, error in refused:
        operation.error = error
    return Taken(retries, durable=True)


def _check(
    transaction: Transaction, group: Sequence[Operation]
) -> tuple[list[tuple[Operation, Batch, RunRow]], list[tuple[Operation, RunyardError]], int]:
    """What is to be stored, what is refused, and how many are retries; reads what the appender has to know."""
    accepted = []
    refused = []
    receipts = transaction.receipts
    for operation in group:
        batch, receipt = operation.record, operation.receipt
        assert isinstance(batch, Batch), "take() saw to it"
        if receipt is not None and receipts.find(receipt) is not None:
            continue
        try:
            run = transaction.runs.active(batch.run_id)
        except RunyardError as error:
            refused.append((operation, error))
            continue
        transaction.metrics.recall(run.key, run.experiment_id, batch.metrics)
        if receipt is not None:
            receipts.add(receipt, None)
        accepted.append((operation, batch, run))
    return accepted, refused, len(group) - len(accepted) - len(refused)
