"""SIGKILL in the middle of a load: every answered request is there, once, in order, and nothing is half written."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import pytest

from tests.faults.server import Server, check
from tests.faults.wire import Connection, create_run, history, metric

pytestmark = pytest.mark.faults


class Writer(threading.Thread):
    """Logs points one after the other until the server dies, and remembers which were answered."""

    def __init__(self, address: str, run_id: str, name: str, first: int) -> None:
        super().__init__()
        self._connection = Connection(address)
        self._run_id = run_id
        self._name = name
        self.sent = self.answered = first
        self.start()

    def run(self) -> None:
        with self._connection as connection:
            try:
                while True:
                    self.sent += 1
                    body = metric(self._run_id, self._name, self.sent / 8, self.sent, self.sent)
                    assert connection.post("runs/log-metric", body).status == 200
                    self.answered = self.sent
            except (ConnectionError, TimeoutError):
                return


@pytest.mark.parametrize("durability", ["full", "relaxed"])
def test_every_answered_point_survives_being_killed_again_and_again(tmp_path: Path, durability: str) -> None:
    chance = random.Random(7)
    names = [f"loss-{index}" for index in range(4)]
    # The shortest idle time: compaction is under way at most of the kills.
    options = ("--durability", durability, "--compact-points", "50", "--compact-idle-seconds", "0.02")
    with Server(tmp_path / "data", *options) as server:
        with Connection(server.address) as connection:
            run_id = create_run(connection)
        reached = dict.fromkeys(names, 0)
        for _ in range(5):
            writers = {name: Writer(server.address, run_id, name, reached[name]) for name in names}
            time.sleep(chance.uniform(0.1, 0.8))
            server.kill()
            for writer in writers.values():
                writer.join()
            server.start()
            with Connection(server.address) as connection:
                for name, writer in writers.items():
                    steps = [step for step, _ in history(connection, run_id, name)]
                    assert steps == list(range(1, len(steps) + 1))
                    assert writer.answered <= len(steps) <= writer.sent
                    # The last one may have been applied without its answer: go on behind it.
                    reached[name] = len(steps)
        assert server.stop() == 0
    assert sum(reached.values()) > 100
    report = check(tmp_path / "data")
    assert report.returncode == 0, report.stderr


class Creator(threading.Thread):
    """Creates runs and logs to them until the server dies, and remembers what was answered."""

    def __init__(self, address: str, number: int) -> None:
        super().__init__()
        self._connection = Connection(address)
        self._number = number
        # By run id: the parameters, tags and metrics that were answered, and those that were sent.
        self.answered: dict[str, dict[str, float | str]] = {}
        self.start()

    def run(self) -> None:
        with self._connection as connection:
            try:
                while True:
                    self._fill_run(connection)
            except (ConnectionError, TimeoutError):
                return

    def _fill_run(self, connection: Connection) -> None:
        name = f"{self._number}-{len(self.answered)}"
        tags = [{"key": "name", "value": name}]
        answer = connection.post("runs/create", {"experiment_id": "0", "tags": tags})
        assert answer.status == 200
        info = answer.json()["run"]["info"]
        known = self.answered[info["run_id"]] = {"run_name": info["run_name"], "name": name}
        of = {"run_id": info["run_id"]}
        params = [{"key": f"p{index}", "value": name} for index in range(3)]
        body = {**of, "params": params, "metrics": [metric(info["run_id"], "loss", 0.5, 1)]}
        steps: tuple[tuple[str, object, dict[str, float | str]], ...] = (
            ("log-batch", body, {"p0": name, "p1": name, "p2": name, "loss": 0.5}),
            ("log-parameter", {**of, "key": "alone", "value": name}, {"alone": name}),
            ("set-tag", {**of, "key": "tag", "value": name}, {"tag": name}),
        )
        for path, sent, said in steps:
            assert connection.post(f"runs/{path}", sent).status == 200
            known.update(said)


@pytest.mark.parametrize("durability", ["full", "relaxed"])
def test_every_answered_run_survives_with_all_that_was_logged_to_it(tmp_path: Path, durability: str) -> None:
    chance = random.Random(11)
    runs = 0
    with Server(tmp_path / "data", "--durability", durability) as server:
        for _ in range(4):
            creators = [Creator(server.address, number) for number in range(4)]
            time.sleep(chance.uniform(0.1, 0.5))
            server.kill()
            for creator in creators:
                creator.join()
            server.start()
            with Connection(server.address) as connection:
                for creator in creators:
                    for run_id, known in creator.answered.items():
                        runs += 1
                        found = describe(connection, run_id)
                        assert known.items() <= found.items()
                        # Together or not at all.
                        assert ("loss" in found) == ("p0" in found) == ("p2" in found)
        assert server.stop() == 0
    assert runs > 50
    report = check(tmp_path / "data")
    assert report.returncode == 0, report.stderr


def describe(connection: Connection, run_id: str) -> dict[str, float | str]:
    """A run's name, parameters, tags and latest metrics."""
    run = connection.get("runs/get", run_id=run_id).json()["run"]
    data = run["data"]
    found = {one["key"]: one["value"] for kind in ("params", "tags", "metrics") for one in data.get(kind, [])}
    return {**found, "run_name": run["info"]["run_name"]}


def test_a_retry_after_a_kill_changes_nothing_twice(tmp_path: Path) -> None:
    """The answers were lost with the process; the client asks again on a new connection."""
    with Server(tmp_path / "data") as server:
        connection = Connection(server.address)
        run_id = create_run(connection)
        connection.post("runs/log-metric", metric(run_id, "loss", 1.5, 3))
        server.kill()
        connection.close()
        server.start()
        with Connection(server.address) as again:
            assert again.post("runs/log-metric", metric(run_id, "loss", 1.5, 3)).status == 200
            assert history(again, run_id, "loss") == [(3, 1.5)]


def test_a_stopping_server_commits_what_it_accepted_and_exits_with_0(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        with Connection(server.address) as connection:
            run_id = create_run(connection)
        writer = Writer(server.address, run_id, "loss", 0)
        time.sleep(0.5)
        assert server.stop() == 0
        writer.join()
        server.start()
        with Connection(server.address) as connection:
            assert len(history(connection, run_id, "loss")) >= writer.answered > 0


def test_a_stop_ends_live_streams_and_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        with Connection(server.address) as stream, Connection(server.address) as upload:
            stream.socket.sendall(b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert b"event: hello" in stream.socket.recv(4096) + stream.socket.recv(4096)
            # An upload that never ends keeps a graceful stop waiting.
            path = b"PUT /api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/file HTTP/1.1\r\n"
            upload.socket.sendall(path + b"Host: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nsome")
            time.sleep(0.3)
            server.process.terminate()
            time.sleep(1.0)
            assert server.process.poll() is None
            stream.socket.settimeout(5)
            while stream.socket.recv(4096):
                pass
            server.process.terminate()
            assert server.process.wait(5) == 128 + 15
