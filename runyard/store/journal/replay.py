"""Brings points from journals into the database: after a process was killed, and after a transaction failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from runyard.errors import RunNotFound
from runyard.store.journal.entry import Entry, decode_entry
from runyard.store.journal.file import read_frames
from runyard.store.journal.journal import journals
from runyard.store.receipts import Kept

if TYPE_CHECKING:
    from runyard.store.transaction import Transaction

log = logging.getLogger("runyard.journal")


def append_again(transaction: Transaction, entries: Iterable[Entry]) -> None:
    """Give points to the transaction that were accepted before; those of runs that are gone since are dropped."""
    for entry in entries:
        try:
            run = transaction.runs.get(entry.run_id)
        except RunNotFound:
            continue
        transaction.metrics.append(run.key, run.run_id, run.experiment_id, entry.batch())


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
        transaction.begin()
        applied = receipts.journal_applied(session, process)
        frames = [(sequence, payload) for sequence, payload in read_frames(path) if sequence > applied]
        if frames:
            if frames[0][0] != applied + 1:
                # Only in a copy of a folder that was written to, or after a power cut with relaxed durability.
                log.warning("The journal %s begins with request %d, after %d", path, frames[0][0], applied)
            entries = [decode_entry(payload) for _, payload in frames]
            append_again(transaction, entries)
            receipts.adopt(session, process, _kept(entries, transaction.now), transaction.now, frames[-1][0])
        transaction.commit()
    except BaseException:
        transaction.abandon()
        raise
    path.unlink()


def _kept(entries: Iterable[Entry], now: int) -> list[Kept]:
    return [
        Kept(entry.fingerprint, now, None, not entry.named, entry.named, entry.connection)
        for entry in entries
        if entry.fingerprint
    ]
