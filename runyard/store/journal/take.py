"""Accepts a group of requests that log nothing but points: into the journal, and into the appender's memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from runyard.errors import RunyardError
from runyard.store.journal.entry import encode_entry
from runyard.store.metadata.run_cache import RunRow
from runyard.store.operation import Operation, RunPoints
from runyard.store.transaction import Transaction


def take(transaction: Transaction, group: Sequence[Operation]) -> int | None:
    """Make the points of all operations durable and give the operations their results.

    None means that nothing was done, and that the group needs a transaction of the database; else the number of
    retries among them.
    """
    for operation in group:
        if operation.points is None:
            return None
    journal = transaction.journal
    if transaction.behind or not journal.ready():
        return None
    try:
        accepted, refused, retries = _check(transaction, group)
    except sqlite3.Error:
        transaction.receipts.discard()
        journal.unused()
        return None
    payloads = [
        encode_entry(points.run_id, points.batch, operation.receipt) for operation, points, _ in accepted
    ]
    if not payloads:
        journal.unused()
    elif not journal.append(payloads):
        transaction.receipts.discard()
        return None
    transaction.keep()
    for _, points, run in accepted:
        transaction.metrics.append(run.key, run.run_id, run.experiment_id, points.batch)
    for operation, error in refused:
        operation.error = error
    return retries


def _check(
    transaction: Transaction, group: Sequence[Operation]
) -> tuple[list[tuple[Operation, RunPoints, RunRow]], list[tuple[Operation, RunyardError]], int]:
    """What is to be stored, what is refused, and how many are retries; reads what the appender has to know."""
    accepted = []
    refused = []
    receipts = transaction.receipts
    for operation in group:
        points, receipt = operation.points, operation.receipt
        assert points is not None, "take() saw to it"
        if receipt is not None and receipts.find(receipt) is not None:
            continue
        try:
            run = transaction.runs.active(points.run_id)
        except RunyardError as error:
            refused.append((operation, error))
            continue
        transaction.metrics.recall(run.key, run.experiment_id, points.batch)
        if receipt is not None:
            receipts.add(receipt, None)
        accepted.append((operation, points, run))
    return accepted, refused, len(group) - len(accepted) - len(refused)
