"""The live stream: what it tells, to whom, and that it ends."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, encode_request, metric


class Stream:
    """A client of `/live`."""

    def __init__(self, server: Server, query: str) -> None:
        self._connection = Connection(server.address, timeout=10)
        self._connection.socket.sendall(encode_request("GET", f"/live?{query}"))
        self._text = ""
        self._events = self._read()
        assert next(self._events)[0] == "hello"

    def _read(self) -> Iterator[tuple[str, Any]]:
        while True:
            while "\n\n" not in self._text:
                piece = self._connection.socket.recv(65536)
                if not piece:
                    return
                # Chunk sizes and headers stand on lines of their own and are no events.
                self._text += piece.decode().replace("\r\n", "\n")
            event, _, self._text = self._text.partition("\n\n")
            lines = [line for line in event.splitlines() if line.startswith(("event: ", "data: "))]
            if len(lines) == 2:
                yield lines[0][7:], json.loads(lines[1][6:])

    def next(self) -> tuple[str, Any]:
        return next(self._events)

    def next_runs(self) -> list[dict[str, Any]]:
        name, data = next(self._events)
        assert name == "change"
        runs: list[dict[str, Any]] = data["runs"]
        return runs

    def close(self) -> None:
        self._connection.close()


def test_points_tags_and_status_of_one_run_are_told(server: Server, connection: Connection) -> None:
    run_id, other = create_run(connection), create_run(connection)
    # Who reads a run sees it in the database, so what follows is told by itself.
    connection.send(encode_request("GET", f"/api/2.0/mlflow/runs/get?run_id={run_id}"))
    stream = Stream(server, f"run_id={run_id}")
    connection.post("runs/log-metric", metric(other, "other", 1.0, 0))
    connection.post("runs/log-metric", metric(run_id, "loss", 1.0, 0))
    (run,) = stream.next_runs()
    assert run == {"run_id": run_id, "experiment_id": "0", "kinds": ["metrics"], "metrics": ["loss"]}
    connection.post("runs/set-tag", {"run_id": run_id, "key": "k", "value": "v"})
    connection.post("runs/update", {"run_id": run_id, "status": "FINISHED", "end_time": 5})
    kinds: set[str] = set()
    while kinds != {"tags", "status"}:
        kinds |= set(stream.next_runs()[0]["kinds"])
    stream.close()


def test_a_busy_run_is_told_a_few_times_a_second(server: Server, connection: Connection) -> None:
    run_id = create_run(connection)
    stream = Stream(server, "experiment_id=0")
    ends = time.monotonic() + 2
    step = 0
    while time.monotonic() < ends:
        connection.post("runs/log-metric", metric(run_id, f"loss-{step % 3}", 1.0, step))
        step += 1
    events = 0
    names: set[str] = set()
    while names != {"loss-0", "loss-1", "loss-2"}:
        events += 1
        names |= set(stream.next_runs()[0]["metrics"])
    stream._connection.socket.settimeout(0.6)
    try:
        while True:
            stream.next_runs()
            events += 1
    except TimeoutError:
        pass
    assert events <= 14 < step
    stream.close()


def test_a_stream_that_its_client_closed_is_dropped(server: Server, connection: Connection) -> None:
    def streams() -> int:
        text = connection.send(encode_request("GET", "/metrics")).body.decode()
        line = next(line for line in text.splitlines() if line.startswith("runyard_live_streams "))
        return int(line.split(" ")[1])

    def wait_for(number: int) -> None:
        ends = time.monotonic() + 5
        while streams() != number and time.monotonic() < ends:
            time.sleep(0.05)
        assert streams() == number

    wait_for(0)
    opened = [Stream(server, "experiment_id=0") for _ in range(5)]
    assert streams() == 5
    for stream in opened:
        stream.close()
    wait_for(0)


def test_the_registry_is_told_to_those_who_look_at_it(server: Server, connection: Connection) -> None:
    runs, models = Stream(server, ""), Stream(server, "models=1")
    run_id = create_run(connection)
    connection.post("registered-models/create", {"name": "iris"})
    connection.post("registered-models/create", {"name": "iris"})  # refused, and therefore not told
    connection.post("model-versions/create", {"name": "iris", "source": "s3://bucket/model"})
    assert models.next() == ("models", {"names": ["iris"]})
    assert [run["run_id"] for run in runs.next_runs()] == [run_id]
    connection.post("registered-models/alias", {"name": "iris", "alias": "best", "version": "1"})
    connection.post("registered-models/create", {"name": "wine"})
    told: set[str] = set()
    while told != {"iris", "wine"}:
        told |= set(models.next()[1]["names"])
    runs.close()
    models.close()


def test_pages_of_one_worker_hear_of_what_came_to_another(tmp_path: Path) -> None:
    with Server(tmp_path / "shared", "--workers", "2") as server, Connection(server.address) as connection:
        # Which worker takes a connection is chance.
        streams = [Stream(server, "experiment_id=0") for _ in range(6)]
        run_id = create_run(connection)
        for stream in streams:
            (run,) = stream.next_runs()
            assert (run["run_id"], run["kinds"]) == (run_id, ["created"])
            stream.close()
        assert server.stop() == 0
