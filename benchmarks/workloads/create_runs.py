"""Whole small runs: runs/create with 5 tags, then one log-batch with 10 parameters and 10 metrics."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks import bodies, datasets
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, median_ms, rate
from benchmarks.servers import Kind
from benchmarks.targets import times_better

SECONDS = 3.0
CONNECTIONS = 4


def _build(experiment_id: str) -> Sequence[Iterator[Operation]]:
    far_apart = 1_000_000
    return [
        bodies.create_runs(experiment_id, range(at * far_apart, (at + 1) * far_apart))
        for at in range(CONNECTIONS)
    ]


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    server = bench.server(kind)
    build = partial(_build, datasets.create_experiment(server))
    outcome = bench.load.run(drive, Plan(server.port, build, bench.seconds(SECONDS), warmup=2))
    return {"create_runs": rate(outcome), "create_runs_latency": median_ms(outcome)}


WORKLOAD = Workload(
    name="create_runs",
    rows=(
        Row(
            "create_runs",
            "create runs with 10 params, 10 metrics, 5 tags, 4 connections",
            "runs/s",
            "higher",
            (times_better(5, "fasttrackml", "FastTrackML"),),
        ),
        Row("create_runs_latency", "its median latency (two requests)", "ms"),
    ),
    measure=measure,
)
