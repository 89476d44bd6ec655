"""`python -m benchmarks.client`: what a point costs the loop that logs it, and what a SIGKILL leaves of them."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks import environments, hardware, report
from benchmarks.run import RESULTS
from benchmarks.servers import RUNYARD, Server

LOGGER = Path(__file__).with_name("logger.py")
POINTS = 10_000
# Of batches of a thousand.
MILLION = 1000


@dataclass(frozen=True)
class Contender:
    """One way to log."""

    name: str
    title: str
    library: str
    # Whether the points go to the server that is measured: through the plugin, or by the stock client.
    scheme: str = ""
    own: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    points: int = POINTS

    def python(self) -> Path:
        return environments.loggers() if self.own else Path(sys.executable)


BUFFERED = {"MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS": "1"}
CONTENDERS = (
    Contender("runyard", "runyard-mlflow, MlflowClient", "mlflow_client", "runyard"),
    Contender("runyard-fluent", "runyard-mlflow, mlflow.log_metric", "mlflow_fluent", "runyard"),
    Contender("mlflow-nothing", "MlflowClient alone, into nothing", "mlflow_nothing", "http"),
    Contender("mlflow-async", "mlflow, asynchronous", "mlflow_client", "http"),
    Contender(
        "mlflow-buffered",
        "mlflow, asynchronous, one second's buffer",
        "mlflow_client",
        "http",
        environment=BUFFERED,
    ),
    Contender(
        "mlflow-fluent-nothing", "mlflow.log_metric alone, into nothing", "mlflow_fluent_nothing", "http"
    ),
    Contender("mlflow-fluent", "mlflow.log_metric, asynchronous", "mlflow_fluent", "http"),
    # It takes milliseconds for each.
    Contender("mlflow-sqlite", "mlflow, SQLite store", "mlflow_sqlite", points=1000),
    Contender("tensorboard", "TensorBoardX", "tensorboard", own=True),
    Contender("wandb", "W&B, offline", "wandb", own=True),
    Contender("aim", "Aim", "aim", own=True),
    Contender("trackio", "Trackio", "trackio", own=True),
)
BATCHES = (
    Contender("runyard-batches", "runyard-mlflow", "mlflow_batches", "runyard", points=MILLION),
    Contender("mlflow-batches", "mlflow, asynchronous", "mlflow_batches", "http", points=MILLION),
)


class Logging:
    """Runs contenders, each in a fresh folder below one."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._address = address
        self._spool = folder / "spool"

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as name:
            yield Path(name)
        shutil.rmtree(self._spool, ignore_errors=True)

    def call(self, contender: Contender, mode: str, folder: Path) -> str:
        scheme = "http" if mode == "count" else contender.scheme
        address = f"{scheme}://{self._address}" if scheme else "-"
        command = [str(contender.python()), str(LOGGER), contender.library, mode, str(folder), address]
        steering = ("MLFLOW_", "RUNYARD_", "WANDB_", "TRACKIO_", "PYTHONPATH")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
        own = {"MLFLOW_DISABLE_TELEMETRY": "true", "RUNYARD_SPOOL": str(self._spool), **contender.environment}
        done = subprocess.run(
            [*command, str(contender.points)], capture_output=True, text=True, env={**kept, **own}, cwd=folder
        )
        if done.returncode != (-9 if mode == "kill" else 0):
            raise RuntimeError(f"{contender.name} {mode}: {done.stderr[-2000:]}")
        return done.stdout.splitlines()[-1] if done.stdout else ""

    def timed(self, contender: Contender) -> dict[str, float]:
        """Microseconds a point in the loop, and seconds until all can be read."""
        with self.fresh() as folder:
            found = json.loads(self.call(contender, "log", folder))
        each = contender.points * (1000 if contender.library == "mlflow_batches" else 1)
        return {"point": found["loop"] / each * 1e6, "all": found["all"]}

    def survivors(self, contender: Contender) -> dict[str, float]:
        """Points that can be read after a SIGKILL that follows the last call."""
        with self.fresh() as folder:
            self.call(contender, "kill", folder)
            if contender.scheme == "runyard":
                subprocess.run(
                    [sys.executable, "-m", "runyard_mlflow.command", str(self._spool)],
                    check=True,
                    capture_output=True,
                )
            elif contender.scheme:
                # What the server had received counts, also what it has not stored yet.
                time.sleep(1)
            return {"survive": float(self.call(contender, "count", folder))}


def _measure(repeats: int, names: set[str]) -> tuple[dict[str, dict[str, list[float]]], dict[str, str]]:
    results: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    failures: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="client-", dir=environments.CACHE) as name:
        server = Server(RUNYARD, Path(name) / "data")
        try:
            logging = Logging(Path(name), f"127.0.0.1:{server.port}")
            for repetition in range(repeats):
                for contender in (*CONTENDERS, *BATCHES):
                    if contender.name in failures or (names and contender.name not in names):
                        continue
                    measures = [logging.timed]
                    if contender in CONTENDERS and not contender.library.endswith("nothing"):
                        measures.append(logging.survivors)
                    try:
                        for measure in measures:
                            for key, value in measure(contender).items():
                                results[contender.name][key].append(value)
                                print(
                                    f"{repetition + 1} {contender.name:18} {key:8} {value:,.1f}", flush=True
                                )
                    except (RuntimeError, ValueError) as error:
                        failures[contender.name] = str(error)
                        print(error, flush=True)
        finally:
            server.stop()
    return results, failures


def _table(results: dict[str, dict[str, list[float]]]) -> str:
    lines = [
        report.line(
            ["", "µs a call", "seconds until all is readable", f"of {POINTS:,} points survive SIGKILL"]
        ),
        report.line(["---", "---:", "---:", "---:"]),
    ]
    for contender in CONTENDERS:
        found = {key: statistics.median(values) for key, values in results.get(contender.name, {}).items()}
        if found:
            points = "" if contender.points == POINTS else f" ({contender.points:,} points)"
            survive = f"{found['survive']:,.0f}{points}" if "survive" in found else "–"
            readable = (
                "–" if contender.library.endswith("nothing") else f"{report.number(found['all'])}{points}"
            )
            lines.append(report.line([contender.title, report.number(found["point"]), readable, survive]))
    lines += [
        "",
        report.line(["a million points, 1,000 a call", "µs a point", "seconds until all is readable"]),
    ]
    lines.append(report.line(["---", "---:", "---:"]))
    for contender in BATCHES:
        found = {key: statistics.median(values) for key, values in results.get(contender.name, {}).items()}
        if found:
            lines.append(
                report.line([contender.title, report.number(found["point"]), report.number(found["all"])])
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client", description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="repetitions (default: 3)")
    parser.add_argument("--only", default="", metavar="NAMES", help="contenders, separated by commas")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FOLDER", help="where to write")
    arguments = parser.parse_args()
    environments.loggers()
    began, now = time.monotonic(), datetime.now(timezone.utc)
    results, failures = _measure(arguments.repeats, set(filter(None, arguments.only.split(","))))
    facts: dict[str, Any] = hardware.describe(environments.CACHE)
    requirements = (environments.MLFLOW, *environments.LOGGERS)
    facts["versions"] = dict(requirement.split("==") for requirement in requirements)
    facts["date"] = now.isoformat(timespec="seconds")
    minutes = (time.monotonic() - began) / 60
    text = "\n".join(
        [
            f"# What logging costs on {now:%Y-%m-%d}, {facts['cores']} cores",
            "",
            f"Medians of {arguments.repeats} repetitions in turns, in one run of {minutes:.0f} minutes. How each "
            "figure is taken is described in [the benchmarks' README](../README.md#the-client).",
            "",
            _table(results),
            "",
            *(f"- failed: {name}: `{problem[:300]}`" for name, problem in failures.items()),
            "## The machine",
            "",
            *report.facts(facts),
            "",
        ]
    )
    name = f"{now:%Y-%m-%d}-{hardware.host_kind(facts)}-client"
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / f"{name}.md").write_text(text)
    raw = {"hardware": facts, "results": results, "failures": failures}
    (arguments.output / f"{name}.json").write_text(json.dumps(raw, indent=1) + "\n")
    print(text)


if __name__ == "__main__":
    main()
