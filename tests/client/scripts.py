"""Runs training scripts that log with the real mlflow, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from click.testing import CliRunner, Result
from runyard_mlflow.command import main

# What each script begins with: `run_id` is said on a line of its own, `say` tells the test where it is.
BEGIN = """
import os, sys, time
import mlflow
from mlflow.entities import Metric, Param, RunTag
client = mlflow.MlflowClient()

def say(*words):
    print(*words, flush=True)

"""


class Script:
    """A script under way."""

    def __init__(self, address: str, spool: Path, code: str, **settings: str) -> None:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("RUNYARD_", "MLFLOW_"))
        }
        environment |= {"MLFLOW_TRACKING_URI": address, "RUNYARD_SPOOL": str(spool), **settings}
        # mlflow's own threads and warnings say nothing of ours.
        environment["MLFLOW_DISABLE_TELEMETRY"] = "true"
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + textwrap.dedent(code)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def hear(self) -> str:
        """The next line that the script says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        return line.strip()

    def tell(self) -> None:
        """Let a script go on that reads a line."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self, code: int = 0, timeout: float = 120) -> tuple[str, str]:
        """Wait for its end; what else it said, and what it wrote to stderr."""
        said, errors = self.process.communicate(timeout=timeout)
        assert self.process.returncode == code, errors
        return said, errors

    def kill(self) -> None:
        """SIGKILL it."""
        self.process.kill()
        self.process.communicate()


def run_script(address: str, spool: Path, code: str, **settings: str) -> tuple[list[str], str]:
    """Run a script to its end, which must be a good one; the lines that it said, and its stderr."""
    said, errors = Script(address, spool, code, **settings).end()
    return said.splitlines(), errors


def sync(spool: Path, *arguments: str) -> Result:
    """`runyard-sync SPOOL`, without the seconds in which another process imports mlflow."""
    return CliRunner().invoke(main, [*arguments, str(spool)])


def left_in(spool: Path) -> list[Path]:
    """The segments of a spool."""
    return sorted(spool.glob("*/*/*.spool"))
