from __future__ import annotations

from typing import Any

from runyard.store.metadata import runs
from runyard.store.queries import children
from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import START, create_run, log


def page(client: Client, run: str = "a", **query: Any) -> Any:
    return client.get(f"/runs/{run}/children", **query).json()


def family(store: Store, number: int) -> None:
    """Children k0, k1, … of c; k0 has a child of its own, which has one, too."""
    for child in range(number):
        create_run(store, f"k{child}", start=START + 10 + child // 2, parentRunId="c")
        log(
            store,
            f"k{child}",
            {"loss": [float(child)], "system/cpu": [1.0]},
            {"same": "1", "zeta": str(child), **({"some": "1"} if child == 0 else {})},
        )
    create_run(store, "grandchild", parentRunId="k0")
    create_run(store, "great", parentRunId="grandchild")


def test_children_come_with_columns_and_the_number_of_their_own(filled: Store, client: Client) -> None:
    family(filled, 3)
    found = page(client, "c")
    assert [row["run_id"] for row in found["runs"]] == ["k2", "k1", "k0"]
    assert [row["child_count"] for row in found["runs"]] == [0, 0, 1]
    assert (found["total"], found["next_page_token"]) == (3, None)
    # The machine is left out, and so is what all have alike.
    assert (found["metrics"], found["params"]) == (["loss"], ["zeta", "some"])
    assert (found["runs"][2]["metrics"], found["runs"][2]["params"]) == (
        {"loss": 0.0},
        {"zeta": "0", "some": "1"},
    )
    assert client.get("/runs/c").json()["child_count"] == 3
    assert client.get("/runs/a").json()["child_count"] == 1
    assert client.get("/runs/b").json()["child_count"] == 0


def test_pages_hold_every_child_once(filled: Store, client: Client) -> None:
    family(filled, 7)
    seen: list[str] = []
    token: str | None = None
    while True:
        found = page(client, "c", max_results=2, **({} if token is None else {"page_token": token}))
        seen += [row["run_id"] for row in found["runs"]]
        token = found["next_page_token"]
        if token is None:
            break
    assert seen == [f"k{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    other = page(client, "c", max_results=2)["next_page_token"]
    assert client.get("/runs/a/children", page_token=other).status == 400


def test_deleted_children_are_left_out(filled: Store, client: Client) -> None:
    family(filled, 2)
    filled.write(lambda transaction: runs.delete(transaction, "k0"))
    assert [row["run_id"] for row in page(client, "c")["runs"]] == ["k1"]
    assert client.get("/runs/c").json()["child_count"] == 1


def test_a_run_without_children_and_an_unknown_one(client: Client) -> None:
    assert page(client, "b") == {"runs": [], "metrics": [], "params": [], "total": 0, "next_page_token": None}
    assert client.get("/runs/nothing/children").status == 404
    assert client.get("/runs/a/children", max_results=0).status == 400


def test_ids_that_begin_alike_are_told_apart(filled: Store, client: Client) -> None:
    one, other = "x" * 64 + "1", "x" * 64 + "2"
    for parent in (one, other):
        create_run(filled, parent)
    create_run(filled, "child of one", parentRunId=one)
    assert page(client, one)["total"] == 1
    assert page(client, other)["total"] == 0


def test_children_are_found_by_the_index_of_tags(filled: Store) -> None:
    sql = f"EXPLAIN QUERY PLAN SELECT count(*) {children._CHILDREN}"
    plan = filled.read(lambda session: session.all(sql, {"parent": "a", "start": "a"}))
    assert "run_tag_by_value (key=? AND <expr>=?)" in plan[0][-1]
