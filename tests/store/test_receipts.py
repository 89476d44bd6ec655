"""Which repeated requests are retries, in one process and after it is gone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metadata.database import connect, create_or_check
from runyard.store.metadata.session import Session
from runyard.store.operation import Operation
from runyard.store.receipts import Receipt, Receipts
from runyard.store.store import Store

BODY = b"0123456789abcdef"
HOUR = 3_600_000


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    create_or_check(tmp_path, "full")
    opened = connect(tmp_path)
    yield opened
    opened.close()


def applied(
    receipts: Receipts, session: Session, receipt: Receipt, result: object = None, now: int = HOUR
) -> None:
    receipts.add(receipt, result)
    receipts.flush(session, now)
    receipts.committed()


def test_an_equal_request_is_kept_unless_the_first_answer_was_lost(tmp_path: Path, session: Session) -> None:
    receipts = Receipts(tmp_path, 600)
    first = Receipt(BODY, named=False)
    applied(receipts, session, first, "run")
    assert receipts.find(Receipt(BODY, named=False)) is None
    first.lost = True
    found = receipts.find(Receipt(BODY, named=False))
    assert found is not None
    assert found.result == "run"
    receipts.close()


def test_a_named_request_is_known_even_when_its_answer_arrived(tmp_path: Path, session: Session) -> None:
    receipts = Receipts(tmp_path, 600)
    first = Receipt(BODY, named=True)
    applied(receipts, session, first, 7)
    first.acknowledged = True
    applied(receipts, session, Receipt(b"x" * 16, named=False))
    found = receipts.find(Receipt(BODY, named=True))
    assert found is not None
    assert found.result == 7
    receipts.close()


def test_acknowledged_receipts_are_forgotten(tmp_path: Path, session: Session) -> None:
    receipts = Receipts(tmp_path, 600)
    for index in range(1000):
        receipt = Receipt(index.to_bytes(16, "big"), named=False)
        applied(receipts, session, receipt)
        receipt.acknowledged = True
    row = session.one("SELECT length(payload) FROM receipt")
    assert row is not None
    assert row[0] < 100
    receipts.close()


def test_lost_receipts_end_with_the_window(tmp_path: Path, session: Session) -> None:
    receipts = Receipts(tmp_path, 600)
    first = Receipt(BODY, named=False)
    applied(receipts, session, first, now=HOUR)
    first.lost = True
    applied(receipts, session, Receipt(b"x" * 16, named=False), now=HOUR + 601_000)
    assert receipts.find(Receipt(BODY, named=False)) is None
    receipts.close()


def test_receipts_of_a_killed_process_count(tmp_path: Path, session: Session) -> None:
    """The lock on its file tells a living process from a dead one."""
    killed = Receipts(tmp_path, 600)
    applied(killed, session, Receipt(BODY, named=False), "run")
    survivor = Receipts(tmp_path, 600)
    survivor.refresh(session, HOUR)
    assert survivor.find(Receipt(BODY, named=False)) is None
    fcntl.flock(killed._lock, fcntl.LOCK_UN)
    os.close(killed._lock)
    found = survivor.find(Receipt(BODY, named=False))
    assert found is not None
    assert found.result == "run"
    survivor.refresh(session, HOUR + 601_000)
    assert session.one("SELECT 1 FROM receipt") is None
    survivor.close()


def test_an_undone_group_leaves_no_receipt(tmp_path: Path, session: Session) -> None:
    receipts = Receipts(tmp_path, 600)
    receipts.add(Receipt(BODY, named=True), None)
    receipts.discard()
    assert receipts.find(Receipt(BODY, named=True)) is None
    receipts.close()


def test_a_retried_creation_gives_the_first_run_also_after_a_restart(tmp_path: Path) -> None:
    def create(store: Store, run_id: str) -> str:
        from concurrent.futures import Future

        receipt, future = Receipt(BODY, named=True), Future[str]()
        new = runs.NewRun(run_id, "0", "n", "u", 1, [])
        store.writer.put(Operation(lambda tx: runs.create(tx, new), False, receipt, future))
        return future.result(10)

    with Store(tmp_path, Settings()) as store:
        assert create(store, "a" * 32) == "a" * 32
        assert create(store, "b" * 32) == "a" * 32
    with Store(tmp_path, Settings()) as store:
        assert create(store, "c" * 32) == "a" * 32
        assert store.session().one("SELECT count(*) FROM run") == (1,)
