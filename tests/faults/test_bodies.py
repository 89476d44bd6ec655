"""Bodies that are huge, truncated, deeply nested or wrongly encoded: a clear 4xx and bounded memory."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, encode_request, history, metric

pytestmark = pytest.mark.faults
MEGABYTE = 1 << 20
BATCH = "/api/2.0/mlflow/runs/log-batch"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("faults") / "data", "--max-body-bytes", str(4 * MEGABYTE)) as started:
        yield started


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"run_id": "x", "metrics": {}}', 400),
        (b'{"run_id": "x", "metrics": [1]}', 400),
        (b'{"run_id": 7}', 400),
        (b"\xff\xfe{}", 400),
        (b'{"run_id": "\xff"}', 400),
        (b'{"run_id": "\\ud800", "tags": [{"key": "a", "value": "\\ud800"}]}', 400),
        (b'{"run_id": "a\\u0000"}', 404),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
        (b'{"run_id": "x", "metrics": [{"key": "k", "value": 1e999, "timestamp": 1}]}', 400),
        (b'{"run_id": "x", "metrics": [{"key": "k", "value": 1, "timestamp": 99999999999999999999}]}', 400),
        (b'{"run_id": "x", "metrics": [{"key": "k", "value": 1, "timestamp": 1, "step": 1.5}]}', 400),
    ],
)
def test_a_body_that_cannot_be_taken(server: Server, body: bytes, status: int) -> None:
    with Connection(server.address) as connection:
        answer = connection.send(encode_request("POST", BATCH, body))
        assert answer.status == status, answer
        assert set(answer.json()) == {"error_code", "message"}


def test_a_compressed_body_is_refused_by_name(server: Server) -> None:
    with Connection(server.address) as connection:
        request = encode_request("POST", BATCH, b"\x1f\x8b\x08\x00", {"Content-Encoding": "gzip"})
        answer = connection.send(request)
        assert answer.status == 400
        assert "gzip" in answer.json()["message"]


def test_a_body_over_the_limit_is_refused_before_it_is_read(server: Server) -> None:
    with Connection(server.address) as connection:
        head = f"POST {BATCH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {1 << 40}\r\n\r\n"
        answer = connection.send(head.encode())
        assert answer.status == 413


def test_an_endless_chunked_body_is_cut_off(server: Server) -> None:
    before = server.memory()
    with Connection(server.address) as connection:
        head = f"POST {BATCH} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.socket.sendall(head.encode())
        piece = b"%x\r\n" % MEGABYTE + b"x" * MEGABYTE + b"\r\n"
        with pytest.raises(ConnectionError):
            for _ in range(200):
                connection.socket.sendall(piece)
            connection.read()
            connection.read()
    assert server.memory() - before < 64 * MEGABYTE


def test_clients_that_leave_in_the_middle_of_a_body_leave_nothing(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        body = json.dumps({"run_id": run_id, "metrics": [metric(run_id, "loss", 1.0, 1)]}).encode()
        request = encode_request("POST", BATCH, body)
        for end in range(len(request) - len(body), len(request), 7):
            with Connection(server.address) as short:
                short.socket.sendall(request[:end])
        time.sleep(0.2)
        assert history(connection, run_id, "loss") == []
        assert connection.send(request).status == 200
        assert history(connection, run_id, "loss") == [(1, 1.0)]


def test_200_connections_at_once(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
        connections = [Connection(server.address) for _ in range(200)]

        def log(index: int) -> None:
            for step in range(5):
                body = metric(run_id, f"loss-{index % 10}", float(index), index * 5 + step)
                assert connections[index].post("runs/log-metric", body).status == 200

        with ThreadPoolExecutor(50) as pool:
            list(pool.map(log, range(200)))
        for open_connection in connections:
            open_connection.close()
        counts = [len(history(connection, run_id, f"loss-{index}")) for index in range(10)]
        assert counts == [100] * 10


def test_large_parallel_bodies_keep_memory_bounded(server: Server) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
    before = server.memory()
    tags = [{"key": f"t{index}", "value": "x" * 7900} for index in range(100)]
    request = encode_request("POST", BATCH, json.dumps({"run_id": run_id, "tags": tags}).encode())

    def send(_: int) -> int:
        with Connection(server.address) as own:
            return own.send(request).status

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(send, range(200))) == {200}
    assert server.memory() - before < 150 * MEGABYTE
