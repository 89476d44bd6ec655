"""`make demo`: a fresh server, real training against it, and the studio left open until Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "demo-data"


def start_server(port: int) -> tuple[subprocess.Popen[str], str] | None:
    """A server on `port` and its address, or None when it can't start there."""
    command = [str(Path(sys.executable).with_name("runyard")), "server", str(FOLDER), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        process.wait()
        return None
    return process, found.group()


def train(address: str, arguments: argparse.Namespace) -> int:
    """Run the training script as its own process, as a user would; its exit code."""
    environment = {**os.environ, "MLFLOW_TRACKING_URI": address, "MLFLOW_DISABLE_TELEMETRY": "true"}
    command = [sys.executable, str(ROOT / "examples" / "digits.py"), "--steps", str(arguments.steps)]
    command += ["--pause", str(arguments.pause)]
    # Outside the checkout: mlflow would take Runyard's own project files for the model's requirements.
    return subprocess.run(command, env=environment, cwd=FOLDER, check=False).returncode


def save_view(address: str) -> str:
    """Save the newest sweep's comparison, by learning rate, as a view; the link to it."""
    wanted = urlencode({"filter": "tags.stage = 'sweep'", "max_results": 6})
    with urlopen(f"{address}/studio-api/runs?{wanted}", timeout=30) as answer:
        runs = [run["run_id"] for run in json.load(answer)["runs"]]
    charts = [
        ("group", "params.learning_rate~mean~minmax"),
        ("chart", "accuracy?w=2"),
        ("chart", "loss?w=2&log=1"),
    ]
    query = urlencode([*(("run", run) for run in runs), *charts])
    # The same name can't be given twice, so a second demo in one folder has a view of its own.
    new = {"page": "compare", "name": f"Learning rates {time.strftime('%H:%M:%S')}", "query": query}
    request = Request(f"{address}/studio-api/views", json.dumps(new).encode(), method="POST")
    request.add_header("content-type", "application/json")
    with urlopen(request, timeout=30) as answer:
        return f"{address}/compare?{query}&view={json.load(answer)['view_id']}"


def main() -> int:
    """Start, train, wait; the exit code of the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--pause", type=float, default=0.002)
    parser.add_argument("--no-wait", action="store_true", help="stop after the training")
    arguments = parser.parse_args()
    started = start_server(arguments.port) or start_server(0)
    if started is None:
        print("The server could not be started.", file=sys.stderr)
        return 1
    server, address = started
    try:
        print(f"\n  The studio is at {address} and shows the runs while they train.\n", flush=True)
        code = train(address, arguments)
        if code == 0 and not arguments.no_wait:
            print(f"\n  Done. The sweep, by learning rate: {save_view(address)}")
            print(f"  The studio stays open at {address} until Ctrl-C.", flush=True)
            threading.Event().wait()
        return code
    except KeyboardInterrupt:
        return 0
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    raise SystemExit(main())
