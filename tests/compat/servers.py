"""Servers as processes of their own: Runyard, and the stock `mlflow server` that it is compared with."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

ADDRESS = re.compile(r"https?://[\w.\-]+:\d+")


@dataclass(frozen=True)
class Server:
    """A running server: its address (no trailing slash), its process and the file that it prints to."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port


def plain_environment() -> dict[str, str]:
    """The environment of this process without what would steer an mlflow client or either server."""
    steering = ("MLFLOW_", "RUNYARD_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return {**kept, "MLFLOW_DISABLE_TELEMETRY": "true", "NO_PROXY": "127.0.0.1,localhost"}


@contextmanager
def runyard_server(folder: Path) -> Iterator[Server]:
    """Runyard on `folder/data`, on a free port that it chooses and prints."""
    program = Path(sys.executable).with_name("runyard")
    command = [str(program), "server", str(folder / "data"), "--port", "0"]
    with _started(command, folder, plain_environment()) as (process, log):
        address = _wait_for(lambda: _printed_address(log), process, log, seconds=20)
        yield _healthy(Server(address, process, log), seconds=20)


@contextmanager
def mlflow_server(folder: Path) -> Iterator[Server]:
    """The stock server of the installed mlflow, one worker on SQLite, its job runner off."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--backend-store-uri", f"sqlite:///{folder / 'mlflow.db'}"]
    command += ["--artifacts-destination", str(folder / "artifacts")]
    environment = {**plain_environment(), "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    with _started(command, folder, environment) as (process, log):
        yield _healthy(Server(f"http://127.0.0.1:{port}", process, log), seconds=240)


@contextmanager
def _started(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    with log.open("wb") as output:
        # A session of its own, so that the stock server's workers end with it.
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process, log
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _printed_address(log: Path) -> str | None:
    found = ADDRESS.search(log.read_text(errors="replace"))
    return found.group().replace("localhost", "127.0.0.1") if found else None


def _healthy(server: Server, seconds: float) -> Server:
    _wait_for(lambda: _answers_health(server.port), server.process, server.log, seconds)
    return server


def _answers_health(port: int) -> bool | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200 or None
    except OSError:
        return None
    finally:
        connection.close()


def _wait_for(ask: Callable[[], T | None], process: subprocess.Popen[bytes], log: Path, seconds: float) -> T:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if (found := ask()) is not None:
            return found
        if process.poll() is not None:
            raise RuntimeError(
                f"the server ended with {process.returncode}:\n{log.read_text(errors='replace')}"
            )
        time.sleep(0.05)
    raise RuntimeError(f"no answer within {seconds} s:\n{log.read_text(errors='replace')}")
