from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.entities import Dataset, DatasetInput, KeyValue, ModelInput, ModelOutput, Run, RunOutputs
from runyard.errors import InvalidParameter, MissingParameter, RunNotFound
from runyard.settings import Settings
from runyard.store.metadata import datasets, experiments, model_history, run_data, runs
from runyard.store.metadata.datasets import DatasetSummary, Inputs
from runyard.store.store import Store

IRIS = Dataset("iris", "d1", "local", "{}", "a schema", "a profile")
TRAINING = KeyValue("mlflow.data.context", "training")
EVALUATION = KeyValue("mlflow.data.context", "evaluation")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings(durability="relaxed")) as opened:
        yield opened


def start(store: Store, run_id: str = "a-run", experiment: str = "0") -> str:
    return store.write(lambda tx: runs.create(tx, runs.NewRun(run_id, experiment, "", "", None, [])))


def log(store: Store, run_id: str, *inputs: DatasetInput, models: tuple[str, ...] = ()) -> None:
    store.write(lambda tx: datasets.log_inputs(tx, Inputs(run_id, inputs, models)))


def get(store: Store, run_id: str = "a-run") -> Run:
    return store.read(run_data.get, run_id)


def test_inputs_read_back_in_their_order(store: Store) -> None:
    run_id = start(store)
    wine = Dataset("wine", "d2", "s3", "s3://b")
    log(
        store,
        run_id,
        DatasetInput(wine),
        DatasetInput(IRIS, [TRAINING, KeyValue("a", "b")]),
        models=("m-2", "m-1"),
    )
    inputs = get(store).inputs
    assert inputs.dataset_inputs == [DatasetInput(wine), DatasetInput(IRIS, [TRAINING, KeyValue("a", "b")])]
    assert inputs.model_inputs == [ModelInput("m-2"), ModelInput("m-1")]
    assert get(store).outputs == RunOutputs([])


def test_a_run_without_inputs_has_none(store: Store) -> None:
    start(store)
    assert datasets.load_inputs(store.session(), [1]) == {}
    assert datasets.load_outputs(store.session(), [1]) == {}
    assert get(store).inputs.dataset_inputs == []


def test_a_dataset_is_an_input_once_and_what_was_said_first_stays(store: Store) -> None:
    run_id = start(store)
    log(store, run_id, DatasetInput(IRIS, [TRAINING]), DatasetInput(IRIS, [EVALUATION]))
    log(store, run_id, DatasetInput(IRIS, [EVALUATION]), models=("m-1",))
    log(store, run_id, models=("m-1",))
    inputs = get(store).inputs
    assert inputs.dataset_inputs == [DatasetInput(IRIS, [TRAINING])]
    assert inputs.model_inputs == [ModelInput("m-1")]


def test_runs_of_an_experiment_share_a_dataset(store: Store) -> None:
    for run_id in ("a-run", "b-run"):
        log(store, start(store, run_id), DatasetInput(IRIS))
    assert store.session().one("SELECT COUNT(*) FROM dataset") == (1,)
    other = store.write(lambda tx: experiments.create(tx, "other", None, []))
    log(store, start(store, "c-run", other), DatasetInput(IRIS))
    assert store.session().one("SELECT COUNT(*) FROM dataset") == (2,)


@pytest.mark.parametrize(
    "dataset",
    [
        Dataset("", "d", "local", "{}"),
        Dataset("iris", "", "local", "{}"),
        Dataset("x" * 501, "d", "local", "{}"),
        Dataset("iris", "d" * 37, "local", "{}"),
        Dataset("iris", "d", "local", "x" * 65_536),
        Dataset("iris", "d", "local", "{}", "x" * 1_048_576),
        Dataset("iris", "d", "local", "{}", None, "x" * 16_777_216),
        Dataset("iris\0", "d", "local", "{}"),
    ],
)
def test_datasets_that_break_a_rule_are_refused(store: Store, dataset: Dataset) -> None:
    run_id = start(store)
    with pytest.raises(InvalidParameter):
        log(store, run_id, DatasetInput(IRIS), DatasetInput(dataset))
    assert get(store).inputs.dataset_inputs == []


@pytest.mark.parametrize("tag", [KeyValue("", "v"), KeyValue("k" * 256, "v"), KeyValue("k", "v" * 501)])
def test_tags_that_break_a_rule_are_refused(store: Store, tag: KeyValue) -> None:
    with pytest.raises(InvalidParameter):
        log(store, start(store), DatasetInput(IRIS, [tag]))


def test_a_request_has_a_limit_of_datasets(store: Store) -> None:
    run_id = start(store)
    many = [DatasetInput(Dataset(f"d{index}", "d", "local", "{}")) for index in range(1001)]
    with pytest.raises(InvalidParameter, match="at most 1000 datasets"):
        log(store, run_id, *many)
    log(store, run_id, *many[:1000])
    assert len(get(store).inputs.dataset_inputs) == 1000


def test_the_run_must_be_active(store: Store) -> None:
    with pytest.raises(RunNotFound):
        log(store, "none", DatasetInput(IRIS))
    run_id = start(store)
    store.write(lambda tx: runs.delete(tx, run_id))
    with pytest.raises(InvalidParameter, match="'active' state"):
        log(store, run_id, DatasetInput(IRIS))
    with pytest.raises(InvalidParameter, match="'active' state"):
        store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput("m-1", 0)]))


def test_outputs_keep_their_order_and_their_newest_step(store: Store) -> None:
    run_id = start(store)
    store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput("m-2", 5), ModelOutput("m-1", 0)]))
    store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput("m-2", 7), ModelOutput("m-3", -1)]))
    outputs = get(store).outputs
    assert outputs.model_outputs == [ModelOutput("m-2", 7), ModelOutput("m-1", 0), ModelOutput("m-3", -1)]
    assert get(store).inputs.model_inputs == []


def test_a_model_must_be_named(store: Store) -> None:
    run_id = start(store)
    with pytest.raises(MissingParameter, match="'model_id'"):
        store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput("", 0)]))


def test_a_deleted_runs_links_go_with_it(store: Store) -> None:
    run_id = start(store)
    log(store, run_id, DatasetInput(IRIS), models=("m-1",))
    store.write(lambda tx: tx.session.run("DELETE FROM run WHERE run_id = ?", (run_id,)))
    assert store.session().one("SELECT COUNT(*) FROM run_dataset") == (0,)
    assert store.session().one("SELECT COUNT(*) FROM run_model") == (0,)


def test_an_experiments_datasets_are_summarized(store: Store) -> None:
    other = store.write(lambda tx: experiments.create(tx, "other", None, []))
    log(store, start(store, "a"), DatasetInput(IRIS, [TRAINING]))
    log(store, start(store, "b"), DatasetInput(IRIS, [EVALUATION]))
    log(store, start(store, "c"), DatasetInput(IRIS, [TRAINING]))
    log(store, start(store, "d", other), DatasetInput(IRIS))
    assert store.read(datasets.summarize, ["0"]) == [
        DatasetSummary("0", "iris", "d1", "evaluation"),
        DatasetSummary("0", "iris", "d1", "training"),
    ]
    assert store.read(datasets.summarize, [other, "77"]) == [DatasetSummary(other, "iris", "d1")]


def test_the_history_of_models_grows(store: Store) -> None:
    run_id = start(store)
    model = {
        "run_id": run_id,
        "artifact_path": "model",
        "utc_time_created": "2026",
        "signature": {"left": "out"},
    }
    first = model | {
        "flavors": {"sklearn": {"config": "left out", "version": "1"}, "odd": 1},
        "model_uuid": "u",
    }
    store.write(lambda tx: model_history.append(tx, run_id, first))
    store.write(lambda tx: model_history.append(tx, run_id, model | {"artifact_path": "next", "flavors": {}}))
    tags = {tag.key: tag.value for tag in get(store).data.tags}
    assert tags["mlflow.log-model.history"] == (
        '[{"run_id": "a-run", "artifact_path": "model", "utc_time_created": "2026", "model_uuid": "u", '
        '"flavors": {"sklearn": {"version": "1"}, "odd": 1}}, '
        '{"run_id": "a-run", "artifact_path": "next", "utc_time_created": "2026", "flavors": {}}]'
    )


@pytest.mark.parametrize("model", [{}, {"run_id": "a-run", "artifact_path": "m", "utc_time_created": "2026"}])
def test_a_model_without_its_fields_is_refused(store: Store, model: dict[str, str]) -> None:
    run_id = start(store)
    with pytest.raises(InvalidParameter, match="lacks .*flavors"):
        store.write(lambda tx: model_history.append(tx, run_id, model))


def test_a_history_that_someone_else_wrote_is_left_alone(store: Store) -> None:
    run_id = start(store)
    store.write(lambda tx: runs.set_tags(tx, run_id, [KeyValue(model_history.TAG, "mine")]))
    model = {"run_id": run_id, "artifact_path": "m", "utc_time_created": "2026", "flavors": {}}
    with pytest.raises(InvalidParameter, match="not a JSON list"):
        store.write(lambda tx: model_history.append(tx, run_id, model))


@pytest.mark.parametrize("step", [-(2**63) - 1, 2**63])
def test_steps_fit_64_bits(store: Store, step: int) -> None:
    run_id = start(store)
    with pytest.raises(InvalidParameter, match="'step'"):
        store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput("m-1", step)]))
