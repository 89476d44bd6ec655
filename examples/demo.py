"""`make demo`: a fresh server, real training against it, and the studio left open until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from demo_views import save_views

ROOT = Path(__file__).resolve().parent.parent
# Signals that came. They are only noted: an exception would leave behind the process that is just being started.
SIGNALS: list[int] = []
FOLDER = ROOT / "demo-data"
# Run there: in the root mlflow would take Runyard's own project files for the model's requirements.
TRAINING = ROOT / "examples" / "digits"


def start_server(folder: Path, port: int) -> tuple[subprocess.Popen[str], str] | None:
    """A server on `port` and its address, or None when it can't start there."""
    command = [str(Path(sys.executable).with_name("runyard")), "server", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        process.wait()
        return None
    return process, found.group()


def train(address: str, arguments: argparse.Namespace) -> int:
    """Run the training script as its own process, as a user would, until a signal comes; its exit code."""
    environment = {**os.environ, "MLFLOW_TRACKING_URI": address, "MLFLOW_DISABLE_TELEMETRY": "true"}
    command = [sys.executable, "train.py", "--steps", str(arguments.steps), "--pause", str(arguments.pause)]
    training = subprocess.Popen(command, env=environment, cwd=TRAINING)
    while not SIGNALS and training.poll() is None:
        time.sleep(0.1)
    training.terminate()
    return training.wait()


def main() -> int:
    """Start, train, wait; the exit code of the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=0.002)
    parser.add_argument("--no-wait", action="store_true", help="stop after the training")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the workspace")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: SIGNALS.append(number))
    started = start_server(arguments.folder, arguments.port) or start_server(arguments.folder, 0)
    if started is None:
        print("The server could not be started.", file=sys.stderr)
        return 1
    server, address = started
    try:
        print(f"\n  The studio is at {address} and shows the runs while they train.\n", flush=True)
        code = train(address, arguments)
        if code == 0:
            print(f"\n  Done. The sweep, by learning rate: {save_views(f'{address}/studio-api')}")
        if code == 0 and not arguments.no_wait:
            print(f"  The studio stays open at {address} until Ctrl-C.", flush=True)
            while not SIGNALS:
                time.sleep(0.1)
        if SIGNALS:
            # Ctrl-C is how a demo is meant to end.
            return 0 if SIGNALS[0] == signal.SIGINT else 128 + SIGNALS[0]
        return code
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    raise SystemExit(main())
