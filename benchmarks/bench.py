"""One run of the benchmarks: the servers, started when first needed, and the order in which they are measured."""

import os
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import processes
from benchmarks.datasets import Datasets
from benchmarks.load import LoadProcess
from benchmarks.measure import Sample, Workload
from benchmarks.servers import Kind, Server

IDLE_SECONDS = 6.0


@dataclass
class Result:
    """All repetitions of one workload: samples by row and kind, in order, and what failed."""

    workload: str
    samples: dict[str, dict[str, list[Sample]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    failures: dict[str, str] = field(default_factory=dict)
    seconds: float = 0

    def raw(self) -> dict[str, Any]:
        rows = {
            row: {kind: [asdict(sample) for sample in samples] for kind, samples in kinds.items()}
            for row, kinds in self.samples.items()
        }
        return {"rows": rows, "failures": self.failures, "seconds": round(self.seconds, 1)}


class Bench:
    """The running servers of one benchmark run, below one folder.

    Servers stay up between workloads, so that their memory tells what all of it did to them, but all of
    them are stopped (SIGSTOP) while another one is measured: an idle MLflow server uses the processor too.
    """

    def __init__(self, folder: Path, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.load = LoadProcess()
        self.datasets = Datasets()
        self.idle_bytes: dict[str, int] = {}
        self.repetition = 0
        self._servers: dict[str, Server] = {}

    def seconds(self, full: float) -> float:
        """How long to measure what takes `full` seconds in an unhurried run."""
        return min(full, 2.0) if self.quick else full

    def size(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def server(self, kind: Kind) -> Server:
        """The kind's server, started now if this is its first use."""
        if kind.name not in self._servers:
            server = self._servers[kind.name] = Server(kind, self.folder / kind.storage)
            time.sleep(IDLE_SECONDS)
            self.idle_bytes[kind.name] = processes.proportional_bytes(server.pid)
            print(f"  started {kind.name} in {server.started_in:.2f} s", flush=True)
        return self._servers[kind.name]

    @contextmanager
    def turn(self, kind: Kind) -> Iterator[None]:
        """Let only this kind's server run, if it has been started."""
        if kind.name in self._servers:
            self._servers[kind.name].resume()
        try:
            yield
        finally:
            if kind.name in self._servers:
                self._servers[kind.name].pause()

    def run(self, workload: Workload, kinds: Sequence[Kind], repeats: int) -> Result:
        """Prepare every server, then measure them in turn: A B A B, so that a slow minute hits them all."""
        result = Result(workload.name)
        began = time.monotonic()
        fit = [kind for kind in kinds if workload.applies(kind)]
        for kind in fit:
            with self.turn(kind), _noting_failure(result, kind):
                if workload.prepare is not None:
                    workload.prepare(self, kind)
        for self.repetition in range(min(repeats, workload.repeats or repeats)):
            for kind in fit:
                if kind.name not in result.failures:
                    self._measure(workload, kind, result)
        result.seconds = time.monotonic() - began
        return result

    def _measure(self, workload: Workload, kind: Kind, result: Result) -> None:
        with self.turn(kind), _noting_failure(result, kind):
            os.sync()
            for row, sample in workload.measure(self, kind).items():
                result.samples[row][kind.name].append(sample)
                print(f"  {row:<28} {kind.name:<16} {sample.value:,.4g}", flush=True)

    def close(self) -> None:
        """Nothing of the data is kept, so servers get no time to end in good order."""
        for server in self._servers.values():
            server.stop(patience=0)
        self.load.close()


@contextmanager
def _noting_failure(result: Result, kind: Kind) -> Iterator[None]:
    """A failure ends this workload for this server alone; the report shows what the server answered."""
    try:
        yield
    except Exception as problem:  # whatever a server does must not cost the figures of the others
        traceback.print_exc()
        result.failures[kind.name] = str(problem)
