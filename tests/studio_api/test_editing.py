from __future__ import annotations

import json
from typing import Any

import pytest

from runyard.store.metadata import runs
from runyard.store.store import Store
from tests.studio_api.asgi import Answer, Client


def patch(client: Client, run_id: str, **change: Any) -> Answer:
    return client.call("PATCH", f"/runs/{run_id}", body=json.dumps(change).encode())


def tags_of(page: dict[str, Any]) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in page["tags"]}


def test_what_is_given_changes_and_the_rest_stays(client: Client) -> None:
    answer = patch(client, "c", name="renamed", description="*why*", set_tags=[{"key": "new", "value": "1"}])
    assert answer.status == 200, answer.body
    page = answer.json()
    assert page == client.get("/runs/c").json()
    assert page["name"] == "renamed"
    assert tags_of(page) == {
        "mlflow.note.content": "*why*",
        "mlflow.runName": "renamed",
        "new": "1",
        "team": "vision",
    }
    page = patch(
        client, "c", delete_tags=["new"], set_tags=[{"key": "team", "value": ""}], description=""
    ).json()
    assert page["name"] == "renamed"
    assert tags_of(page) == {"mlflow.note.content": "", "mlflow.runName": "renamed", "team": ""}


def test_a_change_is_made_whole_or_not_at_all(client: Client) -> None:
    before = client.get("/runs/c").json()
    answer = patch(client, "c", name="renamed", delete_tags=["team", "there is none"])
    assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    assert "there is none" in answer.json()["message"]
    assert client.get("/runs/c").json() == before


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 9000},
        {"name": "a\x00b"},
        {"set_tags": [{"key": "", "value": "1"}]},
        {"set_tags": [{"key": "k" * 300, "value": "1"}]},
        {"description": 1},
        {"status": "FINISHED"},
    ],
)
def test_what_breaks_a_rule_is_refused(client: Client, change: dict[str, Any]) -> None:
    before = client.get("/runs/c").json()
    answer = patch(client, "c", **change)
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.get("/runs/c").json() == before


def test_runs_that_are_not_there_can_not_be_changed(filled: Store, client: Client) -> None:
    assert patch(client, "unknown", name="x").status == 404
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    answer = patch(client, "a", name="x")
    assert answer.status == 400
    assert "active" in answer.json()["message"]
