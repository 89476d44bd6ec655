"""A server for the tests of one module, and a client of its artifacts; what tests may not leave behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import Client


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("workspace"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.address)


@pytest.fixture
def run_id(client: Client) -> str:
    return client.run()


# What steers every mlflow client of a process: a test that leaves one changed changes those after it.
_STEERING = [("mlflow.tracking.fluent", "_active_experiment_id")]
_STEERING += [("mlflow.tracking._tracking_service.utils", "_tracking_uri")]


def _steering() -> dict[str, object]:
    found: dict[str, object] = {
        name: value for name, value in os.environ.items() if name.startswith(("MLFLOW_", "RUNYARD_"))
    }
    # Of a client that is not imported yet, nothing is set.
    return found | {name: getattr(sys.modules.get(module), name, None) for module, name in _STEERING}


@contextmanager
def unchanged_steering() -> Iterator[None]:
    """Fails when what steers mlflow clients differs afterwards."""
    before = _steering()
    yield
    after = _steering()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert not changed, f"left changed: {sorted(changed)}"


@pytest.fixture(scope="module", autouse=True)
def modules_leave_clients_as_they_were() -> Iterator[None]:
    with unchanged_steering():
        yield


@pytest.fixture(autouse=True)
def tests_leave_clients_as_they_were() -> Iterator[None]:
    with unchanged_steering():
        yield
