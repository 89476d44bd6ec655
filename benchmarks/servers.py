"""The servers that are measured: how each is started, what it promises, and what it lacks."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import environments, processes, wire

API = "/api/2.0/mlflow"
ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts"
START_SECONDS = 180
STOP_SECONDS = 15.0
POLL_SECONDS = 0.005
FIRST_REQUEST = wire.get(f"{API}/experiments/search", {"max_results": 1})


class ServerFailed(Exception):
    """A server did not start, or died; the message ends with its log."""


@dataclass(frozen=True)
class Kind:
    """One column of the table.

    `family` is the program; kinds with the same `storage` serve one folder, so data is loaded once for them.
    """

    name: str
    title: str
    family: str
    storage: str
    durability: str
    command: Callable[[Path, int], list[str]]
    has_artifacts: bool = True
    has_bulk_interval: bool = True
    environment: dict[str, str] = field(default_factory=dict)


def _mlflow(*options: str) -> Callable[[Path, int], list[str]]:
    def command(folder: Path, port: int) -> list[str]:
        store = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db"]
        artifacts = ["--artifacts-destination", str(folder / "artifacts")]
        return [str(environments.mlflow()), "server", "--port", str(port), *store, *artifacts, *options]

    return command


def _fasttrackml(folder: Path, port: int) -> list[str]:
    database = ["--database-uri", f"sqlite://{folder}/fasttrackml.db"]
    root = ["--default-artifact-root", str(folder / "artifacts")]
    return [
        str(environments.fasttrackml()),
        "server",
        "--listen-address",
        f"127.0.0.1:{port}",
        *database,
        *root,
    ]


def _runyard(*options: str) -> Callable[[Path, int], list[str]]:
    def command(folder: Path, port: int) -> list[str]:
        return [str(environments.runyard()), "server", str(folder), "--port", str(port), *options]

    return command


_MLFLOW_DURABILITY = "SQLite rollback journal, synchronous=FULL: four fsyncs a request"

RUNYARD = Kind(
    name="runyard",
    title="Runyard",
    family="runyard",
    storage="runyard",
    durability="SQLite WAL, synchronous=FULL: every answered request is on disk (group commit)",
    command=_runyard(),
)
RUNYARD_RELAXED = Kind(
    name="runyard-relaxed",
    title="Runyard relaxed",
    family="runyard",
    storage="runyard-relaxed",
    durability="`--durability relaxed`: SQLite WAL, synchronous=NORMAL: no fsync per request",
    command=_runyard("--durability", "relaxed"),
)
FASTTRACKML = Kind(
    name="fasttrackml",
    title="FastTrackML",
    family="fasttrackml",
    storage="fasttrackml",
    durability="SQLite WAL, synchronous=NORMAL: no fsync per request",
    command=_fasttrackml,
    has_artifacts=False,
    has_bulk_interval=False,
)
MLFLOW_ONE = Kind(
    name="mlflow-1-worker",
    title="MLflow, 1 worker",
    family="mlflow",
    storage="mlflow",
    durability=_MLFLOW_DURABILITY,
    command=_mlflow("--workers", "1"),
)
MLFLOW = Kind(
    name="mlflow",
    title="MLflow, default (4 workers)",
    family="mlflow",
    storage="mlflow",
    durability=_MLFLOW_DURABILITY,
    command=_mlflow(),
)
KINDS = (RUNYARD, RUNYARD_RELAXED, FASTTRACKML, MLFLOW_ONE, MLFLOW)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server of one kind on one folder; `started_in` is seconds from spawn to its first answer."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / f"{kind.name}.log"
        command = kind.command(folder, self.port)
        with self._log.open("ab") as log:
            began = time.perf_counter()
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **kind.environment},
                start_new_session=True,
            )
        try:
            self._await_answer(began)
        except BaseException:
            self.stop()
            raise
        self.started_in = time.perf_counter() - began

    @property
    def pid(self) -> int:
        return self._process.pid

    def connect(self, timeout: float = 120) -> wire.Connection:
        return wire.Connection(self.port, timeout)

    def _await_answer(self, began: float) -> None:
        while time.perf_counter() - began < START_SECONDS:
            if self._process.poll() is not None:
                raise ServerFailed(f"{self.kind.name} exited at its start\n{self.log_tail()}")
            with suppress(OSError, wire.RequestFailed), self.connect(timeout=5) as connection:
                if connection.exchange(FIRST_REQUEST).status == 200:
                    return
            time.sleep(POLL_SECONDS)
        raise ServerFailed(f"{self.kind.name} gave no answer in {START_SECONDS} s\n{self.log_tail()}")

    def log_tail(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    def pause(self) -> None:
        processes.pause(self.pid)

    def resume(self) -> None:
        processes.resume(self.pid)

    def stop(self, patience: float = STOP_SECONDS) -> None:
        """Ask it to end, and end what is left of its processes."""
        self.resume()
        family = processes.tree(self.pid)
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        processes.end(family, self.pid)
        self._process.wait()


def checkpoint(folder: Path) -> None:
    """Fold every write-ahead log below the folder into its database, as the end of a server would."""
    for log in folder.rglob("*-wal"):
        with closing(sqlite3.connect(str(log)[: -len("-wal")], timeout=30)) as database:
            database.execute("pragma wal_checkpoint(truncate)")


def database_bytes(folder: Path) -> int:
    """Bytes on disk of everything that the server keeps in the folder, but its artifacts and its log."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".log")
    return sum(path.stat().st_size for path in files if "artifacts" not in path.parts)
