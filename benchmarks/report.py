"""The table of a run: medians, ratios, targets, and the machine, as Markdown."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.bench import Result
from benchmarks.measure import Row, Workload
from benchmarks.servers import Kind
from benchmarks.targets import improvement

RATIOS = ("runyard", "runyard-relaxed")


def medians(result: Result, row: Row) -> dict[str, float]:
    samples = result.samples.get(row.key, {})
    return {kind: statistics.median(sample.value for sample in values) for kind, values in samples.items()}


def number(value: float) -> str:
    """Three significant digits, and no exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def cell(values: Mapping[str, float], kind: str) -> str:
    return number(values[kind]) if kind in values else "–"


def ratio(values: Mapping[str, float], row: Row, kind: str) -> str:
    times = improvement(values, row.better, kind, row.peer) if row.peer else None
    return "–" if times is None else f"{number(times)} ×"


def verdicts(values: Mapping[str, float], row: Row) -> tuple[str, str]:
    words = {True: "met", False: "**not met**", None: "not measured"}
    reached = [words[target.check(values, row.better)] for target in row.targets]
    return "; ".join(target.text for target in row.targets), "; ".join(reached)


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table(workloads: Sequence[Workload], results: Mapping[str, Result], kinds: Sequence[Kind]) -> str:
    peers = {"fasttrackml": "FastTrackML", "mlflow-1-worker": "MLflow, 1 worker"}
    head = [
        "work",
        "unit",
        *(kind.title for kind in kinds),
        "compared with",
        "Runyard is better by",
        "relaxed by",
    ]
    lines = [line([*head, "target", "reached"])]
    lines.append(line(["---", "---", *("---:" for _ in kinds), "---", "---:", "---:", "---", "---"]))
    for workload in workloads:
        for row in workload.rows:
            values = medians(results[workload.name], row)
            ratios = [ratio(values, row, kind) for kind in RATIOS]
            against = peers.get(row.peer or "", "") if ratios != ["–", "–"] else ""
            figures = [cell(values, kind.name) for kind in kinds]
            lines.append(line([row.title, row.unit, *figures, against, *ratios, *verdicts(values, row)]))
    return "\n".join(lines)


def failures(results: Mapping[str, Result]) -> str:
    lines = [
        f"- {name}, {kind}: `{problem[:300]}`"
        for name, result in results.items()
        for kind, problem in result.failures.items()
    ]
    return "\n".join(["## What failed", "", *lines, ""]) if lines else ""


def facts(hardware: Mapping[str, Any]) -> list[str]:
    ceiling = hardware.get("ceiling")
    return [
        f"- {hardware['cores']} cores of {hardware['cpu']} ({hardware['machine']}), "
        f"{hardware['memory_gib']} GiB memory, Linux {hardware['kernel']}",
        f"- file system: {hardware['file_system']}",
        f"- one fdatasync of 4 KiB: {hardware['append_4k_fdatasync_ms']:.3f} ms appended, "
        f"{hardware['overwrite_4k_fdatasync_ms']:.3f} ms overwritten in place (medians of 200)",
        f"- Python {hardware['python']}, SQLite {hardware['sqlite']}, commit {hardware['commit']}",
        *(f"- {family}: {version}" for family, version in hardware["versions"].items()),
        *([f"- the load generator against a server that does nothing: {ceiling}"] if ceiling else []),
    ]


def markdown(
    title: str,
    workloads: Sequence[Workload],
    results: Mapping[str, Result],
    kinds: Sequence[Kind],
    hardware: Mapping[str, Any],
    method: str,
) -> str:
    durability = [f"- {kind.title}: {kind.durability}" for kind in kinds]
    parts = [f"# {title}", "", method, "", table(workloads, results, kinds), ""]
    parts += [
        "## Durability",
        "",
        *durability,
        "",
        "## The machine",
        "",
        *facts(hardware),
        "",
        failures(results),
    ]
    return "\n".join(parts).rstrip() + "\n"
