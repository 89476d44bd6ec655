"""`python -m benchmarks.run`: measure, and write the table and the raw figures to `benchmarks/results`."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks import ceiling, environments, hardware, report
from benchmarks.bench import Bench, Result
from benchmarks.measure import Workload
from benchmarks.servers import KINDS, Kind
from benchmarks.workloads import WORKLOADS

RESULTS = Path(__file__).resolve().parent / "results"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    names = ",".join(workload.name for workload in WORKLOADS)
    parser.add_argument("--only", metavar="NAMES", help=f"workloads to run, separated by commas, of {names}")
    kinds = ",".join(kind.name for kind in KINDS)
    parser.add_argument("--servers", metavar="NAMES", help=f"servers to measure, of {kinds}")
    parser.add_argument("--repeats", type=int, default=3, help="repetitions of each workload (default: 3)")
    parser.add_argument(
        "--quick", action="store_true", help="short windows and small data, to try the scripts"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help=f"where to write (default: {RESULTS.name}/)"
    )
    return parser.parse_args()


def _chosen_workloads(names: str | None) -> list[Workload]:
    wanted = names.split(",") if names else [workload.name for workload in WORKLOADS]
    unknown = set(wanted) - {workload.name for workload in WORKLOADS}
    if unknown:
        sys.exit(f"no such workload: {', '.join(sorted(unknown))}")
    return [workload for workload in WORKLOADS if workload.name in wanted]


def _chosen_kinds(names: str | None) -> list[Kind]:
    wanted = names.split(",") if names else [kind.name for kind in KINDS]
    unknown = set(wanted) - {kind.name for kind in KINDS}
    if unknown:
        sys.exit(f"no such server: {', '.join(sorted(unknown))}")
    return [kind for kind in KINDS if kind.name in wanted]


def _measure(
    folder: Path, workloads: list[Workload], kinds: list[Kind], arguments: argparse.Namespace
) -> tuple[dict[str, Result], dict[str, Any]]:
    facts = hardware.describe(folder)
    facts["versions"] = hardware.versions({kind.family for kind in kinds})
    bench = Bench(folder, arguments.quick)
    try:
        facts["ceiling"] = ceiling.describe(bench.load)
        results = {}
        try:
            for workload in workloads:
                print(workload.name, flush=True)
                results[workload.name] = bench.run(workload, kinds, arguments.repeats)
        except (KeyboardInterrupt, SystemExit):
            print("stopped: what was measured until now is written", flush=True)
        return results, facts
    finally:
        bench.close()


def _method(arguments: argparse.Namespace, began: float) -> str:
    quick = " in quick mode (short windows and small data: no figures to quote)" if arguments.quick else ""
    minutes = (time.monotonic() - began) / 60
    return (
        f"Medians of {arguments.repeats} repetitions that alternate between the servers{quick}, all on one "
        f"machine in one run of {minutes:.0f} minutes. The load generator shares the machine with the server. "
        "The method and the data are described in [the benchmarks' README](../README.md)."
    )


def main() -> None:
    arguments = _arguments()
    # So that the servers are stopped when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped by SIGTERM"))
    workloads, kinds = _chosen_workloads(arguments.only), _chosen_kinds(arguments.servers)
    environments.CACHE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=environments.CACHE))
    began, now = time.monotonic(), datetime.now(timezone.utc)
    try:
        results, facts = _measure(folder, workloads, kinds, arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    facts["date"] = now.isoformat(timespec="seconds")
    output = arguments.output or RESULTS
    output.mkdir(parents=True, exist_ok=True)
    name = f"{now:%Y-%m-%d}-{hardware.host_kind(facts)}"
    raw = {"hardware": facts, "results": {name: result.raw() for name, result in results.items()}}
    (output / f"{name}.json").write_text(json.dumps(raw, indent=1) + "\n")
    title = f"Benchmarks of {now:%Y-%m-%d}, {facts['cores']} cores"
    text = report.markdown(title, workloads, results, kinds, facts, _method(arguments, began))
    (output / f"{name}.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
