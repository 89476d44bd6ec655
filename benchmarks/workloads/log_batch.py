"""log-batch of 1,000 points a request (100 steps of 10 metrics), 8 connections with a run each."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks import bodies, datasets
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, rate
from benchmarks.servers import Kind
from benchmarks.targets import times_better

SECONDS = {"runyard": 4.0, "fasttrackml": 4.0, "mlflow": 8.0}
CONNECTIONS = 8
POINTS = 1000
PREBUILT = {"runyard": 400, "fasttrackml": 40, "mlflow": 20}


def _build(run_ids: list[str], batches: int) -> Sequence[Iterator[Operation]]:
    return [iter(list(bodies.metric_batches(run_id, batches, at))) for at, run_id in enumerate(run_ids)]


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    server = bench.server(kind)
    run_ids = datasets.create_runs(server, CONNECTIONS)
    build = partial(_build, run_ids, bench.size(PREBUILT[kind.family], 20))
    # Two batches of warm-up would take a slow server seconds; one is enough to load its code.
    outcome = bench.load.run(drive, Plan(server.port, build, bench.seconds(SECONDS[kind.family]), warmup=1))
    return {"log_batch": rate(outcome, POINTS)}


WORKLOAD = Workload(
    name="log_batch",
    rows=(
        Row(
            "log_batch",
            "log-batch of 1,000 metrics, 8 connections",
            "points/s",
            "higher",
            (times_better(40, "fasttrackml", "FastTrackML"),),
        ),
    ),
    measure=measure,
)
