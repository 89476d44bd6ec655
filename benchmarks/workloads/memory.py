"""Memory of a server's processes (PSS): six seconds after its first answer, and after all that was measured."""

import dataclasses
import shutil
import time
import uuid

from benchmarks import processes
from benchmarks.bench import IDLE_SECONDS, Bench
from benchmarks.measure import Row, Sample, Workload
from benchmarks.servers import Kind, Server
from benchmarks.targets import at_most

MIB = 2**20
# MLflow starts processes that run jobs of its GenAI features; nothing measured here needs them.
WITHOUT_JOBS = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}


def prepare(bench: Bench, kind: Kind) -> None:
    bench.server(kind)


def _without_jobs(bench: Bench, kind: Kind) -> Sample:
    folder = bench.folder / f"memory-{uuid.uuid4().hex}"
    server = Server(dataclasses.replace(kind, environment=WITHOUT_JOBS), folder)
    time.sleep(IDLE_SECONDS)
    taken = processes.proportional_bytes(server.pid)
    server.stop()
    shutil.rmtree(folder)
    return Sample(taken / MIB)


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    everyone = processes.tree(bench.server(kind).pid)
    after = processes.proportional_bytes(everyone[0].pid)
    samples = {
        "memory_idle": Sample(bench.idle_bytes[kind.name] / MIB),
        "memory_after": Sample(after / MIB, {"processes": len(everyone)}),
    }
    if kind.family == "mlflow":
        samples["memory_idle_without_jobs"] = _without_jobs(bench, kind)
    return samples


WORKLOAD = Workload(
    name="memory",
    rows=(
        Row("memory_idle", "memory, idle", "MiB", targets=(at_most(120, "MiB"),)),
        Row("memory_idle_without_jobs", "MLflow's with its job runner off", "MiB"),
        Row("memory_after", "memory, after all of the above", "MiB", targets=(at_most(300, "MiB"),)),
    ),
    prepare=prepare,
    measure=measure,
    repeats=1,
)
