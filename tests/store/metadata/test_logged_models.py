from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.entities import KeyValue, Metric
from runyard.errors import ExperimentNotFound, InvalidParameter, LoggedModelNotFound, NotFound
from runyard.settings import Settings
from runyard.store.metadata import experiments, logged_model_data, logged_models
from runyard.store.metadata.logged_model_entities import LoggedModel
from runyard.store.metadata.logged_models import NewLoggedModel, record_model_metrics
from runyard.store.registry import models, versions
from runyard.store.store import Store
from runyard.store.transaction import Transaction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings(durability="relaxed")) as opened:
        yield opened


def create(store: Store, new: NewLoggedModel | None = None) -> LoggedModel:
    model_id = store.write(lambda tx: logged_models.create(tx, new or NewLoggedModel("0")))
    return store.read(logged_model_data.get, model_id)


def get(store: Store, model: LoggedModel) -> LoggedModel:
    return store.read(logged_model_data.get, model.info.model_id)


def test_a_model_reads_back_as_it_was_created(store: Store) -> None:
    new = NewLoggedModel(
        "0", "net", "classifier", "a-run", [KeyValue("b", "1"), KeyValue("a", "2")], [KeyValue("t", "x")]
    )
    made = create(store, new)
    info = made.info
    assert made == get(store, made)
    assert re.fullmatch("m-[0-9a-f]{32}", info.model_id)
    assert info.artifact_uri == f"mlflow-artifacts:/0/models/{info.model_id}/artifacts"
    assert (info.name, info.model_type, info.source_run_id) == ("net", "classifier", "a-run")
    assert info.status == "LOGGED_MODEL_PENDING"
    assert info.tags == [KeyValue("t", "x")]
    assert made.data.params == [KeyValue("a", "2"), KeyValue("b", "1")]


def test_a_model_without_a_name_gets_one(store: Store) -> None:
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d+", create(store).info.name)


@pytest.mark.parametrize("name", ["a/b", "a:b", "a.b", "a%b", 'a"b', "a'b", "x" * 501, "nul\0"])
def test_names_that_break_a_rule_are_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidParameter, match="'name'"):
        create(store, NewLoggedModel("0", name))


def test_the_experiment_must_be_active(store: Store) -> None:
    with pytest.raises(ExperimentNotFound):
        create(store, NewLoggedModel("99"))
    made = store.write(lambda tx: experiments.create(tx, "gone", None, []))
    store.write(lambda tx: experiments.delete(tx, made))
    with pytest.raises(InvalidParameter, match="'active' state"):
        create(store, NewLoggedModel(made))


def test_a_models_files_lie_under_its_experiments_location(store: Store) -> None:
    made = store.write(lambda tx: experiments.create(tx, "far", "s3://bucket/far/", []))
    model = create(store, NewLoggedModel(made))
    assert model.info.artifact_uri == f"s3://bucket/far/models/{model.info.model_id}/artifacts"
    location = store.read(logged_model_data.get_artifact_location, model.info.model_id)
    assert location == model.info.artifact_uri


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("READY", "LOGGED_MODEL_READY"),
        ("FAILED", "LOGGED_MODEL_UPLOAD_FAILED"),
        ("UNSPECIFIED", "LOGGED_MODEL_STATUS_UNSPECIFIED"),
    ],
)
def test_a_model_is_finalized(store: Store, status: str, shown: str) -> None:
    made = create(store)
    store.write(lambda tx: logged_models.finalize(tx, made.info.model_id, status))
    assert get(store, made).info.status == shown


def test_unknown_statuses_are_refused(store: Store) -> None:
    model_id = create(store).info.model_id
    with pytest.raises(InvalidParameter, match="'status'"):
        store.write(lambda tx: logged_models.finalize(tx, model_id, "DONE"))


def test_a_parameter_never_changes(store: Store) -> None:
    made = create(store, NewLoggedModel("0", params=[KeyValue("a", "1")]))
    model_id = made.info.model_id
    store.write(lambda tx: logged_models.log_params(tx, model_id, [KeyValue("a", "1"), KeyValue("b", "2")]))
    changed = [KeyValue("c", "3"), KeyValue("a", "9")]
    with pytest.raises(InvalidParameter, match="Changing param values is not allowed"):
        store.write(lambda tx: logged_models.log_params(tx, model_id, changed))
    with pytest.raises(InvalidParameter, match="Changing param values is not allowed"):
        create(store, NewLoggedModel("0", params=[KeyValue("a", "1"), KeyValue("a", "2")]))
    assert get(store, made).data.params == [KeyValue("a", "1"), KeyValue("b", "2")]


def test_a_parameter_may_have_any_key_and_be_long(store: Store) -> None:
    long = KeyValue("a*(b)", "x" * 50_000)
    assert create(store, NewLoggedModel("0", params=[long])).data.params == [long]


@pytest.mark.parametrize("key", ["", "k" * 251, "nul\0"])
def test_keys_that_break_a_rule_are_refused(store: Store, key: str) -> None:
    with pytest.raises(InvalidParameter, match="'key'"):
        create(store, NewLoggedModel("0", params=[KeyValue(key, "v")]))
    with pytest.raises(InvalidParameter, match="'key'"):
        create(store, NewLoggedModel("0", tags=[KeyValue(key, "v")]))


def test_tags_are_set_and_removed(store: Store) -> None:
    made = create(store, NewLoggedModel("0", tags=[KeyValue("t", "x")]))
    model_id = made.info.model_id
    tags = [KeyValue("t", "y"), KeyValue("u", "1"), KeyValue("u", "2")]
    store.write(lambda tx: logged_models.set_tags(tx, model_id, tags))
    assert get(store, made).info.tags == [KeyValue("t", "y"), KeyValue("u", "2")]
    store.write(lambda tx: logged_models.delete_tag(tx, model_id, "u"))
    with pytest.raises(NotFound, match="no tag with key 'u'"):
        store.write(lambda tx: logged_models.delete_tag(tx, model_id, "u"))


def test_a_deleted_model_is_found_only_when_asked_for(store: Store) -> None:
    made = create(store)
    model_id = made.info.model_id
    store.write(lambda tx: logged_models.delete(tx, model_id))
    deleted = store.read(logged_model_data.get, model_id, allow_deleted=True)
    store.write(lambda tx: logged_models.delete(tx, model_id))
    assert store.read(logged_model_data.get, model_id, allow_deleted=True) == deleted
    with pytest.raises(LoggedModelNotFound, match=model_id):
        get(store, made)
    with pytest.raises(LoggedModelNotFound):
        store.write(lambda tx: logged_models.delete(tx, "m-none"))


def register(store: Store, name: str, source: str) -> None:
    store.write(lambda tx: models.create(tx, name))
    store.write(lambda tx: versions.create(tx, versions.NewVersion(name, source)))


def test_a_model_knows_the_versions_made_from_it(store: Store) -> None:
    made = create(store)
    source = f"models:/{made.info.model_id}"
    for name in ("second", "first"):
        register(store, name, source)
    found = [(made.name, made.version) for made in get(store, made).info.registrations]
    assert found == [("first", "1"), ("second", "1")]


def record(store: Store, *metrics: Metric, run_id: str = "a-run") -> None:
    store.write(lambda tx: record_model_metrics(tx, run_id, metrics))  # type: ignore[arg-type]  # numbers only


def point(
    model: LoggedModel, value: float, step: int = 0, timestamp: int = 0, dataset: str | None = None
) -> Metric:
    return Metric("acc", value, timestamp, step, model.info.model_id, dataset, dataset and "digest")


def shown(store: Store, model: LoggedModel) -> list[tuple[float | str, int, int, str | None, str | None]]:
    metrics = get(store, model).data.metrics
    return [(each.value, each.step, each.timestamp, each.dataset_name, each.run_id) for each in metrics]


def test_the_latest_of_a_metric_is_kept(store: Store) -> None:
    made = create(store)
    record(store, point(made, 1.0, step=1, timestamp=5), point(made, 2.0, step=2, timestamp=1))
    record(store, point(made, 3.0, step=1, timestamp=9))
    assert shown(store, made) == [(2.0, 2, 1, None, "a-run")]
    record(store, point(made, 1.5, step=2, timestamp=1))
    assert shown(store, made) == [(1.5, 2, 1, None, "a-run")]


def test_runs_and_datasets_have_metrics_of_their_own(store: Store) -> None:
    made = create(store)
    record(store, point(made, 1.0), point(made, 2.0, dataset="iris"))
    record(store, point(made, 3.0), run_id="b-run")
    assert shown(store, made) == [
        (1.0, 0, 0, None, "a-run"),
        (3.0, 0, 0, None, "b-run"),
        (2.0, 0, 0, "iris", "a-run"),
    ]
    assert get(store, made).data.metrics[2].model_id == made.info.model_id
    assert get(store, made).data.metrics[2].dataset_digest == "digest"


@pytest.mark.parametrize(
    ("value", "text"), [(math.nan, "NaN"), (math.inf, "Infinity"), (-math.inf, "-Infinity"), (0.0, 0.0)]
)
def test_values_that_json_cannot_spell_survive(store: Store, value: float, text: float | str) -> None:
    made = create(store)
    record(store, point(made, value, step=-(2**63), timestamp=2**63 - 1))
    assert shown(store, made) == [(text, -(2**63), 2**63 - 1, None, "a-run")]


def test_an_unknown_model_undoes_the_whole_request(store: Store) -> None:
    made = create(store)
    stranger = Metric("acc", 1.0, 0, 0, "m-none")
    with pytest.raises(LoggedModelNotFound, match="m-none"):
        record(store, point(made, 1.0), stranger)
    assert shown(store, made) == []


def test_metrics_of_no_model_are_passed_over(store: Store) -> None:
    made = create(store)
    record(store, Metric("loss", 1.0, 0, 0), point(made, 1.0))
    assert [metric.key for metric in get(store, made).data.metrics] == ["acc"]


def test_many_models_load_in_the_order_that_is_asked_for(store: Store) -> None:
    def create_all(tx: Transaction) -> list[str]:
        return [logged_models.create(tx, NewLoggedModel("0")) for _ in range(700)]

    made = store.write(create_all)
    keys = [row[0] for row in store.session().all("SELECT id FROM logged_model ORDER BY id DESC")]
    loaded = store.read(logged_model_data.load, keys)
    assert [model.info.model_id for model in loaded] == made[::-1]
