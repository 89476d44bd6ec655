"""What a job's script logs with the real mlflow is in the job's run."""

from __future__ import annotations

from pathlib import Path

from tests.client.reading import stored_runs
from tests.faults.server import Server
from tests.jobs.running.jobs import artifact, command, run

SCRIPT = """
import subprocess, sys
import mlflow

mlflow.log_param("first", 1)
mlflow.end_run()
mlflow.log_metric("after_the_end", 2)
mlflow.end_run()
subprocess.run([sys.executable, "-c", "import mlflow; mlflow.log_metric('below', 3)"], check=True)
with mlflow.start_run(run_name="own"):
    mlflow.log_metric("own", 4)
mlflow.log_text("kept", "notes/a.txt")
for step in range(2000):
    mlflow.log_metric("many", step, step=step, synchronous=False)
import os
os._exit(0)
"""


def test_all_of_it_is_in_one_run(server: Server, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(SCRIPT)
    job = run(server, command("python main.py", code=str(tmp_path / "main.py"), name="logs"))
    assert (job.state, job.message) == ("Completed", "")
    runs = {stored.info["run_name"]: stored for stored in stored_runs(server.address, "jobs")}
    mine = runs["logs"]
    assert mine.info["run_id"] == "logs"
    assert mine.pairs("params") == {"first": "1"}
    assert [value for _, value in mine.metrics["after_the_end"]] == [2]
    assert [value for _, value in mine.metrics["below"]] == [3]
    # Nothing is lost, though the process ended without a word.
    assert [step for step, _ in mine.metrics["many"]] == list(range(2000))
    assert artifact(server, job, "notes/a.txt") == b"kept"
    assert runs["own"].pairs("tags")["mlflow.parentRunId"] == "logs"
    assert [value for _, value in runs["own"].metrics["own"]] == [4]
    assert mine.info["status"] == "FINISHED"
