from __future__ import annotations

import json

from runyard.store.queries import plots
from runyard.store.store import Store
from tests.studio_api.asgi import Answer, Client
from tests.studio_api.workspace import create_run, log


def ask(client: Client, path: str, query: str = "", **body: object) -> Answer:
    return client.call("POST", path, query, json.dumps(body).encode())


def test_columns_hold_a_value_for_each_run_in_the_order_asked(client: Client) -> None:
    found = ask(
        client,
        "/runs/columns",
        run_ids=["c", "gone", "b", "a"],
        params=["lr", "nothing", "lr"],
        metrics=["rising", "loss"],
    ).json()
    assert [run["run_id"] for run in found["runs"]] == ["c", "b", "a"]
    assert [run["name"] for run in found["runs"]] == ["name of c", "name of b", "name of a"]
    assert [run["status"] for run in found["runs"]] == ["RUNNING", "RUNNING", "FINISHED"]
    assert found["params"] == [
        {"name": "lr", "values": [None, "0.2", "0.1"]},
        {"name": "nothing", "values": [None, None, None]},
    ]
    assert found["metrics"] == [
        {
            "name": "rising",
            "latest": [None, "Infinity", None],
            "min": [None, -1.0, None],
            "max": [None, "Infinity", None],
        },
        {"name": "loss", "latest": [None, "NaN", 0.5], "min": [None, None, 0.5], "max": [None, None, 2.0]},
    ]


def test_runs_alone_can_be_asked_for(client: Client) -> None:
    found = ask(client, "/runs/columns", run_ids=["a"]).json()
    assert (len(found["runs"]), found["params"], found["metrics"]) == (1, [], [])
    unknown = ask(client, "/runs/columns", run_ids=["gone"], params=["lr"], metrics=["loss"]).json()
    assert unknown["runs"] == []
    assert unknown["params"] == [{"name": "lr", "values": []}]


def test_names_that_tell_runs_apart_come_first(filled: Store, client: Client) -> None:
    log(filled, "b", params={"depth": "3"})
    found = ask(client, "/runs/names", run_ids=["a", "b", "c"]).json()
    assert found["params"] == [
        {"name": "lr", "runs": 2, "values": 2},
        {"name": "depth", "runs": 2, "values": 1},
    ]
    assert [use["name"] for use in found["metrics"]] == ["loss", "rising", "val/acc %_", "system/cpu"]
    assert found["metrics"][0] == {"name": "loss", "runs": 2}
    assert (found["counted"], found["more"]) == (3, False)
    one = ask(client, "/runs/names", "limit=1", run_ids=["a", "b"]).json()
    assert ([use["name"] for use in one["params"]], one["more"]) == (["lr"], True)
    none = ask(client, "/runs/names", run_ids=["gone"]).json()
    assert none == {"params": [], "metrics": [], "counted": 0, "more": False}


def test_of_many_runs_metrics_are_counted_in_some_spread_over_them(store: Store, client: Client) -> None:
    names = [f"r{number:03d}" for number in range(plots.MOST_COUNTED + 50)]
    for name in names:
        create_run(store, name)
    log(store, names[0], {"first": [1.0]}, {"lr": "1"})
    log(store, names[-2], {}, {"lr": "2"})
    found = ask(client, "/runs/names", run_ids=names).json()
    assert found["counted"] == plots.MOST_COUNTED
    assert found["metrics"] == [{"name": "first", "runs": 1}]
    assert found["params"] == [{"name": "lr", "runs": 2, "values": 2}]


def test_wrong_numbers_are_refused(client: Client) -> None:
    for path in ("/runs/columns", "/runs/names"):
        for runs in ([], [f"r{number}" for number in range(1001)]):
            answer = ask(client, path, run_ids=runs)
            assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
            assert "run_ids" in answer.json()["message"]
    many = [f"m{number}" for number in range(101)]
    assert "metrics" in ask(client, "/runs/columns", run_ids=["a"], metrics=many).json()["message"]
