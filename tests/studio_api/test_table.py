"""The table of runs: columns of any kind, groups, trees, names, and tags of many runs."""

from __future__ import annotations

from typing import Any

import pytest

from runyard.store.metadata import runs
from runyard.store.store import Store
from tests.studio_api.asgi import Answer, Client
from tests.studio_api.workspace import START, create_run, log


def ids(client: Client, **query: Any) -> list[str]:
    answer = client.get("/runs", **query)
    assert answer.status == 200, answer.body
    return [row["run_id"] for row in answer.json()["runs"]]


def test_least_and_greatest_values_and_tags_are_columns(client: Client) -> None:
    asked = {"metric_min": ["loss", "rising"], "metric_max": ["loss"], "tag": ["team", "mlflow.parentRunId"]}
    rows = {row["run_id"]: row for row in client.get("/runs", **asked).json()["runs"]}
    assert (rows["a"]["metric_min"], rows["a"]["metric_max"]) == ({"loss": 0.5}, {"loss": 2.0})
    # A series of nothing but NaN has no least value.
    assert (rows["b"]["metric_min"], rows["b"]["metric_max"]) == (
        {"loss": "NaN", "rising": -1.0},
        {"loss": "NaN"},
    )
    assert rows["a"]["metrics"] == rows["a"]["params"] == {}
    assert (rows["b"]["tags"], rows["c"]["tags"]) == ({"mlflow.parentRunId": "a"}, {"team": "vision"})
    assert (rows["b"]["parent_run_name"], rows["c"]["parent_run_name"]) == ("name of a", None)
    fresh = client.get("/runs/by-id", run_id=list(rows), **asked).json()["runs"]
    assert fresh == list(rows.values())


@pytest.mark.parametrize(
    "order",
    ["min(metrics.`x`)", "max(metrics.`x`) DESC", "tags.`side` DESC", "attributes.experiment_name DESC"],
)
def test_pages_of_any_order_hold_every_run_once(filled: Store, client: Client, order: str) -> None:
    for number in range(12):
        name = f"r{number:02d}"
        create_run(filled, name, start=START + 10)
        if number % 4:
            log(
                filled,
                name,
                {"x": [float(number % 3), 5.0]},
                tags={"side": "left" if number % 2 else "right"},
            )
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = client.get("/runs", order_by=order, max_results=5, **token).json()
        seen += [row["run_id"] for row in page["runs"]]
        if page["next_page_token"] is None:
            break
        token = {"page_token": page["next_page_token"]}
    assert seen == ids(client, order_by=order, max_results=1000)
    assert len(seen) == len(set(seen)) == 15


def test_a_tree_has_children_below_runs_that_match_too(filled: Store, client: Client) -> None:
    create_run(filled, "d", parentRunId="b")
    create_run(filled, "e", parentRunId="gone")
    rows = client.get("/runs", nested=True).json()["runs"]
    assert [(row["run_id"], row["child_count"]) for row in rows] == [("c", 0), ("a", 1), ("e", 0)]
    below = client.get("/runs", parent="a").json()["runs"]
    assert [(row["run_id"], row["child_count"]) for row in below] == [("b", 1)]
    assert ids(client, parent="b") == ["d"]
    # Runs whose parent does not match stand at the top.
    assert ids(client, nested=True, filter="run_id != 'a'") == ["c", "b", "e"]
    filled.write(lambda transaction: runs.delete(transaction, "b"))
    assert ids(client, nested=True) == ["c", "a", "d", "e"]
    assert ids(client, nested=True, view="deleted") == ["b"]


def test_groups_have_figures_of_all_their_runs(client: Client) -> None:
    query = {"by": "params.lr", "metric": ["loss", "none"], "metric_min": "rising"}
    page = client.get("/run-groups", **query).json()
    assert (page["total"], page["next_page_token"]) == (3, None)
    assert [(group["value"], group["runs"]) for group in page["groups"]] == [
        ("0.1", 1),
        ("0.2", 1),
        (None, 1),
    ]
    first, second, missing = page["groups"]
    assert first["metrics"] == {
        "loss": {"count": 1, "not_finite": 0, "mean": 0.5, "std": None, "min": 0.5, "max": 0.5}
    }
    assert second["metrics"]["loss"] == {
        "count": 0,
        "not_finite": 1,
        "mean": None,
        "std": None,
        "min": None,
        "max": None,
    }
    assert second["metric_min"]["rising"]["mean"] == -1.0
    assert missing["metrics"] == missing["metric_min"] == missing["metric_max"] == {}


def test_pages_of_groups_in_order(filled: Store, client: Client) -> None:
    for number, lr in enumerate(["10", "9", "1e-2", "fast", "Slow", "9"]):
        create_run(filled, f"r{number}")
        log(filled, f"r{number}", {"x": [float(number)]}, {"rate": lr})

    def values(**query: Any) -> list[str | None]:
        found: list[str | None] = []
        token: dict[str, str] = {}
        while True:
            answer = client.get("/run-groups", by="params.rate", metric="x", max_results=2, **query, **token)
            assert answer.status == 200, answer.body
            page = answer.json()
            found += [group["value"] for group in page["groups"]]
            if page["next_page_token"] is None:
                return found
            token = {"page_token": page["next_page_token"]}

    assert values() == ["1e-2", "9", "10", "fast", "Slow", None]
    assert values(descending=True) == ["Slow", "fast", "10", "9", "1e-2", None]
    greatest = values(order_by="metric_max", order_metric="x", metric_max="x", descending=True)
    assert greatest == ["Slow", "9", "fast", "1e-2", "10", None]
    assert values(order_by="metric", order_metric="x") == ["10", "1e-2", "9", "fast", "Slow", None]
    answer = client.get("/run-groups", by="params.rate", order_by="metric", order_metric="y")
    assert (answer.status, "'order_metric'" in answer.json()["message"]) == (400, True)
    answer = client.get("/run-groups", by="metrics.x")
    assert (answer.status, "'by'" in answer.json()["message"]) == (400, True)


def test_names_are_found_by_regular_expression(client: Client) -> None:
    assert client.get("/metric-names", regex="^VAL/|ing$").json()["names"] == ["rising", "val/acc %_"]
    assert client.get("/param-names", regex="^l").json() == {"names": ["lr"], "more": False}
    assert client.get("/tag-names", regex="^(?!x)").status == 400
    assert client.get("/tag-names", limit=1).json() == {"names": ["mlflow.parentRunId"], "more": True}
    assert client.get("/tag-names", search="TEAM").json()["names"] == ["team"]
    answer = client.get("/metric-names", regex="loss (")
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "'regex': Invalid regular expression: missing )" in answer.json()["message"]


def tag(client: Client, *run_ids: str, **change: Any) -> Answer:
    return client.post("/runs/tags", {"run_ids": run_ids, **change})


def teams(client: Client) -> dict[str, str | None]:
    rows = client.get("/runs", tag="team").json()["runs"]
    return {row["run_id"]: row["tags"].get("team") for row in rows}


def test_many_runs_are_tagged_together(client: Client) -> None:
    answer = tag(client, "a", "b", "a", set_tags=[{"key": "team", "value": "audio"}])
    assert (answer.status, answer.json()) == (200, {"runs": 2})
    assert teams(client) == {"a": "audio", "b": "audio", "c": "vision"}
    # Those that have the tag lose it; none is refused for having none.
    assert tag(client, "a", "c", delete_tags=["team", "none"]).json() == {"runs": 2}
    assert tag(client, "a", "b", "c", delete_tags=["team"]).json() == {"runs": 1}
    assert teams(client) == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ({"key": "", "value": "1"}, "'set_tags.key'"),
        ({"key": "a" * 300, "value": "1"}, "at most 250"),
        ({"key": "a\nb", "value": "1"}, "only letters"),
        ({"key": "a", "value": "v" * 9000}, "at most 8000"),
    ],
)
def test_a_tag_that_breaks_a_rule_is_explained(client: Client, tags: dict[str, str], told: str) -> None:
    answer = tag(client, "a", set_tags=[tags])
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert told in answer.json()["message"]


def test_either_all_runs_are_tagged_or_none(filled: Store, client: Client) -> None:
    change = {"set_tags": [{"key": "team", "value": "audio"}]}
    answer = tag(client, "a", "unknown", **change)
    assert (answer.status, "unknown" in answer.json()["message"]) == (404, True)
    filled.write(lambda transaction: runs.delete(transaction, "b"))
    answer = tag(client, "a", "b", **change)
    assert (answer.status, "active" in answer.json()["message"]) == (400, True)
    assert teams(client) == {"a": None, "c": "vision"}


def test_a_group_is_a_filter_whatever_its_value_is(filled: Store, client: Client) -> None:
    value = 'it\'s "quoted" \\ 100% \n`lines` ' + "x" * 200
    log(filled, "c", params={"note": value})
    groups = client.get("/run-groups", by="params.`note`").json()["groups"]
    assert [(group["value"], group["runs"]) for group in groups] == [(value, 1), (None, 2)]
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    assert ids(client, filter=f"params.`note` = E'{escaped}'") == ["c"]
    assert ids(client, filter="(status = 'RUNNING') AND params.`note` IS NULL") == ["b"]
