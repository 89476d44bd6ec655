from __future__ import annotations

from runyard.store.metadata import experiments, runs
from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import START, create_experiment


def test_experiments_with_the_number_of_their_runs(client: Client) -> None:
    default, digits = client.get("/experiments").json()["experiments"]
    assert (default["name"], default["run_count"], default["latest_start"]) == ("Default", 1, START + 2)
    assert (digits["experiment_id"], digits["run_count"], digits["latest_start"]) == ("1", 2, START + 1)


def test_what_is_in_the_trash_is_not_listed(filled: Store, client: Client) -> None:
    filled.write(lambda transaction: runs.delete(transaction, "a"))
    assert client.get("/experiments").json()["experiments"][1]["run_count"] == 1
    filled.write(lambda transaction: experiments.delete(transaction, "1"))
    assert [row["name"] for row in client.get("/experiments").json()["experiments"]] == ["Default"]


def test_names_are_searched_literally_and_pages_follow_each_other(filled: Store, client: Client) -> None:
    for name in ("50%_done", "50 percent done", "Digits two", "Öl"):
        create_experiment(filled, name)

    def names(**query: object) -> list[str]:
        return [row["name"] for row in client.get("/experiments", **query).json()["experiments"]]

    assert names(search="50%_") == ["50%_done"]
    assert names(search="ö") == ["Öl"]
    assert names(search="DIGITS") == ["digits", "Digits two"]
    first = client.get("/experiments", max_results=2).json()
    rest = names(max_results=10, page_token=first["next_page_token"])
    assert [row["name"] for row in first["experiments"]] + rest == names()
    assert client.get("/experiments", page_token="x").status == 400
