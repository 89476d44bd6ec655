"""`mlflow run --backend runyard`, with the real mlflow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from runyard.jobs.client import Client
from tests.faults.server import Server
from tests.jobs.running.jobs import LONG, artifact

PROJECT = """
name: sums
entry_points:
  main:
    parameters: {a: {type: float, default: 1}, b: float}
    command: "python add.py {a} {b}"
"""
ADD = """
import sys
import mlflow

mlflow.log_metric("sum", float(sys.argv[1]) + float(sys.argv[2]))
print("added")
"""


def run_project(server: Server, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("mlflow"))
    command = [program, "run", str(folder), "--backend", "runyard", "--experiment-name", "projects", *options]
    environment = {**os.environ, "MLFLOW_TRACKING_URI": server.address}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_a_project_is_a_job(server: Server, tmp_path: Path) -> None:
    (tmp_path / "MLproject").write_text(PROJECT)
    (tmp_path / "add.py").write_text(ADD)
    done = run_project(server, tmp_path, "-P", "b=2", "--env-manager", "local")
    assert done.returncode == 0, done.stderr
    # mlflow waits for its own backends alone.
    client = Client(server.address)
    (job,) = client.listed(experiment="projects")
    job = client.wait(job.name, LONG)
    assert (job.state, job.display_name) == ("Completed", "sums")
    assert artifact(server, job, "user_logs/std_log.txt").startswith(b"added\n")


def test_a_missing_parameter_is_told_at_once(server: Server, tmp_path: Path) -> None:
    (tmp_path / "MLproject").write_text(PROJECT)
    done = run_project(server, tmp_path, "--env-manager", "local")
    assert done.returncode != 0
    assert "No value given for missing parameters" in done.stderr
