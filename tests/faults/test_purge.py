"""SIGKILL while the trash is emptied: each run is there whole, or gone; and what is begun is finished."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from runyard.settings import Settings
from runyard.store.store import Store
from tests.faults.server import Server, check
from tests.faults.wire import Connection, history
from tests.store.purge.trashed import create_run, delete, log, put

pytestmark = pytest.mark.faults

RUNS = 400
STEPS = list(range(400))
FILE = b"weights" * 100


def test_runs_are_whole_or_gone_however_often_the_server_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ids = [f"{number:032x}" for number in range(RUNS)]
    with Store(folder, Settings(durability="relaxed")) as store:
        for run_id in ids:
            create_run(store, run_id)
            log(store, run_id, count=len(STEPS))
            put(store, f"0/{run_id}/artifacts/model.bin", FILE)
        store.compactor.compact_now()
        delete(store, *ids)
    chance = random.Random(5)
    left, kills = set(ids), 0
    with Server(folder) as server:
        while left:
            _purge(server.address)
            time.sleep(chance.uniform(0.0, 0.05))
            server.kill()
            report = check(folder)
            assert report.returncode == 0, report.stderr
            kills += 1
            server.start()
            left = _expect_whole(server.address, folder, left)
        # The server that was started last finishes what the others began.
        deadline = time.monotonic() + 60
        while list((folder / "artifacts" / "0").iterdir()):
            assert time.monotonic() < deadline, "files of purged runs are left"
            time.sleep(0.05)
        assert server.stop() == 0
    assert kills > 1
    report = check(folder)
    assert report.returncode == 0, report.stderr
    assert "0 runs, 0 series" in report.stdout


def _purge(address: str) -> None:
    plan = _studio(address, "trash/plan", {})
    # What an ended server began may still be on its way to its end.
    for _ in range(100):
        try:
            _studio(address, "trash/purge", {"before": plan["before"]})
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the purge did not begin")


def _studio(address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    with urlopen(
        Request(f"{address}/studio-api/{path}", json.dumps(body).encode(), headers), timeout=30
    ) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def _expect_whole(address: str, folder: Path, runs: set[str]) -> set[str]:
    """Those of the runs that are there, with all their points and files."""
    there = set()
    with Connection(address) as connection:
        for run_id in runs:
            answer = connection.get("runs/get", run_id=run_id)
            if answer.status == 404:
                continue
            assert answer.json()["run"]["info"]["lifecycle_stage"] == "deleted"
            assert [step for step, _ in history(connection, run_id, "loss")] == STEPS
            assert (folder / "artifacts" / "0" / run_id / "artifacts" / "model.bin").read_bytes() == FILE
            there.add(run_id)
    return there
