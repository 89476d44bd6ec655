"""The table of a run: medians and worst figures, targets, and the machine, as Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import report
from benchmarks.bench import Result
from benchmarks.measure import Row
from benchmarks.servers import Kind
from benchmarks.studio.bench import Measurement


def row_cells(result: Result, row: Row, kinds: Sequence[Kind]) -> list[str]:
    """A line of the table: for each server the median and the worst figure of all repetitions."""
    values = report.medians(result, row)
    figures = [
        cell
        for kind in kinds
        for cell in (report.cell(values, kind.name), report.cell(_worst(result, row), kind.name))
    ]
    return [
        row.title,
        row.unit,
        *figures,
        report.ratio(values, row, "runyard"),
        *report.verdicts(values, row),
    ]


def _worst(result: Result, row: Row) -> dict[str, float]:
    worse = max if row.better == "lower" else min
    samples = result.samples.get(row.key, {})
    return {kind: worse(sample.value for sample in some) for kind, some in samples.items()}


def table(measurements: Sequence[Measurement], results: Mapping[str, Result], kinds: Sequence[Kind]) -> str:
    heads = [head for kind in kinds for head in (kind.title, "worst")]
    lines = [report.line(["what", "unit", *heads, "Runyard is better by", "target", "reached"])]
    lines.append(report.line(["---", "---", *("---:" for _ in heads), "---:", "---", "---"]))
    for measurement in measurements:
        if measurement.name in results:
            result = results[measurement.name]
            lines += [report.line(row_cells(result, row, kinds)) for row in measurement.rows]
    return "\n".join(lines)


def markdown(
    title: str,
    measurements: Sequence[Measurement],
    results: Mapping[str, Result],
    kinds: Sequence[Kind],
    facts: Mapping[str, Any],
    method: str,
) -> str:
    peers = [f"- `{each.name}`: {each.peer}" for each in measurements if each.peer]
    parts = [f"# {title}", "", method, "", table(measurements, results, kinds), ""]
    parts += ["## What MLflow's page does instead", "", *peers, ""]
    machine = [f"- {facts['browser']}, headless, drawing without a GPU"]
    parts += ["## The machine", "", *machine, *report.facts(facts), "", report.failures(results)]
    return "\n".join(parts).rstrip() + "\n"
