"""Runs, parameters and tags that are answered before they are committed: seen by every reader, never lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from runyard.entities import KeyValue, Run
from runyard.errors import InvalidParameter, RunNotFound, StorageFull
from runyard.mlflow_api.runs import prepare_logged
from runyard.settings import Settings
from runyard.store.changes import Change
from runyard.store.check import check
from runyard.store.journal import file, journal
from runyard.store.metadata import run_data, runs
from runyard.store.metadata.database import FILE_NAME
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import MOST_JOURNALED_TEXT, Batch, Operation
from runyard.store.receipts import Receipt
from runyard.store.store import Store
from runyard.store.transaction import Transaction
from tests.store.journal.helpers import RUN, hold, killed_copy, log, operation, point, rows, values, waiting

pytestmark = pytest.mark.usefixtures("patience")

RUNS = "SELECT run_id FROM run ORDER BY id"


class Creation:
    """A new run, as the API makes it."""

    def __init__(self, run_id: str, tags: Sequence[KeyValue] = (), name: str = "") -> None:
        self._new = runs.NewRun(run_id, "0", name, "user", None, list(tags))
        self.run: Run | None = None

    def work(self, transaction: Transaction) -> str:
        self.run = runs.insert(transaction, self._new)
        return self._new.run_id


def queue_creation(
    store: Store, run_id: str, tags: Sequence[KeyValue] = (), receipt: Receipt | None = None
) -> Future[str]:
    creation = Creation(run_id, tags)
    future: Future[str] = Future()
    store.writer.put(Operation(creation.work, False, receipt, future, creation))
    return future


def create(store: Store, run_id: str, tags: Sequence[KeyValue] = (), receipt: Receipt | None = None) -> str:
    return queue_creation(store, run_id, tags, receipt).result(10)


def queue_batch(store: Store, batch: Batch, receipt: Receipt | None = None) -> Future[None]:
    future: Future[None] = Future()
    work = partial(runs.log_batch, batch=batch)
    store.writer.put(Operation(work, False, receipt, future, batch))
    return future


def log_texts(
    store: Store,
    run_id: str = RUN,
    params: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
    metrics: Sequence[SeriesPoints] = (),
) -> None:
    queue_batch(store, Batch(run_id, metrics, pairs(params or {}), pairs(tags or {}))).result(10)


def pairs(given: dict[str, str]) -> list[KeyValue]:
    return [KeyValue(key, value) for key, value in given.items()]


def stored(store: Store, run_id: str) -> dict[str, Any]:
    """What a reader finds."""
    run = store.read(run_data.get, run_id)
    return {
        "name": run.info.run_name,
        "start": run.info.start_time,
        "params": {param.key: param.value for param in run.data.params},
        "tags": {tag.key: tag.value for tag in run.data.tags if tag.key != runs.NAME_TAG},
        "metrics": {metric.key: metric.value for metric in run.data.metrics},
    }


def fill_runs(store: Store) -> None:
    """Two new runs with everything that is journaled, in an order that matters."""
    create(store, "first", [KeyValue("a", "1")])
    log_texts(store, "first", {"rate": "0.1"}, {"a": "2"}, [point("loss", 0.5, 1)])
    log(store, point("loss", 0.25, 2), run_id="first")
    create(store, "second")
    log_texts(store, "second", tags={runs.NAME_TAG: "renamed"})
    log_texts(store, "first", {"rate": "0.1", "size": "7"})


def check_runs(store: Store) -> None:
    first, second = stored(store, "first"), stored(store, "second")
    assert (first["params"], first["tags"]) == ({"rate": "0.1", "size": "7"}, {"a": "2"})
    assert first["metrics"] == {"loss": 0.25}
    assert values(store, "loss", "first") == [0.5, 0.25]
    assert (second["name"], second["params"], second["tags"]) == ("renamed", {}, {})


def test_what_is_answered_is_in_the_journal_and_every_reader_sees_it(store: Store, folder: Path) -> None:
    store.writer.catch_up()
    fill_runs(store)
    assert waiting(store) == 6
    assert rows(folder, RUNS) == [(RUN,)]
    check_runs(store)
    assert waiting(store) == 0
    assert rows(folder, RUNS) == [(RUN,), ("first",), ("second",)]


def test_what_was_never_committed_survives_a_kill(store: Store, folder: Path, tmp_path: Path) -> None:
    fill_runs(store)
    copy = killed_copy(folder, tmp_path / "copy")
    before = stored(store, "first")
    for _ in range(2):  # the second time there is nothing left to do
        with Store(copy, Settings()) as after:
            check_runs(after)
            # The name and the time that the server chose are those that were answered.
            assert stored(after, "first") == before
        assert list((copy / "journal").glob("*.journal")) == []
    report = check(copy)
    assert report.ok, report.problems


def test_a_kill_after_the_commit_does_nothing_twice(store: Store, folder: Path, tmp_path: Path) -> None:
    fill_runs(store)
    store.writer.catch_up()
    (path,) = journal.journals(folder)
    assert len(list(file.read_frames(path))) == 6
    with Store(killed_copy(folder, tmp_path / "copy"), Settings()) as after:
        check_runs(after)


def test_a_journal_that_the_database_has_already_is_taken_again_without_harm(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """Somebody put an older number back: what can be told to be there is not done twice."""
    create(store, "first", [KeyValue("a", "1")])
    log_texts(store, "first", {"rate": "0.1"})
    store.writer.catch_up()
    copy = killed_copy(folder, tmp_path / "copy")
    connection = sqlite3.connect(copy / FILE_NAME)
    connection.execute("UPDATE receipt SET journal = 0")
    connection.commit()
    connection.close()
    with Store(copy, Settings()) as after:
        assert stored(after, "first")["params"] == {"rate": "0.1"}


def test_what_the_database_contradicts_is_dropped_and_told(
    store: Store, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    create(store, "first")
    log_texts(store, RUN, {"rate": "0.1"})
    log_texts(store, RUN, {"size": "7"})
    copy = killed_copy(folder, tmp_path / "copy")
    connection = sqlite3.connect(copy / FILE_NAME)
    connection.execute("INSERT INTO param SELECT id, 'rate', '0.9' FROM run")
    connection.execute("UPDATE experiment SET lifecycle_stage = 'deleted'")
    connection.commit()
    connection.close()
    with caplog.at_level(logging.WARNING), Store(copy, Settings()) as after:
        assert stored(after, RUN)["params"] == {"rate": "0.9", "size": "7"}
        with pytest.raises(RunNotFound):
            stored(after, "first")
    assert "The run first is dropped" in caplog.text
    assert f"logged to run {RUN} is dropped: Changing param values" in caplog.text


def test_a_repeated_creation_finds_the_run_also_after_a_kill(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    def receipt() -> Receipt:
        made = Receipt(b"c" * 16, named=False)
        made.connection = 5
        return made

    first = receipt()
    assert create(store, "first", receipt=first) == "first"
    copy = killed_copy(folder, tmp_path / "copy")
    first.lost = True
    assert create(store, "other", receipt=receipt()) == "first"
    with Store(copy, Settings()) as after:
        assert create(after, "other", receipt=receipt()) == "first"
        assert rows(copy, RUNS) == [(RUN,), ("first",)]
    assert store.measures.retries == 1


def test_bad_requests_of_a_group_are_refused_alone(store: Store, folder: Path, tmp_path: Path) -> None:
    log_texts(store, RUN, {"rate": "0.1"})
    go_on = hold(store)
    fine = queue_creation(store, "first")
    changed = queue_batch(store, Batch(RUN, [point("loss", 9.0)], pairs({"rate": "0.2"}), []))
    unknown = queue_batch(store, Batch("unknown", [], [], pairs({"a": "b"})))
    queued, counted = operation(point("loss", 1.0))
    store.writer.put(queued)
    also_fine = queue_batch(store, Batch(RUN, [], pairs({"size": "7"}), []))
    go_on.set()
    assert fine.result(10) == "first"
    with pytest.raises(InvalidParameter, match="'rate' was already logged with value '0.1'"):
        changed.result(10)
    with pytest.raises(RunNotFound):
        unknown.result(10)
    counted.result(10)
    also_fine.result(10)
    assert waiting(store) == 3
    copy = killed_copy(folder, tmp_path / "copy")
    with Store(copy, Settings()) as after:
        for one in (store, after):
            found = stored(one, RUN)
            assert (found["params"], found["metrics"]) == ({"rate": "0.1", "size": "7"}, {"loss": 1.0})


def test_requests_that_are_all_refused_hold_no_lock(store: Store, folder: Path) -> None:
    store.writer.catch_up()
    with pytest.raises(RunNotFound):
        log_texts(store, "unknown", tags={"a": "b"})
    assert waiting(store) == 0
    connection = sqlite3.connect(folder / FILE_NAME, timeout=0.1)
    connection.execute("UPDATE run SET name = 'mended'")
    connection.commit()
    connection.close()
    with Store(folder, Settings()) as other:
        assert stored(other, RUN)["name"] == "mended"


def test_a_write_of_another_kind_commits_what_came_before_it(store: Store, folder: Path) -> None:
    create(store, "first")
    with pytest.raises(InvalidParameter):
        store.write(_fail)
    assert rows(folder, RUNS) == [(RUN,), ("first",)]
    assert waiting(store) == 0


def _fail(transaction: Transaction) -> None:
    raise InvalidParameter("no")


def test_an_operation_that_is_undone_takes_nothing_of_others_along(store: Store) -> None:
    def fail_late(transaction: Transaction) -> None:
        runs.set_tags(transaction, "first", pairs({"a": "undone"}))
        raise InvalidParameter("no")

    create(store, "first")
    log_texts(store, "first", {"rate": "0.1"}, metrics=[point("loss", 0.5)])
    with pytest.raises(InvalidParameter):
        store.write(fail_late)
    found = stored(store, "first")
    assert (found["params"], found["tags"], found["metrics"]) == ({"rate": "0.1"}, {}, {"loss": 0.5})


def test_a_journal_that_can_not_be_written_is_done_without(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, payloads: object, first: int) -> bool:
        raise OSError(5, "Input/output error")

    create(store, "first")
    monkeypatch.setattr(file.JournalFile, "append", fail)
    log_texts(store, "first", {"rate": "0.1"}, metrics=[point("loss", 0.5, 1)])
    # Applied once, and committed with what the journal held.
    assert waiting(store) == 0
    assert rows(folder, RUNS) == [(RUN,), ("first",)]
    log_texts(store, "first", {"size": "7"}, metrics=[point("loss", 0.25, 2)])
    monkeypatch.undo()
    assert stored(store, "first")["params"] == {"rate": "0.1", "size": "7"}
    assert values(store, "loss", "first") == [0.5, 0.25]


def test_a_journal_that_fails_together_with_the_database_answers_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    def refuse(transaction: Transaction) -> list[Change]:
        raise sqlite3.OperationalError("database or disk is full")

    create(store, "first")
    monkeypatch.setattr(file.JournalFile, "append", fail)
    monkeypatch.setattr(Transaction, "commit", refuse)
    with pytest.raises(StorageFull, match="nothing was stored"):
        log_texts(store, "first", {"rate": "0.1"})
    monkeypatch.undo()
    # What was answered before is there, what failed is not.
    assert stored(store, "first")["params"] == {}
    log_texts(store, "first", {"rate": "0.2"})
    assert stored(store, "first")["params"] == {"rate": "0.2"}


def test_a_journal_with_little_room_is_emptied(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "RESERVE_BYTES", file.FILE_BYTES - 1000)
    for number in range(40):
        create(store, f"run-{number}", [KeyValue("a", "x" * 100)])
        assert waiting(store) < 8
    assert len(rows(folder, RUNS)) > 30
    assert len(store.read(run_data.find_many, [f"run-{number}" for number in range(40)])) == 40


def test_a_database_that_refuses_loses_nothing_and_takes_it_later(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    store.writer.catch_up()
    session = store.writer._transaction.session
    pages = session.one("PRAGMA page_count")
    assert pages is not None
    text = "x" * 3000
    create(store, "first", pairs({f"t{number}": text for number in range(8)}))
    # The commit fails, because the disk has no room for it.
    session.run("ROLLBACK")
    session.run(f"PRAGMA max_page_count = {pages[0]}")
    store.writer.catch_up()
    assert waiting(store) == 1
    # Readers see what was there before, and nothing more is taken until the database has caught up.
    with pytest.raises(RunNotFound):
        stored(store, "first")
    with pytest.raises(StorageFull, match="nothing was stored"):
        log_texts(store, RUN, {"rate": "0.1"})
    with pytest.raises(StorageFull, match="nothing was stored"):
        log(store, point("loss", 1.0), run_id="first")
    copy = killed_copy(folder, tmp_path / "copy")
    session.run("PRAGMA max_page_count = 4294967294")
    log(store, point("loss", 2.0), run_id="first")
    assert len(stored(store, "first")["tags"]) == 8
    assert values(store, "loss", "first") == [2.0]
    with Store(copy, Settings()) as after:
        assert len(stored(after, "first")["tags"]) == 8


@pytest.mark.parametrize(
    "then",
    [
        lambda store: log_texts(store, "first", {"size": "7"}),
        lambda store: log(store, point("loss", 0.25, 2), run_id="first"),
        lambda store: store.write(lambda tx: runs.set_tags(tx, "first", pairs({"b": "3"}))),
        lambda store: store.writer.catch_up(),
    ],
    ids=["a batch", "points", "another write", "a reader"],
)
def test_a_transaction_that_was_undone_behind_our_back_is_done_again(
    store: Store, then: Callable[[Store], None]
) -> None:
    """SQLite undoes transactions by itself after some failures of the disk."""
    create(store, "first", [KeyValue("a", "1")])
    log_texts(store, "first", {"rate": "0.1"}, metrics=[point("loss", 0.5, 1)])
    store.writer._transaction.session.run("ROLLBACK")
    then(store)
    found = stored(store, "first")
    assert found["params"]["rate"] == "0.1"
    assert found["tags"]["a"] == "1"
    assert values(store, "loss", "first")[:1] == [0.5]


def test_long_texts_are_committed_at_once(store: Store) -> None:
    def record(params: list[KeyValue], tags: list[KeyValue]) -> object:
        return prepare_logged(Batch(RUN, [], params, tags)).record

    half = "x" * (MOST_JOURNALED_TEXT // 2)
    assert record([KeyValue("a", half)], [KeyValue("b", half)]) is not None
    assert record([KeyValue("a", half)], [KeyValue("b", half), KeyValue("c", "x")]) is None
    assert record([], []) is None


def test_changes_are_announced_when_readers_can_see_them(store: Store) -> None:
    store.writer.catch_up()
    seen: list[Change] = []
    store.writer.published.append(seen.extend)
    create(store, "first")
    log_texts(store, "first", {"rate": "0.1"}, {"a": "b"}, [point("loss", 1.0)])
    assert seen == []
    store.writer.catch_up()
    assert [(change.run_id, change.kind) for change in seen] == [
        ("first", "created"),
        ("first", "params"),
        ("first", "tags"),
        ("first", "metrics"),
    ]
