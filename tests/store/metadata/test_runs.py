"""New runs: where their artifacts lie, and what a writer remembers of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter
from runyard.settings import Settings
from runyard.store.metadata import experiments, run_data, runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store
from runyard.store.transaction import Transaction


@pytest.mark.parametrize(
    ("location", "uri"),
    [
        (None, "mlflow-artifacts:/1/RUN/artifacts"),
        ("s3://bucket/folder/", "s3://bucket/folder/RUN/artifacts"),
        ("wasbs://c@a.example/x?sig=a/b", "wasbs://c@a.example/x/RUN/artifacts?sig=a/b"),
    ],
)
def test_artifacts_lie_below_the_experiments_location(tmp_path: Path, location: str | None, uri: str) -> None:
    with Store(tmp_path, Settings()) as store:
        experiment = store.write(lambda tx: experiments.create(tx, "e", location, []))
        new = runs.NewRun("RUN", experiment, "", "", None, [])
        store.write(lambda tx: runs.create(tx, new))
        assert store.read(run_data.get, "RUN").info.artifact_uri == uri


def create(store: Store, run_id: str, experiment: str = "0") -> None:
    new = runs.NewRun(run_id, experiment, "", "", None, [])
    store.write(lambda tx: runs.create(tx, new))


def log(store: Store, run_id: str, param: str, step: int = 0) -> None:
    points = SeriesPoints("loss", [step], [1], [0.5])
    batch = Batch(run_id, [points], [KeyValue("rate", param)], [])
    store.submit(lambda tx: runs.log_batch(tx, batch), guarded=False).result()


def points_and_params(store: Store, run_id: str) -> tuple[int, dict[str, str]]:
    (row,) = store.session().all(
        "SELECT series.count FROM series JOIN run ON run.id = series.run_id WHERE run.run_id = ?", (run_id,)
    )
    return row[0], {param.key: param.value for param in store.read(run_data.get, run_id).data.params}


def test_a_new_run_takes_its_first_data_and_checks_what_follows(tmp_path: Path) -> None:
    with Store(tmp_path, Settings()) as store:
        create(store, "RUN")
        log(store, "RUN", "0.1")
        log(store, "RUN", "0.1", step=1)
        with pytest.raises(InvalidParameter, match="not allowed"):
            log(store, "RUN", "0.2", step=2)
        assert points_and_params(store, "RUN") == (2, {"rate": "0.1"})


def test_a_new_run_to_which_another_process_logs_first(tmp_path: Path) -> None:
    with Store(tmp_path, Settings()) as store, Store(tmp_path, Settings()) as other:
        create(store, "RUN")
        log(other, "RUN", "0.1")
        with pytest.raises(InvalidParameter, match="not allowed"):
            log(store, "RUN", "0.2", step=1)
        log(store, "RUN", "0.1", step=2)
        assert points_and_params(store, "RUN") == (2, {"rate": "0.1"})


def test_data_that_was_undone_may_be_logged_again(tmp_path: Path) -> None:
    def fails(transaction: Transaction) -> None:
        runs.log_batch(transaction, Batch("RUN", [], [KeyValue("rate", "0.1")], []))
        raise InvalidParameter("undone")

    with Store(tmp_path, Settings()) as store:
        create(store, "RUN")
        with pytest.raises(InvalidParameter, match="undone"):
            store.write(fails)
        log(store, "RUN", "0.2")
        assert points_and_params(store, "RUN") == (1, {"rate": "0.2"})


@pytest.mark.parametrize("by_another", [False, True])
def test_no_run_is_created_in_an_experiment_that_was_deleted_meanwhile(
    tmp_path: Path, by_another: bool
) -> None:
    with Store(tmp_path, Settings()) as store, Store(tmp_path, Settings()) as other:
        experiment = store.write(lambda tx: experiments.create(tx, "e", None, []))
        create(store, "first", experiment)
        (other if by_another else store).write(lambda tx: experiments.delete(tx, experiment))
        with pytest.raises(InvalidParameter, match="'active' state"):
            create(store, "second", experiment)
        store.write(lambda tx: experiments.restore(tx, experiment))
        create(store, "third", experiment)
