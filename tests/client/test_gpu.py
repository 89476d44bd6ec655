"""mlflow's monitor of system metrics, where a GPU is lost or has not all counters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.scripts import run_script
from tests.faults.server import Server
from tests.faults.wire import Connection, history

# NVML of two GPUs; LOST names one of which no handle is to be had.
NVML = """
import os
from types import SimpleNamespace

class NVMLError(Exception):
    pass

def nvmlInit():
    if os.environ["LOST"] == "all":
        raise NVMLError("Driver Not Loaded")

def nvmlDeviceGetCount():
    return 2

def nvmlDeviceGetHandleByIndex(index):
    if str(index) == os.environ["LOST"]:
        raise NVMLError("GPU is lost")
    return index

def nvmlDeviceGetName(handle):
    return "GPU with a name"

def nvmlDeviceGetMemoryInfo(handle):
    return SimpleNamespace(used=250e6, total=1000e6)

def nvmlDeviceGetUtilizationRates(handle):
    if handle == 1:
        raise NVMLError("Not Supported")
    return SimpleNamespace(gpu=75)

def nvmlDeviceGetPowerUsage(handle):
    return 70_000

def nvmlDeviceGetEnforcedPowerLimit(handle):
    raise NVMLError("Not Supported")
"""

TRAIN = """
    with mlflow.start_run() as run:
        deadline = time.monotonic() + 60
        while len(client.get_metric_history(run.info.run_id, os.environ["AWAITED"])) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    say(run.info.run_id)
"""

MEMORY = {"memory_usage_percentage": 25.0, "memory_usage_megabytes": 250.0}
FIRST = {**MEMORY, "utilization_percentage": 75.0, "power_usage_watts": 70.0}
SECOND = {**MEMORY, "power_usage_watts": 70.0}


@pytest.mark.parametrize(
    ("lost", "node", "expected"),
    [
        ("none", "", {0: FIRST, 1: SECOND}),
        ("1", "node_3", {0: FIRST}),
        ("all", "", {}),
    ],
)
def test_each_counter_that_can_be_read_is_logged(
    server: Server, spool: Path, tmp_path: Path, lost: str, node: str, expected: dict[int, dict[str, float]]
) -> None:
    (tmp_path / "pynvml.py").write_text(NVML)
    prefix = f"system/{node}/" if node else "system/"
    settings = {
        "PYTHONPATH": str(tmp_path),
        "LOST": lost,
        "AWAITED": f"{prefix}cpu_utilization_percentage",
        "MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING": "true",
        "MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL": "0.1",
        "MLFLOW_SYSTEM_METRICS_NODE_ID": node,
    }
    said, errors = run_script(server.address.replace("http", "runyard"), spool, TRAIN, **settings)
    assert "Failed" not in errors
    run_id = next(line for line in said if len(line) == 32)
    with Connection(server.address) as connection:
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
        names = [f"gpu_{gpu}_{counter}" for gpu, counters in expected.items() for counter in counters]
        found = {
            metric["key"].removeprefix(prefix): metric["value"]
            for metric in data["metrics"]
            if "gpu_" in metric["key"]
        }
        assert found == {
            f"gpu_{gpu}_{counter}": value
            for gpu, counters in expected.items()
            for counter, value in counters.items()
        }
        # Once in each step, whoever has read it.
        for name in names:
            steps = [step for step, _ in history(connection, run_id, prefix + name)]
            assert len(steps) == len(set(steps))
    gpus = {"none": "GPU with a name, GPU with a name", "1": "GPU with a name, unreadable"}
    tags = {tag["key"]: tag["value"] for tag in data["tags"]}
    assert tags.get("runyard.gpus") == gpus.get(lost)
