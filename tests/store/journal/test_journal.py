"""Points that are answered before they are in the database: seen by every reader, never lost, never twice."""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, RunNotFound, StorageFull
from runyard.settings import Settings
from runyard.store.changes import Change
from runyard.store.journal import file, journal
from runyard.store.metadata import run_data, runs
from runyard.store.metadata.database import FILE_NAME
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Operation
from runyard.store.receipts import Receipt
from runyard.store.store import Store
from tests.store.journal.helpers import (
    RUN,
    create_run,
    history,
    hold,
    killed_copy,
    log,
    operation,
    point,
    rows,
    values,
    waiting,
)

pytestmark = pytest.mark.usefixtures("patience")

COUNT = "SELECT coalesce(sum(count), 0) FROM series"


def test_an_answered_point_is_in_the_journal_and_every_reader_sees_it(store: Store, folder: Path) -> None:
    log(store, point("loss", 0.5, 1))
    log(store, point("loss", 0.25, 2), point("accuracy", 0.75, 2))
    assert waiting(store) == 2
    assert rows(folder, COUNT) == [(0,)]
    latest = {metric.key: metric.value for metric in store.read(run_data.get, RUN).data.metrics}
    assert latest == {"loss": 0.25, "accuracy": 0.75}
    assert waiting(store) == 0
    assert rows(folder, COUNT) == [(3,)]
    # Two requests became one row.
    assert rows(folder, "SELECT count(*) FROM metric_tail") == [(1,)]


def test_the_clock_stores_what_nobody_asks_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "INTERVAL_SECONDS", 0.05)
    with Store(folder, Settings(compact_idle_seconds=1000)) as store:
        create_run(store)
        queued, _ = operation(point("loss", 1.0))
        assert store.writer.try_now([queued])
        deadline = time.monotonic() + 10
        while rows(folder, COUNT) != [(1,)]:
            assert time.monotonic() < deadline, "the point never reached the database"
            time.sleep(0.01)
        assert waiting(store) == 0


def test_a_write_of_another_kind_takes_the_points_before_it_along(store: Store, folder: Path) -> None:
    log(store, point("loss", 0.5, 1))
    store.write(lambda tx: runs.set_tags(tx, RUN, [KeyValue("a", "b")]))
    assert rows(folder, COUNT) == [(1,)]
    assert waiting(store) == 0


def test_a_failing_write_behind_them_leaves_the_points_alone(store: Store) -> None:
    def fail(transaction: object) -> None:
        raise InvalidParameter("no")

    log(store, point("loss", 0.5, 1))
    with pytest.raises(InvalidParameter):
        store.write(fail)
    log(store, point("loss", 0.25, 2))
    assert values(store, "loss") == [0.5, 0.25]


def test_bad_requests_of_a_group_are_refused_alone(store: Store) -> None:
    store.write(lambda tx: runs.create(tx, runs.NewRun("gone", "0", "", "", 1, [])))
    store.write(lambda tx: runs.delete(tx, "gone"))
    go_on = hold(store)
    queued = [operation(point("loss", 1.0, 1)), operation(point("loss", 2.0, 2), run_id="unknown")]
    queued += [operation(point("loss", 3.0, 3), run_id="gone"), operation(point("loss", 4.0, 4))]
    for one, _ in queued:
        store.writer.put(one)
    go_on.set()
    futures = [future for _, future in queued]
    assert futures[0].result(10) is None
    assert futures[3].result(10) is None
    with pytest.raises(RunNotFound):
        futures[1].result(10)
    with pytest.raises(InvalidParameter, match="must be in the 'active' state"):
        futures[2].result(10)
    assert values(store, "loss") == [1.0, 4.0]


def test_nothing_is_journaled_for_requests_that_are_all_refused(store: Store, folder: Path) -> None:
    with pytest.raises(RunNotFound):
        log(store, point("loss", 1.0), run_id="unknown")
    assert waiting(store) == 0
    # The folder is free for others.
    with Store(folder, Settings()):
        pass


def test_points_that_were_never_stored_survive_a_kill(store: Store, folder: Path, tmp_path: Path) -> None:
    log(store, point("loss", 0.5, 1))
    store.writer.catch_up()
    nan = float("nan")
    log(store, SeriesPoints("loss", [2, 2, -5], [1, 1, 1], [nan, float("-inf"), -0.0]))
    log(store, point("new", 7.0, 2**63 - 1))
    copy = killed_copy(folder, tmp_path / "copy")
    for _ in range(2):  # the second time there is nothing left to do
        with Store(copy, Settings()) as after:
            points = history(after, "loss")
            assert points.steps.tolist() == [-5, 1, 2, 2]
            assert [str(value) for value in points.values.tolist()] == ["-0.0", "0.5", "nan", "-inf"]
            assert history(after, "new").steps.tolist() == [2**63 - 1]
        assert list((copy / "journal").glob("*.journal")) == []
    assert values(store, "new") == [7.0]


def test_a_kill_between_the_commit_and_the_next_lap_stores_nothing_twice(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    log(store, point("loss", 0.5, 1))
    log(store, point("loss", 0.25, 2))
    store.writer.catch_up()
    # The frames still stand in the file.
    (path,) = journal.journals(folder)
    assert len(list(file.read_frames(path))) == 2
    with Store(killed_copy(folder, tmp_path / "copy"), Settings()) as after:
        assert values(after, "loss") == [0.5, 0.25]


def test_points_of_a_run_that_is_gone_are_dropped_at_the_next_start(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    log(store, point("loss", 0.5, 1))
    copy = killed_copy(folder, tmp_path / "copy")
    connection = sqlite3.connect(copy / FILE_NAME)
    connection.execute("DELETE FROM run")
    connection.commit()
    connection.close()
    with Store(copy, Settings()) as after:
        create_run(after)
        assert values(after, "loss") == []


def test_a_database_that_refuses_loses_nothing_and_takes_it_later(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    log(store, point("loss", 0.0, 0))
    assert values(store, "loss") == [0.0]
    pages = store.writer._transaction.session.one("PRAGMA page_count")
    assert pages is not None
    store.writer._transaction.session.run(f"PRAGMA max_page_count = {pages[0]}")
    for step in range(1, 4):
        log(store, SeriesPoints("loss", [step] * 400, [1] * 400, [float(step)] * 400))
    # Readers see what was there before; the answered points wait.
    assert values(store, "loss") == [0.0]
    assert waiting(store) == 3
    # The journal takes no more until the database has caught up.
    with pytest.raises(StorageFull, match="nothing was stored"):
        log(store, point("loss", 9.0, 9))
    copy = killed_copy(folder, tmp_path / "copy")
    store.writer._transaction.session.run("PRAGMA max_page_count = 4294967294")
    expected = [0.0, *[1.0] * 400, *[2.0] * 400, *[3.0] * 400]
    assert values(store, "loss") == expected
    log(store, point("loss", 4.0, 4))
    assert values(store, "loss") == [*expected, 4.0]
    with Store(copy, Settings()) as after:
        assert values(after, "loss") == expected


def test_closing_keeps_the_journal_that_the_database_can_not_take(folder: Path) -> None:
    with Store(folder, Settings(compact_idle_seconds=1000)) as store:
        create_run(store)
        pages = store.writer._transaction.session.one("PRAGMA page_count")
        assert pages is not None
        store.writer._transaction.session.run(f"PRAGMA max_page_count = {pages[0]}")
        log(store, SeriesPoints("loss", [1] * 400, [1] * 400, [2.5] * 400))
    assert len(journal.journals(folder)) == 1
    with Store(folder, Settings()) as again:
        assert values(again, "loss") == [2.5] * 400
    assert journal.journals(folder) == []


def test_a_journal_that_can_not_be_written_is_done_without(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, payloads: object, first: int) -> bool:
        raise OSError(5, "Input/output error")

    log(store, point("loss", 1.0, 1))
    monkeypatch.setattr(file.JournalFile, "append", fail)
    for step in range(2, 5):
        log(store, point("loss", float(step), step))
    assert waiting(store) == 0
    assert rows(folder, COUNT) == [(4,)]
    monkeypatch.undo()
    assert values(store, "loss") == [1.0, 2.0, 3.0, 4.0]


def test_more_than_the_journal_holds_goes_into_the_database(store: Store, folder: Path) -> None:
    big = [float(number) for number in range(30_000)]
    for step in range(5):
        log(store, SeriesPoints("loss", [step] * len(big), [1] * len(big), big))
    assert rows(folder, COUNT)[0] != (0,)
    assert values(store, "loss") == big * 5
    huge = [float(number) for number in range(200_000)]
    log(store, SeriesPoints("huge", range(len(huge)), [1] * len(huge), huge))
    assert waiting(store) == 0
    # The gate is open again.
    with Store(folder, Settings()) as other:
        assert values(other, "huge") == huge


def test_another_connection_that_writes_changes_no_count(store: Store, folder: Path) -> None:
    """Nobody else has the workspace open, but somebody mends it with SQLite's own tool."""
    log(store, point("loss", 1.0, 1))
    store.writer.catch_up()
    log(store, point("loss", 2.0, 2))
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute("UPDATE run SET name = 'mended'")
    connection.commit()
    connection.close()
    log(store, point("loss", 3.0, 3))
    assert values(store, "loss") == [1.0, 2.0, 3.0]
    assert rows(folder, "SELECT count, latest_value FROM series") == [(3, 3.0)]


def test_changes_are_announced_when_readers_can_see_them(store: Store) -> None:
    seen: list[Change] = []
    store.writer.published.append(seen.extend)
    log(store, point("loss", 1.0))
    log(store, point("loss", 2.0), point("accuracy", 0.5))
    assert seen == []
    store.writer.catch_up()
    assert seen == [Change(RUN, "0", "metrics", ("loss", "accuracy"), 3)]


def lost(store: Store, value: float, connection: int = 1) -> Callable[[], Receipt]:
    """Log a point whose answer is lost; gives receipts of the same request."""

    def receipt() -> Receipt:
        made = Receipt(struct.pack("<dd", value, value), named=False)
        made.connection = connection
        return made

    first = receipt()
    log(store, point("loss", value), receipt=first)
    first.lost = True
    return receipt


def test_a_retry_of_a_journaled_request_changes_nothing(store: Store) -> None:
    again = lost(store, 1.0)
    log(store, point("loss", 1.0), receipt=again())
    store.writer.catch_up()
    log(store, point("loss", 1.0), receipt=again())
    assert values(store, "loss") == [1.0]
    assert store.measures.retries == 2


def test_a_repetition_of_an_answered_point_is_kept(store: Store) -> None:
    for _ in range(3):
        receipt = Receipt(b"0" * 16, named=False)
        log(store, point("loss", 1.0), receipt=receipt)
        receipt.acknowledged = True
    assert values(store, "loss") == [1.0, 1.0, 1.0]


def test_a_named_request_counts_once_also_within_a_group(store: Store) -> None:
    go_on = hold(store)
    futures: list[Future[None]] = []
    for _ in range(3):
        queued, future = operation(point("loss", 1.0), receipt=Receipt(b"n" * 16, named=True))
        store.writer.put(queued)
        futures.append(future)
    go_on.set()
    for future in futures:
        future.result(10)
    assert values(store, "loss") == [1.0]


def test_a_retry_after_a_kill_is_told_from_a_repetition(store: Store, folder: Path, tmp_path: Path) -> None:
    answered = lost(store, 1.0, connection=1)
    store.writer.catch_up()  # the first is in the process's row
    also_answered = lost(store, 2.0, connection=1)
    unanswered = lost(store, 3.0, connection=1)
    elsewhere = lost(store, 4.0, connection=2)
    with Store(killed_copy(folder, tmp_path / "copy"), Settings()) as after:
        # The last request of each connection may not have been answered: its repetition is a retry.
        log(after, point("loss", 3.0), receipt=unanswered())
        log(after, point("loss", 4.0), receipt=elsewhere())
        # The client went on after these two, so it logs the same point once more.
        log(after, point("loss", 1.0), receipt=answered())
        log(after, point("loss", 2.0), receipt=also_answered())
        assert values(after, "loss") == [1.0, 2.0, 3.0, 4.0, 1.0, 2.0]


def test_a_named_request_is_known_after_a_kill(store: Store, folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        log(store, point("loss", float(number)), receipt=Receipt(b"%016d" % number, named=True))
    with Store(killed_copy(folder, tmp_path / "copy"), Settings()) as after:
        for number in range(4):
            log(after, point("loss", float(number)), receipt=Receipt(b"%016d" % number, named=True))
        assert values(after, "loss") == [0.0, 1.0, 2.0, 3.0]


def test_a_group_with_anything_else_takes_one_transaction(store: Store, folder: Path) -> None:
    go_on = hold(store)
    first, answered = operation(point("loss", 1.0))
    store.writer.put(first)
    tags: Future[None] = Future()
    store.writer.put(Operation(lambda tx: runs.set_tags(tx, RUN, [KeyValue("a", "b")]), True, None, tags))
    go_on.set()
    answered.result(10)
    tags.result(10)
    assert rows(folder, COUNT) == [(1,)]
    assert waiting(store) == 0
