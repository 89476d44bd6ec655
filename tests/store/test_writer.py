"""The writing thread: groups, isolation of failing operations, failing commits, announcements."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, RunNotFound, StorageFull, Unavailable
from runyard.settings import Settings
from runyard.store.changes import Change
from runyard.store.metadata import run_data, runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store
from runyard.store.transaction import Transaction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings()) as opened:
        yield opened


def create_run(store: Store, run_id: str = "a" * 32) -> str:
    new = runs.NewRun(run_id, "0", "name", "user", 1, [])
    return store.write(lambda transaction: runs.create(transaction, new))


def log(store: Store, batch: Batch) -> Future[None]:
    """Queue a batch as the API does: unguarded."""
    return store.submit(lambda transaction: runs.log_batch(transaction, batch), guarded=False)


def point(name: str, value: float, step: int = 0, time: int = 1) -> SeriesPoints:
    return SeriesPoints(name, [step], [time], [value])


def hold(store: Store) -> tuple[threading.Event, threading.Event]:
    """Keep the writer busy until the second event is set, so that what follows becomes one group."""
    busy, go_on = threading.Event(), threading.Event()

    def work(transaction: Transaction) -> None:
        busy.set()
        assert go_on.wait(10)

    store.submit(work)
    assert busy.wait(10)
    return busy, go_on


def test_requests_that_wait_are_committed_together_in_their_order(store: Store) -> None:
    run_id = create_run(store)
    _, go_on = hold(store)
    futures = [
        log(store, Batch(run_id, [point("loss", float(index), index)], [], [])) for index in range(100)
    ]
    go_on.set()
    for future in futures:
        assert future.result(10) is None
    assert store.measures.largest_group == 100
    metric = store.read(run_data.get, run_id).data.metrics[0]
    assert (metric.value, metric.step) == (99.0, 99)


def test_a_failing_operation_is_undone_alone(store: Store) -> None:
    run_id = create_run(store)
    _, go_on = hold(store)

    def half_done(transaction: Transaction) -> None:
        runs.set_tags(transaction, run_id, [KeyValue("half", "done")])
        raise InvalidParameter("no")

    before = store.submit(lambda tx: runs.set_tags(tx, run_id, [KeyValue("before", "1")]))
    failing = store.submit(half_done)
    unknown = store.submit(lambda tx: runs.set_tags(tx, "unknown", [KeyValue("x", "1")]), guarded=False)
    after = store.submit(lambda tx: runs.set_tags(tx, run_id, [KeyValue("after", "1")]))
    go_on.set()
    before.result(10)
    after.result(10)
    with pytest.raises(InvalidParameter):
        failing.result(10)
    with pytest.raises(RunNotFound):
        unknown.result(10)
    tags = {tag.key for tag in store.read(run_data.get, run_id).data.tags}
    assert tags == {"mlflow.runName", "before", "after"}


def test_a_changed_parameter_leaves_nothing_of_its_batch(store: Store) -> None:
    run_id = create_run(store)
    store.write(lambda tx: runs.log_batch(tx, Batch(run_id, [], [KeyValue("lr", "0.1")], [])))
    batch = Batch(
        run_id, [point("loss", 1.0)], [KeyValue("new", "1"), KeyValue("lr", "0.2")], [KeyValue("tag", "1")]
    )
    with pytest.raises(InvalidParameter, match="'lr' was already logged with value '0.1'"):
        log(store, batch).result(10)
    data = store.read(run_data.get, run_id).data
    assert [(param.key, param.value) for param in data.params] == [("lr", "0.1")]
    assert data.metrics == []
    assert [tag.key for tag in data.tags] == ["mlflow.runName"]


def test_a_commit_that_fails_keeps_nothing_and_tells_everyone(store: Store) -> None:
    run_id = create_run(store)
    session = store.writer._transaction.session
    pages = session.one("PRAGMA page_count")
    assert pages is not None
    session.run(f"PRAGMA max_page_count = {pages[0]}")
    big = Batch(run_id, [], [KeyValue(f"p{i}", "x" * 5000) for i in range(100)], [])
    with pytest.raises(StorageFull, match="nothing was stored"):
        log(store, big).result(10)
    session.run("PRAGMA max_page_count = 4294967294")
    assert store.read(run_data.get, run_id).data.params == []
    log(store, big).result(10)
    assert len(store.read(run_data.get, run_id).data.params) == 100


def test_changes_are_announced_after_the_commit(store: Store) -> None:
    seen: list[Change] = []
    store.writer.published.append(seen.extend)
    run_id = create_run(store)
    batch = Batch(run_id, [point("loss", 1.0), point("accuracy", 0.5)], [], [])
    log(store, batch).result(10)
    assert seen == [
        Change(run_id, "0", "created"),
        Change(run_id, "0", "metrics", ("loss", "accuracy"), 2),
    ]


def test_too_many_waiting_requests_are_refused(tmp_path: Path) -> None:
    with Store(tmp_path, Settings(queue_requests=2)) as store:
        _, go_on = hold(store)
        waiting = [store.submit(lambda tx: None) for _ in range(2)]
        with pytest.raises(Unavailable, match="try again later"):
            store.submit(lambda tx: None)
        go_on.set()
        for future in waiting:
            future.result(10)


def test_closing_commits_what_was_accepted(tmp_path: Path) -> None:
    with Store(tmp_path, Settings()) as store:
        run_id = create_run(store)
        _, go_on = hold(store)
        for index in range(50):
            batch = Batch(run_id, [point("loss", float(index), index)], [], [])
            log(store, batch)
        go_on.set()
    with Store(tmp_path, Settings()) as again:
        row = again.session().one("SELECT count FROM series")
        assert row == (50,)


def test_two_processes_stores_write_to_one_folder(tmp_path: Path) -> None:
    """What one remembers of a series is dropped when the other wrote to it."""
    with Store(tmp_path, Settings()) as one, Store(tmp_path, Settings()) as other:
        run_id = create_run(one)
        for index in range(20):
            store = (one, other)[index % 2]
            batch = Batch(run_id, [point("loss", float(index), index, index)], [], [])
            log(store, batch).result(10)
        assert one.session().all("SELECT count, latest_value, max_step FROM series") == [(20, 19.0, 19)]
