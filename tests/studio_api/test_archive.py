"""Archived runs are left out of lists, and are otherwise like any other run."""

from __future__ import annotations

from typing import Any

import pytest

from runyard.entities import KeyValue
from runyard.store.metadata import runs
from runyard.store.metadata.search import search_runs
from runyard.store.store import Store
from runyard.store.transaction import Transaction
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import create_run, log

TAG = "runyard.archived"


def ids(client: Client, **query: Any) -> list[str]:
    answer = client.get("/runs", **query)
    assert answer.status == 200, answer.body
    return [row["run_id"] for row in answer.json()["runs"]]


def archive(client: Client, *run_ids: str) -> int:
    change = {"run_ids": list(run_ids), "set_tags": [{"key": TAG, "value": "true"}]}
    return client.post("/runs/tags", change).status


def archived(client: Client, **query: Any) -> int:
    return int(client.get("/archived-runs", **query).json()["runs"])


def test_archived_runs_are_in_a_list_of_their_own(filled: Store, client: Client) -> None:
    assert (ids(client), ids(client, view="archived"), archived(client)) == (["c", "b", "a"], [], 0)
    # As a script does it.
    log(filled, "b", tags={TAG: "true"})
    assert (ids(client), ids(client, view="archived")) == (["c", "a"], ["b"])
    assert ids(client, view="undeleted") == ["c", "b", "a"]
    # Everybody else goes on to find it, and it stays what it was.
    found = filled.read(lambda session: search_runs(session, ["0", "1"])).ids
    assert len(found) == 3
    assert client.get("/runs/b").json()["lifecycle_stage"] == "active"
    undone = {"run_ids": ["b"], "delete_tags": [TAG]}
    assert client.post("/runs/tags", undone).json() == {"runs": 1}
    assert (ids(client), ids(client, view="archived")) == (["c", "b", "a"], [])


def test_another_value_of_the_tag_archives_nothing(filled: Store, client: Client) -> None:
    log(filled, "a", tags={TAG: "false"})
    log(filled, "b", tags={TAG: "true, as of May"})
    log(filled, "c", tags={TAG: "true"})
    assert (ids(client), ids(client, view="archived"), archived(client)) == (["b", "a"], ["c"], 1)


@pytest.mark.parametrize(
    "query",
    [
        {"order_by": "metrics.loss"},
        {"order_by": "params.lr DESC"},
        {"order_by": "attributes.run_name"},
        {"filter": "params.lr = '0.1' OR params.lr = '0.2'"},
        {"search": "name of"},
        {"nested": True},
    ],
)
def test_every_order_and_filter_leaves_them_out(client: Client, query: dict[str, Any]) -> None:
    archive(client, "a")
    whole = ids(client, view="undeleted", filter="run_id != 'a'", **query) if "filter" not in query else ["b"]
    assert ids(client, **query) == whole
    assert ids(client, view="archived", **query) == ["a"]


def test_pages_leave_them_out(filled: Store, client: Client) -> None:
    for number in range(20):
        create_run(filled, f"r{number:02d}")
    assert archive(client, *(f"r{number:02d}" for number in range(0, 20, 2))) == 200
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = client.get("/runs", max_results=3, search="name of r", **token).json()
        seen += [row["run_id"] for row in page["runs"]]
        if page["next_page_token"] is None:
            break
        token = {"page_token": page["next_page_token"]}
    assert seen == [f"r{number:02d}" for number in range(1, 20, 2)]
    assert client.get("/runs", view="archived", **token).status == 400


def test_children_of_an_archived_run_stand_at_the_top(filled: Store, client: Client) -> None:
    create_run(filled, "d", parentRunId="a")
    archive(client, "d")
    rows = client.get("/runs", nested=True).json()["runs"]
    assert [(row["run_id"], row["child_count"]) for row in rows] == [("c", 0), ("a", 1)]
    assert ids(client, parent="a") == ["b"]
    # The page of a job has them all.
    assert client.get("/runs/a/children").json()["total"] == 2
    archive(client, "a")
    assert ids(client, nested=True) == ["c", "b"]
    rows = client.get("/runs", nested=True, view="archived").json()["runs"]
    assert [(row["run_id"], row["child_count"]) for row in rows] == [("a", 1)]


def test_groups_are_of_what_the_list_shows(client: Client) -> None:
    archive(client, "a")

    def groups(**query: Any) -> list[tuple[str | None, int]]:
        page = client.get("/run-groups", by="params.lr", metric="loss", **query).json()
        return [(group["value"], group["runs"]) for group in page["groups"]]

    assert groups() == [("0.2", 1), (None, 1)]
    assert groups(view="archived") == [("0.1", 1)]
    assert groups(view="undeleted") == [("0.1", 1), ("0.2", 1), (None, 1)]


def test_either_all_are_archived_or_none(filled: Store, client: Client) -> None:
    filled.write(lambda transaction: runs.delete(transaction, "c"))
    assert archive(client, "a", "b", "c") == 400
    assert archive(client, "a", "nothing") == 404
    assert archived(client) == 0
    assert archive(client, "a", "b") == 200
    assert (archived(client), ids(client)) == (2, [])


def test_the_trash_has_archived_runs_too(filled: Store, client: Client) -> None:
    archive(client, "a", "b")
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    assert (ids(client, view="deleted"), ids(client, view="archived")) == (["a"], ["b"])
    filled.write(lambda transaction: runs.restore(transaction, "a"))
    assert ids(client, view="archived") == ["b", "a"]


def test_how_many_match_is_counted(client: Client) -> None:
    archive(client, "a", "b", "c")
    assert (archived(client), archived(client, experiment_id="0")) == (3, 1)
    assert archived(client, filter="params.lr = '0.1'") == 1
    assert archived(client, search="name of b", view="active") == 1
    wrong = client.get("/archived-runs", filter="metrics.")
    assert wrong.status == 400


def test_readers_are_told_that_lists_change(filled: Store) -> None:
    def kinds(transaction: Transaction, tag: str) -> set[str]:
        runs.set_tags(transaction, "a", [KeyValue(tag, "true")])
        return {change.kind for change in transaction.changes}

    assert filled.write(lambda transaction: kinds(transaction, TAG)) == {"tags", "archived"}
    assert filled.write(lambda transaction: kinds(transaction, "team")) == {"tags"}
