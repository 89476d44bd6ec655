from __future__ import annotations

from typing import Any

from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import create_run, log


def values(client: Client, name: str, **query: Any) -> list[str]:
    found: list[str] = client.get("/filter-values", name=name, **query).json()["names"]
    return found


def test_values_of_parameters_tags_and_users(filled: Store, client: Client) -> None:
    log(filled, "c", params={"lr": "1e-3"}, tags={"a b": "x"})
    create_run(filled, "d")
    log(filled, "d", params={"lr": "0.2"}, tags={"team": "v" * 64})
    assert values(client, "params.lr") == ["0.1", "0.2", "1e-3"]
    assert values(client, "parameters.lr", search="e-") == ["1e-3"]
    # Those that begin with the text come first.
    assert values(client, "params.lr", search="1") == ["1e-3", "0.1"]
    assert values(client, "tags.team") == ["vision"]
    assert values(client, "tags.`a b`") == ["x"]
    assert values(client, "user_id") == ["ada"]
    assert values(client, "run_name", search="OF B") == ["name of b"]
    assert values(client, "metrics.loss") == []
    # What is called like a field of runs is none.
    assert values(client, "metrics.user_id") == []
    assert values(client, "datasets.name") == []
    answer = client.get("/filter-values", name="params.lr", limit=2).json()
    assert answer == {"names": ["0.1", "0.2"], "more": True}


def test_values_and_names_are_searched_literally(filled: Store, client: Client) -> None:
    log(filled, "a", params={"d_1": "50%_"}, tags={"t_%": "x"})
    log(filled, "b", params={"d_1": "50 a", "dx1": "1"}, tags={"tab": "x"})
    assert values(client, "params.d_1") == ["50 a", "50%_"]
    assert values(client, "params.d_1", search="0%") == ["50%_"]
    assert values(client, "params.d_1", search="_") == ["50%_"]
    assert client.get("/param-names", search="d_1").json()["names"] == ["d_1"]
    assert client.get("/tag-names", search="_%").json()["names"] == ["t_%"]


def test_a_name_must_be_one(client: Client) -> None:
    for name in ("params.lr = '1'", "", "nothing"):
        answer = client.get("/filter-values", name=name)
        assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE"), name


def test_names_of_tags(filled: Store, client: Client) -> None:
    log(filled, "a", tags={"team": "audio", "teach": "1"})
    assert client.get("/tag-names", search="TEA").json() == {"names": ["teach", "team"], "more": False}
    assert client.get("/tag-names", search="tea", limit=1).json() == {"names": ["teach"], "more": True}
