"""Brings what journals hold into the database: after a process was killed, and after a transaction failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from runyard.errors import RunNotFound, RunyardError
from runyard.store.journal.entry import Entry, decode_entry
from runyard.store.journal.file import read_frames
from runyard.store.journal.journal import journals
from runyard.store.metadata import runs
from runyard.store.receipts import Kept
from runyard.store.transaction import Transaction

log = logging.getLogger("runyard.journal")


def begin(transaction: Transaction) -> None:
    """Begin the transaction, and do again what was accepted before one failed; raises sqlite3.Error."""
    transaction.begin()
    if transaction.behind:
        transaction.metrics.discard()
        _apply_again(transaction, [decode_entry(payload) for payload in transaction.journal.waiting])
        transaction.behind = False


def _apply_again(transaction: Transaction, entries: Iterable[Entry]) -> None:
    """Do what was accepted before. Nothing of it can be refused, unless somebody else changed the database since.

    Points of runs that are gone since are dropped.
    """
    for entry in entries:
        if entry.created is not None:
            _create_again(transaction, entry)
        elif entry.params or entry.tags:
            try:
                runs.log_batch(transaction, entry.batch())
            except RunyardError as error:
                log.warning("What was logged to run %s is dropped: %s", entry.run_id, error.message)
        else:
            _append_again(transaction, entry)


def _append_again(transaction: Transaction, entry: Entry) -> None:
    try:
        run = transaction.runs.get(entry.run_id)
    except RunNotFound:
        return
    transaction.metrics.append(run.key, run.run_id, run.experiment_id, entry.batch().metrics)


def _create_again(transaction: Transaction, entry: Entry) -> None:
    created = entry.created
    assert created is not None
    try:
        transaction.runs.get(entry.run_id)
        return
    except RunNotFound:
        pass
    new = runs.NewRun(
        entry.run_id,
        created.experiment_id,
        created.name,
        created.user_id,
        created.start_time,
        entry.tag_pairs(),
    )
    try:
        runs.insert(transaction, new)
    except RunyardError as error:
        log.warning("The run %s is dropped: %s", entry.run_id, error.message)


def recover(folder: Path, transaction: Transaction) -> None:
    """Store what journals of ended processes hold, each in one transaction, and delete them.

    Call it while the gate is held and before anything else is written.
    """
    for path in journals(folder):
        process = path.stem
        if transaction.receipts.is_gone(process):
            _recover(path, process, transaction)


def _recover(path: Path, process: str, transaction: Transaction) -> None:
    receipts, session = transaction.receipts, transaction.session
    try:
        begin(transaction)
        applied = receipts.journal_applied(session, process)
        frames = [(sequence, payload) for sequence, payload in read_frames(path) if sequence > applied]
        if frames:
            if frames[0][0] != applied + 1:
                # Only in a copy of a folder that was written to, or after a power cut with relaxed durability.
                log.warning("The journal %s begins with request %d, after %d", path, frames[0][0], applied)
            entries = [decode_entry(payload) for _, payload in frames]
            _apply_again(transaction, entries)
            receipts.adopt(session, process, _kept(entries, transaction.now), transaction.now, frames[-1][0])
        transaction.commit()
    except BaseException:
        transaction.abandon()
        raise
    path.unlink()


def _kept(entries: Iterable[Entry], now: int) -> list[Kept]:
    return [
        Kept(
            entry.fingerprint,
            now,
            None if entry.created is None else entry.run_id,
            not entry.named,
            entry.named,
            entry.connection,
        )
        for entry in entries
        if entry.fingerprint
    ]
