"""Frames of a client's spool over HTTP: applied once, in order, and refused one by one."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from runyard_mlflow.spool.frames import point_frame, points_frame, request_frame, target_of

from tests.faults.server import Server
from tests.faults.wire import Answer, Connection, create_run, encode_request, history


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    with Connection(server.address) as opened:
        yield opened


@pytest.fixture
def producer() -> str:
    return secrets.token_hex(16)


def send(connection: Connection, producer: str, frames: list[bytes], first: int | str = 1) -> Answer:
    path = f"/api/2.0/runyard/spool?producer={producer}&first={first}"
    return connection.send(
        encode_request("POST", path, b"".join(frames), {"Content-Type": "application/octet-stream"})
    )


def taken(answer: Answer) -> tuple[int, list[tuple[int, int, str, bool]]]:
    """The last frame, and what of them was refused."""
    assert answer.status == 200, answer
    found = answer.json()
    refused = [
        (entry["first"], entry["last"], entry["error_code"], entry.get("again", False))
        for entry in found.get("refused", [])
    ]
    return found["last"], refused


def request(path: str, **body: Any) -> bytes:
    return request_frame(path, json.dumps(body).encode())


def points(run_id: str, name: str, values: list[float]) -> list[bytes]:
    target = target_of(run_id, name)
    return [point_frame(target, 0, 5, value) for value in values]


def test_all_kinds_of_frames_do_what_they_say(connection: Connection, producer: str) -> None:
    run_id = secrets.token_hex(16)
    odd = [1.0, 1.0, math.nan, -math.inf]
    model = {"artifact_path": "model", "flavors": {}, "run_id": run_id, "utc_time_created": "2026-01-01"}
    frames = [
        request("runs/create", run_id=run_id, experiment_name="spooled", run_name="named", start_time=3),
        *points(run_id, "loss", [3.0, 2.0]),
        points_frame(run_id, ["loss"] * 4, [0, 0, 0, 0], [5, 5, 5, 5], odd),
        points_frame(run_id, ["a", "b", "a"], [1, 1, 2], [6, 6, 7], [1.0, 2.0, 3.0]),
        *points(run_id, "loss", [0.5]),
        request("runs/log-batch", run_id=run_id, params=[{"key": "p", "value": "1"}], tags=[{"key": "t", "value": ""}]),
        request("runs/delete-tag", run_id=run_id, key="t"),
        request("runs/log-inputs", run_id=run_id, datasets=[
            {"dataset": {"name": "d", "digest": "x", "source_type": "s", "source": "{}"}}
        ]),
        request("runs/log-model", run_id=run_id, model_json=json.dumps(model)),
        request("runs/update", run_id=run_id, status="FINISHED", end_time=9, run_name="renamed"),
    ]  # fmt: skip
    assert taken(send(connection, producer, frames)) == (len(frames), [])
    run = connection.get("runs/get", run_id=run_id).json()["run"]
    experiment = connection.get("experiments/get-by-name", experiment_name="spooled").json()["experiment"]
    info = run["info"]
    assert (info["experiment_id"], info["run_name"]) == (experiment["experiment_id"], "renamed")
    assert (info["status"], info["start_time"], info["end_time"]) == ("FINISHED", 3, 9)
    assert run["data"]["params"] == [{"key": "p", "value": "1"}]
    assert {tag["key"] for tag in run["data"]["tags"]} == {"mlflow.log-model.history", "mlflow.runName"}
    assert [given["dataset"]["name"] for given in run["inputs"]["dataset_inputs"]] == ["d"]
    assert repr([value for _, value in history(connection, run_id, "loss")]) == repr(
        [3.0, 2.0, 1.0, 1.0, "NaN", "-Infinity", 0.5]
    )
    assert history(connection, run_id, "a") == [(1, 1.0), (2, 3.0)]


def test_logged_models_are_made_under_ids_of_their_clients(connection: Connection, producer: str) -> None:
    run_id, model_id = secrets.token_hex(16), f"m-{secrets.token_hex(16)}"
    frames = [
        request("runs/create", run_id=run_id, experiment_name="spooled"),
        request(
            "logged-models/create", model_id=model_id, experiment_name="spooled", name="net", source_run_id=run_id,
            params=[{"key": "depth", "value": "3"}], tags=[{"key": "t", "value": "1"}],
        ),
        request("logged-models/params", model_id=model_id, params=[{"key": "width", "value": "4"}]),
        request("logged-models/tags", model_id=model_id, tags=[{"key": "t", "value": "2"}]),
        request("runs/outputs", run_id=run_id, models=[{"model_id": model_id, "step": 0}]),
        request("logged-models/finalize", model_id=model_id, status="LOGGED_MODEL_READY"),
        request("logged-models/create", model_id=model_id, experiment_name="spooled"),
        request("logged-models/create", model_id="m-../../x", experiment_name="spooled"),
        request("logged-models/finalize", model_id="m-" + 32 * "0", status="LOGGED_MODEL_READY"),
    ]  # fmt: skip
    refused = [(8, 8, "INVALID_PARAMETER_VALUE", False), (9, 9, "RESOURCE_DOES_NOT_EXIST", False)]
    assert taken(send(connection, producer, frames)) == (9, refused)
    model = connection.get(f"logged-models/{model_id}").json()["model"]
    experiment = connection.get("experiments/get-by-name", experiment_name="spooled").json()["experiment"]
    info = model["info"]
    assert (info["name"], info["status"]) == ("net", "LOGGED_MODEL_READY")
    assert info["experiment_id"] == experiment["experiment_id"]
    assert info["artifact_uri"] == f"{experiment['artifact_location']}/models/{model_id}/artifacts"
    assert (info["source_run_id"], info["tags"]) == (run_id, [{"key": "t", "value": "2"}])
    assert model["data"]["params"] == [{"key": "depth", "value": "3"}, {"key": "width", "value": "4"}]
    run = connection.get("runs/get", run_id=run_id).json()["run"]
    assert [made["model_id"] for made in run["outputs"]["model_outputs"]] == [model_id]


def test_frames_count_once_in_whatever_pieces_they_come(connection: Connection, producer: str) -> None:
    run_id = create_run(connection)
    frames = [frame for number in range(60) for frame in points(run_id, f"m{number % 3}", [float(number)])]
    for first, last in ((21, 40), (1, 60), (1, 20), (15, 45), (41, 60), (1, 60)):
        assert taken(send(connection, producer, frames[first - 1 : last], first)) == (last, [])
    for index in range(3):
        assert sorted(value for _, value in history(connection, run_id, f"m{index}")) == list(
            range(index, 60, 3)
        )
    # Another producer's frames of the same numbers are others.
    assert taken(send(connection, secrets.token_hex(16), frames)) == (60, [])
    assert len(history(connection, run_id, "m0")) == 40


def test_a_call_is_refused_as_a_whole_and_takes_no_other_with_it(
    connection: Connection, producer: str
) -> None:
    run_id = create_run(connection)
    early = [point_frame(target_of(run_id, "m"), 0, -1, 9.0)] * 2
    frames = [
        *points(run_id, "m", [1.0, 2.0]),
        *early,
        *points(run_id, "m", [3.0]),
        points_frame(run_id, ["m", "not//fine", "other"], [0] * 3, [5] * 3, [7.0] * 3),
        points_frame(run_id, ["m", "other"], [0] * 2, [5] * 2, [4.0] * 2),
        *early,
        request("runs/log-batch", run_id=run_id, params=[{"key": "p", "value": "1"}]),
        *points(run_id, "m", [5.0]),
    ]
    invalid = "INVALID_PARAMETER_VALUE"
    refused = [(first, last, invalid, False) for first, last in ((3, 4), (6, 6), (8, 9))]
    for _ in range(2):
        assert taken(send(connection, producer, frames)) == (len(frames), refused)
        assert history(connection, run_id, "m") == [(0, float(value)) for value in range(1, 6)]
        assert history(connection, run_id, "other") == [(0, 4.0)]
    assert connection.get("metrics/get-history", run_id=run_id, metric_key="not//fine").json() == {}


def test_what_breaks_a_rule_is_refused_alone_and_told_again(connection: Connection, producer: str) -> None:
    run_id = create_run(connection)
    frames = [
        request("runs/log-batch", run_id=run_id, params=[{"key": "p", "value": "1"}]),
        request(
            "runs/log-batch", run_id=run_id, params=[{"key": "p", "value": "2"}, {"key": "q", "value": "1"}]
        ),
        *points(run_id, "good", [1.0]),
        *points(run_id, "a//b", [1.0, 2.0]),
        point_frame(target_of(run_id, "early"), 0, -1, 1.0),
        request("runs/log-batch", run_id=run_id, params=[{"key": "no"}, 3]),
        request("runs/delete", run_id=run_id),
        *points(run_id, "good", [2.0]),
    ]
    answer = send(connection, producer, frames)
    invalid = "INVALID_PARAMETER_VALUE"
    assert taken(answer) == (
        9,
        [
            (2, 2, invalid, False),
            (4, 5, invalid, False),
            (6, 6, invalid, False),
            (7, 7, invalid, False),
            # What an older server does not know stays with the client.
            (8, 8, "RESOURCE_DOES_NOT_EXIST", True),
        ],
    )  # fmt: skip
    # The sender asks again when the answer was lost.
    assert send(connection, producer, frames).json() == answer.json()
    assert [value for _, value in history(connection, run_id, "good")] == [1.0, 2.0]
    data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
    assert data["params"] == [{"key": "p", "value": "1"}]


def test_what_is_logged_to_a_run_that_comes_later_may_be_sent_again(
    connection: Connection, producer: str
) -> None:
    run_id = secrets.token_hex(16)
    known = create_run(connection)
    frames = [
        *points(run_id, "m", [1.0]),
        *points(known, "m", [7.0]),
        *points(run_id, "m", [2.0]),
        request("runs/log-batch", run_id=run_id, params=[{"key": "p", "value": "1"}]),
    ]
    missing = "RESOURCE_DOES_NOT_EXIST"
    assert taken(send(connection, producer, frames)) == (
        4,
        [(1, 1, missing, True), (3, 3, missing, True), (4, 4, missing, True)],
    )
    create = request("runs/create", run_id=run_id, experiment_id="0")
    assert taken(send(connection, secrets.token_hex(16), [create, create])) == (2, [])
    assert taken(send(connection, producer, frames)) == (4, [])
    assert taken(send(connection, producer, frames)) == (4, [])
    assert [value for _, value in history(connection, run_id, "m")] == [1.0, 2.0]
    assert [value for _, value in history(connection, known, "m")] == [7.0]


@pytest.mark.parametrize(
    ("frames", "first", "said"),
    [
        ([b""], 1, "no frame"),
        ([point_frame(target_of("r", "m"), 0, 0, 1.0)[:-1]], 1, "cut off"),
        ([b"\x01\x00\x00\x00"], 1, "cut off"),
        ([point_frame(target_of("r", "m"), 0, 0, 1.0)[:-1] + b"x"], 1, "checksum"),
        ([request_frame("x", b"")[:8] + b"\x03\x01y"], 1, "checksum"),
        ([points_frame("r", ["m"], [0], [0], [1.0])], 0, "'first'"),
        ([points_frame("r", ["m"], [0], [0], [1.0])], "x", "'first'"),
    ],
)
def test_what_can_not_be_read_is_refused_whole(
    connection: Connection, producer: str, frames: list[bytes], first: int | str, said: str
) -> None:
    answer = send(connection, producer, frames, first)
    assert answer.status == 400
    assert said in answer.json()["message"]


@pytest.mark.parametrize("name", ["", "AB" * 16, "ab" * 15, "../" * 8, "%00" * 11])
def test_a_producer_is_named_by_hexadecimal_digits(connection: Connection, name: str) -> None:
    answer = send(connection, name, points("r", "m", [1.0]))
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_a_frame_of_an_unknown_kind_is_refused(connection: Connection, producer: str) -> None:
    import zlib

    body = b"\x09abc"
    frame = len(body).to_bytes(4, "little") + zlib.crc32(body).to_bytes(4, "little") + body
    answer = send(connection, producer, [frame])
    assert answer.status == 400
    assert "upgrade runyard" in answer.json()["message"]
