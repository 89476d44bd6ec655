"""Search 100 runs of an experiment: ordered by a metric, and filtered by a metric and a parameter.

Each request orders or filters by another metric than the one before it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks import bodies, datasets, wire
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, median_ms
from benchmarks.servers import API, Kind
from benchmarks.targets import at_most, times_better

SECONDS = 2.0
FOUND = 100


def _searches(bodies_: list[dict[str, Any]]) -> Sequence[Iterator[Operation]]:
    requests = [wire.post_json(f"{API}/runs/search", {"max_results": FOUND, **body}) for body in bodies_]
    return [iter(requests)]


def _ordered(experiment_id: str, times: int) -> Sequence[Iterator[Operation]]:
    return _searches(
        [
            {
                "experiment_ids": [experiment_id],
                "order_by": [f"metrics.metric_{number % bodies.METRICS} DESC"],
            }
            for number in range(times)
        ]
    )


def _filtered(experiment_id: str, times: int) -> Sequence[Iterator[Operation]]:
    return _searches(
        [
            {
                "experiment_ids": [experiment_id],
                "filter": f"metrics.metric_{number % bodies.METRICS} > 0.{1 + number % 3}"
                f" and params.param_{number // 10 % bodies.PARAMS} = '{number % 10}'",
            }
            for number in range(times)
        ]
    )


def _experiment(bench: Bench, kind: Kind, runs: int) -> str:
    server = bench.server(kind)
    return bench.datasets.get(
        server, f"{runs:,} runs", lambda: datasets.load_small_runs(server, bench.load, runs)
    )


def _check(bench: Bench, kind: Kind, experiment_id: str) -> None:
    """The searches must find full pages: a server that finds less would be measured at less work."""
    with bench.server(kind).connect() as connection:
        for build in (_ordered, _filtered):
            ((request,),) = (list(operations) for operations in build(experiment_id, 1))
            assert isinstance(request, bytes)
            found = connection.call(request).get("runs", [])
            data = found[0]["data"] if found else {}
            sizes = [len(found), *(len(data.get(part, [])) for part in ("metrics", "params"))]
            if sizes != [FOUND, bodies.METRICS, bodies.PARAMS]:
                raise wire.RequestFailed(
                    f"found {sizes[0]} runs with {sizes[1]} metrics and {sizes[2]} parameters"
                )


def _measure(bench: Bench, kind: Kind, runs: int, name: str) -> dict[str, Sample]:
    port, experiment_id = bench.server(kind).port, _experiment(bench, kind, runs)
    times = 500 if kind.family == "runyard" else 60
    return {
        f"{name}_{way}": median_ms(
            bench.load.run(
                drive, Plan(port, partial(build, experiment_id, times), bench.seconds(SECONDS), warmup=1)
            )
        )
        for way, build in (("ordered", _ordered), ("filtered", _filtered))
    }


def small(bench: Bench) -> int:
    return bench.size(5_000, 2_000)


def large(bench: Bench) -> int:
    return bench.size(100_000, 5_000)


def prepare_small(bench: Bench, kind: Kind) -> None:
    _check(bench, kind, _experiment(bench, kind, small(bench)))


def prepare_large(bench: Bench, kind: Kind) -> None:
    _check(bench, kind, _experiment(bench, kind, large(bench)))


def measure_small(bench: Bench, kind: Kind) -> dict[str, Sample]:
    return _measure(bench, kind, small(bench), "search_5k")


def measure_large(bench: Bench, kind: Kind) -> dict[str, Sample]:
    return _measure(bench, kind, large(bench), "search_100k")


def is_runyard(kind: Kind) -> bool:
    """Reading is the same with either durability, and loading 100,000 runs takes a minute or more."""
    return kind.name == "runyard"


SMALL = Workload(
    name="search_5k",
    rows=tuple(
        Row(
            f"search_5k_{way}",
            f"search 100 of 5,000 runs, {what}",
            "ms",
            targets=(times_better(10, "fasttrackml", "FastTrackML"),),
        )
        for way, what in (
            ("ordered", "ordered by a metric"),
            ("filtered", "filtered by metric and parameter"),
        )
    ),
    prepare=prepare_small,
    measure=measure_small,
)
LARGE = Workload(
    name="search_100k",
    rows=tuple(
        Row(f"search_100k_{way}", f"search 100 of 100,000 runs, {what}", "ms", targets=(at_most(30, "ms"),))
        for way, what in (
            ("ordered", "ordered by a metric"),
            ("filtered", "filtered by metric and parameter"),
        )
    ),
    prepare=prepare_large,
    measure=measure_large,
    applies=is_runyard,
)
