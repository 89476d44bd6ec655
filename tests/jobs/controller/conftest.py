from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.jobs.running.conftest import server

__all__ = ["own_server", "server"]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that a test may kill: it comes back under the address that running trials know."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    options = ("--port", port, "--runner-cpus", "4", "--runner-grace-seconds", "1")
    with Server(tmp_path / "data", *options) as started:
        yield started
