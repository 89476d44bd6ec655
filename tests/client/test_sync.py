"""`runyard-sync` sends what is missing, and only that."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from runyard_mlflow.spool.frames import point_frame, request_frame, target_of
from runyard_mlflow.spool.left import name_target, target_folder
from runyard_mlflow.spool.producer import OWNER, Producer

from tests.client.scripts import Script, left_in, sync
from tests.faults.server import PROGRAM, Server
from tests.faults.wire import Connection, create_run, history


def written(spool: Path, server: str, frames: list[bytes]) -> Path:
    """The folder of a process that wrote these frames and is gone."""
    folder = target_folder(spool, server)
    name_target(folder, server)
    producer = Producer(folder, 1 << 30)
    for frame in frames:
        producer.add(frame)
    producer.close()
    owner = producer.folder / OWNER
    # No process has this number: Linux gives none above 2**22.
    owner.write_text(json.dumps(json.loads(owner.read_text()) | {"pid": 2**22 + 1}))
    return producer.folder


def points(run_id: str, values: range) -> list[bytes]:
    target = target_of(run_id, "m")
    return [point_frame(target, 0, 5, float(value)) for value in values]


def values(server: Server, run_id: str) -> list[float]:
    with Connection(server.address) as connection:
        return [value for _, value in history(connection, run_id, "m")]


@pytest.fixture
def run_id(server: Server) -> str:
    with Connection(server.address) as connection:
        return create_run(connection)


def test_parts_are_sent_in_any_order_and_twice(
    server: Server, spool: Path, run_id: str, tmp_path: Path
) -> None:
    large = [request_frame("runs/log-batch", f'{{"run_id": "{run_id}", "x": "{"y" * 3_000_000}"}}'.encode())]
    folder = written(
        spool, server.address, [*points(run_id, range(5)), *large, *large, *points(run_id, range(5, 9))]
    )
    assert len(left_in(spool)) == 2
    copy = tmp_path / "copy"
    shutil.copytree(spool, copy)
    # First the younger segment alone.
    (folder / left_in(spool)[0].name).unlink()
    assert sync(folder).exit_code == 0
    assert values(server, run_id) == [5.0, 6.0, 7.0, 8.0]
    again = tmp_path / "again"
    shutil.copytree(copy, again)
    for each in (copy, again):
        done = sync(each)
        assert done.exit_code == 0, done.stderr
        assert sorted(values(server, run_id)) == list(range(9))
        assert left_in(each) == []
    assert f"to {server.address}" in done.stderr


def test_what_can_not_be_read_is_named_and_stays(server: Server, spool: Path, run_id: str) -> None:
    folder = written(spool, server.address, points(run_id, range(3)))
    torn = folder / "0000000900.spool"
    torn.write_bytes(b"nonsense")
    other = written(spool, server.address, points(run_id, range(3, 5)))
    done = sync(spool)
    assert done.exit_code == 1
    assert done.stderr.count(f"skipped: {torn}") == 1
    assert sorted(values(server, run_id)) == list(range(5))
    assert left_in(spool) == [torn]
    assert not other.exists()


def test_what_belongs_to_a_run_of_another_process_waits_for_it(server: Server, spool: Path) -> None:
    run_id = "ab" * 16
    written(spool, server.address, points(run_id, range(3)))
    done = sync(spool)
    assert done.exit_code == 1
    assert f"kept: 3 calls of run {run_id}" in done.stderr
    for _ in range(3):
        # Whichever folder comes first.
        written(spool, server.address, points(run_id, range(3)))
    create = request_frame("runs/create", f'{{"run_id": "{run_id}", "experiment_id": "0"}}'.encode())
    written(spool, server.address, [create])
    done = sync(spool)
    assert done.exit_code == 0, done.stderr
    assert sorted(values(server, run_id)) == sorted(4 * [0.0, 1.0, 2.0])
    assert left_in(spool) == []


def test_a_writer_may_go_on_while_its_spool_is_sent(server: Server, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        for number in range(3000):
            client.log_metric(run_id, "m", number, timestamp=5, step=0, synchronous=False)
            time.sleep(0.001)
    """
    script = Script(server.address.replace("http://", "runyard://"), spool, code)
    run_id = script.hear()
    stop = threading.Event()

    def send() -> None:
        while not stop.is_set():
            sync(spool)

    sender = threading.Thread(target=send)
    sender.start()
    script.end()
    stop.set()
    sender.join()
    assert values(server, run_id) == list(range(3000))
    assert left_in(spool) == []


def test_watching_sends_what_comes_later(server: Server, spool: Path, run_id: str) -> None:
    spool.mkdir()
    command = [sys.executable, "-m", "runyard_mlflow.command", "--watch", str(spool)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as watching:
        try:
            time.sleep(2)
            written(spool, server.address, points(run_id, range(3)))
            deadline = time.monotonic() + 30
            while left_in(spool):
                assert time.monotonic() < deadline
                time.sleep(0.1)
        finally:
            watching.terminate()
    assert values(server, run_id) == [0.0, 1.0, 2.0]


def test_the_servers_program_has_the_command_too(server: Server, spool: Path, run_id: str) -> None:
    written(spool, server.address, points(run_id, range(3)))
    done = subprocess.run([PROGRAM, "sync", str(spool)], capture_output=True, text=True, check=False)
    assert (done.returncode, left_in(spool)) == (0, []), done.stderr
    assert values(server, run_id) == [0.0, 1.0, 2.0]
    shown = subprocess.run([PROGRAM, "sync", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--watch" in shown


def test_a_server_that_is_away_is_named(spool: Path) -> None:
    written(spool, "http://127.0.0.1:9", points("x", range(3)))
    done = sync(spool)
    assert done.exit_code == 1
    assert "http://127.0.0.1:9 can't be reached: connection refused" in done.stderr
    assert len(left_in(spool)) == 1
