from __future__ import annotations

from typing import Any

import pytest

from runyard.store.metadata import runs
from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import START, create_run, log


def listed(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/runs", **query)
    assert answer.status == 200, answer.body
    rows: list[dict[str, Any]] = answer.json()["runs"]
    return rows


def ids(client: Client, **query: Any) -> list[str]:
    return [row["run_id"] for row in listed(client, **query)]


def test_the_newest_run_comes_first_with_its_own_fields_only(client: Client) -> None:
    newest, child, oldest = listed(client)
    assert (newest["run_id"], newest["experiment_name"], newest["status"]) == ("c", "Default", "RUNNING")
    assert newest["metrics"] == newest["params"] == {}
    assert child["parent_run_id"] == "a"
    assert oldest["end_time"] - oldest["start_time"] == 60_000


def test_asked_columns_come_with_the_latest_values(client: Client) -> None:
    rows = {row["run_id"]: row for row in listed(client, metric=["loss", "rising"], param=["lr"])}
    assert rows["a"]["metrics"] == {"loss": 0.5}
    assert rows["b"]["metrics"] == {"loss": "NaN", "rising": "Infinity"}
    assert (rows["b"]["params"], rows["c"]["params"]) == ({"lr": "0.2"}, {})


def test_experiment_filter_search_and_order(filled: Store, client: Client) -> None:
    assert ids(client, experiment_id="0") == ["c"]
    assert ids(client, experiment_id=["0", "1"]) == ["c", "b", "a"]
    assert ids(client, filter="metrics.loss < 0.6") == ["a"]
    assert ids(client, search="OF B") == ["b"]
    assert ids(client, search="ada", filter="params.lr = '0.1'") == ["a"]
    assert ids(client, order_by="attributes.start_time ASC") == ["a", "b", "c"]
    assert ids(client, order_by="metrics.`loss` DESC")[0] == "a"
    assert ids(client, order_by="attributes.duration DESC")[0] == "a"
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    assert ids(client) == ["c", "b"]


def test_a_search_is_text_and_no_expression(filled: Store, client: Client) -> None:
    change = runs.RunUpdate(None, None, "it's \\ 100%")
    filled.write(lambda transaction: runs.update(transaction, "c", change))
    assert ids(client, search="it's \\ 100") == ["c"]
    assert ids(client, search="' OR '1' = '1") == []


def test_a_search_has_no_wildcards(filled: Store, client: Client) -> None:
    log(filled, "a", tags={"note": "50%_done", "ünit": "Ärger\\"})
    log(filled, "b", tags={"note": "50 of done"})
    for view in ({}, {"nested": True}):
        assert ids(client, search="50%_D", **view) == ["a"]
        assert ids(client, search="_", **view) == ["a"]
        assert ids(client, search="0%d", **view) == []
        assert ids(client, search="ärger\\", **view) == ["a"]
    # A filter keeps them.
    assert ids(client, search="50", filter="tags.note LIKE '50%done'") == ["b", "a"]
    groups = client.get("/run-groups", by="tags.note", search="%_").json()["groups"]
    assert [(group["value"], group["runs"]) for group in groups] == [("50%_done", 1)]
    # No filter can spell the operator.
    assert client.get("/runs", filter="run_name CONTAINS 'a'").status == 400


def test_pages_hold_every_run_once(filled: Store, client: Client) -> None:
    for number in range(7):
        create_run(filled, f"r{number}", start=START + 10 + number)
    seen, token = [], None
    while True:
        query: dict[str, str] = {} if token is None else {"page_token": token}
        page = client.get("/runs", max_results=3, **query).json()
        seen += [row["run_id"] for row in page["runs"]]
        token = page["next_page_token"]
        if token is None:
            break
    assert seen == [*(f"r{number}" for number in reversed(range(7))), "c", "b", "a"]


def test_a_wrong_filter_is_explained(client: Client) -> None:
    answer = client.get("/runs", filter="metrics.loss > > 3")
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "character" in answer.json()["message"]


def test_rows_on_screen_are_brought_up_to_date_by_id(client: Client) -> None:
    rows = client.get("/runs/by-id", run_id=["a", "gone", "c"], metric="loss").json()["runs"]
    assert [(row["run_id"], row["metrics"]) for row in rows] == [("a", {"loss": 0.5}), ("c", {})]


def test_a_runs_page(filled: Store, client: Client) -> None:
    log(filled, "b", tags={"team": "audio"})
    page = client.get("/runs/b").json()
    assert (page["name"], page["experiment_name"], page["user"]) == ("name of b", "digits", "ada")
    assert (page["parent_run_id"], page["parent_run_name"], page["metric_count"]) == ("a", "name of a", 2)
    assert page["params"] == [{"key": "lr", "value": "0.2"}]
    assert {"key": "team", "value": "audio"} in page["tags"]
    assert page["artifact_uri"].endswith("/b/artifacts")


def test_a_deleted_run_can_be_opened_and_an_unknown_one_can_not(filled: Store, client: Client) -> None:
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    assert client.get("/runs/a").json()["lifecycle_stage"] == "deleted"
    answer = client.get("/runs/nothing")
    assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    assert "nothing" in answer.json()["message"]


def test_a_search_finds_descriptions_and_tags_but_not_what_mlflow_notes(
    filled: Store, client: Client
) -> None:
    log(filled, "b", tags={"mlflow.note.content": "Läuft besser"})
    log(filled, "a", tags={"mlflow.source.name": "train.py"})
    assert ids(client, search="VISION") == ["c"]
    assert ids(client, search="team vis") == ["c"]
    assert ids(client, search="läuft") == ["b"]
    assert ids(client, search="train.py") == []
    assert ids(client, filter="text ILIKE '%vision%' AND status = 'RUNNING'") == ["c"]


@pytest.mark.parametrize(
    ("filter", "place"),
    [
        ("metrics.loss > > 3", (15, 1)),
        ("metrics.loss <", (14, 0)),
        ("größe = 'a'", (0, 5)),
        ("status NOT   > 'x'", (13, 1)),
        ("metrics.loss NOT  LIKE 'x'", (13, 9)),
        ("params.a = 'b", (11, 2)),
        ("params.a = E'\\x'", (13, 2)),
        ("params.a REGEXP '('", (16, 3)),
        ("metrics.loss < 1 AND (params.a = 'b'", (36, 0)),
    ],
)
def test_a_wrong_filter_tells_the_place(client: Client, filter: str, place: tuple[int, int]) -> None:
    for search in ("", "text"):
        error = client.get("/runs", filter=filter, search=search).json()
        assert (error["place"]["position"], error["place"]["length"]) == place, error
        assert error["message"] == f"{error['place']['reason']} (at character {place[0] + 1})"


def test_only_a_filter_has_a_place(client: Client) -> None:
    error = client.get("/runs", order_by="metrics.loss UP", filter="metrics.loss > 1").json()
    assert error["place"] is None
    assert error["message"].startswith("Invalid value for parameter 'order_by': Expected ASC")
