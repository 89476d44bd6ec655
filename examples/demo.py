"""`make demo`: a fresh server, real training, an outage that loses nothing, and the studio left open until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo_outage import train_through_an_outage
from demo_server import DemoServer, ServerFailed
from demo_views import save_views

ROOT = Path(__file__).resolve().parent.parent
# Signals that came. They are only noted: an exception would leave behind the process that is just being started.
SIGNALS: list[int] = []
FOLDER = ROOT / "demo-data"
# Run there: in the root mlflow would take Runyard's own project files for the model's requirements.
TRAINING = ROOT / "examples" / "digits"


def run_script(
    command: list[str], address: str, meanwhile: Iterator[None] | None = None, folder: Path = ROOT
) -> int:
    """Run a script as its own process, as a user would, until a signal comes; its exit code.

    `meanwhile` is taken a step further ten times a second.
    """
    environment = {**os.environ, "MLFLOW_TRACKING_URI": address, "MLFLOW_DISABLE_TELEMETRY": "true"}
    script = subprocess.Popen(command, env=environment, cwd=folder)
    steps = iter(()) if meanwhile is None else meanwhile
    try:
        while not SIGNALS and script.poll() is None:
            next(steps, None)
            time.sleep(0.1)
        # What has begun, such as a server that is to be started again, comes to its end when the script has.
        for _ in steps if script.poll() == 0 else ():
            time.sleep(0.1)
    finally:
        script.terminate()
    return script.wait()


def main() -> int:
    """Start, train, train through an outage, wait; the exit code of the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=0.002)
    parser.add_argument("--outage-only", action="store_true", help="leave out the training of the digits")
    parser.add_argument("--no-wait", action="store_true", help="stop after the training")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the workspace")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: SIGNALS.append(number))
    try:
        server = DemoServer(arguments.folder, arguments.port)
    except ServerFailed:
        print("The server could not be started.", file=sys.stderr)
        return 1
    address = server.address
    try:
        print(f"\n  The studio is at {address} and shows the runs while they train.\n", flush=True)
        training = [
            sys.executable,
            "train.py",
            "--steps",
            str(arguments.steps),
            "--pause",
            str(arguments.pause),
        ]
        code = 0 if arguments.outage_only else run_script(training, address, folder=TRAINING)
        if code == 0:
            code = train_through_an_outage(server, run_script)
        if code == 0 and not arguments.outage_only:
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
        server.stop()


if __name__ == "__main__":
    raise SystemExit(main())
