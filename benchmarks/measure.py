"""What a workload is, and what it hands back."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from benchmarks.load import Outcome
from benchmarks.servers import Kind
from benchmarks.targets import Target

if TYPE_CHECKING:
    from benchmarks.bench import Bench


@dataclass(frozen=True)
class Sample:
    """One figure of one repetition, in its row's unit; `details` go to the raw results."""

    value: float
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    key: str
    title: str
    unit: str
    better: Literal["higher", "lower"] = "lower"
    targets: tuple[Target, ...] = ()
    peer: str | None = "fasttrackml"
    """The server that the ratio columns compare with."""


def every_kind(kind: Kind) -> bool:
    return True


@dataclass(frozen=True)
class Workload:
    """`measure` runs one repetition against one kind of server and answers its rows' samples by key.

    `prepare` loads data, outside of the measured time. A kind that `applies` refuses is left blank.
    """

    name: str
    rows: tuple[Row, ...]
    measure: Callable[["Bench", Kind], dict[str, Sample]]
    prepare: Callable[["Bench", Kind], None] | None = None
    applies: Callable[[Kind], bool] = every_kind
    repeats: int | None = None
    """Fewer or more repetitions than asked for on the command line, where one is enough."""


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def summary(outcome: Outcome) -> dict[str, Any]:
    """An outcome without its thousands of latencies."""
    latencies = outcome.latencies
    return {
        "operations": outcome.completed,
        "seconds": round(outcome.elapsed, 4),
        "per_second": round(outcome.rate, 2),
        "latency_ms": {
            "median": _ms(statistics.median(latencies)),
            "p90": _ms(quantile(latencies, 0.9)),
            "p99": _ms(quantile(latencies, 0.99)),
            "max": _ms(max(latencies)),
        },
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 4)


def rate(outcome: Outcome, per_operation: float = 1) -> Sample:
    return Sample(outcome.rate * per_operation, summary(outcome))


def median_ms(outcome: Outcome) -> Sample:
    return Sample(statistics.median(outcome.latencies) * 1000, summary(outcome))
