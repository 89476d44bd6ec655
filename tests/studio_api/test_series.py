from __future__ import annotations

import struct
from typing import Any

import msgspec

from runyard.store.store import Store
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import START, log


def series(client: Client, chart: dict[str, Any], **request: Any) -> list[dict[str, Any]]:
    """The curves of one chart, with their columns as lists."""
    answer = client.post("/series", {"charts": [chart], **request})
    assert (answer.status, answer.kind) == (200, "application/msgpack"), answer.body
    (found,) = msgspec.msgpack.decode(answer.body)["charts"]
    for one in found["series"]:
        one["columns"] = {
            name: list(struct.unpack(f"<{len(column) // 8}d", column))
            for name, column in one["columns"].items()
        }
    curves: list[dict[str, Any]] = found["series"]
    return curves


def test_few_points_come_as_they_are(client: Client) -> None:
    (loss,) = series(client, {"run_ids": ["a"], "metrics": ["loss"]})
    assert loss["columns"] == {"x": [0, 1, 2], "value": [2.0, 1.0, 0.5]}
    assert (loss["raw"], loss["total"], loss["non_finite"], loss["latest_value"]) == (True, 3, 0, 0.5)


def test_runs_and_metrics_in_the_order_asked_and_unknown_metrics_empty(client: Client) -> None:
    found = series(client, {"run_ids": ["b", "a"], "metrics": ["loss", "nothing"]})
    assert [(one["run_id"], one["metric"], one["total"]) for one in found] == [
        ("b", "loss", 1),
        ("b", "nothing", 0),
        ("a", "loss", 3),
        ("a", "nothing", 0),
    ]
    assert found[0]["non_finite"] == 1


def test_a_spike_of_one_step_survives_buckets(filled: Store, client: Client) -> None:
    values = [0.0] * 5000
    values[3210] = 99.0
    log(filled, "c", {"long": values})
    (long,) = series(client, {"run_ids": ["c"], "metrics": ["long"]}, max_points=100)
    assert not long["raw"] and long["total"] == 5000
    columns = long["columns"]
    assert len(columns["x"]) <= 100 and sum(columns["count"]) == 5000
    assert max(columns["max"]) == 99.0 and max(columns["mean"]) < 99.0
    assert columns["last_x"][-1] == 4999
    assert (long["first_x"], columns["x"][0]) == (0, 0)


def test_buckets_tell_where_the_first_point_of_the_range_lies(filled: Store, client: Client) -> None:
    log(filled, "c", {"long": [float(step) for step in range(5000)]})
    chart = {"run_ids": ["c"], "metrics": ["long", "nothing"], "start": 1003, "end": 4000}
    long, nothing = series(client, chart, max_points=100)
    first, last = long["columns"]["x"][0], long["columns"]["last_x"][0]
    assert first < long["first_x"] == 1003 < last
    assert nothing["first_x"] is None


def test_a_range_is_answered_finer(filled: Store, client: Client) -> None:
    log(filled, "c", {"long": [float(step) for step in range(5000)]})
    chart = {"run_ids": ["c"], "metrics": ["long"], "start": 9.5, "end": 29.5}
    (long,) = series(client, chart, max_points=100)
    assert long["raw"] and long["columns"]["x"] == list(range(9, 31))


def test_time_axes(client: Client) -> None:
    chart = {"run_ids": ["a"], "metrics": ["loss"]}
    assert series(client, chart, x="time")[0]["columns"]["x"] == [START, START + 1000, START + 2000]
    assert series(client, chart, x="relative")[0]["columns"]["x"] == [0, 1000, 2000]


def test_smoothing_comes_beside_the_points(client: Client) -> None:
    chart = {"run_ids": ["a"], "metrics": ["loss"]}
    (loss,) = series(client, chart, smoothing={"kind": "ema", "amount": 0.5})
    # Debiased: 2; (0.5 * 1 + 0.5 * 1) / 0.75; (0.5 * 1 + 0.5 * 0.5) / 0.875
    assert [round(value, 6) for value in loss["columns"]["smoothed"]] == [2.0, 1.333333, 0.857143]


def test_requests_that_can_not_be_answered(client: Client) -> None:
    chart = {"run_ids": ["a"], "metrics": ["loss"]}
    unknown = client.post("/series", {"charts": [{**chart, "run_ids": ["nothing"]}]})
    assert (unknown.status, unknown.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    large = {"run_ids": ["a"] * 100, "metrics": [f"m{number}" for number in range(100)]}
    assert client.post("/series", {"charts": [large], "max_points": 10_000}).status == 400
    assert (
        client.post("/series", {"charts": [chart], "smoothing": {"kind": "ema", "amount": 1}}).status == 400
    )
    assert client.post("/series", {"charts": [chart], "x": "colour"}).status == 400
    assert client.post("/series", {"charts": [{**chart, "start": "x"}]}).status == 400
    assert client.post("/series", {"charts": []}).status == 400
