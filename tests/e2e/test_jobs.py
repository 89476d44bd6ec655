"""Jobs in a real browser: written, watched, cloned, canceled, and waiting in the queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.jobs.client import Client
from runyard.jobs.entities import Command, CommandJob, Distribution, Resources
from tests.e2e.studio import play
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


# The second of two processes fails, whereupon the first is ended.
TRAIN = """\
import os, sys, time

print('trains', flush=True)
if os.environ['RANK'] == '0':
    time.sleep(600)
sys.exit(3)
"""


@pytest.fixture
def small_server(tmp_path: Path) -> Iterator[Server]:
    """One with room for two processes."""
    with Server(tmp_path / "data", "--runner-cpus", "2", "--runner-grace-seconds", "1") as started:
        yield started


def test_a_job_is_written_watched_and_canceled(small_server: Server, tmp_path: Path) -> None:
    client = Client(small_server.address)
    go = tmp_path / "go"
    waiting = CommandJob(
        task=Command(command="echo late", resources=Resources(cpus=2)),
        name="waiting",
        display_name="waits for room",
    )

    def submit() -> None:
        client.submit(waiting)

    play(
        "writeJob",
        {"address": small_server.address, "go": str(go)},
        {"go": go.touch, "submit": submit},
    )


def test_a_job_shows_its_processes_and_code(small_server: Server, tmp_path: Path) -> None:
    code = tmp_path / "src"
    (code / "models").mkdir(parents=True)
    (code / "train.py").write_text(TRAIN)
    (code / "models" / "net.py").write_text("class Net: ...\n")
    task = Command(
        command="python train.py",
        code=str(code),
        distribution=Distribution(type="pytorch", process_count_per_instance=2),
    )
    client = Client(small_server.address)
    job = client.submit(CommandJob(name="coded", task=task), "command: python train.py\ncode: ./src\n")
    assert client.wait(job.name, 60).reason == "exit_code"
    play("readJob", {"address": small_server.address, "job": job.name})
