"""Artifacts through the server: one file of 1 GiB up and down, and many of 4 KiB on one connection.

Every repetition writes new files; they are deleted after it. FastTrackML has its clients write to the
artifact store themselves, so it has no figure.
"""

import os
import time
from collections.abc import Iterator, Sequence
from functools import partial

import httptools

from benchmarks import datasets, processes, wire
from benchmarks.bench import Bench
from benchmarks.load import Operation, Plan, drive
from benchmarks.measure import Row, Sample, Workload, rate
from benchmarks.servers import ARTIFACTS, Kind, Server
from benchmarks.targets import at_most, times_better

MIB = 2**20
SECONDS = 3.0
SMALL_BYTES = 4096


def _folder(server: Server) -> str:
    """The path of a new run's artifacts below the artifact route."""
    uri: str = datasets.create_run(server, datasets.create_experiment(server))["artifact_uri"]
    if uri.startswith("mlflow-artifacts:"):
        return f"{ARTIFACTS}/{uri.removeprefix('mlflow-artifacts:').lstrip('/')}"
    return "/api/" + uri.split("/api/", 1)[1]


def _upload(port: int, path: str, mebibytes: int) -> float:
    """Seconds to send a file and to get its 2xx."""
    block = memoryview(os.urandom(MIB))
    with wire.Connection(port) as connection:
        began = time.perf_counter()
        connection.socket.sendall(wire.put_head(path, mebibytes * MIB))
        for _ in range(mebibytes):
            connection.socket.sendall(block)
        wire.checked(connection.receive())
        return time.perf_counter() - began


class _Count:
    """Counts an answer's body instead of keeping it."""

    def __init__(self) -> None:
        self.size = 0
        self.complete = False
        self.parser = httptools.HttpResponseParser(self)

    def on_body(self, data: bytes) -> None:
        self.size += len(data)

    def on_message_complete(self) -> None:
        self.complete = True


def _download(port: int, path: str, mebibytes: int) -> float:
    """Seconds to receive a file whole."""
    answer, buffer = _Count(), bytearray(MIB)
    view = memoryview(buffer)
    with wire.Connection(port) as connection:
        began = time.perf_counter()
        connection.socket.sendall(wire.get(path))
        while not answer.complete:
            received = connection.socket.recv_into(buffer)
            if not received:
                break
            answer.parser.feed_data(view[:received])
        elapsed = time.perf_counter() - began
    status = answer.parser.get_status_code()
    if status != 200 or answer.size != mebibytes * MIB:
        raise wire.RequestFailed(f"status {status}, {answer.size:,} of {mebibytes * MIB:,} bytes")
    return elapsed


def measure_large(bench: Bench, kind: Kind) -> dict[str, Sample]:
    server, mebibytes = bench.server(kind), bench.size(1024, 128)
    path = f"{_folder(server)}/large.bin"
    ways = {"artifact_up": _upload, "artifact_down": _download}
    samples, growths = {}, []
    for row, way in ways.items():
        os.sync()
        work = partial(bench.load.run, way, server.port, path, mebibytes)
        seconds, growth = processes.peak_growth(server.pid, work)
        samples[row] = Sample(mebibytes * MIB / 1e6 / seconds, {"seconds": seconds, "growth_bytes": growth})
        growths.append(growth)
    with server.connect() as connection:
        wire.checked(connection.exchange(wire.delete(path)))
    return {**samples, "artifact_memory": Sample(max(growths) / MIB)}


def _uploads(folder: str, files: int) -> Sequence[Iterator[Operation]]:
    data = os.urandom(SMALL_BYTES)
    return [iter([wire.put_head(f"{folder}/{number}.bin", SMALL_BYTES) + data for number in range(files)])]


def _downloads(folder: str, files: int) -> Sequence[Iterator[Operation]]:
    return [iter([wire.get(f"{folder}/{number % files}.bin") for number in range(200_000)])]


def measure_small(bench: Bench, kind: Kind) -> dict[str, Sample]:
    server = bench.server(kind)
    folder, seconds = f"{_folder(server)}/small", bench.seconds(SECONDS)
    up = bench.load.run(drive, Plan(server.port, partial(_uploads, folder, 20_000), seconds, warmup=3))
    down = bench.load.run(
        drive, Plan(server.port, partial(_downloads, folder, up.completed), seconds, warmup=3)
    )
    return {"small_files_up": rate(up), "small_files_down": rate(down)}


def has_artifacts(kind: Kind) -> bool:
    return kind.has_artifacts


ONE = "mlflow-1-worker"
TWICE = (times_better(2, ONE, "MLflow"),)

LARGE = Workload(
    name="artifact_1g",
    rows=(
        Row("artifact_up", "1 GiB artifact, up", "MB/s", "higher", TWICE, ONE),
        Row("artifact_down", "1 GiB artifact, down", "MB/s", "higher", TWICE, ONE),
        Row(
            "artifact_memory",
            "server memory growth meanwhile",
            "MiB",
            targets=(at_most(32, "MiB"),),
            peer=ONE,
        ),
    ),
    measure=measure_large,
    repeats=2,
    applies=has_artifacts,
)
SMALL = Workload(
    name="artifact_4k",
    rows=(
        Row("small_files_up", "4 KiB files up, 1 connection", "files/s", "higher", TWICE, ONE),
        Row("small_files_down", "4 KiB files down, 1 connection", "files/s", "higher", TWICE, ONE),
    ),
    measure=measure_small,
    applies=has_artifacts,
)
