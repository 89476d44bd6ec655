"""Talks to the process of Node that drives the browser: a line of JSON each way."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.environments import ROOT
from hatch_build import build, install_packages, node_and_npm

SCRIPT = Path(__file__).with_name("measure.mjs")


class MeasurementFailed(Exception):
    """A measurement ended with an error in the browser; the message is Node's."""


def prepare() -> None:
    """Build the studio if its sources changed, and install what drives the browser."""
    build(ROOT, development=True)
    install_packages(ROOT / "studio", development=True)


class Browser:
    """A browser that stays open; `measure` runs a function of runyard.mjs or mlflow.mjs and returns its answer."""

    def __init__(self) -> None:
        node, _ = node_and_npm()
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([str(node), str(SCRIPT)], stdin=pipe, stdout=pipe, text=True)
        self.version: str = self._read()

    def measure(self, site: str, name: str, **given: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"site": site, "name": name, "given": given}) + "\n")
        self._process.stdin.flush()
        found: dict[str, Any] = self._read()
        return found

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise MeasurementFailed(f"the browser's process ended with {self._process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise MeasurementFailed(answer["error"])
        return answer["found"]

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
