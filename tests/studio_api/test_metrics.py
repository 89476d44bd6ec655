from __future__ import annotations

from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import create_run, log


def test_metric_names_are_those_of_the_asked_experiments(client: Client) -> None:
    names = client.get("/metric-names").json()
    assert names == {"names": ["loss", "rising", "system/cpu", "val/acc %_"], "more": False}
    assert client.get("/metric-names", experiment_id="0").json()["names"] == []
    assert client.get("/metric-names", search="ACC %").json()["names"] == ["val/acc %_"]
    assert client.get("/metric-names", limit=2).json() == {"names": ["loss", "rising"], "more": True}
    assert client.get("/metric-names", experiment_id="x").status == 404


def test_param_names(client: Client) -> None:
    assert client.get("/param-names").json()["names"] == ["depth", "lr"]
    assert client.get("/param-names", search="EP").json()["names"] == ["depth"]


def test_the_commonest_metrics_stand_first_without_those_of_the_machine(
    filled: Store, client: Client
) -> None:
    create_run(filled, "d", "1")
    log(filled, "d", {"rising": [1.0], "loss": [1.0]})
    assert client.get("/metric-names/common", limit=2).json()["names"] == ["loss", "rising"]
    assert client.get("/metric-names/common", limit=9).json()["names"] == ["loss", "rising", "val/acc %_"]
    assert client.get("/metric-names/common", experiment_id="0").json()["names"] == []


def test_a_runs_metrics_in_columns(client: Client) -> None:
    table = client.get("/runs/a/metrics").json()
    assert table["names"] == ["loss", "system/cpu", "val/acc %_"]
    assert (table["latest"][0], table["latest_step"][0]) == (0.5, 2)
    assert client.get("/runs/a/metrics", name=["loss", "gone"]).json()["names"] == ["loss"]
    assert client.get("/runs/nothing/metrics").status == 404


def test_values_that_are_not_finite_have_names(client: Client) -> None:
    table = client.get("/runs/b/metrics").json()
    assert table["latest"] == ["NaN", "Infinity"]
