"""Which runner takes a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs.client import Client
from runyard.jobs.link import Refused
from tests.faults.server import Server
from tests.jobs.running.jobs import artifact, command, get, run, submit, until
from tests.jobs.running.test_kills import start_runner


def test_an_unknown_compute_is_this_machine_and_the_log_says_so(server: Server) -> None:
    job = run(server, command("true", compute="azureml:gpu-cluster"))
    assert (job.state, job.compute) == ("Completed", "local")
    assert "There is no compute 'gpu-cluster' here: 'local' stands for it." in job.events[0].message
    assert b"There is no compute 'gpu-cluster' here" in artifact(server, job, "system_logs/queue.log")


def test_a_runner_takes_jobs_of_its_own_computes(server: Server, tmp_path: Path) -> None:
    runner = start_runner(server, tmp_path / "runner", "--compute", "big")
    try:
        until(lambda: run(server, command("true", compute="big")).compute == "big")
        job = run(server, command("true", compute="big"))
        assert job.runner == (tmp_path / "runner" / "name").read_text()
        assert run(server, command("true")).runner == (server.folder / "runner" / "name").read_text()
    finally:
        runner.terminate()
        assert runner.wait(20) == 0
    waits = submit(server, command("true", compute="big"))
    assert get(server, waits).state == "Queued"
    Client(server.address).cancel(waits)


def test_a_strict_server_does_not_guess(tmp_path: Path) -> None:
    with Server(tmp_path / "data", "--runner-strict", "1") as server:
        with pytest.raises(Refused, match="There is no compute 'gpu-cluster' here"):
            submit(server, command("true", compute="gpu-cluster"))
