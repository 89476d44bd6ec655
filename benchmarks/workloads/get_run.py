"""Opening a run that has 1,000 metrics."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks import datasets, wire
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, median_ms
from benchmarks.servers import API, Kind
from benchmarks.targets import at_most

SECONDS = 2.0
METRICS = 1000


def _build(run_id: str) -> Sequence[Iterator[Operation]]:
    request = wire.get(f"{API}/runs/get", {"run_id": run_id})
    return [iter([request] * 2000)]


def _run(bench: Bench, kind: Kind) -> str:
    server = bench.server(kind)
    return bench.datasets.get(server, "run of 1,000 metrics", lambda: datasets.load_wide_run(server, METRICS))


def prepare(bench: Bench, kind: Kind) -> None:
    with bench.server(kind).connect() as connection:
        answer = connection.call(wire.get(f"{API}/runs/get", {"run_id": _run(bench, kind)}))
    found = len(answer["run"]["data"]["metrics"])
    if found != METRICS:
        raise wire.RequestFailed(f"the run has {found} metrics")


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    build = partial(_build, _run(bench, kind))
    outcome = bench.load.run(drive, Plan(bench.server(kind).port, build, bench.seconds(SECONDS), warmup=5))
    return {"get_run": median_ms(outcome)}


WORKLOAD = Workload(
    name="get_run",
    rows=(Row("get_run", "get a run with 1,000 metrics", "ms", targets=(at_most(3, "ms"),)),),
    prepare=prepare,
    measure=measure,
)
