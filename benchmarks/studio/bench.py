"""One run of the studio's benchmark: the servers, and the order in which they are measured."""

import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bench import Result
from benchmarks.measure import Row, Sample
from benchmarks.servers import Kind, Server
from benchmarks.studio.browser import Browser
from benchmarks.studio.content import Sizes


@dataclass(frozen=True)
class Measurement:
    """`measure` runs one repetition against one kind of server and answers its rows' samples by key.

    `peer` says what MLflow's page does instead of the same, if it does; it is measured `peer_repeats` times at most.
    """

    name: str
    rows: tuple[Row, ...]
    measure: Callable[["StudioBench", Kind], dict[str, Sample]]
    peer: str = ""
    peer_repeats: int | None = None


class StudioBench:
    """The running servers; all but the one that is measured are stopped (SIGSTOP)."""

    def __init__(self, folders: dict[str, Path], sizes: Sizes, browser: Browser) -> None:
        self.sizes = sizes
        self.browser = browser
        self._folders = folders
        self._servers: dict[str, Server] = {}

    def server(self, kind: Kind) -> Server:
        if kind.name not in self._servers:
            server = self._servers[kind.name] = Server(kind, self._folders[kind.name])
            print(f"  started {kind.name} in {server.started_in:.2f} s", flush=True)
        return self._servers[kind.name]

    def restart(self, kind: Kind) -> None:
        """So that the server has nothing in its caches."""
        self._servers.pop(kind.name).stop()
        self.server(kind)

    def ask(self, kind: Kind, name: str, **given: Any) -> dict[str, Any]:
        """Measure in the browser; see runyard.mjs and mlflow.mjs."""
        address = f"http://127.0.0.1:{self.server(kind).port}"
        return self.browser.measure(kind.family, name, address=address, **given)

    def run(self, measurement: Measurement, kinds: Sequence[Kind], repeats: int) -> Result:
        """The servers take turns, so that a slow minute of the machine hits them all."""
        result = Result(measurement.name)
        began = time.monotonic()
        for repetition in range(repeats):
            for kind in kinds:
                most = measurement.peer_repeats if kind.family == "mlflow" else None
                if kind.name not in result.failures and repetition < (repeats if most is None else most):
                    self._measure(measurement, kind, result)
        result.seconds = time.monotonic() - began
        return result

    def _measure(self, measurement: Measurement, kind: Kind, result: Result) -> None:
        try:
            with self._turn(kind):
                os.sync()
                samples = measurement.measure(self, kind)
        except Exception as problem:  # whatever a page does must not cost the figures of the others
            traceback.print_exc()
            result.failures[kind.name] = str(problem)
            return
        for row, sample in samples.items():
            result.samples[row][kind.name].append(sample)
            print(f"  {row:<24} {kind.name:<10} {sample.value:,.4g}", flush=True)

    @contextmanager
    def _turn(self, kind: Kind) -> Iterator[None]:
        self.server(kind).resume()
        try:
            yield
        finally:
            self.server(kind).pause()

    def close(self) -> None:
        for server in self._servers.values():
            server.stop()
