from __future__ import annotations

from runyard.entities import KeyValue
from runyard.store.metadata import runs
from runyard.store.store import Store
from tests.studio_api.asgi import Client


def test_runs_stand_side_by_side_in_the_order_asked(client: Client) -> None:
    found = client.get("/compare", run_id=["b", "gone", "a", "c"]).json()
    assert [run["run_id"] for run in found["runs"]] == ["b", "a", "c"]
    assert [run["name"] for run in found["runs"]] == ["name of b", "name of a", "name of c"]
    assert found["params"] == [
        {"name": "depth", "values": [None, "3", None]},
        {"name": "lr", "values": ["0.2", "0.1", None]},
    ]
    assert {"name": "team", "values": [None, None, "vision"]} in found["tags"]
    metrics = {row["name"]: row["values"] for row in found["metrics"]}
    assert list(metrics) == ["loss", "rising", "system/cpu", "val/acc %_"]
    assert metrics["loss"] == ["NaN", 0.5, None]
    assert metrics["rising"] == ["Infinity", None, None]
    assert found["more"] is False


def test_names_are_cut_and_it_is_told(client: Client) -> None:
    found = client.get("/compare", run_id=["a", "b"], limit=2).json()
    assert [row["name"] for row in found["metrics"]] == ["loss", "rising"]
    assert [row["name"] for row in found["params"]] == ["depth", "lr"]
    assert found["more"] is True


def test_unknown_runs_alone_are_an_empty_comparison(client: Client) -> None:
    found = client.get("/compare", run_id="gone").json()
    assert found == {"runs": [], "params": [], "tags": [], "metrics": [], "more": False}


def test_a_deleted_run_can_be_compared(filled: Store, client: Client) -> None:
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    found = client.get("/compare", run_id=["a", "b"]).json()
    assert [run["lifecycle_stage"] for run in found["runs"]] == ["deleted", "active"]


def test_wrong_numbers_of_runs_are_refused(filled: Store, client: Client) -> None:
    many = client.get("/compare", run_id=[f"r{number}" for number in range(101)])
    assert (many.status, many.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "run_id" in many.json()["message"]
    assert client.get("/compare").status == 400
    filled.write(lambda tx: runs.set_tags(tx, "a", [KeyValue("long", "x" * 5000)]))
    found = client.get("/compare", run_id=["a"]).json()
    assert {"name": "long", "values": ["x" * 5000]} in found["tags"]
