"""How long a logged point waits while the trash is emptied: `python -m benchmarks.purge [runs] [points of a run]`.

Prints the times of `log-metric` on one connection, before and meanwhile, and what the server says that it freed.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.measure import quantile
from runyard.entities import KeyValue
from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store

PROGRAM = str(Path(sys.executable).with_name("runyard"))
FILE_BYTES = 10_000
# Between two requests, as a training script computes.
THINK_SECONDS = 0.002
BEFORE_SECONDS = 3.0


def fill(folder: Path, number: int, points: int) -> None:
    """Runs in the trash, with two metrics, ten parameters and a file each."""
    with Store(folder, Settings(durability="relaxed")) as store:
        for index in range(number):
            _fill_run(store, f"{index:032x}", points)
        store.compactor.compact_now()


def _fill_run(store: Store, run_id: str, points: int) -> None:
    steps = range(points // 2)
    params = [KeyValue(f"param_{index}", str(index)) for index in range(10)]
    series = [SeriesPoints(name, steps, steps, _noise(points // 2)) for name in ("loss", "accuracy")]
    store.write(lambda tx: runs.create(tx, runs.NewRun(run_id, "0", "", "", None, [])))
    store.write(lambda tx: runs.log_batch(tx, Batch(run_id, series, params, [])))
    upload = store.artifacts.upload(f"0/{run_id}/artifacts/model.bin")
    upload.write([bytes(FILE_BYTES)])
    upload.publish()
    store.write(lambda tx: runs.delete(tx, run_id))


def _noise(count: int) -> list[float]:
    return [value / 2**32 for value in memoryview(os.urandom(4 * count)).cast("I")]


def call(connection: HTTPConnection, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request with a JSON body; a failure ends the benchmark."""
    connection.request(method, path, json.dumps(body), {"content-type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{path}: {answer.status} {content[:200]!r}")
    found: dict[str, Any] = json.loads(content)
    return found


class Logging(threading.Thread):
    """Logs a point after the other until told; `times` are of what was logged since they were taken."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._connection = HTTPConnection(host)
        self._run: str = call(
            self._connection, "POST", "/api/2.0/mlflow/runs/create", {"experiment_id": "0"}
        )["run"]["info"]["run_id"]
        self._ended = threading.Event()
        self.times: list[float] = []
        self.start()

    def run(self) -> None:
        step = 0
        while not self._ended.wait(THINK_SECONDS):
            step += 1
            body = {"run_id": self._run, "key": "loss", "value": 0.5, "step": step, "timestamp": step}
            began = time.perf_counter()
            call(self._connection, "POST", "/api/2.0/mlflow/runs/log-metric", body)
            self.times.append(time.perf_counter() - began)

    def take(self) -> str:
        """Say how long requests took, and forget it."""
        times, self.times = self.times, []
        shown = [1000 * quantile(times, share) for share in (0.5, 0.99, 1.0)]
        return (
            "median {:.2f} ms, 99% {:.2f} ms, longest {:.2f} ms".format(*shown) + f" of {len(times)} requests"
        )

    def end(self) -> None:
        self._ended.set()
        self.join()


def main(number: int = 1000, points: int = 1000) -> None:
    with tempfile.TemporaryDirectory(prefix="runyard-purge-") as folder:
        fill(Path(folder), number, points)
        command = [PROGRAM, "server", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            host = server.stdout.readline().split("http://")[1].strip()
            try:
                measure(host)
            finally:
                server.terminate()


def measure(host: str) -> None:
    """Log, and empty the trash meanwhile."""
    studio = HTTPConnection(host)
    plan = call(studio, "POST", "/studio-api/trash/plan", {})
    logging = Logging(host)
    time.sleep(BEFORE_SECONDS)
    print(f"{plan['runs']} runs in the trash. Before: {logging.take()}")
    began = time.perf_counter()
    call(studio, "POST", "/studio-api/trash/purge", {"before": plan["before"]})
    while (purge := call(studio, "GET", "/studio-api/trash/purge", {})["purge"])["status"] == "running":
        time.sleep(0.2)
    took = time.perf_counter() - began
    print(f"Meanwhile: {logging.take()}")
    logging.end()
    print(
        f"{purge['status']} in {took:.1f} s: {purge['runs']} runs, {purge['points']} points, {purge['files']} files; "
        f"freed {purge['file_bytes']} bytes of files and {purge['database_bytes']} of the database"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
