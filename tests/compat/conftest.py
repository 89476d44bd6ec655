"""One server and one process per client for all the checks that were chosen; the tests read the outcomes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.compat.collecting import Outcome, run_checks
from tests.compat.environments import Environment
from tests.compat.servers import Server, mlflow_server, runyard_server

Outcomes = Callable[[Environment, Path, str], Outcome]


@pytest.fixture(scope="session")
def tracking_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Runyard; or the stock server with COMPAT_AGAINST=mlflow, to see whether a check is right about MLflow."""
    start = mlflow_server if os.environ.get("COMPAT_AGAINST") == "mlflow" else runyard_server
    with start(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def outcomes(
    request: pytest.FixtureRequest, tracking_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Outcomes:
    """What became of a check in an environment; the first question runs all of that environment's chosen checks."""
    known: dict[tuple[Environment, Path], dict[str, Outcome]] = {}

    def outcome(environment: Environment, folder: Path, name: str) -> Outcome:
        batch = (environment, folder)
        if batch not in known:
            chosen = [item for item in request.session.items if _in_batch(item, batch)]
            names = [_params(item)["check"].name for item in chosen]
            scratch = tmp_path_factory.mktemp(environment.name)
            known[batch] = run_checks(environment, folder, names, tracking_server.address, scratch)
        return known[batch][name]

    return outcome


def _in_batch(item: pytest.Item, batch: tuple[Environment, Path]) -> bool:
    params = _params(item)
    return (params.get("environment"), params.get("folder")) == batch


def _params(item: pytest.Item) -> dict[str, Any]:
    return (
        dict(item.callspec.params) if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    )
