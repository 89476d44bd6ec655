"""axe finds nothing wrong with any page of the studio: WCAG 2.1 A and AA, and best practices."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs.client import Client
from runyard.jobs.entities import Command, CommandJob, Distribution, Resources
from tests.e2e.studio import START, create_run, finished_run, log, play, points, post, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def run_jobs(address: str, folder: Path) -> None:
    """A job of two processes that has ended, and one that needs more than there is."""
    client = Client(address)
    (folder / "src").mkdir()
    (folder / "src" / "train.py").write_text("import time\n")
    task = Command(
        command="python train.py",
        code=str(folder / "src"),
        distribution=Distribution(type="pytorch", process_count_per_instance=2),
    )
    client.submit(CommandJob(name="ran", task=task), "command: python train.py\ncode: ./src\n")
    client.wait("ran", 60)
    room = Command(command="true", resources=Resources(cpus=1000.0))
    client.submit(CommandJob(name="waits", task=room))


def test_pages_with_data(server: Server, tmp_path: Path) -> None:
    run = finished_run(server.address)
    put_artifact(server.address, run, "user_logs/std_log.txt", b"\x1b[31msaid once\x1b[0m\nand again\n")
    code = b"# Trains.\n@cache\nclass Net(Base):\n    def run(self, n=1): return int('a')\n"
    put_artifact(server.address, run, "train.py", code)
    put_artifact(server.address, run, "plots/notes.md", b"# Notes\n")
    other = create_run(server.address, "other-run", start=START + 1)
    log(
        server.address,
        other,
        metrics=points("loss", [2.0, 1.0]),
        params=[{"key": "batch_size", "value": "64"}],
    )
    deleted = create_run(server.address, "deleted-run")
    post(server.address, "runs/delete", {"run_id": deleted})
    archived = create_run(server.address, "archived-run")
    log(server.address, archived, tags=[{"key": "runyard.archived", "value": "true"}])
    run_jobs(server.address, tmp_path)
    bare = create_run(server.address, "bare-run", start=START - 1)
    play(
        "accessibleFull",
        {"address": server.address, "run": run, "other": other, "bare": bare, "archived": archived},
    )


def test_pages_without_data(server: Server) -> None:
    play("accessibleEmpty", {"address": server.address})
