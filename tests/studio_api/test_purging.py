"""The trash is looked at, emptied for ever, and experiments go there and come back."""

from __future__ import annotations

import pytest

from runyard.store.metadata import runs
from runyard.store.registry import models as registered
from runyard.store.registry import versions
from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import create_experiment, create_run, log


def put(store: Store, key: str, content: bytes) -> None:
    upload = store.artifacts.upload(key)
    upload.write([content])
    upload.publish()


@pytest.fixture
def trashed(filled: Store) -> Store:
    """The experiment digits with the runs a and b, and the run d, are in the trash; a version needs b."""
    create_run(filled, "d")
    log(filled, "d", {"loss": [1.0, 0.5]})
    put(filled, "0/d/artifacts/user_logs/std_log.txt", b"twelve bytes")
    filled.write(lambda tx: registered.create(tx, "digits model", None, []))
    version = versions.NewVersion("digits model", "s3://bucket/model", "b")
    filled.write(lambda tx: versions.create(tx, version))
    filled.write(lambda tx: runs.delete(tx, "d"))
    return filled


def test_a_plan_names_what_goes_and_what_stays(trashed: Store, client: Client) -> None:
    assert client.post("/experiments/1/delete", {}).status == 204
    plan = client.post("/trash/plan", {}).json()
    assert (plan["runs"], plan["experiments"], plan["models"], plan["complete"]) == (2, 0, 0, True)
    assert plan["run_names"] == ["name of d", "name of a"]
    assert plan["kept"] == [
        {
            "kind": "run",
            "id": "b",
            "name": "name of b",
            "reason": "needed by the registered model digits model 1",
        },
        {"kind": "experiment", "id": "1", "name": "digits", "reason": "something in it is kept"},
    ]
    size = plan["size"]
    assert (size["points"], size["files"], size["artifact_bytes"], size["log_bytes"]) == (7, 1, 12, 12)
    assert size["total"] == size["point_bytes"] + size["artifact_bytes"] + size["text_bytes"]
    only = client.post("/trash/plan", {"run_ids": ["d", "c", "unknown"]}).json()
    assert (only["runs"], only["kept_total"]) == (1, 0)


def test_what_was_confirmed_is_deleted_and_reported(trashed: Store, client: Client) -> None:
    assert client.get("/trash/purge").json() == {"purge": None}
    client.post("/experiments/1/delete", {})
    before = client.post("/trash/plan", {}).json()["before"]
    started = client.post("/trash/purge", {"before": before})
    assert (started.status, started.json()["status"]) == (200, "running")
    trashed.purge.wait()
    done = client.get("/trash/purge").json()["purge"]
    assert (done["status"], done["runs"], done["runs_total"], done["points"]) == ("done", 2, 2, 7)
    assert (done["files"], done["file_bytes"], done["kept_total"]) == (1, 12, 2)
    assert client.get("/runs/d").status == client.get("/runs/a").status == 404
    assert [run["run_id"] for run in client.get("/runs", view="deleted").json()["runs"]] == ["b"]
    assert [run["run_id"] for run in client.get("/runs").json()["runs"]] == ["c"]


def test_experiments_are_renamed_deleted_and_restored(filled: Store, client: Client) -> None:
    changed = client.call("PATCH", "/experiments/1", body=b'{"name": "letters"}')
    assert (changed.status, changed.json()["name"], changed.json()["run_count"]) == (200, "letters", 2)
    create_experiment(filled, "taken")
    taken = client.call("PATCH", "/experiments/1", body=b'{"name": "taken"}')
    assert (taken.status, taken.json()["error_code"]) == (400, "RESOURCE_ALREADY_EXISTS")
    assert client.call("PATCH", "/experiments/1", body=b'{"name": ""}').status == 400
    assert client.call("PATCH", "/experiments/77", body=b'{"name": "x"}').status == 404

    assert client.post("/experiments/1/delete", {}).status == 204
    (row,) = client.get("/trash/experiments").json()["experiments"]
    assert (row["experiment_id"], row["name"], row["run_count"]) == ("1", "letters", 2)
    assert [run["run_id"] for run in client.get("/runs", view="deleted").json()["runs"]] == ["b", "a"]
    assert client.post("/experiments/1/delete", {}).status == 404
    assert client.post("/experiments/1/restore", {}).status == 204
    assert client.get("/trash/experiments").json() == {"experiments": []}
    assert [run["run_id"] for run in client.get("/runs").json()["runs"]] == ["c", "b", "a"]
    assert "default" in client.post("/experiments/0/delete", {}).json()["message"]


def test_sizes_of_runs_and_experiments(trashed: Store, client: Client) -> None:
    found = client.get("/sizes/runs", run_id=["d", "unknown", "a"]).json()
    assert found["complete"]
    assert [(one["run_id"], one["size"]["points"]) for one in found["sizes"]] == [("d", 2), ("a", 5)]
    default, digits = client.get("/sizes/experiments", experiment_id=[0, 1]).json()["sizes"]
    assert (default["experiment_id"], default["size"]["runs"], default["size"]["points"]) == ("0", 2, 2)
    assert (digits["size"]["runs"], digits["size"]["points"], digits["complete"]) == (2, 8, True)
    assert client.get("/sizes/runs").status == 400
