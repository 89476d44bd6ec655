"""What a run is said to use is what it stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.changes import Change
from runyard.store.metadata import runs
from runyard.store.sizes import AT_ONCE, Measured, Size
from runyard.store.store import Store
from tests.store.purge.trashed import LOG, POINTS, WEIGHTS, create_run, delete, full_run, log, put


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings(durability="relaxed", compact_idle_seconds=3600)) as opened:
        yield opened


def size(store: Store, run_id: str) -> Size:
    return store.sizes.of_runs(store.session(), [run_id])[run_id]


def experiment(store: Store, seconds: float = 60) -> Measured:
    return store.sizes.of_experiments(store.session(), [0], seconds)[0]


def test_points_files_logs_and_texts_are_counted(store: Store) -> None:
    full_run(store, "a")
    full_run(store, "b")
    found = size(store, "a")
    payloads = store.session().all(
        "SELECT payload FROM metric_chunk WHERE run_id = 1 UNION ALL SELECT payload FROM metric_tail WHERE run_id = 1"
    )
    assert len(payloads) == 3
    assert found.point_bytes == sum(len(payload) for (payload,) in payloads)
    assert (found.runs, found.points, found.files) == (1, 4 * POINTS, 3)
    assert (found.artifact_bytes, found.log_bytes) == (len(LOG) + len(WEIGHTS) + 5, len(LOG))
    assert found.text_bytes == len("lr0.1") + len("taga") + len("mlflow.runName" + "name of a")
    assert found.total == found.point_bytes + found.artifact_bytes + found.text_bytes


def test_an_experiment_has_what_all_its_runs_have_also_those_in_the_trash(store: Store) -> None:
    full_run(store, "a")
    full_run(store, "b")
    both = size(store, "a").plus(size(store, "b"))
    delete(store, "b")
    assert experiment(store) == Measured(both, True)


def test_what_changes_is_measured_again(store: Store) -> None:
    create_run(store, "a")
    assert size(store, "a").points == 0
    log(store, "a", count=10)
    assert size(store, "a").points == 20
    put(store, "0/a/artifacts/model.bin", WEIGHTS)
    assert size(store, "a").files == 0
    # As every upload says when it is done.
    store.publish([Change("a", "0", "artifacts")])
    assert size(store, "a").files == 1


def test_it_takes_several_requests_when_there_is_little_time_and_comes_to_an_end(store: Store) -> None:
    number = 3 * AT_ONCE
    for index in range(number):
        create_run(store, f"run-{index}")
    asked = 0
    complete, seen = False, 0
    while not complete:
        found, complete = experiment(store, seconds=0)
        assert found.runs > seen
        seen = found.runs
        asked += 1
    assert seen == number
    assert asked > 1


def test_unknown_runs_have_no_size(store: Store) -> None:
    create_run(store, "a")
    store.write(lambda tx: runs.delete(tx, "a"))
    assert list(store.sizes.of_runs(store.session(), ["a", "unknown"])) == ["a"]
