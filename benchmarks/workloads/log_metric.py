"""Single log-metric requests: one step a request, each connection logging into a run of its own."""

import statistics
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from benchmarks import bodies, datasets, hardware
from benchmarks.bench import Bench
from benchmarks.load import Operation, Outcome, Plan, drive
from benchmarks.measure import Row, Sample, Workload, median_ms, rate
from benchmarks.servers import Kind
from benchmarks.targets import at_most, times_better

SECONDS = 3.0
WARM_UP = {"runyard": 20, "fasttrackml": 20, "mlflow": 3}
PREBUILT = {"runyard": 60_000, "fasttrackml": 12_000, "mlflow": 3_000}


def _build(run_ids: list[str], requests: int) -> Sequence[Iterator[Operation]]:
    each = requests // len(run_ids)
    return [
        iter(list(islice(bodies.log_metric(run_id, "loss", at), each))) for at, run_id in enumerate(run_ids)
    ]


def _drive(bench: Bench, kind: Kind, connections: int) -> Outcome:
    server = bench.server(kind)
    run_ids = datasets.create_runs(server, connections)
    build = partial(_build, run_ids, PREBUILT[kind.family])
    return bench.load.run(
        drive, Plan(server.port, build, bench.seconds(SECONDS), warmup=WARM_UP[kind.family])
    )


def measure_one(bench: Bench, kind: Kind) -> dict[str, Sample]:
    server = bench.server(kind)
    append = hardware.append_sync_seconds(server.folder, 100)
    outcome = _drive(bench, kind, 1)
    append = statistics.mean((append, hardware.append_sync_seconds(server.folder, 100)))
    in_syncs = statistics.median(outcome.latencies) / append
    return {
        "log_metric_1": rate(outcome),
        "log_metric_1_latency": median_ms(outcome),
        "log_metric_1_in_fsyncs": Sample(in_syncs, {"append_4k_fdatasync_ms": append * 1000}),
    }


def measure_many(bench: Bench, kind: Kind) -> dict[str, Sample]:
    outcome = _drive(bench, kind, 16)
    return {"log_metric_16": rate(outcome), "log_metric_16_latency": median_ms(outcome)}


FTM = "fasttrackml"

ONE_CONNECTION = Workload(
    name="log_metric_1",
    rows=(
        Row(
            "log_metric_1",
            "single log-metric, 1 connection",
            "requests/s",
            "higher",
            (times_better(8, FTM, "FastTrackML", "runyard-relaxed"),),
        ),
        Row("log_metric_1_latency", "its median latency", "ms"),
        Row(
            "log_metric_1_in_fsyncs",
            "its latency in fsyncs of the same disk",
            "×",
            targets=(at_most(1.3, "fsync"),),
        ),
    ),
    measure=measure_one,
)
MANY_CONNECTIONS = Workload(
    name="log_metric_16",
    rows=(
        Row(
            "log_metric_16",
            "single log-metric, 16 connections",
            "requests/s",
            "higher",
            (times_better(6, FTM, "FastTrackML", "runyard-relaxed"), times_better(2, FTM, "FastTrackML")),
        ),
        Row("log_metric_16_latency", "its median latency", "ms"),
    ),
    measure=measure_many,
)
