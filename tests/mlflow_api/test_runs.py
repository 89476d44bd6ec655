"""Runs over HTTP: what creating one answers, and that every format of an answer says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.compat.servers import runyard_server
from tests.differential.calls import call
from tests.faults.wire import Connection, encode_request

API = "/api/2.0/mlflow/"
TAGS = [
    {"key": key, "value": value}
    for key, value in (("z", "1"), ("Ä", "2"), ("a b", ""), ("A", "3"), ("z", "4"))
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with runyard_server(tmp_path_factory.mktemp("runs")) as server:
        yield server.port


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"experiment_id": "0", "run_name": "named", "user_id": "someone", "start_time": 5, "tags": TAGS},
        {"start_time": 0, "tags": [{"key": "mlflow.runName", "value": "by its tag"}]},
    ],
)
def test_creating_a_run_answers_what_reading_it_answers(port: int, body: dict[str, Any]) -> None:
    created = call(port, "POST", API + "runs/create", body).body
    run_id = created["run"]["info"]["run_id"]
    assert created == call(port, "GET", API + "runs/get", {"run_id": run_id}).body


def answers(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> list[Any]:
    """What the server says in JSON, in msgpack, and in JSON again."""
    payload = b"" if body is None else msgspec.json.encode(body)
    with Connection(f"http://127.0.0.1:{port}") as connection:
        got = [
            connection.send(encode_request(method, API + path, payload, {"Accept": accept}))
            for accept in ("application/json", "application/msgpack", "*/*")
        ]
    assert [answer.status for answer in got] == [200, 200, 200]
    return [msgspec.json.decode(got[0].body), msgspec.msgpack.decode(got[1].body), got[2].json()]


def test_json_and_msgpack_say_the_same(port: int) -> None:
    experiment = call(port, "POST", API + "experiments/create", {"name": "formats"}).body["experiment_id"]
    ids = []
    for number in range(4):
        body: dict[str, Any] = {"experiment_id": experiment, "start_time": number, "tags": TAGS[:number]}
        run_id = call(port, "POST", API + "runs/create", body).body["run"]["info"]["run_id"]
        ids.append(run_id)
        values = ["NaN", "-Infinity", 0.30000000000000004, 1, -0.0, 1e300][: 2 * number]
        metrics = [
            {"key": f"m{index}", "value": value, "timestamp": 5, "step": -index}
            for index, value in enumerate(values)
        ]
        params = [{"key": f"p {index}", "value": text} for index, text in enumerate(('"', "\\\n", "😀"))][
            :number
        ]
        logged = {"run_id": run_id, "metrics": metrics, "params": params}
        assert call(port, "POST", API + "runs/log-batch", logged).status == 200
    dataset = {"name": "d", "digest": "1", "source_type": "local", "source": "{}"}
    inputs = {
        "run_id": ids[1],
        "datasets": [{"dataset": dataset, "tags": []}],
        "models": [{"model_id": "m-1"}],
    }
    assert call(port, "POST", API + "runs/log-inputs", inputs).status == 200

    for asked in (
        {},
        {"max_results": 3, "order_by": ["metrics.m2 DESC"]},
        {"filter": "params.`p 0` = '\"'"},
        {"filter": "params.none = '1'"},
        {"metadata_only": True},
    ):
        first, packed, again = answers(port, "POST", "runs/search", {"experiment_ids": [experiment], **asked})
        assert first == packed == again
    for run_id in ids:
        first, packed, again = answers(port, "GET", f"runs/get?run_id={run_id}")
        assert first == packed == again
        assert first["run"]["info"]["run_id"] == run_id
    values = [metric["value"] for metric in first["run"]["data"]["metrics"]]
    assert values == ["NaN", "-Infinity", 0.30000000000000004, 1.0, 0.0, 1e300]


def test_creating_a_run_answers_alike_directly_and_through_asgi(port: int) -> None:
    """A connection takes the first call directly; a header that it leaves to ASGI sends the second there."""
    body = {"run_name": "named", "start_time": 5, "tags": [{"key": "a", "value": "b"}]}
    headers = {"Accept": "application/json"}
    direct = call(port, "POST", API + "runs/create", body).body["run"]
    ordinary = call(port, "POST", API + "runs/create", body, headers=headers).body["run"]
    for run in (direct, ordinary):
        for field in ("run_id", "run_uuid", "artifact_uri"):
            assert run["info"].pop(field)
    assert direct == ordinary


@pytest.mark.parametrize(
    "body", [{"experiment_id": "999"}, {"start_time": -1}, {"tags": [{"key": "", "value": ""}]}, {"tags": 1}]
)
def test_what_is_wrong_with_a_new_run_is_told_alike_directly_and_through_asgi(
    port: int, body: dict[str, Any]
) -> None:
    direct = call(port, "POST", API + "runs/create", body)
    assert direct.status in (400, 404)
    assert direct == call(port, "POST", API + "runs/create", body, headers={"Accept": "application/json"})


def test_a_run_is_created_from_an_empty_body(port: int) -> None:
    answer = call(port, "POST", API + "runs/create", raw=b"")
    assert answer.body["run"]["info"]["experiment_id"] == "0"
