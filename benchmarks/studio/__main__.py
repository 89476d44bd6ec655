"""`python -m benchmarks.studio`: measure the studio in a browser, and write the table and the raw figures."""

import argparse
import json
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks import hardware
from benchmarks.bench import Result
from benchmarks.run import RESULTS
from benchmarks.servers import MLFLOW, RUNYARD, Kind
from benchmarks.studio import browser, table
from benchmarks.studio.bench import Measurement, StudioBench
from benchmarks.studio.content import QUICK, Sizes
from benchmarks.studio.measurements import MEASUREMENTS
from benchmarks.studio.workspaces import prepared

KINDS = (RUNYARD, MLFLOW)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studio", description=__doc__)
    names = ",".join(measurement.name for measurement in MEASUREMENTS)
    parser.add_argument("--only", metavar="NAMES", help=f"what to measure, separated by commas, of {names}")
    parser.add_argument("--servers", metavar="NAMES", help=f"of {','.join(kind.name for kind in KINDS)}")
    parser.add_argument("--repeats", type=int, default=5, help="repetitions of each measurement (default: 5)")
    parser.add_argument("--quick", action="store_true", help="small workspaces, to try the scripts")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FOLDER", help="where to write")
    return parser.parse_args()


def _chosen(names: str | None, known: list[str]) -> list[str]:
    wanted = names.split(",") if names else known
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"there is no {', '.join(sorted(unknown))}")
    return wanted


def _measure(
    measurements: list[Measurement], kinds: list[Kind], sizes: Sizes, repeats: int
) -> tuple[dict[str, Result], dict[str, Any]]:
    browser.prepare()
    folders = {kind.name: prepared(kind, sizes) for kind in kinds}
    facts = hardware.describe(next(iter(folders.values())))
    facts["versions"] = hardware.versions({kind.family for kind in kinds})
    results: dict[str, Result] = {}
    with browser.Browser() as driven:
        facts["browser"] = driven.version
        bench = StudioBench(folders, sizes, driven)
        try:
            for measurement in measurements:
                print(measurement.name, flush=True)
                results[measurement.name] = bench.run(measurement, kinds, repeats)
        except (KeyboardInterrupt, SystemExit):
            print("stopped: what was measured until now is written", flush=True)
        finally:
            bench.close()
    return results, facts


def _method(arguments: argparse.Namespace, began: float) -> str:
    quick = " in quick mode (small workspaces: no figures to quote)" if arguments.quick else ""
    minutes = (time.monotonic() - began) / 60
    return (
        f"Medians of {arguments.repeats} repetitions that alternate between the servers{quick}, and the worst of "
        f"them, on one machine in one run of {minutes:.0f} minutes. What takes MLflow's page minutes is done there "
        "once or twice. Browser and server share the machine. How each figure is taken is described in [the "
        "benchmarks' README](../README.md#the-studio)."
    )


def main() -> None:
    arguments = _arguments()
    # So that the servers are stopped when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped by SIGTERM"))
    names = _chosen(arguments.only, [measurement.name for measurement in MEASUREMENTS])
    servers = _chosen(arguments.servers, [kind.name for kind in KINDS])
    measurements = [measurement for measurement in MEASUREMENTS if measurement.name in names]
    kinds = [kind for kind in KINDS if kind.name in servers]
    began, now = time.monotonic(), datetime.now(timezone.utc)
    results, facts = _measure(measurements, kinds, QUICK if arguments.quick else Sizes(), arguments.repeats)
    facts["date"] = now.isoformat(timespec="seconds")
    arguments.output.mkdir(parents=True, exist_ok=True)
    name = f"{now:%Y-%m-%d}-{hardware.host_kind(facts)}-studio"
    raw = {"hardware": facts, "results": {name: result.raw() for name, result in results.items()}}
    (arguments.output / f"{name}.json").write_text(json.dumps(raw, indent=1) + "\n")
    title = f"The studio's speed on {now:%Y-%m-%d}, {facts['cores']} cores"
    text = table.markdown(title, measurements, results, kinds, facts, _method(arguments, began))
    (arguments.output / f"{name}.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
