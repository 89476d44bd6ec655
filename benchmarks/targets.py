"""What Runyard is to reach, as checks of the table's medians."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower"]
Medians = Mapping[str, float]


@dataclass(frozen=True)
class Target:
    """`check` takes a row's medians by kind; None when a figure that it needs was not measured."""

    text: str
    check: Callable[[Medians, Better], bool | None]


def times_better(factor: float, peer: str, peer_title: str, kind: str = "runyard") -> Target:
    """At least `factor` times the rate of the peer, or at most its time divided by `factor`."""

    def check(medians: Medians, better: Better) -> bool | None:
        ratio = improvement(medians, better, kind, peer)
        return None if ratio is None else ratio >= factor

    of = " relaxed" if kind == "runyard-relaxed" else ""
    return Target(f"{of.strip()} ≥ {factor:g} × {peer_title}".strip(), check)


def at_most(limit: float, unit: str, kind: str = "runyard", slack: float = 0.0) -> Target:
    """A figure of `limit` or less; `slack` is by how much the clock that takes it may be wrong."""

    def check(medians: Medians, better: Better) -> bool | None:
        return medians[kind] <= limit + slack if kind in medians else None

    return Target(f"≤ {limit:g} {unit}".strip(), check)


def improvement(medians: Medians, better: Better, kind: str, peer: str) -> float | None:
    """How many times better `kind` is than `peer`; None when one of them was not measured."""
    if kind not in medians or peer not in medians:
        return None
    above, below = (kind, peer) if better == "higher" else (peer, kind)
    return medians[above] / medians[below] if medians[below] else None
