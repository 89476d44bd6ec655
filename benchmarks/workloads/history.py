"""Reading curves: all points of a metric, and 320 of them spread over the curve, as a chart asks for."""

from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks import bodies, datasets, wire
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, median_ms
from benchmarks.servers import API, Kind
from benchmarks.targets import at_most, times_better

READS = {"runyard": 10, "fasttrackml": 3, "mlflow": 1}
CHART_POINTS = 320


def _curve(bench: Bench, kind: Kind, points: int, number: int = 0) -> str:
    """The run of a curve, loaded and compacted by its first use."""
    server = bench.server(kind)

    def load() -> str:
        if kind.family == "mlflow" and points > 100_000:
            run_id = datasets.insert_mlflow_curve(server, points)
        else:
            run_id = datasets.load_curve(server, bench.load, points)
        datasets.settled_bytes(server.folder)
        return run_id

    return bench.datasets.get(server, f"curve {number} of {points:,} points", load)


def _histories(run_id: str, times: int) -> Sequence[Iterator[Operation]]:
    return [iter([bodies.history(run_id, datasets.CURVE) for _ in range(times)])]


def _check_length(bench: Bench, kind: Kind, run_id: str, points: int) -> None:
    """Read the curve once, decoded: the timed reads then only look at the status."""
    script, found = bodies.history(run_id, datasets.CURVE), 0
    with bench.server(kind).connect() as connection:
        request = next(script, None)
        while request is not None:
            body = wire.checked(connection.exchange(request))
            found += body.count(b'"step"')
            try:
                request = script.send(body)
            except StopIteration:
                request = None
    if found != points:
        raise wire.RequestFailed(f"the history has {found:,} of {points:,} points")


def points_of(bench: Bench) -> int:
    return bench.size(100_000, 20_000)


def prepare_history(bench: Bench, kind: Kind) -> None:
    _check_length(bench, kind, _curve(bench, kind, points_of(bench)), points_of(bench))


def measure_history(bench: Bench, kind: Kind) -> dict[str, Sample]:
    run_id = _curve(bench, kind, points_of(bench))
    build = partial(_histories, run_id, READS[kind.family])
    return {"get_history": median_ms(bench.load.run(drive, Plan(bench.server(kind).port, build, 20)))}


def _intervals(run_ids: list[str], times: int) -> Sequence[Iterator[Operation]]:
    query: dict[str, str | int] = {"metric_key": datasets.CURVE, "max_results": CHART_POINTS}
    requests = [
        wire.get(f"{API}/metrics/get-history-bulk-interval", {"run_ids": run_id, **query})
        for run_id in run_ids
    ]
    return [iter(requests * times)]


def _measure_interval(bench: Bench, kind: Kind, points: int, name: str) -> dict[str, Sample]:
    """The first read of a curve is uncached; the median of the same read again is the repeated one.

    Runyard caches what it decoded, so each repetition reads a curve that was never read before.
    """
    port = bench.server(kind).port
    run_id = _curve(bench, kind, points, bench.repetition if kind.family == "runyard" else 0)
    warm_up = _curve(bench, kind, 2_000)
    bench.load.run(drive, Plan(port, partial(_intervals, [warm_up], 3), 5))
    first = bench.load.run(drive, Plan(port, partial(_intervals, [run_id], 1), 30))
    repeated = bench.load.run(drive, Plan(port, partial(_intervals, [run_id], 20), 3))
    return {name: median_ms(first), f"{name}_repeated": median_ms(repeated)}


def measure_100k(bench: Bench, kind: Kind) -> dict[str, Sample]:
    return _measure_interval(bench, kind, points_of(bench), "interval_100k")


def measure_1m(bench: Bench, kind: Kind) -> dict[str, Sample]:
    return _measure_interval(bench, kind, bench.size(1_000_000, 200_000), "interval_1m")


def has_bulk_interval(kind: Kind) -> bool:
    return kind.has_bulk_interval


GET_HISTORY = Workload(
    name="get_history",
    rows=(
        Row(
            "get_history",
            "get-history of 100,000 points",
            "ms",
            targets=(times_better(5, "fasttrackml", "FastTrackML"),),
        ),
    ),
    prepare=prepare_history,
    measure=measure_history,
)
INTERVAL_100K = Workload(
    name="interval_100k",
    rows=(
        Row(
            "interval_100k",
            "get-history-bulk-interval, 320 of 100,000, uncached",
            "ms",
            targets=(at_most(10, "ms"),),
            peer="mlflow-1-worker",
        ),
        Row(
            "interval_100k_repeated",
            "the same again",
            "ms",
            targets=(at_most(10, "ms"),),
            peer="mlflow-1-worker",
        ),
    ),
    measure=measure_100k,
    applies=has_bulk_interval,
)
INTERVAL_1M = Workload(
    name="interval_1m",
    rows=(
        Row(
            "interval_1m",
            "get-history-bulk-interval, 320 of 1 million, uncached",
            "ms",
            targets=(at_most(40, "ms"),),
            peer="mlflow-1-worker",
        ),
        Row("interval_1m_repeated", "the same again", "ms", peer="mlflow-1-worker"),
    ),
    measure=measure_1m,
    applies=has_bulk_interval,
)
