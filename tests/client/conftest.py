from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.forking import Interpreter
from tests.client.proxy import Proxy
from tests.faults.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with Proxy(server.address) as started:
        yield started


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture(scope="module")
def python() -> Iterator[Interpreter]:
    """Runs scripts as `run_script` does, without an import of mlflow for each."""
    with Interpreter(sys.executable, "") as started:
        yield started
