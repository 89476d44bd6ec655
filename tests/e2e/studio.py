"""Starts what the browser tests need: the built studio, a server, a scenario in Node."""

from __future__ import annotations

import fcntl
import json
import struct
import subprocess
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from hatch_build import build, install_packages, node_and_npm

ROOT = Path(__file__).resolve().parents[2]
RUN = Path(__file__).with_name("run.mjs")
SCENARIO_SECONDS = 200
START = 1_700_000_000_000


def prepare() -> None:
    """Build the studio if its sources changed, and install the browser."""
    build(ROOT, development=True)
    install_packages(ROOT / "studio", development=True)
    node, _ = node_and_npm()
    unpack = (
        f"import({json.dumps(RUN.with_name('browser.mjs').as_uri())}).then((browser) => browser.unpack())"
    )
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (ROOT / ".cache" / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([str(node), "-e", unpack], check=True)


def play(scenario: str, given: Mapping[str, Any], actions: Mapping[str, Callable[[], None]] = {}) -> None:
    """Run a scenario of scenarios/, doing the `actions` that it asks for; fail with what it says."""
    node, _ = node_and_npm()
    command = [str(node), str(RUN), scenario, json.dumps(given)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        for line in process.stdout:
            word, _, action = line.strip().partition(" ")
            if word != "ask":
                continue
            actions[action]()
            process.stdin.write("done\n")
            process.stdin.flush()
        errors = process.stderr.read()
        assert process.wait(SCENARIO_SECONDS) == 0, errors


def post(address: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Call MLflow's API."""
    request = Request(f"{address}/api/2.0/mlflow/{path}", json.dumps(body).encode(), method="POST")
    request.add_header("content-type", "application/json")
    with urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def put_artifact(address: str, run_id: str, path: str, content: bytes, experiment: str = "0") -> None:
    """Log a file to a run of an experiment."""
    put_file(address, f"{experiment}/{run_id}/artifacts/{path}", content)


def put_file(address: str, key: str, content: bytes) -> None:
    """Write a file by its key in the store."""
    url = f"{address}/api/2.0/mlflow-artifacts/artifacts/{key}"
    with urlopen(Request(url, content, method="PUT"), timeout=30):
        pass


def create_run(address: str, name: str, experiment: str = "0", start: int = START) -> str:
    """Start a run and return its id."""
    body = {"experiment_id": experiment, "run_name": name, "start_time": start, "user_id": "ada"}
    return str(post(address, "runs/create", body)["run"]["info"]["run_id"])


def log(address: str, run_id: str, **batch: Any) -> None:
    """Log metrics, params and tags to a run."""
    post(address, "runs/log-batch", {"run_id": run_id, **batch})


def points(name: str, values: list[float | str], every: int = 1000) -> list[dict[str, Any]]:
    """Metrics of one series, a step and `every` milliseconds apart."""
    return [
        {"key": name, "value": value, "step": step, "timestamp": START + step * every}
        for step, value in enumerate(values)
    ]


def finished_run(address: str) -> str:
    run = create_run(address, "finished-run")
    params = [{"key": "batch_size", "value": "32"}, *({"key": f"param_{n}", "value": "1"} for n in range(20))]
    tags = [
        {"key": "team", "value": "vision"},
        {"key": "mlflow.note.content", "value": "A note about the run."},
    ]
    log(address, run, metrics=points("loss", [1.0, 0.5, 0.25, 0.2]), params=params, tags=tags)
    log(address, run, metrics=points("accuracy", [0.1, 0.5, 0.75, 0.8]))
    return run


def picture() -> bytes:
    """A PNG of 3 by 2 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + bytes([200, 30, 30] * 3) for _ in range(2))
    header = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
