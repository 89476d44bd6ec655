"""A disk that fills up, and a database that is copied while it is written to."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.store import Store
from tests.faults.server import Server, check
from tests.faults.wire import Connection, create_run, encode_request, history, metric

pytestmark = pytest.mark.faults

# A mount namespace of its own: a small tmpfs that nobody else sees and that ends with the process.
MOUNT = 'mount -t tmpfs -o size=6m none "$0" && exec "$@"'


def on_small_disk(folder: Path) -> tuple[str, ...]:
    """What to put before a command so that `folder` is a disk of 6 MiB."""
    own = () if os.geteuid() == 0 else ("--map-root-user",)
    return ("unshare", "--mount", *own, "sh", "-c", MOUNT, str(folder))


def beside(server: Server) -> tuple[str, ...]:
    """What to put before a command so that it sees the server's small disk."""
    own = () if os.geteuid() == 0 else ("--user", "--preserve-credentials")
    return ("nsenter", "--target", str(server.process.pid), "--mount", *own)


def test_a_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with (
        Server(disk / "data", before=on_small_disk(disk)) as server,
        Connection(server.address) as connection,
    ):
        run_id = create_run(connection)
        kept = []
        status = 200
        for index in range(200):
            value = f"{index}-" + "x" * 5900
            params = [{"key": f"p{index}-{number}", "value": value} for number in range(20)]
            body = {"run_id": run_id, "params": params, "metrics": [metric(run_id, "loss", index, index)]}
            answer = connection.post("runs/log-batch", body)
            status = answer.status
            if status != 200:
                assert status == 503
                assert answer.json()["error_code"] == "TEMPORARILY_UNAVAILABLE"
                assert "nothing was stored" in answer.json()["message"]
                break
            kept.append(index)
        assert status == 503, "the disk never filled up"
        assert [step for step, _ in history(connection, run_id, "loss")] == kept
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
        assert len(data["params"]) == 20 * len(kept)
        upload = encode_request(
            "PUT", f"/api/2.0/mlflow-artifacts/artifacts/0/{run_id}/artifacts/big.bin", b"x" * (6 << 20)
        )
        assert connection.send(upload).status == 503
        listed = connection.get("artifacts/list", run_id=run_id).json()
        assert "files" not in listed
        report = check(disk / "data", before=beside(server))
        assert report.returncode == 0, report.stderr


def test_a_copy_that_is_torn_is_found_out(tmp_path: Path) -> None:
    """A copy made with cp while a server writes may be torn: it must open, or be refused, but never lie."""
    with Server(tmp_path / "data") as server:
        with Connection(server.address) as connection:
            run_id = create_run(connection)
            points = [metric(run_id, "loss", step / 3, step, step) for step in range(1000)]
            body = {"run_id": run_id, "metrics": points}
            assert connection.post("runs/log-batch", body).status == 200
        server.stop()
    with Store(tmp_path / "data", Settings()) as store:
        store.compactor.compact_now()
    source = tmp_path / "data" / "runyard.db"
    content = bytearray(source.read_bytes())
    assert check(tmp_path / "data").returncode == 0
    for length in (len(content) // 2, len(content) - 5000):
        torn = tmp_path / f"torn-{length}"
        torn.mkdir()
        (torn / "runyard.db").write_bytes(content[:length])
        assert check(torn).returncode == 1
    chunk = find_chunk(source)
    position = content.find(chunk[40:120])
    assert position > 0
    content[position + 20] ^= 0x10
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "runyard.db").write_bytes(content)
    report = check(damaged)
    assert report.returncode == 1
    assert "checksum is wrong" in report.stderr


def find_chunk(path: Path) -> bytes:
    """The payload of the first chunk."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT payload FROM metric_chunk LIMIT 1").fetchone()
        assert row is not None, "nothing was compacted"
        return bytes(row[0])
    finally:
        connection.close()


def test_a_copy_of_a_live_folder_opens_with_a_prefix_of_the_points(tmp_path: Path) -> None:
    """The journal first, then the database, then its log, as a careful backup does: what was answered before is there.

    In this order nothing can leave the journal for a part that was copied already.
    """
    with Server(tmp_path / "data") as server, Connection(server.address) as connection:
        run_id = create_run(connection)
        stop = threading.Event()
        answered = [0]

        def load() -> None:
            with Connection(server.address) as own:
                while not stop.is_set():
                    step = answered[0] + 1
                    assert own.post("runs/log-metric", metric(run_id, "loss", 1.0, step, step)).status == 200
                    answered[0] = step

        thread = threading.Thread(target=load)
        thread.start()
        while answered[0] < 200:
            pass
        copy = tmp_path / "copy"
        copy.mkdir()
        before = answered[0]
        shutil.copytree(tmp_path / "data" / "journal", copy / "journal")
        for name in ("runyard.db", "runyard.db-wal"):
            shutil.copy(tmp_path / "data" / name, copy / name)
        stop.set()
        thread.join()
    with Server(copy) as restored, Connection(restored.address) as connection:
        steps = [step for step, _ in history(connection, run_id, "loss")]
        assert steps == list(range(1, len(steps) + 1))
        assert len(steps) >= before
    assert len(steps) <= answered[0]
