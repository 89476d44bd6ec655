"""The examples of the guide work."""

from __future__ import annotations

import re
from pathlib import Path

from runyard.jobs.client import Client
from runyard.jobs.spec import load_job
from tests.faults.server import Server
from tests.jobs.controller.test_sweeps import data, values_of
from tests.jobs.running.jobs import LONG, artifact

GUIDE = Path(__file__).resolve().parents[3] / "docs/guides/sweeps-and-pipelines.md"


def written(folder: Path) -> None:
    """The files that the guide shows, each under the name that it gives."""
    text = GUIDE.read_text(encoding="utf-8")
    for name, content in re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)


def test_the_sweep(server: Server, tmp_path: Path) -> None:
    written(tmp_path)
    loaded = load_job(tmp_path / "sweep.yml", ["limits.max_total_trials=2"], strict=True)
    client = Client(server.address)
    done = client.wait(client.submit(loaded.job).name, LONG)
    assert (done.state, done.message) == ("Completed", "")
    values = values_of(server, done.name, "loss")
    _, tags = data(server, done.name)
    assert float(tags["runyard.best_value"]) == min(values.values())
    assert set(data(server, f"{done.name}_0")[0]) == {"rate", "layers"}


def test_the_pipeline(server: Server, tmp_path: Path) -> None:
    written(tmp_path)
    client = Client(server.address)
    done = client.wait(client.submit(load_job(tmp_path / "pipeline.yml", strict=True).job).name, LONG)
    assert (done.state, done.message) == ("Completed", "")
    _, tags = data(server, done.name)
    assert tags["runyard.output.total"] == f"azureml://jobs/{done.name}_add/outputs/sum"
    client.download(f"{done.name}_add", tmp_path / "got", "sum")
    assert (tmp_path / "got/named-outputs/sum/sum.txt").read_text() == "6\n"
    log = artifact(server, client.get(f"{done.name}_count"), "user_logs/std_log.txt")
    assert log.split() == [b"3"]
