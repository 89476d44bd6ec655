from __future__ import annotations

import json
from typing import Any

import pytest

from runyard.entities import Dataset, DatasetInput, KeyValue, Metric, ModelOutput
from runyard.store.metadata import datasets, logged_models
from runyard.store.metadata.model_metrics import record_model_metrics
from runyard.store.queries import lineage as lineage_query
from runyard.store.registry import models, versions
from runyard.store.store import Store
from tests.studio_api.asgi import Client


def lineage(client: Client, run: str = "a") -> Any:
    return client.get(f"/runs/{run}/lineage").json()


def log_dataset(store: Store, name: str, context: str | None = None, **fields: str) -> None:
    tags = [] if context is None else [KeyValue(datasets.CONTEXT_TAG, context)]
    given = DatasetInput(Dataset(name, "d1g3st", "local", "/data/x.csv", **fields), tags)
    store.write(lambda tx: datasets.log_inputs(tx, datasets.Inputs("a", [given], [])))


def make_model(store: Store, name: str, run: str = "a") -> str:
    new = logged_models.NewLoggedModel("1", name, "sklearn", run, [KeyValue("depth", "3")])
    return store.write(lambda tx: logged_models.create(tx, new))


def test_datasets_with_what_they_were_used_for(filled: Store, client: Client) -> None:
    log_dataset(filled, "train", "training", schema='{"columns": []}')
    log_dataset(filled, "test")
    assert lineage(client)["datasets"] == [
        {
            "name": "train",
            "digest": "d1g3st",
            "source_type": "local",
            "context": "training",
            "tags": [{"key": "mlflow.data.context", "value": "training"}],
        },
        {"name": "test", "digest": "d1g3st", "source_type": "local", "context": None, "tags": []},
    ]
    assert client.get("/runs/a/dataset", name="train", digest="d1g3st").json() == {
        "source": "/data/x.csv",
        "schema_text": '{"columns": []}',
        "profile": None,
        "cut": False,
    }
    for run, name in (("a", "other"), ("b", "train"), ("nothing", "train")):
        assert client.get(f"/runs/{run}/dataset", name=name, digest="d1g3st").status == 404
    assert client.get("/runs/a/dataset", name="train").status == 400


def test_long_texts_of_a_dataset_are_cut(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runyard.studio_api.lineage.MOST_TEXT", 5)
    log_dataset(filled, "train", profile=json.dumps({"rows": 1000}))
    found = client.get("/runs/a/dataset", name="train", digest="d1g3st").json()
    assert (found["profile"], found["source"], found["cut"]) == ('{"row', "/data", True)


def test_models_that_a_run_made_and_read(filled: Store, client: Client) -> None:
    made, named, gone = (make_model(filled, name) for name in ("made", "named", "gone"))
    read = make_model(filled, "read", run="b")
    filled.write(lambda tx: logged_models.finalize(tx, named, "READY"))
    filled.write(lambda tx: logged_models.delete(tx, gone))
    filled.write(lambda tx: datasets.log_outputs(tx, "a", [ModelOutput(named, 7)]))
    filled.write(lambda tx: datasets.log_inputs(tx, datasets.Inputs("a", [], [read, "m-unknown"])))
    point: Any = Metric(
        "acc", 0.5, 1, 7, model_id=named, dataset_name="train", dataset_digest="x", run_id="a"
    )
    machine: Any = Metric("system/cpu", 50.0, 1, 7, model_id=named, run_id="a")
    filled.write(lambda tx: record_model_metrics(tx, "a", [point, machine]))
    found = lineage(client)
    # Those that the run names come first; the others say where they come from.
    outputs = [(each["name"], each["status"], each["step"]) for each in found["outputs"]]
    assert outputs == [("named", "READY", 7), ("made", "PENDING", None)]
    assert found["outputs"][0]["metrics"] == [
        {"key": "acc", "value": 0.5, "step": 7, "dataset_name": "train"}
    ]
    assert found["outputs"][1] | {"created": 0} == {
        "model_id": made,
        "name": "made",
        "status": "PENDING",
        "model_type": "sklearn",
        "step": None,
        "created": 0,
        "metrics": [],
        "params": [{"key": "depth", "value": "3"}],
    }
    inputs = [(each["model_id"], each["name"], each["step"]) for each in found["inputs"]]
    assert inputs == [(read, "read", None), ("m-unknown", None, None)]


def test_registered_versions_with_their_aliases(filled: Store, client: Client) -> None:
    filled.write(lambda tx: models.create(tx, "net"))
    for _ in range(2):
        filled.write(lambda tx: versions.create(tx, versions.NewVersion("net", "s3://x/y", run_id="a")))
    filled.write(lambda tx: models.set_alias(tx, "net", "champion", 2))
    assert lineage(client)["versions"] == [
        {"name": "net", "version": "1", "status": "READY", "aliases": []},
        {"name": "net", "version": "2", "status": "READY", "aliases": ["champion"]},
    ]
    assert lineage(client, "b")["versions"] == []


def test_a_long_list_is_cut_and_it_is_told(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lineage_query, "MOST_MODELS", 1)
    assert lineage(client) == {"datasets": [], "inputs": [], "outputs": [], "versions": [], "more": False}
    for name in ("one", "two"):
        make_model(filled, name)
    found = lineage(client)
    assert ([each["name"] for each in found["outputs"]], found["more"]) == (["one"], True)
    assert client.get("/runs/nothing/lineage").status == 404
