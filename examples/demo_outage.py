"""A server that is killed and started under a training script, and what is stored of what the script logged."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from demo_server import DemoServer

SCRIPT = Path(__file__).resolve().parent / "outage" / "train.py"
EXPERIMENT, METRIC = "outage", "train/accuracy"
STEPS = 3000
# Points that are stored when the server is killed, and seconds until it is back.
STORED, AWAY = 500, 5.0

# Runs a command with a tracking URI, and takes an iterator a step further from time to time meanwhile; its exit code.
RunScript = Callable[[list[str], str, Iterator[None]], int]


class PointsMissing(Exception):
    """The server does not have what was logged."""


def train_through_an_outage(server: DemoServer, run_script: RunScript) -> int:
    """The exit code of the script; raises PointsMissing."""
    print("\n  Now a script trains with runyard-mlflow, and its server is killed meanwhile.", flush=True)
    command = [sys.executable, str(SCRIPT), "--steps", str(STEPS)]
    runs_before = _newest_run(server.address)
    outage = _outage(server, runs_before)
    code = run_script(command, server.address.replace("http://", "runyard://"), outage)
    if code == 0:
        steps = _stored_steps(server.address, _newest_run(server.address))
        if steps != list(range(STEPS)):
            raise PointsMissing(f"{len(steps)} of {STEPS} points are stored")
        print(f"  All {STEPS} points are stored, once and in their order.", flush=True)
    return code


def _outage(server: DemoServer, before: str | None) -> Iterator[None]:
    while (run := _newest_run(server.address)) == before or len(_stored_steps(server.address, run)) < STORED:
        yield
    server.kill()
    print(f"  The server is gone; the script goes on without it for {AWAY:.0f} seconds.", flush=True)
    back = time.monotonic() + AWAY
    while time.monotonic() < back:
        yield
    server.start_again()
    print("  The server is back.", flush=True)


def _newest_run(address: str) -> str | None:
    """The id of the newest run of the script's experiment."""
    api = f"{address}/api/2.0/mlflow"
    try:
        experiment = _ask(f"{api}/experiments/get-by-name?experiment_name={EXPERIMENT}")["experiment"]
    except HTTPError:
        return None
    wanted = {"experiment_ids": [experiment["experiment_id"]], "max_results": 1}
    runs = _ask(f"{api}/runs/search", wanted).get("runs", [])
    return runs[0]["info"]["run_id"] if runs else None


def _stored_steps(address: str, run_id: str | None) -> list[int]:
    """The steps of a run's points, in the order of its history."""
    query = urlencode({"run_id": run_id, "metric_key": METRIC})
    points = _ask(f"{address}/api/2.0/mlflow/metrics/get-history?{query}").get("metrics", [])
    return [point["step"] for point in points]


def _ask(url: str, body: dict[str, Any] | None = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, content, {"content-type": "application/json"}), timeout=30) as answer:
        return json.loads(answer.read())
