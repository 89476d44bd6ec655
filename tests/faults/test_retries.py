"""Requests that clients send again: which change nothing, and which are points of their own."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, encode_request, history, metric

pytestmark = pytest.mark.faults


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


def send_and_die(server: Server, path: str, body: object) -> None:
    """Send a request and reset the connection with its answer unread."""
    connection = Connection(server.address)
    connection.socket.sendall(encode_request("POST", f"/api/2.0/mlflow/{path}", json.dumps(body).encode()))
    time.sleep(0.3)
    connection.reset()
    time.sleep(0.1)


def test_a_point_whose_answer_was_lost_is_not_logged_twice(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        body = metric(run_id, "loss", 0.5, 1)
        send_and_die(server, "runs/log-metric", body)
        assert connection.post("runs/log-metric", body).status == 200
        assert history(connection, run_id, "loss") == [(1, 0.5)]


def test_a_client_that_left_before_the_answer_was_written(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        body = {"run_id": run_id, "metrics": [metric(run_id, "loss", 0.5, step) for step in range(500)]}
        request = encode_request("POST", "/api/2.0/mlflow/runs/log-batch", json.dumps(body).encode())
        for _ in range(5):
            with Connection(server.address) as short:
                short.socket.sendall(request)
        time.sleep(0.5)
        assert connection.send(request).status == 200
        assert len(history(connection, run_id, "loss")) == 500


def test_a_run_whose_answer_was_lost_leaves_no_ghost(server: Server) -> None:
    body = {"experiment_id": "0", "start_time": 1234, "run_name": "only-one", "tags": []}
    send_and_die(server, "runs/create", body)
    with Connection(server.address) as connection:
        answer = connection.post("runs/create", body).json()
        found = connection.post("runs/search", {"experiment_ids": ["0"]}).json()["runs"]
    assert found == [answer["run"]]


def test_a_repeated_creation_answers_the_run_as_it_is_now(server: Server) -> None:
    headers = {"Idempotency-Key": "one"}
    with Connection(server.address) as connection:
        first = connection.post("runs/create", {"run_name": "one"}, headers).json()["run"]
        run_id = first["info"]["run_id"]
        connection.post("runs/set-tag", {"run_id": run_id, "key": "a", "value": "b"})
        again = connection.post("runs/create", {"run_name": "one"}, headers).json()["run"]
        assert again == connection.get("runs/get", run_id=run_id).json()["run"]
        assert {"key": "a", "value": "b"} in again["data"]["tags"]


def test_equal_requests_of_healthy_clients_are_all_kept(server: Server) -> None:
    """Ten sender threads that log one value in one millisecond, as the stock client's do."""
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        gate = threading.Barrier(10)

        def sender(_: int) -> None:
            with Connection(server.address) as own:
                gate.wait()
                for _ in range(20):
                    assert own.post("runs/log-metric", metric(run_id, "loss", 1.0, 0)).status == 200

        with ThreadPoolExecutor(10) as pool:
            list(pool.map(sender, range(10)))
        assert history(connection, run_id, "loss") == [(0, 1.0)] * 200


def test_an_idempotency_key_makes_every_repetition_a_retry(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        for value in (1.0, 1.0, 2.0):
            body = metric(run_id, "loss", value, 0)
            headers = {"Idempotency-Key": f"call-{value}"}
            assert connection.post("runs/log-metric", body, headers).status == 200
        assert history(connection, run_id, "loss") == [(0, 1.0), (0, 2.0)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("experiments/create", {"name": "retried"}),
        ("registered-models/create", {"name": "retried"}),
        ("experiments/delete", {"experiment_id": "EXPERIMENT"}),
    ],
)
def test_a_retry_of_what_can_be_done_once_is_answered_like_the_first(
    server: Server, path: str, body: dict[str, str]
) -> None:
    with Connection(server.address) as connection:
        made = connection.post("experiments/create", {"name": "other"}).json()["experiment_id"]
        body = {name: made if value == "EXPERIMENT" else value for name, value in body.items()}
        send_and_die(server, path, body)
        assert connection.post(path, body).status == 200
