from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from runyard.settings import Settings
from runyard.store.store import Store
from runyard.studio_api.app import build_studio_api
from tests.studio_api.asgi import Answer, Client


def create(client: Client, name: str, query: str = "q=a", page: str = "jobs") -> Answer:
    return client.post("/views", {"page": page, "name": name, "query": query})


def patch(client: Client, view: str, **change: Any) -> Answer:
    return client.call("PATCH", f"/views/{view}", body=json.dumps(change).encode())


def names(client: Client, page: str = "jobs") -> list[str]:
    return [view["name"] for view in client.get("/views", page=page).json()["views"]]


def test_views_are_kept_by_page_and_name_also_over_a_restart(tmp_path: Path) -> None:
    with Store(tmp_path, Settings()) as store:
        client = Client(build_studio_api(store))
        made = create(client, " zebra ", "col=metrics.a%26b&q=ü").json()
        assert (made["name"], made["query"]) == ("zebra", "col=metrics.a%26b&q=ü")
        assert create(client, "Apple").status == 200
        assert create(client, "zebra", page="metrics").status == 200
    with Store(tmp_path, Settings()) as store:
        client = Client(build_studio_api(store))
        assert names(client) == ["Apple", "zebra"]
        assert names(client, "metrics") == ["zebra"]
        assert names(client, "compare") == []
        assert client.get("/views", page="jobs").json()["views"][1] == made


def test_a_name_stands_for_one_view_of_a_page(client: Client) -> None:
    create(client, "mine", "q=first")
    again = create(client, "mine", "q=second")
    assert (again.status, again.json()["error_code"]) == (400, "RESOURCE_ALREADY_EXISTS")
    assert "'mine'" in again.json()["message"]
    other = create(client, "other").json()["view_id"]
    assert patch(client, other, name="mine").status == 400
    views = client.get("/views", page="jobs").json()["views"]
    assert [(view["name"], view["query"]) for view in views] == [("mine", "q=first"), ("other", "q=a")]


def test_views_are_changed_renamed_and_deleted(client: Client) -> None:
    view = create(client, "mine").json()["view_id"]
    assert patch(client, view, query="q=b").json()["query"] == "q=b"
    renamed = patch(client, view, name="yours").json()
    assert (renamed["view_id"], renamed["name"], renamed["query"]) == (view, "yours", "q=b")
    assert client.call("DELETE", f"/views/{view}").status == 204
    assert names(client) == []
    for answer in (patch(client, view, name="x"), client.call("DELETE", f"/views/{view}")):
        assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_what_somebody_else_saved_in_a_view_is_overwritten_only_by_who_saw_it(client: Client) -> None:
    view = create(client, "mine", "q=first").json()["view_id"]
    assert patch(client, view, query="q=second", held="q=first").status == 200
    late = patch(client, view, query="q=third", held="q=first")
    assert (late.status, late.json()["error_code"]) == (400, "INVALID_STATE")
    assert "'mine'" in late.json()["message"]
    assert client.get("/views", page="jobs").json()["views"][0]["query"] == "q=second"
    # Another name loses nothing of what it holds.
    assert patch(client, view, name="yours").status == 200
    assert patch(client, view, query="q=third", held="q=second").json()["query"] == "q=third"
    # Whoever was asked may overwrite it.
    assert patch(client, view, query="q=fourth").json()["query"] == "q=fourth"


def test_what_is_no_view_is_refused(client: Client) -> None:
    for name, query, page in (
        ("", "", "jobs"),
        ("  ", "", "jobs"),
        ("x" * 201, "", "jobs"),
        ("a", "x" * 50_001, "jobs"),
        ("a\0b", "", "jobs"),
        ("a", "", "banana"),
    ):
        answer = create(client, name, query, page)
        assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.get("/views").status == 400
    assert names(client) == []


def test_a_list_opens_with_the_view_that_its_experiment_names(filled: Store, client: Client) -> None:
    def chosen(experiment: int) -> Any:
        return client.get("/experiments").json()["experiments"][experiment]["default_view"]

    def choose(experiment: str, view: str | None) -> Answer:
        body = json.dumps({"view_id": view}).encode()
        return client.call("PUT", f"/experiments/{experiment}/default-view", body=body)

    view = client.post("/views", {"page": "jobs", "name": "losses", "query": "q=x"}).json()["view_id"]
    charts = client.post("/views", {"page": "metrics", "name": "losses", "query": ""}).json()["view_id"]
    assert choose("1", view).status == choose("1", view).status == 204
    assert (chosen(0), chosen(1)) == (None, view)
    assert (choose("1", "gone").status, choose("1", charts).status, choose("99", view).status) == (
        404,
        400,
        404,
    )
    assert chosen(1) == view
    assert choose("1", None).status == choose("0", None).status == 204
    assert chosen(1) is None
