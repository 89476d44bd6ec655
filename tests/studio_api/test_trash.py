from __future__ import annotations

from runyard.store.metadata import experiments
from runyard.store.store import Store
from tests.studio_api.asgi import Client


def ids(client: Client, view: str = "active") -> list[str]:
    return [run["run_id"] for run in client.get("/runs", view=view).json()["runs"]]


def test_runs_go_to_the_trash_together_and_come_back(client: Client) -> None:
    answer = client.post("/runs/delete", {"run_ids": ["a", "c"]})
    assert (answer.status, answer.json()) == (200, {"runs": 2})
    assert ids(client) == ["b"]
    assert ids(client, "deleted") == ["c", "a"]
    # Once more is no error: somebody else may have been quicker.
    assert client.post("/runs/delete", {"run_ids": ["a"]}).status == 200
    assert client.post("/runs/restore", {"run_ids": ["a"]}).json() == {"runs": 1}
    assert ids(client) == ["b", "a"]
    assert ids(client, "deleted") == ["c"]


def test_an_unknown_run_keeps_all_where_they_are(client: Client) -> None:
    for verb in ("delete", "restore"):
        answer = client.post(f"/runs/{verb}", {"run_ids": ["a", "unknown"]})
        assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
        assert "unknown" in answer.json()["message"]
    assert ids(client) == ["c", "b", "a"]


def test_runs_of_a_deleted_experiment_are_in_the_trash_and_stay_there(filled: Store, client: Client) -> None:
    filled.write(lambda transaction: experiments.delete(transaction, "1"))
    assert ids(client, "deleted") == ["b", "a"]
    answer = client.post("/runs/restore", {"run_ids": ["a"]})
    assert answer.status == 400
    assert "active" in answer.json()["message"]


def test_what_is_no_list_of_runs_is_refused(client: Client) -> None:
    bodies: list[dict[str, object]] = [{}, {"run_ids": []}, {"run_ids": "a"}, {"run_ids": ["a"] * 1001}]
    for body in bodies:
        answer = client.post("/runs/delete", body)
        assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert "run_ids" in answer.json()["message"]
    assert client.get("/runs", view="all").status == 400
