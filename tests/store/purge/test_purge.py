"""What is purged is gone from every table and from the disk, and nothing else is touched."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from runyard.errors import ExperimentNotFound, InvalidState, LoggedModelNotFound, RunNotFound
from runyard.settings import Settings
from runyard.store.artifacts.sweep import FRESH_SECONDS
from runyard.store.check import check
from runyard.store.metadata import experiments, logged_model_data, logged_models, run_data, runs
from runyard.store.metadata.schema import metadata
from runyard.store.metadata.search.runs import search_runs
from runyard.store.metadata.session import Session
from runyard.store.metrics.history import history_page
from runyard.store.purge import rows, state
from runyard.store.purge.engine import Engine, Stopped
from runyard.store.purge.plan import Choice, plan
from runyard.store.purge.rows import mark_runs
from runyard.store.purge.state import Progress
from runyard.store.store import Store
from tests.store.purge.trashed import (
    LOG,
    POINTS,
    WEIGHTS,
    all_rows,
    create_run,
    delete,
    delete_experiment,
    everything,
    files,
    full_run,
    log,
    measure_model,
    now,
    purge,
    put,
    register,
)


def experiment(store: Store, name: str) -> str:
    return store.write(lambda tx: experiments.create(tx, name, None, []))


def test_a_purged_run_leaves_no_row_anywhere_and_no_other_row_changes(store: Store) -> None:
    digits = experiment(store, "digits")
    kept = full_run(store, "kept", digits)
    before, files_before = all_rows(store), files(store)
    gone = full_run(store, "gone", digits)
    # Other runs and models name it, too.
    measure_model(store, kept.run_id, gone.model_id)
    measure_model(store, gone.run_id, kept.model_id)
    delete(store, "gone")
    progress = purge(store)
    after = all_rows(store)
    for table in metadata.tables:
        if table != "receipt":
            assert after[table] == before[table], table
    assert not any("gone" in str(row) or gone.model_id in str(row) for rows in after.values() for row in rows)
    assert files(store) == files_before
    assert (progress.runs, progress.models, progress.points, progress.files) == (1, 1, 4 * POINTS, 3)
    assert progress.file_bytes == len(LOG) + len(WEIGHTS) + len(b"notes")
    assert check(store.folder).ok


def test_a_purged_experiment_goes_with_all_that_is_in_it_and_its_name_is_free(store: Store) -> None:
    before, files_before = all_rows(store), files(store)
    digits = experiment(store, "digits")
    full_run(store, "a", digits)
    full_run(store, "b", digits)
    model = store.write(lambda tx: logged_models.create(tx, logged_models.NewLoggedModel(digits)))
    put(store, f"{digits}/models/{model}/artifacts/weights.bin", WEIGHTS)
    delete_experiment(store, digits)
    progress = purge(store)
    assert (progress.runs, progress.experiments, progress.models) == (2, 1, 3)
    assert all_rows(store) == before
    assert files(store) == files_before
    with pytest.raises(ExperimentNotFound):
        store.read(experiments.get, digits)
    assert int(experiment(store, "digits")) > int(digits)


def test_only_what_was_chosen_and_was_in_the_trash_by_then_goes(store: Store) -> None:
    for run_id in ("a", "b", "c", "d"):
        create_run(store, run_id)
    delete(store, "a", "b", "d")
    moment = now()
    time.sleep(0.002)
    delete(store, "c")
    assert purge(store, Choice(moment, run_ids=["a", "c", "unknown"])).runs == 1
    assert _trash(store) == ["b", "c", "d"]
    store.write(lambda tx: runs.restore(tx, "d"))
    assert purge(store).runs == 2
    assert _trash(store) == []
    assert store.read(run_data.get, "d").info.lifecycle_stage == "active"


def test_an_experiment_is_chosen_with_its_runs(store: Store) -> None:
    digits, other = experiment(store, "digits"), experiment(store, "other")
    for run_id, key in (("a", digits), ("b", other)):
        create_run(store, run_id, key)
    delete_experiment(store, digits)
    delete_experiment(store, other)
    progress = purge(store, Choice(now(), experiment_ids=[digits]))
    assert (progress.runs, progress.experiments) == (1, 1)
    assert _trash(store) == ["b"]
    # The default experiment has to be there for runs without one.
    delete_experiment(store, "0")
    progress = purge(store)
    assert [kept.id for kept in progress.kept] == ["0"]


def _trash(store: Store) -> list[str]:
    def found(session: Session) -> list[str]:
        page = search_runs(session, ["0", "1", "2"], view="DELETED_ONLY")
        return sorted(run.info.run_id for run in run_data.load(session, page.ids))

    return store.read(found)


def test_runs_that_a_registered_version_needs_are_kept_and_named(store: Store) -> None:
    digits = experiment(store, "digits")
    by_model = full_run(store, "by-model", digits)
    for run_id in ("by-run", "by-place", "by-folder", "free"):
        create_run(store, run_id, digits)
    register(store, "one", "s3://bucket/model", run_id="by-run")
    register(store, "two", f"models:/{by_model.model_id}")
    register(store, "three", f"mlflow-artifacts:/{digits}/by-place/artifacts/model")
    register(store, "four", f"mlflow-artifacts:/{digits}/by-folder")
    delete_experiment(store, digits)
    before = {name: found for name, found in all_rows(store).items() if name != "run"}
    progress = purge(store)
    assert progress.runs == 1
    reasons = {kept.id: kept.reason for kept in progress.kept}
    assert reasons == {
        "by-run": "needed by the registered model one 1",
        "by-model": "needed by the registered model two 1",
        "by-place": "needed by the registered model three 1",
        "by-folder": "needed by the registered model four 1",
        digits: "something in it is kept",
    }
    after = all_rows(store)
    assert {name: len(after[name]) for name in before} == {
        name: len(found) - (name == "run_tag") * 2 for name, found in before.items()
    }
    store.write(lambda tx: experiments.restore(tx, digits))
    assert store.read(logged_model_data.get, by_model.model_id).info.name == "net"


def test_what_is_needed_or_restored_after_the_plan_is_kept(store: Store) -> None:
    for run_id in ("needed", "restored", "gone"):
        create_run(store, run_id)
    delete(store, "needed", "restored", "gone")
    choice = everything(store)
    planned = store.read(plan, choice).runs
    register(store, "net", "s3://bucket/net", run_id="needed")
    store.write(lambda tx: runs.restore(tx, "restored"))
    left = store.write(lambda tx: mark_runs(tx, planned, choice.before))
    assert sorted(run.run_id for run in left) == ["needed", "restored"]
    with pytest.raises(RunNotFound):
        store.write(lambda tx: runs.restore(tx, "gone"))
    with pytest.raises(RunNotFound):
        store.read(run_data.get, "gone")
    # Runs of one millisecond have no order that the plan knows.
    found = store.read(search_runs, ["0"], view="ALL").ids
    assert sorted(found) == sorted(run.key for run in planned if run.run_id != "gone")


def test_there_is_one_purge_in_a_folder_and_all_see_how_it_goes(store: Store) -> None:
    create_run(store, "a")
    delete(store, "a")
    with Store(store.folder, store.settings) as other:
        lock = os.open(store.folder / "purge.lock", os.O_CREAT | os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        state.write(store.folder / "purge.json", Progress(now(), runs_total=7))
        with pytest.raises(InvalidState, match="already"):
            other.purge.start(everything(store))
        for each in (store, other):
            progress = each.purge.progress()
            assert progress is not None
            assert (progress.status, progress.runs_total) == ("running", 7)
        # Its process ends.
        os.close(lock)
        progress = other.purge.progress()
        assert progress is not None
        assert progress.status == "interrupted"
        assert other.purge.start(everything(store)).status == "running"
        other.purge.wait()
    progress = store.purge.progress()
    assert progress is not None
    assert (progress.status, progress.runs) == ("done", 1)


def test_a_logged_model_that_was_deleted_alone_goes_with_the_whole_trash(store: Store) -> None:
    made = full_run(store, "a")
    held = full_run(store, "b")
    register(store, "model", f"models:/{held.model_id}")
    for model_id in (made.model_id, held.model_id):
        store.write(lambda tx, model_id=model_id: logged_models.delete(tx, model_id))  # type: ignore[misc]  # mypy can't infer it
    progress = purge(store)
    assert (progress.runs, progress.models, progress.file_bytes) == (0, 1, len(WEIGHTS))
    assert [(kept.kind, kept.id) for kept in progress.kept] == [("model", held.model_id)]
    with pytest.raises(LoggedModelNotFound):
        store.read(logged_model_data.get, made.model_id, True)
    assert run_outputs(store, "a") == 0


def run_outputs(store: Store, run_id: str) -> int:
    outputs = store.read(run_data.get, run_id).outputs
    return 0 if outputs is None else len(outputs.model_outputs)


def test_artifacts_elsewhere_stay_and_are_told(store: Store, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    key = store.write(lambda tx: experiments.create(tx, "outside", f"file://{shared}", []))
    create_run(store, "a", key)
    file = shared / "a" / "artifacts" / "model.bin"
    file.parent.mkdir(parents=True)
    file.write_bytes(WEIGHTS)
    delete_experiment(store, key)
    progress = purge(store)
    assert (progress.runs, progress.elsewhere, progress.files) == (1, 1, 0)
    assert file.exists()


def test_the_space_is_given_back_and_measured(store: Store) -> None:
    for number in range(60):
        create_run(store, f"run-{number}")
        log(store, f"run-{number}", count=3000)
    delete(store, *(f"run-{number}" for number in range(60)))
    store.compactor.compact_now()
    # It does nothing while another thread's statement is under way.
    while store.session().all("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
        time.sleep(0.01)
    before = os.path.getsize(store.folder / "runyard.db")
    progress = purge(store)
    after = os.path.getsize(store.folder / "runyard.db")
    assert progress.points == 60 * 2 * 3000
    assert progress.reusable_bytes == 0
    # The purge's own writes may need a page or two.
    assert abs((before - after) - progress.database_bytes) <= 8 * 4096
    assert after < before / 4


def test_a_database_that_cannot_shrink_says_what_is_free_in_it(tmp_path: Path) -> None:
    with Store(tmp_path, Settings(durability="relaxed")) as store:
        store.session()
    connection = sqlite3.connect(tmp_path / "runyard.db")
    connection.executescript("PRAGMA auto_vacuum = NONE; VACUUM;")
    connection.close()
    with Store(tmp_path, Settings(durability="relaxed")) as store:
        create_run(store, "a")
        log(store, "a", count=5000)
        delete(store, "a")
        progress = purge(store)
    assert progress.database_bytes == 0
    assert progress.reusable_bytes > 100_000


def test_ids_are_not_mixed_up_with_those_of_purged_runs(store: Store) -> None:
    """A chart of the purged run was cached; the next run gets the ids of its series at most."""
    create_run(store, "old")
    log(store, "old")
    first = store.read(history_page, store.series_cache, _key(store, "old"), "loss")
    assert len(first.points) == POINTS
    delete(store, "old")
    purge(store)
    store.write(lambda tx: tx.forget())
    create_run(store, "new")
    log(store, "new", 1000, 5)
    found = store.read(history_page, store.series_cache, _key(store, "new"), "loss")
    assert found.points.steps.tolist() == [1000, 1001, 1002, 1003, 1004]
    assert check(store.folder).ok


def _key(store: Store, run_id: str) -> int:
    row = store.session().one("SELECT id FROM run WHERE run_id = ?", (run_id,))
    assert row is not None
    return int(row[0])


def test_other_runs_are_logged_to_while_the_trash_is_emptied(store: Store) -> None:
    for number in range(120):
        create_run(store, f"run-{number}")
        log(store, f"run-{number}", count=50)
    delete(store, *(f"run-{number}" for number in range(120)))
    create_run(store, "live")
    stop = threading.Event()
    logged = [0]

    def go_on() -> None:
        while not stop.is_set():
            log(store, "live", logged[0], 1)
            logged[0] += 1

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        store.purge.start(everything(store))
        with pytest.raises(InvalidState):
            store.purge.start(everything(store))
        store.purge.wait()
    finally:
        stop.set()
        thread.join()
    progress = store.purge.progress()
    assert progress is not None
    assert (progress.status, progress.runs, progress.error) == ("done", 120, None)
    found = store.read(history_page, store.series_cache, _key(store, "live"), "loss")
    assert found.points.steps.tolist() == list(range(logged[0]))
    with pytest.raises(RunNotFound):
        store.read(run_data.get, "run-7")
    assert check(store.folder).ok


def test_a_purge_that_is_broken_off_anywhere_leaves_whole_runs_and_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ends the purge before each of its writes in turn, and opens the folder again."""
    # A write for each row that is deleted.
    monkeypatch.setattr(rows, "_TABLES", [(columns, table, 1) for columns, table, _ in rows._TABLES])
    folder = tmp_path / "workspace"
    settings = Settings(durability="relaxed", compact_idle_seconds=3600)
    for number in range(1, 100):
        with Store(folder, settings) as store:
            for run_id in (f"a{number}", f"b{number}"):
                full_run(store, run_id)
            delete(store, f"a{number}", f"b{number}")
            ended = _purge_until(store, number)
        report = check(folder)
        assert report.ok, report.problems
        with Store(folder, settings) as store:
            store.purge.wait()
            _expect_whole(store, f"a{number}")
            _expect_whole(store, f"b{number}")
            rest = purge(store)
            assert rest.kept_total == 0
            store.artifacts.sweep(time.time() + FRESH_SECONDS + 1)
            left = all_rows(store)
            assert [len(left[name]) for name in ("run", "series", "param", "logged_model", "dataset")] == [
                0
            ] * 5
            assert not any(path.endswith((".txt", ".bin")) for path in files(store))
        if ended:
            assert number > 20
            return
    raise AssertionError("the purge never came to its end")


def _purge_until(store: Store, number: int) -> bool:
    """Purge until its write of this number; whether it came to its end before."""
    writes = 0

    class Ending(Engine):
        def _write(self, work, *args, **kwargs):  # type: ignore[no-untyped-def]  # the signature is the other's
            nonlocal writes
            writes += 1
            if writes == number:
                raise Stopped
            if work is rows.delete_rows:
                kwargs["seconds"] = 0
            return super()._write(work, *args, **kwargs)

    try:
        Ending(store, Progress(now()), lambda: None, threading.Event(), pause=False).purge(everything(store))
    except Stopped:
        return False
    return True


def _expect_whole(store: Store, run_id: str) -> None:
    """The run is in the trash with all it had, or gone."""
    try:
        run = store.read(run_data.get, run_id)
    except RunNotFound:
        assert not any(run_id in path for path in files(store))
        return
    assert run.info.lifecycle_stage == "deleted"
    assert len(run.data.metrics) == 2
    found = store.read(history_page, store.series_cache, _key(store, run_id), "loss")
    assert len(found.points) == 2 * POINTS
    assert f"0/{run_id}/artifacts/deep/er/notes.txt" in files(store)
